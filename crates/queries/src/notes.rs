//! Notes about contacts, students and alumni.

use crate::view::View;
use liaison_domain::{Id, RecordKind, note};
use liaison_store::{Db, Sql, StoreError};
use serde::Serialize;
use specta::Type;

/// The contact a note is about, also of a note in the trash; `None` where there is no such note, or it is about nobody.
///
/// Errors: `Damaged` where what stands there is no id.
pub fn contact_of(db: &Db<'_>, note: Id) -> Result<Option<Id>, StoreError> {
    let sql = "SELECT contact FROM note WHERE id=?";
    Ok(db.first(sql, &[Sql::Blob(note.bytes())], |row| row.optional_id(0))?.flatten())
}

/// A note.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Note {
    /// The note.
    pub id: Id,
    /// Plain text.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// When, in milliseconds since 1970.
    pub created_at: i64,
    /// It was edited since.
    pub edited: bool,
    /// Whoever looks has begun to change it and not saved that.
    pub has_draft: bool,
}

/// The field by which a note says that it is about a record of this kind.
fn field_of(kind: RecordKind) -> &'static str {
    if kind == RecordKind::Student { note::STUDENT.key } else { note::CONTACT.key }
}

/// Up to `limit` notes on a contact, a student or an alum, newest first: the first ones, or those that follow the note `after`.
///
/// Errors: `NotFound` for a contact that is hidden.
pub fn page(
    view: &View<'_>,
    (kind, id): (RecordKind, Id),
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Note>, StoreError> {
    view.require(kind, id)?;
    let of = field_of(kind);
    let following =
        if after.is_some() { " AND (t.created_at,t.n)<(SELECT created_at,n FROM note WHERE id=?3)" } else { "" };
    let mut bound = vec![Sql::Blob(id.bytes()), Sql::Int(i64::from(limit))];
    bound.extend(after.as_ref().map(|after| Sql::Blob(after.bytes())));
    view.everything().all(
        &format!(
            "SELECT t.id,t.text,trim(s.first_name||' '||s.last_name),t.created_at,
                (SELECT count(*) FROM change c WHERE c.record=t.id)>1
             FROM note t LEFT JOIN staff s ON s.id=t.author
             WHERE t.{of}=?1 AND t.deleted_at IS NULL{following} ORDER BY t.created_at DESC,t.n DESC LIMIT ?2"
        ),
        &bound,
        |row| {
            Ok(Note {
                id: row.id(0)?,
                text: row.text(1).to_owned(),
                author: row.text(2).to_owned(),
                created_at: row.int(3),
                edited: row.int(4) == 1,
                has_draft: false,
            })
        },
    )
}

/// How many notes a contact, a student or an alum has. Errors: `NotFound` for a contact that is hidden.
pub fn count(view: &View<'_>, (kind, id): (RecordKind, Id)) -> Result<u32, StoreError> {
    view.require(kind, id)?;
    let sql = format!("SELECT count(*) FROM note WHERE {}=? AND deleted_at IS NULL", field_of(kind));
    Ok(view.everything().number(&sql, &[Sql::Blob(id.bytes())])? as u32)
}
