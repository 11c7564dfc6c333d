//! Contacts: by which addresses a user is linked, and which sources need no review.

use crate::name::email_key;
use crate::record::Record;
use crate::value::Value;

pub use liaison_records::contact::*;

/// What a contact's further and former addresses are compared by, each once: by these, too, a user is linked (M45).
pub fn alias_keys(contact: &Record) -> Vec<String> {
    let former = match contact.get(&FORMER_EMAILS) {
        Value::List(former) => former.as_slice(),
        _ => &[],
    };
    let further = [contact.text(&EMAIL_2), contact.text(&EMAIL_3)];
    let mut keys: Vec<String> = Vec::new();
    for address in further.into_iter().chain(former.iter().map(String::as_str)) {
        let key = email_key(address);
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Which contact is linked to an address (M45): of those that have it the one that was added first; where none has it, of
/// those with it as a further or former one. In the trash, none is. `store::links` says the same in SQL.
pub fn linked<'r>(by_address: &'r [Record], by_alias: &'r [Record]) -> Option<&'r Record> {
    let first = |records: &'r [Record]| records.iter().filter(|record| !record.is_deleted()).min_by_key(|r| r.id);
    first(by_address).or_else(|| first(by_alias))
}

/// True for sources whose contacts go straight into the directory (M2).
pub fn arrives_approved(source: &str) -> bool {
    matches!(source, "admin" | "import")
}
