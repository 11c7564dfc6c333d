//! The welcome message as somebody would get it.

use super::letters::{MailPreview, Templates, invented, preview};
use super::places::{places, sender};
use super::templates::template_for;
use liaison_domain::{contact, mail_template};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_mail::Look;
use liaison_queries::outbox::Outgoing;

/// The welcome message as an invented person would get it, in a look that need not be the institution's yet.
pub(crate) async fn welcome_in(session: &Session, look: &Look) -> Result<MailPreview, CommandError> {
    let draft = template_for(session, mail_template::WELCOME).await?;
    let templates = Templates::read(&draft)?;
    let author = session.actor().staff;
    let (mut sender, person) = (session.read(|view| sender(view.everything(), author)).await?, invented());
    sender.institution = look.name.clone();
    let places = session.read(|view| places(view.everything(), &person, &sender)).await?;
    let name = places.get("full_name").cloned().unwrap_or_default();
    let address = person.text(&contact::EMAIL).to_owned();
    let outgoing = Outgoing { name, address, places, ..Outgoing::default() };
    preview(session, &draft, mail_template::WELCOME, &templates, &sender, outgoing, look).await
}
