//! How accounts come into being: by the link of an invitation (M36, M51), or by signing up (M11). The portal calls this.

use crate::invitees::People;
use liaison_domain::activation::{Found, Redeemed, redeem};
use liaison_domain::edit::draft;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{
    Id, OperationKind, Permission, Record, RecordKind, Value, activation, arrival, contact, employer_user, entry,
    invitation, role, student,
};
use liaison_engine::error::CommandError;
use liaison_engine::moment::ids;
use liaison_engine::records::check_record;
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_queries::{employer_users, invitations, roles};
use liaison_store::{Db, Recorder, StoreError, links, table};
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

/// What came of opening a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Activated {
    /// Whether the account is active now; if not, why.
    pub redeemed: Redeemed,
    /// The student or employer user whose account is active now.
    pub user: Option<Id>,
}

/// What came of signing up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SignUp {
    /// The new employer user.
    pub user: Id,
    /// The contact with the address: known before, or new and waiting in the queue.
    pub contact: Id,
    /// The contact is new.
    pub is_new: bool,
    /// The operation.
    pub operation: Id,
}

/// Opens the link of an invitation: the account is active afterwards, or it is said why not. A student's account is
/// activated; a contact becomes an employer user with the role "Default Access", or the login is activated that staff made
/// for it.
pub async fn invitation_redeem(session: &Session, token: &str) -> Result<Activated, CommandError> {
    session.actor().require(Permission::ManageUsers)?;
    let (now, hash) = (session.now(), activation::hash(token));
    let mut ids = ids(now);
    let moment = Value::Moment(now as i64);
    let work = |recorder: &mut Recorder<'_>| {
        let db = recorder.db();
        let unknown = Activated { redeemed: redeem(token, None, now as i64), user: None };
        let Some(id) = invitations::by_hash(db, &hash)? else { return Ok(unknown) };
        let sent = table::get(db, RecordKind::Invitation, id)?;
        let of_student = sent.record.get(&invitation::STUDENT).as_reference();
        let (kind, person) = match (of_student, sent.record.get(&invitation::CONTACT).as_reference()) {
            (Some(student), _) => (RecordKind::Student, student),
            (None, Some(contact)) => (RecordKind::Contact, contact),
            (None, None) => return Ok(unknown),
        };
        let person = table::get(db, kind, person)?;
        let person = People::prepare(db, kind)?.person(person.n, person.record)?;
        let superseded = invitations::is_superseded(db, kind, person.record.id, sent.n)?;
        let found = Found { invitation: &sent.record, person: &person.record, superseded, active: person.active };
        let redeemed = redeem(token, Some(&found), now as i64);
        if redeemed != Redeemed::Activated {
            return Ok(Activated { redeemed, user: None });
        }
        let used = sent.record.change(&invitation::USED_AT, moment.clone());
        recorder.update(RecordKind::Invitation, sent.n, id, used.as_slice())?;
        let user = match kind {
            RecordKind::Student => {
                let active = person.record.change(&student::ACTIVATED_AT, moment.clone());
                recorder.update(kind, person.n, person.record.id, active.as_slice())?;
                person.record.id
            }
            _ => {
                if let Some((n, made)) = links::users_of(db, &person.record)?.into_iter().next() {
                    let made = table::get(db, RecordKind::EmployerUser, made)?.record;
                    let active = made.change(&employer_user::NOT_ACTIVATED, Value::Empty);
                    recorder.update(RecordKind::EmployerUser, n, made.id, active.as_slice())?;
                    return Ok(Activated { redeemed, user: Some(made.id) });
                }
                let user = arrival::user_of(&person.record, ids.next_id(), now as i64, default_access(db)?);
                check_record(&session.view(db), &user)?;
                recorder.create(&user)?;
                user.id
            }
        };
        Ok(Activated { redeemed, user: Some(user) })
    };
    let (activated, _) = session.commit(Step::new(OperationKind::RecordsEdit), work).await?;
    Ok(activated)
}

/// Signs somebody up at `/hire`: `values` are fields of a contact, among them first name, last name and address. The
/// person can log in at once, with the role "Default Access" (M11). Who is a contact already, by the address or a
/// former one, is linked with that contact; anybody else becomes one and waits in the queue (M2, M45).
///
/// Errors: `Validation`, of `email` also where there is an account with the address.
pub async fn sign_up(session: &Session, values: &HashMap<String, FieldValue>) -> Result<SignUp, CommandError> {
    session.actor().require(Permission::ManageUsers)?;
    let now = session.now();
    let mut ids = ids(now);
    let work = |recorder: &mut Recorder<'_>| {
        let db = recorder.db();
        let values = values.iter().map(|(key, value)| (key.as_str(), value));
        let mut person = draft(db.registry(), RecordKind::Contact, ids.next_id(), now as i64, values)?;
        arrival::sign_up(&mut person);
        let user = arrival::user_of(&person, ids.next_id(), now as i64, default_access(db)?);
        check_free(db, &user)?;
        recorder.create(&user)?;
        // Which contact is linked, the rule of the links says, from the side of the user.
        if let Some(contact) = links::contact_of(db, user.id)? {
            return Ok((user.id, contact, false));
        }
        entry::complete(&mut person, &session.actor());
        check_record(&session.view(db), &person)?;
        recorder.create(&person)?;
        Ok((user.id, person.id, true))
    };
    let ((user, contact, is_new), operation) = session.commit(Step::new(OperationKind::RecordsCreate), work).await?;
    let operation = operation.ok_or_else(|| CommandError::not_found("operation"))?;
    Ok(SignUp { user, contact, is_new, operation })
}

/// The role everybody has after signing up.
fn default_access(db: &Db<'_>) -> Result<Id, StoreError> {
    roles::built_in(db, role::DEFAULT_ACCESS)?.ok_or(StoreError::NotFound("role"))
}

/// Refuses an address that another employer user logs in with.
pub fn check_free(db: &Db<'_>, user: &Record) -> Result<(), StoreError> {
    let key = liaison_domain::name::email_key(user.text(&employer_user::EMAIL));
    if !employer_users::has_address(db, &key)? {
        return Ok(());
    }
    // Whose account it is, is nobody's business who signs up.
    let field = contact::EMAIL.key.to_owned();
    Err(Refusal::of(field, Problem::NotFree).into())
}
