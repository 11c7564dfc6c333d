//! Why mail is not sent.

use liaison_mail::smtp::{SendError, Trouble};
use serde::Serialize;
use specta::Type;

/// Why mail is not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct MailTrouble {
    /// A key that screens have words for.
    pub reason: String,
    /// The server's or the system's own words.
    pub detail: String,
    /// Nothing is tried again before the settings are changed, or somebody asks for it.
    pub stopped: bool,
}

impl MailTrouble {
    pub(super) fn of(error: &SendError) -> MailTrouble {
        MailTrouble {
            reason: error.reason.key().into(),
            detail: error.detail.clone(),
            stopped: error.trouble == Trouble::Settings,
        }
    }

    pub(super) fn settings(reason: &str, detail: String) -> MailTrouble {
        MailTrouble { reason: reason.into(), detail, stopped: true }
    }
}
