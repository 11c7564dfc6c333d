//! How this computer is kept from whoever passes by: locking the desk after a while without anybody at it.

use crate::desk::Desk;
use crate::error::CommandError;
use crate::start::{self, AppPhase};
use liaison_domain::Permission;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_store::settings;
use serde::Serialize;
use specta::Type;

/// The setting of this device: minutes, 0 for never.
const AUTO_LOCK: &str = "auto_lock_minutes";
/// Minutes until the desk locks where nobody has chosen.
pub const AUTO_LOCK_MINUTES: u32 = 15;
/// Longest time that can be chosen, in minutes: a working day.
pub const AUTO_LOCK_MOST: u32 = 480;

/// How this computer is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Security {
    /// Minutes without anybody at the desk until it locks; 0 for never.
    pub auto_lock_minutes: u32,
    /// Whether the desk can be locked: somebody has a passcode. Without one it would let anybody in again.
    pub can_lock: bool,
}

impl Desk {
    /// How this computer is kept.
    pub async fn security(&self) -> Result<Security, CommandError> {
        self.actor.require(Permission::ViewContacts)?;
        let can_lock = start::phase(self.directory())? == AppPhase::Locked;
        let chosen = self.database.read(|db| settings::get(db, AUTO_LOCK)).await?;
        let minutes = chosen.and_then(|minutes| minutes.parse().ok()).unwrap_or(AUTO_LOCK_MINUTES);
        Ok(Security { auto_lock_minutes: if can_lock { minutes } else { 0 }, can_lock })
    }

    /// Chooses after how many minutes without anybody at it the desk locks on this computer; 0 for never.
    pub async fn security_set(&self, auto_lock_minutes: u32) -> Result<(), CommandError> {
        self.actor.require(Permission::ManageSettings)?;
        if auto_lock_minutes > AUTO_LOCK_MOST {
            let problem = Problem::TooMany { most: AUTO_LOCK_MOST };
            return Err(Refusal::Invalid(vec![FieldProblem { field: "auto_lock_minutes".into(), problem }]).into());
        }
        let text = auto_lock_minutes.to_string();
        self.database.write(|db| settings::set(db, AUTO_LOCK, Some(&text))).await?;
        self.tell(vec![crate::CacheTag::Institution]);
        Ok(())
    }
}
