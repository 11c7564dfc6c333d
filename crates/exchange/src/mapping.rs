//! Which contact field each column holds.

use serde::Serialize;

use liaison_values::content::{is_email, is_linkedin, is_phone, is_url};

use crate::{
    headers::{PLAIN, VAGUE, WHOLE_NAMES, is_listed, normalise},
    sheet::Sheet,
};
use liaison_writers::{PROBLEM_HEADER, field_by_key, field_by_label};

/// The key of the pseudo-field for a whole name in one column; see [`crate::split_full_name`].
pub const FULL_NAME: &str = "full_name";

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Nothing speaks for any field.
    None,
    /// The header may mean something else, or only the content speaks for it.
    Guess,
    /// The header is a usual one for the field.
    Likely,
    /// The file's program is known, or the header is our own.
    Certain,
}

/// What a column seems to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ColumnGuess {
    /// A key of [`crate::TEMPLATE`], of a further field, or [`FULL_NAME`]; `None` to leave the column out.
    pub field: Option<&'static str>,
    /// How sure that is; [`Confidence::None`] exactly where there is no field, except for columns that a known
    /// program has and contacts have no field for: leaving those out is certain.
    pub confidence: Confidence,
}

/// Proposes a field for each column of the sheet, each field at most once.
#[must_use]
pub fn guess_mapping(sheet: &Sheet) -> Vec<ColumnGuess> {
    guess_mapping_among(sheet, &[])
}

/// As [`guess_mapping`], with fields beyond those of [`crate::TEMPLATE`]: their keys and their headers, by which they are known.
#[must_use]
pub fn guess_mapping_among(sheet: &Sheet, further: &[(&'static str, &'static str)]) -> Vec<ColumnGuess> {
    if let Some(fields) = &sheet.fields {
        let mut taken: Vec<&str> = Vec::new();
        let certain = |(column, field): (usize, &Option<&'static str>)| {
            let own = || further_field(further, sheet.headers.get(column)?).filter(|field| !taken.contains(field));
            let field = field.or_else(own);
            taken.extend(field);
            ColumnGuess { field, confidence: Confidence::Certain }
        };
        return fields.iter().enumerate().map(certain).collect();
    }
    let columns: Vec<Column> = (0..sheet.columns()).map(|column| Column::of(sheet, column, further)).collect();
    Assignment::new(columns).carry_out()
}

/// The further field with this header, compared as headers are, or with this key.
fn further_field(further: &[(&'static str, &'static str)], header: &str) -> Option<&'static str> {
    let name = normalise(header);
    if name.is_empty() {
        return None;
    }
    let known = |(key, label): &&(&'static str, &'static str)| normalise(label) == name || *key == header.trim();
    further.iter().find(known).map(|(key, _)| *key)
}

/// Whether a column with this header holds e-mail addresses.
pub(crate) fn is_email_header(header: &str) -> bool {
    let name = normalise(header);
    let plain = || PLAIN.iter().find(|(_, names)| is_listed(names, &name)).map(|(field, _)| *field);
    let field = field_by_label(header).or_else(|| field_by_key(header)).or_else(plain);
    field.is_some_and(|field| field.starts_with("email")) || (field.is_none() && name.contains("email"))
}

/// What the content of a column looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Email,
    LinkedIn,
    Url,
    Phone,
    Other,
    Blank,
}

impl Content {
    /// Looks at up to 50 filled cells from the top of the column.
    fn of(sheet: &Sheet, column: usize) -> Self {
        let rows = 0..sheet.rows().min(5_000);
        let filled = rows.map(|row| sheet.cell(row, column)).filter(|cell| !cell.trim().is_empty());
        let cells: Vec<&str> = filled.take(50).collect();
        if cells.is_empty() {
            return Self::Blank;
        }
        let mostly = |test: fn(&str) -> bool| cells.iter().filter(|cell| test(cell)).count() * 5 >= cells.len() * 4;
        if mostly(is_email) {
            Self::Email
        } else if mostly(is_linkedin) {
            Self::LinkedIn
        } else if mostly(is_url) {
            Self::Url
        } else if mostly(is_phone) {
            Self::Phone
        } else {
            Self::Other
        }
    }

    /// Fields for such content, the most usual first.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Email => &["email", "email_2", "email_3"],
            Self::LinkedIn => &["linkedin"],
            Self::Url => &["website", "social"],
            Self::Phone => &["work_phone", "mobile_phone", "other_phone"],
            Self::Other | Self::Blank => &[],
        }
    }

    /// Whether the field can hold such content at all.
    fn suits(self, field: &str) -> bool {
        match field {
            "email" | "email_2" | "email_3" => matches!(self, Self::Email | Self::Blank | Self::Other),
            "first_name" | "last_name" | "employer" | "city" | "country" | FULL_NAME => {
                !matches!(self, Self::Email | Self::Phone | Self::LinkedIn)
            }
            "website" | "social" | "x_profile" | "github" | "facebook" | "instagram" => self != Self::LinkedIn,
            _ => true,
        }
    }
}

struct Column {
    header: String,
    content: Content,
    /// The fields the column may hold and how sure each is, the best first.
    wishes: Vec<(&'static str, Confidence)>,
}

/// Where else a second column of the same kind may go.
fn alternatives(field: &str) -> &'static [&'static str] {
    match field {
        "email" | "email_2" => &["email_2", "email_3"],
        "work_phone" | "mobile_phone" | "home_phone" => &["other_phone"],
        "website" => &["social"],
        _ => &[],
    }
}

impl Column {
    fn of(sheet: &Sheet, column: usize, further: &[(&'static str, &'static str)]) -> Self {
        let header = sheet.headers.get(column).map_or("", |header| header.trim());
        let content = Content::of(sheet, column);
        let mut wishes = Vec::new();
        if header.eq_ignore_ascii_case(PROBLEM_HEADER) {
            return Self { header: String::new(), content: Content::Blank, wishes };
        }
        let name = normalise(header);
        let own = field_by_label(header).or_else(|| field_by_key(header)).or_else(|| further_field(further, header));
        let listed = |list: &'static [(&str, &str)]| {
            list.iter().find(|(_, names)| is_listed(names, &name)).map(|(field, _)| *field)
        };
        if let Some(field) = own {
            wishes.push((field, Confidence::Certain));
        }
        if let Some(field) = listed(PLAIN) {
            // "Mail" over anything but addresses may be about letters.
            let doubtful = field.starts_with("email") && content == Content::Other;
            wishes.push((field, if doubtful { Confidence::Guess } else { Confidence::Likely }));
        }
        if let Some(field) = listed(VAGUE) {
            // A header such as "Phone" is vague, but not over a column of telephone numbers.
            let confirmed = content.fields().contains(&field);
            wishes.push((field, if confirmed { Confidence::Likely } else { Confidence::Guess }));
        }
        if let Some((field, confidence)) = wishes.first().copied() {
            let confidence = confidence.min(Confidence::Likely);
            wishes.extend(alternatives(field).iter().map(|field| (*field, confidence)));
        }
        wishes.extend(content.fields().iter().map(|field| (*field, Confidence::Guess)));
        // The content overrules the header only where it cannot be right.
        wishes.retain(|(field, _)| content.suits(field));
        Self { header: name, content, wishes }
    }

    fn is_whole_name(&self) -> bool {
        is_listed(WHOLE_NAMES, &self.header) && self.content.suits(FULL_NAME)
    }
}

struct Assignment {
    columns: Vec<Column>,
    guesses: Vec<ColumnGuess>,
}

impl Assignment {
    fn new(columns: Vec<Column>) -> Self {
        let nothing = ColumnGuess { field: None, confidence: Confidence::None };
        let guesses = vec![nothing; columns.len()];
        Self { columns, guesses }
    }

    fn is_taken(&self, field: &str) -> bool {
        self.guesses.iter().any(|guess| guess.field == Some(field))
    }

    fn assign(&mut self, column: usize, field: &'static str, confidence: Confidence) {
        self.guesses[column] = ColumnGuess { field: Some(field), confidence };
    }

    /// The surest wishes come first, then the leftmost columns; whoever comes late takes the next wish.
    fn carry_out(mut self) -> Vec<ColumnGuess> {
        for confidence in [Confidence::Certain, Confidence::Likely] {
            self.round(confidence);
        }
        self.names();
        self.round(Confidence::Guess);
        self.guesses
    }

    fn round(&mut self, confidence: Confidence) {
        for column in 0..self.columns.len() {
            if self.guesses[column].field.is_some() {
                continue;
            }
            let wishes = self.columns[column].wishes.iter();
            let free = wishes.filter(|(_, sure)| *sure == confidence).find(|(field, _)| !self.is_taken(field));
            if let Some((field, _)) = free.copied() {
                self.assign(column, field, confidence);
            }
        }
    }

    /// A column "Name" is a whole name in a file without the parts; beside first names it holds the last ones, as in
    /// German ("Vorname, Name") and French ("Prénom, Nom") files, and beside last names the first ones.
    fn names(&mut self) {
        let free =
            |this: &Self, column: usize| this.guesses[column].field.is_none() && this.columns[column].is_whole_name();
        let Some(column) = (0..self.columns.len()).find(|column| free(self, *column)) else {
            return;
        };
        let single = matches!(self.columns[column].header.as_str(), "name" | "nom" | "nombre");
        match (self.is_taken("first_name"), self.is_taken("last_name")) {
            (true, true) => {}
            (true, false) if single => self.assign(column, "last_name", Confidence::Likely),
            (false, true) if single => self.assign(column, "first_name", Confidence::Likely),
            (false, false) => self.assign(column, FULL_NAME, Confidence::Likely),
            _ => {}
        }
    }
}
