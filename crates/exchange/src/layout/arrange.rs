//! Carries out a plan, row by row.

use super::plan::{AddressColumns, PhoneKind, Plan};
use crate::{
    person::{Address, Person, Phone, Place, Rest},
    preset::{HANDSHAKE, Preset, is},
    reading::{ReadError, Watch, report},
    sheet::{LeftOutReason, Original, Sheet},
    table::Table,
};
use liaison_writers::{PERSON_COLUMNS, TEMPLATE, field_by_label, numbered_header};

/// Between values in one cell of a Google export.
const JOINED: &str = " ::: ";

/// Rows between two reports of progress.
const REPORT_ROWS: usize = 16 * 1024;

/// Recognises the preset of a table and rearranges its columns where they only make sense together.
pub(crate) fn arrange(mut sheet: Sheet, watch: &mut Watch<'_>) -> Result<Sheet, ReadError> {
    drop_nameless_blank_columns(&mut sheet)?;
    sheet.preset = Preset::recognise(&sheet.headers);
    let Some(preset) = sheet.preset else {
        return Ok(sheet);
    };
    let Some(plan) = Plan::of(preset, &sheet.headers) else {
        sheet.fields = Some(each_once(&sheet.headers, field_by_label));
        return Ok(sheet);
    };
    let has_place = plan.places.iter().any(|column| !sheet.table.is_blank_column(*column));
    let is_archived = |row: usize| plan.archived.is_some_and(|column| is_yes(sheet.table.cell(row, column)));
    let has_archived = (0..sheet.rows()).any(is_archived);
    if preset == Preset::Handshake && !has_place && !has_archived {
        sheet.fields = Some(each_once(&sheet.headers, handshake_field));
        return Ok(sheet);
    }
    rearrange(sheet, &plan, watch)
}

/// The field of each header; a header that stands twice counts the first time.
fn each_once(headers: &[String], field: fn(&str) -> Option<&'static str>) -> Vec<Option<&'static str>> {
    let mut fields: Vec<Option<&'static str>> = Vec::with_capacity(headers.len());
    for header in headers {
        let found = field(header).filter(|found| !fields.contains(&Some(found)));
        fields.push(found);
    }
    fields
}

fn handshake_field(header: &str) -> Option<&'static str> {
    HANDSHAKE.iter().find(|(name, _)| is(header, name)).and_then(|(_, field)| *field)
}

/// A separator at the end of the header row makes a column that never holds anything.
fn drop_nameless_blank_columns(sheet: &mut Sheet) -> Result<(), ReadError> {
    let is_noise =
        |&column: &usize| sheet.headers[column] == numbered_header(column) && sheet.table.is_blank_column(column);
    let kept: Vec<usize> = (0..sheet.columns()).filter(|column| !is_noise(column)).collect();
    if kept.len() < sheet.columns() {
        sheet.table = sheet.table.select(&kept)?;
        sheet.headers = kept.iter().map(|&column| std::mem::take(&mut sheet.headers[column])).collect();
    }
    if sheet.headers.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(())
}

fn rearrange(mut sheet: Sheet, plan: &Plan, watch: &mut Watch<'_>) -> Result<Sheet, ReadError> {
    let source = std::mem::take(&mut sheet.table);
    let others: Vec<usize> =
        (0..source.columns()).filter(|&column| !plan.used[column] && !source.is_blank_column(column)).collect();
    let is_archived = |row: usize| plan.archived.is_some_and(|column| is_yes(source.cell(row, column)));
    let has_archived = (0..source.rows()).any(is_archived);
    let mut table = Table::with_columns(PERSON_COLUMNS + others.len() + usize::from(has_archived));
    let mut filled = [false; PERSON_COLUMNS];
    let mut rest = Rest::default();
    for row in 0..source.rows() {
        let person = Row { plan, source: &source, row }.person(&mut rest);
        let cells = person.into_cells(&mut rest);
        for (filled, cell) in filled.iter_mut().zip(&cells) {
            *filled |= !cell.is_empty();
        }
        let other_cells = others.iter().map(|&column| source.cell(row, column));
        // An archived contact is one that only its owner sees.
        let visibility = has_archived.then(|| if is_archived(row) { ONLY_OWNER } else { "" });
        table.push(cells.iter().map(String::as_str).chain(other_cells).chain(visibility))?;
        if row % REPORT_ROWS == 0 {
            report(watch, row, source.rows())?;
        }
    }
    let original = std::mem::take(&mut sheet.headers);
    let (mut headers, mut fields, mut kept) = columns(&filled, others.iter().map(|&column| original[column].clone()));
    if has_archived {
        headers.push(label_of(VISIBILITY).to_owned());
        fields.push(Some(VISIBILITY));
        kept.push(PERSON_COLUMNS + others.len());
    }
    sheet.table = table.select(&kept)?;
    sheet.headers = headers;
    sheet.fields = Some(fields);
    sheet.left_out = rest.into_left_out();
    sheet.original = Some(Original { headers: original, table: source });
    Ok(sheet)
}

/// The field of who sees a contact, and what it says of archived ones.
const VISIBILITY: &str = "visibility";
const ONLY_OWNER: &str = "myself";

fn is_yes(cell: &str) -> bool {
    ["true", "yes", "y", "1", "t"].iter().any(|yes| cell.trim().eq_ignore_ascii_case(yes))
}

/// The columns that hold something: their headers, fields, and places in the full table.
pub(crate) fn columns(
    filled: &[bool; PERSON_COLUMNS],
    others: impl Iterator<Item = String>,
) -> (Vec<String>, Vec<Option<&'static str>>, Vec<usize>) {
    let (mut headers, mut fields, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for (column, (field, label)) in TEMPLATE[..PERSON_COLUMNS].iter().enumerate() {
        if filled[column] {
            headers.push((*label).to_owned());
            fields.push(Some(*field));
            kept.push(column);
        }
    }
    for (index, header) in others.enumerate() {
        headers.push(header);
        fields.push(None);
        kept.push(PERSON_COLUMNS + index);
    }
    (headers, fields, kept)
}

/// One row of the file.
struct Row<'a> {
    plan: &'a Plan,
    source: &'a Table,
    row: usize,
}

impl<'a> Row<'a> {
    fn cell(&self, column: usize) -> &'a str {
        self.source.cell(self.row, column).trim()
    }

    fn optional(&self, column: Option<usize>) -> &'a str {
        column.map_or("", |column| self.cell(column))
    }

    /// The values in a cell: one, or several where the export joins them.
    fn values(&self, column: usize) -> impl Iterator<Item = &'a str> {
        let cell = self.cell(column);
        let joined = self.plan.joined_values;
        let whole = (!joined).then_some(cell).into_iter();
        whole.chain(joined.then(|| cell.split(JOINED)).into_iter().flatten())
    }

    fn person(&self, rest: &mut Rest) -> Person {
        let mut person = Person::default();
        for (field, columns) in &self.plan.fields {
            for column in columns {
                // A second employer cannot be kept; a note with the joining mark in it is still one note.
                let mut values = self.values(*column);
                if *field == "description" {
                    person.append(field, &self.cell(*column).replace("\r\n", "\n"), "\n\n");
                } else {
                    person.set(field, values.next().unwrap_or_default());
                    if values.next().is_some() {
                        rest.add(label_of(field), LeftOutReason::MoreThanFits);
                    }
                }
            }
        }
        for column in &self.plan.full_names {
            person.full_name(self.cell(*column));
        }
        self.emails(&mut person);
        for (kind, column) in &self.plan.phones {
            let kind = match kind {
                PhoneKind::Fixed(kind) => *kind,
                PhoneKind::InColumn(label) => Phone::from_label(self.cell(*label)),
            };
            self.values(*column).for_each(|number| person.phone(kind, number));
        }
        for column in &self.plan.urls {
            for url in self.values(*column) {
                if !person.url(url) {
                    rest.add("Website", LeftOutReason::MoreThanFits);
                }
            }
        }
        self.address(&mut person, rest);
        for column in &self.plan.labels {
            self.labels(*column, &mut person);
        }
        person
    }

    /// The address marked with "*" comes first.
    fn emails(&self, person: &mut Person) {
        let preferred = |label: &Option<usize>| self.optional(*label).starts_with('*');
        let (first, later): (Vec<_>, Vec<_>) = self.plan.emails.iter().partition(|(label, _)| preferred(label));
        for &(_, column) in first.into_iter().chain(later) {
            self.values(column).for_each(|email| person.email(email));
        }
    }

    /// Where the export does not say by a column whose address it is, the row's label does.
    fn address(&self, person: &mut Person, rest: &mut Rest) {
        let mut found: Vec<(Place, Address)> = Vec::new();
        for columns in &self.plan.addresses {
            let address = self.address_in(columns);
            if !address.is_empty() {
                let place = columns.place.unwrap_or_else(|| match Phone::from_label(self.optional(columns.label)) {
                    Phone::Work => Place::Work,
                    Phone::Home => Place::Home,
                    _ => Place::Other,
                });
                found.push((place, address));
            }
        }
        for column in &self.plan.places {
            let place = place(self.cell(*column));
            if !place.is_empty() {
                found.push((Place::Other, place));
            }
        }
        if person.addresses(&found) > 0 {
            rest.add("Address", LeftOutReason::MoreThanFits);
        }
    }

    fn address_in(&self, columns: &AddressColumns) -> Address {
        let first =
            |column: Option<usize>| column.and_then(|column| self.values(column).next()).unwrap_or_default().to_owned();
        let street = columns.street.iter().map(|&column| first(Some(column)));
        let parts: Vec<String> = street.filter(|part| !part.is_empty()).collect();
        let mut address = Address {
            street: if columns.lines || parts.len() == 1 {
                trimmed_lines(&parts.join("\n"))
            } else {
                one_line(&parts.join("\n"))
            },
            city: first(columns.city),
            region: first(columns.region),
            postal_code: first(columns.postal_code),
            country: first(columns.country),
        };
        if address.is_empty() {
            address.street = one_line(&first(columns.whole));
        }
        address
    }

    fn labels(&self, column: usize, person: &mut Person) {
        let cell = self.cell(column);
        let separator = if self.plan.joined_values { JOINED } else { ";" };
        for label in cell.split(separator) {
            let label = label.trim().trim_start_matches('*').trim();
            // Google puts every contact into this group.
            let is_everyone = ["mycontacts", "my contacts"].iter().any(|all| label.eq_ignore_ascii_case(all));
            if !is_everyone {
                person.label(label);
            }
        }
    }
}

/// The header of a field.
fn label_of(field: &str) -> &'static str {
    TEMPLATE.iter().find(|(key, _)| *key == field).map_or("", |(_, label)| *label)
}

/// The lines of a street, as they stand in the file.
fn trimmed_lines(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn one_line(text: &str) -> String {
    let lines = text.lines().map(|line| line.trim().trim_end_matches(','));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// "Austin, Texas, United States" in its parts; "Austin" alone is the city.
fn place(text: &str) -> Address {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut address = Address::default();
    match parts.as_slice() {
        [] => {}
        [city] => address.city = (*city).to_owned(),
        [city, region] => {
            address.city = (*city).to_owned();
            address.region = (*region).to_owned();
        }
        [street @ .., city, region, country] => {
            address.street = street.join(", ");
            address.city = (*city).to_owned();
            address.region = (*region).to_owned();
            address.country = (*country).to_owned();
        }
    }
    address
}
