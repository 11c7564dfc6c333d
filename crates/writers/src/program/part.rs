//! What stands in the columns of a program's file.

use crate::values::Values;

/// What a cell of a program's file holds.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// Nothing we have.
    Blank,
    /// The value of the field.
    Of(&'static str),
    /// One line of the field, of as many as there are columns for; the last has all further lines.
    Line(&'static str, usize, usize),
    /// This text in each row with a value of the field: what kind of value it is.
    Kind(&'static str, &'static str),
    /// This text where any of the fields has a value.
    KindOfAny(&'static [&'static str], &'static str),
    /// The whole name.
    Name,
    /// The whole name and the address: "Ann Lee (ann@x.example)".
    NameAndAddress(&'static str),
    /// The fields' values, one below the other, those in the second list side by side.
    Address(&'static [&'static str; 5]),
    /// The fields' values in one line.
    Joined(&'static [&'static str], &'static str),
    /// The labels, and one that the program gives to everybody.
    Labels { separator: &'static str, everybody: Option<&'static str> },
    /// TRUE or FALSE.
    Archived,
}

/// The columns of a file, in order.
pub(super) type Columns = &'static [(&'static str, Part)];

impl Part {
    pub(super) fn holds(self, field: &str) -> bool {
        match self {
            Self::Of(held) | Self::Line(held, ..) => held == field,
            Self::Joined(fields, _) => fields.contains(&field),
            Self::Labels { .. } => field == "labels",
            // What is only repeated stands in a column of its own.
            _ => false,
        }
    }

    pub(super) fn text(self, values: &Values<'_>, is_archived: bool) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Of(field) => values.get(field).to_owned(),
            Self::Line(field, line, lines) => {
                let mut parts = values.get(field).splitn(lines, '\n').map(str::trim);
                parts.nth(line).unwrap_or_default().to_owned()
            }
            Self::Kind(field, text) => said(text, !values.get(field).is_empty()),
            Self::KindOfAny(fields, text) => said(text, fields.iter().any(|field| !values.get(field).is_empty())),
            Self::Name => values.whole_name(),
            Self::NameAndAddress(field) => match values.get(field) {
                "" => String::new(),
                address => format!("{} ({address})", values.whole_name()).trim_start().to_owned(),
            },
            Self::Address([street, city, region, postal_code, country]) => {
                let region = values.joined(&[region, postal_code], " ");
                let city = [values.get(city), &region].into_iter().filter(|part| !part.is_empty());
                let city = city.collect::<Vec<_>>().join(", ");
                let lines = [values.get(street), &city, values.get(country)];
                lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
            }
            Self::Joined(fields, separator) => values.joined(fields, separator),
            Self::Labels { separator, everybody } => {
                values.labels().chain(everybody).collect::<Vec<_>>().join(separator)
            }
            Self::Archived => if is_archived { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }
}

fn said(text: &str, is_said: bool) -> String {
    if is_said { text.to_owned() } else { String::new() }
}
