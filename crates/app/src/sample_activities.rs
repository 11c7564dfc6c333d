//! The activities of the sample data, as records.

use crate::sample::{Maker, fill};
use liaison_domain::field::Field;
use liaison_domain::{Id, Record, RecordKind, Value, entry, event, experience, meeting, participation, time_zone};
use liaison_sample::SampleActivity;
use liaison_store::{Recorder, StoreError};

const HOUR: i64 = 3_600;
/// The first hour, on the institution's clock, at which things begin in the sample; and on how many hours.
const FIRST_HOUR: i64 = 9;
const HOURS: i64 = 7;

impl Maker {
    /// Writes the job fairs, before anybody can register for one.
    pub(crate) fn fairs(&mut self, contacts: usize, seed: u64, recorder: &mut Recorder<'_>) -> Result<(), StoreError> {
        for fair in liaison_sample::fairs(contacts, seed) {
            let record = self.activity(&fair, None)?;
            recorder.create(&record)?;
            self.fairs.push(record.id);
        }
        Ok(())
    }

    /// Writes what happened with a contact.
    pub(crate) fn activities(
        &mut self,
        activities: &[SampleActivity],
        contact: &Record,
        recorder: &mut Recorder<'_>,
    ) -> Result<(), StoreError> {
        for sample in activities {
            let record = self.activity(sample, Some(contact))?;
            recorder.create(&record)?;
            if sample.interviews {
                let mut part = self.blank(RecordKind::Participation, sample.age_in_seconds);
                part.set(&participation::CONTACT, contact.id);
                part.set(&participation::PART, participation::INTERVIEWER);
                part.set(&participation::INTERVIEW_SCHEDULE, record.id);
                entry::complete(&mut part, &self.actor);
                recorder.create(&part)?;
            }
        }
        Ok(())
    }

    fn activity(&mut self, sample: &SampleActivity, contact: Option<&Record>) -> Result<Record, StoreError> {
        let kind = RecordKind::from_key(sample.kind).ok_or_else(|| damaged(sample.kind))?;
        let mut record = self.blank(kind, sample.age_in_seconds);
        fill(&mut record, &sample.fields)?;
        match kind {
            RecordKind::Event => record.set(&event::TIME_ZONE, self.zone.name()),
            RecordKind::Meeting => record.set(&meeting::TIME_ZONE, self.zone.name()),
            _ => {}
        }
        // What is agreed on begins in working hours, on the hour; what was sent went when it went.
        let begins = sample.moments.iter().find(|(key, _)| *key == "starts_at").map(|(_, seconds)| *seconds);
        let shift = begins.map_or(0, |begins| {
            let hours = begins.div_euclid(HOUR);
            let at = self.now + begins * 1000;
            let midnight = time_zone::begins(time_zone::day(at, self.zone), self.zone);
            (midnight - at) / 1000 + (FIRST_HOUR + hours.rem_euclid(HOURS)) * HOUR
        });
        for (key, seconds) in &sample.moments {
            let at = self.now / 1000 + seconds + shift;
            record.set(field(kind, key)?, Value::Moment(at * 1000));
        }
        for (key, days) in &sample.days {
            let day = self.today.checked_add_signed(chrono::Duration::days(*days)).ok_or_else(|| damaged(key))?;
            record.set(field(kind, key)?, day.format("%Y-%m-%d").to_string().as_str());
        }
        if let Some(contact) = contact {
            record.set(field(kind, sample.contact)?, contact.id);
            if let Some((key, employer)) = sample.employer {
                let id: Option<Id> = match employer {
                    Some(index) => self.employers.get(index).copied(),
                    None => contact.get(&liaison_domain::contact::EMPLOYER).as_reference(),
                };
                record.set(field(kind, key)?, id.map(Value::Reference).unwrap_or_default());
            }
        }
        if let Some(fair) = sample.fair.and_then(|fair| self.fairs.get(fair)) {
            record.set(&participation::EVENT, *fair);
        }
        if kind == RecordKind::Experience && !record.get(&experience::STUDENT).is_empty() {
            record.set(&experience::STUDENT_EMAIL, student_address(record.text(&experience::STUDENT)).as_str());
        }
        entry::complete(&mut record, &self.actor);
        entry::check(&record)?;
        Ok(record)
    }
}

/// An address below the reserved domain.
fn student_address(name: &str) -> String {
    let local: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{}@students.example", if local.is_empty() { "student".to_owned() } else { local.to_ascii_lowercase() })
}

fn field(kind: RecordKind, key: &str) -> Result<&'static Field, StoreError> {
    kind.field(key).ok_or_else(|| damaged(key))
}

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(format!("sample {what}"))
}
