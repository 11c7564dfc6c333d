//! Tasks: complete and reopen them, and what a staff member has to do today.

use super::local_day::{local_now, today};
use super::timeline::{Activity, Reader};
use crate::error::CommandError;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use chrono::{DateTime, Local};
use liaison_domain::{Id, OperationKind, Permission, RecordKind, Value, task};
use liaison_store::{Sql, StoreError, table};
use serde::Serialize;
use specta::Type;

/// Most tasks of each list on the first page.
const SHOWN: i64 = 50;

/// What the staff member at the desk has to do.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct MyDay {
    /// Tasks that were due before today, the oldest first.
    pub overdue: Vec<Activity>,
    /// Tasks that are due today.
    pub today: Vec<Activity>,
    /// Other tasks whose reminder has come.
    pub reminders: Vec<Activity>,
    /// Meetings that are still to come today, and later ones whose reminder has come.
    pub meetings: Vec<Activity>,
    /// How many tasks are overdue in all.
    pub overdue_total: u32,
}

/// Marks tasks as done, or opens them again.
pub async fn tasks_complete(session: &Session, ids: &[Id], done: bool) -> Result<Done, CommandError> {
    session.actor().require(Permission::EditContacts)?;
    let (changed, operation) = session
        .commit(Step::new(OperationKind::RecordsEdit), |recorder| {
            let mut changed = 0;
            for id in ids {
                session.require_shown(recorder.db(), RecordKind::Task, *id)?;
                let located = table::live(recorder.db(), RecordKind::Task, *id)?;
                if located.record.get(&task::DONE).as_flag() == done {
                    continue;
                }
                let change = located.record.change(&task::DONE, Value::Flag(done));
                recorder.update(RecordKind::Task, located.n, *id, change.as_slice())?;
                changed += 1;
            }
            Ok(changed)
        })
        .await?;
    Ok(Done { operation, changed, skipped: ids.len() as u32 - changed, users: 0 })
}

/// What the staff member at the desk has to do today.
pub async fn my_day(session: &Session) -> Result<MyDay, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let (today, now) = (today(session), session.now() as i64);
    let end_of_day = end_of_day(local_now(session));
    let me = session.actor().staff;
    let (tasks_seen, meetings_seen) =
        (session.seen_rows(RecordKind::Task, "").await?, session.seen_rows(RecordKind::Meeting, "").await?);
    let day = session.database().read(|db| {
        let mut reader = Reader::new(db, session.viewer(), &today, now);
        let mut read = |kind, sql: &str, bound: &[Sql<'_>]| -> Result<Vec<Activity>, StoreError> {
            let found = db.all(sql, bound, |row| {
                let id = Id::from_bytes(row.blob(0)).ok_or_else(|| StoreError::Damaged("an id".into()))?;
                Ok((id, row.optional_int(1)))
            })?;
            found.into_iter().map(|(id, at)| Ok(Activity { at, ..reader.activity(kind, id)? })).collect()
        };
        let mine = format!("FROM task WHERE assignee=?1 AND deleted_at IS NULL AND done IS NOT 1{tasks_seen}");
        let bound = [Sql::Blob(me.bytes()), Sql::Text(&today), Sql::Int(SHOWN), Sql::Int(now)];
        let tasks = |which: &str| format!("SELECT id,remind_at {mine} AND {which} ORDER BY due_on,n LIMIT ?3");
        Ok(MyDay {
            overdue: read(RecordKind::Task, &tasks("due_on<?2"), &bound[..3])?,
            today: read(RecordKind::Task, &tasks("due_on=?2"), &bound[..3])?,
            reminders: read(RecordKind::Task, &tasks("remind_at<=?4 AND (due_on IS NULL OR due_on>?2)"), &bound)?,
            meetings: read(
                RecordKind::Meeting,
                &format!(
                    "SELECT id,starts_at FROM meeting WHERE organizer=?1 AND deleted_at IS NULL{meetings_seen}
                        AND coalesce(ends_at,starts_at)>=?2
                        AND (starts_at<?3 OR starts_at-remind_minutes*60000<=?2) ORDER BY starts_at,n LIMIT ?4"
                ),
                &[Sql::Blob(me.bytes()), Sql::Int(now), Sql::Int(end_of_day), Sql::Int(SHOWN)],
            )?,
            overdue_total: db.number(&format!("SELECT count(*) {mine} AND due_on<?2"), &bound[..2])? as u32,
        })
    });
    Ok(day.await?)
}

/// The end of the day on the clock of this machine, in milliseconds since 1970.
fn end_of_day(now: DateTime<Local>) -> i64 {
    let tomorrow = now.date_naive().succ_opt();
    let midnight = tomorrow.and_then(|day| day.and_hms_opt(0, 0, 0)?.and_local_timezone(Local).earliest());
    // A midnight that a zone's clock leaves out is as far as a day from now.
    midnight.map_or_else(|| now.timestamp_millis() + 86_400_000, |moment| moment.timestamp_millis())
}
