//! Files of records: where to, and writing them; printing.

use crate::dialogs::ask_where;
use crate::files::{NamedFile, Purpose, offered_name};
use crate::shell::{Shell, watch};
use liaison_app::export::{ExportDone, ExportFormat, ExportInput, PrintInput};
use liaison_app::files::Destination;
use liaison_app::{CommandError, Progress, export};
use tauri::State;
use tauri::ipc::Channel;

/// Asks where to write a file of this format; none where the person thought better. `name` is offered, without an ending.
#[tauri::command]
#[specta::specta]
pub async fn export_choose(
    shell: State<'_, Shell>,
    format: ExportFormat,
    name: String,
) -> Result<Option<NamedFile>, CommandError> {
    shell.session()?;
    let words = match format {
        ExportFormat::Xlsx => "Excel",
        ExportFormat::Vcard | ExportFormat::Vcard4 => "vCard",
        _ => "CSV",
    };
    let name = format!("{}.{}", offered_name(&name), format.extension());
    let path = ask_where(&shell, &name, (words, format.extension())).await?;
    Ok(path.map(|path| shell.files.name(Purpose::Writing, path)))
}

/// Writes the file that was chosen.
#[tauri::command]
#[specta::specta]
pub async fn export_write(
    shell: State<'_, Shell>,
    input: ExportInput,
    file: String,
    progress: Channel<Progress>,
) -> Result<ExportDone, CommandError> {
    let session = shell.session()?;
    let path = shell.files.take(Purpose::Writing, &file)?;
    export::export(&session, &input, Destination::Path(&path), &mut watch(progress)).await
}

/// Writes into the journal that records are printed; the page prints afterwards.
#[tauri::command]
#[specta::specta]
pub async fn record_print(shell: State<'_, Shell>, input: PrintInput) -> Result<(), CommandError> {
    export::record_print(&shell.session()?, &input).await
}
