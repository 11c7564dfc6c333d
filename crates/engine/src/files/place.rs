//! Where a path leads, and whether that is the desk's own folder.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Most links followed one after the other, as on Linux.
const LINKS_MOST: u32 = 40;

/// The file a path leads to, all links followed, whether there is a file yet or not.
///
/// Errors: those of the system, `NotFound` where there is no folder for it.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS_MOST {
        match fs::canonicalize(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        let folder = folder_of(&path).to_owned();
        match fs::read_link(&path) {
            // A link to what is not there yet.
            Ok(to) => path = folder.join(to),
            Err(_) => {
                let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
                return Ok(fs::canonicalize(folder)?.join(name));
            }
        }
    }
    Err(io::Error::other("too many links, one leading to the next"))
}

/// The folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a file, all links followed, is in the folder `own`, at any depth and under any name: a folder mounted twice and
/// a second name of a file (hard link) count, too.
pub fn is_own(own: &Path, real: &Path) -> bool {
    real.ancestors().any(|above| is_same(above, own)) || is_another_name(own, real)
}

#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => identity(&one) == identity(&other),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    fs::canonicalize(other).is_ok_and(|other| other == one)
}

/// What a file is, whatever it is called.
#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

/// Whether a file has a second name within a folder.
#[cfg(unix)]
fn is_another_name(folder: &Path, real: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let Ok(metadata) = fs::metadata(real) else { return false };
    metadata.is_file() && metadata.nlink() > 1 && holds(folder, identity(&metadata))
}

#[cfg(unix)]
fn holds(folder: &Path, wanted: (u64, u64)) -> bool {
    fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| match entry.metadata() {
        // Of the entry itself: links to elsewhere are not followed.
        Ok(metadata) if metadata.is_dir() => holds(&entry.path(), wanted),
        Ok(metadata) => identity(&metadata) == wanted,
        Err(_) => false,
    })
}

/// Windows makes hard links for those who may write to the file already, and tells too little about a file to find them.
#[cfg(not(unix))]
fn is_another_name(_: &Path, _: &Path) -> bool {
    false
}

/// How the name of a file begins, and ends, while it is not whole yet.
pub const UNFINISHED: (&str, &str) = (".", ".part");

/// A name for a file while it is written: hidden, in the same folder, another for each writer.
pub fn draft_of(real: &Path, number: u64) -> PathBuf {
    let name = real.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
    // Names have at most 255 bytes.
    let short: String = name.chars().take(40).collect();
    real.with_file_name(format!("{}{short}.{number:016x}{}", UNFINISHED.0, UNFINISHED.1))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_are_followed_to_the_end_also_to_what_is_not_there_yet() {
        let place = tempfile::tempdir().expect("a directory");
        let place = fs::canonicalize(place.path()).expect("the directory");
        fs::create_dir(place.join("real")).expect("a folder");
        symlink("real", place.join("folder")).expect("a link");
        symlink("folder/new.csv", place.join("one")).expect("a link");
        symlink("one", place.join("two")).expect("a link");
        assert_eq!(resolve(&place.join("two")).expect("a place"), place.join("real/new.csv"));
        assert_eq!(resolve(&place.join("folder/other.csv")).expect("a place"), place.join("real/other.csv"));
        fs::write(place.join("real/new.csv"), "").expect("a file");
        assert_eq!(resolve(&place.join("two")).expect("a place"), place.join("real/new.csv"));
        symlink("loop", place.join("loop")).expect("a link");
        assert!(resolve(&place.join("loop")).is_err());
        assert!(resolve(&place.join("nowhere/new.csv")).is_err_and(|error| error.kind() == io::ErrorKind::NotFound));
    }

    #[test]
    fn the_own_folder_is_known_by_whatever_name() {
        let place = tempfile::tempdir().expect("a directory");
        let place = fs::canonicalize(place.path()).expect("the directory");
        let own = place.join("desk");
        fs::create_dir_all(own.join("backups")).expect("folders");
        fs::write(own.join("key.json"), "{}").expect("a file");
        fs::write(place.join("list.csv"), "").expect("a file");
        symlink(&own, place.join("folder")).expect("a link");
        symlink(own.join("key.json"), place.join("link")).expect("a link");
        fs::hard_link(own.join("key.json"), place.join("twin")).expect("a hard link");
        fs::hard_link(place.join("list.csv"), place.join("list too.csv")).expect("a hard link");
        for path in ["desk/key.json", "desk/new.csv", "desk/backups/new", "folder/new.csv", "link", "twin", "desk"] {
            let real = resolve(&place.join(path)).expect("a place");
            assert!(is_own(&own, &real), "{path}");
            assert!(is_own(&place.join("folder"), &real), "{path}, by another name of the folder");
        }
        for path in ["list.csv", "list too.csv", "new.csv", "desk.csv"] {
            let real = resolve(&place.join(path)).expect("a place");
            assert!(!is_own(&own, &real), "{path}");
        }
    }
}
