//! What the portal shows of events, interview schedules and job listings, and until when employers may do something about
//! them.

use crate::kind::RecordKind;
use crate::record::Record;
use crate::role::PortalPermission;
use crate::value::Value;
use crate::{event, interview_schedule, job_listing, participation};

/// Who sees a record in the portal, from nobody to everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i16)]
pub enum Published {
    /// Nobody.
    Nobody = 0,
    /// The users of its employer.
    Employer = 1,
    /// The users of all employers.
    Employers = 2,
    /// Students and alumni, too.
    Students = 3,
}

/// Who sees an event, an interview schedule or a job listing in the portal; records of other kinds nobody.
pub fn published(record: &Record) -> Published {
    if record.is_deleted() {
        return Published::Nobody;
    }
    match record.kind {
        RecordKind::Event => match record.text(&event::PUBLISHED) {
            event::EMPLOYERS => Published::Employers,
            event::EMPLOYERS_AND_STUDENTS => Published::Students,
            _ => Published::Nobody,
        },
        RecordKind::InterviewSchedule => Published::Employer,
        RecordKind::JobListing => match record.text(&job_listing::STATUS) {
            job_listing::OPEN => Published::Students,
            job_listing::SUBMITTED | job_listing::CLOSED | job_listing::DECLINED => Published::Employer,
            // A draft is the staff's own.
            _ => Published::Nobody,
        },
        _ => Published::Nobody,
    }
}

/// When an event is over, in milliseconds since 1970: when it ends, or begins where nobody said when it ends.
pub fn over_at(event: &Record) -> i64 {
    let moment = |field| match event.get(field) {
        Value::Moment(at) => Some(*at),
        _ => None,
    };
    moment(&event::ENDS_AT).or(moment(&event::STARTS_AT)).unwrap_or(i64::MAX)
}

/// Why nobody can register for an event, or not so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// Registration is over, or the event is.
    Closed,
    /// There is no room for that many.
    Full {
        /// As many more there is room for.
        left: u32,
    },
}

/// Refuses a registration of `more` people for an event at `now`, where `taken` are registered.
pub fn register(event: &Record, now: i64, taken: u32, more: u32) -> Result<(), Shut> {
    let until = match event.get(&event::REGISTER_UNTIL) {
        Value::Moment(until) => (*until).min(over_at(event)),
        _ => over_at(event),
    };
    if now > until {
        return Err(Shut::Closed);
    }
    match event.get(&event::PLACES) {
        Value::Number(places) => {
            let left = u32::try_from(*places).unwrap_or(0).saturating_sub(taken);
            if more > left { Err(Shut::Full { left }) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// What it takes to register for an event.
pub fn permission_to_register(event: &Record) -> PortalPermission {
    if event.text(&event::TYPE) == event::JOB_FAIR {
        PortalPermission::RegisterFairs
    } else {
        PortalPermission::RegisterEvents
    }
}

/// The part in which people take part whom an employer user registers along with themselves.
pub fn part_of_named(event: &Record) -> &'static str {
    if event.text(&event::TYPE) == event::JOB_FAIR {
        participation::ADDITIONAL_CONTACT
    } else {
        participation::REGISTERED
    }
}

/// Whether students can apply to a listing on a day, written `yyyy-mm-dd`.
pub fn takes_applications(listing: &Record, today: &str) -> bool {
    let closes = listing.text(&job_listing::CLOSES_ON);
    published(listing) == Published::Students && (closes.is_empty() || closes >= today)
}

/// Whether an employer user may still change a schedule or a listing of theirs, or call it off: not once staff declined
/// it, and not once it was called off.
pub fn is_changeable(record: &Record) -> bool {
    !record.is_deleted()
        && match record.kind {
            RecordKind::InterviewSchedule => !matches!(
                record.text(&interview_schedule::STATUS),
                interview_schedule::DECLINED | interview_schedule::CANCELLED
            ),
            RecordKind::JobListing => {
                matches!(record.text(&job_listing::STATUS), job_listing::SUBMITTED | job_listing::OPEN)
            }
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::DELETED_AT;
    use crate::id::Id;

    fn blank(kind: RecordKind) -> Record {
        Record::blank(kind, Id::from_parts(1, [1; 10]))
    }

    #[test]
    fn nothing_is_published_that_nobody_published() {
        for kind in RecordKind::ALL {
            let seen = published(&blank(kind));
            assert_eq!(seen > Published::Nobody, kind == RecordKind::InterviewSchedule, "{kind:?}");
        }
        let mut event = blank(RecordKind::Event);
        for (audience, seen) in
            event::AUDIENCES.iter().zip([Published::Nobody, Published::Employers, Published::Students])
        {
            event.set(&event::PUBLISHED, *audience);
            assert_eq!(published(&event), seen);
        }
        event.set(&DELETED_AT, Value::Moment(1));
        assert_eq!(published(&event), Published::Nobody);
        let mut listing = blank(RecordKind::JobListing);
        for status in job_listing::STATUSES {
            listing.set(&job_listing::STATUS, *status);
            assert_eq!(published(&listing) == Published::Students, *status == job_listing::OPEN);
            assert_eq!(published(&listing) == Published::Nobody, *status == job_listing::DRAFT);
        }
    }

    #[test]
    fn registration_ends_with_its_day_the_event_and_the_room() {
        let mut event = blank(RecordKind::Event);
        event.set(&event::STARTS_AT, Value::Moment(100));
        assert_eq!((register(&event, 100, 9, 9), register(&event, 101, 0, 1)), (Ok(()), Err(Shut::Closed)));
        event.set(&event::ENDS_AT, Value::Moment(200));
        event.set(&event::REGISTER_UNTIL, Value::Moment(50));
        assert_eq!((register(&event, 50, 0, 1), register(&event, 51, 0, 1)), (Ok(()), Err(Shut::Closed)));
        event.set(&event::REGISTER_UNTIL, Value::Moment(900));
        assert_eq!((register(&event, 200, 0, 1), register(&event, 201, 0, 1)), (Ok(()), Err(Shut::Closed)));
        event.set(&event::PLACES, Value::Number(3));
        assert_eq!(register(&event, 1, 2, 1), Ok(()));
        assert_eq!(register(&event, 1, 2, 2), Err(Shut::Full { left: 1 }));
        assert_eq!(register(&event, 1, 9, 1), Err(Shut::Full { left: 0 }));
        assert_eq!(register(&event, 1, 9, 0), Ok(()), "whoever adds nobody needs no room");
    }

    #[test]
    fn a_listing_takes_applications_while_it_is_open() {
        let mut listing = blank(RecordKind::JobListing);
        listing.set(&job_listing::STATUS, job_listing::OPEN);
        assert!(takes_applications(&listing, "2027-01-01"));
        listing.set(&job_listing::CLOSES_ON, "2027-01-01");
        assert!(takes_applications(&listing, "2027-01-01") && !takes_applications(&listing, "2027-01-02"));
        listing.set(&job_listing::STATUS, job_listing::SUBMITTED);
        assert!(!takes_applications(&listing, "2026-01-01") && is_changeable(&listing));
    }
}
