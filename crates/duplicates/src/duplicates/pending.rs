//! Whom each pending contact may be, known for all of them at once: the queue marks, filters and sorts by it. Compared
//! when it is first asked for, then kept, and only what changed since is compared again.

use super::candidates::candidates_of;
use super::columns::stored;
use super::find::Sample;
use super::kept::{apart, ordered, pieces};
use super::likely::{Like, likes, sample, told};
use super::person::{DuplicatePerson, LEAST};
use super::reasons::Reason;
use liaison_domain::{Id, Record, RecordKind, contact, distinct_pair};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::CommandError;
use liaison_engine::features::FeatureState;
use liaison_engine::session::Session;
use liaison_matching::Index;
use liaison_queries::{View, contacts};
use liaison_store::{StoreError, changes, list};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Most others that are remembered of a contact.
pub(crate) const MOST_LIKE: usize = 10;

/// With more contacts changed, comparing all is quicker than comparing each of them.
const MOST_SINGLY: usize = 40;

/// Whom each pending contact may be.
struct Pending {
    sample: Arc<Sample>,
    /// Of those who may be somebody: whom, the likeliest first.
    likes: HashMap<Id, Vec<Like>>,
    /// The last change of the journal that was seen.
    change: i64,
}

/// What is known about the queue while somebody is at the database.
#[derive(Default)]
struct Queue {
    /// Whom each pending contact may be, once it was asked for.
    pending: tokio::sync::Mutex<Option<Pending>>,
    /// All pending contacts are being compared: who wants to know of one only doesn't wait.
    comparing: AtomicBool,
}

impl FeatureState for Queue {}

/// Says that comparing ended, however it did.
struct Comparing<'d>(&'d Session);

impl Drop for Comparing<'_> {
    fn drop(&mut self) {
        self.0.state::<Queue>().comparing.store(false, Ordering::Release);
    }
}

/// Passes whom each pending contact may be to `each`, as things stand now. Only contacts that may be somebody come.
pub(crate) async fn pending<T>(
    session: &Session,
    each: impl FnOnce(&mut dyn Iterator<Item = (Id, Id, f64, usize)>) -> T,
) -> Result<T, CommandError> {
    let queue = session.state::<Queue>();
    let mut known = queue.pending.lock().await;
    let is_current = match known.as_mut() {
        Some(known) => known.catch_up(session).await?,
        None => false,
    };
    if !is_current {
        queue.comparing.store(true, Ordering::Release);
        let comparing = Comparing(session);
        *known = Some(compared(session).await?);
        drop(comparing);
        // What was shown of single contacts meanwhile was found among fewer candidates.
        session.tell(vec![CacheTag::Duplicates]);
    }
    let likes = known.as_ref().into_iter().flat_map(|known| &known.likes);
    let mut first =
        likes.filter_map(|(id, likes)| likes.first().map(|like| (*id, like.other, like.score, likes.len())));
    Ok(each(&mut first))
}

/// Whom a pending contact may be, in words; `None` where that isn't known without comparing all.
pub(crate) async fn of_pending(
    session: &Session,
    record: &Record,
) -> Result<Option<Vec<(DuplicatePerson, f64, Vec<Reason>)>>, CommandError> {
    let queue = session.state::<Queue>();
    if queue.comparing.load(Ordering::Acquire) {
        return Ok(None);
    }
    let mut known = queue.pending.lock().await;
    let Some(known) = known.as_mut() else { return Ok(None) };
    if !known.catch_up(session).await? {
        return Ok(None);
    }
    let likes = known.likes.get(&record.id).map_or(&[][..], Vec::as_slice);
    Ok(Some(told(session, record, likes).await?))
}

/// Compares the pending contacts with all others.
async fn compared(session: &Session) -> Result<Pending, CommandError> {
    let sample = sample(session).await?;
    let (people, waiting, apart, change) = session
        .read(|view| {
            // Pairs are ids, and the journal's end is about nobody.
            let db = view.everything();
            let mut people = sample.nobody();
            stored(view)?.all(|_, id, texts| people.add(id, texts))?;
            let waiting: HashSet<Id> = contacts::ids_with_approval(view, contact::PENDING)?.into_iter().collect();
            Ok((people, waiting, apart(db)?, changes::last(db)?))
        })
        .await?;
    let rows = people.ids.iter().zip(0..).filter(|(id, _)| waiting.contains(id));
    let rows: Vec<u32> = rows.map(|(_, row)| row).collect();
    let found = tokio::task::block_in_place(|| {
        if rows.is_empty() {
            Vec::new()
        } else {
            Index::new(&people.table).candidates_of(&sample.model, &rows, LEAST, MOST_LIKE)
        }
    });
    let mut likes = HashMap::new();
    for (row, found) in rows.iter().zip(found) {
        let id = people.ids[*row as usize];
        let like = |found: &liaison_matching::Candidate| Like {
            other: people.ids[found.row as usize],
            score: found.probability,
            evidence: pieces(&found.evidence),
        };
        let found: Vec<Like> =
            found.iter().map(like).filter(|like| !apart.contains(&ordered(id, like.other))).collect();
        if !found.is_empty() {
            likes.insert(id, found);
        }
    }
    Ok(Pending { sample, likes, change })
}

impl Pending {
    /// Takes notice of what was changed since the last time. `false` where so much was that all are to be compared anew.
    async fn catch_up(&mut self, session: &Session) -> Result<bool, CommandError> {
        let from = self.change;
        let (last, changed) = session.read(|view| changed_since(view, from)).await?;
        if last == from {
            return Ok(true);
        }
        if changed.len() > MOST_SINGLY || !Arc::ptr_eq(&self.sample, &sample(session).await?) {
            return Ok(false);
        }
        for id in changed {
            self.renew(session, id).await?;
        }
        self.change = last;
        Ok(true)
    }

    /// Compares a contact again that changed, and the pending ones that it was or now is like.
    async fn renew(&mut self, session: &Session, id: Id) -> Result<(), CommandError> {
        let is_like = |likes: &Vec<Like>| likes.iter().any(|like| like.other == id);
        let mut others: Vec<Id> =
            self.likes.iter().filter(|(_, likes)| is_like(likes)).map(|(other, _)| *other).collect();
        if let Some(record) = live(session, id).await? {
            let found = self.of(session, &record, &others).await?;
            others.extend(found.iter().map(|like| like.other));
            self.put(&record, found);
        } else {
            self.likes.remove(&id);
        }
        others.sort_unstable();
        others.dedup();
        for other in others {
            match live(session, other).await? {
                Some(record) if is_pending(&record) => {
                    let found = self.of(session, &record, &[id]).await?;
                    self.put(&record, found);
                }
                _ => {
                    self.likes.remove(&other);
                }
            }
        }
        Ok(())
    }

    /// Whom a contact may be, these and those it was like before among the candidates.
    async fn of(&self, session: &Session, record: &Record, more: &[Id]) -> Result<Vec<Like>, CommandError> {
        let mut among = candidates_of(session, record).await?;
        among.extend(more);
        among.extend(self.likes.get(&record.id).into_iter().flatten().map(|like| like.other));
        among.sort_unstable();
        among.dedup();
        among.retain(|other| *other != record.id);
        let mut found = likes(session, &self.sample, record, &among).await?;
        found.truncate(MOST_LIKE);
        Ok(found)
    }

    fn put(&mut self, record: &Record, likes: Vec<Like>) {
        if is_pending(record) && !likes.is_empty() {
            self.likes.insert(record.id, likes);
        } else {
            self.likes.remove(&record.id);
        }
    }
}

fn is_pending(record: &Record) -> bool {
    record.text(&contact::APPROVAL) == contact::PENDING
}

/// A contact that is there and not hidden.
async fn live(session: &Session, id: Id) -> Result<Option<Record>, CommandError> {
    let found = session.read(|view| Ok(view.find(RecordKind::Contact, id)?.map(|located| located.record)));
    Ok(found.await?.filter(|record| !record.is_deleted()))
}

/// The last change of the journal, and the contacts that changes after number `n` may have made like others or not: by
/// themselves, by the name of their employer, or because somebody told them apart.
fn changed_since(view: &View<'_>, n: i64) -> Result<(i64, Vec<Id>), StoreError> {
    // The journal, pairs of ids, and who works where, of which nothing is shown.
    let db = view.everything();
    let last = changes::last(db)?;
    if last == n {
        return Ok((last, Vec::new()));
    }
    let mut changed = Vec::new();
    for (kind, id) in changes::records_since(db, n, [RecordKind::Contact, RecordKind::DistinctPair])? {
        if kind == RecordKind::Contact {
            changed.push(id);
        } else if let Some(pair) = view.find(kind, id)?.map(|located| located.record) {
            let of = [&distinct_pair::FIRST, &distinct_pair::SECOND];
            changed.extend(of.iter().filter_map(|field| pair.get(field).as_reference()));
        }
    }
    for (kind, id) in changes::records_since(db, n, [RecordKind::Employer, RecordKind::Employer])? {
        if let Some(row) = list::row_numbers(db, kind, &[id])?[0] {
            let rows = contacts::rows_of_employer(db, row)?;
            changed.extend(list::live_ids(db, RecordKind::Contact, &rows)?.into_iter().map(|(_, id)| id));
        }
    }
    changed.sort_unstable();
    changed.dedup();
    Ok((last, changed))
}
