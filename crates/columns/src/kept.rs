//! What is kept of the columns beside the database, so that a start need not read all records again.

use crate::column::{Column, Shape};
use crate::table::{Table, asked_for};
use liaison_domain::{Field, RecordKind, Registry};
use liaison_store::bits::Bits;
use liaison_store::kept_file::{self, FileKey, read_part, write_part};
use liaison_store::row_log::{self, Stamp};
use liaison_store::{Database, StoreError};
use std::io::{self, Read};

/// What the file is about, with the version of its form: to be raised with whatever changes what is in it.
const ABOUT: &str = "columns 1";

fn name(kind: RecordKind) -> String {
    format!("{}.columns", kind.key())
}

/// The parts of the file, as they are at one moment.
pub(crate) fn write(table: &Table) -> io::Result<Vec<u8>> {
    let mut parts = Vec::new();
    write_part(&mut parts, &(table.stamp, table.size, table.fields.len()))?;
    write_part(&mut parts, &table.live)?;
    write_part(&mut parts, &table.names)?;
    for (field, column) in &table.fields {
        write_part(&mut parts, &(field.key, column))?;
    }
    Ok(parts)
}

/// Keeps what was written, in place of what was kept before.
pub(crate) fn save(database: &Database, kind: RecordKind, key: &FileKey, written: io::Result<Vec<u8>>) {
    database.keep_file(&name(kind), ABOUT, key, |file| file.write_all(&written?));
}

/// The table that was kept, where the log of changed rows still knows what came since.
pub(crate) async fn load(database: &Database, kind: RecordKind) -> Result<Option<Table>, StoreError> {
    let Some((key, registry)) =
        database.read(|db| Ok(kept_file::key(db)?.map(|key| (key, db.registry().clone())))).await?
    else {
        return Ok(None);
    };
    let read = |file: &mut dyn Read| read(file, kind, &registry);
    let kept = tokio::task::block_in_place(|| database.kept_file(&name(kind), ABOUT, &key, read));
    let Some(table) = kept else { return Ok(None) };
    let is_known = database.read(|db| Ok(row_log::since(db, table.stamp)?.is_some())).await?;
    Ok(is_known.then_some(table))
}

fn read(file: &mut dyn Read, kind: RecordKind, registry: &Registry) -> io::Result<Table> {
    let other = || io::Error::new(io::ErrorKind::InvalidData, "there are other fields now");
    let (stamp, size, count): (Stamp, usize, usize) = read_part(file)?;
    let (live, mut names): (Bits, Column) = (read_part(file)?, read_part(file)?);
    let asked: Vec<&'static Field> = asked_for(registry, kind).collect();
    if asked.len() != count {
        return Err(other());
    }
    let mut fields = Vec::with_capacity(count);
    for field in asked {
        let (key, column): (String, Option<Column>) = read_part(file)?;
        if key != field.key || column.as_ref().is_some_and(|column| !column.has(Shape::of(field))) {
            return Err(other());
        }
        fields.push((field, column));
    }
    // What is read grows as it comes, and keeps room for more.
    fields.iter_mut().filter_map(|(_, column)| column.as_mut()).chain([&mut names]).for_each(Column::shrink);
    let (by_name, referred) = Default::default();
    Ok(Table { kind, stamp, fields, names, live, size, by_name, referred })
}
