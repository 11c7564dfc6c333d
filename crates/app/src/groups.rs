//! Groups of students and alumni (M33).

use crate::error::CommandError;
use crate::forms;
use crate::forms::free_name;
use crate::records::check_references;
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use liaison_domain::edit::FieldEdit;
use liaison_domain::field::DELETED_AT;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{FieldChange, Id, OperationKind, Permission, Record, RecordKind, Value, student, user_group};
pub use liaison_queries::user_groups::UserGroup;
use liaison_queries::{references, user_groups};
use liaison_store::{Db, Recorder, table};
use std::collections::HashMap;

/// The groups, by name.
pub async fn groups_list(session: &Session) -> Result<Vec<UserGroup>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    Ok(session.read(|view| user_groups::list(view.everything())).await?)
}

/// Adds a group. Refused where there is one of the name.
pub async fn group_create(session: &Session, values: &HashMap<String, FieldValue>) -> Result<Created, CommandError> {
    session.actor().require(Permission::ManageUsers)?;
    forms::add(session, RecordKind::UserGroup, values, |db, group| free_name(db, group, &user_group::NAME)).await
}

/// Edits name or description of a group.
pub async fn group_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageUsers)?;
    let rule = |db: &Db<'_>, _: &Record, group: &mut Record| free_name(db, group, &user_group::NAME);
    forms::amend(session, RecordKind::UserGroup, id, edits, rule).await
}

/// Deletes a group. Who is in it moves to another group, or is in none; `users` of the answer says how many.
pub async fn group_delete(session: &Session, id: Id, instead: Option<Id>) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageUsers)?;
    let now = session.now() as i64;
    let work = |recorder: &mut Recorder<'_>| {
        let group = table::live(recorder.db(), RecordKind::UserGroup, id)?;
        let after = instead.map_or(Value::Empty, Value::Reference);
        let before = Value::Reference(id);
        let change = FieldChange { field: student::GROUP.number, before, after };
        if instead == Some(id) {
            return Err(Refusal::of(student::GROUP.key, Problem::UnknownReference).into());
        }
        check_references(recorder.db(), RecordKind::Student, std::slice::from_ref(&change))?;
        // Those in the trash too: they may come back.
        let members = references::rows(recorder.db(), RecordKind::Student, &student::GROUP, id, true)?;
        for (row, member) in &members {
            recorder.update(RecordKind::Student, *row, *member, std::slice::from_ref(&change))?;
        }
        let deletion = group.record.change(&DELETED_AT, Value::Moment(now));
        recorder.update(RecordKind::UserGroup, group.n, id, deletion.as_slice())?;
        Ok(members.len() as u32)
    };
    let (users, operation) = session.commit(Step::new(OperationKind::RecordsDelete), work).await?;
    Ok(Done { operation, changed: 1, skipped: 0, users })
}
