//! Bulk update: one change on any selection, previewed, in one operation.

use crate::error::CommandError;
use crate::lists;
use crate::lists::Selection;
use crate::names::{Names, RecordChange};
use crate::progress::OnProgress;
use crate::records::check_references;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use liaison_domain::bulk::{self, BulkChange, BulkFate, BulkRule};
use liaison_domain::{FieldChange, RecordKind, Value};
use liaison_queries::rows::FieldByRow;
use liaison_store::{Db, Recorder, StoreError};
use serde::Serialize;
use specta::Type;

/// Most changes a preview shows, and most frozen contacts it names.
const SHOWN: usize = 20;
const NAMED: usize = 5;

/// What a bulk update would do.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BulkPreview {
    /// Records it would change.
    pub changes: u32,
    /// Records that are already so.
    pub already_so: u32,
    /// Rejected contacts, whose data is frozen (M27).
    pub frozen: u32,
    /// Records that would have more labels than one can have.
    pub too_many_labels: u32,
    /// The first of the changes.
    pub first: Vec<RecordChange>,
    /// The names of the first frozen contacts.
    pub frozen_names: Vec<String>,
}

/// What a bulk update would do to the selected records.
pub async fn bulk_preview(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
    change: &BulkChange,
) -> Result<BulkPreview, CommandError> {
    change.permit(&session.actor(), kind)?;
    operation(kind)?;
    let rule = change.rule(&session.registry(), kind)?;
    let rows = lists::selected(session, kind, selection).await?;
    let preview = session.read(|view| {
        // That what is set is there.
        check(view.everything(), kind, &rule)?;
        let mut preview = BulkPreview {
            changes: 0,
            already_so: 0,
            frozen: 0,
            too_many_labels: 0,
            first: Vec::new(),
            frozen_names: Vec::new(),
        };
        let mut values = FieldByRow::prepare(view, kind, rule.field())?;
        let mut names = Names::new(view);
        for row in rows {
            let Some(case) = values.read(i64::from(row))? else { continue };
            match rule.decide(&case.approval, &case.value) {
                BulkFate::Changes(after) => {
                    preview.changes += 1;
                    if preview.first.len() < SHOWN {
                        let change = FieldChange { field: rule.field().number, before: case.value, after };
                        preview.first.push(RecordChange {
                            record: case.id,
                            kind,
                            name: names.of(kind, case.id)?.unwrap_or_default(),
                            created: false,
                            fields: vec![names.field(kind, &change)?],
                            erased: false,
                        });
                    }
                }
                BulkFate::AlreadySo => preview.already_so += 1,
                BulkFate::TooManyLabels => preview.too_many_labels += 1,
                BulkFate::Frozen => {
                    preview.frozen += 1;
                    if preview.frozen_names.len() < NAMED {
                        preview.frozen_names.extend(names.of(kind, case.id)?);
                    }
                }
            }
        }
        Ok(preview)
    });
    Ok(preview.await?)
}

/// Makes the same change on the selected records, in one operation.
pub async fn bulk_update(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
    change: &BulkChange,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    change.permit(&session.actor(), kind)?;
    let operation = operation(kind)?;
    session.begin_long_work();
    let rule = change.rule(&session.registry(), kind)?;
    let rows = lists::selected(session, kind, selection).await?;
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    let total = rows.len() as u32;
    let work = |recorder: &mut Recorder<'_>| {
        check(recorder.db(), kind, &rule)?;
        let mut values = FieldByRow::prepare(&session.view(recorder.db()), kind, rule.field())?;
        for (at, row) in rows.iter().enumerate() {
            session.report(progress, at as u32, total)?;
            let Some(case) = values.read(i64::from(*row))? else { continue };
            let BulkFate::Changes(after) = rule.decide(&case.approval, &case.value) else {
                done.skipped += 1;
                continue;
            };
            done.changed += 1;
            let change = FieldChange { field: rule.field().number, before: case.value, after };
            // What follows by rule, for example employment history, the recorder draws itself.
            recorder.update(kind, i64::from(*row), case.id, &[change])?;
        }
        session.report(progress, total, total)
    };
    let ((), recorded) = session.commit(Step::new(operation).detail(rule.field().label.to_owned()), work).await?;
    done.operation = recorded;
    Ok(done)
}

fn operation(kind: RecordKind) -> Result<liaison_domain::OperationKind, CommandError> {
    bulk::operation(kind).ok_or_else(|| CommandError::not_found("bulk update for this kind of record"))
}

/// Refuses to make records refer to one that is not there.
fn check(db: &Db<'_>, kind: RecordKind, rule: &BulkRule) -> Result<(), StoreError> {
    let Some(reference) = rule.reference() else { return Ok(()) };
    let change = FieldChange { field: rule.field().number, before: Value::Empty, after: Value::Reference(reference) };
    check_references(db, kind, &[change])
}
