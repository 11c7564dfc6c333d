//! What was typed of a note and not saved yet (docs/decisions/drafts.md).

use crate::error::CommandError;
use crate::merge::lead_on;
use crate::notes::permit_writing;
use crate::session::Session;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Id, RecordKind, note};
use liaison_queries::View;
use liaison_queries::drafts;
pub use liaison_queries::drafts::Draft;
use liaison_store::StoreError;

/// What the person at the desk has typed about a contact or a student and not saved yet: for a new note, or as a change
/// of `note`. What was typed about a contact that was merged since belongs to the one it is now.
pub async fn note_draft(
    session: &Session,
    kind: RecordKind,
    id: Id,
    note: Option<Id>,
) -> Result<Option<Draft>, CommandError> {
    permit_writing(session, kind)?;
    let staff = session.actor().staff;
    let draft = session.read(|view| {
        let (kind, about) = draft_about(view, (kind, id), note)?;
        // A draft belongs to its author only, and the record it is about was just asked for.
        let db = view.everything();
        let draft = drafts::get(db, kind, about, staff)?;
        if draft.is_some() || note.is_some() {
            return Ok(draft);
        }
        for former in drafts::of(db, kind, staff)? {
            if view.find(kind, former)?.is_some() && lead_on(view, kind, former)?.record.id == id {
                return drafts::get(db, kind, former, staff);
            }
        }
        Ok(None)
    });
    Ok(draft.await?)
}

/// Keeps what the person at the desk has typed (see [`note_draft`]) until it is saved; nothing but white space discards
/// it. Refused where a note could not be that long.
pub async fn note_draft_keep(
    session: &Session,
    kind: RecordKind,
    id: Id,
    note: Option<Id>,
    text: &str,
) -> Result<(), CommandError> {
    permit_writing(session, kind)?;
    if let Err(problem @ Problem::TooLong { .. }) = note::TEXT.accept(&FieldValue::Text(text.to_owned())) {
        return Err(Refusal::of(note::TEXT.key, problem).into());
    }
    let (staff, at) = (session.actor().staff, session.now() as i64);
    let draft = Draft { text: text.to_owned(), at };
    let kept = session.engine().database().write(|db| {
        let view = session.view(db);
        let (kind, about) = draft_about(&view, (kind, id), note)?;
        drafts::keep(db, kind, about, staff, &draft)?;
        if note.is_none() {
            // One draft is left of a contact that others were merged into.
            for former in drafts::of(db, kind, staff)?.into_iter().filter(|former| *former != about) {
                if view.find(kind, former)?.is_some() && lead_on(&view, kind, former)?.record.id == id {
                    drafts::keep(db, kind, former, staff, &Draft { text: String::new(), at })?;
                }
            }
        }
        Ok(())
    });
    Ok(kept.await?)
}

/// The record that a draft is kept under.
fn draft_about(
    view: &View<'_>,
    (kind, id): (RecordKind, Id),
    note: Option<Id>,
) -> Result<(RecordKind, Id), StoreError> {
    view.get(kind, id)?;
    match note {
        None => Ok((kind, id)),
        Some(note) => view.live(RecordKind::Note, note).map(|_| (RecordKind::Note, note)),
    }
}
