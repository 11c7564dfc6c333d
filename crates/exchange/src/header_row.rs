//! Which row of a table is its header: titles, notes and groups of columns may stand above it.

use liaison_values::content::is_email;

use crate::headers::{PLAIN, VAGUE, WHOLE_NAMES, is_listed, normalise};
use liaison_writers::{field_by_key, field_by_label};

/// How many rows from the top are looked at.
pub(crate) const LOOKED_AT: usize = 30;

/// Headers are short; a sentence that mentions names and e-mail addresses is none.
const LONGEST: usize = 60;

/// The first row that names both an e-mail address and the name of a person.
pub(crate) fn find<'a>(rows: impl Iterator<Item = &'a [String]>) -> Option<usize> {
    rows.take(LOOKED_AT).enumerate().find(|(_, row)| names_people(row)).map(|(at, _)| at)
}

fn names_people(row: &[String]) -> bool {
    let cells = || row.iter().map(String::as_str).filter(|cell| !cell.trim().is_empty());
    if cells().any(is_email) {
        return false;
    }
    let headers = cells().filter(|cell| cell.chars().count() <= LONGEST).map(Header::of);
    let (email, name) = headers.fold((false, false), |(email, name), header| match header {
        Header::Email => (true, name),
        Header::Name => (email, true),
        Header::Other => (email, name),
    });
    email && name
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Header {
    Email,
    Name,
    Other,
}

impl Header {
    fn of(cell: &str) -> Self {
        let name = normalise(cell);
        let field = field_by_label(cell).or_else(|| field_by_key(cell)).or_else(|| plain_field(&name));
        match field {
            Some("email" | "email_2" | "email_3") => Self::Email,
            Some("first_name" | "last_name" | "preferred_name") => Self::Name,
            Some(_) => Self::Other,
            None if is_listed(WHOLE_NAMES, &name) => Self::Name,
            None if ["firstname", "lastname", "fullname", "givenname", "familyname"]
                .iter()
                .any(|known| name.contains(known)) =>
            {
                Self::Name
            }
            None if name.contains("email") && name.len() <= 30 => Self::Email,
            None => Self::Other,
        }
    }
}

fn plain_field(name: &str) -> Option<&'static str> {
    PLAIN.iter().find(|(_, names)| is_listed(names, name)).map(|(field, _)| *field)
}

/// Whether the header means something by itself: one that does is not changed by what stands above it.
fn is_plain(header: &str) -> bool {
    field_by_label(header).is_some() || plain_field(&normalise(header)).is_some()
}

/// The headers with the groups above them where they need them: "Name" below "Company" is "Company Name". A group stands
/// over the first of its columns, the cells beside it are merged with it or blank.
pub(crate) fn with_groups(groups: &[String], headers: Vec<String>) -> Vec<String> {
    let filled = groups.iter().filter(|group| !group.trim().is_empty()).count();
    // A single cell is a title of the whole table.
    if filled < 2 {
        return headers;
    }
    let twice = |header: &str| {
        let same = headers.iter().filter(|other| other.trim().eq_ignore_ascii_case(header.trim()));
        !header.trim().is_empty() && same.count() > 1
    };
    let mut group = "";
    let mut named = Vec::with_capacity(headers.len());
    for (column, header) in headers.iter().enumerate() {
        if let Some(next) = groups.get(column).map(|group| group.trim()).filter(|group| !group.is_empty()) {
            group = next;
        }
        let whole = format!("{group} {}", header.trim());
        let normalised = normalise(&whole);
        let helps = plain_field(&normalised).is_some() || VAGUE.iter().any(|(_, names)| is_listed(names, &normalised));
        let changes = !group.is_empty() && !header.trim().is_empty() && (twice(header) || (helps && !is_plain(header)));
        named.push(if changes { whole } else { header.clone() });
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn the_header_names_an_address_and_a_person() {
        for (text, expect) in [
            ("First name,Email\nAnn,a@x.example", Some(0)),
            ("Employer contacts,,\nExported by:,dana@bar.example,\n,,\nFirst Name,Last Name,Email", Some(3)),
            ("Contact,,,Company\nFirst name,Last name,E-mail,Name", Some(1)),
            ("Vorname,Nachname,E-Mail-Adresse", Some(0)),
            ("Name,City\nAnn,Oslo", None),
            ("ann@x.example,Email,Name", None),
            ("Contact e-mail,Task,Due date", None),
            ("This list has names and e-mail addresses of everybody we met at the fair,Name", None),
        ] {
            assert_eq!(find(rows(text).iter().map(Vec::as_slice)), expect, "{text}");
        }
    }

    #[test]
    fn groups_help_headers_that_need_them() {
        let parse = |text: &str| -> Vec<String> { text.split(',').map(str::to_owned).collect() };
        let named = with_groups(&parse("Contact,,,Company,"), parse("First name,Last name,E-mail,Name,City"));
        assert_eq!(named, ["First name", "Last name", "E-mail", "Company Name", "City"]);
        let named = with_groups(&parse("Work,,Home,"), parse("Email,Phone,Email,Phone"));
        assert_eq!(named, ["Work Email", "Work Phone", "Home Email", "Home Phone"]);
        let named = with_groups(&parse("Contacts 2026,,"), parse("Name,Name,City"));
        assert_eq!(named, ["Name", "Name", "City"], "a title is no group");
    }
}
