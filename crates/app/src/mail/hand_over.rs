//! Without a mail server: handing a message over to the person's own mail program.

use super::letters::{From, composed, sender};
use super::refused;
use crate::cache_tag::CacheTag;
use crate::desk::Desk;
use crate::error::CommandError;
use crate::files::Destination;
use liaison_domain::outbox::OutboxState;
use liaison_domain::refusal::Problem;
use liaison_domain::{Id, Permission};
use liaison_mail::hand_over;
use liaison_store::outbox::Change;
use serde::Serialize;
use specta::Type;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

/// The ways a message can be handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct HandedOver {
    /// The address that opens it in the mail program; none where the text is too long for one.
    pub mailto: Option<String>,
    /// A name for its file `.eml`.
    pub file_name: String,
}

impl Desk {
    /// How a message in the outbox can be handed over. Nothing happens to it yet.
    pub async fn outbox_ways(&self, id: Id) -> Result<HandedOver, CommandError> {
        self.actor.require(Permission::SendMail)?;
        let message = self.as_draft(id).await?;
        Ok(HandedOver { mailto: hand_over::mailto(&message), file_name: hand_over::file_name(&message) })
    }

    /// Hands a message over: writes its file to `path`, or gives the address that opens it. It is not sent from here
    /// any more, and stands in the Emails tab.
    ///
    /// Errors: `Validation` of `text` where it is too long for an address; `NotFound` where the message does not wait
    /// (any more); `UnwritableFile`.
    pub async fn outbox_hand_over(
        self: &Arc<Self>,
        id: Id,
        path: Option<&Path>,
    ) -> Result<Option<String>, CommandError> {
        self.actor.require(Permission::SendMail)?;
        let message = self.as_draft(id).await?;
        let mailto = match path {
            Some(_) => None,
            None => {
                let too_long = Problem::TooLong { max: hand_over::LONGEST_MAILTO as u32 };
                Some(hand_over::mailto(&message).ok_or_else(|| refused("text", too_long))?)
            }
        };

        let now = self.now() as i64;
        let (queued, mailing, templates) = self.queued(id).await?;
        let from = queued.state;
        if !from.next().contains(&OutboxState::HandedOver) {
            return Err(CommandError::not_found("message that waits"));
        }
        // The file is there before the message counts as handed over, and has its name only afterwards: the sender may
        // have been faster.
        let file = match path {
            Some(path) => {
                let mut file = self.new_file(Destination::Path(path))?;
                file.write_all(&hand_over::eml(&message))?;
                Some(file)
            }
            None => None,
        };
        let change = Change { at: now, message_id: Some(&message.message_id), ..Change::default() };
        let went = self.went(&queued, &mailing, &templates, (from, OutboxState::HandedOver), change).await?;
        if !went {
            return Err(CommandError::not_found("message that waits"));
        }
        if let Some(file) = file {
            file.finish()?;
        }
        self.tell(vec![CacheTag::Mail]);
        Ok(mailto)
    }

    async fn as_draft(&self, id: Id) -> Result<liaison_mail::Message, CommandError> {
        let (queued, mailing, templates) = self.queued(id).await?;
        let sender = self.database.read(|db| sender(db, mailing.author)).await?;
        let (settings, look) = (self.settings().await?, self.look().await?);
        let from = From { settings: settings.as_ref(), sender: &sender };
        composed(&mailing, &templates, id, &queued.message, &from, &look, self.now() as i64).map_err(|reason| {
            match reason {
                "no_address" => refused("email", Problem::NotAnEmail),
                "no_sender" => refused("from_address", Problem::NotAnEmail),
                _ => refused("text", Problem::ControlCharacters),
            }
        })
    }
}
