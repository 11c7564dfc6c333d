//! Ids as PostgreSQL has them.

use anyhow::{Context as _, Result};
use liaison_domain::Id;
use uuid::Uuid;

/// An id as PostgreSQL has it.
pub(crate) fn uuid(id: Id) -> Uuid {
    Uuid::from_bytes(*id.bytes())
}

/// And back.
pub(crate) fn id(uuid: Uuid) -> Result<Id> {
    Id::from_bytes(uuid.as_bytes()).context("an id")
}
