//! Reading as the person at the desk: every use case reads through a [`View`], which leaves out what is hidden from them.

use crate::error::CommandError;
use crate::session::Session;
use liaison_domain::viewer::Viewer;
use liaison_domain::{RecordKind, privacy};
use liaison_queries::View;
use liaison_store::bits::Bits;
use liaison_store::{Db, StoreError, links};
use std::sync::Arc;

impl Session {
    /// The person at the desk, as one who looks at contacts.
    pub fn viewer(&self) -> Viewer {
        Viewer::Staff(self.actor())
    }

    /// Runs `work` on the database as the person at the desk sees it, in one read transaction.
    pub async fn read<T>(&self, work: impl FnOnce(&View<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.engine().database().read(|db| work(&self.view(db))).await
    }

    /// The same within a commit, on the database as the step has made it so far.
    pub fn view<'d>(&self, db: &'d Db<'d>) -> View<'d> {
        View::new(db, self.viewer())
    }

    /// The rows of a kind that are hidden from the person at the desk, kept until the next commit: for lists and search,
    /// which hold rows between two readings. `None` where nothing is hidden.
    pub(crate) async fn hidden_rows(&self, kind: RecordKind) -> Result<Option<Arc<Bits>>, CommandError> {
        if self.viewer().sees_everything() {
            return Ok(None);
        }
        // Noted before reading: what is read while something is committed counts as old at once.
        let commits = self.engine().commits();
        let known = || self.hidden().known.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((at, bits)) = known().get(&kind)
            && *at == commits
        {
            return Ok(Some(Arc::clone(bits)));
        }
        let bits = Arc::new(self.read(|view| Ok(view.hidden_rows(kind)?.unwrap_or_default())).await?);
        known().insert(kind, (commits, Arc::clone(&bits)));
        Ok(Some(bits))
    }

    /// The rows of employer users whose profile the person at the desk can't open (M49).
    pub async fn private_users(&self) -> Result<Arc<Bits>, CommandError> {
        let commits = self.engine().commits();
        let known = || self.hidden().private.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((at, bits)) = known().as_ref()
            && *at == commits
        {
            return Ok(Arc::clone(bits));
        }
        let bits = self.read(|view| {
            // Asked of all users at once; whose profile is open is the viewer's.
            links::private_users(view.everything(), |contact| privacy::is_open(view.viewer(), contact))
        });
        let bits = Arc::new(bits.await?);
        *known() = Some((commits, Arc::clone(&bits)));
        Ok(bits)
    }
}
