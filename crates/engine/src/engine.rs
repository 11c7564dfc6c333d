//! The engine of one open database: what everybody who works at it shares.

use crate::cache_tag::{CacheTag, tags};
use crate::clock_watch::ClockWatch;
use crate::error::CommandError;
use crate::features::{FeatureState, Features};
use crate::files;
use liaison_columns::Columns;
use liaison_domain::moment::Zone;
use liaison_domain::{RecordKind, Registry};
use liaison_queries::contacts;
use liaison_search::SearchIndex;
use liaison_store::touched::{ChangedRows, Touched};
use liaison_store::{Database, StoreError};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::sync::broadcast;

/// One open database with its clock, its search indexes and whoever listens to its changes. There is one per database;
/// people are at it through [`crate::session::Session`]s.
pub struct Engine {
    database: Database,
    directory: PathBuf,
    /// Held by whoever writes a step: what follows a commit happens in the order of the commits.
    pub(crate) committing: tokio::sync::Mutex<()>,
    commits: AtomicU64,
    searches: [Arc<SearchIndex>; 4],
    columns: [Arc<Columns>; 2],
    searching: AtomicBool,
    changed: broadcast::Sender<Vec<CacheTag>>,
    /// What the clock shows, where a test says so; else 0.
    clock: AtomicU64,
    pub(crate) clock_watch: ClockWatch,
    /// When somebody last asked for anything, in milliseconds since 1970.
    last_used: AtomicU64,
    features: Features,
}

impl Engine {
    /// The engine over an open database in `directory`.
    pub fn new(database: Database, directory: PathBuf) -> Arc<Engine> {
        // The database is this process's alone, so nobody is writing what is unfinished.
        files::sweep(&directory);
        Arc::new(Engine {
            database,
            directory,
            committing: tokio::sync::Mutex::default(),
            commits: AtomicU64::default(),
            searches: [RecordKind::Contact, RecordKind::Employer, RecordKind::EmployerUser, RecordKind::Student]
                .map(SearchIndex::new),
            columns: [RecordKind::Contact, RecordKind::Employer].map(Columns::new),
            searching: AtomicBool::default(),
            changed: broadcast::Sender::new(64),
            clock: AtomicU64::default(),
            clock_watch: ClockWatch::default(),
            last_used: AtomicU64::new(crate::moment::now()),
            features: Features::default(),
        })
    }

    /// The directory the database lies in.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The database itself, with all there is in it: for log-in, backups, checks, sending and what this device keeps beside
    /// the records. Use cases read with [`crate::session::Session::read`]; `cargo xtask check` knows the files that may
    /// come here.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The fields there are, declared and defined by staff.
    pub fn registry(&self) -> Arc<Registry> {
        self.database.registry()
    }

    /// What a feature keeps in memory for everybody at this database; made when it is first asked for.
    pub fn state<T: FeatureState + Default>(&self) -> Arc<T> {
        self.features.state()
    }

    /// What changes from now on, after each commit.
    pub fn changes(&self) -> broadcast::Receiver<Vec<CacheTag>> {
        self.changed.subscribe()
    }

    /// Tells whoever listens that what has these tags may have changed.
    pub fn tell(&self, tags: Vec<CacheTag>) {
        // Nobody listening is no error.
        let _ = self.changed.send(tags);
    }

    /// How many steps were committed since the database was opened: what was read at another number may be old.
    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Milliseconds since 1970, UTC. What every use case takes its time from.
    pub fn now(&self) -> u64 {
        match self.clock.load(Ordering::Relaxed) {
            0 => crate::moment::now(),
            set => set,
        }
    }

    /// The time zone that days go by: the institution's, or this computer's where it names none.
    pub fn zone(&self) -> Zone {
        self.database.zone()
    }

    /// Lets the clock stand at a moment, in milliseconds since 1970; `None` lets it run again. For tests of rules about
    /// time, also of what happens when a clock is set back.
    pub fn set_clock(&self, at: Option<u64>) {
        self.clock.store(at.unwrap_or_default(), Ordering::Relaxed);
    }

    /// Somebody is there: the program is not idle.
    pub fn touch(&self) {
        self.last_used.store(self.now(), Ordering::Relaxed);
    }

    /// When somebody last asked for anything, in milliseconds since 1970.
    pub fn last_used(&self) -> u64 {
        self.last_used.load(Ordering::Relaxed)
    }

    /// Whether a damaged page was found when the database was opened, or met since.
    pub fn is_damaged(&self) -> bool {
        self.database.is_damaged()
    }

    /// Closes the database, once what must not be cut short has ended. Afterwards every use case fails with `Locked`.
    pub async fn close(&self) -> Result<(), CommandError> {
        self.features.closing().await;
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

    /// The columns that lists of a kind are answered from; `None` for kinds of which there are never many.
    pub fn columns(&self, kind: RecordKind) -> Option<&Arc<Columns>> {
        match kind {
            RecordKind::Contact => Some(&self.columns[0]),
            RecordKind::Employer => Some(&self.columns[1]),
            _ => None,
        }
    }

    /// Builds the columns of a kind anew, in the background. Lists are read from the tables meanwhile.
    pub(crate) fn start_columns(self: &Arc<Self>, columns: &Arc<Columns>) {
        let (engine, columns) = (Arc::clone(self), Arc::clone(columns));
        tokio::spawn(async move {
            if let Err(error) = columns.build(&engine.database).await {
                not_built(&error);
            }
        });
    }

    /// Builds the search indexes and from now on keeps them current, in the background. Tells with the tag `search`
    /// when they are ready. The columns of lists follow.
    pub fn start_searching(self: &Arc<Self>) {
        self.searching.store(true, Ordering::Relaxed);
        let engine = Arc::clone(self);
        tokio::spawn(async move {
            for index in &engine.searches {
                if let Err(error) = index.build(&engine.database).await {
                    not_built(&error);
                }
            }
            engine.tell(vec![CacheTag::Search]);
            for columns in &engine.columns {
                if let Err(error) = columns.build(&engine.database).await {
                    not_built(&error);
                }
            }
            if engine.database.is_damaged() {
                // Where a damaged page was met, the notice is to be shown.
                engine.tell(vec![CacheTag::Institution]);
            }
        });
    }

    /// Whether search indexes are kept current in the background.
    pub(crate) fn is_searching(&self) -> bool {
        self.searching.load(Ordering::Relaxed)
    }

    /// What follows a commit: what is kept in memory is brought up to date, and the listeners are told.
    pub(crate) async fn follow(self: &Arc<Self>, changed: &ChangedRows) {
        self.commits.fetch_add(1, Ordering::AcqRel);
        self.refresh_searches(changed).await;
        self.tell(tags(&changed.kinds));
    }

    /// Failing to refresh an index must not make a committed change look failed: the index is built again instead.
    async fn refresh_searches(self: &Arc<Self>, changed: &ChangedRows) {
        let mut contacts = changed.contacts.clone();
        if !changed.employers.rows.is_empty()
            && let Ok(rows) = self.contacts_of(&changed.employers.rows).await
            && !rows.is_empty()
        {
            // Contacts are found by their employer's name.
            let known: HashSet<u32> = contacts.rows.iter().copied().collect();
            contacts.rows.extend(rows.into_iter().filter(|row| !known.contains(row)));
        }
        self.refresh(&self.searches[0], &contacts).await;
        self.refresh(&self.searches[1], &changed.employers).await;
        self.refresh(&self.searches[2], &changed.users).await;
        self.refresh(&self.searches[3], &changed.students).await;
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
            let (engine, index) = (Arc::clone(self), Arc::clone(index));
            tokio::spawn(async move {
                if let Err(error) = index.build(&engine.database).await {
                    not_built(&error);
                }
                engine.tell(vec![CacheTag::Search]);
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
                    rows.extend(contacts::rows_of_employer(db, *employer)?);
                }
                Ok(rows)
            })
            .await
    }
}

/// Lists without search text still work; a search waits. A database that was closed meanwhile is searched no more.
fn not_built(error: &StoreError) {
    if !matches!(error, StoreError::Locked) {
        tracing::error!("building what search and lists are answered from: {error}");
    }
}
