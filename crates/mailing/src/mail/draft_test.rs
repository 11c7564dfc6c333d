//! A message sent to whoever writes it, before it goes to anybody else.

use super::letters::{self, MailDraft, Templates};
use super::recipients::MailRecipient;
use super::refused;
use super::settings::{MailTested, mail_server, send_now};
use liaison_domain::refusal::Problem;
use liaison_domain::{Permission, mail_template};
use liaison_engine::error::CommandError;
use liaison_engine::moment::new_id;
use liaison_engine::session::Session;
use liaison_mail::Template;

/// Stands before the subject, so that nobody takes the test for the message.
const MARK: &str = "[Test]";

/// Sends a draft as a person would get it, or an invented one, to whoever is at the desk: now, past the outbox, and to
/// nobody else.
///
/// Errors: `Validation` of `subject`, `text`, of `host` where mail is not set up on this computer, and of `email` where
/// one's own address can't be written to; `NotFound` where the person can't be written to.
pub async fn mail_draft_test(
    session: &Session,
    draft: &MailDraft,
    purpose: &str,
    to: Option<MailRecipient>,
) -> Result<MailTested, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let mut templates = Templates::read(draft)?;
    if let Ok(marked) = Template::parse(&format!("{MARK} {}", draft.subject.trim()), mail_template::PLACES) {
        templates.subject = marked;
    }
    let Some((_, server)) = mail_server(session).await? else {
        return Err(refused("host", Problem::Required));
    };
    let (sender, mut outgoing) = letters::filled(session, to).await?;
    (outgoing.name, outgoing.address) = (sender.name.clone(), sender.email.clone());
    let look = super::letterhead::look(session).await?;
    let from = (new_id(session.now()), &sender);
    let message = letters::unsent(session, draft, purpose, &templates, from, &mut outgoing, &look).await?;
    Ok(send_now(session, &server, &message))
}
