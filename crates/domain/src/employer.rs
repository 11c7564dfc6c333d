//! Employers: the organizations contacts and employer users belong to. An employer can have no people at all (M50).

use crate::field::{CREATED_AT, DELETED_AT, Field, FieldGroup as Group, FieldType};
use crate::kind::RecordKind;

/// The employer's name.
pub const NAME: Field = Field::text(3, "name", "Name", Group::Name).required().searchable();
/// The employer's website.
pub const WEBSITE: Field = Field::new(4, "website", "Website", Group::Online, FieldType::Url).searchable();
/// A general address.
pub const EMAIL: Field = Field::new(5, "email", "E-mail", Group::Reach, FieldType::Email);
/// A general phone number.
pub const PHONE: Field = Field::new(6, "phone", "Phone", Group::Reach, FieldType::Phone);
/// Line of business.
pub const INDUSTRY: Field = Field::text(7, "industry", "Industry", Group::Work).searchable().bulk();
/// Street, several lines.
pub const STREET: Field = Field::new(8, "street", "Street", Group::Address, FieldType::LongText { max: 500 });
/// City.
pub const CITY: Field = Field::text(9, "city", "City", Group::Address).searchable();
/// State, province or region.
pub const REGION: Field = Field::text(10, "region", "State or region", Group::Address);
/// Postal code.
pub const POSTAL_CODE: Field = Field::text(11, "postal_code", "Postal code", Group::Address);
/// Country.
pub const COUNTRY: Field = Field::text(12, "country", "Country", Group::Address);
/// What else is worth knowing.
pub const DESCRIPTION: Field =
    Field::new(13, "description", "About", Group::About, FieldType::LongText { max: 20_000 });
/// Short words the desk sorts employers by.
pub const LABELS: Field = Field::new(14, "labels", "Labels", Group::About, FieldType::List).bulk();
/// The primary contact: one value here, so that two desks can't make two (M17).
pub const PRIMARY_CONTACT: Field =
    Field::system(15, "primary_contact", "Primary contact", FieldType::Reference { kind: RecordKind::Contact });

/// Every field of an employer; number `n` is at index `n - 1`.
pub static FIELDS: &[&Field] = &[
    &DELETED_AT,
    &CREATED_AT,
    &NAME,
    &WEBSITE,
    &EMAIL,
    &PHONE,
    &INDUSTRY,
    &STREET,
    &CITY,
    &REGION,
    &POSTAL_CODE,
    &COUNTRY,
    &DESCRIPTION,
    &LABELS,
    &PRIMARY_CONTACT,
];
