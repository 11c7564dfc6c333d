//! Arguments that several commands take, and what is read for them.

use crate::output::Failure;
use clap::{Args, Subcommand, ValueEnum};
use liaison_app::import::{DateOrder, ReadOptions};
use liaison_domain::Id;
use liaison_domain::limits::OPTION_FILE;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

#[derive(Args)]
#[group(skip)]
pub struct List {
    /// Words to search for (beginnings of words match, too)
    #[arg(long, default_value = "")]
    pub search: String,
    /// Condition; can be repeated. FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT (contains), FIELD= (has no value), FIELD<"18 months" (longer ago), FIELD>"30 days" (within)
    #[arg(long)]
    pub filter: Vec<String>,
    /// Field to sort by; a leading minus sorts in descending order
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
    /// With reject: also turn off the linked users’ access
    #[arg(long)]
    pub revoke: bool,
    #[arg(long)]
    pub json: bool,
}

/// Takes "First Last <email>" apart; the family name is the last word.
pub fn person(text: &str) -> Result<(String, String, String), Failure> {
    let wrong = || Failure::usage("Write the person as \"First Last <email>\".");
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
        Ok(_) => Err(Failure::usage(&format!("{} is larger than {OPTION_FILE} bytes.", path.display()))),
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
    /// Add a record: FIELD=VALUE for each field; linked records by id, employers also by name, staff by email
    Add {
        kind: String,
        #[arg(value_name = "FIELD=VALUE")]
        fields: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// Edit fields of a record, as with add; FIELD= clears the field
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
    /// Kind of record in the rows: contact, note, task, meeting, event, participation, interview_schedule, job_listing,
    /// experience, email, employment or student
    #[arg(long, default_value = "contact")]
    pub kind: String,
    /// Refuse the file unless it comes from this program: handshake, google, google_legacy, outlook, thunderbird, liaison, vcard
    #[arg(long)]
    pub preset: Option<String>,
    /// Add new contacts as pending instead of to the directory
    #[arg(long)]
    pub queue: bool,
    #[command(flatten)]
    pub reading: Reading,
    /// Only show what would happen
    #[arg(long)]
    pub dry_run: bool,
    /// Save the rows that weren’t imported in full to this file, each with the reason
    #[arg(long)]
    pub errors: Option<PathBuf>,
    #[command(flatten)]
    pub questions: Questions,
    #[arg(long)]
    pub json: bool,
}

/// What to do with rows where the file doesn’t say who is meant.
#[derive(Args, Clone, Copy, Default)]
pub struct Questions {
    /// Rows with the email of a contact who has another first and last name: update that contact, add another contact
    /// with the same email, or skip the row (the default)
    #[arg(long, value_enum)]
    pub on_name_conflict: Option<Answer>,
    /// Rows very likely about a contact who has another email: update that contact, add another contact, or skip the
    /// row (the default)
    #[arg(long, value_enum)]
    pub on_possible_duplicate: Option<Answer>,
}

/// What to do with such a row.
#[derive(Clone, Copy, ValueEnum)]
pub enum Answer {
    Update,
    Add,
    Skip,
}

/// How a file is read, where that isn't found by itself.
#[derive(Args, Clone, Default)]
pub struct Reading {
    /// Encoding of a text file, such as UTF-8, windows-1252, macintosh, or GBK
    #[arg(long)]
    pub encoding: Option<String>,
    /// Character between the cells of a CSV file: a character, or comma, semicolon, tab, or pipe
    #[arg(long, value_parser = separator)]
    pub separator: Option<char>,
    /// Sheet of a workbook
    #[arg(long)]
    pub sheet: Option<String>,
    /// Line or row with the headers; 0 if the file has none
    #[arg(long)]
    pub header_row: Option<u32>,
    /// What 05/06/2026 means: month_first (May 6) or day_first (June 5)
    #[arg(long, value_parser = date_order)]
    pub date_order: Option<DateOrder>,
}

impl Reading {
    /// For the reader.
    pub fn options(&self) -> ReadOptions {
        ReadOptions {
            encoding: self.encoding.clone(),
            separator: self.separator,
            sheet: self.sheet.clone(),
            header_row: self.header_row,
            date_order: self.date_order,
        }
    }
}

fn separator(text: &str) -> Result<char, String> {
    let named = [("comma", ','), ("semicolon", ';'), ("tab", '\t'), ("\\t", '\t'), ("pipe", '|')];
    if let Some((_, separator)) = named.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        return Ok(separator);
    }
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(separator), None) => Ok(separator),
        _ => Err("one character, or comma, semicolon, tab, or pipe".to_owned()),
    }
}

fn date_order(text: &str) -> Result<DateOrder, String> {
    text.replace('-', "_").parse().map_err(|_| "month_first or day_first".to_owned())
}
