//! Employer users: who may log in.

use crate::record::Record;

pub use liaison_records::employer_user::*;

/// Refuses whoever must not log in, with what they read.
pub fn log_in(user: &Record) -> Result<(), &'static str> {
    if user.get(&ACCESS).as_flag() && !user.is_deleted() { Ok(()) } else { Err(NO_ACCESS) }
}
