//! The open desk: the database and what is kept in memory beside it.

use crate::backup::Backups;
use crate::cache_tag::{CacheTag, tags};
use crate::clock::Clock;
use crate::duplicates::Duplicates;
use crate::error::CommandError;
use crate::files;
use crate::import::Imports;
use crate::mail::Postbox;
use crate::results::ResultSets;
use crate::security::FailedAttempts;
use crate::staff;
use crate::viewing::HiddenRows;
use liaison_domain::id::IdSequence;
use liaison_domain::{Actor, Id, OperationKind, RecordKind, Registry};
use liaison_store::recorder::Touched;
use liaison_store::search::SearchIndex;
use liaison_store::{Database, Intent, Recorded, Recorder, Sql, StoreError};
use rand::RngCore as _;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;
use tokio::sync::broadcast;

/// How far a long piece of work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Progress {
    /// Records done.
    pub done: u32,
    /// Records in all.
    pub total: u32,
}

/// Told how far a long piece of work is, every few thousand records. `Break` stops it; then nothing is written.
pub type OnProgress<'a> = &'a mut (dyn FnMut(Progress) -> ControlFlow<()> + Send);

/// Records between two reports of progress.
const REPORT_EVERY: u32 = 2_000;

/// Reports progress now and then, and stops the work where asked to.
pub fn report(progress: OnProgress<'_>, cancel: &AtomicBool, done: u32, total: u32) -> Result<(), StoreError> {
    if !done.is_multiple_of(REPORT_EVERY) && done != total {
        return Ok(());
    }
    if cancel.load(Ordering::Relaxed) || progress(Progress { done, total }).is_break() {
        return Err(StoreError::Cancelled);
    }
    Ok(())
}

/// The open desk.
pub struct Desk {
    pub(crate) database: Arc<Database>,
    pub(crate) actor: Actor,
    pub(crate) results: Mutex<ResultSets>,
    pub(crate) imports: Imports,
    pub(crate) cancel: AtomicBool,
    pub(crate) hidden: HiddenRows,
    pub(crate) postbox: Arc<Postbox>,
    pub(crate) duplicates: Duplicates,
    pub(crate) backups: Arc<Backups>,
    committing: Arc<tokio::sync::Mutex<()>>,
    directory: PathBuf,
    searches: [Arc<SearchIndex>; 4],
    searching: Arc<AtomicBool>,
    changed: broadcast::Sender<Vec<CacheTag>>,
    /// Wrong passcodes before this person came, until they are told.
    pub(crate) failures: Mutex<Option<FailedAttempts>>,
    /// What the clock shows, where a test says so; else 0.
    clock: Arc<AtomicU64>,
    pub(crate) clock_watch: Arc<Clock>,
    /// When somebody last asked for anything, in milliseconds since 1970.
    pub(crate) last_used: Arc<AtomicU64>,
}

impl Desk {
    /// The desk over an open database; [`crate::start`] says who is at it.
    pub fn new(database: Database, directory: PathBuf, actor: Actor) -> Desk {
        // The database is this process's alone, so nobody is writing what is unfinished.
        files::sweep(&directory);
        Desk {
            database: Arc::new(database),
            actor,
            results: Mutex::default(),
            imports: Imports::default(),
            cancel: AtomicBool::new(false),
            hidden: HiddenRows::default(),
            postbox: Arc::default(),
            duplicates: Duplicates::default(),
            backups: Arc::default(),
            committing: Arc::default(),
            directory,
            searches: [RecordKind::Contact, RecordKind::Employer, RecordKind::EmployerUser, RecordKind::Student]
                .map(SearchIndex::new),
            searching: Arc::default(),
            changed: broadcast::Sender::new(64),
            failures: Mutex::default(),
            clock: Arc::default(),
            clock_watch: Arc::default(),
            last_used: Arc::new(AtomicU64::new(now())),
        }
    }

    /// The same desk with another staff member at it. What is open on the screen of the one before, lists and imports,
    /// is not theirs; what is under way goes on in the name of who began it.
    ///
    /// Errors: `NoLongerStaff` where the person is deactivated or gone.
    pub async fn for_person(&self, person: Id) -> Result<Arc<Desk>, CommandError> {
        let actor = self.database.read(|db| staff::actor(db, person)).await?.ok_or(CommandError::NoLongerStaff)?;
        Ok(Arc::new(Desk {
            database: Arc::clone(&self.database),
            actor,
            results: Mutex::default(),
            imports: Imports::default(),
            cancel: AtomicBool::new(false),
            hidden: HiddenRows::default(),
            postbox: Arc::clone(&self.postbox),
            duplicates: Duplicates::default(),
            backups: Arc::clone(&self.backups),
            committing: Arc::clone(&self.committing),
            directory: self.directory.clone(),
            searches: self.searches.clone(),
            searching: Arc::clone(&self.searching),
            changed: self.changed.clone(),
            failures: Mutex::default(),
            clock: Arc::clone(&self.clock),
            clock_watch: Arc::clone(&self.clock_watch),
            last_used: Arc::clone(&self.last_used),
        }))
    }

    /// The staff member at this desk.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The directory the database lies in.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The database, for benchmarks and tests.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The fields there are, declared and defined by staff.
    pub fn registry(&self) -> Arc<Registry> {
        self.database.registry()
    }

    /// What changes from now on, after each commit.
    pub fn changes(&self) -> broadcast::Receiver<Vec<CacheTag>> {
        self.changed.subscribe()
    }

    /// A long piece of work begins: who pressed Cancel before did not mean it. Short work in between is no reason to
    /// forget that somebody pressed it.
    pub(crate) fn begin_long_work(&self) {
        self.cancel.store(false, Ordering::Relaxed);
    }

    /// Asks the long piece of work that is under way to stop. It then fails with `Cancelled` and writes nothing.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked for it.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Closes the database. Afterwards every use case fails with `Locked`.
    pub async fn close(&self) -> Result<(), CommandError> {
        self.postbox.leave().await;
        Ok(self.database.close().await?)
    }

    /// The search index of a kind; `None` for kinds that are never searched.
    pub fn search(&self, kind: RecordKind) -> Option<&Arc<SearchIndex>> {
        match kind {
            RecordKind::Contact => Some(&self.searches[0]),
            RecordKind::Employer => Some(&self.searches[1]),
            RecordKind::EmployerUser => Some(&self.searches[2]),
            RecordKind::Student => Some(&self.searches[3]),
            _ => None,
        }
    }

    /// Builds the search indexes and from now on keeps them current, in the background. Tells with the tag `search`
    /// when they are ready.
    pub fn start_searching(self: &Arc<Self>) {
        self.searching.store(true, Ordering::Relaxed);
        let desk = Arc::clone(self);
        tokio::spawn(async move {
            for index in &desk.searches {
                if let Err(error) = index.build(&desk.database).await {
                    not_built(&error);
                }
            }
            desk.tell(vec![CacheTag::Search]);
            if desk.database.is_damaged() {
                // Where a damaged page was met, the notice is to be shown.
                desk.tell(vec![CacheTag::Institution]);
            }
        });
    }

    /// Starts what is done without anybody asking: emptying the trash, sending mail, backups, the weekly check. It ends
    /// with this desk: whoever hands it to another person starts it on theirs.
    pub fn start_background_work(self: &Arc<Self>) {
        self.start_purging();
        self.start_sending();
        self.start_backing_up();
        self.start_checking();
    }

    /// Whether search indexes are kept current in the background.
    pub(crate) fn is_searching(&self) -> bool {
        self.searching.load(Ordering::Relaxed)
    }

    pub(crate) fn results(&self) -> MutexGuard<'_, ResultSets> {
        // A panic while a result set is put in or taken out leaves the others whole.
        self.results.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Milliseconds since 1970, UTC. What every use case takes its time from.
    pub fn now(&self) -> u64 {
        match self.clock.load(Ordering::Relaxed) {
            0 => now(),
            set => set,
        }
    }

    /// Lets the clock stand at a moment, in milliseconds since 1970; `None` lets it run again. For tests of rules about
    /// time, also of what happens when a clock is set back.
    pub fn set_clock(&self, at: Option<u64>) {
        self.clock.store(at.unwrap_or_default(), Ordering::Relaxed);
    }

    /// Writes one operation: `work` records its changes in one transaction; afterwards the search index is brought up
    /// to date and the listeners are told. `None` beside the result where nothing changed.
    pub(crate) async fn commit<T>(
        self: &Arc<Self>,
        kind: OperationKind,
        detail: String,
        undoes: Option<Id>,
        work: impl FnOnce(&mut Recorder<'_>) -> Result<T, StoreError>,
    ) -> Result<(T, Option<Id>), CommandError> {
        self.require_clock()?;
        // The index follows the commits in their order: what moved is not read again from the database.
        let _in_order = self.committing.lock().await;
        let now = self.now();
        let intent = Intent { id: new_id(now), now, actor: self.actor.staff, kind, detail, undoes };
        let written = self
            .database
            .write(|db| {
                let mut recorder = Recorder::begin(db, intent)?;
                let done = work(&mut recorder)?;
                let db = recorder.db();
                let recorded = recorder.finish()?;
                if recorded.as_ref().is_some_and(|recorded| recorded.kinds.contains(&RecordKind::Staff)) {
                    staff::someone_opens(db, self.directory())?;
                }
                Ok((done, recorded))
            })
            .await;
        let (done, recorded) = match written {
            Ok(written) => written,
            Err(error) => return Err(error.into()),
        };
        let Some(recorded) = recorded else { return Ok((done, None)) };
        if recorded.kinds.contains(&RecordKind::Staff) {
            self.settle_passcodes().await;
        }
        self.hidden.outdate();
        self.refresh_searches(&recorded).await;
        self.tell(tags(&recorded.kinds));
        Ok((done, Some(recorded.id)))
    }

    /// Writes into the journal what happened without changing a record (see [`OperationKind::is_event`]).
    pub(crate) async fn record_event(
        self: &Arc<Self>,
        kind: OperationKind,
        detail: String,
    ) -> Result<(), CommandError> {
        self.commit(kind, detail, None, |_| Ok(())).await?;
        Ok(())
    }

    /// Failing to refresh an index must not make a committed change look failed: the index is built anew instead.
    async fn refresh_searches(self: &Arc<Self>, recorded: &Recorded) {
        let mut contacts = recorded.contacts.clone();
        if !recorded.employers.rows.is_empty()
            && let Ok(rows) = self.contacts_of(&recorded.employers.rows).await
            && !rows.is_empty()
        {
            // Contacts are found by their employer's name.
            let known: HashSet<u32> = contacts.rows.iter().copied().collect();
            contacts.rows.extend(rows.into_iter().filter(|row| !known.contains(row)));
        }
        self.refresh(&self.searches[0], &contacts).await;
        self.refresh(&self.searches[1], &recorded.employers).await;
        self.refresh(&self.searches[2], &recorded.users).await;
        self.refresh(&self.searches[3], &recorded.students).await;
    }

    async fn refresh(self: &Arc<Self>, index: &Arc<SearchIndex>, touched: &Touched) {
        let stale = match index.apply(&self.database, touched).await {
            Ok(stale) => stale,
            Err(error) => {
                tracing::error!("refreshing the search index: {error}");
                true
            }
        };
        if stale && self.is_searching() {
            let (desk, index) = (Arc::clone(self), Arc::clone(index));
            tokio::spawn(async move {
                if let Err(error) = index.build(&desk.database).await {
                    not_built(&error);
                }
                desk.tell(vec![CacheTag::Search]);
            });
        }
    }

    /// The contacts of employers that changed, by row number. An import that creates employers has none yet that it
    /// does not list itself.
    async fn contacts_of(&self, employers: &[u32]) -> Result<Vec<u32>, StoreError> {
        if employers.len() > 1_000 {
            return Ok(Vec::new());
        }
        self.database
            .read(|db| {
                let mut rows = Vec::new();
                for employer in employers {
                    rows.extend(db.all(
                        "SELECT n FROM contact WHERE employer=(SELECT id FROM employer WHERE n=?)",
                        &[Sql::Int(i64::from(*employer))],
                        |row| Ok(row.int(0) as u32),
                    )?);
                }
                Ok(rows)
            })
            .await
    }

    pub(crate) fn tell(&self, tags: Vec<CacheTag>) {
        // Nobody listening is no error.
        let _ = self.changed.send(tags);
    }
}

/// Lists without search text still work; a search waits. A desk that was closed meanwhile searches no more.
fn not_built(error: &StoreError) {
    if !matches!(error, StoreError::Locked) {
        tracing::error!("building the search index: {error}");
    }
}

/// Milliseconds since 1970, UTC.
pub(crate) fn now() -> u64 {
    millis_at(SystemTime::now())
}

/// A moment in milliseconds since 1970; a clock that stands before then reads as 1970, for chrono's would panic.
fn millis_at(clock: SystemTime) -> u64 {
    clock.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis().min(i64::MAX as u128) as u64)
}

/// A new id for the moment `now`.
pub(crate) fn new_id(now: u64) -> Id {
    ids(now).next_id()
}

/// Ascending ids for the moment `now`.
pub(crate) fn ids(now: u64) -> IdSequence {
    let mut random = [0; 10];
    rand::rng().fill_bytes(&mut random);
    IdSequence::new(now, random)
}

/// A moment in UTC, to the second, for terminals and logs.
pub fn utc_text(millis: i64) -> String {
    chrono::DateTime::from_timestamp_millis(millis)
        .map(|at| at.format("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::Duration;

    #[test]
    fn a_clock_before_1970_is_read_without_a_panic() {
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(365 * 24 * 60 * 60);
        assert_eq!((millis_at(before), millis_at(SystemTime::UNIX_EPOCH + Duration::from_millis(5))), (0, 5));
        assert_eq!(utc_text(-1), "1969-12-31 23:59:59");
    }

    proptest! {
        #[test]
        fn any_moment_has_a_text_or_none(millis: i64) {
            let _ = utc_text(millis);
        }
    }
}
