//! Who has an e-mail address, by the key that addresses are compared by (see [`liaison_domain::name::email_key`]).

use liaison_domain::{Id, RecordKind};
use liaison_store::{Db, Sql, StoreError};

/// A live record of `kind` with this address, other than `except` and those that the changes of the journal from number
/// `first` to before `end` are about. Contacts, employer users, staff and students have addresses.
pub fn taken_outside(
    db: &Db<'_>,
    kind: RecordKind,
    key: &str,
    except: Id,
    first: i64,
    end: i64,
) -> Result<Option<Id>, StoreError> {
    let name = kind.key();
    db.first(
        &format!(
            "SELECT id FROM {name} t WHERE email_key=? AND deleted_at IS NULL AND id<>?
             AND NOT EXISTS(SELECT 1 FROM change c WHERE c.record=t.id AND c.n>=? AND c.n<?) LIMIT 1"
        ),
        &[Sql::Text(key), Sql::Blob(except.bytes()), Sql::Int(first), Sql::Int(end)],
        |row| row.id(0),
    )
}
