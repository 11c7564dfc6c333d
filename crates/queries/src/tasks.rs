//! Tasks as the day of a staff member has them.

use liaison_domain::Id;
use liaison_store::StoreError;
use liaison_store::{Db, Sql};

/// The tasks that a staff member has not done yet.
pub struct OpenTasks<'a> {
    /// The staff member.
    pub assignee: Id,
    /// Which day it is, as `yyyy-mm-dd`.
    pub today: &'a str,
    /// Narrows them down; empty, or begins with " AND ".
    pub shown: &'a str,
    /// Most tasks of each list.
    pub limit: i64,
}

impl OpenTasks<'_> {
    /// Those that were due before today, the oldest first; each with when it reminds, in milliseconds since 1970.
    pub fn overdue(&self, db: &Db<'_>) -> Result<Vec<(Id, Option<i64>)>, StoreError> {
        self.list(db, "due_on<?2", None)
    }

    /// Those that are due today, as [`OpenTasks::overdue`].
    pub fn due_today(&self, db: &Db<'_>) -> Result<Vec<(Id, Option<i64>)>, StoreError> {
        self.list(db, "due_on=?2", None)
    }

    /// Those that are due later or on no day, and whose reminder has come at `now` (in milliseconds since 1970), as
    /// [`OpenTasks::overdue`].
    pub fn reminding(&self, db: &Db<'_>, now: i64) -> Result<Vec<(Id, Option<i64>)>, StoreError> {
        self.list(db, "remind_at<=?4 AND (due_on IS NULL OR due_on>?2)", Some(now))
    }

    /// How many were due before today.
    pub fn overdue_count(&self, db: &Db<'_>) -> Result<u32, StoreError> {
        let bound = [Sql::Blob(self.assignee.bytes()), Sql::Text(self.today)];
        Ok(db.number(&format!("SELECT count(*) {} AND due_on<?2", self.open()), &bound)? as u32)
    }

    fn list(&self, db: &Db<'_>, which: &str, now: Option<i64>) -> Result<Vec<(Id, Option<i64>)>, StoreError> {
        let sql = format!("SELECT id,remind_at {} AND {which} ORDER BY due_on,n LIMIT ?3", self.open());
        let mut bound = vec![Sql::Blob(self.assignee.bytes()), Sql::Text(self.today), Sql::Int(self.limit)];
        bound.extend(now.map(Sql::Int));
        db.all(&sql, &bound, |row| Ok((row.id(0)?, row.optional_int(1))))
    }

    fn open(&self) -> String {
        format!("FROM task WHERE assignee=?1 AND deleted_at IS NULL AND done IS NOT 1{}", self.shown)
    }
}
