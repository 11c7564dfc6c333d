//! What happens with the contacts of a sample.

use crate::common::{desk, sample};
use liaison_app::mail::OutboxFilter;
use liaison_app::{activities, lists, mail, sample as samples, staff};
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::outbox::OutboxState;
use liaison_domain::{Id, Record, RecordKind, contact, employer_user, student, task};
use std::collections::HashSet;

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

/// From a thousand contacts on, several people work at the desk: load, private profiles and bounces can be tried.
#[tokio::test(flavor = "multi_thread")]
async fn a_large_sample_has_colleagues_and_what_comes_with_them() {
    let desk = sample(1_000).await;
    let people = staff::staff_list(&desk).await.expect("the staff");
    assert_eq!(people.len(), 5);
    assert_eq!(people.iter().filter(|person| person.deactivated).count(), 1);
    let loads: Vec<u32> = people.iter().filter(|person| !person.me).map(|person| person.cases).collect();
    assert_eq!(loads.iter().filter(|cases| **cases > 20).count(), 2, "{loads:?}");
    let me = desk.actor().staff;
    let contacts = desk.live(RecordKind::Contact).await;
    let others = |record: &&Record| record.get(&contact::OWNER).as_reference() != Some(me);
    assert!(contacts.values().any(|record| record.text(&contact::VISIBILITY) == contact::MYSELF && others(&record)));
    assert!(contacts.values().filter(|record| !record.get(&contact::BOUNCED_AT).is_empty()).count() > 5);
    // Welcome messages that came back: listed as refused, and in the outbox with whom they went to.
    let students = desk.live(RecordKind::Student).await;
    let refused: Vec<_> = students.values().filter(|record| !record.get(&student::BOUNCED_AT).is_empty()).collect();
    assert!((2..12).contains(&refused.len()), "{}", refused.len());
    let mut query = ListQuery::all(RecordKind::Student);
    query.filter.push(Condition::is(&student::STATUS, "refused"));
    assert_eq!(lists::list_count(&desk, query).await.expect("a count") as usize, refused.len());
    let bounced = OutboxFilter { state: Some(OutboxState::Bounced), ..OutboxFilter::default() };
    let outbox = mail::outbox_list(&desk, &bounced, 0, 50).await.expect("the outbox").rows;
    assert_eq!(outbox.len(), refused.len());
    assert!(outbox.iter().all(|row| refused.iter().any(|record| Some(record.id) == row.student)));
    let read = mail::outbox_get(&desk, outbox[0].id).await.expect("a message");
    assert!(read.text.contains("Northfield University has set up an account") && !read.text.contains("{{"));
    let addresses: HashSet<&str> = contacts.values().map(|record| record.text(&contact::EMAIL)).collect();
    let users = desk.live(RecordKind::EmployerUser).await;
    let alone = users.values().filter(|user| !addresses.contains(user.text(&employer_user::EMAIL)));
    assert_eq!(alone.count(), 6);
    let again = samples::sample_create(&desk, 1_000, 9, &mut |_| std::ops::ControlFlow::Continue(())).await;
    assert_eq!(again.map(|done| done.contacts), Ok(1_000));
    assert_eq!(staff::staff_list(&desk).await.expect("the staff").len(), 5, "nobody is there twice");
}
