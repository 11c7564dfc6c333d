//! Staff: who works at this desk, and what each may do.

use crate::phase;
use crate::phase::AppPhase;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, StaffRole, Value, name, organization};
use liaison_engine::active_staff::{active, actor};
use liaison_engine::error::CommandError;
use liaison_engine::forms;
use liaison_engine::names;
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_engine::step::{Created, Done};
use liaison_queries::staff;
use liaison_store::key::{self};
use liaison_store::{Db, StoreError, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashMap;

/// A staff member.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct StaffMember {
    /// The staff record.
    pub id: Id,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address.
    pub email: String,
    /// The built-in role.
    pub role: StaffRole,
    /// A role of one's own, which then counts: its id and name.
    pub own_role: Option<OwnRole>,
    /// Deactivated: can't come to the desk.
    pub deactivated: bool,
    /// Has a passcode on this computer.
    pub passcode: bool,
    /// It is the person at the desk.
    pub me: bool,
    /// How many students and alumni are assigned to them.
    pub cases: u32,
}

/// A role of one's own in few words.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct OwnRole {
    /// The role.
    pub id: Id,
    /// Its name.
    pub name: String,
}

/// Which role a staff member gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum StaffAssignment {
    /// A built-in one.
    BuiltIn {
        /// The role.
        role: StaffRole,
    },
    /// One of one's own.
    Own {
        /// The role.
        role: Id,
    },
}

/// Refuses where nobody would be left who manages staff: the desk could never be put right again.
pub fn someone_manages(db: &Db<'_>) -> Result<(), StoreError> {
    for person in active(db)? {
        if actor(db, person)?.is_some_and(|actor| actor.may(Permission::ManageStaff)) {
            return Ok(());
        }
    }
    Err(Refusal::of("role", Problem::LastManager).into())
}

/// Refuses an address that another staff member has.
fn free_email(db: &Db<'_>, record: &Record) -> Result<(), StoreError> {
    let key = name::email_key(record.text(&organization::STAFF_EMAIL));
    let other = staff::other_with_email(db, &key, record.id)?;
    other.map_or(Ok(()), |by| Err(Refusal::of("email", Problem::InUse { by }).into()))
}

/// Gives the record of a staff member a role.
pub fn assign(db: &Db<'_>, record: &mut Record, assignment: StaffAssignment) -> Result<(), StoreError> {
    match assignment {
        StaffAssignment::BuiltIn { role } => {
            record.set(&organization::STAFF_ROLE, role.key());
            record.set(&organization::STAFF_OWN_ROLE, Value::Empty);
        }
        StaffAssignment::Own { role } => {
            table::live(db, RecordKind::StaffRole, role)?;
            // Should the role ever be gone, the person may do the least.
            record.set(&organization::STAFF_ROLE, StaffRole::Viewer.key());
            record.set(&organization::STAFF_OWN_ROLE, role);
        }
    }
    Ok(())
}

/// The built-in role of a staff member, and the name of a role of one's own.
pub async fn staff_role_of(session: &Session, staff: &Record) -> Result<(StaffRole, Option<String>), CommandError> {
    let own = match staff.get(&organization::STAFF_OWN_ROLE).as_reference() {
        Some(role) => session.read(|view| view.name_of(RecordKind::StaffRole, role)).await?,
        None => None,
    };
    Ok((StaffRole::from_key(staff.text(&organization::STAFF_ROLE)), own))
}

/// Everybody who works here, the active ones first. Whoever looks at contacts sees who their colleagues are.
pub async fn staff_list(session: &Session) -> Result<Vec<StaffMember>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let with_passcode = key::people(session.directory())?;
    let me = session.actor().staff;
    let staff = session.read(|view| staff::all(view.everything())).await?.into_iter().map(|row| StaffMember {
        id: row.id,
        first_name: row.first_name,
        last_name: row.last_name,
        email: row.email,
        role: StaffRole::from_key(&row.role),
        own_role: row.own_role.map(|(id, name)| OwnRole { id, name }),
        deactivated: row.deactivated,
        passcode: with_passcode.contains(&row.id),
        me: row.id == me,
        cases: row.cases,
    });
    Ok(staff.collect())
}

/// Adds a staff member.
pub async fn staff_create(
    session: &Session,
    values: &HashMap<String, FieldValue>,
    assignment: StaffAssignment,
) -> Result<Created, CommandError> {
    session.actor().require(Permission::ManageStaff)?;
    forms::add(session, RecordKind::Staff, values, |db, record| {
        free_email(db, record)?;
        assign(db, record, assignment)
    })
    .await
}

/// Edits name and address of a staff member: one's own, or with the permission anybody's.
pub async fn staff_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    if id != session.actor().staff {
        session.actor().require(Permission::ManageStaff)?;
    }
    change_staff(session, id, OperationKind::RecordsEdit, |db, record| {
        let changes = liaison_domain::edit::edit(db.registry(), record, edits)?;
        record.apply(&changes);
        free_email(db, record)
    })
    .await
}

/// Gives a staff member another role.
pub async fn staff_assign(session: &Session, id: Id, assignment: StaffAssignment) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageStaff)?;
    change_staff(session, id, OperationKind::StaffAccess, |db, record| assign(db, record, assignment)).await
}

/// Lets a staff member no longer come to the desk, or come again. What they did stays theirs in every log.
pub async fn staff_deactivate(session: &Session, id: Id, deactivate: bool) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageStaff)?;
    let now = session.now() as i64;
    change_staff(session, id, OperationKind::StaffAccess, |_, record| {
        let is = !record.get(&organization::STAFF_DEACTIVATED_AT).is_empty();
        if is != deactivate {
            let at = if deactivate { Value::Moment(now) } else { Value::Empty };
            record.set(&organization::STAFF_DEACTIVATED_AT, at);
        }
        Ok(())
    })
    .await
}

/// Refuses a passcode that is easily guessed by whoever knows this person.
pub(crate) async fn check_passcode(session: &Session, person: Id, passcode: Option<&str>) -> Result<(), CommandError> {
    let record = session.read(|view| view.get(RecordKind::Staff, person)).await?.record;
    let Some(passcode) = passcode else { return Ok(()) };
    let institution = names::institution(session).await?;
    let about = [
        institution.as_str(),
        record.text(&organization::STAFF_FIRST_NAME),
        record.text(&organization::STAFF_LAST_NAME),
        record.text(&organization::STAFF_EMAIL),
    ];
    liaison_domain::passcode::check(passcode, &about).map_err(CommandError::passcode)
}

async fn change_staff(
    session: &Session,
    id: Id,
    kind: OperationKind,
    change: impl FnOnce(&Db<'_>, &mut Record) -> Result<(), StoreError>,
) -> Result<Done, CommandError> {
    forms::change_one(session, kind, RecordKind::Staff, id, |recorder| {
        let changed = forms::change(recorder, RecordKind::Staff, id, |db, _, after| change(db, after))?;
        someone_manages(recorder.db())?;
        Ok(changed)
    })
    .await
}

/// Gives a staff member a passcode of their own on this computer, or takes it away. `authority` is the passcode of
/// whoever does it, and of nobody else: who finds the desk open must not be able to lock the others out, and a
/// colleague not to become somebody else. Where the keychain alone opens the desk, none is needed.
///
/// Where nobody has a passcode yet, the first is one's own: from then on the desk asks everybody, also whoever gave
/// it.
///
/// Errors: `WrongPasscode`; `Validation` of `passcode`.
pub async fn staff_passcode(
    session: &Session,
    id: Id,
    passcode: Option<&str>,
    authority: Option<&str>,
) -> Result<(), CommandError> {
    if id != session.actor().staff {
        session.actor().require(Permission::ManageStaff)?;
    }
    if id != session.actor().staff && passcode.is_some() && phase::phase(session.directory())? == AppPhase::Ready {
        return Err(CommandError::passcode(Problem::OwnPasscodeFirst));
    }
    check_passcode(session, id, passcode).await?;
    let key = tokio::task::block_in_place(|| key::load_own(session.directory(), session.actor().staff, authority))?;
    // Within the transaction: what is not in the journal did not happen.
    session
        .commit(Step::new(OperationKind::SecurityPasscode).detail(id.to_string()), |_| {
            key::set_personal(session.directory(), &key, id, passcode)
        })
        .await?;
    session.tell(vec![liaison_engine::CacheTag::Institution]);
    Ok(())
}
