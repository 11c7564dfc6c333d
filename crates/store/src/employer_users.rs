//! Employer users by row number.

use crate::error::StoreError;
use crate::sqlite::{Db, Sql, Statement};
use crate::table;
use liaison_domain::{Id, Value, employer_user};

/// Reads users as far as access and role need it; made for reading many.
pub struct Accounts<'d>(Statement<'d>);

/// A user as far as access and role need it.
pub struct Account {
    /// The user.
    pub id: Id,
    /// The value of [`employer_user::ACCESS`].
    pub access: Value,
    /// The value of [`employer_user::ROLE`].
    pub role: Value,
}

impl<'d> Accounts<'d> {
    /// Prepares the reading.
    pub fn prepare(db: &'d Db<'d>) -> Result<Accounts<'d>, StoreError> {
        Ok(Accounts(db.prepare("SELECT id,access,role FROM employer_user WHERE n=? AND deleted_at IS NULL")?))
    }

    /// The user in this row; `None` where it is gone.
    pub fn read(&mut self, row: u32) -> Result<Option<Account>, StoreError> {
        self.0.bind(&[Sql::Int(i64::from(row))])?;
        if !self.0.step()? {
            return Ok(None);
        }
        let account = Account {
            id: self.0.id(0)?,
            access: table::value(&self.0, 1, &employer_user::ACCESS),
            role: table::value(&self.0, 2, &employer_user::ROLE),
        };
        self.0.reset();
        Ok(Some(account))
    }
}

/// The user in row `n`, also one in the trash; `None` where there is none.
pub fn id_in(db: &Db<'_>, n: i64) -> Result<Option<Id>, StoreError> {
    db.first("SELECT id FROM employer_user WHERE n=?", &[Sql::Int(n)], |row| row.id(0))
}

/// Whether the user in this row can log in.
pub fn can_log_in(db: &Db<'_>, n: i64) -> Result<bool, StoreError> {
    Ok(db.number("SELECT access FROM employer_user WHERE n=?", &[Sql::Int(n)])? == 1)
}
