//! CSV into the directory, and into the list of users.

use crate::desks::{self, Desks};
use crate::report::{Bar, Figure, Report, Value};
use crate::shell::{self, Work};
use anyhow::Result;
use liaison_app::import;
use liaison_app::import::{ImportTarget, unwatched};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const NAME: &str = "import";
/// The year graduations are counted from.
const YEAR: i64 = 2026;

#[derive(Default)]
struct Times {
    open: Vec<Duration>,
    commit: Vec<Duration>,
    close: Vec<Duration>,
    index: Vec<Duration>,
    same_work: Vec<Duration>,
    bare: Vec<Duration>,
}

/// Imports a file of this many contacts into an empty desk, beside the sqlite3 shell.
pub async fn measure(report: &mut Report, desks: &mut Desks, contacts: usize, runs: usize) -> Result<()> {
    let file = desks.csv(contacts)?;
    let mut times = Times::default();
    for run in 0..runs {
        // Whoever comes first may find the machine in another state.
        if run % 2 == 0 {
            liaison(desks, &file, contacts, &mut times).await?;
            by_shell(desks, &shell::CONTACTS, &file, contacts, &mut times)?;
        } else {
            by_shell(desks, &shell::CONTACTS, &file, contacts, &mut times)?;
            liaison(desks, &file, contacts, &mut times).await?;
        }
    }
    let sum = |parts: &[&[Duration]]| {
        let runs: Vec<Duration> = (0..runs).map(|run| parts.iter().map(|part| part[run]).sum()).collect();
        Value::seconds(&runs)
    };
    let whole = sum(&[&times.open, &times.commit]);
    let ready = sum(&[&times.open, &times.commit, &times.index]);
    let shells = Value::seconds(&times.same_work);
    let same = "sqlite3: same work";
    let figure = |what: &str, value: Value| Figure::new(NAME, contacts, what, value);
    report.add(figure("import, file to commit", whole.clone()).against(same, shells.clone()).bar(Bar::Ratio(1.5)));
    report.add(
        figure("import, file to commit", whole)
            .against("sqlite3: bare .import", Value::seconds(&times.bare))
            .bar(Bar::Ratio(3.5)),
    );
    report.add(figure("import and search index", ready).against(same, shells));
    report.add(figure("  of it reading the file", Value::seconds(&times.open)));
    report.add(figure("  of it commit", Value::seconds(&times.commit)));
    report.add(figure("closing afterwards", Value::seconds(&times.close)));
    report.add(figure("dry run of the file", Value::seconds(&[dry_run(desks, &file).await?])));
    Ok(())
}

/// Imports a file of this many students and alumni into an empty desk, beside the sqlite3 shell.
pub async fn measure_users(report: &mut Report, desks: &Desks, users: usize, runs: usize) -> Result<()> {
    let file = desks.place(&format!("{users}-users.csv"));
    liaison_sample::write_students_csv(users, desks.seed(), YEAR, BufWriter::new(File::create(&file)?))?;
    desks::settle(&file);
    let mut times = Times::default();
    for run in 0..runs {
        if run % 2 == 1 {
            by_shell(desks, &shell::STUDENTS, &file, users, &mut times)?;
        }
        let directory = desks.place("users");
        let desk = desks::set_up(&directory).await?;
        desks::settle(&directory);
        let imported = desks::import_users(&desk, &file, users).await?;
        times.open.push(imported.open);
        times.commit.push(imported.commit);
        desk.engine().close().await?;
        fs::remove_dir_all(&directory)?;
        if run % 2 == 0 {
            by_shell(desks, &shell::STUDENTS, &file, users, &mut times)?;
        }
    }
    let whole: Vec<Duration> = times.open.iter().zip(&times.commit).map(|(open, commit)| *open + *commit).collect();
    let figure = |what: &str, value: Value| Figure::new("users", users, what, value);
    report.add(
        figure("import of users, file to commit", Value::seconds(&whole))
            .against("sqlite3: same work", Value::seconds(&times.same_work))
            .bar(Bar::Ratio(1.5)),
    );
    report.add(
        figure("import of users, file to commit", Value::seconds(&whole))
            .against("sqlite3: bare .import", Value::seconds(&times.bare)),
    );
    report.add(figure("  of it commit", Value::seconds(&times.commit)));
    fs::remove_file(&file)?;
    Ok(())
}

async fn liaison(desks: &mut Desks, file: &Path, contacts: usize, times: &mut Times) -> Result<()> {
    let directory = desks.place("import");
    let desk = desks::set_up(&directory).await?;
    desks::settle(&directory);
    let imported = desks::import(&desk, file, ImportTarget::Directory, contacts).await?;
    times.open.push(imported.open);
    times.commit.push(imported.commit);
    times.index.push(desks::search_ready(&desk).await?);
    let start = Instant::now();
    desk.engine().close().await?;
    times.close.push(start.elapsed());
    drop(desk);
    desks.keep_directory(contacts, &directory, imported.operation)
}

fn by_shell(desks: &Desks, work: &Work, file: &Path, rows: usize, times: &mut Times) -> Result<()> {
    let fresh = |name: &str| -> Result<PathBuf> {
        let directory = desks.place(name);
        fs::create_dir_all(&directory)?;
        desks::settle(&directory);
        Ok(directory)
    };
    let directory = fresh("shell")?;
    times.same_work.push(work.whole(file, &directory.join("same-work.db"), rows)?);
    fs::remove_dir_all(&directory)?;
    let directory = fresh("shell")?;
    times.bare.push(work.bare_import(file, &directory.join("bare.db"), rows)?);
    fs::remove_dir_all(&directory)?;
    Ok(())
}

async fn dry_run(desks: &Desks, file: &Path) -> Result<Duration> {
    let directory = desks.place("dry-run");
    let desk = desks::set_up(&directory).await?;
    let opened = import::import_open(&desk, file, None, &mut unwatched).await?;
    let start = Instant::now();
    import::import_dry_run(&desk, opened.session, ImportTarget::Directory, &mut unwatched).await?;
    let took = start.elapsed();
    desk.engine().close().await?;
    fs::remove_dir_all(&directory)?;
    Ok(took)
}
