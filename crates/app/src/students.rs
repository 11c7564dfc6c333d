//! Students and alumni: add, edit, look at, deactivate and reactivate, assign to staff (M33–M40).
//!
//! Lists of them are lists like all others; "My caseload" is the list of those assigned to whoever looks.

use crate::activities::{self, ActivityOwner};
use crate::error::CommandError;
use crate::lists::Selection;
use crate::onboarding::{GivenAnswer, answers};
use crate::progress::OnProgress;
use crate::records::{check_record, values};
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use crate::{invitations, lists, mail, records};
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::name::{Words, fold};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, Value, mail_template, organization, student};
use liaison_queries::invitations::{self as sent, InvitationEntry};
use liaison_queries::rows::RecordByRow;
use liaison_queries::students::{self, StudentCount};
use liaison_store::{Db, Recorder, StoreError, journal, table};
use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashMap};

/// Most entries of the ledger that a panel shows; the newest.
const SHOWN: usize = 50;

/// The panel of a student or alum (M40).
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct StudentPanel {
    /// The student.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Status of the account: one of [`student::STATUSES`].
    pub status: String,
    /// Every field that has a value, by key.
    pub values: BTreeMap<String, FieldValue>,
    /// Name of the group.
    pub group: Option<String>,
    /// The staff member whose case it is (M38).
    pub assigned_to: Option<CaseHolder>,
    /// How many invitations and reminders went out.
    pub invited: u32,
    /// The newest of them, newest first.
    pub invitations: Vec<InvitationEntry>,
    /// What the person answered, in the order of the questions.
    pub answers: Vec<GivenAnswer>,
    /// How many e-mails were exchanged with the person.
    pub emails: u32,
    /// In the trash.
    pub deleted: bool,
    /// How many changes the audit log has.
    pub changes: u32,
}

/// Whose case somebody is.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct CaseHolder {
    /// The staff member.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// No longer works here: the case should go to somebody else.
    pub deactivated: bool,
}

/// A staff member with the students assigned to them.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct CaseLoad {
    /// The staff member.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// How many students and alumni are assigned to them, without those who are deactivated.
    pub cases: u32,
    /// How many more are, who are deactivated.
    pub deactivated_cases: u32,
    /// It is the person at the desk.
    pub me: bool,
}

/// How many students and alumni each of the usual filters has (M39).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct StudentCounts {
    /// All of them.
    pub all: u32,
    /// Activated and not deactivated.
    pub active: u32,
    /// Invited, not yet activated.
    pub inactive: u32,
    /// Not invited so far.
    pub not_invited: u32,
    /// Deactivated.
    pub deactivated: u32,
    /// Assigned to somebody.
    pub assigned: u32,
    /// Assigned to nobody.
    pub unassigned: u32,
    /// Assigned to whoever asks.
    pub mine: u32,
}

/// Adds a student or alum, who gets the welcome message in the same step (M35); where the institution has no portal
/// yet, only once somebody sends it. Refused with the name of who has the address already.
pub async fn student_create(session: &Session, values: &HashMap<String, FieldValue>) -> Result<Created, CommandError> {
    session.actor().require(Permission::ManageUsers)?;
    let now = session.now();
    let record = records::drafted(session, RecordKind::Student, values, now)?;
    let (id, inviting) = (record.id, invitations::inviting(session, mail_template::WELCOME, now).await?);
    let work = |recorder: &mut Recorder<'_>| {
        check_record(&session.view(recorder.db()), &record)?;
        match &inviting {
            Some(inviting) => inviting.begin(recorder.db())?.create(recorder, &record).map(drop),
            None => recorder.create(&record),
        }
    };
    let ((), operation) = session.commit(Step::new(OperationKind::RecordsCreate), work).await?;
    mail::outbox_filled(session);
    Created::by(id, operation)
}

/// Edits fields of a student or alum.
pub async fn student_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageUsers)?;
    records::edit_permitted(session, RecordKind::Student, OperationKind::RecordsEdit, id, edits).await
}

/// The panel of a student or alum, also of one in the trash.
pub async fn student_get(session: &Session, id: Id) -> Result<StudentPanel, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let panel = session.read(|view| {
        // Students, and who has their cases, are hidden from nobody.
        let db = view.everything();
        let record = table::get(db, RecordKind::Student, id)?.record;
        let group = match record.get(&student::GROUP).as_reference() {
            Some(group) => table::name_of(db, RecordKind::UserGroup, group)?,
            None => None,
        };
        let assigned_to = match record.get(&student::ASSIGNED_TO).as_reference() {
            Some(person) => case_holder(db, person)?,
            None => None,
        };
        let has = |field| !record.get(field).is_empty();
        let status =
            student::status(has(&student::ACTIVATED_AT), has(&student::DEACTIVATED_AT), has(&student::INVITED_AT));
        Ok(StudentPanel {
            id,
            name: table::name_of(db, RecordKind::Student, id)?.unwrap_or_default(),
            status: status.to_owned(),
            values: values(db.registry(), &record),
            group,
            assigned_to,
            invited: liaison_queries::invitations::went_count(view, RecordKind::Student, id, None)?,
            invitations: sent::of_student(db, id, SHOWN)?,
            answers: answers(db, id)?,
            emails: activities::counts(view, ActivityOwner { kind: RecordKind::Student, id })?.emails,
            deleted: record.is_deleted(),
            changes: journal::change_count(db, id)?,
        })
    });
    Ok(panel.await?)
}

/// Deactivates the accounts of the selected (M37). Who is deactivated already is skipped.
pub async fn students_deactivate(
    session: &Session,
    selection: &Selection,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageUsers)?;
    let now = Value::Moment(session.now() as i64);
    let rule = |student: &Record| student.get(&student::DEACTIVATED_AT).is_empty().then(|| now.clone());
    set_on_each(session, OperationKind::StudentsDeactivate, selection, &student::DEACTIVATED_AT, rule, progress).await
}

/// Reactivates the accounts of the selected (M37). Who is not deactivated is skipped.
pub async fn students_reactivate(
    session: &Session,
    selection: &Selection,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageUsers)?;
    let rule = |student: &Record| (!student.get(&student::DEACTIVATED_AT).is_empty()).then_some(Value::Empty);
    set_on_each(session, OperationKind::StudentsReactivate, selection, &student::DEACTIVATED_AT, rule, progress).await
}

/// Assigns the selected to a staff member (M38), or to nobody. Whose case they are already is skipped.
///
/// Errors: `Validation` of `assigned_to` where the person does not work here, or no longer.
pub async fn students_assign(
    session: &Session,
    selection: &Selection,
    to: Option<Id>,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    session.actor().require(Permission::AssignCases)?;
    if let Some(person) = to {
        let holder = session.read(|view| case_holder(view.everything(), person)).await?;
        if holder.is_none_or(|holder| holder.deactivated) {
            let field = student::ASSIGNED_TO.key.to_owned();
            return Err(Refusal::of(field, Problem::UnknownReference).into());
        }
    }
    let wanted = to.map_or(Value::Empty, Value::Reference);
    let rule = |student: &Record| (*student.get(&student::ASSIGNED_TO) != wanted).then(|| wanted.clone());
    set_on_each(session, OperationKind::StudentsAssign, selection, &student::ASSIGNED_TO, rule, progress).await
}

/// Gives a field of each selected student the value that `rule` says, where it says one.
async fn set_on_each(
    session: &Session,
    operation: OperationKind,
    selection: &Selection,
    field: &'static liaison_domain::Field,
    rule: impl Fn(&Record) -> Option<Value>,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    session.begin_long_work();
    let rows = lists::selected(session, RecordKind::Student, selection).await?;
    let total = rows.len() as u32;
    let work = |recorder: &mut Recorder<'_>| {
        let mut students = RecordByRow::prepare_live(&session.view(recorder.db()), RecordKind::Student)?;
        let (mut changed, mut skipped) = (0, 0);
        for (at, row) in rows.iter().enumerate() {
            session.report(progress, at as u32, total)?;
            let Some(record) = students.read(i64::from(*row))? else {
                skipped += 1;
                continue;
            };
            match rule(&record).and_then(|value| record.change(field, value)) {
                Some(change) => {
                    recorder.update(RecordKind::Student, i64::from(*row), record.id, &[change])?;
                    changed += 1;
                }
                None => skipped += 1,
            }
        }
        session.report(progress, total, total)?;
        Ok((changed, skipped))
    };
    let ((changed, skipped), operation) = session.commit(Step::new(operation), work).await?;
    Ok(Done { operation, changed, skipped, users: 0 })
}

/// Who cases can be assigned to, with what each has: active staff whose name or address has the words of `search`,
/// each as a beginning; by name.
pub async fn case_loads(session: &Session, search: &str) -> Result<Vec<CaseLoad>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let me = session.actor().staff;
    let loads = session.read(|view| students::case_loads(view.everything())).await?;
    let loads = loads.into_iter().map(|load| CaseLoad {
        id: load.id,
        name: format!("{} {}", load.first_name, load.last_name).trim().to_owned(),
        email: load.email,
        cases: load.cases,
        deactivated_cases: load.deactivated_cases,
        me: load.id == me,
    });
    let wanted = fold(search);
    let wanted: Vec<&str> = Words::new(&wanted).collect();
    let found = loads.filter(|load| {
        let have = fold(&format!("{} {}", load.name, load.email));
        wanted.iter().all(|word| Words::new(&have).any(|part| part.starts_with(word)))
    });
    Ok(found.collect())
}

/// "My caseload" (M38): the students assigned to whoever is at the desk.
pub fn my_caseload(session: &Session) -> ListQuery {
    let mut query = ListQuery::all(RecordKind::Student);
    query.filter.push(Condition::is(&student::ASSIGNED_TO, &session.actor().staff.to_string()));
    query
}

/// How many students and alumni each of the usual filters has (M39).
pub async fn student_counts(session: &Session) -> Result<StudentCounts, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let me = session.actor().staff;
    let counts = session.read(|view| students::counts(view.everything(), me)).await?;
    let mut counts_of = StudentCounts::default();
    for StudentCount { status, assigned, mine, count } in counts {
        counts_of.all += count;
        match status.as_str() {
            student::ACTIVE => counts_of.active += count,
            student::INACTIVE => counts_of.inactive += count,
            student::DEACTIVATED => counts_of.deactivated += count,
            _ => counts_of.not_invited += count,
        }
        *if assigned { &mut counts_of.assigned } else { &mut counts_of.unassigned } += count;
        counts_of.mine += if mine { count } else { 0 };
    }
    Ok(counts_of)
}

/// The staff member with this id; `None` where there is none.
fn case_holder(db: &Db<'_>, id: Id) -> Result<Option<CaseHolder>, StoreError> {
    let Some(located) = table::find(db, RecordKind::Staff, id)? else { return Ok(None) };
    let person = located.record;
    if person.is_deleted() {
        return Ok(None);
    }
    Ok(Some(CaseHolder {
        id,
        name: table::name_of(db, RecordKind::Staff, id)?.unwrap_or_default(),
        email: person.text(&organization::STAFF_EMAIL).to_owned(),
        deactivated: !person.get(&organization::STAFF_DEACTIVATED_AT).is_empty(),
    }))
}
