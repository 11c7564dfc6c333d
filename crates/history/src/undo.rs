//! Taking back an operation, as one step, days or weeks later (B1).

mod addresses;
mod reasons;
mod sent;

use liaison_engine::caseload;
pub use reasons::UndoReason;

use addresses::Addresses;
use liaison_domain::field::DELETED_AT;
use liaison_domain::undo::{self, Conflict, ConflictReason, UndoMode, invert};
use liaison_domain::{
    Change, FieldChange, Id, Operation, OperationKind, Permission, Record, RecordKind, Value, note, saved_view,
};
use liaison_engine::error::CommandError;
use liaison_engine::names::Cell;
use liaison_engine::names::{Names, OperationRow};
use liaison_engine::progress::OnProgress;
use liaison_engine::session::Session;
use liaison_engine::step::Done;
use liaison_engine::step::Step;
use liaison_mailing::mail;
use liaison_queries::references;
use liaison_store::journal::{self, Logged};
use liaison_store::table::RowNumbers;
use liaison_store::{Db, StoreError, table};
use reasons::Reasons;
use serde::Serialize;
use specta::Type;
use std::collections::{HashMap, HashSet};

/// Most conflicts that a preview lists.
const CONFLICTS_SHOWN: usize = 200;

/// What taking an operation back would do.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct UndoPreview {
    /// The operation.
    pub operation: OperationRow,
    /// How many records it changed.
    pub records: u32,
    /// On how many of them something can be taken back.
    pub can_undo: u32,
    /// What somebody changed since, or stands in the way otherwise; at most 200 of them.
    pub conflicts: Vec<UndoConflict>,
    /// How many there are in all.
    pub conflicts_total: u32,
    /// The same in groups: what stands in the way of how many records, most first.
    pub reasons: Vec<UndoReason>,
    /// How many records that the operation brought into being stay because of it. They can go to the trash all the
    /// same: see [`UndoMode::TrashCreated`].
    pub created_kept: u32,
    /// The kind of those, where all are of one.
    pub created_kind: Option<RecordKind>,
    /// Whether records that were there before have values that somebody changed since, and that can be overwritten.
    pub can_overwrite: bool,
}

/// A value that can't be taken back just so.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct UndoConflict {
    /// The record.
    pub record: Id,
    /// Its kind.
    pub kind: RecordKind,
    /// Its name.
    pub name: String,
    /// Key of the field; none where it is about the whole record.
    pub field: Option<String>,
    /// The value the operation left.
    pub was: Cell,
    /// The value there is now.
    pub now: Cell,
    /// Who changed it since.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at: Option<i64>,
    /// Why.
    pub reason: ConflictReason,
}

/// Computes inverses. Records that nothing has touched since the operation need not be looked at: they are as the
/// operation left them. That makes taking back an import of a million as fast as the import.
struct Inverter<'d> {
    db: &'d Db<'d>,
    /// The operation.
    entry: Logged,
    /// What is taken back; of an undo, what that took back.
    kind: OperationKind,
    touched_since: HashSet<Id>,
    row_numbers: RowNumbers<'d>,
    addresses: Addresses,
    mode: UndoMode,
    now: i64,
    /// In a preview, which writes nothing: records as they would be by now. An operation may change one twice.
    foreseen: Option<HashMap<Id, Record>>,
}

struct Reversal {
    n: i64,
    fields: Vec<FieldChange>,
    conflicts: Vec<Conflict>,
}

impl<'d> Inverter<'d> {
    fn new(db: &'d Db<'d>, entry: &Logged, mode: UndoMode, now: i64) -> Result<Inverter<'d>, StoreError> {
        let mut touched_since = HashSet::new();
        for (record, kind) in journal::changed_since(db, entry)? {
            let Some(kind) = kind else { continue };
            touched_since.insert(record);
            // A note written since on a contact counts as a change of the contact, and so on. People are many, and what
            // they refer to, employers, is asked directly.
            if !matches!(kind, RecordKind::Contact | RecordKind::EmployerUser) {
                touched_since.extend(references::from(db, kind, record)?);
            }
        }
        Ok(Inverter {
            db,
            entry: entry.clone(),
            kind: root(db, entry.operation.clone())?.0,
            touched_since,
            row_numbers: RowNumbers::new(db),
            addresses: Addresses::of(entry),
            mode,
            now,
            foreseen: None,
        })
    }

    fn step(&mut self, change: &Change) -> Result<Reversal, StoreError> {
        if let Some(conflict) = sent::of(self.db, change)? {
            return Ok(Reversal { n: 0, fields: Vec::new(), conflicts: vec![conflict] });
        }
        let mut step = self.unchecked(change)?;
        sent::keep_moment(self.db, change, &mut step.fields)?;
        if let Some(taken) = self.addresses.taken(self.db, change, &step.fields)? {
            if is_merge(self.kind) && self.foreseen.is_none() {
                // Half a merge taken back would leave notes and tasks with somebody in the trash.
                return Err(taken.refusal().into());
            }
            step.fields.retain(|field| !taken.stays(field));
            step.conflicts.push(taken.conflict());
        }
        Ok(step)
    }

    /// What takes a change back, apart from what other records and messages have to say about it.
    fn unchecked(&mut self, change: &Change) -> Result<Reversal, StoreError> {
        let in_use = change.created
            && change.kind == RecordKind::Employer
            && references::any(self.db, RecordKind::Employer, change.record)?;
        if in_use {
            let conflict =
                Conflict { field: None, left: Value::Empty, now: Value::Empty, reason: ConflictReason::InUse };
            return Ok(Reversal { n: 0, fields: Vec::new(), conflicts: vec![conflict] });
        }
        if self.touched_since.contains(&change.record) {
            let located = table::find(self.db, change.kind, change.record)?;
            let (n, stored) = located.map_or((0, None), |located| (located.n, Some(located.record)));
            let foreseen = self.foreseen.as_ref().and_then(|foreseen| foreseen.get(&change.record));
            let mut current = foreseen.cloned().or(stored);
            let mut inverse = invert(self.kind, change, current.as_ref(), self.mode, self.now);
            if change.created && !inverse.fields.is_empty() {
                self.keep_referred(change.kind, change.record, &mut inverse)?;
            }
            if let (Some(foreseen), Some(mut record)) = (&mut self.foreseen, current.take()) {
                record.apply(&inverse.fields);
                foreseen.insert(change.record, record);
            }
            return Ok(Reversal { n, fields: inverse.fields, conflicts: inverse.conflicts });
        }
        let Some(n) = self.row_numbers.of(change.kind, change.record)? else {
            return Ok(Reversal {
                n: 0,
                fields: Vec::new(),
                conflicts: invert(self.kind, change, None, self.mode, self.now).conflicts,
            });
        };
        let fields = if change.created {
            vec![FieldChange { field: DELETED_AT.number, before: Value::Empty, after: Value::Moment(self.now) }]
        } else {
            let back = |field: &FieldChange| FieldChange {
                field: field.field,
                before: field.after.clone(),
                after: field.before.clone(),
            };
            change.fields.iter().filter(|field| field.before != field.after).map(back).collect()
        };
        Ok(Reversal { n, fields, conflicts: Vec::new() })
    }

    /// A record that others made or changed since refer to stays, unless asked otherwise. What came with it goes with it.
    fn keep_referred(
        &self,
        kind: RecordKind,
        id: Id,
        inverse: &mut liaison_domain::undo::Inverse,
    ) -> Result<(), StoreError> {
        let since = references::changed_since(self.db, kind, id, &self.entry)?;
        if since > 0 {
            inverse.conflicts.push(Conflict {
                field: None,
                left: Value::Empty,
                now: Value::Number(i64::from(since)),
                reason: ConflictReason::InUse,
            });
            if self.mode == UndoMode::KeepLaterChanges {
                inverse.fields.clear();
            }
        }
        Ok(())
    }
}

/// Refuses what the actor may not take back, and what nobody takes back: the set-up, and what the hub refused.
async fn permit_undo(session: &Session, operation: Id) -> Result<(), CommandError> {
    session.actor().require(Permission::Undo)?;
    let about = session.read(|view| {
        // What an operation did is the journal's.
        let db = view.everything();
        let entry = journal::operation(db, operation)?;
        let kinds = journal::kinds(db, &entry)?;
        Ok((root(db, entry.operation)?, kinds, entry.refused))
    });
    let ((kind, detail), kinds, refused) = about.await?;
    undo::permit(&session.actor(), kind, &detail)?;
    undo::permit_kinds(&session.actor(), kind, kinds)?;
    // What the hub refused counts for nothing already.
    if refused || matches!(kind, OperationKind::InstitutionSetup) {
        return Err(CommandError::not_found("operation that can be taken back"));
    }
    permit_cases(session, operation).await?;
    // Whoever may not share views may not share one again by taking a step back.
    let views = session.read(|view| {
        // As before; views are hidden by a rule of their own.
        let db = view.everything();
        let entry = journal::operation(db, operation)?;
        if main_kind(&entry) != RecordKind::SavedView {
            return Ok(());
        }
        journal::each_change_backwards(db, &entry, |change| {
            let now = table::get(db, change.kind, change.record)?.record;
            let mut before = now.clone();
            if !change.created {
                change.fields.iter().for_each(|field| before.set_numbered(field.field, field.before.clone()));
            }
            Ok(saved_view::permit(&session.actor(), &[&now, &before])?)
        })
    });
    Ok(views.await?)
}

/// Who does not manage users takes back only what was done about their own cases.
async fn permit_cases(session: &Session, operation: Id) -> Result<(), CommandError> {
    let actor = session.actor();
    if actor.may(Permission::ManageUsers) {
        return Ok(());
    }
    let permitted = session.read(|view| {
        // Students are hidden from nobody; what is about contacts is asked elsewhere.
        let db = view.everything();
        let entry = journal::operation(db, operation)?;
        let kind = root(db, entry.operation.clone())?.0;
        // Whose cases somebody are is decided by another permission, whoever has them.
        if kind == OperationKind::StudentsAssign {
            return Ok(());
        }
        let by_hand = matches!(
            kind,
            OperationKind::NotesCreate
                | OperationKind::NotesEdit
                | OperationKind::NotesDelete
                | OperationKind::RecordsCreate
                | OperationKind::RecordsEdit
                | OperationKind::RecordsDelete
                | OperationKind::RecordsRestore
        );
        journal::each_change_backwards(db, &entry, |change| {
            if change.kind != RecordKind::Student && liaison_domain::caseload::about(change.kind).is_none() {
                return Ok(());
            }
            let Some(now) = table::find(db, change.kind, change.record)? else { return Ok(()) };
            let student = liaison_domain::caseload::student_of(&now.record);
            let is_activity = matches!(change.kind, RecordKind::Note | RecordKind::Task | RecordKind::Meeting);
            if is_activity && (by_hand || student.is_some()) {
                return caseload::permit_activity(db, &actor, &now.record);
            }
            match student {
                Some(student) => caseload::permit_student(db, &actor, student),
                None => Ok(()),
            }
        })
    });
    Ok(permitted.await?)
}

/// What taking an operation back would do, with who changed what since.
pub async fn undo_preview(session: &Session, operation: Id) -> Result<UndoPreview, CommandError> {
    permit_undo(session, operation).await?;
    let now = session.now() as i64;
    let preview = session.read(|view| {
        // An operation is taken back whole, whoever does it; names are withheld by `Names`.
        let db = view.everything();
        let entry = journal::operation(db, operation)?;
        let mut names = Names::new(view);
        let mut preview = UndoPreview {
            operation: names.operation(&entry)?,
            records: entry.records,
            can_undo: 0,
            conflicts: Vec::new(),
            conflicts_total: 0,
            reasons: Vec::new(),
            created_kept: 0,
            created_kind: None,
            can_overwrite: false,
        };
        let (mut reasons, mut created) = (Reasons::default(), Vec::new());
        let main = main_kind(&entry);
        let mut inverter = Inverter::new(db, &entry, UndoMode::KeepLaterChanges, now)?;
        inverter.foreseen = Some(HashMap::new());
        let mut half_a_merge = false;
        journal::each_change_backwards(db, &entry, |change| {
            let created_employer =
                change.created && change.kind == RecordKind::Employer && main != RecordKind::Employer;
            if created_employer {
                // Whether it is still in use shows only once its contacts of this operation are gone.
                return Ok(());
            }
            let step = inverter.step(&change)?;
            preview.can_undo += u32::from(!step.fields.is_empty() && change.kind == main);
            preview.conflicts_total += step.conflicts.len() as u32;
            half_a_merge |= is_merge(inverter.kind)
                && step.conflicts.iter().any(|conflict| conflict.reason == ConflictReason::AddressTaken);
            let stays = change.created && step.fields.is_empty() && !step.conflicts.is_empty();
            if stays && step.conflicts.iter().all(Conflict::is_of_time) {
                created.push(change.kind);
            }
            preview.can_overwrite |= !change.created
                && step.conflicts.iter().any(|conflict| conflict.reason == ConflictReason::ChangedSince);
            for conflict in &step.conflicts {
                let since = changed_since(db, &entry, &change, conflict)?;
                reasons.add(&change, conflict, since.as_ref());
                if preview.conflicts.len() < CONFLICTS_SHOWN {
                    preview.conflicts.push(describe(db, &mut names, since.as_ref(), &change, conflict)?);
                }
            }
            Ok(())
        })?;
        preview.reasons = reasons.told(&mut names)?;
        preview.created_kept = created.len() as u32;
        preview.created_kind = created.first().copied().filter(|first| created.iter().all(|kind| kind == first));
        if half_a_merge {
            preview.can_undo = 0;
        }
        Ok(preview)
    });
    Ok(preview.await?)
}

/// Takes an operation back, as one new operation. An undo can be taken back the same way.
pub async fn undo(
    session: &Session,
    operation: Id,
    mode: UndoMode,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    permit_undo(session, operation).await?;
    session.begin_long_work();
    let now = session.now() as i64;
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    let ((), recorded) = session
        .commit(Step::new(OperationKind::Undo).undoes(operation), |recorder| {
            let db = recorder.db();
            let entry = journal::operation(db, operation)?;
            let mut inverter = Inverter::new(db, &entry, mode, now)?;
            let (total, main) = (entry.changes as u32, main_kind(&entry));
            let mut at = 0;
            journal::each_change_backwards(db, &entry, |change| {
                session.report(progress, at, total)?;
                at += 1;
                let step = inverter.step(&change)?;
                // Counted as the preview counts: an import's new employers are no contacts.
                match change.kind {
                    kind if kind == main && step.fields.is_empty() => done.skipped += 1,
                    kind if kind == main => done.changed += 1,
                    RecordKind::EmployerUser if !step.fields.is_empty() => done.users += 1,
                    _ => {}
                }
                sent::call_back(db, &change, &step.fields, now)?;
                recorder.update(change.kind, step.n, change.record, &step.fields)
            })?;
            session.report(progress, total, total)
        })
        .await?;
    done.operation = recorded;
    mail::outbox_filled(session);
    Ok(done)
}

/// Whether the operation joined records: it is taken back wholly, or not at all.
fn is_merge(kind: OperationKind) -> bool {
    matches!(kind, OperationKind::ContactsMerge | OperationKind::ContactsApproveInto)
}

/// Kind and detail of an operation; of an undo, of what it took back: taking back an undo does that again.
///
/// Errors: `TooNew` where only a newer version knows the kind.
fn root(db: &Db<'_>, mut operation: Operation) -> Result<(OperationKind, String), StoreError> {
    while let Some(undone) = operation.undoes {
        operation = journal::operation(db, undone)?.operation;
    }
    Ok((operation.kind.known().ok_or(StoreError::TooNew)?, operation.detail))
}

/// What an operation counts: contacts, or whatever it is about.
fn main_kind(entry: &Logged) -> RecordKind {
    entry.main.unwrap_or(RecordKind::Contact)
}

/// The operation since that stands in the way, where one does.
fn changed_since(
    db: &Db<'_>,
    entry: &Logged,
    change: &Change,
    conflict: &Conflict,
) -> Result<Option<Logged>, StoreError> {
    match (change.kind, conflict.reason) {
        (kind, ConflictReason::InUse) => references::last_change(db, kind, change.record, entry),
        _ => journal::last_change_of(db, change.record, conflict.field, entry),
    }
}

fn describe(
    db: &Db<'_>,
    names: &mut Names<'_>,
    since: Option<&Logged>,
    change: &Change,
    conflict: &Conflict,
) -> Result<UndoConflict, StoreError> {
    let field = conflict.field.and_then(|number| db.registry().numbered(change.kind, number));
    let withheld = names.withholds(change.kind, change.record, field)?;
    let nothing = Value::Empty;
    let shown = |value| if withheld { &nothing } else { value };
    let by = match since {
        Some(since) => names.actor(since.operation.actor)?,
        None => String::new(),
    };
    // A note is called by whom it is about.
    let about = |field: &liaison_domain::Field| {
        change.fields.iter().find(|change| change.field == field.number).and_then(|change| change.after.as_reference())
    };
    let name = match (change.kind, about(&note::CONTACT), about(&note::STUDENT)) {
        (RecordKind::Note, Some(contact), _) => names.of(RecordKind::Contact, contact)?,
        (RecordKind::Note, None, Some(student)) => names.of(RecordKind::Student, student)?,
        _ => names.of(change.kind, change.record)?,
    };
    Ok(UndoConflict {
        record: change.record,
        kind: change.kind,
        name: name.unwrap_or_default(),
        field: field.map(|field| field.key.to_owned()),
        was: names.cell(field, shown(&conflict.left))?,
        now: names.cell(field, shown(&conflict.now))?,
        by,
        at: since.map(|since| since.operation.told_at()),
        reason: conflict.reason,
    })
}
