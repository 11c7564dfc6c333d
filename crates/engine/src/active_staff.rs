//! Who works here, as far as everything else needs to know: the actor a staff record makes, who was last at this
//! computer, and that somebody can always come in.

use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Actor, Id, Permissions, StaffRole};
use liaison_queries::staff;
use liaison_store::key::{self, Holder, Protection};
use liaison_store::{Database, Db, StoreError, settings};
use std::path::Path;

pub use liaison_queries::staff::{active, first};

/// The setting of this device: the staff record of whoever was last at the desk.
pub const AT_THE_DESK: &str = "at_the_desk";

/// The actor for a staff member; `None` where there is none who is active.
pub fn actor(db: &Db<'_>, person: Id) -> Result<Option<Actor>, StoreError> {
    let Some(role) = staff::active_role(db, person)? else { return Ok(None) };
    Ok(Some(match role.own_permissions {
        Some(keys) => Actor { staff: person, permissions: permissions(&keys)? },
        None => Actor::with_role(person, StaffRole::from_key(&role.built_in)),
    }))
}

/// The permissions of a role as its record keeps them: a list of keys as JSON; keys of newer versions are left out.
///
/// Errors: `Damaged` where it is no such list.
pub fn permissions(stored: &str) -> Result<Permissions, StoreError> {
    let keys: Vec<String> =
        serde_json::from_str(stored).map_err(|_| StoreError::Damaged("the permissions of a role".into()))?;
    Ok(Permissions::from_keys(keys.iter().map(String::as_str)))
}

/// Who was last at the desk on this computer: who comes where nobody has a passcode to say who they are. `None` in a
/// database of before this was kept.
pub fn at_the_desk(db: &Db<'_>) -> Result<Option<Id>, StoreError> {
    Ok(settings::get(db, AT_THE_DESK)?.and_then(|id| id.parse().ok()))
}

/// Writes down who is at the desk. Where that can't be written, the desk opens all the same: it can still be read.
pub async fn remember(database: &Database, person: Id) {
    let person = person.to_string();
    if let Err(error) = database.write(|db| settings::set(db, AT_THE_DESK, Some(&person))).await {
        tracing::warn!("who is at the desk can't be written down: {error}");
    }
}

/// Refuses where nobody who is active could open the desk on this computer, but with the recovery key.
pub(crate) fn someone_opens(db: &Db<'_>, directory: &Path) -> Result<(), StoreError> {
    let active = active(db)?;
    let opens = match key::protection(directory)? {
        Some(Protection::Keychain) => at_the_desk(db)?.is_none_or(|person| active.contains(&person)),
        _ => key::people(directory)?.iter().any(|person| active.contains(person)),
    };
    if opens { Ok(()) } else { Err(Refusal::of("passcode", Problem::LastPasscode).into()) }
}

/// Takes the passcodes away of staff who are not active any more, however that came about. Whoever comes again
/// gets a new one. Where the key file can't be written now, the next opening does it; nobody comes in meanwhile.
pub async fn settle_passcodes(database: &Database, directory: &Path) {
    let settled = match database.read(|db| Ok((first(db)?, active(db)?))).await {
        Ok((Some(first), active)) => {
            tokio::task::block_in_place(|| key::settle(directory, first, |person| active.contains(&person), None))
        }
        Ok((None, _)) => Ok(()),
        Err(error) => Err(error),
    };
    if let Err(error) = settled {
        tracing::warn!("the passcodes of people who are gone are still in the key file: {error}");
    }
}

/// Who a holder is in a database that nobody works in, a backup: the recovery key is an actor of its own. `None` for who
/// did not work there then.
pub fn actor_of(db: &Db<'_>, holder: Holder) -> Result<Option<Actor>, StoreError> {
    let person = match holder {
        Holder::Recovery => return Ok(Some(Actor::recovery_key())),
        Holder::Person(person) => Some(person),
        Holder::SetUp => first(db)?,
        Holder::Keychain => at_the_desk(db)?.map_or_else(|| first(db), |last| Ok(Some(last)))?,
    };
    person.map_or(Ok(None), |person| actor(db, person))
}
