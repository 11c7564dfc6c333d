//! The session of one person at an open database: what every use case is called with.

use crate::active_staff;
use crate::cache_tag::CacheTag;
use crate::engine::Engine;
use crate::error::CommandError;
use crate::features::{FeatureState, Features};
use crate::hidden_rows::HiddenRows;
use crate::moment;
use crate::progress::{self, OnProgress};
use crate::results::ResultSets;
use crate::step::Step;
use chrono::NaiveDate;
use liaison_domain::moment::Zone;
use liaison_domain::time_zone::TimeZone;
use liaison_domain::{Actor, Id, OperationKind, RecordKind, Registry, time_zone};
use liaison_search::SearchIndex;
use liaison_store::{Database, Intent, Recorder, StoreError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Weak};

/// One person at an open database. Cheap to clone: all clones are the same session.
#[derive(Clone)]
pub struct Session {
    engine: Arc<Engine>,
    person: Arc<Person>,
}

/// What belongs to the person: who they are and what is open on their screen.
struct Person {
    actor: Actor,
    results: Mutex<ResultSets>,
    cancel: AtomicBool,
    hidden: HiddenRows,
    features: Features,
}

/// A session that background work holds without keeping it: the work ends with the session.
pub struct WeakSession {
    engine: Weak<Engine>,
    person: Weak<Person>,
}

impl WeakSession {
    /// The session, while anybody has it.
    pub fn upgrade(&self) -> Option<Session> {
        Some(Session { engine: self.engine.upgrade()?, person: self.person.upgrade()? })
    }
}

impl Session {
    /// The first session at an open database; [`crate::start`] says who is at it.
    pub fn new(database: Database, directory: PathBuf, actor: Actor) -> Session {
        Session::at(Engine::new(database, directory), actor)
    }

    fn at(engine: Arc<Engine>, actor: Actor) -> Session {
        let person = Person {
            actor,
            results: Mutex::default(),
            cancel: AtomicBool::new(false),
            hidden: HiddenRows::default(),
            features: Features::default(),
        };
        Session { engine, person: Arc::new(person) }
    }

    /// Another staff member's session at the same database. What is open on the screen of the one before, lists and
    /// imports, is not theirs; what is under way goes on in the name of who began it.
    ///
    /// Errors: `NoLongerStaff` where the person is deactivated or gone.
    pub async fn for_person(&self, person: Id) -> Result<Session, CommandError> {
        let actor = self.engine.database().read(|db| active_staff::actor(db, person)).await?;
        Ok(Session::at(Arc::clone(&self.engine), actor.ok_or(CommandError::NoLongerStaff)?))
    }

    /// What everybody at this database shares.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// For work in the background that ends with this session.
    pub fn downgrade(&self) -> WeakSession {
        WeakSession { engine: Arc::downgrade(&self.engine), person: Arc::downgrade(&self.person) }
    }

    /// The staff member whose session it is.
    pub fn actor(&self) -> Actor {
        self.person.actor
    }

    /// What a feature keeps in memory for this person; made when it is first asked for.
    pub fn state<T: FeatureState + Default>(&self) -> Arc<T> {
        self.person.features.state()
    }

    pub(crate) fn hidden(&self) -> &HiddenRows {
        &self.person.hidden
    }

    /// The directory the database lies in.
    pub fn directory(&self) -> &Path {
        self.engine.directory()
    }

    /// The fields there are, declared and defined by staff.
    pub fn registry(&self) -> Arc<Registry> {
        self.engine.registry()
    }

    /// Tells whoever listens that what has these tags may have changed.
    pub fn tell(&self, tags: Vec<CacheTag>) {
        self.engine.tell(tags);
    }

    /// The search index of a kind; `None` for kinds that are never searched.
    pub fn search(&self, kind: RecordKind) -> Option<&Arc<SearchIndex>> {
        self.engine.search(kind)
    }

    /// Milliseconds since 1970, UTC. What every use case takes its time from.
    pub fn now(&self) -> u64 {
        self.engine.now()
    }

    /// The time zone that days go by: the institution's, or this computer's where it names none.
    pub fn zone(&self) -> Zone {
        self.engine.zone()
    }

    /// The same, and whether this computer shows another time.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::seen_from(self.zone(), liaison_store::time_zone::of_computer(), self.now() as i64)
    }

    /// Today in that zone.
    pub fn today(&self) -> NaiveDate {
        time_zone::day(self.now().min(i64::MAX as u64) as i64, self.zone())
    }

    /// A long piece of work begins: who pressed Cancel before did not mean it. Short work in between is no reason to
    /// forget that somebody pressed it.
    pub fn begin_long_work(&self) {
        self.person.cancel.store(false, Ordering::Relaxed);
    }

    /// Asks the long piece of work that is under way to stop. It then fails with `Cancelled` and writes nothing.
    pub fn cancel(&self) {
        self.person.cancel.store(true, Ordering::Relaxed);
    }

    /// Set while somebody asks for it, for work that looks by itself.
    pub fn cancelled(&self) -> &AtomicBool {
        &self.person.cancel
    }

    /// Whether somebody asked for it.
    pub fn is_cancelled(&self) -> bool {
        self.person.cancel.load(Ordering::Relaxed)
    }

    /// Reports progress now and then, and stops the work where asked to.
    pub fn report(&self, progress: OnProgress<'_>, done: u32, total: u32) -> Result<(), StoreError> {
        progress::report(progress, self.cancelled(), done, total)
    }

    /// The lists this person has open.
    pub fn results(&self) -> MutexGuard<'_, ResultSets> {
        // A panic while a result set is put in or taken out leaves the others whole.
        self.person.results.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Writes one step: `work` records its changes in one transaction; afterwards the search index is brought up to date
    /// and the listeners are told. `None` beside the result where nothing changed.
    pub async fn commit<T>(
        &self,
        step: Step,
        work: impl FnOnce(&mut Recorder<'_>) -> Result<T, StoreError>,
    ) -> Result<(T, Option<Id>), CommandError> {
        self.engine.clock_watch.require()?;
        // The index follows the commits in their order: what moved is not read again from the database.
        let _in_order = self.engine.committing.lock().await;
        let now = self.now();
        let Step { kind, detail, undoes } = step;
        let intent = Intent { id: moment::new_id(now), now, actor: self.actor().staff, kind, detail, undoes };
        let written = self.engine.database().write(|db| {
            let mut recorder = Recorder::begin(db, intent)?;
            let done = work(&mut recorder)?;
            let db = recorder.db();
            let recorded = recorder.finish()?;
            if recorded.as_ref().is_some_and(|recorded| recorded.rows.kinds.contains(&RecordKind::Staff)) {
                active_staff::someone_opens(db, self.directory())?;
            }
            Ok((done, recorded))
        });
        let (done, recorded) = written.await?;
        let Some(recorded) = recorded else { return Ok((done, None)) };
        if recorded.rows.kinds.contains(&RecordKind::Staff) {
            active_staff::settle_passcodes(self.engine.database(), self.directory()).await;
        }
        self.engine.follow(&recorded.rows).await;
        Ok((done, Some(recorded.id)))
    }

    /// Writes into the journal what happened without changing a record (see [`OperationKind::is_event`]).
    pub async fn record_event(&self, kind: OperationKind, detail: String) -> Result<(), CommandError> {
        self.commit(Step::new(kind).detail(detail), |_| Ok(())).await?;
        Ok(())
    }
}
