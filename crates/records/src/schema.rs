//! Which fields each kind of record has: what the modules of the kinds declare, put together.

use crate::field::{Field, FieldType};
use crate::kind::RecordKind;
use crate::{
    attribute, distinct_pair, email, employment, event, experience, interview_schedule, job_listing, label, meeting,
    participation, saved_view, task,
};
use crate::{contact, employer, employer_user, note, organization, role};
use crate::{invitation, mail_template, onboarding_answer, onboarding_question, staff_role, student, user_group};

impl RecordKind {
    /// The fields of this kind; the field with number `n` is at index `n - 1`.
    pub fn fields(self) -> &'static [&'static Field] {
        match self {
            RecordKind::Contact => contact::FIELDS,
            RecordKind::Employer => employer::FIELDS,
            RecordKind::EmployerUser => employer_user::FIELDS,
            RecordKind::Role => role::FIELDS,
            RecordKind::Note => note::FIELDS,
            RecordKind::Staff => organization::STAFF_FIELDS,
            RecordKind::Institution => organization::INSTITUTION_FIELDS,
            RecordKind::Task => task::FIELDS,
            RecordKind::Meeting => meeting::FIELDS,
            RecordKind::Event => event::FIELDS,
            RecordKind::Participation => participation::FIELDS,
            RecordKind::InterviewSchedule => interview_schedule::FIELDS,
            RecordKind::JobListing => job_listing::FIELDS,
            RecordKind::Experience => experience::FIELDS,
            RecordKind::Email => email::FIELDS,
            RecordKind::Employment => employment::FIELDS,
            RecordKind::Attribute => attribute::FIELDS,
            RecordKind::Label => label::FIELDS,
            RecordKind::SavedView => saved_view::FIELDS,
            RecordKind::DistinctPair => distinct_pair::FIELDS,
            RecordKind::Student => student::FIELDS,
            RecordKind::UserGroup => user_group::FIELDS,
            RecordKind::OnboardingQuestion => onboarding_question::FIELDS,
            RecordKind::OnboardingAnswer => onboarding_answer::FIELDS,
            RecordKind::StaffRole => staff_role::FIELDS,
            RecordKind::Invitation => invitation::FIELDS,
            RecordKind::MailTemplate => mail_template::FIELDS,
        }
    }

    /// Fields that are computed from other records: number 0, no place in a record, never edited or imported.
    pub fn computed_fields(self) -> &'static [&'static Field] {
        match self {
            RecordKind::Contact => &[&contact::ACCESS, &contact::LAST_HEARD, &contact::LAST_LOG_IN],
            RecordKind::Employer => &[&employer::CONTACTS, &employer::USERS, &employer::LAST_CONTACT],
            RecordKind::EmployerUser => &[&employer_user::CONTACT],
            RecordKind::Participation => &[&participation::EMPLOYER, &participation::EMAIL],
            RecordKind::Student => &[&student::STATUS],
            _ => &[],
        }
    }

    /// The field with this key, stored or computed, if the kind has one.
    pub fn field(self, key: &str) -> Option<&'static Field> {
        self.fields().iter().chain(self.computed_fields()).copied().find(|field| field.key == key)
    }

    /// The field with this number, if this version of the program knows it.
    pub fn field_numbered(self, number: u16) -> Option<&'static Field> {
        self.fields().get(usize::from(number).checked_sub(1)?).copied()
    }

    /// The fields, of any kind, that refer to records of this kind.
    pub fn referring(self) -> impl Iterator<Item = (RecordKind, &'static Field)> {
        RecordKind::ALL.into_iter().flat_map(move |kind| {
            let fields = kind.fields().iter().copied();
            fields.filter(move |field| field.field_type == FieldType::Reference { kind: self }).map(move |f| (kind, f))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Numbered;
    use std::collections::HashSet;

    #[test]
    fn field_numbers_are_their_place_and_keys_are_unique() {
        for kind in RecordKind::ALL {
            let mut keys = HashSet::new();
            for (index, field) in kind.fields().iter().enumerate() {
                assert_eq!(usize::from(field.number), index + 1, "{kind:?}.{} has the number of its place", field.key);
                assert!(keys.insert(field.key), "{kind:?}.{} is declared twice", field.key);
            }
            assert_eq!(kind.fields()[0].key, "deleted_at", "every kind can be deleted and restored");
            assert_eq!(kind.fields()[1].key, "created_at", "every kind knows its beginning");
            assert_eq!(RecordKind::from_number(kind as u8), Some(kind));
            assert_eq!(Numbered::<RecordKind>::of(kind as u8), Numbered::Known(kind));
        }
    }
}
