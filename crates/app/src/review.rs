//! The pending queue: approve, reject, and what goes with it (M4–M10, M13).

use crate::error::CommandError;
use crate::forms;
use crate::lists;
use crate::lists::Selection;
use crate::progress::OnProgress;
use crate::records;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use liaison_domain::edit::FieldEdit;
use liaison_domain::journal::FieldChange;
use liaison_domain::review::{self, Decision, ReviewAction};
use liaison_domain::{Id, OperationKind, Permission, RecordKind, Value, contact, employer_user};
use liaison_store::Recorder;
use liaison_store::links::{Reviewed, ReviewedByRow};
use serde::Serialize;
use specta::Type;
use std::collections::HashSet;

/// What a review action would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct ReviewPreview {
    /// Contacts it would change.
    pub contacts: u32,
    /// Contacts that are already so.
    pub skipped: u32,
    /// Contacts whose approval status it would change. The others it would change have users that change.
    pub decided: u32,
    /// Linked employer users it would change.
    pub users: u32,
    /// Linked employer users that have the role, or no access, already.
    pub users_already: u32,
    /// Linked employer users that can still log in afterwards.
    pub can_still_log_in: u32,
}

/// A user's row number, the user, and what changes.
type UserChanges = (i64, Id, Vec<FieldChange>);

/// What becomes of a contact, and of each of its users that changes.
fn decide(case: &Reviewed, action: ReviewAction) -> (Option<&'static str>, Vec<UserChanges>) {
    let contact = action.decide(&case.approval, None).approval;
    let users = case.users.iter().filter_map(|(n, id, user)| {
        let changes = user_changes(&action.decide(&case.approval, Some(*user)), user);
        (!changes.is_empty()).then_some((*n, *id, changes))
    });
    (contact, users.collect())
}

/// What a review action would do to the selected contacts.
pub async fn contacts_review_preview(
    session: &Session,
    selection: &Selection,
    action: ReviewAction,
) -> Result<ReviewPreview, CommandError> {
    action.permit(&session.actor())?;
    let rows = lists::selected(session, RecordKind::Contact, selection).await?;
    let preview = session.read(|view| {
        let mut preview = ReviewPreview::default();
        // Rows that were selected, which hidden ones are not among, with their users.
        let mut cases = ReviewedByRow::prepare(view.everything())?;
        // A user linked with two of the contacts counts once, as it changes once.
        let (mut changed, mut linked, mut can_log_in) = (HashSet::new(), HashSet::new(), HashSet::new());
        for row in rows {
            let Some(case) = cases.read(i64::from(row))? else { continue };
            let (approval, users) = decide(&case, action);
            let new = users.iter().filter(|(n, ..)| changed.insert(*n)).count() as u32;
            if approval.is_none() && new == 0 {
                preview.skipped += 1;
            } else {
                preview.contacts += 1;
            }
            preview.decided += u32::from(approval.is_some());
            preview.users += new;
            linked.extend(case.users.iter().map(|(n, ..)| *n));
            if !matches!(action, ReviewAction::RejectAndRevoke) {
                can_log_in.extend(case.users.iter().filter(|(.., user)| user.access).map(|(n, ..)| *n));
            }
        }
        if matches!(action, ReviewAction::ApproveAndAssign { .. } | ReviewAction::RejectAndRevoke) {
            preview.users_already = linked.len() as u32 - preview.users;
        }
        preview.can_still_log_in = can_log_in.len() as u32;
        Ok(preview)
    });
    Ok(preview.await?)
}

/// Approves or rejects the selected contacts, in one operation.
pub async fn contacts_review(
    session: &Session,
    selection: &Selection,
    action: ReviewAction,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    action.permit(&session.actor())?;
    session.begin_long_work();
    let rows = lists::selected(session, RecordKind::Contact, selection).await?;
    let detail = match action {
        ReviewAction::ApproveAndAssign { role } => {
            let name = session.read(|view| view.name_of(RecordKind::Role, role)).await?;
            name.ok_or_else(|| CommandError::not_found("role"))?
        }
        _ => String::new(),
    };
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    let total = rows.len() as u32;
    let ((), operation) = session
        .commit(Step::new(action.operation()).detail(detail), |recorder| {
            let mut cases = ReviewedByRow::prepare(recorder.db())?;
            for (at, row) in rows.iter().enumerate() {
                session.report(progress, at as u32, total)?;
                let Some(case) = cases.read(i64::from(*row))? else { continue };
                let (approval, users) = decide(&case, action);
                if approval.is_none() && users.is_empty() {
                    done.skipped += 1;
                    continue;
                }
                done.changed += 1;
                if let Some(approval) = approval {
                    let change = FieldChange {
                        field: contact::APPROVAL.number,
                        before: case.approval.as_str().into(),
                        after: approval.into(),
                    };
                    recorder.update(RecordKind::Contact, i64::from(*row), case.id, &[change])?;
                }
                done.users += users.len() as u32;
                for (n, id, changes) in users {
                    recorder.update(RecordKind::EmployerUser, n, id, &changes)?;
                }
            }
            session.report(progress, total, total)
        })
        .await?;
    done.operation = operation;
    Ok(done)
}

/// Edits fields of a contact and approves it, in one operation: a form that is refused approves nobody.
pub async fn contact_edit_and_approve(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    let actor = session.actor();
    actor.require(Permission::EditContacts)?;
    ReviewAction::Approve.permit(&actor)?;
    let work = |recorder: &mut Recorder<'_>| {
        let edited = records::edit_record(recorder, &session.viewer(), RecordKind::Contact, id, edits)?;
        let located = session.view(recorder.db()).live(RecordKind::Contact, id)?;
        let decision = ReviewAction::Approve.decide(located.record.text(&contact::APPROVAL), None);
        let Some(change) = decision.approval.and_then(|approval| located.record.change(&contact::APPROVAL, approval))
        else {
            return Ok(edited);
        };
        recorder.update(RecordKind::Contact, located.n, id, &[change])?;
        Ok(1)
    };
    forms::change_one(session, OperationKind::ContactsApprove, RecordKind::Contact, id, work).await
}

/// What a decision changes of a user.
pub(crate) fn user_changes(decision: &Decision, user: &review::LinkedUser) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    if let Some(role) = decision.role {
        let before = user.role.map_or(Value::Empty, Value::Reference);
        changes.push(FieldChange { field: employer_user::ROLE.number, before, after: role.into() });
    }
    if let Some(access) = decision.access {
        changes.push(FieldChange {
            field: employer_user::ACCESS.number,
            before: user.access.into(),
            after: access.into(),
        });
    }
    changes
}
