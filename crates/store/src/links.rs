//! Which employer users are linked with a contact (M45): those with its address; where none is, those with one of its
//! further or former addresses, unless that is now the address of another contact.

use crate::bits::Bits;
use crate::error::StoreError;
use crate::sqlite::{Db, Sql, Statement};
use liaison_domain::viewer::Standing;
use liaison_domain::{Id, Record, contact, name, review};

/// No alias, as stored in the column `alias_keys`.
const NONE: &str = "[]";

/// How aliases are stored: a JSON array.
pub(crate) fn alias_text(keys: &[String]) -> String {
    // Texts have no way to fail as JSON.
    if keys.is_empty() { NONE.into() } else { serde_json::to_string(keys).unwrap_or_else(|_| NONE.into()) }
}

/// From the users `u` with the address of contact `t`.
pub(crate) const BY_ADDRESS: &str = "FROM employer_user u WHERE u.email_key=t.email_key AND u.deleted_at IS NULL";

/// From the users `u` with one of the aliases of contact `t`.
pub(crate) const BY_ALIAS: &str = "FROM employer_user u WHERE t.alias_keys<>'[]' AND u.deleted_at IS NULL
    AND u.email_key IN (SELECT value FROM json_each(t.alias_keys))
    AND NOT EXISTS(SELECT 1 FROM contact o WHERE o.email_key=u.email_key AND o.deleted_at IS NULL)";

/// The contact of user `t`, the same rule read from the other side, as [`contact::linked`] has it: the one with the user's
/// address, else one with it among its aliases. By their ids, which are the same on every computer; row numbers aren't.
pub(crate) const CONTACT_OF_USER: &str = "coalesce((SELECT c.id FROM contact c WHERE c.email_key=t.email_key
        AND c.deleted_at IS NULL ORDER BY c.id LIMIT 1),
    (SELECT c.id FROM contact c,json_each(c.alias_keys) j WHERE c.alias_keys<>'[]' AND c.deleted_at IS NULL
        AND j.value=t.email_key ORDER BY c.id LIMIT 1))";

/// The same for all users at once, as tables of a WITH: row numbers of users, and of their contacts where there are any.
/// SQLite takes the other columns from the row that `min` is of.
pub(crate) const LINKED: &str = "alias(key,contact,id) AS MATERIALIZED (
        SELECT j.value,c.n,min(c.id) FROM contact c,json_each(c.alias_keys) j
        WHERE c.alias_keys<>'[]' AND c.deleted_at IS NULL GROUP BY 1),
    linked(user,contact,id) AS MATERIALIZED (
        SELECT u.n,coalesce(c.n,a.contact),min(c.id) FROM employer_user u
            LEFT JOIN contact c ON c.email_key=u.email_key AND c.deleted_at IS NULL
            LEFT JOIN alias a ON a.key=u.email_key
        WHERE u.deleted_at IS NULL GROUP BY u.n)";

/// The contact of a user, if there is one.
pub fn contact_of(db: &Db<'_>, user: Id) -> Result<Option<Id>, StoreError> {
    let sql = format!("SELECT {CONTACT_OF_USER} FROM employer_user t WHERE t.id=?");
    Ok(db.first(&sql, &[Sql::Blob(user.bytes())], |row| row.optional_id(0))?.flatten())
}

/// The rows of the users whose profile is not open, as `open` finds by the linked contact.
pub fn private_users(db: &Db<'_>, open: impl Fn(Option<&Standing<'_>>) -> bool) -> Result<Bits, StoreError> {
    let sql = format!(
        "WITH {LINKED} SELECT l.user,c.n,c.approval,c.visibility,c.owner,c.employer FROM linked l LEFT JOIN contact c ON c.n=l.contact"
    );
    let mut bits = Bits::new(db.number("SELECT coalesce(max(n),0)+1 FROM employer_user", &[])? as usize);
    let mut statement = db.prepare(&sql)?;
    while statement.step()? {
        let (owner, employer) = (statement.optional_id(4)?, statement.optional_id(5)?);
        let standing = (!statement.is_null(1)).then(|| Standing {
            approval: statement.text(2),
            visibility: statement.text(3),
            owner,
            employer,
            deleted: false,
        });
        if !open(standing.as_ref()) {
            bits.set(statement.int(0) as usize);
        }
    }
    Ok(bits)
}

/// Reads the row numbers of the users linked with contacts; made for reading many of them.
pub struct LinkedByAlias<'d>(Statement<'d>);

impl<'d> LinkedByAlias<'d> {
    /// Prepares the reading.
    pub fn prepare(db: &'d Db<'d>) -> Result<LinkedByAlias<'d>, StoreError> {
        let sql = "SELECT u.n FROM employer_user u WHERE u.deleted_at IS NULL
                AND u.email_key IN (SELECT value FROM json_each(?))
                AND NOT EXISTS(SELECT 1 FROM contact o WHERE o.email_key=u.email_key AND o.deleted_at IS NULL)
             ORDER BY u.n";
        Ok(LinkedByAlias(db.prepare(sql)?))
    }

    /// The users with one of these aliases, as the column `alias_keys` has them, by row number.
    pub fn read(&mut self, alias_keys: &str) -> Result<Vec<i64>, StoreError> {
        let mut rows = Vec::new();
        if alias_keys != NONE {
            self.0.bind(&[Sql::Text(alias_keys)])?;
            while self.0.step()? {
                rows.push(self.0.int(0));
            }
            self.0.reset();
        }
        Ok(rows)
    }
}

/// The users linked with a contact, those with its own address first: row number and id.
pub fn users_of(db: &Db<'_>, record: &Record) -> Result<Vec<(i64, Id)>, StoreError> {
    let located = |row: &Statement<'_>| Ok((row.int(0), row.id(1)?));
    let key = name::email_key(record.text(&contact::EMAIL));
    let by_address = "SELECT n,id FROM employer_user WHERE email_key=? AND deleted_at IS NULL ORDER BY n";
    let users = if key.is_empty() { Vec::new() } else { db.all(by_address, &[Sql::Text(&key)], located)? };
    if !users.is_empty() {
        return Ok(users);
    }
    let aliases = contact::alias_keys(record);
    if aliases.is_empty() {
        return Ok(users);
    }
    let mut users = Vec::new();
    for n in LinkedByAlias::prepare(db)?.read(&alias_text(&aliases))? {
        users.extend(db.all("SELECT n,id FROM employer_user WHERE n=?", &[Sql::Int(n)], located)?);
    }
    Ok(users)
}

/// A contact with its linked users, as far as review needs them. An address has one user as a rule; two desks, or a
/// sync, may still have made two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// The contact.
    pub id: Id,
    /// Its approval status.
    pub approval: String,
    /// The users: row number, id, and what counts of each.
    pub users: Vec<(i64, Id, review::LinkedUser)>,
}

/// Reads live contacts with their linked users by row number; made for reading many of them.
pub struct ReviewedByRow<'d> {
    contact: Statement<'d>,
    by_alias: LinkedByAlias<'d>,
    user: Statement<'d>,
}

impl<'d> ReviewedByRow<'d> {
    /// Prepares the reading.
    pub fn prepare(db: &'d Db<'d>) -> Result<ReviewedByRow<'d>, StoreError> {
        Ok(ReviewedByRow {
            contact: db.prepare(
                "SELECT c.id,c.approval,u.n,u.id,u.role,u.access,c.alias_keys FROM contact c
                    LEFT JOIN employer_user u ON u.email_key=c.email_key AND u.deleted_at IS NULL
                 WHERE c.n=? AND c.deleted_at IS NULL",
            )?,
            by_alias: LinkedByAlias::prepare(db)?,
            user: db.prepare("SELECT id,role,access FROM employer_user WHERE n=?")?,
        })
    }

    /// The contact in this row; `None` where it is gone or in the trash.
    pub fn read(&mut self, n: i64) -> Result<Option<Reviewed>, StoreError> {
        let row = &mut self.contact;
        row.bind(&[Sql::Int(n)])?;
        let (mut found, mut aliases): (Option<Reviewed>, String) = (None, String::new());
        while row.step()? {
            let found = match &mut found {
                Some(found) => found,
                none => none.insert(Reviewed { id: row.id(0)?, approval: row.text(1).to_owned(), users: Vec::new() }),
            };
            match row.optional_int(2) {
                Some(n) => found.users.push((n, row.id(3)?, linked_user(row, 4)?)),
                None => aliases = row.text(6).to_owned(),
            }
        }
        if let Some(found) = found.as_mut().filter(|found| found.users.is_empty()) {
            for n in self.by_alias.read(&aliases)? {
                let user = &mut self.user;
                user.bind(&[Sql::Int(n)])?;
                while user.step()? {
                    found.users.push((n, user.id(0)?, linked_user(user, 1)?));
                }
            }
        }
        Ok(found)
    }
}

/// A user's role and access, in columns that follow each other.
fn linked_user(row: &Statement<'_>, first: usize) -> Result<review::LinkedUser, StoreError> {
    Ok(review::LinkedUser { role: row.optional_id(first)?, access: row.int(first + 1) == 1 })
}
