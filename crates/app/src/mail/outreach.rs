//! Writing to contacts: to a selection, with who is left out and why, and to one.

use super::letters::{
    MailDraft, MailPreview, Sender, Templates, employer_name, employer_of, places, sender, these_places,
};
use crate::desk::{CacheTag, Desk, OnProgress, ids, new_id, report};
use crate::error::{BlockingRecord, CommandError};
use crate::lists::Selection;
use liaison_domain::field::DELETED_AT;
use liaison_domain::outbox::{LeftOut, left_out};
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Field, Id, Permission, Record, RecordKind, attribute, contact, mail_template, name};
use liaison_store::outbox::{Mailing, Outgoing, Putting, put_mailing};
use liaison_store::{Db, Sql, StoreError, table};
use serde::Serialize;
use specta::Type;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Contacts named for each reason to be left out; the rest are counted.
const NAMED: usize = 20;

/// What writing to a selection would do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Type)]
pub struct OutreachPreview {
    /// Contacts that would get the message.
    pub recipients: u32,
    /// Contacts that would not, by reason.
    pub left_out: Vec<LeftOutContacts>,
    /// Places that are empty for some of the recipients.
    pub empty_places: Vec<EmptyPlace>,
    /// The message as the recipient at the place asked for will see it; none where there are not that many.
    pub shown: Option<MailPreview>,
}

/// Contacts that are left out for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct LeftOutContacts {
    /// The reason.
    pub reason: LeftOut,
    /// How many.
    pub count: u32,
    /// The first few of them.
    pub contacts: Vec<BlockingRecord>,
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
    /// Contacts left out.
    pub left_out: u32,
}

/// The attributes that mean "Do not email".
pub(crate) fn do_not_email(db: &Db<'_>) -> Result<Vec<&'static Field>, StoreError> {
    let numbers = db.all(
        "SELECT number FROM attribute WHERE records='contact' AND meaning=? AND deleted_at IS NULL",
        &[Sql::Text(attribute::DO_NOT_EMAIL)],
        |row| Ok(row.int(0)),
    )?;
    let fields = numbers.into_iter().filter_map(|number| u16::try_from(number).ok());
    Ok(fields.filter_map(|number| db.registry().numbered(RecordKind::Contact, number)).collect())
}

/// Why a contact gets no outreach, with what the rule can't see: whether the address is one that can be written to.
pub(super) fn why_not(person: &Record, do_not_email: &[&Field]) -> Option<LeftOut> {
    left_out(person, do_not_email)
        .or_else(|| liaison_mail::Address::parse(person.text(&contact::EMAIL)).is_err().then_some(LeftOut::NoAddress))
}

fn name_of(person: &Record) -> String {
    let text = |field| person.text(field);
    name::person_name(text(&contact::FIRST_NAME), text(&contact::PREFERRED_NAME), text(&contact::LAST_NAME))
}

/// Goes through selected contacts in order: each is either a recipient or left out.
fn each(
    db: &Db<'_>,
    rows: &[u32],
    mut next: impl FnMut(usize, &Record, Option<LeftOut>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let marks = do_not_email(db)?;
    let mut written_to: HashSet<String> = HashSet::new();
    let columns = table::columns(db.registry(), RecordKind::Contact);
    let mut statement = db.prepare(&format!("SELECT id,{columns} FROM contact WHERE n=?"))?;
    for (at, row) in rows.iter().enumerate() {
        statement.bind(&[Sql::Int(i64::from(*row))])?;
        if !statement.step()? {
            continue;
        }
        let id = Id::from_bytes(statement.blob(0)).ok_or_else(|| StoreError::Damaged("a contact's id".into()))?;
        let person = table::record(&statement, 1, RecordKind::Contact, id);
        let reason = why_not(&person, &marks).or_else(|| {
            let new = written_to.insert(name::email_key(person.text(&contact::EMAIL)));
            (!new).then_some(LeftOut::SameAddress)
        });
        next(at, &person, reason)?;
    }
    Ok(())
}

/// What is seen of a contact in passing.
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
fn glance(
    db: &Db<'_>,
    rows: &[u32],
    templates: &Templates,
    sender: &Sender,
) -> Result<Vec<Option<Glance>>, StoreError> {
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
    let columns: Vec<&str> = fields.iter().map(|field| field.key).collect();
    let mut statement = db.prepare(&format!("SELECT {} FROM contact WHERE n=?", columns.join(",")))?;
    let mut by_row: Vec<u32> = (0..rows.len() as u32).collect();
    by_row.sort_unstable_by_key(|at| rows[*at as usize]);
    let mut person = Record::blank(RecordKind::Contact, Id::from_parts(0, [0; 10]));
    let mut addresses: HashMap<String, u32> = HashMap::new();
    let mut employers: HashMap<Id, String> = HashMap::new();
    let mut glances = vec![None; rows.len()];
    for at in by_row {
        statement.bind(&[Sql::Int(i64::from(rows[at as usize]))])?;
        if !statement.step()? {
            continue;
        }
        for (column, field) in fields.iter().enumerate() {
            person.set(field, table::value(&statement, column, field));
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

impl Desk {
    /// What writing to the selected contacts would do: who gets the message, who does not and why, and how it looks to
    /// the recipient at a place, counted from 0.
    ///
    /// Errors: `Validation` of `subject` and `text`.
    pub async fn mail_outreach_preview(
        &self,
        selection: &Selection,
        draft: &MailDraft,
        place: u32,
    ) -> Result<OutreachPreview, CommandError> {
        self.actor.require(Permission::SendMail)?;
        let templates = Templates::read(draft)?;
        let rows = self.selected_in_order(RecordKind::Contact, selection).await?;
        let author = self.actor.staff;
        let (mut preview, sender, shown) = self
            .database
            .read(|db| {
                let sender = sender(db, author)?;
                let (mut preview, mut shown) = (OutreachPreview::default(), None);
                let may_be_empty = templates.may_be_empty();
                let mut out: BTreeMap<LeftOut, (u32, Vec<BlockingRecord>)> = BTreeMap::new();
                let mut empty = vec![0; may_be_empty.len()];
                let mut written_to: HashSet<u32> = HashSet::new();
                let by_row =
                    format!("SELECT id,{} FROM contact WHERE n=?", table::columns(db.registry(), RecordKind::Contact));
                let read = |row: u32| {
                    let found = db.first(&by_row, &[Sql::Int(i64::from(row))], |found| {
                        let id = Id::from_bytes(found.blob(0))
                            .ok_or_else(|| StoreError::Damaged("a contact's id".into()))?;
                        Ok(table::record(found, 1, RecordKind::Contact, id))
                    })?;
                    found.ok_or(StoreError::NotFound(RecordKind::Contact.key()))
                };
                for (row, glance) in rows.iter().zip(glance(db, &rows, &templates, &sender)?) {
                    let Some(glance) = glance else { continue };
                    let again = || (!written_to.insert(glance.address)).then_some(LeftOut::SameAddress);
                    if let Some(reason) = glance.reason.or_else(again) {
                        let (count, named) = out.entry(reason).or_default();
                        *count += 1;
                        if named.len() < NAMED {
                            let person = read(*row)?;
                            named.push(BlockingRecord { id: person.id, name: name_of(&person) });
                        }
                        continue;
                    }
                    if preview.recipients == place {
                        let person = read(*row)?;
                        let address = person.text(&contact::EMAIL).to_owned();
                        let places = places(db, &person, &sender)?;
                        shown = Some(Outgoing { name: name_of(&person), address, places, ..Outgoing::default() });
                    }
                    preview.recipients += 1;
                    for (bit, count) in empty.iter_mut().enumerate() {
                        *count += glance.empty >> bit & 1;
                    }
                }
                preview.left_out = out
                    .into_iter()
                    .map(|(reason, (count, contacts))| LeftOutContacts { reason, count, contacts })
                    .collect();
                let mut empty: Vec<_> = may_be_empty.into_iter().zip(empty).filter(|(_, count)| *count > 0).collect();
                empty.sort();
                preview.empty_places = empty.into_iter().map(|(place, count)| EmptyPlace { place, count }).collect();
                Ok((preview, sender, shown))
            })
            .await?;
        if let Some(shown) = shown {
            let look = self.look().await?;
            preview.shown =
                Some(self.preview(draft, mail_template::OUTREACH, &templates, &sender, shown, &look).await?);
        }
        Ok(preview)
    }

    /// Puts a message to each of the selected contacts into the outbox, from where they are sent one by one. Stopped
    /// half-way, nothing is put; afterwards, [`Desk::outbox_cancel`] stops what has not been sent yet.
    pub async fn mail_outreach_send(
        &self,
        selection: &Selection,
        draft: &MailDraft,
        progress: OnProgress<'_>,
    ) -> Result<OutreachDone, CommandError> {
        self.actor.require(Permission::SendMail)?;
        let templates = Templates::read(draft)?;
        self.begin_long_work();
        let rows = self.selected_in_order(RecordKind::Contact, selection).await?;
        let (now, total) = (self.now(), rows.len() as u32);
        let mailing = self.mailing(mail_template::OUTREACH, draft);
        let mut done = OutreachDone { mailing: None, queued: 0, left_out: 0 };
        let mut fresh = ids(now);
        self.database
            .write(|db| {
                let sender = sender(db, self.actor.staff)?;
                put_mailing(db, &mailing)?;
                let mut putting = Putting::prepare(db, mailing.id)?;
                each(db, &rows, |at, person, reason| {
                    report(progress, &self.cancel, at as u32, total)?;
                    if reason.is_some() {
                        done.left_out += 1;
                        return Ok(());
                    }
                    let message = Outgoing {
                        contact: Some(person.id),
                        name: name_of(person),
                        address: person.text(&contact::EMAIL).to_owned(),
                        places: templates.used(places(db, person, &sender)?),
                        ..Outgoing::default()
                    };
                    done.queued += 1;
                    putting.put(fresh.next_id(), &message, now as i64)
                })?;
                if done.queued == 0 {
                    // A mailing goes with its last message; this one never had any.
                    db.run("DELETE FROM mailing WHERE id=?", &[Sql::Blob(mailing.id.bytes())])?;
                }
                report(progress, &self.cancel, total, total)
            })
            .await?;
        done.mailing = (done.queued > 0).then_some(mailing.id);
        self.outbox_filled();
        Ok(done)
    }

    /// Puts a message to one contact into the outbox: a letter from one person to another, which is no outreach.
    ///
    /// Errors: `Validation` of `subject`, `text`, and of `email` where the contact has no address to write to.
    pub async fn mail_to_contact(&self, contact: Id, draft: &MailDraft) -> Result<Id, CommandError> {
        self.actor.require(Permission::SendMail)?;
        let templates = Templates::read(draft)?;
        let now = self.now();
        let (id, mailing) = (new_id(now), self.mailing(mail_template::PERSONAL, draft));
        self.database
            .write(|db| {
                self.require_seen(db, contact)?;
                let person = table::live(db, RecordKind::Contact, contact)?.record;
                let address = person.text(&contact::EMAIL).to_owned();
                if liaison_mail::Address::parse(&address).is_err() {
                    let fields = vec![FieldProblem { field: "email".into(), problem: Problem::NotAnEmail }];
                    return Err(Refusal::Invalid(fields).into());
                }
                let sender = sender(db, self.actor.staff)?;
                let places = templates.used(places(db, &person, &sender)?);
                put_mailing(db, &mailing)?;
                let message =
                    Outgoing { contact: Some(contact), name: name_of(&person), address, places, ..Outgoing::default() };
                Putting::prepare(db, mailing.id)?.put(id, &message, now as i64)
            })
            .await?;
        self.outbox_filled();
        Ok(id)
    }

    fn mailing(&self, purpose: &str, draft: &MailDraft) -> Mailing {
        let now = self.now();
        Mailing {
            id: new_id(now),
            created_at: now as i64,
            purpose: purpose.to_owned(),
            subject: draft.subject.trim().to_owned(),
            text: draft.text.clone(),
            button: None,
            author: self.actor.staff,
        }
    }

    /// To be called after messages were put into the outbox: screens and the sender look at it.
    pub(crate) fn outbox_filled(&self) {
        self.tell(vec![CacheTag::Mail]);
        self.postbox.wake();
    }
}
