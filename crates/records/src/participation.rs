//! How a contact takes part: in a meeting, an event or job fair, or an interview schedule. Exactly one of the three is
//! named.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

/// Attends a meeting.
pub const ATTENDEE: &str = "attendee";
/// Registered for an event or a job fair.
pub const REGISTERED: &str = "registered";
/// Named on a job fair registration by the employer ("Additional Contact").
pub const ADDITIONAL_CONTACT: &str = "additional_contact";
/// Interviews on a schedule.
pub const INTERVIEWER: &str = "interviewer";
/// In which part somebody takes part.
pub const PARTS: &[&str] = &[ATTENDEE, REGISTERED, ADDITIONAL_CONTACT, INTERVIEWER];

/// The parts there are in a meeting, an event or an interview schedule; none in anything else.
pub fn parts_in(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Meeting => &[ATTENDEE],
        RecordKind::Event => &[REGISTERED, ADDITIONAL_CONTACT],
        RecordKind::InterviewSchedule => &[INTERVIEWER],
        _ => &[],
    }
}

/// The field that names what somebody takes part in, where that is of this kind.
pub fn place(kind: RecordKind) -> Option<&'static Field> {
    match kind {
        RecordKind::Meeting => Some(&MEETING),
        RecordKind::Event => Some(&EVENT),
        RecordKind::InterviewSchedule => Some(&INTERVIEW_SCHEDULE),
        _ => None,
    }
}

/// What became of it.
pub const STATUSES: &[&str] = &[EXPECTED, "attended", "absent", CANCELLED];
/// They are expected.
pub const EXPECTED: &str = "expected";
/// They, or whoever registered them, cancelled.
pub const CANCELLED: &str = "cancelled";

/// Where who takes part works: computed.
pub const EMPLOYER: Field =
    Field::system(0, "employer", "Employer", FieldType::Reference { kind: RecordKind::Employer });
/// The address of who takes part: computed.
pub const EMAIL: Field = Field::system(0, "email", "E-mail", FieldType::Email);

fields! {
    /// Who takes part.
    CONTACT = Field::new(3, "contact", "Contact", Group::Name, FieldType::Reference { kind: RecordKind::Contact }).required();
    /// In which part.
    PART = Field::new(4, "part", "Part", Group::Name, FieldType::Choice { choices: PARTS }).required();
    /// The meeting.
    MEETING = Field::new(5, "meeting", "Meeting", Group::About, FieldType::Reference { kind: RecordKind::Meeting });
    /// The event or job fair.
    EVENT = Field::new(6, "event", "Event", Group::About, FieldType::Reference { kind: RecordKind::Event });
    /// The interview schedule.
    INTERVIEW_SCHEDULE = Field::new(7, "interview_schedule", "Interview schedule", Group::About, FieldType::Reference { kind: RecordKind::InterviewSchedule });
    /// What became of it.
    STATUS = Field::new(8, "status", "Status", Group::Status, FieldType::Choice { choices: STATUSES });
    /// A remark, for example the table at a fair.
    REMARK = Field::text(9, "remark", "Remark", Group::About);
    /// The employer user who registered them in the portal.
    REGISTERED_BY = Field::system(10, "registered_by", "Registered by", FieldType::Reference { kind: RecordKind::EmployerUser }).hidden();
    /// Whom the employer user registered along with themselves, as they wrote it: "Bo Lind <bo@acme.example>". The portal
    /// shows this and not whom it found, so that nobody learns who is in the directory.
    NAMED = Field::system(11, "named", "Registered with them", FieldType::List).hidden();
}
