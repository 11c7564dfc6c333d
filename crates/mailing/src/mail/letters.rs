//! From a text with places to a message for one person, in the institution's look.

use super::places::{Sender, sender, uuid};
use super::recipients;
use super::recipients::{MailRecipient, Person};
use super::refused;
use super::settings;
use super::settings::MailSettings;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Id, Permission, Record, RecordKind, activation, contact, mail_template, time_zone};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_mail::template::Values;
use liaison_mail::{
    Button, ComposeError, Letter, Look, Mailbox, Message, Template, TemplateProblem, Unsubscribe, UnsubscribeKey,
    compose,
};
use liaison_queries::outbox::{Mailing, Outgoing};
use liaison_queries::portal::Portal;
use serde::{Deserialize, Serialize};
use specta::Type;

/// A message before it has recipients: subject and text, with places for fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MailDraft {
    /// Subject line.
    pub subject: String,
    /// The text, blank lines between paragraphs.
    pub text: String,
}

/// A message as its recipient will see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct MailPreview {
    /// Name and address of the recipient.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part, a page of its own.
    pub html: String,
    /// Places that are empty for this person, and have nothing to stand there instead.
    pub empty_places: Vec<String>,
}

/// A draft whose places are known.
pub(crate) struct Templates {
    pub(crate) subject: Template,
    pub(crate) text: Template,
}

impl Templates {
    /// Reads a draft. Errors: `Invalid` of `subject` and `text`, both at once.
    pub(crate) fn read(draft: &MailDraft) -> Result<Templates, Refusal> {
        let mut problems = Vec::new();
        let mut read = |field: &str, text: &str, max: usize| {
            let mut refuse = |problem| {
                problems.push(FieldProblem { field: field.to_owned(), problem });
                None
            };
            let breaks = |c: char| c.is_control() && (field == "subject" || !matches!(c, '\n' | '\r' | '\t'));
            if text.trim().is_empty() {
                return refuse(Problem::Required);
            }
            if text.chars().count() > max {
                return refuse(Problem::TooLong { max: max as u32 });
            }
            if text.contains(breaks) {
                return refuse(Problem::ControlCharacters);
            }
            match Template::parse(text, mail_template::PLACES) {
                Ok(template) => Some(template),
                Err(TemplateProblem::UnknownPlaces { places }) => refuse(Problem::UnknownPlaces { places }),
                Err(TemplateProblem::Unclosed { .. }) => refuse(Problem::UnclosedPlace),
            }
        };
        let (subject, text) = (read("subject", &draft.subject, 200), read("text", &draft.text, 50_000));
        match (subject, text) {
            (Some(subject), Some(text)) => Ok(Templates { subject, text }),
            _ => Err(Refusal::Invalid(problems)),
        }
    }

    pub(crate) fn of(mailing: &Mailing) -> Result<Templates, Refusal> {
        Templates::read(&MailDraft { subject: mailing.subject.clone(), text: mailing.text.clone() })
    }

    /// Only what the text uses: it is kept for every message of a mailing.
    pub(crate) fn used(&self, mut values: Values) -> Values {
        let places: Vec<&str> = self.subject.places().into_iter().chain(self.text.places()).collect();
        values.retain(|key, _| places.contains(&key.as_str()));
        values
    }

    /// The places that could be empty with nothing to stand there instead.
    pub(super) fn may_be_empty(&self) -> Vec<String> {
        self.empty_places(&Values::new())
    }

    /// Places that are empty for somebody.
    pub(crate) fn empty_places(&self, values: &Values) -> Vec<String> {
        let mut empty = self.subject.empty_places(values);
        for place in self.text.empty_places(values) {
            if !empty.contains(&place) {
                empty.push(place);
            }
        }
        empty
    }
}

/// Where a message comes from: mail settings, the person who writes it, and the portal where people stop messages.
pub(crate) struct From<'a> {
    pub(crate) settings: Option<&'a MailSettings>,
    pub(crate) sender: &'a Sender,
    pub(crate) portal: Option<&'a Portal>,
}

impl From<'_> {
    /// How whoever gets an outreach message stops more of them: by one click where a portal is connected, else by an
    /// answer to this address.
    fn unsubscribe(&self, message: &Outgoing, answers: &Mailbox) -> Unsubscribe {
        let of = |kind: RecordKind, id: Option<Id>| id.map(|id| (kind, id));
        let person = of(RecordKind::Contact, message.contact).or(of(RecordKind::Student, message.student));
        let key = self.portal.and_then(|portal| UnsubscribeKey::parse(&portal.unsubscribe));
        match (self.portal, key, person) {
            (Some(portal), Some(key), Some((kind, id))) => {
                Unsubscribe::Open(key.link(&portal.address, kind as u8, uuid(id)))
            }
            _ => Unsubscribe::Write(answers.address().clone()),
        }
    }
}

/// The portal, as the hub told this computer.
pub(crate) async fn portal(session: &Session) -> Result<Option<Portal>, CommandError> {
    Ok(session.read(|view| liaison_queries::portal::get(view.everything())).await?)
}

/// Why a message can't be made: a key for the outbox.
pub(super) fn composed(
    mailing: &Mailing,
    templates: &Templates,
    id: Id,
    message: &Outgoing,
    from: &From<'_>,
    look: &Look,
    date: i64,
) -> Result<Message, &'static str> {
    let to = Mailbox::new(&message.name, &message.address)
        // A name that can't stand in a header is no reason not to write to the person.
        .or_else(|_| Mailbox::new("", &message.address))
        .map_err(|_| "no_address")?;
    let own = || Mailbox::new(&from.sender.name, &from.sender.email);
    let sender = from.settings.map_or_else(own, MailSettings::from).map_err(|_| "no_sender")?;
    let answers = match (mailing.purpose.as_str(), from.settings) {
        // Who gets a letter from a person answers to that person.
        (mail_template::PERSONAL, _) => own().ok(),
        (_, Some(settings)) => Mailbox::new("", &settings.reply_to).ok(),
        (_, None) => None,
    };
    let reply_to = answers.filter(|answers| answers.address() != sender.address());
    let unsubscribe = (mailing.purpose == mail_template::OUTREACH)
        .then(|| from.unsubscribe(message, reply_to.as_ref().unwrap_or(&sender)));
    let button = match (&mailing.button, &message.link) {
        (Some(label), Some(url)) => Some(Button { label: label.clone(), url: url.clone() }),
        _ => None,
    };
    let letter = Letter {
        id: uuid(id),
        date,
        from: sender,
        to,
        reply_to,
        subject: templates.subject.fill(&message.places),
        text: templates.text.fill(&message.places),
        button,
        unsubscribe,
        automatic: mail_template::invites(&mailing.purpose),
    };
    compose(&letter, look).map_err(|error| match error {
        ComposeError::Empty(_) => "empty",
        ComposeError::ControlCharacters(_) => "control_characters",
        ComposeError::TooLong(_) => "too_long",
        ComposeError::NotALink(_) => "not_a_link",
        ComposeError::Date => "date",
    })
}

/// A message as somebody would get it: as this person, or as an invented one.
///
/// Errors: `Validation` of `subject` and `text`; `NotFound` where the person can't be written to.
pub async fn mail_preview(
    session: &Session,
    draft: &MailDraft,
    purpose: &str,
    to: Option<MailRecipient>,
) -> Result<MailPreview, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let templates = Templates::read(draft)?;
    let (sender, outgoing) = filled(session, to).await?;
    preview(session, draft, purpose, &templates, &sender, outgoing, &super::letterhead::look(session).await?).await
}

/// Who writes, and what stands in the places for this person, or for an invented one.
pub(super) async fn filled(session: &Session, to: Option<MailRecipient>) -> Result<(Sender, Outgoing), CommandError> {
    let author = session.actor().staff;
    let read = session.read(|view| {
        // What texts say of the sender, groups and employers is hidden from nobody.
        let db = view.everything();
        let sender = sender(db, author)?;
        let person = match to {
            Some(to) => recipients::person_to_write(view, to)?,
            None => Person::plain(invented()),
        };
        let places = person.places(db, &sender)?;
        Ok((sender, Outgoing { places, ..person.outgoing() }))
    });
    Ok(read.await?)
}

pub(crate) async fn preview(
    session: &Session,
    draft: &MailDraft,
    purpose: &str,
    templates: &Templates,
    sender: &Sender,
    mut outgoing: Outgoing,
    look: &Look,
) -> Result<MailPreview, CommandError> {
    let id = session.actor().staff;
    let message = unsent(session, draft, purpose, templates, (id, sender), &mut outgoing, look).await?;
    Ok(MailPreview {
        to: format!("{} <{}>", outgoing.name, outgoing.address),
        subject: message.subject,
        text: message.text,
        html: message.html,
        empty_places: templates.empty_places(&outgoing.places),
    })
}

/// A message that is in no outbox: shown only, or sent as a test. Invitations lead nowhere in it.
pub(super) async fn unsent(
    session: &Session,
    draft: &MailDraft,
    purpose: &str,
    templates: &Templates,
    (id, sender): (Id, &Sender),
    outgoing: &mut Outgoing,
    look: &Look,
) -> Result<Message, CommandError> {
    let settings = settings::settings(session).await?;
    let invites = mail_template::invites(purpose);
    if invites {
        let institution = session.read(|view| liaison_queries::institution::get(view.everything())).await?;
        let until = activation::expires_at(&institution, session.now() as i64);
        outgoing
            .places
            .entry(mail_template::LINK_UNTIL.to_owned())
            .or_insert_with(|| time_zone::written_day(until, session.zone()));
        outgoing.link.get_or_insert_with(|| "https://example.org/activate".into());
    }
    let mailing = Mailing {
        id,
        created_at: 0,
        purpose: purpose.to_owned(),
        subject: draft.subject.clone(),
        text: draft.text.clone(),
        button: invites.then(|| ACTIVATE.to_owned()),
        author: session.actor().staff,
    };
    let portal = portal(session).await?;
    let from = From { settings: settings.as_ref(), sender, portal: portal.as_ref() };
    composed(&mailing, templates, id, outgoing, &from, look, session.now() as i64).map_err(|reason| match reason {
        "no_address" => refused("email", Problem::NotAnEmail),
        "no_sender" => refused("from_address", Problem::NotAnEmail),
        "empty" => refused("text", Problem::Required),
        _ => refused("text", Problem::ControlCharacters),
    })
}

/// The words on the button of invitations (M35).
pub const ACTIVATE: &str = "Activate Your Account";

/// Somebody to show a template with.
pub(super) fn invented() -> Record {
    let mut record = Record::blank(RecordKind::Contact, Id::from_parts(0, [0; 10]));
    record.set(&contact::FIRST_NAME, "Dana");
    record.set(&contact::LAST_NAME, "Reyes");
    record.set(&contact::NAME_PREFIX, "Dr.");
    record.set(&contact::TITLE, "Head of Recruiting");
    record.set(&contact::EMAIL, "dana.reyes@acme.example");
    record
}
