//! Backups: when one is due, what it is called, and which are kept.

use chrono::DateTime;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashSet;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// So long after the last change nobody is in the middle of something, in milliseconds.
pub const IDLE: i64 = 3 * MINUTE;
/// Where people work on and on, a backup is made all the same after so long, in milliseconds.
pub const LONGEST: i64 = 4 * HOUR;
/// One for each hour is kept so long, in milliseconds.
pub const HOURLY_FOR: i64 = DAY;
/// One for each day is kept so long, in milliseconds.
pub const DAILY_FOR: i64 = 31 * DAY;
/// Those made before a migration or a restore are kept so many days, whatever the rotation says.
pub const BEFORE_CHANGE_DAYS: i64 = 30;
/// So many days after something was erased, no backup holds it any more.
pub const ERASED_DAYS: i64 = 30;
/// How much room the backups of one place may take where nobody has chosen, in bytes.
pub const ROOM: u64 = 10_000_000_000;

/// Why a backup was made.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Type,
    EnumCount,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum BackupReason {
    /// A person asked for it.
    Manual,
    /// There were changes, and nobody was in the middle of something.
    Idle,
    /// There were changes when the program was closed.
    Closing,
    /// Before an import.
    Import,
    /// Before the database was brought to a newer version of the program.
    Migration,
    /// Before something was erased for good.
    Erasure,
    /// Before another backup took the place of the database.
    Restore,
}

impl BackupReason {
    /// Every reason.
    pub const ALL: [BackupReason; BackupReason::COUNT] =
        *BackupReason::VARIANTS.first_chunk().expect("as many as there are");

    /// The key as stored.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The reason with this key.
    pub fn from_key(key: &str) -> Option<BackupReason> {
        key.parse().ok()
    }
}

/// What is wrong with a file that should be a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum BackupProblem {
    /// It is some other file.
    #[error("this is not a Liaison backup")]
    NotABackup,
    /// It ends too early: it was not copied to its end.
    #[error("this backup was cut short")]
    CutShort,
    /// Its bytes are not those that were written.
    #[error("this backup is damaged: its bytes are not those that were written")]
    Altered,
    /// A newer version of the program made it.
    #[error("a newer version of Liaison made this backup; update Liaison to open it")]
    TooNew,
    /// The database in it is not whole, though the bytes are those that were written.
    #[error("the database in this backup is not whole")]
    NotWhole,
}

/// The name of a backup's file without its ending: the institution and the moment (milliseconds since 1970) in UTC, to
/// the second, so that names sort by time.
pub fn file_name(institution: &str, made_at: i64) -> String {
    let mut name = String::from("liaison-");
    for c in institution.to_lowercase().chars().take(60) {
        match c {
            c if c.is_alphanumeric() => name.push(c),
            _ if name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    if !name.ends_with('-') {
        name.push('-');
    }
    let at = DateTime::from_timestamp_millis(made_at).unwrap_or_default();
    name.push_str(&at.format("%Y%m%dT%H%M%SZ").to_string());
    name
}

/// Whether a backup is due by itself. Times are in milliseconds.
///
/// `idle` is how long ago the last change was that is in no backup, `None` where there is none; `last` when the last
/// backup was made, `None` where there is none. A last one in the future means that the clock was set back: then what
/// counts is that there are changes.
pub fn is_due(now: i64, idle: Option<i64>, last: Option<i64>) -> bool {
    let Some(idle) = idle else { return false };
    let since = last.map(|last| now - last).filter(|since| *since >= 0);
    let (hour, long) = since.map_or((true, false), |since| (since >= HOUR, since >= LONGEST));
    hour && idle >= IDLE || long
}

/// A backup in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// Why.
    pub reason: BackupReason,
    /// Bytes.
    pub size: u64,
    /// It was found whole when it was last looked at.
    pub whole: bool,
}

/// Something that was erased for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// When the oldest record in it was created, in milliseconds since 1970: older backups don't have it.
    pub since: i64,
}

impl Erasure {
    /// Whether a backup made at this moment may hold what was erased.
    fn is_in(&self, made_at: i64) -> bool {
        self.since <= made_at && made_at < self.at
    }
}

/// Which of the backups of one place go at `now`, by their places in `kept`.
///
/// Of those of the last day the newest of each hour stays, of the last month the newest of each day, of older ones the
/// newest of each week; those a person made stay beside them. Then the oldest go until the rest has `room` bytes. The
/// newest, the newest that is whole, and those made before a migration or a restore in the last [`BEFORE_CHANGE_DAYS`]
/// days are not touched by either.
///
/// What was erased [`ERASED_DAYS`] days ago goes with every backup that may hold it, but for the newest of all.
pub fn to_remove(kept: &[Kept], now: i64, room: u64, erasures: &[Erasure]) -> Vec<usize> {
    let mut newest_first: Vec<usize> = (0..kept.len()).collect();
    newest_first.sort_by_key(|at| std::cmp::Reverse((kept[*at].made_at, *at)));
    let newest = newest_first.first().copied();
    let newest_whole = newest_first.iter().copied().find(|at| kept[*at].whole);
    let is_safe = |at: usize| {
        let Kept { reason, made_at, .. } = kept[at];
        let before_change = matches!(reason, BackupReason::Migration | BackupReason::Restore);
        Some(at) == newest || Some(at) == newest_whole || before_change && now - made_at < BEFORE_CHANGE_DAYS * DAY
    };
    let holds_erased = |at: usize| {
        let due = |erasure: &&Erasure| now - erasure.at >= ERASED_DAYS * DAY;
        erasures.iter().filter(due).any(|erasure| erasure.is_in(kept[at].made_at))
    };
    let (mut gone, mut periods, mut taken, mut full) = (HashSet::new(), HashSet::new(), 0, false);
    for at in newest_first {
        let Kept { made_at, reason, size, .. } = kept[at];
        let age = now - made_at;
        let length = match age {
            _ if age < HOURLY_FOR => HOUR,
            _ if age < DAILY_FOR => DAY,
            _ => WEEK,
        };
        let first_of_its_period = periods.insert((length, made_at.div_euclid(length)));
        let stays = first_of_its_period || reason == BackupReason::Manual;
        full |= stays && taken + size > room;
        if Some(at) != newest && holds_erased(at) || !is_safe(at) && (full || !stays) {
            gone.insert(at);
        } else {
            taken += size;
        }
    }
    let mut gone: Vec<usize> = gone.into_iter().collect();
    gone.sort_unstable();
    gone
}
