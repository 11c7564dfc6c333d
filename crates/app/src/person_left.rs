//! A person left, or moved to another employer: the directory and the access are decided separately, in one operation
//! (B3).

use crate::archive::{ACCESS, Archiving, editable, employer_named, there};
use crate::error::CommandError;
use crate::names::known_name;
use crate::records::{check_references, check_unique_email};
use crate::regained_access::users_of;
use crate::rehearsal;
use crate::rehearsal::Rehearsed;
use crate::review::user_changes;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use liaison_domain::archive::{AccessStep, ArchiveWay};
use liaison_domain::edit::{self, FieldEdit};
use liaison_domain::name::email_key;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::review::LinkedUser;
use liaison_domain::{
    Id, OperationKind, Permission, Record, RecordKind, contact, employer, employer_user, employment, entry,
};
use liaison_queries::{View, employer_users, employments};
use liaison_store::table::Located;
use liaison_store::{Db, Recorder, StoreError, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashMap;

/// A person left the employer. Two separate switches; `None` leaves things as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PersonLeft {
    /// The contact.
    pub contact: Id,
    /// How the contact is archived in the directory.
    pub directory: Option<ArchiveWay>,
    /// What becomes of the access of the linked user.
    pub access: Option<AccessStep>,
    /// The last day at the employer, `yyyy-mm-dd`, where the contact leaves it; today where nobody says.
    pub left_on: Option<String>,
}

/// Where a person moves to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "employer", rename_all = "snake_case")]
pub enum MoveTo {
    /// An employer that is there.
    Existing {
        /// The employer.
        id: Id,
    },
    /// An employer with this name, made where there is none.
    New {
        /// Its name.
        name: String,
    },
}

/// A person moved to another employer and stays in the directory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct JobMove {
    /// The contact.
    pub contact: Id,
    /// The new employer.
    pub to: MoveTo,
    /// Other fields of the contact that change, by key: title, address, phones.
    pub values: HashMap<String, FieldValue>,
    /// The linked user logs in with the new address from then on.
    pub user_email: bool,
    /// The linked user acts for the new employer from then on.
    pub user_employer: bool,
    /// The day of the move, `yyyy-mm-dd`; today where nobody says.
    pub moved_on: Option<String>,
}

async fn permit_person_left(session: &Session, left: &PersonLeft) -> Result<(), CommandError> {
    session.actor().require(Permission::EditContacts)?;
    if let Some(way) = left.directory {
        way.permit(&session.actor(), false)?;
    }
    if left.access.is_some() {
        session.actor().require(Permission::ManageAccess)?;
    }
    Ok(session.read(|view| view.require(RecordKind::Contact, left.contact)).await?)
}

/// Every field that "Person left" would change.
pub async fn person_left_preview(session: &Session, left: &PersonLeft) -> Result<Rehearsed, CommandError> {
    permit_person_left(session, left).await?;
    let (actor, now, day) =
        (session.actor().staff, session.now(), past_day(session, left.left_on.as_deref(), LEFT_ON)?);
    let work = |recorder: &mut Recorder<'_>| leave(recorder, left, day.as_deref(), actor, now);
    rehearsal::rehearse(session, OperationKind::ContactsPersonLeft, left.contact, work).await
}

/// Archives a contact whose person left, and turns the access of its user off or down, in one operation.
pub async fn person_left(session: &Session, left: &PersonLeft) -> Result<Done, CommandError> {
    permit_person_left(session, left).await?;
    let (actor, now, day) =
        (session.actor().staff, session.now(), past_day(session, left.left_on.as_deref(), LEFT_ON)?);
    let directory = left.directory.map(|way| way.key());
    let detail: Vec<&str> = directory.into_iter().chain(left.access.map(|_| ACCESS)).collect();
    let (done, operation) = session
        .commit(Step::new(OperationKind::ContactsPersonLeft).detail(detail.join("+")), |recorder| {
            leave(recorder, left, day.as_deref(), actor, now)
        })
        .await?;
    Ok(Done { operation, ..done })
}

async fn permit_job_move(session: &Session, moved: &JobMove) -> Result<(), CommandError> {
    session.actor().require(Permission::EditContacts)?;
    if moved.user_email || moved.user_employer {
        session.actor().require(Permission::ManageAccess)?;
    }
    Ok(session.read(|view| view.require(RecordKind::Contact, moved.contact)).await?)
}

/// Every field that a job move would change.
pub async fn job_move_preview(session: &Session, moved: &JobMove) -> Result<Rehearsed, CommandError> {
    permit_job_move(session, moved).await?;
    let (now, day) = (session.now(), past_day(session, moved.moved_on.as_deref(), MOVED_ON)?);
    let work =
        |recorder: &mut Recorder<'_>| move_job(recorder, &session.view(recorder.db()), moved, day.as_deref(), now);
    rehearsal::rehearse(session, OperationKind::ContactsJobMove, moved.contact, work).await
}

/// Moves a person to another employer, in one operation: the history, the former employer and the old address stay.
pub async fn job_move(session: &Session, moved: &JobMove) -> Result<Done, CommandError> {
    permit_job_move(session, moved).await?;
    let (now, day) = (session.now(), past_day(session, moved.moved_on.as_deref(), MOVED_ON)?);
    let detail = if moved.user_email || moved.user_employer { ACCESS } else { "" };
    let work =
        |recorder: &mut Recorder<'_>| move_job(recorder, &session.view(recorder.db()), moved, day.as_deref(), now);
    let (done, operation) =
        session.commit(Step::new(OperationKind::ContactsJobMove).detail(detail.to_owned()), work).await?;
    Ok(Done { operation, ..done })
}

/// Where the day is asked for.
const LEFT_ON: &str = "left_on";
const MOVED_ON: &str = "moved_on";

/// A day that is today or past, as it is stored; `None` where none was said or it is today, the day the history takes by
/// itself. Errors: no date, or one to come.
fn past_day(session: &Session, said: Option<&str>, asked: &str) -> Result<Option<String>, CommandError> {
    let Some(said) = said else { return Ok(None) };
    let refuse = |problem| Refusal::of(asked, problem);
    let day = employment::ENDED_ON.read(said).map_err(refuse)?.as_text().to_owned();
    let today = session.today().to_string();
    if day > today {
        return Err(refuse(Problem::NotYet).into());
    }
    Ok(Some(day).filter(|day| !day.is_empty() && *day != today))
}

/// Refuses a history in which the contact left an employer before it came; `asked` is where the day was said.
fn check_history(db: &Db<'_>, contact: Id, from: Option<Id>, asked: &str) -> Result<(), StoreError> {
    let ended = from.map(|from| employments::last_ended(db, contact, from)).transpose()?.flatten();
    let Some(ended) = ended else { return Ok(()) };
    let record = table::get(db, RecordKind::Employment, ended)?.record;
    entry::check(&record).map_err(|_| Refusal::of(asked, Problem::BeforeItsBeginning).into())
}

fn leave(
    recorder: &mut Recorder<'_>,
    left: &PersonLeft,
    day: Option<&str>,
    actor: Id,
    now: u64,
) -> Result<Done, StoreError> {
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    let located = table::live(recorder.db(), RecordKind::Contact, left.contact)?;
    if let Some(day) = day {
        recorder.history_as_of(day);
    }
    if let Some(way) = left.directory {
        let changes = Archiving::new(recorder, way, actor, now)?.changes(recorder, &located.record)?;
        recorder.update(RecordKind::Contact, located.n, left.contact, &changes)?;
        done.changed = u32::from(!changes.is_empty());
        check_history(recorder.db(), left.contact, located.record.get(&contact::EMPLOYER).as_reference(), LEFT_ON)?;
    }
    let Some(step) = left.access else { return Ok(done) };
    if let AccessStep::Role { role } = step {
        there(recorder.db(), RecordKind::Role, role, employer_user::ROLE.key)?;
    }
    for user in users_of(recorder.db(), &located.record)? {
        let standing = LinkedUser {
            role: user.record.get(&employer_user::ROLE).as_reference(),
            access: user.record.get(&employer_user::ACCESS).as_flag(),
        };
        let changes = user_changes(&step.decide(&standing), &standing);
        recorder.update(RecordKind::EmployerUser, user.n, user.record.id, &changes)?;
        done.users += u32::from(!changes.is_empty());
    }
    Ok(done)
}

fn move_job(
    recorder: &mut Recorder<'_>,
    view: &View<'_>,
    moved: &JobMove,
    day: Option<&str>,
    now: u64,
) -> Result<Done, StoreError> {
    let Located { n, record } = editable(view, moved.contact)?;
    let users = users_of(recorder.db(), &record)?;
    let employer = match &moved.to {
        MoveTo::Existing { id } => {
            there(recorder.db(), RecordKind::Employer, *id, contact::EMPLOYER.key)?;
            *id
        }
        MoveTo::New { name } => {
            let invalid = |problem| {
                StoreError::from(Refusal::Invalid(vec![FieldProblem {
                    field: contact::EMPLOYER.key.to_owned(),
                    problem,
                }]))
            };
            let name = employer::NAME.read(name).map_err(invalid)?;
            if name.is_empty() {
                return Err(invalid(Problem::Required));
            }
            employer_named(recorder, name.as_text(), now)?
        }
    };
    let registry = recorder.db().registry();
    // What the form was opened with is what there is now: the wizard asks for new values only.
    let before = |key: &str| registry.field(RecordKind::Contact, key).filter(|field| !field.is_computed());
    let edits: Vec<FieldEdit> = moved
        .values
        .iter()
        .filter(|(key, _)| *key != contact::EMPLOYER.key)
        .map(|(key, after)| FieldEdit {
            field: key.clone(),
            before: before(key).map_or(FieldValue::Empty(()), |field| record.get(field).into()),
            after: after.clone(),
        })
        .collect();
    let mut changes = edit::edit(registry, &record, &edits)?;
    changes.sort_by_key(|change| change.field);
    changes.extend(record.change(&contact::EMPLOYER, employer));
    check_references(recorder.db(), RecordKind::Contact, &changes)?;
    let mut after = record.clone();
    after.apply(&changes);
    entry::check(&after)?;
    if changes.iter().any(|change| change.field == contact::EMAIL.number) {
        check_unique_email(view, &after)?;
    }
    if moved.user_email {
        // Before the contact has the address: it would open the profile of the user who has it.
        for user in &users {
            free_for_user(view, &after, user.record.id)?;
        }
    }
    if let Some(day) = day {
        recorder.history_as_of(day);
    }
    recorder.update(RecordKind::Contact, n, record.id, &changes)?;
    check_history(recorder.db(), record.id, record.get(&contact::EMPLOYER).as_reference(), MOVED_ON)?;
    let mut done = Done { operation: None, changed: u32::from(!changes.is_empty()), skipped: 0, users: 0 };
    for user in users {
        let mut changes = Vec::new();
        if moved.user_email {
            changes.extend(user.record.change(&employer_user::EMAIL, after.text(&contact::EMAIL)));
        }
        if moved.user_employer {
            changes.extend(user.record.change(&employer_user::EMPLOYER, employer));
        }
        recorder.update(RecordKind::EmployerUser, user.n, user.record.id, &changes)?;
        done.users += u32::from(!changes.is_empty());
    }
    Ok(done)
}

/// Refuses an address that another user logs in with. Who that is, is said only where one may know it (M49).
fn free_for_user(view: &View<'_>, contact: &Record, user: Id) -> Result<(), StoreError> {
    let key = email_key(contact.text(&contact::EMAIL));
    // An address is taken whoever logs in with it.
    let Some(other) = employer_users::other_with_address(view.everything(), &key, user)? else { return Ok(()) };
    let by = known_name(view, RecordKind::EmployerUser, other)?;
    let problem = FieldProblem { field: employer_user::EMAIL.key.to_owned(), problem: Problem::InUse { by } };
    Err(Refusal::Invalid(vec![problem]).into())
}
