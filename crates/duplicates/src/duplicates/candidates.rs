//! Who may be the same person as one contact at first glance, found by index: few enough to be compared at once.

use super::likely::found_like;
use liaison_domain::name::{self, fold};
use liaison_domain::{Field, Id, Record, RecordKind, contact};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_queries::contacts;
use liaison_store::group::Group;

/// Contacts that share an address or the beginning of one, a phone number or the family name, found by index.
pub(crate) async fn candidates_of(session: &Session, record: &Record) -> Result<Vec<Id>, CommandError> {
    let emails = filled(record, &[&contact::EMAIL, &contact::EMAIL_2, &contact::EMAIL_3]);
    let phones = [&contact::WORK_PHONE, &contact::MOBILE_PHONE, &contact::HOME_PHONE, &contact::OTHER_PHONE];
    let mut words: Vec<String> = filled(record, &phones).iter().filter_map(|number| digits(number)).collect();
    // The same name in an address elsewhere; short ones are many people's.
    let mailbox = |email: &String| email.split('@').next().filter(|name| name.len() >= 5).map(str::to_owned);
    words.extend(emails.iter().filter_map(mailbox));
    let mut rows: Vec<u32> = Vec::new();
    // The search index knows them by their words; it is not waited for.
    if let Some(index) = session.search(RecordKind::Contact) {
        for word in &words {
            let groups = [Group::Pending, Group::Approved, Group::Rejected];
            rows.extend(index.search(word, &groups).unwrap_or_default().into_iter().take(50));
        }
    }
    // All of the family: given names are written in many ways, Bill and William.
    let family = fold(record.text(&contact::LAST_NAME));
    let (from, to) = (format!("{family}\u{1}"), format!("{family}\u{2}"));
    let mut ids = found_like(session, record.id);
    let found = session.read(|view| {
        let mut found: Vec<(i64, Id)> = Vec::new();
        for email in &emails {
            found.extend(contacts::by_email_key(view, &name::email_key(email))?);
        }
        for approval in contact::APPROVALS {
            found.extend(contacts::by_sort_name(view, approval, &from, &to)?);
        }
        for row in rows {
            found.extend(contacts::by_row(view, row)?);
        }
        Ok(found)
    });
    ids.extend(found.await?.into_iter().map(|(_, id)| id));
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| *id != record.id);
    Ok(ids)
}

fn filled(record: &Record, fields: &[&Field]) -> Vec<String> {
    fields.iter().map(|field| record.text(field).to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The last ten digits of a phone number; shorter numbers don't tell people apart.
fn digits(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 7).then(|| digits[digits.len().saturating_sub(10)..].to_owned())
}
