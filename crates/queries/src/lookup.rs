//! Records of any kind by what they are called: their names and addresses.

use crate::view::View;
use liaison_domain::{Field, Id, RecordKind};
use liaison_store::table::name_expression;
use liaison_store::{Db, Sql, StoreError};

/// The texts that records of a kind have in a field, with whose they are; those in the trash are left out. For kinds
/// of which there are few.
///
/// Errors: `Damaged` for a record whose id is none.
pub fn texts(db: &Db<'_>, kind: RecordKind, field: &Field) -> Result<Vec<(Id, String)>, StoreError> {
    let sql = format!("SELECT id,{} FROM {} WHERE deleted_at IS NULL", field.key, kind.key());
    db.all(&sql, &[], |row| Ok((row.id(0)?, row.text(1).to_owned())))
}

/// A record of the kind other than `except` that has this address, as
/// [`email_key`](liaison_domain::name::email_key) makes one of it; those in the trash are left out. For kinds of
/// people, which alone have a column for it.
///
/// Errors: `Damaged` for a record whose id is none.
pub fn other_with_email(db: &Db<'_>, kind: RecordKind, key: &str, except: Id) -> Result<Option<Id>, StoreError> {
    let table = kind.key();
    db.first(
        &format!("SELECT id FROM {table} WHERE email_key=? AND deleted_at IS NULL AND id<>? LIMIT 1"),
        &[Sql::Text(key), Sql::Blob(except.bytes())],
        |row| row.id(0),
    )
}

/// A record whose name or address contains a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Containing {
    /// The record.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its address; empty where it has none.
    pub email: String,
    /// It lies in the trash.
    pub deleted: bool,
}

/// The records of a kind that has addresses whose name or address contains this text, at most `most`, in the order they
/// were added; those in the trash are among them, hidden ones are left out. Every row is looked at: for databases that
/// have no search index.
///
/// Errors: `Damaged` for a record whose id is none.
pub fn containing(view: &View<'_>, kind: RecordKind, text: &str, most: usize) -> Result<Vec<Containing>, StoreError> {
    let shown = view.shown(kind, "t.")?;
    let text: String = text
        .chars()
        .flat_map(|c| match c {
            '%' | '_' | '\\' => vec!['\\', c],
            c => vec![c],
        })
        .collect();
    let name = name_expression(kind, "t");
    let sql = format!(
        "SELECT t.id,{name},coalesce(t.email,''),t.deleted_at IS NOT NULL FROM {} t
             WHERE ({name} LIKE ?1 ESCAPE '\\' OR t.email LIKE ?1 ESCAPE '\\'){shown} ORDER BY t.n LIMIT ?2",
        kind.key()
    );
    view.everything().all(&sql, &[Sql::Text(&format!("%{text}%")), Sql::Int(most as i64)], |row| {
        Ok(Containing {
            id: row.id(0)?,
            name: row.text(1).to_owned(),
            email: row.text(2).to_owned(),
            deleted: row.int(3) == 1,
        })
    })
}
