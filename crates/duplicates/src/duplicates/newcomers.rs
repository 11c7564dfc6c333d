//! Whom people that a file tells of may be, before they are in the directory: compared as the review queue compares.

use super::candidates::candidates_of;
use super::columns::{COLUMNS, Told, stored, told, values};
use super::find::{People, Sample};
use super::kept::{Piece, pieces, whole};
use super::likely::sample;
use super::person::described;
use super::reasons::{Likeness, reasons};
use liaison_domain::{Id, Record, RecordKind, Value};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_matching::{Candidate, Index, Level, candidates};
use liaison_queries::View;
use liaison_store::StoreError;
use std::convert::Infallible;
use std::sync::Arc;

/// How many likely contacts are looked at for one that more than the name speaks for.
const CANDIDATES: usize = 5;

/// A person as a file tells of them.
pub struct Newcomer {
    told: Vec<Told>,
}

impl Newcomer {
    /// With the values of a record that isn't stored, whose employer is known by name only.
    pub fn new(record: &Record, employer: Option<&str>) -> Newcomer {
        let named = |_: &Value| Ok::<_, Infallible>(employer.unwrap_or_default().to_owned());
        let Ok(told) = told(record, named);
        Newcomer { told }
    }
}

/// The contact that a newcomer is likely to be.
#[derive(Clone, Debug)]
pub struct LikelyContact {
    /// The contact.
    pub id: Id,
    /// Its row number.
    pub n: i64,
    /// Probability that both are one person, 0 to 1.
    pub score: f64,
    evidence: Vec<Piece>,
}

impl LikelyContact {
    /// In words, with what speaks for it and against it; `None` where the contact is gone.
    pub fn told(&self, view: &View<'_>, newcomer: &Newcomer) -> Result<Option<Likeness>, StoreError> {
        let Some(other) = view.find(RecordKind::Contact, self.id)?.map(|located| located.record) else {
            return Ok(None);
        };
        if other.is_deleted() {
            return Ok(None);
        }
        let reasons = reasons(&newcomer.told, &values(view, &other)?, whole(&self.evidence));
        Ok(Some(Likeness { person: described(view, &other)?, score: self.score, reasons }))
    }
}

/// The contacts that newcomers are compared with: those that whoever compares may see.
pub struct Compared {
    people: People,
    rows: Vec<u32>,
    sample: Arc<Sample>,
}

/// Reads the contacts to compare newcomers with.
pub async fn compared(session: &Session) -> Result<Compared, CommandError> {
    let sample = sample(session).await?;
    let read = session.read(|view| {
        let (mut people, mut rows) = (sample.nobody(), Vec::new());
        stored(view)?.all(|n, id, texts| {
            rows.push(n);
            people.add(id, texts)
        })?;
        Ok((people, rows))
    });
    let (people, rows) = read.await?;
    Ok(Compared { people, rows, sample })
}

impl Compared {
    /// Made ready for many questions.
    pub fn index(&self) -> ComparedIndex<'_> {
        ComparedIndex { index: Index::new(&self.people.table), compared: self }
    }
}

/// Whether anything beside the name speaks for a pair: two people may well have one name.
fn more_than_a_name(found: &Candidate) -> bool {
    found.evidence.iter().any(|evidence| {
        let is_name = COLUMNS[evidence.column].kind.is_name();
        !is_name && evidence.level <= Level::Strong && evidence.weight > 0.0
    })
}

/// [`Compared`], made ready for many questions.
pub struct ComparedIndex<'a> {
    index: Index<'a>,
    compared: &'a Compared,
}

impl ComparedIndex<'_> {
    /// The likeliest contact for each newcomer, where there is one of at least this probability. Uses all cores.
    pub fn likeliest(&self, newcomers: &[Newcomer], least: f64) -> Vec<Option<LikelyContact>> {
        let given: Vec<Vec<(usize, &str)>> = newcomers
            .iter()
            .map(|newcomer| newcomer.told.iter().map(|told| (told.column, told.text.as_str())).collect())
            .collect();
        let found = self.index.candidates_of_strangers(&self.compared.sample.model, &given, least, CANDIDATES);
        let like = |found: Candidate| LikelyContact {
            id: self.compared.people.ids[found.row as usize],
            n: i64::from(self.compared.rows[found.row as usize]),
            score: found.probability,
            evidence: pieces(&found.evidence),
        };
        found.into_iter().map(|found| found.into_iter().find(more_than_a_name).map(like)).collect()
    }
}

/// The likeliest contact for one newcomer among those who share something with it, where there is one of at least this
/// probability; quicker than comparing with everybody. `record` has the newcomer's values.
pub async fn likeliest(
    session: &Session,
    record: &Record,
    newcomer: &Newcomer,
    least: f64,
) -> Result<Option<LikelyContact>, CommandError> {
    let sample = sample(session).await?;
    let among = candidates_of(session, record).await?;
    let read = session.read(|view| {
        let (mut people, mut rows) = (sample.nobody(), Vec::new());
        let stored = stored(view)?;
        for id in &among {
            stored.of(*id, |n, id, texts| {
                rows.push(n);
                people.add(id, texts)
            })?;
        }
        Ok((people, rows))
    });
    let (people, rows) = read.await?;
    let given = newcomer.told.iter().map(|told| (told.column, told.text.as_str()));
    let found = tokio::task::block_in_place(|| candidates(&people.table, &sample.model, given, least, CANDIDATES));
    let like = |found: Candidate| LikelyContact {
        id: people.ids[found.row as usize],
        n: i64::from(rows[found.row as usize]),
        score: found.probability,
        evidence: pieces(&found.evidence),
    };
    Ok(found.into_iter().find(more_than_a_name).map(like))
}
