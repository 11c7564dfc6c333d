//! A Tauri window with one line of text: the least a window can cost.

use std::process::ExitCode;

fn main() -> ExitCode {
    match tauri::Builder::default().run(tauri::generate_context!("empty-window/tauri.conf.json")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("liaison-empty-window: {error}");
            ExitCode::FAILURE
        }
    }
}
