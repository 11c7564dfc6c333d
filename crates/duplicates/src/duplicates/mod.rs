//! Likely duplicates among the contacts: found in the background, kept in memory, decided one case at a time (M18).

mod candidates;
mod columns;
mod find;
mod kept;
mod likely;
mod newcomers;
mod pending;
mod person;
mod reasons;
mod state;
pub(crate) use candidates::candidates_of;
pub(crate) use likely::likely;
pub(crate) use pending::{MOST_LIKE, of_pending, pending};

pub use newcomers::{Compared, ComparedIndex, LikelyContact, Newcomer, compared, likeliest};
pub use person::{DuplicatePerson, LEAST, described};
pub use reasons::{Agreement, Likeness, Reason};

use columns::{Told, values};
use kept::KeptPair;
use liaison_domain::field::CREATED_AT;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, Value, distinct_pair};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::CommandError;
use liaison_engine::moment::ids;
use liaison_engine::progress::OnProgress;
use liaison_engine::session::Session;
use liaison_engine::step::Done;
use liaison_engine::step::Step;
use liaison_matching::merge;
use liaison_queries::{View, distinct_pairs};
use liaison_store::StoreError;
use serde::Serialize;
use specta::Type;
use state::Duplicates;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Two of the contacts of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct DuplicatePair {
    /// One contact.
    pub one: Id,
    /// The other.
    pub other: Id,
    /// Probability that both are one person, 0 to 1.
    pub score: f64,
    /// What speaks for it and against it, the strongest first.
    pub reasons: Vec<Reason>,
}

/// Contacts that may be one person, decided at once: a group, or a pair.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct DuplicateCase {
    /// The contacts, two at least.
    pub people: Vec<DuplicatePerson>,
    /// How sure it is that all of them are one person, 0 to 1.
    pub score: f64,
    /// The pairs among them with their evidence, the most probable first.
    pub pairs: Vec<DuplicatePair>,
}

/// A part of the pile.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct DuplicatesPage {
    /// When the contacts were compared, in milliseconds since 1970; none where they never were.
    pub found_at: Option<i64>,
    /// They are being compared now.
    pub finding: bool,
    /// How many contacts were compared.
    pub compared: u32,
    /// How many contacts changed since: for them the answer may be old.
    pub changed: u32,
    /// How many cases there are still to decide.
    pub total: u32,
    /// Some of them, the surest first.
    pub cases: Vec<DuplicateCase>,
}

/// Two contacts that may be one person, as a script reads it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundPair {
    /// Probability that both are one person, 0 to 1.
    pub score: f64,
    /// The two contacts.
    pub contacts: [DuplicatePerson; 2],
    /// What speaks for it and against it, the strongest first.
    pub evidence: Vec<Reason>,
}

/// Says that finding ended, however it did.
struct Finding<'d>(&'d Session);

impl Drop for Finding<'_> {
    fn drop(&mut self) {
        self.0.state::<Duplicates>().finding.store(false, Ordering::Release);
        self.0.tell(vec![CacheTag::Duplicates]);
    }
}

/// Compares all contacts; the result is read with [`duplicates_list`]. Pairs from the probability `least` on
/// are kept, [`LEAST`] where none is given.
pub async fn duplicates_find(
    session: &Session,
    least: Option<f64>,
    progress: OnProgress<'_>,
) -> Result<DuplicatesPage, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let least = least.unwrap_or(LEAST);
    if !(0.0..=1.0).contains(&least) {
        return Err(refused("min_score", Problem::NotANumber));
    }
    if session.state::<Duplicates>().finding.swap(true, Ordering::AcqRel) {
        // Somebody is at it; their answer is as good.
        return duplicates_list(session, 0, 0).await;
    }
    let finding = Finding(session);
    session.tell(vec![CacheTag::Duplicates]);
    session.begin_long_work();
    let kept = find::compare_contacts(session, least, progress).await?;
    *session.state::<Duplicates>().kept() = Some(kept);
    drop(finding);
    duplicates_list(session, 0, 0).await
}

/// Some of the cases still to decide, at most 50 at once, the surest first.
pub async fn duplicates_list(session: &Session, offset: u32, limit: u32) -> Result<DuplicatesPage, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let finding = session.state::<Duplicates>().finding.load(Ordering::Acquire);
    let page = session.read(|view| {
        let duplicates = session.state::<Duplicates>();
        let mut kept = duplicates.kept();
        let Some(kept) = kept.as_mut() else {
            return Ok(DuplicatesPage {
                found_at: None,
                finding,
                compared: 0,
                changed: 0,
                total: 0,
                cases: Vec::new(),
            });
        };
        kept.catch_up(view)?;
        let (total, cases) = kept.page(offset, limit.min(50));
        let cases: Result<Vec<_>, StoreError> = cases
            .into_iter()
            .map(|case| {
                let mut people = People::new(view);
                Ok(DuplicateCase {
                    score: case.score(),
                    pairs: case.pairs.iter().map(|pair| people.pair(pair)).collect::<Result<_, _>>()?,
                    people: case.people.iter().map(|id| people.person(*id)).collect::<Result<_, _>>()?,
                })
            })
            .collect();
        Ok(DuplicatesPage {
            found_at: Some(kept.found_at),
            finding,
            compared: kept.compared,
            changed: kept.changed(),
            total,
            cases: cases?,
        })
    });
    Ok(page.await?)
}

/// The pairs found, for scripts: at most `most`, from the probability `least` on, the surest first.
pub async fn duplicates_pairs(session: &Session, least: f64, most: usize) -> Result<Vec<FoundPair>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let pairs = session.read(|view| {
        let duplicates = session.state::<Duplicates>();
        let mut kept = duplicates.kept();
        let Some(kept) = kept.as_mut() else { return Ok(Vec::new()) };
        kept.catch_up(view)?;
        let mut people = People::new(view);
        let pairs = kept.pairs(least, most);
        let found = pairs.iter().map(|pair| {
            let told = people.pair(pair)?;
            let contacts = [people.person(pair.one)?, people.person(pair.other)?];
            Ok(FoundPair { score: told.score, contacts, evidence: told.reasons })
        });
        found.collect()
    });
    Ok(pairs.await?)
}

/// Remembers that these contacts are different people: none of them is proposed as a duplicate of another again.
pub async fn contacts_keep_apart(session: &Session, contacts: &[Id]) -> Result<Done, CommandError> {
    session.actor().require(Permission::MergeContacts)?;
    let mut contacts = contacts.to_vec();
    contacts.sort_unstable();
    contacts.dedup();
    match contacts.len() {
        ..2 => return Err(refused("contacts", Problem::Required)),
        2..=merge::MOST => {}
        _ => return Err(refused("contacts", Problem::TooMany { most: merge::MOST as u32 })),
    }
    let now = session.now();
    let (changed, operation) = session
        .commit(Step::new(OperationKind::ContactsKeepApart), |recorder| {
            let view = session.view(recorder.db());
            for id in &contacts {
                view.live(RecordKind::Contact, *id)?;
            }
            let (mut made, mut new) = (0, ids(now));
            for (at, first) in contacts.iter().enumerate() {
                for second in &contacts[at + 1..] {
                    if distinct_pairs::exists(view.everything(), *first, *second)? {
                        continue;
                    }
                    let mut pair = Record::blank(RecordKind::DistinctPair, new.next_id());
                    pair.set(&CREATED_AT, Value::Moment(now as i64));
                    pair.set(&distinct_pair::FIRST, *first);
                    pair.set(&distinct_pair::SECOND, *second);
                    pair.set(&distinct_pair::AUTHOR, session.actor().staff);
                    recorder.create(&pair)?;
                    made += 1;
                }
            }
            Ok(made)
        })
        .await?;
    Ok(Done { operation, changed, skipped: 0, users: 0 })
}

fn refused(field: &str, problem: Problem) -> CommandError {
    Refusal::of(field, problem).into()
}

/// Reads contacts once each while cases are put into words.
struct People<'d> {
    view: &'d View<'d>,
    known: HashMap<Id, (DuplicatePerson, Arc<Vec<Told>>)>,
}

impl<'d> People<'d> {
    fn new(view: &'d View<'d>) -> People<'d> {
        People { view, known: HashMap::new() }
    }

    fn read(&mut self, id: Id) -> Result<&(DuplicatePerson, Arc<Vec<Told>>), StoreError> {
        if !self.known.contains_key(&id) {
            let record = self.view.get(RecordKind::Contact, id)?.record;
            let described = (described(self.view, &record)?, Arc::new(values(self.view, &record)?));
            self.known.insert(id, described);
        }
        self.known.get(&id).ok_or(StoreError::NotFound(RecordKind::Contact.key()))
    }

    fn person(&mut self, id: Id) -> Result<DuplicatePerson, StoreError> {
        Ok(self.read(id)?.0.clone())
    }

    fn pair(&mut self, pair: &KeptPair) -> Result<DuplicatePair, StoreError> {
        let one = Arc::clone(&self.read(pair.one)?.1);
        let other = Arc::clone(&self.read(pair.other)?.1);
        Ok(DuplicatePair {
            one: pair.one,
            other: pair.other,
            score: pair.score,
            reasons: reasons::reasons(&one, &other, pair.evidence()),
        })
    }
}
