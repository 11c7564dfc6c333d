//! The head of the journal, kept beside the database: what no chain can show by itself, that its end was cut off or all
//! of it computed again, shows against it.
//!
//! The file `journal.head` has two places of 512 bytes, one line of JSON each, and each commit writes the older one
//! over: nothing is ever truncated or renamed, so a write that is cut short leaves the other place. It is not synced
//! to the disk with each commit. Commits are, before they count; so after a power failure the file may be behind the
//! database, which is no fault, but not ahead of it, which is one. A code only who has the key can make keeps others
//! from writing it.

use crate::device;
use crate::error::StoreError;
use crate::files;
use crate::key::RawKey;
use crate::private_file;
use crate::settings;
use crate::sqlite::{Db, Sql};
use liaison_domain::Id;
use liaison_domain::head::{JournalHead, bytes, hex, hmac};
use liaison_domain::journal::Digest;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Bytes of one place: a sector of any disk, which is written whole or not at all.
const PLACE: usize = 512;

/// The setting that says that there was a file: from then on one that is gone is missed.
const KEPT: &str = "journal_head";

/// How the journal differs from the head that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Operations this computer had written are missing.
    Missing {
        /// How many.
        operations: u64,
        /// After this many.
        after: u64,
    },
    /// Up to this many, the operations are not those that were written.
    Rewritten {
        /// How many operations there were.
        operations: u64,
    },
    /// There was a file, and it is gone.
    NoFile,
    /// The file was not written for this database, or is damaged.
    Unreadable,
}

/// One place of the file.
#[derive(Serialize, Deserialize)]
struct Line {
    device: Id,
    operations: u64,
    chain: String,
    mac: String,
}

/// The file of a database that is open, and whether the two fit.
pub(crate) struct Anchor {
    path: PathBuf,
    key: Zeroizing<[u8; 32]>,
    /// Open once it was written, and the place to write next.
    file: Option<(File, usize)>,
    kept: Option<JournalHead>,
    difference: Option<Difference>,
}

impl Anchor {
    /// Looks at the file beside a database that was just opened, on its writer: notes how the two differ, or brings the
    /// file up to date. Where they differ the file stays as it is, until [`Anchor::reset`].
    pub fn open(db: &Db<'_>, directory: &Path, key: Option<&RawKey>) -> Result<Anchor, StoreError> {
        let (path, key) = (directory.join(files::JOURNAL_HEAD), RawKey::derive(key, b"journal head"));
        let mut anchor = Anchor { path, key, file: None, kept: None, difference: None };
        let had_one = settings::get(db, KEPT)?.is_some();
        match anchor.read() {
            Ok(Some(kept)) => {
                anchor.kept = Some(kept);
                anchor.difference = compare(db, &kept)?;
            }
            Ok(None) => anchor.difference = Some(Difference::Unreadable),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                anchor.difference = had_one.then_some(Difference::NoFile);
            }
            Err(error) => return Err(error.into()),
        }
        anchor.keep(head(db)?);
        if anchor.difference.is_none() && anchor.kept.is_some() && !had_one {
            db.execute("BEGIN IMMEDIATE")?;
            settings::set(db, KEPT, Some("1"))?;
            db.execute("COMMIT")?;
        }
        Ok(anchor)
    }

    /// What the file says now, for a check of the database that begins after this.
    ///
    /// Errors: how the two differed earlier, or that the file is gone or changed since.
    pub fn look(&self) -> Result<Option<JournalHead>, Difference> {
        if let Some(difference) = self.difference {
            return Err(difference);
        }
        match (self.read(), self.kept) {
            (Ok(Some(head)), _) => Ok(Some(head)),
            (Ok(None), _) => Err(Difference::Unreadable),
            (Err(_), None) => Ok(None),
            (Err(_), Some(_)) => Err(Difference::NoFile),
        }
    }

    /// How the journal differed from the file when the database was opened, or at a commit since; `None` where it did not.
    pub fn difference(&self) -> Option<Difference> {
        self.difference
    }

    /// What the file says; `None` where neither place is of this database.
    fn read(&self) -> std::io::Result<Option<JournalHead>> {
        let mut bytes = Vec::with_capacity(2 * PLACE);
        File::open(&self.path)?.take(2 * PLACE as u64).read_to_end(&mut bytes)?;
        let heads = bytes.chunks(PLACE).filter_map(|place| self.read_place(place));
        Ok(heads.max_by_key(|head| head.operations))
    }

    fn read_place(&self, place: &[u8]) -> Option<JournalHead> {
        let line: Line = serde_json::from_slice(place).ok()?;
        let head = JournalHead { device: line.device, operations: line.operations, chain: digest(&line.chain)? };
        (digest(&line.mac)? == self.mac(&head)).then_some(head)
    }

    fn mac(&self, head: &JournalHead) -> Digest {
        let message = [&head.device.bytes()[..], &head.operations.to_be_bytes(), &head.chain].concat();
        hmac(self.key.as_slice(), &message)
    }

    fn place(&self, head: &JournalHead) -> Vec<u8> {
        let line = Line {
            device: head.device,
            operations: head.operations,
            chain: hex(&head.chain),
            mac: hex(&self.mac(head)),
        };
        // Plain texts and numbers have no way to fail as JSON.
        let mut place = serde_json::to_vec(&line).unwrap_or_default();
        place.resize(PLACE - 1, b' ');
        place.push(b'\n');
        place
    }

    /// The head to keep once this transaction is committed; `None` where the journal does not go on from the head that is
    /// kept: then that one stays, as evidence.
    pub fn next(&mut self, db: &Db<'_>) -> Result<Option<JournalHead>, StoreError> {
        if let (None, Some(kept)) = (self.difference, self.kept) {
            self.difference = compare(db, &kept)?;
        }
        if self.difference.is_some() { Ok(None) } else { head(db) }
    }

    /// Keeps the head after a commit. A file that can't be written falls behind, which is no fault of the database; it
    /// is logged.
    pub fn keep(&mut self, head: Option<JournalHead>) {
        let Some(head) = head else { return };
        if self.difference.is_some() || (self.kept == Some(head) && self.file.is_some()) {
            return;
        }
        match self.write(&head) {
            Ok(()) => self.kept = Some(head),
            Err(error) => tracing::warn!("the head of the journal was not kept: {error}"),
        }
    }

    fn write(&mut self, head: &JournalHead) -> std::io::Result<()> {
        let place = self.place(head);
        match &mut self.file {
            Some((file, next)) => {
                write_at(file, &place, (*next * PLACE) as u64)?;
                *next = 1 - *next;
            }
            None => {
                private_file::write(&self.path, &[&place[..], &place[..]].concat())?;
                self.file = Some((File::options().write(true).open(&self.path)?, 0));
            }
        }
        Ok(())
    }

    /// Takes the journal as it is now for right: after a restore, or once somebody has accepted what is missing. Who
    /// calls writes that into the journal.
    pub fn reset(&mut self, head: Option<JournalHead>) -> Result<(), StoreError> {
        self.difference = None;
        self.file = None;
        if let Some(head) = head {
            self.write(&head)?;
            self.kept = Some(head);
        }
        Ok(())
    }

    /// Brings what was written to the disk and lets go of the file: one that is open can't be removed everywhere.
    pub fn close(&mut self) {
        if let Some((file, _)) = self.file.take()
            && let Err(error) = file.sync_all()
        {
            tracing::warn!("the head of the journal may be behind after a power failure: {error}");
        }
    }
}

#[cfg(unix)]
fn write_at(file: &mut File, bytes: &[u8], at: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(not(unix))]
fn write_at(file: &mut File, bytes: &[u8], at: u64) -> std::io::Result<()> {
    use std::io::{Seek as _, SeekFrom, Write as _};
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}

/// The head of this device's chain; `None` before its first operation.
pub fn head(db: &Db<'_>) -> Result<Option<JournalHead>, StoreError> {
    let device = match device::here(db) {
        Ok(device) => device,
        Err(StoreError::NotSetUp) => return Ok(None),
        Err(error) => return Err(error),
    };
    db.first(
        "SELECT sequence,chain FROM operation WHERE device=? ORDER BY sequence DESC LIMIT 1",
        &[Sql::Blob(device.bytes())],
        |row| {
            // A link that is none can't be right; that shows when it is compared.
            let chain = row.blob(1).try_into().unwrap_or([0; 32]);
            Ok(JournalHead { device, operations: row.int(0) as u64, chain })
        },
    )
}

/// How the journal differs from a head that was kept earlier; `None` where it goes on from there.
pub fn compare(db: &Db<'_>, kept: &JournalHead) -> Result<Option<Difference>, StoreError> {
    let operations = kept.operations;
    let now = head(db)?;
    if now.is_some_and(|now| now.device != kept.device) {
        return Ok(Some(Difference::Unreadable));
    }
    let after = now.map_or(0, |now| now.operations);
    if after < operations {
        return Ok(Some(Difference::Missing { operations: operations - after, after }));
    }
    let chain = chain_at(db, kept.device, operations)?;
    Ok((chain != Some(kept.chain)).then_some(Difference::Rewritten { operations }))
}

/// The link of a device's operation with this place in its chain.
pub fn chain_at(db: &Db<'_>, device: Id, sequence: u64) -> Result<Option<Digest>, StoreError> {
    let place = [Sql::Blob(device.bytes()), Sql::Int(i64::try_from(sequence).unwrap_or(i64::MAX))];
    let chain = db.first("SELECT chain FROM operation WHERE device=? AND sequence=?", &place, |row| {
        Ok(Digest::try_from(row.blob(0)).ok())
    })?;
    Ok(chain.flatten())
}

fn digest(hex: &str) -> Option<Digest> {
    bytes(hex)?.try_into().ok()
}
