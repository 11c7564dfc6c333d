//! A desk as the simulation drives it, whatever keeps its records.

use crate::conflicts::Choices;
use crate::records::Records;
use crate::work::Work;
use anyhow::Result;
use liaison_domain::Id;
use liaison_domain::replication::{LinkedOperation, Placed};
use liaison_domain::snapshot::Manifest;

/// How far a desk has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The greatest place in its own chain.
    pub written: u64,
    /// The greatest place in its own chain that was answered.
    pub answered: u64,
    /// The greatest place of the hub's log it has received.
    pub cursor: u64,
}

/// What keeps the records of a desk.
pub trait Desk {
    /// Its device.
    fn device(&self) -> Id;

    /// Takes a step as somebody, as one operation, where its clock shows `now`. False where nothing came of it.
    fn work(&mut self, now: u64, id: Id, actor: Id, work: &Work) -> Result<bool>;

    /// How far it has come.
    fn progress(&mut self) -> Result<Progress>;

    /// Its operations after this place of its chain, at most `most`.
    fn outgoing(&mut self, after: u64, most: usize) -> Result<Vec<LinkedOperation>>;

    /// Takes in entries of the log. False where it goes no further.
    fn absorb(&mut self, entries: &[Placed]) -> Result<bool>;

    /// Begins with a snapshot of the hub's, where it has nothing yet.
    fn begin_with(&mut self, manifest: &Manifest, parts: &[Vec<u8>]) -> Result<()>;

    /// Up to which place it has the history that its snapshot left out; `None` where it has all of it.
    fn history(&mut self) -> Result<Option<u64>>;

    /// Takes in entries of that history, read when the log had come to `last`. False where it goes no further.
    fn take_history(&mut self, entries: &[Placed], last: u64) -> Result<bool>;

    /// What a person sees there, also in the trash.
    fn records(&mut self) -> Result<Records>;

    /// The fields that two desks changed without knowing of each other, with the values to choose from.
    fn conflicts(&mut self) -> Result<Choices>;

    /// What must hold within the desk, whatever happens.
    fn check(&mut self) -> Result<()>;
}
