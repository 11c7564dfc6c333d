//! Review: what happens to a contact and to the user linked with it when the desk decides (M5–M10, M13, M27).
//!
//! The directory and the access of a person are decided separately: only the two actions that say so touch a user.

use crate::access::Actor;
use crate::contact::{APPROVED, REJECTED};
use crate::id::Id;
use crate::operation::OperationKind;
use crate::permission::Permission;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What the desk decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ReviewAction {
    /// Put the contact in the directory.
    Approve,
    /// Also give every linked employer user this role.
    ApproveAndAssign {
        /// The role.
        role: Id,
    },
    /// Keep the contact out of the directory and freeze its data.
    Reject,
    /// Also turn the access of the linked user off.
    RejectAndRevoke,
}

/// What counts of the user linked with a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkedUser {
    /// The user's role.
    pub role: Option<Id>,
    /// Whether the user can log in.
    pub access: bool,
}

/// What changes. `None` means: stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The contact's approval status.
    pub approval: Option<&'static str>,
    /// The user's role.
    pub role: Option<Id>,
    /// The user's access.
    pub access: Option<bool>,
}

impl Decision {
    /// True where everything already was as decided.
    pub fn changes_nothing(&self) -> bool {
        *self == Decision::default()
    }
}

impl ReviewAction {
    /// The kind of operation the action makes.
    pub fn operation(self) -> OperationKind {
        match self {
            ReviewAction::Approve => OperationKind::ContactsApprove,
            ReviewAction::ApproveAndAssign { .. } => OperationKind::ContactsApproveAndAssign,
            ReviewAction::Reject => OperationKind::ContactsReject,
            ReviewAction::RejectAndRevoke => OperationKind::ContactsRejectAndRevoke,
        }
    }

    /// Refuses unless the actor may review, and manage access where users are touched.
    pub fn permit(self, actor: &Actor) -> Result<(), Refusal> {
        actor.require(Permission::ReviewContacts)?;
        match self {
            ReviewAction::Approve | ReviewAction::Reject => Ok(()),
            ReviewAction::ApproveAndAssign { .. } | ReviewAction::RejectAndRevoke => {
                actor.require(Permission::ManageAccess)
            }
        }
    }

    /// What the action changes for a contact with this approval status and this linked user.
    pub fn decide(self, approval: &str, user: Option<LinkedUser>) -> Decision {
        let target = match self {
            ReviewAction::Approve | ReviewAction::ApproveAndAssign { .. } => APPROVED,
            ReviewAction::Reject | ReviewAction::RejectAndRevoke => REJECTED,
        };
        let mut decision = Decision { approval: (approval != target).then_some(target), ..Decision::default() };
        match (self, user) {
            (ReviewAction::ApproveAndAssign { role }, Some(user)) if user.role != Some(role) => {
                decision.role = Some(role)
            }
            (ReviewAction::RejectAndRevoke, Some(user)) if user.access => decision.access = Some(false),
            _ => {}
        }
        decision
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::{APPROVALS, PENDING};
    use proptest::prelude::*;

    fn id(n: u8) -> Id {
        Id::from_parts(1, [n; 10])
    }

    fn any_action() -> impl Strategy<Value = ReviewAction> {
        prop_oneof![
            Just(ReviewAction::Approve),
            (0u8..3).prop_map(|n| ReviewAction::ApproveAndAssign { role: id(n) }),
            Just(ReviewAction::Reject),
            Just(ReviewAction::RejectAndRevoke),
        ]
    }

    fn any_user() -> impl Strategy<Value = Option<LinkedUser>> {
        prop::option::of(
            (prop::option::of(0u8..3), any::<bool>())
                .prop_map(|(role, access)| LinkedUser { role: role.map(id), access }),
        )
    }

    proptest! {
        /// M10: plain approve and reject never touch a user; no action ever turns access on.
        #[test]
        fn directory_and_access_are_separate(action in any_action(), user in any_user(), approval in 0usize..3) {
            let decision = action.decide(APPROVALS[approval], user);
            if matches!(action, ReviewAction::Approve | ReviewAction::Reject) {
                prop_assert_eq!((decision.role, decision.access), (None, None));
            }
            prop_assert_ne!(decision.access, Some(true));
            if user.is_none() {
                prop_assert_eq!((decision.role, decision.access), (None, None));
            }
        }

        /// Deciding the same twice changes nothing the second time.
        #[test]
        fn deciding_twice_is_deciding_once(action in any_action(), user in any_user(), approval in 0usize..3) {
            let first = action.decide(APPROVALS[approval], user);
            let after = user.map(|u| LinkedUser { role: first.role.or(u.role), access: first.access.unwrap_or(u.access) });
            prop_assert!(action.decide(first.approval.unwrap_or(APPROVALS[approval]), after).changes_nothing());
        }
    }

    #[test]
    fn reject_and_revoke_does_both() {
        let user = LinkedUser { role: Some(id(1)), access: true };
        let decision = ReviewAction::RejectAndRevoke.decide(PENDING, Some(user));
        assert_eq!(decision, Decision { approval: Some(REJECTED), role: None, access: Some(false) });
    }
}
