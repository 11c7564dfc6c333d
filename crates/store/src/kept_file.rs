//! Files beside the database that hold what is otherwise read from all of its rows: a start loads them, and reads only the
//! rows that changed since (`row_log`).
//!
//! They are no more than a saving of time. One that is absent, foreign, damaged or of another version is not there, and
//! nobody hears of it. Their key stands in the database: who can't open that can't read them; a copy of the database that
//! went another way finds its own. Erasing forgets the key, in the same transaction, and what is written from then on is
//! sealed with a new one.

use crate::database::Database;
use crate::error::StoreError;
use crate::settings;
use crate::sqlite::Db;
use liaison_domain::head::{bytes, hex};
use liaison_vault::{private_file, sealed_file};
use rand::RngCore as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The setting that has the key.
const SETTING: &str = "kept_file.key";
/// How the names of the files end.
const EXTENSION: &str = "kept";
/// Most bytes of a part; more would be a mistake in how it was written.
const PART_MOST: u64 = 1 << 32;

/// How what is in memory came there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Built {
    /// From what was kept, with the rows that changed since.
    Loaded,
    /// All rows were read.
    Read,
    /// Somebody else is at it.
    Elsewhere,
}

/// What files are sealed with, as of one transaction.
pub struct FileKey(Zeroizing<[u8; sealed_file::KEY]>);

/// The key, in the state that is read. `None` where there is none: nothing was kept yet, or something was erased since.
pub fn key(db: &Db<'_>) -> Result<Option<FileKey>, StoreError> {
    let written = settings::get(db, SETTING)?.map(Zeroizing::new);
    let read = written.as_deref().and_then(|text| bytes(text)).map(Zeroizing::new);
    Ok(read.and_then(|bytes| <[u8; sealed_file::KEY]>::try_from(bytes.as_slice()).ok()).map(|key| FileKey(key.into())))
}

/// Forgets the key: what was kept can't be read by anybody any more.
pub(crate) fn forget(db: &Db<'_>) -> Result<(), StoreError> {
    settings::set(db, SETTING, None)
}

/// Writes a part of a file.
///
/// # Errors
/// Those of `to`.
pub fn write_part<T: Serialize + ?Sized>(to: &mut dyn Write, part: &T) -> io::Result<()> {
    let bytes = postcard::to_allocvec(part).map_err(io::Error::other)?;
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(&bytes)
}

/// Reads the next part of a file.
///
/// # Errors
/// Those of `from`; [`io::ErrorKind::InvalidData`] where it is something else.
pub fn read_part<T: DeserializeOwned>(from: &mut dyn Read) -> io::Result<T> {
    let other = || io::Error::new(io::ErrorKind::InvalidData, "the part is something else");
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = Some(u64::from_le_bytes(length)).filter(|length| *length <= PART_MOST).ok_or_else(other)?;
    let mut bytes = Vec::new();
    if Read::take(&mut *from, length).read_to_end(&mut bytes)? as u64 != length {
        return Err(other());
    }
    postcard::from_bytes(&bytes).map_err(|_| other())
}

impl Database {
    /// Sees to it that there is a key for files that are kept. Where it can't be written, nothing is kept.
    pub async fn prepare_kept_files(&self) -> Result<(), StoreError> {
        if self.read(key).await?.is_some() {
            return Ok(());
        }
        self.write(|db| {
            if key(db)?.is_some() {
                return Ok(());
            }
            let mut fresh = Zeroizing::new([0; sealed_file::KEY]);
            rand::rng().fill_bytes(fresh.as_mut());
            settings::set(db, SETTING, Some(&Zeroizing::new(hex(fresh.as_ref()))))
        })
        .await
    }

    /// Keeps a file under a name, in place of what was kept there; `work` writes its [parts](write_part). `about` is what
    /// it holds and the version of its form. What can't be written is not kept.
    pub fn keep_file(
        &self,
        name: &str,
        about: &str,
        key: &FileKey,
        work: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) {
        if let Err(error) = sealed_file::write(&self.kept_path(name), &key.0, about, work) {
            tracing::warn!("keeping {name}: {error}");
        }
    }

    /// What is kept under a name; `work` reads its [parts](read_part). `None` where nothing is, or something else.
    pub fn kept_file<T>(
        &self,
        name: &str,
        about: &str,
        key: &FileKey,
        work: impl FnOnce(&mut dyn Read) -> io::Result<T>,
    ) -> Option<T> {
        let path = self.kept_path(name);
        let read = sealed_file::open(&path, &key.0, about).and_then(|mut file| {
            let value = work(&mut file)?;
            // What stands behind it was cut off, or added to it, unless it ends here.
            if file.read(&mut [0])? == 0 { Ok(value) } else { Err(io::ErrorKind::InvalidData.into()) }
        });
        match read {
            Ok(value) => Some(value),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                tracing::info!("what was kept as {name} is not used: {error}");
                None
            }
        }
    }

    /// Removes whatever is kept.
    pub(crate) fn remove_kept_files(&self) -> Result<(), StoreError> {
        let Some(folder) = self.path().parent() else { return Ok(()) };
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == EXTENSION) {
                private_file::remove(&path)?;
            }
        }
        Ok(())
    }

    fn kept_path(&self, name: &str) -> PathBuf {
        self.path().with_extension(format!("{name}.{EXTENSION}"))
    }
}
