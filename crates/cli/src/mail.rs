//! Mail from a terminal.

use crate::common_arguments::read_text;
use crate::listing::condition;
use crate::output::print_done;
use crate::output::{Failure, print_json, print_line, say};
use clap::{Args, Subcommand, ValueEnum};
use liaison_app::Session;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::mail::{
    MailDraft, MailRecipient, MailSecurity, MailSettings, MailTrouble, OutboxDecision, OutboxFilter, SendRound,
};
use liaison_app::{lists, mail};
use liaison_domain::filter::ListQuery;
use liaison_domain::outbox::OutboxState;
use liaison_domain::{Id, RecordKind, moment};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum MailCommand {
    /// Email people: add a message for each to the outbox, then send what is due
    Send(Send),
    /// The outbox: messages waiting, sent, or in need of a decision
    Outbox {
        #[command(subcommand)]
        command: OutboxCommand,
    },
    /// Show or set how this computer sends mail
    Settings(Settings),
    /// Send a test message
    Test { to: String },
    /// List templates
    Templates {
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
pub struct Send {
    /// Ids of the recipients
    pub people: Vec<Id>,
    /// What kind of people the ids and filters mean
    #[arg(long, value_enum, default_value_t = Whom::Contacts)]
    pub to: Whom,
    /// Email everyone who matches instead; written as for "contacts list", "students list", and "users list"
    #[arg(long, conflicts_with = "people")]
    pub filter: Vec<String>,
    #[arg(long)]
    pub subject: String,
    /// Plain text file with the message; can contain places like {{first_name}}
    #[arg(long)]
    pub text: PathBuf,
    /// A personal message to one person, without the unsubscribe line
    #[arg(long)]
    pub personal: bool,
    /// Only show who would get it, who wouldn’t, and why (JSON)
    #[arg(long)]
    pub dry_run: bool,
    /// Send it from this time on, e.g. 2026-12-01T09:00:00-05:00; without an offset, the time is in the institution’s time zone
    #[arg(long, conflicts_with = "personal")]
    pub at: Option<String>,
    /// Add it to the outbox without sending it yet
    #[arg(long)]
    pub later: bool,
    #[arg(long)]
    pub json: bool,
}

/// Whom messages go to.
#[derive(Clone, Copy, ValueEnum)]
pub enum Whom {
    /// Contacts
    Contacts,
    /// Students and alumni
    Students,
    /// Employer users who are linked to a contact
    Users,
}

impl Whom {
    fn kind(self) -> RecordKind {
        match self {
            Whom::Contacts => RecordKind::Contact,
            Whom::Students => RecordKind::Student,
            Whom::Users => RecordKind::EmployerUser,
        }
    }
}

#[derive(Subcommand)]
pub enum OutboxCommand {
    /// List messages, newest first
    List {
        /// waiting, sending, unclear, sent, failed, bounced, handed_over, or cancelled
        #[arg(long, value_parser = state)]
        state: Option<OutboxState>,
        #[arg(long, default_value_t = 200)]
        limit: u32,
        #[arg(long)]
        json: bool,
    },
    /// Send what is due now
    Send {
        #[arg(long)]
        json: bool,
    },
    /// Cancel waiting or failed messages
    Cancel {
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// Retry failed messages
    Retry {
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// Decide about a message that may or may not have been sent
    Decide { id: Id, decision: Decision },
    /// Save a message as an .eml file to send with another mail program
    HandOver { id: Id, file: PathBuf },
    /// Mark a message as bounced
    Bounced {
        id: Id,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Decision {
    /// It was sent
    WasSent,
    /// It was not sent: send it again
    SendAgain,
    /// Don’t send it
    GiveUp,
}

#[derive(Args)]
pub struct Settings {
    /// The mail server
    #[arg(long)]
    pub host: Option<String>,
    /// Port (default: the usual port for the security)
    #[arg(long)]
    pub port: Option<u16>,
    /// How the connection is secured (default: tls)
    #[arg(long)]
    pub security: Option<Secured>,
    /// User name to log in with; "" for none
    #[arg(long)]
    pub user: Option<String>,
    /// File whose first line is the password
    #[arg(long)]
    pub password_file: Option<PathBuf>,
    /// Sender name
    #[arg(long)]
    pub from_name: Option<String>,
    /// Sender email address
    #[arg(long)]
    pub from: Option<String>,
    /// Reply-to address; "" for the sender’s
    #[arg(long)]
    pub reply_to: Option<String>,
    /// File with a certificate authority to trust in addition to the system’s (PEM)
    #[arg(long)]
    pub authority: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Secured {
    /// Encrypted after the greeting, usually port 587
    Starttls,
    /// Encrypted from the start, usually port 465 (recommended)
    Tls,
    /// Not encrypted; only for a mail server on this computer
    None,
}

fn state(key: &str) -> Result<OutboxState, String> {
    OutboxState::from_key(key).ok_or_else(|| {
        let keys: Vec<&str> = OutboxState::ALL.iter().map(|state| state.key()).collect();
        format!("use one of {}", keys.join(", "))
    })
}

pub async fn run(session: &Session, command: &MailCommand) -> Result<(), Failure> {
    match command {
        MailCommand::Send(arguments) => send(session, arguments).await,
        MailCommand::Outbox { command } => outbox(session, command).await,
        MailCommand::Settings(arguments) => settings(session, arguments).await,
        MailCommand::Test { to } => match mail::mail_test(session, to).await?.trouble {
            None => {
                say("Test message sent.");
                Ok(())
            }
            Some(trouble) => Err(Failure::Mail(words(&trouble))),
        },
        MailCommand::Templates { json } => {
            let templates = mail::mail_templates(session).await?;
            if *json {
                return print_json(&templates);
            }
            for template in templates {
                let id = template.id.map_or_else(|| "standard".to_owned(), |id| id.to_string());
                print_line(&format!("{id}\t{}\t{}\t{}", template.purpose, template.name, template.subject))?;
            }
            Ok(())
        }
    }
}

async fn send(session: &Session, arguments: &Send) -> Result<(), Failure> {
    let text = read_text(&arguments.text)?;
    let draft = MailDraft { subject: arguments.subject.clone(), text };
    let kind = arguments.to.kind();
    if arguments.personal {
        let [id] = arguments.people.as_slice() else {
            return Err(Failure::usage("A personal message goes to one person. Give one id."));
        };
        let to = MailRecipient { kind, id: *id };
        if arguments.dry_run {
            return print_json(&mail::mail_preview(session, &draft, "personal", Some(to)).await?);
        }
        print_line(&mail::mail_to(session, to, &draft).await?.to_string())?;
    } else {
        let selection = if arguments.filter.is_empty() {
            if arguments.people.is_empty() {
                return Err(Failure::usage("Give ids or a --filter."));
            }
            Selection::Ids { ids: arguments.people.clone() }
        } else {
            let mut query = ListQuery::all(kind);
            for filter in &arguments.filter {
                query.filter.push(condition(session, kind, filter)?);
            }
            Selection::Result { result: lists::list_open(session, query).await?.result, except: Vec::new() }
        };
        if arguments.dry_run {
            return print_json(&mail::mail_outreach_preview(session, kind, &selection, &draft, 0).await?);
        }
        let at = arguments.at.as_deref().map(|at| moment::read(at, session.zone())).transpose();
        let at = at.map_err(|_| Failure::usage("Write --at as 2026-12-01T09:00:00-05:00."))?;
        let done = mail::mail_outreach_send(session, kind, &selection, &draft, at, &mut unwatched).await?;
        say(&format!("{} added to the outbox, {} left out.", done.queued, done.left_out));
        if arguments.json {
            print_json(&done)?;
        }
    }
    if arguments.later { Ok(()) } else { send_all(session, false).await }
}

/// Sends what is due, round by round.
async fn send_all(session: &Session, json: bool) -> Result<(), Failure> {
    let mut all = SendRound::default();
    loop {
        let round = mail::send_due(session, session.now() as i64).await?;
        all.sent += round.sent;
        all.failed += round.failed;
        all.later += round.later;
        all.unclear += round.unclear;
        all.trouble.clone_from(&round.trouble);
        if round == SendRound::default() || round.trouble.is_some() {
            break;
        }
    }
    say(&format!(
        "{} sent, {} failed or no longer needed, {} to retry later, {} unclear.",
        all.sent, all.failed, all.later, all.unclear
    ));
    if json {
        print_json(&all)?;
    }
    match all.trouble {
        Some(trouble) => Err(Failure::Mail(words(&trouble))),
        None => Ok(()),
    }
}

async fn outbox(session: &Session, command: &OutboxCommand) -> Result<(), Failure> {
    match command {
        OutboxCommand::List { state, limit, json } => {
            let filter = OutboxFilter { state: *state, ..OutboxFilter::default() };
            let page = mail::outbox_list(session, &filter, 0, *limit).await?;
            if *json {
                return print_json(&page);
            }
            for row in &page.rows {
                let reason = row.reason.as_deref().unwrap_or_default();
                print_line(&format!("{}\t{}\t{}\t{}\t{reason}", row.id, row.state.key(), row.address, row.subject))?;
            }
            let counts: Vec<String> =
                page.counts.iter().map(|counted| format!("{} {}", counted.count, counted.state.key())).collect();
            say(&counts.join(", "));
            Ok(())
        }
        OutboxCommand::Send { json } => send_all(session, *json).await,
        OutboxCommand::Cancel { ids } => {
            say(&format!("{} canceled.", mail::outbox_cancel(session, ids).await?));
            Ok(())
        }
        OutboxCommand::Retry { ids } => {
            say(&format!("{} waiting again.", mail::outbox_retry(session, ids).await?));
            Ok(())
        }
        OutboxCommand::Decide { id, decision } => {
            let decision = match decision {
                Decision::WasSent => OutboxDecision::WasSent,
                Decision::SendAgain => OutboxDecision::SendAgain,
                Decision::GiveUp => OutboxDecision::GiveUp,
            };
            Ok(mail::outbox_decide(session, *id, decision).await?)
        }
        OutboxCommand::HandOver { id, file } => {
            mail::outbox_hand_over(session, *id, Some(file)).await?;
            say(&format!("Saved to {}. Open it in your mail program and send it there.", file.display()));
            Ok(())
        }
        OutboxCommand::Bounced { id, json } => print_done(&mail::outbox_bounced(session, *id).await?, *json),
    }
}

async fn settings(session: &Session, arguments: &Settings) -> Result<(), Failure> {
    let mut settings: MailSettings = mail::mail_settings(session).await?.settings.unwrap_or_default();
    let before = settings.clone();
    let set = |field: &mut String, given: &Option<String>| {
        if let Some(given) = given {
            field.clone_from(given);
        }
    };
    set(&mut settings.host, &arguments.host);
    set(&mut settings.user, &arguments.user);
    set(&mut settings.from_name, &arguments.from_name);
    set(&mut settings.from_address, &arguments.from);
    set(&mut settings.reply_to, &arguments.reply_to);
    if let Some(security) = arguments.security {
        (settings.security, settings.port) = match security {
            Secured::Starttls => (MailSecurity::StartTls, 587),
            Secured::Tls => (MailSecurity::Tls, 465),
            Secured::None => (MailSecurity::None, 25),
        };
    }
    if settings.port == 0 {
        settings.port = 465;
    }
    settings.port = arguments.port.unwrap_or(settings.port);
    if let Some(path) = &arguments.authority {
        settings.authority = read_text(path)?;
    }
    let password = match &arguments.password_file {
        Some(path) => Some(read_text(path)?.lines().next().unwrap_or_default().to_owned()),
        None => None,
    };
    let untouched = MailSettings { port: before.port, ..settings.clone() } == before && arguments.port.is_none();
    if untouched && password.is_none() {
        return print_json(&mail::mail_settings(session).await?);
    }
    print_json(&mail::mail_settings_set(session, &settings, password).await?)
}

/// The reason and the server's own words.
fn words(trouble: &MailTrouble) -> String {
    let reason = trouble.reason.replace('_', " ");
    let reason = match trouble.reason.as_str() {
        "not_set_up" => "mail is not set up; see \"mail settings\"".into(),
        "before_encryption" => "something answered before encryption began, so nothing was sent; someone may be \
                                interfering with this network; use --security tls if the server has it"
            .into(),
        _ => reason,
    };
    if trouble.detail.is_empty() { reason } else { format!("{reason}: {}", trouble.detail) }
}
