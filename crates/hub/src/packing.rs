//! Records as the hub keeps them: fields with their values and clocks, in postcard's format. Values are what the journal
//! has: no text is refused for a character, and what this version doesn't know stays exact.

use anyhow::{Context as _, Result};
use liaison_domain::replication::Stamp;
use liaison_domain::{Hlc, Id, Value};
use liaison_sync::document::{Clock, Document, Held};
use uuid::Uuid;

type Packed = Vec<(u16, Value, u64, Id, u64)>;

/// Packs the fields of a record.
pub fn pack(document: &Document) -> Result<Vec<u8>> {
    let fields: Packed = document
        .fields
        .iter()
        .map(|(field, Held { value, clock: Clock { stamp, place } })| {
            (*field, value.clone(), stamp.time.0, stamp.device, *place)
        })
        .collect();
    postcard::to_allocvec(&fields).context("a record can't be packed")
}

/// Reads them.
pub fn unpack(created: Option<u64>, packed: &[u8]) -> Result<Document> {
    let fields: Packed = postcard::from_bytes(packed).context("a record can't be read")?;
    let held = |(field, value, time, device, place)| {
        (field, Held { value, clock: Clock { stamp: Stamp { time: Hlc(time), device }, place } })
    };
    Ok(Document { created, fields: fields.into_iter().map(held).collect() })
}

/// An id as PostgreSQL has it.
pub fn uuid(id: Id) -> Uuid {
    Uuid::from_bytes(*id.bytes())
}

/// And back.
pub fn id(uuid: Uuid) -> Result<Id> {
    Id::from_bytes(uuid.as_bytes()).context("an id")
}
