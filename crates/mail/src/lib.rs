//! Messages: composing them from templates in the institution's look, handing them to an SMTP server, or over to the
//! person's own mail program.
//!
//! Nothing here knows contacts, databases or clocks: whoever sends decides to whom, and when.

pub mod address;
pub mod bounce;
pub mod compose;
mod conversation;
pub mod hand_over;
mod html;
pub mod letter;
pub mod look;
mod percent;
pub mod smtp;
pub mod template;
pub mod unsubscribe_link;

pub use address::{Address, AddressProblem, Mailbox};
pub use compose::{ComposeError, Message, Part, compose};
pub use letter::{Button, Letter, Unsubscribe};
pub use look::{Logo, Look};
pub use smtp::{Connection, Patience, SendError, Server, Trouble};
pub use template::{Template, TemplateProblem, Text};
pub use unsubscribe_link::UnsubscribeKey;
