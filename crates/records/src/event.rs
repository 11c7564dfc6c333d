//! Events and job fairs. Who registered stands in [`crate::participation`].

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

/// An information session, a talk, a workshop.
pub const EVENT: &str = "event";
/// A job fair, for which employers register with their people.
pub const JOB_FAIR: &str = "job_fair";
/// What kind of event it is.
pub const TYPES: &[&str] = &[EVENT, JOB_FAIR];

/// In the portal of nobody.
pub const NOBODY: &str = "nobody";
/// In the portal of employers.
pub const EMPLOYERS: &str = "employers";
/// In the portal of employers, students and alumni.
pub const EMPLOYERS_AND_STUDENTS: &str = "employers_and_students";
/// Who sees an event in the portal.
pub const AUDIENCES: &[&str] = &[NOBODY, EMPLOYERS, EMPLOYERS_AND_STUDENTS];

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
    /// Who sees it in the portal; nobody where it is empty.
    PUBLISHED = Field::new(12, "published", "Shown in the portal to", Group::Status, FieldType::Choice { choices: AUDIENCES });
    /// Until when employers register in the portal; until it ends where it is empty.
    REGISTER_UNTIL = Field::new(13, "register_until", "Register until", Group::Schedule, FieldType::Moment);
    /// How many people from employers there is room for; any number where it is empty.
    PLACES = Field::new(14, "places", "Places", Group::Schedule, FieldType::Number);
}
