//! A folder of this process, in memory where the system has such a place.

use std::path::PathBuf;

/// The folder, with one file of this content in it.
pub fn with(name: &str, content: &[u8]) -> PathBuf {
    let folder = empty("one");
    std::fs::write(folder.join(name), content).expect("room for a file");
    folder
}

/// A folder with nothing in it.
pub fn empty(name: &str) -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let place = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let folder = place.join(format!("liaison-fuzz-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}
