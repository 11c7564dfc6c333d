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
use liaison_domain::{Id, RecordKind};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum MailCommand {
    /// Write to people: put a message to each into the outbox, and send what is due
    Send(Send),
    /// The outbox: what waits, what went, what needs a decision
    Outbox {
        #[command(subcommand)]
        command: OutboxCommand,
    },
    /// How this computer sends mail; with options, set it
    Settings(Settings),
    /// Send a test message
    Test { to: String },
    /// The templates there are
    Templates {
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
pub struct Send {
    /// The people, by id
    pub people: Vec<Id>,
    /// Whom the ids and filters mean
    #[arg(long, value_enum, default_value_t = Whom::Contacts)]
    pub to: Whom,
    /// Write to all who match, instead; as with "contacts list", "students list" and "users list"
    #[arg(long, conflicts_with = "people")]
    pub filter: Vec<String>,
    #[arg(long)]
    pub subject: String,
    /// File with the text, plain, with places like {{first_name}}
    #[arg(long)]
    pub text: PathBuf,
    /// A letter to one person, not outreach: no unsubscribe line
    #[arg(long)]
    pub personal: bool,
    /// Only say who would get it, who would not and why (JSON)
    #[arg(long)]
    pub dry_run: bool,
    /// Put it into the outbox and don't send yet
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
    /// Employer users whose profile is open: a contact is linked with them
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
    /// List messages, the newest first
    List {
        /// waiting, sending, unclear, sent, failed, bounced, handed_over or cancelled
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
    /// Cancel messages that wait or failed
    Cancel {
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// Try messages again that failed
    Retry {
        #[arg(required = true)]
        ids: Vec<Id>,
    },
    /// Decide about a message that may or may not have been sent
    Decide { id: Id, decision: Decision },
    /// Write a message to a file .eml, for another mail program to send
    HandOver { id: Id, file: PathBuf },
    /// Write down that a message came back
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
    /// It was not: send it again
    SendAgain,
    /// It is not to be sent
    GiveUp,
}

#[derive(Args)]
pub struct Settings {
    /// The mail server
    #[arg(long)]
    pub host: Option<String>,
    /// Its port; without one, the usual port for the security
    #[arg(long)]
    pub port: Option<u16>,
    /// How the connection is secured; tls where nothing was set before
    #[arg(long)]
    pub security: Option<Secured>,
    /// The user to log in as; "" for none
    #[arg(long)]
    pub user: Option<String>,
    /// File whose first line is the password
    #[arg(long)]
    pub password_file: Option<PathBuf>,
    /// The name messages come from
    #[arg(long)]
    pub from_name: Option<String>,
    /// The address messages come from
    #[arg(long)]
    pub from: Option<String>,
    /// Where answers go; "" for the address they come from
    #[arg(long)]
    pub reply_to: Option<String>,
    /// File with a certificate authority to trust besides the system's (PEM)
    #[arg(long)]
    pub authority: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Secured {
    /// Encrypted after the greeting, usually port 587
    Starttls,
    /// Encrypted from the start, usually port 465 (recommended)
    Tls,
    /// Not encrypted: to this computer only
    None,
}

fn state(key: &str) -> Result<OutboxState, String> {
    OutboxState::from_key(key).ok_or_else(|| {
        let keys: Vec<&str> = OutboxState::ALL.iter().map(|state| state.key()).collect();
        format!("no such state; there are {}", keys.join(", "))
    })
}

pub async fn run(session: &Session, command: &MailCommand) -> Result<(), Failure> {
    match command {
        MailCommand::Send(arguments) => send(session, arguments).await,
        MailCommand::Outbox { command } => outbox(session, command).await,
        MailCommand::Settings(arguments) => settings(session, arguments).await,
        MailCommand::Test { to } => match mail::mail_test(session, to).await?.trouble {
            None => {
                say("sent");
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
            return Err(Failure::usage("a personal message goes to one person; name them by id"));
        };
        let to = MailRecipient { kind, id: *id };
        if arguments.dry_run {
            return print_json(&mail::mail_preview(session, &draft, "personal", Some(to)).await?);
        }
        print_line(&mail::mail_to(session, to, &draft).await?.to_string())?;
    } else {
        let selection = if arguments.filter.is_empty() {
            if arguments.people.is_empty() {
                return Err(Failure::usage("name people by id, or give a --filter"));
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
        let done = mail::mail_outreach_send(session, kind, &selection, &draft, &mut unwatched).await?;
        say(&format!("{} put into the outbox, {} left out", done.queued, done.left_out));
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
        "{} sent, {} failed or not needed any more, {} put off, {} unclear",
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
            say(&format!("{} cancelled", mail::outbox_cancel(session, ids).await?));
            Ok(())
        }
        OutboxCommand::Retry { ids } => {
            say(&format!("{} wait again", mail::outbox_retry(session, ids).await?));
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
            say(&format!("written to {}; open it with your mail program and send it there", file.display()));
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
