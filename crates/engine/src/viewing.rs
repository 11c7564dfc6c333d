//! Who sees what: the rule of [`liaison_domain::viewer`] applied to the person at the desk.

use crate::error::CommandError;
use crate::session::Session;
use liaison_domain::viewer::{self, Standing, Viewer};
use liaison_domain::{Id, RecordKind, contact, privacy};
use liaison_store::bits::Bits;
use liaison_store::{Db, StoreError, links, list, table};
use std::sync::Arc;

/// The linked contact of an employer user, where the person may open the user's profile (M49).
pub fn open_contact(db: &Db<'_>, viewer: &Viewer, user: Id) -> Result<Option<Id>, StoreError> {
    let Some(contact) = links::contact_of(db, user)? else { return Ok(None) };
    let record = table::get(db, RecordKind::Contact, contact)?.record;
    Ok(privacy::is_open(viewer, Some(&Standing::of(&record))).then_some(contact))
}

/// Whether a record is hidden from a viewer: a contact they don't see, or what is about one.
pub fn is_hidden(db: &Db<'_>, viewer: &Viewer, kind: RecordKind, id: Id) -> Result<bool, StoreError> {
    if viewer.sees_everything() {
        return Ok(false);
    }
    let contact = match viewer::about(kind) {
        _ if kind == RecordKind::Contact => Some(id),
        Some(field) => table::find(db, kind, id)?.and_then(|located| located.record.get(field).as_reference()),
        None => None,
    };
    let Some(contact) = contact else { return Ok(false) };
    let located = table::find(db, RecordKind::Contact, contact)?;
    Ok(located.is_some_and(|located| viewer.sees(&Standing::of(&located.record)).is_err()))
}

impl Session {
    /// The person at the desk, as one who looks at contacts.
    pub fn viewer(&self) -> Viewer {
        Viewer::Staff(self.actor())
    }

    /// The rows of a kind that are hidden from the person at the desk; `None` where nothing is.
    pub async fn hidden_rows(&self, kind: RecordKind) -> Result<Option<Arc<Bits>>, CommandError> {
        let viewer = self.viewer();
        if viewer.sees_everything() {
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
        let shown = |owner| {
            let standing = Standing {
                approval: contact::APPROVED,
                visibility: contact::MYSELF,
                owner,
                employer: None,
                deleted: false,
            };
            viewer.sees(&standing).is_ok()
        };
        let bits = Arc::new(self.database().read(|db| list::private(db, kind, shown)).await?);
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
        let viewer = self.viewer();
        let bits = self.database().read(|db| links::private_users(db, |contact| privacy::is_open(&viewer, contact)));
        let bits = Arc::new(bits.await?);
        *known() = Some((commits, Arc::clone(&bits)));
        Ok(bits)
    }

    /// The same as a condition on the rows `t` of a query, for counting and paging: `""` where nothing is hidden.
    pub async fn seen_rows(&self, kind: RecordKind, t: &str) -> Result<String, CommandError> {
        let Some(hidden) = self.hidden_rows(kind).await? else { return Ok(String::new()) };
        let rows: Vec<String> = hidden.iter().map(|row| row.to_string()).collect();
        Ok(if rows.is_empty() { String::new() } else { format!(" AND {t}n NOT IN ({})", rows.join(",")) })
    }

    /// Refuses a contact that is hidden from the person at the desk: to them it is not there.
    pub fn require_seen(&self, db: &Db<'_>, id: Id) -> Result<(), StoreError> {
        self.require_shown(db, RecordKind::Contact, id)
    }

    /// The same for a record of any kind: what is about a hidden contact is hidden, too.
    pub fn require_shown(&self, db: &Db<'_>, kind: RecordKind, id: Id) -> Result<(), StoreError> {
        if is_hidden(db, &self.viewer(), kind, id)? { Err(StoreError::NotFound(kind.key())) } else { Ok(()) }
    }
}
