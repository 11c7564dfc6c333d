//! What somebody has typed and not saved yet, such as half a note. It is kept in the encrypted database, among what
//! this device remembers for itself: nobody else sees it, and the journal has nothing of it until it is saved.

use liaison_domain::{Id, RecordKind};
use liaison_store::{Db, StoreError, settings};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A text that was typed and not saved yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Draft {
    /// As it was typed.
    pub text: String,
    /// When that was, in milliseconds since 1970.
    pub at: i64,
}

/// A note on a contact is kept under the contact, a change of a note under the note.
fn key(kind: RecordKind, about: Id, staff: Id) -> String {
    format!("{}{staff}", prefix(kind, Some(about)))
}

fn prefix(kind: RecordKind, about: Option<Id>) -> String {
    match about {
        Some(about) => format!("draft/{}/{about}/", kind.key()),
        None => format!("draft/{}/", kind.key()),
    }
}

/// What a newer version wrote, this one does not read.
fn read(text: &str) -> Option<Draft> {
    serde_json::from_str(text).ok()
}

/// What a person at the desk has typed about a record.
pub fn get(db: &Db<'_>, kind: RecordKind, about: Id, staff: Id) -> Result<Option<Draft>, StoreError> {
    Ok(settings::get(db, &key(kind, about, staff))?.as_deref().and_then(read))
}

/// The records of this kind that a person at the desk has typed something about.
pub fn of(db: &Db<'_>, kind: RecordKind, staff: Id) -> Result<Vec<Id>, StoreError> {
    let (prefix, staff) = (prefix(kind, None), format!("/{staff}"));
    let found = settings::beginning_with(db, &prefix)?.into_iter().filter_map(|(key, _)| {
        let about = key.strip_prefix(&prefix)?.strip_suffix(&staff)?;
        about.parse().ok()
    });
    Ok(found.collect())
}

/// Keeps what was typed; nothing but white space is forgotten.
pub fn keep(db: &Db<'_>, kind: RecordKind, about: Id, staff: Id, draft: &Draft) -> Result<(), StoreError> {
    if draft.text.trim().is_empty() {
        return settings::set(db, &key(kind, about, staff), None);
    }
    let text = serde_json::to_string(draft).map_err(|error| StoreError::Damaged(format!("a draft: {error}")))?;
    settings::set(db, &key(kind, about, staff), Some(&text))
}

/// Forgets what anybody has typed about a record: it is erased for good.
pub fn forget(db: &Db<'_>, kind: RecordKind, about: Id) -> Result<(), StoreError> {
    settings::forget_beginning_with(db, &prefix(kind, Some(about)))
}
