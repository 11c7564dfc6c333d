use super::*;
use crate::document::Clock;
use liaison_domain::journal::{SALT_LENGTH, pack};
use liaison_domain::replication::{LinkedChange, Stamp};
use liaison_domain::{FieldChange, Head, Hlc, Operation};

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), [n; 10])
}

const ADA: u8 = 1;
const BOB: u8 = 2;

fn change(kind: RecordKind, record: u8, created: bool, fields: &[(&Field, Value)]) -> LinkedChange {
    let fields: Vec<FieldChange> = fields
        .iter()
        .map(|(field, after)| FieldChange { field: field.number, before: Value::Empty, after: after.clone() })
        .collect();
    let mut packed = Vec::new();
    let each = fields.iter().map(|change| (change.field, &change.before, &change.after));
    pack(&mut packed, &[7; SALT_LENGTH], created, fields.len(), each);
    LinkedChange::of(kind.into(), id(record), packed)
}

fn operation(actor: u8, kind: OperationKind, changes: Vec<LinkedChange>) -> LinkedOperation {
    let head = Head::V2 { wall: 1, seen: 0 };
    let operation = Operation {
        id: id(90),
        time: Hlc(5),
        actor: id(actor),
        device: id(80),
        kind: kind.into(),
        detail: String::new(),
        undoes: None,
        head,
    };
    LinkedOperation { operation, sequence: 1, chain: [0; 32], changes }
}

/// Ada runs the desk, Bob has these permissions; there are a contact (10), at an employer (11), and its note (12).
fn documents(bobs: &[Permission]) -> Documents {
    let mut documents = Documents::default();
    let keys = Value::List(bobs.iter().map(|permission| permission.key().to_owned()).collect());
    let all = operation(
        ADA,
        OperationKind::InstitutionSetup,
        vec![
            change(RecordKind::Staff, ADA, true, &[(&organization::STAFF_ROLE, "administrator".into())]),
            change(RecordKind::StaffRole, 5, true, &[(&staff_role::PERMISSIONS, keys)]),
            change(RecordKind::Staff, BOB, true, &[(&organization::STAFF_OWN_ROLE, Value::Reference(id(5)))]),
            change(RecordKind::Employer, 11, true, &[(&employer::NAME, "Acme".into())]),
            change(RecordKind::Contact, 10, true, &[(&contact::EMPLOYER, Value::Reference(id(11)))]),
            change(RecordKind::Note, 12, true, &[(&liaison_domain::note::CONTACT, Value::Reference(id(10)))]),
        ],
    );
    documents.take(&all, Clock { stamp: Stamp { time: Hlc(1), device: id(80) }, place: 3 });
    documents
}

fn asked_of_bob(bobs: &[Permission], kind: OperationKind, changes: Vec<LinkedChange>) -> Result<(), Denied> {
    permit(&operation(BOB, kind, changes), &documents(bobs), None)
}

fn lacks(permission: Permission) -> Result<(), Denied> {
    Err(Denied::Lacks(permission))
}

#[test]
fn who_is_gone_changes_nothing_and_may_say_that_something_happened() {
    let edit = || vec![change(RecordKind::Contact, 10, false, &[(&contact::TITLE, "Dean".into())])];
    let mut documents = documents(&[Permission::EditContacts]);
    assert_eq!(permit(&operation(BOB, OperationKind::ContactsEdit, edit()), &documents, None), Ok(()));
    let nobody = permit(&operation(9, OperationKind::ContactsEdit, edit()), &documents, None);
    assert_eq!(nobody, Err(Denied::Nobody));
    let gone = change(RecordKind::Staff, BOB, false, &[(&organization::STAFF_DEACTIVATED_AT, Value::Moment(1))]);
    let gone = operation(ADA, OperationKind::StaffAccess, vec![gone]);
    documents.take(&gone, Clock { stamp: Stamp { time: Hlc(9), device: id(80) }, place: 4 });
    let denied = permit(&operation(BOB, OperationKind::ContactsEdit, edit()), &documents, None);
    assert_eq!(denied, Err(Denied::Nobody));
    assert_eq!(permit(&operation(BOB, OperationKind::SecurityLock, Vec::new()), &documents, None), Ok(()));
}

#[test]
fn a_name_hides_nothing_and_may_only_add() {
    use Permission::*;
    let approve = || vec![change(RecordKind::Contact, 10, false, &[(&contact::APPROVAL, "approved".into())])];
    let title = || vec![change(RecordKind::Contact, 10, false, &[(&contact::TITLE, "Dean".into())])];
    assert_eq!(asked_of_bob(&[EditContacts], OperationKind::NotesEdit, approve()), lacks(ReviewContacts));
    assert_eq!(asked_of_bob(&[ReviewContacts], OperationKind::ContactsEdit, title()), lacks(EditContacts));
    assert_eq!(asked_of_bob(&[EditContacts], OperationKind::ContactsUpdate, title()), lacks(BulkUpdate));
    assert_eq!(asked_of_bob(&[EditContacts], OperationKind::Undo, title()), lacks(Undo));
    assert_eq!(asked_of_bob(&[EditContacts, Undo], OperationKind::Undo, title()), Ok(()));
}

#[test]
fn what_follows_needs_what_it_follows_from() {
    use Permission::*;
    let gone = |kind, record| change(kind, record, false, &[(&DELETED_AT, Value::Moment(9))]);
    let with_note = || vec![gone(RecordKind::Note, 12), gone(RecordKind::Contact, 10)];
    assert_eq!(asked_of_bob(&[DeleteContacts], OperationKind::ContactsDelete, with_note()), Ok(()));
    let only_note = || vec![gone(RecordKind::Note, 12)];
    assert_eq!(asked_of_bob(&[DeleteContacts], OperationKind::ContactsDelete, only_note()), lacks(EditContacts));
    assert_eq!(asked_of_bob(&[EditContacts], OperationKind::NotesDelete, with_note()), lacks(DeleteContacts));
    // An account reaches the contact that follows it, and nothing else of the contact.
    let user =
        change(RecordKind::EmployerUser, 20, false, &[(&liaison_domain::employer_user::LAST_NAME, "Ray".into())]);
    let follows = change(RecordKind::Contact, 10, false, &[(&contact::LAST_NAME, "Ray".into())]);
    let more = change(RecordKind::Contact, 10, false, &[(&contact::DESCRIPTION, "Text".into())]);
    let edit = OperationKind::RecordsEdit;
    assert_eq!(asked_of_bob(&[ManageAccess], edit, vec![user.clone(), follows.clone()]), Ok(()));
    assert_eq!(asked_of_bob(&[ManageAccess], edit, vec![user, more]), lacks(EditContacts));
    assert_eq!(asked_of_bob(&[ManageAccess], edit, vec![follows]), lacks(EditContacts));
}

#[test]
fn who_made_a_record_may_take_that_back_and_delete_no_other() {
    use Permission::*;
    let gone = change(RecordKind::Contact, 10, false, &[(&DELETED_AT, Value::Moment(9))]);
    let undo = operation(BOB, OperationKind::Undo, vec![gone]);
    let documents = documents(&[EditContacts, Undo]);
    assert_eq!(permit(&undo, &documents, Some(3)), Ok(()), "it was made at place 3");
    assert_eq!(permit(&undo, &documents, Some(2)), lacks(DeleteContacts));
    assert_eq!(permit(&undo, &documents, None), lacks(DeleteContacts));
}

#[test]
fn ones_own_name_is_ones_own_and_a_role_is_not() {
    use Permission::*;
    let of =
        |person, field: &Field, value: &str| vec![change(RecordKind::Staff, person, false, &[(field, value.into())])];
    let edit = |changes| asked_of_bob(&[ViewContacts], OperationKind::RecordsEdit, changes);
    assert_eq!(edit(of(BOB, &organization::STAFF_LAST_NAME, "Moss")), Ok(()));
    assert_eq!(edit(of(ADA, &organization::STAFF_LAST_NAME, "Moss")), lacks(ManageStaff));
    assert_eq!(edit(of(BOB, &organization::STAFF_ROLE, "administrator")), lacks(ManageStaff));
    let role = change(RecordKind::StaffRole, 5, false, &[(&staff_role::PERMISSIONS, Value::List(vec!["undo".into()]))]);
    assert_eq!(edit(vec![role]), lacks(ManageStaff));
}

#[test]
fn what_the_owner_alone_sees_others_change_only_through_the_employer() {
    use Permission::*;
    let hide = change(RecordKind::Contact, 10, false, &[(&contact::VISIBILITY, contact::MYSELF.into())]);
    let hide = operation(ADA, OperationKind::ContactsEdit, vec![hide]);
    let city = || change(RecordKind::Contact, 10, false, &[(&contact::CITY, "Oslo".into())]);
    let at_employer = change(RecordKind::Employer, 11, false, &[(&employer::CITY, "Oslo".into())]);
    let of_bob = |bobs: &[Permission], changes| {
        let mut documents = documents(bobs);
        documents.take(&hide, Clock { stamp: Stamp { time: Hlc(9), device: id(80) }, place: 4 });
        permit(&operation(BOB, OperationKind::ContactsEdit, changes), &documents, None)
    };
    assert_eq!(of_bob(&[EditContacts], vec![city()]), lacks(SeePrivate));
    assert_eq!(of_bob(&[EditContacts, SeePrivate], vec![city()]), Ok(()));
    assert_eq!(of_bob(&[EditContacts], vec![at_employer, city()]), Ok(()));
}

#[test]
fn what_has_to_be_loaded_is_found_step_by_step() {
    let edit = operation(BOB, OperationKind::NotesEdit, vec![change(RecordKind::Note, 12, false, &[])]);
    let batch = std::slice::from_ref(&edit);
    let person = (RecordKind::Staff as u8, id(BOB));
    assert_eq!(asked(batch, &Documents::default()), HashSet::from([person]));
    assert_eq!(asked(batch, &documents(&[])), HashSet::from([person, (RecordKind::StaffRole as u8, id(5))]));
}
