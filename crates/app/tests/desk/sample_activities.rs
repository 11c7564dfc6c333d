//! What happens with the contacts of a sample.

use crate::common::{desk, sample};
use liaison_app::activities;
use liaison_domain::{Id, Record, RecordKind, task};

/// Whatever the day a sample is made on, there is something to do, so that the first screen shows what it can.
#[tokio::test(flavor = "multi_thread")]
async fn a_sample_has_something_due_on_any_day() {
    for moment in ["2026-12-31T23:59:00Z", "2028-02-29T12:00:00Z", "2027-03-15T06:30:00Z"] {
        let desk = desk().await;
        let at = chrono::DateTime::parse_from_rfc3339(moment).expect("a moment").timestamp_millis() as u64;
        desk.engine().set_clock(Some(at));
        liaison_app::sample::sample_create(&desk, 120, 1, &mut |_| std::ops::ControlFlow::Continue(()))
            .await
            .expect("a sample");
        let day = activities::my_day(&desk).await.expect("a day");
        assert!(!day.overdue.is_empty() && !day.today.is_empty(), "{moment}: {day:?}");
    }
}

/// The sample has something of everything, the same for the same seed, and what came through something has it.
#[tokio::test(flavor = "multi_thread")]
async fn the_sample_lives() {
    let desk = sample(2_000).await;
    let kinds = [
        RecordKind::Task,
        RecordKind::Meeting,
        RecordKind::Event,
        RecordKind::Participation,
        RecordKind::InterviewSchedule,
        RecordKind::JobListing,
        RecordKind::Experience,
        RecordKind::Email,
        RecordKind::Employment,
    ];
    for kind in kinds {
        let records = desk.live(kind).await;
        assert!((2..=300).contains(&records.len()), "{} of {kind:?}", records.len());
        for record in records.values() {
            liaison_domain::entry::check(record).expect("what holds for records typed by hand");
        }
    }
    let queued = desk
        .number(
            "SELECT count(*) FROM contact c WHERE approval='pending' AND source='job_fair_registration' AND NOT EXISTS
                (SELECT 1 FROM participation p WHERE p.contact=c.id AND p.part='additional_contact')",
        )
        .await;
    assert_eq!(queued, 0);
    let titles = |records: std::collections::BTreeMap<Id, Record>| {
        records.into_values().map(|record| record.text(&task::TITLE).to_owned()).collect::<Vec<_>>()
    };
    let again = sample(2_000).await;
    assert_eq!(titles(desk.live(RecordKind::Task).await), titles(again.live(RecordKind::Task).await));
    desk.assert_whole().await;
}
