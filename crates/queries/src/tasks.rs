//! Tasks as the day of a staff member has them.

use crate::view::View;
use liaison_domain::{Id, RecordKind};
use liaison_store::{Db, Sql, StoreError};

/// How many tasks about a contact are not done yet.
pub fn open_about(db: &Db<'_>, contact: Id) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM task WHERE contact=? AND deleted_at IS NULL AND done IS NOT 1";
    Ok(db.number(sql, &[Sql::Blob(contact.bytes())])? as u32)
}

/// The tasks that a staff member has not done yet, without those about contacts that are hidden.
pub struct OpenTasks<'a> {
    view: &'a View<'a>,
    shown: String,
    assignee: Id,
    today: &'a str,
    limit: i64,
}

impl<'a> OpenTasks<'a> {
    /// Those of `assignee`, `limit` of each list at most; `today` is the day, as `yyyy-mm-dd`.
    pub fn new(view: &'a View<'a>, assignee: Id, today: &'a str, limit: i64) -> Result<OpenTasks<'a>, StoreError> {
        Ok(OpenTasks { view, shown: view.shown(RecordKind::Task, "")?, assignee, today, limit })
    }

    /// Those that were due before today, the oldest first; each with when it reminds, in milliseconds since 1970.
    pub fn overdue(&self) -> Result<Vec<(Id, Option<i64>)>, StoreError> {
        self.list("due_on<?2", None)
    }

    /// Those that are due today, as [`OpenTasks::overdue`].
    pub fn due_today(&self) -> Result<Vec<(Id, Option<i64>)>, StoreError> {
        self.list("due_on=?2", None)
    }

    /// Those that are due later or on no day, and whose reminder has come at `now` (in milliseconds since 1970), as
    /// [`OpenTasks::overdue`].
    pub fn reminding(&self, now: i64) -> Result<Vec<(Id, Option<i64>)>, StoreError> {
        self.list("remind_at<=?4 AND (due_on IS NULL OR due_on>?2)", Some(now))
    }

    /// How many were due before today.
    pub fn overdue_count(&self) -> Result<u32, StoreError> {
        let bound = [Sql::Blob(self.assignee.bytes()), Sql::Text(self.today)];
        Ok(self.view.everything().number(&format!("SELECT count(*) {} AND due_on<?2", self.open()), &bound)? as u32)
    }

    fn list(&self, which: &str, now: Option<i64>) -> Result<Vec<(Id, Option<i64>)>, StoreError> {
        let sql = format!("SELECT id,remind_at {} AND {which} ORDER BY due_on,n LIMIT ?3", self.open());
        let mut bound = vec![Sql::Blob(self.assignee.bytes()), Sql::Text(self.today), Sql::Int(self.limit)];
        bound.extend(now.map(Sql::Int));
        self.view.everything().all(&sql, &bound, |row| Ok((row.id(0)?, row.optional_int(1))))
    }

    fn open(&self) -> String {
        format!("FROM task WHERE assignee=?1 AND deleted_at IS NULL AND done IS NOT 1{}", self.shown)
    }
}
