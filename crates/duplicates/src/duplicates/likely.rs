//! Whom one contact may be, while it waits in the queue: the same comparison as for all, against those who share
//! something with it.

use super::columns::{stored, stored_of_everybody, values};
use super::find::{Sample, nobody};
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

/// The sample, taken once for as long as the desk is open.
async fn sample(session: &Session) -> Result<Arc<Sample>, CommandError> {
    let duplicates = session.state::<Duplicates>();
    let sample = duplicates.sample.get_or_try_init(|| async {
        let people = session.read(|view| {
            // How often names and employers occur, of everybody: nobody of them is shown.
            let db = view.everything();
            let mut people = nobody();
            // Evenly over all of them: neighbours came from one file and are alike.
            let every = (contacts::last_row(db)? / SAMPLE).max(1);
            stored_of_everybody(db).each_nth(every, |_, id, texts| people.add(id, texts))?;
            Ok(people)
        });
        let people = people.await?;
        let options = Options { most_pairs: 0, ..Options::default() };
        let found = tokio::task::block_in_place(|| find(&people.table, &options, &|_| true));
        let model = found.map_err(|_| CommandError::Cancelled)?.model;
        Ok::<_, CommandError>(Arc::new(Sample { people, model }))
    });
    Ok(Arc::clone(sample.await?))
}

/// Who was found to be like this contact when all were compared.
pub(crate) fn found_like(session: &Session, id: Id) -> Vec<Id> {
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
    let mut people = nobody();
    people.table = sample.people.table.clone();
    let first = people.table.len() as u32;
    let (told, people) = session
        .read(|view| {
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
    let likely = session.read(|view| {
        let mut likely = Vec::new();
        for found in found {
            let Some(id) = found.row.checked_sub(first).and_then(|at| people.ids.get(at as usize)) else {
                continue;
            };
            let other = view.get(RecordKind::Contact, *id)?.record;
            let reasons = reasons(&told, &values(view, &other)?, found.evidence);
            likely.push((described(view, &other)?, found.probability, reasons));
        }
        Ok(likely)
    });
    Ok(likely.await?)
}
