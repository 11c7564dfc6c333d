//! Links by mail: 256 random bits, of which the digest is kept, good for one purpose, one address and one time. Looking at
//! one changes nothing; only the form behind it uses it up, in the transaction that does what it is for.

use crate::ids::uuid;
use crate::log::Open;
use crate::secrets::{digest, draw};
use anyhow::Result;
use liaison_domain::Id;
use sqlx::Row as _;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An address that signs up is proven.
    SignUp,
    /// An employer user that is there already chooses a password.
    Claim,
    /// An employer user whose contact was rejected signs up anew.
    Again,
    /// Another password.
    Reset,
    /// Somebody joins the employer of the user who invited them.
    Colleague,
    /// Another address for an account: it went to the new one.
    Address,
    /// The address that an account had before: it went there.
    AddressBack,
}

/// What a link about an address is for, as its payload.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MovedAddress {
    /// The account.
    pub account: uuid::Uuid,
    /// The employer user, where it was asked.
    pub user: Id,
    /// The address that the account has until then.
    pub from: String,
}

impl Purpose {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Purpose::SignUp => "sign_up",
            Purpose::Claim => "claim",
            Purpose::Again => "again",
            Purpose::Reset => "reset",
            Purpose::Colleague => "colleague",
            Purpose::Address => "address",
            Purpose::AddressBack => "address_back",
        }
    }

    /// How long it is good for, in seconds.
    fn seconds(self) -> f64 {
        match self {
            Purpose::SignUp | Purpose::Claim | Purpose::Again | Purpose::Address => 24.0 * 60.0 * 60.0,
            Purpose::AddressBack => 7.0 * 24.0 * 60.0 * 60.0,
            Purpose::Reset => 60.0 * 60.0,
            Purpose::Colleague => 7.0 * 24.0 * 60.0 * 60.0,
        }
    }
}

/// A link that is good.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// What it is for.
    pub purpose: Purpose,
    /// Where it went: whoever has it reads this mailbox.
    pub address: String,
    /// What was typed when it was asked for, as JSON.
    pub payload: String,
}

/// Why a link is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spent {
    /// Nobody has sent it from here, or for something else.
    Unknown,
    /// It was used.
    Used,
    /// It is too old, or a newer one went out.
    Expired,
}

/// Makes a link. Earlier ones for this purpose to this address end where only the last may be good.
pub async fn make(open: &mut Open, institution: Id, ticket: &Ticket) -> Result<String> {
    let token = draw();
    if ticket.purpose == Purpose::Reset {
        sqlx::query("UPDATE ticket SET good_until=now() WHERE institution=$1 AND purpose=$2 AND address=$3 AND used IS NULL AND good_until>now()")
            .bind(uuid(institution))
            .bind(ticket.purpose.key())
            .bind(&ticket.address)
            .execute(&mut **open)
            .await?;
    }
    sqlx::query(
        "INSERT INTO ticket(institution,hash,purpose,address,payload,good_until)
         VALUES($1,$2,$3,$4,$5,now()+make_interval(secs=>$6))",
    )
    .bind(uuid(institution))
    .bind(digest(&token).as_slice())
    .bind(ticket.purpose.key())
    .bind(&ticket.address)
    .bind(&ticket.payload)
    .bind(ticket.purpose.seconds())
    .execute(&mut **open)
    .await?;
    Ok(token)
}

/// The ticket with this token, for one of these purposes. With `lock`, nobody else uses it until the transaction ends.
pub async fn look(
    open: &mut Open,
    institution: Id,
    token: &str,
    purposes: &[Purpose],
    lock: bool,
) -> Result<Result<Ticket, Spent>> {
    let locking = if lock { " FOR UPDATE" } else { "" };
    let sql = format!(
        "SELECT purpose,address,payload,used IS NOT NULL,good_until<=now() FROM ticket WHERE institution=$1 AND hash=$2{locking}"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(uuid(institution))
        .bind(digest(token).as_slice())
        .fetch_optional(&mut **open)
        .await?;
    let Some(row) = row else { return Ok(Err(Spent::Unknown)) };
    let key: String = row.try_get(0)?;
    let Some(purpose) = purposes.iter().find(|purpose| purpose.key() == key) else { return Ok(Err(Spent::Unknown)) };
    if row.try_get(3)? {
        return Ok(Err(Spent::Used));
    }
    if row.try_get(4)? {
        return Ok(Err(Spent::Expired));
    }
    Ok(Ok(Ticket { purpose: *purpose, address: row.try_get(1)?, payload: row.try_get(2)? }))
}

/// Uses a ticket up.
pub async fn spend(open: &mut Open, institution: Id, token: &str) -> Result<()> {
    sqlx::query("UPDATE ticket SET used=now(),payload='' WHERE institution=$1 AND hash=$2")
        .bind(uuid(institution))
        .bind(digest(token).as_slice())
        .execute(&mut **open)
        .await?;
    Ok(())
}
