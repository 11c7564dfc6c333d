//! Who works with a student or alum: everybody who manages users, and whose case it is (M38).
//!
//! What is about a student (notes, tasks, meetings, answers, invitations) is written by those who may work with the
//! student; what is about a contact by those who edit contacts; what is about both by those who may both.

use crate::access::Actor;
use crate::field::Field;
use crate::id::Id;
use crate::kind::RecordKind;
use crate::permission::Permission;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::{invitation, meeting, note, onboarding_answer, student, task};

/// The field of a kind that says which student or alum its records are about.
pub fn about(kind: RecordKind) -> Option<&'static Field> {
    match kind {
        RecordKind::Note => Some(&note::STUDENT),
        RecordKind::Task => Some(&task::ABOUT_STUDENT),
        RecordKind::Meeting => Some(&meeting::STUDENT),
        RecordKind::OnboardingAnswer => Some(&onboarding_answer::STUDENT),
        RecordKind::Invitation => Some(&invitation::STUDENT),
        _ => None,
    }
}

/// The student or alum a record is about; itself, where it is one.
pub fn student_of(record: &Record) -> Option<Id> {
    match record.kind {
        RecordKind::Student => Some(record.id),
        kind => record.get(about(kind)?).as_reference(),
    }
}

/// Whether a student or alum is assigned to the actor.
pub fn is_own(actor: &Actor, student: &Record) -> bool {
    student.get(&student::ASSIGNED_TO).as_reference() == Some(actor.staff)
}

/// Refuses unless the actor may work with this student or alum.
pub fn permit(actor: &Actor, student: &Record) -> Result<(), Refusal> {
    if is_own(actor, student) && actor.may(Permission::WorkCases) {
        return Ok(());
    }
    actor.require(Permission::ManageUsers)
}

/// Refuses unless the actor may write this note, task or meeting, with the student or alum it is about, if it is about
/// one.
pub fn permit_activity(actor: &Actor, activity: &Record, student: Option<&Record>) -> Result<(), Refusal> {
    let of_contact = activity.kind.field("contact").is_some_and(|field| !activity.get(field).is_empty());
    if of_contact || student.is_none() {
        actor.require(Permission::EditContacts)?;
    }
    student.map_or(Ok(()), |student| permit(actor, student))
}

/// Refuses unless the actor may say that a task is done: whoever may write it, and, of one about a student or alum,
/// whose task it is.
pub fn permit_completion(actor: &Actor, task: &Record, student: Option<&Record>) -> Result<(), Refusal> {
    let is_mine = task.get(&task::ASSIGNEE).as_reference() == Some(actor.staff);
    if student.is_some() && is_mine && actor.may(Permission::WorkCases) {
        return Ok(());
    }
    permit_activity(actor, task, student)
}

/// Spreads cases evenly among some people: whose each becomes, by the number of the person. Each gets as many as the
/// others, or one more; what is left over goes to whoever has the fewest cases. `held` says for each case which of the
/// people has it already: who has one keeps it as far as their share goes. `cases` says how many each has beside these.
pub fn spread(held: &[Option<usize>], cases: &[u32]) -> Vec<usize> {
    let people = cases.len();
    if people == 0 {
        return Vec::new();
    }
    let mut by_load: Vec<usize> = (0..people).collect();
    by_load.sort_by_key(|person| (cases[*person], *person));
    let mut left = vec![held.len() / people; people];
    for person in by_load.iter().take(held.len() % people) {
        left[*person] += 1;
    }
    let mut given: Vec<Option<usize>> = held
        .iter()
        .map(|holder| {
            let share = left.get_mut((*holder)?)?;
            *share = share.checked_sub(1)?;
            *holder
        })
        .collect();
    for case in given.iter_mut().filter(|case| case.is_none()) {
        // The shares are as many as the cases: somebody has one left.
        if let Some(person) = by_load.iter().copied().max_by_key(|person| (left[*person], std::cmp::Reverse(*person))) {
            left[person] = left[person].saturating_sub(1);
            *case = Some(person);
        }
    }
    given.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::{Permissions, StaffRole};
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cases_are_spread_evenly_and_stay_where_they_can(
            (held, cases) in (1usize..6).prop_flat_map(|people| {
                (vec(proptest::option::of(0..people), 0..40), vec(0u32..50, people))
            }),
        ) {
            let given = spread(&held, &cases);
            prop_assert_eq!(given.len(), held.len());
            let count = |person: usize| given.iter().filter(|each| **each == person).count();
            let shares: Vec<usize> = (0..cases.len()).map(count).collect();
            let (least, most) = (shares.iter().min(), shares.iter().max());
            prop_assert!(most.zip(least).is_some_and(|(most, least)| most - least <= 1));
            for (person, share) in shares.iter().enumerate() {
                let had = held.iter().filter(|holder| **holder == Some(person)).count();
                let kept = held.iter().zip(&given).filter(|(had, has)| **had == Some(**has) && **has == person).count();
                prop_assert_eq!(kept, had.min(*share), "nobody loses a case for another of their own");
            }
            for (one, other) in (0..cases.len()).flat_map(|one| (0..cases.len()).map(move |other| (one, other))) {
                prop_assert!(shares[one] <= shares[other] || cases[one] <= cases[other], "what is left over goes to the fewest");
            }
        }
    }

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), [n; 10])
    }

    fn student_of_case(holder: Option<u8>) -> Record {
        let mut student = Record::blank(RecordKind::Student, id(9));
        if let Some(holder) = holder {
            student.set(&student::ASSIGNED_TO, id(holder));
        }
        student
    }

    #[test]
    fn advisors_work_with_their_own_cases_and_refer_the_others() {
        let advisor = Actor::with_role(id(1), StaffRole::Advisor);
        assert_eq!(permit(&advisor, &student_of_case(Some(1))), Ok(()));
        for other in [Some(2), None] {
            assert_eq!(permit(&advisor, &student_of_case(other)), Err(Refusal::Denied(Permission::ManageUsers)));
            let administrator = Actor::with_role(id(1), StaffRole::Administrator);
            assert_eq!(permit(&administrator, &student_of_case(other)), Ok(()), "the role says so");
        }
        let viewer = Actor::with_role(id(1), StaffRole::Viewer);
        assert!(permit(&viewer, &student_of_case(Some(1))).is_err(), "who only looks has cases, but changes nothing");
    }

    #[test]
    fn what_is_about_both_takes_both() {
        let own = student_of_case(Some(1));
        let mut task = Record::blank(RecordKind::Task, id(5));
        task.set(&task::ABOUT_STUDENT, own.id);
        assert_eq!(student_of(&task), Some(own.id));
        let only_cases = Actor { staff: id(1), permissions: Permissions::default().and(Permission::WorkCases) };
        let only_contacts = Actor { staff: id(1), permissions: Permissions::default().and(Permission::EditContacts) };
        assert_eq!(permit_activity(&only_cases, &task, Some(&own)), Ok(()));
        assert!(permit_activity(&only_contacts, &task, Some(&own)).is_err());
        task.set(&task::CONTACT, id(7));
        let both = Actor { permissions: only_cases.permissions.and(Permission::EditContacts), ..only_cases };
        assert_eq!(permit_activity(&only_cases, &task, Some(&own)), Err(Refusal::Denied(Permission::EditContacts)));
        assert_eq!(permit_activity(&both, &task, Some(&own)), Ok(()));
        let other = student_of_case(Some(2));
        assert!(permit_completion(&both, &task, Some(&other)).is_err());
        task.set(&task::ASSIGNEE, id(1));
        assert!(permit_activity(&both, &task, Some(&other)).is_err());
        assert_eq!(permit_completion(&both, &task, Some(&other)), Ok(()), "one’s own task is one’s own to tick");
        let mut note = Record::blank(RecordKind::Note, id(6));
        note.set(&note::CONTACT, id(7));
        assert_eq!(permit_activity(&only_contacts, &note, None), Ok(()));
        assert!(permit_activity(&only_cases, &note, None).is_err());
    }
}
