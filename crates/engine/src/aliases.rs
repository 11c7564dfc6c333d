//! Contacts by their further and former addresses.

use liaison_domain::name::email_key;
use liaison_domain::{Id, Value, contact};
use liaison_store::{Db, StoreError, table};

/// The contacts by their further and former addresses.
pub fn contacts_by_alias(db: &Db<'_>) -> Result<hashbrown::HashMap<String, Vec<Id>>, StoreError> {
    let mut aliases: hashbrown::HashMap<String, Vec<Id>> = hashbrown::HashMap::new();
    let mut rows = db.prepare(
        "SELECT id,email_2,email_3,former_emails FROM contact WHERE deleted_at IS NULL
            AND (email_2 IS NOT NULL OR email_3 IS NOT NULL OR former_emails IS NOT NULL) ORDER BY n",
    )?;
    while rows.step()? {
        let id = Id::from_bytes(rows.blob(0)).ok_or_else(|| StoreError::Damaged("a contact's id".into()))?;
        let former = match table::value(&rows, 3, &contact::FORMER_EMAILS) {
            Value::List(former) => former,
            _ => Vec::new(),
        };
        for address in [rows.text(1), rows.text(2)].into_iter().chain(former.iter().map(String::as_str)) {
            let contacts = aliases.entry(email_key(address)).or_default();
            if !address.is_empty() && !contacts.contains(&id) {
                contacts.push(id);
            }
        }
    }
    Ok(aliases)
}
