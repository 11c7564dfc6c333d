//! Composing: one letter to one person becomes a message with headers, a plain part and an HTML part.

use crate::address::{Address, Mailbox};
use crate::html::{self, Words};
use crate::letter::{Letter, Unsubscribe};
use crate::look::Look;
use crate::percent::encoded_address;
use crate::template::Text;
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MessageId};
use lettre::message::{Attachment, Body, MultiPart, SinglePart};
use std::time::{Duration, SystemTime};
use uuid::Uuid;

/// Longest subject, in characters.
const LONGEST_SUBJECT: usize = 500;
/// Longest text, in bytes.
const LONGEST_TEXT: usize = 500_000;

/// Why a letter can't become a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// There is nothing in it.
    #[error("the {0} is empty")]
    Empty(Part),
    /// It has characters in it that would forge headers, or that nobody can read.
    #[error("the {0} has control characters in it")]
    ControlCharacters(Part),
    /// It is too long.
    #[error("the {0} is too long")]
    TooLong(Part),
    /// The button or the unsubscribe line leads to what is no web address.
    #[error("the {0} is no web address that begins with https://")]
    NotALink(Part),
    /// The date can't be written.
    #[error("the date can't be written")]
    Date,
}

/// A part of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The subject line.
    Subject,
    /// The text.
    Text,
    /// The button.
    Button,
    /// The unsubscribe line.
    Unsubscribe,
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Part::Subject => "subject",
            Part::Text => "text",
            Part::Button => "button",
            Part::Unsubscribe => "unsubscribe link",
        })
    }
}

/// A message ready to be sent.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its Message-ID, with angle brackets.
    pub message_id: String,
    /// Its subject.
    pub subject: String,
    /// Its plain part, with contact information and unsubscribe line.
    pub text: String,
    /// Its HTML as a page of its own, the logo in it: for previews.
    pub html: String,
    pub(crate) from: Address,
    pub(crate) to: Mailbox,
    pub(crate) built: lettre::Message,
}

impl Message {
    /// The message as it goes over the wire (RFC 5322).
    pub fn bytes(&self) -> Vec<u8> {
        self.built.formatted()
    }

    /// The message as a draft that mail programs open for sending.
    pub(crate) fn draft(&self) -> Vec<u8> {
        let mut draft = self.built.clone();
        draft.headers_mut().insert_raw(header("X-Unsent", "1".into()));
        draft.formatted()
    }
}

/// The Message-ID of the letter with this id from this address, with angle brackets.
pub fn message_id(id: Uuid, from: &Address) -> String {
    format!("<{id}@{}>", from.domain())
}

/// Makes the message of a letter.
pub fn compose(letter: &Letter, look: &Look) -> Result<Message, ComposeError> {
    let subject = checked_subject(&letter.subject)?;
    checked_text(&letter.text)?;
    if let Some(button) = &letter.button {
        if button.label.trim().is_empty() {
            return Err(ComposeError::Empty(Part::Button));
        }
        checked_link(&button.url, Part::Button)?;
    }
    let unsubscribe = letter.unsubscribe.as_ref().map(words_of).transpose()?;
    let millis = u64::try_from(letter.date).map_err(|_| ComposeError::Date)?;
    // The last second that four digits of a year can write.
    if millis > 253_402_300_799_000 {
        return Err(ComposeError::Date);
    }
    let text = plain(letter, look, unsubscribe.as_ref());
    let id = message_id(letter.id, letter.from.address());
    let logo_id = format!("logo.{}@{}", letter.id, letter.from.address().domain());
    let page = |logo: Option<String>| {
        html::page(&html::Page {
            look,
            subject: &subject,
            text: &letter.text,
            button: letter.button.as_ref(),
            unsubscribe: unsubscribe.as_ref(),
            logo,
        })
    };
    let html = page(look.logo.as_ref().map(crate::Logo::data_url));
    let sent_html = page(look.logo.as_ref().map(|_| format!("cid:{logo_id}")));
    let mut builder = lettre::Message::builder()
        .from(letter.from.inner())
        .to(letter.to.inner())
        .subject(&subject)
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
        .header(MessageId::from(id.clone()));
    if let Some(reply_to) = &letter.reply_to {
        builder = builder.reply_to(reply_to.inner());
    }
    if letter.automatic {
        builder = builder.raw_header(header("Auto-Submitted", "auto-generated".into()));
    }
    if let Some(words) = &unsubscribe {
        builder = builder.raw_header(header("List-Unsubscribe", format!("<{}>", words.url)));
        if matches!(letter.unsubscribe, Some(Unsubscribe::Open(_))) {
            builder = builder.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()));
        }
    }
    let plain_part = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text.clone());
    let html_part = SinglePart::builder().header(ContentType::TEXT_HTML).body(sent_html);
    let parts = match &look.logo {
        None => MultiPart::alternative().singlepart(plain_part).singlepart(html_part),
        Some(logo) => {
            let media_type = ContentType::parse(logo.media_type).unwrap_or(ContentType::TEXT_PLAIN);
            let attached = Attachment::new_inline(logo_id).body(Body::new(logo.bytes.clone()), media_type);
            MultiPart::alternative()
                .singlepart(plain_part)
                .multipart(MultiPart::related().singlepart(html_part).singlepart(attached))
        }
    };
    // What the builder can refuse, no sender or no recipient, is there.
    let built = builder.multipart(parts).map_err(|_| ComposeError::Empty(Part::Text))?;
    Ok(Message {
        message_id: id,
        subject,
        text,
        html,
        from: letter.from.address().clone(),
        to: letter.to.clone(),
        built,
    })
}

fn checked_subject(subject: &Text) -> Result<String, ComposeError> {
    let subject = subject.text();
    let subject = subject.trim();
    if subject.is_empty() {
        return Err(ComposeError::Empty(Part::Subject));
    }
    if subject.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(ComposeError::ControlCharacters(Part::Subject));
    }
    if subject.chars().count() > LONGEST_SUBJECT {
        return Err(ComposeError::TooLong(Part::Subject));
    }
    Ok(subject.to_owned())
}

fn checked_text(text: &Text) -> Result<(), ComposeError> {
    let text = text.text();
    if text.trim().is_empty() {
        return Err(ComposeError::Empty(Part::Text));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(ComposeError::ControlCharacters(Part::Text));
    }
    if text.len() > LONGEST_TEXT {
        return Err(ComposeError::TooLong(Part::Text));
    }
    Ok(())
}

/// Links of ours are https; http stays within this machine, where the hub runs while it is tried out.
fn checked_link(url: &str, part: Part) -> Result<(), ComposeError> {
    let printable = url.is_ascii() && !url.contains(|c: char| c.is_control() || " <>\"".contains(c));
    let local = ["http://localhost", "http://127.0.0.1"].into_iter().any(|host| {
        url.strip_prefix(host)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']) && !rest.contains('@'))
    });
    let good = url.strip_prefix("https://").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    if printable && (good || local) && url.len() <= 2_000 { Ok(()) } else { Err(ComposeError::NotALink(part)) }
}

fn words_of(unsubscribe: &Unsubscribe) -> Result<Words, ComposeError> {
    match unsubscribe {
        Unsubscribe::Write(address) => Ok(Words {
            before: "To stop emails like this, reply with “Unsubscribe” or write to".into(),
            label: address.to_string(),
            url: format!("mailto:{}?subject=Unsubscribe", encoded_address(address)),
        }),
        Unsubscribe::Open(url) => {
            checked_link(url, Part::Unsubscribe)?;
            Ok(Words { before: "To stop emails like this:".into(), label: "Unsubscribe".into(), url: url.clone() })
        }
    }
}

/// The plain part: the text, the button's address as a link to open, contact information, the unsubscribe line.
fn plain(letter: &Letter, look: &Look, unsubscribe: Option<&Words>) -> String {
    let mut text = letter.text.text().replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    if let Some(button) = &letter.button {
        text.push_str(&format!("\n\nOpen this link:\n{}", button.url));
    }
    let lines = look.contact_lines();
    if !lines.is_empty() {
        // The signature mark: mail programs grey what follows, and leave it out of answers.
        text.push_str("\n\n-- \n");
        text.push_str(&lines.join("\n"));
    }
    if let Some(words) = unsubscribe {
        let end = if words.url.starts_with("mailto:") { &words.label } else { &words.url };
        text.push_str(&format!("\n\n{} {end}", words.before));
    }
    text.push('\n');
    text
}

/// A header whose value is checked and ours.
fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}
