//! What goes into the trash with a record, what stands in the way of that, and how long it rests there (M20, B9).

use crate::field::Field;
use crate::kind::RecordKind;
use crate::record::Record;
use crate::{contact, employer, participation};

/// How long what was deleted rests in the trash, in days. Then it is erased for good.
pub const REST_DAYS: i64 = 30;

/// [`REST_DAYS`] in milliseconds.
pub const REST_MILLIS: i64 = REST_DAYS * 24 * 60 * 60 * 1000;

/// What becomes of a record when one that it refers to is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It is part of the other and is deleted, restored and erased with it.
    GoesAlong,
    /// It stands in the way: the other can't be deleted while it is there.
    Blocks,
    /// It stays, and no longer refers to it.
    Loosens,
    /// It stays as it is; only an erasure takes the reference away.
    Stays,
}

/// How `record` is tied to what its field `field` refers to.
pub fn tie(record: &Record, field: &Field) -> Tie {
    match record.kind {
        RecordKind::Note | RecordKind::Task | RecordKind::Meeting | RecordKind::Email | RecordKind::Employment
            if matches!(field.key, "contact" | "student" | "about_student") =>
        {
            Tie::GoesAlong
        }
        RecordKind::Participation if field.number == participation::CONTACT.number => {
            if record.get(&participation::MEETING).is_empty() { Tie::Blocks } else { Tie::GoesAlong }
        }
        RecordKind::Participation | RecordKind::DistinctPair => match field.key {
            "author" | "registered_by" => Tie::Stays,
            _ => Tie::GoesAlong,
        },
        RecordKind::Invitation | RecordKind::OnboardingAnswer if matches!(field.key, "contact" | "student") => {
            Tie::GoesAlong
        }
        RecordKind::Employer if field.number == employer::PRIMARY_CONTACT.number => Tie::Loosens,
        // Who was merged is the same person: the survivor's trash does not change that.
        RecordKind::Employer => Tie::Stays,
        RecordKind::Contact if field.number == contact::MERGED_INTO.number => Tie::Stays,
        RecordKind::Contact if field.number == contact::OWNER.number => Tie::Stays,
        RecordKind::Contact if matches!(field.key, "added_by_user" | "added_by_student") => Tie::Stays,
        _ if matches!(field.key, "author" | "owner" | "assignee" | "organizer" | "assigned_to") => Tie::Stays,
        _ => Tie::Blocks,
    }
}

/// Whether a record that was merged into another goes when the survivor is erased: it is the same person.
pub fn erased_with_survivor(record: &Record, field: &Field) -> bool {
    match record.kind {
        RecordKind::Contact => field.number == contact::MERGED_INTO.number,
        RecordKind::Employer => field.number == employer::MERGED_INTO.number,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    #[test]
    fn notes_go_along_listings_stand_in_the_way() {
        let blank = |kind| Record::blank(kind, Id::from_parts(1, [1; 10]));
        assert_eq!(tie(&blank(RecordKind::Note), &crate::note::CONTACT), Tie::GoesAlong);
        assert_eq!(tie(&blank(RecordKind::Note), &crate::note::STUDENT), Tie::GoesAlong);
        assert_eq!(tie(&blank(RecordKind::Task), &crate::task::ABOUT_STUDENT), Tie::GoesAlong);
        assert_eq!(tie(&blank(RecordKind::Meeting), &crate::meeting::STUDENT), Tie::GoesAlong);
        assert_eq!(tie(&blank(RecordKind::Email), &crate::email::STUDENT), Tie::GoesAlong);
        assert_eq!(tie(&blank(RecordKind::JobListing), &crate::job_listing::CONTACT), Tie::Blocks);
        assert_eq!(tie(&blank(RecordKind::Experience), &crate::experience::SUPERVISOR), Tie::Blocks);
        assert_eq!(tie(&blank(RecordKind::Employer), &employer::PRIMARY_CONTACT), Tie::Loosens);
        assert_eq!(tie(&blank(RecordKind::Contact), &contact::EMPLOYER), Tie::Blocks);
        assert_eq!(tie(&blank(RecordKind::Task), &crate::task::ASSIGNEE), Tie::Stays);
    }

    #[test]
    fn a_meeting_goes_along_a_registration_stands_in_the_way() {
        let mut part = Record::blank(RecordKind::Participation, Id::from_parts(1, [1; 10]));
        part.set(&participation::MEETING, Id::from_parts(2, [2; 10]));
        assert_eq!(tie(&part, &participation::CONTACT), Tie::GoesAlong);
        part.set(&participation::MEETING, crate::value::Value::Empty);
        part.set(&participation::EVENT, Id::from_parts(2, [2; 10]));
        assert_eq!(tie(&part, &participation::CONTACT), Tie::Blocks);
        assert_eq!(tie(&part, &participation::EVENT), Tie::GoesAlong, "registrations go with their event");
    }
}
