//! Who works with a student or alum: the rule of [`liaison_domain::caseload`], with the student read for it.

use liaison_domain::caseload;
use liaison_domain::{Actor, Id, Permission, Record, RecordKind, Refusal};
use liaison_store::{Db, StoreError, table};

/// Refuses unless the actor may write records of this kind at all: about contacts, or about their own cases.
pub fn permit_kind(actor: &Actor, kind: RecordKind) -> Result<(), Refusal> {
    if caseload::about(kind).is_some() {
        actor.require_either(Permission::EditContacts, Permission::WorkCases)
    } else {
        actor.require(Permission::EditContacts)
    }
}

/// Refuses unless the actor may work with this student or alum. Students are hidden from nobody.
pub fn permit_student(db: &Db<'_>, actor: &Actor, student: Id) -> Result<(), StoreError> {
    Ok(caseload::permit(actor, &table::get(db, RecordKind::Student, student)?.record)?)
}

/// Refuses unless the actor may write this record, where it is a note, a task or a meeting.
pub fn permit_activity(db: &Db<'_>, actor: &Actor, record: &Record) -> Result<(), StoreError> {
    if !matches!(record.kind, RecordKind::Note | RecordKind::Task | RecordKind::Meeting) {
        return Ok(());
    }
    Ok(caseload::permit_activity(actor, record, student(db, record)?.as_ref())?)
}

/// Refuses unless the actor may say that this task is done.
pub fn permit_completion(db: &Db<'_>, actor: &Actor, task: &Record) -> Result<(), StoreError> {
    Ok(caseload::permit_completion(actor, task, student(db, task)?.as_ref())?)
}

/// The student or alum a record is about.
fn student(db: &Db<'_>, record: &Record) -> Result<Option<Record>, StoreError> {
    let Some(student) = caseload::student_of(record) else { return Ok(None) };
    Ok(table::find(db, RecordKind::Student, student)?.map(|located| located.record))
}
