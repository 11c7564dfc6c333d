//! The desktop shell: one window, typed commands that call the use cases, events after commits. No rules here.

mod bindings;
mod commands;
mod log;
mod shell;

pub use bindings::export_bindings;

use bindings::builder;
use shell::Shell;
use std::path::PathBuf;
use std::process::ExitCode;
use tauri::{Manager as _, RunEvent};

/// Runs the app until its window is closed. `open_file` is imported once the desk is open.
pub fn run(open_file: Option<PathBuf>) -> ExitCode {
    let Some(directory) = liaison_app::start::default_directory() else {
        eprintln!("liaison: this system has no place for application data; set LIAISON_DATA to a directory");
        return ExitCode::FAILURE;
    };
    log::start(&directory);
    let bindings = builder();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            // A second start brings the first window to the front. If this can't be, either window may already be gone.
            if let Some(window) = app.get_webview_window("main") {
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
        }))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .manage(Shell::new(directory, open_file))
        .invoke_handler(bindings.invoke_handler())
        .setup(move |app| {
            bindings.mount_events(app);
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move {
                // What goes wrong is answered again when the window asks where the app stands.
                let _told_then = handle.state::<Shell>().open_unasked(&handle).await;
            });
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|handle, event| {
                if let RunEvent::Exit = event {
                    // Closing checkpoints; if it can't, the write-ahead log is read at the next start.
                    tauri::async_runtime::block_on(handle.state::<Shell>().close());
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("liaison: the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}
