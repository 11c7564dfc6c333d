//! Import: its files and the steps of the wizard.

use crate::dialogs::{ask_where, ask_which};
use crate::files::{NamedFile, Purpose};
use crate::shell::{Shell, watch};
use liaison_app::files::Destination;
use liaison_app::import::{
    DryRun, ImportAnswer, ImportDone, ImportFilter, ImportFixed, ImportOpened, ImportOutcome, ImportRows, ImportTarget,
    ReadOptions,
};
use liaison_app::{CommandError, Progress, files, import};
use liaison_domain::RecordKind;
use tauri::State;
use tauri::ipc::Channel;

/// Asks for a file to import; none where the person thought better.
#[tauri::command]
#[specta::specta]
pub async fn import_choose(shell: State<'_, Shell>) -> Result<Option<NamedFile>, CommandError> {
    shell.session()?;
    let path =
        ask_which(&shell, ("CSV, Excel, vCard", &["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "vcf"])).await?;
    Ok(path.map(|path| shell.files.name(Purpose::Reading, path)))
}

/// Opens the file that was chosen, dropped or given at the start; `kind` is what its rows are.
#[tauri::command]
#[specta::specta]
pub async fn import_open(
    shell: State<'_, Shell>,
    kind: RecordKind,
    file: String,
    progress: Channel<Progress>,
) -> Result<ImportOpened, CommandError> {
    let session = shell.session()?;
    let path = shell.files.take(Purpose::Reading, &file)?;
    import::import_open_as(&session, kind, &path, None, &mut watch(progress)).await
}

/// Opens the file of an import anew, as rows of another kind or with other assumptions about the file.
#[tauri::command]
#[specta::specta]
pub async fn import_open_again(
    shell: State<'_, Shell>,
    session: u32,
    kind: RecordKind,
    options: ReadOptions,
    progress: Channel<Progress>,
) -> Result<ImportOpened, CommandError> {
    import::import_open_again(&shell.session()?, session, kind, &options, &mut watch(progress)).await
}

/// Says what the columns are.
#[tauri::command]
#[specta::specta]
pub async fn import_map(
    shell: State<'_, Shell>,
    session: u32,
    fields: Vec<Option<String>>,
) -> Result<(), CommandError> {
    import::import_map(&shell.session()?, session, &fields).await
}

/// Decides every row without writing.
#[tauri::command]
#[specta::specta]
pub async fn import_dry_run(
    shell: State<'_, Shell>,
    session: u32,
    target: ImportTarget,
    progress: Channel<Progress>,
) -> Result<DryRun, CommandError> {
    import::import_dry_run(&shell.session()?, session, target, &mut watch(progress)).await
}

/// Some of the rows with what becomes of them.
#[tauri::command]
#[specta::specta]
pub async fn import_rows(
    shell: State<'_, Shell>,
    session: u32,
    filter: Option<ImportFilter>,
    offset: u32,
    limit: u32,
) -> Result<ImportRows, CommandError> {
    import::import_rows(&shell.session()?, session, filter, offset, limit).await
}

/// Corrects one cell.
#[tauri::command]
#[specta::specta]
pub async fn import_fix(
    shell: State<'_, Shell>,
    session: u32,
    index: u32,
    column: u32,
    text: String,
) -> Result<ImportFixed, CommandError> {
    import::import_fix(&shell.session()?, session, index, column, &text).await
}

/// Answers the question about a row, or about all rows with a question of this kind. What the file comes to now.
#[tauri::command]
#[specta::specta]
pub async fn import_answer(
    shell: State<'_, Shell>,
    session: u32,
    about: ImportOutcome,
    index: Option<u32>,
    answer: Option<ImportAnswer>,
) -> Result<DryRun, CommandError> {
    import::import_answer(&shell.session()?, session, about, index, answer).await
}

/// Writes the import.
#[tauri::command]
#[specta::specta]
pub async fn import_commit(
    shell: State<'_, Shell>,
    session: u32,
    progress: Channel<Progress>,
) -> Result<ImportDone, CommandError> {
    import::import_commit(&shell.session()?, session, &mut watch(progress)).await
}

/// Says whether new students of a file get the welcome message.
#[tauri::command]
#[specta::specta]
pub fn import_welcome(shell: State<'_, Shell>, session: u32, welcome: bool) -> Result<(), CommandError> {
    import::import_welcome(&shell.session()?, session, welcome)
}

/// Stops a running dry run or commit.
#[tauri::command]
#[specta::specta]
pub fn import_cancel(shell: State<'_, Shell>, session: u32) -> Result<(), CommandError> {
    import::import_cancel(&shell.session()?, session)
}

/// Forgets an import.
#[tauri::command]
#[specta::specta]
pub fn import_close(shell: State<'_, Shell>, session: u32) -> Result<(), CommandError> {
    import::import_close(&shell.session()?, session);
    Ok(())
}

/// Asks where to, and writes the rows that can't be imported there. The path, or none where the person thought better.
#[tauri::command]
#[specta::specta]
pub async fn import_save_errors(shell: State<'_, Shell>, session: u32) -> Result<Option<String>, CommandError> {
    let Some(path) = ask_where(&shell, "import-problems.csv", ("CSV", "csv")).await? else { return Ok(None) };
    let current = shell.session()?;
    let mut file = files::new_file(current.directory(), Destination::Path(&path))?;
    import::import_errors(&current, session, &mut file).await?;
    file.finish()?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

/// Asks where to, and writes an empty file with a column for every field of a kind there.
#[tauri::command]
#[specta::specta]
pub async fn import_save_records_template(
    shell: State<'_, Shell>,
    kind: RecordKind,
) -> Result<Option<String>, CommandError> {
    let name = format!("liaison-{}-template.csv", kind.key().replace('_', "-"));
    let Some(path) = ask_where(&shell, &name, ("CSV", "csv")).await? else { return Ok(None) };
    let session = shell.session()?;
    files::write_file(session.directory(), Destination::Path(&path), &import::records_template(&session, kind)?)?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

/// Asks where to, and writes our own template there.
#[tauri::command]
#[specta::specta]
pub async fn import_save_template(shell: State<'_, Shell>) -> Result<Option<String>, CommandError> {
    let Some(path) = ask_where(&shell, "liaison-contacts-template.csv", ("CSV", "csv")).await? else { return Ok(None) };
    let session = shell.session()?;
    files::write_file(session.directory(), Destination::Path(&path), &import::import_template(&session))?;
    Ok(Some(path.to_string_lossy().into_owned()))
}
