//! Archiving a contact, in one of four ways, and reviving it (M22–M27, M32, B3). Archiving never touches a user (M23).

use crate::access::Actor;
use crate::contact::{self, APPROVED, CAREER_ADVISORS, MYSELF, REJECTED, STUDENTS};
use crate::edit;
use crate::field::Field;
use crate::id::Id;
use crate::journal::FieldChange;
use crate::permission::Permission;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::review::{Decision, LinkedUser};
use crate::value::Value;
use serde::{Deserialize, Serialize};
use specta::Type;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

/// How a contact is archived, and accordingly revived.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Type,
    EnumCount,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ArchiveWay {
    /// Its employer becomes the record called "Inactive" (M24), and students no longer see it.
    Employer,
    /// Only its owner sees it from then on: "Myself" (M25).
    Visibility,
    /// The attributes "Inactive" and "Do not email" are set (M26), and students no longer see it.
    Attribute,
    /// It is rejected and its data frozen (M27).
    Reject,
}

impl ArchiveWay {
    /// Every way.
    pub const ALL: [ArchiveWay; ArchiveWay::COUNT] = *ArchiveWay::VARIANTS.first_chunk().expect("as many as there are");

    /// The key, on the wire and on the command line.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The way with this key.
    pub fn from_key(key: &str) -> Option<ArchiveWay> {
        key.parse().ok()
    }

    /// Refuses unless the actor may archive and revive in this way, `many` at once.
    pub fn permit(self, actor: &Actor, many: bool) -> Result<(), Refusal> {
        actor.require(Permission::EditContacts)?;
        if many {
            actor.require(Permission::BulkUpdate)?;
        }
        if self == ArchiveWay::Reject { actor.require(Permission::ReviewContacts) } else { Ok(()) }
    }
}

/// What archiving and reviving work with.
#[derive(Clone, Debug)]
pub struct Means {
    /// The employer called "Inactive".
    pub inactive: Id,
    /// The attributes that mean "Inactive" and "Do not email".
    pub marks: Vec<&'static Field>,
    /// Who acts: becomes the owner of a contact without one that only its owner shall see.
    pub actor: Id,
}

/// What archives a contact. Empty where it is archived in this way already; refused where its data is frozen.
pub fn archive(contact: &Record, way: ArchiveWay, means: &Means) -> Result<Vec<FieldChange>, Refusal> {
    let rejected = contact.text(&contact::APPROVAL) == REJECTED;
    if way == ArchiveWay::Reject {
        return Ok(if rejected { Vec::new() } else { changes([contact.change(&contact::APPROVAL, REJECTED)]) });
    }
    edit::frozen(contact)?;
    let hidden = || {
        let seen = contact.text(&contact::VISIBILITY) == STUDENTS;
        seen.then(|| contact.change(&contact::VISIBILITY, CAREER_ADVISORS)).flatten()
    };
    Ok(match way {
        ArchiveWay::Employer => changes([contact.change(&contact::EMPLOYER, means.inactive), hidden()]),
        ArchiveWay::Visibility => {
            let ownerless = contact.get(&contact::OWNER).is_empty();
            let owner = ownerless.then(|| contact.change(&contact::OWNER, means.actor)).flatten();
            changes([contact.change(&contact::VISIBILITY, MYSELF), owner])
        }
        ArchiveWay::Attribute => {
            let marks = means.marks.iter().map(|mark| contact.change(mark, true));
            changes(marks.chain([hidden()]))
        }
        ArchiveWay::Reject => Vec::new(),
    })
}

/// Whether a contact is archived in this way.
pub fn is_archived(contact: &Record, way: ArchiveWay, means: &Means) -> bool {
    match way {
        ArchiveWay::Employer => contact.get(&contact::EMPLOYER).as_reference() == Some(means.inactive),
        ArchiveWay::Visibility => contact.text(&contact::VISIBILITY) == MYSELF,
        ArchiveWay::Attribute => means.marks.iter().any(|mark| contact.get(mark).as_flag()),
        ArchiveWay::Reject => contact.text(&contact::APPROVAL) == REJECTED,
    }
}

/// Where a revived contact comes back to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Return {
    /// The employer: the previous one, or another one.
    pub employer: Option<Id>,
    /// The visibility: the one before it was archived, or a chosen one. `None` leaves it as it is.
    pub visibility: Option<&'static str>,
}

/// Why a contact is not revived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRevived {
    /// It is not archived in this way.
    NotArchived,
    /// It is rejected; only approving it again revives it.
    Frozen,
    /// Nobody knows its previous employer, and none was chosen.
    NoEmployer,
}

/// What revives a contact that was archived in this way.
pub fn revive(contact: &Record, way: ArchiveWay, to: &Return, means: &Means) -> Result<Vec<FieldChange>, NotRevived> {
    let approval = contact.text(&contact::APPROVAL);
    let seen = || to.visibility.and_then(|visibility| contact.change(&contact::VISIBILITY, visibility));
    if !is_archived(contact, way, means) {
        return Err(NotRevived::NotArchived);
    }
    if way == ArchiveWay::Reject {
        return Ok(changes([contact.change(&contact::APPROVAL, APPROVED), seen()]));
    }
    if approval == REJECTED {
        return Err(NotRevived::Frozen);
    }
    Ok(match way {
        ArchiveWay::Employer => {
            let employer = to.employer.ok_or(NotRevived::NoEmployer)?;
            changes([contact.change(&contact::EMPLOYER, employer), seen()])
        }
        ArchiveWay::Visibility => {
            changes([contact.change(&contact::VISIBILITY, to.visibility.unwrap_or(CAREER_ADVISORS))])
        }
        ArchiveWay::Attribute => {
            let marked = means.marks.iter().filter(|mark| contact.get(mark).as_flag());
            changes(marked.map(|mark| contact.change(mark, Value::Empty)).chain([seen()]))
        }
        ArchiveWay::Reject => Vec::new(),
    })
}

fn changes(changes: impl IntoIterator<Item = Option<FieldChange>>) -> Vec<FieldChange> {
    changes.into_iter().flatten().collect()
}

/// What becomes of the access of a person who left; leaving it as it is, is `None` wherever this is asked (B3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum AccessStep {
    /// "User Can Access Your Site" is turned off (M14).
    TurnOff,
    /// The user gets another role, for example "Denied Access Role" (M29).
    Role {
        /// The role.
        role: Id,
    },
}

impl AccessStep {
    /// What it changes for this user.
    pub fn decide(self, user: &LinkedUser) -> Decision {
        match self {
            AccessStep::TurnOff => Decision { access: user.access.then_some(false), ..Decision::default() },
            AccessStep::Role { role } => {
                Decision { role: (user.role != Some(role)).then_some(role), ..Decision::default() }
            }
        }
    }
}

/// What archiving took from a user, and nobody has given back since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Access was turned off.
    pub access: bool,
    /// The role was changed; this is the one before.
    pub role: Option<Id>,
}

/// What gives a user back what archiving took. Somebody who is revived `alone` can log in again also where access was
/// off before: whoever asks for it means this person.
pub fn give_back(user: &LinkedUser, taken: &Taken, alone: bool) -> Decision {
    Decision {
        access: (!user.access && (taken.access || alone)).then_some(true),
        role: taken.role.filter(|role| user.role != Some(*role)),
        ..Decision::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{FieldGroup, FieldType};
    use crate::kind::RecordKind;
    use proptest::prelude::*;

    static MARKS: [Field; 2] = [
        Field::new(1000, "a1000", "Do not email", FieldGroup::Attributes, FieldType::Flag),
        Field::new(1001, "a1001", "Inactive", FieldGroup::Attributes, FieldType::Flag),
    ];

    fn id(n: u8) -> Id {
        Id::from_parts(1, [n; 10])
    }

    fn means() -> Means {
        Means { inactive: id(9), marks: MARKS.iter().collect(), actor: id(8) }
    }

    fn any_way() -> impl Strategy<Value = ArchiveWay> {
        (0usize..4).prop_map(|index| ArchiveWay::ALL[index])
    }

    fn any_contact() -> impl Strategy<Value = Record> {
        let employer = prop::option::of(prop_oneof![Just(9u8), 1u8..4]);
        (0usize..3, 0usize..3, employer, any::<[bool; 3]>()).prop_map(|(approval, visibility, employer, flags)| {
            let mut record = Record::blank(RecordKind::Contact, id(7));
            record.set(&contact::APPROVAL, contact::APPROVALS[approval]);
            record.set(&contact::VISIBILITY, contact::VISIBILITIES[visibility]);
            record.set(&contact::EMPLOYER, employer.map_or(Value::Empty, |employer| id(employer).into()));
            for (mark, set) in MARKS.iter().zip(flags) {
                if set {
                    record.set(mark, true);
                }
            }
            if flags[2] {
                record.set(&contact::OWNER, id(3));
            }
            record
        })
    }

    proptest! {
        /// Archiving twice is archiving once; a rejected contact is not touched by any other way, and nobody becomes
        /// visible to more people.
        #[test]
        fn archiving_hides(contact in any_contact(), way in any_way()) {
            let rank = |record: &Record| contact::VISIBILITIES.iter().position(|v| *v == record.text(&contact::VISIBILITY));
            match archive(&contact, way, &means()) {
                Err(refusal) => {
                    prop_assert_eq!(refusal, Refusal::Frozen);
                    prop_assert_eq!(contact.text(&contact::APPROVAL), REJECTED);
                    prop_assert_ne!(way, ArchiveWay::Reject);
                }
                Ok(changes) => {
                    let mut after = contact.clone();
                    after.apply(&changes);
                    prop_assert!(rank(&after) <= rank(&contact));
                    prop_assert!(archive(&after, way, &means()).is_ok_and(|again| again.is_empty()));
                    prop_assert_eq!(contact.text(&contact::APPROVAL) == after.text(&contact::APPROVAL), way != ArchiveWay::Reject || changes.is_empty());
                }
            }
        }

        /// Reviving where it was before gives the contact back as it was.
        #[test]
        fn reviving_takes_archiving_back(contact in any_contact(), way in any_way()) {
            let Ok(changes) = archive(&contact, way, &means()) else { return Ok(()) };
            let was = |field: &Field| changes.iter().find(|c| c.field == field.number).map(|c| c.before.clone());
            let before = |choices: &[&'static str], value: Value| choices.iter().copied().find(|c| *c == value.as_text());
            let to = Return {
                employer: was(&contact::EMPLOYER).and_then(|value| value.as_reference()),
                visibility: was(&contact::VISIBILITY).and_then(|value| before(contact::VISIBILITIES, value)),
            };
            let mut after = contact.clone();
            after.apply(&changes);
            let revived = revive(&after, way, &to, &means());
            match revived {
                Ok(back) => {
                    after.apply(&back);
                    prop_assert!(matches!(revive(&after, way, &to, &means()), Err(NotRevived::NotArchived)));
                    // What had been so before somebody archived it comes back, too; what was pending comes back approved.
                    let untouched = !changes.is_empty() && contact.text(&contact::APPROVAL) == APPROVED
                        && !MARKS.iter().any(|mark| contact.get(mark).as_flag()) && !contact.get(&contact::OWNER).is_empty();
                    if untouched {
                        prop_assert_eq!(after, contact);
                    }
                }
                Err(why) => prop_assert_eq!(why, NotRevived::NoEmployer, "an employer was never known"),
            }
        }
    }

    #[test]
    fn only_what_was_taken_is_given_back() {
        let off = LinkedUser { role: Some(id(2)), access: false };
        let taken = Taken { access: true, role: Some(id(1)) };
        let back = Decision { access: Some(true), role: Some(id(1)), ..Decision::default() };
        assert_eq!(give_back(&off, &taken, false), back);
        assert!(give_back(&off, &Taken::default(), false).changes_nothing(), "off for a reason of its own");
        let on = Decision { access: Some(true), ..Decision::default() };
        assert_eq!(give_back(&off, &Taken::default(), true), on);
        let user = LinkedUser { role: Some(id(1)), access: true };
        assert!(give_back(&user, &taken, true).changes_nothing());
    }

    #[test]
    fn access_is_a_switch_of_its_own() {
        let user = LinkedUser { role: Some(id(1)), access: true };
        assert_eq!(AccessStep::TurnOff.decide(&user), Decision { access: Some(false), ..Decision::default() });
        assert_eq!(
            AccessStep::Role { role: id(2) }.decide(&user),
            Decision { role: Some(id(2)), ..Decision::default() }
        );
        assert!(AccessStep::Role { role: id(1) }.decide(&user).changes_nothing());
        assert!(AccessStep::TurnOff.decide(&LinkedUser { access: false, ..user }).changes_nothing());
    }
}
