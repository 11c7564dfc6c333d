//! Letters, as whoever sends them gives them.

use crate::address::{Address, Mailbox};
use crate::template::Text;
use uuid::Uuid;

/// A letter to one person, before it has headers and parts.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its id, for always: the Message-ID is made from it, so that sending it again can be recognised.
    pub id: Uuid,
    /// When it is sent, in milliseconds since 1970.
    pub date: i64,
    /// Who writes.
    pub from: Mailbox,
    /// Who is written to.
    pub to: Mailbox,
    /// Where answers go, where that is not who writes.
    pub reply_to: Option<Mailbox>,
    /// Subject line.
    pub subject: Text,
    /// The text, blank lines between paragraphs.
    pub text: Text,
    /// The one thing to do, for example "Activate Your Account".
    pub button: Option<Button>,
    /// How to stop such messages: on outreach, always.
    pub unsubscribe: Option<Unsubscribe>,
    /// Sent by a rule and not by a person: asks other machines not to answer (RFC 3834).
    pub automatic: bool,
}

/// A button that opens an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// The words on it.
    pub label: String,
    /// Where it leads, https only (http on this machine).
    pub url: String,
}

/// How somebody stops messages like this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsubscribe {
    /// By writing to an address.
    Write(Address),
    /// By opening a page.
    Open(String),
}
