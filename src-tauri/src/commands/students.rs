//! Students and alumni, their groups, onboarding.

use crate::shell::{Shell, watch};
use liaison_app::groups::UserGroup;
use liaison_app::lists::Selection;
use liaison_app::onboarding::OnboardingQuestion;
use liaison_app::step::{Created, Done};
use liaison_app::students::{AssignPreview, CaseLoad, StudentCounts, StudentPanel};
use liaison_app::{CommandError, Progress, groups, onboarding, students};
use liaison_domain::Id;
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use std::collections::HashMap;
use tauri::State;
use tauri::ipc::Channel;

/// The panel of a student or alum.
#[tauri::command]
#[specta::specta]
pub async fn student_get(shell: State<'_, Shell>, id: Id) -> Result<StudentPanel, CommandError> {
    students::student_get(&shell.session()?, id).await
}

/// Adds a student or alum.
#[tauri::command]
#[specta::specta]
pub async fn student_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    students::student_create(&shell.session()?, &values).await
}

/// Edits a student or alum.
#[tauri::command]
#[specta::specta]
pub async fn student_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    students::student_edit(&shell.session()?, id, &edits).await
}

/// Deactivates accounts.
#[tauri::command]
#[specta::specta]
pub async fn students_deactivate(
    shell: State<'_, Shell>,
    selection: Selection,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    students::students_deactivate(&shell.session()?, &selection, &mut watch(progress)).await
}

/// Reactivates accounts.
#[tauri::command]
#[specta::specta]
pub async fn students_reactivate(
    shell: State<'_, Shell>,
    selection: Selection,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    students::students_reactivate(&shell.session()?, &selection, &mut watch(progress)).await
}

/// Assigns cases to a staff member, or to nobody.
#[tauri::command]
#[specta::specta]
pub async fn students_assign(
    shell: State<'_, Shell>,
    selection: Selection,
    to: Option<Id>,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    students::students_assign(&shell.session()?, &selection, to, &mut watch(progress)).await
}

/// What assigning cases would do: from whom they move, and how many each gets.
#[tauri::command]
#[specta::specta]
pub async fn students_assign_preview(
    shell: State<'_, Shell>,
    selection: Selection,
    to: Vec<Id>,
) -> Result<AssignPreview, CommandError> {
    students::students_assign_preview(&shell.session()?, &selection, &to).await
}

/// Spreads cases evenly among several staff members.
#[tauri::command]
#[specta::specta]
pub async fn students_spread(
    shell: State<'_, Shell>,
    selection: Selection,
    among: Vec<Id>,
    progress: Channel<Progress>,
) -> Result<Done, CommandError> {
    students::students_spread(&shell.session()?, &selection, &among, &mut watch(progress)).await
}

/// Staff by name, with how many cases each has.
#[tauri::command]
#[specta::specta]
pub async fn case_loads(shell: State<'_, Shell>, search: String) -> Result<Vec<CaseLoad>, CommandError> {
    students::case_loads(&shell.session()?, &search).await
}

/// The list "My caseload".
#[tauri::command]
#[specta::specta]
pub async fn my_caseload(shell: State<'_, Shell>) -> Result<ListQuery, CommandError> {
    Ok(students::my_caseload(&shell.session()?))
}

/// How many students each of the usual filters has.
#[tauri::command]
#[specta::specta]
pub async fn student_counts(shell: State<'_, Shell>) -> Result<StudentCounts, CommandError> {
    students::student_counts(&shell.session()?).await
}

/// The groups.
#[tauri::command]
#[specta::specta]
pub async fn groups_list(shell: State<'_, Shell>) -> Result<Vec<UserGroup>, CommandError> {
    groups::groups_list(&shell.session()?).await
}

/// Adds a group.
#[tauri::command]
#[specta::specta]
pub async fn group_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    groups::group_create(&shell.session()?, &values).await
}

/// Edits a group.
#[tauri::command]
#[specta::specta]
pub async fn group_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    groups::group_edit(&shell.session()?, id, &edits).await
}

/// Deletes a group; who is in it moves to another, or is in none.
#[tauri::command]
#[specta::specta]
pub async fn group_delete(shell: State<'_, Shell>, id: Id, instead: Option<Id>) -> Result<Done, CommandError> {
    groups::group_delete(&shell.session()?, id, instead).await
}

/// The onboarding questions, in their order.
#[tauri::command]
#[specta::specta]
pub async fn onboarding_list(shell: State<'_, Shell>) -> Result<Vec<OnboardingQuestion>, CommandError> {
    onboarding::onboarding_list(&shell.session()?).await
}

/// Adds a question.
#[tauri::command]
#[specta::specta]
pub async fn onboarding_create(
    shell: State<'_, Shell>,
    values: HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    onboarding::onboarding_create(&shell.session()?, &values).await
}

/// Edits a question.
#[tauri::command]
#[specta::specta]
pub async fn onboarding_edit(shell: State<'_, Shell>, id: Id, edits: Vec<FieldEdit>) -> Result<Done, CommandError> {
    onboarding::onboarding_edit(&shell.session()?, id, &edits).await
}

/// Puts the questions into another order.
#[tauri::command]
#[specta::specta]
pub async fn onboarding_reorder(shell: State<'_, Shell>, ids: Vec<Id>) -> Result<Done, CommandError> {
    onboarding::onboarding_reorder(&shell.session()?, &ids).await
}

/// Deletes a question that nobody answered.
#[tauri::command]
#[specta::specta]
pub async fn onboarding_delete(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    onboarding::onboarding_delete(&shell.session()?, id).await
}

/// Writes down what somebody answered; an empty answer takes it away.
#[tauri::command]
#[specta::specta]
pub async fn onboarding_answer(
    shell: State<'_, Shell>,
    student: Id,
    question: Id,
    answer: Vec<String>,
) -> Result<Done, CommandError> {
    onboarding::onboarding_answer(&shell.session()?, student, question, &answer).await
}
