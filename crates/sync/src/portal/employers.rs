//! What employer users do in the portal for their employer: register for events and job fairs, ask for interviews, post job
//! listings. Which of it, their role decides. What they post waits until staff have answered; whom they name waits in the
//! queue, or is linked and stays as they are.

use super::step::{Asked, OF_EMPLOYERS_PAGE, OF_NEW_CONTACT, Step};
use crate::document::{Document, Documents, Key};
use liaison_domain::arrival::{self, Place};
use liaison_domain::auto_sync::{self, OF_EMPLOYER};
use liaison_domain::field::CREATED_AT;
use liaison_domain::publication::{self, Published, published};
use liaison_domain::replication::{Content, LinkedOperation};
use liaison_domain::role::{self, PortalPermission};
use liaison_domain::{
    Field, FieldType, Id, OperationKind, Record, RecordKind, contact, employer_user, interview_schedule, job_listing,
    participation,
};
use std::collections::HashSet;

/// How somebody takes part.
const OF_PARTICIPATION: &[&Field] = &[
    &CREATED_AT,
    &participation::CONTACT,
    &participation::PART,
    &participation::EVENT,
    &participation::INTERVIEW_SCHEDULE,
    &participation::STATUS,
    &participation::REGISTERED_BY,
    &participation::NAMED,
];

/// What an employer says of interviews.
const OF_SCHEDULE: &[&Field] = &[
    &interview_schedule::TITLE,
    &interview_schedule::HELD_ON,
    &interview_schedule::LOCATION,
    &interview_schedule::SLOTS,
    &interview_schedule::DESCRIPTION,
    &interview_schedule::STATUS,
    &interview_schedule::NAMED,
];

/// And of a job listing.
const OF_LISTING: &[&Field] = &[
    &job_listing::TITLE,
    &job_listing::TYPE,
    &job_listing::CLOSES_ON,
    &job_listing::LOCATION,
    &job_listing::DESCRIPTION,
    &job_listing::URL,
    &job_listing::STATUS,
];

/// How postings of a kind are tied to who posts them, and which status they have until staff answered, and once they were
/// called off.
struct Posting {
    said: &'static [&'static Field],
    /// Said once, when it is posted.
    first: &'static [&'static Field],
    employer: &'static Field,
    contact: &'static Field,
    status: &'static Field,
    waits: &'static str,
    off: &'static str,
    takes: PortalPermission,
}

const SCHEDULE: Posting = Posting {
    said: OF_SCHEDULE,
    first: &[&CREATED_AT, &interview_schedule::TYPE, &interview_schedule::EMPLOYER, &interview_schedule::CONTACT],
    employer: &interview_schedule::EMPLOYER,
    contact: &interview_schedule::CONTACT,
    status: &interview_schedule::STATUS,
    waits: interview_schedule::REQUESTED,
    off: interview_schedule::CANCELLED,
    takes: PortalPermission::ManageInterviews,
};

const LISTING: Posting = Posting {
    said: OF_LISTING,
    first: &[&CREATED_AT, &job_listing::EMPLOYER, &job_listing::CONTACT],
    employer: &job_listing::EMPLOYER,
    contact: &job_listing::CONTACT,
    status: &job_listing::STATUS,
    waits: job_listing::SUBMITTED,
    off: job_listing::CLOSED,
    takes: PortalPermission::PostJobs,
};

/// What the rights to these operations depend on: the role of whoever acts, and what the records that change refer to.
pub(super) fn asked(operation: &LinkedOperation, documents: &Documents) -> HashSet<Key> {
    let mut keys = HashSet::new();
    let reference = |kind: RecordKind, id: Id, field: &Field, to: RecordKind| {
        let document = documents.get(kind.into(), id)?;
        document.value(field.number).as_reference().map(|id| (to as u8, id))
    };
    let actor = operation.operation.actor;
    keys.extend(reference(RecordKind::EmployerUser, actor, &employer_user::ROLE, RecordKind::Role));
    keys.extend(reference(RecordKind::EmployerUser, actor, &employer_user::EMPLOYER, RecordKind::Employer));
    for change in &operation.changes {
        let Some(kind) = change.kind.known().filter(|kind| {
            matches!(
                kind,
                RecordKind::Participation
                    | RecordKind::InterviewSchedule
                    | RecordKind::JobListing
                    | RecordKind::Contact
            )
        }) else {
            continue;
        };
        let before = documents.get(change.kind, change.record);
        let after = match change.content(operation.operation.kind) {
            Content::Fields { fields, .. } => fields,
            _ => Vec::new(),
        };
        for field in kind.fields() {
            let FieldType::Reference { kind: to } = field.field_type else { continue };
            let was = before.map(|before: &Document| before.value(field.number)).and_then(|was| was.as_reference());
            let is = after.iter().find(|change| change.field == field.number);
            let is = is.and_then(|change| change.after.as_reference());
            keys.extend([was, is].into_iter().flatten().map(|id| (to as u8, id)));
        }
    }
    keys
}

impl Step<'_> {
    /// What somebody at an employer may do beside the own account.
    pub(super) fn permits_employer(&self, change: &Asked) -> bool {
        let Some((user, permissions)) = self.employer_user() else { return false };
        let after = &change.after;
        match (self.kind, after.kind, change.created) {
            (OperationKind::PortalRegister, RecordKind::Participation, true) => {
                self.registers(change, &permissions) && self.is_registered_by(after)
            }
            (OperationKind::PortalRegister, RecordKind::Participation, false) => {
                self.changes_part(change, &permissions)
            }
            (OperationKind::PortalRegister, RecordKind::Contact, true) => {
                self.is_own_contact(change) || self.is_named_on(change, RecordKind::Participation, &user)
            }
            (OperationKind::PortalEmployer, RecordKind::Employer, false) => {
                change.only(OF_EMPLOYERS_PAGE) && self.edits_employer(after, (&user, &permissions))
            }
            (OperationKind::PortalEmployer, RecordKind::Contact, false) => {
                let followed: Vec<&Field> = OF_EMPLOYER.iter().map(|(_, to)| *to).collect();
                let of = after.get(&contact::EMPLOYER).as_reference();
                let of = of.and_then(|of| self.record(RecordKind::Employer, of));
                change.only(&followed)
                    && change.before.as_ref().is_some_and(auto_sync::follows)
                    && of.is_some_and(|of| self.edits_employer(&of, (&user, &permissions)))
            }
            (OperationKind::PortalPost, RecordKind::InterviewSchedule, created) => {
                self.posts(change, &SCHEDULE, created, (&user, &permissions))
            }
            (OperationKind::PortalPost, RecordKind::JobListing, created) => {
                self.posts(change, &LISTING, created, (&user, &permissions))
            }
            (OperationKind::PortalPost, RecordKind::Participation, created) => {
                self.interviews(change, created, (&user, &permissions))
            }
            (OperationKind::PortalPost, RecordKind::Contact, true) => {
                let posts = permissions.contains(&PortalPermission::ManageInterviews)
                    || permissions.contains(&PortalPermission::PostJobs);
                posts && (self.is_own_contact(change) || self.is_named_on(change, RecordKind::Participation, &user))
            }
            _ => false,
        }
    }

    /// It is the own employer, which the role permits to edit.
    fn edits_employer(&self, employer: &Record, (user, permissions): (&Record, &[PortalPermission])) -> bool {
        permissions.contains(&PortalPermission::EditEmployer)
            && !employer.is_deleted()
            && user.get(&employer_user::EMPLOYER).as_reference() == Some(employer.id)
    }

    /// Something that waits for staff is posted for the own employer, or what was posted for it is changed, so that it waits
    /// again, or called off.
    fn posts(
        &self,
        change: &Asked,
        of: &Posting,
        created: bool,
        (user, permissions): (&Record, &[PortalPermission]),
    ) -> bool {
        let after = &change.after;
        let is_own = |record: &Record| {
            let employer = record.get(of.employer);
            !employer.is_empty() && employer == user.get(&employer_user::EMPLOYER)
        };
        let is_said = change.fields.iter().all(|field| {
            let said = of.said.iter().any(|of| of.number == field.field);
            said || created && of.first.iter().any(|of| of.number == field.field)
        });
        let status = after.text(of.status);
        let (is_open, has_status) = match &change.before {
            None => {
                let contact = after.get(of.contact).as_reference();
                let contact = contact.and_then(|contact| self.record(RecordKind::Contact, contact));
                (contact.is_some_and(|contact| self.has_address_of_actor(&contact)), status == of.waits)
            }
            Some(before) => {
                let stays = change.fields.iter().all(|field| field.field == of.status.number);
                let is_open = publication::is_changeable(before) && is_own(before);
                (is_open, status == of.waits || stays && status == of.off)
            }
        };
        permissions.contains(&of.takes)
            && is_said
            && is_own(after)
            && is_open
            && has_status
            && created == change.before.is_none()
            && self.is_there(after, of.employer, RecordKind::Employer)
    }

    /// Somebody interviews on a schedule of the own employer, or, named by a user of it, no longer does.
    fn interviews(&self, change: &Asked, created: bool, (user, permissions): (&Record, &[PortalPermission])) -> bool {
        let part = &change.after;
        let schedule = part.get(&participation::INTERVIEW_SCHEDULE).as_reference();
        let schedule = schedule.and_then(|schedule| self.record(RecordKind::InterviewSchedule, schedule));
        let is_own = schedule.is_some_and(|schedule| {
            let employer = schedule.get(&interview_schedule::EMPLOYER);
            !schedule.is_deleted() && !employer.is_empty() && employer == user.get(&employer_user::EMPLOYER)
        });
        let status = part.text(&participation::STATUS);
        let is_said = if created {
            change.only(OF_PARTICIPATION)
                && part.get(&participation::EVENT).is_empty()
                && part.get(&participation::NAMED).is_empty()
                && part.text(&participation::PART) == participation::INTERVIEWER
                && status == participation::EXPECTED
                && self.is_registered_by(part)
                && self.is_there(part, &participation::CONTACT, RecordKind::Contact)
        } else {
            change.only(&[&participation::STATUS])
                && change.before.as_ref().is_some_and(|before| !before.is_deleted())
                && !part.get(&participation::REGISTERED_BY).is_empty()
                && [participation::EXPECTED, participation::CANCELLED].contains(&status)
        };
        permissions.contains(&PortalPermission::ManageInterviews) && is_own && is_said
    }

    /// The employer user who acts, with what the role permits. With a role that was deleted, that is the own account.
    fn employer_user(&self) -> Option<(Record, Vec<PortalPermission>)> {
        let user = self.record(RecordKind::EmployerUser, self.actor)?;
        employer_user::log_in(&user).ok()?;
        let role = user.get(&employer_user::ROLE).as_reference();
        let role = role.and_then(|role| self.record(RecordKind::Role, role)).filter(|role| !role.is_deleted());
        Some((user, role.as_ref().map(role::of).unwrap_or_default()))
    }

    fn is_registered_by(&self, part: &Record) -> bool {
        part.get(&participation::REGISTERED_BY).as_reference() == Some(self.actor)
    }

    /// Somebody comes to an event that employers see: whoever acts, or a person named along.
    fn registers(&self, change: &Asked, permissions: &[PortalPermission]) -> bool {
        let part = &change.after;
        let event = part.get(&participation::EVENT).as_reference();
        let event = event.and_then(|event| self.record(RecordKind::Event, event));
        let is_own = self.is_part_of_actor(part);
        event.is_some_and(|event| {
            let named = publication::part_of_named(&event);
            let as_what = part.text(&participation::PART);
            published(&event) >= Published::Employers
                && permissions.contains(&publication::permission_to_register(&event))
                && (as_what == named && !is_own || as_what == participation::REGISTERED && is_own)
        }) && change.only(OF_PARTICIPATION)
            && part.text(&participation::STATUS) == participation::EXPECTED
            && part.get(&participation::INTERVIEW_SCHEDULE).is_empty()
            && (is_own || part.get(&participation::NAMED).is_empty())
            && self.is_there(part, &participation::CONTACT, RecordKind::Contact)
    }

    /// Whoever acts, or somebody they registered, comes after all, or doesn't.
    fn changes_part(&self, change: &Asked, permissions: &[PortalPermission]) -> bool {
        let part = &change.after;
        let is_own = self.is_part_of_actor(part);
        let event = part.get(&participation::EVENT).as_reference();
        let event = event.and_then(|event| self.record(RecordKind::Event, event));
        let open: &[&Field] =
            if is_own { &[&participation::STATUS, &participation::NAMED] } else { &[&participation::STATUS] };
        change.before.as_ref().is_some_and(|before| !before.is_deleted())
            && change.only(open)
            && [participation::EXPECTED, participation::CANCELLED].contains(&part.text(&participation::STATUS))
            && event.is_some_and(|event| permissions.contains(&publication::permission_to_register(&event)))
            && (is_own || self.is_registered_by(part))
    }

    fn is_part_of_actor(&self, part: &Record) -> bool {
        let contact = part.get(&participation::CONTACT).as_reference();
        let contact = contact.and_then(|contact| self.record(RecordKind::Contact, contact));
        contact.is_some_and(|contact| self.has_address_of_actor(&contact))
    }

    fn is_there(&self, record: &Record, field: &Field, kind: RecordKind) -> bool {
        let named = record.get(field).as_reference();
        named.and_then(|id| self.record(kind, id)).is_some_and(|named| !named.is_deleted())
    }

    /// The contact of whoever acts, who had none: it waits like that of somebody who signs up.
    fn is_own_contact(&self, change: &Asked) -> bool {
        self.is_new(change) && self.is_new_contact(&change.after)
    }

    fn is_new(&self, change: &Asked) -> bool {
        let by = contact::ADDED_BY_USER;
        let person = &change.after;
        change
            .fields
            .iter()
            .all(|field| field.field == by.number || OF_NEW_CONTACT.iter().any(|of| of.number == field.field))
            && person.get(&by).as_reference() == Some(self.actor)
    }

    /// Somebody whom an employer user names: pending, from there, at the user's employer, and visible to no student.
    fn is_named_on(&self, change: &Asked, kind: RecordKind, user: &Record) -> bool {
        let person = &change.after;
        let part = self
            .changes
            .iter()
            .map(|change| &change.after)
            .find(|part| part.kind == kind && part.get(&participation::CONTACT).as_reference() == Some(person.id));
        let source = part.and_then(|part| {
            let place =
                Place::Part(participation::PARTS.iter().find(|known| **known == part.text(&participation::PART))?);
            let on = [
                (&participation::EVENT, RecordKind::Event),
                (&participation::INTERVIEW_SCHEDULE, RecordKind::InterviewSchedule),
            ];
            let on = on.iter().find_map(|(field, kind)| self.record(*kind, part.get(field).as_reference()?))?;
            Some(arrival::source(&on, place))
        });
        let employer = person.get(&contact::EMPLOYER);
        self.is_new(change)
            && source == Some(person.text(&contact::SOURCE))
            && arrival::waits(person.text(&contact::SOURCE))
            && person.text(&contact::APPROVAL) == contact::PENDING
            && person.text(&contact::VISIBILITY) == contact::CAREER_ADVISORS
            && (employer.is_empty() || employer == user.get(&employer_user::EMPLOYER))
    }
}

#[cfg(test)]
mod tests;
