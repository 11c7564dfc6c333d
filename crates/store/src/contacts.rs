//! Contacts, read by what only contacts have.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql, Statement};
use crate::table;
use liaison_domain::{Id, Value, contact};

/// How many contacts have this approval status, not counting those in the trash.
pub fn count_with_approval(db: &Db<'_>, approval: &str) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM contact WHERE approval=? AND deleted_at IS NULL";
    Ok(db.number(sql, &[Sql::Text(approval)])? as u32)
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
        let former = match table::value(&rows, 3, &contact::FORMER_EMAILS) {
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
/// at most twenty. Those in the trash are left out.
///
/// Errors: `Damaged` for a contact whose id is none.
pub fn by_email_key(db: &Db<'_>, key: &str) -> Result<Vec<(i64, Id)>, StoreError> {
    let sql = "SELECT id,n FROM contact WHERE email_key=? AND deleted_at IS NULL LIMIT 20";
    db.all(sql, &[Sql::Text(key)], located)
}

/// Contacts of this approval status whose place in the order by name lies from `from` on and before `to`: row number
/// and id, at most two hundred. Those in the trash are left out.
///
/// Errors: `Damaged` for a contact whose id is none.
pub fn by_sort_name(db: &Db<'_>, approval: &str, from: &str, to: &str) -> Result<Vec<(i64, Id)>, StoreError> {
    let sql = "SELECT id,n FROM contact WHERE approval=? AND sort_name>=? AND sort_name<?
            AND deleted_at IS NULL LIMIT 200";
    db.all(sql, &[Sql::Text(approval), Sql::Text(from), Sql::Text(to)], located)
}

/// The contact in this row: row number and id. `None` where there is none, or it lies in the trash.
///
/// Errors: `Damaged` for a contact whose id is none.
pub fn by_row(db: &Db<'_>, row: u32) -> Result<Option<(i64, Id)>, StoreError> {
    let sql = "SELECT id,n FROM contact WHERE n=? AND deleted_at IS NULL";
    db.first(sql, &[Sql::Int(i64::from(row))], located)
}

fn located(row: &Statement<'_>) -> Result<(i64, Id), StoreError> {
    Ok((row.int(1), row.id(0)?))
}
