//! Invitations and reminders from a terminal.

use crate::output::{Failure, print_json, print_line, say};
use clap::Subcommand;
use liaison_app::Session;
use liaison_app::import::unwatched;
use liaison_app::invitations;
use liaison_app::invitations::{InvitationsDone, LeftOutPeople};
use liaison_app::lists::Selection;
use liaison_app::moment::utc_text;
use liaison_domain::reminder::{Sending, Withheld};
use liaison_domain::{Id, RecordKind};

#[derive(Subcommand)]
pub enum InvitationsCommand {
    /// List invitations and reminders, newest first, or one person’s status
    List {
        #[command(flatten)]
        list: crate::common_arguments::List,
        /// Only this student, with the next step
        #[arg(long)]
        student: Option<Id>,
        /// Only this contact, with the next step
        #[arg(long, conflicts_with = "student")]
        contact: Option<Id>,
    },
    /// Show or set the portal address and how many days links work
    Settings {
        /// Portal address, starting with https://
        #[arg(long)]
        portal: Option<String>,
        /// Number of days a link works
        #[arg(long)]
        days: Option<u32>,
        #[arg(long)]
        json: bool,
    },
}

/// Looks at the ledger or the settings.
pub async fn run(session: &Session, command: &InvitationsCommand) -> Result<(), Failure> {
    match command {
        InvitationsCommand::List { list, student, contact } => {
            let one = student.map(|id| (RecordKind::Student, id)).or(contact.map(|id| (RecordKind::Contact, id)));
            match one {
                Some((kind, id)) => print_standing(session, kind, id, list.json).await,
                None => {
                    let base = liaison_domain::filter::ListQuery::all(RecordKind::Invitation);
                    crate::records::list_from(session, base, list).await
                }
            }
        }
        InvitationsCommand::Settings { portal, days, json } => {
            let before = invitations::invitation_settings(session).await?;
            if portal.is_some() || days.is_some() {
                let portal = portal.as_ref().unwrap_or(&before.portal);
                invitations::invitation_settings_set(session, portal, days.unwrap_or(before.days)).await?;
            }
            let now = invitations::invitation_settings(session).await?;
            if *json {
                return print_json(&now);
            }
            let portal = if now.portal.is_empty() { "No portal. Set one with --portal." } else { &now.portal };
            print_line(&format!("{portal}\t{} days", now.days))
        }
    }
}

async fn print_standing(session: &Session, kind: RecordKind, id: Id, json: bool) -> Result<(), Failure> {
    let standing = invitations::invitation_standing(session, kind, id).await?;
    if json {
        return print_json(&standing);
    }
    for entry in &standing.entries {
        let (at, until) = (utc_text(entry.at), utc_text(entry.expires_at));
        print_line(&format!("{at}\t{}\t{}\t{:?}\tlink until {until}", entry.kind, entry.address, entry.delivery))?;
    }
    match (standing.withheld, standing.wait) {
        (None, _) => say("The next email can be sent now."),
        (Some(_), Some(wait)) => {
            say(&format!("The next reminder can be sent in {} minutes.", wait.div_euclid(60_000) + 1))
        }
        (Some(why), None) => say(&format!("No email can be sent now: {}", words(why))),
    }
    Ok(())
}

/// Invites or reminds, and says who got a message and who did not.
pub async fn send(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
    sending: Sending,
    (dry_run, json): (bool, bool),
) -> Result<(), Failure> {
    if dry_run {
        return print_json(&invitations::invitations_preview(session, kind, selection, sending).await?);
    }
    let done = invitations::invitations_send(session, kind, selection, sending, &mut unwatched).await?;
    say(&format!("{} messages added to the outbox. Send them with \"mail outbox send\".", done.sent));
    for group in &done.left_out {
        say(&told(group));
    }
    if json { print_json(&done) } else { print_operation(&done) }
}

fn print_operation(done: &InvitationsDone) -> Result<(), Failure> {
    match done.operation {
        Some(operation) => print_line(&operation.to_string()),
        None => Ok(()),
    }
}

fn told(group: &LeftOutPeople) -> String {
    let first = group.due_at.map(|at| format!(", the first is due {} UTC", utc_text(at))).unwrap_or_default();
    format!("{} left out: {}{first}", group.count, words(group.reason))
}

/// Why somebody gets no message, in words.
pub fn words(reason: Withheld) -> &'static str {
    match reason {
        Withheld::NotYet => "the last message is less than 24 hours old",
        Withheld::Activated => "the account is active",
        Withheld::Deactivated => "the account is deactivated",
        Withheld::Deleted => "in the trash",
        Withheld::Rejected => "the contact is rejected",
        Withheld::Pending => "the contact is pending",
        Withheld::DoNotEmail => "\"Do not email\" is set",
        Withheld::NoAddress => "no valid email address",
        Withheld::SameAddress => "same email address as someone else in the selection",
        Withheld::NotInvited => "not invited yet",
        Withheld::AlreadyInvited => "already invited",
        Withheld::Waiting => "the last message is waiting in the outbox",
        Withheld::Unclear => "the last message may or may not have been sent; decide in the outbox first",
        Withheld::Refused => "the mail server refused the email address; correct it first",
        Withheld::Bounced => "the last message bounced; correct the email address",
    }
}
