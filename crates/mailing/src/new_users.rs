//! Employer users whom staff add by hand: a login for a contact, or for somebody who becomes a contact with it (M22, M45).

use crate::invitations::{self, Inviting, check_free};
use crate::invitees::{self, People};
use crate::mail;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::reminder::{Sending, Withheld};
use liaison_domain::{Id, OperationKind, Permission, RecordKind, Value, arrival, employer_user, mail_template};
use liaison_engine::error::CommandError;
use liaison_engine::moment::ids;
use liaison_engine::records::{check_record, drafted};
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_queries::employers;
use liaison_store::{Recorder, StoreError, links, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashMap;

/// Whom a login is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum NewUser {
    /// A contact that is there; the login has its name, address, employer, title and phone.
    Contact {
        /// The contact.
        contact: Id,
    },
    /// Somebody else, who becomes a contact with it.
    Person {
        /// Fields of a contact, among them first name, last name and address.
        values: HashMap<String, FieldValue>,
    },
}

/// What came of adding a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct UserCreated {
    /// The employer user.
    pub user: Id,
    /// The linked contact, where whoever looks may see it.
    pub contact: Option<Id>,
    /// The contact came with the login.
    pub is_new: bool,
    /// An invitation with a link for choosing a password is in the outbox.
    pub invited: bool,
    /// Why there is none, where the portal's address is not the reason.
    pub withheld: Option<Withheld>,
    /// The operation.
    pub operation: Id,
}

/// Adds an employer user with this role, who can log in from now on. Who has the address of a contact, or one it had
/// before, is linked with that contact (M45); anybody else becomes an approved contact. In the same step an invitation
/// goes out with a link for choosing a password, where there is a portal that it can lead to; until the link was opened,
/// the login is not activated.
///
/// Errors: `Validation`, of `email` also where somebody logs in with the address already, and of `role` where there is
/// no such role.
pub async fn user_create(session: &Session, who: &NewUser, role: Id) -> Result<UserCreated, CommandError> {
    let actor = session.actor();
    actor.require(Permission::ManageAccess)?;
    if matches!(who, NewUser::Person { .. }) {
        actor.require(Permission::EditContacts)?;
    }
    let now = session.now();
    let mut ids = ids(now);
    let inviting = invitations::inviting(session, mail_template::CONTACT_INVITATION, now).await?;
    invitees::watch_clock(session).await?;
    let typed = match who {
        NewUser::Person { values } => Some(drafted(session, RecordKind::Contact, values, now)?),
        NewUser::Contact { .. } => None,
    };
    let work = |recorder: &mut Recorder<'_>| {
        let db = recorder.db();
        let view = session.view(db);
        if table::find(db, RecordKind::Role, role)?.is_none_or(|role| role.record.is_deleted()) {
            return Err(Refusal::of("role", Problem::UnknownReference).into());
        }
        let person = match (&typed, who) {
            (None, NewUser::Contact { contact }) => view.live(RecordKind::Contact, *contact)?.record,
            (Some(typed), _) => typed.clone(),
            (None, NewUser::Person { .. }) => return Err(StoreError::NotFound(RecordKind::Contact.key())),
        };
        let mut user = arrival::user_of(&person, ids.next_id(), now as i64, role);
        user.set(&employer_user::NOT_ACTIVATED, true);
        // Nobody acts for the employer that stands for having none (M24).
        if employers::inactive(db)?.is_some_and(|none| user.get(&employer_user::EMPLOYER).as_reference() == Some(none))
        {
            user.set(&employer_user::EMPLOYER, Value::Empty);
        }
        check_free(db, &user)?;
        check_record(&view, &user)?;
        recorder.create(&user)?;
        // Which contact is linked, the rule of the links says, from the side of the user.
        let linked = links::contact_of(db, user.id)?;
        let (contact, is_new) = match (linked, &typed) {
            (None, Some(person)) => {
                check_record(&view, person)?;
                recorder.create(person)?;
                (Some(person.id), true)
            }
            (linked, _) => (linked, false),
        };
        let (invited, withheld) = match (contact, &inviting) {
            (Some(contact), Some(inviting)) => invite(session, recorder, contact, inviting)?,
            _ => (false, None),
        };
        let seen = match contact {
            Some(contact) => session.view(db).name_of(RecordKind::Contact, contact)?.map(|_| contact),
            None => None,
        };
        // What withholds a message says something of the contact.
        let withheld = withheld.filter(|_| seen.is_some());
        Ok((user.id, seen, is_new, invited, withheld))
    };
    let ((user, contact, is_new, invited, withheld), operation) =
        session.commit(Step::new(OperationKind::RecordsCreate), work).await?;
    let operation = operation.ok_or_else(|| CommandError::not_found("operation"))?;
    if invited {
        mail::outbox_filled(session);
    }
    Ok(UserCreated { user, contact, is_new, invited, withheld, operation })
}

/// Puts the invitation of whoever got a login; whether it was, and if not, why.
fn invite(
    session: &Session,
    recorder: &mut Recorder<'_>,
    contact: Id,
    inviting: &Inviting,
) -> Result<(bool, Option<Withheld>), StoreError> {
    let (db, now) = (recorder.db(), session.now() as i64);
    let located = table::get(db, RecordKind::Contact, contact)?;
    let clock = invitees::wall_clock(session, db, now)?;
    let person = People::prepare(db, RecordKind::Contact)?.person(located.n, located.record)?;
    if let Some(reason) = person.withheld(Sending::Invitation, clock, now) {
        return Ok((false, Some(reason)));
    }
    inviting.begin(db)?.put(recorder, &person.record, person.last.as_ref())?;
    Ok((true, None))
}
