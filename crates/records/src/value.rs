//! The value of one field.

use crate::id::Id;
use serde::{Deserialize, Serialize};

/// What a field holds. `Empty` is the absence of a value, never an empty text.
///
/// The order of the variants is part of the journal's encoding: append, never reorder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text, also e-mail addresses, phone numbers, choices (by key) and dates (`yyyy-mm-dd`).
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Milliseconds since 1970, UTC.
    Moment(i64),
    /// The id of another record.
    Reference(Id),
    /// Several texts, for example labels. Never an empty list: that is `Empty`.
    List(Vec<String>),
}

impl Value {
    /// A text value, or `Empty` for an empty text.
    pub fn text(text: impl Into<String>) -> Value {
        let text = text.into();
        if text.is_empty() { Value::Empty } else { Value::Text(text) }
    }

    /// True for the absence of a value.
    pub fn is_empty(&self) -> bool {
        matches!(self, Value::Empty)
    }

    /// The text, or "" where the value is not a text.
    pub fn as_text(&self) -> &str {
        match self {
            Value::Text(text) => text,
            _ => "",
        }
    }

    /// The flag; an empty value counts as no.
    pub fn as_flag(&self) -> bool {
        matches!(self, Value::Flag(true))
    }

    /// The id of the record referred to.
    pub fn as_reference(&self) -> Option<Id> {
        match self {
            Value::Reference(id) => Some(*id),
            _ => None,
        }
    }

    /// Milliseconds since 1970, UTC.
    pub fn as_moment(&self) -> Option<i64> {
        match self {
            Value::Moment(millis) => Some(*millis),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::text(text)
    }
}
impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Flag(flag)
    }
}
impl From<Id> for Value {
    fn from(id: Id) -> Value {
        Value::Reference(id)
    }
}
