//! Sending the hub's letters. A letter waits in the transaction that causes it; a job hands it to the mail server, under
//! a lease, and tries again later where that doesn't work.

use crate::bounces;
use crate::ids::{id, uuid};
use crate::letters::Words;
use crate::log::{Log, Open};
use crate::moment::{new_id, now};
use crate::site::{self, Site};
use anyhow::{Context as _, Result};
use liaison_domain::Id;
use liaison_mail::{Button, Connection, Letter, Mailbox, Server, Text, Trouble, compose};
use sqlx::{PgPool, Row as _};
use uuid::Uuid;

/// How the hub sends mail.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// The server.
    pub server: Server,
    /// The address that letters come from.
    pub from: String,
}

/// After so many tries a letter is given up, in about two days.
const TRIES: i32 = 12;
/// As long a letter is nobody else's, in seconds.
const LEASE: f64 = 600.0;

/// Puts a letter into the outbox.
pub(crate) async fn put(open: &mut Open, institution: Id, to: &str, words: &Words) -> Result<()> {
    sqlx::query("INSERT INTO outbound(institution,id,address,subject,body,label,link) VALUES($1,$2,$3,$4,$5,$6,$7)")
        .bind(uuid(institution))
        .bind(uuid(new_id()))
        .bind(to)
        .bind(&words.subject)
        .bind(&words.body)
        .bind(words.label)
        .bind(&words.link)
        .execute(&mut **open)
        .await?;
    due(open, institution).await
}

/// Says that there is something to do for an institution.
pub(crate) async fn due(open: &mut Open, institution: Id) -> Result<()> {
    sqlx::query("INSERT INTO work(institution,due) VALUES($1,now()) ON CONFLICT (institution) DO UPDATE SET due=now()")
        .bind(uuid(institution))
        .execute(&mut **open)
        .await?;
    Ok(())
}

/// A letter that is to be sent now.
struct Waiting {
    id: Uuid,
    address: String,
    words: (String, String, String, String),
    tries: i32,
}

/// Sends what waits at an institution.
pub(crate) async fn send(log: &dyn Log, pool: &PgPool, mail: &MailServer, institution: Id) -> Result<()> {
    let Some(origin) = site::origin_of(pool, institution).await? else { return Ok(()) };
    loop {
        let mut open = log.begin(institution).await?;
        let row = sqlx::query(
            "UPDATE outbound SET next=now()+make_interval(secs=>$2),tries=tries+1 WHERE institution=$1 AND id=
               (SELECT id FROM outbound WHERE institution=$1 AND state='waiting' AND next<=now() ORDER BY made LIMIT 1
                FOR UPDATE SKIP LOCKED)
             RETURNING id,address,subject,body,label,link,tries",
        )
        .bind(uuid(institution))
        .bind(LEASE)
        .fetch_optional(&mut *open)
        .await?;
        let Some(row) = row else { return Ok(()) };
        let words = (row.try_get(2)?, row.try_get(3)?, row.try_get(4)?, row.try_get(5)?);
        let waiting = Waiting { id: row.try_get(0)?, address: row.try_get(1)?, words, tries: row.try_get(6)? };
        let site = site::read(log, &mut open, institution, origin.clone()).await?;
        open.commit().await?;
        let Some(site) = site else { return Ok(()) };
        let done = hand_over(mail.clone(), site, &waiting).await;
        settle(log, institution, &waiting, done).await?;
    }
}

/// Why a letter was not sent.
struct NotSent {
    /// Another try may help.
    again: bool,
    /// The server knows no such address.
    is_bounce: bool,
    /// In words.
    why: String,
}

/// Hands a letter over to the mail server.
async fn hand_over(mail: MailServer, site: Site, waiting: &Waiting) -> Result<(), NotSent> {
    let never = |error: String| NotSent { again: false, is_bounce: false, why: error };
    let (subject, body, label, url) = waiting.words.clone();
    let from = Mailbox::new(&site.look.name, &mail.from).map_err(|error| never(error.to_string()))?;
    let reply_to = Mailbox::new(&site.look.name, &site.look.email).ok();
    let to = Mailbox::new("", &waiting.address).map_err(|error| never(error.to_string()))?;
    let letter = Letter {
        id: waiting.id,
        date: now(),
        from,
        to,
        reply_to,
        subject: Text::plain(&subject),
        text: Text::plain(&body),
        button: Some(Button { label, url }),
        unsubscribe: None,
        automatic: true,
    };
    let message = compose(&letter, &site.look).map_err(|error| never(error.to_string()))?;
    let sent = tokio::task::spawn_blocking(move || {
        let mut connection = Connection::open(&mail.server)?;
        let sent = connection.send(&message);
        connection.close();
        sent
    });
    match sent.await {
        Ok(Ok(_)) => Ok(()),
        // Whether it arrived is not known where the answer is missing; a link twice harms nobody, none locks somebody out.
        Ok(Err(error)) => Err(NotSent {
            again: error.trouble != Trouble::Rejected,
            is_bounce: error.is_bounce(),
            why: error.to_string(),
        }),
        Err(error) => Err(NotSent { again: true, is_bounce: false, why: error.to_string() }),
    }
}

async fn settle(log: &dyn Log, institution: Id, waiting: &Waiting, done: Result<(), NotSent>) -> Result<()> {
    let (state, is_bounce, why) = match done {
        Ok(()) => ("sent", false, String::new()),
        Err(NotSent { again: true, why, .. }) if waiting.tries < TRIES => ("waiting", false, why),
        Err(NotSent { again: true, why, .. }) => ("given_up", false, why),
        Err(NotSent { again: false, is_bounce, why }) => ("refused", is_bounce, why),
    };
    if !why.is_empty() {
        // What the server said is kept with the letter: there may be an address in it, and the log has none.
        tracing::warn!(letter = %waiting.id, state, "a letter was not sent");
    }
    let mut open = log.begin(institution).await?;
    // The text goes once it is of no use: it has a link in it.
    sqlx::query(
        "UPDATE outbound SET state=$3,why=$4,next=now()+make_interval(secs=>$5),
           body=CASE WHEN $3='waiting' THEN body ELSE '' END,link=CASE WHEN $3='waiting' THEN link ELSE '' END
         WHERE institution=$1 AND id=$2",
    )
    .bind(uuid(institution))
    .bind(waiting.id)
    .bind(state)
    .bind(&why)
    .bind(30.0 * f64::from(1 << waiting.tries.clamp(0, TRIES)))
    .execute(&mut *open)
    .await?;
    open.commit().await?;
    if is_bounce { bounces::refused(log, institution, &waiting.address).await } else { Ok(()) }
}

/// Institutions with something to do, each leased to this process for a while.
pub(crate) async fn take(pool: &PgPool) -> Result<Option<(Id, f64)>> {
    let row = sqlx::query(
        "UPDATE work SET due=now()+interval '60 seconds' WHERE institution=
           (SELECT institution FROM work WHERE due<=now() ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING institution,extract(epoch FROM due)::float8",
    )
    .fetch_optional(pool)
    .await?;
    row.map(|row| Ok((id(row.try_get(0)?)?, row.try_get(1)?))).transpose()
}

/// Says when there is something to do again: for letters that wait for another try, and for logins that desks are told of.
/// Nothing, where somebody asked since.
pub(crate) async fn rest(log: &dyn Log, institution: Id, leased: f64) -> Result<()> {
    let mut open = log.begin(institution).await?;
    // Letters, and who logged in since the desks were told.
    let next: Option<f64> = sqlx::query_scalar(
        "SELECT extract(epoch FROM least(
           (SELECT min(next) FROM outbound WHERE institution=$1 AND state='waiting'),
           (SELECT told+interval '5 minutes' FROM portal WHERE institution=$1
              AND EXISTS (SELECT FROM seen WHERE institution=$1))))::float8",
    )
    .bind(uuid(institution))
    .fetch_one(&mut *open)
    .await
    .context("the outbox")?;
    let of_lease = "institution=$1 AND abs(extract(epoch FROM due)::float8-$2)<0.001";
    match next {
        None => {
            let sql = format!("DELETE FROM work WHERE {of_lease}");
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(uuid(institution)).bind(leased).execute(&mut *open).await?;
        }
        Some(next) => {
            let sql =
                format!("UPDATE work SET due=greatest(to_timestamp($3),now()+interval '5 seconds') WHERE {of_lease}");
            let sql = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(uuid(institution)).bind(leased).bind(next);
            sql.execute(&mut *open).await?;
        }
    }
    Ok(open.commit().await?)
}
