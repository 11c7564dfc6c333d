//! Putting invitations into the journal and the outbox, within an operation.

use crate::invitees::name_of;
use crate::mail;
use crate::mail::letters::{ACTIVATE, MailDraft, Templates};
use crate::mail::places::{Sender, places, sender};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use liaison_domain::field::CREATED_AT;
use liaison_domain::id::IdSequence;
use liaison_domain::outbox::OutboxState;
use liaison_domain::reminder::{Sending, Sent};
use liaison_domain::{Id, Record, RecordKind, Value, activation, invitation, mail_template, time_zone};
use liaison_engine::error::CommandError;
use liaison_engine::moment::ids;
use liaison_engine::session::Session;
use liaison_queries::invitations::{self, Last};
use liaison_queries::outbox::{self, Change, Mailing, Outgoing, Putting, put_mailing};
use liaison_store::{Db, Recorder, StoreError};
use rand::RngCore as _;

/// What is known before the operation begins: the institution with its portal, and the text of the messages.
pub struct Inviting {
    institution: Record,
    purpose: &'static str,
    draft: MailDraft,
    templates: Templates,
    author: Id,
    now: u64,
}

/// The institution's record.
pub(super) async fn institution_record(session: &Session) -> Result<Record, CommandError> {
    Ok(session.read(|view| liaison_queries::institution::get(view.everything())).await?)
}

/// Gets ready for sending welcome messages or reminders; `None` where the institution has no portal to lead to.
pub async fn inviting(session: &Session, purpose: &'static str, now: u64) -> Result<Option<Inviting>, CommandError> {
    let institution = institution_record(session).await?;
    if activation::link(&institution, "").is_none() {
        return Ok(None);
    }
    let draft = mail::template_for(session, purpose).await?;
    let templates = Templates::read(&draft)?;
    Ok(Some(Inviting { institution, purpose, draft, templates, author: session.actor().staff, now }))
}

impl Inviting {
    /// The text of the messages.
    pub(super) fn text(&self) -> (&MailDraft, &Templates) {
        (&self.draft, &self.templates)
    }

    /// A link as in the messages, with no token that opens anything.
    pub(super) fn link(&self) -> Option<String> {
        activation::link(&self.institution, "example")
    }

    /// Begins within an operation.
    pub fn begin<'d, 'i>(&'i self, db: &'d Db<'d>) -> Result<Begun<'d, 'i>, StoreError> {
        let now = self.now as i64;
        let latest = invitations::latest(db)?;
        let mut ids = ids(self.now);
        Ok(Begun {
            inviting: self,
            db,
            sender: sender(db, self.author)?,
            sent: Sent::at(now, latest),
            mailing: ids.next_id(),
            ids,
            putting: None,
        })
    }
}

/// Puts one invitation after the other.
pub struct Begun<'d, 'i> {
    inviting: &'i Inviting,
    db: &'d Db<'d>,
    sender: Sender,
    sent: Sent,
    mailing: Id,
    ids: IdSequence,
    /// Made with the first message: a mailing without any would stay for ever.
    putting: Option<Putting<'d>>,
}

impl Begun<'_, '_> {
    /// Brings a new student into being, and puts the welcome message where one can be sent (M35). Whether it was.
    pub fn create(&mut self, recorder: &mut Recorder<'_>, student: &Record) -> Result<bool, StoreError> {
        let welcome = liaison_mail::Address::parse(activation::address(student)).is_ok();
        recorder.create(student)?;
        if welcome {
            self.put(recorder, student, None)?;
        }
        Ok(welcome)
    }

    /// The mailing, where messages were put.
    pub(super) fn mailing(&self) -> Option<Id> {
        self.putting.is_some().then_some(self.mailing)
    }

    /// Puts an invitation of the person, whose record is there already, with its message. `last` is the one before: its
    /// link no longer works, and where it was not sent yet it is not any more.
    pub(crate) fn put(
        &mut self,
        recorder: &mut Recorder<'_>,
        person: &Record,
        last: Option<&Last>,
    ) -> Result<(), StoreError> {
        let (now, institution) = (self.sent.wall, &self.inviting.institution);
        let mut random = [0; activation::TOKEN_BYTES];
        rand::rng().fill_bytes(&mut random);
        let token = URL_SAFE_NO_PAD.encode(random);
        let expires_at = activation::expires_at(institution, now);
        let address = activation::address(person).to_owned();
        let mut record = Record::blank(RecordKind::Invitation, self.ids.next_id());
        record.set(&CREATED_AT, Value::Moment(now));
        record.set(activation::person_field(person.kind), person.id);
        record.set(&invitation::TYPE, invitation_type(self.inviting.purpose));
        record.set(&invitation::ADDRESS, address.as_str());
        record.set(&invitation::CLOCK, Value::Moment(self.sent.clock));
        record.set(&invitation::TOKEN_HASH, activation::hash(&token).as_str());
        record.set(&invitation::EXPIRES_AT, Value::Moment(expires_at));
        record.set(&invitation::AUTHOR, self.inviting.author);
        recorder.create(&record)?;
        if let Some(last) = last {
            let superseded = Change { at: now, reason: Some("superseded"), ..Change::default() };
            outbox::change(self.db, last.id, OutboxState::Failed, OutboxState::Cancelled, &superseded)?;
        }
        let (contact, student) = match person.kind {
            RecordKind::Student => (None, Some(person.id)),
            _ => (Some(person.id), None),
        };
        let mut known = places(self.db, person, &self.sender)?;
        known.insert(mail_template::LINK_UNTIL.to_owned(), time_zone::written_day(expires_at, self.db.zone()));
        let message = Outgoing {
            contact,
            student,
            employer_user: None,
            name: name_of(person),
            address,
            places: self.inviting.templates.used(known),
            link: activation::link(institution, &token),
            good_until: Some(expires_at),
        };
        let putting = match &mut self.putting {
            Some(putting) => putting,
            none => {
                put_mailing(self.db, &self.inviting.mailing(self.mailing))?;
                // Whether the clock was set back is told from here on.
                let clock = invitations::wall_clock(self.db)?.sending(now, invitations::latest(self.db)?);
                invitations::keep_wall_clock(self.db, clock)?;
                none.insert(Putting::prepare(self.db, self.mailing)?)
            }
        };
        putting.put(record.id, &message, now)
    }
}

impl Inviting {
    fn mailing(&self, id: Id) -> Mailing {
        Mailing {
            id,
            created_at: self.now as i64,
            purpose: self.purpose.to_owned(),
            subject: self.draft.subject.trim().to_owned(),
            text: self.draft.text.clone(),
            button: Some(ACTIVATE.to_owned()),
            author: self.author,
        }
    }
}

/// The purpose of what is sent to people of this kind.
pub(super) fn purpose(sending: Sending, kind: RecordKind) -> &'static str {
    match (sending, kind) {
        (Sending::Invitation, RecordKind::Contact) => mail_template::CONTACT_INVITATION,
        (Sending::Reminder, RecordKind::Contact) => mail_template::CONTACT_REMINDER,
        (Sending::Invitation, _) => mail_template::WELCOME,
        (Sending::Reminder, _) => mail_template::REMINDER,
    }
}

/// Which of the two an invitation of this purpose is, whoever it goes to.
pub(super) fn invitation_type(purpose: &str) -> &'static str {
    match purpose {
        mail_template::REMINDER | mail_template::CONTACT_REMINDER => invitation::REMINDER,
        _ => invitation::WELCOME,
    }
}
