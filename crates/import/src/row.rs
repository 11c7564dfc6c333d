//! From the cells of a row to values of fields. Looks at nothing but the row.

pub use super::addresses::ADDRESSES;
use super::addresses::Addresses;
use super::answer::{ImportProblem, PlacedProblem};
use liaison_domain::employer_name::{employer_match_key, is_no_employer};
use liaison_domain::field::FieldType;
use liaison_domain::name::email_key;
use liaison_domain::refusal::Problem;
use liaison_domain::{Field, Id, Record, RecordKind, Registry, Value, contact, label};
use liaison_exchange::{FULL_NAME, RowProblem, Sheet, read_whole_name};
use std::borrow::Cow;
use std::collections::HashMap;

/// What a column is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A field of a contact.
    Field(&'static Field),
    /// A whole name, to be taken apart.
    FullName,
}

impl Target {
    /// The target with this key; only importable fields are.
    pub fn named(registry: &Registry, key: &str) -> Option<Target> {
        if key == FULL_NAME {
            return Some(Target::FullName);
        }
        registry.field(RecordKind::Contact, key).filter(|field| field.importable).map(Target::Field)
    }
}

/// Cells that were corrected by hand, by row and column.
pub type Fixes = HashMap<(usize, usize), String>;

/// A row's values.
#[derive(Clone, Debug)]
pub struct ReadRow {
    /// The contact as the row says it; it has no id yet, and blank cells are `Empty`.
    pub contact: Record,
    /// The employer's name; looked up later.
    pub employer: Option<EmployerName>,
    /// Key of the address.
    pub email_key: String,
    /// What is wrong with the row by itself.
    pub problems: Vec<PlacedProblem>,
    /// Values that can't be what they should be, which the person can do without.
    pub left_out: Vec<PlacedProblem>,
    /// The row is blank.
    pub blank: bool,
}

/// An employer as a file names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployerName {
    /// What names are compared by.
    pub key: String,
    /// The name.
    pub name: String,
}

/// Reads one row.
pub fn read_row(sheet: &Sheet, fixes: &Fixes, columns: &[Option<Target>], row: usize) -> ReadRow {
    let mut read = ReadRow {
        contact: Record::blank(RecordKind::Contact, Id::from_parts(0, [0; 10])),
        employer: None,
        email_key: String::new(),
        problems: Vec::new(),
        left_out: Vec::new(),
        blank: sheet.is_blank(row) && !fixes.keys().any(|(fixed, _)| *fixed == row),
    };
    if read.blank {
        return read;
    }
    if let Some(problem) = sheet.row_problem(row) {
        read.problems.push(PlacedProblem { field: None, column: None, problem: unreadable(problem) });
    }
    let mut addresses = Addresses::default();
    for (column, target) in columns.iter().enumerate() {
        let Some(target) = target else { continue };
        let fixed = if fixes.is_empty() { None } else { fixes.get(&(row, column)) };
        let text = fixed.map_or_else(|| sheet.cell(row, column), String::as_str);
        if text.is_empty() {
            continue;
        }
        let plain = sheet.plain(text);
        let text = plain.as_deref().unwrap_or(text);
        match target {
            Target::FullName => read.set_full_name(text, column),
            Target::Field(field) if Addresses::holds(field) => {
                if let Err(problem) = addresses.take(field, text, column) {
                    read.refuse(field, Some(column), problem);
                }
            }
            Target::Field(field) => read.set(field, &value_of(sheet, field, column, text), column),
        }
    }
    let addresses = addresses.settle();
    for (field, address) in addresses.fields {
        read.contact.set(field, Value::Text(address));
    }
    for (field, column, problem) in addresses.refused {
        read.refuse(field, Some(column), problem);
    }
    for field in RecordKind::Contact.fields() {
        let missing = field.required && read.contact.get(field).is_empty();
        if missing && !read.problems.iter().any(|problem| problem.field.as_deref() == Some(field.key)) {
            let column = columns.iter().position(|target| *target == Some(Target::Field(field)));
            read.refuse(field, column, Problem::Required);
        }
    }
    read.email_key = email_key(read.contact.text(&contact::EMAIL));
    read
}

/// The columns that hold addresses; the others are left out.
pub fn address_columns(columns: &[Option<Target>]) -> Vec<Option<Target>> {
    let is_address = |target: &Target| match target {
        Target::Field(field) => Addresses::holds(field),
        Target::FullName => false,
    };
    columns.iter().map(|target| target.filter(is_address)).collect()
}

/// What the current addresses of a contact are compared by.
pub fn address_keys(record: &Record) -> Vec<String> {
    let keys = ADDRESSES.iter().map(|field| email_key(record.text(field)));
    keys.filter(|key| !key.is_empty()).collect()
}

/// The text of a cell as its field reads it: what a date means is decided for the column.
fn value_of<'t>(sheet: &Sheet, field: &Field, column: usize, text: &'t str) -> Cow<'t, str> {
    let date = (field.field_type == FieldType::Date).then(|| sheet.date(column, text)).flatten();
    date.map_or(Cow::Borrowed(text), Cow::Owned)
}

impl ReadRow {
    fn set(&mut self, field: &'static Field, text: &str, column: usize) {
        if field.number == contact::EMPLOYER.number {
            // The registry's limit for names holds for a new employer, too.
            match liaison_domain::employer::NAME.read(text) {
                Ok(Value::Text(name)) => {
                    let key = employer_match_key(&name);
                    self.employer = (!is_no_employer(&name)).then_some(EmployerName { key, name });
                }
                Ok(_) => {}
                Err(problem) => self.refuse(field, Some(column), problem),
            }
            return;
        }
        match field.read(text) {
            Ok(Value::Empty) => {}
            Ok(value) => self.contact.set(field, value),
            Err(problem) => self.refuse(field, Some(column), problem),
        }
    }

    /// A whole name fills only the parts that no column of their own has filled.
    fn set_full_name(&mut self, text: &str, column: usize) {
        let whole = read_whole_name(text);
        if whole.is_unclear {
            return self.refuse(&contact::FIRST_NAME, Some(column), Problem::NotOneName);
        }
        let name = whole.name;
        let parts: [(&'static Field, &str); 9] = [
            (&contact::NAME_PREFIX, &name.prefix),
            (&contact::FIRST_NAME, &name.first),
            (&contact::MIDDLE_NAME, &name.middle),
            (&contact::LAST_NAME, &name.last),
            (&contact::NAME_SUFFIX, &name.suffix),
            (&contact::PREFERRED_NAME, &whole.preferred),
            (&contact::PRONOUNS, &whole.pronouns),
            (&contact::TITLE, &whole.title),
            (&contact::DESCRIPTION, &whole.note),
        ];
        for (field, part) in parts {
            if self.contact.get(field).is_empty() && !part.is_empty() {
                self.set(field, part, column);
            }
        }
        if self.employer.is_none() && !whole.employer.is_empty() {
            self.set(&contact::EMPLOYER, &whole.employer, column);
        }
    }

    /// A value that isn't one costs the person only where there is no person without it.
    fn refuse(&mut self, field: &Field, column: Option<usize>, problem: Problem) {
        let problems = if field.required { &mut self.problems } else { &mut self.left_out };
        problems.push(PlacedProblem {
            field: Some(field.key.to_owned()),
            column: column.map(|column| column as u32),
            problem: ImportProblem::Value { problem },
        });
    }
}

/// The labels a contact has after an import: blank never clears, so neither does a shorter list.
pub fn united(have: &Value, come: &Value) -> Value {
    match (have, come) {
        (Value::List(have), Value::List(come)) => Value::List(label::with(have, come)),
        _ => come.clone(),
    }
}

/// Why a row could not be read whole.
pub(super) fn unreadable(problem: &RowProblem) -> ImportProblem {
    let reason = match problem {
        RowProblem::TruncatedCard => "truncated_card",
        RowProblem::UnreadableCard => "unreadable_card",
        RowProblem::TooManyLines { .. } => "too_many_lines",
        RowProblem::NotAPerson { .. } => "not_a_person",
        RowProblem::ExtraCells { .. } => "extra_cells",
        RowProblem::CellTooLarge { .. } => "cell_too_large",
        RowProblem::Undecodable { .. } => "undecodable",
        RowProblem::NulCharacter { .. } => "nul_character",
        RowProblem::MismatchedQuotes => "mismatched_quotes",
        RowProblem::FormulaError { .. } => "formula_error",
        RowProblem::FormulaWithoutValue { .. } => "formula_without_value",
    };
    ImportProblem::Unreadable { reason: reason.to_owned(), detail: problem.to_string() }
}
