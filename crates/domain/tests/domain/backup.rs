//! When a backup is due, and which go.

use liaison_domain::backup::*;
use proptest::prelude::*;
use std::collections::HashSet;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;

const NOW: i64 = 1_764_000_000_000;

fn kept(ago: i64, reason: BackupReason) -> Kept {
    Kept { made_at: NOW - ago, reason, size: 10, whole: true }
}

#[test]
fn names_say_whose_and_when() {
    assert_eq!(file_name("Northfield University", NOW), "liaison-northfield-university-20251124T160000Z");
    assert_eq!(file_name("St. John’s / “A&M”", NOW), "liaison-st-john-s-a-m-20251124T160000Z");
    assert_eq!(file_name("", NOW), "liaison-20251124T160000Z");
}

#[test]
fn one_is_due_after_a_pause_and_at_most_hourly() {
    assert!(!is_due(NOW, None, None), "nothing changed");
    assert!(is_due(NOW, Some(IDLE), None));
    assert!(!is_due(NOW, Some(IDLE - 1), None), "somebody is in the middle of something");
    assert!(!is_due(NOW, Some(IDLE), Some(NOW - HOUR + 1)));
    assert!(is_due(NOW, Some(IDLE), Some(NOW - HOUR)));
    assert!(is_due(NOW, Some(0), Some(NOW - LONGEST)), "people who never pause have backups, too");
    assert!(is_due(NOW, Some(IDLE), Some(NOW + DAY)), "the clock was set back");
}

#[test]
fn hourly_then_daily_then_weekly() {
    // Every half hour for 80 days.
    let all: Vec<Kept> = (0..80 * 48).map(|n| kept(n * HOUR / 2, BackupReason::Idle)).collect();
    let gone: HashSet<usize> = to_remove(&all, NOW, u64::MAX, &[]).into_iter().collect();
    let left: Vec<i64> = (0..all.len()).filter(|n| !gone.contains(n)).map(|n| NOW - all[n].made_at).collect();
    let between = |from: i64, to: i64| left.iter().filter(|ago| (from..to).contains(*ago)).count();
    assert!((24..=25).contains(&between(0, DAY)), "{}", between(0, DAY));
    assert!((30..=31).contains(&between(DAY, DAILY_FOR)), "{}", between(DAY, DAILY_FOR));
    assert!((7..=8).contains(&between(DAILY_FOR, 80 * DAY)), "{}", between(DAILY_FOR, 80 * DAY));
}

#[test]
fn the_oldest_go_where_room_is_short() {
    let all = [
        kept(60 * DAY, BackupReason::Manual),
        kept(2 * DAY, BackupReason::Idle),
        kept(DAY, BackupReason::Idle),
        kept(0, BackupReason::Idle),
    ];
    assert_eq!(to_remove(&all, NOW, 40, &[]), [0usize; 0]);
    assert_eq!(to_remove(&all, NOW, 30, &[]), [0]);
    assert_eq!(to_remove(&all, NOW, 0, &[]), [0, 1, 2], "the newest stays");
}

#[test]
fn what_was_erased_leaves_backups_in_time() {
    let all = [
        kept(100 * DAY, BackupReason::Idle),
        kept(50 * DAY, BackupReason::Manual),
        kept(35 * DAY, BackupReason::Restore),
        kept(DAY, BackupReason::Idle),
    ];
    let erasure = |ago: i64| Erasure { at: NOW - ago, since: NOW - 60 * DAY };
    assert_eq!(to_remove(&all, NOW, u64::MAX, &[erasure(30 * DAY)]), [1, 2], "the first never had it");
    assert_eq!(to_remove(&all, NOW, u64::MAX, &[erasure(30 * DAY - 1)]), [0usize; 0], "not yet");
    assert_eq!(to_remove(&all[..2], NOW, u64::MAX, &[erasure(30 * DAY)]), [0usize; 0], "the newest of all stays");
}

fn some() -> impl Strategy<Value = Vec<Kept>> {
    let one = (-2 * DAY..200 * DAY, 0..7usize, 0..50u64, any::<bool>());
    proptest::collection::vec(
        one.prop_map(|(ago, reason, size, whole)| Kept {
            made_at: NOW - ago,
            reason: BackupReason::ALL[reason],
            size,
            whole,
        }),
        0..60,
    )
}

proptest! {
    #[test]
    fn the_newest_and_the_newest_whole_always_stay(all in some(), room in 0..500u64) {
        let gone = to_remove(&all, NOW, room, &[]);
        let left: Vec<&Kept> = all.iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, kept)| kept).collect();
        let newest = |all: &mut dyn Iterator<Item = &Kept>| all.map(|kept| kept.made_at).max();
        prop_assert_eq!(newest(&mut all.iter()), newest(&mut left.iter().copied()));
        let whole = newest(&mut all.iter().filter(|kept| kept.whole));
        prop_assert_eq!(whole, newest(&mut left.iter().copied().filter(|kept| kept.whole)));
        for kept in &all {
            if matches!(kept.reason, BackupReason::Migration | BackupReason::Restore) && NOW - kept.made_at < BEFORE_CHANGE_DAYS * DAY {
                prop_assert!(left.contains(&kept));
            }
        }
    }

    #[test]
    fn what_stays_has_room_or_must_stay(all in some(), room in 0..500u64) {
        let gone = to_remove(&all, NOW, room, &[]);
        let left: Vec<Kept> = all.iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, kept)| *kept).collect();
        let must: u64 = left.iter().filter(|kept| NOW - kept.made_at < BEFORE_CHANGE_DAYS * DAY).map(|kept| kept.size).sum();
        let total: u64 = left.iter().map(|kept| kept.size).sum();
        // Beyond the room are only those that are safe: recent ones before a change, the newest, the newest whole.
        prop_assert!(total <= room.max(must) + 100, "{} of {}", total, room);
    }

    #[test]
    fn removing_again_removes_nothing_more(all in some(), room in 0..500u64, ago in 0..90 * DAY) {
        let erasures = [Erasure { at: NOW - ago, since: NOW - 120 * DAY }];
        let gone = to_remove(&all, NOW, room, &erasures);
        let left: Vec<Kept> = all.iter().enumerate().filter(|(at, _)| !gone.contains(at)).map(|(_, kept)| *kept).collect();
        prop_assert_eq!(to_remove(&left, NOW, room, &erasures), Vec::<usize>::new());
    }

    #[test]
    fn after_its_days_nothing_erased_is_left(all in some(), ago in ERASED_DAYS * DAY..90 * DAY) {
        let erasure = Erasure { at: NOW - ago, since: NOW - 120 * DAY };
        let gone = to_remove(&all, NOW, u64::MAX, &[erasure]);
        let newest = all.iter().map(|kept| kept.made_at).max();
        for (at, kept) in all.iter().enumerate() {
            let may_hold = kept.made_at < erasure.at && kept.made_at >= erasure.since;
            prop_assert!(!may_hold || Some(kept.made_at) == newest || gone.contains(&at));
        }
    }
}
