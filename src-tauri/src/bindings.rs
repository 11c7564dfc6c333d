//! The typed border between Rust and the window. `cargo xtask bindings` writes it down in TypeScript.

use crate::events::{FileGiven, FilesDragged, Locked, RecordsChanged};
use specta_typescript::Typescript;
use std::path::Path;
use tauri::Runtime;
use tauri_specta::{Builder, Event as _, collect_events};

/// What the events are called on their way to the window.
pub const EVENTS: [&str; 4] = [FileGiven::NAME, FilesDragged::NAME, Locked::NAME, RecordsChanged::NAME];

/// All commands and events, for whichever runtime draws the window.
pub fn builder<R: Runtime>() -> Builder<R> {
    Builder::new()
        .commands(include!(concat!(env!("OUT_DIR"), "/commands.rs")))
        .events(collect_events![FileGiven, FilesDragged, Locked, RecordsChanged])
        .disable_serde_phases()
        // Moments in milliseconds and counts stay far below 2^53.
        .dangerously_cast_bigints_to_number()
}

/// Writes the TypeScript side to `path`.
pub fn export_bindings(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let header = "// Generated from Rust by `cargo xtask bindings`. Do not edit.\n";
    Ok(builder::<tauri::Wry>().export(Typescript::default().header(header), path)?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn committed_bindings_are_fresh() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("bindings.ts");
        super::export_bindings(&path).expect("the export");
        let fresh = std::fs::read_to_string(&path).expect("the export");
        let committed = include_str!("../../ui/src/ipc/bindings.ts");
        assert!(fresh == committed, "ui/src/ipc/bindings.ts is out of date: run `cargo xtask bindings` and commit it");
    }
}
