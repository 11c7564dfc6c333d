//! What was found, as it is kept beside the desk, and what has been settled of it since.

use liaison_domain::{Id, RecordKind, distinct_pair};
use liaison_matching::{Evidence, Level};
use liaison_queries::{View, distinct_pairs};
use liaison_store::{Db, StoreError, changes};
use std::collections::HashSet;

/// What one column says about a pair, kept small: there may be many pairs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub column: u8,
    pub level: Level,
    pub weight: f32,
}

/// Evidence, kept small: columns in which one of the two has no value are left out.
pub(super) fn pieces(evidence: &[Evidence]) -> Vec<Piece> {
    let told = evidence.iter().filter(|evidence| evidence.level != Level::Missing);
    told.map(|e| Piece { column: e.column as u8, level: e.level, weight: e.weight as f32 }).collect()
}

/// Evidence as the matching gave it.
pub(super) fn whole(pieces: &[Piece]) -> impl Iterator<Item = Evidence> + '_ {
    let of = |e: &Piece| Evidence { column: usize::from(e.column), level: e.level, weight: f64::from(e.weight) };
    pieces.iter().map(of)
}

/// Two contacts that may be one person.
#[derive(Clone, Debug)]
pub(super) struct KeptPair {
    pub one: Id,
    pub other: Id,
    pub score: f64,
    pub evidence: Vec<Piece>,
}

impl KeptPair {
    /// The evidence as the matching gave it.
    pub fn evidence(&self) -> impl Iterator<Item = Evidence> + '_ {
        whole(&self.evidence)
    }
}

/// What is decided at once: a group, or a pair that is in none.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub people: Vec<Id>,
    pub pairs: Vec<KeptPair>,
}

impl Case {
    /// How sure it is that all are one person: as sure as of the least probable pair.
    pub fn score(&self) -> f64 {
        self.pairs.iter().map(|pair| pair.score).fold(1.0, f64::min)
    }
}

/// What was found, and what has changed since.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    /// The surest first.
    pub(super) cases: Vec<Case>,
    /// How many contacts were compared.
    pub(super) compared: u32,
    /// When, in milliseconds since 1970.
    pub(super) found_at: i64,
    /// The last change of the journal that was seen when finding.
    pub(super) change: i64,
    /// The last change of the journal that `gone` and `apart` know.
    settled: i64,
    gone: HashSet<Id>,
    apart: HashSet<(Id, Id)>,
    /// Contacts changed since.
    changed: HashSet<Id>,
}

/// The pair, the smaller id first.
pub(super) fn ordered(one: Id, other: Id) -> (Id, Id) {
    (one.min(other), one.max(other))
}

/// The pairs that somebody found to be two people, the smaller id first.
pub(super) fn apart(db: &Db<'_>) -> Result<HashSet<(Id, Id)>, StoreError> {
    Ok(distinct_pairs::all(db)?.into_iter().map(|(one, other)| ordered(one, other)).collect())
}

impl Kept {
    /// What was found just now, the journal being at `change`.
    pub(super) fn new(mut cases: Vec<Case>, compared: u32, found_at: i64, change: i64) -> Kept {
        cases.sort_by(|a, b| b.score().total_cmp(&a.score()));
        Kept { cases, compared, found_at, change, ..Kept::default() }
    }

    /// The contacts that were found to be like this one.
    pub(super) fn like(&self, id: Id) -> Vec<Id> {
        let pairs = self.cases.iter().filter(|case| case.people.contains(&id)).flat_map(|case| &case.pairs);
        let other = |pair: &KeptPair| match (pair.one == id, pair.other == id) {
            (true, _) => Some(pair.other),
            (_, true) => Some(pair.one),
            _ => None,
        };
        pairs.filter_map(other).collect()
    }

    /// Takes notice of what was changed since the last time. Who is hidden by now is gone.
    pub(super) fn catch_up(&mut self, view: &View<'_>) -> Result<(), StoreError> {
        // The journal, and pairs, which are ids.
        let db = view.everything();
        let last = changes::last(db)?;
        let from = self.settled.max(self.change);
        if last <= from && self.settled > 0 {
            return Ok(());
        }
        if self.settled == 0 {
            self.apart = apart(db)?;
        }
        for (kind, id) in changes::records_since(db, from, [RecordKind::Contact, RecordKind::DistinctPair])? {
            let Some(record) = view.find(kind, id)?.map(|located| located.record) else {
                self.gone.insert(id);
                continue;
            };
            if kind == RecordKind::Contact {
                self.changed.insert(id);
                if record.is_deleted() {
                    self.gone.insert(id)
                } else {
                    self.gone.remove(&id)
                };
                continue;
            }
            let reference = |field| record.get(field).as_reference();
            if let Some((one, other)) = reference(&distinct_pair::FIRST).zip(reference(&distinct_pair::SECOND)) {
                let pair = ordered(one, other);
                if record.is_deleted() {
                    self.apart.remove(&pair)
                } else {
                    self.apart.insert(pair)
                };
            }
        }
        self.settled = last;
        Ok(())
    }

    /// How many contacts changed since, of those that are still there.
    pub(super) fn changed(&self) -> u32 {
        self.changed.difference(&self.gone).count() as u32
    }

    /// Whether a pair is still to be decided.
    fn is_open(&self, pair: &KeptPair) -> bool {
        !self.gone.contains(&pair.one)
            && !self.gone.contains(&pair.other)
            && !self.apart.contains(&ordered(pair.one, pair.other))
    }

    /// What is still to be decided of a case; `None` where nothing is.
    fn open(&self, case: &Case) -> Option<Case> {
        let pairs: Vec<KeptPair> = case.pairs.iter().filter(|pair| self.is_open(pair)).cloned().collect();
        let stays = |id: &Id| pairs.iter().any(|pair| pair.one == *id || pair.other == *id);
        let people: Vec<Id> = case.people.iter().copied().filter(stays).collect();
        (people.len() > 1).then_some(Case { people, pairs })
    }

    /// The cases still to be decided: how many there are, and some of them.
    pub(super) fn page(&self, offset: u32, limit: u32) -> (u32, Vec<Case>) {
        let (mut total, mut page) = (0, Vec::new());
        for case in &self.cases {
            if !case.pairs.iter().any(|pair| self.is_open(pair)) {
                continue;
            }
            if total >= offset && (page.len() as u32) < limit {
                page.extend(self.open(case));
            }
            total += 1;
        }
        (total, page)
    }

    /// The pairs still to be decided from this probability on, the surest first.
    pub(super) fn pairs(&self, least: f64, most: usize) -> Vec<KeptPair> {
        let all = self.cases.iter().flat_map(|case| &case.pairs);
        let mut pairs: Vec<&KeptPair> = all.filter(|pair| pair.score >= least && self.is_open(pair)).collect();
        pairs.sort_by(|a, b| b.score.total_cmp(&a.score));
        pairs.into_iter().take(most).cloned().collect()
    }
}
