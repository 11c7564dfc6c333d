//! From the cells of a row to values of fields. Looks at nothing but the row.

use super::answer::{ImportProblem, PlacedProblem};
use liaison_domain::name::{email_key, organization_key};
use liaison_domain::refusal::Problem;
use liaison_domain::{Field, Id, Record, RecordKind, Registry, Value, contact, label};
use liaison_exchange::{FULL_NAME, RowProblem, Sheet, split_full_name};
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
        blank: sheet.is_blank(row) && !fixes.keys().any(|(fixed, _)| *fixed == row),
    };
    if read.blank {
        return read;
    }
    if let Some(problem) = sheet.row_problem(row) {
        read.problems.push(PlacedProblem { field: None, column: None, problem: unreadable(problem) });
    }
    for (column, target) in columns.iter().enumerate() {
        let Some(target) = target else { continue };
        let fixed = if fixes.is_empty() { None } else { fixes.get(&(row, column)) };
        let text = fixed.map_or_else(|| sheet.cell(row, column), String::as_str);
        if text.is_empty() {
            continue;
        }
        match target {
            Target::FullName => read.set_full_name(text, column),
            Target::Field(field) => read.set(field, text, column),
        }
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

/// Key of a row's address, as [`read_row`] gives it.
pub fn email_key_of(sheet: &Sheet, fixes: &Fixes, columns: &[Option<Target>], row: usize) -> String {
    let Some(column) = columns.iter().position(|target| *target == Some(Target::Field(&contact::EMAIL))) else {
        return String::new();
    };
    let text = fixes.get(&(row, column)).map_or_else(|| sheet.cell(row, column), String::as_str);
    contact::EMAIL.read(text).map(|value| email_key(value.as_text())).unwrap_or_default()
}

impl ReadRow {
    fn set(&mut self, field: &'static Field, text: &str, column: usize) {
        if field.number == contact::EMPLOYER.number {
            // The registry's limit for names holds for a new employer, too.
            match liaison_domain::employer::NAME.read(text) {
                Ok(Value::Text(name)) => {
                    let key = organization_key(&name);
                    // A name of nothing but punctuation names nobody.
                    self.employer = (!key.is_empty()).then_some(EmployerName { key, name });
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
        let name = split_full_name(text);
        let parts: [(&'static Field, &str); 5] = [
            (&contact::NAME_PREFIX, &name.prefix),
            (&contact::FIRST_NAME, &name.first),
            (&contact::MIDDLE_NAME, &name.middle),
            (&contact::LAST_NAME, &name.last),
            (&contact::NAME_SUFFIX, &name.suffix),
        ];
        for (field, part) in parts {
            if self.contact.get(field).is_empty() {
                self.set(field, part, column);
            }
        }
    }

    fn refuse(&mut self, field: &Field, column: Option<usize>, problem: Problem) {
        self.problems.push(PlacedProblem {
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
        RowProblem::UnclosedQuote => "unclosed_quote",
        RowProblem::FormulaError { .. } => "formula_error",
    };
    ImportProblem::Unreadable { reason: reason.to_owned(), detail: problem.to_string() }
}
