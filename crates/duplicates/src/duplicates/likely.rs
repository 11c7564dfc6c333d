//! Whom one contact may be: the same comparison as for all, against those who share something with it.

use super::columns::{stored, stored_of_everybody, values};
use super::find::{Sample, nobody};
use super::kept::{Piece, pieces, whole};
use super::person::{DuplicatePerson, LEAST, described};
use super::reasons::{Reason, reasons};
use super::state::Duplicates;
use liaison_domain::{Id, Record, RecordKind};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_matching::{Options, candidates, find};
use liaison_queries::{contacts, distinct_pairs};
use std::sync::Arc;

/// How many contacts tell how often names and employers occur.
const SAMPLE: i64 = 4_000;

/// A sample of fewer contacts than there are new ones since says little about them.
const OUTGROWN: i64 = 200;

/// A contact that may be the same person as another one.
#[derive(Clone, Debug)]
pub(super) struct Like {
    pub other: Id,
    pub score: f64,
    pub evidence: Vec<Piece>,
}

/// The sample, taken once for as long as the desk is open, and again when there are many more contacts.
pub(super) async fn sample(session: &Session) -> Result<Arc<Sample>, CommandError> {
    let duplicates = session.state::<Duplicates>();
    let mut taken = duplicates.sample.lock().await;
    let last_row = session.read(|view| contacts::last_row(view.everything())).await?;
    if let Some(sample) = taken.as_ref().filter(|sample| last_row <= sample.last_row * 2 + OUTGROWN) {
        return Ok(Arc::clone(sample));
    }
    let people = session.read(|view| {
        // How often names and employers occur, of everybody: nobody of them is shown.
        let db = view.everything();
        let mut people = nobody();
        // Evenly over all of them: neighbours came from one file and are alike.
        let every = (last_row / SAMPLE).max(1);
        stored_of_everybody(db).each_nth(every, |_, id, texts| people.add(id, texts))?;
        Ok(people)
    });
    let people = people.await?;
    let options = Options { most_pairs: 0, ..Options::default() };
    let found = tokio::task::block_in_place(|| find(&people.table, &options, &|_| true));
    let model = found.map_err(|_| CommandError::Cancelled)?.model;
    let sample = Arc::new(Sample { table: people.table.with_its_frequencies(), model, last_row });
    *taken = Some(Arc::clone(&sample));
    Ok(sample)
}

/// Who was found to be like this contact when all were compared.
pub(super) fn found_like(session: &Session, id: Id) -> Vec<Id> {
    session.state::<Duplicates>().kept().as_ref().map(|kept| kept.like(id)).unwrap_or_default()
}

/// Which of these contacts may be the same person as `record`, with what speaks for it, the likeliest first. Those
/// that somebody found to be another person are left out.
pub(crate) async fn likely(
    session: &Session,
    record: &Record,
    among: &[Id],
) -> Result<Vec<(DuplicatePerson, f64, Vec<Reason>)>, CommandError> {
    let sample = sample(session).await?;
    let likes = likes(session, &sample, record, among).await?;
    told(session, record, &likes).await
}

/// As [`likely`], not yet in words.
pub(super) async fn likes(
    session: &Session,
    sample: &Sample,
    record: &Record,
    among: &[Id],
) -> Result<Vec<Like>, CommandError> {
    let (told, people) = session
        .read(|view| {
            let mut people = sample.nobody();
            let stored = stored(view)?;
            for id in among {
                if !distinct_pairs::exists(view.everything(), record.id.min(*id), record.id.max(*id))? {
                    stored.of(*id, |_, id, texts| people.add(id, texts))?;
                }
            }
            Ok((values(view, record)?, people))
        })
        .await?;
    let given = told.iter().map(|value| (value.column, value.text.as_str()));
    let found = tokio::task::block_in_place(|| candidates(&people.table, &sample.model, given, LEAST, usize::MAX));
    let like = |found: liaison_matching::Candidate| Like {
        other: people.ids[found.row as usize],
        score: found.probability,
        evidence: pieces(&found.evidence),
    };
    Ok(found.into_iter().map(like).collect())
}

/// Whom a contact may be, in words. Who is gone by now is left out.
pub(super) async fn told(
    session: &Session,
    record: &Record,
    likes: &[Like],
) -> Result<Vec<(DuplicatePerson, f64, Vec<Reason>)>, CommandError> {
    let told = session.read(|view| {
        let own = values(view, record)?;
        let mut told = Vec::new();
        for like in likes {
            let Some(other) = view.find(RecordKind::Contact, like.other)?.map(|located| located.record) else {
                continue;
            };
            if !other.is_deleted() {
                let reasons = reasons(&own, &values(view, &other)?, whole(&like.evidence));
                told.push((described(view, &other)?, like.score, reasons));
            }
        }
        Ok(told)
    });
    Ok(told.await?)
}
