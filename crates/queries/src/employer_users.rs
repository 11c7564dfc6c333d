//! What is asked about employer users beside their records.

use liaison_domain::{Id, Value, employer_user};
use liaison_store::{Db, Sql, Statement, StoreError, table};

/// Whether a live user logs in with the address of this key.
pub fn has_address(db: &Db<'_>, email_key: &str) -> Result<bool, StoreError> {
    let sql = "SELECT count(*) FROM employer_user WHERE email_key=? AND deleted_at IS NULL";
    Ok(db.number(sql, &[Sql::Text(email_key)])? > 0)
}

/// A live user other than `user` who logs in with the address of this key.
pub fn other_with_address(db: &Db<'_>, email_key: &str, user: Id) -> Result<Option<Id>, StoreError> {
    let sql = "SELECT id FROM employer_user WHERE email_key=? AND deleted_at IS NULL AND id<>? LIMIT 1";
    db.first(sql, &[Sql::Text(email_key), Sql::Blob(user.bytes())], |row| row.id(0))
}

/// Whether the user in this row has chosen a password, as far as is known.
pub fn is_activated(db: &Db<'_>, n: i64) -> Result<bool, StoreError> {
    Ok(db.number("SELECT coalesce(not_activated,0) FROM employer_user WHERE n=?", &[Sql::Int(n)])? == 0)
}

/// How many live users an employer has.
pub fn count_of(db: &Db<'_>, employer: Id) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM employer_user WHERE employer=? AND deleted_at IS NULL";
    Ok(db.number(sql, &[Sql::Blob(employer.bytes())])? as u32)
}

/// A user in few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// First name, or "".
    pub first_name: String,
    /// Last name, or "".
    pub last_name: String,
    /// Address the person logs in with.
    pub email: String,
    /// The name of the employer.
    pub employer: Option<String>,
    /// The name of the role, or "".
    pub role: String,
    /// Whether the user can log in.
    pub access: bool,
    /// The last log-in, in milliseconds since 1970.
    pub last_log_in: Option<i64>,
    /// The user has chosen a password, as far as is known.
    pub activated: bool,
}

/// The user in this row in few words.
pub fn brief(db: &Db<'_>, n: i64) -> Result<Option<Brief>, StoreError> {
    let sql = "SELECT u.first_name,u.last_name,u.email,e.name,r.name,u.access,u.last_log_in,coalesce(u.not_activated,0) FROM employer_user u
        LEFT JOIN employer e ON e.id=u.employer LEFT JOIN role r ON r.id=u.role WHERE u.n=?";
    db.first(sql, &[Sql::Int(n)], |row| {
        Ok(Brief {
            first_name: row.text(0).to_owned(),
            last_name: row.text(1).to_owned(),
            email: row.text(2).to_owned(),
            employer: row.optional_text(3),
            role: row.text(4).to_owned(),
            access: row.int(5) == 1,
            last_log_in: row.optional_int(6),
            activated: row.int(7) == 0,
        })
    })
}

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
            access: table::value(&self.0, 1, &employer_user::ACCESS)?,
            role: table::value(&self.0, 2, &employer_user::ROLE)?,
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
