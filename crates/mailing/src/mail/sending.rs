//! What sends the outbox, one message after the other over one connection.
//!
//! Each message is sent at most once, as far as SMTP allows. It is marked `sending` before its text goes to the server.
//! Where the answer is lost, or the program ends before it is written down, nobody knows whether the message was sent:
//! it stays `unclear` until a person decides. Only what certainly was not sent is tried again by itself.

use super::bounced::set_bounced;
use super::letters::{From, Templates, composed, portal};
use super::places::{Sender, sender};
use super::postbox::Pause;
use super::postbox::Postbox;
use super::recipients::{MailRecipient, Person};
use super::settings;
use super::settings::MailSettings;
use super::trouble::MailTrouble;
use crate::do_not_email::do_not_email;
use liaison_domain::field::CREATED_AT;
use liaison_domain::outbox::{OutboxState, retry_after};
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, Value, contact, email, mail_template};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::clock;
use liaison_engine::error::CommandError;
use liaison_engine::moment::new_id;
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_mail::{Connection, Look, SendError, Server, Trouble};
use liaison_queries::outbox::{self, Change, Mailing, Queued, Which};
use liaison_queries::portal::Portal;
use liaison_store::{Db, StoreError, table};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Messages sent in one round, over one connection: many servers end a connection after a hundred.
const ROUND: u32 = 100;
/// Messages between two times that screens are told.
const TELL_EVERY: u32 = 10;
/// Longest wait between two looks into the outbox.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// What one round of sending did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct SendRound {
    /// Messages the server took.
    pub sent: u32,
    /// Messages it will never take, or that are not to be sent any more.
    pub failed: u32,
    /// Messages put off.
    pub later: u32,
    /// Messages that may or may not have been sent.
    pub unclear: u32,
    /// Why the round ended early.
    pub trouble: Option<MailTrouble>,
}

/// How sending goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct MailStatus {
    /// Mail is set up on this computer.
    pub set_up: bool,
    /// Messages that wait.
    pub waiting: u32,
    /// Messages that wait for a person's decision: they may or may not have been sent.
    pub unclear: u32,
    /// Messages that were not taken.
    pub failed: u32,
    /// Why nothing is sent at the moment.
    pub trouble: Option<MailTrouble>,
    /// When it is tried again, in milliseconds since 1970.
    pub next_try_at: Option<i64>,
}

/// What became of one message.
enum Outcome {
    Sent,
    Failed,
    Later,
    Unclear,
    /// Somebody cancelled it in the meantime.
    Gone,
    /// Nothing can be sent at the moment.
    Stop(MailTrouble),
}

/// What a round works with.
struct Round<'a> {
    settings: &'a MailSettings,
    look: Look,
    portal: Option<Portal>,
    /// Texts and senders, by mailing.
    texts: HashMap<Id, (Mailing, Templates, Sender)>,
    now: i64,
}

/// Sends what is due, for as long as the desk is open.
pub fn start_sending(session: &Session) {
    let weak = session.downgrade();
    let postbox = session.engine().state::<Postbox>();
    tokio::spawn(async move {
        while let Some(session) = weak.upgrade() {
            let round = send_due(&session, session.now() as i64).await;
            drop(session);
            let more = match round {
                Ok(round) => round.trouble.is_none() && round != SendRound::default(),
                Err(CommandError::Locked) => return,
                Err(error) => {
                    tracing::error!("sending mail: {error}");
                    false
                }
            };
            if !more {
                // Woken or not, the outbox is looked at again.
                let _ = tokio::time::timeout(LOOK_AGAIN, postbox.woken.notified()).await;
            }
        }
    });
}

/// Sends what is due at `now` (milliseconds since 1970), at most a hundred messages; nothing by a clock in doubt.
pub async fn send_due(session: &Session, now: i64) -> Result<SendRound, CommandError> {
    let postbox = session.engine().state::<Postbox>();
    let _one_at_a_time = postbox.sending.lock().await;
    let mut done = SendRound::default();
    if clock::check_clock(session).await?.is_some() {
        return Ok(done);
    }
    // Nobody else is sending: what is marked so was left by a program that ended.
    let left =
        session.engine().database().read(|db| Ok(outbox::counts(db, &state(OutboxState::Sending))?.len())).await?;
    if left > 0 {
        session.engine().database().write(|db| outbox::interrupted(db, now, "interrupted")).await?;
        session.tell(vec![CacheTag::Mail]);
    }
    crate::invitees::watch_clock(session).await?;
    if session.engine().database().read(|db| outbox::has_expired_links(db, now)).await? {
        session.engine().database().write(|db| outbox::forget_expired_links(db, now)).await?;
    }
    empty_log_of_links(session).await?;
    let due = session.engine().database().read(|db| outbox::due(db, now, ROUND)).await?;
    if due.is_empty() || session.engine().state::<Postbox>().is_paused(now) {
        return Ok(done);
    }
    let secret = due.iter().any(|queued| queued.message.link.is_some());
    done.trouble = send_round(session, due, now, &mut done).await?;
    if secret {
        session.engine().state::<Postbox>().log_has_links.store(true, Ordering::Relaxed);
        empty_log_of_links(session).await?;
    }
    match &done.trouble {
        Some(trouble) => session.engine().state::<Postbox>().stand_still(trouble.clone(), now),
        None => *session.engine().state::<Postbox>().pause() = Pause::default(),
    }
    // Whose address was refused shows with the people, too.
    session.tell(vec![CacheTag::Mail, CacheTag::Students, CacheTag::Invitations]);
    Ok(done)
}

/// A link that went is overwritten in the pages; here it leaves the write-ahead log, too. Where somebody reads
/// meanwhile, that is tried again in the next round.
async fn empty_log_of_links(session: &Session) -> Result<(), CommandError> {
    if session.engine().state::<Postbox>().log_has_links.load(Ordering::Relaxed) {
        let emptied = session.engine().database().empty_log().await?;
        session.engine().state::<Postbox>().log_has_links.store(!emptied, Ordering::Relaxed);
    }
    Ok(())
}

async fn send_round(
    session: &Session,
    due: Vec<Queued>,
    now: i64,
    done: &mut SendRound,
) -> Result<Option<MailTrouble>, CommandError> {
    let (settings, server) = match settings::mail_server(session).await {
        Ok(Some(found)) => found,
        Ok(None) => return Ok(Some(MailTrouble::settings("not_set_up", String::new()))),
        Err(CommandError::Keychain { detail }) => return Ok(Some(MailTrouble::settings("keychain", detail))),
        Err(error) => return Err(error),
    };
    let look = super::letterhead::look(session).await?;
    let mut round = Round { settings: &settings, look, portal: portal(session).await?, texts: HashMap::new(), now };
    let mut connection = None;
    let mut trouble = None;
    for (at, queued) in due.iter().enumerate() {
        if session.engine().state::<Postbox>().is_leaving() {
            break;
        }
        match send_one(session, queued, &mut round, &mut connection, &server).await? {
            Outcome::Sent => done.sent += 1,
            Outcome::Failed => done.failed += 1,
            Outcome::Later => done.later += 1,
            Outcome::Unclear => done.unclear += 1,
            Outcome::Gone => {}
            Outcome::Stop(found) => {
                trouble = Some(found);
                break;
            }
        }
        if (at as u32 + 1).is_multiple_of(TELL_EVERY) {
            session.tell(vec![CacheTag::Mail]);
        }
    }
    if let Some(connection) = connection {
        tokio::task::block_in_place(|| connection.close());
    }
    Ok(trouble)
}

async fn send_one(
    session: &Session,
    queued: &Queued,
    round: &mut Round<'_>,
    connection: &mut Option<Connection>,
    server: &Server,
) -> Result<Outcome, CommandError> {
    let now = round.now;
    let (mailing, templates, sender) = match round.texts.entry(queued.mailing) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => {
            let found = session.engine().database().read(|db| {
                let mailing = outbox::mailing(db, queued.mailing)?.ok_or(StoreError::NotFound("mailing"))?;
                let sender = sender(db, mailing.author)?;
                Ok((mailing, sender))
            });
            let (mailing, sender) = found.await?;
            // One text that can't be read must not stand in the way of all others.
            let Ok(templates) = Templates::of(&mailing) else {
                return give_up(session, queued.id, OutboxState::Failed, "template", "", now).await;
            };
            new.insert((mailing, templates, sender))
        }
    };
    // Weeks may lie between writing and sending.
    let (purpose, id) = (mailing.purpose.as_str(), queued.id);
    if let Some(reason) = session.engine().database().read(|db| no_longer(db, purpose, queued, now)).await? {
        return give_up(session, id, OutboxState::Cancelled, reason, "", now).await;
    }
    let from = From { settings: Some(round.settings), sender, portal: round.portal.as_ref() };
    let message = match composed(mailing, templates, id, &queued.message, &from, &round.look, now) {
        Ok(message) => message,
        Err(reason) => return give_up(session, id, OutboxState::Failed, reason, "", now).await,
    };
    let opened = match connection.take().filter(|open| !open.is_broken()) {
        Some(open) => Ok(open),
        None => tokio::task::block_in_place(|| Connection::open(server)),
    };
    let open = match opened {
        Ok(open) => connection.insert(open),
        Err(error) => return Ok(Outcome::Stop(MailTrouble::of(&error))),
    };
    if let Err(error) = tokio::task::block_in_place(|| open.envelope(&message)) {
        // Whether an invitation was refused, the invitation itself says.
        if error.is_bounce() && !mail_template::invites(&mailing.purpose) {
            return bounced(session, queued, mailing, &error, now).await;
        }
        return not_sent(session, id, OutboxState::Waiting, queued.attempts, &error, now).await;
    }
    let mark = Change { at: now, message_id: Some(&message.message_id), ..Change::default() };
    let marked = session
        .engine()
        .database()
        .write(|db| outbox::change(db, id, OutboxState::Waiting, OutboxState::Sending, &mark))
        .await?;
    if !marked {
        tokio::task::block_in_place(|| open.reset());
        return Ok(Outcome::Gone);
    }
    match tokio::task::block_in_place(|| open.text(&message)) {
        Ok(answer) => {
            let change = Change { at: now, detail: Some(&answer), ..Change::default() };
            went(session, queued, mailing, templates, (OutboxState::Sending, OutboxState::Sent), change).await?;
            Ok(Outcome::Sent)
        }
        Err(error) => not_sent(session, id, OutboxState::Sending, queued.attempts, &error, now).await,
    }
}

/// Writes down what became of a message that was not sent, or perhaps not.
async fn not_sent(
    session: &Session,
    id: Id,
    from: OutboxState,
    attempts: u32,
    error: &SendError,
    now: i64,
) -> Result<Outcome, CommandError> {
    let (reason, detail) = (error.reason.key(), error.detail.as_str());
    let change = Change { at: now, reason: Some(reason), detail: Some(detail), ..Change::default() };
    let again = retry_after(attempts.saturating_add(1));
    let (to, change, outcome) = match error.trouble {
        Trouble::Rejected => (OutboxState::Failed, change, Outcome::Failed),
        Trouble::Unknown => (OutboxState::Unclear, change, Outcome::Unclear),
        // The server answered: it puts off this message, not us.
        Trouble::Later if error.status.is_some() && error.status != Some(421) => match again {
            Some(wait) => {
                let change = Change { due_at: Some(now + wait), attempt: true, ..change };
                (OutboxState::Waiting, change, Outcome::Later)
            }
            None => (OutboxState::Failed, Change { attempt: true, ..change }, Outcome::Failed),
        },
        Trouble::Later | Trouble::Settings => (OutboxState::Waiting, change, Outcome::Stop(MailTrouble::of(error))),
    };
    session.engine().database().write(|db| outbox::change(db, id, from, to, &change)).await?;
    Ok(outcome)
}

/// Writes down that the server knows no such recipient: on the message, and on whom it was to go to, whom outreach then
/// leaves out, in the name of who wrote it.
async fn bounced(
    session: &Session,
    queued: &Queued,
    mailing: &Mailing,
    error: &SendError,
    now: i64,
) -> Result<Outcome, CommandError> {
    let (reason, detail) = (error.reason.key(), error.detail.as_str());
    let change = Change { at: now, reason: Some(reason), detail: Some(detail), ..Change::default() };
    writer(session, mailing)
        .await?
        .commit(Step::new(OperationKind::MailBounced), |recorder| {
            let db = recorder.db();
            if !outbox::change(db, queued.id, OutboxState::Waiting, OutboxState::Failed, &change)? {
                return Ok(());
            }
            if let Some(person) = recipient(db, queued)? {
                let to = MailRecipient { kind: person.kind, id: person.id };
                set_bounced(recorder, to, Value::Moment(now))?;
            }
            Ok(())
        })
        .await?;
    Ok(Outcome::Failed)
}

async fn give_up(
    session: &Session,
    id: Id,
    to: OutboxState,
    reason: &str,
    detail: &str,
    now: i64,
) -> Result<Outcome, CommandError> {
    let change = Change { at: now, reason: Some(reason), detail: Some(detail), ..Change::default() };
    session.engine().database().write(|db| outbox::change(db, id, OutboxState::Waiting, to, &change)).await?;
    Ok(Outcome::Failed)
}

/// Writes down that a message went, and with it, in the same transaction, the e-mail record of whom it went to,
/// in the name of who wrote it. False where it was not in the state it was to leave.
pub(super) async fn went(
    session: &Session,
    queued: &Queued,
    mailing: &Mailing,
    templates: &Templates,
    (from, to): (OutboxState, OutboxState),
    change: Change<'_>,
) -> Result<bool, CommandError> {
    // A letter's subject may name the person; a mailing's is the same for all.
    let detail = if mailing.purpose == mail_template::PERSONAL { String::new() } else { mailing.subject.clone() };
    let writer = writer(session, mailing).await?;
    let record = sent_record(queued, mailing, templates, change.at);
    let (went, _) = writer
        .commit(Step::new(OperationKind::MailSend).detail(detail), |recorder| {
            let db = recorder.db();
            let person = recipient(db, queued)?;
            let email = person.as_ref().map(|_| record.id);
            if !outbox::change(db, queued.id, from, to, &Change { email, ..change })? {
                return Ok(false);
            }
            crate::invitees::went(recorder, queued.id, change.at)?;
            if let Some(person) = person {
                let mut record = record;
                let whose = if person.kind == RecordKind::Student { &email::STUDENT } else { &email::CONTACT };
                record.set(whose, person.id);
                recorder.create(&record)?;
            }
            Ok(true)
        })
        .await?;
    Ok(went)
}

/// In whose name it is written down what became of a message.
async fn writer(session: &Session, mailing: &Mailing) -> Result<Session, CommandError> {
    match session.for_person(mailing.author).await {
        // Whoever wrote it may have left since; the message went all the same.
        Err(CommandError::NoLongerStaff) => Ok(session.clone()),
        found => found,
    }
}

/// Whom a message is to, as a contact, a student or an alum who is there.
fn recipient(db: &Db<'_>, queued: &Queued) -> Result<Option<Record>, StoreError> {
    let person = match (queued.message.contact, queued.message.student) {
        (Some(id), _) => survivor(db, id)?,
        (None, Some(id)) => table::find(db, RecordKind::Student, id)?.map(|located| located.record),
        (None, None) => None,
    };
    Ok(person.filter(|person| !person.is_deleted()))
}

/// How sending goes.
pub async fn mail_status(session: &Session) -> Result<MailStatus, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let counts = session.read(|view| outbox::counts(view.everything(), &Which::default())).await?;
    let count = |state| counts.iter().find(|(counted, _)| *counted == state).map_or(0, |(_, count)| *count);
    let set_up = settings::settings(session).await?.is_some();
    let pause = session.engine().state::<Postbox>().pause().clone();
    Ok(MailStatus {
        set_up,
        waiting: count(OutboxState::Waiting),
        unclear: count(OutboxState::Unclear),
        failed: count(OutboxState::Failed),
        trouble: pause.trouble,
        next_try_at: pause.until,
    })
}

/// Tries to send now, whatever stood in the way before.
pub async fn mail_try_now(session: &Session) -> Result<(), CommandError> {
    session.actor().require(Permission::SendMail)?;
    session.engine().state::<Postbox>().try_again();
    Ok(())
}

fn state(state: OutboxState) -> Which {
    Which { state: Some(state), ..Which::default() }
}

/// The contact, or the one it was merged into.
fn survivor(db: &Db<'_>, id: Id) -> Result<Option<Record>, StoreError> {
    let (mut id, mut steps) = (id, 0);
    loop {
        let Some(located) = table::find(db, RecordKind::Contact, id)? else { return Ok(None) };
        match located.record.get(&contact::MERGED_INTO).as_reference() {
            // Merges don't go in circles; damage must not make this do so.
            Some(into) if located.record.is_deleted() && steps < 100 => (id, steps) = (into, steps + 1),
            _ => return Ok(Some(located.record)),
        }
    }
}

/// Why a message is not to be sent any more, as a key.
fn no_longer(db: &Db<'_>, purpose: &str, queued: &Queued, now: i64) -> Result<Option<&'static str>, StoreError> {
    if queued.message.good_until.is_some_and(|until| now >= until) {
        return Ok(Some("expired"));
    }
    let invites = mail_template::invites(purpose);
    let user = match queued.message.employer_user {
        // A message goes with the account it is to; what waits for a deleted one is not there any more.
        Some(id) => table::find(db, RecordKind::EmployerUser, id)?.map(|located| located.record),
        None => None,
    };
    let outreach = |person: Person| Ok(person.why_not(&do_not_email(db)?).map(|reason| reason.key()));
    if let Some(id) = queued.message.contact {
        let Some(person) = survivor(db, id)? else { return Ok(Some("deleted")) };
        if purpose == mail_template::OUTREACH {
            return outreach(match user {
                Some(user) => Person::linked(user, person),
                None => Person::plain(person),
            });
        }
        if person.is_deleted() {
            return Ok(Some("deleted"));
        }
        return if invites { crate::invitees::no_longer(db, queued.id, &person) } else { Ok(None) };
    }
    if let Some(id) = queued.message.student {
        let Some(located) = table::find(db, RecordKind::Student, id)? else { return Ok(Some("deleted")) };
        if purpose == mail_template::OUTREACH {
            return outreach(Person::plain(located.record));
        }
        if located.record.is_deleted() {
            return Ok(Some("deleted"));
        }
        return if invites { crate::invitees::no_longer(db, queued.id, &located.record) } else { Ok(None) };
    }
    Ok(None)
}

/// The record in the Emails tab. The text is what was written, without the link: that is for its recipient's eyes.
///
/// It has the id of the message, which its Message-ID is made from: so the hub finds it by what a delivery report returns.
/// Of an invitation, the invitation has that id.
fn sent_record(queued: &Queued, mailing: &Mailing, templates: &Templates, now: i64) -> Record {
    let is_invitation = mail_template::invites(&mailing.purpose);
    let id = if is_invitation { new_id(now.max(0) as u64) } else { queued.id };
    let mut record = Record::blank(RecordKind::Email, id);
    record.set(&CREATED_AT, Value::Moment(now));
    record.set(&email::SUBJECT, templates.subject.fill(&queued.message.places).text().trim());
    record.set(&email::TEXT, templates.text.fill(&queued.message.places).text().trim());
    record.set(&email::DIRECTION, email::SENT);
    record.set(&email::SENT_AT, Value::Moment(now));
    record.set(&email::ADDRESS, queued.message.address.as_str());
    record.set(&email::AUTHOR, mailing.author);
    record
}
