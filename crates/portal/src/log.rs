//! The institution's log, as the portal needs it. The hub has it: the portal has no second way to write.

use anyhow::Result;
use liaison_domain::{Change, Id, OperationKind};
use liaison_sync::document::{Documents, Key};
use sqlx::{Postgres, Transaction};
use std::pin::Pin;

/// A transaction that sees one institution.
pub type Open = Transaction<'static, Postgres>;

/// What an asynchronous method of [`Log`] answers.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// What somebody does in the portal.
#[derive(Clone, Debug)]
pub struct Step {
    /// The employer user, student or alum who does it.
    pub actor: Id,
    /// What kind of operation it is.
    pub kind: OperationKind,
    /// What changes, with all that follows from it.
    pub changes: Vec<Change>,
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It has this place in the log.
    At(u64),
    /// It was refused, for this reason: the transaction must end without it.
    Refused(String),
}

/// The log of every institution of the hub.
pub trait Log: Send + Sync {
    /// Begins a transaction that sees one institution.
    fn begin(&self, institution: Id) -> Answer<'_, Open>;

    /// Takes the institution's lock until the transaction ends: what is read after it can't change before the step.
    fn lock<'a>(&'a self, open: &'a mut Open, institution: Id) -> Answer<'a, ()>;

    /// Reads records; those that are not there are left out.
    fn read<'a>(&'a self, open: &'a mut Open, institution: Id, keys: Vec<Key>) -> Answer<'a, Documents>;

    /// Decides about a step as about the operations of desks, and writes it in this transaction.
    fn write<'a>(&'a self, open: &'a mut Open, institution: Id, step: Step) -> Answer<'a, Written>;

    /// Tells desks that wait, after the transaction was committed, that the log has come to a place.
    fn wake(&self, institution: Id, last: u64);
}
