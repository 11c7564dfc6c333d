//! The open desk: the database and what is kept in memory beside it.

use crate::backup::Backups;
use crate::duplicates::Duplicates;
use crate::error::CommandError;
use crate::import::Imports;
use crate::mail::Postbox;
use crate::results::ResultSets;
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
use tokio::sync::broadcast;

/// What a screen shows that may have changed. The UI's query keys begin with these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CacheTag {
    /// Contacts, as lists or singly.
    Contacts,
    /// Employers.
    Employers,
    /// Employer users.
    EmployerUsers,
    /// Employer user roles.
    Roles,
    /// Notes.
    Notes,
    /// The history and audit logs.
    History,
    /// The pending queue and its count.
    Queue,
    /// The institution and its staff.
    Institution,
    /// The search index became ready.
    Search,
    /// Tasks, meetings, events, interviews, listings, experiences, e-mails, and notes among them.
    Activities,
    /// Employment histories.
    Employments,
    /// The field registry: custom attributes.
    Fields,
    /// Labels.
    Labels,
    /// Saved views.
    Views,
    /// Likely duplicates.
    Duplicates,
    /// Students and alumni.
    Students,
    /// Their groups.
    Groups,
    /// Onboarding questions and answers.
    Onboarding,
    /// Invitations and reminders.
    Invitations,
    /// Templates, the outbox and mail settings.
    Mail,
    /// Backups, and what stands in their way.
    Backups,
}

impl CacheTag {
    /// Every tag.
    pub const ALL: [CacheTag; 21] = [
        CacheTag::Contacts,
        CacheTag::Employers,
        CacheTag::EmployerUsers,
        CacheTag::Roles,
        CacheTag::Notes,
        CacheTag::History,
        CacheTag::Queue,
        CacheTag::Institution,
        CacheTag::Search,
        CacheTag::Activities,
        CacheTag::Employments,
        CacheTag::Fields,
        CacheTag::Labels,
        CacheTag::Views,
        CacheTag::Duplicates,
        CacheTag::Students,
        CacheTag::Groups,
        CacheTag::Onboarding,
        CacheTag::Invitations,
        CacheTag::Mail,
        CacheTag::Backups,
    ];
}

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
    /// What the clock shows, where a test says so; else 0.
    clock: Arc<AtomicU64>,
}

impl Desk {
    /// The desk over an open database; [`crate::start`] says who is at it.
    pub fn new(database: Database, directory: PathBuf, actor: Actor) -> Desk {
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
            clock: Arc::default(),
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
            clock: Arc::clone(&self.clock),
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
        });
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

/// What screens show that may have changed with records of these kinds.
/// Lists without search text still work; a search waits. A desk that was closed meanwhile searches no more.
fn not_built(error: &StoreError) {
    if !matches!(error, StoreError::Locked) {
        tracing::error!("building the search index: {error}");
    }
}

fn tags(kinds: &[RecordKind]) -> Vec<CacheTag> {
    let mut tags = vec![CacheTag::History];
    for kind in kinds {
        let of_kind: &[CacheTag] = match kind {
            RecordKind::Contact => &[CacheTag::Contacts, CacheTag::Queue, CacheTag::Duplicates],
            RecordKind::Employer => &[CacheTag::Employers],
            // What a user may do shows on the contact, too.
            RecordKind::EmployerUser => &[CacheTag::EmployerUsers, CacheTag::Contacts],
            RecordKind::Role => &[CacheTag::Roles, CacheTag::Contacts],
            RecordKind::Note => &[CacheTag::Notes, CacheTag::Activities],
            RecordKind::Staff | RecordKind::Institution => &[CacheTag::Institution],
            RecordKind::Task
            | RecordKind::Meeting
            | RecordKind::Event
            | RecordKind::Participation
            | RecordKind::InterviewSchedule
            | RecordKind::JobListing
            | RecordKind::Experience
            | RecordKind::Email => &[CacheTag::Activities],
            RecordKind::Employment => &[CacheTag::Employments],
            RecordKind::Attribute => &[CacheTag::Fields, CacheTag::Contacts, CacheTag::Employers],
            RecordKind::Label => &[CacheTag::Labels],
            RecordKind::SavedView => &[CacheTag::Views],
            RecordKind::DistinctPair => &[CacheTag::Duplicates],
            RecordKind::Student => &[CacheTag::Students],
            RecordKind::UserGroup => &[CacheTag::Groups, CacheTag::Students],
            RecordKind::OnboardingQuestion | RecordKind::OnboardingAnswer => {
                &[CacheTag::Onboarding, CacheTag::Students]
            }
            RecordKind::StaffRole => &[CacheTag::Institution],
            RecordKind::Invitation => &[CacheTag::Invitations, CacheTag::Students],
            RecordKind::MailTemplate => &[CacheTag::Mail],
        };
        for tag in of_kind {
            if !tags.contains(tag) {
                tags.push(*tag);
            }
        }
    }
    tags
}

/// Milliseconds since 1970, UTC.
pub(crate) fn now() -> u64 {
    chrono::Utc::now().timestamp_millis().max(0) as u64
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
