//! Finding: all contacts in a table of the matching crate, compared on all cores.

use super::columns::{COLUMNS, schema, stored};
use super::kept::Kept;
use super::kept::{Case, KeptPair, pieces};
use liaison_domain::{FieldType, Id, RecordKind};
use liaison_engine::error::CommandError;
use liaison_engine::progress::{OnProgress, Progress};
use liaison_engine::session::Session;
use liaison_matching::Model;
use liaison_matching::{Found, Options, Stage, Table, find};
use liaison_store::{StoreError, changes, table};
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

impl People {
    /// Adds a contact with what [`stored`] says of it.
    pub fn add(&mut self, id: Id, texts: &[Option<&str>]) -> Result<(), StoreError> {
        let mut lists: Vec<(usize, Vec<String>)> = Vec::new();
        let mut plain: Vec<(usize, &str)> = Vec::new();
        let fields = COLUMNS.iter().enumerate().flat_map(|(at, compared)| compared.fields.iter().map(move |f| (at, f)));
        for ((column, field), text) in fields.zip(texts) {
            let Some(text) = *text else { continue };
            match field.field_type {
                FieldType::List => lists.push((column, serde_json::from_str(text).unwrap_or_default())),
                _ => plain.push((column, text)),
            }
        }
        let listed = lists.iter().flat_map(|(column, items)| items.iter().map(move |item| (*column, item.as_str())));
        self.table.add(plain.into_iter().chain(listed)).map_err(|full| StoreError::Damaged(full.to_string()))?;
        self.ids.push(id);
        Ok(())
    }
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
    let (people, apart, change) = session
        .read(|view| {
            // How many there are for the progress; pairs and the journal's end are about nobody.
            let db = view.everything();
            let total = table::count(db, RecordKind::Contact)?;
            let mut people = nobody();
            let mut done = 0;
            stored(view)?.all(|_, id, texts| {
                done += 1;
                // Reading is the smaller part.
                let mut shown = |now: Progress| progress(Progress { done: now.done / (100 / READING), ..now });
                session.report(&mut shown, done, total)?;
                people.add(id, texts)
            })?;
            let apart = super::kept::apart(db)?;
            Ok((people, apart, changes::last(db)?))
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
        let kept = KeptPair { one, other, score: pair.probability, evidence: pieces(&pair.evidence) };
        match group_of.get(&pair.a) {
            Some(group) if group_of.get(&pair.b) == Some(group) => cases[*group].pairs.push(kept),
            _ => cases.push(Case { people: vec![one, other], pairs: vec![kept] }),
        }
    }
    Kept::new(cases, people.ids.len() as u32, at, change)
}

/// What judges a few candidates at once, where comparing all contacts would make the queue wait: how often values occur
/// among some of the contacts, and the weights estimated from them. With it, two contacts weigh the same in whatever
/// table they are compared.
pub(super) struct Sample {
    /// Without rows.
    pub(super) table: Table,
    pub(super) model: Model,
    /// The last contact's row when it was taken.
    pub(super) last_row: i64,
}

impl Sample {
    /// No contacts yet, to be judged by this sample.
    pub(super) fn nobody(&self) -> People {
        People { table: self.table.clone(), ids: Vec::new() }
    }
}
