//! Sample data: invented people to try the product with, as one operation that can be taken back.

use crate::error::CommandError;
use crate::moment::ids;
use crate::progress::OnProgress;
use crate::roles;
use crate::session::Session;
use crate::step::Step;
use chrono::NaiveDate;
use liaison_domain::edit::complete_contact;
use liaison_domain::field::CREATED_AT;
use liaison_domain::id::IdSequence;
use liaison_domain::moment::Zone;
use liaison_domain::name::organization_key;
use liaison_domain::{
    Actor, Id, OperationKind, Permission, Record, RecordKind, Value, contact, employer, employer_user, note, role,
};
use liaison_sample::{Fields, SampleContact};
use liaison_store::{Recorder, StoreError};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// What was generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SampleDone {
    /// The operation that takes it back.
    pub operation: Option<Id>,
    /// Contacts.
    pub contacts: u32,
    /// Employers.
    pub employers: u32,
    /// Students and alumni.
    pub students: u32,
}

/// Makes the records of the sample.
pub(crate) struct Maker {
    pub(crate) now: i64,
    pub(crate) today: NaiveDate,
    /// The institution's.
    pub(crate) zone: Zone,
    pub(crate) actor: Actor,
    ids: IdSequence,
    pub(crate) roles: HashMap<String, Id>,
    /// Colleagues with cases of their own.
    pub(crate) advisors: Vec<Id>,
    pub(crate) employers: Vec<Id>,
    pub(crate) fairs: Vec<Id>,
    /// How many employers were claimed.
    pub(crate) claims: u32,
}

impl Maker {
    pub(crate) fn next_id(&mut self) -> Id {
        self.ids.next_id()
    }

    pub(crate) fn blank(&mut self, kind: RecordKind, age_in_seconds: u64) -> Record {
        let mut record = Record::blank(kind, self.ids.next_id());
        record.set(&CREATED_AT, Value::Moment(self.now - (age_in_seconds * 1000) as i64));
        record
    }

    fn contact(&mut self, sample: &SampleContact) -> Result<Record, StoreError> {
        let mut record = self.blank(RecordKind::Contact, sample.age_in_seconds);
        fill(&mut record, &sample.fields)?;
        set_labels(&mut record, &contact::LABELS, &sample.labels);
        if let Some(employer) = sample.employer.and_then(|index| self.employers.get(index)) {
            record.set(&contact::EMPLOYER, *employer);
        }
        record.set(&contact::SOURCE, sample.source);
        record.set(&contact::ADDED_BY, sample.added_by.as_deref().unwrap_or_default());
        record.set(&contact::APPROVAL, sample.approval);
        record.set(&contact::VISIBILITY, sample.visibility);
        record.set(&contact::AUTO_SYNC, sample.auto_sync);
        record.set(&contact::OWNER, self.actor.staff);
        complete_contact(&mut record);
        Ok(record)
    }

    /// The login of a sample contact, with the role it needs where that does not exist yet.
    fn user(&mut self, sample: &SampleContact, person: &Record, recorder: &mut Recorder<'_>) -> Result<(), StoreError> {
        let Some(login) = &sample.login else { return Ok(()) };
        let role = match self.roles.get(&organization_key(login.role)) {
            Some(role) => *role,
            None => {
                let mut record = self.blank(RecordKind::Role, 0);
                record.set(&role::NAME, login.role);
                record.set(&role::BUILT_IN, false);
                let permitted = liaison_sample::role_permissions(login.role);
                record.set(&role::PERMISSIONS, Value::List(permitted.iter().map(|key| (*key).to_owned()).collect()));
                role::complete(&mut record)?;
                recorder.create(&record)?;
                self.roles.insert(organization_key(login.role), record.id);
                record.id
            }
        };
        let mut user = self.blank(RecordKind::EmployerUser, sample.age_in_seconds);
        user.set(&employer_user::FIRST_NAME, person.get(&contact::FIRST_NAME).clone());
        user.set(&employer_user::LAST_NAME, person.get(&contact::LAST_NAME).clone());
        user.set(&employer_user::EMAIL, person.get(&contact::EMAIL).clone());
        user.set(&employer_user::EMPLOYER, person.get(&contact::EMPLOYER).clone());
        user.set(&employer_user::ROLE, role);
        user.set(&employer_user::ACCESS, login.access);
        if let Some(age) = login.last_log_in_age {
            user.set(&employer_user::LAST_LOG_IN, Value::Moment(self.now - (age * 1000) as i64));
        }
        recorder.create(&user)
    }
}

/// Generates sample contacts with their employers, users, notes and whatever else happened with them, and students
/// beside them. The same seed gives the same people.
pub async fn sample_create(
    session: &Session,
    count: u32,
    seed: u64,
    progress: OnProgress<'_>,
) -> Result<SampleDone, CommandError> {
    session.actor().require(Permission::ImportContacts)?;
    session.begin_long_work();
    let roles =
        roles::roles_list(session).await?.into_iter().map(|role| (organization_key(&role.name), role.id)).collect();
    let now = session.now();
    let mut maker = Maker {
        now: now as i64,
        today: session.today(),
        zone: session.zone(),
        actor: session.actor(),
        ids: ids(now),
        roles,
        advisors: Vec::new(),
        employers: Vec::new(),
        fairs: Vec::new(),
        claims: 0,
    };
    let employers = liaison_sample::employer_count(count as usize);
    let is_whole = count as usize >= liaison_sample::WHOLE_DESK;
    let (students, operation) = session
        .commit(Step::new(OperationKind::SampleCreate), |recorder| {
            if is_whole {
                maker.colleagues(recorder)?;
            }
            for sample in liaison_sample::employers(employers, seed) {
                let mut record = maker.blank(RecordKind::Employer, sample.age_in_seconds);
                fill(&mut record, &sample.fields)?;
                set_labels(&mut record, &employer::LABELS, &sample.labels);
                recorder.create(&record)?;
                maker.employers.push(record.id);
            }
            maker.fairs(count as usize, seed, recorder)?;
            for (at, sample) in liaison_sample::contacts(count as usize, seed).enumerate() {
                session.report(progress, at as u32, count)?;
                let mut record = maker.contact(&sample)?;
                maker.of_colleagues(&mut record, &sample, at);
                if is_whole {
                    maker.claim_employer(&mut record, &sample, recorder)?;
                }
                recorder.create(&record)?;
                maker.user(&sample, &record, recorder)?;
                for note in &sample.notes {
                    let mut written = maker.blank(RecordKind::Note, note.age_in_seconds);
                    written.set(&note::CONTACT, record.id);
                    written.set(&note::TEXT, note.text.as_str());
                    written.set(&note::AUTHOR, maker.actor.staff);
                    recorder.create(&written)?;
                }
                let activities = liaison_sample::activities(&sample, at, count as usize, seed);
                maker.activities(&activities, &record, recorder)?;
            }
            let students = maker.students(liaison_sample::student_count(count as usize), seed, recorder)?;
            if is_whole {
                maker.users_without_contact(seed, recorder)?;
            }
            session.report(progress, count, count)?;
            Ok(students)
        })
        .await?;
    Ok(SampleDone { operation, contacts: count, employers: employers as u32 + maker.claims, students })
}

/// Sets fields from texts; a text that the registry does not accept is a fault of the generator.
pub(crate) fn fill(record: &mut Record, fields: &Fields) -> Result<(), StoreError> {
    for (key, text) in fields {
        let field = record.kind.field(key).ok_or_else(|| StoreError::Damaged(format!("sample field {key}")))?;
        let value =
            field.read(text).map_err(|problem| StoreError::Damaged(format!("sample {key} {text:?}: {problem:?}")))?;
        record.set(field, value);
    }
    Ok(())
}

fn set_labels(record: &mut Record, field: &liaison_domain::Field, labels: &[&str]) {
    if !labels.is_empty() {
        record.set(field, Value::List(labels.iter().map(|label| (*label).to_owned()).collect()));
    }
}
