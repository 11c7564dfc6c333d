//! What it costs to know that the data is whole: the full check beside SQLite's own, the audit file and its check, and a
//! backup beside copying the file.

use crate::desks::{self, Desks};
use crate::machine;
use crate::report::{Figure, Report, Unit, Value};
use anyhow::{Result, ensure};
use liaison_app::audit_file::{self, AuditInput};
use liaison_app::files::Destination;
use liaison_app::import::unwatched;
use liaison_app::{backup, verify};
use std::fs::File;
use std::time::{Duration, Instant};

const NAME: &str = "check";

/// Measures on the desk of this size, whose journal has every record's creation.
pub async fn measure(report: &mut Report, desks: &mut Desks, contacts: usize, runs: usize) -> Result<()> {
    let (base, _) = desks.directory(contacts).await?;
    let place = desks.place("check");
    desks::copy(&base, &place)?;
    let desk = desks::open(&place).await?;
    let audit = desks.place("audit.jsonl");
    let (mut sqlite, mut full, mut export, mut checked) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut copies, mut backups) = (Vec::new(), Vec::new());
    let mut grown = 0.0_f64;
    for _ in 0..runs.clamp(2, 5) {
        sqlite.push(timed(desk.engine().database().read(|db| db.number("PRAGMA integrity_check", &[]))).await?.0);
        machine::forget_peak();
        let before = machine::memory("self").map_or(0.0, |memory| memory.resident);
        let (took, found) = timed(verify::check_all(&desk, &mut unwatched)).await?;
        ensure!(found.whole, "{found}");
        grown = grown.max(machine::memory("self").map_or(0.0, |memory| memory.peak) - before);
        full.push(took);
        let input = AuditInput { with_values: true };
        export.push(timed(audit_file::audit_export(&desk, input, Destination::Path(&audit), &mut unwatched)).await?.0);
        let began = Instant::now();
        ensure!(audit_file::check_file(&audit, &[])?.whole, "the audit file");
        checked.push(began.elapsed());
        let began = Instant::now();
        std::fs::copy(desk.engine().database().path(), desks.place("copy.db"))?;
        File::open(desks.place("copy.db"))?.sync_all()?;
        copies.push(began.elapsed());
        backups.push(timed(backup::backup_create(&desk)).await?.0);
    }
    desk.engine().close().await?;
    std::fs::remove_dir_all(&place)?;
    let mut add = |what: &str, value: Value, peer: (&str, Value)| {
        report.add(Figure::new(NAME, contacts, what, value).against(peer.0, peer.1));
    };
    let copied = || Value::seconds(&copies);
    add("full check", Value::seconds(&full), ("SQLite's integrity_check", Value::seconds(&sqlite)));
    add(
        "memory of the full check",
        Value::one(Unit::Mebibytes, grown),
        ("a limit", Value::one(Unit::Mebibytes, 100.0)),
    );
    add("audit file with values", Value::seconds(&export), ("checking it", Value::seconds(&checked)));
    add("backup, checked", Value::seconds(&backups), ("copying the file", copied()));
    Ok(())
}

async fn timed<T, E>(work: impl Future<Output = Result<T, E>>) -> Result<(Duration, T), E> {
    let began = Instant::now();
    let done = work.await?;
    Ok((began.elapsed(), done))
}
