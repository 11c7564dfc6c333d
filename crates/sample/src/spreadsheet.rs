//! The contacts as a file to import.

use std::io::{Error, Write};

use crate::employers::employers;
use crate::{contacts, employer_count, value};

/// The columns of [`write_csv`]: the headers of the product's own import template.
pub const HEADERS: [&str; 12] = [
    "First name",
    "Last name",
    "E-mail",
    "Job title",
    "Department",
    "Employer",
    "Work phone",
    "City",
    "State or region",
    "Country",
    "LinkedIn",
    "Labels",
];

/// Writes the contacts as CSV (UTF-8 without a byte order mark, commas), one row each below the headers.
/// Several labels are separated by semicolons.
///
/// # Errors
/// What the writer answered, as soon as it fails.
pub fn write_csv(count: usize, seed: u64, to: impl Write) -> Result<(), Error> {
    let mut file = csv::WriterBuilder::new().from_writer(to);
    file.write_record(HEADERS)?;
    let names: Vec<String> = employers(employer_count(count), seed)
        .map(|employer| value(&employer.fields, "name").unwrap_or_default().to_owned())
        .collect();
    for contact in contacts(count, seed) {
        let of = |key| value(&contact.fields, key).unwrap_or_default();
        file.write_record([
            of("first_name"),
            of("last_name"),
            of("email"),
            of("title"),
            of("department"),
            contact.employer.map_or("", |employer| names[employer].as_str()),
            of("work_phone"),
            of("city"),
            of("region"),
            of("country"),
            of("linkedin"),
            &contact.labels.join("; "),
        ])?;
    }
    file.flush()
}
