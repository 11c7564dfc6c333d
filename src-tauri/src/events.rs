//! What the window is told without having asked.

use crate::files::NamedFile;
use liaison_app::CacheTag;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// Told to the window after each commit: what it shows may have changed.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct RecordsChanged(pub Vec<CacheTag>);

/// Told to the window when the desk was locked because nobody touched it.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct Locked;

/// Told to the window when the app is started once more, with a file: its import begins here.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct FileGiven(pub NamedFile);

/// Told to the window while files are dragged over it.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub struct FilesDragged(pub FileDrag);

/// What becomes of files that are dragged over the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FileDrag {
    /// They are over it.
    Over,
    /// They left it.
    Left,
    /// They were dropped.
    Dropped {
        /// The first of them.
        file: NamedFile,
        /// There were more.
        several: bool,
    },
}

/// One of these events.
pub enum News {
    /// What the window shows may have changed.
    Changed(RecordsChanged),
    /// The desk was locked.
    Locked(Locked),
    /// There is a file to import.
    FileGiven(FileGiven),
    /// Files are dragged over the window.
    Dragged(FilesDragged),
}
