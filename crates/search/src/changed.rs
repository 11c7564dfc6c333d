//! Which records are found by other words since a transaction.

use super::words::employer_column;
use liaison_domain::RecordKind;
use liaison_store::StoreError;
use liaison_store::row_log::{self, Stamp};
use liaison_store::sqlite::{Db, Sql};

/// The rows of a kind that changed after a transaction, or whose employer did, in the state that is read; some more may
/// be among them. `None` where they are not known, or more than `most`.
pub fn since(db: &Db<'_>, kind: RecordKind, seen: Stamp, most: usize) -> Result<Option<Vec<u32>>, StoreError> {
    let Some(ranges) = row_log::since(db, seen)? else { return Ok(None) };
    let mut rows: Vec<u32> = Vec::new();
    for range in ranges {
        if range.kind == kind {
            if (range.last - range.first) as usize >= most {
                return Ok(None);
            }
            rows.extend(range.first..=range.last);
        } else if range.kind == RecordKind::Employer && employer_column(kind).is_some() {
            let sql = format!(
                "SELECT n FROM {} WHERE employer IN (SELECT id FROM employer WHERE n BETWEEN ? AND ?) LIMIT ?",
                kind.key()
            );
            let of = [range.first.into(), range.last.into(), most as i64 + 1].map(Sql::Int);
            rows.extend(db.all(&sql, &of, |row| Ok(row.int(0) as u32))?);
        }
        if rows.len() > most {
            rows.sort_unstable();
            rows.dedup();
            if rows.len() > most {
                return Ok(None);
            }
        }
    }
    Ok(Some(rows))
}
