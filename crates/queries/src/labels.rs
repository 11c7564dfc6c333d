//! Labels: their definitions, and the words that records hold.

use crate::view::View;
use liaison_domain::{Field, Id, RecordKind, Value, contact};
use liaison_store::table::{self, Located};
use liaison_store::{Db, StoreError};

/// A record that has labels.
pub struct Labelled {
    /// Its row number.
    pub n: i64,
    /// The record.
    pub id: Id,
    /// Its labels as they are written.
    pub labels: Vec<String>,
    /// It is a rejected contact.
    pub rejected: bool,
}

/// The definitions that are not in the trash, in the order they were made.
pub fn definitions(db: &Db<'_>) -> Result<Vec<Located>, StoreError> {
    let columns = table::columns(db.registry(), RecordKind::Label);
    db.all(&format!("SELECT n,id,{columns} FROM label WHERE deleted_at IS NULL ORDER BY n"), &[], |row| {
        Ok(Located { n: row.int(0), record: table::record(row, 2, RecordKind::Label, row.id(1)?)? })
    })
}

/// How many live records of a kind have each word in `field`, as they are written. What is hidden does not count.
pub fn counts(view: &View<'_>, kind: RecordKind, field: &Field) -> Result<Vec<(String, u32)>, StoreError> {
    let shown = view.shown(kind, "t.")?;
    let (table, column) = (kind.key(), field.key);
    let sql = format!(
        "SELECT j.value,count(*) FROM {table} t,json_each(t.{column}) j WHERE t.deleted_at IS NULL{shown} GROUP BY 1"
    );
    view.everything().all(&sql, &[], |row| Ok((row.text(0).to_owned(), row.int(1) as u32)))
}

/// The live records of a kind that have labels in `field`, in the order of their rows, also what is hidden from somebody:
/// a label is renamed wherever it stands.
pub fn records(db: &Db<'_>, kind: RecordKind, field: &Field) -> Result<Vec<Labelled>, StoreError> {
    let approval = if kind == RecordKind::Contact { contact::APPROVAL.key } else { "NULL" };
    let sql = format!(
        "SELECT n,id,{},{approval} FROM {} WHERE deleted_at IS NULL AND {0} IS NOT NULL ORDER BY n",
        field.key,
        kind.key()
    );
    let mut found = Vec::new();
    db.all(&sql, &[], |row| {
        let id = row.id(1)?;
        if let Value::List(labels) = table::value(row, 2, field)? {
            let rejected = row.text(3) == contact::REJECTED;
            found.push(Labelled { n: row.int(0), id, labels, rejected });
        }
        Ok(())
    })?;
    Ok(found)
}
