//! Mail to people: composing, the outbox, sending, invitations and reminders, how accounts come into being, and the
//! institution as messages show it.

pub mod do_not_email;
pub mod institution;
pub mod invitations;
pub mod invitees;
pub mod mail;
pub mod new_users;
