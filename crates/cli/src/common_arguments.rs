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

/// Reads a text file that an option names: UTF-8, or UTF-16 with a byte order mark, as Windows writes both.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let failed = |words: &str| Failure::usage(&format!("{}: {words}", path.display()));
    // Windows has no better word for a folder than that it may not be opened.
    if path.is_dir() {
        return Err(failed("this is a folder, not a file."));
    }
    let mut bytes = Zeroizing::new(Vec::new());
    let read = File::open(path).and_then(|file| file.take(OPTION_FILE as u64 + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) if bytes.len() > OPTION_FILE => Err(failed(&format!("this is larger than {OPTION_FILE} bytes."))),
        Ok(_) => text_of(&bytes).ok_or_else(|| failed("this isn’t text in UTF-8. Save it as UTF-8 and try again.")),
        Err(error) => Err(failed(&error.to_string())),
    }
}

/// The text without its byte order mark, which is no part of it.
fn text_of(bytes: &[u8]) -> Option<String> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units = Zeroizing::new(pairs.iter().map(|pair| unit(*pair)).collect::<Vec<u16>>());
        rest.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// As Notepad and Windows PowerShell write it.
    #[test]
    fn a_byte_order_mark_is_no_part_of_a_passcode() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("passcode.txt");
        let words = "größer als vier Wörter";
        let le: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (mark, text) in [
            (&b""[..], words.as_bytes()),
            (&[0xef, 0xbb, 0xbf], words.as_bytes()),
            (&[0xff, 0xfe], &le),
            (&[0xfe, 0xff], &be),
        ] {
            let end: &[u8] = match mark {
                [0xff, 0xfe] => b"\r\0\n\0",
                [0xfe, 0xff] => b"\0\r\0\n",
                _ => b"\r\n",
            };
            std::fs::write(&path, [mark, text, end].concat()).expect("a file");
            let Ok(line) = first_line(&path) else { panic!("{mark:?} can be read") };
            assert_eq!(*line, words, "{mark:?}");
        }
        let told = |path: &Path| match read_text(path) {
            Err(Failure::Usage(words)) => words,
            _ => String::new(),
        };
        for bytes in [&b"pass\xffcode"[..], b"\xff\xfea", b"\xff\xfe\x00\xd8"] {
            std::fs::write(&path, bytes).expect("a file");
            assert!(told(&path).contains("Save it as UTF-8"), "{bytes:?}");
        }
        assert!(told(folder.path()).contains("this is a folder"));
    }
}
