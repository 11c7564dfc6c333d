//! The desktop app: `liaison [FILE]`. With a file it starts the import of that file.
#![cfg_attr(all(not(debug_assertions), target_os = "windows"), windows_subsystem = "windows")]

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    match arguments.next() {
        Some(first) if first == "--export-bindings" => {
            let Some(folder) = arguments.next() else {
                eprintln!("liaison: --export-bindings wants a folder");
                return ExitCode::from(2);
            };
            match liaison_desktop::export_bindings(&PathBuf::from(folder)) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("liaison: {error}");
                    ExitCode::FAILURE
                }
            }
        }
        first => liaison_desktop::run(first.map(PathBuf::from)),
    }
}
