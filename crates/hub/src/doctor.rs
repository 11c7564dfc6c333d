//! Whether everything the hub needs is as it has to be; where it is not, what to do about it.

use crate::ledger::Ledger;
use crate::watching::oldest_job;
use anyhow::{Result, anyhow};
use liaison_mail::Connection;
use liaison_portal::outbox::MailServer;
use native_tls::TlsConnector;
use serde::Serialize;
use sqlx::Row as _;
use std::fmt;
use std::net::{TcpStream, ToSocketAddrs as _};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The oldest PostgreSQL that the tables are made for.
const POSTGRES: i32 = 150_000;
/// Seconds between the clocks of hub and PostgreSQL from which on it is said, and from which on it is wrong.
const CLOCKS: [f64; 2] = [2.0, 30.0];
/// Seconds after which a job should have been done.
const JOB: f64 = 600.0;
/// How long another computer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Of a disk so many per cent should be free.
const FREE: f64 = 10.0;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As it has to be.
    Good,
    /// It works, and should be looked at.
    Look,
    /// It does not work.
    Bad,
}

/// What was found of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at, in a word.
    pub of: &'static str,
    /// How it is.
    pub state: State,
    /// What was found.
    pub says: String,
    /// What to do; empty where nothing is to be done.
    pub to_do: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Good => "good",
            State::Look => "look",
            State::Bad => "BAD ",
        };
        write!(to, "{state}  {:<9} {}", self.of, self.says)?;
        if self.to_do.is_empty() { Ok(()) } else { write!(to, "\n      {:<9} {}", "", self.to_do) }
    }
}

fn good(of: &'static str, says: impl Into<String>) -> Finding {
    Finding { of, state: State::Good, says: says.into(), to_do: String::new() }
}

fn not_good(of: &'static str, state: State, says: impl Into<String>, to_do: impl Into<String>) -> Finding {
    Finding { of, state, says: says.into(), to_do: to_do.into() }
}

/// Looks at everything: the database under `url`, the mail server, the addresses of portals, and the disk that `disk` is on.
pub async fn look(url: &str, mail: Option<&MailServer>, disk: Option<&Path>) -> Vec<Finding> {
    let mut found = Vec::new();
    let connected = tokio::time::timeout(PATIENCE, Ledger::connect(url)).await;
    match connected.unwrap_or_else(|_| Err(anyhow!("PostgreSQL does not answer"))) {
        Ok(ledger) => {
            for looked in [
                version(&ledger).await,
                tables(&ledger).await,
                roles(&ledger).await,
                closed(&ledger).await,
                clock(&ledger).await,
                jobs(&ledger).await,
                size(&ledger).await,
            ] {
                found.push(looked.unwrap_or_else(|error| {
                    not_good(
                        "database",
                        State::Bad,
                        format!("{error:#}"),
                        "Run `liaison-hub migrate`, then look again.",
                    )
                }));
            }
            found.extend(portals(&ledger).await);
        }
        Err(error) => found.push(not_good(
            "database",
            State::Bad,
            format!("{error:#}"),
            "Check that PostgreSQL runs, and the address and password in LIAISON_HUB_DATABASE.",
        )),
    }
    found.push(letters(mail).await);
    found.extend(disk.map(free));
    found
}

async fn version(ledger: &Ledger) -> Result<Finding> {
    let sql = "SELECT current_setting('server_version_num')::integer,current_setting('server_version')";
    let row = sqlx::query(sql).fetch_one(&ledger.pool).await?;
    let (number, name): (i32, String) = (row.try_get(0)?, row.try_get(1)?);
    Ok(if number >= POSTGRES {
        good("database", format!("PostgreSQL {name} answers."))
    } else {
        let to_do = "Upgrade PostgreSQL to version 15 or newer.";
        not_good("database", State::Bad, format!("PostgreSQL {name} is too old."), to_do)
    })
}

async fn tables(ledger: &Ledger) -> Result<Finding> {
    let (newest, ours) = ledger.versions().await?;
    Ok(match newest.cmp(&ours) {
        std::cmp::Ordering::Equal => good("tables", format!("The tables are those of this version ({ours}).")),
        std::cmp::Ordering::Less => not_good(
            "tables",
            State::Bad,
            format!("The tables are of an earlier version ({newest}, this one needs {ours})."),
            "Run `liaison-hub migrate` as the role that owns them.",
        ),
        std::cmp::Ordering::Greater => not_good(
            "tables",
            State::Bad,
            format!("The tables are of a newer version ({newest}, this one knows {ours})."),
            "Install the newer hub.",
        ),
    })
}

async fn roles(ledger: &Ledger) -> Result<Finding> {
    let sql = "SELECT rolsuper OR rolbypassrls,current_user::text,
         EXISTS(SELECT FROM pg_class WHERE relname='operation' AND relkind='r' AND pg_get_userbyid(relowner)=current_user)
         FROM pg_roles WHERE rolname=current_user";
    let row = sqlx::query(sql).fetch_one(&ledger.pool).await?;
    let (passes, name, owns): (bool, String, bool) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    Ok(if passes {
        let says = format!("The role {name} passes row-level security: it could read every institution at once.");
        not_good("role", State::Bad, says, "Serve as a role without SUPERUSER and BYPASSRLS; see deploy/roles.sql.")
    } else if owns {
        let says = format!("The role {name} owns the tables.");
        not_good("role", State::Look, says, "Serve as a role that does not own them; see deploy/roles.sql.")
    } else {
        good("role", format!("The role {name} owns no tables, and row-level security counts for it."))
    })
}

async fn closed(ledger: &Ledger) -> Result<Finding> {
    let sql = "SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid=c.oid AND a.attname='institution'
         WHERE c.relkind='r' AND c.relnamespace='public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
         AND c.relname NOT IN ('pulse','work','host','account_link') ORDER BY 1";
    let open: Vec<String> = sqlx::query_scalar(sql).fetch_all(&ledger.pool).await?;
    Ok(if open.is_empty() {
        good("security", "Row-level security is on, also for the owner of the tables.")
    } else {
        let says = format!("Row-level security is off on: {}.", open.join(", "));
        not_good("security", State::Bad, says, "Stop the hub. Restore the tables as `liaison-hub migrate` makes them.")
    })
}

async fn clock(ledger: &Ledger) -> Result<Finding> {
    let there: f64 =
        sqlx::query_scalar("SELECT extract(epoch FROM clock_timestamp())::float8").fetch_one(&ledger.pool).await?;
    let here = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |now| now.as_secs_f64());
    let apart = (here - there).abs();
    let [much, wrong] = CLOCKS;
    let says = format!("The clocks of this computer and of PostgreSQL are {apart:.1} seconds apart.");
    let to_do = "Let both follow a time server (chrony, systemd-timesyncd).";
    Ok(match apart {
        apart if apart > wrong => not_good("clock", State::Bad, says, to_do),
        apart if apart > much => not_good("clock", State::Look, says, to_do),
        _ => good("clock", says),
    })
}

async fn jobs(ledger: &Ledger) -> Result<Finding> {
    let oldest = oldest_job(ledger).await?;
    Ok(if oldest > JOB {
        let says = format!("A job has been waiting for {:.0} minutes: letters are not sent.", oldest / 60.0);
        not_good("jobs", State::Bad, says, "Check that a hub is running (`liaison-hub serve`), and its log.")
    } else {
        good("jobs", format!("The oldest job has been waiting for {oldest:.0} seconds."))
    })
}

async fn size(ledger: &Ledger) -> Result<Finding> {
    let bytes: i64 = sqlx::query_scalar("SELECT pg_database_size(current_database())").fetch_one(&ledger.pool).await?;
    Ok(good("size", format!("The database has {:.1} GB.", bytes as f64 / 1e9)))
}

/// Whether each portal is reached under its address, with a certificate that holds.
async fn portals(ledger: &Ledger) -> Vec<Finding> {
    let hosts: Vec<String> =
        match sqlx::query_scalar("SELECT origin FROM host ORDER BY 1").fetch_all(&ledger.pool).await {
            Ok(hosts) => hosts,
            Err(error) => return vec![not_good("portal", State::Bad, error.to_string(), "Run `liaison-hub migrate`.")],
        };
    let mut found = Vec::new();
    for origin in hosts {
        let asked = origin.clone();
        // Names and handshakes take their time.
        let reached = tokio::task::spawn_blocking(move || reach(&asked)).await;
        found.push(match reached {
            Ok(Ok(())) => good("portal", format!("{origin} answers.")),
            Ok(Err(why)) => not_good(
                "portal",
                State::Bad,
                format!("{origin}: {why}."),
                "Check its name in DNS, the proxy, and the proxy’s certificate.",
            ),
            Err(error) => not_good("portal", State::Bad, error.to_string(), "Try again."),
        });
    }
    found
}

fn reach(origin: &str) -> Result<(), String> {
    let (scheme, rest) = origin.split_once("://").ok_or("it is no address")?;
    let port = if scheme == "https" { 443 } else { 80 };
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, given)) => (host, given.parse().map_err(|_| "its port is no number")?),
        None => (rest, port),
    };
    let addresses = (host, port).to_socket_addrs().map_err(|error| error.to_string())?;
    let mut why = "its name has no address".to_owned();
    for address in addresses {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Err(error) => why = error.to_string(),
            Ok(_) if scheme != "https" => return Ok(()),
            Ok(stream) => {
                let connector = TlsConnector::new().map_err(|error| error.to_string())?;
                let _set = stream.set_read_timeout(Some(PATIENCE));
                return connector.connect(host, stream).map(drop).map_err(|error| format!("its certificate: {error}"));
            }
        }
    }
    Err(why)
}

async fn letters(mail: Option<&MailServer>) -> Finding {
    let Some(mail) = mail.cloned() else {
        let to_do = "Give --mail-server and --mail-from, so that people can sign up and ask for a new password.";
        return not_good("mail", State::Look, "No mail server is given.", to_do);
    };
    let name = format!("{}:{}", mail.server.host, mail.server.port);
    match tokio::task::spawn_blocking(move || Connection::open(&mail.server).map(drop)).await {
        Ok(Ok(())) => good("mail", format!("The mail server {name} lets the hub in.")),
        Ok(Err(error)) => not_good(
            "mail",
            State::Bad,
            format!("The mail server {name}: {error}"),
            "Check its address, the user and the password file.",
        ),
        Err(error) => not_good("mail", State::Bad, error.to_string(), "Try again."),
    }
}

/// How much room a disk has.
fn free(path: &Path) -> Finding {
    let told = Command::new("df").arg("-Pk").arg(path).output();
    let told = told.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let columns: Vec<f64> =
        told.lines().nth(1).unwrap_or_default().split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [_, used, free, ..] = columns[..] else {
        let says = format!("How much room {} has is not known.", path.display());
        return not_good("disk", State::Look, says, "Name a folder on the disk of PostgreSQL.");
    };
    let percent = free / (used + free).max(1.0) * 100.0;
    let says = format!("{} has {:.1} GB free, {percent:.0} per cent.", path.display(), free / 1e6);
    if percent < FREE {
        not_good("disk", State::Bad, says, "Make room, or give it a larger disk.")
    } else {
        good("disk", says)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_good_says_what_to_do() {
        let found = not_good("clock", State::Bad, "It is wrong.", "Set it.");
        assert_eq!(found.to_string(), "BAD   clock     It is wrong.\n                Set it.");
        assert_eq!(good("clock", "It is right.").to_string(), "good  clock     It is right.");
        assert_eq!(free(Path::new("/")).of, "disk");
        assert_eq!(free(Path::new("/no/such/folder")).state, State::Look);
    }
}
