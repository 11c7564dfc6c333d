//! An operation of the portal as rights to it are asked: what changes, by whom, and what is there.

use crate::document::Documents;
use crate::permit::as_record;
use liaison_domain::field::CREATED_AT;
use liaison_domain::{
    Field, FieldChange, Id, OperationKind, Record, RecordKind, activation, arrival, contact, employer, employer_user,
    name, student,
};

/// What a contact has that comes by signing up.
pub(super) const OF_NEW_CONTACT: &[&Field] = &[
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

/// What an employer user may change of the employer's page.
pub const OF_EMPLOYERS_PAGE: &[&Field] = &[
    &employer::WEBSITE,
    &employer::PHONE,
    &employer::INDUSTRY,
    &employer::STREET,
    &employer::CITY,
    &employer::REGION,
    &employer::POSTAL_CODE,
    &employer::COUNTRY,
    &employer::LINKEDIN,
];

/// A change that is asked for.
pub(super) struct Asked {
    pub(super) created: bool,
    pub(super) fields: Vec<FieldChange>,
    pub(super) before: Option<Record>,
    pub(super) after: Record,
}

impl Asked {
    /// Whether it changes this field.
    pub(super) fn has(&self, field: &Field) -> bool {
        self.fields.iter().any(|change| change.field == field.number)
    }

    /// Whether it changes these fields only.
    pub(super) fn only(&self, fields: &[&Field]) -> bool {
        self.fields.iter().all(|change| fields.iter().any(|field| field.number == change.field))
    }
}

/// An operation of the portal, and what is there.
pub(super) struct Step<'a> {
    pub(super) kind: OperationKind,
    pub(super) actor: Id,
    pub(super) changes: &'a [Asked],
    pub(super) documents: &'a Documents,
}

impl Step<'_> {
    /// The student or alum who acts, with an account that is active.
    pub(super) fn student(&self) -> Option<Record> {
        let student = self.record(RecordKind::Student, self.actor)?;
        let is_open = !student.is_deleted()
            && student.get(&student::DEACTIVATED_AT).is_empty()
            && !student.get(&student::ACTIVATED_AT).is_empty();
        is_open.then_some(student)
    }

    /// It waits in the queue, students don't see it, and it is the person who signs up.
    pub(super) fn is_new_contact(&self, person: &Record) -> bool {
        person.text(&contact::SOURCE) == arrival::SIGN_UP
            && person.text(&contact::APPROVAL) == contact::PENDING
            && person.text(&contact::VISIBILITY) == contact::CAREER_ADVISORS
            && self.has_address_of_actor(person)
    }

    pub(super) fn has_address_of_actor(&self, person: &Record) -> bool {
        let Some(user) = self.record(RecordKind::EmployerUser, self.actor) else { return false };
        let key = name::email_key(user.text(&employer_user::EMAIL));
        !key.is_empty()
            && (name::email_key(activation::address(person)) == key || contact::alias_keys(person).contains(&key))
    }

    /// A record as the operation leaves it.
    pub(super) fn record(&self, kind: RecordKind, id: Id) -> Option<Record> {
        let changed = self.changes.iter().find(|change| change.after.kind == kind && change.after.id == id);
        let kept = || self.documents.get(kind.into(), id).map(|document| as_record(kind, id, document));
        changed.map(|change| change.after.clone()).or_else(kept)
    }
}
