//! What came from the hub, taken into the open database: what follows a commit follows this, too.

use crate::active_staff;
use crate::engine::Engine;
use crate::error::CommandError;
use liaison_domain::RecordKind;
use liaison_domain::replication::Placed;
use liaison_store::absorb::Absorbed;
use std::sync::Arc;

impl Engine {
    /// Takes in entries of the hub's log; then the search indexes are brought up to date and the listeners are told.
    pub async fn absorb(self: &Arc<Self>, entries: &[Placed]) -> Result<Absorbed, CommandError> {
        // The indexes follow the commits in their order.
        let _in_order = self.committing.lock().await;
        let absorbed = self.database().absorb(entries).await?;
        for rows in absorbed.rows.iter().filter(|rows| !rows.kinds.is_empty()) {
            if rows.kinds.contains(&RecordKind::Staff) {
                // Whom a colleague deactivated elsewhere does not come in here any more.
                active_staff::settle_passcodes(self.database(), self.directory()).await;
            }
            self.follow(rows).await;
        }
        Ok(absorbed)
    }
}
