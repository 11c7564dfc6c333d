//! Students and alumni: add, edit, look at, deactivate and reactivate, assign to staff (M33–M40).
//!
//! Lists of them are lists like all others; "My caseload" is the list of those assigned to whoever looks.

use crate::activities::{self, ActivityCounts, ActivityOwner};
use crate::error::CommandError;
use crate::lists::Selection;
use crate::onboarding::{GivenAnswer, answers};
use crate::progress::OnProgress;
use crate::records::{check_record, values};
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use crate::{invitations, lists, mail, records};
use liaison_domain::caseload;
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::name::{Words, fold};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, Value, mail_template, organization, student};
use liaison_queries::View;
use liaison_queries::invitations::{self as sent, InvitationEntry, LastInvitations};
use liaison_queries::rows::RecordByRow;
use liaison_queries::students::{self, StudentCount};
use liaison_store::table::Located;
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
    /// How many notes, tasks, meetings and e-mails there are.
    pub counts: ActivityCounts,
    /// Whoever looks may work with the person: it is their case, or they manage users.
    pub may_work: bool,
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
    /// Whose last invitation or reminder was refused or came back.
    pub refused: u32,
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
    let actor = session.actor();
    actor.require(Permission::ViewContacts)?;
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
        let refused = LastInvitations::prepare(db, RecordKind::Student)?
            .of(id)?
            .is_some_and(|last| last.message.is_refused_at(record.text(&student::EMAIL)));
        let status = student::status(
            has(&student::ACTIVATED_AT),
            has(&student::DEACTIVATED_AT),
            has(&student::INVITED_AT),
            refused,
        );
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
            counts: activities::counts(view, ActivityOwner { kind: RecordKind::Student, id })?,
            may_work: caseload::permit(&actor, &record).is_ok(),
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
        require_holder(session, person).await?;
    }
    let wanted = to.map_or(Value::Empty, Value::Reference);
    let rule = |student: &Record| (*student.get(&student::ASSIGNED_TO) != wanted).then(|| wanted.clone());
    set_on_each(session, OperationKind::StudentsAssign, selection, &student::ASSIGNED_TO, rule, progress).await
}

/// What assigning the selected would do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Type)]
pub struct AssignPreview {
    /// How many would get another holder, or none.
    pub changes: u32,
    /// From whom they would move, the most first; those who are nobody's case are not among them.
    pub from: Vec<CaseCount>,
    /// How many each of the people named would have of the selected afterwards, in the order they were named.
    pub each: Vec<u32>,
}

/// How many cases move from somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct CaseCount {
    /// Whose they are.
    pub name: String,
    /// How many.
    pub count: u32,
}

/// What assigning the selected to `to` would do: to nobody, to one, or spread evenly among several.
pub async fn students_assign_preview(
    session: &Session,
    selection: &Selection,
    to: &[Id],
) -> Result<AssignPreview, CommandError> {
    session.actor().require(Permission::AssignCases)?;
    let rows = lists::selected(session, RecordKind::Student, selection).await?;
    let preview = session.read(|view| {
        // Students, and who has their cases, are hidden from nobody.
        let db = view.everything();
        let mut preview = AssignPreview { each: vec![0; to.len()], ..AssignPreview::default() };
        let mut from: HashMap<Id, u32> = HashMap::new();
        for (student, wanted) in spread(view, &rows, to)? {
            if let Some(person) = wanted.and_then(|wanted| to.iter().position(|id| *id == wanted)) {
                preview.each[person] += 1;
            }
            let holder = student.record.get(&student::ASSIGNED_TO).as_reference();
            if holder == wanted {
                continue;
            }
            preview.changes += 1;
            if let Some(holder) = holder {
                *from.entry(holder).or_default() += 1;
            }
        }
        for (holder, count) in from {
            let name = table::name_of(db, RecordKind::Staff, holder)?.unwrap_or_default();
            preview.from.push(CaseCount { name, count });
        }
        preview.from.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        Ok(preview)
    });
    Ok(preview.await?)
}

/// Spreads the selected evenly among several staff members, in one operation (see [`caseload::spread`]).
///
/// Errors: `Validation` of `assigned_to` where one of them does not work here, or no longer.
pub async fn students_spread(
    session: &Session,
    selection: &Selection,
    among: &[Id],
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    session.actor().require(Permission::AssignCases)?;
    if among.is_empty() {
        return Err(Refusal::of(student::ASSIGNED_TO.key, Problem::Required).into());
    }
    for person in among {
        require_holder(session, *person).await?;
    }
    session.begin_long_work();
    let rows = lists::selected(session, RecordKind::Student, selection).await?;
    let total = rows.len() as u32;
    let work = |recorder: &mut Recorder<'_>| {
        let mut changed = 0;
        let wanted = spread(&session.view(recorder.db()), &rows, among)?;
        for (at, (student, wanted)) in wanted.into_iter().enumerate() {
            session.report(progress, at as u32, total)?;
            let value = wanted.map_or(Value::Empty, Value::Reference);
            if let Some(change) = student.record.change(&student::ASSIGNED_TO, value) {
                recorder.update(RecordKind::Student, student.n, student.record.id, &[change])?;
                changed += 1;
            }
        }
        session.report(progress, total, total)?;
        Ok(changed)
    };
    let (changed, operation) = session.commit(Step::new(OperationKind::StudentsAssign), work).await?;
    Ok(Done { operation, changed, skipped: total - changed, users: 0 })
}

/// Whose case each of the students in these rows becomes: nobody's, that of the one, or one of several.
fn spread(view: &View<'_>, rows: &[u32], to: &[Id]) -> Result<Vec<(Located, Option<Id>)>, StoreError> {
    let mut reader = RecordByRow::prepare_live(view, RecordKind::Student)?;
    let mut students = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(record) = reader.read(i64::from(*row))? {
            students.push(Located { n: i64::from(*row), record });
        }
    }
    let holder = |student: &Located| student.record.get(&student::ASSIGNED_TO).as_reference();
    let held: Vec<Option<usize>> =
        students.iter().map(|student| to.iter().position(|id| Some(*id) == holder(student))).collect();
    let all = students::case_loads(view.everything())?;
    let beside = to.iter().enumerate().map(|(person, id)| {
        let has = all.iter().find(|load| load.id == *id).map_or(0, |load| load.cases);
        has.saturating_sub(held.iter().filter(|holder| **holder == Some(person)).count() as u32)
    });
    let given = caseload::spread(&held, &beside.collect::<Vec<_>>());
    Ok(students.into_iter().enumerate().map(|(at, student)| (student, given.get(at).map(|at| to[*at]))).collect())
}

/// Refuses somebody who does not work here, or no longer.
async fn require_holder(session: &Session, person: Id) -> Result<(), CommandError> {
    let holder = session.read(|view| case_holder(view.everything(), person)).await?;
    if holder.is_none_or(|holder| holder.deactivated) {
        let field = student::ASSIGNED_TO.key.to_owned();
        return Err(Refusal::of(field, Problem::UnknownReference).into());
    }
    Ok(())
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
            student::REFUSED => counts_of.refused += count,
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
