//! The log: failures under their incident number, beside the database. Never a person's data.

use liaison_app::private_file;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

/// A log larger than this is put aside at the next start; one older is kept. In bytes.
const LARGEST: u64 = 4 << 20;

/// Begins logging to `liaison.log` in `directory`, or to standard error where that can't be written.
pub fn start(directory: &Path) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,liaison=info"));
    let builder = tracing_subscriber::fmt().with_ansi(false).with_env_filter(filter);
    match file(directory) {
        Ok(file) => {
            builder.with_writer(Mutex::new(file)).init();
            // Before anybody has unlocked: the files lie there meanwhile.
            private_file::repair(directory);
        }
        Err(_) => builder.with_writer(std::io::stderr).init(),
    }
}

fn file(directory: &Path) -> std::io::Result<File> {
    private_file::make_folder(directory)?;
    let path = directory.join("liaison.log");
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LARGEST) {
        fs::rename(&path, directory.join("liaison.old.log"))?;
    }
    private_file::append(&path)
}
