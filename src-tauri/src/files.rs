//! Files that somebody named: in a dialog, by dropping them onto the window, or at the start. The page never hears of
//! their paths and can't name any: it gets a token for each, good for one use.

use liaison_app::CommandError;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

/// Most files that are named and not used; the oldest goes first.
const MOST: usize = 32;

/// A file somebody named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NamedFile {
    /// Gives the file to one command.
    pub token: String,
    /// Its name, without its folder.
    pub name: String,
}

/// What a file was named for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be read.
    Reading,
    /// To be written, over what is there.
    Writing,
}

struct Entry {
    token: String,
    purpose: Purpose,
    path: PathBuf,
}

/// The files that were named and not used yet.
#[derive(Default)]
pub struct NamedFiles(Mutex<VecDeque<Entry>>);

impl NamedFiles {
    fn entries(&self) -> MutexGuard<'_, VecDeque<Entry>> {
        // An entry is put in and taken out in one step.
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Keeps a path, and gives what the page may know of it.
    pub fn name(&self, purpose: Purpose, path: PathBuf) -> NamedFile {
        let token = format!("{:032x}", rand::random::<u128>());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut entries = self.entries();
        if entries.len() == MOST {
            entries.pop_front();
        }
        entries.push_back(Entry { token: token.clone(), purpose, path });
        NamedFile { token, name }
    }

    /// The path behind a token, which is then used up.
    ///
    /// Errors: `NotFound` where there is none for this purpose.
    pub fn take(&self, purpose: Purpose, token: &str) -> Result<PathBuf, CommandError> {
        let mut entries = self.entries();
        let at = entries.iter().position(|entry| entry.purpose == purpose && entry.token == token);
        let entry = at.and_then(|at| entries.remove(at)).ok_or_else(|| CommandError::not_found("file"))?;
        Ok(entry.path)
    }

    /// Forgets all: whoever named them is no longer at the desk.
    pub fn clear(&self) {
        self.entries().clear();
    }
}

/// A name to offer for a file, out of what the page says: no folder, nothing hidden.
pub fn offered_name(name: &str) -> String {
    let last = Path::new(name).file_name().unwrap_or_default().to_string_lossy();
    let plain: String = last.chars().filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c)).take(100).collect();
    plain.trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_once_for_its_purpose_and_until_the_desk_is_locked() {
        let files = NamedFiles::default();
        let named = files.name(Purpose::Reading, "/home/dana/list.csv".into());
        assert_eq!(named.name, "list.csv");
        assert!(!named.token.contains("list"));
        assert_eq!(files.take(Purpose::Writing, &named.token), Err(CommandError::not_found("file")));
        assert_eq!(files.take(Purpose::Reading, &named.token), Ok("/home/dana/list.csv".into()));
        assert_eq!(files.take(Purpose::Reading, &named.token), Err(CommandError::not_found("file")));
        assert_eq!(files.take(Purpose::Reading, "/etc/passwd"), Err(CommandError::not_found("file")));
        let named = files.name(Purpose::Writing, "/home/dana/list.csv".into());
        files.clear();
        assert_eq!(files.take(Purpose::Writing, &named.token), Err(CommandError::not_found("file")));
    }

    #[test]
    fn so_many_files_are_kept_and_the_oldest_goes_first() {
        let files = NamedFiles::default();
        let named: Vec<NamedFile> = (0..=MOST).map(|n| files.name(Purpose::Reading, n.to_string().into())).collect();
        assert!(files.take(Purpose::Reading, &named[0].token).is_err());
        assert_eq!(files.take(Purpose::Reading, &named[1].token), Ok("1".into()));
        let tokens: std::collections::HashSet<&str> = named.iter().map(|file| file.token.as_str()).collect();
        assert_eq!(tokens.len(), named.len());
    }

    #[test]
    fn an_offered_name_has_no_folder() {
        for (name, offered) in [
            ("contacts.csv", "contacts.csv"),
            ("/etc/passwd", "passwd"),
            ("../../.bashrc", "bashrc"),
            ("a:b\n.csv", "ab.csv"),
            ("C:\\Users\\x.csv", "CUsersx.csv"),
            ("..", ""),
        ] {
            if cfg!(unix) || !name.contains('\\') {
                assert_eq!(offered_name(name), offered, "{name}");
            }
        }
    }
}
