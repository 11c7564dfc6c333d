//! The colleagues of the sample data and what only a desk with several people has, as records.

use crate::sample::Maker;
use liaison_domain::name::organization_key;
use liaison_domain::{Id, Permission, Record, RecordKind, Value, contact, employer_user, organization};
use liaison_queries::lookup;
use liaison_sample::{COLLEAGUES, SampleContact, users_without_contact};
use liaison_store::{Recorder, StoreError};

/// One contact in so many has an address that mail came back from.
const BOUNCES: usize = 83;
/// How long ago that was at most, in seconds.
const BOUNCED: u64 = 20 * 24 * 3_600;

impl Maker {
    /// Writes the colleagues, where whoever makes the sample may add staff; those who are there already stay.
    pub(crate) fn colleagues(&mut self, recorder: &mut Recorder<'_>) -> Result<(), StoreError> {
        if !self.actor.may(Permission::ManageStaff) {
            return Ok(());
        }
        let there = lookup::texts(recorder.db(), RecordKind::Staff, &organization::STAFF_EMAIL)?;
        for sample in COLLEAGUES {
            let known = there.iter().find(|(_, email)| email.eq_ignore_ascii_case(sample.email));
            let id = match known {
                Some((id, _)) => *id,
                None => {
                    let mut record = self.blank(RecordKind::Staff, 0);
                    record.set(&organization::STAFF_FIRST_NAME, sample.first_name);
                    record.set(&organization::STAFF_LAST_NAME, sample.last_name);
                    record.set(&organization::STAFF_EMAIL, sample.email);
                    record.set(&organization::STAFF_ROLE, sample.role);
                    if let Some(age) = sample.deactivated {
                        record.set(&organization::STAFF_DEACTIVATED_AT, Value::Moment(self.now - (age * 1000) as i64));
                    }
                    recorder.create(&record)?;
                    record.id
                }
            };
            if sample.has_cases {
                self.advisors.push(id);
            }
        }
        Ok(())
    }

    /// Whose case the student at this place is, where it isn't that of whoever makes the sample: every third one is a
    /// colleague's.
    pub(crate) fn case_of(&self, at: usize) -> Option<Id> {
        let colleague = (at % 3 == 1).then_some(at / 3)?;
        self.advisors.get(colleague % self.advisors.len().max(1)).copied()
    }

    /// What is otherwise about some contacts of a desk that several people work at: they are a colleague's own, or
    /// mail to them came back.
    pub(crate) fn of_colleagues(&self, record: &mut Record, sample: &SampleContact, at: usize) {
        if self.advisors.is_empty() {
            return;
        }
        if sample.visibility == contact::MYSELF && at.is_multiple_of(2) {
            record.set(&contact::OWNER, self.advisors[at / 2 % self.advisors.len()]);
        }
        if sample.approval == contact::APPROVED && at % BOUNCES == 29 {
            let age = BOUNCED.min(sample.age_in_seconds);
            record.set(&contact::BOUNCED_AT, Value::Moment(self.now - (age * 1000) as i64));
        }
    }

    /// Writes the logins that no contact goes with.
    pub(crate) fn users_without_contact(&mut self, seed: u64, recorder: &mut Recorder<'_>) -> Result<(), StoreError> {
        let Some(role) = self.role_named("Default Access") else { return Ok(()) };
        for sample in users_without_contact(self.employers.len(), seed) {
            let mut user = self.blank(RecordKind::EmployerUser, sample.age_in_seconds);
            user.set(&employer_user::FIRST_NAME, sample.first_name);
            user.set(&employer_user::LAST_NAME, sample.last_name.as_str());
            user.set(&employer_user::EMAIL, sample.email.as_str());
            user.set(&employer_user::EMPLOYER, self.employers[sample.employer]);
            user.set(&employer_user::ROLE, role);
            user.set(&employer_user::ACCESS, true);
            recorder.create(&user)?;
        }
        Ok(())
    }

    fn role_named(&self, name: &str) -> Option<Id> {
        self.roles.get(&organization_key(name)).copied()
    }
}
