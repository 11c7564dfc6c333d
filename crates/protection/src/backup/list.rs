//! The backups there are.

use super::places;
use super::trouble::BackupPlace;
use liaison_domain::Permission;
use liaison_domain::backup::{BackupProblem, BackupReason};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_store::StoreError;
use liaison_store::backup::{self, Head};
use serde::Serialize;
use specta::Type;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A backup file.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BackupRow {
    /// Where it lies.
    pub path: String,
    /// Which of the two places that is.
    pub place: BackupPlace,
    /// Its name.
    pub name: String,
    /// When it was made, in milliseconds since 1970; none where it can't be read.
    pub made_at: Option<i64>,
    /// Why it was made.
    pub reason: Option<BackupReason>,
    /// Bytes.
    pub size: i64,
    /// What is wrong with it; none where nothing is known to be.
    pub problem: Option<BackupProblem>,
}

/// What checking a backup came to.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BackupChecked {
    /// Where it lies.
    pub path: String,
    /// What is wrong with it.
    pub problem: Option<BackupProblem>,
}

impl BackupRow {
    pub(super) fn new(place: BackupPlace, path: &Path, head: &Head) -> BackupRow {
        BackupRow {
            made_at: Some(head.made_at),
            reason: BackupReason::from_key(&head.reason),
            ..BackupRow::unread(place, path, None)
        }
    }

    fn unread(place: BackupPlace, path: &Path, problem: Option<BackupProblem>) -> BackupRow {
        BackupRow {
            path: path.to_string_lossy().into_owned(),
            place,
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            made_at: None,
            reason: None,
            size: std::fs::metadata(path).map_or(0, |file| file.len() as i64),
            problem,
        }
    }
}

/// The backups in a folder, the newest first; those of other databases, too. None where the folder is not there.
///
/// Errors: those of the system.
pub fn backups_in(folder: &Path) -> Result<Vec<BackupRow>, CommandError> {
    let mut rows = rows_in(BackupPlace::Folder, folder, None)?;
    sort(&mut rows);
    Ok(rows)
}

/// The backups in the folder of the desk in `directory`, the newest first: for who can't open it.
///
/// Errors: those of the system.
pub fn backups_here(directory: &Path) -> Result<Vec<BackupRow>, CommandError> {
    let mut rows = rows_in(BackupPlace::Here, &backup::folder(directory), None)?;
    sort(&mut rows);
    Ok(rows)
}

fn sort(rows: &mut [BackupRow]) {
    rows.sort_by(|a, b| (b.made_at, &b.name).cmp(&(a.made_at, &a.name)));
}

/// The backups in a folder, those of one set where one is given; also what can't be read.
fn rows_in(place: BackupPlace, folder: &Path, set: Option<&str>) -> Result<Vec<BackupRow>, StoreError> {
    let mut rows = Vec::new();
    for (path, head) in read_in(folder)? {
        match head {
            Ok(head) if set.is_none_or(|set| set == head.set) => rows.push(BackupRow::new(place, &path, &head)),
            Ok(_) => {}
            Err(problem) => rows.push(BackupRow::unread(place, &path, Some(problem))),
        }
    }
    Ok(rows)
}

/// The backups of a set in a folder, the newest last. None where the database has no set yet.
pub(super) fn heads_in(folder: &Path, set: Option<&str>) -> Result<Vec<(PathBuf, Head)>, StoreError> {
    let all = read_in(folder)?.into_iter().filter_map(|(path, head)| Some((path, head.ok()?)));
    let mut heads: Vec<(PathBuf, Head)> = all.filter(|(_, head)| set == Some(head.set.as_str())).collect();
    // Of two at one moment the one with more in it is newer, whatever order the system lists them in.
    heads.sort_by_key(|(_, head)| (head.made_at, head.operations));
    Ok(heads)
}

type Read = (PathBuf, Result<Head, BackupProblem>);

fn read_in(folder: &Path) -> Result<Vec<Read>, StoreError> {
    let files = match backup::files(folder) {
        Err(StoreError::Io(error)) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Vec::new()
        }
        // Windows has several errors for it.
        Err(StoreError::Io(_)) if folder.is_file() => Vec::new(),
        files => files?,
    };
    let read = files.into_iter().map(|path| match backup::read_head(&path) {
        Ok(head) => Ok((path, Ok(head))),
        Err(StoreError::Backup(problem)) => Ok((path, Err(problem))),
        Err(error) => Err(error),
    });
    read.collect()
}

/// Reads a backup from its first byte to its last.
///
/// Errors: those of the system; what is wrong with the file is the answer.
pub fn check(path: &Path) -> Result<BackupChecked, CommandError> {
    let problem = match tokio::task::block_in_place(|| backup::check(path)) {
        Ok(_) => None,
        Err(StoreError::Backup(problem)) => Some(problem),
        Err(error) => return Err(error.into()),
    };
    Ok(BackupChecked { path: path.to_string_lossy().into_owned(), problem })
}

/// The backup with this name in the folder of the desk in `directory`.
///
/// Errors: `NotFound`, also for a name that leads elsewhere.
pub fn listed(directory: &Path, name: &str) -> Result<PathBuf, CommandError> {
    named(&backup::folder(directory), name)
}

fn named(folder: &Path, name: &str) -> Result<PathBuf, CommandError> {
    let path = folder.join(name);
    let is_there = path.parent() == Some(folder)
        && path.extension().is_some_and(|extension| extension == backup::EXTENSION)
        && path.is_file();
    if is_there { Ok(path) } else { Err(CommandError::not_found("backup")) }
}

/// Where a backup of the list lies. Errors: `NotFound`.
pub async fn backup_path(session: &Session, place: BackupPlace, name: &str) -> Result<PathBuf, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    match place {
        BackupPlace::Here => listed(session.directory(), name),
        BackupPlace::Folder => {
            let folder =
                places::backup_choices(session).await?.folder.ok_or_else(|| CommandError::not_found("backup"))?;
            named(Path::new(&folder), name)
        }
    }
}

/// The backups of this database, the newest first. Those in a folder that is not there are left out.
pub async fn backup_list(session: &Session) -> Result<Vec<BackupRow>, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let set = session.engine().database().read(backup::set_of).await?;
    let folder = places::backup_choices(session).await?.folder;
    // Without a set there are none yet; the empty one is nobody's.
    let set = set.as_deref().or(Some(""));
    let rows = tokio::task::block_in_place(|| {
        let mut rows = rows_in(BackupPlace::Here, &backup::folder(session.directory()), set)?;
        if let Some(folder) = &folder {
            rows.extend(rows_in(BackupPlace::Folder, Path::new(folder), set)?);
        }
        sort(&mut rows);
        Ok::<_, StoreError>(rows)
    });
    Ok(rows?)
}
