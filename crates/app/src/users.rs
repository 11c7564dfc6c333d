//! Employer users: who can log in to the portal, as what, and whose profile staff may open (M14, M28, M31, M49).

use crate::erasure::ErasureDone;
use crate::error::CommandError;
use crate::lists::Selection;
use crate::names::{Names, RecordChange};
use crate::progress::OnProgress;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use crate::trash::{Place, erase_with_all};
use crate::{backup, erasure, lists};
use liaison_domain::backup::BackupReason;
use liaison_domain::field::CREATED_AT;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Field, FieldChange, Id, OperationKind, Permission, RecordKind, Value, employer_user, name};
use liaison_queries::View;
use liaison_queries::employer_users::{self, Account, Accounts};
use liaison_store::{StoreError, journal};
use serde::{Deserialize, Serialize};
use specta::Type;

/// An employer user. Who it is, is withheld where the profile is private.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct EmployerUserDetail {
    /// The user.
    pub id: Id,
    /// The profile can't be opened: the person is no contact that the person at the desk sees (M49). What says who it
    /// is, is then empty.
    pub private: bool,
    /// Name.
    pub name: String,
    /// The address the person logs in with.
    pub email: String,
    /// Job title.
    pub title: String,
    /// Phone at work.
    pub work_phone: String,
    /// The employer.
    pub employer: Option<NamedRecord>,
    /// The role.
    pub role: Option<NamedRecord>,
    /// "User Can Access Your Site".
    pub access: bool,
    /// What the person reads on logging in while access is off (M28).
    pub without_access: String,
    /// The last log-in, in milliseconds since 1970.
    pub last_log_in: Option<i64>,
    /// The person has chosen a password, as far as is known: not where staff made the login and the link in the
    /// invitation was not opened.
    pub activated: bool,
    /// Since when there is an account, in milliseconds since 1970.
    pub created_at: Option<i64>,
    /// The linked contact (M45).
    pub contact: Option<NamedRecord>,
    /// How many changes the audit log has.
    pub changes: u32,
}

/// A record in few words.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct NamedRecord {
    /// The record.
    pub id: Id,
    /// Its name.
    pub name: String,
}

/// What is decided about employer users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum UsersChange {
    /// "User Can Access Your Site" (M14).
    Access {
        /// On or off.
        on: bool,
    },
    /// The role.
    Role {
        /// The role they get.
        role: Id,
    },
}

/// What a change of employer users would do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Type)]
pub struct UsersPreview {
    /// Users it would change.
    pub changes: u32,
    /// Users of whom it is already so.
    pub already_so: u32,
    /// Users who can log in afterwards.
    pub can_log_in: u32,
    /// What those who can't read on logging in (M28).
    pub without_access: String,
    /// The first of the changes; whoever's profile is private has no name.
    pub first: Vec<RecordChange>,
}

/// Most changes a preview shows.
const SHOWN: usize = 20;

/// What changes of a user, if anything does.
fn changed(account: &Account, field: &Field, after: &Value) -> Option<FieldChange> {
    let before = if field.number == employer_user::ACCESS.number { &account.access } else { &account.role };
    (before != after).then(|| FieldChange { field: field.number, before: before.clone(), after: after.clone() })
}

fn named(view: &View<'_>, kind: RecordKind, value: &Value) -> Result<Option<NamedRecord>, StoreError> {
    let Some(id) = value.as_reference() else { return Ok(None) };
    Ok(view.name_of(kind, id)?.map(|name| NamedRecord { id, name }))
}

fn moment(value: &Value) -> Option<i64> {
    if let Value::Moment(at) = value { Some(*at) } else { None }
}

/// An employer user's page.
pub async fn user_get(session: &Session, id: Id) -> Result<EmployerUserDetail, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let detail = session.read(|view| {
        let user = view.live(RecordKind::EmployerUser, id)?.record;
        let contact = view.open_contact(id)?;
        let private = contact.is_none();
        let text = |field: &Field| if private { String::new() } else { user.text(field).to_owned() };
        Ok(EmployerUserDetail {
            id,
            private,
            name: name::person_name(&text(&employer_user::FIRST_NAME), "", &text(&employer_user::LAST_NAME)),
            email: text(&employer_user::EMAIL),
            title: text(&employer_user::TITLE),
            work_phone: text(&employer_user::WORK_PHONE),
            employer: named(view, RecordKind::Employer, user.get(&employer_user::EMPLOYER))?,
            role: named(view, RecordKind::Role, user.get(&employer_user::ROLE))?,
            access: user.get(&employer_user::ACCESS).as_flag(),
            without_access: employer_user::NO_ACCESS.to_owned(),
            last_log_in: moment(user.get(&employer_user::LAST_LOG_IN)),
            activated: !user.get(&employer_user::NOT_ACTIVATED).as_flag(),
            created_at: moment(user.get(&CREATED_AT)),
            contact: contact.map(|id| named(view, RecordKind::Contact, &id.into())).transpose()?.flatten(),
            // A count of the user just read.
            changes: journal::change_count(view.everything(), id)?,
        })
    });
    Ok(detail.await?)
}

/// What a change of the selected users would do.
pub async fn users_preview(
    session: &Session,
    selection: &Selection,
    change: UsersChange,
) -> Result<UsersPreview, CommandError> {
    session.actor().require(Permission::ManageAccess)?;
    let (field, after, ..) = decided(session, change).await?;
    let rows = lists::selected(session, RecordKind::EmployerUser, selection).await?;
    let preview = session.read(|view| {
        let without_access = employer_user::NO_ACCESS.to_owned();
        let mut preview = UsersPreview { without_access, ..UsersPreview::default() };
        // Of users access and role; who they are is withheld by `Names`.
        let mut accounts = Accounts::prepare(view.everything())?;
        let mut names = Names::new(view);
        for row in rows {
            let Some(account) = accounts.read(row)? else { continue };
            let on = if let UsersChange::Access { on } = change { on } else { account.access.as_flag() };
            preview.can_log_in += u32::from(on);
            let Some(change) = changed(&account, field, &after) else {
                preview.already_so += 1;
                continue;
            };
            preview.changes += 1;
            if preview.first.len() < SHOWN {
                preview.first.push(RecordChange {
                    record: account.id,
                    kind: RecordKind::EmployerUser,
                    name: names.of(RecordKind::EmployerUser, account.id)?.unwrap_or_default(),
                    created: false,
                    fields: vec![names.field(RecordKind::EmployerUser, &change)?],
                    erased: false,
                });
            }
        }
        Ok(preview)
    });
    Ok(preview.await?)
}

/// How many of some employer users have a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct RoleCount {
    /// The role; none, where they have none.
    pub role: Option<Id>,
    /// How many.
    pub users: u32,
}

/// Which roles the selected users have now, the most frequent first.
pub async fn users_roles(session: &Session, selection: &Selection) -> Result<Vec<RoleCount>, CommandError> {
    session.actor().require(Permission::ManageAccess)?;
    let rows = lists::selected(session, RecordKind::EmployerUser, selection).await?;
    let counts = session.read(|view| {
        // Of users the role only.
        let mut accounts = Accounts::prepare(view.everything())?;
        let mut counts: Vec<RoleCount> = Vec::new();
        for row in rows {
            let Some(account) = accounts.read(row)? else { continue };
            let role = account.role.as_reference();
            match counts.iter_mut().find(|count| count.role == role) {
                Some(count) => count.users += 1,
                None => counts.push(RoleCount { role, users: 1 }),
            }
        }
        counts.sort_by(|a, b| b.users.cmp(&a.users).then(a.role.cmp(&b.role)));
        Ok(counts)
    });
    Ok(counts.await?)
}

/// Switches "User Can Access Your Site" on or off for the selected users, in one operation (M14).
pub async fn users_access(
    session: &Session,
    selection: &Selection,
    access: bool,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    change_users(session, UsersChange::Access { on: access }, selection, progress).await
}

/// Gives the selected users another role, in one operation.
pub async fn users_role(
    session: &Session,
    selection: &Selection,
    role: Id,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    change_users(session, UsersChange::Role { role }, selection, progress).await
}

/// The field that a change sets, its value, the kind of the operation and what its line in the history names.
///
/// Refuses a role that there is not.
async fn decided(
    session: &Session,
    change: UsersChange,
) -> Result<(&'static Field, Value, OperationKind, String), CommandError> {
    match change {
        UsersChange::Access { on } => {
            let detail = if on { "on" } else { "off" };
            Ok((&employer_user::ACCESS, Value::Flag(on), OperationKind::UsersAccess, detail.to_owned()))
        }
        UsersChange::Role { role } => {
            let found = session.read(|view| view.find(RecordKind::Role, role)).await?;
            if found.is_none_or(|role| role.record.is_deleted()) {
                let problem = FieldProblem { field: "role".into(), problem: Problem::UnknownReference };
                return Err(Refusal::Invalid(vec![problem]).into());
            }
            let name = session.read(|view| view.name_of(RecordKind::Role, role)).await?;
            Ok((&employer_user::ROLE, role.into(), OperationKind::UsersRole, name.unwrap_or_default()))
        }
    }
}

async fn change_users(
    session: &Session,
    change: UsersChange,
    selection: &Selection,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageAccess)?;
    let (field, after, kind, detail) = decided(session, change).await?;
    session.begin_long_work();
    let rows = lists::selected(session, RecordKind::EmployerUser, selection).await?;
    let total = rows.len() as u32;
    let (changed, operation) = session
        .commit(Step::new(kind).detail(detail), |recorder| {
            let mut accounts = Accounts::prepare(recorder.db())?;
            let mut count = 0;
            for (at, n) in rows.iter().enumerate() {
                session.report(progress, at as u32, total)?;
                let Some(account) = accounts.read(*n)? else { continue };
                let Some(change) = changed(&account, field, &after) else { continue };
                count += 1;
                recorder.update(RecordKind::EmployerUser, i64::from(*n), account.id, &[change])?;
            }
            session.report(progress, total, total)?;
            Ok(count)
        })
        .await?;
    Ok(Done { operation, changed, skipped: total - changed, users: 0 })
}

/// Deletes the selected users for good: their rows, their values in the journal, and, by writing the file anew, what
/// free pages keep (M31). Contacts stay. Can't be taken back.
pub async fn users_erase(
    session: &Session,
    selection: &Selection,
    progress: OnProgress<'_>,
) -> Result<ErasureDone, CommandError> {
    session.actor().require(Permission::ManageAccess)?;
    session.actor().require(Permission::EraseContacts)?;
    session.begin_long_work();
    let rows = lists::selected(session, RecordKind::EmployerUser, selection).await?;
    backup::back_up_before(session, BackupReason::Erasure).await;
    let total = rows.len() as u32;
    let (erased, operation) = session
        .commit(Step::new(OperationKind::UsersErase), |recorder| {
            let mut erased = 0;
            for (at, n) in rows.iter().enumerate() {
                session.report(progress, at as u32, total)?;
                let n = i64::from(*n);
                let Some(id) = employer_users::id_in(recorder.db(), n)? else { continue };
                erase_with_all(recorder, Place { kind: RecordKind::EmployerUser, n, id })?;
                erased += 1;
            }
            session.report(progress, total, total)?;
            Ok(erased)
        })
        .await?;
    let traces = if operation.is_some() { erasure::after_erasure(session).await } else { None };
    Ok(ErasureDone { operation, changed: erased, skipped: total - erased, traces })
}
