//! A computer with nothing on it becomes a desk of an institution that has others.

use crate::connection::{keep, learn_portal};
use crate::exchange::{broken, notice};
use crate::hub_client;
use liaison_domain::refusal::Refusal;
use liaison_domain::replication::{Entry, Placed, Stamp};
use liaison_domain::snapshot::{self, Item, Malformed};
use liaison_domain::{Id, RecordKind, name, organization, passcode};
use liaison_engine::active_staff;
use liaison_engine::error::{CommandError, HubProblem};
use liaison_engine::moment::{new_id, now};
use liaison_store::key::{self, NewKey};
use liaison_store::{Database, device, settings};
use liaison_sync::document::{Clock, Document, Documents};
use std::path::Path;

/// Entries that are taken in at once.
const AT_ONCE: usize = 500;

/// How far a computer that joins has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinProgress {
    /// Parts of the records have come.
    Receiving {
        /// How many.
        part: usize,
        /// Of how many.
        parts: usize,
    },
    /// They go into the database.
    Filling {
        /// How many records.
        records: u64,
    },
}

/// Makes a database in `directory` that has the institution's records, for the staff member with this address, whose
/// passcode opens it; with a keychain there needs to be none. Returns the recovery key, which is
/// shown once. What was done before the computer joined comes with the next exchanges.
///
/// Errors: `Hub`, with `Connected` where there is a database already; `Validation` for a passcode that is none.
pub async fn sync_join(
    directory: &Path,
    passcode: Option<&str>,
    address: &str,
    code: &str,
    email: &str,
    progress: &(dyn Fn(JoinProgress) + Sync),
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
    let (manifest, parts) = hub.snapshot(&|part, parts| progress(JoinProgress::Receiving { part, parts })).await?;
    let mut log: Vec<Placed> = Vec::new();
    loop {
        let pulled = hub.pull(log.last().map_or(manifest.place, |placed| placed.place), false).await?;
        if pulled.entries.is_empty() {
            break;
        }
        log.extend(pulled.entries);
    }
    let person = staff_with(&parts, &log, email)?.ok_or(HubProblem::Nobody)?;
    progress(JoinProgress::Filling { records: manifest.records });
    let NewKey { key, recovery } = key::begin(directory, passcode.map(|passcode| (person, passcode)))?;
    let database = Database::open_held(hold, directory, Some(&key)).await?;
    let filled = async {
        database
            .write(|db| {
                device::set_here(db, here, &device_name())?;
                settings::set(db, active_staff::AT_THE_DESK, Some(&person.to_string()))
            })
            .await?;
        database.begin_with(&manifest, &parts).await?;
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

/// The staff member with this address, as a snapshot and the log after it leave them.
fn staff_with(parts: &[Vec<u8>], log: &[Placed], email: &str) -> Result<Option<Id>, CommandError> {
    let mut documents = Documents::default();
    let no_hub = |_: Malformed| CommandError::from(HubProblem::NotAHub);
    for part in parts {
        let read = snapshot::each(part, |item| {
            if let Item::Record { kind, id, packed } = item
                && kind == RecordKind::Staff as u8
            {
                let document = Document::from_held(Some(0), snapshot::fields(&packed)?);
                documents.records.insert((kind, id), document);
            }
            Ok::<(), Malformed>(())
        });
        read.map_err(no_hub)?;
    }
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
    Ok(staff.map(|((_, id), _)| *id).min().filter(|_| !wanted.is_empty()))
}

/// What this computer is called, for the audit log and the hub's list.
fn device_name() -> String {
    let name = std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).unwrap_or_default();
    let name = if name.is_empty() { std::fs::read_to_string("/etc/hostname").unwrap_or_default() } else { name };
    let name = name.trim();
    if name.is_empty() { "This computer".into() } else { name.to_owned() }
}
