//! `liaison-hub`: runs the hub, and what its operator does from a terminal.

use anyhow::{Context as _, Result, bail};
use clap::{Parser, Subcommand};
use liaison_domain::Id;
use liaison_hub::bounce;
use liaison_hub::cluster::Cluster;
use liaison_hub::doctor::{self, State};
use liaison_hub::ledger::Ledger;
use liaison_hub::mail_settings::MailSettings;
use liaison_hub::serving::serve;
use liaison_hub::watching::{LogFormat, Watch, begin_log};
use liaison_portal::{bounces, site};
use std::fs::File;
use std::io::{BufWriter, Read as _};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;

#[derive(Parser)]
#[command(name = "liaison-hub", about = "The hub of Liaison: keeps the desks of an institution in step", version)]
struct Arguments {
    /// The database, as PostgreSQL has it: postgres://user@host/name
    #[arg(long, env = "LIAISON_HUB_DATABASE")]
    database: Option<String>,
    /// How the log on standard error is written
    #[arg(long, env = "LIAISON_HUB_LOG", value_enum, default_value_t)]
    log: LogFormat,
    #[command(subcommand)]
    command: Command,
}

/// As many computers can join a hub that is tried out.
const CODES: usize = 3;

#[derive(Subcommand)]
enum Command {
    /// Bring the tables up to date
    Migrate,
    /// Take an institution in: the id of its record, as `liaison-cli sync status` shows it, and its name
    Institution { id: Id, name: String },
    /// Make a code by which one device joins, good for a day
    Code { institution: Id },
    /// Give an institution a portal at an address: https, a host, and perhaps a port
    Portal { institution: Id, address: String },
    /// Take everything of an institution out, as a file of one JSON object a line
    Export { institution: Id, file: PathBuf },
    /// Suspend an institution: its desks go on by themselves, its portal is not there
    Suspend { institution: Id },
    /// Let a suspended institution in again
    Resume { institution: Id },
    /// Remove an institution and everything of it, for good
    Remove {
        institution: Id,
        /// The name it was taken in by, so that it is the right one
        #[arg(long)]
        name: String,
    },
    /// Check that everything is as the hub needs it, and say what to do where it isn’t
    Doctor {
        #[command(flatten)]
        mail: MailSettings,
        /// A folder on the disk of PostgreSQL’s data
        #[arg(long)]
        disk: Option<PathBuf>,
        #[arg(long)]
        json: bool,
    },
    /// Print the script that makes the three roles of the database
    Roles,
    /// Take a delivery report from standard input, as a mail server hands it on, and note whose mail came back
    Bounce,
    /// End a device's credential
    Revoke { institution: Id, device: Id },
    /// Try it: a hub on a PostgreSQL of its own, in a temporary folder, with codes for an institution. It ends with its
    /// standard input, and everything it had is gone
    Try {
        /// The id of the institution’s record; asked where it isn’t given
        #[arg(long)]
        institution: Option<Id>,
        #[arg(long, default_value = "127.0.0.1:7410")]
        listen: SocketAddr,
        #[command(flatten)]
        mail: MailSettings,
    },
    /// Answer desks, and the portal’s pages. TLS is the business of the proxy in front
    Serve {
        #[arg(long, default_value = "127.0.0.1:7410")]
        listen: SocketAddr,
        #[command(flatten)]
        mail: MailSettings,
        /// A proxy in front, whose word on where a request comes from is believed; may be given several times
        #[arg(long = "proxy")]
        proxies: Vec<IpAddr>,
        #[command(flatten)]
        watch: Watch,
    },
}

#[tokio::main]
async fn main() -> Result<()> {
    let Arguments { database, log, command } = Arguments::parse();
    begin_log(log);
    if let Command::Roles = command {
        print!("{}", include_str!("../../../deploy/roles.sql"));
        return Ok(());
    }
    if let Command::Try { institution, listen, mail } = command {
        return try_out(institution, listen, &mail).await;
    }
    let database = database.context("which database? Give --database, or set LIAISON_HUB_DATABASE")?;
    if let Command::Doctor { mail, disk, json } = command {
        return examine(&database, &mail, disk.as_deref(), json).await;
    }
    let ledger = Ledger::connect(&database).await?;
    match command {
        Command::Try { .. } | Command::Doctor { .. } | Command::Roles => {}
        Command::Export { institution, file } => {
            let open = File::create_new(&file).with_context(|| format!("{} can't be written", file.display()))?;
            let lines = ledger.export(institution, &mut BufWriter::new(open)).await?;
            println!("{lines} lines are in {}", file.display());
        }
        Command::Suspend { institution } => ledger.suspend(institution, true).await?,
        Command::Resume { institution } => ledger.suspend(institution, false).await?,
        Command::Remove { institution, name } => ledger.remove(institution, &name).await?,
        Command::Migrate => ledger.migrate().await?,
        Command::Institution { id, name } => ledger.add_institution(id, &name).await?,
        Command::Code { institution } => println!("{}", ledger.add_code(institution).await?.text()),
        Command::Revoke { institution, device } => {
            if !ledger.revoke(institution, device).await? {
                bail!("there is no such device");
            }
        }
        Command::Bounce => bounce(&ledger).await?,
        Command::Portal { institution, address } => site::add(&ledger, institution, &address).await?,
        Command::Serve { listen, mail, proxies, watch } => {
            // It may be ended at any moment: what was not committed was not answered either.
            let listener = listener(listen).await?;
            println!("listening at http://{}", listener.local_addr()?);
            let ledger = Arc::new(ledger);
            watch.begin(&ledger).await?;
            serve(ledger, listener, mail.server()?, proxies).await?;
        }
    }
    Ok(())
}

/// Prints what the doctor found; fails where something does not work.
async fn examine(database: &str, mail: &MailSettings, disk: Option<&Path>, json: bool) -> Result<()> {
    let found = doctor::look(database, mail.server()?.as_ref(), disk).await;
    if json {
        println!("{}", serde_json::to_string_pretty(&found)?);
    } else {
        found.iter().for_each(|finding| println!("{finding}"));
    }
    match found.iter().filter(|finding| finding.state == State::Bad).count() {
        0 => Ok(()),
        1 => bail!("one thing doesn’t work; what to do stands below it"),
        several => bail!("{several} things don’t work; what to do stands below each"),
    }
}

/// Takes a report. What is none, or is about a message of somebody else, is no mistake of the mail server's.
async fn bounce(ledger: &Ledger) -> Result<()> {
    let mut report = Vec::new();
    std::io::stdin().take(bounce::LONGEST).read_to_end(&mut report).context("the report can't be read")?;
    let failed = bounce::failed(&report);
    if failed.is_empty() {
        println!("no report of a message that will never arrive");
    }
    for message in failed {
        let is_known = bounces::reported(ledger, ledger.pool(), message).await?;
        println!("{message}: {}", if is_known { "noted" } else { "no message of this hub" });
    }
    Ok(())
}

async fn listener(listen: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(listen).await.with_context(|| format!("{listen} can't be listened at"))
}

/// A hub that begins empty and leaves nothing behind.
async fn try_out(institution: Option<Id>, listen: SocketAddr, mail: &MailSettings) -> Result<()> {
    let cluster = Cluster::start()?;
    let ledger = Arc::new(Ledger::connect(&cluster.url()).await?);
    ledger.migrate().await?;
    let institution = match institution {
        Some(id) => id,
        None => {
            println!("The institution’s id, from Liaison’s Sync page or `liaison-cli sync status`:");
            let mut line = String::new();
            std::io::stdin().read_line(&mut line)?;
            line.trim().parse().ok().context("that is no id")?
        }
    };
    ledger.add_institution(institution, "Trying out").await?;
    for _ in 0..CODES {
        println!("code: {}", ledger.add_code(institution).await?.text());
    }
    println!("Each code lets one computer in. Liaison asks for it and for the address below; end with Ctrl+C.");
    let (listener, mail) = (listener(listen).await?, mail.server()?);
    let portal = format!("http://{}", listener.local_addr()?);
    site::add(&*ledger, institution, &portal).await?;
    println!("portal for employers: {portal}/hire");
    println!("portal for students and alumni: {portal}/log-in");
    if mail.is_none() {
        println!("Nobody can sign up in the portal: it has no mail server. Give --mail-server and --mail-from.");
    }
    // The last line: whoever waits for it may read no further.
    println!("listening at {portal}");
    let ended = tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink()));
    tokio::select! {
        served = serve(ledger, listener, mail, Vec::new()) => served,
        _ = ended => Ok(()),
    }
}
