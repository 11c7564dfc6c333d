//! The trash: what lies in it on its own, and since when this device has noticed it there.

use crate::view::View;
use liaison_domain::{Id, RecordKind};
use liaison_store::{Db, Sql, Statement, StoreError, table};

/// A record in the trash.
pub struct Trashed {
    /// The record.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// When it was deleted, in milliseconds since 1970.
    pub deleted_at: i64,
}

/// The rows of `t` that lie in the trash on their own: not what was merged, nor what went along with its contact.
fn on_its_own(kind: RecordKind) -> String {
    let along = match kind {
        RecordKind::Contact | RecordKind::Employer => " AND t.merged_into IS NULL",
        RecordKind::Email => {
            " AND NOT EXISTS(SELECT 1 FROM contact p WHERE p.id=t.contact AND p.deleted_at=t.deleted_at)
              AND NOT EXISTS(SELECT 1 FROM student p WHERE p.id=t.student AND p.deleted_at=t.deleted_at)"
        }
        RecordKind::Note | RecordKind::Task | RecordKind::Meeting => {
            " AND NOT EXISTS(SELECT 1 FROM contact p WHERE p.id=t.contact AND p.deleted_at=t.deleted_at)"
        }
        _ => "",
    };
    format!("{} t WHERE t.deleted_at IS NOT NULL{along}", kind.key())
}

fn trashed(row: &Statement<'_>) -> Result<Trashed, StoreError> {
    Ok(Trashed { id: row.id(0)?, name: row.text(1).to_owned(), deleted_at: row.int(2) })
}

/// Some of the records of a kind that lie in the trash on their own, the last deleted first, without what is hidden.
pub fn list(view: &View<'_>, kind: RecordKind, offset: u32, limit: u32) -> Result<Vec<Trashed>, StoreError> {
    let shown = view.shown(kind, "t.")?;
    let (name, from) = (table::name_expression(kind, "t"), on_its_own(kind));
    let sql = format!(
        "SELECT t.id,{name},t.deleted_at FROM {from}{shown} ORDER BY t.deleted_at DESC,t.n DESC LIMIT ? OFFSET ?"
    );
    view.everything().all(&sql, &[Sql::Int(i64::from(limit)), Sql::Int(i64::from(offset))], trashed)
}

/// The record, where it lies in the trash on its own. Errors: `NotFound` for one that is hidden.
pub fn find(view: &View<'_>, kind: RecordKind, id: Id) -> Result<Option<Trashed>, StoreError> {
    view.require(kind, id)?;
    let (name, from) = (table::name_expression(kind, "t"), on_its_own(kind));
    let sql = format!("SELECT t.id,{name},t.deleted_at FROM {from} AND t.id=?");
    view.everything().first(&sql, &[Sql::Blob(id.bytes())], trashed)
}

/// How many records of a kind lie in the trash on their own, without what is hidden.
pub fn count(view: &View<'_>, kind: RecordKind) -> Result<u32, StoreError> {
    let shown = view.shown(kind, "t.")?;
    Ok(view.everything().number(&format!("SELECT count(*) FROM {}{shown}", on_its_own(kind)), &[])? as u32)
}

/// The records of a kind that lie in the trash on their own and were noticed there when this device had seen no more
/// than `passed` milliseconds pass; each with when it was deleted, in milliseconds since 1970.
pub fn noticed_until(db: &Db<'_>, kind: RecordKind, passed: i64) -> Result<Vec<(Id, i64)>, StoreError> {
    let sql = format!(
        "SELECT t.id,t.deleted_at FROM {} AND EXISTS(SELECT 1 FROM trash_noticed s WHERE s.record=t.id
            AND s.deleted_at=t.deleted_at AND s.passed<=?)",
        on_its_own(kind)
    );
    db.all(&sql, &[Sql::Int(passed)], |row| Ok((row.id(0)?, row.int(1))))
}

/// How much time this device had seen pass, in milliseconds, when it noticed that the record was deleted at `deleted_at`
/// (in milliseconds since 1970); `None` where it has not noticed yet.
pub fn noticed(db: &Db<'_>, record: Id, deleted_at: i64) -> Result<Option<i64>, StoreError> {
    db.first(
        "SELECT passed FROM trash_noticed WHERE record=? AND deleted_at=?",
        &[Sql::Blob(record.bytes()), Sql::Int(deleted_at)],
        |row| Ok(row.int(0)),
    )
}

/// Writes down that this device, having seen `passed` milliseconds pass, notices what lies in the trash of a kind and was
/// not noticed before.
pub fn notice(db: &Db<'_>, kind: RecordKind, passed: i64) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO trash_noticed(record,deleted_at,passed) SELECT t.id,t.deleted_at,?1 FROM {kind} t
         WHERE t.deleted_at IS NOT NULL
            AND NOT EXISTS(SELECT 1 FROM trash_noticed s WHERE s.record=t.id AND s.deleted_at=t.deleted_at)
         ON CONFLICT(record) DO UPDATE SET deleted_at=excluded.deleted_at,passed=excluded.passed",
        kind = kind.key()
    );
    db.run(&sql, &[Sql::Int(passed)])?;
    Ok(())
}

/// Forgets what was noticed and no longer lies in the trash of one of these kinds.
pub fn forget_gone(db: &Db<'_>, kinds: &[RecordKind]) -> Result<(), StoreError> {
    let gone = kinds.iter().map(|kind| {
        let kind = kind.key();
        format!("NOT EXISTS(SELECT 1 FROM {kind} t WHERE t.id=trash_noticed.record AND t.deleted_at IS NOT NULL)")
    });
    db.run(&format!("DELETE FROM trash_noticed WHERE {}", gone.collect::<Vec<_>>().join(" AND ")), &[])?;
    Ok(())
}
