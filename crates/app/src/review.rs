//! The pending queue: approve, reject, and what goes with it (M4–M10, M13).

use crate::error::CommandError;
use crate::lists;
use crate::lists::Selection;
use crate::progress::OnProgress;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use liaison_domain::journal::FieldChange;
use liaison_domain::review::{self, Decision, ReviewAction};
use liaison_domain::{Id, RecordKind, Value, contact, employer_user};
use liaison_store::links::LinkedByAlias;
use liaison_store::{Db, Sql, Statement, StoreError, table};
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
    /// Linked employer users it would change.
    pub users: u32,
    /// Linked employer users that can still log in afterwards.
    pub can_still_log_in: u32,
}

/// A contact with its linked users, as far as review needs them. An address has one user as a rule; two desks, or a
/// sync, may still have made two.
struct Case {
    n: i64,
    id: Id,
    approval: String,
    users: Vec<(i64, Id, review::LinkedUser)>,
}

/// A user's row number, the user, and what changes.
type UserChanges = (i64, Id, Vec<FieldChange>);

/// Reads cases by row number.
struct Cases<'d> {
    contact: Statement<'d>,
    by_alias: LinkedByAlias<'d>,
    user: Statement<'d>,
}

impl<'d> Cases<'d> {
    fn prepare(db: &'d Db<'d>) -> Result<Cases<'d>, StoreError> {
        Ok(Cases {
            contact: db.prepare(
                "SELECT c.id,c.approval,u.n,u.id,u.role,u.access,c.alias_keys FROM contact c
                    LEFT JOIN employer_user u ON u.email_key=c.email_key AND u.deleted_at IS NULL
                 WHERE c.n=? AND c.deleted_at IS NULL",
            )?,
            by_alias: LinkedByAlias::prepare(db)?,
            user: db.prepare("SELECT id,role,access FROM employer_user WHERE n=?")?,
        })
    }

    /// The contact in this row; `None` where it is gone.
    fn read(&mut self, row: u32) -> Result<Option<Case>, StoreError> {
        let statement = &mut self.contact;
        statement.bind(&[Sql::Int(i64::from(row))])?;
        let (mut case, mut aliases): (Option<Case>, String) = (None, String::new());
        while statement.step()? {
            let case = match &mut case {
                Some(case) => case,
                none => none.insert(Case {
                    n: i64::from(row),
                    id: id(statement, 0)?,
                    approval: statement.text(1).to_owned(),
                    users: Vec::new(),
                }),
            };
            match statement.optional_int(2) {
                Some(n) => case.users.push((n, id(statement, 3)?, standing(statement, 4))),
                None => aliases = statement.text(6).to_owned(),
            }
        }
        if let Some(case) = case.as_mut().filter(|case| case.users.is_empty()) {
            for n in self.by_alias.read(&aliases)? {
                let user = &mut self.user;
                user.bind(&[Sql::Int(n)])?;
                while user.step()? {
                    case.users.push((n, id(user, 0)?, standing(user, 1)));
                }
            }
        }
        Ok(case)
    }
}

fn id(row: &Statement<'_>, column: usize) -> Result<Id, StoreError> {
    Id::from_bytes(row.blob(column)).ok_or_else(|| StoreError::Damaged("an id".into()))
}

/// A user's role and access, in columns that follow each other.
fn standing(row: &Statement<'_>, first: usize) -> review::LinkedUser {
    review::LinkedUser { role: Id::from_bytes(row.blob(first)), access: row.int(first + 1) == 1 }
}

impl Case {
    /// What becomes of the contact, and of each of its users that changes.
    fn decide(&self, action: ReviewAction) -> (Option<&'static str>, Vec<UserChanges>) {
        let contact = action.decide(&self.approval, None).approval;
        let users = self.users.iter().filter_map(|(n, id, user)| {
            let changes = user_changes(&action.decide(&self.approval, Some(*user)), user);
            (!changes.is_empty()).then_some((*n, *id, changes))
        });
        (contact, users.collect())
    }
}

/// What a review action would do to the selected contacts.
pub async fn contacts_review_preview(
    session: &Session,
    selection: &Selection,
    action: ReviewAction,
) -> Result<ReviewPreview, CommandError> {
    action.permit(&session.actor())?;
    let rows = lists::selected(session, RecordKind::Contact, selection).await?;
    let preview = session.database().read(|db| {
        let mut preview = ReviewPreview::default();
        let mut cases = Cases::prepare(db)?;
        // A user linked with two of the contacts counts once, as it changes once.
        let (mut changed, mut can_log_in) = (HashSet::new(), HashSet::new());
        for row in rows {
            let Some(case) = cases.read(row)? else { continue };
            let (approval, users) = case.decide(action);
            let new = users.iter().filter(|(n, ..)| changed.insert(*n)).count() as u32;
            if approval.is_none() && new == 0 {
                preview.skipped += 1;
            } else {
                preview.contacts += 1;
            }
            preview.users += new;
            if !matches!(action, ReviewAction::RejectAndRevoke) {
                can_log_in.extend(case.users.iter().filter(|(.., user)| user.access).map(|(n, ..)| *n));
            }
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
            let name = session.database().read(|db| table::name_of(db, RecordKind::Role, role)).await?;
            name.ok_or_else(|| CommandError::not_found("role"))?
        }
        _ => String::new(),
    };
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    let total = rows.len() as u32;
    let ((), operation) = session
        .commit(Step::new(action.operation()).detail(detail), |recorder| {
            let mut cases = Cases::prepare(recorder.db())?;
            for (at, row) in rows.iter().enumerate() {
                session.report(progress, at as u32, total)?;
                let Some(case) = cases.read(*row)? else { continue };
                let (approval, users) = case.decide(action);
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
                    recorder.update(RecordKind::Contact, case.n, case.id, &[change])?;
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
