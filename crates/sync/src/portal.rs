//! What an operation of the institution's portal may do. It is asked of what it changes, like those of desks; but whoever
//! takes the step is an employer user, a student or an alum, and writes little: the account that comes into being, the
//! contact it makes, and what the person may say of themselves. A mistake in a page can't write more.

use crate::document::{Documents, Key};
use crate::permit::{Denied, as_record};
use liaison_domain::auto_sync::OF_USER;
use liaison_domain::field::{ATTRIBUTE_FIRST, CREATED_AT};
use liaison_domain::replication::{Content, LinkedOperation};
use liaison_domain::{
    Field, FieldChange, Id, OperationKind, Record, RecordKind, Value, activation, arrival, attribute, contact, email,
    employer, employer_user, experience, invitation, name, role, student, task,
};
use std::collections::HashSet;

/// What whoever signs up says of themselves, and what follows from it.
const OF_NEW_USER: &[&Field] = &[
    &CREATED_AT,
    &employer_user::FIRST_NAME,
    &employer_user::LAST_NAME,
    &employer_user::EMAIL,
    &employer_user::EMPLOYER,
    &employer_user::ROLE,
    &employer_user::ACCESS,
    &employer_user::TITLE,
    &employer_user::WORK_PHONE,
];

/// What a contact has that comes by signing up.
const OF_NEW_CONTACT: &[&Field] = &[
    &CREATED_AT,
    &contact::FIRST_NAME,
    &contact::LAST_NAME,
    &contact::EMAIL,
    &contact::EMPLOYER,
    &contact::TITLE,
    &contact::WORK_PHONE,
    &contact::SOURCE,
    &contact::APPROVAL,
    &contact::VISIBILITY,
    &contact::AUTO_SYNC,
];

/// What an employer has that somebody names who signs up.
const OF_NEW_EMPLOYER: &[&Field] = &[&CREATED_AT, &employer::NAME, &employer::WEBSITE];

/// What a student says of an experience.
const OF_EXPERIENCE: &[&Field] = &[
    &CREATED_AT,
    &experience::TITLE,
    &experience::STUDENT,
    &experience::STUDENT_EMAIL,
    &experience::TYPE,
    &experience::SUPERVISOR,
    &experience::EMPLOYER,
    &experience::STARTS_ON,
    &experience::ENDS_ON,
    &experience::STATUS,
    &experience::DESCRIPTION,
];

/// What a student says of a task.
const OF_TASK: &[&Field] = &[
    &CREATED_AT,
    &task::TITLE,
    &task::DESCRIPTION,
    &task::DUE_ON,
    &task::DONE,
    &task::STUDENT,
    &task::ABOUT_STUDENT,
    &task::CONTACT,
];

/// What an employer user may change of the own account.
pub const OF_ACCOUNT: &[&Field] =
    &[&employer_user::FIRST_NAME, &employer_user::LAST_NAME, &employer_user::TITLE, &employer_user::WORK_PHONE];

/// What people do in the portal.
pub const KINDS: &[OperationKind] = &[
    OperationKind::PortalSignUp,
    OperationKind::PortalActivate,
    OperationKind::PortalAccount,
    OperationKind::PortalReport,
    OperationKind::PortalTask,
    OperationKind::PortalUnsubscribe,
    OperationKind::MailBounced,
    OperationKind::PortalSeen,
    OperationKind::PortalAddress,
];

/// The records that the rights to operations of the portal depend on, beside those they change: whoever acts, and what
/// new accounts refer to; of invitations, as far as they are loaded, to whom they went.
pub fn asked(batch: &[LinkedOperation], documents: &Documents) -> HashSet<Key> {
    let mut keys = HashSet::new();
    for operation in batch.iter().filter(|operation| is_of_portal(operation)) {
        let actor = operation.operation.actor;
        keys.extend([(RecordKind::EmployerUser as u8, actor), (RecordKind::Student as u8, actor)]);
        for change in &operation.changes {
            if change.kind.known() == Some(RecordKind::Invitation) {
                let sent = documents.get(change.kind, change.record);
                let to = sent.and_then(|sent| sent.value(invitation::CONTACT.number).as_reference());
                keys.extend(to.map(|contact| (RecordKind::Contact as u8, contact)));
            }
            let Content::Fields { fields, .. } = change.content(operation.operation.kind) else { continue };
            let references = |field: &Field, to: RecordKind| {
                let of_field = fields.iter().find(|change| change.field == field.number);
                of_field.and_then(|change| change.after.as_reference()).map(|id| (to as u8, id))
            };
            if change.kind.known() == Some(RecordKind::EmployerUser) {
                keys.extend(references(&employer_user::ROLE, RecordKind::Role));
                keys.extend(references(&employer_user::EMPLOYER, RecordKind::Employer));
            }
        }
    }
    keys
}

fn is_of_portal(operation: &LinkedOperation) -> bool {
    let kind = operation.operation.kind.known();
    kind.is_some_and(|kind| KINDS.contains(&kind))
}

/// Refuses what the portal may not write in the name of whoever acts.
pub fn permit(operation: &LinkedOperation, documents: &Documents) -> Result<(), Denied> {
    let Some(kind) = operation.operation.kind.known().filter(|_| is_of_portal(operation)) else {
        return Err(Denied::Nobody);
    };
    let mut changes = Vec::new();
    for change in &operation.changes {
        let (Some(of), Content::Fields { created, fields }) =
            (change.kind.known(), change.content(operation.operation.kind))
        else {
            return Err(Denied::Nobody);
        };
        let before = documents.get(of.into(), change.record).map(|document| as_record(of, change.record, document));
        let mut after = before.clone().unwrap_or_else(|| Record::blank(of, change.record));
        after.apply(&fields);
        changes.push(Asked { created, fields, before, after });
    }
    let step = Step { kind, actor: operation.operation.actor, changes: &changes, documents };
    if changes.iter().all(|change| step.permits(change)) { Ok(()) } else { Err(Denied::Nobody) }
}

struct Asked {
    created: bool,
    fields: Vec<FieldChange>,
    before: Option<Record>,
    after: Record,
}

impl Asked {
    fn only(&self, fields: &[&Field]) -> bool {
        self.fields.iter().all(|change| fields.iter().any(|field| field.number == change.field))
    }
}

struct Step<'a> {
    kind: OperationKind,
    actor: Id,
    changes: &'a [Asked],
    documents: &'a Documents,
}

impl Step<'_> {
    fn permits(&self, change: &Asked) -> bool {
        use OperationKind::{
            MailBounced, PortalAccount, PortalActivate, PortalAddress, PortalReport, PortalSeen, PortalSignUp,
            PortalTask, PortalUnsubscribe,
        };
        let after = &change.after;
        match (self.kind, after.kind, change.created) {
            (PortalSignUp | PortalActivate, RecordKind::EmployerUser, true) => {
                after.id == self.actor && change.only(OF_NEW_USER) && self.is_new_user(after)
            }
            (PortalSignUp, RecordKind::Contact, true) => change.only(OF_NEW_CONTACT) && self.is_new_contact(after),
            (PortalSignUp, RecordKind::Employer, true) => change.only(OF_NEW_EMPLOYER),
            (PortalSignUp, RecordKind::Contact, false) => self.waits_again(change),
            (PortalActivate, RecordKind::EmployerUser, false) => {
                after.id == self.actor && change.only(&[&employer_user::NOT_ACTIVATED]) && self.may_log_in(change)
            }
            (PortalActivate, RecordKind::Student, false) => {
                after.id == self.actor
                    && change.only(&[&student::ACTIVATED_AT])
                    && change.before.as_ref().is_some_and(|before| {
                        !before.is_deleted()
                            && before.get(&student::DEACTIVATED_AT).is_empty()
                            && before.get(&student::ACTIVATED_AT).is_empty()
                    })
            }
            (PortalActivate, RecordKind::Invitation, false) => {
                change.only(&[&invitation::USED_AT]) && self.is_own(after)
            }
            (PortalAccount, RecordKind::EmployerUser, false) => {
                after.id == self.actor && change.only(OF_ACCOUNT) && self.may_log_in(change)
            }
            (PortalAccount, RecordKind::Contact, false) => {
                let followed: Vec<&Field> = OF_USER.iter().map(|(_, to)| *to).collect();
                let follows = change.before.as_ref().is_some_and(liaison_domain::auto_sync::follows);
                change.only(&followed) && follows && self.has_address_of_actor(after)
            }
            (PortalReport, RecordKind::Employer, true) => change.only(OF_NEW_EMPLOYER),
            (PortalReport, RecordKind::Experience, true) => {
                change.only(OF_EXPERIENCE) && self.student().is_some_and(|student| has_address(after, &student))
            }
            (PortalTask, RecordKind::Task, true) => {
                change.only(OF_TASK)
                    && after.get(&task::ABOUT_STUDENT).as_reference() == Some(self.actor)
                    && self.student().is_some()
            }
            (PortalSeen, RecordKind::EmployerUser, false) => change.only(&[&employer_user::LAST_LOG_IN]),
            (PortalSeen, RecordKind::Student, false) => change.only(&[&student::LAST_LOG_IN]),
            (PortalAddress, RecordKind::EmployerUser, false) => {
                after.id == self.actor && change.only(&[&employer_user::EMAIL]) && self.may_log_in(change)
            }
            (PortalAddress, RecordKind::Contact, false) => {
                let follows = change.before.as_ref().is_some_and(liaison_domain::auto_sync::follows);
                change.only(&[&contact::EMAIL, &contact::FORMER_EMAILS]) && follows && self.has_address_of_actor(after)
            }
            (PortalUnsubscribe | MailBounced, ..) => self.is_about_mail(change),
            (PortalReport, RecordKind::Contact, true) => self.is_named(change, "experiential_learning_supervisor"),
            (PortalTask, RecordKind::Contact, true) => self.is_named(change, "task"),
            _ => false,
        }
    }

    /// Somebody asks for no more news or wants them again, or mail to them came back: that is all it says of them. A contact
    /// has an attribute for the one, which comes into being where staff took it away.
    fn is_about_mail(&self, change: &Asked) -> bool {
        let (after, bounced) = (&change.after, self.kind == OperationKind::MailBounced);
        let is_actor = after.id == self.actor && !change.created;
        let is_mark = |field: &FieldChange| {
            let is_flag = |value: &Value| value.is_empty() || matches!(value, Value::Flag(_));
            field.field >= ATTRIBUTE_FIRST && is_flag(&field.before) && is_flag(&field.after)
        };
        match after.kind {
            RecordKind::Contact if bounced => is_actor && change.only(&[&contact::BOUNCED_AT]),
            RecordKind::Student if bounced => is_actor && change.only(&[&student::BOUNCED_AT]),
            RecordKind::Email if bounced => {
                let to = [&email::CONTACT, &email::STUDENT].map(|field| after.get(field).as_reference());
                to.contains(&Some(self.actor))
                    && change.only(&[&email::DIRECTION])
                    && after.text(&email::DIRECTION) == email::BOUNCED
            }
            RecordKind::Student => is_actor && change.only(&[&student::DO_NOT_EMAIL]),
            RecordKind::Contact => is_actor && change.fields.iter().all(is_mark),
            RecordKind::Attribute => change.created && after.text(&attribute::MEANING) == attribute::DO_NOT_EMAIL,
            _ => false,
        }
    }

    /// The student or alum who acts, with an account that is active.
    fn student(&self) -> Option<Record> {
        let student = self.record(RecordKind::Student, self.actor)?;
        let is_open = !student.is_deleted()
            && student.get(&student::DEACTIVATED_AT).is_empty()
            && !student.get(&student::ACTIVATED_AT).is_empty();
        is_open.then_some(student)
    }

    /// Somebody whom a student names: pending, from there, and visible to no student.
    fn is_named(&self, change: &Asked, source: &str) -> bool {
        let person = &change.after;
        let named = change.fields.iter().all(|field| {
            field.field == contact::ADDED_BY.number || OF_NEW_CONTACT.iter().any(|of| of.number == field.field)
        });
        named
            && person.text(&contact::SOURCE) == source
            && person.text(&contact::APPROVAL) == contact::PENDING
            && person.text(&contact::VISIBILITY) == contact::CAREER_ADVISORS
            && self.student().is_some()
    }

    /// Access, and the role that everybody has at first, or another one that the portal may give: none.
    fn is_new_user(&self, user: &Record) -> bool {
        let role = user.get(&employer_user::ROLE).as_reference();
        let role = role.and_then(|id| self.record(RecordKind::Role, id));
        let employer = user.get(&employer_user::EMPLOYER).as_reference();
        let is_known = employer.is_none_or(|id| self.record(RecordKind::Employer, id).is_some_and(|e| !e.is_deleted()));
        role.is_some_and(|role| role::is_default(&role) && !role.is_deleted())
            && user.get(&employer_user::ACCESS).as_flag()
            && is_known
    }

    /// It waits in the queue, students don't see it, and it is the person who signs up.
    fn is_new_contact(&self, person: &Record) -> bool {
        person.text(&contact::SOURCE) == arrival::SIGN_UP
            && person.text(&contact::APPROVAL) == contact::PENDING
            && person.text(&contact::VISIBILITY) == contact::CAREER_ADVISORS
            && self.has_address_of_actor(person)
    }

    /// Whoever was rejected and signs up anew waits again (M32).
    fn waits_again(&self, change: &Asked) -> bool {
        let was = change.before.as_ref().map(|before| before.text(&contact::APPROVAL));
        was == Some(contact::REJECTED)
            && change.only(&[&contact::APPROVAL])
            && change.after.text(&contact::APPROVAL) == contact::PENDING
            && self.has_address_of_actor(&change.after)
    }

    fn may_log_in(&self, change: &Asked) -> bool {
        change.before.as_ref().is_some_and(|before| employer_user::log_in(before).is_ok())
    }

    /// The invitation went to whoever acts: to the student, or to the contact that the user is linked with.
    fn is_own(&self, sent: &Record) -> bool {
        let to_student = sent.get(&invitation::STUDENT).as_reference() == Some(self.actor);
        let to_contact = sent.get(&invitation::CONTACT).as_reference();
        let to_contact = to_contact.and_then(|id| self.record(RecordKind::Contact, id));
        !sent.get(&invitation::USED_AT).is_empty()
            && (to_student || to_contact.is_some_and(|contact| self.has_address_of_actor(&contact)))
    }

    fn has_address_of_actor(&self, person: &Record) -> bool {
        let Some(user) = self.record(RecordKind::EmployerUser, self.actor) else { return false };
        let key = name::email_key(user.text(&employer_user::EMAIL));
        !key.is_empty()
            && (name::email_key(activation::address(person)) == key || contact::alias_keys(person).contains(&key))
    }

    /// A record as the operation leaves it.
    fn record(&self, kind: RecordKind, id: Id) -> Option<Record> {
        let changed = self.changes.iter().find(|change| change.after.kind == kind && change.after.id == id);
        let kept = || self.documents.get(kind.into(), id).map(|document| as_record(kind, id, document));
        changed.map(|change| change.after.clone()).or_else(kept)
    }
}

/// Whether an experience is that of a student.
fn has_address(reported: &Record, student: &Record) -> bool {
    let key = name::email_key(reported.text(&experience::STUDENT_EMAIL));
    !key.is_empty() && key == name::email_key(student.text(&student::EMAIL))
}

#[cfg(test)]
mod tests;
