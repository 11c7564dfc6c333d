//! Contacts by their further and former addresses.

use liaison_domain::Id;
use liaison_domain::name::email_key;
use liaison_queries::contacts;
use liaison_store::{Db, StoreError};

/// The contacts by their further and former addresses.
pub fn contacts_by_alias(db: &Db<'_>) -> Result<hashbrown::HashMap<String, Vec<Id>>, StoreError> {
    let mut aliases: hashbrown::HashMap<String, Vec<Id>> = hashbrown::HashMap::new();
    contacts::each_further_address(db, |id, address| {
        let contacts = aliases.entry(email_key(address)).or_default();
        if !address.is_empty() && !contacts.contains(&id) {
            contacts.push(id);
        }
    })?;
    Ok(aliases)
}
