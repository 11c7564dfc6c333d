//! Labels: the words the desk sorts contacts and employers by. Records hold the words; a definition gives one a tint
//! and says when to use it.

use crate::error::CommandError;
use crate::forms;
use crate::progress::OnProgress;
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use liaison_domain::edit::FieldEdit;
use liaison_domain::field::DELETED_AT;
use liaison_domain::name::fold;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Field, Id, OperationKind, Permission, RecordKind, Value, contact, employer, label, limits};
use liaison_queries::{View, labels};
use liaison_store::table::Located;
use liaison_store::{Db, Recorder, StoreError};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// A label as its settings show it.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct LabelInfo {
    /// Its definition; none for a word that records have and nobody defined.
    pub id: Option<Id>,
    /// The word.
    pub name: String,
    /// Its tint, by key.
    pub color: Option<String>,
    /// When to use it.
    pub description: String,
    /// How many contacts have it, not counting those in the trash.
    pub contacts: u32,
    /// How many employers have it, not counting those in the trash.
    pub employers: u32,
}

/// What renaming, merging or deleting a label would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct LabelPreview {
    /// Contacts it would change.
    pub contacts: u32,
    /// Employers it would change.
    pub employers: u32,
    /// Rejected contacts that keep the old word: their data is frozen (M27).
    pub frozen: u32,
    /// The new name is that of another label: the two become one.
    pub merges: bool,
}

/// The kinds of records that have labels, and the field that holds them.
const LABELLED: [(RecordKind, &Field); 2] =
    [(RecordKind::Contact, &contact::LABELS), (RecordKind::Employer, &employer::LABELS)];

/// A record that has labels.
struct Labelled {
    kind: RecordKind,
    field: &'static Field,
    n: i64,
    id: Id,
    labels: Vec<String>,
    frozen: bool,
}

/// Every label there is by name, with how many records have it; those that nobody defined are among them.
/// Not `counted`, it is only the defined ones, at once. What others keep to themselves does not count, and a word
/// that stands on nothing else is not told.
pub async fn labels_list(session: &Session, counted: bool) -> Result<Vec<LabelInfo>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let list = session.read(|view| {
        let mut labels: Vec<LabelInfo> = labels::definitions(view.everything())?
            .into_iter()
            .map(|Located { record: definition, .. }| LabelInfo {
                id: Some(definition.id),
                name: definition.text(&label::NAME).to_owned(),
                color: Some(definition.text(&label::COLOR).to_owned()).filter(|color| !color.is_empty()),
                description: definition.text(&label::DESCRIPTION).to_owned(),
                contacts: 0,
                employers: 0,
            })
            .collect();
        let key = fold;
        let mut places: HashMap<String, usize> =
            labels.iter().enumerate().map(|(at, label)| (key(&label.name), at)).collect();
        for (word, kind, count) in if counted { used(view)? } else { Vec::new() } {
            let at = *places.entry(key(&word)).or_insert_with(|| {
                let none = LabelInfo {
                    id: None,
                    name: word,
                    color: None,
                    description: String::new(),
                    contacts: 0,
                    employers: 0,
                };
                labels.push(none);
                labels.len() - 1
            });
            match kind {
                RecordKind::Contact => labels[at].contacts += count,
                _ => labels[at].employers += count,
            }
        }
        labels.sort_by_cached_key(|label| key(&label.name));
        Ok(labels)
    });
    Ok(list.await?)
}

/// Defines a label: its name, tint and description.
pub async fn label_define(session: &Session, values: &HashMap<String, FieldValue>) -> Result<Created, CommandError> {
    session.actor().require(Permission::ManageFields)?;
    forms::add(session, RecordKind::Label, values, |db, label| match defined(db, label.text(&label::NAME))? {
        Some(known) => Err(in_use(known.record.text(&label::NAME))),
        None => Ok(()),
    })
    .await
}

/// Edits tint and description of a label. Its name is changed with [`label_rename`], for records hold it.
pub async fn label_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageFields)?;
    forms::amend(session, RecordKind::Label, id, edits, |_, before, after| {
        if before.text(&label::NAME) != after.text(&label::NAME) {
            return Err(Refusal::of(label::NAME.key, Problem::NotEditable).into());
        }
        Ok(())
    })
    .await
}

/// What [`label_rename`] would do.
pub async fn label_rename_preview(
    session: &Session,
    from: &str,
    to: Option<&str>,
) -> Result<LabelPreview, CommandError> {
    session.actor().require(Permission::ManageFields)?;
    let (key, to) = (old_key(from)?, new_name(to)?);
    // Another way to write the old name is not another label.
    let other = to.as_deref().map(fold).filter(|to| *to != key);
    let preview = session.read(|view| {
        // A label is renamed wherever it stands.
        let db = view.everything();
        let mut preview = LabelPreview::default();
        for record in labelled(db)? {
            if let Some(to) = other.as_deref() {
                preview.merges |= record.has(to);
            }
            match (record.after(&key, from, to.as_deref()), record.kind) {
                (None, _) => {}
                (Some(_), _) if record.frozen => preview.frozen += 1,
                (Some(_), RecordKind::Contact) => preview.contacts += 1,
                (Some(_), _) => preview.employers += 1,
            }
        }
        if let Some(to) = &to {
            preview.merges |= !label::same(from, to) && defined(db, to)?.is_some();
        }
        Ok(preview)
    });
    Ok(preview.await?)
}

/// Gives a label another name on every record that has it, in one operation; `None` takes it away. The name of
/// another label merges the two. Rejected contacts keep the old word and are counted as skipped (M27).
pub async fn label_rename(
    session: &Session,
    from: &str,
    to: Option<&str>,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageFields)?;
    session.begin_long_work();
    let (key, to, now) = (old_key(from)?, new_name(to)?, session.now() as i64);
    let detail = match &to {
        Some(to) => format!("{from} → {to}"),
        None => from.to_owned(),
    };
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    let work = |recorder: &mut Recorder<'_>| {
        let found = rename_definition(recorder, from, to.as_deref(), now)?;
        let records = labelled(recorder.db())?;
        let total = records.len() as u32;
        let mut used = false;
        for (at, record) in records.into_iter().enumerate() {
            session.report(progress, at as u32, total)?;
            used |= record.has(&key);
            let Some(after) = record.after(&key, from, to.as_deref()) else { continue };
            if record.frozen {
                done.skipped += 1;
                continue;
            }
            done.changed += 1;
            let change = liaison_domain::FieldChange {
                field: record.field.number,
                before: Value::List(record.labels),
                after: if after.is_empty() { Value::Empty } else { Value::List(after) },
            };
            recorder.update(record.kind, record.n, record.id, &[change])?;
        }
        if !found && !used {
            return Err(StoreError::NotFound(RecordKind::Label.key()));
        }
        session.report(progress, total, total)
    };
    let ((), operation) = session.commit(Step::new(OperationKind::LabelsRename).detail(detail), work).await?;
    done.operation = operation;
    Ok(done)
}

impl Labelled {
    /// Whether the record has the label with this folded name.
    fn has(&self, key: &str) -> bool {
        self.labels.iter().any(|have| fold(have) == key)
    }

    /// The labels the record would have; `None` where it does not have this one, whose folded name is `key`.
    fn after(&self, key: &str, from: &str, to: Option<&str>) -> Option<Vec<String>> {
        if !self.has(key) {
            return None;
        }
        let after = label::renamed(&self.labels, from, to);
        (after != self.labels).then_some(after)
    }
}

fn in_use(by: &str) -> StoreError {
    let problem = Problem::InUse { by: by.to_owned() };
    Refusal::of(label::NAME.key, problem).into()
}

/// The folded name of a label that records may have; refuses what is longer than any.
fn old_key(from: &str) -> Result<String, CommandError> {
    if limits::longer(from, limits::LABEL) {
        return Err(Refusal::of("from", Problem::TooLong { max: limits::LABEL as u32 }).into());
    }
    Ok(fold(from))
}

/// The name as records would hold it; refuses blank ones and those longer than a label may be.
fn new_name(to: Option<&str>) -> Result<Option<String>, CommandError> {
    let refuse = |problem| Refusal::of(label::NAME.key, problem);
    let Some(to) = to else { return Ok(None) };
    match label::NAME.read(to).map_err(refuse)? {
        Value::Text(name) => Ok(Some(name)),
        _ => Err(refuse(Problem::Required).into()),
    }
}

/// The definition of this label.
fn defined(db: &Db<'_>, name: &str) -> Result<Option<Located>, StoreError> {
    let is_it = |definition: &Located| label::same(definition.record.text(&label::NAME), name);
    Ok(labels::definitions(db)?.into_iter().find(is_it))
}

/// How many records of each kind have each word, as they are written, without what is hidden.
fn used(view: &View<'_>) -> Result<Vec<(String, RecordKind, u32)>, StoreError> {
    let mut used = Vec::new();
    for (kind, field) in LABELLED {
        used.extend(labels::counts(view, kind, field)?.into_iter().map(|(word, count)| (word, kind, count)));
    }
    Ok(used)
}

/// Every record that has labels and is not in the trash, in the order of their rows.
fn labelled(db: &Db<'_>) -> Result<Vec<Labelled>, StoreError> {
    let mut found = Vec::new();
    for (kind, field) in LABELLED {
        let rows = labels::records(db, kind, field)?.into_iter();
        found.extend(rows.map(|labels::Labelled { n, id, labels, rejected: frozen }| Labelled {
            kind,
            field,
            n,
            id,
            labels,
            frozen,
        }));
    }
    Ok(found)
}

/// Renames the definition, or puts it into the trash where the label is taken away or becomes another. Says whether
/// there is one.
fn rename_definition(recorder: &mut Recorder<'_>, from: &str, to: Option<&str>, now: i64) -> Result<bool, StoreError> {
    let Some(Located { n, record: definition }) = defined(recorder.db(), from)? else { return Ok(false) };
    let other = match to {
        Some(to) => defined(recorder.db(), to)?.filter(|other| other.record.id != definition.id),
        None => None,
    };
    let change = match (to, other) {
        (Some(to), None) => definition.change(&label::NAME, to),
        _ => definition.change(&DELETED_AT, Value::Moment(now)),
    };
    recorder.update(RecordKind::Label, n, definition.id, change.as_slice())?;
    Ok(true)
}
