//! Students and alumni: the people All Users lists (M33). They activate their account through an invitation.

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

/// Still studies.
pub const STUDENT: &str = "student";
/// Has graduated.
pub const ALUM: &str = "alum";
/// Student or alum.
pub const STANDINGS: &[&str] = &[STUDENT, ALUM];

fields! {
    /// Given name.
    FIRST_NAME = Field::text(3, "first_name", "First name", Group::Name).required().searchable();
    /// Family name.
    LAST_NAME = Field::text(4, "last_name", "Last name", Group::Name).required().searchable();
    /// The name the person goes by.
    PREFERRED_NAME = Field::text(5, "preferred_name", "Preferred name", Group::Name).searchable();
    /// The address the account is made with, and activated with (M36).
    EMAIL = Field::new(6, "email", "E-mail", Group::Reach, FieldType::Email).required().searchable();
    /// Phone.
    PHONE = Field::new(7, "phone", "Phone", Group::Reach, FieldType::Phone);
    /// Student or alum.
    STANDING = Field::new(8, "standing", "Standing", Group::About, FieldType::Choice { choices: STANDINGS }).bulk();
    /// The institution's own number for the person.
    STUDENT_NUMBER = Field::text(9, "student_number", "Student number", Group::About).searchable();
    /// Field of study.
    MAJOR = Field::text(10, "major", "Major", Group::About).searchable().bulk();
    /// Year of graduation.
    GRADUATION_YEAR = Field::new(11, "graduation_year", "Graduation year", Group::About, FieldType::Number).bulk();
    /// The group the person is in.
    GROUP = Field::new(12, "user_group", "Group", Group::About, FieldType::Reference { kind: RecordKind::UserGroup }).bulk();
    /// The staff member whose case the person is (M38). Assigning has a permission of its own, so no form sets it.
    ASSIGNED_TO = Field::system(13, "assigned_to", "Assigned to", FieldType::Reference { kind: RecordKind::Staff });
    /// What else is worth knowing.
    DESCRIPTION = Field::new(14, "description", "About", Group::About, FieldType::LongText { max: 20_000 });
    /// When the person activated the account (M36); empty before.
    ACTIVATED_AT = Field::system(15, "activated_at", "Activated", FieldType::Moment);
    /// When staff deactivated the account (M37); empty while it is not.
    DEACTIVATED_AT = Field::system(16, "deactivated_at", "Deactivated", FieldType::Moment);
    /// When the last invitation or reminder went out (M41).
    INVITED_AT = Field::system(17, "invited_at", "Last invited", FieldType::Moment);
    /// The last log-in to the portal.
    LAST_LOG_IN = Field::system(18, "last_log_in", "Last log-in", FieldType::Moment);
    /// Keeps the person out of every outreach send; invitations and letters of one person to another are no outreach.
    DO_NOT_EMAIL = Field::new(19, "do_not_email", "Do not email", Group::Reach, FieldType::Flag).bulk();
    /// When a message to the address last came back.
    BOUNCED_AT = Field::system(20, "bounced_at", "Last bounce", FieldType::Moment);
}

/// What is known of the account: computed, never stored.
pub const STATUS: Field = Field::system(0, "status", "Status", FieldType::Choice { choices: STATUSES });

/// Activated and not deactivated.
pub const ACTIVE: &str = "active";
/// Invited, not yet activated (M39).
pub const INACTIVE: &str = "inactive";
/// The last invitation or reminder was refused by the server or came back, at the address the person still has.
pub const REFUSED: &str = "refused";
/// Not invited so far.
pub const NOT_INVITED: &str = "not_invited";
/// Deactivated by staff.
pub const DEACTIVATED: &str = "deactivated";
/// The values of [`STATUS`].
pub const STATUSES: &[&str] = &[ACTIVE, INACTIVE, REFUSED, NOT_INVITED, DEACTIVATED];

/// The status of an account with these moments; `refused` is whether the last message was, at the present address.
pub fn status(activated: bool, deactivated: bool, invited: bool, refused: bool) -> &'static str {
    match (deactivated, activated, refused, invited) {
        (true, ..) => DEACTIVATED,
        (false, true, ..) => ACTIVE,
        (false, false, true, _) => REFUSED,
        (false, false, false, true) => INACTIVE,
        (false, false, false, false) => NOT_INVITED,
    }
}
