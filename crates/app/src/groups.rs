//! Groups of students and alumni (M33).

use crate::desk::{Desk, new_id};
use crate::error::CommandError;
use crate::records::{Created, Done, check_references};
use liaison_domain::edit::{self, FieldEdit, draft};
use liaison_domain::field::DELETED_AT;
use liaison_domain::name::organization_key;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{FieldChange, Id, OperationKind, Permission, Record, RecordKind, Value, student, user_group};
use liaison_store::{Db, Recorder, StoreError, references, table};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;
use std::sync::Arc;

/// A group.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct UserGroup {
    /// The group.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Who belongs to it.
    pub description: String,
    /// How many students and alumni are in it.
    pub members: u32,
    /// How many of them have an active account.
    pub active: u32,
}

impl Desk {
    /// The groups, by name.
    pub async fn groups_list(&self) -> Result<Vec<UserGroup>, CommandError> {
        self.actor.require(Permission::ViewContacts)?;
        let groups = self.database.read(|db| {
            db.all(
                "SELECT g.id,g.name,g.description,count(t.n),
                    count(t.n) FILTER (WHERE t.activated_at IS NOT NULL AND t.deactivated_at IS NULL)
                 FROM user_group g LEFT JOIN student t ON t.user_group=g.id AND t.deleted_at IS NULL
                 WHERE g.deleted_at IS NULL GROUP BY g.n ORDER BY g.name COLLATE NOCASE,g.n",
                &[],
                |row| {
                    Ok(UserGroup {
                        id: Id::from_bytes(row.blob(0)).ok_or_else(|| StoreError::Damaged("an id".into()))?,
                        name: row.text(1).to_owned(),
                        description: row.text(2).to_owned(),
                        members: row.int(3) as u32,
                        active: row.int(4) as u32,
                    })
                },
            )
        });
        Ok(groups.await?)
    }

    /// Adds a group. Refused where there is one of the name.
    pub async fn group_create(self: &Arc<Self>, values: &HashMap<String, FieldValue>) -> Result<Created, CommandError> {
        self.actor.require(Permission::ManageUsers)?;
        let now = self.now();
        let id = new_id(now);
        let values = values.iter().map(|(key, value)| (key.as_str(), value));
        let record = draft(&self.registry(), RecordKind::UserGroup, id, now as i64, values)?;
        let work = |recorder: &mut Recorder<'_>| {
            free_name(recorder.db(), &record)?;
            recorder.create(&record)
        };
        let ((), operation) = self.commit(OperationKind::RecordsCreate, String::new(), None, work).await?;
        Ok(Created { id, operation: operation.ok_or_else(|| CommandError::not_found("operation"))? })
    }

    /// Edits name or description of a group.
    pub async fn group_edit(self: &Arc<Self>, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
        self.actor.require(Permission::ManageUsers)?;
        let work = |recorder: &mut Recorder<'_>| {
            let (n, before) = live(recorder.db(), id)?;
            let changes = edit::edit(recorder.db().registry(), &before, edits)?;
            let mut after = before;
            after.apply(&changes);
            free_name(recorder.db(), &after)?;
            recorder.update(RecordKind::UserGroup, n, id, &changes)?;
            Ok(u32::from(!changes.is_empty()))
        };
        match self.commit(OperationKind::RecordsEdit, String::new(), None, work).await {
            Ok((changed, operation)) => Ok(Done { operation, changed, skipped: 1 - changed, users: 0 }),
            Err(CommandError::Conflict { fields }) => {
                Err(self.tell_who_changed(RecordKind::UserGroup, id, fields).await?)
            }
            Err(error) => Err(error),
        }
    }

    /// Deletes a group. Who is in it moves to another group, or is in none; `users` of the answer says how many.
    pub async fn group_delete(self: &Arc<Self>, id: Id, instead: Option<Id>) -> Result<Done, CommandError> {
        self.actor.require(Permission::ManageUsers)?;
        let now = self.now() as i64;
        let work = |recorder: &mut Recorder<'_>| {
            let (n, group) = live(recorder.db(), id)?;
            let after = instead.map_or(Value::Empty, Value::Reference);
            let before = Value::Reference(id);
            let change = FieldChange { field: student::GROUP.number, before, after };
            if instead == Some(id) {
                return Err(refused(student::GROUP.key, Problem::UnknownReference));
            }
            check_references(recorder.db(), RecordKind::Student, std::slice::from_ref(&change))?;
            // Those in the trash too: they may come back.
            let members = references::rows(recorder.db(), RecordKind::Student, &student::GROUP, id, true)?;
            for (row, member) in &members {
                recorder.update(RecordKind::Student, *row, *member, std::slice::from_ref(&change))?;
            }
            let deletion = group.change(&DELETED_AT, Value::Moment(now));
            recorder.update(RecordKind::UserGroup, n, id, deletion.as_slice())?;
            Ok(members.len() as u32)
        };
        let (users, operation) = self.commit(OperationKind::RecordsDelete, String::new(), None, work).await?;
        Ok(Done { operation, changed: 1, skipped: 0, users })
    }
}

fn live(db: &Db<'_>, id: Id) -> Result<(i64, Record), StoreError> {
    let located = table::get(db, RecordKind::UserGroup, id)?;
    if located.record.is_deleted() {
        return Err(StoreError::NotFound(RecordKind::UserGroup.key()));
    }
    Ok((located.n, located.record))
}

fn refused(field: &str, problem: Problem) -> StoreError {
    Refusal::Invalid(vec![FieldProblem { field: field.to_owned(), problem }]).into()
}

/// Refuses a name that another group has: imports name groups by it.
fn free_name(db: &Db<'_>, record: &Record) -> Result<(), StoreError> {
    let key = organization_key(record.text(&user_group::NAME));
    let others = db.all("SELECT id,name FROM user_group WHERE deleted_at IS NULL", &[], |row| {
        Ok((Id::from_bytes(row.blob(0)), row.text(1).to_owned()))
    })?;
    let other = others.into_iter().find(|(id, name)| *id != Some(record.id) && organization_key(name) == key);
    other.map_or(Ok(()), |(_, by)| Err(refused(user_group::NAME.key, Problem::InUse { by })))
}
