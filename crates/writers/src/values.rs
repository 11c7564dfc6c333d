//! What is known of one contact, while it is written.

use crate::{
    content_line::escape,
    template::{PERSON_COLUMNS, TEMPLATE, field_by_key},
};

/// The values of one contact, by field: those of a person.
pub(crate) struct Values<'a>([&'a str; PERSON_COLUMNS]);

impl<'a> Values<'a> {
    /// Takes texts by field key, in any order; fields that say nothing about a person are left out.
    pub(crate) fn of(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut cells = [""; PERSON_COLUMNS];
        for (field, value) in values {
            let column = TEMPLATE[..PERSON_COLUMNS].iter().position(|(key, _)| Some(*key) == field_by_key(field));
            if let Some(column) = column {
                cells[column] = value.trim();
            }
        }
        Self(cells)
    }

    pub(crate) fn get(&self, field: &str) -> &'a str {
        let column = TEMPLATE[..PERSON_COLUMNS].iter().position(|(key, _)| *key == field);
        debug_assert!(column.is_some(), "no column for {field}");
        column.map_or("", |column| self.0[column])
    }

    /// The values of several fields, escaped, as the components of one value of a card.
    pub(crate) fn components(&self, fields: &[&str]) -> String {
        let parts: Vec<String> = fields.iter().map(|field| escape(self.get(field))).collect();
        parts.join(";")
    }

    /// The values of several fields in one line.
    pub(crate) fn joined(&self, fields: &[&str], separator: &str) -> String {
        let parts = fields.iter().map(|field| self.get(field)).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(separator)
    }

    /// The whole name, as it is addressed.
    pub(crate) fn whole_name(&self) -> String {
        self.joined(&["name_prefix", "first_name", "middle_name", "last_name", "name_suffix"], " ")
    }

    /// The labels, one by one.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &'a str> {
        self.get("labels").split(';').map(str::trim).filter(|label| !label.is_empty())
    }
}
