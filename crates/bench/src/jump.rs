//! Opening the whole directory and jumping in it.

use crate::desks::{self, Desks};
use crate::fts::LARGE_CACHE;
use crate::report::{Bar, Figure, Report, Unit, Value, percentile};
use crate::search::{directory, directory_columns};
use anyhow::{Result, bail};
use liaison_app::Session;
use liaison_app::lists;
use liaison_domain::filter::{Condition, FilterOp};
use liaison_store::Sql;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::time::Instant;

const NAME: &str = "window";

/// How many windows are jumped to, and how many rows each has.
const JUMPS: usize = 400;
const ROWS: u32 = 60;

/// The statement a window would be read with if there were no result sets; the cells are those of the directory.
const OFFSET: &str = "SELECT t.id,t.first_name,t.last_name,t.title,t.employer,
        (SELECT r.name FROM employer r WHERE r.id=t.employer),t.approval,t.visibility,
        (SELECT u.access FROM employer_user u WHERE u.email_key=t.email_key AND u.deleted_at IS NULL LIMIT 1),
        t.email,t.work_phone,t.labels
    FROM contact t WHERE t.approval='approved' AND t.deleted_at IS NULL ORDER BY t.sort_name,t.n LIMIT 60 OFFSET ?";

/// Opens the directory and jumps to random places of it, beside OFFSET on the same database.
pub async fn measure(report: &mut Report, desks: &mut Desks, contacts: usize) -> Result<()> {
    let (base, _) = desks.directory(contacts).await?;
    let desk = desks::open(&base).await?;
    let without_index = Instant::now();
    let opened = lists::list_open(&desk, directory("")).await?;
    let without_index = without_index.elapsed();
    lists::list_close(&desk, opened.result);
    desks::search_ready(&desk).await?;
    let (opens, windows) = tokio::spawn(jumps(desk.clone())).await??;

    let mut by_title = directory("");
    let manager = Condition { field: "title".into(), op: FilterOp::Contains, values: vec!["manager".into()] };
    by_title.filter.push(manager);
    let filtered = Instant::now();
    let filtering = lists::list_open(&desk, by_title).await?;
    let filtered = filtered.elapsed();
    lists::list_close(&desk, filtering.result);

    let mut offsets = Vec::with_capacity(JUMPS);
    // Far fewer would do to see it, and at a million each takes its time.
    for place in places(opened.total).into_iter().step_by(if contacts >= 1_000_000 { 4 } else { 1 }) {
        let start = Instant::now();
        let rows = desk
            .engine()
            .database()
            .read(|db| {
                db.execute(LARGE_CACHE)?;
                db.all(OFFSET, &[Sql::Int(i64::from(place))], |row| Ok((row.blob(0).to_vec(), cells(row))))
            })
            .await?;
        offsets.push(start.elapsed().as_secs_f64() * 1e3);
        if rows.len() != ROWS as usize {
            bail!("{} rows instead of {ROWS}", rows.len());
        }
    }
    desk.engine().close().await?;

    let figure = |what: &str, value: Value| Figure::new(NAME, contacts, what, value);
    let at = |values: &[f64], share: f64| Value::one(Unit::Milliseconds, percentile(values, share));
    let name = "OFFSET";
    report.add(
        figure("jump of 60 rows, p50", at(&windows, 50.0)).against(name, at(&offsets, 50.0)).bar(Bar::Ratio(0.05)),
    );
    report.add(figure("jump of 60 rows, p95", at(&windows, 95.0)).against(name, at(&offsets, 95.0)));
    report.add(figure("opening the whole directory", at(&opens, 50.0)));
    report.add(figure(
        "  before the index is there",
        Value::of(Unit::Milliseconds, vec![without_index.as_secs_f64() * 1e3]),
    ));
    report.add(figure("the directory filtered by title", Value::seconds(&[filtered])));
    Ok(())
}

fn cells(row: &liaison_store::Statement<'_>) -> Vec<Option<String>> {
    (1..12).filter(|column| *column != 4).map(|column| row.optional_text(column)).collect()
}

/// The places jumped to, the same for both.
fn places(total: u32) -> Vec<u32> {
    let mut random = StdRng::seed_from_u64(2);
    let last = total.saturating_sub(ROWS);
    (0..JUMPS).map(|_| random.random_range(0..=last)).collect()
}

async fn jumps(desk: Session) -> Result<(Vec<f64>, Vec<f64>)> {
    let (mut opens, mut windows) = (Vec::new(), Vec::new());
    let mut opened = lists::list_open(&desk, directory("")).await?;
    for _ in 0..20 {
        lists::list_close(&desk, opened.result);
        let start = Instant::now();
        opened = lists::list_open(&desk, directory("")).await?;
        opens.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let columns = directory_columns();
    for place in places(opened.total) {
        let start = Instant::now();
        let window = lists::list_window(&desk, opened.result, place, ROWS, &columns).await?;
        windows.push(start.elapsed().as_secs_f64() * 1e3);
        if window.rows.len() != ROWS as usize {
            bail!("{} rows instead of {ROWS}", window.rows.len());
        }
    }
    lists::list_close(&desk, opened.result);
    Ok((opens, windows))
}
