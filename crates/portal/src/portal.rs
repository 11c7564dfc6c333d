//! The portal of all institutions of a hub: what its pages share, and its jobs.

use crate::asked;
use crate::log::Log;
use crate::outbox::{self, MailServer};
use crate::passwords::Passwords;
use crate::seen;
use anyhow::Result;
use sqlx::PgPool;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// How often is looked for letters that wait, where nobody asked for one here.
const LOOK: Duration = Duration::from_secs(1);
/// How often what is over is thrown away.
const SWEEP: Duration = Duration::from_secs(3600);

/// The portal.
pub struct Portal {
    pub(crate) log: Arc<dyn Log>,
    pub(crate) pool: PgPool,
    pub(crate) mail: Option<MailServer>,
    /// Addresses of proxies in front: these alone are believed where a request comes from.
    pub(crate) proxies: Vec<IpAddr>,
    pub(crate) passwords: Passwords,
    pub(crate) nudge: Notify,
}

impl Portal {
    /// A portal over the hub's log and database. Without a mail server nobody signs up.
    pub fn new(log: Arc<dyn Log>, pool: PgPool, mail: Option<MailServer>, proxies: Vec<IpAddr>) -> Arc<Portal> {
        Arc::new(Portal { log, pool, mail, proxies, passwords: Passwords::default(), nudge: Notify::new() })
    }

    /// Answers what was asked and sends letters, for as long as the hub runs. Several processes may.
    pub async fn run_jobs(self: Arc<Portal>) {
        // So that the first address nobody has takes no longer than others.
        let _known = self.passwords.is_right("", None).await;
        let mut swept: Option<std::time::Instant> = None;
        loop {
            match self.work().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::error!("the portal's jobs: {error:#}"),
            }
            if swept.is_none_or(|at| at.elapsed() > SWEEP) {
                swept = Some(std::time::Instant::now());
                if let Err(error) = self.sweep().await {
                    tracing::error!("the portal's jobs: {error:#}");
                }
            }
            tokio::select! {
                () = self.nudge.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Works for one institution that has something to do. Whether there was one.
    async fn work(&self) -> Result<bool> {
        let Some((institution, leased)) = outbox::take(&self.pool).await? else { return Ok(false) };
        asked::answer(&*self.log, &self.pool, institution).await?;
        if let Some(mail) = &self.mail {
            outbox::send(&*self.log, &self.pool, mail, institution).await?;
        }
        seen::tell(&*self.log, institution).await?;
        outbox::rest(&*self.log, institution, leased).await?;
        Ok(true)
    }

    /// Throws away what is over: nothing is kept for longer than it is of use.
    async fn sweep(&self) -> Result<()> {
        sqlx::query("DELETE FROM throttle WHERE since<now()-interval '2 days'").execute(&self.pool).await?;
        let institutions: Vec<uuid::Uuid> =
            sqlx::query_scalar("SELECT institution FROM host").fetch_all(&self.pool).await?;
        for institution in institutions {
            let mut open = self.log.begin(crate::ids::id(institution)?).await?;
            for sql in [
                "DELETE FROM ticket WHERE institution=$1 AND good_until<now()-interval '7 days'",
                "DELETE FROM login WHERE institution=$1 AND made<now()-interval '8 days'",
                "DELETE FROM outbound WHERE institution=$1 AND state<>'waiting' AND made<now()-interval '30 days'",
            ] {
                sqlx::query(sql).bind(institution).execute(&mut *open).await?;
            }
            open.commit().await?;
        }
        Ok(())
    }
}
