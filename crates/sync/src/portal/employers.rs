//! What employer users do in the portal for their employer: register for events and job fairs. Which of it, their role
//! decides; whom they name waits in the queue, or is linked and stays as they are.

use super::{Asked, OF_NEW_CONTACT, Step, is_of_portal};
use crate::document::{Document, Documents, Key};
use liaison_domain::arrival::{self, Place};
use liaison_domain::field::CREATED_AT;
use liaison_domain::publication::{self, Published, published};
use liaison_domain::replication::{Content, LinkedOperation};
use liaison_domain::role::{self, PortalPermission};
use liaison_domain::{
    Field, FieldType, Id, OperationKind, Record, RecordKind, contact, employer_user, participation,
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

/// What the rights to these operations depend on: the role of whoever acts, and what the records that change refer to.
pub(super) fn asked(operation: &LinkedOperation, documents: &Documents) -> HashSet<Key> {
    debug_assert!(is_of_portal(operation));
    let mut keys = HashSet::new();
    let reference = |kind: RecordKind, id: Id, field: &Field, to: RecordKind| {
        let document = documents.get(kind.into(), id)?;
        document.value(field.number).as_reference().map(|id| (to as u8, id))
    };
    let actor = operation.operation.actor;
    keys.extend(reference(RecordKind::EmployerUser, actor, &employer_user::ROLE, RecordKind::Role));
    for change in &operation.changes {
        let Some(kind) = change.kind.known().filter(|kind| {
            matches!(kind, RecordKind::Participation | RecordKind::InterviewSchedule | RecordKind::JobListing)
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
            (OperationKind::PortalRegister, RecordKind::Participation, false) => self.changes_part(change, &permissions),
            (OperationKind::PortalRegister, RecordKind::Contact, true) => {
                self.is_own_contact(change) || self.is_named_on(change, RecordKind::Participation, &user)
            }
            _ => false,
        }
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
        change.fields.iter().all(|field| {
            field.field == by.number || OF_NEW_CONTACT.iter().any(|of| of.number == field.field)
        }) && person.get(&by).as_reference() == Some(self.actor)
    }

    /// Somebody whom an employer user names: pending, from there, at the user's employer, and visible to no student.
    fn is_named_on(&self, change: &Asked, kind: RecordKind, user: &Record) -> bool {
        let person = &change.after;
        let part = self.changes.iter().map(|change| &change.after).find(|part| {
            part.kind == kind && part.get(&participation::CONTACT).as_reference() == Some(person.id)
        });
        let source = part.and_then(|part| {
            let place = Place::Part(participation::PARTS.iter().find(|known| **known == part.text(&participation::PART))?);
            let on = [(&participation::EVENT, RecordKind::Event), (&participation::INTERVIEW_SCHEDULE, RecordKind::InterviewSchedule)];
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
