//! Which fields of a contact are compared, and as what.

use liaison_domain::{Field, Record, RecordKind, Value, contact};
use liaison_matching::{Kind, Schema};
use liaison_queries::View;
use liaison_queries::contact_texts::ContactTexts;
use liaison_store::{Db, StoreError};

/// A column that is compared: its key, what its values are, and the fields they come from.
pub(crate) struct Compared {
    pub key: &'static str,
    pub kind: Kind,
    pub fields: &'static [&'static Field],
}

/// In the order of the matching's schema.
pub(crate) const COLUMNS: &[Compared] = &[
    Compared { key: "given_name", kind: Kind::GivenName, fields: &[&contact::FIRST_NAME, &contact::PREFERRED_NAME] },
    Compared { key: "family_name", kind: Kind::FamilyName, fields: &[&contact::LAST_NAME] },
    Compared { key: "generation", kind: Kind::Generation, fields: &[&contact::NAME_SUFFIX, &contact::LAST_NAME] },
    Compared {
        key: "email",
        kind: Kind::Email,
        fields: &[&contact::EMAIL, &contact::EMAIL_2, &contact::EMAIL_3, &contact::FORMER_EMAILS],
    },
    Compared {
        key: "phone",
        kind: Kind::Phone,
        fields: &[&contact::WORK_PHONE, &contact::MOBILE_PHONE, &contact::HOME_PHONE, &contact::OTHER_PHONE],
    },
    Compared { key: "employer", kind: Kind::Organization, fields: &[&contact::EMPLOYER] },
    Compared { key: "title", kind: Kind::Text, fields: &[&contact::TITLE] },
    Compared { key: "street", kind: Kind::Street, fields: &[&contact::STREET, &contact::HOME_STREET] },
    Compared { key: "city", kind: Kind::City, fields: &[&contact::CITY, &contact::HOME_CITY] },
    Compared {
        key: "postal_code",
        kind: Kind::PostalCode,
        fields: &[&contact::POSTAL_CODE, &contact::HOME_POSTAL_CODE],
    },
    Compared { key: "region", kind: Kind::Region, fields: &[&contact::REGION, &contact::HOME_REGION] },
    Compared { key: "profile", kind: Kind::Identifier, fields: &[&contact::LINKEDIN] },
];

/// What the columns mean to the matching.
pub(crate) fn schema() -> Schema {
    COLUMNS.iter().fold(Schema::new(), |schema, column| schema.with(column.key, column.kind))
}

/// What is stored of contacts in the fields of [`COLUMNS`], in their order.
pub(crate) fn stored<'d>(view: &View<'d>) -> Result<ContactTexts<'d>, StoreError> {
    ContactTexts::new(view, COLUMNS.iter().flat_map(|column| column.fields).copied())
}

/// The same of all contacts, to learn from.
pub(crate) fn stored_of_everybody<'d>(db: &'d Db<'d>) -> ContactTexts<'d> {
    ContactTexts::of_everybody(db, COLUMNS.iter().flat_map(|column| column.fields).copied())
}

/// One value of a contact: its column, its field, its text.
pub(crate) struct Told {
    pub column: usize,
    pub field: &'static Field,
    pub text: String,
}

/// The values of a contact, column by column.
pub(crate) fn values(view: &View<'_>, record: &Record) -> Result<Vec<Told>, StoreError> {
    told(record, |value| match value {
        Value::Reference(id) => Ok(view.name_of(RecordKind::Employer, *id)?.unwrap_or_default()),
        _ => Ok(String::new()),
    })
}

/// The same, where `employer` gives the name of what stands in the field of the employer.
pub(crate) fn told<E>(record: &Record, employer: impl Fn(&Value) -> Result<String, E>) -> Result<Vec<Told>, E> {
    let mut told = Vec::new();
    for (column, compared) in COLUMNS.iter().enumerate() {
        for field in compared.fields.iter().copied() {
            let mut add = |text: &str| {
                if !text.is_empty() {
                    told.push(Told { column, field, text: text.to_owned() });
                }
            };
            match record.get(field) {
                Value::List(items) => items.iter().for_each(|item| add(item)),
                value if field.number == contact::EMPLOYER.number => add(&employer(value)?),
                value => add(value.as_text()),
            }
        }
    }
    Ok(told)
}
