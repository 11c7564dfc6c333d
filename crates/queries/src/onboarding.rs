//! Onboarding: the questions students are asked, and their answers. What lies in the trash is left out.

use liaison_domain::{Id, Record, RecordKind};
use liaison_store::table::{self, Located};
use liaison_store::{Db, Sql, StoreError};

/// The live records of a kind that fulfil a condition.
fn records(db: &Db<'_>, kind: RecordKind, condition: &str, bound: &[Sql<'_>]) -> Result<Vec<Located>, StoreError> {
    let columns = table::columns(db.registry(), kind);
    let sql = format!("SELECT n,id,{columns} FROM {} WHERE deleted_at IS NULL AND {condition}", kind.key());
    db.all(&sql, bound, |row| Ok(Located { n: row.int(0), record: table::record(row, 2, kind, row.id(1)?)? }))
}

/// The questions in their order, also those no longer asked.
pub fn questions(db: &Db<'_>) -> Result<Vec<Located>, StoreError> {
    records(db, RecordKind::OnboardingQuestion, "1 ORDER BY position IS NULL,position,n", &[])
}

/// How many questions there are.
pub fn question_count(db: &Db<'_>) -> Result<u32, StoreError> {
    Ok(db.number("SELECT count(*) FROM onboarding_question WHERE deleted_at IS NULL", &[])? as u32)
}

/// The position of the last question; -1 where there is none.
pub fn last_position(db: &Db<'_>) -> Result<i64, StoreError> {
    db.number("SELECT coalesce(max(position),-1) FROM onboarding_question WHERE deleted_at IS NULL", &[])
}

/// What a student answered, in the order of the questions.
pub fn answers(db: &Db<'_>, student: Id) -> Result<Vec<Record>, StoreError> {
    let order = "student=? ORDER BY (SELECT q.position FROM onboarding_question q WHERE q.id=question),n";
    let answers = records(db, RecordKind::OnboardingAnswer, order, &[Sql::Blob(student.bytes())])?;
    Ok(answers.into_iter().map(|answer| answer.record).collect())
}

/// How many answers a question has.
pub fn answer_count(db: &Db<'_>, question: Id) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM onboarding_answer WHERE question=? AND deleted_at IS NULL";
    Ok(db.number(sql, &[Sql::Blob(question.bytes())])? as u32)
}

/// The answer of a student to a question.
pub fn answer(db: &Db<'_>, student: Id, question: Id) -> Result<Option<Located>, StoreError> {
    let bound = [Sql::Blob(student.bytes()), Sql::Blob(question.bytes())];
    let found = records(db, RecordKind::OnboardingAnswer, "student=? AND question=? ORDER BY n LIMIT 1", &bound)?;
    Ok(found.into_iter().next())
}
