//! Which records belong to which tab of a profile, and in which order.

use liaison_domain::RecordKind;
use liaison_queries::streams::{self, Stream};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A tab of a contact's profile, or of the page of an employer or a student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ActivityTab {
    /// Notes, tasks and meetings together.
    Activities,
    /// Notes.
    Notes,
    /// Tasks, those of students too.
    Tasks,
    /// Meetings, also those the contact takes part in.
    Meetings,
    /// E-mails.
    Emails,
    /// Events and job fairs the contact is registered for, or posted.
    Events,
    /// Interview schedules the contact posted, or interviews on.
    InterviewSchedules,
    /// Job listings the contact posted.
    JobListings,
    /// Experiences with the contact as the supervisor.
    Experiences,
    /// Students' tasks that name the contact.
    TaskContacts,
}

/// What the records of a stream are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// A moment, in milliseconds since 1970.
    Moment,
    /// A day, as `yyyy-mm-dd`.
    Day,
}

impl ActivityTab {
    /// Where the records of the tab come from, on the page of a record of this kind; none where it has no such tab.
    pub(super) fn streams(self, owner: RecordKind) -> &'static [Stream] {
        match (owner, self) {
            (RecordKind::Contact, ActivityTab::Activities) => {
                &[streams::NOTES, streams::TASKS, streams::MEETINGS, streams::ATTENDED]
            }
            (RecordKind::Contact, ActivityTab::Notes) => &[streams::NOTES],
            (RecordKind::Contact, ActivityTab::Tasks) => &[streams::TASKS],
            (RecordKind::Contact, ActivityTab::Meetings) => &[streams::MEETINGS, streams::ATTENDED],
            (RecordKind::Contact, ActivityTab::Emails) => &[streams::EMAILS],
            (RecordKind::Contact, ActivityTab::Events) => &[streams::REGISTERED, streams::POSTED_EVENTS],
            (RecordKind::Contact, ActivityTab::InterviewSchedules) => {
                &[streams::INTERVIEWING, streams::POSTED_SCHEDULES]
            }
            (RecordKind::Contact, ActivityTab::JobListings) => &[streams::LISTINGS],
            (RecordKind::Contact, ActivityTab::Experiences) => &[streams::EXPERIENCES],
            (RecordKind::Contact, ActivityTab::TaskContacts) => &[streams::STUDENT_TASKS],
            (RecordKind::Employer, ActivityTab::Events) => &[streams::EMPLOYER_EVENTS],
            (RecordKind::Employer, ActivityTab::InterviewSchedules) => &[streams::EMPLOYER_SCHEDULES],
            (RecordKind::Employer, ActivityTab::JobListings) => &[streams::EMPLOYER_LISTINGS],
            (RecordKind::Employer, ActivityTab::Experiences) => &[streams::EMPLOYER_EXPERIENCES],
            (RecordKind::Student, ActivityTab::Activities) => {
                &[streams::STUDENT_NOTES, streams::TASKS_ABOUT_STUDENT, streams::STUDENT_MEETINGS]
            }
            (RecordKind::Student, ActivityTab::Notes) => &[streams::STUDENT_NOTES],
            (RecordKind::Student, ActivityTab::Tasks) => &[streams::TASKS_ABOUT_STUDENT],
            (RecordKind::Student, ActivityTab::Meetings) => &[streams::STUDENT_MEETINGS],
            (RecordKind::Student, ActivityTab::Emails) => &[streams::STUDENT_EMAILS],
            _ => &[],
        }
    }

    /// What the records of the tab are ordered by.
    pub(super) fn order(self) -> Order {
        match self {
            ActivityTab::InterviewSchedules | ActivityTab::JobListings | ActivityTab::Experiences => Order::Day,
            _ => Order::Moment,
        }
    }
}
