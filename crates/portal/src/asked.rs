//! Whoever asks for a letter gets one answer: a form writes one row, and what is sent is decided here, later. So neither
//! the answer nor how long it takes says whether somebody is known.

use crate::accounts;
use crate::employers;
use crate::ids::uuid;
use crate::letters::{self, Words};
use crate::log::{Log, Open};
use crate::lookup;
use crate::moment::new_id;
use crate::outbox;
use crate::site::{self, Site};
use crate::tickets::{self, Purpose, Ticket};
use anyhow::Result;
use liaison_domain::{Id, RecordKind, employer_user, name, organization};
use liaison_intake::sign_up::waits_again;
use sqlx::{PgPool, Row as _};
use uuid::Uuid;

/// Longest what was typed may be, in bytes, as JSON.
pub const LONGEST: usize = 8 * 1024;

/// What a letter was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// To sign up at `/hire`.
    SignUp,
    /// Another password; where the form was, there the link leads.
    Reset,
    /// To join the employer of whom invited them: the payload is the employer user who did.
    Colleague,
    /// Another address for an account; the payload is a [`tickets::MovedAddress`].
    Address,
}

impl For {
    fn key(self) -> &'static str {
        match self {
            For::SignUp => "sign_up",
            For::Reset => "reset",
            For::Colleague => "colleague",
            For::Address => "address",
        }
    }
}

/// Writes down that somebody asked.
pub async fn ask(log: &dyn Log, institution: Id, what: For, address: &str, payload: &str) -> Result<()> {
    let mut open = log.begin(institution).await?;
    sqlx::query("INSERT INTO asked(institution,id,purpose,address,payload) VALUES($1,$2,$3,$4,$5)")
        .bind(uuid(institution))
        .bind(uuid(new_id()))
        .bind(what.key())
        .bind(address)
        .bind(payload)
        .execute(&mut *open)
        .await?;
    outbox::due(&mut open, institution).await?;
    Ok(open.commit().await?)
}

/// Answers what was asked at an institution: letters, put into the outbox in the transaction that takes the question.
pub(crate) async fn answer(log: &dyn Log, pool: &PgPool, institution: Id) -> Result<()> {
    let Some(origin) = site::origin_of(pool, institution).await? else { return Ok(()) };
    loop {
        let mut open = log.begin(institution).await?;
        let row = sqlx::query(
            "DELETE FROM asked WHERE institution=$1 AND id=
               (SELECT id FROM asked WHERE institution=$1 ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED)
             RETURNING purpose,address,payload",
        )
        .bind(uuid(institution))
        .fetch_optional(&mut *open)
        .await?;
        let Some(row) = row else { return Ok(()) };
        let (purpose, address, payload): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        if let Some(site) = site::read(log, &mut open, institution, origin.clone()).await? {
            let words = match purpose.as_str() {
                "sign_up" => vec![sign_up(log, &mut open, &site, &address, payload).await?],
                "colleague" => vec![colleague(log, &mut open, &site, &address, payload).await?],
                "address" => other_address(&mut open, &site, &address, payload).await?,
                _ => reset(&mut open, &site, &address).await?.into_iter().collect(),
            };
            for (to, words) in words {
                outbox::put(&mut open, institution, &to, &words).await?;
            }
        }
        open.commit().await?;
    }
}

type Letter = (String, Words);

/// The employer user with an address, and the account it has.
pub(crate) async fn user_with(
    log: &dyn Log,
    open: &mut Open,
    institution: Id,
    address: &str,
) -> Result<Option<(liaison_domain::Record, Option<Uuid>)>> {
    let key = name::email_key(address);
    let key = (lookup::Purpose::Address, RecordKind::EmployerUser, key.as_str());
    let users = site::found(log, open, institution, key).await?;
    let Some(user) = users.into_iter().next() else { return Ok(None) };
    let account = accounts::of_record(open, institution, user.id).await?;
    Ok(Some((user, account)))
}

async fn sign_up(log: &dyn Log, open: &mut Open, site: &Site, address: &str, payload: String) -> Result<Letter> {
    let institution = &site.look.name;
    Ok(match user_with(log, open, site.institution, address).await? {
        Some((user, Some(_))) if waits_again_for(log, open, site, &user).await? => {
            let to = user.text(&employer_user::EMAIL).to_owned();
            let ticket = Ticket { purpose: Purpose::Again, address: to.clone(), payload: String::new() };
            let token = tickets::make(open, site.institution, &ticket).await?;
            (to, letters::again(institution, site.link(&format!("/hire/again?token={token}"))))
        }
        Some((user, Some(_))) => {
            // To the address as it is kept, never as it was typed: two spellings with one key are two mailboxes somewhere.
            (user.text(&employer_user::EMAIL).to_owned(), letters::has_account(institution, site.link("/hire/log-in")))
        }
        Some((user, None)) => {
            let to = user.text(&employer_user::EMAIL).to_owned();
            let ticket = Ticket { purpose: Purpose::Claim, address: to.clone(), payload: String::new() };
            let token = tickets::make(open, site.institution, &ticket).await?;
            (to, letters::claim(institution, site.link(&format!("/hire/confirm?token={token}"))))
        }
        None if !employers::there(log, open, site, address).await?.as_ref().admits(address) => {
            let by_invitation = site.record.text(&organization::INSTITUTION_SIGN_UP) == organization::BY_INVITATION;
            (address.to_owned(), letters::not_open(institution, by_invitation, site.link("/hire")))
        }
        None => {
            let ticket = Ticket { purpose: Purpose::SignUp, address: address.to_owned(), payload };
            let token = tickets::make(open, site.institution, &ticket).await?;
            (address.to_owned(), letters::confirm(institution, site.link(&format!("/hire/confirm?token={token}"))))
        }
    })
}

/// Whether the contact of a user was rejected: signing up anew, it waits again (M32).
async fn waits_again_for(log: &dyn Log, open: &mut Open, site: &Site, user: &liaison_domain::Record) -> Result<bool> {
    let there = employers::there(log, open, site, user.text(&employer_user::EMAIL)).await?;
    Ok(there.known.as_ref().and_then(waits_again).is_some())
}

/// A letter to a colleague who was invited. Whoever is known here already gets the letter of whoever signs up.
async fn colleague(log: &dyn Log, open: &mut Open, site: &Site, address: &str, inviter: String) -> Result<Letter> {
    if user_with(log, open, site.institution, address).await?.is_some() {
        return sign_up(log, open, site, address, String::new()).await;
    }
    let ticket = Ticket { purpose: Purpose::Colleague, address: address.to_owned(), payload: inviter };
    let token = tickets::make(open, site.institution, &ticket).await?;
    let link = site.link(&format!("/hire/join?token={token}"));
    Ok((address.to_owned(), letters::colleague(&site.look.name, link)))
}

/// A letter to both addresses: a link to the new one, unless another account has it; a notice to the old one.
async fn other_address(open: &mut Open, site: &Site, address: &str, payload: String) -> Result<Vec<Letter>> {
    let asked: tickets::MovedAddress = serde_json::from_str(&payload)?;
    let institution = &site.look.name;
    let notice = (asked.from, letters::address_asked(institution, site.link("/hire/forgot")));
    if accounts::by_address(&mut **open, address).await?.is_some() {
        let taken = letters::has_account(institution, site.link("/hire/log-in"));
        return Ok(vec![(address.to_owned(), taken), notice]);
    }
    let ticket = Ticket { purpose: Purpose::Address, address: address.to_owned(), payload };
    let token = tickets::make(open, site.institution, &ticket).await?;
    let link = site.link(&format!("/account/address/confirm?token={token}"));
    Ok(vec![(address.to_owned(), letters::confirm_address(institution, link)), notice])
}

/// A link for another password, where there is an account with the address: also one that is nobody here yet.
async fn reset(open: &mut Open, site: &Site, address: &str) -> Result<Option<Letter>> {
    let Some(account) = accounts::by_address(&mut **open, address).await? else { return Ok(None) };
    let ticket = Ticket { purpose: Purpose::Reset, address: account.address.clone(), payload: String::new() };
    let token = tickets::make(open, site.institution, &ticket).await?;
    Ok(Some((account.address, letters::reset(&site.look.name, site.link(&format!("/reset?token={token}"))))))
}
