//! The access and the role that archiving took from the employer users of a contact, which reviving it gives back (B3).

use crate::review::user_changes;
use liaison_domain::archive::{Taken, give_back};
use liaison_domain::field::DELETED_AT;
use liaison_domain::review::{Decision, LinkedUser};
use liaison_domain::{Id, OperationKind, Record, RecordKind, employer_user};
use liaison_store::table::Located;
use liaison_store::{Db, Recorder, StoreError, journal, links, table};

/// The employer users linked with a contact: one as a rule; two desks, or a sync, may still have made two.
pub(crate) fn users_of(db: &Db<'_>, contact: &Record) -> Result<Vec<Located>, StoreError> {
    let linked = links::users_of(db, contact)?;
    linked.into_iter().map(|(_, id)| table::get(db, RecordKind::EmployerUser, id)).collect()
}

/// What archives a contact and touches the access of its users.
const TAKING: &[OperationKind] = &[OperationKind::ContactsPersonLeft, OperationKind::ContactsRejectAndRevoke];

/// A user who would get something back.
pub(crate) struct Regaining {
    user: Located,
    standing: LinkedUser,
    pub(crate) decision: Decision,
    /// Archiving took it; access that was off before is given only to somebody who is revived alone.
    pub(crate) was_taken: bool,
}

/// The linked users of a contact who would get back access or a role.
pub(crate) fn regaining(db: &Db<'_>, contact: &Record, alone: bool) -> Result<Vec<Regaining>, StoreError> {
    let mut found = Vec::new();
    for user in users_of(db, contact)? {
        let standing = LinkedUser {
            role: user.record.get(&employer_user::ROLE).as_reference(),
            access: user.record.get(&employer_user::ACCESS).as_flag(),
        };
        let taken = taken(db, &user.record)?;
        let decision = give_back(&standing, &taken, alone);
        if !decision.changes_nothing() {
            let was_taken = !give_back(&standing, &taken, false).changes_nothing();
            found.push(Regaining { user, standing, decision, was_taken });
        }
    }
    Ok(found)
}

/// Gives the linked users of a contact back what archiving took. How many users that changed.
pub(crate) fn give_access_back(recorder: &mut Recorder<'_>, contact: &Record, alone: bool) -> Result<u32, StoreError> {
    let found = regaining(recorder.db(), contact, alone)?;
    for Regaining { user, standing, decision, .. } in &found {
        let changes = user_changes(decision, standing);
        recorder.update(RecordKind::EmployerUser, user.n, user.record.id, &changes)?;
    }
    Ok(found.len() as u32)
}

fn taken(db: &Db<'_>, user: &Record) -> Result<Taken, StoreError> {
    let access = journal::last_change_in(db, user.id, employer_user::ACCESS.number, TAKING)?
        .is_some_and(|change| !change.after.as_flag() && change.after == *user.get(&employer_user::ACCESS));
    let role = journal::last_change_in(db, user.id, employer_user::ROLE.number, TAKING)?
        .filter(|change| change.after == *user.get(&employer_user::ROLE))
        .and_then(|change| change.before.as_reference());
    let is_there = |role: &Id| -> Result<bool, StoreError> {
        Ok(table::find(db, RecordKind::Role, *role)?.is_some_and(|found| found.record.get(&DELETED_AT).is_empty()))
    };
    let role = match role {
        Some(role) if is_there(&role)? => Some(role),
        _ => None,
    };
    Ok(Taken { access, role })
}
