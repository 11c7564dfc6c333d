//! Which records belong to which tab of a profile, and in which order. Counting and paging read the same definitions.

use liaison_domain::RecordKind;
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

/// Some records of a tab: one query, newest first. In its SQL, `t` is the record, `p` the participation if there is
/// one, `?1` the contact or employer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream {
    /// The kind of `t`.
    pub kind: RecordKind,
    /// From where.
    pub from: &'static str,
    /// Which.
    pub whose: &'static str,
    /// When.
    pub at: &'static str,
    /// What tells two of the same time apart.
    pub n: &'static str,
}

const fn own(kind: RecordKind, from: &'static str, whose: &'static str, at: &'static str) -> Stream {
    Stream { kind, from, whose, at, n: "t.n" }
}

const fn taking_part(kind: RecordKind, from: &'static str, whose: &'static str, at: &'static str) -> Stream {
    Stream { kind, from, whose, at, n: "p.n" }
}

const NOTES: Stream = own(RecordKind::Note, "note t", "t.contact=?1 AND t.deleted_at IS NULL", "t.created_at");
const TASKS: Stream = own(RecordKind::Task, "task t", "t.contact=?1 AND t.deleted_at IS NULL", "t.created_at");
const MEETINGS: Stream = own(RecordKind::Meeting, "meeting t", "t.contact=?1 AND t.deleted_at IS NULL", "t.starts_at");
const ATTENDED: Stream = taking_part(
    RecordKind::Meeting,
    "participation p JOIN meeting t ON t.id=p.meeting",
    "p.contact=?1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND t.contact IS NOT ?1",
    "t.starts_at",
);
const EMAILS: Stream = own(RecordKind::Email, "email t", "t.contact=?1 AND t.deleted_at IS NULL", "t.sent_at");
const STUDENT_EMAILS: Stream = own(RecordKind::Email, "email t", "t.student=?1 AND t.deleted_at IS NULL", "t.sent_at");
const REGISTERED: Stream = taking_part(
    RecordKind::Event,
    "participation p JOIN event t ON t.id=p.event",
    "p.contact=?1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL",
    "t.starts_at",
);
const POSTED_EVENTS: Stream = own(
    RecordKind::Event,
    "event t",
    "t.contact=?1 AND t.deleted_at IS NULL AND NOT EXISTS
        (SELECT 1 FROM participation p WHERE p.event=t.id AND p.contact=?1 AND p.deleted_at IS NULL)",
    "t.starts_at",
);
const INTERVIEWING: Stream = taking_part(
    RecordKind::InterviewSchedule,
    "participation p JOIN interview_schedule t ON t.id=p.interview_schedule",
    "p.contact=?1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL",
    "t.held_on",
);
const POSTED_SCHEDULES: Stream = own(
    RecordKind::InterviewSchedule,
    "interview_schedule t",
    "t.contact=?1 AND t.deleted_at IS NULL AND NOT EXISTS
        (SELECT 1 FROM participation p WHERE p.interview_schedule=t.id AND p.contact=?1 AND p.deleted_at IS NULL)",
    "t.held_on",
);
const LISTED_ON: &str = "coalesce(t.posted_on,date(t.created_at/1000,'unixepoch'))";
const LISTINGS: Stream =
    own(RecordKind::JobListing, "job_listing t", "t.contact=?1 AND t.deleted_at IS NULL", LISTED_ON);
const STARTED_ON: &str = "coalesce(t.starts_on,date(t.created_at/1000,'unixepoch'))";
const EXPERIENCES: Stream =
    own(RecordKind::Experience, "experience t", "t.supervisor=?1 AND t.deleted_at IS NULL", STARTED_ON);
const STUDENT_TASKS: Stream =
    own(RecordKind::Task, "task t", "t.contact=?1 AND t.deleted_at IS NULL AND t.student IS NOT NULL", "t.created_at");

const EMPLOYER_EVENTS: Stream =
    own(RecordKind::Event, "event t", "t.employer=?1 AND t.deleted_at IS NULL", "t.starts_at");
const EMPLOYER_SCHEDULES: Stream =
    own(RecordKind::InterviewSchedule, "interview_schedule t", "t.employer=?1 AND t.deleted_at IS NULL", "t.held_on");
const EMPLOYER_LISTINGS: Stream =
    own(RecordKind::JobListing, "job_listing t", "t.employer=?1 AND t.deleted_at IS NULL", LISTED_ON);
const EMPLOYER_EXPERIENCES: Stream =
    own(RecordKind::Experience, "experience t", "t.employer=?1 AND t.deleted_at IS NULL", STARTED_ON);

impl ActivityTab {
    /// Where the records of the tab come from, on the page of a record of this kind; none where it has no such tab.
    pub(super) fn streams(self, owner: RecordKind) -> &'static [Stream] {
        match (owner, self) {
            (RecordKind::Contact, ActivityTab::Activities) => &[NOTES, TASKS, MEETINGS, ATTENDED],
            (RecordKind::Contact, ActivityTab::Notes) => &[NOTES],
            (RecordKind::Contact, ActivityTab::Tasks) => &[TASKS],
            (RecordKind::Contact, ActivityTab::Meetings) => &[MEETINGS, ATTENDED],
            (RecordKind::Contact, ActivityTab::Emails) => &[EMAILS],
            (RecordKind::Contact, ActivityTab::Events) => &[REGISTERED, POSTED_EVENTS],
            (RecordKind::Contact, ActivityTab::InterviewSchedules) => &[INTERVIEWING, POSTED_SCHEDULES],
            (RecordKind::Contact, ActivityTab::JobListings) => &[LISTINGS],
            (RecordKind::Contact, ActivityTab::Experiences) => &[EXPERIENCES],
            (RecordKind::Contact, ActivityTab::TaskContacts) => &[STUDENT_TASKS],
            (RecordKind::Employer, ActivityTab::Events) => &[EMPLOYER_EVENTS],
            (RecordKind::Employer, ActivityTab::InterviewSchedules) => &[EMPLOYER_SCHEDULES],
            (RecordKind::Employer, ActivityTab::JobListings) => &[EMPLOYER_LISTINGS],
            (RecordKind::Employer, ActivityTab::Experiences) => &[EMPLOYER_EXPERIENCES],
            (RecordKind::Student, ActivityTab::Emails) => &[STUDENT_EMAILS],
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
