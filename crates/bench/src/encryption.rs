//! What encryption costs: the same database encrypted and plain.

use crate::desks::{self, Desks};
use crate::report::{Figure, Report, Unit, Value, percentile};
use crate::review::BARE_UPDATE;
use crate::search::{DIRECTORY_COLUMNS, typed};
use anyhow::{Context, Result};
use liaison_domain::filter::{Condition, FilterOp, ListQuery};
use liaison_domain::{Field, RecordKind};
use liaison_search::SearchIndex;
use liaison_store::group::Group;
use liaison_store::{Database, list};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const NAME: &str = "encryption";

/// How many windows of 60 rows are read.
const WINDOWS: usize = 300;

#[derive(Default)]
struct Times {
    index: Vec<Duration>,
    keystrokes: Vec<f64>,
    windows: Vec<f64>,
    filter: Vec<Duration>,
    update: Vec<Duration>,
}

/// Measures what the use cases do with the database, on an encrypted copy and on a plain one.
pub async fn measure(report: &mut Report, desks: &mut Desks, contacts: usize, runs: usize) -> Result<()> {
    let (base, _) = desks.queue(contacts).await?;
    let desk = desks::open(&desks.directory(contacts).await?.0).await?;
    let typed = typed(&desk).await?;
    desk.engine().close().await?;
    drop(desk);
    let copy = desks.place("encryption");
    let (mut encrypted, mut plain) = (Times::default(), Times::default());
    for run in 0..runs.max(3) {
        for step in if run % 2 == 0 { [true, false] } else { [false, true] } {
            if step {
                desks::copy(&base, &copy)?;
                once(desks::open_database(&copy).await?, &typed, &mut encrypted).await?;
            } else {
                decrypt(&base, &copy).await?;
                once(Database::open(&copy, None).await?, &typed, &mut plain).await?;
            }
        }
    }
    fs::remove_dir_all(&copy)?;
    let mut add = |what: &str, encrypted: Value, plain: Value| {
        report.add(Figure::new(NAME, contacts, what, encrypted).against("plain", plain));
    };
    let middle = |values: &[f64]| Value::one(Unit::Milliseconds, percentile(values, 50.0));
    add("keystroke, p50", middle(&encrypted.keystrokes), middle(&plain.keystrokes));
    add("building the index", Value::seconds(&encrypted.index), Value::seconds(&plain.index));
    add("60 random rows, p50", middle(&encrypted.windows), middle(&plain.windows));
    add("filter without an index", Value::seconds(&encrypted.filter), Value::seconds(&plain.filter));
    add("bare UPDATE of the queue", Value::seconds(&encrypted.update), Value::seconds(&plain.update));
    Ok(())
}

/// A copy of a closed desk's database without encryption.
async fn decrypt(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    let path = to.join("liaison.db");
    let path = path.to_str().context("the path is no UTF-8")?.replace('\'', "''");
    let database = desks::open_database(from).await?;
    database
        .maintain(|db| {
            db.execute(&format!("ATTACH DATABASE '{path}' AS plain KEY ''"))?;
            db.execute("SELECT sqlcipher_export('plain'); DETACH DATABASE plain")
        })
        .await?;
    database.close().await?;
    desks::settle(to);
    Ok(())
}

async fn once(database: Database, typed: &[String], times: &mut Times) -> Result<()> {
    let index = SearchIndex::new(RecordKind::Contact);
    let start = Instant::now();
    index.build(&database).await?;
    times.index.push(start.elapsed());
    for text in typed {
        let start = Instant::now();
        let found = index.search(text, &[Group::Pending, Group::Approved]);
        times.keystrokes.push(start.elapsed().as_secs_f64() * 1e3);
        found.context("the index is not there")?;
    }

    let columns: Vec<&Field> = DIRECTORY_COLUMNS.iter().filter_map(|key| RecordKind::Contact.field(key)).collect();
    let most = database.read(|db| db.number("SELECT max(n) FROM contact", &[])).await? as u32;
    let mut random = StdRng::seed_from_u64(3);
    for _ in 0..WINDOWS {
        let rows: Vec<u32> = (0..60).map(|_| random.random_range(1..=most)).collect();
        let start = Instant::now();
        database.read(|db| list::window(db, RecordKind::Contact, &rows, &columns)).await?;
        times.windows.push(start.elapsed().as_secs_f64() * 1e3);
    }

    let mut query = ListQuery::all(RecordKind::Contact);
    let manager = Condition { field: "title".into(), op: FilterOp::Contains, values: vec!["manager".into()] };
    query.filter.push(manager);
    let start = Instant::now();
    database.read(|db| list::rows(db, &query)).await?;
    times.filter.push(start.elapsed());

    let start = Instant::now();
    database.write(|db| db.run(BARE_UPDATE, &[])).await?;
    times.update.push(start.elapsed());
    Ok(database.close().await?)
}
