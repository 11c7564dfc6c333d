//! The desktop shell: one window, typed commands that call the use cases, events after commits. No rules here.

mod arguments;
mod bindings;
mod choices;
mod commands;
mod contract;
mod dialogs;
mod events;
mod files;
mod log;
mod outside;
mod secret;
mod shell;
mod start_failure;
mod window;

pub use bindings::{EVENTS, export_bindings};

use liaison_app::data_folder;
use liaison_app::process;
use sha2::{Digest as _, Sha256};
use shell::Shell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
#[cfg(unix)]
use std::time::Duration;
use tauri::{App, AppHandle, Context, Manager as _, RunEvent, Runtime};
use zeroize::Zeroizing;

/// Runs the app until its window is closed. `open_file` is imported once the desk is open. Where the app runs already,
/// its window comes to the front, and imports the file.
pub fn run(open_file: Option<PathBuf>) -> ExitCode {
    let passcode = process::begin();
    let Some(directory) = data_folder::default_directory() else {
        start_failure::tell("this system has no place for application data; set LIAISON_DATA to a directory");
        return ExitCode::FAILURE;
    };
    log::start(&directory);
    match build(directory, open_file, passcode.clone()) {
        Ok(app) => {
            app.run(|handle, event| match event {
                // Closing checkpoints; if it can't, the write-ahead log is read at the next start.
                RunEvent::Exit => tauri::async_runtime::block_on(close(handle)),
                // The Finder names files in an event, not in arguments.
                #[cfg(target_os = "macos")]
                RunEvent::Opened { urls } => {
                    for file in urls.iter().filter_map(|url| url.to_file_path().ok()) {
                        handle.state::<Shell>().give_file(file);
                    }
                }
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            #[cfg(unix)]
            if matches!(&error, tauri::Error::PluginInitialization(plugin, _) if plugin == "single-instance") {
                start_again(passcode.as_deref().map(String::as_str));
            }
            start_failure::tell(&start_failure::without_window(&error, tauri::webview_version().is_ok()));
            ExitCode::FAILURE
        }
    }
}

/// The app with its window, its desk about to open.
fn build(directory: PathBuf, open_file: Option<PathBuf>, passcode: Option<Zeroizing<String>>) -> tauri::Result<App> {
    let mut context = context();
    context.config_mut().identifier = identifier(&context.config().identifier, &directory);
    let builder = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            if let Some(file) = arguments.get(1) {
                app.state::<Shell>().give_file(PathBuf::from(folder).join(file));
            }
            // A second start brings the first window to the front. If this can't be, either window may already be gone.
            if let Some(window) = app.get_webview_window(outside::MAIN) {
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
        }))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init());
    furnish(builder, directory, open_file, passcode).build(context)
}

/// What tauri.conf.json and the permissions of the window say.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// An app on any runtime with all that is ours: the commands, the events, the window, and a desk in `directory` about to
/// open. What only a real window needs is left to the caller.
pub fn furnish<R: Runtime>(
    builder: tauri::Builder<R>,
    directory: PathBuf,
    open_file: Option<PathBuf>,
    passcode: Option<Zeroizing<String>>,
) -> tauri::Builder<R> {
    let bindings = bindings::builder();
    builder
        .manage(Shell::opening(directory, open_file, passcode))
        .invoke_handler(arguments::limited(bindings.invoke_handler()))
        .setup(move |app| {
            bindings.mount_events(app);
            app.state::<Shell>().stand_in(app.handle().clone());
            if let Err(error) = window::open(app) {
                // Returned, it would be a panic, which nobody sees who opened the app from an icon.
                start_failure::tell(&start_failure::without_window(&error, tauri::webview_version().is_ok()));
                std::process::exit(1);
            }
            Ok(())
        })
}

/// Closes the desk of an app.
pub async fn close<R: Runtime>(app: &AppHandle<R>) {
    app.state::<Shell>().close().await;
}

/// The name by which another start finds this one: each desk has its own, so that a file goes to the desk it was given to.
fn identifier(app: &str, directory: &Path) -> String {
    let real = |directory: &Path| std::fs::canonicalize(directory).unwrap_or_else(|_| directory.to_owned());
    let directory = real(directory);
    if data_folder::system_directory().is_some_and(|usual| real(&usual) == directory) {
        return app.to_owned();
    }
    let digest = Sha256::digest(directory.as_os_str().as_encoded_bytes());
    // A part of a name may not begin with a digit.
    let digits: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{app}.d{digits}")
}

/// Somebody opens the app while the one they closed is still writing: that one ends without an answer. So the question
/// is asked again, some seconds long, by this process begun anew: a toolkit can be started only once in each. Returns
/// where that can't be.
#[cfg(unix)]
fn start_again(passcode: Option<&str>) {
    use std::os::unix::process::CommandExt as _;
    const STARTS: &str = "LIAISON_STARTS";
    let starts = std::env::var(STARTS).ok().and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    if let (Ok(program), true) = (std::env::current_exe(), starts < 20) {
        std::thread::sleep(Duration::from_millis(250));
        let mut command = std::process::Command::new(program);
        command.args(std::env::args_os().skip(1)).env(STARTS, (starts + 1).to_string());
        process::hand_on(&mut command, passcode);
        let again = command.exec();
        eprintln!("liaison: {again}");
    }
}

#[cfg(test)]
mod tests {
    use super::identifier;

    #[test]
    fn each_desk_has_a_name_of_its_own() {
        let place = tempfile::tempdir().expect("a directory");
        let (one, other) = (place.path().join("one"), place.path().join("other"));
        std::fs::create_dir(&one).expect("a directory");
        let name = identifier("org.liaison.desk", &one);
        assert!(name.starts_with("org.liaison.desk.d") && name.len() == "org.liaison.desk.d".len() + 16, "{name}");
        assert_eq!(name, identifier("org.liaison.desk", &place.path().join("./one/../one")));
        assert_ne!(name, identifier("org.liaison.desk", &other));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&one, &other).expect("a link");
            assert_eq!(name, identifier("org.liaison.desk", &other));
        }
    }
}
