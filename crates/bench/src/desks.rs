//! Desks to measure on: their files, made once and copied.

use anyhow::{Context, Result, bail};
use liaison_app::Session;
use liaison_app::import;
use liaison_app::import::{ImportAnswer, ImportOutcome, ImportTarget, unwatched};
use liaison_app::start::{self, SetupInput};
use liaison_domain::{Id, RecordKind};
use liaison_store::{Database, key};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Wraps the keys of all desks here.
pub const PASSCODE: &str = "a passcode for measuring";

/// Most contacts that wait in a queue.
const QUEUE_MOST: usize = 100_000;

/// A new encrypted desk.
pub async fn set_up(directory: &Path) -> Result<Session> {
    let input = SetupInput {
        institution: "Bench University".into(),
        first_name: "Ada".into(),
        last_name: "Bench".into(),
        email: "ada@bench.example".into(),
        time_zone: None,
        passcode: Some(PASSCODE.into()),
        sample_contacts: None,
    };
    Ok(start::set_up(directory, &input).await?.0)
}

/// Opens a desk. Its search index is not built.
pub async fn open(directory: &Path) -> Result<Session> {
    Ok(start::open(directory, Some(PASSCODE)).await?)
}

/// Opens the database of a desk by itself.
pub async fn open_database(directory: &Path) -> Result<Database> {
    Ok(Database::open(directory, Some(&key::load(directory, Some(PASSCODE))?.key)).await?)
}

/// Builds the search index of a desk, and says how long that took.
pub async fn search_ready(desk: &Session) -> Result<Duration> {
    let mut changes = desk.engine().changes();
    let start = Instant::now();
    desk.engine().start_searching();
    while !changes.recv().await?.contains(&liaison_app::CacheTag::Search) {}
    Ok(start.elapsed())
}

/// What an import took.
pub struct Imported {
    /// Reading the file.
    pub open: Duration,
    /// Deciding and writing.
    pub commit: Duration,
    /// Takes it back.
    pub operation: Id,
}

/// Imports a file of contacts as the command line does: no dry run.
pub async fn import(desk: &Session, file: &Path, target: ImportTarget, rows: usize) -> Result<Imported> {
    import_as(desk, RecordKind::Contact, file, target, rows).await
}

/// Imports a file of students and alumni.
pub async fn import_users(desk: &Session, file: &Path, rows: usize) -> Result<Imported> {
    import_as(desk, RecordKind::Student, file, ImportTarget::Directory, rows).await
}

async fn import_as(
    desk: &Session,
    kind: RecordKind,
    file: &Path,
    target: ImportTarget,
    rows: usize,
) -> Result<Imported> {
    let start = Instant::now();
    let opened = import::import_open_as(desk, kind, file, None, &mut unwatched).await?;
    let open = start.elapsed();
    import::import_target(desk, opened.session, target)?;
    if kind == RecordKind::Contact {
        // Invented people are wanted, however alike they are.
        let (about, anyway) = (ImportOutcome::PossibleDuplicate, Some(ImportAnswer::Add));
        import::import_answer(desk, opened.session, about, None, anyway).await?;
    }
    let start = Instant::now();
    let done = import::import_commit(desk, opened.session, &mut unwatched).await?;
    let commit = start.elapsed();
    import::import_close(desk, opened.session);
    if done.created as usize != rows {
        bail!("{} of {rows} rows were created, {} failed", done.created, done.failed);
    }
    Ok(Imported { open, commit, operation: done.operation.context("an import without an operation")? })
}

/// Copies a desk that is closed, down to the disk.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        fs::copy(entry.path(), &copy)?;
        File::open(copy)?.sync_all()?;
    }
    settle(to);
    Ok(())
}

/// Removes what is kept of search index and columns: the next start reads all records.
pub fn forget_kept(directory: &Path) -> Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "kept") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Starts as the window does, and says how long it took until search and filters were answered from memory.
pub async fn all_ready(desk: &Session) -> Result<Duration> {
    let start = Instant::now();
    search_ready(desk).await?;
    let columns = desk.engine().columns(RecordKind::Contact).context("columns")?;
    while !columns.is_built() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(start.elapsed())
}

/// Lets the system finish writing what went before, so that it does not count for what comes.
pub fn settle(directory: &Path) {
    // Where there is no such program, a figure may be a little worse.
    let _ = Command::new("sync").arg("-f").arg(directory).status();
}

/// The desks and files of a run, made when first needed.
pub struct Desks {
    directory: PathBuf,
    seed: u64,
    made: HashMap<PathBuf, Option<Id>>,
}

impl Desks {
    /// Keeps everything below this directory.
    pub fn new(directory: &Path, seed: u64) -> Desks {
        Desks { directory: directory.to_owned(), seed, made: HashMap::new() }
    }

    /// The seed of the invented people.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// A path for something that is made for one figure.
    pub fn place(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// A CSV file of this many contacts.
    pub fn csv(&self, contacts: usize) -> Result<PathBuf> {
        let path = self.place(&format!("{contacts}.csv"));
        if !path.exists() {
            liaison_sample::write_csv(contacts, self.seed, BufWriter::new(File::create(&path)?))?;
            settle(&self.directory);
        }
        Ok(path)
    }

    /// A closed desk with this many contacts in its directory, and the operation that takes them back.
    pub async fn directory(&mut self, contacts: usize) -> Result<(PathBuf, Id)> {
        let path = self.place(&format!("directory-{contacts}"));
        if let Some(Some(operation)) = self.made.get(&path) {
            return Ok((path, *operation));
        }
        let file = self.csv(contacts)?;
        let desk = set_up(&path).await?;
        let imported = import(&desk, &file, ImportTarget::Directory, contacts).await?;
        desk.engine().close().await?;
        self.made.insert(path.clone(), Some(imported.operation));
        Ok((path, imported.operation))
    }

    /// Takes over a closed desk that was made for a figure as [`Desks::directory`].
    pub fn keep_directory(&mut self, contacts: usize, made: &Path, operation: Id) -> Result<()> {
        let path = self.place(&format!("directory-{contacts}"));
        match self.made.entry(path) {
            Entry::Vacant(free) => {
                fs::rename(made, free.key())?;
                free.insert(Some(operation));
            }
            Entry::Occupied(_) => fs::remove_dir_all(made)?,
        }
        Ok(())
    }

    /// A closed desk with this many contacts, of which the last, 100,000 at most, wait in the queue; and how many do.
    pub async fn queue(&mut self, contacts: usize) -> Result<(PathBuf, usize)> {
        let path = self.place(&format!("queue-{contacts}"));
        let pending = contacts.min(QUEUE_MOST);
        if self.made.contains_key(&path) {
            return Ok((path, pending));
        }
        let (first, last) = (self.place("first.csv"), self.place("last.csv"));
        split(&self.csv(contacts)?, contacts - pending, &first, &last)?;
        let desk = set_up(&path).await?;
        if contacts > pending {
            import(&desk, &first, ImportTarget::Directory, contacts - pending).await?;
        }
        import(&desk, &last, ImportTarget::Queue, pending).await?;
        desk.engine().close().await?;
        fs::remove_file(first)?;
        fs::remove_file(last)?;
        self.made.insert(path.clone(), None);
        Ok((path, pending))
    }

    /// Removes what was made for this many contacts.
    pub fn forget(&mut self, contacts: usize) -> Result<()> {
        for name in ["directory", "queue"] {
            let path = self.place(&format!("{name}-{contacts}"));
            if self.made.remove(&path).is_some() {
                fs::remove_dir_all(path)?;
            }
        }
        let csv = self.place(&format!("{contacts}.csv"));
        if csv.exists() {
            fs::remove_file(csv)?;
        }
        Ok(())
    }
}

/// Splits a CSV file after this many rows; both parts have its header.
fn split(file: &Path, rows: usize, first: &Path, last: &Path) -> Result<()> {
    let mut reader = csv::Reader::from_path(file)?;
    let header = reader.byte_headers()?.clone();
    let mut writers = [csv::Writer::from_path(first)?, csv::Writer::from_path(last)?];
    for writer in &mut writers {
        writer.write_byte_record(&header)?;
    }
    for (at, record) in reader.byte_records().enumerate() {
        writers[usize::from(at >= rows)].write_byte_record(&record?)?;
    }
    for writer in &mut writers {
        writer.flush()?;
    }
    Ok(())
}
