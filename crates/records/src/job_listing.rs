//! Job listings posted by employers. Applications can go to the contact a listing names (M44).

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

/// What is offered.
pub const TYPES: &[&str] = &["full_time", "part_time", "internship", "co_op", "volunteer"];
/// How far a listing is.
pub const STATUSES: &[&str] = &[DRAFT, SUBMITTED, OPEN, CLOSED, DECLINED];
/// Staff work on it.
pub const DRAFT: &str = "draft";
/// An employer posted it in the portal; staff have not looked at it.
pub const SUBMITTED: &str = "submitted";
/// Students and alumni see it.
pub const OPEN: &str = "open";
/// It is filled, or over.
pub const CLOSED: &str = "closed";
/// Staff declined it.
pub const DECLINED: &str = "declined";

fields! {
    /// The position.
    TITLE = Field::text(3, "title", "Position", Group::Name).required();
    /// What is offered.
    TYPE = Field::new(4, "type", "Type", Group::Name, FieldType::Choice { choices: TYPES });
    /// The employer that offers it.
    EMPLOYER = Field::new(5, "employer", "Employer", Group::Work, FieldType::Reference { kind: RecordKind::Employer });
    /// The contact who posted it; applications go there.
    CONTACT = Field::new(6, "contact", "Posted by", Group::Work, FieldType::Reference { kind: RecordKind::Contact });
    /// How far it is.
    STATUS = Field::new(7, "status", "Status", Group::Status, FieldType::Choice { choices: STATUSES });
    /// The day it was posted.
    POSTED_ON = Field::new(8, "posted_on", "Posted", Group::Schedule, FieldType::Date);
    /// The last day for applications.
    CLOSES_ON = Field::new(9, "closes_on", "Closes", Group::Schedule, FieldType::Date);
    /// Place of work.
    LOCATION = Field::text(10, "location", "Location", Group::Schedule);
    /// What it is about.
    DESCRIPTION = Field::new(11, "description", "Description", Group::About, FieldType::LongText { max: 20_000 });
    /// Where to apply, if not to the contact.
    URL = Field::new(12, "url", "Apply at", Group::Online, FieldType::Url);
}
