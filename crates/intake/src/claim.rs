//! Employers that somebody names whom no domain proves: claimed, until somebody at the career center has looked.

use liaison_domain::edit::draft;
use liaison_domain::employer_match;
use liaison_domain::employer_name::is_no_employer;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Refusal;
use liaison_domain::{Id, Record, RecordKind, Registry, employer};

/// Whether what was typed for the employer says that there is none.
pub fn is_nowhere(name: &str) -> bool {
    is_no_employer(name) || employer_match::is_inactive(name)
}

/// A claimed employer with this name and website, also where one is called the same.
///
/// # Errors
/// What is wrong with them.
pub fn claim(name: &str, website: &str, id: Id, now: i64) -> Result<Record, Refusal> {
    let (name, website) = (FieldValue::Text(name.to_owned()), FieldValue::Text(website.to_owned()));
    let values = [(employer::NAME.key, &name), (employer::WEBSITE.key, &website)];
    let mut employer = draft(&Registry::default(), RecordKind::Employer, id, now, values)?;
    employer.set(&employer::CONFIRMATION, employer::CLAIMED);
    Ok(employer)
}
