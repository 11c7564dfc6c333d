//! The journal: every change of state, in the order it happened, chained so that tampering shows.
//!
//! An [`Operation`] is what a person did, in one step. Its [`Change`]s say what it did to each record: one packed
//! row per record, because a row per field costs twice the time and space.

use crate::clock::Hlc;
use crate::id::Id;
use crate::kind::RecordKind;
use crate::value::Value;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use specta::Type;

/// One field of one record, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Number of the field in the registry of the record's kind.
    pub field: u16,
    /// The value it had.
    pub before: Value,
    /// The value it has from now on.
    pub after: Value,
}

/// What an operation did to one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The record's kind.
    pub kind: RecordKind,
    /// The record.
    pub record: Id,
    /// True where the operation brought the record into being.
    pub created: bool,
    /// The fields that changed.
    pub fields: Vec<FieldChange>,
}

/// What kind of step a person took. The words for it are in the catalogue, under `key()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[repr(u8)]
pub enum OperationKind {
    /// The institution and the first administrator were named.
    #[serde(rename = "institution.setup")]
    InstitutionSetup = 1,
    /// Sample data was generated.
    #[serde(rename = "sample.create")]
    SampleCreate = 2,
    /// A contact was added by hand.
    #[serde(rename = "contacts.create")]
    ContactsCreate = 3,
    /// Fields of a contact were edited.
    #[serde(rename = "contacts.edit")]
    ContactsEdit = 4,
    /// Contacts were approved.
    #[serde(rename = "contacts.approve")]
    ContactsApprove = 5,
    /// Contacts were approved and the roles of their users set.
    #[serde(rename = "contacts.approve_and_assign")]
    ContactsApproveAndAssign = 6,
    /// Contacts were rejected.
    #[serde(rename = "contacts.reject")]
    ContactsReject = 7,
    /// Contacts were rejected and the access of their users turned off.
    #[serde(rename = "contacts.reject_and_revoke")]
    ContactsRejectAndRevoke = 8,
    /// A file of contacts was imported.
    #[serde(rename = "contacts.import")]
    ContactsImport = 9,
    /// An employer was added.
    #[serde(rename = "employers.create")]
    EmployersCreate = 10,
    /// Fields of an employer were edited.
    #[serde(rename = "employers.edit")]
    EmployersEdit = 11,
    /// A note was written.
    #[serde(rename = "notes.create")]
    NotesCreate = 12,
    /// A note was edited.
    #[serde(rename = "notes.edit")]
    NotesEdit = 13,
    /// A note was deleted.
    #[serde(rename = "notes.delete")]
    NotesDelete = 14,
    /// Another operation was taken back.
    #[serde(rename = "undo")]
    Undo = 15,
    /// A record of a kind without rules of its own was added.
    #[serde(rename = "records.create")]
    RecordsCreate = 16,
    /// Fields of such a record were edited.
    #[serde(rename = "records.edit")]
    RecordsEdit = 17,
    /// Such records were put into the trash.
    #[serde(rename = "records.delete")]
    RecordsDelete = 18,
    /// Such records were taken out of the trash.
    #[serde(rename = "records.restore")]
    RecordsRestore = 19,
    /// Records were erased for good.
    #[serde(rename = "records.erase")]
    RecordsErase = 20,
    /// A file of such records was imported.
    #[serde(rename = "records.import")]
    RecordsImport = 21,
    /// Contacts were put into the trash, with their notes, tasks and meetings.
    #[serde(rename = "contacts.delete")]
    ContactsDelete = 22,
    /// Contacts were taken out of the trash.
    #[serde(rename = "contacts.restore")]
    ContactsRestore = 23,
    /// Contacts were erased for good.
    #[serde(rename = "contacts.erase")]
    ContactsErase = 24,
    /// Contacts were merged into one.
    #[serde(rename = "contacts.merge")]
    ContactsMerge = 25,
    /// A pending contact was approved into one that is there.
    #[serde(rename = "contacts.approve_into")]
    ContactsApproveInto = 26,
    /// Contacts were found to be different people.
    #[serde(rename = "contacts.keep_apart")]
    ContactsKeepApart = 27,
    /// Fields of many contacts were set at once.
    #[serde(rename = "contacts.update")]
    ContactsUpdate = 28,
    /// Contacts were archived.
    #[serde(rename = "contacts.archive")]
    ContactsArchive = 29,
    /// Contacts were revived.
    #[serde(rename = "contacts.revive")]
    ContactsRevive = 30,
    /// A person left the employer.
    #[serde(rename = "contacts.person_left")]
    ContactsPersonLeft = 31,
    /// A person moved to another employer.
    #[serde(rename = "contacts.job_move")]
    ContactsJobMove = 32,
    /// AutoSync of contacts was turned on or off.
    #[serde(rename = "contacts.auto_sync")]
    ContactsAutoSync = 33,
    /// The primary contact of an employer was chosen, or is no more.
    #[serde(rename = "employers.primary")]
    EmployersPrimary = 34,
    /// Employers were merged into one.
    #[serde(rename = "employers.merge")]
    EmployersMerge = 35,
    /// Fields of many employers were set at once.
    #[serde(rename = "employers.update")]
    EmployersUpdate = 36,
    /// Employers were put into the trash.
    #[serde(rename = "employers.delete")]
    EmployersDelete = 37,
    /// Employers were taken out of the trash.
    #[serde(rename = "employers.restore")]
    EmployersRestore = 38,
    /// A label was renamed, or taken away, on every record that has it.
    #[serde(rename = "labels.rename")]
    LabelsRename = 39,
    /// The access of employer users was turned on or off.
    #[serde(rename = "users.access")]
    UsersAccess = 40,
    /// Accounts of students or alumni were deactivated.
    #[serde(rename = "students.deactivate")]
    StudentsDeactivate = 41,
    /// Accounts of students or alumni were reactivated.
    #[serde(rename = "students.reactivate")]
    StudentsReactivate = 42,
    /// Students or alumni were assigned to a staff member, or no longer are.
    #[serde(rename = "students.assign")]
    StudentsAssign = 43,
    /// Fields of many students or alumni were set at once.
    #[serde(rename = "students.update")]
    StudentsUpdate = 44,
    /// The role of employer users was changed.
    #[serde(rename = "users.role")]
    UsersRole = 45,
    /// Employer users were deleted with all their data.
    #[serde(rename = "users.erase")]
    UsersErase = 46,
    /// A role was deleted and its users moved to another.
    #[serde(rename = "roles.delete")]
    RolesDelete = 47,
    /// Invitations or reminders were sent.
    #[serde(rename = "invitations.send")]
    InvitationsSend = 48,
    /// Messages were sent to contacts or users.
    #[serde(rename = "mail.send")]
    MailSend = 49,
    /// The institution's name, look or contact information was changed.
    #[serde(rename = "institution.edit")]
    InstitutionEdit = 50,
    /// What a staff member may do was changed.
    #[serde(rename = "staff.access")]
    StaffAccess = 51,
}

impl OperationKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [OperationKind; 51] = [
        OperationKind::InstitutionSetup,
        OperationKind::SampleCreate,
        OperationKind::ContactsCreate,
        OperationKind::ContactsEdit,
        OperationKind::ContactsApprove,
        OperationKind::ContactsApproveAndAssign,
        OperationKind::ContactsReject,
        OperationKind::ContactsRejectAndRevoke,
        OperationKind::ContactsImport,
        OperationKind::EmployersCreate,
        OperationKind::EmployersEdit,
        OperationKind::NotesCreate,
        OperationKind::NotesEdit,
        OperationKind::NotesDelete,
        OperationKind::Undo,
        OperationKind::RecordsCreate,
        OperationKind::RecordsEdit,
        OperationKind::RecordsDelete,
        OperationKind::RecordsRestore,
        OperationKind::RecordsErase,
        OperationKind::RecordsImport,
        OperationKind::ContactsDelete,
        OperationKind::ContactsRestore,
        OperationKind::ContactsErase,
        OperationKind::ContactsMerge,
        OperationKind::ContactsApproveInto,
        OperationKind::ContactsKeepApart,
        OperationKind::ContactsUpdate,
        OperationKind::ContactsArchive,
        OperationKind::ContactsRevive,
        OperationKind::ContactsPersonLeft,
        OperationKind::ContactsJobMove,
        OperationKind::ContactsAutoSync,
        OperationKind::EmployersPrimary,
        OperationKind::EmployersMerge,
        OperationKind::EmployersUpdate,
        OperationKind::EmployersDelete,
        OperationKind::EmployersRestore,
        OperationKind::LabelsRename,
        OperationKind::UsersAccess,
        OperationKind::StudentsDeactivate,
        OperationKind::StudentsReactivate,
        OperationKind::StudentsAssign,
        OperationKind::StudentsUpdate,
        OperationKind::UsersRole,
        OperationKind::UsersErase,
        OperationKind::RolesDelete,
        OperationKind::InvitationsSend,
        OperationKind::MailSend,
        OperationKind::InstitutionEdit,
        OperationKind::StaffAccess,
    ];

    /// The name in SQL, on the wire and in the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            OperationKind::InstitutionSetup => "institution.setup",
            OperationKind::SampleCreate => "sample.create",
            OperationKind::ContactsCreate => "contacts.create",
            OperationKind::ContactsEdit => "contacts.edit",
            OperationKind::ContactsApprove => "contacts.approve",
            OperationKind::ContactsApproveAndAssign => "contacts.approve_and_assign",
            OperationKind::ContactsReject => "contacts.reject",
            OperationKind::ContactsRejectAndRevoke => "contacts.reject_and_revoke",
            OperationKind::ContactsImport => "contacts.import",
            OperationKind::EmployersCreate => "employers.create",
            OperationKind::EmployersEdit => "employers.edit",
            OperationKind::NotesCreate => "notes.create",
            OperationKind::NotesEdit => "notes.edit",
            OperationKind::NotesDelete => "notes.delete",
            OperationKind::Undo => "undo",
            OperationKind::RecordsCreate => "records.create",
            OperationKind::RecordsEdit => "records.edit",
            OperationKind::RecordsDelete => "records.delete",
            OperationKind::RecordsRestore => "records.restore",
            OperationKind::RecordsErase => "records.erase",
            OperationKind::RecordsImport => "records.import",
            OperationKind::ContactsDelete => "contacts.delete",
            OperationKind::ContactsRestore => "contacts.restore",
            OperationKind::ContactsErase => "contacts.erase",
            OperationKind::ContactsMerge => "contacts.merge",
            OperationKind::ContactsApproveInto => "contacts.approve_into",
            OperationKind::ContactsKeepApart => "contacts.keep_apart",
            OperationKind::ContactsUpdate => "contacts.update",
            OperationKind::ContactsArchive => "contacts.archive",
            OperationKind::ContactsRevive => "contacts.revive",
            OperationKind::ContactsPersonLeft => "contacts.person_left",
            OperationKind::ContactsJobMove => "contacts.job_move",
            OperationKind::ContactsAutoSync => "contacts.auto_sync",
            OperationKind::EmployersPrimary => "employers.primary",
            OperationKind::EmployersMerge => "employers.merge",
            OperationKind::EmployersUpdate => "employers.update",
            OperationKind::EmployersDelete => "employers.delete",
            OperationKind::EmployersRestore => "employers.restore",
            OperationKind::LabelsRename => "labels.rename",
            OperationKind::UsersAccess => "users.access",
            OperationKind::StudentsDeactivate => "students.deactivate",
            OperationKind::StudentsReactivate => "students.reactivate",
            OperationKind::StudentsAssign => "students.assign",
            OperationKind::StudentsUpdate => "students.update",
            OperationKind::UsersRole => "users.role",
            OperationKind::UsersErase => "users.erase",
            OperationKind::RolesDelete => "roles.delete",
            OperationKind::InvitationsSend => "invitations.send",
            OperationKind::MailSend => "mail.send",
            OperationKind::InstitutionEdit => "institution.edit",
            OperationKind::StaffAccess => "staff.access",
        }
    }

    /// The kind of records it is about where it changed several: contacts that follow their employer are not what the
    /// edit of an employer is about. `None` stands for contacts, or whatever it changed most of.
    pub fn subject(self) -> Option<RecordKind> {
        match self {
            OperationKind::EmployersCreate
            | OperationKind::EmployersEdit
            | OperationKind::EmployersPrimary
            | OperationKind::EmployersMerge
            | OperationKind::EmployersUpdate
            | OperationKind::EmployersDelete
            | OperationKind::EmployersRestore => Some(RecordKind::Employer),
            _ => None,
        }
    }

    /// Whether what people do in it has consequences by rule: history, aliases, AutoSync. Undo puts back exactly what
    /// was; merging says that two records always were one; erasing leaves nothing behind.
    pub fn has_consequences(self) -> bool {
        !matches!(
            self,
            OperationKind::Undo
                | OperationKind::ContactsMerge
                | OperationKind::ContactsApproveInto
                | OperationKind::EmployersMerge
                | OperationKind::ContactsErase
                | OperationKind::RecordsErase
        )
    }

    /// Whether it may change frozen data (M27): undo has its own rule about it, an employer's record may become part
    /// of another, and erasing is no edit.
    pub fn may_touch_frozen(self) -> bool {
        matches!(
            self,
            OperationKind::Undo
                | OperationKind::EmployersMerge
                | OperationKind::ContactsErase
                | OperationKind::RecordsErase
        )
    }

    /// The kind with this key.
    pub fn from_key(key: &str) -> Option<OperationKind> {
        OperationKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A step a person took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its identity.
    pub id: Id,
    /// When, in hybrid logical time.
    pub time: Hlc,
    /// The staff member who took it.
    pub actor: Id,
    /// The device it was taken on.
    pub device: Id,
    /// What kind of step.
    pub kind: OperationKind,
    /// What the summary needs beside counts and names: a file's name, a role's name. Never a person's data.
    pub detail: String,
    /// The operation it takes back.
    pub undoes: Option<Id>,
}

/// Length of the random salt in front of every packed change, in bytes.
pub const SALT_LENGTH: usize = 16;

/// Packs a change of `count` fields: salt, then whether it created the record, then the fields, in postcard's wire format.
///
/// The salt makes the digest useless for guessing values once they have been erased.
pub fn pack<'a>(
    out: &mut Vec<u8>,
    salt: &[u8; SALT_LENGTH],
    created: bool,
    mut count: usize,
    fields: impl Iterator<Item = (u16, &'a Value, &'a Value)>,
) {
    out.clear();
    out.extend_from_slice(salt);
    out.push(u8::from(created));
    while count >= 0x80 {
        out.push((count as u8 & 0x7f) | 0x80);
        count >>= 7;
    }
    out.push(count as u8);
    for field in fields {
        let taken = std::mem::take(out);
        // Serializing plain data into a growing vector has no way to fail.
        *out = postcard::to_extend(&field, taken).unwrap_or_default();
    }
}

/// A packed change could not be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a packed change is damaged")]
pub struct Damaged;

/// Reads a packed change: whether it created the record, and the fields.
pub fn unpack(packed: &[u8]) -> Result<(bool, Vec<FieldChange>), Damaged> {
    let body = packed.get(SALT_LENGTH..).ok_or(Damaged)?;
    let (created, fields) = body.split_first().ok_or(Damaged)?;
    Ok((*created == 1, postcard::from_bytes(fields).map_err(|_| Damaged)?))
}

/// A link of the hash chain, SHA-256.
pub type Digest = [u8; 32];

/// The digest of one packed change. It stays valid evidence after the packed form has been erased.
pub fn change_digest(kind: RecordKind, record: Id, packed: &[u8]) -> Digest {
    let mut hash = Sha256::new();
    hash.update([kind as u8]);
    hash.update(record.bytes());
    hash.update(packed);
    hash.finalize().into()
}

/// Collects the digests of an operation's changes and closes its link of the device's chain.
pub struct Link {
    changes: Sha256,
    count: u64,
}

impl Default for Link {
    fn default() -> Link {
        Link { changes: Sha256::new(), count: 0 }
    }
}

impl Link {
    /// Adds the digest of the next change, in the order of the journal.
    pub fn add(&mut self, change: &Digest) {
        self.changes.update(change);
        self.count += 1;
    }

    /// The chain's next head: over the one before, the operation and the digests of its changes.
    pub fn close(self, previous: &Digest, sequence: u64, operation: &Operation) -> Digest {
        let mut hash = Sha256::new();
        hash.update(previous);
        hash.update(sequence.to_be_bytes());
        hash.update(operation.id.bytes());
        hash.update(operation.time.0.to_be_bytes());
        hash.update(operation.actor.bytes());
        hash.update(operation.device.bytes());
        hash.update([operation.kind as u8]);
        hash.update((operation.detail.len() as u64).to_be_bytes());
        hash.update(operation.detail.as_bytes());
        match operation.undoes {
            Some(id) => hash.update(id.bytes()),
            None => hash.update([0; 16]),
        }
        hash.update(self.count.to_be_bytes());
        hash.update(self.changes.finalize());
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Empty),
            ".{1,40}".prop_map(Value::Text),
            any::<bool>().prop_map(Value::Flag),
            any::<i64>().prop_map(Value::Number),
            any::<i64>().prop_map(Value::Moment),
            any::<[u8; 10]>().prop_map(|bytes| Value::Reference(Id::from_parts(1, bytes))),
            prop::collection::vec(".{0,10}", 1..5).prop_map(Value::List),
        ]
    }

    proptest! {
        #[test]
        fn packing_is_reversible(fields in prop::collection::vec((1u16..400, value(), value()), 0..200), created: bool, salt: [u8; 16]) {
            let mut packed = Vec::new();
            pack(&mut packed, &salt, created, fields.len(), fields.iter().map(|(n, b, a)| (*n, b, a)));
            let (was_created, read) = unpack(&packed).expect("own packing");
            prop_assert_eq!(was_created, created);
            let read: Vec<_> = read.into_iter().map(|c| (c.field, c.before, c.after)).collect();
            prop_assert_eq!(read, fields);
        }

        #[test]
        fn unpacking_never_panics(bytes: Vec<u8>) {
            let _ = unpack(&bytes);
        }
    }

    #[test]
    fn the_link_depends_on_every_part() {
        let id = |n| Id::from_parts(n, [1; 10]);
        let operation = Operation {
            id: id(1),
            time: Hlc(5),
            actor: id(2),
            device: id(3),
            kind: OperationKind::ContactsApprove,
            detail: "a".into(),
            undoes: None,
        };
        let close = |operation: &Operation, change: u8, sequence| {
            let mut link = Link::default();
            link.add(&[change; 32]);
            link.close(&[0; 32], sequence, operation)
        };
        let base = close(&operation, 0, 1);
        assert_ne!(base, close(&operation, 1, 1), "a changed change shows");
        assert_ne!(base, close(&operation, 0, 2), "a changed place shows");
        let changed = [
            Operation { id: id(9), ..operation.clone() },
            Operation { time: Hlc(6), ..operation.clone() },
            Operation { actor: id(9), ..operation.clone() },
            Operation { device: id(9), ..operation.clone() },
            Operation { kind: OperationKind::ContactsReject, ..operation.clone() },
            Operation { detail: "b".into(), ..operation.clone() },
            Operation { undoes: Some(id(9)), ..operation.clone() },
        ];
        for other in &changed {
            assert_ne!(base, close(other, 0, 1), "a changed operation shows: {other:?}");
        }
    }

    #[test]
    fn kinds_and_keys_match_the_wire() {
        for (index, kind) in OperationKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index + 1);
            assert_eq!(OperationKind::from_key(kind.key()), Some(kind));
        }
    }
}
