//! Employer user roles: what they permit in full, and what somebody with one sees of the portal (M30).

use crate::record::Record;
use crate::refusal::{Problem, Refusal};
use crate::value::Value;
use serde::Serialize;
use specta::Type;

pub use liaison_records::role::*;

/// What a set of keys permits in the portal, in the order of [`PortalPermission::ALL`]: the own account always, and
/// what a permission needs along with it. Keys that this version does not know permit nothing.
pub fn permitted<'k>(keys: impl IntoIterator<Item = &'k str>) -> Vec<PortalPermission> {
    let mut given: Vec<PortalPermission> = keys.into_iter().filter_map(PortalPermission::from_key).collect();
    given.push(PortalPermission::EditAccount);
    given.extend(given.clone().into_iter().filter_map(PortalPermission::needs));
    PortalPermission::ALL.into_iter().filter(|permission| given.contains(permission)).collect()
}

/// A part of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PortalArea {
    /// "My account".
    Account,
    /// The employer's page.
    Employer,
    /// The people at the employer.
    People,
    /// Jobs and internships.
    Jobs,
    /// Applications.
    Applications,
    /// Interview schedules.
    Interviews,
    /// Events.
    Events,
    /// Job fairs.
    Fairs,
    /// Students.
    Students,
}

/// How far somebody gets in a part of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// It is not there for them.
    Hidden,
    /// They look.
    Look,
    /// They do something there.
    Act,
}

/// A part of the portal, as somebody with a role finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Sight {
    /// The part.
    pub area: PortalArea,
    /// How far they get.
    pub reach: Reach,
}

/// "With this role, a person sees…": every part of the portal, and how far they get there. What is open to everybody who
/// logs in, the employer's page, jobs, events and job fairs, they see in any case.
pub fn sees(permissions: &[PortalPermission]) -> Vec<Sight> {
    use PortalPermission as P;
    let has = |permission: P| permissions.contains(&permission);
    let reach = |look: bool, act: bool| match (look, act) {
        (_, true) => Reach::Act,
        (true, false) => Reach::Look,
        (false, false) => Reach::Hidden,
    };
    [
        (PortalArea::Account, Reach::Act),
        (PortalArea::Employer, reach(true, has(P::EditEmployer))),
        (PortalArea::People, reach(has(P::ViewContactsOfEmployer), has(P::InviteColleagues))),
        (PortalArea::Jobs, reach(true, has(P::PostJobs))),
        (PortalArea::Applications, reach(has(P::ViewApplications), false)),
        (PortalArea::Interviews, reach(false, has(P::ManageInterviews))),
        (PortalArea::Events, reach(true, has(P::RegisterEvents))),
        (PortalArea::Fairs, reach(true, has(P::RegisterFairs))),
        (PortalArea::Students, reach(has(P::ViewStudents), has(P::MessageStudents))),
    ]
    .map(|(area, reach)| Sight { area, reach })
    .to_vec()
}

/// The role every employer user has after sign-up: what it permits can be changed, it can't be deleted or renamed (M30).
pub fn is_default(role: &Record) -> bool {
    role.get(&BUILT_IN).as_flag() && role.text(&NAME) == DEFAULT_ACCESS
}

/// What a role permits.
pub fn of(role: &Record) -> Vec<PortalPermission> {
    match role.get(&PERMISSIONS) {
        Value::List(keys) => permitted(keys.iter().map(String::as_str)),
        _ => permitted([]),
    }
}

/// What is gained and what is lost on the way from some permissions to others, each with what comes along.
pub fn difference(
    before: &[PortalPermission],
    after: &[PortalPermission],
) -> (Vec<PortalPermission>, Vec<PortalPermission>) {
    let full = |some: &[PortalPermission]| permitted(some.iter().map(|permission| permission.key()));
    let (before, after) = (full(before), full(after));
    let only = |some: &[PortalPermission], other: &[PortalPermission]| {
        some.iter().filter(|permission| !other.contains(permission)).copied().collect()
    };
    (only(&after, &before), only(&before, &after))
}

/// Writes down what a role permits in full: what comes with a permission is among them.
///
/// Refuses permissions that there are not.
pub fn complete(role: &mut Record) -> Result<(), Refusal> {
    if let Value::List(keys) = role.get(&PERMISSIONS)
        && keys.iter().any(|key| PortalPermission::from_key(key).is_none())
    {
        let choices = PortalPermission::ALL.iter().map(|permission| permission.key().to_owned()).collect();
        let problem = Problem::NotAChoice { choices };
        return Err(Refusal::of(PERMISSIONS.key, problem));
    }
    let keys = of(role).into_iter().map(|permission| permission.key().to_owned()).collect();
    role.set(&PERMISSIONS, Value::List(keys));
    Ok(())
}

/// Refuses to rename or delete the role that everybody has after sign-up.
pub fn check_change(before: &Record, after: &Record) -> Result<(), Refusal> {
    let field = match (is_default(before), after.is_deleted(), before.text(&NAME) == after.text(&NAME)) {
        (false, ..) | (true, false, true) => return Ok(()),
        (true, true, _) => "role",
        (true, false, false) => NAME.key,
    };
    Err(Refusal::of(field, Problem::NotEditable))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::DELETED_AT;
    use crate::id::Id;
    use crate::kind::RecordKind;
    use proptest::prelude::*;

    #[test]
    fn every_role_edits_the_own_account_and_the_example_no_more() {
        assert_eq!(permitted([]), [PortalPermission::EditAccount]);
        assert_eq!(permitted(["nonsense"]), permitted(["edit_account"]));
        assert!(permitted(["message_students"]).contains(&PortalPermission::ViewStudents));
        let acts: Vec<_> = sees(&permitted([])).into_iter().filter(|sight| sight.reach == Reach::Act).collect();
        assert_eq!(acts.iter().map(|sight| sight.area).collect::<Vec<_>>(), [PortalArea::Account]);
        assert!(sees(&PortalPermission::ALL).iter().all(|sight| sight.reach != Reach::Hidden));
    }

    #[test]
    fn a_difference_counts_what_comes_along() {
        use PortalPermission as P;
        let (gained, lost) = difference(&[P::PostJobs], &[P::MessageStudents]);
        assert_eq!((gained, lost), (vec![P::ViewStudents, P::MessageStudents], vec![P::PostJobs]));
        assert_eq!(difference(&[P::EditAccount], &[]), (vec![], vec![]), "every role has it");
    }

    #[test]
    fn the_role_after_sign_up_is_not_renamed_or_deleted() {
        let mut role = Record::blank(RecordKind::Role, Id::from_parts(1, [1; 10]));
        role.set(&NAME, DEFAULT_ACCESS);
        role.set(&BUILT_IN, true);
        let mut after = role.clone();
        after.set(&PERMISSIONS, Value::List(vec!["post_jobs".into()]));
        complete(&mut after).expect("known permissions");
        assert_eq!(check_change(&role, &after), Ok(()), "what it permits can be changed");
        for change in [(&NAME, Value::from("Other")), (&DELETED_AT, Value::Moment(1))] {
            let mut after = role.clone();
            after.set(change.0, change.1.clone());
            assert!(check_change(&role, &after).is_err());
            role.set(&NAME, DENIED_ACCESS);
            assert_eq!(check_change(&role, &after), Ok(()), "the example can");
            role.set(&NAME, DEFAULT_ACCESS);
        }
    }

    proptest! {
        /// More permissions never take anything away, and each opens something.
        #[test]
        fn permissions_only_open(given in proptest::sample::subsequence(PortalPermission::ALL.to_vec(), 0..=11),
                                 more in proptest::sample::select(PortalPermission::ALL.to_vec())) {
            let keys: Vec<&str> = given.iter().map(|p| p.key()).collect();
            let before = sees(&permitted(keys.iter().copied()));
            let after = sees(&permitted(keys.iter().copied().chain([more.key()])));
            prop_assert!(before.iter().zip(&after).all(|(before, after)| before.reach <= after.reach));
            let alone = sees(&permitted([more.key()]));
            prop_assert!(more == PortalPermission::EditAccount || alone != sees(&permitted([])));
        }
    }
}
