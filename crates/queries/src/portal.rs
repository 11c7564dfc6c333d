//! What the hub told this device of the institution's portal. Kept beside the credential, not in the journal: the hub says
//! it anew each time, and the key is nothing for an audit file.

use liaison_store::{Db, StoreError, settings};

const ADDRESS: &str = "portal_address";
const UNSUBSCRIBE: &str = "portal_unsubscribe";

/// The portal of the institution, as the hub told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portal {
    /// Where it is, without a slash at the end.
    pub address: String,
    /// The key of links by which people stop messages, as text.
    pub unsubscribe: String,
}

/// The portal; `None` where the device is connected to none.
pub fn get(db: &Db<'_>) -> Result<Option<Portal>, StoreError> {
    let known = settings::get(db, ADDRESS)?.zip(settings::get(db, UNSUBSCRIBE)?);
    Ok(known.map(|(address, unsubscribe)| Portal { address, unsubscribe }))
}

/// Writes down what the hub told. Whether that is something new.
pub fn set(db: &Db<'_>, portal: Option<&Portal>) -> Result<bool, StoreError> {
    if get(db)?.as_ref() == portal {
        return Ok(false);
    }
    settings::set(db, ADDRESS, portal.map(|portal| portal.address.as_str()))?;
    settings::set(db, UNSUBSCRIBE, portal.map(|portal| portal.unsubscribe.as_str()))?;
    Ok(true)
}
