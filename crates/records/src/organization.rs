//! The career center itself: the institution and its staff.

use crate::field::{CREATED_AT, DELETED_AT, Field, FieldGroup as Group, FieldType};
use crate::kind::RecordKind;
use crate::permission::STAFF_ROLES;

/// The institution's name.
pub const INSTITUTION_NAME: Field = Field::text(3, "name", "Name", Group::Name).required();

/// The address people write to.
pub const INSTITUTION_EMAIL: Field = Field::new(4, "email", "E-mail", Group::Reach, FieldType::Email);
/// The phone number people call.
pub const INSTITUTION_PHONE: Field = Field::new(5, "phone", "Phone", Group::Reach, FieldType::Phone);
/// The career center's website.
pub const INSTITUTION_WEBSITE: Field = Field::new(6, "website", "Website", Group::Online, FieldType::Url);
/// Where the career center is, several lines.
pub const INSTITUTION_ADDRESS: Field =
    Field::new(7, "address", "Address", Group::Address, FieldType::LongText { max: 500 });
/// The color of buttons and headings in mail and on the portal, as `#rrggbb`.
pub const INSTITUTION_COLOR: Field = Field::new(8, "color", "Color", Group::Status, FieldType::Text { max: 7 });
/// The logo, a PNG or JPEG file in base64 with its media type in front: `image/png;base64,…`.
pub const INSTITUTION_LOGO: Field =
    Field::new(9, "logo", "Logo", Group::Status, FieldType::LongText { max: LONGEST_LOGO as u32 }).hidden();
/// Longest logo as it is kept, in bytes: a file of half a megabyte.
pub const LONGEST_LOGO: usize = 700_000;

/// Whether a text can stand where a color is wanted: none at all, or `#rrggbb`.
pub fn is_color(text: &str) -> bool {
    let digits = |digits: &str| digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
    text.is_empty() || text.strip_prefix('#').is_some_and(digits)
}

/// Where students and employer users log in: links in invitations lead there.
pub const INSTITUTION_PORTAL: Field = Field::new(10, "portal", "Portal address", Group::Online, FieldType::Url);
/// For how many days the link in an invitation works (see `domain::activation::days`).
pub const INSTITUTION_INVITATION_DAYS: Field =
    Field::new(11, "invitation_days", "Invitations valid for days", Group::Status, FieldType::Number);
/// The time zone whose calendar says what a day is for everybody (see `domain::time_zone`), by its IANA name. Empty in
/// databases from before there was this field: then it is each computer's own.
pub const INSTITUTION_TIME_ZONE: Field = Field::text(12, "time_zone", "Time zone", Group::Reach);

/// Anybody with a mailbox of their own.
pub const OPEN: &str = "open";
/// Those whose domain an employer has, or whom staff know.
pub const KNOWN_DOMAINS: &str = "known_domains";
/// Only those whom staff or a colleague invited.
pub const BY_INVITATION: &str = "by_invitation";
/// Who may sign up at `/hire`.
pub const SIGN_UPS: &[&str] = &[OPEN, KNOWN_DOMAINS, BY_INVITATION];
/// Who may sign up at `/hire`; where there is nothing, anybody (see [`Field::unset`]).
pub const INSTITUTION_SIGN_UP: Field =
    Field::new(13, "sign_up", "Who can sign up", Group::Online, FieldType::Choice { choices: SIGN_UPS });
/// What employers read at the front page for them.
pub const INSTITUTION_HIRE_TEXT: Field =
    Field::new(14, "hire_text", "Text for employers", Group::Online, FieldType::LongText { max: 2_000 });

/// Every field of the institution; number `n` is at index `n - 1`.
pub static INSTITUTION_FIELDS: &[&Field] = &[
    &DELETED_AT,
    &CREATED_AT,
    &INSTITUTION_NAME,
    &INSTITUTION_EMAIL,
    &INSTITUTION_PHONE,
    &INSTITUTION_WEBSITE,
    &INSTITUTION_ADDRESS,
    &INSTITUTION_COLOR,
    &INSTITUTION_LOGO,
    &INSTITUTION_PORTAL,
    &INSTITUTION_INVITATION_DAYS,
    &INSTITUTION_TIME_ZONE,
    &INSTITUTION_SIGN_UP,
    &INSTITUTION_HIRE_TEXT,
];

/// A staff member's given name.
pub const STAFF_FIRST_NAME: Field = Field::text(3, "first_name", "First name", Group::Name).required();
/// A staff member's family name.
pub const STAFF_LAST_NAME: Field = Field::text(4, "last_name", "Last name", Group::Name).required();
/// A staff member's address.
pub const STAFF_EMAIL: Field = Field::new(5, "email", "E-mail", Group::Reach, FieldType::Email).required();
/// What the staff member may do.
pub const STAFF_ROLE: Field = Field::system(6, "role", "Role", FieldType::Choice { choices: STAFF_ROLES });

/// A role of one's own; where there is one, it says what the staff member may do, not [`STAFF_ROLE`].
pub const STAFF_OWN_ROLE: Field =
    Field::system(7, "own_role", "Own role", FieldType::Reference { kind: RecordKind::StaffRole });
/// When the staff member was deactivated; empty while they work here.
pub const STAFF_DEACTIVATED_AT: Field = Field::system(8, "deactivated_at", "Deactivated", FieldType::Moment);

/// Every field of a staff member; number `n` is at index `n - 1`.
pub static STAFF_FIELDS: &[&Field] = &[
    &DELETED_AT,
    &CREATED_AT,
    &STAFF_FIRST_NAME,
    &STAFF_LAST_NAME,
    &STAFF_EMAIL,
    &STAFF_ROLE,
    &STAFF_OWN_ROLE,
    &STAFF_DEACTIVATED_AT,
];
