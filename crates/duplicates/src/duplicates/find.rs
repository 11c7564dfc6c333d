//! Finding: all contacts in a table of the matching crate, compared on all cores.

use super::columns::{COLUMNS, schema, select};
use super::kept::Kept;
use super::kept::{Case, KeptPair, Piece};
use liaison_domain::{FieldType, Id, RecordKind};
use liaison_engine::error::CommandError;
use liaison_engine::progress::{OnProgress, Progress};
use liaison_engine::session::Session;
use liaison_matching::Model;
use liaison_matching::{Found, Level, Options, Stage, Table, find};
use liaison_store::{Db, Sql, Statement, StoreError};
use std::collections::HashMap;
use std::sync::Mutex;

/// Most pairs kept. Who has more of them has another problem first.
const MOST_PAIRS: usize = 20_000;

/// Of 100 parts of the work, those that reading the contacts takes; the rest is comparing.
const READING: u32 = 10;

/// Contacts ready to be compared, with who they are.
pub(super) struct People {
    pub table: Table,
    pub ids: Vec<Id>,
}

/// Adds contacts to a table: those that `sql` selects, which gives `n`, `id` and then [`select`]. `skip` says by row
/// number which are left out.
pub(super) fn read_people(
    db: &Db<'_>,
    sql: &str,
    parameters: &[Sql<'_>],
    people: &mut People,
    mut skip: impl FnMut(u32) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    db.all(sql, parameters, |row| {
        if skip(row.int(0) as u32)? {
            return Ok(());
        }
        let id = Id::from_bytes(row.blob(1)).ok_or_else(|| StoreError::Damaged("a contact's id".into()))?;
        add(row, &mut people.table)?;
        people.ids.push(id);
        Ok(())
    })?;
    Ok(())
}

fn add(row: &Statement<'_>, table: &mut Table) -> Result<(), StoreError> {
    let mut lists: Vec<(usize, Vec<String>)> = Vec::new();
    let mut plain: Vec<(usize, &str)> = Vec::new();
    let mut at = 2;
    for (column, compared) in COLUMNS.iter().enumerate() {
        for field in compared.fields {
            if !row.is_null(at) {
                match field.field_type {
                    FieldType::List => lists.push((column, serde_json::from_str(row.text(at)).unwrap_or_default())),
                    _ => plain.push((column, row.text(at))),
                }
            }
            at += 1;
        }
    }
    let listed = lists.iter().flat_map(|(column, items)| items.iter().map(move |item| (*column, item.as_str())));
    table.add(plain.into_iter().chain(listed)).map_err(|full| StoreError::Damaged(full.to_string()))?;
    Ok(())
}

/// An empty table of contacts.
pub(super) fn nobody() -> People {
    People { table: Table::new(schema()), ids: Vec::new() }
}

/// Compares all contacts that are not in the trash, the rejected ones too, and keeps what was found beside the desk.
/// `least` is the smallest probability that is reported, 0 to 1. Cancelled, it keeps what was found before.
pub(super) async fn compare_contacts(
    session: &Session,
    least: f64,
    progress: OnProgress<'_>,
) -> Result<Kept, CommandError> {
    let hidden = session.hidden_rows(RecordKind::Contact).await?;
    let (people, apart, change) = session
        .database()
        .read(|db| {
            let total = db.number("SELECT count(*) FROM contact WHERE deleted_at IS NULL", &[])? as u32;
            let mut people = nobody();
            let sql = format!("SELECT t.n,t.id,{} FROM contact t WHERE t.deleted_at IS NULL", select());
            let mut done = 0;
            read_people(db, &sql, &[], &mut people, |row| {
                done += 1;
                // Reading is the smaller part.
                let mut shown = |now: Progress| progress(Progress { done: now.done / (100 / READING), ..now });
                session.report(&mut shown, done, total)?;
                Ok(hidden.as_ref().is_some_and(|hidden| hidden.has(row as usize)))
            })?;
            let apart = super::kept::apart(db)?;
            Ok((people, apart, db.number("SELECT coalesce(max(n),0) FROM change", &[])?))
        })
        .await?;
    let rows: HashMap<Id, u32> = people.ids.iter().zip(0..).map(|(id, row)| (*id, row)).collect();
    let known = apart.iter().filter_map(|(a, b)| Some((*rows.get(a)?, *rows.get(b)?)));
    let options =
        Options { review: least, most_pairs: MOST_PAIRS, not_duplicates: known.collect(), ..Options::default() };
    drop(rows);
    let found = tokio::task::block_in_place(|| matched(session, &people, &options, progress))?;
    Ok(kept(people, found, change, session.now() as i64))
}

fn matched(
    session: &Session,
    people: &People,
    options: &Options,
    progress: OnProgress<'_>,
) -> Result<Found, CommandError> {
    let total = people.ids.len() as u32;
    let progress = Mutex::new(progress);
    let watch = |now: liaison_matching::Progress| {
        if session.is_cancelled() {
            return false;
        }
        let part =
            |from: u32, to: u32| from + (u64::from(to - from) * now.done.min(now.total) / now.total.max(1)) as u32;
        let percent = match now.stage {
            Stage::Blocking => part(READING, 20),
            Stage::Estimating => part(20, 50),
            Stage::Comparing => part(50, 98),
            Stage::Grouping => part(98, 100),
        };
        // Whoever is telling the progress just now tells enough.
        let Ok(mut progress) = progress.try_lock() else { return true };
        let done = (u64::from(total) * u64::from(percent) / 100) as u32;
        progress(Progress { done, total }).is_continue()
    };
    find(&people.table, options, &watch).map_err(|_| CommandError::Cancelled)
}

/// Groups, then the pairs that are in none.
fn kept(people: People, found: Found, change: i64, at: i64) -> Kept {
    let mut group_of: HashMap<u32, usize> = HashMap::new();
    let mut cases: Vec<Case> = Vec::new();
    for group in &found.groups {
        group_of.extend(group.iter().map(|row| (*row, cases.len())));
        cases.push(Case { people: group.iter().map(|row| people.ids[*row as usize]).collect(), pairs: Vec::new() });
    }
    for pair in found.pairs {
        let (one, other) = (people.ids[pair.a as usize], people.ids[pair.b as usize]);
        let evidence = pair.evidence.iter().filter(|evidence| evidence.level != Level::Missing);
        let evidence = evidence.map(|e| Piece { column: e.column as u8, level: e.level, weight: e.weight as f32 });
        let kept = KeptPair { one, other, score: pair.probability, evidence: evidence.collect() };
        match group_of.get(&pair.a) {
            Some(group) if group_of.get(&pair.b) == Some(group) => cases[*group].pairs.push(kept),
            _ => cases.push(Case { people: vec![one, other], pairs: vec![kept] }),
        }
    }
    Kept::new(cases, people.ids.len() as u32, at, change)
}

/// Some of the contacts and the weights estimated from them: enough to judge a few candidates at once, where comparing
/// all contacts would make the queue wait.
pub(super) struct Sample {
    pub(super) people: People,
    pub(super) model: Model,
}
