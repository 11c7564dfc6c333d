//! Files that nobody but their owner may read: the desk's own, and those it writes for somebody.
//!
//! On Unix a new file has the mode 0600 and a new folder 0700, whatever the umask says. On Windows both take their
//! rights from the folder they are in: within a person's profile that is the person, the system and administrators.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// How the names of the desk's own files begin. SQLite and [`write`] add endings of their own.
const OWN_FILES: [&str; 4] = ["liaison.", "key.", "key-", "journal."];
/// Folders of the desk beside its database.
#[cfg(unix)]
const OWN_FOLDERS: [&str; 1] = ["backups"];
/// The ending of a file that is not whole yet; the name it will have stands before it.
pub const UNFINISHED: &str = "unfinished";

/// Makes a folder, with those above it, where there is none. One that is there stays as it is; see [`repair`].
///
/// Errors: those of the system.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Opens a file for writing from its beginning; what was in it is gone.
///
/// Errors: those of the system.
pub fn create(path: &Path) -> io::Result<File> {
    open(path, File::options().write(true).create(true).truncate(true))
}

/// Opens a file for writing at its end.
///
/// Errors: those of the system.
pub fn append(path: &Path) -> io::Result<File> {
    open(path, File::options().append(true).create(true))
}

/// Opens a file for reading and writing, and leaves what is in it.
///
/// Errors: those of the system.
pub fn open_or_create(path: &Path) -> io::Result<File> {
    open(path, File::options().read(true).write(true).create(true).truncate(false))
}

fn open(path: &Path, options: &mut fs::OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    let file = options.open(path)?;
    // The mode counts for a new file only. A pipe or a terminal stays as it is.
    #[cfg(unix)]
    if file.metadata().is_ok_and(|metadata| metadata.is_file()) {
        close_to_others(&file, 0o600)?;
    }
    Ok(file)
}

/// Puts a file in the place of another, or where there was none. Whatever ends in between, the process or the power,
/// leaves the old file or the new one, whole, and on the disk once this returns.
///
/// Errors: those of the system; the old file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_with(path, |file| file.write_all(bytes))
}

/// As [`write`](fn@write), for what is not in memory: `work` writes the file.
///
/// Errors: those of the system and of `work`; the old file is then as it was.
pub fn write_with(path: &Path, work: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let unfinished = Unfinished(beside(path)?);
    let mut file = create(&unfinished.0)?;
    work(&mut file)?;
    file.sync_all()?;
    drop(file);
    rename(&unfinished.0, path)
}

/// Gives a file another name in its folder; what has that name is replaced. Kept on the disk once this returns.
///
/// Errors: those of the system.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(to)
}

/// Removes a file, where it is there; gone from the disk once this returns.
///
/// Errors: those of the system.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_folder(path),
    }
}

/// Sees to it that the names in the folder of `path` are on the disk. Windows does that by itself.
fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// A name for the unfinished file: in the same folder, so that renaming is one step, and another for each writer.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(format!(".{:08x}.{UNFINISHED}", rand::random::<u32>()));
    Ok(path.with_file_name(name))
}

/// Removed unless it was renamed.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Gone where the write succeeded.
        let _renamed = fs::remove_file(&self.0);
    }
}

/// Takes the rights of others away from the folder of a desk and from its own files in it: from the time before they
/// were made so, or out of a copy. Writes a line into the log where there was something to do.
///
/// A place that is not the desk's alone (a home folder, `/tmp`) stays open, and so does what others have put there.
/// What can't be changed is logged, too: the desk works all the same.
pub fn repair(directory: &Path) {
    #[cfg(unix)]
    {
        let mut closed = Vec::new();
        let mut paths = vec![(directory.to_owned(), 0o700)];
        match own_files(directory) {
            Ok(files) => paths.extend(files),
            Err(error) => tracing::warn!("who may read the desk's files can't be looked at: {error}"),
        }
        for (path, mode) in paths {
            match close_path(&path, mode) {
                Ok(true) => closed.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned()),
                Ok(false) => {}
                Err(error) => tracing::warn!("{} can be read by others: {error}", path.display()),
            }
        }
        if !closed.is_empty() {
            tracing::warn!("closed to other accounts of this computer: {}", closed.join(", "));
        }
    }
    #[cfg(not(unix))]
    let _ = directory;
}

/// Removes what writers of the desk's own files left that were ended before they were done. Nobody else may be
/// writing in the directory.
pub fn sweep(directory: &Path) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if is_own(&name) && name.ends_with(UNFINISHED) {
            remove(&directory.join(&*name))?;
        }
    }
    Ok(())
}

fn is_own(name: &str) -> bool {
    OWN_FILES.iter().any(|start| name.starts_with(start))
}

/// The desk's own files and folders in a directory, with the mode each should have.
#[cfg(unix)]
fn own_files(directory: &Path) -> io::Result<Vec<(PathBuf, u32)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let (kind, name) = (entry.file_type()?, entry.file_name());
        let name = name.to_string_lossy();
        // What a link leads to may be anybody's.
        if kind.is_file() && is_own(&name) {
            found.push((entry.path(), 0o600));
        } else if kind.is_dir() && OWN_FOLDERS.contains(&&*name) {
            found.push((entry.path(), 0o700));
            for inner in fs::read_dir(entry.path())? {
                let inner = inner?;
                if inner.file_type()?.is_file() {
                    found.push((inner.path(), 0o600));
                }
            }
        }
    }
    Ok(found)
}

/// Closes what is at a path; true where it was open to others. A shared place stays as it is.
#[cfg(unix)]
fn close_path(path: &Path, mode: u32) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() && is_shared(path, &metadata) {
        return Ok(false);
    }
    let open = metadata.permissions().mode() & 0o077 != 0;
    if open {
        fs::set_permissions(path, fs::Permissions::from_mode(metadata.permissions().mode() & mode))?;
    }
    Ok(open)
}

/// Whether a folder is there for more than a desk: the root, a home folder, one where everybody may put something.
#[cfg(unix)]
fn is_shared(folder: &Path, metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    const STICKY: u32 = 0o1000;
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let home = std::env::var_os("HOME").map(PathBuf::from).and_then(|home| fs::canonicalize(home).ok());
    metadata.permissions().mode() & STICKY != 0 || real.parent().is_none() || home.as_ref() == Some(&real)
}

#[cfg(unix)]
fn close_to_others(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let now = file.metadata()?.permissions().mode();
    if now & 0o077 != 0 { file.set_permissions(fs::Permissions::from_mode(now & mode)) } else { Ok(()) }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("there").permissions().mode() & 0o777
    }

    fn open_file(path: &Path, text: &str) {
        fs::write(path, text).expect("a file");
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).expect("its mode");
    }

    #[test]
    fn what_is_made_is_for_its_owner_alone() {
        let place = tempfile::tempdir().expect("a directory");
        let folder = place.path().join("a/b");
        make_folder(&folder).expect("folders");
        assert_eq!((mode(&folder), mode(&place.path().join("a"))), (0o700, 0o700));
        for (name, made) in [
            ("created", create(&folder.join("created")).map(drop)),
            ("appended", append(&folder.join("appended")).map(drop)),
            ("opened", open_or_create(&folder.join("opened")).map(drop)),
            ("written", write(&folder.join("written"), b"text")),
        ] {
            made.expect("a file");
            assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
        }
        let before = folder.join("open to all");
        open_file(&before, "old");
        write(&before, b"new").expect("replaced");
        assert_eq!((mode(&before), fs::read(&before).expect("a file")), (0o600, b"new".to_vec()));
        open_file(&before, "old");
        append(&before).expect("opened");
        assert_eq!((mode(&before), fs::read(&before).expect("a file")), (0o600, b"old".to_vec()));
    }

    #[test]
    fn a_write_that_fails_leaves_the_old_file_and_nothing_beside_it() {
        let place = tempfile::tempdir().expect("a directory");
        // A folder in the way is what renaming fails at, whoever runs the test.
        let path = place.path().join("key.json");
        fs::create_dir(&path).expect("a folder");
        assert!(write(&path, b"text").is_err());
        assert_eq!(fs::read_dir(place.path()).expect("the directory").count(), 1);
    }

    #[test]
    fn repairing_closes_the_desks_own_files_and_no_others() {
        let place = tempfile::tempdir().expect("a directory");
        let desk = place.path().join("desk");
        fs::create_dir_all(desk.join("backups")).expect("folders");
        fs::set_permissions(&desk, fs::Permissions::from_mode(0o755)).expect("its mode");
        let own = ["liaison.db", "liaison.db-wal", "liaison.db-shm", "liaison.log", "liaison.lock", "key.json"];
        for name in own.into_iter().chain(["journal.head", "somebody's list.csv", "backups/one.db"]) {
            open_file(&desk.join(name), "text");
        }
        let elsewhere = place.path().join("elsewhere");
        open_file(&elsewhere, "text");
        std::os::unix::fs::symlink(&elsewhere, desk.join("liaison.old.log")).expect("a link");
        repair(&desk);
        assert_eq!((mode(&desk), mode(&desk.join("backups"))), (0o700, 0o700));
        for name in own.into_iter().chain(["journal.head", "backups/one.db"]) {
            assert_eq!(mode(&desk.join(name)), 0o600, "{name}");
        }
        assert_eq!(mode(&desk.join("somebody's list.csv")), 0o644, "not the desk's");
        assert_eq!(mode(&elsewhere), 0o644, "links are not followed");
    }

    #[test]
    fn a_place_shared_with_others_stays_open() {
        let place = tempfile::tempdir().expect("a directory");
        fs::set_permissions(place.path(), fs::Permissions::from_mode(0o1777)).expect("its mode");
        open_file(&place.path().join("key.json"), "text");
        repair(place.path());
        assert_eq!((mode(place.path()), mode(&place.path().join("key.json"))), (0o777, 0o600));
    }

    #[test]
    fn what_an_ended_writer_left_is_swept() {
        let place = tempfile::tempdir().expect("a directory");
        let names = ["key.json", "key.json.00c0ffee.unfinished", "a thesis.unfinished"];
        for name in names {
            open_file(&place.path().join(name), "text");
        }
        sweep(place.path()).expect("swept");
        let left = names.map(|name| place.path().join(name).exists());
        assert_eq!(left, [true, false, true]);
    }
}
