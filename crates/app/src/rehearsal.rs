//! What a change would do, found out by doing it and taking it all back before anybody sees it: what a dialog says
//! beforehand is then exactly what happens afterwards, with everything that follows by rule.

use crate::contacts::{LinkedUser, linked_user};
use crate::error::CommandError;
use crate::moment::new_id;
use crate::names::{Names, RecordChange};
use crate::session::Session;
use liaison_domain::{Id, OperationKind, RecordKind};
use liaison_queries::{View, tasks};
use liaison_store::{Intent, Recorder, StoreError, journal, table};
use serde::Serialize;
use specta::Type;

/// Most records a rehearsal describes one by one.
const DESCRIBED_MOST: i64 = 200;

/// What a change of one contact would do.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Rehearsed {
    /// Every record that changes, in the order it does.
    pub changes: Vec<RecordChange>,
    /// How many there are in all.
    pub total: u32,
    /// The employer user who is linked with the contact afterwards; none where there is none, or no longer.
    pub user: Option<LinkedUser>,
    /// Tasks about the contact that are not done; they stay.
    pub open_tasks: u32,
}

/// Runs `work` as an operation of this kind and takes it back. Nothing is journaled and nobody is told.
pub(crate) async fn rehearse<T>(
    session: &Session,
    kind: OperationKind,
    contact: Id,
    work: impl FnOnce(&mut Recorder<'_>) -> Result<T, StoreError>,
) -> Result<Rehearsed, CommandError> {
    let now = session.now();
    let actor = session.actor().staff;
    let intent = Intent { id: new_id(now), now, actor, kind, detail: String::new(), undoes: None };
    let mut rehearsed = None;
    let ended = session.engine().database().write(|db| {
        let mut recorder = Recorder::begin(db, intent)?;
        work(&mut recorder)?;
        let recorded = recorder.finish()?;
        rehearsed = Some(describe(&session.view(db), recorded.map(|recorded| recorded.id), contact)?);
        // Failing is what takes it back.
        Err::<(), _>(StoreError::Cancelled)
    });
    match (ended.await, rehearsed) {
        (Err(StoreError::Cancelled), Some(rehearsed)) => Ok(rehearsed),
        (Err(error), _) => Err(error.into()),
        (Ok(()), _) => Err(CommandError::Cancelled),
    }
}

fn describe(view: &View<'_>, operation: Option<Id>, contact: Id) -> Result<Rehearsed, StoreError> {
    // Of a contact that was seen before the operation: it may hide it.
    let db = view.everything();
    let record = table::get(db, RecordKind::Contact, contact)?.record;
    let user = linked_user(db, &record)?;
    let open_tasks = tasks::open_about(db, contact)?;
    let Some(operation) = operation else { return Ok(Rehearsed { changes: Vec::new(), total: 0, user, open_tasks }) };
    let entry = journal::operation(db, operation)?;
    let mut names = Names::new(view);
    let mut changes = Vec::new();
    for change in journal::changes(db, &entry, 0, DESCRIBED_MOST)? {
        changes.extend(names.change(&change)?);
    }
    Ok(Rehearsed { changes, total: entry.changes as u32, user, open_tasks })
}
