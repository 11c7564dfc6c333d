//! Arguments that several commands take, and what is read for them.

use crate::output::Failure;
use clap::{Args, Subcommand};
use liaison_domain::Id;
use liaison_domain::limits::OPTION_FILE;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

#[derive(Args)]
#[group(skip)]
pub struct List {
    /// Words to search for, each as a prefix
    #[arg(long, default_value = "")]
    pub search: String,
    /// Condition; may be repeated. FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT (contains), FIELD= (has no value), FIELD<"18 months" (longer ago), FIELD>"30 days" (within)
    #[arg(long)]
    pub filter: Vec<String>,
    /// Field to sort by; with a leading minus from the end
    #[arg(long, allow_hyphen_values = true)]
    pub sort: Option<String>,
    #[arg(long)]
    pub limit: Option<u32>,
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    #[arg(long)]
    pub csv: bool,
}

#[derive(Args)]
pub struct Review {
    /// The contacts
    pub ids: Vec<Id>,
    /// All pending contacts
    #[arg(long, conflicts_with = "ids")]
    pub all: bool,
    /// With approve: also give the linked users this role
    #[arg(long)]
    pub role: Option<String>,
    /// With reject: also turn the linked users' access off
    #[arg(long)]
    pub revoke: bool,
    #[arg(long)]
    pub json: bool,
}

/// Takes "First Last <mail>" apart; the family name is the last word.
pub fn person(text: &str) -> Result<(String, String, String), Failure> {
    let wrong = || Failure::usage("--admin wants \"First Last <mail>\"");
    let (name, mail) = text.trim().strip_suffix('>').and_then(|rest| rest.rsplit_once('<')).ok_or_else(wrong)?;
    let (first, last) = name.trim().rsplit_once(' ').ok_or_else(wrong)?;
    Ok((first.trim().to_owned(), last.to_owned(), mail.trim().to_owned()))
}

/// The first line of a file with a passcode in it.
pub fn first_line(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = Zeroizing::new(read_text(path)?);
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}

/// Reads a text file that an option names.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(OPTION_FILE as u64 + 1).read_to_string(&mut text));
    match read {
        Ok(_) if text.len() <= OPTION_FILE => Ok(text),
        Ok(_) => Err(Failure::usage(&format!("{}: larger than {OPTION_FILE} bytes", path.display()))),
        Err(error) => Err(Failure::usage(&format!("{}: {error}", path.display()))),
    }
}

#[derive(Subcommand)]
pub enum RecordCommand {
    /// List the records of a kind; the columns are its fields
    List {
        kind: String,
        #[command(flatten)]
        list: List,
    },
    /// Add a record: FIELD=VALUE for each field; references by id, employers by name, too, staff by address
    Add {
        kind: String,
        #[arg(value_name = "FIELD=VALUE")]
        fields: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// Edit fields of a record, as with add; FIELD= takes the value away
    Edit {
        kind: String,
        id: Id,
        #[arg(required = true, value_name = "FIELD=VALUE")]
        fields: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// Show one record
    Show {
        kind: String,
        id: Id,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
pub enum QueueCommand {
    /// List pending contacts
    List(List),
    /// Approve contacts
    Approve(Review),
    /// Reject contacts
    Reject(Review),
}

#[derive(Args)]
pub struct Import {
    /// The file
    pub file: PathBuf,
    /// What the rows are: contact, note, task, meeting, event, participation, interview_schedule, job_listing,
    /// experience, email, employment or student
    #[arg(long, default_value = "contact")]
    pub kind: String,
    /// Refuse unless the file is of this program: handshake, google, google_legacy, outlook, thunderbird, liaison, vcard
    #[arg(long)]
    pub preset: Option<String>,
    /// New contacts go into the pending queue instead of the directory
    #[arg(long)]
    pub queue: bool,
    /// Only say what would happen
    #[arg(long)]
    pub dry_run: bool,
    /// Write the rows that can't be imported to this file
    #[arg(long)]
    pub errors: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}
