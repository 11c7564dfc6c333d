//! Once a week the desk checks itself while nobody works, and remembers what it found.

use crate::common::desk;
use liaison_app::idle;

const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_at_rest_checks_itself_once_a_week() {
    let desk = desk().await;
    desk.add("Dana", "Reyes", "dana@acme.example").await;
    let begin = desk.now();
    let at = |later: u64| desk.engine().set_clock(Some(begin + later));
    at(0);
    desk.engine().touch();
    at(MINUTE);
    assert_eq!(idle::check_at_rest(&desk, false).await, Ok(None), "somebody works");
    at(10 * MINUTE);
    assert_eq!(idle::check_at_rest(&desk, true).await, Ok(None), "the battery is for whoever works");
    let report = idle::check_at_rest(&desk, false).await.expect("a check").expect("it was due");
    assert!(report.whole && report.records > 0);
    assert_eq!(idle::damage_notice(&desk).await, Ok(None));
    at(6 * DAY);
    assert_eq!(idle::check_at_rest(&desk, false).await, Ok(None), "not yet again");

    desk.database().write(|db| db.execute("UPDATE contact SET title='Forged'")).await.expect("tampered with");
    at(8 * DAY);
    let report = idle::check_at_rest(&desk, false).await.expect("a check").expect("it was due");
    assert!(!report.whole);
    let notice = idle::damage_notice(&desk).await.expect("an answer").expect("something is wrong");
    assert_eq!((notice.unreadable, notice.findings), (false, 1));
    assert_eq!(notice.checked_at, Some((begin + 8 * DAY) as i64));
}
