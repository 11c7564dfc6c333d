//! Events and job fairs. Who registered stands in [`crate::participation`].

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

/// An information session, a talk, a workshop.
pub const EVENT: &str = "event";
/// A job fair, for which employers register with their people.
pub const JOB_FAIR: &str = "job_fair";
/// What kind of event it is.
pub const TYPES: &[&str] = &[EVENT, JOB_FAIR];

fields! {
    /// Its name.
    TITLE = Field::text(3, "title", "Title", Group::Name).required();
    /// Event or job fair.
    TYPE = Field::new(4, "type", "Type", Group::Name, FieldType::Choice { choices: TYPES });
    /// When it begins.
    STARTS_AT = Field::new(5, "starts_at", "Starts", Group::Schedule, FieldType::Moment).required();
    /// When it ends.
    ENDS_AT = Field::new(6, "ends_at", "Ends", Group::Schedule, FieldType::Moment);
    /// The time zone of its place, by its IANA name.
    TIME_ZONE = Field::text(7, "time_zone", "Time zone", Group::Schedule);
    /// Where it takes place.
    LOCATION = Field::text(8, "location", "Location", Group::Schedule);
    /// What it is about.
    DESCRIPTION = Field::new(9, "description", "Description", Group::About, FieldType::LongText { max: 20_000 });
    /// The employer that holds it.
    EMPLOYER = Field::new(10, "employer", "Employer", Group::Work, FieldType::Reference { kind: RecordKind::Employer });
    /// The contact who posted it ("Event Contact").
    CONTACT = Field::new(11, "contact", "Event contact", Group::Work, FieldType::Reference { kind: RecordKind::Contact });
}
