//! Rules as others call them.

mod bulk;
mod outbox;
mod staff_role;
