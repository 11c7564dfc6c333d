//! The trash: delete with what belongs to it, restore, and erase for good (M20, B9).

mod consequences;
mod places;
mod purge;
mod time_left;
pub use purge::{purge, start_purging};

use crate::caseload;
use crate::erasure::ErasureDone;
use crate::error::{Blocker, CommandError};
use crate::lists::Selection;
use crate::progress::OnProgress;
use crate::records::check_unique_email;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use crate::{backup, erasure, lists};
use consequences::{TOGETHER, consequences, ids_of};
use liaison_domain::backup::BackupReason;
use liaison_domain::field::DELETED_AT;
use liaison_domain::seen_time::SeenTime;
use liaison_domain::trash::{REST_DAYS, Tie, tie};
use liaison_domain::{FieldChange, Id, OperationKind, Permission, RecordKind, Value};
use liaison_queries::trash::Trashed;
use liaison_queries::{View, drafts, employer_users, references, trash};
use liaison_store::{Db, Recorder, StoreError, journal, links, table};
use places::KINDS;
pub(crate) use places::Place;
use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashSet};

/// Most records of a preview that are named.
const NAMED_MOST: usize = 100;

/// What a delete would do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Type)]
pub struct DeletePreview {
    /// Records that would go into the trash.
    pub records: u32,
    /// What belongs to them and goes along, by kind.
    pub along: Vec<KindCount>,
    /// Records that stay because others stand in the way.
    pub blocked: u32,
    /// All of those, for doing something else with them.
    pub blocked_ids: Vec<Id>,
    /// Some of those, each with what stands in its way.
    pub blocked_records: Vec<BlockedRecord>,
    /// Employer users linked with the records that would go, who can still log in afterwards (M10).
    pub can_still_log_in: u32,
    /// How many days they would rest in the trash before they are erased.
    pub rest_days: u32,
}

/// How many records of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct KindCount {
    /// The kind.
    pub kind: RecordKind,
    /// How many.
    pub count: u32,
}

/// A record that can't be deleted, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BlockedRecord {
    /// The record.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What stands in the way.
    pub blockers: Vec<Blocker>,
}

/// A record in the trash.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct TrashRow {
    /// The record.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// When it was deleted, in milliseconds since 1970.
    pub deleted_at: i64,
    /// Who deleted it.
    pub by: String,
    /// When it will be erased at the earliest, in milliseconds since 1970.
    pub erased_at: i64,
}

/// A part of the trash.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct TrashPage {
    /// How many records of the kind there are in the trash.
    pub total: u32,
    /// Those asked for, the last deleted first.
    pub rows: Vec<TrashRow>,
}

fn operations(kind: RecordKind) -> (OperationKind, OperationKind, OperationKind) {
    match kind {
        RecordKind::Contact => {
            (OperationKind::ContactsDelete, OperationKind::ContactsRestore, OperationKind::ContactsErase)
        }
        RecordKind::Employer => {
            (OperationKind::EmployersDelete, OperationKind::EmployersRestore, OperationKind::RecordsErase)
        }
        _ => (OperationKind::RecordsDelete, OperationKind::RecordsRestore, OperationKind::RecordsErase),
    }
}

/// Contacts and employers are deleted by those who may, students and alumni by those who manage users; what is
/// entered by hand by those who enter it.
fn permit_delete(session: &Session, kind: RecordKind) -> Result<(), CommandError> {
    let permission = match kind {
        RecordKind::Contact | RecordKind::Employer => Permission::DeleteContacts,
        RecordKind::Student => Permission::ManageUsers,
        kind if kind.is_entered_by_hand() || kind == RecordKind::Note => {
            return Ok(caseload::permit_kind(&session.actor(), kind)?);
        }
        _ => return Err(CommandError::not_found("trash for this kind of record")),
    };
    Ok(session.actor().require(permission)?)
}

/// What is about a student or alum is deleted and restored by those who may work with them.
fn permit_activity(session: &Session, db: &Db<'_>, kind: RecordKind, id: Id) -> Result<(), StoreError> {
    if liaison_domain::caseload::about(kind).is_none() {
        return Ok(());
    }
    caseload::permit_activity(db, &session.actor(), &table::get(db, kind, id)?.record)
}

/// What deleting the selected records would do.
pub async fn delete_preview(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
) -> Result<DeletePreview, CommandError> {
    permit_delete(session, kind)?;
    let rows = lists::selected(session, kind, selection).await?;
    let preview = session.read(|view| {
        // What goes along and who can still log in: consequences, counted. The rows are selected, hidden ones not among them.
        let db = view.everything();
        let mut preview = DeletePreview { rest_days: REST_DAYS as u32, ..DeletePreview::default() };
        let mut along: BTreeMap<RecordKind, u32> = BTreeMap::new();
        let gone = HashSet::new();
        for rows in rows.chunks(TOGETHER) {
            let ids = ids_of(db, kind, rows)?;
            for (Place { id, .. }, found) in consequences(view, kind, &ids, &gone)? {
                if found.blockers.is_empty() {
                    preview.records += 1;
                    for place in found.along {
                        *along.entry(place.kind).or_default() += 1;
                    }
                    if kind == RecordKind::Contact {
                        let contact = table::get(db, kind, id)?.record;
                        for (n, _) in links::users_of(db, &contact)? {
                            preview.can_still_log_in += u32::from(employer_users::can_log_in(db, n)?);
                        }
                    }
                    continue;
                }
                preview.blocked += 1;
                preview.blocked_ids.push(id);
                if preview.blocked_records.len() < NAMED_MOST {
                    let name = table::name_of(db, kind, id)?.unwrap_or_default();
                    preview.blocked_records.push(BlockedRecord { id, name, blockers: found.blockers });
                }
            }
        }
        preview.along = along.into_iter().map(|(kind, count)| KindCount { kind, count }).collect();
        Ok(preview)
    });
    Ok(preview.await?)
}

/// Puts the selected records into the trash with what belongs to them, in one operation. Those that others stand in
/// the way of stay and are counted as skipped; where that is all of them, refuses with `Blocked`.
pub async fn delete(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    permit_delete(session, kind)?;
    session.begin_long_work();
    let rows = lists::selected(session, kind, selection).await?;
    let (now, total) = (Value::Moment(session.now() as i64), rows.len() as u32);
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    let mut in_the_way = Vec::new();
    let ((), operation) = session
        .commit(Step::new(operations(kind).0), |recorder| {
            let mut at = 0;
            let mut gone = HashSet::new();
            let delete = [FieldChange { field: DELETED_AT.number, before: Value::Empty, after: now }];
            for rows in rows.chunks(TOGETHER) {
                let places = ids_of(recorder.db(), kind, rows)?;
                for (place, found) in consequences(&session.view(recorder.db()), kind, &places, &gone)? {
                    session.report(progress, at, total)?;
                    permit_activity(session, recorder.db(), kind, place.id)?;
                    at += 1;
                    if !found.blockers.is_empty() {
                        done.skipped += 1;
                        in_the_way = found.blockers;
                        continue;
                    }
                    done.changed += 1;
                    for (loosened, field, to) in found.loosened {
                        let from =
                            [FieldChange { field: field.number, before: Value::Reference(to), after: Value::Empty }];
                        recorder.update(loosened.kind, loosened.n, loosened.id, &from)?;
                    }
                    for place in found.along.into_iter().chain([place]) {
                        // A meeting of two people may have gone with the first.
                        if gone.insert(place) {
                            recorder.update(place.kind, place.n, place.id, &delete)?;
                        }
                    }
                }
            }
            session.report(progress, total, total)
        })
        .await?;
    if done.changed == 0 && !in_the_way.is_empty() {
        return Err(CommandError::Blocked { blockers: in_the_way });
    }
    done.operation = operation;
    Ok(done)
}

/// Takes records out of the trash, with what went there along with them. Refuses where somebody else has the
/// contact's address by now.
pub async fn restore(session: &Session, kind: RecordKind, ids: &[Id]) -> Result<Done, CommandError> {
    permit_delete(session, kind)?;
    let (changed, operation) = session
        .commit(Step::new(operations(kind).1), |recorder| {
            let mut changed = 0;
            for id in ids {
                let view = session.view(recorder.db());
                let located = view.get(kind, *id)?;
                permit_activity(session, recorder.db(), kind, *id)?;
                let deleted_at = located.record.get(&DELETED_AT).clone();
                if deleted_at.is_empty() {
                    continue;
                }
                check_unique_email(&view, &located.record)?;
                let mut places = vec![Place { kind, n: located.n, id: *id }];
                let mut known: HashSet<Place> = places.iter().copied().collect();
                let mut at = 0;
                while let Some(place) = places.get(at).copied() {
                    at += 1;
                    for (other, _) in belonging(recorder.db(), place)? {
                        let other_record = table::get(recorder.db(), other.kind, other.id)?.record;
                        if *other_record.get(&DELETED_AT) == deleted_at && known.insert(other) {
                            places.push(other);
                        }
                    }
                }
                for place in places {
                    set(recorder, place, &DELETED_AT, Value::Empty)?;
                }
                changed += 1;
            }
            Ok(changed)
        })
        .await?;
    Ok(Done { operation, changed, skipped: ids.len() as u32 - changed, users: 0 })
}

/// How many records of each kind lie in the trash; kinds of which there are none are left out.
pub async fn trash_counts(session: &Session) -> Result<Vec<KindCount>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let counts = session.read(|view| {
        let mut counts = Vec::new();
        for kind in KINDS {
            let count = trash::count(view, *kind)?;
            if count > 0 {
                counts.push(KindCount { kind: *kind, count });
            }
        }
        Ok(counts)
    });
    Ok(counts.await?)
}

/// The records of a kind that lie in the trash.
pub async fn trash_list(
    session: &Session,
    kind: RecordKind,
    offset: u32,
    limit: u32,
) -> Result<TrashPage, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let page = session.read(|view| {
        let seen = time_left::seen_time(view.everything())?;
        let found = trash::list(view, kind, offset, limit.min(lists::WINDOW_MOST))?;
        let rows = found.into_iter().map(|record| trash_row(view, &seen, session.now() as i64, record));
        Ok(TrashPage { rows: rows.collect::<Result<_, _>>()?, total: trash::count(view, kind)? })
    });
    Ok(page.await?)
}

/// The entry of one record in the trash: who deleted it, until when it rests. `None` where it is not there, and for
/// what was merged into another or went along with its contact.
pub async fn trash_find(session: &Session, kind: RecordKind, id: Id) -> Result<Option<TrashRow>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    if !KINDS.contains(&kind) {
        return Ok(None);
    }
    let found = session.read(|view| {
        let seen = time_left::seen_time(view.everything())?;
        let found = trash::find(view, kind, id)?;
        found.map(|record| trash_row(view, &seen, session.now() as i64, record)).transpose()
    });
    Ok(found.await?)
}

/// Erases records in the trash for good: from the tables, from the values of the journal, and, by writing the file
/// anew, from its free pages. Can't be taken back. Where the file can't be written anew now, the answer says so.
pub async fn erase(
    session: &Session,
    kind: RecordKind,
    ids: &[Id],
    progress: OnProgress<'_>,
) -> Result<ErasureDone, CommandError> {
    session.actor().require(Permission::EraseContacts)?;
    session.begin_long_work();
    backup::back_up_before(session, BackupReason::Erasure).await;
    erase_now(session, kind, ids, progress).await
}

async fn erase_now(
    session: &Session,
    kind: RecordKind,
    ids: &[Id],
    progress: OnProgress<'_>,
) -> Result<ErasureDone, CommandError> {
    let total = ids.len() as u32;
    let (erased, operation) = session
        .commit(Step::new(operations(kind).2), |recorder| {
            let mut erased = 0;
            for (at, id) in ids.iter().enumerate() {
                session.report(progress, at as u32, total)?;
                let located = table::get(recorder.db(), kind, *id)?;
                if located.record.is_deleted() {
                    erase_with_all(recorder, Place { kind, n: located.n, id: *id })?;
                    erased += 1;
                }
            }
            session.report(progress, total, total)?;
            Ok(erased)
        })
        .await?;
    let traces = if operation.is_some() { erasure::after_erasure(session).await } else { None };
    Ok(ErasureDone { operation, changed: erased, skipped: total - erased, traces })
}

/// A record in the trash as it is told at `now`: who deleted it, until when it rests.
fn trash_row(view: &View<'_>, seen: &SeenTime, now: i64, record: Trashed) -> Result<TrashRow, StoreError> {
    // What the device noticed and the journal tells of a record just found.
    let db = view.everything();
    let Trashed { id, name, deleted_at } = record;
    let erased_at = now.saturating_add(time_left::left(db, seen, id, deleted_at)?);
    let by = match journal::last_operation_on(db, id)? {
        Some(last) => view.name_of(RecordKind::Staff, last.operation.actor)?.unwrap_or_default(),
        None => String::new(),
    };
    Ok(TrashRow { id, name, deleted_at, by, erased_at })
}

fn set(
    recorder: &mut Recorder<'_>,
    place: Place,
    field: &liaison_domain::Field,
    value: Value,
) -> Result<(), StoreError> {
    let change = table::get(recorder.db(), place.kind, place.id)?.record.change(field, value);
    recorder.update(place.kind, place.n, place.id, change.as_slice())
}

/// Every record that refers to this one, also from the trash, with the field by which it does.
fn belonging(db: &Db<'_>, place: Place) -> Result<Vec<(Place, &'static liaison_domain::Field)>, StoreError> {
    let mut found = Vec::new();
    for (referring, field) in place.kind.referring() {
        for (n, id) in references::rows(db, referring, field, place.id, true)? {
            found.push((Place { kind: referring, n, id }, field));
        }
    }
    Ok(found)
}

/// Erases a record, what belongs to it, and what was merged into it; takes the reference away from what stays.
pub(crate) fn erase_with_all(recorder: &mut Recorder<'_>, place: Place) -> Result<(), StoreError> {
    for (other, field) in belonging(recorder.db(), place)? {
        let Some(located) = table::find(recorder.db(), other.kind, other.id)? else { continue };
        let same = liaison_domain::trash::erased_with_survivor(&located.record, field);
        if same || tie(&located.record, field) == Tie::GoesAlong {
            erase_with_all(recorder, other)?;
        } else {
            set(recorder, other, field, Value::Empty)?;
        }
    }
    // Also what somebody has typed about it and never saved.
    drafts::forget(recorder.db(), place.kind, place.id)?;
    recorder.erase(place.kind, place.n, place.id)
}
