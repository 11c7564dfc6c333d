//! Custom attributes in the database: their definitions, and the columns that hold their values.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use crate::table;
use liaison_domain::field::FieldType;
use liaison_domain::{Field, Id, Record, RecordKind, Registry, attribute, contact};
use std::collections::{HashMap, HashSet};

/// Every definition, also of those in the trash, in the order they are shown.
pub fn definitions(db: &Db<'_>) -> Result<Vec<Record>, StoreError> {
    let columns = table::columns(db.registry(), RecordKind::Attribute);
    db.all(&format!("SELECT id,{columns} FROM attribute ORDER BY position,n"), &[], |row| {
        let id = row.id(0)?;
        Ok(table::record(row, 1, RecordKind::Attribute, id))
    })
}

/// Reads the definitions, in the order they are shown; those in the trash are retired.
pub(crate) fn read(db: &Db<'_>) -> Result<Registry, StoreError> {
    let (mut attributes, mut retired) = (Vec::new(), Vec::new());
    for definition in definitions(db)? {
        let place = if definition.is_deleted() { &mut retired } else { &mut attributes };
        place.extend(attribute::field(&definition));
    }
    Ok(Registry::new(attributes, retired))
}

/// Adds the column of a new definition. The column stays when the definition is deleted: it may be restored.
pub(crate) fn add_column(db: &Db<'_>, definition: &Record) -> Result<(), StoreError> {
    let Some((kind, field)) = attribute::field(definition) else {
        return Err(StoreError::Damaged("the definition of an attribute".into()));
    };
    let column_type = match field.field_type {
        FieldType::Flag | FieldType::Number | FieldType::Moment => "INTEGER",
        _ => "TEXT",
    };
    db.execute(&format!("ALTER TABLE {} ADD COLUMN {} {column_type}", kind.key(), field.key))
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
