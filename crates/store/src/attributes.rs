//! Custom attributes in the database: their definitions, and the columns that hold their values.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use crate::table;
use liaison_domain::field::FieldType;
use liaison_domain::{Record, RecordKind, Registry, attribute};
use std::collections::HashSet;

/// Reads the definitions, in the order they are shown; those in the trash are retired.
pub(crate) fn read(db: &Db<'_>) -> Result<Registry, StoreError> {
    let columns = table::columns(db.registry(), RecordKind::Attribute);
    let sql = format!("SELECT id,{columns} FROM attribute ORDER BY position,n");
    let (mut attributes, mut retired) = (Vec::new(), Vec::new());
    db.all(&sql, &[], |row| {
        let id = row.id(0)?;
        let definition = table::record(row, 1, RecordKind::Attribute, id);
        let place = if definition.is_deleted() { &mut retired } else { &mut attributes };
        place.extend(attribute::field(&definition));
        Ok(())
    })?;
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
