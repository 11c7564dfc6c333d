//! Steps taken here that the hub refused: what they were, why, and that somebody has dealt with them.

use crate::redo;
use liaison_domain::{Actor, Id, Permission, Record, RecordKind, contact};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::CommandError;
use liaison_engine::names::{Names, OperationRow};
use liaison_engine::session::Session;
use liaison_engine::step::{Done, Step};
use liaison_store::journal::Logged;
use liaison_store::{Db, StoreError, journal, replica};
use liaison_sync::decide::Reason;
use serde::Serialize;
use specta::Type;

/// A step that the hub refused. It stays in the history and counts for nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct RefusedStep {
    /// What it was, as the history shows it.
    pub step: OperationRow,
    /// Why, by key.
    pub reason: String,
    /// The permission its author lacked, where that was why.
    pub permission: Option<Permission>,
    /// Whether it can be done again as it was: see [`sync_refused_retry`].
    pub retry: bool,
}

/// Steps taken on this computer that the hub refused and nobody has dealt with, the latest first, at most 200.
pub async fn sync_refused(session: &Session) -> Result<Vec<RefusedStep>, CommandError> {
    let actor = session.actor();
    actor.require(Permission::ViewAuditLog)?;
    let steps = session.read(|view| {
        // The journal is everybody's; what it says of somebody is withheld by `Names`.
        let db = view.everything();
        let mut names = Names::new(view);
        let refused = replica::refused_operations(db, 200)?.into_iter().map(|(operation, reason)| {
            let entry = journal::operation(db, operation)?;
            let (key, permission) = Reason::parts(&reason);
            let retry = entry.operation.kind.known().is_some_and(redo::is_possible);
            let mut step = names.operation(&entry)?;
            if step.subject.is_none() {
                step.subject = made(view.everything(), &actor, &entry)?;
            }
            Ok(RefusedStep { step, reason: key.to_owned(), permission, retry })
        });
        refused.collect()
    });
    Ok(steps.await?)
}

/// The name of the first record that a refused step made: no row has it.
fn made(db: &Db<'_>, actor: &Actor, entry: &Logged) -> Result<Option<String>, StoreError> {
    let mut name = None;
    journal::each_change_backwards(db, entry, |change| {
        if !change.created || Some(change.kind) != entry.subject.map(|(kind, _)| kind) {
            return Ok(());
        }
        let mut record = Record::blank(change.kind, change.record);
        record.apply(&change.fields);
        let is_private = record.kind == RecordKind::Contact
            && record.text(&contact::VISIBILITY) == contact::MYSELF
            && record.get(&contact::OWNER).as_reference() != Some(actor.staff)
            && !actor.may(Permission::SeePrivate);
        name = if is_private { None } else { name_in(&record) };
        Ok(())
    })?;
    Ok(name)
}

/// What a record is called, by its own fields.
fn name_in(record: &Record) -> Option<String> {
    let part = |key: &str| record.kind.field(key).map(|field| record.text(field)).filter(|text| !text.is_empty());
    let person: Vec<&str> = ["first_name", "last_name"].into_iter().filter_map(part).collect();
    let other = || ["name", "title", "subject"].into_iter().find_map(part).map(str::to_owned);
    if person.is_empty() { other() } else { Some(person.join(" ")) }
}

/// Somebody has dealt with a step that was refused: it leaves the list and stays in the history.
pub async fn sync_refused_close(session: &Session, operation: Id) -> Result<(), CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let closed = session.engine().database().write(|db| replica::close_refused(db, operation)).await?;
    if !closed {
        return Err(CommandError::not_found("operation"));
    }
    session.tell(vec![CacheTag::Sync]);
    Ok(())
}

/// Does a step again that was refused, as the person at the desk, on what is there today: fields that have its values
/// already stay as they are, and records that are gone stay gone. With that it is dealt with.
///
/// Errors: `Denied` where that person may not do it either; `NotFound` for what is not refused or can't be done again.
pub async fn sync_refused_retry(session: &Session, operation: Id) -> Result<Done, CommandError> {
    let actor = session.actor();
    actor.require(Permission::ViewAuditLog)?;
    let refused = session.read(|view| replica::refused_operation(view.everything(), operation)).await?;
    let kind =
        refused.as_ref().and_then(|refused| refused.operation.kind.known()).filter(|kind| redo::is_possible(*kind));
    let Some((refused, kind)) = refused.zip(kind) else { return Err(CommandError::not_found("operation")) };
    let step = Step::new(kind).detail(refused.operation.detail.clone());
    let (again, written) = session
        .commit(step, |recorder| {
            redo::permit(recorder.db(), &actor, &refused)?;
            let again = redo::redo(recorder, &refused)?;
            if !replica::close_refused(recorder.db(), operation)? {
                return Err(StoreError::NotFound("operation"));
            }
            Ok(again)
        })
        .await?;
    session.tell(vec![CacheTag::Sync]);
    Ok(Done { operation: written, changed: again.changed, skipped: again.left, users: 0 })
}
