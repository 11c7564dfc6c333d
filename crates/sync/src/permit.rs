//! What an operation may do by the rights its author has when it arrives at the hub: asked of what it changes, not of what
//! it calls itself. A name may only add what it needs: to change many at once, to import, to take back.
//!
//! What follows by rule from a change travels with it (history, AutoSync, primaries), so a change is permitted to whoever
//! may make it, or may make what it follows from in the same operation.

use crate::document::{Document, Documents, Key};
use liaison_domain::contact::MYSELF;
use liaison_domain::field::{ATTRIBUTE_FIRST, DELETED_AT};
use liaison_domain::refusal::Refusal;
use liaison_domain::replication::{Content, LinkedOperation};
use liaison_domain::{
    Actor, Field, FieldType, Id, OperationKind, Permission, Permissions, Record, RecordKind, StaffRole, Value,
    caseload, contact, employer, organization, saved_view, staff_role, student, viewer,
};
use std::collections::HashSet;

/// Why somebody may not do what an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// Nobody with the author's id works here, or no longer.
    Nobody,
    /// The author's role doesn't permit it; one permission that would.
    Lacks(Permission),
}

/// The author of an operation, with the rights the records give them; `None` where they don't work here.
pub fn author(documents: &Documents, staff: Id) -> Option<Actor> {
    let person = documents.get(RecordKind::Staff.into(), staff)?;
    let is_gone = !person.value(DELETED_AT.number).is_empty()
        || !person.value(organization::STAFF_DEACTIVATED_AT.number).is_empty();
    if is_gone {
        return None;
    }
    let built_in = StaffRole::from_key(person.value(organization::STAFF_ROLE.number).as_text());
    let own = person.value(organization::STAFF_OWN_ROLE.number).as_reference();
    let own = own.and_then(|role| documents.get(RecordKind::StaffRole.into(), role));
    let own = own.filter(|role| role.value(DELETED_AT.number).is_empty());
    Some(match own.map(|role| role.value(staff_role::PERMISSIONS.number)) {
        Some(Value::List(keys)) => {
            Actor { staff, permissions: Permissions::from_keys(keys.iter().map(String::as_str)) }
        }
        _ => Actor::with_role(staff, built_in),
    })
}

/// The records whose values the rights to a batch depend on, as far as they can be told from these documents: what is
/// loaded because of it may name more.
pub fn asked(batch: &[LinkedOperation], documents: &Documents) -> HashSet<Key> {
    let mut keys = HashSet::new();
    let mut role_of = |value: &Value| value.as_reference().map(|role| keys.insert((RecordKind::StaffRole as u8, role)));
    let people = batch.iter().map(|operation| operation.operation.actor);
    for person in people.clone().filter_map(|person| documents.get(RecordKind::Staff.into(), person)) {
        role_of(person.value(organization::STAFF_OWN_ROLE.number));
    }
    let mut about = Vec::new();
    for operation in batch {
        for change in &operation.changes {
            let Some(kind) = change.kind.known() else { continue };
            let of =
                if kind == RecordKind::Staff { Some(&organization::STAFF_OWN_ROLE) } else { caseload::about(kind) };
            let Some(field) = of else { continue };
            let mut note = |value: &Value| match kind {
                RecordKind::Staff => drop(role_of(value)),
                _ => about.extend(value.as_reference()),
            };
            if let Some(document) = documents.get(change.kind, change.record) {
                note(document.value(field.number));
            }
            if let Content::Fields { fields, .. } = change.content(operation.operation.kind) {
                fields.iter().filter(|change| change.field == field.number).for_each(|change| note(&change.after));
            }
        }
    }
    keys.extend(people.map(|person| (RecordKind::Staff as u8, person)));
    keys.extend(about.into_iter().map(|student| (RecordKind::Student as u8, student)));
    keys
}

/// Refuses what the author of an operation may not do by the rights that `documents` give. `taken_back` is the place of
/// the operation that it takes back in the end, through what was taken back again.
pub fn permit(operation: &LinkedOperation, documents: &Documents, taken_back: Option<u64>) -> Result<(), Denied> {
    if operation.changes.is_empty() {
        // It says what happened and changes nothing.
        return Ok(());
    }
    permit_as(author(documents, operation.operation.actor).ok_or(Denied::Nobody)?, operation, documents, taken_back)
}

/// As [`permit`], for an author with these rights.
pub fn permit_as(
    author: Actor,
    operation: &LinkedOperation,
    documents: &Documents,
    taken_back: Option<u64>,
) -> Result<(), Denied> {
    let kind = operation.operation.kind;
    for permission in kind.known().map(by_name).unwrap_or_default() {
        require(&author, &[*permission])?;
    }
    let changes: Vec<(RecordKind, Id, Content)> = operation
        .changes
        .iter()
        .filter_map(|change| Some((change.kind.known()?, change.record, change.content(kind))))
        .collect();
    let arrival = Arrival { author, documents, causes: Causes::of(kind.known(), &changes), taken_back };
    changes.iter().try_for_each(|(kind, record, content)| match content {
        Content::Fields { created, fields } => {
            let numbers: Vec<u16> = fields.iter().map(|field| field.field).collect();
            let change = Asked { kind: *kind, record: *record, created: *created, fields: &numbers, content };
            arrival.permit(&change)
        }
        Content::Erasure => arrival.permit_erasure(*kind),
        // What nobody can read changes nothing that is known here.
        Content::Gone | Content::Unreadable(_) => Ok(()),
    })
}

/// What an operation needs for what it calls itself, whatever it changes.
fn by_name(kind: OperationKind) -> &'static [Permission] {
    match kind {
        OperationKind::Undo => &[Permission::Undo],
        OperationKind::ContactsImport | OperationKind::RecordsImport | OperationKind::SampleCreate => {
            &[Permission::ImportContacts]
        }
        OperationKind::ContactsUpdate | OperationKind::EmployersUpdate | OperationKind::StudentsUpdate => {
            &[Permission::BulkUpdate]
        }
        OperationKind::ContactsApproveInto => &[Permission::MergeContacts, Permission::ReviewContacts],
        OperationKind::LabelsRename => &[Permission::ManageFields],
        OperationKind::MailSend => &[Permission::SendMail],
        _ => &[],
    }
}

/// Refuses whoever has none of these permissions; the first is what is said to be missing.
fn require(author: &Actor, any_of: &[Permission]) -> Result<(), Denied> {
    match any_of.first() {
        Some(first) if !any_of.iter().any(|permission| author.may(*permission)) => Err(Denied::Lacks(*first)),
        _ => Ok(()),
    }
}

/// An operation under question.
struct Arrival<'a> {
    author: Actor,
    documents: &'a Documents,
    causes: Causes,
    taken_back: Option<u64>,
}

/// One change of it.
struct Asked<'a> {
    kind: RecordKind,
    record: Id,
    created: bool,
    fields: &'a [u16],
    content: &'a Content,
}

/// What an operation does from which other changes follow.
#[derive(Clone, Copy, Debug, Default)]
struct Causes {
    /// Records become one, or are two again.
    merges: bool,
    /// Contacts or employers go to the trash, or come out of it.
    deletes: bool,
    /// So do students or alumni.
    deletes_students: bool,
    /// Records are erased for good.
    erases: bool,
    /// Contacts are approved or rejected.
    reviews: bool,
    /// Accounts of employer users change.
    users: bool,
    /// Employers change.
    employers: bool,
    /// Attributes or labels change, everywhere they are used.
    fields: bool,
}

impl Causes {
    fn of(kind: Option<OperationKind>, changes: &[(RecordKind, Id, Content)]) -> Causes {
        let mut causes = Causes { fields: kind == Some(OperationKind::LabelsRename), ..Causes::default() };
        for (kind, _, content) in changes {
            let (created, fields) = match content {
                Content::Fields { created, fields } => (*created, fields),
                Content::Erasure => {
                    causes.erases = true;
                    continue;
                }
                Content::Gone | Content::Unreadable(_) => continue,
            };
            let has = |number: u16| !created && fields.iter().any(|change| change.field == number);
            match kind {
                RecordKind::Contact => {
                    causes.merges |= has(contact::MERGED_INTO.number);
                    causes.deletes |= has(DELETED_AT.number);
                    causes.reviews |= has(contact::APPROVAL.number);
                }
                RecordKind::Employer => {
                    causes.employers = true;
                    causes.merges |= has(employer::MERGED_INTO.number);
                    causes.deletes |= has(DELETED_AT.number);
                }
                RecordKind::Student => causes.deletes_students |= has(DELETED_AT.number),
                RecordKind::EmployerUser => causes.users = true,
                RecordKind::Attribute | RecordKind::Label => causes.fields = true,
                _ => {}
            }
        }
        causes
    }

    /// Who may write a field because it follows from something else in the operation that they may do.
    fn permits(self, kind: RecordKind, field: u16) -> impl Iterator<Item = Permission> {
        use Permission::*;
        let refers = field_of(kind, field).is_some_and(|field| matches!(field.field_type, FieldType::Reference { .. }));
        let is_of_contact = kind == RecordKind::Contact;
        let is_deletion = field == DELETED_AT.number;
        let is_about = viewer::about(kind).is_some() || caseload::about(kind).is_some();
        let is_primary = kind == RecordKind::Employer && field == employer::PRIMARY_CONTACT.number;
        let is_in_directory = matches!(kind, RecordKind::Contact | RecordKind::Employer | RecordKind::Employment);
        let is_set_by_staff = is_of_contact && (field >= ATTRIBUTE_FIRST || field == contact::LABELS.number);
        let follows_user = is_of_contact && field_of(kind, field).is_some_and(|field| field.auto_synced);
        [
            (self.merges && (refers || is_in_directory || is_about), MergeContacts),
            (self.deletes && (is_primary || is_deletion && is_about), DeleteContacts),
            (self.deletes_students && is_deletion && is_about, ManageUsers),
            (self.erases && (refers || is_primary), EraseContacts),
            (self.reviews && is_primary, ReviewContacts),
            (self.users && follows_user, ManageAccess),
            (self.fields && is_set_by_staff, ManageFields),
        ]
        .into_iter()
        .filter_map(|(follows, permission)| follows.then_some(permission))
    }
}

fn field_of(kind: RecordKind, number: u16) -> Option<&'static Field> {
    kind.field_numbered(number)
}

/// Who writes the directory.
const WRITES: &[Permission] = &[Permission::EditContacts, Permission::ImportContacts];

/// Who brings records of a kind into being, and writes what no other rule is about.
fn of_creation(kind: RecordKind) -> Vec<Permission> {
    use Permission::*;
    match kind {
        RecordKind::EmployerUser => vec![ManageAccess],
        RecordKind::Role => vec![ManageRoles],
        RecordKind::Staff | RecordKind::StaffRole => vec![ManageStaff],
        RecordKind::Institution | RecordKind::MailTemplate | RecordKind::OnboardingQuestion => vec![ManageSettings],
        RecordKind::Attribute | RecordKind::Label => vec![ManageFields],
        RecordKind::DistinctPair => vec![MergeContacts],
        RecordKind::SavedView => vec![ShareViews],
        RecordKind::Student | RecordKind::UserGroup | RecordKind::Invitation | RecordKind::OnboardingAnswer => {
            vec![ManageUsers]
        }
        RecordKind::Email => vec![EditContacts, ImportContacts, SendMail],
        RecordKind::Contact
        | RecordKind::Employer
        | RecordKind::Note
        | RecordKind::Task
        | RecordKind::Meeting
        | RecordKind::Event
        | RecordKind::Participation
        | RecordKind::InterviewSchedule
        | RecordKind::JobListing
        | RecordKind::Experience
        | RecordKind::Employment => WRITES.to_vec(),
    }
}

impl Arrival<'_> {
    fn permit(&self, change: &Asked<'_>) -> Result<(), Denied> {
        match change.kind {
            RecordKind::SavedView => return self.permit_by(change, saved_view::permit),
            RecordKind::Note | RecordKind::Task | RecordKind::Meeting if self.permit_activity(change).is_ok() => {
                return Ok(());
            }
            RecordKind::Invitation | RecordKind::OnboardingAnswer if self.permit_case(change).is_ok() => return Ok(()),
            _ => {}
        }
        change.fields.iter().try_for_each(|field| {
            if !change.created && self.follows(change.kind, *field) {
                return Ok(());
            }
            self.require_seen(change, *field)?;
            require(&self.author, &self.any_of(change, *field))
        })
    }

    /// Whether a field follows from something else in the operation that the author may do.
    fn follows(&self, kind: RecordKind, field: u16) -> bool {
        self.causes.permits(kind, field).any(|permission| self.author.may(permission))
    }

    /// What its owner alone sees of the contacts, others change only by what follows from the employer.
    fn require_seen(&self, change: &Asked<'_>, field: u16) -> Result<(), Denied> {
        let person = match change.kind {
            RecordKind::Contact if !change.created => self.documents.get(change.kind.into(), change.record),
            _ => None,
        };
        let Some(person) = person else { return Ok(()) };
        let owner = person.value(contact::OWNER.number).as_reference();
        let is_hidden =
            person.value(contact::VISIBILITY.number).as_text() == MYSELF && owner != Some(self.author.staff);
        let from_employer =
            self.causes.employers && field_of(change.kind, field).is_some_and(|field| field.auto_synced);
        if is_hidden && !from_employer { require(&self.author, &[Permission::SeePrivate]) } else { Ok(()) }
    }

    /// Any of these permissions lets the author write a field; none is needed where there are none.
    fn any_of(&self, change: &Asked<'_>, field: u16) -> Vec<Permission> {
        use Permission::*;
        if field == DELETED_AT.number && self.takes_creation_back(change) {
            return of_creation(change.kind);
        }
        if change.created {
            let mut any_of = of_creation(change.kind);
            // Somebody signs up: the account, and the person among the contacts.
            if self.causes.users && matches!(change.kind, RecordKind::Contact | RecordKind::EmployerUser) {
                any_of.push(ManageUsers);
            }
            return any_of;
        }
        let is = |of: &Field| field == of.number;
        match change.kind {
            RecordKind::Contact if is(&contact::APPROVAL) => vec![ReviewContacts],
            RecordKind::Contact if is(&contact::MERGED_INTO) => vec![MergeContacts],
            RecordKind::Employer if is(&employer::MERGED_INTO) => vec![MergeContacts],
            RecordKind::Contact if is(&DELETED_AT) && change.fields.contains(&contact::MERGED_INTO.number) => {
                vec![MergeContacts]
            }
            RecordKind::Employer if is(&DELETED_AT) && change.fields.contains(&employer::MERGED_INTO.number) => {
                vec![MergeContacts]
            }
            RecordKind::Contact | RecordKind::Employer if is(&DELETED_AT) => vec![DeleteContacts],
            RecordKind::Contact if is(&contact::BOUNCED_AT) => vec![EditContacts, ImportContacts, SendMail],
            RecordKind::Student if is(&student::ASSIGNED_TO) => vec![AssignCases],
            RecordKind::Student if is(&student::BOUNCED_AT) => vec![ManageUsers, SendMail],
            RecordKind::Staff if change.record == self.author.staff && is_ones_own(field) => vec![],
            kind => of_creation(kind),
        }
    }

    /// Whether what is taken back in the end brought the record into being.
    fn takes_creation_back(&self, change: &Asked<'_>) -> bool {
        let created = self.documents.get(change.kind.into(), change.record).and_then(|document| document.created);
        self.taken_back.is_some() && created == self.taken_back
    }

    /// Erasing is for those who erase; accounts of employer users, for those who manage them, too.
    fn permit_erasure(&self, kind: RecordKind) -> Result<(), Denied> {
        require(&self.author, &[Permission::EraseContacts])?;
        if kind == RecordKind::EmployerUser { require(&self.author, &[Permission::ManageAccess]) } else { Ok(()) }
    }

    /// Asks a rule about a record as it was and as it becomes.
    fn permit_by(
        &self,
        change: &Asked<'_>,
        rule: impl Fn(&Actor, &[&Record]) -> Result<(), Refusal>,
    ) -> Result<(), Denied> {
        let (before, after) = self.states(change);
        let states: Vec<&Record> = before.iter().chain([&after]).collect();
        rule(&self.author, &states).map_err(denied)
    }

    fn permit_activity(&self, change: &Asked<'_>) -> Result<(), Denied> {
        let (before, after) = self.states(change);
        let done = RecordKind::Task.field("done").map(|field| field.number);
        let completes = change.kind == RecordKind::Task && change.fields.iter().all(|field| Some(*field) == done);
        before.iter().chain([&after]).try_for_each(|record| {
            let student = caseload::student_of(record).and_then(|student| self.record(RecordKind::Student, student));
            let permitted = if completes {
                caseload::permit_completion(&self.author, record, student.as_ref())
            } else {
                caseload::permit_activity(&self.author, record, student.as_ref())
            };
            permitted.map_err(denied)
        })
    }

    /// What is about a student or alum is for those who work with them.
    fn permit_case(&self, change: &Asked<'_>) -> Result<(), Denied> {
        let (before, after) = self.states(change);
        before.iter().chain([&after]).try_for_each(|record| {
            let student = caseload::student_of(record).and_then(|student| self.record(RecordKind::Student, student));
            let student = student.ok_or(Denied::Lacks(Permission::ManageUsers))?;
            caseload::permit(&self.author, &student).map_err(denied)
        })
    }

    /// The record before the change, where there was one, and after it.
    fn states(&self, change: &Asked<'_>) -> (Option<Record>, Record) {
        let before = self.record(change.kind, change.record);
        let mut after = before.clone().unwrap_or_else(|| Record::blank(change.kind, change.record));
        if let Content::Fields { fields, .. } = change.content {
            after.apply(fields);
        }
        (before, after)
    }

    fn record(&self, kind: RecordKind, id: Id) -> Option<Record> {
        self.documents.get(kind.into(), id).map(|document| as_record(kind, id, document))
    }
}

/// A document as a record, without fields that only a newer version knows.
pub fn as_record(kind: RecordKind, id: Id, document: &Document) -> Record {
    let mut record = Record::blank(kind, id);
    document.fields.iter().for_each(|(field, held)| record.set_numbered(*field, held.value.clone()));
    record
}

/// One's own name and address everybody may put right.
fn is_ones_own(field: u16) -> bool {
    [&organization::STAFF_FIRST_NAME, &organization::STAFF_LAST_NAME, &organization::STAFF_EMAIL]
        .iter()
        .any(|own| own.number == field)
}

fn denied(refusal: Refusal) -> Denied {
    match refusal {
        Refusal::Denied(permission) => Denied::Lacks(permission),
        _ => Denied::Lacks(Permission::EditContacts),
    }
}

#[cfg(test)]
mod tests;
