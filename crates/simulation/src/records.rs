//! Records as a person sees them.

use liaison_domain::{Id, Value};
use std::collections::BTreeMap;

/// Records by kind and id, with the values of their fields; what is empty is left out.
pub type Records = BTreeMap<(u8, Id), BTreeMap<u16, Value>>;
