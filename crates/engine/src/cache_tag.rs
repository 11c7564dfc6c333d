//! What the window shows, named by tags: after a commit, what has one of its tags is read again.

use liaison_domain::RecordKind;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What a screen shows that may have changed. The UI's query keys begin with these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CacheTag {
    /// Contacts, as lists or singly.
    Contacts,
    /// Employers.
    Employers,
    /// Employer users.
    EmployerUsers,
    /// Employer user roles.
    Roles,
    /// Notes.
    Notes,
    /// The history and audit logs.
    History,
    /// The pending queue and its count.
    Queue,
    /// The institution and its staff.
    Institution,
    /// The search index became ready.
    Search,
    /// Tasks, meetings, events, interviews, listings, experiences, e-mails, and notes among them.
    Activities,
    /// Employment histories.
    Employments,
    /// The field registry: custom attributes.
    Fields,
    /// Labels.
    Labels,
    /// Saved views.
    Views,
    /// Likely duplicates.
    Duplicates,
    /// Students and alumni.
    Students,
    /// Their groups.
    Groups,
    /// Onboarding questions and answers.
    Onboarding,
    /// Invitations and reminders.
    Invitations,
    /// Templates, the outbox and mail settings.
    Mail,
    /// Backups, and what stands in their way.
    Backups,
    /// How this desk stands with its hub.
    Sync,
}

impl CacheTag {
    /// Every tag.
    pub const ALL: [CacheTag; 22] = [
        CacheTag::Contacts,
        CacheTag::Employers,
        CacheTag::EmployerUsers,
        CacheTag::Roles,
        CacheTag::Notes,
        CacheTag::History,
        CacheTag::Queue,
        CacheTag::Institution,
        CacheTag::Search,
        CacheTag::Activities,
        CacheTag::Employments,
        CacheTag::Fields,
        CacheTag::Labels,
        CacheTag::Views,
        CacheTag::Duplicates,
        CacheTag::Students,
        CacheTag::Groups,
        CacheTag::Onboarding,
        CacheTag::Invitations,
        CacheTag::Mail,
        CacheTag::Backups,
        CacheTag::Sync,
    ];
}

/// What shows records of a kind, what shows nothing else first: the queries about them begin with that.
pub fn tags_of(kind: RecordKind) -> &'static [CacheTag] {
    match kind {
        RecordKind::Contact => &[CacheTag::Contacts, CacheTag::Queue, CacheTag::Duplicates],
        RecordKind::Employer => &[CacheTag::Employers],
        // What a user may do shows on the contact, too.
        RecordKind::EmployerUser => &[CacheTag::EmployerUsers, CacheTag::Contacts],
        RecordKind::Role => &[CacheTag::Roles, CacheTag::Contacts],
        RecordKind::Note => &[CacheTag::Notes, CacheTag::Activities],
        RecordKind::Staff | RecordKind::Institution | RecordKind::StaffRole => &[CacheTag::Institution],
        RecordKind::Task
        | RecordKind::Meeting
        | RecordKind::Event
        | RecordKind::Participation
        | RecordKind::InterviewSchedule
        | RecordKind::JobListing
        | RecordKind::Experience
        | RecordKind::Email => &[CacheTag::Activities],
        RecordKind::Employment => &[CacheTag::Employments],
        RecordKind::Attribute => &[CacheTag::Fields, CacheTag::Contacts, CacheTag::Employers],
        RecordKind::Label => &[CacheTag::Labels],
        RecordKind::SavedView => &[CacheTag::Views],
        RecordKind::DistinctPair => &[CacheTag::Duplicates],
        RecordKind::Student => &[CacheTag::Students],
        RecordKind::UserGroup => &[CacheTag::Groups, CacheTag::Students],
        RecordKind::OnboardingQuestion | RecordKind::OnboardingAnswer => &[CacheTag::Onboarding, CacheTag::Students],
        RecordKind::Invitation => &[CacheTag::Invitations, CacheTag::Students],
        RecordKind::MailTemplate => &[CacheTag::Mail],
    }
}

/// What screens show that may have changed with records of these kinds.
pub(crate) fn tags(kinds: &[RecordKind]) -> Vec<CacheTag> {
    let mut tags = vec![CacheTag::History];
    for tag in kinds.iter().flat_map(|kind| tags_of(*kind)) {
        if !tags.contains(tag) {
            tags.push(*tag);
        }
    }
    tags
}
