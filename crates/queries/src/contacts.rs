//! Contacts, read by what only contacts have.

use crate::view::{View, is_among};
use liaison_domain::{Id, RecordKind, Value, contact};
use liaison_store::bits::Bits;
use liaison_store::{Db, Sql, Statement, StoreError, table};

/// How many contacts have this approval status, not counting those in the trash and those that are hidden.
pub fn count_with_approval(view: &View<'_>, approval: &str) -> Result<u32, StoreError> {
    let shown = view.shown(RecordKind::Contact, "")?;
    let sql = format!("SELECT count(*) FROM contact WHERE approval=? AND deleted_at IS NULL{shown}");
    Ok(view.everything().number(&sql, &[Sql::Text(approval)])? as u32)
}

/// The contacts of this approval status, without those in the trash and those that are hidden.
///
/// Errors: `Damaged` for a contact whose id is none.
pub fn ids_with_approval(view: &View<'_>, approval: &str) -> Result<Vec<Id>, StoreError> {
    let shown = view.shown(RecordKind::Contact, "")?;
    let sql = format!("SELECT id FROM contact WHERE approval=? AND deleted_at IS NULL{shown}");
    view.everything().all(&sql, &[Sql::Text(approval)], |row| row.id(0))
}

/// The largest row number of a contact; 0 where there is none.
pub fn last_row(db: &Db<'_>) -> Result<i64, StoreError> {
    db.number("SELECT coalesce(max(n),0) FROM contact", &[])
}

/// The row numbers of the contacts of the employer in this row, also of those in the trash.
pub fn rows_of_employer(db: &Db<'_>, employer: u32) -> Result<Vec<u32>, StoreError> {
    db.all(
        "SELECT n FROM contact WHERE employer=(SELECT id FROM employer WHERE n=?)",
        &[Sql::Int(i64::from(employer))],
        |row| Ok(row.int(0) as u32),
    )
}

/// Passes the further and former addresses of contacts to `each`, contact by contact in the order they were added, as
/// they were typed. Of a contact that has any of them, the two further ones are passed also where they are empty.
///
/// Errors: `Damaged` for a contact whose id is none.
pub fn each_further_address(db: &Db<'_>, mut each: impl FnMut(Id, &str)) -> Result<(), StoreError> {
    let mut rows = db.prepare(
        "SELECT id,email_2,email_3,former_emails FROM contact WHERE deleted_at IS NULL
            AND (email_2 IS NOT NULL OR email_3 IS NOT NULL OR former_emails IS NOT NULL) ORDER BY n",
    )?;
    while rows.step()? {
        let id = rows.id(0)?;
        let former = match table::value(&rows, 3, &contact::FORMER_EMAILS)? {
            Value::List(former) => former,
            _ => Vec::new(),
        };
        for address in [rows.text(1), rows.text(2)].into_iter().chain(former.iter().map(String::as_str)) {
            each(id, address);
        }
    }
    Ok(())
}

/// Contacts with this address, as [`email_key`](liaison_domain::name::email_key) makes one of it: row number and id,
/// at most twenty. Those in the trash and those that are hidden are left out.
///
/// Errors: `Damaged` for a contact whose id is none.
pub fn by_email_key(view: &View<'_>, key: &str) -> Result<Vec<(i64, Id)>, StoreError> {
    let sql = "SELECT id,n FROM contact WHERE email_key=? AND deleted_at IS NULL LIMIT 20";
    seen(view, view.everything().all(sql, &[Sql::Text(key)], located)?)
}

/// Contacts of this approval status whose place in the order by name lies from `from` on and before `to`: row number
/// and id, at most two hundred. Those in the trash and those that are hidden are left out.
///
/// Errors: `Damaged` for a contact whose id is none.
pub fn by_sort_name(view: &View<'_>, approval: &str, from: &str, to: &str) -> Result<Vec<(i64, Id)>, StoreError> {
    let sql = "SELECT id,n FROM contact WHERE approval=? AND sort_name>=? AND sort_name<?
            AND deleted_at IS NULL LIMIT 200";
    let found = view.everything().all(sql, &[Sql::Text(approval), Sql::Text(from), Sql::Text(to)], located)?;
    seen(view, found)
}

/// The contact in this row: row number and id. `None` where there is none, it lies in the trash or is hidden.
///
/// Errors: `Damaged` for a contact whose id is none.
pub fn by_row(view: &View<'_>, row: u32) -> Result<Option<(i64, Id)>, StoreError> {
    let sql = "SELECT id,n FROM contact WHERE n=? AND deleted_at IS NULL";
    let found = view.everything().first(sql, &[Sql::Int(i64::from(row))], located)?;
    let Some((n, id)) = found else { return Ok(None) };
    Ok(if view.is_hidden(RecordKind::Contact, id)? { None } else { Some((n, id)) })
}

/// Those of the contacts found that are not hidden.
fn seen(view: &View<'_>, mut found: Vec<(i64, Id)>) -> Result<Vec<(i64, Id)>, StoreError> {
    let hidden = view.hidden_rows(RecordKind::Contact)?;
    found.retain(|(n, _)| !is_among(hidden.as_ref(), *n));
    Ok(found)
}

fn located(row: &Statement<'_>) -> Result<(i64, Id), StoreError> {
    Ok((row.int(1), row.id(0)?))
}

/// A contact as far as AutoSync needs it (M19).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoSyncOfRow {
    /// The contact.
    pub id: Id,
    /// Whether AutoSync is on: a flag, or empty.
    pub on: Value,
    /// Rejected, and its data frozen (M27).
    pub frozen: bool,
}

/// Reads by row number whether AutoSync of live contacts is on; made for reading many of them.
pub struct AutoSyncByRow<'d> {
    statement: Statement<'d>,
    hidden: Option<Bits>,
}

impl<'d> AutoSyncByRow<'d> {
    /// Prepares the reading.
    pub fn prepare(view: &View<'d>) -> Result<AutoSyncByRow<'d>, StoreError> {
        let sql = "SELECT id,auto_sync,approval FROM contact WHERE n=? AND deleted_at IS NULL";
        let statement = view.everything().prepare(sql)?;
        Ok(AutoSyncByRow { statement, hidden: view.hidden_rows(RecordKind::Contact)? })
    }

    /// The contact in this row; `None` where it is gone, in the trash or hidden.
    pub fn read(&mut self, n: i64) -> Result<Option<AutoSyncOfRow>, StoreError> {
        if is_among(self.hidden.as_ref(), n) {
            return Ok(None);
        }
        let row = &mut self.statement;
        row.bind(&[Sql::Int(n)])?;
        if !row.step()? {
            return Ok(None);
        }
        let read = AutoSyncOfRow {
            id: row.id(0)?,
            on: row.optional_int(1).map_or(Value::Empty, |on| Value::Flag(on == 1)),
            frozen: row.text(2) == contact::REJECTED,
        };
        row.reset();
        Ok(Some(read))
    }
}

/// How many live contacts of an employer have AutoSync on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Following {
    /// All of them.
    pub all: u32,
    /// Those among them that are rejected, and their data frozen (M27).
    pub frozen: u32,
}

/// How many live contacts of an employer follow its shared fields: AutoSync is on (M19).
pub fn following(db: &Db<'_>, employer: Id) -> Result<Following, StoreError> {
    let sql = "SELECT count(*),count(*) FILTER (WHERE approval='rejected') FROM contact
        WHERE employer=? AND auto_sync=1 AND deleted_at IS NULL";
    let found = db.first(sql, &[Sql::Blob(employer.bytes())], |row| {
        Ok(Following { all: row.int(0) as u32, frozen: row.int(1) as u32 })
    })?;
    Ok(found.unwrap_or_default())
}

/// Row numbers of the live contacts of an employer with AutoSync on, in the order they were made.
pub fn rows_following(db: &Db<'_>, employer: Id) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT n FROM contact WHERE employer=? AND auto_sync=1 AND deleted_at IS NULL ORDER BY n";
    db.all(sql, &[Sql::Blob(employer.bytes())], |row| Ok(row.int(0)))
}

/// The live contacts of an employer that are not rejected, by name, `most` at most.
pub fn first_of_employer(view: &View<'_>, employer: Id, most: usize) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT id,n FROM contact WHERE employer=? AND deleted_at IS NULL AND approval<>'rejected'
        ORDER BY sort_name,n";
    let hidden = view.hidden_rows(RecordKind::Contact)?;
    let rows = view.everything().all(sql, &[Sql::Blob(employer.bytes())], located)?;
    Ok(rows.into_iter().filter(|(n, _)| !is_among(hidden.as_ref(), *n)).map(|(_, id)| id).take(most).collect())
}

/// The owners of an employer's approved live contacts that are visible to "Myself", one for each contact. Few contacts
/// are; an index knows them, and is used instead of that of employers.
pub(crate) fn private_owners(db: &Db<'_>, employer: Id) -> Result<Vec<Option<Id>>, StoreError> {
    let sql = format!(
        "SELECT owner FROM contact WHERE visibility='{}' AND +employer=? AND deleted_at IS NULL AND approval='approved'",
        contact::MYSELF
    );
    db.all(&sql, &[Sql::Blob(employer.bytes())], |row| row.optional_id(0))
}

/// Row numbers of the live contacts with the address of this key, in the order they were made: at most so many.
pub fn first_with_address(db: &Db<'_>, email_key: &str, most: i64) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT n FROM contact WHERE email_key=? AND deleted_at IS NULL ORDER BY n LIMIT ?";
    db.all(sql, &[Sql::Text(email_key), Sql::Int(most)], |row| Ok(row.int(0)))
}

/// Passes the key of the address and the row number of each live contact to `each`, in the order they were made.
pub fn each_address(db: &Db<'_>, mut each: impl FnMut(&str, i64)) -> Result<(), StoreError> {
    let mut rows = db.prepare("SELECT email_key,n FROM contact WHERE deleted_at IS NULL ORDER BY n")?;
    while rows.step()? {
        each(rows.text(0), rows.int(1));
    }
    Ok(())
}

/// Passes row number and each further or former address of every live contact to `each`, in the order the contacts were
/// made, and whether the address is a former one.
pub fn each_alias(db: &Db<'_>, mut each: impl FnMut(i64, &str, bool)) -> Result<(), StoreError> {
    let sql = "SELECT n,email_2,email_3,former_emails FROM contact WHERE alias_keys<>'[]' AND deleted_at IS NULL
         ORDER BY n";
    let mut rows = db.prepare(sql)?;
    while rows.step()? {
        for column in [1, 2] {
            if !rows.is_null(column) {
                each(rows.int(0), rows.text(column), false);
            }
        }
        if let Value::List(former) = table::value(&rows, 3, &contact::FORMER_EMAILS)? {
            former.iter().for_each(|address| each(rows.int(0), address, true));
        }
    }
    Ok(())
}
