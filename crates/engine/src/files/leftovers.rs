//! What a process that was ended leaves behind: unfinished files in other people's folders. Each is written down in the
//! desk's folder before it is begun, so that the next start finds it.

use super::place::UNFINISHED;
use liaison_store::private_file;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How the notes about unfinished files are called; a number follows.
const NOTE: &str = "liaison.unfinished.";

/// A note about a file that is about to be written. It goes with this value.
pub struct Note(PathBuf);

impl Note {
    /// Writes down that `draft` is going to be there. `number` is the one in its name.
    ///
    /// Errors: those of the system.
    pub fn write(directory: &Path, draft: &Path, number: u64) -> io::Result<Note> {
        let note = directory.join(format!("{NOTE}{number:016x}"));
        private_file::write(&note, draft.as_os_str().as_encoded_bytes())?;
        Ok(Note(note))
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        // A note too many only lets the next start look once more.
        if let Err(error) = private_file::remove(&self.0) {
            tracing::warn!("a note about an unfinished file stays: {error}");
        }
    }
}

/// Removes the files that notes in `directory` are about, and the notes. A file on a disk that is not there now is removed
/// by a later start.
pub fn sweep(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(number) = name.to_str().and_then(|name| name.strip_prefix(NOTE)) else { continue };
        if let Err(error) = sweep_one(&entry.path(), number) {
            // Without its path, which may name a person.
            tracing::warn!("an unfinished file could not be removed: {error}");
        }
    }
}

fn sweep_one(note: &Path, number: &str) -> io::Result<()> {
    let draft = path_in(fs::read(note)?)?;
    let is_draft = draft.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        name.starts_with(UNFINISHED.0) && name.ends_with(&format!("{number}{}", UNFINISHED.1))
    });
    if is_draft {
        let folder = draft.parent().unwrap_or(Path::new("/"));
        if !folder.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "its folder is not there now"));
        }
        private_file::remove(&draft)?;
    }
    private_file::remove(note)
}

#[cfg(unix)]
fn path_in(bytes: Vec<u8>) -> io::Result<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    Ok(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn path_in(bytes: Vec<u8>) -> io::Result<PathBuf> {
    String::from_utf8(bytes).map(PathBuf::from).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::super::place::draft_of;
    use super::*;

    #[test]
    fn what_an_ended_process_left_is_removed_and_nothing_else() {
        let (own, place) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
        let left = |name: &str, number: u64, draft: &Path| {
            fs::write(draft, "names").expect("a file");
            std::mem::forget(Note::write(own.path(), draft, number).expect("a note"));
            assert!(own.path().join(format!("{NOTE}{number:016x}")).exists(), "{name}");
        };
        let draft = draft_of(&place.path().join("out.csv"), 7);
        left("a draft", 7, &draft);
        // A note that names something else, however that came about, removes nothing.
        let mine = place.path().join("thesis.txt");
        left("no draft", 8, &mine);
        let other = draft_of(&place.path().join("other.csv"), 10);
        left("another's draft", 9, &other);
        // Its folder is on a disk that is not there.
        let unplugged = place.path().join("stick");
        fs::create_dir(&unplugged).expect("a folder");
        left("a draft elsewhere", 11, &draft_of(&unplugged.join("out.csv"), 11));
        fs::rename(&unplugged, place.path().join("away")).expect("unplugged");

        sweep(own.path());
        assert_eq!([draft.exists(), mine.exists(), other.exists()], [false, true, true]);
        let notes = || fs::read_dir(own.path()).expect("the directory").count();
        assert_eq!(notes(), 1, "the one whose disk is not there");
        fs::rename(place.path().join("away"), &unplugged).expect("plugged in");
        sweep(own.path());
        assert_eq!((notes(), fs::read_dir(&unplugged).expect("the folder").count()), (0, 0));
    }
}
