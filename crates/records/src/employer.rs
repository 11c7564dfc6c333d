//! Employers: the organizations contacts and employer users belong to. An employer can have no people at all (M50).

use crate::field::{Field, FieldGroup as Group, FieldType, fields};
use crate::kind::RecordKind;

/// Staff know it, or said that it is what it is called.
pub const CONFIRMED: &str = "confirmed";
/// Somebody said so in the portal, and nobody here has looked yet.
pub const CLAIMED: &str = "claimed";
/// Whether an employer is known to be what it is called.
pub const CONFIRMATIONS: &[&str] = &[CONFIRMED, CLAIMED];

fields! {
    /// The employer's name.
    NAME = Field::text(3, "name", "Name", Group::Name).required().searchable();
    /// The employer's website.
    WEBSITE = Field::new(4, "website", "Website", Group::Online, FieldType::Url).searchable();
    /// A general address.
    EMAIL = Field::new(5, "email", "E-mail", Group::Reach, FieldType::Email);
    /// A general phone number.
    PHONE = Field::new(6, "phone", "Phone", Group::Reach, FieldType::Phone);
    /// Line of business.
    INDUSTRY = Field::text(7, "industry", "Industry", Group::Work).searchable().bulk();
    /// Street, several lines.
    STREET = Field::new(8, "street", "Street", Group::Address, FieldType::LongText { max: 500 });
    /// City.
    CITY = Field::text(9, "city", "City", Group::Address).searchable();
    /// State, province or region.
    REGION = Field::text(10, "region", "State or region", Group::Address).bulk();
    /// Postal code.
    POSTAL_CODE = Field::text(11, "postal_code", "Postal code", Group::Address);
    /// Country.
    COUNTRY = Field::text(12, "country", "Country", Group::Address).bulk();
    /// What else is worth knowing.
    DESCRIPTION = Field::new(13, "description", "About", Group::About, FieldType::LongText { max: 20_000 });
    /// Short words the desk sorts employers by.
    LABELS = Field::new(14, "labels", "Labels", Group::About, FieldType::List).bulk();
    /// The primary contact: one value here, so that two desks can't make two (M17).
    PRIMARY_CONTACT = Field::system(15, "primary_contact", "Primary contact", FieldType::Reference { kind: RecordKind::Contact });
    /// LinkedIn page.
    LINKEDIN = Field::new(16, "linkedin", "LinkedIn", Group::Online, FieldType::Url);
    /// The employer this one was merged into; it is then in the trash, and old links lead on.
    MERGED_INTO = Field::system(17, "merged_into", "Merged into", FieldType::Reference { kind: RecordKind::Employer }).hidden();
    /// Whether it is known to be what it is called; where there is nothing, it is (see [`Field::unset`]).
    CONFIRMATION = Field::system(18, "confirmation", "Confirmation", FieldType::Choice { choices: CONFIRMATIONS });
    /// Domains whose mailboxes belong to its people alone: whoever proves an address there works here. Staff say so;
    /// nothing else makes one of it.
    EMAIL_DOMAINS = Field::new(19, "email_domains", "E-mail domains", Group::Reach, FieldType::List).not_imported();
}

impl Field {
    /// The choice that is meant where there is none: what every record was before there was the field. A filter for it
    /// finds those, too.
    pub fn unset(&self) -> Option<&'static str> {
        match self.field_type {
            FieldType::Choice { choices: CONFIRMATIONS } => Some(CONFIRMED),
            _ => None,
        }
    }
}

/// How many approved contacts it has, without those that somebody keeps to themselves: computed.
pub const CONTACTS: Field = Field::system(0, "contacts", "Contacts", FieldType::Number);
/// How many employer users it has: computed.
pub const USERS: Field = Field::system(0, "users", "Employer users", FieldType::Number);
/// The latest last contact of those contacts: computed.
pub const LAST_CONTACT: Field = Field::system(0, "last_contact", "Last contact", FieldType::Moment);

/// The record contacts are moved to when nobody knows where they went (M24).
pub const INACTIVE: &str = "Inactive";
