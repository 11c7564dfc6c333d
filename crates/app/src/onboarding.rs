//! Onboarding: the questions students and alumni are asked once they activated, and their answers (M36).

use crate::error::{Blocker, CommandError};
use crate::forms;
use crate::moment::new_id;
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use liaison_domain::edit::FieldEdit;
use liaison_domain::field::{CREATED_AT, DELETED_AT};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Refusal;
use liaison_domain::{
    Id, OperationKind, Permission, Record, RecordKind, Value, caseload, entry, onboarding_answer as given,
    onboarding_question as asked,
};
use liaison_queries::onboarding;
use liaison_store::table::{self, Located};
use liaison_store::{Db, Recorder, StoreError};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct OnboardingQuestion {
    /// The question's record.
    pub id: Id,
    /// The question.
    pub text: String,
    /// How it is answered: one of [`asked::TYPES`].
    pub kind: String,
    /// What can be chosen.
    pub choices: Vec<String>,
    /// Must be answered.
    pub required: bool,
    /// No longer asked; its answers stay.
    pub retired: bool,
    /// How many students and alumni answered it.
    pub answers: u32,
}

/// An answer somebody gave.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct GivenAnswer {
    /// The answer's record.
    pub id: Id,
    /// The question's record.
    pub question: Id,
    /// The question as it was asked.
    pub asked: String,
    /// The answer; of several choices, each.
    pub answer: Vec<String>,
    /// When it was first given, in milliseconds since 1970.
    pub at: Option<i64>,
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::List(parts) => parts.clone(),
        _ => Vec::new(),
    }
}

/// What a student answered, in the order of the questions.
pub(crate) fn answers(db: &Db<'_>, student: Id) -> Result<Vec<GivenAnswer>, StoreError> {
    let given = onboarding::answers(db, student)?.into_iter().filter_map(|answer| {
        Some(GivenAnswer {
            id: answer.id,
            question: answer.get(&given::QUESTION).as_reference()?,
            asked: answer.text(&given::ASKED).to_owned(),
            answer: list(answer.get(&given::ANSWER)),
            at: answer.created_at(),
        })
    });
    Ok(given.collect())
}

/// The questions, in their order, also those no longer asked.
pub async fn onboarding_list(session: &Session) -> Result<Vec<OnboardingQuestion>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let rows = session.read(|view| {
        // Questions are about nobody.
        let db = view.everything();
        let mut rows = Vec::new();
        for Located { record: question, .. } in onboarding::questions(db)? {
            rows.push(OnboardingQuestion {
                id: question.id,
                text: question.text(&asked::TEXT).to_owned(),
                kind: question.text(&asked::TYPE).to_owned(),
                choices: list(question.get(&asked::CHOICES)),
                required: question.get(&asked::REQUIRED).as_flag(),
                retired: question.get(&asked::RETIRED).as_flag(),
                answers: onboarding::answer_count(db, question.id)?,
            });
        }
        Ok(rows)
    });
    Ok(rows.await?)
}

/// Adds a question, after the others.
pub async fn onboarding_create(
    session: &Session,
    values: &HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    forms::add(session, RecordKind::OnboardingQuestion, values, |db, question| {
        entry::complete(question, &session.actor());
        entry::check(question)?;
        question.set(&asked::POSITION, Value::Number(onboarding::last_position(db)? + 1));
        Ok(())
    })
    .await
}

/// Edits a question. What was answered before stays as it was asked.
pub async fn onboarding_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    forms::amend(session, RecordKind::OnboardingQuestion, id, edits, |_, _, after| Ok(entry::check(after)?)).await
}

/// Puts the questions into the order given, in one operation; those not named follow in the order they had.
pub async fn onboarding_reorder(session: &Session, ids: &[Id]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let work = |recorder: &mut Recorder<'_>| {
        let mut all = onboarding::questions(recorder.db())?;
        if ids.iter().any(|id| all.iter().all(|question| question.record.id != *id)) {
            return Err(StoreError::NotFound(RecordKind::OnboardingQuestion.key()));
        }
        all.sort_by_key(|question| ids.iter().position(|id| *id == question.record.id).unwrap_or(usize::MAX));
        let mut changed = 0;
        for (at, Located { n, record: question }) in all.iter().enumerate() {
            let change = question.change(&asked::POSITION, Value::Number(at as i64));
            recorder.update(RecordKind::OnboardingQuestion, *n, question.id, change.as_slice())?;
            changed += u32::from(change.is_some());
        }
        Ok((changed, all.len() as u32 - changed))
    };
    let ((changed, skipped), operation) = session.commit(Step::new(OperationKind::RecordsEdit), work).await?;
    Ok(Done { operation, changed, skipped, users: 0 })
}

/// Deletes a question. One that was answered is not deleted but retired: `Blocked` says how many answers it has.
pub async fn onboarding_delete(session: &Session, id: Id) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let now = session.now() as i64;
    let mut in_the_way = 0;
    let work = |recorder: &mut Recorder<'_>| {
        let located = table::get(recorder.db(), RecordKind::OnboardingQuestion, id)?;
        in_the_way = onboarding::answer_count(recorder.db(), id)?;
        if located.record.is_deleted() || in_the_way > 0 {
            return Ok(0);
        }
        let deletion = located.record.change(&DELETED_AT, Value::Moment(now));
        recorder.update(RecordKind::OnboardingQuestion, located.n, id, deletion.as_slice())?;
        Ok(1)
    };
    let (changed, operation) = session.commit(Step::new(OperationKind::RecordsDelete), work).await?;
    if in_the_way > 0 {
        let (kind, field) = (RecordKind::OnboardingAnswer, given::QUESTION.key.to_owned());
        return Err(CommandError::Blocked {
            blockers: vec![Blocker { kind, field, count: in_the_way, records: Vec::new() }],
        });
    }
    Ok(Done { operation, changed, skipped: 1 - changed, users: 0 })
}

/// Writes down what a student or alum answered; nothing takes the answer away. One answer for each question.
///
/// Errors: `Validation` of `answer` where it is none that the question offers.
pub async fn onboarding_answer(
    session: &Session,
    student: Id,
    question: Id,
    answer: &[String],
) -> Result<Done, CommandError> {
    session.actor().require_either(Permission::ManageUsers, Permission::WorkCases)?;
    let now = session.now();
    let have = answer_of(session, student, question).await?;
    let kind = match (answer.is_empty(), have) {
        (true, _) => OperationKind::RecordsDelete,
        (false, true) => OperationKind::RecordsEdit,
        (false, false) => OperationKind::RecordsCreate,
    };
    let work = |recorder: &mut Recorder<'_>| {
        let db = recorder.db();
        let live = |kind, id| match table::get(db, kind, id)?.record {
            record if record.is_deleted() => Err(StoreError::NotFound(RecordKind::key(kind))),
            record => Ok(record),
        };
        caseload::permit(&session.actor(), &live(RecordKind::Student, student)?)?;
        let question = live(RecordKind::OnboardingQuestion, question)?;
        let have = onboarding::answer(db, student, question.id)?;
        if answer.is_empty() {
            let Some(Located { n, record: answer }) = have else { return Ok(0) };
            let deletion = answer.change(&DELETED_AT, Value::Moment(now as i64));
            recorder.update(RecordKind::OnboardingAnswer, n, answer.id, deletion.as_slice())?;
            return Ok(1);
        }
        let parts: Vec<String> = answer.iter().map(|part| part.trim().to_owned()).collect();
        if let Err(problem) = asked::accepts(&question, &parts) {
            let field = given::ANSWER.key.to_owned();
            return Err(Refusal::of(field, problem).into());
        }
        let text = question.get(&asked::TEXT).clone();
        let Some(Located { n, record: before }) = have else {
            let mut record = Record::blank(RecordKind::OnboardingAnswer, new_id(now));
            record.set(&CREATED_AT, Value::Moment(now as i64));
            record.set(&given::STUDENT, student);
            record.set(&given::QUESTION, question.id);
            record.set(&given::ANSWER, Value::List(parts));
            record.set(&given::ASKED, text);
            recorder.create(&record)?;
            return Ok(1);
        };
        let mut changes = Vec::from_iter(before.change(&given::ANSWER, Value::List(parts)));
        if !changes.is_empty() {
            // What is answered now is the question as it stands now.
            changes.extend(before.change(&given::ASKED, text));
        }
        recorder.update(RecordKind::OnboardingAnswer, n, before.id, &changes)?;
        Ok(u32::from(!changes.is_empty()))
    };
    let (changed, operation) = session.commit(Step::new(kind), work).await?;
    Ok(Done { operation, changed, skipped: 1 - changed, users: 0 })
}

async fn answer_of(session: &Session, student: Id, question: Id) -> Result<bool, CommandError> {
    Ok(session.read(|view| Ok(onboarding::answer(view.everything(), student, question)?.is_some())).await?)
}
