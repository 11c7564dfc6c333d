//! Bulk update: the same changes on any selection, previewed, in one operation.

use crate::error::CommandError;
use crate::lists;
use crate::lists::Selection;
use crate::names::{Names, RecordChange};
use crate::progress::OnProgress;
use crate::records::check_references;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use liaison_domain::bulk::{self, BulkChange, BulkFate, BulkPlan};
use liaison_domain::{Field, FieldChange, OperationKind, RecordKind, Value, contact};
use liaison_queries::rows::ReviewedFieldsByRow;
use liaison_store::{Db, Recorder, StoreError};
use serde::Serialize;
use specta::Type;

/// Most changes a preview shows, and most frozen contacts it names.
const SHOWN: usize = 20;
const NAMED: usize = 5;

/// What a bulk update would do to one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct BulkFieldPreview {
    /// Key of the field.
    pub field: String,
    /// Records whose value it would change.
    pub changes: u32,
    /// Records that have the value already.
    pub already_so: u32,
}

/// What a bulk update would do.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BulkPreview {
    /// Records it would change.
    pub changes: u32,
    /// Records that are already so in every field.
    pub already_so: u32,
    /// Rejected contacts, whose data is frozen (M27).
    pub frozen: u32,
    /// Records that would have more labels than one can have.
    pub too_many_labels: u32,
    /// What happens to each field, without the records that are left as they are because they are frozen or would have
    /// too many labels.
    pub fields: Vec<BulkFieldPreview>,
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
    changes: &[BulkChange],
) -> Result<BulkPreview, CommandError> {
    bulk::permit(&session.actor(), kind, changes)?;
    operation(kind)?;
    let plan = BulkPlan::new(changes, &session.registry(), kind)?;
    let rows = lists::selected(session, kind, selection).await?;
    let preview = session.read(|view| {
        // That what is set is there.
        check(view.everything(), kind, &plan)?;
        let mut preview = BulkPreview {
            changes: 0,
            already_so: 0,
            frozen: 0,
            too_many_labels: 0,
            fields: Vec::new(),
            first: Vec::new(),
            frozen_names: Vec::new(),
        };
        let all = changed_fields(&plan);
        let mut changing = vec![0; all.len()];
        let mut values = ReviewedFieldsByRow::prepare(view, kind, plan.fields())?;
        let mut names = Names::new(view);
        for row in rows {
            let Some(case) = values.read(i64::from(row))? else { continue };
            match plan.decide(&case.approval, &case.values) {
                BulkFate::Changes(changes) => {
                    preview.changes += 1;
                    for (field, count) in all.iter().zip(&mut changing) {
                        *count += u32::from(changes.iter().any(|change| change.field == field.number));
                    }
                    if preview.first.len() < SHOWN {
                        let fields =
                            changes.iter().map(|change| names.field(kind, change)).collect::<Result<_, _>>()?;
                        preview.first.push(RecordChange {
                            record: case.id,
                            kind,
                            name: names.of(kind, case.id)?.unwrap_or_default(),
                            created: false,
                            fields,
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
        let decided = preview.changes + preview.already_so;
        let of_field = |(field, changes): (&&Field, u32)| BulkFieldPreview {
            field: field.key.to_owned(),
            changes,
            already_so: decided - changes,
        };
        preview.fields = all.iter().zip(changing).map(of_field).collect();
        Ok(preview)
    });
    Ok(preview.await?)
}

/// Makes the same changes on the selected records, in one operation.
pub async fn bulk_update(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
    changes: &[BulkChange],
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    bulk::permit(&session.actor(), kind, changes)?;
    let operation = operation(kind)?;
    session.begin_long_work();
    let plan = BulkPlan::new(changes, &session.registry(), kind)?;
    let rows = lists::selected(session, kind, selection).await?;
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    let total = rows.len() as u32;
    let work = |recorder: &mut Recorder<'_>| {
        check(recorder.db(), kind, &plan)?;
        let mut values = ReviewedFieldsByRow::prepare(&session.view(recorder.db()), kind, plan.fields())?;
        for (at, row) in rows.iter().enumerate() {
            session.report(progress, at as u32, total)?;
            let n = i64::from(*row);
            let Some(case) = values.read(n)? else { continue };
            let BulkFate::Changes(changes) = plan.decide(&case.approval, &case.values) else {
                done.skipped += 1;
                continue;
            };
            done.changed += 1;
            // What follows by rule, for example employment history, the recorder draws itself. Frozen data thaws before
            // it changes.
            let (thawing, rest) = changes.split_at(usize::from(case.approval == contact::REJECTED));
            for part in [thawing, rest].into_iter().filter(|part| !part.is_empty()) {
                recorder.update(kind, n, case.id, part)?;
            }
        }
        session.report(progress, total, total)
    };
    let ((), recorded) = session.commit(Step::new(operation).detail(plan.detail()), work).await?;
    done.operation = recorded;
    Ok(done)
}

/// The fields that change, the approval status first where it does.
fn changed_fields(plan: &BulkPlan) -> Vec<&'static Field> {
    let approval = plan.approves().then_some(&contact::APPROVAL);
    approval.into_iter().chain(plan.fields()).collect()
}

fn operation(kind: RecordKind) -> Result<OperationKind, CommandError> {
    bulk::operation(kind).ok_or_else(|| CommandError::not_found("bulk update for this kind of record"))
}

/// Refuses to make records refer to some that are not there.
fn check(db: &Db<'_>, kind: RecordKind, plan: &BulkPlan) -> Result<(), StoreError> {
    for (field, reference) in plan.references() {
        let change = FieldChange { field: field.number, before: Value::Empty, after: Value::Reference(reference) };
        check_references(db, kind, &[change])?;
    }
    Ok(())
}
