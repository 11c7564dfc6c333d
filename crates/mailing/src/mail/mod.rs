//! Mail: settings, templates, messages to one or many, the outbox and what sends it.

mod bounced;
mod draft_test;
mod hand_over;
pub(crate) mod letterhead;
pub(crate) mod letters;
mod outbox;
mod outreach;
pub(crate) mod places;

mod postbox;
mod recipients;
mod sending;
mod settings;
mod templates;
mod trouble;
mod unsubscribed;
mod welcome;
pub use draft_test::mail_draft_test;
pub use hand_over::{outbox_hand_over, outbox_ways};
pub use letters::mail_preview;
pub(crate) use letters::preview;
pub use outbox::{
    mail_bounced, outbox_bounced, outbox_cancel, outbox_cancel_mailing, outbox_decide, outbox_get, outbox_list,
    outbox_retry,
};
pub use outreach::outbox_filled;
pub use outreach::{mail_outreach_preview, mail_outreach_send, mail_to};
pub use sending::{mail_status, mail_try_now, send_due, start_sending};
pub(crate) use settings::settings;
pub use settings::{mail_settings, mail_settings_clear, mail_settings_set, mail_test};
pub(crate) use templates::template_for;
pub use templates::{
    mail_template_create, mail_template_delete, mail_template_edit, mail_template_for, mail_templates,
};

pub use hand_over::HandedOver;
pub use letterhead::InstitutionLook;
pub use letters::{MailDraft, MailPreview};
pub use outbox::{OutboxCount, OutboxDecision, OutboxFilter, OutboxMessage, OutboxPage, OutboxRow};
pub use outreach::{EmptyPlace, LeftOutRecipients, OutreachDone, OutreachPreview};
pub use recipients::MailRecipient;
pub use sending::{MailStatus, SendRound};
pub use settings::{MailSecurity, MailSettings, MailSettingsInfo, MailTested};
pub use templates::MailTemplate;
pub use trouble::MailTrouble;
pub use unsubscribed::mail_unsubscribed;
pub(crate) use welcome::welcome_in;

use liaison_domain::refusal::{Problem, Refusal};
use liaison_engine::error::CommandError;

/// Refuses one value of a form.
fn refused(field: &str, problem: Problem) -> CommandError {
    Refusal::of(field, problem).into()
}
