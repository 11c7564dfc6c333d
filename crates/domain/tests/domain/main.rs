//! Rules as others call them.

mod backup;
mod bulk;
mod outbox;
mod staff_role;
