//! Files that other programs import: their own columns, in their own order, in the encoding they read.

mod google;
mod handshake;
mod outlook;
mod part;
mod thunderbird;

use std::io::{self, Write};

use encoding_rs::WINDOWS_1252;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};
use unicode_normalization::UnicodeNormalization;

use crate::{guard::guard, template::TEMPLATE, values::Values, write::of_the_system};
use part::Columns;

/// A program with a form of its own for the contacts it imports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Program {
    /// Google Contacts, since 2024.
    Google,
    /// Outlook for Windows, the classic program.
    Outlook,
    /// The new Outlook, Outlook on the web and Outlook.com.
    OutlookWeb,
    /// Thunderbird’s address book.
    Thunderbird,
    /// Handshake’s import of contacts.
    Handshake,
}

/// Whether a contact is archived: no field of its own, but Handshake has a column for it.
pub const ARCHIVED: &str = "archived";

/// How a program writes its files.
struct Form {
    columns: Columns,
    /// Begins with a byte-order mark.
    mark: bool,
    /// In Windows-1252 rather than UTF-8.
    ansi: bool,
    /// Every cell is in quotes.
    quoted: bool,
    /// Fields without which the program refuses a row.
    required: &'static [&'static str],
}

impl Program {
    /// Every program.
    pub const ALL: [Program; Program::COUNT] = *Program::VARIANTS.first_chunk().expect("as many as there are");

    /// The name used in the command line and between the parts of the app.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The program of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    fn form(self) -> Form {
        let form = |columns| Form { columns, mark: false, ansi: false, quoted: false, required: &[] };
        match self {
            Self::Google => form(google::COLUMNS),
            Self::Outlook => Form { ansi: true, quoted: true, ..form(outlook::CLASSIC) },
            Self::OutlookWeb => Form { mark: true, ..form(outlook::WEB) },
            Self::Thunderbird => form(thunderbird::COLUMNS),
            Self::Handshake => Form { required: &handshake::REQUIRED, ..form(handshake::COLUMNS) },
        }
    }

    /// The header row.
    pub fn headers(self) -> impl Iterator<Item = &'static str> {
        self.form().columns.iter().map(|(header, _)| *header)
    }

    /// Whether the program's file has a place for this field (by its key).
    #[must_use]
    pub fn holds(self, field: &str) -> bool {
        self.form().columns.iter().any(|(_, part)| part.holds(field))
    }

    /// The keys of our columns that the program's file has no place for.
    pub fn left_out(self) -> impl Iterator<Item = &'static str> {
        TEMPLATE.iter().map(|(key, _)| *key).filter(move |key| !self.holds(key))
    }

    /// Fields without which the program refuses a contact.
    #[must_use]
    pub fn required(self) -> &'static [&'static str] {
        self.form().required
    }
}

/// What became of the contacts that were to be written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgramWritten {
    /// How many are in the file.
    pub written: u32,
    /// How many were left out, because the program refuses them for want of a value.
    pub refused: u32,
    /// How many have characters that the file's encoding has no place for; they stand there without accents, or as "?".
    pub replaced: u32,
}

/// Writes contacts for a program, row by row. [`crate::strip_guard`] applies: what could be run as a formula has an
/// apostrophe in front, because such files are opened in spreadsheets too.
pub struct ProgramWriter<W: Write> {
    form: Form,
    rows: csv::Writer<W>,
    done: ProgramWritten,
}

impl<W: Write> ProgramWriter<W> {
    /// Begins a file with the program's header row.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new(mut writer: W, program: Program) -> io::Result<Self> {
        let form = program.form();
        if form.mark {
            writer.write_all("\u{feff}".as_bytes())?;
        }
        let style = if form.quoted { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut rows =
            csv::WriterBuilder::new().quote_style(style).terminator(csv::Terminator::CRLF).from_writer(writer);
        rows.write_record(program.headers()).map_err(of_the_system)?;
        Ok(Self { form, rows, done: ProgramWritten::default() })
    }

    /// Adds a contact: texts by field key, labels joined by semicolons, [`ARCHIVED`] with any text where it is archived.
    /// Fields that the program has no place for are left out.
    ///
    /// # Errors
    /// When writing fails.
    pub fn contact<'a>(&mut self, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> io::Result<()> {
        let mut is_archived = false;
        let values = Values::of(values.into_iter().inspect(|(key, text)| {
            is_archived |= *key == ARCHIVED && !text.is_empty();
        }));
        if self.form.required.iter().any(|field| values.get(field).is_empty()) {
            self.done.refused += 1;
            return Ok(());
        }
        let mut has_replaced = false;
        for (_, part) in self.form.columns {
            let text = part.text(&values, is_archived);
            let text = guard(&text);
            if self.form.ansi {
                // Outlook ends the lines of a cell as Windows does.
                let (bytes, replaced) = windows_1252(&text.replace('\n', "\r\n"));
                has_replaced |= replaced;
                self.rows.write_field(&bytes).map_err(of_the_system)?;
            } else {
                self.rows.write_field(text.as_bytes()).map_err(of_the_system)?;
            }
        }
        self.rows.write_record(None::<&[u8]>).map_err(of_the_system)?;
        self.done.written += 1;
        self.done.replaced += u32::from(has_replaced);
        Ok(())
    }

    /// Writes out what is still in memory, and says what became of the contacts. Dropping the writer instead would lose an
    /// error.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self) -> io::Result<ProgramWritten> {
        self.rows.flush()?;
        Ok(self.done)
    }
}

/// The text in Windows-1252, and whether something had to be replaced: by its letter without accents, else by "?".
fn windows_1252(text: &str) -> (Vec<u8>, bool) {
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(text);
    if !is_lossy {
        return (bytes.into_owned(), false);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut encode = |text: &str| {
        let (encoded, _, is_lossy) = WINDOWS_1252.encode(text);
        if !is_lossy {
            bytes.extend_from_slice(&encoded);
        }
        !is_lossy
    };
    let mut buffer = [0; 4];
    for c in text.nfc() {
        if encode(c.encode_utf8(&mut buffer)) || unicode_normalization::char::is_combining_mark(c) {
            continue;
        }
        let plain: String =
            std::iter::once(c).nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
        if !encode(&plain) {
            encode("?");
        }
    }
    (bytes, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_without_a_place_are_replaced_and_said() {
        assert_eq!(windows_1252("Zoë – “1 €”"), (b"Zo\xeb \x96 \x931 \x80\x94".to_vec(), false));
        assert_eq!(windows_1252("Őry, 山"), ("Ory, ?".into(), true));
        assert_eq!(windows_1252("e\u{301}山"), (b"\xe9?".to_vec(), true));
    }

    #[test]
    fn what_no_column_holds_is_listed_here() {
        let expect: [(Program, &[&str]); 5] = [
            (Program::Google, &["pronouns", "approval", "visibility", "source", "added_by"]),
            (
                Program::Outlook,
                &[
                    "preferred_name",
                    "pronouns",
                    "linkedin",
                    "x_profile",
                    "github",
                    "facebook",
                    "instagram",
                    "social",
                    "approval",
                    "visibility",
                    "source",
                    "added_by",
                ],
            ),
            (
                Program::OutlookWeb,
                &[
                    "pronouns",
                    "x_profile",
                    "github",
                    "facebook",
                    "instagram",
                    "social",
                    "labels",
                    "approval",
                    "visibility",
                    "source",
                    "added_by",
                ],
            ),
            (
                Program::Thunderbird,
                &[
                    "name_prefix",
                    "middle_name",
                    "name_suffix",
                    "pronouns",
                    "email_3",
                    "other_phone",
                    "x_profile",
                    "github",
                    "facebook",
                    "instagram",
                    "social",
                    "labels",
                    "approval",
                    "visibility",
                    "source",
                    "added_by",
                ],
            ),
            (
                Program::Handshake,
                &[
                    "name_prefix",
                    "middle_name",
                    "name_suffix",
                    "preferred_name",
                    "pronouns",
                    "email_2",
                    "email_3",
                    "department",
                    "home_phone",
                    "other_phone",
                    "street",
                    "postal_code",
                    "home_street",
                    "home_city",
                    "home_region",
                    "home_postal_code",
                    "home_country",
                    "website",
                    "linkedin",
                    "x_profile",
                    "github",
                    "facebook",
                    "instagram",
                    "social",
                    "labels",
                    "approval",
                    "visibility",
                    "source",
                    "added_by",
                ],
            ),
        ];
        assert_eq!(expect.map(|(program, _)| program), Program::ALL);
        for (program, fields) in expect {
            assert_eq!(program.left_out().collect::<Vec<_>>(), fields, "{program:?}");
        }
    }
}
