//! What people send in the portal, as what is written: what was typed and what is there come in, changes come out, or all
//! that is wrong. Pure: no I/O and no clock.
//!
//! - [`named`]: people whom a form names, who are linked, or become pending contacts;
//! - [`register`]: registering for events and job fairs;
//! - [`post`]: interviews and job listings that employers post;
//! - [`colleague`]: a colleague who accepts an invitation;
//! - [`report`]: what students report;
//! - [`sign_up`]: signing up, choosing among employers, the own account;
//! - [`claim`]: employers that nobody has confirmed;
//! - [`change`]: changes of single records;
//! - [`found_by`]: by what records are found.

pub mod change;
pub mod claim;
pub mod colleague;
pub mod found_by;
pub mod named;
pub mod post;
pub mod register;
pub mod report;
pub mod sign_up;
