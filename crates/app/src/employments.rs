//! Employment histories: of a contact, and of the people who left an employer (M24). Primary contacts (M17).

use crate::archive::{editable, inactive_employer};
use crate::error::CommandError;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use liaison_domain::refusal::Problem;
use liaison_domain::{Id, OperationKind, Permission, RecordKind, Refusal, Value, contact, employer};
use liaison_store::table::name_expression;
use liaison_store::{Sql, StoreError, table};
use serde::Serialize;
use specta::Type;

/// Most rows of one page.
const PAGE_MOST: u32 = 200;

/// One line of a contact's history.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct EmploymentRow {
    /// The record of the history; none where only the contact itself says so.
    pub id: Option<Id>,
    /// The employer.
    pub employer: Id,
    /// Its name.
    pub employer_name: String,
    /// Job title there.
    pub title: Option<String>,
    /// Address there.
    pub email: Option<String>,
    /// The first day, where known, `yyyy-mm-dd`.
    pub started_on: Option<String>,
    /// The last day, `yyyy-mm-dd`; none while it lasts.
    pub ended_on: Option<String>,
    /// Where the contact is now.
    pub current: bool,
}

/// Somebody who left an employer.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct FormerContact {
    /// The contact.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Job title there.
    pub title: Option<String>,
    /// Address there.
    pub email: Option<String>,
    /// The last day there, `yyyy-mm-dd`.
    pub left_on: String,
    /// The name of the employer the contact is at now.
    pub now_at: Option<String>,
    /// The contact belongs to the record called "Inactive" now: tagged so.
    pub inactive: bool,
    /// Approval status.
    pub approval: String,
}

/// A part of an employer's "Former Contacts".
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct FormerContacts {
    /// How many there are in all.
    pub total: u32,
    /// Those asked for, the last to leave first.
    pub rows: Vec<FormerContact>,
}

/// Who left an employer: contacts in the history of it with a last day, who are not there now.
const FORMER: &str = "FROM employment p JOIN contact c ON c.id=p.contact AND c.deleted_at IS NULL
    WHERE p.employer=?1 AND p.deleted_at IS NULL AND p.ended_on IS NOT NULL AND c.employer IS NOT ?1";

/// Where a contact works and worked: what lasts first, then the last that ended first.
pub async fn contact_employments(session: &Session, contact: Id) -> Result<Vec<EmploymentRow>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let rows = session.database().read(|db| {
        session.require_seen(db, contact)?;
        let record = table::get(db, RecordKind::Contact, contact)?.record;
        let now_at = record.get(&contact::EMPLOYER).as_reference();
        let mut rows = db.all(
            "SELECT p.id,p.employer,coalesce(e.name,''),p.title,p.email,p.started_on,p.ended_on FROM employment p
                LEFT JOIN employer e ON e.id=p.employer
             WHERE p.contact=? AND p.deleted_at IS NULL
             ORDER BY p.ended_on IS NOT NULL,p.ended_on DESC,p.started_on DESC,p.n DESC",
            &[Sql::Blob(contact.bytes())],
            |row| {
                Ok(EmploymentRow {
                    id: Id::from_bytes(row.blob(0)),
                    employer: Id::from_bytes(row.blob(1)).unwrap_or(contact),
                    employer_name: row.text(2).to_owned(),
                    title: row.optional_text(3),
                    email: row.optional_text(4),
                    started_on: row.optional_text(5),
                    ended_on: row.optional_text(6),
                    current: false,
                })
            },
        )?;
        let Some(now_at) = now_at else { return Ok(rows) };
        let said = |field| Some(record.text(field).to_owned()).filter(|text| !text.is_empty());
        let at = rows.iter().position(|row| row.employer == now_at && row.ended_on.is_none());
        let mut current = match at {
            Some(at) => rows.remove(at),
            None => EmploymentRow {
                id: None,
                employer: now_at,
                employer_name: table::name_of(db, RecordKind::Employer, now_at)?.unwrap_or_default(),
                title: None,
                email: None,
                started_on: None,
                ended_on: None,
                current: true,
            },
        };
        // While it lasts, the contact itself says these.
        (current.title, current.email, current.current) = (said(&contact::TITLE), said(&contact::EMAIL), true);
        rows.insert(0, current);
        Ok(rows)
    });
    Ok(rows.await?)
}

/// The people who left an employer: its "Former Contacts" (M24).
pub async fn former_contacts(
    session: &Session,
    employer: Id,
    offset: u32,
    limit: u32,
) -> Result<FormerContacts, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let hidden = session.hidden_rows(RecordKind::Contact).await?;
    let page = session.database().read(|db| {
        let inactive = inactive_employer(db)?;
        let sql = format!("SELECT c.n {FORMER} GROUP BY c.n ORDER BY max(p.ended_on) DESC,c.sort_name,c.n");
        let mut all = db.all(&sql, &[Sql::Blob(employer.bytes())], |row| Ok(row.int(0)))?;
        if let Some(hidden) = hidden {
            all.retain(|n| !hidden.has(*n as usize));
        }
        // With max(), SQLite takes the other columns from the row that has it.
        let mut one = db.prepare(&format!(
            "SELECT c.id,{},p.title,p.email,max(p.ended_on),c.employer,
                (SELECT e.name FROM employer e WHERE e.id=c.employer),c.approval {FORMER} AND c.n=?2",
            name_expression(RecordKind::Contact, "c")
        ))?;
        let start = (offset as usize).min(all.len());
        let end = (start + limit.min(PAGE_MOST) as usize).min(all.len());
        let mut rows = Vec::with_capacity(end - start);
        for n in &all[start..end] {
            one.bind(&[Sql::Blob(employer.bytes()), Sql::Int(*n)])?;
            if !one.step()? {
                continue;
            }
            let now_at = Id::from_bytes(one.blob(5));
            rows.push(FormerContact {
                id: Id::from_bytes(one.blob(0)).ok_or_else(|| StoreError::Damaged("a contact's id".into()))?,
                name: one.text(1).to_owned(),
                title: one.optional_text(2),
                email: one.optional_text(3),
                left_on: one.text(4).to_owned(),
                inactive: now_at.is_some() && now_at == inactive,
                now_at: one.optional_text(6),
                approval: one.text(7).to_owned(),
            });
            one.reset();
        }
        Ok(FormerContacts { total: all.len() as u32, rows })
    });
    Ok(page.await?)
}

/// "Toggle Primary": makes the contact the primary one of its employer in place of another, or no longer (M17).
pub async fn contact_toggle_primary(session: &Session, id: Id) -> Result<Done, CommandError> {
    session.actor().require(Permission::EditContacts)?;
    let ((), operation) = session
        .commit(Step::new(OperationKind::EmployersPrimary), |recorder| {
            session.require_seen(recorder.db(), id)?;
            let record = editable(recorder.db(), id)?.record;
            let Some(at) = record.get(&contact::EMPLOYER).as_reference() else {
                let field = contact::EMPLOYER.key.to_owned();
                return Err(Refusal::of(field, Problem::Required).into());
            };
            let employer = table::get(recorder.db(), RecordKind::Employer, at)?;
            let is = employer.record.get(&employer::PRIMARY_CONTACT).as_reference() == Some(id);
            let after = if is { Value::Empty } else { id.into() };
            let change = employer.record.change(&employer::PRIMARY_CONTACT, after);
            recorder.update(RecordKind::Employer, employer.n, at, change.as_slice())
        })
        .await?;
    Ok(Done { operation, changed: 1, skipped: 0, users: 0 })
}
