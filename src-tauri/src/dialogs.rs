//! The system's dialogs for files, asked from here and not by the page.

use liaison_app::CommandError;
use std::path::PathBuf;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt as _, FilePath};
use tokio::sync::oneshot;

/// Asks for a file to read; `format` and `extensions` are what the dialog offers. None where the person thought better.
pub async fn ask_which(
    app: &AppHandle,
    (format, extensions): (&str, &[&str]),
) -> Result<Option<PathBuf>, CommandError> {
    #[cfg(debug_assertions)]
    if let Some(answer) = scripted::answer() {
        return answer.map_err(CommandError::internal);
    }
    let (answer, chosen) = oneshot::channel();
    app.dialog().file().add_filter(format, extensions).pick_file(move |path| drop(answer.send(path)));
    path_of(chosen.await.ok().flatten())
}

/// Asks where to write a file of this name; `format` and `extension` are what the dialog offers.
pub async fn ask_where(
    app: &AppHandle,
    name: &str,
    (format, extension): (&str, &str),
) -> Result<Option<PathBuf>, CommandError> {
    #[cfg(debug_assertions)]
    if let Some(answer) = scripted::answer() {
        return answer.map_err(CommandError::internal);
    }
    let (answer, chosen) = oneshot::channel();
    app.dialog()
        .file()
        .add_filter(format, &[extension])
        .set_file_name(name)
        .save_file(move |path| drop(answer.send(path)));
    Ok(path_of(chosen.await.ok().flatten())?.map(|mut path| {
        // Some dialogs leave the ending to the program.
        if path.extension().is_none() {
            path.set_extension(extension);
        }
        path
    }))
}

/// Asks for a folder. None where the person thought better.
pub async fn ask_folder(app: &AppHandle) -> Result<Option<PathBuf>, CommandError> {
    #[cfg(debug_assertions)]
    if let Some(answer) = scripted::answer() {
        return answer.map_err(CommandError::internal);
    }
    let (answer, chosen) = oneshot::channel();
    app.dialog().file().pick_folder(move |path| drop(answer.send(path)));
    path_of(chosen.await.ok().flatten())
}

fn path_of(chosen: Option<FilePath>) -> Result<Option<PathBuf>, CommandError> {
    chosen.map(|path| path.into_path().map_err(CommandError::internal)).transpose()
}

/// Answers for journeys: no driver of web pages can use the system's dialogs. Never part of what is released.
#[cfg(debug_assertions)]
mod scripted {
    use std::io;
    use std::path::{Path, PathBuf};

    /// Names a file whose first line answers the next dialog and is then gone; an empty line is "Cancel".
    const ANSWERS: &str = "LIAISON_DIALOG_ANSWERS";

    /// The answer to this dialog, where dialogs are answered; an error where there are no answers left.
    pub fn answer() -> Option<io::Result<Option<PathBuf>>> {
        let file = std::env::var_os(ANSWERS)?;
        Some(take_line(Path::new(&file)))
    }

    fn take_line(file: &Path) -> io::Result<Option<PathBuf>> {
        let text = std::fs::read_to_string(file)?;
        let (line, rest) = text.split_once('\n').ok_or_else(|| io::Error::other("no answers are left"))?;
        std::fs::write(file, rest)?;
        Ok((!line.is_empty()).then(|| line.into()))
    }
}
