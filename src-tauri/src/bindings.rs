//! The typed border between Rust and the window. `cargo xtask bindings` writes it down in TypeScript.

use crate::choices::with_unions;
use crate::contract::contract;
use crate::events::{FileGiven, FilesDragged, Locked, RecordsChanged};
use specta_typescript::Typescript;
use std::path::Path;
use tauri::Runtime;
use tauri_specta::{Builder, BuilderConfiguration, Event as _, LanguageExt, collect_events};

/// What both files begin with.
const HEADER: &str = "// Generated from Rust by `cargo xtask bindings`. Do not edit.\n";

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

/// Writes the TypeScript side into `folder`: commands and types as `bindings.ts`, what else there is to know as
/// `contract.ts`.
pub fn export_bindings(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let builder = builder::<tauri::Wry>();
    builder.export(Bindings, folder.join("bindings.ts"))?;
    Ok(builder.export(Contract, folder.join("contract.ts"))?)
}

/// Writes commands, events and types, with unions where Rust keeps text.
struct Bindings;

impl LanguageExt for Bindings {
    type Error = specta_typescript::Error;

    fn export(self, builder: &BuilderConfiguration, path: &Path) -> Result<(), specta_typescript::Error> {
        let mut builder = builder.clone();
        builder.types = with_unions(builder.types).map_err(std::io::Error::other)?;
        Typescript::default().header(HEADER).export(&builder, path)
    }
}

/// Writes [`contract`]: a language of its own, since only those are given the types.
struct Contract;

impl LanguageExt for Contract {
    type Error = std::io::Error;

    fn export(self, builder: &BuilderConfiguration, path: &Path) -> Result<(), std::io::Error> {
        let text = contract(&builder.types).map_err(|error| std::io::Error::other(error.to_string()))?;
        std::fs::write(path, format!("{HEADER}{text}"))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_committed_is_fresh() {
        let directory = tempfile::tempdir().expect("a directory");
        super::export_bindings(directory.path()).expect("the export");
        let committed = [
            ("bindings.ts", include_str!("../../ui/src/ipc/bindings.ts")),
            ("contract.ts", include_str!("../../ui/src/ipc/contract.ts")),
        ];
        for (file, committed) in committed {
            let fresh = std::fs::read_to_string(directory.path().join(file)).expect("the export");
            assert!(fresh == committed, "ui/src/ipc/{file} is out of date: run `cargo xtask bindings` and commit it");
        }
    }
}
