//! The students and alumni of the sample data, as records.

use crate::sample::{Maker, fill};
use chrono::Datelike as _;
use liaison_domain::id::Id;
use liaison_domain::name::organization_key;
use liaison_domain::{
    Record, RecordKind, Value, invitation, onboarding_answer, onboarding_question, student, user_group,
};
use liaison_queries::{lookup, onboarding};
use liaison_sample::{GROUPS, QUESTIONS, SampleStudent};
use liaison_store::{Recorder, StoreError};

/// How long a link works, in milliseconds.
pub(crate) const WORKS: i64 = 14 * 24 * 3_600 * 1_000;

impl Maker {
    /// Writes `count` students with what happened with them; returns how many.
    pub(crate) fn students(&mut self, count: usize, seed: u64, recorder: &mut Recorder<'_>) -> Result<u32, StoreError> {
        let groups = self.groups(recorder)?;
        let questions = self.questions(recorder)?;
        for (at, sample) in liaison_sample::students(count, seed).enumerate() {
            let record = self.student(&sample, at, &groups)?;
            recorder.create(&record)?;
            self.invitations(&sample, &record, self.came_back(&sample, at), recorder)?;
            for (question, answer) in &sample.answers {
                let Some(asked) = questions.get(*question) else { continue };
                let mut written = self.blank(RecordKind::OnboardingAnswer, sample.activated.unwrap_or_default());
                written.set(&onboarding_answer::STUDENT, record.id);
                written.set(&onboarding_answer::QUESTION, *asked);
                written.set(&onboarding_answer::ASKED, QUESTIONS[*question].text);
                let answer = answer.iter().map(|part| (*part).to_owned()).collect();
                written.set(&onboarding_answer::ANSWER, Value::List(answer));
                recorder.create(&written)?;
            }
        }
        Ok(count as u32)
    }

    fn student(&mut self, sample: &SampleStudent, at: usize, groups: &[Id]) -> Result<Record, StoreError> {
        let mut record = self.blank(RecordKind::Student, sample.age_in_seconds);
        fill(&mut record, &sample.fields)?;
        record.set(&student::GRADUATION_YEAR, Value::Number(i64::from(self.today.year()) + sample.graduates_in));
        if let Some(group) = sample.group.and_then(|group| groups.get(group)) {
            record.set(&student::GROUP, *group);
        }
        if sample.mine {
            record.set(&student::ASSIGNED_TO, self.actor.staff);
        } else if let Some(colleague) = self.case_of(at) {
            record.set(&student::ASSIGNED_TO, colleague);
        }
        for (field, age) in [
            (&student::INVITED_AT, sample.invited.last().copied()),
            (&student::ACTIVATED_AT, sample.activated),
            (&student::DEACTIVATED_AT, sample.deactivated),
            (&student::LAST_LOG_IN, sample.last_log_in),
        ] {
            if let Some(age) = age {
                record.set(field, self.moment(age));
            }
        }
        if self.came_back(sample, at) {
            self.mark_bounced(&mut record, sample);
        }
        Ok(record)
    }

    /// The ledger. The links of these never worked: nobody has their tokens.
    fn invitations(
        &mut self,
        sample: &SampleStudent,
        person: &Record,
        came_back: bool,
        recorder: &mut Recorder<'_>,
    ) -> Result<(), StoreError> {
        for (at, age) in sample.invited.iter().enumerate() {
            let mut sent = self.blank(RecordKind::Invitation, *age);
            sent.set(&invitation::STUDENT, person.id);
            sent.set(&invitation::TYPE, if at == 0 { invitation::WELCOME } else { invitation::REMINDER });
            sent.set(&invitation::ADDRESS, person.get(&student::EMAIL).clone());
            if !came_back {
                sent.set(&invitation::SENT_AT, self.moment(*age));
            }
            sent.set(&invitation::EXPIRES_AT, Value::Moment(self.now - (*age * 1000) as i64 + WORKS));
            sent.set(&invitation::AUTHOR, self.actor.staff);
            if at + 1 == sample.invited.len()
                && let Some(activated) = sample.activated
            {
                sent.set(&invitation::USED_AT, self.moment(activated));
            }
            recorder.create(&sent)?;
            if came_back {
                self.bounced_message(sent.id, person, *age, recorder)?;
            }
        }
        Ok(())
    }

    /// The groups, also those that were there before.
    fn groups(&mut self, recorder: &mut Recorder<'_>) -> Result<Vec<Id>, StoreError> {
        let there = lookup::texts(recorder.db(), RecordKind::UserGroup, &user_group::NAME)?;
        let mut groups = Vec::new();
        for group in GROUPS {
            let key = organization_key(group.name);
            groups.push(match there.iter().find(|(_, name)| organization_key(name) == key) {
                Some((id, _)) => *id,
                None => {
                    let mut record = self.blank(RecordKind::UserGroup, 0);
                    record.set(&user_group::NAME, group.name);
                    record.set(&user_group::DESCRIPTION, group.description);
                    recorder.create(&record)?;
                    record.id
                }
            });
        }
        Ok(groups)
    }

    /// The questions, where none are asked yet; nobody answered those of one's own.
    fn questions(&mut self, recorder: &mut Recorder<'_>) -> Result<Vec<Id>, StoreError> {
        if onboarding::question_count(recorder.db())? > 0 {
            return Ok(Vec::new());
        }
        let mut questions = Vec::new();
        for (at, question) in QUESTIONS.iter().enumerate() {
            let mut record = self.blank(RecordKind::OnboardingQuestion, 0);
            record.set(&onboarding_question::TEXT, question.text);
            record.set(&onboarding_question::TYPE, question.kind);
            if !question.choices.is_empty() {
                let choices = question.choices.iter().map(|choice| (*choice).to_owned()).collect();
                record.set(&onboarding_question::CHOICES, Value::List(choices));
            }
            record.set(&onboarding_question::REQUIRED, question.required);
            record.set(&onboarding_question::POSITION, Value::Number(at as i64 + 1));
            recorder.create(&record)?;
            questions.push(record.id);
        }
        Ok(questions)
    }

    fn moment(&self, age_in_seconds: u64) -> Value {
        Value::Moment(self.ago(age_in_seconds))
    }

    /// So many seconds before now, in milliseconds since 1970.
    pub(crate) fn ago(&self, seconds: u64) -> i64 {
        self.now - (seconds * 1000) as i64
    }
}
