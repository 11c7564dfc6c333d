//! The log: failures under their incident number, beside the database. Never a person's data.

use liaison_app::private_file;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

/// A log that has grown to this is put aside; one older is kept. In bytes.
const LARGEST: u64 = 4 << 20;

/// Begins logging to `liaison.log` in `directory`, or to standard error where that can't be written.
pub fn start(directory: &Path) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,liaison=info"));
    let builder = tracing_subscriber::fmt().with_ansi(false).with_env_filter(filter);
    match Log::open(directory) {
        Ok(log) => {
            builder.with_writer(Mutex::new(log)).init();
            // Before anybody has unlocked: the files lie there meanwhile.
            private_file::repair(directory);
        }
        Err(_) => builder.with_writer(std::io::stderr).init(),
    }
}

/// The log of a directory, which never grows beyond two files, however long the program runs.
struct Log {
    directory: PathBuf,
    file: File,
    bytes: u64,
}

impl Log {
    fn open(directory: &Path) -> io::Result<Log> {
        private_file::make_folder(directory)?;
        let path = directory.join("liaison.log");
        let mut bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        if bytes >= LARGEST {
            fs::rename(&path, directory.join("liaison.old.log"))?;
            bytes = 0;
        }
        Ok(Log { directory: directory.to_owned(), file: private_file::append(&path)?, bytes })
    }
}

impl Write for Log {
    fn write(&mut self, message: &[u8]) -> io::Result<usize> {
        if self.bytes >= LARGEST {
            *self = Log::open(&self.directory)?;
        }
        let written = self.file.write(message)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_never_grows_beyond_two_files() {
        let directory = tempfile::tempdir().expect("a directory");
        let mut log = Log::open(directory.path()).expect("a log");
        let message = [b'x'; 64 * 1024];
        for _ in 0..200 {
            log.write_all(&message).expect("written");
        }
        let size = |name: &str| fs::metadata(directory.path().join(name)).expect("a file").len();
        assert_eq!(size("liaison.old.log"), LARGEST);
        assert!(size("liaison.log") <= LARGEST);
        assert_eq!(fs::read_dir(directory.path()).expect("files").count(), 2);
    }
}
