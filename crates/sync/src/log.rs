//! What the hub's log has: who writes it, and what stands at each place.

use crate::permit::Denied;
use liaison_domain::journal::Digest;
use liaison_domain::replication::{Entry, LinkedOperation, Placed};
use liaison_domain::{Hlc, Id, Permission};

/// What the hub knows of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The device.
    pub id: Id,
    /// How many of its operations are here: the place of the last one in its chain.
    pub sequence: u64,
    /// The link of that one.
    pub chain: Digest,
    /// What that one counts.
    pub stamp: Hlc,
    /// How many of its operations the hub began with: years of work of people who may be gone are not asked for rights.
    pub founding: u64,
    /// The institution's portal: its operations are those of employer users, students and alumni, who have other rights
    /// than staff.
    pub is_portal: bool,
}

impl Device {
    /// A device that has sent nothing.
    pub fn new(id: Id) -> Device {
        Device { id, sequence: 0, chain: [0; 32], stamp: Hlc(0), founding: 0, is_portal: false }
    }
}

/// Why an operation was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It changes a record that is not there: it was never made, or making it was refused.
    Missing,
    /// A value that its field doesn't take.
    Value,
    /// A change that is not what its digest says, or that nobody can read.
    Damaged,
    /// An attribute with a number that another one has.
    AttributeNumber,
    /// It brings a record into being that was erased for good, or restores it.
    Erased,
    /// Its author may not do this.
    Denied(Denied),
}

impl Reason {
    /// The name on the wire; of a permission that is missing, with its key: `denied:merge_contacts`.
    pub fn name(self) -> String {
        match self {
            Reason::Missing => "missing".into(),
            Reason::Value => "value".into(),
            Reason::Damaged => "damaged".into(),
            Reason::AttributeNumber => "attribute_number".into(),
            Reason::Erased => "erased".into(),
            Reason::Denied(Denied::Nobody) => "nobody".into(),
            Reason::Denied(Denied::Lacks(permission)) => format!("denied:{}", permission.key()),
        }
    }

    /// The key that stands in a name, and the permission that is missing.
    pub fn parts(name: &str) -> (&str, Option<Permission>) {
        match name.split_once(':') {
            Some((key, permission)) => (key, Permission::from_key(permission)),
            None => (name, None),
        }
    }
}

/// What is written at a place of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Its place.
    pub place: u64,
    /// What it counts. A refused operation has one, too, so that a device's stamps ascend whatever becomes of them.
    pub stamp: Hlc,
    /// The operation.
    pub operation: LinkedOperation,
    /// Why it was refused.
    pub refused: Option<Reason>,
}

impl Decided {
    /// The entry of the log as it goes to a device. What a refused erasure took there, the caller adds.
    pub fn entry_for(&self, device: Id) -> Placed {
        let LinkedOperation { operation, sequence, chain, .. } = &self.operation;
        let (own, sequence, id, stamp) = (operation.device == device, *sequence, operation.id, self.stamp);
        let entry = match self.refused {
            None if own => Entry::Accepted { sequence, id, stamp },
            None => Entry::Operation { stamp, operation: Box::new(self.operation.clone()) },
            Some(reason) if own => Entry::Refused { sequence, id, reason: reason.name(), restored: Vec::new() },
            Some(_) => Entry::Skipped { device: operation.device, sequence, chain: *chain },
        };
        Placed { place: self.place, entry }
    }
}
