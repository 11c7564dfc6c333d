//! A file while it is written. It gets its name when it is whole; until then there is the file that had the name before.

use super::leftovers::Note;
use super::place::{draft_of, folder_of, is_own, resolve};
use crate::error::{CommandError, WriteProblem};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where to write.
#[derive(Clone, Copy, Debug)]
pub enum Destination<'p> {
    /// A place a person named. Links are followed. Named pipes and devices are written into; anything else is replaced.
    Path(&'p Path),
    /// The standard output of this process.
    StandardOutput,
}

impl Destination<'_> {
    /// The whole path as it was named; "-" for standard output.
    pub fn named(&self) -> String {
        match self {
            Destination::Path(path) => path.to_string_lossy().into_owned(),
            Destination::StandardOutput => "-".into(),
        }
    }

    /// The file's name, without its folder; "standard output" for that.
    pub fn file_name(&self) -> String {
        match self {
            Destination::Path(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            Destination::StandardOutput => "standard output".into(),
        }
    }
}

/// A file that is being written. Gone again unless it is finished.
pub struct NewFile {
    to: BufWriter<File>,
    shape: Shape,
    /// Where what belongs to it may wait: as private as the file itself.
    scratch: PathBuf,
}

enum Shape {
    /// No file of its own: a pipe, a device, standard output. What was written has been read.
    Stream,
    /// A file without a name, which nobody finds and nothing leaves behind.
    #[cfg(target_os = "linux")]
    Unnamed { own: PathBuf, place: PathBuf },
    /// A file under another name.
    Draft { place: PathBuf, draft: Draft },
}

/// The other name of a file, and the note about it.
struct Draft {
    path: PathBuf,
    _note: Note,
}

impl Draft {
    fn of(own: &Path, place: &Path) -> io::Result<Draft> {
        let number = rand::random();
        let path = draft_of(place, number);
        Ok(Draft { _note: Note::write(own, &path, number)?, path })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Not there where it was never begun, or has its name.
        let _gone = fs::remove_file(&self.path);
    }
}

impl NewFile {
    /// Begins a file; `own` is the desk's own folder.
    pub(super) fn begin(own: &Path, to: Destination<'_>) -> Result<NewFile, CommandError> {
        let path = match to {
            Destination::Path(path) => path,
            Destination::StandardOutput => return Ok(NewFile::stream(own, standard_output()?)),
        };
        let place = resolve(path)?;
        if is_own(own, &place) {
            let detail = format!("{} is in the folder Liaison keeps its own data in", path.display());
            return Err(CommandError::UnwritableFile { problem: WriteProblem::OwnFolder, detail });
        }
        match fs::metadata(&place) {
            Ok(metadata) if metadata.is_dir() => return Err(io::Error::from(io::ErrorKind::IsADirectory).into()),
            Ok(metadata) if metadata.is_file() => {}
            Ok(metadata) if is_readers(&metadata) => {
                return Ok(NewFile::stream(own, File::options().write(true).open(&place)?));
            }
            Ok(_) => {
                let detail = format!("{} is neither a file nor a pipe", path.display());
                return Err(CommandError::UnwritableFile { problem: WriteProblem::NotAllowed, detail });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        let scratch = folder_of(&place).to_owned();
        #[cfg(target_os = "linux")]
        if let Some(file) = unnamed(&scratch) {
            let shape = Shape::Unnamed { own: own.to_owned(), place };
            return Ok(NewFile { to: BufWriter::new(file), shape, scratch });
        }
        let draft = Draft::of(own, &place)?;
        let file = private(File::options().write(true).create_new(true)).open(&draft.path)?;
        Ok(NewFile { to: BufWriter::new(file), shape: Shape::Draft { place, draft }, scratch })
    }

    fn stream(own: &Path, file: File) -> NewFile {
        NewFile { to: BufWriter::new(file), shape: Shape::Stream, scratch: own.to_owned() }
    }

    /// A folder for what is as private as the file and goes into it in the end.
    pub fn scratch(&self) -> &Path {
        &self.scratch
    }

    /// Whether what is written is gone at once, and no later trouble takes it back.
    pub fn is_stream(&self) -> bool {
        matches!(self.shape, Shape::Stream)
    }

    /// Gives the file its name. It is on the disk before: after a crash there is the old file or the new one.
    ///
    /// Errors: `UnwritableFile`; what was there before is still there.
    pub fn finish(self) -> Result<(), CommandError> {
        let file = self.to.into_inner().map_err(io::IntoInnerError::into_error)?;
        match self.shape {
            Shape::Stream => {}
            #[cfg(target_os = "linux")]
            Shape::Unnamed { own, place } => {
                file.sync_all()?;
                match name(&file, &place) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                        // Only a file with a name takes another's place.
                        let draft = Draft::of(&own, &place)?;
                        name(&file, &draft.path)?;
                        take_name(&draft.path, &place)?;
                    }
                    named => named?,
                }
            }
            Shape::Draft { place, draft } => {
                file.sync_all()?;
                drop(file);
                take_name(&draft.path, &place)?;
            }
        }
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Gives a whole file its name, in the place of what has it. On Windows a program that holds that file can refuse.
fn take_name(draft: &Path, place: &Path) -> Result<(), CommandError> {
    fs::rename(draft, place).map_err(|error| {
        let problem = WriteProblem::of_replacing(&error, place.exists(), cfg!(windows));
        CommandError::UnwritableFile { problem, detail: error.to_string() }
    })
}

/// Whether what is written there is read by somebody else: a named pipe, a terminal, `/dev/null`. A disk is not.
#[cfg(unix)]
fn is_readers(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    metadata.file_type().is_fifo() || metadata.file_type().is_char_device()
}

#[cfg(not(unix))]
fn is_readers(_: &fs::Metadata) -> bool {
    false
}

/// The file holds people's data; whoever exports decides whom to give it to.
fn private(options: &mut fs::OpenOptions) -> &mut fs::OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// A file without a name in a folder, where the file system has that.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path) -> Option<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    // It is named by way of this folder.
    if !Path::new(DESCRIPTORS).is_dir() {
        return None;
    }
    let flags = rustix::fs::OFlags::TMPFILE.bits() as i32;
    private(File::options().write(true).custom_flags(flags)).open(folder).ok()
}

#[cfg(target_os = "linux")]
const DESCRIPTORS: &str = "/proc/self/fd";

/// Gives a file without a name one that is free.
#[cfg(target_os = "linux")]
fn name(file: &File, place: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd as _;
    let unnamed = format!("{DESCRIPTORS}/{}", file.as_raw_fd());
    Ok(linkat(CWD, unnamed, CWD, place, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(unix)]
fn standard_output() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

#[cfg(windows)]
fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    Ok(io::stdout().as_handle().try_clone_to_owned()?.into())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};

    struct Place {
        own: tempfile::TempDir,
        folder: tempfile::TempDir,
    }

    impl Place {
        fn new() -> Place {
            let directory = || tempfile::tempdir().expect("a directory");
            Place { own: directory(), folder: directory() }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn begin(&self, name: &str) -> Result<NewFile, CommandError> {
            NewFile::begin(self.own.path(), Destination::Path(&self.path(name)))
        }

        /// The files there are, in the folder and in the desk's own.
        fn files(&self) -> Vec<String> {
            let mut names: Vec<String> = [self.folder.path(), self.own.path()]
                .iter()
                .flat_map(|folder| fs::read_dir(folder).expect("a folder").flatten())
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .collect();
            names.sort();
            names
        }

        /// As on a file system that has no files without a name.
        fn drafted(&self, name: &str) -> NewFile {
            let place = self.path(name);
            let draft = Draft::of(self.own.path(), &place).expect("a draft");
            let file = private(File::options().write(true).create_new(true)).open(&draft.path).expect("a file");
            let scratch = self.folder.path().to_owned();
            NewFile { to: BufWriter::new(file), shape: Shape::Draft { place, draft }, scratch }
        }
    }

    fn read(path: &Path) -> String {
        fs::read_to_string(path).expect("a file")
    }

    #[test]
    fn a_file_is_there_when_it_is_whole_and_for_its_owner_alone() {
        let place = Place::new();
        for (name, begin) in
            [("new.csv", Place::begin as fn(&Place, &str) -> _), ("drafted.csv", |place, name| Ok(place.drafted(name)))]
        {
            let mut file = begin(&place, name).expect("a file");
            file.write_all(b"names").expect("written");
            file.flush().expect("written");
            assert!(!place.path(name).exists());
            file.finish().expect("finished");
            assert_eq!(read(&place.path(name)), "names");
            let mode = fs::metadata(place.path(name)).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            // Again, in its place.
            let mut file = begin(&place, name).expect("a file");
            file.write_all(b"more names").expect("written");
            assert_eq!(read(&place.path(name)), "names");
            file.finish().expect("finished");
            assert_eq!(read(&place.path(name)), "more names");
        }
        assert_eq!(place.files(), ["drafted.csv", "new.csv"], "nothing else is left");
    }

    #[test]
    fn a_file_that_is_not_finished_leaves_nothing() {
        let place = Place::new();
        fs::write(place.path("old.csv"), "old").expect("a file");
        for mut file in [place.begin("new.csv").expect("a file"), place.drafted("new.csv"), place.drafted("old.csv")] {
            file.write_all(b"names").expect("written");
        }
        assert_eq!((place.files(), read(&place.path("old.csv"))), (vec!["old.csv".to_owned()], "old".to_owned()));
    }

    #[test]
    fn links_stay_and_what_they_lead_to_is_replaced() {
        let place = Place::new();
        fs::create_dir(place.path("folder")).expect("a folder");
        fs::write(place.path("folder/old.csv"), "old").expect("a file");
        symlink("folder/old.csv", place.path("link")).expect("a link");
        symlink("folder/new.csv", place.path("to nothing yet")).expect("a link");
        for (link, target) in [("link", "folder/old.csv"), ("to nothing yet", "folder/new.csv")] {
            let mut file = place.begin(link).expect("a file");
            file.write_all(b"names").expect("written");
            file.finish().expect("finished");
            assert!(place.path(link).is_symlink(), "{link}");
            assert_eq!(read(&place.path(target)), "names");
        }
    }

    #[test]
    fn a_named_pipe_is_written_into_and_stays() {
        let place = Place::new();
        let pipe = place.path("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR).expect("a pipe");
        symlink("pipe", place.path("link")).expect("a link");
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || read(&pipe)
        });
        let mut file = place.begin("link").expect("a pipe");
        assert!(file.is_stream());
        file.write_all(b"names").expect("written");
        file.finish().expect("finished");
        assert_eq!(reader.join().expect("a reader"), "names");
        assert!(fs::symlink_metadata(&pipe).expect("still there").file_type().is_fifo());
    }

    #[test]
    fn the_desks_own_folder_and_what_is_no_file_are_refused() {
        let place = Place::new();
        fs::write(place.own.path().join("key.json"), "{}").expect("a file");
        symlink(place.own.path(), place.path("desk")).expect("a link");
        fs::hard_link(place.own.path().join("key.json"), place.path("twin")).expect("a hard link");
        for name in ["desk/key.json", "desk/new.csv", "twin"] {
            let refused = place.begin(name).err();
            let is_own =
                matches!(&refused, Some(CommandError::UnwritableFile { problem: WriteProblem::OwnFolder, .. }));
            assert!(is_own, "{name}: {refused:?}");
        }
        let _listening = std::os::unix::net::UnixListener::bind(place.path("socket")).expect("a socket");
        fs::create_dir(place.path("folder")).expect("a folder");
        for name in ["socket", "folder"] {
            let refused = place.begin(name).err();
            let told = matches!(&refused, Some(CommandError::UnwritableFile { problem: WriteProblem::NotAllowed, .. }));
            assert!(told, "{name}: {refused:?}");
        }
        let refused = place.begin("nowhere/new.csv").err();
        assert!(matches!(refused, Some(CommandError::UnwritableFile { problem: WriteProblem::NoFolder, .. })));
        assert_eq!(read(&place.own.path().join("key.json")), "{}");
    }
}
