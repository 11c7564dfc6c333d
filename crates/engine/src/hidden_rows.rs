//! The rows that are hidden from the person at the desk, kept until something is committed.

use liaison_domain::RecordKind;
use liaison_store::bits::Bits;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The rows hidden from the person at the desk, by kind, kept until the next commit: keystrokes must not wait for them.
#[derive(Default)]
pub(crate) struct HiddenRows {
    pub(crate) known: Mutex<HashMap<RecordKind, (u64, Arc<Bits>)>>,
    pub(crate) private: Mutex<Option<(u64, Arc<Bits>)>>,
}
