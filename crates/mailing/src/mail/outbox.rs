//! The outbox as people see it: what waits, what went, what needs a decision.

use super::bounced::set_bounced;
use super::letters::Templates;
use super::outreach;
use super::postbox::Postbox;
use super::recipients::MailRecipient;
use super::sending;
use liaison_domain::outbox::OutboxState;
use liaison_domain::{Id, OperationKind, Permission, RecordKind, Value, email};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::CommandError;
use liaison_engine::names::Names;
use liaison_engine::session::Session;
use liaison_engine::step::Done;
use liaison_engine::step::Step;
use liaison_queries::View;
use liaison_queries::outbox::{self, Change, Mailing, Queued, Which};
use liaison_store::{Recorder, StoreError, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashMap;

/// Most rows of one page.
const PAGE_MOST: u32 = 200;

/// Which messages to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OutboxFilter {
    /// In this state.
    pub state: Option<OutboxState>,
    /// Of this mailing.
    pub mailing: Option<Id>,
    /// To this person.
    pub to: Option<MailRecipient>,
}

/// A part of the outbox, the newest messages first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct OutboxPage {
    /// Messages in all, by state, whichever state was asked for.
    pub counts: Vec<OutboxCount>,
    /// The rows.
    pub rows: Vec<OutboxRow>,
}

/// How many messages are in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct OutboxCount {
    /// The state.
    pub state: OutboxState,
    /// How many.
    pub count: u32,
}

/// A message as a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct OutboxRow {
    /// The message.
    pub id: Id,
    /// The mailing it is one of.
    pub mailing: Id,
    /// What it is for.
    pub purpose: String,
    /// The contact it goes to.
    pub contact: Option<Id>,
    /// The student or alum it goes to.
    pub student: Option<Id>,
    /// The employer user it goes to; the contact is then the linked one.
    pub employer_user: Option<Id>,
    /// Name of the recipient.
    pub name: String,
    /// Address of the recipient.
    pub address: String,
    /// Subject line.
    pub subject: String,
    /// Where it stands.
    pub state: OutboxState,
    /// How often the server put it off.
    pub attempts: u32,
    /// When it is tried next, in milliseconds since 1970.
    pub due_at: i64,
    /// When its state changed last.
    pub changed_at: i64,
    /// Why it failed, is unclear or was cancelled: a key.
    pub reason: Option<String>,
    /// The server's own words.
    pub detail: Option<String>,
    /// It goes to somebody whom the person doesn't see: who that is and what was written is left out.
    pub withheld: bool,
}

/// A message with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct OutboxMessage {
    /// As in the list.
    pub row: OutboxRow,
    /// What was written.
    pub text: String,
    /// The button below it, where it has one.
    pub button: Option<OutboxButton>,
    /// The Message-ID it was, or may have been, sent with: to look for in the server's log or the folder of sent mail.
    pub message_id: Option<String>,
    /// The e-mail record of it.
    pub email: Option<Id>,
}

/// The button of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct OutboxButton {
    /// What it says.
    pub label: String,
    /// Where it leads, as long as the message has not gone: from then on the link is its reader's alone.
    pub url: Option<String>,
}

/// What a person decides about a message that may or may not have been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OutboxDecision {
    /// It was sent.
    WasSent,
    /// It was not: send it again.
    SendAgain,
    /// It is not to be sent.
    GiveUp,
}

fn row(queued: &Queued, mailing: &Mailing, templates: &Templates, withheld: bool) -> OutboxRow {
    let row = OutboxRow {
        id: queued.id,
        mailing: queued.mailing,
        purpose: mailing.purpose.clone(),
        contact: queued.message.contact,
        student: queued.message.student,
        employer_user: queued.message.employer_user,
        name: queued.message.name.clone(),
        address: queued.message.address.clone(),
        subject: templates.subject.fill(&queued.message.places).text(),
        state: queued.state,
        attempts: queued.attempts,
        due_at: queued.due_at,
        changed_at: queued.changed_at,
        reason: queued.reason.clone(),
        detail: queued.detail.clone(),
        withheld,
    };
    if !withheld {
        return row;
    }
    let empty = String::new;
    OutboxRow { contact: None, name: empty(), address: empty(), subject: empty(), detail: None, ..row }
}

/// Whether it is withheld whom a message goes to: a contact of somebody else's own, or a private profile.
fn is_withheld(view: &View<'_>, queued: &Queued) -> Result<bool, StoreError> {
    match (queued.message.employer_user, queued.message.contact) {
        (Some(user), _) => Names::new(view).is_private(RecordKind::EmployerUser, user),
        (None, Some(contact)) => view.is_hidden(RecordKind::Contact, contact),
        (None, None) => Ok(false),
    }
}

/// A part of the outbox.
pub async fn outbox_list(
    session: &Session,
    filter: &OutboxFilter,
    offset: u32,
    limit: u32,
) -> Result<OutboxPage, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let which = Which { state: filter.state, mailing: filter.mailing, to: filter.to.map(|to| (to.kind, to.id)) };
    let any_state = Which { state: None, ..which };
    let (counts, queued, mailings) = session
        .read(|view| {
            if let Some(to) = filter.to {
                view.require(to.kind, to.id)?;
            }
            // The outbox is the device's: who may send answers for all that is in it, whoever it goes to. Who that is,
            // and what was written, is for those who see them.
            let db = view.everything();
            let queued = outbox::list(db, &which, offset, limit.min(PAGE_MOST))?;
            let mut mailings = HashMap::new();
            for message in &queued {
                if !mailings.contains_key(&message.mailing)
                    && let Some(mailing) = outbox::mailing(db, message.mailing)?
                {
                    mailings.insert(message.mailing, mailing);
                }
            }
            let queued: Vec<(Queued, bool)> = queued
                .into_iter()
                .map(|message| is_withheld(view, &message).map(|withheld| (message, withheld)))
                .collect::<Result<_, StoreError>>()?;
            Ok((outbox::counts(db, &any_state)?, queued, mailings))
        })
        .await?;
    let mut read = HashMap::new();
    for (id, mailing) in mailings {
        let templates = Templates::of(&mailing)?;
        read.insert(id, (mailing, templates));
    }
    let rows = queued.iter().filter_map(|(message, withheld)| {
        let (mailing, templates) = read.get(&message.mailing)?;
        Some(row(message, mailing, templates, *withheld))
    });
    let counts = counts.into_iter().map(|(state, count)| OutboxCount { state, count }).collect();
    Ok(OutboxPage { counts, rows: rows.collect() })
}

/// A message of the outbox with its text.
pub async fn outbox_get(session: &Session, id: Id) -> Result<OutboxMessage, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let (queued, mailing, templates) = queued(session, id).await?;
    let withheld = session.read(|view| is_withheld(view, &queued)).await?;
    Ok(OutboxMessage {
        row: row(&queued, &mailing, &templates, withheld),
        text: if withheld { String::new() } else { templates.text.fill(&queued.message.places).text() },
        button: if withheld { None } else { button(&queued, &mailing) },
        message_id: queued.message_id,
        email: queued.email,
    })
}

/// Refuses a message whose recipient the person doesn't see, as one that is not there.
pub(super) async fn require_seen(session: &Session, queued: &Queued) -> Result<(), CommandError> {
    if session.read(|view| is_withheld(view, queued)).await? {
        return Err(CommandError::not_found("message in the outbox"));
    }
    Ok(())
}

fn button(queued: &Queued, mailing: &Mailing) -> Option<OutboxButton> {
    // As the message is composed: without a link there is no button.
    let (label, link) = mailing.button.as_ref().zip(queued.message.link.as_ref())?;
    let waits = matches!(queued.state, OutboxState::Waiting | OutboxState::Failed);
    Some(OutboxButton { label: label.clone(), url: waits.then(|| link.clone()) })
}

pub(super) async fn queued(session: &Session, id: Id) -> Result<(Queued, Mailing, Templates), CommandError> {
    let found = session.read(|view| {
        // As the list.
        let db = view.everything();
        let queued = outbox::find(db, id)?.ok_or(StoreError::NotFound("message in the outbox"))?;
        let mailing = outbox::mailing(db, queued.mailing)?.ok_or(StoreError::NotFound("mailing"))?;
        Ok((queued, mailing))
    });
    let (queued, mailing) = found.await?;
    let templates = Templates::of(&mailing)?;
    Ok((queued, mailing, templates))
}

/// Cancels messages that wait or failed. How many that was; what has gone already stays as it is.
pub async fn outbox_cancel(session: &Session, ids: &[Id]) -> Result<u32, CommandError> {
    move_all(session, ids, &[OutboxState::Waiting, OutboxState::Failed], OutboxState::Cancelled).await
}

/// Cancels what has not been sent yet of a mailing. How many messages that was.
pub async fn outbox_cancel_mailing(session: &Session, mailing: Id) -> Result<u32, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let now = session.now() as i64;
    let cancelled = session.engine().database().write(|db| outbox::cancel_mailing(db, mailing, now)).await?;
    session.tell(vec![CacheTag::Mail, CacheTag::Students, CacheTag::Invitations]);
    Ok(cancelled as u32)
}

/// Sends messages again that failed, and those now that are scheduled for later. How many that was.
pub async fn outbox_retry(session: &Session, ids: &[Id]) -> Result<u32, CommandError> {
    let moved = move_all(session, ids, &[OutboxState::Waiting, OutboxState::Failed], OutboxState::Waiting).await?;
    session.engine().state::<Postbox>().wake();
    Ok(moved)
}

async fn move_all(session: &Session, ids: &[Id], from: &[OutboxState], to: OutboxState) -> Result<u32, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let now = session.now() as i64;
    let change = Change { at: now, due_at: Some(now), ..Change::default() };
    let moved = session.engine().database().write(|db| {
        let mut moved = 0;
        for id in ids {
            for from in from {
                moved += u32::from(outbox::change(db, *id, *from, to, &change)?);
            }
        }
        Ok(moved)
    });
    let moved = moved.await?;
    session.tell(vec![CacheTag::Mail, CacheTag::Students, CacheTag::Invitations]);
    Ok(moved)
}

/// Decides about a message that may or may not have been sent. Errors: `NotFound` where it is not unclear any more.
pub async fn outbox_decide(session: &Session, id: Id, decision: OutboxDecision) -> Result<(), CommandError> {
    session.actor().require(Permission::SendMail)?;
    let now = session.now() as i64;
    let decided = match decision {
        OutboxDecision::WasSent => {
            let (queued, mailing, templates) = queued(session, id).await?;
            let change = Change { at: now, ..Change::default() };
            let way = (OutboxState::Unclear, OutboxState::Sent);
            sending::went(session, &queued, &mailing, &templates, way, change).await?
        }
        OutboxDecision::SendAgain | OutboxDecision::GiveUp => {
            let again = decision == OutboxDecision::SendAgain;
            let to = if again { OutboxState::Waiting } else { OutboxState::Cancelled };
            let change = Change { at: now, due_at: Some(now), ..Change::default() };
            session.engine().database().write(|db| outbox::change(db, id, OutboxState::Unclear, to, &change)).await?
        }
    };
    if !decided {
        return Err(CommandError::not_found("message that waits for a decision"));
    }
    outreach::outbox_filled(session);
    Ok(())
}

/// Writes down that a message came back: on the message, and on whom it went to, whom outreach then leaves out.
pub async fn outbox_bounced(session: &Session, id: Id) -> Result<Done, CommandError> {
    session.actor().require(Permission::SendMail)?;
    if !session.actor().may(Permission::ManageUsers) {
        session.actor().require(Permission::EditContacts)?;
    }
    let (queued, ..) = queued(session, id).await?;
    require_seen(session, &queued).await?;
    let to = match (queued.message.contact, queued.message.student) {
        (Some(id), _) => Some(MailRecipient { kind: RecordKind::Contact, id }),
        (None, Some(id)) => Some(MailRecipient { kind: RecordKind::Student, id }),
        (None, None) => None,
    };
    let (permission, operation) = bounces(to.map_or(RecordKind::Contact, |to| to.kind))?;
    session.actor().require(permission)?;
    let now = session.now() as i64;
    let change = Change { at: now, reason: Some("bounced"), ..Change::default() };
    let (changed, operation) = session
        .commit(Step::new(operation), |recorder| {
            let db = recorder.db();
            let bounced = outbox::change(db, id, OutboxState::Sent, OutboxState::Bounced, &change)?
                || outbox::change(db, id, OutboxState::HandedOver, OutboxState::Bounced, &change)?;
            if !bounced {
                return Err(StoreError::NotFound("message that was sent"));
            }
            crate::invitees::came_back(recorder, id)?;
            if let Some(sent) = queued.email {
                mark_record(recorder, sent)?;
            }
            match to {
                Some(to) => set_bounced(recorder, to, Value::Moment(now)),
                None => Ok(0),
            }
        })
        .await?;
    session.tell(vec![CacheTag::Mail]);
    Ok(Done { operation, changed, skipped: 0, users: 0 })
}

/// Writes down that mail to a contact, a student or an alum comes back, or does so no more.
pub async fn mail_bounced(session: &Session, to: MailRecipient, bounced: bool) -> Result<Done, CommandError> {
    let (permission, operation) = bounces(to.kind)?;
    session.actor().require(permission)?;
    let value = if bounced { Value::Moment(session.now() as i64) } else { Value::Empty };
    let (changed, operation) = session
        .commit(Step::new(operation), |recorder| {
            session.view(recorder.db()).require(to.kind, to.id)?;
            set_bounced(recorder, to, value)
        })
        .await?;
    Ok(Done { operation, changed, skipped: 1 - changed, users: 0 })
}

/// Who may say of people of this kind that mail to them comes back, and what kind of operation that is.
fn bounces(kind: RecordKind) -> Result<(Permission, OperationKind), CommandError> {
    match kind {
        RecordKind::Contact => Ok((Permission::EditContacts, OperationKind::ContactsEdit)),
        RecordKind::Student => Ok((Permission::ManageUsers, OperationKind::RecordsEdit)),
        _ => Err(CommandError::not_found("mark for this kind of record")),
    }
}

/// The record in the Emails tab says that the message came back.
fn mark_record(recorder: &mut Recorder<'_>, sent: Id) -> Result<(), StoreError> {
    let Some(located) = table::find(recorder.db(), RecordKind::Email, sent)? else { return Ok(()) };
    let change = located.record.change(&email::DIRECTION, Value::from(email::BOUNCED));
    recorder.update(RecordKind::Email, located.n, sent, change.as_slice())
}
