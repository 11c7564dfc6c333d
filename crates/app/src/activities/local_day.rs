//! The day and the time here, by the clock every use case goes by.

use crate::session::Session;
use chrono::{DateTime, Local, TimeZone as _};

/// Today, on the clock of this machine, as `yyyy-mm-dd`.
pub fn today(session: &Session) -> String {
    local_now(session).format("%Y-%m-%d").to_string()
}

/// The desk's time on the clock of this machine.
pub(crate) fn local_now(session: &Session) -> DateTime<Local> {
    let moment = Local.timestamp_millis_opt(session.now().min(i64::MAX as u64) as i64).earliest();
    // Further than a calendar goes: no clock shows that.
    moment.unwrap_or_default()
}
