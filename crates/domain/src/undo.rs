//! Taking an operation back, also weeks later: field by field, never over somebody's later change unasked (B1).

use crate::access::Actor;
use crate::field::{ATTRIBUTE_FIRST, DELETED_AT};
use crate::journal::{Change, FieldChange};
use crate::kind::RecordKind;
use crate::operation::OperationKind;
use crate::permission::Permission;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::value::Value;
use crate::{bulk, contact, employer};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What to do with values that somebody changed after the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum UndoMode {
    /// Leave them as they are; take back the rest.
    KeepLaterChanges,
    /// Put the old values back over them. The later values stay in the journal.
    OverwriteLaterChanges,
    /// Leave later changes of what was there before; what the operation brought into being goes to the trash, changed
    /// since or not.
    TrashCreated,
}

/// Why a part of an operation can't be taken back just so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ConflictReason {
    /// Somebody changed the value since.
    ChangedSince,
    /// The contact has been rejected since; its data is frozen (M27).
    Frozen,
    /// Other records that are still there refer to it.
    InUse,
    /// The record is no longer there, or its old value has been erased.
    Gone,
    /// The message went already; nobody calls it back.
    AlreadySent,
    /// Somebody else has the address by now.
    AddressTaken,
}

/// A part of an operation that can't be taken back just so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Number of the field; `None` where it is about the whole record.
    pub field: Option<u16>,
    /// The value the operation left.
    pub left: Value,
    /// The value there is now.
    pub now: Value,
    /// Why.
    pub reason: ConflictReason,
}

impl Conflict {
    /// Whether it is only that somebody did something since: whoever takes the operation back may decide that it goes
    /// all the same.
    pub fn is_of_time(&self) -> bool {
        matches!(self.reason, ConflictReason::ChangedSince | ConflictReason::InUse)
    }
}

/// What takes one change back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inverse {
    /// The changes to make now.
    pub fields: Vec<FieldChange>,
    /// What stands in the way of the others.
    pub conflicts: Vec<Conflict>,
}

/// Refuses unless the actor may take back an operation of this kind: whoever may not do something may not take it back
/// either, or undo would be a way round every other permission. For an undo, `kind` and `detail` are those of what it
/// took back.
pub fn permit(actor: &Actor, kind: OperationKind, detail: &str) -> Result<(), Refusal> {
    actor.require(Permission::Undo)?;
    match kind {
        OperationKind::ContactsApprove | OperationKind::ContactsReject => actor.require(Permission::ReviewContacts),
        OperationKind::ContactsApproveAndAssign | OperationKind::ContactsRejectAndRevoke => {
            actor.require(Permission::ReviewContacts)?;
            actor.require(Permission::ManageAccess)
        }
        OperationKind::ContactsImport | OperationKind::RecordsImport | OperationKind::SampleCreate => {
            actor.require(Permission::ImportContacts)
        }
        OperationKind::ContactsDelete
        | OperationKind::ContactsRestore
        | OperationKind::EmployersDelete
        | OperationKind::EmployersRestore => actor.require(Permission::DeleteContacts),
        OperationKind::ContactsErase | OperationKind::RecordsErase => actor.require(Permission::EraseContacts),
        OperationKind::ContactsMerge | OperationKind::ContactsKeepApart | OperationKind::EmployersMerge => {
            actor.require(Permission::MergeContacts)
        }
        OperationKind::ContactsApproveInto => {
            actor.require(Permission::MergeContacts)?;
            actor.require(Permission::ReviewContacts)
        }
        OperationKind::ContactsUpdate | OperationKind::EmployersUpdate => {
            if bulk::is_of_approval(detail) {
                actor.require(Permission::ReviewContacts)?;
            }
            actor.require(Permission::BulkUpdate)
        }
        OperationKind::ContactsArchive
        | OperationKind::ContactsRevive
        | OperationKind::ContactsPersonLeft
        | OperationKind::ContactsJobMove => {
            actor.require(Permission::EditContacts)?;
            // Their detail says in which way they archived, and whether they touched a user.
            for part in detail.split('+') {
                match part {
                    "reject" => actor.require(Permission::ReviewContacts)?,
                    "access" => actor.require(Permission::ManageAccess)?,
                    _ => {}
                }
            }
            Ok(())
        }
        OperationKind::LabelsRename => actor.require(Permission::ManageFields),
        OperationKind::UsersAccess | OperationKind::UsersRole | OperationKind::UsersErase => {
            actor.require(Permission::ManageAccess)
        }
        OperationKind::StudentsDeactivate | OperationKind::StudentsReactivate | OperationKind::StudentsUpdate => {
            actor.require(Permission::ManageUsers)
        }
        OperationKind::StudentsAssign => actor.require(Permission::AssignCases),
        OperationKind::RolesDelete => actor.require(Permission::ManageRoles),
        OperationKind::InvitationsSend => actor.require_either(Permission::ManageUsers, Permission::WorkCases),
        OperationKind::NotesCreate | OperationKind::NotesEdit | OperationKind::NotesDelete => {
            actor.require_either(Permission::EditContacts, Permission::WorkCases)
        }
        OperationKind::MailSend => actor.require(Permission::SendMail),
        OperationKind::PortalUnsubscribe | OperationKind::MailBounced => {
            actor.require_either(Permission::EditContacts, Permission::ManageUsers)
        }
        OperationKind::InstitutionEdit => actor.require(Permission::ManageSettings),
        OperationKind::StaffAccess => actor.require(Permission::ManageStaff),
        OperationKind::InstitutionSetup
        | OperationKind::ContactsCreate
        | OperationKind::ContactsEdit
        | OperationKind::EmployersCreate
        | OperationKind::EmployersEdit
        | OperationKind::ContactsAutoSync
        | OperationKind::EmployersPrimary
        | OperationKind::Undo => actor.require(Permission::EditContacts),
        // Which permission these need, the kinds of records decide (see `permit_kinds`).
        OperationKind::RecordsCreate
        | OperationKind::RecordsEdit
        | OperationKind::RecordsDelete
        | OperationKind::RecordsRestore => Ok(()),
        // They changed nothing, so that undoing them does nothing.
        event if event.is_event() => Ok(()),
        // What is not decided here is not taken back.
        _ => Err(Refusal::Denied(Permission::Undo)),
    }
}

/// Refuses unless the actor may change records of these kinds: an operation may have touched others than its kind says,
/// for example "Person left" the access of a user.
pub fn permit_kinds(
    actor: &Actor,
    operation: OperationKind,
    kinds: impl IntoIterator<Item = RecordKind>,
) -> Result<(), Refusal> {
    let general = matches!(
        operation,
        OperationKind::RecordsCreate
            | OperationKind::RecordsEdit
            | OperationKind::RecordsDelete
            | OperationKind::RecordsRestore
    );
    let works_cases = actor.may(Permission::WorkCases);
    for kind in kinds {
        actor.require(match kind {
            RecordKind::EmployerUser => Permission::ManageAccess,
            RecordKind::Role => Permission::ManageRoles,
            RecordKind::Staff | RecordKind::StaffRole => Permission::ManageStaff,
            // Whose case a student is may be decided by somebody who changes nothing else about students.
            RecordKind::Student if operation == OperationKind::StudentsAssign => Permission::AssignCases,
            // Whose cases these are about, the caller asks (see `caseload::permit`).
            RecordKind::Student if operation == OperationKind::InvitationsSend && works_cases => Permission::WorkCases,
            RecordKind::Invitation | RecordKind::OnboardingAnswer if works_cases => Permission::WorkCases,
            RecordKind::Task | RecordKind::Meeting if general && works_cases => Permission::WorkCases,
            RecordKind::Student | RecordKind::UserGroup | RecordKind::Invitation | RecordKind::OnboardingAnswer => {
                Permission::ManageUsers
            }
            RecordKind::Institution | RecordKind::MailTemplate | RecordKind::OnboardingQuestion => {
                Permission::ManageSettings
            }
            RecordKind::Attribute | RecordKind::Label => Permission::ManageFields,
            _ if general => Permission::EditContacts,
            _ => Permission::Undo,
        })?;
    }
    Ok(())
}

/// Computes what takes `change` of an operation of this kind back, given the record as it is now (`None` where there is none), at `now`
/// (milliseconds since 1970).
///
/// A record that the operation created goes to the trash, unless somebody has changed it since: then it stays, and
/// the fields that differ are the conflicts. `now` is the time of that deletion. For an undo, `kind` is that of what it
/// took back.
pub fn invert(kind: OperationKind, change: &Change, current: Option<&Record>, mode: UndoMode, now: i64) -> Inverse {
    let Some(current) = current else {
        let conflict = Conflict { field: None, left: Value::Empty, now: Value::Empty, reason: ConflictReason::Gone };
        return Inverse { fields: Vec::new(), conflicts: vec![conflict] };
    };
    let mut inverse = Inverse::default();
    if change.created {
        if current.is_deleted() {
            return inverse;
        }
        inverse.conflicts = edited_since(change, current);
        if inverse.conflicts.is_empty() || mode != UndoMode::KeepLaterChanges {
            inverse.fields.push(FieldChange {
                field: DELETED_AT.number,
                before: Value::Empty,
                after: Value::Moment(now),
            });
        }
        return inverse;
    }
    // The approval status itself can always be put back; that is how frozen data thaws.
    let decides_approval = change.fields.iter().any(|field| field.field == contact::APPROVAL.number);
    // Which record stands for an employer is no data of its contacts: merging employers takes the frozen ones along.
    let frozen = current.kind == RecordKind::Contact
        && current.text(&contact::APPROVAL) == contact::REJECTED
        && !decides_approval
        && kind != OperationKind::EmployersMerge;
    for field in &change.fields {
        let Some(value) = current.numbered(field.field) else {
            continue;
        };
        if *value == field.before {
            continue;
        }
        if is_merged_into(current.kind, field.field) {
            // Where an old link leads is nobody's edit; a record that is there leads nowhere.
            let deletion = inverse.fields.iter().find(|field| field.field == DELETED_AT.number);
            let deleted = deletion.map_or(current.is_deleted(), |deletion| !deletion.after.is_empty());
            if deleted || field.before.is_empty() {
                let (before, after) = (value.clone(), field.before.clone());
                inverse.fields.push(FieldChange { field: field.field, before, after });
            }
            continue;
        }
        // Lying in the trash or not is no part of the data that is frozen.
        let frozen = frozen && field.field != DELETED_AT.number;
        let conflict =
            |reason| Conflict { field: Some(field.field), left: field.after.clone(), now: value.clone(), reason };
        if frozen {
            inverse.conflicts.push(conflict(ConflictReason::Frozen));
            continue;
        }
        if *value != field.after {
            inverse.conflicts.push(conflict(ConflictReason::ChangedSince));
            if mode != UndoMode::OverwriteLaterChanges {
                continue;
            }
        }
        inverse.fields.push(FieldChange { field: field.field, before: value.clone(), after: field.before.clone() });
    }
    inverse
}

/// Whether the field says what a record was merged into.
fn is_merged_into(kind: RecordKind, field: u16) -> bool {
    match kind {
        RecordKind::Contact => field == contact::MERGED_INTO.number,
        RecordKind::Employer => field == employer::MERGED_INTO.number,
        _ => false,
    }
}

/// The fields of a created record that no longer hold what they were created with.
fn edited_since(change: &Change, current: &Record) -> Vec<Conflict> {
    let created =
        |number: u16| change.fields.iter().find(|f| f.field == number).map(|f| &f.after).unwrap_or(&Value::Empty);
    let declared = current.kind.fields().iter().map(|field| field.number);
    let of_change = change.fields.iter().map(|field| field.field).filter(|number| *number >= ATTRIBUTE_FIRST);
    let since = current.attributes().map(|(number, _)| number).filter(|number| created(*number).is_empty());
    declared
        .chain(of_change)
        .chain(since)
        .filter(|number| *number != DELETED_AT.number)
        .filter_map(|number| Some((number, current.numbered(number)?)))
        .filter(|(number, now)| *now != created(*number))
        .map(|(number, now)| Conflict {
            field: Some(number),
            left: created(number).clone(),
            now: now.clone(),
            reason: ConflictReason::ChangedSince,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::permission::StaffRole;
    use proptest::prelude::*;

    fn record(values: &[(usize, String)]) -> Record {
        let mut record = Record::blank(RecordKind::Contact, Id::from_parts(1, [1; 10]));
        record.set(&contact::APPROVAL, contact::APPROVED);
        for (index, text) in values {
            record.values[*index] = Value::text(text.clone());
        }
        record
    }

    /// Text fields of a contact, by index.
    fn edits() -> impl Strategy<Value = Vec<(usize, String)>> {
        prop::collection::vec((2usize..9, "[a-c]{0,2}"), 0..6)
    }

    fn edit(record: &mut Record, edits: &[(usize, String)]) -> Change {
        let mut fields: Vec<FieldChange> = Vec::new();
        for (index, text) in edits {
            let number = *index as u16 + 1;
            let after = Value::text(text.clone());
            let before = record.values[*index].clone();
            if before != after && !fields.iter().any(|f| f.field == number) {
                fields.push(FieldChange { field: number, before, after });
            }
        }
        record.apply(&fields);
        Change { kind: RecordKind::Contact, record: record.id, created: false, fields }
    }

    #[test]
    fn for_every_kind_it_is_decided_who_may_take_it_back() {
        let id = Id::from_parts(1, [1; 10]);
        let administrator = Actor::with_role(id, StaffRole::Administrator);
        let viewer = Actor::with_role(id, StaffRole::Viewer);
        for kind in OperationKind::ALL {
            // What somebody did in the portal is theirs; but staff answer for whom they write to.
            let is_theirs = kind.key().starts_with("portal.") && kind != OperationKind::PortalUnsubscribe;
            assert_eq!(permit(&administrator, kind, "").is_err(), is_theirs, "{kind:?}");
            assert!(permit(&viewer, kind, "").is_err(), "{kind:?}");
        }
    }

    proptest! {
        /// Undo right after the operation is the identity.
        #[test]
        fn undo_is_the_identity(start in edits(), change in edits()) {
            let before = record(&start);
            let mut now = before.clone();
            let change = edit(&mut now, &change);
            let inverse = invert(OperationKind::ContactsEdit, &change, Some(&now), UndoMode::KeepLaterChanges, 9);
            prop_assert!(inverse.conflicts.is_empty());
            now.apply(&inverse.fields);
            prop_assert_eq!(now, before);
        }

        /// Any chain of operations, taken back in reverse, is the identity.
        #[test]
        fn undoing_a_chain_in_reverse_is_the_identity(start in edits(), chain in prop::collection::vec(edits(), 0..6)) {
            let before = record(&start);
            let mut now = before.clone();
            let changes: Vec<Change> = chain.iter().map(|edits| edit(&mut now, edits)).collect();
            for change in changes.iter().rev() {
                let inverse = invert(OperationKind::ContactsEdit, change, Some(&now), UndoMode::KeepLaterChanges, 9);
                prop_assert!(inverse.conflicts.is_empty());
                now.apply(&inverse.fields);
            }
            prop_assert_eq!(now, before);
        }

        /// Taking back the undo brings back what the operation did.
        #[test]
        fn redo_is_undoing_the_undo(start in edits(), change in edits()) {
            let mut now = record(&start);
            let change = edit(&mut now, &change);
            let after = now.clone();
            let undo = invert(OperationKind::ContactsEdit, &change, Some(&now), UndoMode::KeepLaterChanges, 9);
            now.apply(&undo.fields);
            let undone = Change { fields: undo.fields, ..change };
            let redo = invert(OperationKind::ContactsEdit, &undone, Some(&now), UndoMode::KeepLaterChanges, 9);
            now.apply(&redo.fields);
            prop_assert_eq!(now, after);
        }

        /// A value somebody changed since is kept unless asked otherwise, and always reported.
        #[test]
        fn later_changes_are_kept_and_reported(start in edits(), change in edits(), later in edits()) {
            let mut now = record(&start);
            let change = edit(&mut now, &change);
            edit(&mut now, &later);
            let inverse = invert(OperationKind::ContactsEdit, &change, Some(&now), UndoMode::KeepLaterChanges, 9);
            for field in &change.fields {
                let value = &now.values[usize::from(field.field) - 1];
                let conflict = inverse.conflicts.iter().any(|c| c.field == Some(field.field));
                let taken_back = inverse.fields.iter().any(|f| f.field == field.field);
                prop_assert_eq!(conflict, *value != field.after && *value != field.before);
                prop_assert_eq!(taken_back, *value == field.after && *value != field.before);
            }
            let mut forced = now.clone();
            forced.apply(&invert(OperationKind::ContactsEdit, &change, Some(&now), UndoMode::OverwriteLaterChanges, 9).fields);
            for field in &change.fields {
                prop_assert_eq!(&forced.values[usize::from(field.field) - 1], &field.before);
            }
        }
    }

    #[test]
    fn a_created_record_goes_to_the_trash_unless_it_was_edited() {
        let mut now = record(&[(3, "Dana".into())]);
        let change = Change { kind: RecordKind::Contact, record: now.id, created: true, fields: now.creation() };
        let inverse = invert(OperationKind::ContactsEdit, &change, Some(&now), UndoMode::KeepLaterChanges, 77);
        assert_eq!(inverse.fields, [FieldChange { field: 1, before: Value::Empty, after: Value::Moment(77) }]);
        now.set(&contact::TITLE, "Recruiter");
        let inverse = invert(OperationKind::ContactsEdit, &change, Some(&now), UndoMode::KeepLaterChanges, 77);
        assert!(inverse.fields.is_empty());
        assert_eq!(inverse.conflicts[0].field, Some(contact::TITLE.number));
        assert_eq!(
            invert(OperationKind::ContactsEdit, &change, Some(&now), UndoMode::OverwriteLaterChanges, 77).fields.len(),
            1
        );
    }

    #[test]
    fn what_was_created_can_go_to_the_trash_while_later_changes_of_others_stay() {
        let mut created = record(&[(3, "Dana".into())]);
        let creation =
            Change { kind: RecordKind::Contact, record: created.id, created: true, fields: created.creation() };
        created.set(&contact::TITLE, "Recruiter");
        let trashed = invert(OperationKind::ContactsImport, &creation, Some(&created), UndoMode::TrashCreated, 77);
        assert_eq!(trashed.fields, [FieldChange { field: 1, before: Value::Empty, after: Value::Moment(77) }]);
        let mut there = record(&[(3, "Dana".into())]);
        let change = edit(&mut there, &[(3, "Bo".into())]);
        edit(&mut there, &[(3, "Cy".into())]);
        let kept = invert(OperationKind::ContactsImport, &change, Some(&there), UndoMode::TrashCreated, 77);
        assert!(kept.fields.is_empty(), "somebody changed it since");
    }

    #[test]
    fn frozen_data_stays_frozen_but_the_rejection_can_be_taken_back() {
        let mut now = record(&[]);
        let edited = edit(&mut now, &[(3, "Dana".into())]);
        let approved = Value::from(contact::APPROVED);
        let rejected =
            FieldChange { field: contact::APPROVAL.number, before: approved, after: contact::REJECTED.into() };
        now.apply(std::slice::from_ref(&rejected));
        let inverse = invert(OperationKind::ContactsEdit, &edited, Some(&now), UndoMode::OverwriteLaterChanges, 9);
        assert_eq!(inverse.conflicts[0].reason, ConflictReason::Frozen);
        assert!(inverse.fields.is_empty());
        let rejection = Change { fields: vec![rejected], ..edited };
        assert_eq!(
            invert(OperationKind::ContactsEdit, &rejection, Some(&now), UndoMode::KeepLaterChanges, 9).fields.len(),
            1
        );
    }
}
