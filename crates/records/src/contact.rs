//! Contacts: the people at employers a career center works with. An address-book record for internal use (M43).

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

/// Where a contact first came from (M2). Set once, never changed (M47).
pub const SOURCES: &[&str] = &[
    "oci_interviewer",
    "employer_user_sign_up",
    "experiential_learning_supervisor",
    "event_contact",
    "job_fair_registration",
    "interviewer",
    "task",
    "admin",
    "import",
];

/// Waiting in the queue.
pub const PENDING: &str = "pending";
/// In the Contact Directory (M6).
pub const APPROVED: &str = "approved";
/// Kept out of the directory, its data frozen (M8, M27).
pub const REJECTED: &str = "rejected";
/// What the desk decided about a contact.
pub const APPROVALS: &[&str] = &[PENDING, APPROVED, REJECTED];

/// Seen by the owner only.
pub const MYSELF: &str = "myself";
/// Seen by all staff: "Myself and All Career Advisors".
pub const CAREER_ADVISORS: &str = "career_advisors";
/// Seen by students and alumni too: "Visible".
pub const STUDENTS: &str = "students";
/// Who may see an approved contact (M25).
pub const VISIBILITIES: &[&str] = &[MYSELF, CAREER_ADVISORS, STUDENTS];

fields! {
    /// Form of address, for example "Dr."
    NAME_PREFIX = Field::text(3, "name_prefix", "Prefix", Group::Name).on_card();
    /// Given name.
    FIRST_NAME = Field::text(4, "first_name", "First name", Group::Name).required().searchable().auto_synced().on_card();
    /// Further given names.
    MIDDLE_NAME = Field::text(5, "middle_name", "Middle name", Group::Name).searchable().on_card();
    /// Family name.
    LAST_NAME = Field::text(6, "last_name", "Last name", Group::Name).required().searchable().auto_synced().on_card();
    /// For example "Jr." or "PhD".
    NAME_SUFFIX = Field::text(7, "name_suffix", "Suffix", Group::Name).on_card();
    /// The name the person goes by.
    PREFERRED_NAME = Field::text(8, "preferred_name", "Preferred name", Group::Name).searchable().on_card();
    /// For example "she/her".
    PRONOUNS = Field::text(9, "pronouns", "Pronouns", Group::Name).on_card();
    /// The address that links the contact with a user (M45).
    EMAIL = Field::new(10, "email", "E-mail", Group::Reach, FieldType::Email).required().searchable().on_card();
    /// A further address.
    EMAIL_2 = Field::new(11, "email_2", "Second e-mail", Group::Reach, FieldType::Email).searchable();
    /// A further address.
    EMAIL_3 = Field::new(12, "email_3", "Third e-mail", Group::Reach, FieldType::Email).searchable();
    /// Job title.
    TITLE = Field::text(13, "title", "Job title", Group::Work).searchable().bulk().on_card();
    /// Department.
    DEPARTMENT = Field::text(14, "department", "Department", Group::Work).bulk().on_card();
    /// The employer the contact belongs to.
    EMPLOYER = Field::new(15, "employer", "Employer", Group::Work, FieldType::Reference { kind: RecordKind::Employer }).searchable().bulk().on_card();
    /// Phone at work.
    WORK_PHONE = Field::new(16, "work_phone", "Work phone", Group::Reach, FieldType::Phone).searchable().auto_synced().on_card();
    /// Mobile phone.
    MOBILE_PHONE = Field::new(17, "mobile_phone", "Mobile phone", Group::Reach, FieldType::Phone).searchable();
    /// Phone at home.
    HOME_PHONE = Field::new(18, "home_phone", "Home phone", Group::Reach, FieldType::Phone).searchable();
    /// Any other phone.
    OTHER_PHONE = Field::new(19, "other_phone", "Other phone", Group::Reach, FieldType::Phone).searchable();
    /// Fax number.
    FAX = Field::new(20, "fax", "Fax", Group::Reach, FieldType::Phone).on_card();
    /// Street, several lines.
    STREET = Field::new(21, "street", "Street", Group::Address, FieldType::LongText { max: 500 }).bulk().auto_synced().on_card();
    /// City.
    CITY = Field::text(22, "city", "City", Group::Address).searchable().bulk().auto_synced().on_card();
    /// State, province or region.
    REGION = Field::text(23, "region", "State or region", Group::Address).bulk().auto_synced().on_card();
    /// Postal code.
    POSTAL_CODE = Field::text(24, "postal_code", "Postal code", Group::Address).bulk().auto_synced().on_card();
    /// Country.
    COUNTRY = Field::text(25, "country", "Country", Group::Address).bulk().auto_synced().on_card();
    /// Website.
    WEBSITE = Field::new(26, "website", "Website", Group::Online, FieldType::Url).auto_synced().on_card();
    /// LinkedIn profile.
    LINKEDIN = Field::new(27, "linkedin", "LinkedIn", Group::Online, FieldType::Url).on_card();
    /// Any other profile.
    SOCIAL = Field::new(28, "social", "Other social link", Group::Online, FieldType::Url);
    /// Short words the desk sorts contacts by.
    LABELS = Field::new(29, "labels", "Labels", Group::About, FieldType::List).searchable().bulk();
    /// What else is worth knowing.
    DESCRIPTION = Field::new(30, "description", "About", Group::About, FieldType::LongText { max: 20_000 });
    /// The first interaction (M47). A file may tell it of a new contact; of one that is there it changes nothing.
    SOURCE = Field::system(31, "source", "Source", FieldType::Choice { choices: SOURCES }).imported();
    /// Who brought the contact in, in words, for example "Dana Reyes, Acme".
    ADDED_BY = Field::system(32, "added_by", "Added by", FieldType::Text { max: 200 }).imported();
    /// What the desk decided; changed by review only.
    APPROVAL = Field::system(33, "approval", "Approval status", FieldType::Choice { choices: APPROVALS });
    /// Who may see the contact once it is approved.
    VISIBILITY = Field::new(34, "visibility", "Visibility", Group::Status, FieldType::Choice { choices: VISIBILITIES }).bulk();
    /// Changes of the employer account and the linked user carry over (M19).
    AUTO_SYNC = Field::new(35, "auto_sync", "AutoSync", Group::Status, FieldType::Flag).bulk().not_imported();
    /// The staff member meant by "Myself".
    OWNER = Field::new(36, "owner", "Owner", Group::Status, FieldType::Reference { kind: RecordKind::Staff }).bulk().not_imported();
    /// Addresses the person had before, oldest first: aliases for matching and linking (M45).
    FORMER_EMAILS = Field::new(37, "former_emails", "Former e-mails", Group::Reach, FieldType::List).searchable();
    /// Line of business.
    INDUSTRY = Field::text(38, "industry", "Industry", Group::Work).bulk().auto_synced().on_card();
    /// Street at home, several lines.
    HOME_STREET = Field::new(39, "home_street", "Home street", Group::HomeAddress, FieldType::LongText { max: 500 });
    /// City at home.
    HOME_CITY = Field::text(40, "home_city", "Home city", Group::HomeAddress);
    /// State, province or region at home.
    HOME_REGION = Field::text(41, "home_region", "Home state or region", Group::HomeAddress);
    /// Postal code at home.
    HOME_POSTAL_CODE = Field::text(42, "home_postal_code", "Home postal code", Group::HomeAddress);
    /// Country at home.
    HOME_COUNTRY = Field::text(43, "home_country", "Home country", Group::HomeAddress);
    /// Profile on X.
    X_PROFILE = Field::new(44, "x_profile", "X", Group::Online, FieldType::Url);
    /// Profile on GitHub.
    GITHUB = Field::new(45, "github", "GitHub", Group::Online, FieldType::Url);
    /// Profile on Facebook.
    FACEBOOK = Field::new(46, "facebook", "Facebook", Group::Online, FieldType::Url);
    /// Profile on Instagram.
    INSTAGRAM = Field::new(47, "instagram", "Instagram", Group::Online, FieldType::Url);
    /// When a message to the contact last came back; empty once one got through.
    BOUNCED_AT = Field::system(48, "bounced_at", "Last bounce", FieldType::Moment);
    /// The contact this one was merged into; it is then in the trash, and old links lead on.
    MERGED_INTO = Field::system(49, "merged_into", "Merged into", FieldType::Reference { kind: RecordKind::Contact }).hidden();
    /// The employer user who named the contact in the portal, or who the contact is.
    ADDED_BY_USER = Field::system(50, "added_by_user", "Added by employer user", FieldType::Reference { kind: RecordKind::EmployerUser }).hidden();
    /// The student, alumna or alumnus who named the contact in the portal.
    ADDED_BY_STUDENT = Field::system(51, "added_by_student", "Added by student", FieldType::Reference { kind: RecordKind::Student }).hidden();
}

/// Whether the linked employer user can log in: computed, never stored on the contact (access is decided separately).
pub const ACCESS: Field = Field::system(0, "access", "Access", FieldType::Choice { choices: ACCESSES });

/// When the desk last heard of the contact (see `domain::staleness`): computed.
pub const LAST_HEARD: Field = Field::system(0, "last_heard", "Last heard of", FieldType::Moment);
/// The last log-in of the linked employer user: computed.
pub const LAST_LOG_IN: Field = Field::system(0, "last_log_in", "Last log-in", FieldType::Moment);

/// The values of [`ACCESS`]: no linked user, one who can log in, one whose access is off.
pub const ACCESSES: &[&str] = &["none", "on", "off"];
