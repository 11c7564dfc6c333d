//! Welcome messages of the sample data that came back: a wrong address can be tried, too.

use crate::sample::Maker;
use liaison_domain::outbox::OutboxState;
use liaison_domain::{Id, Record, Value, mail_template, name, student, time_zone};
use liaison_queries::institution;
use liaison_queries::outbox::{Change, Mailing, Outgoing, Putting, change, put_mailing};
use liaison_sample::SampleStudent;
use liaison_store::{Recorder, StoreError};
use std::collections::BTreeMap;

/// The message of one in so many who were asked once came back, and which of them.
const OF: usize = 8;
const AT: usize = 5;
/// How long after it went it came back, in seconds.
const BACK_AFTER: u64 = 40;

impl Maker {
    /// Whether the welcome message to the student at this place came back: only where several people work at the desk.
    pub(crate) fn came_back(&self, sample: &SampleStudent, at: usize) -> bool {
        let is_waited_for = sample.activated.is_none() && sample.deactivated.is_none() && sample.invited.len() == 1;
        !self.advisors.is_empty() && is_waited_for && at % OF == AT
    }

    /// What the record says of it: nobody was invited by a message that came back.
    pub(crate) fn mark_bounced(&self, record: &mut Record, sample: &SampleStudent) {
        let sent = sample.invited.last().copied().unwrap_or_default();
        record.set(&student::INVITED_AT, Value::Empty);
        record.set(&student::BOUNCED_AT, Value::Moment(self.ago(sent.saturating_sub(BACK_AFTER))));
    }

    /// The message in the outbox, as if it had gone and come back, under the id of its invitation.
    pub(crate) fn bounced_message(
        &mut self,
        invitation: Id,
        person: &Record,
        age_in_seconds: u64,
        recorder: &Recorder<'_>,
    ) -> Result<(), StoreError> {
        let Some((subject, text)) = mail_template::standard(mail_template::WELCOME) else { return Ok(()) };
        let (db, at) = (recorder.db(), self.ago(age_in_seconds));
        let mailing = Mailing {
            id: self.next_id(),
            created_at: at,
            purpose: mail_template::WELCOME.to_owned(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            button: None,
            author: self.actor.staff,
        };
        put_mailing(db, &mailing)?;
        let (first, last) = (person.text(&student::FIRST_NAME), person.text(&student::LAST_NAME));
        let message = Outgoing {
            student: Some(person.id),
            name: name::person_name(first, person.text(&student::PREFERRED_NAME), last),
            address: person.text(&student::EMAIL).to_owned(),
            places: BTreeMap::from([
                ("first_name".to_owned(), first.to_owned()),
                ("institution".to_owned(), institution::name(db)?.unwrap_or_default()),
                (
                    mail_template::LINK_UNTIL.to_owned(),
                    time_zone::written_day(at + crate::sample_students::WORKS, db.zone()),
                ),
            ]),
            ..Outgoing::default()
        };
        Putting::prepare(db, mailing.id)?.put(invitation, &message, at)?;
        let went = Change { at, ..Change::default() };
        change(db, invitation, OutboxState::Waiting, OutboxState::Sent, &went)?;
        let back = self.ago(age_in_seconds.saturating_sub(BACK_AFTER));
        let back = Change { at: back, reason: Some("bounced"), ..Change::default() };
        change(db, invitation, OutboxState::Sent, OutboxState::Bounced, &back)?;
        Ok(())
    }
}
