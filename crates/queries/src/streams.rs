//! What happened with contacts, employers and students, as streams: records of one kind, newest first. Counting and
//! paging read the same definitions.

use crate::view::View;
use liaison_domain::{Id, RecordKind};
use liaison_store::{Sql, StoreError};

/// Records of one kind that belong to an owner: one query, newest first. In its SQL, `t` is the record, `p` the
/// participation if there is one, `?1` the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    kind: RecordKind,
    from: &'static str,
    whose: &'static str,
    /// When.
    at: &'static str,
    /// What tells two of the same time apart.
    n: &'static str,
}

/// A time that a stream is ordered by.
#[derive(Clone, Copy, Debug)]
pub enum At<'a> {
    /// A moment, in milliseconds since 1970.
    Moment(i64),
    /// A day, as `yyyy-mm-dd`.
    Day(&'a str),
}

/// A record of a stream.
pub struct Streamed {
    /// When, as text: a moment in milliseconds since 1970, or a day as `yyyy-mm-dd`; "" where that is not known.
    pub at: String,
    /// Its row number; that of the participation where the contact takes part in it (see [`Stream::takes_part`]).
    pub n: i64,
    /// The record.
    pub id: Id,
}

const fn own(kind: RecordKind, from: &'static str, whose: &'static str, at: &'static str) -> Stream {
    Stream { kind, from, whose, at, n: BY_RECORD }
}

const fn taking_part(kind: RecordKind, from: &'static str, whose: &'static str, at: &'static str) -> Stream {
    Stream { kind, from, whose, at, n: BY_PARTICIPATION }
}

const BY_RECORD: &str = "t.n";
const BY_PARTICIPATION: &str = "p.n";
const LISTED_ON: &str = "coalesce(t.posted_on,date(t.created_at/1000,'unixepoch'))";
const STARTED_ON: &str = "coalesce(t.starts_on,date(t.created_at/1000,'unixepoch'))";

/// Notes on a contact, by moment.
pub const NOTES: Stream = own(RecordKind::Note, "note t", "t.contact=?1 AND t.deleted_at IS NULL", "t.created_at");

/// Tasks about a contact, by moment.
pub const TASKS: Stream = own(RecordKind::Task, "task t", "t.contact=?1 AND t.deleted_at IS NULL", "t.created_at");

/// Meetings with a contact, by moment.
pub const MEETINGS: Stream =
    own(RecordKind::Meeting, "meeting t", "t.contact=?1 AND t.deleted_at IS NULL", "t.starts_at");

/// Meetings with somebody else that a contact takes part in, by moment.
pub const ATTENDED: Stream = taking_part(
    RecordKind::Meeting,
    "participation p JOIN meeting t ON t.id=p.meeting",
    "p.contact=?1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND t.contact IS NOT ?1",
    "t.starts_at",
);

/// E-mails to and from a contact, by moment.
pub const EMAILS: Stream = own(RecordKind::Email, "email t", "t.contact=?1 AND t.deleted_at IS NULL", "t.sent_at");

/// E-mails to and from a contact, by the moment they were sent, or entered where that is not known.
pub const DATED_EMAILS: Stream =
    own(RecordKind::Email, "email t", "t.contact=?1 AND t.deleted_at IS NULL", "coalesce(t.sent_at,t.created_at)");

/// E-mails to and from a student, by moment.
pub const STUDENT_EMAILS: Stream =
    own(RecordKind::Email, "email t", "t.student=?1 AND t.deleted_at IS NULL", "t.sent_at");

/// Notes on a student, by moment.
pub const STUDENT_NOTES: Stream =
    own(RecordKind::Note, "note t", "t.student=?1 AND t.deleted_at IS NULL", "t.created_at");

/// Tasks about a student, by moment.
pub const TASKS_ABOUT_STUDENT: Stream =
    own(RecordKind::Task, "task t", "t.about_student=?1 AND t.deleted_at IS NULL", "t.created_at");

/// Meetings with a student, by moment.
pub const STUDENT_MEETINGS: Stream =
    own(RecordKind::Meeting, "meeting t", "t.student=?1 AND t.deleted_at IS NULL", "t.starts_at");

/// Events and job fairs that a contact is registered for, by moment.
pub const REGISTERED: Stream = taking_part(
    RecordKind::Event,
    "participation p JOIN event t ON t.id=p.event",
    "p.contact=?1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL",
    "t.starts_at",
);

/// Events and job fairs that a contact posted without being registered, by moment.
pub const POSTED_EVENTS: Stream = own(
    RecordKind::Event,
    "event t",
    "t.contact=?1 AND t.deleted_at IS NULL AND NOT EXISTS
        (SELECT 1 FROM participation p WHERE p.event=t.id AND p.contact=?1 AND p.deleted_at IS NULL)",
    "t.starts_at",
);

/// Interview schedules that a contact interviews on, by day.
pub const INTERVIEWING: Stream = taking_part(
    RecordKind::InterviewSchedule,
    "participation p JOIN interview_schedule t ON t.id=p.interview_schedule",
    "p.contact=?1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL",
    "t.held_on",
);

/// Interview schedules that a contact posted without interviewing, by day.
pub const POSTED_SCHEDULES: Stream = own(
    RecordKind::InterviewSchedule,
    "interview_schedule t",
    "t.contact=?1 AND t.deleted_at IS NULL AND NOT EXISTS
        (SELECT 1 FROM participation p WHERE p.interview_schedule=t.id AND p.contact=?1 AND p.deleted_at IS NULL)",
    "t.held_on",
);

/// Job listings that a contact posted, by day.
pub const LISTINGS: Stream =
    own(RecordKind::JobListing, "job_listing t", "t.contact=?1 AND t.deleted_at IS NULL", LISTED_ON);

/// Experiences with a contact as the supervisor, by day.
pub const EXPERIENCES: Stream =
    own(RecordKind::Experience, "experience t", "t.supervisor=?1 AND t.deleted_at IS NULL", STARTED_ON);

/// Employments of a contact that began on a known day, by that day.
pub const EMPLOYMENTS_BEGUN: Stream = own(
    RecordKind::Employment,
    "employment t",
    "t.contact=?1 AND t.deleted_at IS NULL AND t.started_on IS NOT NULL",
    "t.started_on",
);

/// Employments of a contact that ended, by the last day.
pub const EMPLOYMENTS_ENDED: Stream = own(
    RecordKind::Employment,
    "employment t",
    "t.contact=?1 AND t.deleted_at IS NULL AND t.ended_on IS NOT NULL",
    "t.ended_on",
);

/// Students' tasks that name a contact, by moment.
pub const STUDENT_TASKS: Stream =
    own(RecordKind::Task, "task t", "t.contact=?1 AND t.deleted_at IS NULL AND t.student IS NOT NULL", "t.created_at");

/// Events and job fairs of an employer, by moment.
pub const EMPLOYER_EVENTS: Stream =
    own(RecordKind::Event, "event t", "t.employer=?1 AND t.deleted_at IS NULL", "t.starts_at");

/// Interview schedules of an employer, by day.
pub const EMPLOYER_SCHEDULES: Stream =
    own(RecordKind::InterviewSchedule, "interview_schedule t", "t.employer=?1 AND t.deleted_at IS NULL", "t.held_on");

/// Job listings of an employer, by day.
pub const EMPLOYER_LISTINGS: Stream =
    own(RecordKind::JobListing, "job_listing t", "t.employer=?1 AND t.deleted_at IS NULL", LISTED_ON);

/// Experiences at an employer, by day.
pub const EMPLOYER_EXPERIENCES: Stream =
    own(RecordKind::Experience, "experience t", "t.employer=?1 AND t.deleted_at IS NULL", STARTED_ON);

impl Stream {
    /// The kind of its records.
    pub fn kind(&self) -> RecordKind {
        self.kind
    }

    /// Whether it has what the owner, a contact, takes part in: then its row numbers are those of participations.
    pub fn takes_part(&self) -> bool {
        self.n == BY_PARTICIPATION
    }

    /// How many records of the owner there are. Errors: `NotFound` where the owner is a contact that is hidden.
    pub fn count(&self, view: &View<'_>, owner: Id) -> Result<u32, StoreError> {
        view.require(RecordKind::Contact, owner)?;
        let sql = format!("SELECT count(*) FROM {} WHERE {}", self.from, self.whose);
        Ok(view.everything().number(&sql, &[Sql::Blob(owner.bytes())])? as u32)
    }

    /// The newest records of the owner, `limit` at most; with `after`, those behind that time and, of what has the same
    /// time, that row number. Errors: `NotFound` where the owner is a contact that is hidden.
    pub fn page(
        &self,
        view: &View<'_>,
        owner: Id,
        after: Option<(At<'_>, i64)>,
        limit: usize,
    ) -> Result<Vec<Streamed>, StoreError> {
        view.require(RecordKind::Contact, owner)?;
        let Stream { from, whose, at, n, .. } = self;
        let from_there = if after.is_some() { format!(" AND ({at},{n})<(?3,?4)") } else { String::new() };
        let sql =
            format!("SELECT {at},{n},t.id FROM {from} WHERE {whose}{from_there} ORDER BY {at} DESC,{n} DESC LIMIT ?2");
        let mut bound = vec![Sql::Blob(owner.bytes()), Sql::Int(limit as i64)];
        if let Some((at, n)) = after {
            bound.push(match at {
                At::Moment(moment) => Sql::Int(moment),
                At::Day(day) => Sql::Text(day),
            });
            bound.push(Sql::Int(n));
        }
        view.everything()
            .all(&sql, &bound, |row| Ok(Streamed { at: row.text(0).to_owned(), n: row.int(1), id: row.id(2)? }))
    }
}
