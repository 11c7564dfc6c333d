//! Search-as-you-type in the directory.

use crate::desks::{self, Desks};
use crate::fts::FullText;
use crate::machine::{self, Memory};
use crate::report::{Bar, Figure, Report, Unit, Value, percentile};
use anyhow::{Context, Result, bail, ensure};
use liaison_app::Session;
use liaison_app::lists;
use liaison_domain::RecordKind;
use liaison_domain::filter::{ListQuery, SortKey};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

const NAME: &str = "search";

/// How many prefixes are typed.
const TYPED: usize = 3_000;
/// FTS5 is asked every so manieth of them at a million contacts, or a run would take an hour.
const SOME: usize = 6;

/// The columns the directory shows at first, beside the name.
pub const DIRECTORY_COLUMNS: [&str; 8] =
    ["title", "employer", "approval", "visibility", "access", "email", "work_phone", "labels"];

/// The same as the window asks with.
pub fn directory_columns() -> Vec<String> {
    DIRECTORY_COLUMNS.map(str::to_owned).to_vec()
}

/// The directory by name.
pub fn directory(search: &str) -> ListQuery {
    let by_name = SortKey { field: "name".into(), descending: false };
    ListQuery { search: search.to_owned(), sort: vec![by_name], ..ListQuery::all(RecordKind::Contact) }
}

/// What building a search index took.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Built {
    seconds: f64,
    before: Option<Memory>,
    after: Option<Memory>,
}

/// Builds the search index in this process and prints what that took.
pub async fn build_index(directory: &Path) -> Result<()> {
    desks::forget_kept(directory)?;
    let desk = desks::open(directory).await?;
    machine::forget_peak();
    let before = machine::memory("self");
    let seconds = desks::search_ready(&desk).await?.as_secs_f64();
    let built = Built { seconds, before, after: machine::memory("self") };
    desk.engine().close().await?;
    println!("{}", serde_json::to_string(&built)?);
    Ok(())
}

/// The same in a process of its own, whose memory holds nothing else.
fn built_apart(directory: &Path) -> Result<Built> {
    let output = Command::new(std::env::current_exe()?).arg("--index-of").arg(directory).output()?;
    if !output.status.success() {
        bail!("building the index failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Types a few thousand prefixes and compares with FTS5.
pub async fn measure(report: &mut Report, desks: &mut Desks, contacts: usize, runs: usize) -> Result<()> {
    let (base, _) = desks.directory(contacts).await?;
    let built: Vec<Built> = (0..runs).map(|_| built_apart(&base)).collect::<Result<_>>()?;
    let figure = |what: &str, value: Value| Figure::new(NAME, contacts, what, value);

    let desk = desks::open(&base).await?;
    desks::search_ready(&desk).await?;
    let typed = Arc::new(typed(&desk).await?);
    // As the window's commands do, on one of the runtime's own threads.
    let answers = tokio::spawn(answers(desk.clone(), Arc::clone(&typed))).await??;
    desk.engine().close().await?;
    drop(desk);

    let copy = desks.place("full-text");
    desks::copy(&base, &copy)?;
    let (full_text, fts_build) = FullText::build(&copy).await?;
    let every = if contacts >= 1_000_000 { SOME } else { 1 };
    let (mut fts, mut ours_there, mut same) = (Vec::new(), Vec::new(), 0_usize);
    for (text, answer) in typed.iter().zip(&answers).step_by(every) {
        let start = Instant::now();
        let (first, total) = full_text.search(text).await?;
        fts.push(start.elapsed().as_secs_f64() * 1e3);
        ours_there.push(answer.open);
        same += usize::from(total == answer.total && first.len() == answer.first.min(50));
    }
    full_text.close().await?;
    fs::remove_dir_all(&copy)?;

    let all: Vec<f64> = answers.iter().map(|answer| answer.open).collect();
    let windows: Vec<f64> = answers.iter().map(|answer| answer.window).collect();
    let at = |values: &[f64], share: f64| Value::one(Unit::Milliseconds, percentile(values, share));
    let sorted = "FTS5 by name and count";
    report.add(figure("keystroke, p95", at(&all, 95.0)).bar(Bar::Value(16.7)));
    report.add(figure("keystroke, p95", at(&ours_there, 95.0)).against(sorted, at(&fts, 95.0)).bar(Bar::Ratio(0.05)));
    report.add(figure("keystroke, p50", at(&ours_there, 50.0)).against(sorted, at(&fts, 50.0)));
    report.add(figure("keystroke, longest", at(&all, 100.0)).against(sorted, at(&fts, 100.0)));
    report.add(figure("its first 50 rows, p50", at(&windows, 50.0)));
    report.add(figure("its first 50 rows, p95", at(&windows, 95.0)));
    let share = 100.0 * same as f64 / fts.len().max(1) as f64;
    report.add(figure("same count as FTS5", Value::one(Unit::Percent, share)));
    let seconds = Value::of(Unit::Seconds, built.iter().map(|built| built.seconds).collect());
    report.add(figure("building the index", seconds).against("building FTS5", Value::seconds(&[fts_build])));
    let grown = || -> Option<Vec<f64>> {
        built.iter().map(|built| Some(built.after?.resident - built.before?.resident)).collect()
    };
    let most =
        || -> Option<Vec<f64>> { built.iter().map(|built| Some(built.after?.peak - built.before?.resident)).collect() };
    match (grown(), most()) {
        (Some(resident), Some(peak)) => {
            report.add(figure("memory grown by the index", Value::of(Unit::Mebibytes, resident)));
            report.add(figure("  at most, while building", Value::of(Unit::Mebibytes, peak)));
        }
        _ => report.skip("memory of the search index: this system does not tell"),
    }
    Ok(())
}

/// What somebody may type: the first 1 to 12 characters of names, employers and addresses of contacts that are there.
pub async fn typed(desk: &Session) -> Result<Vec<String>> {
    let opened = lists::list_open(desk, directory("")).await?;
    ensure!(opened.total > 0, "nobody is in the directory");
    let columns = ["email".to_owned(), "employer".to_owned()];
    let mut random = StdRng::seed_from_u64(1);
    let mut typed = Vec::with_capacity(TYPED);
    while typed.len() < TYPED {
        let window = lists::list_window(desk, opened.result, random.random_range(0..opened.total), 1, &columns).await?;
        let row = window.rows.into_iter().next().context("a row of the directory")?;
        let text = match random.random_range(0..3) {
            0 => row.name,
            1 => serde_json::to_value(&row.cells[0].value)?.as_str().unwrap_or_default().to_owned(),
            _ => row.cells[1].text.clone().unwrap_or_default(),
        };
        let prefix: String = text.to_lowercase().chars().take(random.random_range(1..=12)).collect();
        if liaison_search::has_words(&prefix) {
            typed.push(prefix);
        }
    }
    lists::list_close(desk, opened.result);
    Ok(typed)
}

struct Answer {
    /// Opening the list, in milliseconds.
    open: f64,
    /// Reading its first 50 rows, in milliseconds.
    window: f64,
    total: usize,
    /// How many of the first 50 rows there were.
    first: usize,
}

async fn answers(desk: Session, typed: Arc<Vec<String>>) -> Result<Vec<Answer>> {
    let columns = directory_columns();
    let mut answers = Vec::with_capacity(typed.len());
    for text in typed.iter() {
        let query = directory(text);
        let start = Instant::now();
        let opened = lists::list_open(&desk, query).await?;
        let open = start.elapsed().as_secs_f64() * 1e3;
        let start = Instant::now();
        let window = lists::list_window(&desk, opened.result, 0, 50, &columns).await?;
        let took = start.elapsed().as_secs_f64() * 1e3;
        lists::list_close(&desk, opened.result);
        answers.push(Answer { open, window: took, total: opened.total as usize, first: window.rows.len() });
    }
    Ok(answers)
}
