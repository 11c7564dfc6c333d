//! Contacts that may be the same person as one in the queue, with what agrees (B4). Judged as [`crate::duplicates`]
//! judges all of them.

use crate::duplicates;
pub use crate::duplicates::Likeness;
use liaison_domain::{Id, Permission, RecordKind, contact};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;

/// Contacts that may be the same person as this one, the likeliest first, at most ten (B4).
pub async fn contact_likenesses(session: &Session, id: Id) -> Result<Vec<Likeness>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let record = session.read(|view| Ok(view.get(RecordKind::Contact, id)?.record)).await?;
    let is_pending = record.text(&contact::APPROVAL) == contact::PENDING;
    // What the queue's rows say of a pending contact is what is shown beside them.
    let known = if is_pending { duplicates::of_pending(session, &record).await? } else { None };
    let mut likely = match known {
        Some(known) => known,
        None => {
            let among = duplicates::candidates_of(session, &record).await?;
            duplicates::likely(session, &record, &among).await?
        }
    };
    likely.truncate(duplicates::MOST_LIKE);
    Ok(likely.into_iter().map(|(person, score, reasons)| Likeness { person, score, reasons }).collect())
}
