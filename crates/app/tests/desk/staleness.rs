//! Who has not been in contact, bounced, or never logged in (B7).

use crate::common::{TestDesk, desk, only_problem, sample};
use liaison_app::lists;
use liaison_app::lists::WINDOW_MOST;
use liaison_domain::built_in_view::CONTACTS;
use liaison_domain::field::CREATED_AT;
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::{Id, Record, RecordKind, Value, contact, email, employer_user, meeting, note, participation};

const DAY: i64 = 86_400_000;

/// A contact that was added so many days ago.
async fn added(desk: &TestDesk, name: &str, days: i64) -> Id {
    let mut record = Record::blank(RecordKind::Contact, desk.new_id());
    record.set(&CREATED_AT, Value::Moment(desk.now() as i64 - days * DAY));
    record.set(&contact::FIRST_NAME, name);
    record.set(&contact::LAST_NAME, "Lee");
    record.set(&contact::EMAIL, format!("{name}@x.example").to_lowercase().as_str());
    record.set(&contact::SOURCE, "admin");
    record.set(&contact::APPROVAL, contact::APPROVED);
    record.set(&contact::VISIBILITY, contact::STUDENTS);
    desk.write(|recorder| recorder.create(&record)).await;
    record.id
}

/// Something that happened with a contact so many days ago (negative: that is to come).
async fn happened(desk: &TestDesk, kind: RecordKind, contact: Id, days: i64, set: impl FnOnce(&mut Record, Value)) {
    let mut record = Record::blank(kind, desk.new_id());
    let at = Value::Moment(desk.now() as i64 - days * DAY);
    record.set(kind.field("contact").expect("a field"), contact);
    record.set(&CREATED_AT, at.clone());
    set(&mut record, at);
    desk.write(|recorder| recorder.create(&record)).await;
}

async fn days_ago(desk: &TestDesk, contact: Id) -> i64 {
    let mut query = ListQuery::all(RecordKind::Contact);
    query.search = String::new();
    let opened = lists::list_open(desk, query).await.expect("a list");
    let window =
        lists::list_window(desk, opened.result, 0, WINDOW_MOST, &["last_heard".to_owned()]).await.expect("a window");
    let row = window.rows.iter().find(|row| row.id == contact).expect("the contact");
    let FieldValue::Number(at) = row.cells[0].value else { panic!("never heard of") };
    (desk.now() as i64 - at) / DAY
}

async fn names(desk: &TestDesk, view: &str) -> Vec<String> {
    let view = CONTACTS.iter().find(|have| have.key == view).expect("a view");
    let opened = lists::list_open(desk, view.query()).await.expect("a list");
    let columns: Vec<String> = view.columns.iter().map(|key| (*key).to_owned()).collect();
    let window = lists::list_window(desk, opened.result, 0, WINDOW_MOST, &columns).await.expect("a window");
    window.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_from_the_person_counts_and_what_staff_typed_or_sent_does_not() {
    let desk = desk().await;
    let ann = added(&desk, "Ann", 900).await;
    assert_eq!(days_ago(&desk, ann).await, 900);
    happened(&desk, RecordKind::Task, ann, 1, |_, _| {}).await;
    happened(&desk, RecordKind::Email, ann, 2, |record, at| {
        record.set(&email::DIRECTION, email::SENT);
        record.set(&email::SENT_AT, at);
    })
    .await;
    happened(&desk, RecordKind::Meeting, ann, -30, |record, at| record.set(&meeting::STARTS_AT, at)).await;
    happened(&desk, RecordKind::Participation, ann, 3, |record, _| {
        record.set(&participation::PART, participation::ATTENDEE);
    })
    .await;
    happened(&desk, RecordKind::Note, ann, 4, |record, _| record.set(&note::TEXT, "Called.")).await;
    happened(&desk, RecordKind::Meeting, ann, 5, |record, at| record.set(&meeting::STARTS_AT, at)).await;
    happened(&desk, RecordKind::Email, ann, 6, |record, at| {
        record.set(&email::DIRECTION, email::BOUNCED);
        record.set(&email::SENT_AT, at);
    })
    .await;
    for part in [participation::INTERVIEWER, participation::ADDITIONAL_CONTACT] {
        happened(&desk, RecordKind::Participation, ann, 7, |record, _| record.set(&participation::PART, part)).await;
    }
    assert_eq!(days_ago(&desk, ann).await, 900, "nothing that staff or others wrote, sent or planned came from her");
    assert_eq!(names(&desk, "stale").await, ["Ann Lee"]);
    happened(&desk, RecordKind::Email, ann, 600, |record, at| {
        record.set(&email::DIRECTION, email::RECEIVED);
        record.set(&email::SENT_AT, at);
    })
    .await;
    assert_eq!(days_ago(&desk, ann).await, 600);
    assert_eq!(names(&desk, "stale").await, ["Ann Lee"]);
    happened(&desk, RecordKind::Participation, ann, 500, |record, _| {
        record.set(&participation::PART, participation::REGISTERED);
    })
    .await;
    assert_eq!(days_ago(&desk, ann).await, 500);
    assert!(names(&desk, "stale").await.is_empty(), "heard of less than 18 months ago");
    desk.set(ann, "title", "", "Dean").await;
    assert_eq!(days_ago(&desk, ann).await, 500, "an edit says nothing about the person");
}

#[tokio::test(flavor = "multi_thread")]
async fn log_ins_count_and_who_never_logged_in_is_a_view() {
    let desk = desk().await;
    let (ann, bo, _cy) = (added(&desk, "Ann", 900).await, added(&desk, "Bo", 900).await, added(&desk, "Cy", 900).await);
    let user = desk.user("ANN@x.example", "Default Access", true).await;
    desk.user("bo@x.example", "Default Access", false).await;
    assert_eq!(names(&desk, "never_logged_in").await, ["Ann Lee", "Bo Lee"], "Cy has no account");
    let at = desk.now() as i64 - 40 * DAY;
    desk.write(|recorder| {
        let located = liaison_store::table::get(recorder.db(), RecordKind::EmployerUser, user)?;
        let change = located.record.change(&employer_user::LAST_LOG_IN, Value::Moment(at));
        recorder.update(RecordKind::EmployerUser, located.n, user, change.as_slice())
    })
    .await;
    assert_eq!(days_ago(&desk, ann).await, 40);
    assert_eq!(names(&desk, "never_logged_in").await, ["Bo Lee"]);
    assert_eq!(names(&desk, "stale").await, ["Bo Lee", "Cy Lee"]);
    assert!(names(&desk, "bounced").await.is_empty());
    desk.write(|recorder| {
        let located = liaison_store::table::get(recorder.db(), RecordKind::Contact, bo)?;
        let change = located.record.change(&contact::BOUNCED_AT, Value::Moment(at));
        recorder.update(RecordKind::Contact, located.n, bo, change.as_slice())
    })
    .await;
    assert_eq!(names(&desk, "bounced").await, ["Bo Lee"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_cell_shows_is_what_the_list_is_sorted_by() {
    let desk = sample(400).await;
    let mut query = ListQuery::all(RecordKind::Contact);
    query.sort.push(SortKey { field: "last_heard".into(), descending: true });
    let opened = lists::list_open(&desk, query).await.expect("a list");
    let columns = ["last_heard".to_owned(), "last_log_in".to_owned()];
    let mut last = i64::MAX;
    for offset in (0..opened.total).step_by(WINDOW_MOST as usize) {
        let window = lists::list_window(&desk, opened.result, offset, WINDOW_MOST, &columns).await.expect("a window");
        for row in window.rows {
            let FieldValue::Number(at) = row.cells[0].value else { panic!("everybody was added once") };
            assert!(at <= last, "latest first");
            if let FieldValue::Number(log_in) = row.cells[1].value {
                assert!(log_in <= at);
            }
            last = at;
        }
    }
    let mut asked = ListQuery::all(RecordKind::Contact);
    let values = vec!["a while".to_owned()];
    asked.filter.push(Condition { field: "last_heard".into(), op: FilterOp::LongerAgoThan, values });
    assert_eq!(only_problem(lists::list_open(&desk, asked).await), ("last_heard".into(), Problem::NotAPeriod));
}
