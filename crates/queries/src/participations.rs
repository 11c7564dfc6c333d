//! Who takes part in what.

use crate::view::View;
use liaison_domain::{Field, Id, RecordKind};
use liaison_store::{Db, Sql, Statement, StoreError};
use serde::Serialize;
use specta::Type;

/// Whether a participation other than `except` has this contact take part in this part in what `field` refers to; those
/// in the trash are left out.
pub fn is_taken(
    db: &Db<'_>,
    contact: Id,
    (field, place): (&Field, Id),
    part: &str,
    except: Id,
) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT EXISTS(SELECT 1 FROM participation WHERE contact=? AND {}=? AND part=? AND deleted_at IS NULL AND id<>?)",
        field.key
    );
    let bound = [Sql::Blob(contact.bytes()), Sql::Blob(place.bytes()), Sql::Text(part), Sql::Blob(except.bytes())];
    Ok(db.number(&sql, &bound)? == 1)
}

/// How somebody takes part in a meeting, an event or an interview schedule.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Participant {
    /// The participation.
    pub id: Id,
    /// Who.
    pub contact: Id,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Where they work.
    pub employer: Option<String>,
    /// In which part.
    pub part: String,
    /// What became of it.
    pub status: String,
    /// A remark.
    pub remark: String,
}

const PARTICIPANT: &str =
    "SELECT p.id,p.contact,trim(coalesce(c.preferred_name,c.first_name,'')||' '||coalesce(c.last_name,'')),
    c.email,p.part,p.status,p.remark,e.name
    FROM participation p LEFT JOIN contact c ON c.id=p.contact LEFT JOIN employer e ON e.id=c.employer";

fn participant(row: &Statement<'_>) -> Result<Participant, StoreError> {
    Ok(Participant {
        id: row.id(0)?,
        contact: row.id(1)?,
        name: row.text(2).to_owned(),
        email: row.text(3).to_owned(),
        employer: row.optional_text(7),
        part: row.text(4).to_owned(),
        status: row.text(5).to_owned(),
        remark: row.text(6).to_owned(),
    })
}

/// The participation in row `n`, also one in the trash; `None` for one of a contact who is hidden.
pub fn find(view: &View<'_>, n: i64) -> Result<Option<Participant>, StoreError> {
    let found = view.everything().first(&format!("{PARTICIPANT} WHERE p.n=?"), &[Sql::Int(n)], participant)?;
    let Some(found) = found else { return Ok(None) };
    Ok(if view.is_hidden(RecordKind::Contact, found.contact)? { None } else { Some(found) })
}

/// Who takes part in `of`, in the order they were named, without contacts that are hidden; `place` is the field that says in what (see
/// [`liaison_domain::participation::place`]).
pub fn list(view: &View<'_>, place: &Field, of: Id) -> Result<Vec<Participant>, StoreError> {
    let shown = view.shown(RecordKind::Participation, "p.")?;
    let sql = format!("{PARTICIPANT} WHERE p.{}=? AND p.deleted_at IS NULL{shown} ORDER BY p.n", place.key);
    view.everything().all(&sql, &[Sql::Blob(of.bytes())], participant)
}

/// The contacts that take part in `of`, once for each part, without those that are hidden; `place` as for [`list`].
pub fn contacts(view: &View<'_>, place: &Field, of: Id) -> Result<Vec<Id>, StoreError> {
    let shown = view.shown(RecordKind::Participation, "")?;
    let sql = format!("SELECT contact FROM participation WHERE {}=? AND deleted_at IS NULL{shown}", place.key);
    // A participation whose contact was erased names none.
    Ok(view.everything().all(&sql, &[Sql::Blob(of.bytes())], |row| row.optional_id(0))?.into_iter().flatten().collect())
}
