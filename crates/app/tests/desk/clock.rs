//! A clock in doubt is asked about: by it nothing is written, sent or erased.

use crate::common::{PASSCODE, TestDesk, desk, go_on, ids, values};
use liaison_app::history::HistoryQuery;
use liaison_app::{CommandError, clock, contacts, history, mail, security, start, trash};
use liaison_domain::clock::{AHEAD, BEHIND};
use liaison_domain::{OperationKind, RecordKind};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// The kinds of what stands in the journal, newest first.
async fn kinds(desk: &TestDesk) -> Vec<OperationKind> {
    let page = history::history_list(desk, &HistoryQuery { limit: 50, ..Default::default() }).await.expect("history");
    page.rows.into_iter().filter_map(|row| row.kind).collect()
}

async fn add(desk: &TestDesk) -> Result<(), CommandError> {
    let email = format!("dana{}@acme.example", desk.now());
    let person = values(&[("first_name", "Dana"), ("last_name", "Reyes"), ("email", &email)]);
    contacts::contact_create(desk, &person).await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_by_a_clock_far_from_the_last_use_until_somebody_looked() {
    let desk = desk().await;
    assert_eq!(clock::check_clock(&desk).await, Ok(None));
    let real = desk.now();
    for wrong in [real + AHEAD as u64 + DAY, real - BEHIND as u64 - DAY, 1] {
        desk.engine().set_clock(Some(wrong));
        let doubt = clock::check_clock(&desk).await.expect("looked").expect("in doubt");
        assert_eq!(doubt.now, wrong as i64);
        let before = kinds(&desk).await;
        let refused = add(&desk).await;
        assert_eq!(refused, Err(CommandError::ClockInDoubt { now: doubt.now, last: doubt.last }));
        assert!(security::lock(&desk).await.is_err(), "nor is an event");
        assert_eq!(kinds(&desk).await, before, "nothing was written");
        assert_eq!(clock::check_clock(&desk).await, Ok(Some(doubt)), "looking again believes nothing");
        desk.engine().set_clock(Some(real));
        assert_eq!(clock::check_clock(&desk).await, Ok(None), "set right");
        assert_eq!(clock::clock_doubt(&desk), None);
    }
    add(&desk).await.expect("work goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_it_is_right_is_believed_from_then_on() {
    let desk = desk().await;
    let summer = desk.now() + 90 * DAY;
    desk.engine().set_clock(Some(summer));
    let doubt = clock::check_clock(&desk).await.expect("looked").expect("in doubt");
    clock::clock_accept(&desk).await.expect("accepted");
    assert_eq!(clock::clock_doubt(&desk), None);
    assert_eq!(kinds(&desk).await[0], OperationKind::ClockAccept);
    let page = history::history_list(&desk, &HistoryQuery { limit: 1, ..Default::default() }).await.expect("history");
    assert_eq!(
        (page.rows[0].detail.clone(), page.rows[0].at),
        (doubt.last.unwrap_or_default().to_string(), summer as i64)
    );
    add(&desk).await.expect("work goes on");
    assert_eq!(clock::check_clock(&desk).await, Ok(None));
    clock::clock_accept(&desk).await.expect("nothing to accept");
    assert_eq!(kinds(&desk).await[0], OperationKind::ContactsCreate, "so nothing is written");
    desk.engine().set_clock(Some(summer - 90 * DAY));
    assert!(clock::check_clock(&desk).await.expect("looked").is_some(), "what was true before is not believed now");
}

/// A desk that is only read for months, day by day, never stands before a question.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_watched_is_not_asked_about() {
    let desk = desk().await;
    let begin = desk.now();
    for day in 0..80 {
        desk.engine().set_clock(Some(begin + day * DAY));
        assert_eq!(clock::check_clock(&desk).await, Ok(None), "day {day}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_by_a_clock_in_doubt_waits_for_the_answer_and_is_written_then() {
    let desk = desk().await;
    // As if it had been used two days from now.
    let later = (desk.now() + 2 * DAY) as i64;
    let keep = later.to_string();
    desk.database().write(|db| liaison_store::settings::set(db, "clock_believed", Some(&keep))).await.expect("written");
    let before = kinds(&desk).await;
    desk.engine().close().await.expect("closed");
    let TestDesk { desk, directory, .. } = desk;
    drop(desk);
    let opened = start::open(directory.path(), Some(PASSCODE)).await.expect("it opens");
    let desk = TestDesk::of(opened, directory);
    assert_eq!(clock::clock_doubt(&desk).expect("in doubt").last, Some(later));
    assert_eq!(kinds(&desk).await, before, "nothing was written yet");
    clock::clock_accept(&desk).await.expect("accepted");
    assert_eq!(kinds(&desk).await[..2], [OperationKind::SecurityOpen, OperationKind::ClockAccept]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trash_and_mail_wait() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    trash::delete(&desk, RecordKind::Contact, &ids(&[dana]), &mut go_on).await.expect("deleted");
    trash::purge(&desk).await.expect("noticed");
    let real = desk.now();
    desk.engine().set_clock(Some(real + 40 * DAY));
    for hour in 0..(40 * 24) {
        desk.engine().set_clock(Some(real + 40 * DAY + hour * 60 * 60 * 1000));
        assert_eq!(trash::purge(&desk).await, Ok(0), "hour {hour}");
    }
    let round = mail::send_due(&desk, desk.now() as i64).await.expect("a round");
    assert_eq!(round, liaison_app::mail::SendRound::default());
}
