//! Setting one value on many contacts at once.

use crate::desks::{self, Desks};
use crate::report::{Bar, Figure, Report, Value, grouped};
use anyhow::{Context, Result, bail};
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::{bulk, lists, undo};
use liaison_domain::RecordKind;
use liaison_domain::bulk::BulkChange;
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use liaison_domain::undo::UndoMode;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const NAME: &str = "bulk";
/// No sample contact has it, so that every one changes.
const DEPARTMENT: &str = "Alumni affairs";
/// What is compared with: the same change without a journal, a rule or an answer. The plus keeps SQLite from going by
/// the index on the approval, which takes the rows in another order and longer.
const BARE_UPDATE: &str =
    "UPDATE contact SET department='Alumni affairs' WHERE +approval='approved' AND deleted_at IS NULL";

/// Sets the department of the whole directory, beside the bare UPDATE on an equal copy, and takes it back.
pub async fn measure(report: &mut Report, desks: &mut Desks, contacts: usize, runs: usize) -> Result<()> {
    let (base, _) = desks.directory(contacts).await?;
    let copy = desks.place("bulk");
    let (mut set, mut undo, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    let mut changed = 0;
    for run in 0..runs.max(3) {
        // Whoever comes first may find the machine in another state.
        for app in [run % 2 == 0, run % 2 != 0] {
            desks::copy(&base, &copy)?;
            if app {
                let (took, back, count) = in_the_app(&copy).await?;
                set.push(took);
                undo.push(back);
                changed = count;
            } else {
                bare.push(bare_update(&copy).await?);
            }
        }
    }
    fs::remove_dir_all(&copy)?;
    let figure = |what: String, runs: &[Duration]| Figure::new(NAME, contacts, what, Value::seconds(runs));
    let count = grouped(changed);
    report.add(
        figure(format!("setting a field of {count} contacts"), &set)
            .against("bare UPDATE", Value::seconds(&bare))
            .bar(Bar::Ratio(2.0)),
    );
    report.add(figure(format!("taking back {count} changes"), &undo));
    Ok(())
}

async fn in_the_app(directory: &Path) -> Result<(Duration, Duration, usize)> {
    let desk = desks::open(directory).await?;
    desks::search_ready(&desk).await?;
    let opened = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await?;
    let selection = Selection::Result { result: opened.result, except: Vec::new() };
    let change = BulkChange::Set { field: "department".into(), value: FieldValue::Text(DEPARTMENT.into()) };
    let start = Instant::now();
    let done = bulk::bulk_update(&desk, RecordKind::Contact, &selection, std::slice::from_ref(&change), &mut unwatched)
        .await?;
    let took = start.elapsed();
    if done.changed != opened.total {
        bail!("{} of {} contacts were changed", done.changed, opened.total);
    }
    let start = Instant::now();
    let operation = done.operation.context("a change without an operation")?;
    undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut unwatched).await?;
    let back = start.elapsed();
    desk.engine().close().await?;
    Ok((took, back, done.changed as usize))
}

async fn bare_update(directory: &Path) -> Result<Duration> {
    let database = desks::open_database(directory).await?;
    let start = Instant::now();
    let changed = database.write(|db| db.run(BARE_UPDATE, &[])).await?;
    let took = start.elapsed();
    database.close().await?;
    if changed == 0 {
        bail!("the UPDATE changed nothing");
    }
    Ok(took)
}
