//! Approving the queue, and taking back.

use crate::desks::{self, Desks};
use crate::report::{Bar, Figure, Report, Value, grouped};
use anyhow::{Context, Result, bail};
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::{lists, review, undo};
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{RecordKind, contact};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const NAME: &str = "review";

/// What is compared with: the same change without a journal, a rule or an answer.
pub const BARE_UPDATE: &str = "UPDATE contact SET approval='approved' WHERE approval='pending' AND deleted_at IS NULL";

#[derive(Default)]
struct Times {
    with_index: Vec<Duration>,
    without_index: Vec<Duration>,
    undo: Vec<Duration>,
    bare: Vec<Duration>,
}

/// Approves everybody who waits, beside the bare UPDATE on an equal copy; then takes that, and a whole import, back.
pub async fn measure(report: &mut Report, desks: &mut Desks, contacts: usize, runs: usize) -> Result<()> {
    let (base, pending) = desks.queue(contacts).await?;
    let copy = desks.place("review");
    let mut times = Times::default();
    // One run of a fraction of a second says little, whatever the size of the database.
    for run in 0..runs.max(3) {
        // Whoever comes first may find the machine in another state.
        let order: [usize; 3] = if run % 2 == 0 { [0, 1, 2] } else { [2, 1, 0] };
        for step in order {
            desks::copy(&base, &copy)?;
            match step {
                0 => approve(&copy, pending, true, &mut times).await?,
                1 => approve(&copy, pending, false, &mut times).await?,
                _ => times.bare.push(bare_update(&copy, pending).await?),
            }
        }
    }
    fs::remove_dir_all(&copy)?;
    let figure = |what: String, runs: &[Duration]| Figure::new(NAME, contacts, what, Value::seconds(runs));
    let count = grouped(pending);
    let bare = || Value::seconds(&times.bare);
    report.add(
        figure(format!("approving {count}, in the app"), &times.with_index)
            .against("bare UPDATE", bare())
            .bar(Bar::Ratio(2.0)),
    );
    report.add(figure(format!("approving {count}, command line"), &times.without_index).against("bare UPDATE", bare()));
    report.add(figure(format!("taking back {count} approvals"), &times.undo));
    report.add(figure("taking back the whole import".into(), &[undo_import(desks, contacts).await?]));
    Ok(())
}

/// `index` is whether the search index is there to be kept current, as in the app; the command line has none.
async fn approve(directory: &Path, pending: usize, index: bool, times: &mut Times) -> Result<()> {
    let desk = desks::open(directory).await?;
    if index {
        desks::search_ready(&desk).await?;
    }
    let mut query = ListQuery::all(RecordKind::Contact);
    query.filter.push(Condition::is(&contact::APPROVAL, contact::PENDING));
    let opened = lists::list_open(&desk, query).await?;
    let selection = Selection::Result { result: opened.result, except: Vec::new() };
    let start = Instant::now();
    let done = review::contacts_review(&desk, &selection, ReviewAction::Approve, &mut unwatched).await?;
    let took = start.elapsed();
    if done.changed as usize != pending {
        bail!("{} of {pending} were approved", done.changed);
    }
    if index {
        times.with_index.push(took);
        let operation = done.operation.context("an approval without an operation")?;
        let start = Instant::now();
        let undone = undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut unwatched).await?;
        times.undo.push(start.elapsed());
        if undone.changed as usize != pending {
            bail!("{} of {pending} approvals were taken back", undone.changed);
        }
    } else {
        times.without_index.push(took);
    }
    Ok(desk.engine().close().await?)
}

async fn bare_update(directory: &Path, pending: usize) -> Result<Duration> {
    let database = desks::open_database(directory).await?;
    let start = Instant::now();
    let changed = database.write(|db| db.run(BARE_UPDATE, &[])).await?;
    let took = start.elapsed();
    database.close().await?;
    if changed != pending {
        bail!("the UPDATE changed {changed} of {pending}");
    }
    Ok(took)
}

async fn undo_import(desks: &mut Desks, contacts: usize) -> Result<Duration> {
    let (base, operation) = desks.directory(contacts).await?;
    let copy = desks.place("undo");
    desks::copy(&base, &copy)?;
    let desk = desks::open(&copy).await?;
    let start = Instant::now();
    undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut unwatched).await?;
    let took = start.elapsed();
    desk.engine().close().await?;
    fs::remove_dir_all(&copy)?;
    Ok(took)
}
