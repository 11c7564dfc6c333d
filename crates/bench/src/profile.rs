//! Opening the profile of a contact with very many activities, beside one with a few.

use crate::desks::{self, Desks};
use crate::report::{Bar, Figure, Report, Unit, Value, percentile};
use anyhow::{Context as _, Result, bail};
use liaison_app::Session;
use liaison_app::activities::{ActivityOwner, ActivityTab};
use liaison_app::import::unwatched;
use liaison_app::{activities, contacts, import, lists};
use liaison_domain::filter::ListQuery;
use liaison_domain::{Id, RecordKind};
use std::fmt::Write as _;
use std::time::Instant;

const NAME: &str = "profile";

/// Activities of the one and of the other: half notes, a third tasks, the rest meetings.
const MANY: usize = 5_000;
const FEW: usize = 5;

/// How often each profile is opened, taking turns.
const OPENED: usize = 300;

/// Rows of the first page of activities.
const PAGE: u32 = 50;

/// Opens both profiles by turns: header, counts of the tabs, and the first page of activities.
pub async fn measure(report: &mut Report, desks: &mut Desks, contacts: usize) -> Result<()> {
    let (base, _) = desks.directory(contacts).await?;
    let place = desks.place("profile");
    desks::copy(&base, &place)?;
    let desk = desks::open(&place).await?;
    let list = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await?;
    let columns = ["email".to_owned()];
    let window = lists::list_window(&desk, list.result, 0, 2, &columns).await?;
    let [many, few] = &window.rows[..] else { bail!("two contacts are needed") };
    for (row, activities) in [(many, MANY), (few, FEW)] {
        let liaison_domain::parse::FieldValue::Text(email) = &row.cells[0].value else { bail!("a contact's address") };
        fill(&desk, &place, email, activities).await?;
    }
    let (many, few) = (many.id, few.id);
    // As after a start: nothing of either has been read yet.
    desk.engine().close().await?;
    drop(desk);
    let desk = desks::open(&place).await?;
    for (id, activities) in [(many, MANY), (few, FEW)] {
        let counted = activities::activity_counts(&desk, owner(id)).await?.activities;
        if counted as usize != activities {
            bail!("{counted} activities instead of {activities}");
        }
    }
    let times = tokio::spawn(by_turns(desk.clone(), many, few)).await??;
    desk.engine().close().await?;
    let figure = |what: &str, many: &[f64], few: &[f64]| {
        let at = |values: &[f64]| Value::one(Unit::Milliseconds, percentile(values, 50.0));
        Figure::new(NAME, contacts, what, at(many)).against("with 5", at(few))
    };
    report.add(figure("a profile with 5,000 activities, p50", &times.open.0, &times.open.1).bar(Bar::More(5.0)));
    report.add(figure("  header and counts of the tabs", &times.counts.0, &times.counts.1));
    report.add(figure("  its first activities", &times.page.0, &times.page.1));
    Ok(())
}

fn owner(id: Id) -> ActivityOwner {
    ActivityOwner { kind: RecordKind::Contact, id }
}

#[derive(Default)]
struct Times {
    open: (Vec<f64>, Vec<f64>),
    counts: (Vec<f64>, Vec<f64>),
    page: (Vec<f64>, Vec<f64>),
}

async fn by_turns(desk: Session, many: Id, few: Id) -> Result<Times> {
    let mut times = Times::default();
    for turn in 0..2 * OPENED {
        let first = turn % 2 == 0;
        let id = if first { many } else { few };
        let start = Instant::now();
        contacts::contact_get(&desk, id).await?;
        let counted = start.elapsed();
        let page = activities::activity_list(&desk, owner(id), ActivityTab::Activities, None, PAGE).await?;
        let whole = start.elapsed();
        if page.rows.len() != if first { PAGE as usize } else { FEW } {
            bail!("{} activities on the first page", page.rows.len());
        }
        for (times, time) in
            [(&mut times.open, whole), (&mut times.counts, counted), (&mut times.page, whole - counted)]
        {
            let times = if first { &mut times.0 } else { &mut times.1 };
            times.push(time.as_secs_f64() * 1e3);
        }
    }
    Ok(times)
}

/// Gives a contact activities, by importing them.
async fn fill(desk: &Session, place: &std::path::Path, email: &str, activities: usize) -> Result<()> {
    let (notes, tasks) = (activities / 2, activities / 3);
    let kinds = [
        (RecordKind::Note, "Contact,Text", notes),
        (RecordKind::Task, "Contact,Task", tasks),
        (RecordKind::Meeting, "Contact,Subject,Starts", activities - notes - tasks),
    ];
    for (kind, headers, rows) in kinds {
        let mut file = format!("{headers}\n");
        for row in 0..rows {
            let day = 1 + row % 28;
            let starts = if kind == RecordKind::Meeting { format!(",2026-03-{day:02} 10:00") } else { String::new() };
            writeln!(file, "{email},What happened as number {row}{starts}").context("a row")?;
        }
        // Beside the desk: the files in its own folder are not read.
        let path = place.with_file_name("activities.csv");
        std::fs::write(&path, file)?;
        let opened = import::import_open_as(desk, kind, &path, None, &mut unwatched).await?;
        let done = import::import_commit(desk, opened.session, &mut unwatched).await?;
        import::import_close(desk, opened.session);
        if done.created as usize != rows {
            bail!("{} of {rows} activities were imported", done.created);
        }
    }
    Ok(())
}
