//! Mail: settings, templates, messages to one or many, the outbox and what sends it.

mod hand_over;
pub(crate) mod letters;
mod outbox;
mod outreach;
mod postbox;
mod recipients;
mod sending;
mod settings;
mod templates;

pub use hand_over::HandedOver;
pub use letters::{MailDraft, MailPreview};
pub use outbox::{OutboxCount, OutboxDecision, OutboxFilter, OutboxMessage, OutboxPage, OutboxRow};
pub use outreach::{EmptyPlace, LeftOutRecipients, OutreachDone, OutreachPreview};
pub use recipients::MailRecipient;
pub use sending::{MailStatus, MailTrouble, SendRound};
pub use settings::{MailSecurity, MailSettings, MailSettingsInfo, MailTested};
pub use templates::MailTemplate;

pub(crate) use postbox::Postbox;
pub(crate) use recipients::do_not_email;

use crate::error::CommandError;
use liaison_domain::refusal::{Problem, Refusal};

/// Refuses one value of a form.
fn refused(field: &str, problem: Problem) -> CommandError {
    Refusal::of(field, problem).into()
}
