//! Whether anything that is compiled changed since it was last found good. Kept outside the clone, since each clone is
//! checked once.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::{process, ui};

/// The folders that nothing compiled for another system is made of.
const ASIDE: [&str; 5] = ["ui", "docs", "fuzz", ".github", ".ci"];

/// All that is compiled, and the compiler, as one number. Hashes by chance differ; nobody tries to make two the same.
///
/// # Errors
/// When a file can't be read.
pub fn digest(project: &Project) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    process::output(Command::new("rustc").arg("-vV"))?.hash(&mut hasher);
    for file in ui::files(&project.root)? {
        let path = file.strip_prefix(&project.root).unwrap_or(&file);
        if counts(path) {
            path.hash(&mut hasher);
            std::fs::read(&file)?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn counts(path: &Path) -> bool {
    let first = path.iter().next().unwrap_or_default();
    let is_page = path.extension().is_some_and(|ending| ending == "md");
    !is_page && !ASIDE.iter().any(|folder| first == *folder)
}

/// The last state that was found good in one way.
pub struct Good {
    file: PathBuf,
}

impl Good {
    /// Kept in `work` under a name for the way.
    pub fn new(work: &Path, way: &str) -> Self {
        Self { file: work.join(format!("good-{way}")) }
    }

    /// Whether this state was it.
    pub fn is(&self, digest: &str) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|kept| kept.trim() == digest)
    }

    /// Whether any state ever was.
    pub fn is_any(&self) -> bool {
        self.file.is_file()
    }

    /// Keeps that this state is.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep(&self, digest: &str) -> Result<()> {
        Ok(std::fs::write(&self.file, digest)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compiled_counts() {
        for path in ["crates/app/src/lib.rs", "Cargo.lock", "migrations/sqlite/0001_start.sql", "tauri.conf.json"] {
            assert!(counts(Path::new(path)), "{path}");
        }
        for path in ["ui/src/app/routes.ts", "README.md", "docs/it.md", ".github/workflows/release.yml"] {
            assert!(!counts(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn a_state_is_good_until_it_changes() {
        let work = std::env::temp_dir().join(format!("liaison-good-{}", std::process::id()));
        std::fs::create_dir_all(&work).expect("a folder");
        let good = Good::new(&work, "windows-check");
        assert!(!good.is_any() && !good.is("1"));
        good.keep("1").expect("kept");
        assert!(good.is_any() && good.is("1") && !good.is("2"));
        assert!(!Good::new(&work, "macos-check").is_any(), "each way for itself");
        std::fs::remove_dir_all(&work).expect("removed");
    }
}
