//! Notes on contacts, students and alumni.

use crate::caseload;
use crate::error::CommandError;
use crate::forms;
use crate::forms::change;
use crate::moment::new_id;
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use liaison_domain::edit::{FieldEdit, draft, edit};
use liaison_domain::field::DELETED_AT;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Field, Id, OperationKind, Permission, Record, RecordKind, Value, note};
use liaison_queries::drafts;
use liaison_queries::notes::{self, Note};
use liaison_store::{Db, StoreError};
use serde::Serialize;
use specta::Type;

/// A page of the notes on somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct NotePage {
    /// Newest first.
    pub rows: Vec<Note>,
    /// How many there are in all.
    pub total: u32,
}

/// Most notes of one page.
const PAGE_MOST: u32 = 200;

/// Some notes on a contact, newest first: the first ones, or those that follow the note `after`.
pub async fn notes_list(
    session: &Session,
    contact: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<NotePage, CommandError> {
    page(session, (RecordKind::Contact, contact), after, limit).await
}

/// Some notes on a student or alum, as [`notes_list`].
pub async fn student_notes_list(
    session: &Session,
    student: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<NotePage, CommandError> {
    page(session, (RecordKind::Student, student), after, limit).await
}

async fn page(
    session: &Session,
    of: (RecordKind, Id),
    after: Option<Id>,
    limit: u32,
) -> Result<NotePage, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let page = session.read(|view| {
        let mut rows = notes::page(view, of, after, limit.clamp(1, PAGE_MOST))?;
        let begun = drafts::of(view.everything(), RecordKind::Note, session.actor().staff)?;
        rows.iter_mut().for_each(|note| note.has_draft = begun.contains(&note.id));
        Ok(NotePage { rows, total: notes::count(view, of)? })
    });
    Ok(page.await?)
}

/// Refuses whoever may write no notes on records of this kind.
pub(crate) fn permit_writing(session: &Session, kind: RecordKind) -> Result<(), CommandError> {
    let actor = session.actor();
    match kind {
        RecordKind::Student => actor.require_either(Permission::ManageUsers, Permission::WorkCases)?,
        _ => actor.require(Permission::EditContacts)?,
    }
    Ok(())
}

/// Writes a note on a contact, also on a pending or rejected one: notes are not part of its frozen data.
pub async fn note_add(session: &Session, contact: Id, text: &str) -> Result<Created, CommandError> {
    permit_writing(session, RecordKind::Contact)?;
    add(session, (RecordKind::Contact, contact), &note::CONTACT, text).await
}

/// Writes a note on a student or alum, by those who may work with them.
pub async fn student_note_add(session: &Session, student: Id, text: &str) -> Result<Created, CommandError> {
    permit_writing(session, RecordKind::Student)?;
    add(session, (RecordKind::Student, student), &note::STUDENT, text).await
}

async fn add(
    session: &Session,
    (kind, of): (RecordKind, Id),
    field: &Field,
    text: &str,
) -> Result<Created, CommandError> {
    let now = session.now();
    let id = new_id(now);
    let text = FieldValue::Text(text.to_owned());
    let mut record = draft(&session.registry(), RecordKind::Note, id, now as i64, [("text", &text)])?;
    record.set(field, of);
    record.set(&note::AUTHOR, session.actor().staff);
    let ((), operation) = session
        .commit(Step::new(OperationKind::NotesCreate), |recorder| {
            session.view(recorder.db()).live(kind, of)?;
            caseload::permit_activity(recorder.db(), &session.actor(), &record)?;
            recorder.create(&record)
        })
        .await?;
    Created::by(id, operation)
}

/// Changes the text of a note.
pub async fn note_edit(session: &Session, id: Id, text: &str) -> Result<Done, CommandError> {
    let after = FieldValue::Text(text.to_owned());
    change_note(session, id, OperationKind::NotesEdit, |db, before, note| {
        let edits = [FieldEdit { field: "text".into(), before: before.get(&note::TEXT).into(), after }];
        note.apply(&edit(db.registry(), before, &edits)?);
        Ok(())
    })
    .await
}

/// Puts a note into the trash.
pub async fn note_delete(session: &Session, id: Id) -> Result<Done, CommandError> {
    let now = session.now() as i64;
    change_note(session, id, OperationKind::NotesDelete, |_, _, note| {
        note.set(&DELETED_AT, Value::Moment(now));
        Ok(())
    })
    .await
}

async fn change_note(
    session: &Session,
    id: Id,
    kind: OperationKind,
    rule: impl FnOnce(&Db<'_>, &Record, &mut Record) -> Result<(), StoreError>,
) -> Result<Done, CommandError> {
    caseload::permit_kind(&session.actor(), RecordKind::Note)?;
    forms::change_one(session, kind, RecordKind::Note, id, |recorder| {
        let note = session.view(recorder.db()).get(RecordKind::Note, id)?.record;
        caseload::permit_activity(recorder.db(), &session.actor(), &note)?;
        change(recorder, RecordKind::Note, id, rule)
    })
    .await
}
