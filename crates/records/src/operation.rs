//! The kinds of steps people take. Their numbers are part of the journal: append, never reuse.

use crate::kind::{Numbered, RecordKind};
use serde::{Deserialize, Serialize};
use specta::Type;
use strum::{EnumCount, EnumString, FromRepr, IntoStaticStr, VariantArray};

/// Declares the kinds, each once: its number in the journal, and its key in SQL, on the wire and in the catalogue.
macro_rules! kinds {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $kind:ident = $number:literal, $key:literal;)* }
    ) => {
        $(#[$attribute])*
        pub enum $name {
            $(
                $(#[$doc])*
                #[serde(rename = $key)]
                #[strum(serialize = $key)]
                $kind = $number,
            )*
        }
    };
}

kinds! {
    /// What kind of step a person took. The words for it are in the catalogue, under `key()`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
    #[derive(EnumCount, EnumString, FromRepr, IntoStaticStr, VariantArray)]
    #[repr(u8)]
    pub enum OperationKind {
        /// The institution and the first administrator were named.
        InstitutionSetup = 1, "institution.setup";
        /// Sample data was generated.
        SampleCreate = 2, "sample.create";
        /// A contact was added by hand.
        ContactsCreate = 3, "contacts.create";
        /// Fields of a contact were edited.
        ContactsEdit = 4, "contacts.edit";
        /// Contacts were approved.
        ContactsApprove = 5, "contacts.approve";
        /// Contacts were approved and the roles of their users set.
        ContactsApproveAndAssign = 6, "contacts.approve_and_assign";
        /// Contacts were rejected.
        ContactsReject = 7, "contacts.reject";
        /// Contacts were rejected and the access of their users turned off.
        ContactsRejectAndRevoke = 8, "contacts.reject_and_revoke";
        /// A file of contacts was imported.
        ContactsImport = 9, "contacts.import";
        /// An employer was added.
        EmployersCreate = 10, "employers.create";
        /// Fields of an employer were edited.
        EmployersEdit = 11, "employers.edit";
        /// A note was written.
        NotesCreate = 12, "notes.create";
        /// A note was edited.
        NotesEdit = 13, "notes.edit";
        /// A note was deleted.
        NotesDelete = 14, "notes.delete";
        /// Another operation was taken back.
        Undo = 15, "undo";
        /// A record of a kind without rules of its own was added.
        RecordsCreate = 16, "records.create";
        /// Fields of such a record were edited.
        RecordsEdit = 17, "records.edit";
        /// Such records were put into the trash.
        RecordsDelete = 18, "records.delete";
        /// Such records were taken out of the trash.
        RecordsRestore = 19, "records.restore";
        /// Records were erased for good.
        RecordsErase = 20, "records.erase";
        /// A file of such records was imported.
        RecordsImport = 21, "records.import";
        /// Contacts were put into the trash, with their notes, tasks and meetings.
        ContactsDelete = 22, "contacts.delete";
        /// Contacts were taken out of the trash.
        ContactsRestore = 23, "contacts.restore";
        /// Contacts were erased for good.
        ContactsErase = 24, "contacts.erase";
        /// Contacts were merged into one.
        ContactsMerge = 25, "contacts.merge";
        /// A pending contact was approved into one that is there.
        ContactsApproveInto = 26, "contacts.approve_into";
        /// Contacts were found to be different people.
        ContactsKeepApart = 27, "contacts.keep_apart";
        /// Fields of many contacts were set at once.
        ContactsUpdate = 28, "contacts.update";
        /// Contacts were archived.
        ContactsArchive = 29, "contacts.archive";
        /// Contacts were revived.
        ContactsRevive = 30, "contacts.revive";
        /// A person left the employer.
        ContactsPersonLeft = 31, "contacts.person_left";
        /// A person moved to another employer.
        ContactsJobMove = 32, "contacts.job_move";
        /// AutoSync of contacts was turned on or off.
        ContactsAutoSync = 33, "contacts.auto_sync";
        /// The primary contact of an employer was chosen, or is no more.
        EmployersPrimary = 34, "employers.primary";
        /// Employers were merged into one.
        EmployersMerge = 35, "employers.merge";
        /// Fields of many employers were set at once.
        EmployersUpdate = 36, "employers.update";
        /// Employers were put into the trash.
        EmployersDelete = 37, "employers.delete";
        /// Employers were taken out of the trash.
        EmployersRestore = 38, "employers.restore";
        /// A label was renamed, or taken away, on every record that has it.
        LabelsRename = 39, "labels.rename";
        /// The access of employer users was turned on or off.
        UsersAccess = 40, "users.access";
        /// Accounts of students or alumni were deactivated.
        StudentsDeactivate = 41, "students.deactivate";
        /// Accounts of students or alumni were reactivated.
        StudentsReactivate = 42, "students.reactivate";
        /// Students or alumni were assigned to a staff member, or no longer are.
        StudentsAssign = 43, "students.assign";
        /// Fields of many students or alumni were set at once.
        StudentsUpdate = 44, "students.update";
        /// The role of employer users was changed.
        UsersRole = 45, "users.role";
        /// Employer users were deleted with all their data.
        UsersErase = 46, "users.erase";
        /// A role was deleted and its users moved to another.
        RolesDelete = 47, "roles.delete";
        /// Invitations or reminders were sent.
        InvitationsSend = 48, "invitations.send";
        /// Messages were sent to contacts or users.
        MailSend = 49, "mail.send";
        /// The institution's name, look or contact information was changed.
        InstitutionEdit = 50, "institution.edit";
        /// What a staff member may do was changed.
        StaffAccess = 51, "staff.access";
        /// Somebody opened or unlocked the database on this computer.
        SecurityOpen = 52, "security.open";
        /// Wrong passcodes were entered since it was last opened; `detail` has how many.
        SecurityFailed = 53, "security.failed";
        /// Somebody locked it, or it locked itself.
        SecurityLock = 54, "security.lock";
        /// A passcode was set or removed; `detail` has whose, a staff id.
        SecurityPasscode = 55, "security.passcode";
        /// A new recovery key replaced the one before.
        SecurityRecoveryKey = 56, "security.recovery_key";
        /// The recovery key opened the database; `detail` has for whom a new passcode was set, a staff id.
        SecurityRecover = 57, "security.recover";
        /// Records left the database in a file; `detail` has kind, format and how many, apart by spaces.
        DataExport = 58, "data.export";
        /// Records were printed; `detail` has kind and how many, apart by spaces.
        DataPrint = 59, "data.print";
        /// A backup was made by hand.
        BackupCreate = 60, "backup.create";
        /// The database was restored from a backup; `detail` has when that was made, in milliseconds since 1970.
        BackupRestore = 61, "backup.restore";
        /// Somebody confirmed that a clock which had jumped is right.
        ClockAccept = 62, "clock.accept";
        /// The journal was exported as an audit file.
        AuditExport = 63, "audit.export";
        /// The journal was accepted though it is not the one this computer wrote; `detail` has what was wrong: "missing", how
        /// many operations and after how many; "rewritten" and among how many; "no_file"; or "unreadable".
        AuditAccept = 64, "audit.accept";
        /// Somebody at an employer signed up in the portal.
        PortalSignUp = 65, "portal.sign_up";
        /// An account was activated in the portal by the link of an invitation.
        PortalActivate = 66, "portal.activate";
        /// An employer user changed what the own account says.
        PortalAccount = 67, "portal.account";
        /// A student or alum reported an experience.
        PortalReport = 68, "portal.report";
        /// A student or alum added a task.
        PortalTask = 69, "portal.task";
        /// An employer user registered for an event or a job fair, or cancelled.
        PortalRegister = 70, "portal.register";
        /// An employer user asked for interviews or posted a job listing, or changed or called off what they had posted.
        PortalPost = 71, "portal.post";
        /// A student or alum answered an onboarding question.
        PortalAnswer = 72, "portal.answer";
        /// An employer user changed what the employer's page says.
        PortalEmployer = 73, "portal.employer";
        /// Somebody stopped news by the link in a message, or asked for them again.
        PortalUnsubscribe = 74, "portal.unsubscribe";
        /// A mail server reported that a message could not be delivered.
        MailBounced = 75, "mail.bounced";
        /// People logged in to the portal.
        PortalSeen = 76, "portal.seen";
        /// An employer user changed the own email address, which was proven.
        PortalAddress = 77, "portal.address";
    }
}

impl OperationKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [OperationKind; OperationKind::COUNT] =
        *OperationKind::VARIANTS.first_chunk().expect("as many as there are");

    /// The name in SQL, on the wire and in the catalogue.
    pub fn key(self) -> &'static str {
        self.into()
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
        OperationKind::from_repr(number)
    }

    /// The kind with this key.
    pub fn from_key(key: &str) -> Option<OperationKind> {
        key.parse().ok()
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
