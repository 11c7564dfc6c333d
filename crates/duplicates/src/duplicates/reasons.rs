//! Evidence as people read it: which fields agree, how, and with which values.

use super::columns::{COLUMNS, Told};
use super::person::DuplicatePerson;
use liaison_domain::name::{email_key, fold, organization_key};
use liaison_matching::{Evidence, Kind, Level};
use serde::Serialize;
use specta::Type;

/// How well two contacts agree in one respect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The same.
    Same,
    /// Almost certainly meant to be the same: a slip of a key, a nickname.
    Alike,
    /// May be meant to be the same.
    Similar,
    /// Not the same.
    Different,
}

/// What two contacts have in common, or not, in one respect.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Reason {
    /// What is compared: `given_name`, `family_name`, `generation`, `email`, `phone`, `employer`, `title`, `street`, `city`,
    /// `postal_code`, `region` or `profile`.
    pub column: String,
    /// How well it agrees.
    pub agreement: Agreement,
    /// The fields the two values stand in, by key.
    pub fields: [String; 2],
    /// The two values.
    pub values: [String; 2],
    /// What it weighs, in bits: +1 doubles the odds that both are one person, -1 halves them.
    pub weight: f64,
}

/// A contact that may be the same person.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Likeness {
    /// The contact.
    pub person: DuplicatePerson,
    /// Probability that both are one person, 0 to 1.
    pub score: f64,
    /// What speaks for it and against it, the strongest first.
    pub reasons: Vec<Reason>,
}

/// The evidence about two contacts in words, what speaks most for one person first. Respects in which one of them has no
/// value are left out.
pub(crate) fn reasons(one: &[Told], other: &[Told], evidence: impl IntoIterator<Item = Evidence>) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for found in evidence {
        let agreement = match found.level {
            Level::Exact => Agreement::Same,
            Level::Strong => Agreement::Alike,
            Level::Weak => Agreement::Similar,
            Level::Different => Agreement::Different,
            Level::Missing => continue,
        };
        let Some((a, b)) = meant(one, other, found.column) else { continue };
        reasons.push(Reason {
            column: COLUMNS[found.column].key.to_owned(),
            agreement,
            fields: [a.field.key.to_owned(), b.field.key.to_owned()],
            values: [a.text.clone(), b.text.clone()],
            weight: found.weight,
        });
    }
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    reasons
}

/// The two values of a column that the evidence is about: those that are the same, else the first of each.
fn meant<'t>(one: &'t [Told], other: &'t [Told], column: usize) -> Option<(&'t Told, &'t Told)> {
    let of = |told: &'t [Told]| told.iter().filter(move |value| value.column == column);
    let kind = COLUMNS[column].kind;
    for a in of(one) {
        let key = key(kind, &a.text);
        let mut same = of(other).filter(|b| self::key(kind, &b.text) == key);
        let here = same.clone().find(|b| b.field.number == a.field.number);
        if let Some(b) = here.or_else(|| same.next()) {
            return Some((a, b));
        }
    }
    Some((of(one).next()?, of(other).next()?))
}

/// What two values of a kind are the same by, roughly as the matching sees it.
fn key(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Email => email_key(text),
        Kind::Phone => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits[digits.len().saturating_sub(10)..].to_owned()
        }
        Kind::Organization => organization_key(text),
        _ => fold(text),
    }
}
