//! All that is kept of one kind of record.

use crate::column::{Building, Column, NO_NUMBER, Shape};
use crate::sorting;
use liaison_domain::{Field, Id, RecordKind, Registry};
use liaison_store::bits::Bits;
use liaison_store::list::meaning;
use liaison_store::row_log::{self, ChangedRange, Stamp};
use liaison_store::{Db, StoreError, stored};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Most bytes of text a column may have for each row, and beside.
const TEXT_MOST: (usize, usize) = (48, 1 << 20);
/// Most bytes all columns may take for each row, and beside. The largest are left out, until it is so.
const BYTES_MOST: (usize, usize) = (88, 4 << 20);
/// As many changed rows as one in so many are read again; more make all be read anew.
const REREAD_ONE_IN: usize = 16;
/// But always as many as this.
const REREAD_LEAST: usize = 4096;

/// What is kept of the names of records that columns refer to.
pub(crate) struct Names {
    /// The place of each in the order of their names.
    pub(crate) places: HashMap<Id, u32>,
    /// Their names, without the case of ASCII letters.
    pub(crate) folded: Vec<(Id, String)>,
}

/// The values of one kind of record, as of one transaction.
pub(crate) struct Table {
    pub(crate) kind: RecordKind,
    pub(crate) stamp: Stamp,
    /// The fields that lists of this kind could ask for, with their columns where these are kept.
    pub(crate) fields: Vec<(&'static Field, Option<Column>)>,
    /// What lists by name are sorted by.
    pub(crate) names: Column,
    /// The rows out of the trash.
    pub(crate) live: Bits,
    /// All rows have numbers below this.
    pub(crate) size: usize,
    /// The live rows by name, once somebody asked for it.
    pub(crate) by_name: Mutex<Option<Arc<Vec<u32>>>>,
    /// The names of the records that columns refer to, once somebody asked for them.
    pub(crate) referred: Mutex<HashMap<RecordKind, Arc<Names>>>,
}

/// The fields that lists of a kind can ask for and that are stored.
pub(crate) fn asked_for(registry: &Registry, kind: RecordKind) -> impl Iterator<Item = &'static Field> {
    registry.fields(kind).filter(|field| !field.is_computed() && (field.filterable || field.sortable))
}

fn most((for_each, beside): (usize, usize), rows: usize) -> usize {
    for_each * rows + beside
}

impl Table {
    /// Reads all records of a kind.
    pub fn build(db: &Db<'_>, kind: RecordKind) -> Result<Table, StoreError> {
        let stamp = row_log::stamp(db)?;
        let fields: Vec<&'static Field> = asked_for(db.registry(), kind).collect();
        let last = stored::last_row(db, kind)?;
        let size = last as usize + 1;
        let mut columns: Vec<Building> = fields.iter().map(|field| Building::new(Shape::of(field))).collect();
        let mut names = Building::new(Shape::Exact);
        let mut live = Bits::new(size);
        let (mut folded, text_most) = (String::new(), most(TEXT_MOST, size));
        stored::each(db, kind, &fields, (0, last), |n, is_live, row| {
            // What is in the trash no list has; it is read once it comes out of it.
            if !is_live {
                return Ok(());
            }
            let n = n as usize;
            live.set(n);
            names.set(n, row, stored::NAME, &mut folded, usize::MAX)?;
            for (at, column) in columns.iter_mut().enumerate() {
                column.set(n, row, stored::FIELDS + at, &mut folded, text_most)?;
            }
            Ok(())
        })?;
        let names = names.finish().unwrap_or(Column::Numbers { values: Vec::new() });
        let fields = fields.into_iter().zip(columns.into_iter().map(Building::finish)).collect();
        let (by_name, referred) = Default::default();
        let mut table = Table { kind, stamp, fields, names, live, size, by_name, referred };
        while table.bytes() > most(BYTES_MOST, size) {
            let size_of = |column: &Option<Column>| column.as_ref().map_or(0, Column::bytes);
            match table.fields.iter_mut().max_by_key(|(_, column)| size_of(column)) {
                Some((_, column)) if column.is_some() => *column = None,
                _ => break,
            }
        }
        Ok(table)
    }

    /// Whether it has a place for each field there is, as it is declared.
    pub fn fits(&self, registry: &Registry) -> bool {
        let same = |field: &Field, other: &Field| field.key == other.key && Shape::of(field) == Shape::of(other);
        let mut fields = self.fields.iter().map(|(field, _)| field);
        asked_for(registry, self.kind).all(|field| fields.next().is_some_and(|have| same(have, field)))
            && fields.next().is_none()
    }

    /// Takes in what changed up to the state that is read. False where it is better to read all anew.
    pub fn follow(&mut self, db: &Db<'_>, now: Stamp, changed: &[ChangedRange]) -> Result<bool, StoreError> {
        let own: Vec<&ChangedRange> = changed.iter().filter(|range| range.kind == self.kind).collect();
        let rows: usize = own.iter().map(|range| (range.last - range.first) as usize + 1).sum();
        let most = REREAD_LEAST.max(self.size / REREAD_ONE_IN);
        let texts = self.fields.iter().filter_map(|(_, column)| column.as_ref()).chain([&self.names]);
        if rows > most || texts.map(Column::added).any(|(added, all)| added > most && added * 4 > all) {
            return Ok(false);
        }
        let referred = self.referred.get_mut().unwrap_or_else(PoisonError::into_inner);
        changed.iter().for_each(|range| drop(referred.remove(&range.kind)));
        if !own.is_empty() {
            self.reread(db, &own)?;
        }
        self.stamp = now;
        Ok(true)
    }

    fn reread(&mut self, db: &Db<'_>, ranges: &[&ChangedRange]) -> Result<(), StoreError> {
        // What is not there any more stands nowhere.
        let last = stored::last_row(db, self.kind)?;
        self.size = self.size.max(last as usize + 1);
        self.live.grow(self.size);
        let fields: Vec<&'static Field> = self.fields.iter().map(|(field, _)| *field).collect();
        let mut changed = Bits::new(self.size);
        for range in ranges {
            let range_last = (range.last as usize).min(self.size - 1) as u32;
            for row in range.first as usize..=range_last as usize {
                changed.set(row);
                self.live.clear(row);
            }
            let (columns, names, live) = (&mut self.fields, &mut self.names, &mut self.live);
            stored::each(db, self.kind, &fields, (range.first, range_last), |n, is_live, row| {
                let n = n as usize;
                if is_live {
                    live.set(n);
                    names.set(n, row, stored::NAME)?;
                    for (at, (_, column)) in columns.iter_mut().enumerate() {
                        if let Some(column) = column {
                            column.set(n, row, stored::FIELDS + at)?;
                        }
                        // The smallest number there is means none here.
                        if matches!(column, Some(Column::Numbers { values }) if values.get(n) == Some(&NO_NUMBER))
                            && !row.is_null(stored::FIELDS + at)
                        {
                            *column = None;
                        }
                    }
                }
                Ok(())
            })?;
        }
        let by_name = self.by_name.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(before) = by_name {
            let key = sorting::name_key(&self.names);
            let now: Vec<u32> = changed.iter().filter(|row| self.live.has(*row)).map(|row| row as u32).collect();
            let kept = before.iter().copied().filter(|row| !changed.has(*row as usize));
            let merged = sorting::merged(kept, now, |row| (key(row), row));
            *self.by_name.get_mut().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(merged));
        }
        Ok(())
    }

    /// The column of a field, where it is kept.
    pub fn column(&self, key: &str) -> Option<&Column> {
        self.fields.iter().find(|(field, _)| field.key == key).and_then(|(_, column)| column.as_ref())
    }

    /// The live rows by name.
    pub fn by_name(&self) -> Arc<Vec<u32>> {
        let mut by_name = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(by_name.get_or_insert_with(|| {
            let rows = self.live.iter().map(|row| row as u32).collect();
            Arc::new(sorting::sorted(rows, sorting::name_key(&self.names)))
        }))
    }

    /// The names of the records of a kind.
    pub fn names_of(&self, db: &Db<'_>, kind: RecordKind) -> Result<Arc<Names>, StoreError> {
        let mut referred = self.referred.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = referred.get(&kind) {
            return Ok(Arc::clone(known));
        }
        let named = meaning::names(db, kind)?;
        let places = named.iter().map(|named| (named.id, named.place)).collect();
        let folded = named.into_iter().map(|named| (named.id, named.name.to_ascii_lowercase())).collect();
        let names = Arc::new(Names { places, folded });
        referred.insert(kind, Arc::clone(&names));
        Ok(names)
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        let columns = self.fields.iter().filter_map(|(_, column)| column.as_ref()).map(Column::bytes);
        // The rows by name, and what is kept of each name's order.
        columns.sum::<usize>() + self.names.bytes() + self.size * 4 + self.size / 8
    }
}
