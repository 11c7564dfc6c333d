//! What people see.

pub(crate) mod account;
pub(crate) mod activate;
pub(crate) mod address;
pub(crate) mod confirm;
pub(crate) mod front;
pub(crate) mod log_in;
pub(crate) mod people;
pub(crate) mod report;
pub(crate) mod reset;
pub(crate) mod sign_up;
pub(crate) mod unsubscribe;
