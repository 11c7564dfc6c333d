//! Merging contacts, and employers, that mean the same (M18): one operation, taken back in one step.

mod preview;
mod references;

use preview::split;
pub use preview::{MergeField, MergeMove, MergePreview, MergeRecord};

use liaison_domain::field::DELETED_AT;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Actor, Id, OperationKind, Permission, RecordKind, Registry, Value, attribute};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_engine::step::Done;
use liaison_engine::step::Step;
pub use liaison_matching::merge::MOST;
use liaison_matching::merge::{Choices, Merge};
use liaison_queries::View;
use liaison_store::table::Located;
use liaison_store::{Db, Recorder, StoreError, attributes};
use std::collections::HashMap;

/// From which record the value of a field comes, by key of the field.
pub type FieldChoices = HashMap<String, Id>;

/// The field of a kind that says what a record was merged into.
fn merged_into(kind: RecordKind) -> Result<&'static liaison_domain::Field, StoreError> {
    kind.field("merged_into").ok_or(StoreError::NotFound("merge of this kind of record"))
}

/// The record itself, or what it was merged into where it is in the trash for that: an old link leads on.
pub fn lead_on(view: &View<'_>, kind: RecordKind, id: Id) -> Result<Located, StoreError> {
    let asked = view.get(kind, id)?;
    let field = merged_into(kind)?;
    let mut at = id;
    // Merges re-point earlier ones, so one step is the rule. Desks that synchronize may still make a longer way.
    for _ in 0..MOST {
        let Some(located) = view.find(kind, at)? else { break };
        match located.record.get(field).as_reference() {
            Some(next) if located.record.is_deleted() => at = next,
            _ => return Ok(located),
        }
    }
    Ok(asked)
}

/// Attributes that stay yes where any of the records says yes: who must not be written to is not written to.
fn cautious(db: &Db<'_>) -> Result<Vec<u16>, StoreError> {
    attributes::with_meaning(db, attribute::DO_NOT_EMAIL)
}

/// Choices by number of the field. Refuses fields that there are not.
fn numbered(registry: &Registry, kind: RecordKind, choices: &FieldChoices) -> Result<Choices, Refusal> {
    let (mut numbered, mut problems) = (Choices::new(), Vec::new());
    for (key, id) in choices {
        match registry.field(kind, key) {
            Some(field) => drop(numbered.insert(field.number, *id)),
            None => problems.push(FieldProblem { field: key.clone(), problem: Problem::UnknownField }),
        }
    }
    if problems.is_empty() { Ok(numbered) } else { Err(Refusal::Invalid(problems)) }
}

/// Refuses unless the actor may merge, and review where the merge takes somebody out of the queue.
fn permit(actor: &Actor, operation: OperationKind) -> Result<(), Refusal> {
    actor.require(Permission::MergeContacts)?;
    match operation {
        OperationKind::ContactsApproveInto => actor.require(Permission::ReviewContacts),
        _ => Ok(()),
    }
}

/// The records to merge, the survivor first. Errors: `NotFound` for one that is not there, lies in the trash or is
/// hidden from the person at the desk.
fn to_merge(view: &View<'_>, kind: RecordKind, ids: impl IntoIterator<Item = Id>) -> Result<Vec<Located>, StoreError> {
    merged_into(kind)?;
    let mut records: Vec<Located> = Vec::new();
    for id in ids {
        if records.iter().any(|have| have.record.id == id) {
            continue;
        }
        records.push(view.live(kind, id)?);
    }
    Ok(records)
}

/// What a merge would do: each field's values side by side, the one the survivor ends up with, what moves to it.
pub async fn merge_preview(
    session: &Session,
    kind: RecordKind,
    survivor: Id,
    others: &[Id],
    choices: &FieldChoices,
) -> Result<MergePreview, CommandError> {
    session.actor().require(Permission::MergeContacts)?;
    let preview = session.read(|view| {
        let records = to_merge(view, kind, [survivor].into_iter().chain(others.iter().copied()))?;
        let choices = numbered(view.registry(), kind, choices)?;
        // What attributes mean is about nobody.
        preview::preview(view, kind, &records, &choices, &cautious(view.everything())?)
    });
    Ok(preview.await?)
}

/// Merges contacts. The others go to the trash; whatever refers to them refers to the survivor afterwards.
///
/// `choices` names the record a field's value comes from; see [`liaison_matching::merge`] for the other fields.
pub async fn contacts_merge(
    session: &Session,
    survivor: Id,
    others: &[Id],
    choices: &FieldChoices,
) -> Result<Done, CommandError> {
    merge(session, RecordKind::Contact, survivor, others, choices).await
}

/// Merges employers the same way: contacts, users, events, listings go to the survivor.
pub async fn employers_merge(
    session: &Session,
    survivor: Id,
    others: &[Id],
    choices: &FieldChoices,
) -> Result<Done, CommandError> {
    merge(session, RecordKind::Employer, survivor, others, choices).await
}

async fn merge(
    session: &Session,
    kind: RecordKind,
    survivor: Id,
    others: &[Id],
    choices: &FieldChoices,
) -> Result<Done, CommandError> {
    session.actor().require(Permission::MergeContacts)?;
    let ids = || [survivor].into_iter().chain(others.iter().copied());
    let operation = session.read(|view| {
        let records = to_merge(view, kind, ids())?;
        let (first, rest) = split(&records)?;
        Ok(Merge::of(view.registry(), first, &rest, &[])?.operation())
    });
    let operation = operation.await?;
    permit(&session.actor(), operation)?;
    let now = session.now() as i64;
    let (changed, done) = session
        .commit(Step::new(operation), |recorder| {
            let db = recorder.db();
            let records = to_merge(&session.view(db), kind, ids())?;
            let (first, rest) = split(&records)?;
            let merge = Merge::of(db.registry(), first, &rest, &cautious(db)?)?;
            if merge.operation() != operation {
                // Somebody decided about one of them in between; what was permitted may not be any more.
                return Err(StoreError::NotFound(kind.key()));
            }
            let merged = merge.merged(&numbered(db.registry(), kind, choices)?)?;
            recorder.update(kind, records[0].n, survivor, &merge.changes(&merged))?;
            put_away(recorder, &records, now)?;
            let losers: Vec<Id> = rest.iter().map(|record| record.id).collect();
            references::re_point(recorder, kind, survivor, &losers, now)?;
            Ok(losers.len() as u32)
        })
        .await?;
    Ok(Done { operation: done, changed, skipped: 0, users: 0 })
}

/// The others go to the trash and say where they went.
fn put_away(recorder: &mut Recorder<'_>, records: &[Located], now: i64) -> Result<(), StoreError> {
    let (survivor, others) = records.split_first().ok_or(StoreError::NotFound("record to merge"))?;
    let kind = survivor.record.kind;
    let into = merged_into(kind)?;
    for other in others {
        let changes = [
            other.record.change(&DELETED_AT, Value::Moment(now)),
            other.record.change(into, Value::Reference(survivor.record.id)),
        ];
        let changes: Vec<_> = changes.into_iter().flatten().collect();
        recorder.update(kind, other.n, other.record.id, &changes)?;
    }
    Ok(())
}
