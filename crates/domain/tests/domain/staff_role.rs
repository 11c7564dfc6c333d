//! What staff roles permit in full, and what a change of one means.

use liaison_domain::permission::{Permission, Permissions};
use liaison_domain::role::Reach;
use liaison_domain::staff_role::{IN_GROUPS, PERMISSIONS, complete, complete_role, difference, sees};
use liaison_domain::{Id, Record, RecordKind, StaffRole, Value};
use proptest::prelude::*;

#[test]
fn every_permission_is_in_one_group() {
    let grouped: Vec<Permission> = IN_GROUPS.iter().flat_map(|(_, members)| members.iter().copied()).collect();
    assert_eq!(grouped.len(), Permission::ALL.len());
    assert!(Permission::ALL.iter().all(|permission| grouped.contains(permission)));
}

#[test]
fn a_role_says_in_full_what_it_permits() {
    let mut role = Record::blank(RecordKind::StaffRole, Id::from_parts(1, [1; 10]));
    complete_role(&mut role).expect("no permission is none that there is not");
    assert_eq!(role.get(&PERMISSIONS), &Value::List(vec!["view_contacts".into()]));
    role.set(&PERMISSIONS, Value::List(vec!["bulk_update".into()]));
    complete_role(&mut role).expect("known");
    let full = ["view_contacts", "edit_contacts", "bulk_update"].map(str::to_owned).to_vec();
    assert_eq!(role.get(&PERMISSIONS), &Value::List(full));
    role.set(&PERMISSIONS, Value::List(vec!["fly".into()]));
    assert!(complete_role(&mut role).is_err());
}

#[test]
fn administrators_act_everywhere_and_viewers_nowhere() {
    assert!(sees(Permissions::of(StaffRole::Administrator)).iter().all(|sight| sight.reach == Reach::Act));
    assert!(sees(Permissions::of(StaffRole::Viewer)).iter().all(|sight| sight.reach < Reach::Act));
}

proptest! {
    /// More permissions never take anything away.
    #[test]
    fn permissions_only_open(
        given in proptest::sample::subsequence(Permission::ALL.to_vec(), 0..=Permission::ALL.len()),
        more in proptest::sample::select(Permission::ALL.to_vec()),
    ) {
        let given: Permissions = given.into_iter().collect();
        let (before, after) = (sees(complete(given)), sees(complete(given.and(more))));
        prop_assert!(before.iter().zip(&after).all(|(before, after)| before.reach <= after.reach));
        prop_assert_eq!(complete(complete(given)), complete(given));
    }
}

proptest! {
    /// What is gained and lost leads from one set of permissions to the other.
    #[test]
    fn a_difference_leads_from_one_to_the_other(before: u32, after: u32) {
        let of = |bits: u32| -> Permissions {
            Permission::ALL.into_iter().filter(|one| bits >> (*one as u32) & 1 == 1).collect()
        };
        let (before, after) = (of(before), of(after));
        let (gained, lost) = difference(before, after);
        let kept = complete(before).iter().filter(|one| !lost.contains(one)).collect::<Vec<_>>();
        let there: Permissions = kept.into_iter().chain(gained).collect();
        prop_assert_eq!(there, complete(after));
        prop_assert_eq!(difference(before, complete(before)), (vec![], vec![]));
    }
}
