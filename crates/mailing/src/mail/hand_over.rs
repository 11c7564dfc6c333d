//! Without a mail server: handing a message over to the person's own mail program.

use super::letters::{From, composed, portal};
use super::outbox;
use super::places::sender;
use super::refused;
use super::sending;
use super::settings;
use liaison_domain::outbox::OutboxState;
use liaison_domain::refusal::Problem;
use liaison_domain::{Id, Permission};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::CommandError;
use liaison_engine::files;
use liaison_engine::files::Destination;
use liaison_engine::session::Session;
use liaison_mail::hand_over;
use liaison_queries::outbox::Change;
use serde::Serialize;
use specta::Type;
use std::io::Write as _;
use std::path::Path;

/// The ways a message can be handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct HandedOver {
    /// The address that opens it in the mail program; none where the text is too long for one.
    pub mailto: Option<String>,
    /// A name for its file `.eml`.
    pub file_name: String,
}

/// How a message in the outbox can be handed over. Nothing happens to it yet.
pub async fn outbox_ways(session: &Session, id: Id) -> Result<HandedOver, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let message = as_draft(session, id).await?;
    Ok(HandedOver { mailto: hand_over::mailto(&message), file_name: hand_over::file_name(&message) })
}

/// Hands a message over: writes its file to `path`, or gives the address that opens it. It is not sent from here
/// any more, and stands in the Emails tab.
///
/// Errors: `Validation` of `text` where it is too long for an address; `NotFound` where the message does not wait
/// (any more); `UnwritableFile`.
pub async fn outbox_hand_over(session: &Session, id: Id, path: Option<&Path>) -> Result<Option<String>, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let message = as_draft(session, id).await?;
    let mailto = match path {
        Some(_) => None,
        None => {
            let too_long = Problem::TooLong { max: hand_over::LONGEST_MAILTO as u32 };
            Some(hand_over::mailto(&message).ok_or_else(|| refused("text", too_long))?)
        }
    };

    let now = session.now() as i64;
    let (queued, mailing, templates) = outbox::queued(session, id).await?;
    let from = queued.state;
    if !from.next().contains(&OutboxState::HandedOver) {
        return Err(CommandError::not_found("message that waits"));
    }
    // The file is there before the message counts as handed over, and has its name only afterwards: the sender may
    // have been faster.
    let file = match path {
        Some(path) => {
            let mut file = files::new_file(session.directory(), Destination::Path(path))?;
            file.write_all(&hand_over::eml(&message))?;
            Some(file)
        }
        None => None,
    };
    let change = Change { at: now, message_id: Some(&message.message_id), ..Change::default() };
    let went = sending::went(session, &queued, &mailing, &templates, (from, OutboxState::HandedOver), change).await?;
    if !went {
        return Err(CommandError::not_found("message that waits"));
    }
    if let Some(file) = file {
        file.finish()?;
    }
    session.tell(vec![CacheTag::Mail]);
    Ok(mailto)
}

async fn as_draft(session: &Session, id: Id) -> Result<liaison_mail::Message, CommandError> {
    let (queued, mailing, templates) = outbox::queued(session, id).await?;
    outbox::require_seen(session, &queued).await?;
    let sender = session.read(|view| sender(view.everything(), mailing.author)).await?;
    let (settings, look) = (settings::settings(session).await?, super::letterhead::look(session).await?);
    let portal = portal(session).await?;
    let from = From { settings: settings.as_ref(), sender: &sender, portal: portal.as_ref() };
    composed(&mailing, &templates, id, &queued.message, &from, &look, session.now() as i64).map_err(|reason| {
        match reason {
            "no_address" => refused("email", Problem::NotAnEmail),
            "no_sender" => refused("from_address", Problem::NotAnEmail),
            _ => refused("text", Problem::ControlCharacters),
        }
    })
}
