//! The clock that days go by: the institution's, or this computer's where the institution names none.

use liaison_domain::moment::{self, Zone};

/// The zone of this computer; UTC where it has none, or one that nobody knows.
pub fn of_computer() -> Zone {
    // As programs are started in another zone than the system's, on Unix.
    let set = std::env::var("TZ").ok();
    let named = |name: &str| moment::zone(name.trim_start_matches(':')).ok();
    let set = set.as_deref().and_then(named);
    set.or_else(|| iana_time_zone::get_timezone().ok().as_deref().and_then(named)).unwrap_or(Zone::UTC)
}
