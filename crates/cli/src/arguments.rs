//! The command line.

use crate::common_arguments::{Import, List, QueueCommand, RecordCommand, first_line};
use crate::output::Failure;
use clap::{Parser, Subcommand};
use liaison_domain::{Id, RecordKind};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Liaison, the contact directory of a university career center, from a terminal.
#[derive(Parser)]
#[command(
    name = "liaison-cli",
    version,
    after_help = "Exit codes: 0 done, 1 internal error, 2 wrong command line, 3 not found, 4 refused, \
5 locked, 6 in use, 7 not set up, 8 file can’t be read or written, 9 damage found, 10 mail not sent, 11 no hub."
)]
pub struct Arguments {
    /// Folder with the database (default: LIAISON_DATA, or the system’s folder for application data)
    #[arg(long, global = true)]
    pub data: Option<PathBuf>,
    /// File whose first line is the passcode or recovery key (or set LIAISON_PASSCODE)
    #[arg(long, global = true)]
    pub passcode_file: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// The passcode, from the file or as it was given by the environment.
    pub fn passcode(&self, given: Option<Zeroizing<String>>) -> Result<Option<Zeroizing<String>>, Failure> {
        match &self.passcode_file {
            Some(path) => first_line(path).map(Some),
            None => Ok(given),
        }
    }
}

#[derive(Subcommand)]
pub enum Command {
    /// Set up Liaison: create the database, the institution, and the first administrator
    Init {
        #[arg(long)]
        institution: String,
        /// "First Last <email>"
        #[arg(long)]
        admin: String,
        /// Time zone of the institution, e.g. America/New_York (default: this computer’s)
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Set a new passcode with the recovery key (given as the passcode) and get a new recovery key
    Recover(crate::recovery::Recover),
    /// Import contacts from a CSV, Excel, or vCard file, or other records (--kind) from CSV or Excel
    Import(Import),
    /// List, add, edit, and show tasks, meetings, events, and other records
    Record {
        #[command(subcommand)]
        command: RecordCommand,
    },
    /// List, show, and invite contacts
    Contacts {
        #[command(subcommand)]
        command: ContactsCommand,
    },
    /// Invitations and reminders: who got which, and the portal address
    Invitations {
        #[command(subcommand)]
        command: crate::invitations::InvitationsCommand,
    },
    /// Review pending contacts
    Queue {
        #[command(subcommand)]
        command: QueueCommand,
    },
    /// Change many contacts or employers at once
    Bulk(crate::bulk::Bulk),
    /// Archive contacts; linked employer users don’t change
    Archive(crate::archive::Archive),
    /// Revive archived contacts
    Revive(crate::archive::Revive),
    /// List the fields of a kind of record, including custom attributes
    Fields {
        /// Kind of record
        #[arg(long, default_value = "contact", value_parser = crate::trash::kind)]
        kind: RecordKind,
        #[arg(long)]
        json: bool,
    },
    /// Custom attributes
    Attributes {
        #[command(subcommand)]
        command: crate::fields::AttributesCommand,
    },
    /// Show every change to a record since it was created
    Audit {
        id: Id,
        /// Kind of record
        #[arg(long, default_value = "contact")]
        kind: String,
        #[arg(long)]
        json: bool,
    },
    /// Show what was changed, newest first
    History {
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Include events that changed no record, such as logins, passcodes, and exports
        #[arg(long)]
        events: bool,
        #[arg(long)]
        json: bool,
    },
    /// Confirm this computer’s clock
    Clock {
        #[command(subcommand)]
        command: crate::clock::ClockCommand,
    },
    /// Undo an operation
    Undo {
        operation: Id,
        /// Also restore values that someone changed since
        #[arg(long)]
        overwrite: bool,
        /// Only show what would happen (JSON)
        #[arg(long)]
        dry_run: bool,
        #[arg(long)]
        json: bool,
    },
    /// Add sample data
    Sample {
        #[arg(long)]
        contacts: u32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long)]
        json: bool,
    },
    /// Add a note to a contact
    Note {
        contact: Id,
        text: String,
        #[arg(long)]
        json: bool,
    },
    /// Employer users: access and roles
    Users {
        #[command(subcommand)]
        command: crate::users::UsersCommand,
    },
    /// Staff and their roles
    Staff {
        #[command(subcommand)]
        command: crate::users::StaffCommand,
    },
    /// List employer user roles
    Roles {
        #[arg(long)]
        json: bool,
    },
    /// Students and alumni
    Students {
        #[command(subcommand)]
        command: crate::students::StudentsCommand,
    },
    /// Print Liaison’s import template (CSV)
    Template {
        /// Kind of record, as with import
        #[arg(long, default_value = "contact")]
        kind: String,
    },
    /// List possible duplicates among contacts, with score and evidence
    Duplicates(crate::merge::Duplicates),
    /// Merge contacts or employers
    Merge(crate::merge::Merge),
    /// Move records to the trash, along with what belongs to them
    Delete(crate::trash::Delete),
    /// The trash: list, restore, delete permanently
    Trash {
        #[command(subcommand)]
        command: crate::trash::TrashCommand,
    },
    /// Export a list to a CSV, Excel, or vCard file
    Export(crate::views::Export),
    /// Saved and built-in views
    Views {
        #[command(subcommand)]
        command: crate::views::ViewsCommand,
    },
    /// Mail: write to people, outbox, settings, templates
    Mail {
        #[command(subcommand)]
        command: crate::mail::MailCommand,
    },
    /// Share data with your institution’s other computers through a hub
    Sync {
        #[command(subcommand)]
        command: crate::sync::SyncCommand,
    },
    /// Backups: create, list, check, look inside, restore
    Backup {
        #[command(subcommand)]
        command: crate::backup::BackupCommand,
    },
    /// Check every page of the database, every history entry, and every record against the history
    Verify(crate::verify::Verify),
    AuditExport(crate::verify::AuditExport),
    /// Show what the organization has set on this computer
    Policy {
        #[arg(long)]
        json: bool,
    },
    /// Man pages and shell completions of these commands
    Reference {
        #[command(subcommand)]
        command: crate::reference::ReferenceCommand,
    },
}

#[derive(Subcommand)]
pub enum ContactsCommand {
    /// Invite contacts to become employer users
    Invite {
        #[arg(required = true)]
        ids: Vec<Id>,
        /// Instead, remind those who were invited and are due
        #[arg(long)]
        remind: bool,
        /// Only show who would get an email, who wouldn’t, and why (JSON)
        #[arg(long)]
        dry_run: bool,
        #[arg(long)]
        json: bool,
    },
    /// List contacts
    List(List),
    /// Show one contact
    Show {
        id: Id,
        #[arg(long)]
        json: bool,
    },
}

// Not a group of its own: a subcommand called `list` is one of that name already.
