//! The order of a list, as `store::list` has it: each key of the order, then the name, then the row number.

use crate::column::{Column, NO_NUMBER};
use crate::sorting::{MANY, name_key, sorted_pairs};
use crate::table::Table;
use liaison_domain::filter::{ListQuery, SortKey};
use liaison_store::bits::Bits;
use liaison_store::{Db, StoreError};
use std::collections::HashMap;

/// The key that stands for the name.
const NAME: &str = "name";

/// Whether a list can be put into its order here.
pub(crate) fn is_known(table: &Table, query: &ListQuery) -> bool {
    query.kind == table.kind && query.sort.iter().all(|sort| sort.field == NAME || table.column(&sort.field).is_some())
}

/// The rows in the order of a list that is [known](is_known).
pub(crate) fn ordered(table: &Table, db: &Db<'_>, query: &ListQuery, found: &Bits) -> Result<Vec<u32>, StoreError> {
    let by_name = |descending| SortKey { field: NAME.to_owned(), descending };
    let mut keys = query.sort.clone();
    if !keys.iter().any(|key| key.field == NAME) {
        keys.push(by_name(false));
    }
    // By name, the end of the alphabet first, is the list by name read backwards.
    if keys == [by_name(true)] {
        let mut rows = ordered(table, db, &ListQuery { sort: Vec::new(), ..query.clone() }, found)?;
        rows.reverse();
        return Ok(rows);
    }
    let count = found.count();
    let mut rows: Vec<u32>;
    if keys.last().is_some_and(|key| key.field == NAME && !key.descending) && count > MANY {
        keys.pop();
        rows = Vec::with_capacity(count);
        rows.extend(table.by_name().iter().copied().filter(|row| found.has(*row as usize)));
    } else {
        rows = found.iter().map(|row| row as u32).collect();
    }
    // The last key first: what sorts them after it leaves equal rows as they were.
    for SortKey { field, descending } in keys.iter().rev() {
        let column = if field == NAME { Some(&table.names) } else { table.column(field) };
        let Some(column) = column else { continue };
        // Records without a value come last, whichever way round.
        let (mut with, without): (Vec<u32>, Vec<u32>) = {
            let key = key(table, db, column)?;
            let mut with = Vec::with_capacity(rows.len());
            let mut without = Vec::new();
            for row in rows {
                match key(row) {
                    Some(key) => with.push((if *descending { !key } else { key }, row)),
                    None => without.push(row),
                }
            }
            (sorted_pairs(with), without)
        };
        with.extend(without);
        rows = with;
    }
    Ok(rows)
}

/// What rows are compared by in a column; nothing where they have no value.
fn key<'t>(table: &Table, db: &Db<'_>, column: &'t Column) -> Result<Box<dyn Fn(u32) -> Option<u64> + 't>, StoreError> {
    Ok(match column {
        Column::Numbers { values } => Box::new(|row| {
            let value = values.get(row as usize).copied().filter(|value| *value != NO_NUMBER)?;
            Some(value as u64 ^ 1 << 63)
        }),
        Column::Flags { codes } => Box::new(|row| Some(u64::from(codes.get(row as usize))).filter(|code| *code > 0)),
        Column::References { to, ids, codes } => {
            let names = table.names_of(db, *to)?;
            // Who is not there any more has no name.
            let places: Vec<Option<u32>> = ids.all().iter().map(|id| names.places.get(id).copied()).collect();
            Box::new(move |row| {
                let number = codes.get(row as usize).checked_sub(1)?;
                places[number as usize].map(u64::from)
            })
        }
        // As NOCASE has it, texts that differ in case only are equal.
        Column::Texts { folded: false, texts, codes } if !std::ptr::eq(column, &table.names) => {
            let mut folded: Vec<String> = texts.iter().map(str::to_ascii_lowercase).collect();
            let of_each = folded.clone();
            folded.sort_unstable();
            folded.dedup();
            let place: HashMap<String, u64> = folded.into_iter().zip(0..).collect();
            let places: Vec<u64> = of_each.iter().map(|text| place[text]).collect();
            Box::new(move |row| codes.get(row as usize).checked_sub(1).map(|number| places[number as usize]))
        }
        Column::Texts { .. } => {
            let key = name_key(column);
            let Column::Texts { codes, .. } = column else { return Ok(Box::new(|_| None)) };
            Box::new(move |row| (codes.get(row as usize) > 0).then(|| key(row)))
        }
    })
}
