//! Filters and orders of the directory, against the same lists read from the tables.

use crate::desks::{self, Desks};
use crate::report::{Bar, Figure, Report, Unit, Value, percentile};
use anyhow::{Context, Result, ensure};
use liaison_app::{Session, contacts, lists, views};
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::{RecordKind, contact};
use liaison_store::list;
use std::fs;
use std::io;
use std::time::{Duration, Instant};

const NAME: &str = "filters";

/// How often each list is opened from memory.
const OPENED: usize = 20;

/// Files that are kept: the words of four kinds of records, the columns of two.
const KEPT: usize = 6;

fn is_kept(entry: &io::Result<fs::DirEntry>) -> bool {
    entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|extension| extension == "kept"))
}

fn condition(field: &str, op: FilterOp, values: &[&str]) -> Condition {
    Condition { field: field.to_owned(), op, values: values.iter().map(|value| (*value).to_owned()).collect() }
}

/// One filter each, of all types and comparisons that fields of contacts have, mostly without an index in SQLite.
fn single() -> Vec<Condition> {
    vec![
        condition("city", FilterOp::Is, &["Boston"]),
        condition("city", FilterOp::Contains, &["ton"]),
        condition("title", FilterOp::Contains, &["engineer", "manager"]),
        condition("department", FilterOp::IsEmpty, &[]),
        condition("email", FilterOp::Contains, &["son@"]),
        condition("email", FilterOp::StartsWith, &["ma"]),
        condition("last_name", FilterOp::StartsWith, &["B"]),
        condition("employer", FilterOp::Contains, &["group"]),
        condition("work_phone", FilterOp::Contains, &["55"]),
        condition("created_at", FilterOp::After, &["2026-01-01"]),
        condition("created_at", FilterOp::LongerAgoThan, &["18 months"]),
        condition("visibility", FilterOp::IsNot, &[contact::STUDENTS]),
        condition("auto_sync", FilterOp::Is, &["yes"]),
        condition("owner", FilterOp::IsNotEmpty, &[]),
        condition("labels", FilterOp::Contains, &["a"]),
        condition("bounced_at", FilterOp::IsNotEmpty, &[]),
    ]
}

fn filtered(filter: Vec<Condition>, sort: &[(&str, bool)]) -> ListQuery {
    let sort = sort.iter().map(|(field, descending)| SortKey { field: (*field).to_owned(), descending: *descending });
    ListQuery { filter, sort: sort.collect(), ..ListQuery::all(RecordKind::Contact) }
}

/// Three filters together, in an order.
fn combined() -> Vec<ListQuery> {
    let three = |a: usize, b: usize, c: usize| [a, b, c].map(|at| single()[at].clone()).to_vec();
    vec![
        filtered(three(1, 3, 11), &[("city", false)]),
        filtered(three(2, 10, 11), &[("employer", false), ("title", true)]),
        filtered(three(4, 6, 11), &[("created_at", true)]),
        filtered(three(7, 9, 11), &[("email", false)]),
    ]
}

/// Opens the lists and reads the same from the tables; milliseconds of each.
async fn answers(desk: Session, queries: Vec<ListQuery>) -> Result<(Vec<f64>, Vec<f64>)> {
    let (mut memory, mut tables) = (Vec::new(), Vec::new());
    for query in queries {
        let mut total = 0;
        for _ in 0..OPENED {
            let start = Instant::now();
            let opened = lists::list_open(&desk, query.clone()).await?;
            memory.push(start.elapsed().as_secs_f64() * 1e3);
            lists::list_close(&desk, opened.result);
            total = opened.total as usize;
        }
        let start = Instant::now();
        let rows = desk.engine().database().read(|db| list::rows(db, &query.clone().scoped())).await?;
        tables.push(start.elapsed().as_secs_f64() * 1e3);
        ensure!(rows.len() == total, "{query:?} has {total} rows in memory and {} in the tables", rows.len());
    }
    Ok((memory, tables))
}

/// Opens lists that are filtered and sorted, and counts those of views after a change.
pub async fn measure(report: &mut Report, desks: &mut Desks, people: usize) -> Result<()> {
    let (base, _) = desks.directory(people).await?;
    let figure = |what: &str, value: Value| Figure::new(NAME, people, what, value);
    let place = desks.place("filters");
    desks::copy(&base, &place)?;
    desks::forget_kept(&place)?;
    let first = desks::open(&place).await?;
    let read = desks::all_ready(&first).await?;
    // What was read is kept once all is ready, and closing waits for nobody.
    while fs::read_dir(&place)?.filter(is_kept).count() < KEPT {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    first.engine().close().await?;
    drop(first);
    let desk = desks::open(&place).await?;
    let ready = Value::seconds(&[desks::all_ready(&desk).await?]);
    let bar = if people >= 1_000_000 { 1.0 } else { 0.15 };
    let at_first = Value::seconds(&[read]);
    report.add(figure("search and filters ready after a start", ready).bar(Bar::Value(bar)));
    report.add(figure("  where nothing was kept", at_first));
    let columns = desk.engine().columns(RecordKind::Contact).context("columns")?;
    let mebibytes = columns.bytes() as f64 / f64::from(1 << 20);
    report.add(figure("memory of the columns", Value::one(Unit::Mebibytes, mebibytes)));

    let at = |values: &[f64], share: f64| Value::one(Unit::Milliseconds, percentile(values, share));
    let tables_say = "SQL on the same database";
    let one = single().into_iter().map(|filter| filtered(vec![filter], &[])).collect();
    for (what, queries) in [("one filter", one), ("three filters and an order", combined())] {
        // As the window's commands do, on one of the runtime's own threads.
        let (memory, tables) = tokio::spawn(answers(desk.clone(), queries)).await??;
        report.add(figure(&format!("{what}, p95"), at(&memory, 95.0)).bar(Bar::Value(50.0)));
        let ours = at(&memory, 50.0);
        report.add(figure(&format!("{what}, p50"), ours).against(tables_say, at(&tables, 50.0)).bar(Bar::Ratio(0.02)));
        report.add(figure(&format!("{what}, longest"), at(&memory, 100.0)));
    }

    let mut counted = Vec::new();
    let queries: Vec<ListQuery> = single().into_iter().take(8).map(|filter| filtered(vec![filter], &[])).collect();
    let opened = lists::list_open(&desk, filtered(Vec::new(), &[])).await?;
    for run in 0..OPENED as u32 {
        let window = lists::list_window(&desk, opened.result, run * 7 % opened.total, 1, &["city".to_owned()]).await?;
        let row = window.rows.into_iter().next().context("a row")?;
        let edit = FieldEdit {
            field: "city".to_owned(),
            before: row.cells[0].value.clone(),
            after: FieldValue::Text(format!("Newtown {run}")),
        };
        contacts::contact_edit(&desk, row.id, &[edit]).await?;
        let start = Instant::now();
        views::list_counts(&desk, queries.clone()).await?;
        counted.push(start.elapsed().as_secs_f64() * 1e3);
    }
    report.add(figure("counts of eight views after a change, p95", at(&counted, 95.0)).bar(Bar::Value(50.0)));
    desk.engine().close().await?;
    drop(desk);
    fs::remove_dir_all(&place)?;
    Ok(())
}
