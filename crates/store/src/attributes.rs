//! Custom attributes in the database: their definitions, and the columns that hold their values.

use crate::error::StoreError;
use crate::sqlite::Db;
use crate::table;
use liaison_domain::field::FieldType;
use liaison_domain::{Id, Record, RecordKind, Registry, attribute};

/// Reads the definitions, in the order they are shown.
pub(crate) fn read(db: &Db<'_>) -> Result<Registry, StoreError> {
    let columns = table::columns(db.registry(), RecordKind::Attribute);
    let sql = format!("SELECT id,{columns} FROM attribute WHERE deleted_at IS NULL ORDER BY position,n");
    let definitions = db.all(&sql, &[], |row| {
        let id = Id::from_bytes(row.blob(0)).ok_or_else(|| StoreError::Damaged("an attribute's id".into()))?;
        Ok(attribute::field(&table::record(row, 1, RecordKind::Attribute, id)))
    })?;
    Ok(Registry::new(definitions.into_iter().flatten().collect()))
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
