//! Records by what people call them in a file or in a form.

use liaison_domain::{Id, RecordKind};
use liaison_store::{Db, Sql, StoreError};

/// By what a text names a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The key of its name, as `name::organization_key` makes it.
    NameKey,
    /// The key of its address, as `name::email_key` makes it.
    AddressKey,
    /// Its address, folded to lower case.
    Address,
    /// First and last name, in upper or lower case.
    FullName,
    /// Its name, in upper or lower case.
    Name,
    /// Its title, in upper or lower case.
    Title,
}

impl By {
    fn condition(self) -> &'static str {
        match self {
            By::NameKey => "name_key=?",
            By::AddressKey => "email_key=?",
            By::Address => "lower(email)=?",
            By::FullName => "trim(coalesce(first_name,'')||' '||coalesce(last_name,''))=? COLLATE NOCASE",
            By::Name => "name=? COLLATE NOCASE",
            By::Title => "title=? COLLATE NOCASE",
        }
    }
}

/// The live records of a kind that a text names, the oldest first: two at most, which is one too many for whoever looks
/// for the one that is meant. Errors: `Sqlite` for a kind that has no such column.
pub fn first_two(db: &Db<'_>, kind: RecordKind, by: By, text: &str) -> Result<Vec<Id>, StoreError> {
    let sql =
        format!("SELECT id FROM {} WHERE {} AND deleted_at IS NULL ORDER BY n LIMIT 2", kind.key(), by.condition());
    db.all(&sql, &[Sql::Text(text)], |row| row.id(0))
}
