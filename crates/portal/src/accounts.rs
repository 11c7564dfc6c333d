//! Accounts of the hub, whom they are at an institution, and logins.

use crate::ids::{id, uuid};
use crate::log::Open;
use crate::moment::new_id;
use crate::secrets::{digest, draw};
use crate::seen;
use anyhow::{Context as _, Result};
use liaison_domain::{Id, RecordKind, name};
use sqlx::{PgExecutor, Row as _};
use uuid::Uuid;

/// An account: one address and password at as many institutions as it is linked to.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// The address, as it was given.
    pub address: String,
    /// Argon2id, as PHC text.
    pub password: String,
    /// Whoever chose the password had read a letter of the hub. Else it was the link of an invitation, which the desk that
    /// sent it knew, too.
    pub proven: bool,
}

/// The password of somebody who gets an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Password {
    /// That of the account with the address: what was kept of it when it was compared.
    Own(String),
    /// A new one: what is kept of it.
    New(String),
}

/// Whom an account is at an institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Employer user or student.
    pub kind: RecordKind,
    /// The record.
    pub record: Id,
}

fn account(row: &sqlx::postgres::PgRow) -> Result<Account> {
    Ok(Account { id: row.try_get(0)?, address: row.try_get(1)?, password: row.try_get(2)?, proven: row.try_get(3)? })
}

/// The account with an address.
pub async fn by_address(with: impl PgExecutor<'_>, address: &str) -> Result<Option<Account>> {
    let row = sqlx::query("SELECT id,address,password,proven FROM account WHERE key=$1")
        .bind(name::email_key(address))
        .fetch_optional(with)
        .await?;
    row.as_ref().map(account).transpose()
}

/// The account with this id.
pub async fn by_id(with: impl PgExecutor<'_>, id: Uuid) -> Result<Option<Account>> {
    let row =
        sqlx::query("SELECT id,address,password,proven FROM account WHERE id=$1").bind(id).fetch_optional(with).await?;
    row.as_ref().map(account).transpose()
}

/// Whom an account is at an institution: nobody, somebody, or an employer user and a student.
pub async fn links(with: impl PgExecutor<'_>, institution: Id, account: Uuid) -> Result<Vec<Link>> {
    let rows = sqlx::query("SELECT kind,record FROM account_link WHERE account=$1 AND institution=$2 ORDER BY record")
        .bind(account)
        .bind(uuid(institution))
        .fetch_all(with)
        .await?;
    rows.iter().map(|row| Ok(Link { kind: kind(row.try_get(0)?)?, record: id(row.try_get(1)?)? })).collect()
}

/// The account that a record has.
pub async fn of_record(open: &mut Open, institution: Id, record: Id) -> Result<Option<Uuid>> {
    let account = sqlx::query_scalar("SELECT account FROM account_link WHERE institution=$1 AND record=$2");
    Ok(account.bind(uuid(institution)).bind(uuid(record)).fetch_optional(&mut **open).await?)
}

fn kind(number: i16) -> Result<RecordKind> {
    u8::try_from(number).ok().and_then(RecordKind::from_number).context("a kind of record")
}

/// Gives a record the account with this address. `by_letter` says that a letter of the hub proved the address: then an
/// account that somebody made by the link of an invitation only gets the new password, and is theirs who read the letter.
/// `None` where the account is not as it was when the password was compared.
pub async fn link(
    open: &mut Open,
    institution: Id,
    to: Link,
    address: &str,
    (password, by_letter): (&Password, bool),
) -> Result<Option<Uuid>> {
    let key = name::email_key(address);
    let kept = sqlx::query("SELECT id,address,password,proven FROM account WHERE key=$1 FOR UPDATE")
        .bind(&key)
        .fetch_optional(&mut **open)
        .await?;
    let account = match (kept.as_ref().map(account).transpose()?, password) {
        (Some(account), Password::Own(compared)) if account.password == *compared => account.id,
        (Some(account), Password::New(chosen)) if by_letter && !account.proven => {
            set_password(open, account.id, chosen).await?;
            account.id
        }
        (Some(_), _) | (None, Password::Own(_)) => return Ok(None),
        (None, Password::New(chosen)) => {
            let made: Option<Uuid> = sqlx::query_scalar(
                "INSERT INTO account(id,address,key,password,proven) VALUES($1,$2,$3,$4,$5)
                 ON CONFLICT (key) DO NOTHING RETURNING id",
            )
            .bind(uuid(new_id()))
            .bind(address)
            .bind(&key)
            .bind(chosen)
            .bind(by_letter)
            .fetch_optional(&mut **open)
            .await?;
            let Some(made) = made else { return Ok(None) };
            made
        }
    };
    sqlx::query("INSERT INTO account_link(institution,record,kind,account) VALUES($1,$2,$3,$4)")
        .bind(uuid(institution))
        .bind(uuid(to.record))
        .bind(to.kind as i16)
        .bind(account)
        .execute(&mut **open)
        .await?;
    Ok(Some(account))
}

/// Sets another password for whoever knows the one before, or has read a letter of the hub. Logins from before are over
/// with it, at all institutions.
pub async fn set_password(open: &mut Open, account: Uuid, password: &str) -> Result<()> {
    sqlx::query("UPDATE account SET password=$2,proven=true,changed=clock_timestamp() WHERE id=$1")
        .bind(account)
        .bind(password)
        .execute(&mut **open)
        .await?;
    Ok(())
}

/// Gives an account another address, which was proven. False where it has not the address it had when that was asked, or
/// another account has the new one.
pub async fn readdress(open: &mut Open, account: Uuid, from: &str, to: &str) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE account SET address=$3,key=$4,proven=true WHERE id=$1 AND key=$2
         AND NOT EXISTS (SELECT FROM account WHERE key=$4 AND id<>$1)",
    )
    .bind(account)
    .bind(name::email_key(from))
    .bind(to)
    .bind(name::email_key(to))
    .execute(&mut **open)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Ends every login of an account, at all institutions.
pub async fn end_logins(open: &mut Open, account: Uuid) -> Result<()> {
    sqlx::query("UPDATE account SET changed=clock_timestamp() WHERE id=$1").bind(account).execute(&mut **open).await?;
    Ok(())
}

/// The employer users that an account is, each with its institution.
pub async fn users_of(with: impl PgExecutor<'_>, account: Uuid) -> Result<Vec<(Id, Id)>> {
    let rows = sqlx::query("SELECT institution,record FROM account_link WHERE account=$1 AND kind=$2")
        .bind(account)
        .bind(RecordKind::EmployerUser as i16)
        .fetch_all(with)
        .await?;
    rows.iter().map(|row| Ok((id(row.try_get(0)?)?, id(row.try_get(1)?)?))).collect()
}

/// As many logins an account may have at an institution; the oldest ends.
const LOGINS: i64 = 10;

/// Logs an account in, as somebody. Returns the token, which the browser keeps.
pub async fn log_in(open: &mut Open, institution: Id, account: Uuid, as_whom: Link) -> Result<String> {
    let token = draw();
    sqlx::query(
        "INSERT INTO login(institution,hash,account,record,kind,made) VALUES($1,$2,$3,$4,$5,clock_timestamp())",
    )
    .bind(uuid(institution))
    .bind(digest(&token).as_slice())
    .bind(account)
    .bind(uuid(as_whom.record))
    .bind(as_whom.kind as i16)
    .execute(&mut **open)
    .await?;
    sqlx::query(
        "DELETE FROM login WHERE institution=$1 AND account=$2 AND hash IN
           (SELECT hash FROM login WHERE institution=$1 AND account=$2 ORDER BY made DESC OFFSET $3)",
    )
    .bind(uuid(institution))
    .bind(account)
    .bind(LOGINS)
    .execute(&mut **open)
    .await?;
    seen::note(open, institution, as_whom.kind, as_whom.record).await?;
    Ok(token)
}

/// A login that goes on.
#[derive(Clone, Copy, Debug)]
pub struct Login {
    /// The account.
    pub account: Uuid,
    /// Who is logged in.
    pub link: Link,
}

/// The login with this token: employers stay logged in for 12 hours without a click and a week in all, students, who
/// share computers, for 2 hours and 3 days. A login is over where the password was changed after it, or the account is no
/// longer linked with that record.
pub async fn login(open: &mut Open, institution: Id, token: &str) -> Result<Option<Login>> {
    let hash = digest(token);
    let row = sqlx::query(
        "SELECT l.account,l.kind,l.record,l.seen<now()-interval '5 minutes' FROM login l
         JOIN account a ON a.id=l.account AND a.changed<=l.made
         JOIN account_link k ON k.institution=l.institution AND k.record=l.record AND k.account=l.account
         WHERE l.institution=$1 AND l.hash=$2
           AND l.seen>now()-CASE WHEN l.kind=$3 THEN interval '2 hours' ELSE interval '12 hours' END
           AND l.made>now()-CASE WHEN l.kind=$3 THEN interval '3 days' ELSE interval '7 days' END",
    )
    .bind(uuid(institution))
    .bind(hash.as_slice())
    .bind(RecordKind::Student as i16)
    .fetch_optional(&mut **open)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if row.try_get(3)? {
        sqlx::query("UPDATE login SET seen=now() WHERE institution=$1 AND hash=$2")
            .bind(uuid(institution))
            .bind(hash.as_slice())
            .execute(&mut **open)
            .await?;
    }
    let link = Link { kind: kind(row.try_get(1)?)?, record: id(row.try_get(2)?)? };
    Ok(Some(Login { account: row.try_get(0)?, link }))
}

/// Ends one login.
pub async fn log_out(open: &mut Open, institution: Id, token: &str) -> Result<()> {
    sqlx::query("DELETE FROM login WHERE institution=$1 AND hash=$2")
        .bind(uuid(institution))
        .bind(digest(token).as_slice())
        .execute(&mut **open)
        .await?;
    Ok(())
}
