//! Employment histories: of a contact, and of the people who left an employer (M24). Primary contacts (M17).

use crate::archive::{editable, inactive_employer};
use crate::error::CommandError;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use liaison_domain::refusal::Problem;
use liaison_domain::{Id, OperationKind, Permission, RecordKind, Refusal, Value, contact, employer};
use liaison_queries::employments::{self, Employment, FormerByRow};
use liaison_store::table;
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
    /// The first day there, where known, `yyyy-mm-dd`.
    pub started_on: Option<String>,
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

/// Where a contact works and worked: what lasts first, then the last that ended first. The employer called "Inactive"
/// is none (M24).
pub async fn contact_employments(session: &Session, contact: Id) -> Result<Vec<EmploymentRow>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let rows = session.read(|view| {
        let record = view.get(RecordKind::Contact, contact)?.record;
        let now_at = record.get(&contact::EMPLOYER).as_reference();
        let mut rows: Vec<EmploymentRow> = employments::of_contact(view, contact)?.into_iter().map(past).collect();
        // Who is at "Inactive" works nowhere: that employer stands for none.
        let inactive = inactive_employer(view.everything())?;
        rows.retain(|row| Some(row.employer) != inactive);
        let Some(now_at) = now_at.filter(|at| Some(*at) != inactive) else { return Ok(rows) };
        let said = |field| Some(record.text(field).to_owned()).filter(|text| !text.is_empty());
        let at = rows.iter().position(|row| row.employer == now_at && row.ended_on.is_none());
        let mut current = match at {
            Some(at) => rows.remove(at),
            None => EmploymentRow {
                id: None,
                employer: now_at,
                employer_name: view.name_of(RecordKind::Employer, now_at)?.unwrap_or_default(),
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

/// A line of the history as it is written.
fn past(employment: Employment) -> EmploymentRow {
    EmploymentRow {
        id: Some(employment.id),
        employer: employment.employer,
        employer_name: employment.employer_name,
        title: employment.title,
        email: employment.email,
        started_on: employment.started_on,
        ended_on: employment.ended_on,
        current: false,
    }
}

/// The people who left an employer: its "Former Contacts" (M24).
pub async fn former_contacts(
    session: &Session,
    employer: Id,
    offset: u32,
    limit: u32,
) -> Result<FormerContacts, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let page = session.read(|view| {
        let inactive = inactive_employer(view.everything())?;
        let all = employments::former_rows(view, employer)?;
        let mut people = FormerByRow::prepare(view)?;
        let start = (offset as usize).min(all.len());
        let end = (start + limit.min(PAGE_MOST) as usize).min(all.len());
        let mut rows = Vec::with_capacity(end - start);
        for n in &all[start..end] {
            let Some(former) = people.read(employer, *n)? else { continue };
            rows.push(FormerContact {
                id: former.id,
                name: former.name,
                title: former.title,
                email: former.email,
                started_on: former.started_on,
                left_on: former.left_on,
                inactive: former.now_at.is_some() && former.now_at == inactive,
                now_at: former.now_at_name,
                approval: former.approval,
            });
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
            let record = editable(&session.view(recorder.db()), id)?.record;
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
