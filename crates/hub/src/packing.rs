//! Records as the hub keeps them: fields with their values and clocks, in postcard's format. Values are what the journal
//! has: no text is refused for a character, and what this version doesn't know stays exact.

use anyhow::{Context as _, Result};
use liaison_domain::Id;
use liaison_domain::snapshot::{self, HeldField};
use liaison_sync::document::Document;
use uuid::Uuid;

/// Packs the fields of a record.
pub fn pack(document: &Document) -> Result<Vec<u8>> {
    let fields: Vec<HeldField> = document.held().collect();
    snapshot::pack(&fields).context("a record can't be packed")
}

/// Reads them.
pub fn unpack(created: Option<u64>, packed: &[u8]) -> Result<Document> {
    Ok(Document::from_held(created, snapshot::fields(packed).context("a record can't be read")?))
}

/// An id as PostgreSQL has it.
pub fn uuid(id: Id) -> Uuid {
    Uuid::from_bytes(*id.bytes())
}

/// And back.
pub fn id(uuid: Uuid) -> Result<Id> {
    Id::from_bytes(uuid.as_bytes()).context("an id")
}
