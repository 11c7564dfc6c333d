//! The kinds of steps people take. Their numbers are part of the journal: append, never reuse.

use crate::kind::{Numbered, RecordKind};
use serde::{Deserialize, Serialize};
use specta::Type;

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
    /// Somebody opened or unlocked the database on this computer.
    #[serde(rename = "security.open")]
    SecurityOpen = 52,
    /// Wrong passcodes were entered since it was last opened; `detail` has how many.
    #[serde(rename = "security.failed")]
    SecurityFailed = 53,
    /// Somebody locked it, or it locked itself.
    #[serde(rename = "security.lock")]
    SecurityLock = 54,
    /// A passcode was set or removed; `detail` has whose, a staff id.
    #[serde(rename = "security.passcode")]
    SecurityPasscode = 55,
    /// A new recovery key replaced the one before.
    #[serde(rename = "security.recovery_key")]
    SecurityRecoveryKey = 56,
    /// The recovery key opened the database; `detail` has for whom a new passcode was set, a staff id.
    #[serde(rename = "security.recover")]
    SecurityRecover = 57,
    /// Records left the database in a file; `detail` has kind, format and how many, apart by spaces.
    #[serde(rename = "data.export")]
    DataExport = 58,
    /// Records were printed; `detail` has kind and how many, apart by spaces.
    #[serde(rename = "data.print")]
    DataPrint = 59,
    /// A backup was made by hand.
    #[serde(rename = "backup.create")]
    BackupCreate = 60,
    /// The database was restored from a backup; `detail` has when that was made, in milliseconds since 1970.
    #[serde(rename = "backup.restore")]
    BackupRestore = 61,
    /// Somebody confirmed that a clock which had jumped is right.
    #[serde(rename = "clock.accept")]
    ClockAccept = 62,
    /// The journal was exported as an audit file.
    #[serde(rename = "audit.export")]
    AuditExport = 63,
    /// The journal was accepted though it is not the one this computer wrote; `detail` has what was wrong: "missing", how
    /// many operations and after how many; "rewritten" and among how many; "no_file"; or "unreadable".
    #[serde(rename = "audit.accept")]
    AuditAccept = 64,
}

impl OperationKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [OperationKind; 64] = [
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
        OperationKind::SecurityOpen,
        OperationKind::SecurityFailed,
        OperationKind::SecurityLock,
        OperationKind::SecurityPasscode,
        OperationKind::SecurityRecoveryKey,
        OperationKind::SecurityRecover,
        OperationKind::DataExport,
        OperationKind::DataPrint,
        OperationKind::BackupCreate,
        OperationKind::BackupRestore,
        OperationKind::ClockAccept,
        OperationKind::AuditExport,
        OperationKind::AuditAccept,
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
            OperationKind::SecurityOpen => "security.open",
            OperationKind::SecurityFailed => "security.failed",
            OperationKind::SecurityLock => "security.lock",
            OperationKind::SecurityPasscode => "security.passcode",
            OperationKind::SecurityRecoveryKey => "security.recovery_key",
            OperationKind::SecurityRecover => "security.recover",
            OperationKind::DataExport => "data.export",
            OperationKind::DataPrint => "data.print",
            OperationKind::BackupCreate => "backup.create",
            OperationKind::BackupRestore => "backup.restore",
            OperationKind::ClockAccept => "clock.accept",
            OperationKind::AuditExport => "audit.export",
            OperationKind::AuditAccept => "audit.accept",
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

    /// Whether it says what happened without changing a record: it stands in the journal with no changes, and there is
    /// nothing to undo.
    pub fn is_event(self) -> bool {
        matches!(
            self,
            OperationKind::SecurityOpen
                | OperationKind::SecurityFailed
                | OperationKind::SecurityLock
                | OperationKind::SecurityPasscode
                | OperationKind::SecurityRecoveryKey
                | OperationKind::SecurityRecover
                | OperationKind::DataExport
                | OperationKind::DataPrint
                | OperationKind::BackupCreate
                | OperationKind::BackupRestore
                | OperationKind::ClockAccept
                | OperationKind::AuditExport
                | OperationKind::AuditAccept
        )
    }

    /// Whether values may leave the journal by it.
    pub fn erases(self) -> bool {
        matches!(self, OperationKind::ContactsErase | OperationKind::RecordsErase | OperationKind::UsersErase)
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

    /// The kind with this number.
    pub fn from_number(number: u8) -> Option<OperationKind> {
        OperationKind::ALL.into_iter().find(|kind| *kind as u8 == number)
    }

    /// The kind with this key.
    pub fn from_key(key: &str) -> Option<OperationKind> {
        OperationKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

impl Numbered<OperationKind> {
    /// The kind of operation with this number.
    pub fn of(number: u8) -> Numbered<OperationKind> {
        OperationKind::from_number(number).map_or(Numbered::Other(number), Numbered::Known)
    }

    /// Its number.
    pub fn number(self) -> u8 {
        match self {
            Numbered::Known(kind) => kind as u8,
            Numbered::Other(number) => number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_keys_match_the_wire() {
        for (index, kind) in OperationKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index + 1);
            assert_eq!(OperationKind::from_key(kind.key()), Some(kind));
        }
        for number in 0..=u8::MAX {
            assert_eq!(Numbered::<OperationKind>::of(number).number(), number, "a number is kept");
            assert_eq!(Numbered::<RecordKind>::of(number).number(), number, "a number is kept");
        }
    }
}
