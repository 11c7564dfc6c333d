//! Writing to people: to a selection, with who is left out and why, and to one.

use super::letters;
use super::letters::{MailDraft, MailPreview, Templates};
use super::places::{Sender, employer_name, employer_of, sender, these_places};
use super::postbox::Postbox;
use super::recipients;
use super::recipients::{MailRecipient, Person, each, why_not};
use crate::do_not_email::do_not_email;
use liaison_domain::field::DELETED_AT;
use liaison_domain::outbox::{LeftOut, RECIPIENTS, send_from};
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Field, Id, Permission, Record, RecordKind, contact, mail_template, name};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::{BlockingRecord, CommandError};
use liaison_engine::lists;
use liaison_engine::lists::Selection;
use liaison_engine::moment::{ids, new_id};
use liaison_engine::progress::OnProgress;
use liaison_engine::session::Session;
use liaison_queries::View;
use liaison_queries::outbox::{Mailing, Outgoing, Putting, forget_mailing, put_mailing};
use liaison_queries::rows::FieldsByRow;
use liaison_store::StoreError;
use serde::Serialize;
use specta::Type;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Most recipients that a preview names.
const RECIPIENTS_NAMED: usize = 100;
/// People named for each reason to be left out; the rest are counted.
const NAMED: usize = 20;

/// What writing to a selection would do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Type)]
pub struct OutreachPreview {
    /// People who would get the message.
    pub recipients: u32,
    /// The first of them, in the order they get it.
    pub people: Vec<BlockingRecord>,
    /// People who would not, by reason.
    pub left_out: Vec<LeftOutRecipients>,
    /// Places that are empty for some of the recipients.
    pub empty_places: Vec<EmptyPlace>,
    /// The message as the recipient at the place asked for will see it; none where there are not that many.
    pub shown: Option<MailPreview>,
    /// That recipient.
    pub shown_id: Option<Id>,
}

/// People who are left out for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct LeftOutRecipients {
    /// The reason.
    pub reason: LeftOut,
    /// How many.
    pub count: u32,
    /// The first few of them; none whose profile can't be opened.
    pub people: Vec<BlockingRecord>,
}

/// A place that is empty for some.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct EmptyPlace {
    /// Its key.
    pub place: String,
    /// For how many recipients.
    pub count: u32,
}

/// What came of writing to a selection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct OutreachDone {
    /// The mailing, to watch or cancel.
    pub mailing: Option<Id>,
    /// Messages put into the outbox.
    pub queued: u32,
    /// People left out.
    pub left_out: u32,
}

/// Refuses to write to what is nobody.
fn written_to(kind: RecordKind) -> Result<(), CommandError> {
    if RECIPIENTS.contains(&kind) { Ok(()) } else { Err(CommandError::not_found("person to write to")) }
}

/// What is seen of somebody in passing.
#[derive(Clone, Copy)]
struct Glance {
    /// Why it is left out by itself.
    reason: Option<LeftOut>,
    /// Which of the addresses it has.
    address: u32,
    /// Which of the places that may be empty are, as bits.
    empty: u32,
}

/// Reads of each selected contact only what counts, in the order in which they are stored: in the order of a list,
/// every contact would be in another page of the file. The answers are in the order of `rows`; `None` where one is gone.
fn glance_at_contacts(
    view: &View<'_>,
    rows: &[u32],
    templates: &Templates,
    sender: &Sender,
) -> Result<Vec<Option<Glance>>, StoreError> {
    // What attributes mean and employers are called is hidden from nobody.
    let db = view.everything();
    let (marks, may_be_empty) = (do_not_email(db)?, templates.may_be_empty());
    let mut fields = vec![&DELETED_AT, &contact::APPROVAL, &contact::EMAIL, &contact::BOUNCED_AT];
    fields.extend(&marks);
    if !may_be_empty.is_empty() {
        let in_places: [&Field; 5] = [
            &contact::FIRST_NAME,
            &contact::PREFERRED_NAME,
            &contact::LAST_NAME,
            &contact::NAME_PREFIX,
            &contact::TITLE,
        ];
        fields.extend(in_places);
        fields.push(&contact::EMPLOYER);
    }
    let mut contacts = FieldsByRow::prepare(view, RecordKind::Contact, fields)?;
    let mut by_row: Vec<u32> = (0..rows.len() as u32).collect();
    by_row.sort_unstable_by_key(|at| rows[*at as usize]);
    let mut person = Record::blank(RecordKind::Contact, Id::from_parts(0, [0; 10]));
    let mut addresses: HashMap<String, u32> = HashMap::new();
    let mut employers: HashMap<Id, String> = HashMap::new();
    let mut glances = vec![None; rows.len()];
    for at in by_row {
        if !contacts.read_into(i64::from(rows[at as usize]), &mut person)? {
            continue;
        }
        let reason = why_not(&person, &marks);
        let next = addresses.len() as u32;
        let address = match reason {
            Some(_) => next,
            None => *addresses.entry(name::email_key(person.text(&contact::EMAIL))).or_insert(next),
        };
        let mut empty = 0;
        if reason.is_none() && !may_be_empty.is_empty() {
            let employer = match employer_of(&person) {
                None => "",
                Some(id) => match employers.entry(id) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) => new.insert(employer_name(db, id)?),
                },
            };
            let places = these_places(may_be_empty.iter().map(String::as_str), &person, employer, sender);
            let is_empty = templates.empty_places(&places);
            let bits = may_be_empty.iter().enumerate().filter(|(_, place)| is_empty.contains(place));
            empty = bits.fold(0, |bits, (bit, _)| bits | 1 << bit);
        }
        glances[at as usize] = Some(Glance { reason, address, empty });
    }
    Ok(glances)
}

/// The same of students, alumni and employer users, who are far fewer.
fn glance_at_users(
    view: &View<'_>,
    (kind, rows): (RecordKind, &[u32]),
    templates: &Templates,
    sender: &Sender,
) -> Result<Vec<Option<Glance>>, StoreError> {
    // What attributes mean and employers are called is hidden from nobody.
    let db = view.everything();
    let (marks, may_be_empty) = (do_not_email(db)?, templates.may_be_empty());
    let mut addresses: HashMap<String, u32> = HashMap::new();
    let mut glances = vec![None; rows.len()];
    each(view, (kind, rows), |at, person| {
        let reason = person.why_not(&marks);
        let next = addresses.len() as u32;
        let address = match reason {
            Some(_) => next,
            None => *addresses.entry(name::email_key(person.address())).or_insert(next),
        };
        let mut empty = 0;
        if reason.is_none() && !may_be_empty.is_empty() {
            let is_empty = templates.empty_places(&person.places(db, sender)?);
            let bits = may_be_empty.iter().enumerate().filter(|(_, place)| is_empty.contains(place));
            empty = bits.fold(0, |bits, (bit, _)| bits | 1 << bit);
        }
        glances[at] = Some(Glance { reason, address, empty });
        Ok(())
    })?;
    Ok(glances)
}

/// What writing to the selected people would do: who gets the message, who does not and why, and how it looks to
/// the recipient at a place, counted from 0.
///
/// Errors: `Validation` of `subject` and `text`.
pub async fn mail_outreach_preview(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
    draft: &MailDraft,
    place: u32,
) -> Result<OutreachPreview, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let templates = Templates::read(draft)?;
    written_to(kind)?;
    let rows = lists::selected_in_order(session, kind, selection).await?;
    let author = session.actor().staff;
    let (mut preview, sender, shown) = session
        .read(|view| {
            // What texts say of the sender, groups and employers is hidden from nobody.
            let db = view.everything();
            let sender = sender(db, author)?;
            let (mut preview, mut shown) = (OutreachPreview::default(), None);
            let may_be_empty = templates.may_be_empty();
            let mut out: BTreeMap<LeftOut, (u32, Vec<BlockingRecord>)> = BTreeMap::new();
            let mut empty = vec![0; may_be_empty.len()];
            let mut written_to: HashSet<u32> = HashSet::new();
            let glances = match kind {
                RecordKind::Contact => glance_at_contacts(view, &rows, &templates, &sender)?,
                _ => glance_at_users(view, (kind, &rows), &templates, &sender)?,
            };
            for (row, glance) in rows.iter().zip(glances) {
                let Some(glance) = glance else { continue };
                let again = || (!written_to.insert(glance.address)).then_some(LeftOut::SameAddress);
                if let Some(reason) = glance.reason.or_else(again) {
                    let (count, named) = out.entry(reason).or_default();
                    *count += 1;
                    if named.len() < NAMED && reason != LeftOut::Private {
                        let person = Person::in_row(view, kind, *row)?;
                        named.push(BlockingRecord { id: person.id(), name: person.name() });
                    }
                    continue;
                }
                if preview.recipients == place {
                    let person = Person::in_row(view, kind, *row)?;
                    preview.shown_id = Some(person.id());
                    shown = Some(Outgoing { places: person.places(db, &sender)?, ..person.outgoing() });
                }
                if preview.people.len() < RECIPIENTS_NAMED {
                    let person = Person::in_row(view, kind, *row)?;
                    preview.people.push(BlockingRecord { id: person.id(), name: person.name() });
                }
                preview.recipients += 1;
                for (bit, count) in empty.iter_mut().enumerate() {
                    *count += glance.empty >> bit & 1;
                }
            }
            preview.left_out =
                out.into_iter().map(|(reason, (count, people))| LeftOutRecipients { reason, count, people }).collect();
            let mut empty: Vec<_> = may_be_empty.into_iter().zip(empty).filter(|(_, count)| *count > 0).collect();
            empty.sort();
            preview.empty_places = empty.into_iter().map(|(place, count)| EmptyPlace { place, count }).collect();
            Ok((preview, sender, shown))
        })
        .await?;
    if let Some(shown) = shown {
        let look = super::letterhead::look(session).await?;
        preview.shown =
            Some(letters::preview(session, draft, mail_template::OUTREACH, &templates, &sender, shown, &look).await?);
    }
    Ok(preview)
}

/// Puts a message to each of the selected people into the outbox, from where they are sent one by one, from `send_at` on
/// (milliseconds since 1970) where that is given. Who must not be written to by then is left out then, too. Stopped
/// half-way, nothing is put; afterwards, [`outbox::outbox_cancel`] stops what has not been sent yet.
pub async fn mail_outreach_send(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
    draft: &MailDraft,
    send_at: Option<i64>,
    progress: OnProgress<'_>,
) -> Result<OutreachDone, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let templates = Templates::read(draft)?;
    written_to(kind)?;
    session.begin_long_work();
    let rows = lists::selected_in_order(session, kind, selection).await?;
    let (now, total) = (session.now(), rows.len() as u32);
    let from = send_from(send_at, now as i64).map_err(|problem| Refusal::of("send_at", problem))?;
    let mailing = mailing(session, mail_template::OUTREACH, draft);
    let mut done = OutreachDone { mailing: None, queued: 0, left_out: 0 };
    let mut fresh = ids(now);
    session
        .engine()
        .database()
        .write(|db| {
            let sender = sender(db, session.actor().staff)?;
            put_mailing(db, &mailing)?;
            let mut putting = Putting::prepare(db, mailing.id)?;
            let marks = do_not_email(db)?;
            let mut written_to: HashSet<String> = HashSet::new();
            each(&session.view(db), (kind, &rows), |at, person| {
                session.report(progress, at as u32, total)?;
                if person.why_not(&marks).is_some() || !written_to.insert(name::email_key(person.address())) {
                    done.left_out += 1;
                    return Ok(());
                }
                let places = templates.used(person.places(db, &sender)?);
                let message = Outgoing { places, ..person.outgoing() };
                done.queued += 1;
                putting.put_later(fresh.next_id(), &message, now as i64, from)
            })?;
            if done.queued == 0 {
                // A mailing goes with its last message; this one never had any.
                forget_mailing(db, mailing.id)?;
            }
            session.report(progress, total, total)
        })
        .await?;
    done.mailing = (done.queued > 0).then_some(mailing.id);
    outbox_filled(session);
    Ok(done)
}

/// Puts a message to one person into the outbox: a letter from one person to another, which is no outreach.
///
/// Errors: `Validation` of `subject`, `text`, and of `email` where the person has no address to write to;
/// `NotFound` where it is an employer user whose profile can't be opened (M49).
pub async fn mail_to(session: &Session, to: MailRecipient, draft: &MailDraft) -> Result<Id, CommandError> {
    session.actor().require(Permission::SendMail)?;
    let templates = Templates::read(draft)?;
    let now = session.now();
    let (id, mailing) = (new_id(now), mailing(session, mail_template::PERSONAL, draft));
    session
        .engine()
        .database()
        .write(|db| {
            let person = recipients::person_to_write(&session.view(db), to)?;
            if liaison_mail::Address::parse(person.address()).is_err() {
                let fields = vec![FieldProblem { field: "email".into(), problem: Problem::NotAnEmail }];
                return Err(Refusal::Invalid(fields).into());
            }
            let sender = sender(db, session.actor().staff)?;
            let places = templates.used(person.places(db, &sender)?);
            put_mailing(db, &mailing)?;
            let message = Outgoing { places, ..person.outgoing() };
            Putting::prepare(db, mailing.id)?.put(id, &message, now as i64)
        })
        .await?;
    outbox_filled(session);
    Ok(id)
}

fn mailing(session: &Session, purpose: &str, draft: &MailDraft) -> Mailing {
    let now = session.now();
    Mailing {
        id: new_id(now),
        created_at: now as i64,
        purpose: purpose.to_owned(),
        subject: draft.subject.trim().to_owned(),
        text: draft.text.clone(),
        button: None,
        author: session.actor().staff,
    }
}

/// To be called after messages were put into the outbox: screens and the sender look at it.
pub fn outbox_filled(session: &Session) {
    session.tell(vec![CacheTag::Mail]);
    session.engine().state::<Postbox>().wake();
}
