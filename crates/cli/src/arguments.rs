//! The command line.

use crate::common_arguments::{Import, List, QueueCommand, RecordCommand, first_line};
use crate::output::Failure;
use clap::{Parser, Subcommand};
use liaison_domain::{Id, RecordKind};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The contact desk of a university career center, from a terminal.
#[derive(Parser)]
#[command(
    name = "liaison-cli",
    version,
    after_help = "Exit codes: 0 done, 1 internal, 2 command line, 3 not found, 4 refused, \
5 locked, 6 in use, 7 not set up, 8 file that cannot be read or written, 9 damage found, 10 mail not sent."
)]
pub struct Arguments {
    /// Directory of the database (default: LIAISON_DATA, or the system's place for application data)
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
    /// Make the database, name the institution and the first administrator
    Init {
        #[arg(long)]
        institution: String,
        /// "First Last <mail>"
        #[arg(long)]
        admin: String,
        #[arg(long)]
        json: bool,
    },
    /// Set a new passcode with the recovery key (given as the passcode), and get a new recovery key
    Recover(crate::recovery::Recover),
    /// Import contacts from a CSV, xlsx or vCard file, or what happened with them (--kind) from CSV or xlsx
    Import(Import),
    /// Tasks, meetings, events and so on
    Record {
        #[command(subcommand)]
        command: RecordCommand,
    },
    /// Look at contacts
    Contacts {
        #[command(subcommand)]
        command: ContactsCommand,
    },
    /// Invitations and reminders: the ledger, where links lead
    Invitations {
        #[command(subcommand)]
        command: crate::invitations::InvitationsCommand,
    },
    /// The pending queue
    Queue {
        #[command(subcommand)]
        command: QueueCommand,
    },
    /// Make one change on many contacts or employers
    Bulk(crate::bulk::Bulk),
    /// Archive contacts; their users stay as they are
    Archive(crate::archive::Archive),
    /// Revive archived contacts
    Revive(crate::archive::Revive),
    /// The fields of a kind of record, attributes among them
    Fields {
        /// Kind of the records
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
    /// Every change of a record since it was created
    Audit {
        id: Id,
        /// Kind of the record
        #[arg(long, default_value = "contact")]
        kind: String,
        #[arg(long)]
        json: bool,
    },
    /// What was changed, newest first
    History {
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Also what changed no record: who opened the database, passcodes, exports
        #[arg(long)]
        events: bool,
        #[arg(long)]
        json: bool,
    },
    /// This computer's clock: whether it is believed
    Clock {
        #[command(subcommand)]
        command: crate::clock::ClockCommand,
    },
    /// Take back an operation
    Undo {
        operation: Id,
        /// Also put back values that somebody changed since
        #[arg(long)]
        overwrite: bool,
        /// Only say what would happen (JSON)
        #[arg(long)]
        dry_run: bool,
        #[arg(long)]
        json: bool,
    },
    /// Generate sample data
    Sample {
        #[arg(long)]
        contacts: u32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long)]
        json: bool,
    },
    /// Write a note on a contact
    Note {
        contact: Id,
        text: String,
        #[arg(long)]
        json: bool,
    },
    /// Employer users: who can log in to the portal, as what
    Users {
        #[command(subcommand)]
        command: crate::users::UsersCommand,
    },
    /// Staff: who works at this desk
    Staff {
        #[command(subcommand)]
        command: crate::users::StaffCommand,
    },
    /// Roles of employer users
    Roles {
        #[arg(long)]
        json: bool,
    },
    /// Students and alumni
    Students {
        #[command(subcommand)]
        command: crate::students::StudentsCommand,
    },
    /// Print our own import template (CSV)
    Template {
        /// What its rows are, as with import
        #[arg(long, default_value = "contact")]
        kind: String,
    },
    /// Contacts that may be one person, with score and evidence
    Duplicates(crate::merge::Duplicates),
    /// Merge contacts, or employers, into one
    Merge(crate::merge::Merge),
    /// Put records into the trash, with what belongs to them
    Delete(crate::trash::Delete),
    /// The trash: list, restore, erase for good
    Trash {
        #[command(subcommand)]
        command: crate::trash::TrashCommand,
    },
    /// Write a file of a list: CSV, xlsx or vCard
    Export(crate::views::Export),
    /// Saved views, and those that are always there
    Views {
        #[command(subcommand)]
        command: crate::views::ViewsCommand,
    },
    /// Mail: write to contacts, the outbox, settings, templates
    Mail {
        #[command(subcommand)]
        command: crate::mail::MailCommand,
    },
    /// Backups: make, list, check, look inside, restore
    Backup {
        #[command(subcommand)]
        command: crate::backup::BackupCommand,
    },
    /// Check every page of the database, every link of the journal and every record against the journal
    Verify(crate::verify::Verify),
    AuditExport(crate::verify::AuditExport),
}

#[derive(Subcommand)]
pub enum ContactsCommand {
    /// Invite contacts to become employer users
    Invite {
        #[arg(required = true)]
        ids: Vec<Id>,
        /// Remind those who were invited and are due, instead
        #[arg(long)]
        remind: bool,
        /// Only say who would get a message, who would not and why (JSON)
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
