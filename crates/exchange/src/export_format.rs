//! What people export to: tables, cards, and the files of other programs.

use std::io;

use liaison_writers::{Program, TEMPLATE, VcardVersion, VcardWriter};
use serde::{Deserialize, Serialize};
use specta::Type;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

/// The format of a file.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type, EnumCount, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated values that no spreadsheet takes for formulas.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// Address cards of version 3.0, for programs that know no other; contacts only, as all that follow.
    Vcard,
    /// Address cards of version 4.0.
    Vcard4,
    /// What Google Contacts imports.
    Google,
    /// What the classic Outlook for Windows imports.
    Outlook,
    /// What the new Outlook, Outlook on the web and Outlook.com import.
    OutlookWeb,
    /// What Thunderbird imports.
    Thunderbird,
    /// What Handshake imports.
    Handshake,
}

/// How a format is written.
pub enum ExportForm {
    /// Rows and columns as somebody chooses them.
    Table,
    /// Address cards.
    Cards(VcardVersion),
    /// In the columns of a program.
    For(Program),
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [ExportFormat; ExportFormat::COUNT] =
        *ExportFormat::VARIANTS.first_chunk().expect("as many as there are");

    /// The key, on the wire and on the command line.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The format with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<ExportFormat> {
        key.parse().ok()
    }

    /// The ending of the file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            ExportFormat::Xlsx => "xlsx",
            ExportFormat::Vcard | ExportFormat::Vcard4 => "vcf",
            _ => "csv",
        }
    }

    /// How the format is written.
    #[must_use]
    pub fn form(self) -> ExportForm {
        match self {
            ExportFormat::Csv | ExportFormat::Xlsx => ExportForm::Table,
            ExportFormat::Vcard => ExportForm::Cards(VcardVersion::V3),
            ExportFormat::Vcard4 => ExportForm::Cards(VcardVersion::V4),
            ExportFormat::Google => ExportForm::For(Program::Google),
            ExportFormat::Outlook => ExportForm::For(Program::Outlook),
            ExportFormat::OutlookWeb => ExportForm::For(Program::OutlookWeb),
            ExportFormat::Thunderbird => ExportForm::For(Program::Thunderbird),
            ExportFormat::Handshake => ExportForm::For(Program::Handshake),
        }
    }

    /// Whether the format has a place for the field with this key.
    #[must_use]
    pub fn holds(self, key: &str) -> bool {
        match self.form() {
            ExportForm::Table => true,
            ExportForm::Cards(_) => VcardWriter::<io::Sink>::holds(key),
            ExportForm::For(program) => program.holds(key),
        }
    }

    /// The fields of contacts that the format has a place for, by key; none where it has one for each.
    #[must_use]
    pub fn fields_held(self) -> Option<Vec<&'static str>> {
        match self.form() {
            ExportForm::Table => None,
            _ => Some(TEMPLATE.iter().map(|(key, _)| *key).filter(|key| self.holds(key)).collect()),
        }
    }
}
