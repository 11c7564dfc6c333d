//! Employer users: who can log in to the portal, as what, and whose profile staff may open (M14, M28, M31, M49).

use crate::desk::{Desk, OnProgress, report};
use crate::error::CommandError;
use crate::lists::Selection;
use crate::records::Done;
use crate::trash::{Place, erase_with_all};
use crate::viewing::open_contact;
use liaison_domain::field::CREATED_AT;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Field, Id, OperationKind, Permission, RecordKind, Value, employer_user, name};
use liaison_store::{Db, Sql, StoreError, journal, table};
use serde::Serialize;
use specta::Type;
use std::sync::Arc;

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
    /// The last log-in, in milliseconds since 1970.
    pub last_log_in: Option<i64>,
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

fn named(db: &Db<'_>, kind: RecordKind, value: &Value) -> Result<Option<NamedRecord>, StoreError> {
    let Some(id) = value.as_reference() else { return Ok(None) };
    Ok(table::name_of(db, kind, id)?.map(|name| NamedRecord { id, name }))
}

fn moment(value: &Value) -> Option<i64> {
    if let Value::Moment(at) = value { Some(*at) } else { None }
}

impl Desk {
    /// An employer user's page.
    pub async fn user_get(&self, id: Id) -> Result<EmployerUserDetail, CommandError> {
        self.actor.require(Permission::ViewContacts)?;
        let viewer = self.viewer();
        let detail = self.database.read(|db| {
            let user = table::get(db, RecordKind::EmployerUser, id)?.record;
            if user.is_deleted() {
                return Err(StoreError::NotFound(RecordKind::EmployerUser.key()));
            }
            let contact = open_contact(db, &viewer, id)?;
            let private = contact.is_none();
            let text = |field: &Field| if private { String::new() } else { user.text(field).to_owned() };
            Ok(EmployerUserDetail {
                id,
                private,
                name: name::person_name(&text(&employer_user::FIRST_NAME), "", &text(&employer_user::LAST_NAME)),
                email: text(&employer_user::EMAIL),
                title: text(&employer_user::TITLE),
                work_phone: text(&employer_user::WORK_PHONE),
                employer: named(db, RecordKind::Employer, user.get(&employer_user::EMPLOYER))?,
                role: named(db, RecordKind::Role, user.get(&employer_user::ROLE))?,
                access: user.get(&employer_user::ACCESS).as_flag(),
                last_log_in: moment(user.get(&employer_user::LAST_LOG_IN)),
                created_at: moment(user.get(&CREATED_AT)),
                contact: contact.map(|id| named(db, RecordKind::Contact, &id.into())).transpose()?.flatten(),
                changes: journal::change_count(db, id)?,
            })
        });
        Ok(detail.await?)
    }

    /// Switches "User Can Access Your Site" on or off for the selected users, in one operation (M14).
    pub async fn users_access(
        self: &Arc<Self>,
        selection: &Selection,
        access: bool,
        progress: OnProgress<'_>,
    ) -> Result<Done, CommandError> {
        self.actor.require(Permission::ManageAccess)?;
        let value = Value::Flag(access);
        let detail = if access { "on" } else { "off" };
        self.change_users(
            OperationKind::UsersAccess,
            detail.to_owned(),
            selection,
            &employer_user::ACCESS,
            value,
            progress,
        )
        .await
    }

    /// Gives the selected users another role, in one operation.
    pub async fn users_role(
        self: &Arc<Self>,
        selection: &Selection,
        role: Id,
        progress: OnProgress<'_>,
    ) -> Result<Done, CommandError> {
        self.actor.require(Permission::ManageAccess)?;
        let found = self.database.read(|db| table::find(db, RecordKind::Role, role)).await?;
        if found.is_none_or(|role| role.record.is_deleted()) {
            let problem = FieldProblem { field: "role".into(), problem: Problem::UnknownReference };
            return Err(Refusal::Invalid(vec![problem]).into());
        }
        let name = self.database.read(|db| table::name_of(db, RecordKind::Role, role)).await?.unwrap_or_default();
        self.change_users(OperationKind::UsersRole, name, selection, &employer_user::ROLE, role.into(), progress).await
    }

    async fn change_users(
        self: &Arc<Self>,
        kind: OperationKind,
        detail: String,
        selection: &Selection,
        field: &'static Field,
        value: Value,
        progress: OnProgress<'_>,
    ) -> Result<Done, CommandError> {
        self.begin_long_work();
        let rows = self.selected(RecordKind::EmployerUser, selection).await?;
        let total = rows.len() as u32;
        let (changed, operation) = self
            .commit(kind, detail, None, |recorder| {
                let sql = "SELECT id FROM employer_user WHERE n=? AND deleted_at IS NULL";
                let mut changed = 0;
                for (at, n) in rows.iter().enumerate() {
                    report(progress, &self.cancel, at as u32, total)?;
                    let id =
                        recorder.db().first(sql, &[Sql::Int(i64::from(*n))], |row| Ok(Id::from_bytes(row.blob(0))))?;
                    let Some(id) = id.flatten() else { continue };
                    let user = table::get(recorder.db(), RecordKind::EmployerUser, id)?;
                    let change = user.record.change(field, value.clone());
                    changed += u32::from(change.is_some());
                    recorder.update(RecordKind::EmployerUser, user.n, id, change.as_slice())?;
                }
                report(progress, &self.cancel, total, total)?;
                Ok(changed)
            })
            .await?;
        Ok(Done { operation, changed, skipped: total - changed, users: 0 })
    }

    /// Deletes the selected users for good: their rows, their values in the journal, and, by writing the file anew, what
    /// free pages keep (M31). Contacts stay. Can't be taken back.
    pub async fn users_erase(
        self: &Arc<Self>,
        selection: &Selection,
        progress: OnProgress<'_>,
    ) -> Result<Done, CommandError> {
        self.actor.require(Permission::ManageAccess)?;
        self.actor.require(Permission::EraseContacts)?;
        self.begin_long_work();
        let rows = self.selected(RecordKind::EmployerUser, selection).await?;
        let total = rows.len() as u32;
        let (erased, operation) = self
            .commit(OperationKind::UsersErase, String::new(), None, |recorder| {
                let mut erased = 0;
                for (at, n) in rows.iter().enumerate() {
                    report(progress, &self.cancel, at as u32, total)?;
                    let n = i64::from(*n);
                    let id = recorder.db().first("SELECT id FROM employer_user WHERE n=?", &[Sql::Int(n)], |row| {
                        Ok(Id::from_bytes(row.blob(0)))
                    })?;
                    let Some(id) = id.flatten() else { continue };
                    erase_with_all(recorder, Place { kind: RecordKind::EmployerUser, n, id })?;
                    erased += 1;
                }
                report(progress, &self.cancel, total, total)?;
                Ok(erased)
            })
            .await?;
        if operation.is_some() {
            // Row numbers of erased records may be given to new ones: no open list may name them.
            self.results().clear();
            self.database.rewrite().await?;
        }
        Ok(Done { operation, changed: erased, skipped: total - erased, users: 0 })
    }
}
