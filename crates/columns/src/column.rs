//! The values of one field, row by row.

use crate::codes::Codes;
use crate::texts::{Met, Texts};
use liaison_domain::field::{Field, FieldType};
use liaison_domain::{Id, RecordKind};
use liaison_store::{Statement, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What stands for no number. No field has such a value, and where one had, its column would not be kept.
pub(crate) const NO_NUMBER: i64 = i64::MIN;

/// How the values of a field are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Texts that are compared without regard to the case of ASCII letters, and kept without it.
    Folded,
    /// Texts as they are.
    Exact,
    /// Ids of records of a kind.
    Reference(RecordKind),
    /// Yes, no or nothing.
    Flag,
    /// Numbers and moments.
    Number,
}

impl Shape {
    /// The shape of a field's column.
    pub fn of(field: &Field) -> Shape {
        match field.field_type {
            FieldType::Choice { .. } | FieldType::Date => Shape::Exact,
            FieldType::Reference { kind } => Shape::Reference(kind),
            FieldType::Flag => Shape::Flag,
            FieldType::Number | FieldType::Moment => Shape::Number,
            _ => Shape::Folded,
        }
    }
}

/// Records that are referred to, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ids {
    ids: Vec<Id>,
    numbers: HashMap<Id, u32>,
}

impl Ids {
    /// The number of an id, which is added where it is not there.
    pub fn number(&mut self, id: Id) -> u32 {
        *self.numbers.entry(id).or_insert_with(|| {
            self.ids.push(id);
            self.ids.len() as u32 - 1
        })
    }

    /// The number of an id.
    pub fn find(&self, id: Id) -> Option<u32> {
        self.numbers.get(&id).copied()
    }

    /// All of them, by number.
    pub fn all(&self) -> &[Id] {
        &self.ids
    }
}

/// The values of one field. Codes are one more than the number of a value; 0 is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Column {
    /// Texts, without the case of ASCII letters where they are `folded`.
    Texts { folded: bool, texts: Texts, codes: Codes },
    /// References.
    References { to: RecordKind, ids: Ids, codes: Codes },
    /// 1 for no, 2 for yes.
    Flags { codes: Codes },
    /// Numbers; rows beyond the end have none.
    Numbers { values: Vec<i64> },
}

impl Column {
    /// Takes the value of a row from a column of a statement.
    pub fn set(&mut self, row: usize, from: &Statement<'_>, at: usize) -> Result<(), StoreError> {
        if from.is_null(at) {
            self.clear(row);
            return Ok(());
        }
        match self {
            Column::Texts { folded, texts, codes } => {
                let text = from.text(at);
                let number = if *folded { texts.number(&text.to_ascii_lowercase()) } else { texts.number(text) };
                codes.set(row, number + 1);
            }
            Column::References { ids, codes, .. } => codes.set(row, ids.number(from.id(at)?) + 1),
            Column::Flags { codes } => codes.set(row, 1 + u32::from(from.int(at) != 0)),
            Column::Numbers { values } => {
                if row >= values.len() {
                    values.resize(row + 1, NO_NUMBER);
                }
                values[row] = from.int(at);
            }
        }
        Ok(())
    }

    /// Whether it is of a shape.
    pub fn has(&self, shape: Shape) -> bool {
        match self {
            Column::Texts { folded, .. } => shape == if *folded { Shape::Folded } else { Shape::Exact },
            Column::References { to, .. } => shape == Shape::Reference(*to),
            Column::Flags { .. } => shape == Shape::Flag,
            Column::Numbers { .. } => shape == Shape::Number,
        }
    }

    /// Takes the value from a row.
    pub fn clear(&mut self, row: usize) {
        match self {
            Column::Texts { codes, .. } | Column::References { codes, .. } | Column::Flags { codes } => {
                codes.set(row, 0)
            }
            Column::Numbers { values } => {
                if let Some(value) = values.get_mut(row) {
                    *value = NO_NUMBER;
                }
            }
        }
    }

    /// How many texts were added since the column was built, and how many it has.
    pub fn added(&self) -> (usize, usize) {
        match self {
            Column::Texts { texts, .. } => (texts.added(), texts.len()),
            _ => (0, 0),
        }
    }

    /// Gives back the room for more than it has.
    pub fn shrink(&mut self) {
        match self {
            Column::Texts { texts, codes, .. } => {
                texts.shrink();
                codes.shrink();
            }
            Column::References { codes, .. } | Column::Flags { codes } => codes.shrink(),
            Column::Numbers { values } => values.shrink_to_fit(),
        }
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        match self {
            Column::Texts { texts, codes, .. } => texts.bytes() + codes.bytes(),
            // Twice the id, a number, and what the map needs beside.
            Column::References { ids, codes, .. } => ids.ids.len() * 56 + codes.bytes(),
            Column::Flags { codes } => codes.bytes(),
            Column::Numbers { values } => values.capacity() * 8,
        }
    }
}

/// A column while the table is read from beginning to end.
pub(crate) struct Building {
    shape: Shape,
    met: Met,
    ids: Ids,
    codes: Vec<u32>,
    values: Vec<i64>,
    /// It takes more than it may.
    is_too_large: bool,
}

impl Building {
    /// An empty column.
    pub fn new(shape: Shape) -> Building {
        let (met, ids) = (Met::default(), Ids::default());
        Building { shape, met, ids, codes: Vec::new(), values: Vec::new(), is_too_large: false }
    }

    /// Takes the value of a row, of which there is one, from a column of a statement; `most` bytes of text it may have.
    pub fn set(
        &mut self,
        row: usize,
        from: &Statement<'_>,
        at: usize,
        folded: &mut String,
        most: usize,
    ) -> Result<(), StoreError> {
        if self.is_too_large || from.is_null(at) {
            return Ok(());
        }
        let code = match self.shape {
            Shape::Folded => {
                folded.clear();
                folded.push_str(from.text(at));
                folded.make_ascii_lowercase();
                self.met.number(folded) + 1
            }
            Shape::Exact => self.met.number(from.text(at)) + 1,
            Shape::Reference(_) => self.ids.number(from.id(at)?) + 1,
            Shape::Flag => 1 + u32::from(from.int(at) != 0),
            Shape::Number => {
                self.values.resize(row.max(self.values.len()), NO_NUMBER);
                self.values.push(from.int(at));
                self.is_too_large = from.int(at) == NO_NUMBER;
                return Ok(());
            }
        };
        self.codes.resize(row.max(self.codes.len()), 0);
        self.codes.push(code);
        if self.met.bytes() > most {
            *self = Building { is_too_large: true, ..Building::new(self.shape) };
        }
        Ok(())
    }

    /// The column; `None` where it takes more than it may.
    pub fn finish(self) -> Option<Column> {
        if self.is_too_large {
            return None;
        }
        let mut codes = self.codes;
        Some(match self.shape {
            Shape::Folded | Shape::Exact => {
                let (texts, numbers) = self.met.sorted();
                for code in codes.iter_mut().filter(|code| **code > 0) {
                    *code = numbers[*code as usize - 1] + 1;
                }
                Column::Texts { folded: self.shape == Shape::Folded, texts, codes: Codes::of(codes) }
            }
            Shape::Reference(to) => Column::References { to, ids: self.ids, codes: Codes::of(codes) },
            Shape::Flag => Column::Flags { codes: Codes::of(codes) },
            Shape::Number => {
                let mut values = self.values;
                values.shrink_to_fit();
                Column::Numbers { values }
            }
        })
    }
}
