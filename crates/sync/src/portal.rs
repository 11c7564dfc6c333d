//! What an operation of the institution's portal may do. It is asked of what it changes, like those of desks; but whoever
//! takes the step is an employer user, a student or an alum, and writes little: the account that comes into being, the
//! contact it makes, and what the person may say of themselves. A mistake in a page can't write more.

mod employers;
mod mail;
mod step;
mod students;

use crate::document::{Documents, Key};
use crate::permit::{Denied, as_record};
use crate::portal::step::{Asked, OF_NEW_CONTACT, Step};
use liaison_domain::auto_sync::OF_USER;
use liaison_domain::field::CREATED_AT;
use liaison_domain::replication::{Content, LinkedOperation};
use liaison_domain::{
    Field, Id, OperationKind, Record, RecordKind, activation, contact, email_domain, employer, employer_match,
    employer_user, experience, invitation, name, role, student, task,
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

/// What an employer has that somebody names who signs up.
const OF_NEW_EMPLOYER: &[&Field] = &[&CREATED_AT, &employer::NAME, &employer::WEBSITE, &employer::CONFIRMATION];

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
    OperationKind::PortalRegister,
    OperationKind::PortalPost,
    OperationKind::PortalAnswer,
    OperationKind::PortalEmployer,
    OperationKind::PortalUnsubscribe,
    OperationKind::MailBounced,
    OperationKind::PortalSeen,
    OperationKind::PortalAddress,
];

pub use step::OF_EMPLOYERS_PAGE;

/// The records that the rights to operations of the portal depend on, beside those they change: whoever acts, and what
/// new accounts refer to; of invitations, as far as they are loaded, to whom they went.
pub fn asked(batch: &[LinkedOperation], documents: &Documents) -> HashSet<Key> {
    let mut keys = HashSet::new();
    for operation in batch.iter().filter(|operation| is_of_portal(operation)) {
        let actor = operation.operation.actor;
        keys.extend([(RecordKind::EmployerUser as u8, actor), (RecordKind::Student as u8, actor)]);
        keys.extend(employers::asked(operation, documents));
        keys.extend(students::asked(operation, documents));
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
            if change.kind.known() == Some(RecordKind::Contact) {
                keys.extend(references(&contact::EMPLOYER, RecordKind::Employer));
            }
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

impl Step<'_> {
    fn permits(&self, change: &Asked) -> bool {
        use OperationKind::{
            MailBounced, PortalAccount, PortalActivate, PortalAddress, PortalReport, PortalSeen, PortalSignUp,
            PortalTask, PortalUnsubscribe,
        };
        let after = &change.after;
        match (self.kind, after.kind, change.created) {
            (PortalSignUp | PortalActivate, RecordKind::EmployerUser, true) => {
                after.id == self.actor
                    && change.only(OF_NEW_USER)
                    && self.is_new_user(after)
                    && (self.kind == PortalSignUp || self.has_invitation())
            }
            (PortalSignUp, RecordKind::Contact, true) => self.is_signed_up(change) && self.is_new_contact(after),
            (PortalSignUp | PortalReport | PortalAccount, RecordKind::Employer, true) => {
                change.only(OF_NEW_EMPLOYER) && employer_match::is_claimed(after)
            }
            (PortalSignUp, RecordKind::Contact, false) => self.waits_again(change),
            // Somebody whom the career center knew already.
            (PortalSignUp, RecordKind::EmployerUser, false) => {
                after.id == self.actor && change.only(&[&employer_user::NOT_ACTIVATED]) && self.may_log_in(change)
            }
            (PortalAccount, RecordKind::EmployerUser, false) if change.has(&employer_user::EMPLOYER) => {
                after.id == self.actor
                    && change.only(&[&employer_user::EMPLOYER])
                    && self.chooses(change, &employer_user::EMPLOYER)
                    && self.may_log_in(change)
            }
            (PortalAccount, RecordKind::Contact, false) if change.has(&contact::EMPLOYER) => {
                change.only(&[&contact::EMPLOYER])
                    && self.chooses(change, &contact::EMPLOYER)
                    && after.text(&contact::APPROVAL) == contact::PENDING
                    && self.has_address_of_actor(after)
            }
            (PortalActivate, RecordKind::EmployerUser, false) => {
                after.id == self.actor && change.only(&[&employer_user::NOT_ACTIVATED]) && self.may_log_in(change)
            }
            (PortalActivate, RecordKind::Student, false) => {
                after.id == self.actor
                    && self.has_invitation()
                    && change.only(&[&student::ACTIVATED_AT])
                    && change.before.as_ref().is_some_and(|before| {
                        !before.is_deleted()
                            && before.get(&student::DEACTIVATED_AT).is_empty()
                            && before.get(&student::ACTIVATED_AT).is_empty()
                    })
            }
            (PortalActivate, RecordKind::Invitation, false) => {
                change.only(&[&invitation::USED_AT]) && self.is_own(change)
            }
            (PortalAccount, RecordKind::EmployerUser, false) => {
                after.id == self.actor && change.only(OF_ACCOUNT) && self.may_log_in(change)
            }
            (PortalAccount, RecordKind::Contact, false) => {
                let followed: Vec<&Field> = OF_USER.iter().map(|(_, to)| *to).collect();
                let follows = change.before.as_ref().is_some_and(liaison_domain::auto_sync::follows);
                change.only(&followed) && follows && self.has_address_of_actor(after)
            }
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
            (OperationKind::PortalAnswer, ..) => self.answers(change),
            _ => self.permits_employer(change),
        }
    }

    /// Somebody whom a student names: pending, from there, and visible to no student.
    fn is_named(&self, change: &Asked, source: &str) -> bool {
        let person = &change.after;
        let named = change.fields.iter().all(|field| {
            field.field == contact::ADDED_BY_STUDENT.number || OF_NEW_CONTACT.iter().any(|of| of.number == field.field)
        });
        named
            && person.text(&contact::SOURCE) == source
            && person.text(&contact::APPROVAL) == contact::PENDING
            && person.text(&contact::VISIBILITY) == contact::CAREER_ADVISORS
            && person.get(&contact::ADDED_BY_STUDENT).as_reference() == Some(self.actor)
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

    /// Whoever was rejected and signs up anew waits again (M32).
    fn waits_again(&self, change: &Asked) -> bool {
        let was = change.before.as_ref().map(|before| before.text(&contact::APPROVAL));
        was == Some(contact::REJECTED)
            && change.only(&[&contact::APPROVAL])
            && change.after.text(&contact::APPROVAL) == contact::PENDING
            && self.has_address_of_actor(&change.after)
    }

    /// Where there was no employer, one whose domain the actor's address is in, or one that the actor claims with this.
    fn chooses(&self, change: &Asked, field: &Field) -> bool {
        let had = change.before.as_ref().is_none_or(|before| !before.get(field).is_empty());
        let chosen = change.after.get(field).as_reference();
        let claims = self
            .changes
            .iter()
            .any(|other| other.created && other.after.kind == RecordKind::Employer && Some(other.after.id) == chosen);
        !had && (claims || chosen.is_some_and(|employer| self.works_at(employer)))
    }

    /// Whether the domain of the actor's address is one of an employer's.
    fn works_at(&self, employer: Id) -> bool {
        let user = self.record(RecordKind::EmployerUser, self.actor);
        let domain = user.and_then(|user| email_domain::of_address(user.text(&employer_user::EMAIL)).ok());
        let employer = self.record(RecordKind::Employer, employer);
        employer.zip(domain).is_some_and(|(employer, domain)| employer_match::domains(&employer).contains(&domain))
    }

    fn may_log_in(&self, change: &Asked) -> bool {
        change.before.as_ref().is_some_and(|before| employer_user::log_in(before).is_ok())
    }

    /// An account comes into being by an invitation of whoever acts, which is used up along with it.
    fn has_invitation(&self) -> bool {
        let mut used = self.changes.iter().filter(|change| change.after.kind == RecordKind::Invitation);
        used.any(|change| self.is_own(change))
    }

    /// The invitation went to whoever acts, to the student or to the contact that the user is linked with, at the address
    /// they have, and was neither used nor taken back.
    fn is_own(&self, change: &Asked) -> bool {
        let (Some(before), sent) = (&change.before, &change.after) else { return false };
        let at = name::email_key(sent.text(&invitation::ADDRESS));
        let to_student = sent.get(&invitation::STUDENT).as_reference() == Some(self.actor)
            && self
                .record(RecordKind::Student, self.actor)
                .is_some_and(|to| name::email_key(activation::address(&to)) == at);
        let to_contact = sent.get(&invitation::CONTACT).as_reference();
        let to_contact = to_contact.and_then(|id| self.record(RecordKind::Contact, id)).is_some_and(|contact| {
            name::email_key(activation::address(&contact)) == at && self.has_address_of_actor(&contact)
        });
        !at.is_empty()
            && !before.is_deleted()
            && before.get(&invitation::USED_AT).is_empty()
            && !sent.get(&invitation::USED_AT).is_empty()
            && (to_student || to_contact)
    }

    /// What whoever signs up says of themselves; or, where a colleague invited them, at the colleague's employer.
    fn is_signed_up(&self, change: &Asked) -> bool {
        let by = contact::ADDED_BY_USER;
        let said = change
            .fields
            .iter()
            .all(|field| field.field == by.number || OF_NEW_CONTACT.iter().any(|of| of.number == field.field));
        let inviter = change.after.get(&by).as_reference();
        let is_colleague = inviter.is_none_or(|id| {
            self.record(RecordKind::EmployerUser, id).is_some_and(|inviter| {
                let at = inviter.get(&employer_user::EMPLOYER);
                employer_user::log_in(&inviter).is_ok() && !at.is_empty() && at == change.after.get(&contact::EMPLOYER)
            })
        });
        said && is_colleague
    }
}

/// Whether an experience is that of a student.
fn has_address(reported: &Record, student: &Record) -> bool {
    let key = name::email_key(reported.text(&experience::STUDENT_EMAIL));
    !key.is_empty() && key == name::email_key(student.text(&student::EMAIL))
}

#[cfg(test)]
mod tests;
