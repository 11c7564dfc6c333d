//! Open imports: the file, its mapping, and what the dry run found.

use super::answer::{Confidence, ImportColumn, ImportOpened, ImportTarget, LeftOutColumn};
use super::open_import::{Imports, OpenImport, State, find_import};
use super::records;
use super::row::Target;
use liaison_domain::refusal::{FieldProblem, Problem};
use liaison_domain::{Permission, RecordKind, Registry, limits};
use liaison_engine::error::CommandError;
use liaison_engine::files;
use liaison_engine::progress::{OnProgress, Progress};
use liaison_engine::session::Session;
use liaison_exchange::{Limits, Preset, ReadOptions, Sheet, TEMPLATE, encodings, guess_mapping_among};
use liaison_queries::import_mappings;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

/// What a mapping is remembered by: the headers. A file without any has none, for nothing tells it from other files
/// with as many columns; neither has one with headers longer than anybody writes.
fn mapping_key(kind: RecordKind, sheet: &Sheet) -> Option<String> {
    let named = sheet.headers.iter().enumerate().any(|(index, header)| *header != format!("Column {}", index + 1));
    let of_kind = if kind == RecordKind::Contact { String::new() } else { format!("{}\u{1e}", kind.key()) };
    let bytes: usize = sheet.headers.iter().map(String::len).sum();
    (named && bytes <= limits::MAPPING_HEADERS).then(|| of_kind + &sheet.headers.join("\u{1f}"))
}

/// Reads a file and guesses what its columns are; the mapping used the last time for these headers goes first.
pub async fn import_open(
    session: &Session,
    path: &Path,
    preset: Option<&str>,
    progress: OnProgress<'_>,
) -> Result<ImportOpened, CommandError> {
    import_open_as(session, RecordKind::Contact, path, preset, progress).await
}

/// Reads the file of an import anew: as rows of another kind, or with other assumptions about the file.
pub async fn import_open_again(
    session: &Session,
    import: u32,
    kind: RecordKind,
    options: &ReadOptions,
    progress: OnProgress<'_>,
) -> Result<ImportOpened, CommandError> {
    session.actor().require(Permission::ImportContacts)?;
    let path = find_import(session, import)?.path.clone();
    import_open_with(session, kind, &path, None, options, progress).await
}

/// As [`import_open`], for rows of any kind that can be imported.
pub async fn import_open_as(
    session: &Session,
    kind: RecordKind,
    path: &Path,
    preset: Option<&str>,
    progress: OnProgress<'_>,
) -> Result<ImportOpened, CommandError> {
    import_open_with(session, kind, path, preset, &ReadOptions::default(), progress).await
}

/// As [`import_open_as`], with what somebody chose for what the reader would find by itself.
pub async fn import_open_with(
    session: &Session,
    kind: RecordKind,
    path: &Path,
    preset: Option<&str>,
    options: &ReadOptions,
    progress: OnProgress<'_>,
) -> Result<ImportOpened, CommandError> {
    session.actor().require(Permission::ImportContacts)?;
    if liaison_policy::current().imports_off {
        return Err(CommandError::set_by_organization("imports"));
    }
    let of_contacts = kind == RecordKind::Contact;
    if !of_contacts && !records::kinds().any(|importable| importable == kind) {
        return Err(CommandError::not_found("import of this kind of record"));
    }
    if kind == RecordKind::Student {
        session.actor().require(Permission::ManageUsers)?;
    }
    if let Some(preset) = preset
        && Preset::from_name(preset).is_none()
    {
        let choices = Preset::ALL.iter().map(|preset| preset.name().to_owned()).collect();
        let problem = FieldProblem { field: "preset".into(), problem: Problem::NotAChoice { choices } };
        return Err(CommandError::Validation { fields: vec![problem] });
    }
    files::may_be_read(session.directory(), path)?;
    let sheet = tokio::task::block_in_place(|| {
        liaison_exchange::read_with(path, options, &Limits::default(), &mut |at| {
            // Readers count bytes or rows; screens show a share.
            let share = at.done as f64 / at.total.max(1) as f64;
            progress(Progress { done: (share * 1000.0) as u32, total: 1000 })
        })
    })?;
    if let (Some(wanted), found) = (preset, sheet.preset.map(Preset::name))
        && found != Some(wanted)
    {
        return Err(CommandError::UnreadableFile {
            problem: liaison_engine::error::FileProblem::NotRecognised,
            detail: format!("the headers are not those of {wanted}"),
        });
    }
    let registry = session.registry();
    let remembered: Option<Vec<Option<String>>> = session
        .read(|view| {
            let Some(key) = mapping_key(kind, &sheet) else { return Ok(None) };
            import_mappings::get(view.everything(), &key)
        })
        .await?
        .and_then(|text| serde_json::from_str(&text).ok())
        // A mapping that an older version remembered may name a field that is no longer imported.
        .filter(|fields: &Vec<Option<String>>| {
            fields.len() == sheet.headers.len() && targets_of(session, kind, fields).is_ok()
        });
    let guesses: Vec<(Option<&str>, Confidence)> = if of_contacts {
        guess_mapping_among(&sheet, &further_fields(&registry))
            .iter()
            .map(|guess| match guess.field {
                // Our own export has columns for what only the desk decides; they are left out.
                Some(key) if Target::named(&registry, key).is_none() => (None, Confidence::Certain),
                field => (field, confidence(guess.confidence)),
            })
            .collect()
    } else {
        records::guess(&registry, kind, &sheet.headers)
    };
    let columns: Vec<ImportColumn> = guesses
        .iter()
        .enumerate()
        .map(|(index, (guess, sure))| {
            let (field, confidence) = match &remembered {
                Some(fields) => (fields[index].clone(), Confidence::Certain),
                None => (guess.map(str::to_owned), *sure),
            };
            ImportColumn {
                index: index as u32,
                header: sheet.headers[index].clone(),
                samples: sheet.samples(index, 3),
                field,
                confidence,
            }
        })
        .collect();
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let opened = ImportOpened {
        session: 0,
        kind,
        file: file.clone(),
        assumed: sheet.assumed.clone(),
        encodings: encodings().map(str::to_owned).collect(),
        rows: sheet.rows() as u32,
        preset: sheet.preset.map(|preset| preset.name().to_owned()),
        remembered: remembered.is_some(),
        left_out: sheet.left_out.iter().map(|l| LeftOutColumn { name: l.name.clone(), rows: l.rows as u32 }).collect(),
        columns,
    };
    let fields: Vec<Option<String>> = opened.columns.iter().map(|column| column.field.clone()).collect();
    let state = State { columns: targets_of(session, kind, &fields)?, ..State::default() };
    let path = path.to_owned();
    let import = OpenImport { kind, file, path, sheet, cancel: AtomicBool::new(false), state: Mutex::new(state) };
    let imports = session.state::<Imports>();
    let mut open = imports.open();
    open.0 += 1;
    let number = open.0;
    open.1.insert(number, Arc::new(import));
    // A file may hold hundreds of megabytes.
    while open.1.len() > limits::OPEN_IMPORTS
        && let Some(first) = open.1.keys().min().copied()
    {
        open.1.remove(&first);
    }
    Ok(ImportOpened { session: number, ..opened })
}

/// Says what the columns are, and remembers it for the next file with these headers. Each field at most once.
pub async fn import_map(session: &Session, import: u32, fields: &[Option<String>]) -> Result<(), CommandError> {
    let import = find_import(session, import)?;
    if fields.len() != import.sheet.headers.len() {
        return Err(CommandError::not_found("column"));
    }
    {
        let mut state = import.state();
        state.columns = targets_of(session, import.kind, fields)?;
        state.forget_dry_run();
    }
    let Some(key) = mapping_key(import.kind, &import.sheet) else { return Ok(()) };
    let text = serde_json::to_string(fields).map_err(CommandError::internal)?;
    let remembered =
        session.engine().database().write(|db| import_mappings::remember(db, &key, &text, limits::MAPPINGS)).await;
    Ok(remembered?)
}

fn targets_of(
    session: &Session,
    kind: RecordKind,
    fields: &[Option<String>],
) -> Result<Vec<Option<Target>>, CommandError> {
    let registry = session.registry();
    if kind == RecordKind::Contact { targets(&registry, fields) } else { records::targets(&registry, kind, fields) }
}

/// Says where new contacts go, for a commit without a dry run.
pub fn import_target(session: &Session, import: u32, target: ImportTarget) -> Result<(), CommandError> {
    find_import(session, import)?.state().target = target;
    Ok(())
}

/// Says whether new students of a file get the welcome message (M35); they do unless this says no, as far as the
/// institution has a portal.
pub fn import_welcome(session: &Session, import: u32, welcome: bool) -> Result<(), CommandError> {
    find_import(session, import)?.state().unwelcomed = !welcome;
    Ok(())
}

/// Asks a running dry run or commit to stop; nothing is written then.
pub fn import_cancel(session: &Session, import: u32) -> Result<(), CommandError> {
    find_import(session, import)?.cancel.store(true, std::sync::atomic::Ordering::Relaxed);
    Ok(())
}

/// Forgets an import and the file's content.
pub fn import_close(session: &Session, import: u32) {
    session.state::<Imports>().open().1.remove(&import);
}

/// The fields that can be imported beyond those every directory's files have, with the headers they are known by.
pub(super) fn further_fields(registry: &Registry) -> Vec<(&'static str, &'static str)> {
    let fields = registry.fields(RecordKind::Contact).filter(|field| field.importable);
    let further = fields.filter(|field| TEMPLATE.iter().all(|(key, _)| *key != field.key));
    further.map(|field| (field.key, field.label)).collect()
}

/// The targets of columns named by keys; each may be named once.
fn targets(registry: &Registry, fields: &[Option<String>]) -> Result<Vec<Option<Target>>, CommandError> {
    let mut targets: Vec<Option<Target>> = Vec::with_capacity(fields.len());
    for key in fields {
        let Some(key) = key else {
            targets.push(None);
            continue;
        };
        let refuse = |problem| CommandError::Validation { fields: vec![FieldProblem { field: key.clone(), problem }] };
        let target = Target::named(registry, key).ok_or_else(|| refuse(Problem::UnknownField))?;
        if targets.contains(&Some(target)) {
            return Err(refuse(Problem::InUse { by: key.clone() }));
        }
        targets.push(Some(target));
    }
    Ok(targets)
}

fn confidence(confidence: liaison_exchange::Confidence) -> Confidence {
    match confidence {
        liaison_exchange::Confidence::Certain => Confidence::Certain,
        liaison_exchange::Confidence::Likely => Confidence::Likely,
        liaison_exchange::Confidence::Guess => Confidence::Guess,
        liaison_exchange::Confidence::None => Confidence::None,
    }
}

/// Progress that nobody watches.
pub fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
