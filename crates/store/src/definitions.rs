//! What every transaction goes by, kept in memory: the fields there are, and the institution's time zone.

use liaison_domain::Registry;
use liaison_domain::moment::Zone;
use std::sync::Arc;

/// Read when the database is opened, and again after each commit that changes an attribute or the institution (see
/// `attributes::definitions_now`).
#[derive(Clone, Default)]
pub(crate) struct Definitions {
    pub(crate) registry: Arc<Registry>,
    /// `None` where the institution names none.
    pub(crate) zone: Option<Zone>,
}
