//! The timeline of a contact: which kinds of things it tells, and which changes of the contact itself are among them.

use crate::contact;
use crate::field::{DELETED_AT, Field};
use crate::journal::FieldChange;
use serde::{Deserialize, Serialize};
use specta::Type;
use strum::{EnumCount, VariantArray};

/// A kind of things that happen with a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type, EnumCount, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// Notes.
    Note,
    /// Emails, to and from the contact.
    Email,
    /// Tasks, those of students too.
    Task,
    /// Meetings.
    Meeting,
    /// Events and job fairs the contact is registered for, or posted.
    Event,
    /// On-campus interviews.
    Oci,
    /// Job listings.
    JobListing,
    /// Experiences.
    Experience,
    /// The contact began at an employer, left one, or got another title.
    Employment,
    /// The contact was added, reviewed, shown to others, deleted or restored.
    Status,
}

impl TimelineKind {
    /// Every kind.
    pub const ALL: [TimelineKind; TimelineKind::COUNT] =
        *TimelineKind::VARIANTS.first_chunk().expect("as many as there are");
}

/// The fields of a contact whose changes its timeline tells.
pub const TOLD: [&Field; 4] = [&contact::APPROVAL, &contact::VISIBILITY, &contact::TITLE, &DELETED_AT];

/// Of which kind a change of a contact is; `None` where the timeline does not tell it. A change of the employer is told
/// by the employment history, and a title changed with it is part of that.
pub fn kind_of_change(created: bool, changes: &[FieldChange]) -> Option<TimelineKind> {
    let has = |field: &Field| changes.iter().any(|c| c.field == field.number && c.before != c.after);
    if created || [&contact::APPROVAL, &contact::VISIBILITY, &DELETED_AT].into_iter().any(has) {
        return Some(TimelineKind::Status);
    }
    (has(&contact::TITLE) && !has(&contact::EMPLOYER)).then_some(TimelineKind::Employment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::value::Value;

    fn change(field: &Field, before: Value, after: Value) -> FieldChange {
        FieldChange { field: field.number, before, after }
    }

    #[test]
    fn status_and_title_are_told_and_nothing_else() {
        let status = change(&contact::APPROVAL, "pending".into(), "approved".into());
        let title = change(&contact::TITLE, "Recruiter".into(), "Lead Recruiter".into());
        let city = change(&contact::CITY, Value::Empty, "Boston".into());
        let employer = change(&contact::EMPLOYER, Value::Empty, Id::from_parts(1, [1; 10]).into());
        assert_eq!(kind_of_change(false, &[status.clone(), title.clone()]), Some(TimelineKind::Status));
        assert_eq!(kind_of_change(false, &[city.clone(), title.clone()]), Some(TimelineKind::Employment));
        assert_eq!(kind_of_change(false, &[title, employer]), None, "the employment history tells it");
        assert_eq!(kind_of_change(false, std::slice::from_ref(&city)), None);
        assert_eq!(kind_of_change(true, &[city]), Some(TimelineKind::Status), "added");
        let unchanged = change(&contact::VISIBILITY, "myself".into(), "myself".into());
        assert_eq!(kind_of_change(false, &[unchanged]), None);
    }
}
