//! On-campus interviews (OCI) and in-app-video interview schedules. Interviewers take part through
//! [`crate::participation`].

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

/// On campus.
pub const ON_CAMPUS: &str = "on_campus";
/// By video, in the portal.
pub const VIDEO: &str = "video";
/// How the interviews are held.
pub const TYPES: &[&str] = &[ON_CAMPUS, VIDEO];

/// An employer asks for it in the portal; staff have not answered.
pub const REQUESTED: &str = "requested";
/// It takes place.
pub const CONFIRMED: &str = "confirmed";
/// Staff declined it.
pub const DECLINED: &str = "declined";
/// It was called off.
pub const CANCELLED: &str = "cancelled";
/// How far a schedule is. One without a status is from before there were any: confirmed.
pub const STATUSES: &[&str] = &[REQUESTED, CONFIRMED, DECLINED, CANCELLED];

fields! {
    /// Its name, for example the position.
    TITLE = Field::text(3, "title", "Title", Group::Name).required();
    /// On campus or by video.
    TYPE = Field::new(4, "type", "Type", Group::Name, FieldType::Choice { choices: TYPES });
    /// The employer that interviews.
    EMPLOYER = Field::new(5, "employer", "Employer", Group::Work, FieldType::Reference { kind: RecordKind::Employer });
    /// The contact who posted it.
    CONTACT = Field::new(6, "contact", "Posted by", Group::Work, FieldType::Reference { kind: RecordKind::Contact });
    /// The day of the interviews.
    HELD_ON = Field::new(7, "held_on", "Day", Group::Schedule, FieldType::Date).required();
    /// Room or link.
    LOCATION = Field::text(8, "location", "Location", Group::Schedule);
    /// How many interviews there can be.
    SLOTS = Field::new(9, "slots", "Interview slots", Group::Schedule, FieldType::Number);
    /// What else candidates must know.
    DESCRIPTION = Field::new(10, "description", "Description", Group::About, FieldType::LongText { max: 20_000 });
    /// How far it is.
    STATUS = Field::new(11, "status", "Status", Group::Status, FieldType::Choice { choices: STATUSES });
    /// The interviewers whom the employer user named, as they wrote it: "Bo Lind <bo@acme.example>". The portal shows this
    /// and not whom it found, so that nobody learns who is in the directory.
    NAMED = Field::system(12, "named", "Named by the employer", FieldType::List).hidden();
}
