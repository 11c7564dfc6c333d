//! Tasks: complete and reopen them, and what a staff member has to do today.

use super::timeline::{Activity, Reader};
use crate::caseload;
use crate::error::CommandError;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use liaison_domain::{Id, OperationKind, Permission, RecordKind, Value, task, time_zone};
use liaison_queries::meetings;
use liaison_queries::tasks::OpenTasks;
use liaison_store::StoreError;
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
    caseload::permit_kind(&session.actor(), RecordKind::Task)?;
    let (changed, operation) = session
        .commit(Step::new(OperationKind::RecordsEdit), |recorder| {
            let mut changed = 0;
            for id in ids {
                let located = session.view(recorder.db()).live(RecordKind::Task, *id)?;
                caseload::permit_completion(recorder.db(), &session.actor(), &located.record)?;
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
    let (today, now) = (session.today(), session.now() as i64);
    let end_of_day = time_zone::ends(today, session.zone());
    let today = today.to_string();
    let me = session.actor().staff;
    let day = session.read(|view| {
        let mut reader = Reader::new(view, &today, now);
        let mut read = |kind, found: Vec<(Id, Option<i64>)>| -> Result<Vec<Activity>, StoreError> {
            found.into_iter().map(|(id, at)| Ok(Activity { at, ..reader.activity(kind, id)? })).collect()
        };
        let mine = OpenTasks::new(view, me, &today, SHOWN)?;
        Ok(MyDay {
            overdue: read(RecordKind::Task, mine.overdue()?)?,
            today: read(RecordKind::Task, mine.due_today()?)?,
            reminders: read(RecordKind::Task, mine.reminding(now)?)?,
            meetings: read(RecordKind::Meeting, meetings::to_come(view, me, now, end_of_day, SHOWN)?)?,
            overdue_total: mine.overdue_count()?,
        })
    });
    Ok(day.await?)
}
