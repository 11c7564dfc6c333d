//! The real window beside an empty one: how soon it shows something, and what memory its process takes.

use crate::desks::{self, Desks, PASSCODE};
use crate::display::{Display, Ended, HEIGHT};
use crate::machine::{self, Memory};
use crate::options::{Measure, Options};
use crate::report::{Bar, Figure, Report, Unit, Value};
use crate::screen::{Picture, Screen};
use anyhow::{Context, Result, bail};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Longest to wait for a window.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a window is left alone before its memory is read.
const REST: Duration = Duration::from_secs(10);
/// So long nothing changes on the screen once a window is complete.
const STILL: Duration = Duration::from_millis(1_500);
/// Where "Contacts" stands in the navigation.
const CONTACTS: [i16; 2] = [66, 105];
/// Where the names of a list are in a window of this size: right of the navigation, below bar, filters and header.
const NAMES: [Range<usize>; 2] = [260..480, 170..HEIGHT as usize];
/// So many lines of text at equal distances in that place are a list.
const LINES: usize = 10;

/// A program with a window.
struct Program {
    name: &'static str,
    path: PathBuf,
    desk: Option<PathBuf>,
}

#[derive(Default)]
struct Times {
    content: Vec<Duration>,
    rows: Vec<Duration>,
    /// What all processes of the window had worked when the last of that was there.
    worked: Vec<Duration>,
    memory: Option<Memory>,
}

/// Opens the app on a desk with this many contacts, and an empty window, by turns.
pub async fn measure(report: &mut Report, desks: &mut Desks, contacts: usize, options: &Options) -> Result<()> {
    let beside = |name: &str| -> Result<PathBuf> {
        let own = std::env::current_exe()?;
        Ok(own.parent().context("no directory of this program")?.join(name))
    };
    let app = std::env::var_os("LIAISON_BIN").map_or_else(|| beside("liaison"), |path| Ok(path.into()))?;
    let empty = beside("liaison-empty-window")?;
    for path in [&app, &empty] {
        if !path.exists() {
            report.skip(format!("the window: there is no {}; `cargo xtask bench` builds it", path.display()));
            return Ok(());
        }
    }
    let (base, _) = desks.directory(contacts).await?;
    let desk = desks.place("start");
    desks::copy(&base, &desk)?;
    let runs = if options.wants(Measure::Start) { options.runs.unwrap_or(5) } else { 1 };
    let programs = [
        Program { name: "empty", path: empty, desk: None },
        Program { name: "liaison", path: app, desk: Some(desk.clone()) },
    ];
    let directory = desks.place("");
    let measured = tokio::task::block_in_place(|| windows(&directory, &programs, runs, options));
    let [empty, app] = match measured {
        Ok(times) => times,
        Err(error) => {
            report.skip(format!("the window with {contacts} contacts: {error:#}"));
            fs::remove_dir_all(&desk)?;
            return Ok(());
        }
    };
    let unlock = Instant::now();
    liaison_store::key::load(&desk, Some(PASSCODE))?;
    let unlock = unlock.elapsed();
    fs::remove_dir_all(&desk)?;

    if options.wants(Measure::Start) {
        let figure = |what: &str, times: &[Duration]| Figure::new("cold start", contacts, what, Value::seconds(times));
        let held = |figure: Figure| if contacts <= 100_000 { figure.bar(Bar::Ratio(1.5)) } else { figure };
        let (name, limit) = ("empty window", |times: &[Duration]| Value::seconds(times));
        report.add(held(figure("start to rows of the directory", &app.rows).against(name, limit(&empty.content))));
        report.add(figure("start to first content", &app.content).against(name, limit(&empty.content)));
        if !app.worked.is_empty() && !empty.worked.is_empty() {
            let worked = figure("  work of all processes until then", &app.worked);
            report.add(worked.against(name, limit(&empty.worked)));
        }
        report.add(figure("  of it unwrapping the key with the passcode", &[unlock]));
    }
    if options.wants(Measure::Memory) {
        match (app.memory, empty.memory) {
            (Some(app), Some(empty)) => memory(report, contacts, app, empty),
            _ => report.skip("memory of the window: this system does not tell"),
        }
    }
    Ok(())
}

fn memory(report: &mut Report, contacts: usize, app: Memory, empty: Memory) {
    let mut add = |what: &str, of: fn(&Memory) -> f64, held: bool| {
        let value = |memory: &Memory| Value::one(Unit::Mebibytes, of(memory));
        let figure = Figure::new("memory", contacts, what, value(&app)).against("empty window", value(&empty));
        report.add(match (held, contacts) {
            (false, _) => figure,
            (true, ..=100_000) => figure.bar(Bar::Ratio(1.3)),
            // 200 MB.
            (true, _) => figure.bar(Bar::More((200e6_f64 / 1_048_576.0).round())),
        });
    };
    add("own process, proportional (PSS)", |memory| memory.proportional, true);
    add("own process, resident (RSS)", |memory| memory.resident, false);
    add("own process, most ever resident", |memory| memory.peak, false);
}

fn windows(directory: &Path, programs: &[Program; 2], runs: usize, options: &Options) -> Result<[Times; 2]> {
    let display = Display::start(directory)?;
    let screen = Screen::open(&display.name)?;
    let mut times = [Times::default(), Times::default()];
    // The first time fills caches of the system (fonts, libraries) that are there on every later day.
    for run in 0..=runs {
        let order = if run % 2 == 0 { [0, 1] } else { [1, 0] };
        for which in order {
            let (program, times) = (&programs[which], &mut times[which]);
            let (content, rows, mut process) = open(&display, &screen, program, run == 0, options)?;
            let worked = machine::family_seconds(process.0.id());
            if run == runs && options.wants(Measure::Memory) {
                machine::wait_until_idle(process.0.id(), PATIENCE);
                std::thread::sleep(REST);
                times.memory = machine::memory(&process.0.id().to_string());
            }
            if run > 0 {
                times.content.push(content);
                times.rows.extend(rows);
                times.worked.extend(worked.map(Duration::from_secs_f64));
            }
            process.0.kill()?;
            process.0.wait()?;
            screen.wait(PATIENCE, || Ok(()), Picture::is_empty)?;
        }
    }
    Ok(times)
}

/// Starts a program and watches its window: how long it took to the first content and, where it has a desk, to the
/// rows of the directory. The first time somebody has to go there; afterwards the app opens where it was left.
fn open(
    display: &Display,
    screen: &Screen,
    program: &Program,
    first: bool,
    options: &Options,
) -> Result<(Duration, Option<Duration>, Ended)> {
    let keep = |picture: &Picture, moment: &str| match &options.pictures {
        Some(folder) => {
            fs::create_dir_all(folder)?;
            picture.write(&folder.join(format!("{}-{moment}.ppm", program.name)))
        }
        None => Ok(()),
    };
    let environment: Vec<(&str, &Path)> = match &program.desk {
        Some(desk) => vec![("LIAISON_DATA", desk), ("LIAISON_PASSCODE", Path::new(PASSCODE))],
        None => Vec::new(),
    };
    let start = Instant::now();
    let mut process = display.spawn(&program.path, &environment)?;
    let mut alive = || match process.0.try_wait()? {
        Some(status) => bail!("{} ended before its window was there ({status})", program.path.display()),
        None => Ok(()),
    };
    let (at, picture) = screen
        .wait(PATIENCE, &mut alive, Picture::has_content)
        .with_context(|| format!("content of {}", program.name))?;
    let content = at.duration_since(start);
    keep(&picture, "content")?;
    if program.desk.is_none() {
        return Ok((content, None, process));
    }
    if first {
        screen.settle(PATIENCE, STILL, &mut alive)?;
        let [x, y] = CONTACTS;
        screen.click(x, y)?;
    }
    let [columns, lines] = NAMES;
    match screen.wait(PATIENCE, &mut alive, |picture| picture.has_list(columns.clone(), lines.clone(), LINES)) {
        Ok((at, picture)) => {
            keep(&picture, "rows")?;
            if first {
                // Let it take note of where it is.
                screen.settle(PATIENCE, STILL, &mut alive)?;
            }
            Ok((content, Some(at.duration_since(start)), process))
        }
        Err(error) => {
            keep(&screen.picture()?, "no-rows")?;
            Err(error.context("rows of the directory"))
        }
    }
}
