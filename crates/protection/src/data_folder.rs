//! Where a person's database lies, and the move of one that an earlier version kept elsewhere.

use liaison_policy as policy;
use liaison_store::{StoreError, files, hold, private_file};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The name of the folder, in the system's place for application data.
const NAME: &str = "org.liaison.desk";

/// What ends the name of a folder that is being copied.
const ARRIVING: &str = ".arriving";

/// The directory of this person's database: what the organization prescribes, `LIAISON_DATA`, or the system's place for
/// application data.
pub fn default_directory() -> Option<PathBuf> {
    if let Some(folder) = &policy::current().data_folder {
        return Some(folder.clone());
    }
    match std::env::var_os("LIAISON_DATA") {
        Some(directory) if !directory.is_empty() => Some(directory.into()),
        _ => system_directory(),
    }
}

/// The system's place for application data that stays on this computer, where nothing else is said. What earlier
/// versions kept in the place that Windows copies to the domain's server at each logout is moved from there first.
pub fn system_directory() -> Option<PathBuf> {
    let local = dirs::data_local_dir()?.join(NAME);
    match dirs::data_dir().map(|roaming| roaming.join(NAME)) {
        Some(roaming) if roaming != local => Some(settle(&roaming, local)),
        _ => Some(local),
    }
}

/// The place that counts: `to`, once whatever lies in `from` was moved there. Where it can't be moved, such as while an
/// earlier version has it open, it stays where it is and is used there.
fn settle(from: &Path, to: PathBuf) -> PathBuf {
    if is_used(&to) || !is_used(from) {
        return to;
    }
    match move_folder(from, &to, |from, to| fs::rename(from, to)) {
        Ok(()) => to,
        Err(error) => {
            // Logging has not begun yet: the log lies in this very folder.
            eprintln!("Liaison’s data stays in {}: {error}", from.display());
            from.to_owned()
        }
    }
}

/// Whether there is a desk in a folder, or what is left of one. An empty folder, or one with only a log, is none.
fn is_used(folder: &Path) -> bool {
    [files::KEY, files::DATABASE].iter().any(|name| folder.join(name).exists())
}

/// Moves a whole folder; `rename` is the system's, which can't move between drives. Until the end the old folder is
/// untouched; from then on the new one is whole.
fn move_folder(from: &Path, to: &Path, rename: impl Fn(&Path, &Path) -> io::Result<()>) -> Result<(), StoreError> {
    // Nobody has it open now. Let go before the folder is renamed: Windows renames none with an open file in it.
    let held = hold::hold(from)?;
    if let Some(above) = to.parent() {
        fs::create_dir_all(above)?;
    }
    // A folder with nothing but a log would stand in the way.
    if to.exists() {
        let put_aside = beside(to, ".before-move");
        fs::rename(to, put_aside)?;
    }
    drop(held);
    if rename(from, to).is_ok() {
        return Ok(());
    }
    let held = hold::hold(from)?;
    let arriving = beside(to, ARRIVING);
    if arriving.exists() {
        // Of a move that was cut short.
        fs::remove_dir_all(&arriving)?;
    }
    copy_folder(from, &arriving)?;
    // Within one drive.
    fs::rename(&arriving, to)?;
    // The key and the database first: from then on this is no desk any more, however far the rest comes.
    for name in [files::KEY, files::DATABASE] {
        fs::remove_file(from.join(name))?;
    }
    // Windows deletes no lock that is held.
    drop(held);
    if let Err(error) = fs::remove_dir_all(from) {
        eprintln!("what is left in {} can be deleted: {error}", from.display());
    }
    Ok(())
}

fn beside(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or(OsStr::new(NAME)).to_owned();
    name.push(ending);
    folder.with_file_name(name)
}

/// Copies a folder with what is in it, each file on the disk before the next.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    private_file::make_folder(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else if entry.file_name() != "liaison.lock" {
            let mut source = fs::File::open(entry.path())?;
            let mut copy = private_file::create(&target)?;
            io::copy(&mut source, &mut copy)?;
            copy.sync_all()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Places {
        root: tempfile::TempDir,
    }

    impl Places {
        fn new() -> Places {
            let places = Places { root: tempfile::tempdir().expect("a directory") };
            let old = places.old();
            fs::create_dir_all(old.join("backups")).expect("a folder");
            for (name, content) in
                [("key.json", "a key"), ("liaison.db", "rows"), ("backups/one.liaison-backup", "older rows")]
            {
                fs::write(old.join(name), content).expect("a file");
            }
            places
        }

        fn old(&self) -> PathBuf {
            self.root.path().join("Roaming").join(NAME)
        }

        fn new_place(&self) -> PathBuf {
            self.root.path().join("Local").join(NAME)
        }

        fn has_all(&self, folder: &Path) -> bool {
            let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
            (read("key.json"), read("liaison.db"), read("backups/one.liaison-backup"))
                == ("a key".into(), "rows".into(), "older rows".into())
        }
    }

    #[test]
    fn data_moves_once_and_whole() {
        let places = Places::new();
        // The log of a start that found nothing.
        fs::create_dir_all(places.new_place()).expect("a folder");
        fs::write(places.new_place().join("liaison.log"), "").expect("a file");
        assert_eq!(settle(&places.old(), places.new_place()), places.new_place());
        assert!(places.has_all(&places.new_place()) && !places.old().exists());
        assert_eq!(settle(&places.old(), places.new_place()), places.new_place(), "and stays there");
        assert!(places.has_all(&places.new_place()));
    }

    #[test]
    fn between_drives_it_is_copied_first() {
        let places = Places::new();
        // A copy that was cut short earlier.
        fs::create_dir_all(beside(&places.new_place(), ARRIVING)).expect("a folder");
        fs::write(beside(&places.new_place(), ARRIVING).join("liaison.db"), "half").expect("a file");
        let other_drive = |_: &Path, _: &Path| Err(io::ErrorKind::CrossesDevices.into());
        move_folder(&places.old(), &places.new_place(), other_drive).expect("moved");
        assert!(places.has_all(&places.new_place()) && !places.old().exists());
        assert!(!beside(&places.new_place(), ARRIVING).exists());
    }

    #[test]
    fn what_cannot_be_moved_is_used_where_it_is() {
        let places = Places::new();
        // Where the folder should be, something else is in the way of its parent.
        fs::write(places.root.path().join("Local"), "no folder").expect("a file");
        assert_eq!(settle(&places.old(), places.new_place()), places.old());
        assert!(places.has_all(&places.old()));
        // An earlier version has it open.
        let places = Places::new();
        let held = hold::hold(&places.old()).expect("held");
        assert_eq!(settle(&places.old(), places.new_place()), places.old());
        drop(held);
        assert!(places.has_all(&places.old()) && !places.new_place().exists());
    }

    #[test]
    fn a_new_place_that_is_used_counts() {
        let places = Places::new();
        fs::create_dir_all(places.new_place()).expect("a folder");
        fs::write(places.new_place().join("key.json"), "another key").expect("a file");
        assert_eq!(settle(&places.old(), places.new_place()), places.new_place());
        assert!(places.has_all(&places.old()), "nothing is overwritten");
        let nothing = tempfile::tempdir().expect("a directory");
        let (old, new) = (nothing.path().join("old"), nothing.path().join("new"));
        assert_eq!(settle(&old, new.clone()), new);
        assert!(!old.exists() && !new.exists());
    }
}
