//! Employment histories: of a contact, and of the people who left an employer (M24).

use crate::view::{View, is_among};
use liaison_domain::{Id, RecordKind};
use liaison_store::bits::Bits;
use liaison_store::table::name_expression;
use liaison_store::{Db, Sql, Statement, StoreError};

/// One line of a contact's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employment {
    /// The record of the history.
    pub id: Id,
    /// The employer.
    pub employer: Id,
    /// Its name, or "".
    pub employer_name: String,
    /// Job title there.
    pub title: Option<String>,
    /// Address there.
    pub email: Option<String>,
    /// The first day, where known, `yyyy-mm-dd`.
    pub started_on: Option<String>,
    /// The last day, `yyyy-mm-dd`; none while it lasts.
    pub ended_on: Option<String>,
}

/// Where a contact works and worked: what lasts first, then the last that ended first.
///
/// Errors: `NotFound` for a contact that is hidden.
pub fn of_contact(view: &View<'_>, contact: Id) -> Result<Vec<Employment>, StoreError> {
    view.require(RecordKind::Contact, contact)?;
    view.everything().all(
        "SELECT p.id,p.employer,coalesce(e.name,''),p.title,p.email,p.started_on,p.ended_on FROM employment p
            LEFT JOIN employer e ON e.id=p.employer
         WHERE p.contact=? AND p.deleted_at IS NULL
         ORDER BY p.ended_on IS NOT NULL,p.ended_on DESC,p.started_on DESC,p.n DESC",
        &[Sql::Blob(contact.bytes())],
        |row| {
            Ok(Employment {
                id: row.id(0)?,
                employer: row.id(1)?,
                employer_name: row.text(2).to_owned(),
                title: row.optional_text(3),
                email: row.optional_text(4),
                started_on: row.optional_text(5),
                ended_on: row.optional_text(6),
            })
        },
    )
}

/// The last employer that a contact left, other than `except`, and that is not in the trash.
pub fn last_left(db: &Db<'_>, contact: Id, except: Id) -> Result<Option<Id>, StoreError> {
    let sql = "SELECT e.id FROM employment p JOIN employer e ON e.id=p.employer AND e.deleted_at IS NULL
        WHERE p.contact=? AND p.deleted_at IS NULL AND p.ended_on IS NOT NULL AND e.id<>?
        ORDER BY p.ended_on DESC,p.n DESC LIMIT 1";
    db.first(sql, &[Sql::Blob(contact.bytes()), Sql::Blob(except.bytes())], |row| row.id(0))
}

/// The last employment of a contact at an employer that has ended.
pub fn last_ended(db: &Db<'_>, contact: Id, employer: Id) -> Result<Option<Id>, StoreError> {
    let sql = "SELECT id FROM employment WHERE contact=? AND employer=? AND deleted_at IS NULL AND ended_on IS NOT NULL
        ORDER BY n DESC LIMIT 1";
    db.first(sql, &[Sql::Blob(contact.bytes()), Sql::Blob(employer.bytes())], |row| row.id(0))
}

/// What a contact was before it left: the last employment that ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastLeft {
    /// The employer.
    pub employer: Id,
    /// Its name, or "".
    pub employer_name: String,
    /// Job title there.
    pub title: Option<String>,
    /// The last day there, `yyyy-mm-dd`.
    pub left_on: String,
}

/// The last employment of a contact that ended, at another employer than `except`.
///
/// Errors: `NotFound` for a contact that is hidden.
pub fn last_position(view: &View<'_>, contact: Id, except: Id) -> Result<Option<LastLeft>, StoreError> {
    view.require(RecordKind::Contact, contact)?;
    let sql = "SELECT p.employer,coalesce(e.name,''),p.title,p.ended_on FROM employment p
            LEFT JOIN employer e ON e.id=p.employer
        WHERE p.contact=? AND p.deleted_at IS NULL AND p.ended_on IS NOT NULL AND p.employer<>?
        ORDER BY p.ended_on DESC,p.n DESC LIMIT 1";
    view.everything().first(sql, &[Sql::Blob(contact.bytes()), Sql::Blob(except.bytes())], |row| {
        Ok(LastLeft {
            employer: row.id(0)?,
            employer_name: row.text(1).to_owned(),
            title: row.optional_text(2),
            left_on: row.text(3).to_owned(),
        })
    })
}

/// Who left an employer: contacts in the history of it with a last day, who are not there now.
const FORMER: &str = "FROM employment p JOIN contact c ON c.id=p.contact AND c.deleted_at IS NULL
    WHERE p.employer=?1 AND p.deleted_at IS NULL AND p.ended_on IS NOT NULL AND c.employer IS NOT ?1";

/// Row numbers of the contacts who left an employer, the last to leave first, without those that are hidden.
pub fn former_rows(view: &View<'_>, employer: Id) -> Result<Vec<i64>, StoreError> {
    let sql = format!("SELECT c.n {FORMER} GROUP BY c.n ORDER BY max(p.ended_on) DESC,c.sort_name,c.n");
    let mut rows = view.everything().all(&sql, &[Sql::Blob(employer.bytes())], |row| Ok(row.int(0)))?;
    let hidden = view.hidden_rows(RecordKind::Contact)?;
    rows.retain(|n| !is_among(hidden.as_ref(), *n));
    Ok(rows)
}

/// Somebody who left an employer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// The contact.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Job title there.
    pub title: Option<String>,
    /// Address there.
    pub email: Option<String>,
    /// The first day there, where known, `yyyy-mm-dd`.
    pub started_on: Option<String>,
    /// The last day there, `yyyy-mm-dd`.
    pub left_on: String,
    /// The employer the contact is at now.
    pub now_at: Option<Id>,
    /// The name of that.
    pub now_at_name: Option<String>,
    /// Approval status.
    pub approval: String,
}

/// Reads those who left employers; made for reading many of them.
pub struct FormerByRow<'d> {
    statement: Statement<'d>,
    hidden: Option<Bits>,
}

impl<'d> FormerByRow<'d> {
    /// Prepares the reading.
    pub fn prepare(view: &View<'d>) -> Result<FormerByRow<'d>, StoreError> {
        // With max(), SQLite takes the other columns from the row that has it.
        let sql = format!(
            "SELECT c.id,{},p.title,p.email,max(p.ended_on),c.employer,
                (SELECT e.name FROM employer e WHERE e.id=c.employer),c.approval,p.started_on {FORMER} AND c.n=?2",
            name_expression(RecordKind::Contact, "c")
        );
        let statement = view.everything().prepare(&sql)?;
        Ok(FormerByRow { statement, hidden: view.hidden_rows(RecordKind::Contact)? })
    }

    /// The contact in row `n`, who must be one of [`former_rows`]; `None` where the statement yields nobody, or somebody who is
    /// hidden.
    pub fn read(&mut self, employer: Id, n: i64) -> Result<Option<Former>, StoreError> {
        if is_among(self.hidden.as_ref(), n) {
            return Ok(None);
        }
        let one = &mut self.statement;
        one.bind(&[Sql::Blob(employer.bytes()), Sql::Int(n)])?;
        if !one.step()? {
            return Ok(None);
        }
        let former = Former {
            id: one.id(0)?,
            name: one.text(1).to_owned(),
            title: one.optional_text(2),
            email: one.optional_text(3),
            left_on: one.text(4).to_owned(),
            now_at: one.optional_id(5)?,
            now_at_name: one.optional_text(6),
            approval: one.text(7).to_owned(),
            started_on: one.optional_text(8),
        };
        one.reset();
        Ok(Some(former))
    }
}
