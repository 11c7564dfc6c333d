//! Why a rule says no.

use crate::permission::Permission;
use crate::value::Value;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::fmt;

/// A rule's typed refusal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Some values are not acceptable.
    #[error("some values are not acceptable: {0:?}")]
    Invalid(Vec<FieldProblem>),
    /// Somebody changed these fields since the form was opened.
    #[error("somebody changed {} field(s) since the form was opened", .0.len())]
    Conflict(Vec<Collision>),
    /// The actor lacks the permission.
    #[error("not permitted: {0:?}")]
    Denied(Permission),
    /// The contact is rejected; its data is frozen until it is approved again (M27).
    #[error("the contact is rejected and its data frozen")]
    Frozen,
}

impl Refusal {
    /// The value of one field is not acceptable.
    pub fn of(field: impl Into<String>, problem: Problem) -> Refusal {
        Refusal::Invalid(vec![FieldProblem { field: field.into(), problem }])
    }
}

/// One value that is not acceptable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FieldProblem {
    /// Key of the field.
    pub field: String,
    /// What is wrong with its value.
    pub problem: Problem,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Problem {
    /// There is none, and there must be one.
    Required,
    /// It is longer than allowed.
    TooLong {
        /// Longest allowed text, in characters.
        max: u32,
    },
    /// It does not look like an e-mail address.
    NotAnEmail,
    /// It does not look like a web address.
    NotAUrl,
    /// It does not look like a phone number.
    NotAPhone,
    /// It is a number in scientific notation, as spreadsheets show long ones: the digits are gone.
    DigitsLost,
    /// It names more than one person, or can't be taken apart.
    NotOneName,
    /// It is not a calendar day.
    NotADate,
    /// It is no day with a time.
    NotAMoment,
    /// There is no time zone of this name.
    NotATimeZone,
    /// It is none of the choices.
    NotAChoice {
        /// The keys that are.
        choices: Vec<String>,
    },
    /// It is neither yes nor no.
    NotYesOrNo,
    /// It is not a whole number.
    NotANumber,
    /// It is no span of time such as "18 months".
    NotAPeriod,
    /// People don't change this field here.
    NotEditable,
    /// There is no such field.
    UnknownField,
    /// The record it names does not exist.
    UnknownReference,
    /// It lies before the beginning of what it ends.
    BeforeItsBeginning,
    /// A day that is still to come.
    NotYet,
    /// There are more than allowed.
    TooMany {
        /// How many are allowed.
        most: u32,
    },
    /// Nobody would be left who manages staff.
    LastManager,
    /// Without it nobody could open the desk any more, but by the recovery key.
    LastPasscode,
    /// Whoever gives others a passcode needs one first: from then on the desk asks for one.
    OwnPasscodeFirst,
    /// It can't be chosen; who has it is not said.
    NotFree,
    /// It is shorter than allowed.
    TooShort {
        /// Shortest allowed text, in characters.
        least: u32,
    },
    /// It is made of what guessing begins with.
    EasilyGuessed {
        /// What most of it is.
        by: GuessedBy,
    },
    /// It has places like `{{name}}` for which there is no field.
    UnknownPlaces {
        /// What stands in them.
        places: Vec<String>,
    },
    /// A place begins with `{{` and does not end.
    UnclosedPlace,
    /// It has control characters in it, a line break in a subject for example.
    ControlCharacters,
    /// It is no color such as `#1d4ed8`.
    NotAColor,
    /// It is no picture that mail programs show.
    NotAPicture,
    /// It is a web address that does not begin with https.
    NotHttps,
    /// It is a number outside of the limits.
    NotBetween {
        /// Smallest allowed number.
        least: u32,
        /// Largest allowed number.
        most: u32,
    },
    /// Another record has this value, which only one may have.
    InUse {
        /// The name of that record.
        by: String,
    },
    /// Another record of the kind is called the same.
    NameTaken,
    /// It is no domain that belongs to one employer: a host in one, a shared one such as gmail.com, or none at all.
    NotAnOwnDomain,
}

/// What most of a passcode that is easily guessed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum GuessedBy {
    /// Words that many people choose.
    Common,
    /// Runs on the keyboard, repetitions, years.
    Pattern,
    /// Names of the person or the institution.
    Name,
}

/// In English, for error files and terminals; screens have words of their own.
impl fmt::Display for Problem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Required => to.write_str("a value is needed"),
            Problem::TooLong { max } => write!(to, "longer than {max} characters"),
            Problem::NotAnEmail => to.write_str("not an e-mail address"),
            Problem::NotAUrl => to.write_str("not a web address"),
            Problem::NotAPhone => to.write_str("not a phone number"),
            Problem::NotOneName => to.write_str("not the name of one person"),
            Problem::DigitsLost => {
                to.write_str("in scientific notation: the digits are gone from the file; format the column as text")
            }
            Problem::NotADate => to.write_str("not a date (year-month-day)"),
            Problem::NotAMoment => to.write_str("not a day with a time (year-month-day hour:minute)"),
            Problem::NotATimeZone => to.write_str("not a time zone such as Europe/Paris"),
            Problem::NotAChoice { choices } => write!(to, "none of: {}", choices.join(", ")),
            Problem::NotYesOrNo => to.write_str("neither yes nor no"),
            Problem::NotANumber => to.write_str("not a number"),
            Problem::NotAPeriod => to.write_str("not a span of time such as \"18 months\""),
            Problem::NotEditable => to.write_str("can't be set here"),
            Problem::UnknownField => to.write_str("there is no such field here"),
            Problem::UnknownReference => to.write_str("there is no such record"),
            Problem::BeforeItsBeginning => to.write_str("before its beginning"),
            Problem::NotYet => to.write_str("a day that is still to come"),
            Problem::TooMany { most } => write!(to, "more than {most}"),
            Problem::LastManager => to.write_str("nobody would be left who manages staff"),
            Problem::LastPasscode => to.write_str("nobody could open the desk any more"),
            Problem::OwnPasscodeFirst => to.write_str("choose a passcode for yourself first"),
            Problem::NameTaken => to.write_str("is the name of another one"),
            Problem::NotAnOwnDomain => to.write_str("not a domain of one employer, such as acme.com"),
            Problem::NotFree => to.write_str("can't be chosen"),
            Problem::TooShort { least } => write!(to, "shorter than {least} characters"),
            Problem::EasilyGuessed { by } => {
                let by = match by {
                    GuessedBy::Common => "words that many people choose",
                    GuessedBy::Pattern => "keys in a row, repetitions or years",
                    GuessedBy::Name => "names that others know",
                };
                write!(to, "easy to guess by {by}; use several words that don't belong together")
            }
            Problem::InUse { by } if by.is_empty() => to.write_str("already used by somebody you can't see"),
            Problem::InUse { by } => write!(to, "already used by {by}"),
            Problem::UnknownPlaces { places } => write!(to, "has places without a field: {}", places.join(", ")),
            Problem::UnclosedPlace => to.write_str("has a place that is not closed with }}"),
            Problem::NotAColor => to.write_str("not a color such as #1d4ed8"),
            Problem::NotAPicture => to.write_str("not a PNG or JPEG picture"),
            Problem::NotHttps => to.write_str("does not begin with https://"),
            Problem::NotBetween { least, most } => write!(to, "not between {least} and {most}"),
            Problem::ControlCharacters => to.write_str("has control characters in it"),
        }
    }
}

/// A field that changed under somebody's hands: three values, none of them lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// Key of the field.
    pub field: &'static str,
    /// The value when the form was opened.
    pub base: Value,
    /// The value the person wants.
    pub mine: Value,
    /// The value it has now.
    pub theirs: Value,
}
