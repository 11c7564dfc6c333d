//! What people see.

pub(crate) mod account;
pub(crate) mod activate;
pub(crate) mod address;
pub(crate) mod again;
mod blocks;
pub(crate) mod choose;
pub(crate) mod colleagues;
pub(crate) mod confirm;
pub(crate) mod employer;
pub(crate) mod events;
pub(crate) mod front;
pub(crate) mod log_in;
pub(crate) mod offers;
pub(crate) mod people;
pub(crate) mod posting_form;
pub(crate) mod postings;
pub(crate) mod questions;
pub(crate) mod report;
pub(crate) mod reset;
mod shown;
pub(crate) mod sign_up;
pub(crate) mod unsubscribe;
