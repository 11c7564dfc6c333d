//! A computer with nothing on it becomes a desk of an institution that has others.

use crate::connection::{keep, learn_portal};
use crate::exchange::{broken, notice};
use crate::hub_client;
use liaison_domain::refusal::Refusal;
use liaison_domain::replication::{Entry, Placed, Stamp};
use liaison_domain::{Id, RecordKind, name, organization, passcode};
use liaison_engine::active_staff;
use liaison_engine::error::{CommandError, HubProblem};
use liaison_engine::moment::{new_id, now};
use liaison_store::key::{self, NewKey};
use liaison_store::{Database, device, settings};
use liaison_sync::document::{Clock, Documents};
use std::path::Path;

/// Entries that are taken in at once.
const AT_ONCE: usize = 500;

/// Makes a database in `directory` that has all the hub's log gives, for the staff member with this address, whose
/// passcode opens it; with a keychain there needs to be none. Returns the recovery key, which is shown once.
///
/// Errors: `Hub`, with `Connected` where there is a database already; `Validation` for a passcode that is none.
pub async fn sync_join(
    directory: &Path,
    passcode: Option<&str>,
    address: &str,
    code: &str,
    email: &str,
) -> Result<String, CommandError> {
    if let Some(Err(problem)) = passcode.map(|passcode| passcode::check(passcode, &[email])) {
        return Err(Refusal::of("passcode", problem).into());
    }
    let hold = liaison_store::hold::hold(directory)?;
    if key::protection(directory)?.is_some() {
        return Err(HubProblem::Connected.into());
    }
    let here = new_id(now());
    let hub = hub_client::join(address, code, here, &device_name(), 0).await?;
    let mut log: Vec<Placed> = Vec::new();
    loop {
        let pulled = hub.pull(log.last().map_or(0, |placed| placed.place), false).await?;
        if pulled.entries.is_empty() {
            break;
        }
        log.extend(pulled.entries);
    }
    let person = staff_with(&log, email).ok_or(HubProblem::Nobody)?;
    let NewKey { key, recovery } = key::begin(directory, passcode.map(|passcode| (person, passcode)))?;
    let database = Database::open_held(hold, directory, Some(&key)).await?;
    let filled = async {
        database
            .write(|db| {
                device::set_here(db, here, &device_name())?;
                settings::set(db, active_staff::AT_THE_DESK, Some(&person.to_string()))
            })
            .await?;
        for entries in log.chunks(AT_ONCE) {
            let absorbed = database.absorb(entries).await?;
            if absorbed.stopped.is_some() {
                return Err(broken(absorbed.cursor + 1));
            }
        }
        notice(&database).await?;
        keep(&database, &hub).await?;
        learn_portal(&database, &hub).await
    };
    let filled = filled.await;
    let closed = database.close().await;
    filled?;
    closed?;
    // Cut short before this, the desk never was: it can join again, with another code.
    key::keep(directory).map_err(CommandError::from)?;
    Ok(recovery)
}

/// The staff member with this address, as the log leaves them.
fn staff_with(log: &[Placed], email: &str) -> Option<Id> {
    let mut documents = Documents::default();
    for Placed { place, entry } in log {
        if let Entry::Operation { stamp, operation } = entry {
            let clock = Clock { stamp: Stamp { time: *stamp, device: operation.operation.device }, place: *place };
            documents.take(operation, clock);
        }
    }
    let wanted = name::email_key(email);
    let staff = documents.records.iter().filter(|((kind, _), document)| {
        *kind == RecordKind::Staff as u8
            && document.created.is_some()
            && document.value(1).is_empty()
            && name::email_key(document.value(organization::STAFF_EMAIL.number).as_text()) == wanted
    });
    staff.map(|((_, id), _)| *id).min().filter(|_| !wanted.is_empty())
}

/// What this computer is called, for the audit log and the hub's list.
fn device_name() -> String {
    let name = std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).unwrap_or_default();
    let name = if name.is_empty() { std::fs::read_to_string("/etc/hostname").unwrap_or_default() } else { name };
    let name = name.trim();
    if name.is_empty() { "This computer".into() } else { name.to_owned() }
}
