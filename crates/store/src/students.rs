//! What is asked about students and alumni beside their records.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql, Statement};
use crate::table::{self, Located};
use liaison_domain::RecordKind;

/// Reads live students and alumni by address; made for reading many of them.
pub struct StudentByAddress<'d>(Statement<'d>);

impl<'d> StudentByAddress<'d> {
    /// Prepares the reading.
    pub fn prepare(db: &'d Db<'d>) -> Result<StudentByAddress<'d>, StoreError> {
        let columns = table::columns(db.registry(), RecordKind::Student);
        let sql = format!("SELECT n,id,{columns} FROM student WHERE email_key=? AND deleted_at IS NULL ORDER BY n");
        Ok(StudentByAddress(db.prepare(&sql)?))
    }

    /// The one with the address of this key; the oldest, where there are several.
    pub fn read(&mut self, email_key: &str) -> Result<Option<Located>, StoreError> {
        let statement = &mut self.0;
        statement.bind(&[Sql::Text(email_key)])?;
        if !statement.step()? {
            return Ok(None);
        }
        let id = statement.id(1)?;
        let found = Located { n: statement.int(0), record: table::record(statement, 2, RecordKind::Student, id) };
        statement.reset();
        Ok(Some(found))
    }
}
