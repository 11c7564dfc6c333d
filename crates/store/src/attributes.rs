//! Custom attributes in the database: their definitions, and the columns that hold their values.

use crate::definitions::Definitions;
use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use crate::table;
use liaison_domain::field::FieldType;
use liaison_domain::{Field, Id, Record, RecordKind, Registry, attribute, contact, moment};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Every definition, also of those in the trash, in the order they are shown.
pub fn definitions(db: &Db<'_>) -> Result<Vec<Record>, StoreError> {
    let columns = table::columns(db.registry(), RecordKind::Attribute);
    db.all(&format!("SELECT id,{columns} FROM attribute ORDER BY position,n"), &[], |row| {
        let id = row.id(0)?;
        table::record(row, 1, RecordKind::Attribute, id)
    })
}

/// Reads the definitions, in the order they are shown; those in the trash are retired. Two devices without a network may
/// have drawn one number: then the live one with the smaller id counts.
pub(crate) fn read(db: &Db<'_>) -> Result<Registry, StoreError> {
    let (mut attributes, mut retired) = (Vec::new(), Vec::new());
    let all = definitions(db)?;
    let rank = |definition: &Record| (definition.is_deleted(), definition.id);
    let same = |one: &Record, other: &Record| {
        let number = one.get(&attribute::NUMBER);
        one.id != other.id && !number.is_empty() && number == other.get(&attribute::NUMBER)
    };
    for definition in &all {
        if all.iter().any(|other| same(definition, other) && rank(other) < rank(definition)) {
            continue;
        }
        let place = if definition.is_deleted() { &mut retired } else { &mut attributes };
        place.extend(attribute::field(definition));
    }
    Ok(Registry::new(attributes, retired))
}

/// What every transaction goes by, as it is now.
pub(crate) fn definitions_now(db: &Db<'_>) -> Result<Definitions, StoreError> {
    let zone =
        db.first("SELECT time_zone FROM institution ORDER BY n LIMIT 1", &[], |row| Ok(row.text(0).to_owned()))?;
    // A zone that only a newer version knows counts as none.
    let zone = zone.and_then(|name| moment::zone(&name).ok());
    Ok(Definitions { registry: Arc::new(read(db)?), zone })
}

/// Adds the column of a new definition, unless it is there. The column stays when the definition is deleted: it may be
/// restored.
pub(crate) fn add_column(db: &Db<'_>, definition: &Record) -> Result<(), StoreError> {
    let Some((kind, field)) = attribute::field(definition) else {
        return Err(StoreError::Damaged("the definition of an attribute".into()));
    };
    if column_types(db, kind)?.contains_key(field.key) {
        return Ok(());
    }
    db.execute(&format!("ALTER TABLE {} ADD COLUMN {} {ANY}", kind.key(), field.key))
}

/// The type of new columns: a value stays what it is. Two devices without a network may have drawn one number for
/// attributes of two types, and the column is there before it is known which of them counts.
const ANY: &str = "ANY";

/// The type of columns of earlier versions, and of values: "INTEGER" or "TEXT".
fn column_type(field: &Field) -> &'static str {
    match field.field_type {
        FieldType::Flag | FieldType::Number | FieldType::Moment => "INTEGER",
        _ => "TEXT",
    }
}

/// The columns of a kind's table, each with its type.
pub(crate) fn column_types(db: &Db<'_>, kind: RecordKind) -> Result<HashMap<String, String>, StoreError> {
    let columns = db.all("SELECT name,type FROM pragma_table_info(?)", &[Sql::Text(kind.key())], |row| {
        Ok((row.text(0).to_owned(), row.text(1).to_owned()))
    })?;
    Ok(columns.into_iter().collect())
}

/// Whether the column of an attribute takes its values: one that an earlier version made for another attribute with its
/// number need not.
pub(crate) fn fits(columns: &HashMap<String, String>, field: &Field) -> bool {
    columns.get(field.key).is_some_and(|found| found == ANY || found == column_type(field))
}

/// The records whose columns of attributes have values of another type: of an attribute with the same number that does
/// not count (any more).
pub(crate) fn of_other_types(db: &Db<'_>) -> Result<Vec<(RecordKind, u16, Id)>, StoreError> {
    let mut found = Vec::new();
    for kind in RecordKind::ALL {
        for field in db.registry().stored_attributes(kind) {
            let (table, key, of) = (kind.key(), field.key, column_type(field).to_lowercase());
            let sql = format!("SELECT id FROM {table} WHERE {key} IS NOT NULL AND typeof({key})<>'{of}'");
            found.extend(db.all(&sql, &[], |row| row.id(0))?.into_iter().map(|id| (kind, field.number, id)));
        }
    }
    Ok(found)
}

/// The numbers of the attributes that have this meaning, of any kind; retired ones are left out.
pub fn with_meaning(db: &Db<'_>, meaning: &str) -> Result<Vec<u16>, StoreError> {
    let sql = "SELECT number FROM attribute WHERE meaning=? AND deleted_at IS NULL";
    db.all(sql, &[Sql::Text(meaning)], |row| Ok(row.int(0) as u16))
}

/// The numbers that attributes of any kind have or had: no other may take them, for the journal goes on naming them.
pub fn taken(db: &Db<'_>) -> Result<HashSet<u16>, StoreError> {
    let mut numbers = HashSet::new();
    let mut note = |number: i64| numbers.extend(u16::try_from(number));
    db.all("SELECT number FROM attribute", &[], |row| {
        note(row.int(0));
        Ok(())
    })?;
    for kind in attribute::KINDS {
        // A definition may have been erased; its column is still there.
        db.all(&format!("SELECT name FROM pragma_table_info('{kind}')"), &[], |row| {
            row.text(0).strip_prefix('a').and_then(|number| number.parse().ok()).map(&mut note);
            Ok(())
        })?;
    }
    Ok(numbers)
}

/// The fields of contacts by live attributes that have this meaning, a key.
pub fn meaning(db: &Db<'_>, meaning: &str) -> Result<Vec<&'static Field>, StoreError> {
    let numbers = db.all(
        "SELECT number FROM attribute WHERE records='contact' AND meaning=? AND deleted_at IS NULL",
        &[Sql::Text(meaning)],
        |row| Ok(row.int(0)),
    )?;
    Ok(numbers.into_iter().filter_map(|number| of_contacts(db, number)).collect())
}

/// One of those of [`meaning`], if there are any.
pub fn one_meaning(db: &Db<'_>, meaning: &str) -> Result<Option<&'static Field>, StoreError> {
    let sql = "SELECT number FROM attribute WHERE records='contact' AND meaning=? AND deleted_at IS NULL LIMIT 1";
    Ok(of_contacts(db, db.number(sql, &[Sql::Text(meaning)])?))
}

fn of_contacts(db: &Db<'_>, number: i64) -> Option<&'static Field> {
    u16::try_from(number).ok().and_then(|number| db.registry().numbered(RecordKind::Contact, number))
}

/// How many live records have a value in this field.
pub fn filled(db: &Db<'_>, kind: RecordKind, field: &Field) -> Result<u32, StoreError> {
    let (table, key) = (kind.key(), field.key);
    Ok(db.number(&format!("SELECT count({key}) FROM {table} WHERE deleted_at IS NULL"), &[])? as u32)
}

/// How many live records have each of the values of this field.
pub fn value_counts(db: &Db<'_>, kind: RecordKind, field: &Field) -> Result<HashMap<String, u32>, StoreError> {
    let (table, key) = (kind.key(), field.key);
    let sql = format!("SELECT {key},count(*) FROM {table} WHERE deleted_at IS NULL AND {key} IS NOT NULL GROUP BY 1");
    Ok(db.all(&sql, &[], |row| Ok((row.text(0).to_owned(), row.int(1) as u32)))?.into_iter().collect())
}

/// How many live records have one of these choices in this field, and the first `most` of them with their names.
/// Frozen ones don't count: nobody could give them another.
pub fn having(
    db: &Db<'_>,
    kind: RecordKind,
    field: &Field,
    choices: &[String],
    most: usize,
) -> Result<(u32, Vec<(Id, String)>), StoreError> {
    let key = field.key;
    let places = vec!["?"; choices.len()].join(",");
    let frozen =
        if kind == RecordKind::Contact { format!(" AND t.approval<>'{}'", contact::REJECTED) } else { String::new() };
    let condition = format!("FROM {} t WHERE t.deleted_at IS NULL{frozen} AND t.{key} IN ({places})", kind.key());
    let choices: Vec<Sql<'_>> = choices.iter().map(|choice| Sql::Text(choice)).collect();
    let count = db.number(&format!("SELECT count(*) {condition}"), &choices)? as u32;
    if count == 0 {
        return Ok((0, Vec::new()));
    }
    let name = table::name_expression(kind, "t");
    let sql = format!("SELECT t.id,{name} {condition} ORDER BY t.n LIMIT {most}");
    Ok((count, db.all(&sql, &choices, |row| Ok((row.id(0)?, row.text(1).to_owned())))?))
}
