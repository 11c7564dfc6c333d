//! A contact in few words.

use liaison_domain::name::person_name;
use liaison_domain::{Id, Record, RecordKind, contact};
use liaison_queries::View;
use liaison_store::StoreError;
use serde::Serialize;
use specta::Type;

/// Pairs less probable than this are not worth a look.
pub const LEAST: f64 = 0.3;

/// A contact in few words.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct DuplicatePerson {
    /// The contact.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// The name of the employer.
    pub employer: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Approval status. A rejected contact is frozen and can't be merged.
    pub approval: String,
    /// When it was added, in milliseconds since 1970.
    pub created_at: Option<i64>,
}

/// A contact in few words.
pub fn described(view: &View<'_>, record: &Record) -> Result<DuplicatePerson, StoreError> {
    let text = |field| record.text(field).to_owned();
    let employer = match record.get(&contact::EMPLOYER).as_reference() {
        Some(employer) => view.name_of(RecordKind::Employer, employer)?,
        None => None,
    };
    Ok(DuplicatePerson {
        id: record.id,
        name: person_name(&text(&contact::FIRST_NAME), &text(&contact::PREFERRED_NAME), &text(&contact::LAST_NAME)),
        email: text(&contact::EMAIL),
        employer,
        title: Some(text(&contact::TITLE)).filter(|title| !title.is_empty()),
        approval: text(&contact::APPROVAL),
        created_at: record.created_at(),
    })
}
