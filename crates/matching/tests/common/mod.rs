//! Contacts as a table of the crate.

use liaison_matching::{Kind, Schema, Table};
use liaison_sample::{DoubleRecord, Slips, doubles};

/// The columns of a contact.
pub fn schema() -> Schema {
    Schema::new()
        .with("name.given", Kind::GivenName)
        .with("name.family", Kind::FamilyName)
        .with("email", Kind::Email)
        .with("phone", Kind::Phone)
        .with("employer", Kind::Organization)
        .with("street", Kind::Street)
        .with("city", Kind::City)
        .with("postal_code", Kind::PostalCode)
        .with("region", Kind::Region)
        .with("title", Kind::Text)
        .with("name.generation", Kind::Generation)
}

/// The column of a contact's field.
pub fn column(key: &str) -> usize {
    match key {
        "first_name" | "preferred_name" => 0,
        "last_name" => 1,
        "email" | "email_2" => 2,
        "work_phone" | "mobile_phone" => 3,
        "employer" => 4,
        "street" => 5,
        "city" => 6,
        "postal_code" => 7,
        "region" => 8,
        "name_suffix" => 10,
        _ => 9,
    }
}

/// A table of records given as pairs of key and value.
#[allow(dead_code, reason = "not every test has records of its own")]
pub fn table(records: &[&[(&str, &str)]]) -> Table {
    let mut table = Table::new(schema());
    for record in records {
        table.add(record.iter().map(|(key, value)| (column(key), *value))).expect("room");
    }
    table
}

/// Invented people with doubles, and whose each row is.
#[allow(dead_code, reason = "not every test invents people")]
pub fn invented(people: usize, seed: u64, slips: Slips) -> (Table, Vec<DoubleRecord>) {
    let records: Vec<DoubleRecord> = doubles(people, seed, slips).collect();
    let mut table = Table::new(schema());
    for record in &records {
        table.add(record.values.iter().map(|(key, value)| (column(key), value.as_str()))).expect("room");
    }
    (table, records)
}
