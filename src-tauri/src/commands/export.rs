//! Files of records: where to, and writing them.

use crate::shell::{Shell, watch};
use liaison_app::export::{ExportDone, ExportFormat, ExportInput};
use liaison_app::{CommandError, Progress};
use std::path::{Path, PathBuf};
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;

/// Asks where to write a file of this format. The path, or none where the person thought better.
#[tauri::command]
#[specta::specta]
pub async fn export_choose(app: AppHandle, format: ExportFormat, name: String) -> Result<Option<String>, CommandError> {
    let words = match format {
        ExportFormat::Csv => "CSV",
        ExportFormat::Xlsx => "Excel",
        ExportFormat::Vcard => "vCard",
    };
    let (answer, chosen) = oneshot::channel();
    app.dialog()
        .file()
        .add_filter(words, &[format.extension()])
        .set_file_name(format!("{name}.{}", format.extension()))
        .save_file(move |path| drop(answer.send(path)));
    let Some(chosen) = chosen.await.ok().flatten() else { return Ok(None) };
    let mut path: PathBuf = chosen.into_path().map_err(CommandError::internal)?;
    // Some dialogs leave the ending to the program.
    if path.extension().is_none() {
        path.set_extension(format.extension());
    }
    Ok(Some(path.to_string_lossy().into_owned()))
}

/// Writes the file.
#[tauri::command]
#[specta::specta]
pub async fn export_write(
    shell: State<'_, Shell>,
    input: ExportInput,
    path: String,
    progress: Channel<Progress>,
) -> Result<ExportDone, CommandError> {
    shell.desk()?.export(&input, Path::new(&path), &mut watch(progress)).await
}
