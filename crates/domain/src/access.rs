//! Who acts, and what they may do. Checked by every use case before anything is read or written.

use crate::id::Id;
use crate::permission::{Permission, Permissions, StaffRole};
use crate::refusal::Refusal;

/// Stands in the journal where the recovery key was used: it says nothing about who used it.
pub const RECOVERY_KEY: Id = Id::constant(0x7265_636f_7665_7279_806b_6579);
/// Its name there.
pub const RECOVERY_KEY_NAME: &str = "Recovery key";

/// The staff member who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The staff record.
    pub staff: Id,
    /// What they may do.
    pub permissions: Permissions,
}

impl Actor {
    /// A staff member with a built-in role.
    pub fn with_role(staff: Id, role: StaffRole) -> Actor {
        Actor { staff, permissions: Permissions::of(role) }
    }

    /// Whoever has the recovery key. They may set a new passcode for an administrator and nothing else.
    pub fn recovery_key() -> Actor {
        Actor { staff: RECOVERY_KEY, permissions: Permissions::default() }
    }

    /// Whether the actor may do this.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.has(permission)
    }

    /// Refuses unless the actor may do this.
    pub fn require(&self, permission: Permission) -> Result<(), Refusal> {
        if self.may(permission) { Ok(()) } else { Err(Refusal::Denied(permission)) }
    }

    /// Refuses unless the actor may do this, or may do the other. What is missing is said to be the first.
    pub fn require_either(&self, permission: Permission, other: Permission) -> Result<(), Refusal> {
        if self.may(other) { Ok(()) } else { self.require(permission) }
    }
}
