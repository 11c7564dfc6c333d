//! How long records stay in the trash, by time this device has seen pass.

use liaison_domain::Id;
use liaison_domain::seen_time::SeenTime;
use liaison_domain::trash::REST_MILLIS;
use liaison_queries::trash;
use liaison_store::{Db, StoreError, settings};

/// The setting of this device: a [`SeenTime`].
pub(super) const SEEN_TIME: &str = "seen_time";

/// The time this device had seen pass when it last looked.
pub(super) fn seen_time(db: &Db<'_>) -> Result<SeenTime, StoreError> {
    // What can't be read counts from the beginning: later, never earlier.
    Ok(settings::get(db, SEEN_TIME)?.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
}

/// How long a record that lies in the trash is kept at least, in milliseconds from the last look.
pub(super) fn left(db: &Db<'_>, seen: &SeenTime, record: Id, deleted_at: i64) -> Result<i64, StoreError> {
    let noticed = trash::noticed(db, record, deleted_at)?;
    Ok((noticed.unwrap_or(seen.passed) + REST_MILLIS - seen.passed).max(0))
}
