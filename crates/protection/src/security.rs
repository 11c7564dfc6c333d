//! How this computer is kept from whoever passes by: locking the desk after a while without anybody at it.

use crate::phase;
use crate::phase::AppPhase;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Id, OperationKind, Permission, RecordKind};
use liaison_engine::error::CommandError;
use liaison_engine::features::FeatureState;
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_store::journal::{self, HistoryFilter, Logged};
use liaison_store::{device, key, operations, settings, table};
use serde::Serialize;
use specta::Type;
use std::sync::Mutex;

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
    /// Whether the organization has set that time.
    pub set_by_organization: bool,
    /// Whether the desk can be locked: somebody has a passcode. Without one it would let anybody in again.
    pub can_lock: bool,
}

/// Wrong passcodes that were entered before somebody opened the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct FailedAttempts {
    /// How many.
    pub count: u32,
    /// When the first of them was entered, in milliseconds since 1970.
    pub since: i64,
}

/// Somebody who changed something at this desk, on this computer or another.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct DeskUse {
    /// The staff member.
    pub staff: Id,
    /// Their name.
    pub name: String,
    /// How many times they changed something.
    pub operations: u32,
    /// When they last did, in milliseconds since 1970.
    pub last_at: i64,
    /// On which computer that was.
    pub device: String,
}

/// What the history says was printed where it was the recovery key.
const RECOVERY_KEY_SHEET: &str = "the recovery key";

/// What can happen with the recovery key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RecoveryEvent {
    /// Liaison was set up, and the first key made.
    SetUp,
    /// A new key was made; the one before opens nothing any more.
    Created,
    /// The key was used to set a new passcode, and a new one made.
    Used,
    /// The sheet with the key was printed.
    Printed,
}

/// Something that happened with the recovery key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct RecoveryStep {
    /// What.
    pub what: RecoveryEvent,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who; empty where the recovery key itself was used.
    pub by: String,
    /// On which computer.
    pub device: String,
}

/// What [`take_failures`] gives.
#[derive(Default)]
struct Failures(Mutex<Option<FailedAttempts>>);

impl FeatureState for Failures {}

/// Keeps the wrong passcodes that were entered before this person came, until [`take_failures`] tells them.
pub fn tell_failures(session: &Session, failures: Option<FailedAttempts>) {
    *session.state::<Failures>().0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = failures;
}

/// Wrong passcodes that were entered before this person came; said once.
pub fn take_failures(session: &Session) -> Option<FailedAttempts> {
    session.state::<Failures>().0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take()
}

/// Who changed something, whoever did so last first.
pub async fn desk_use(session: &Session) -> Result<Vec<DeskUse>, CommandError> {
    session.actor().require(Permission::ViewAuditLog)?;
    let people = session.read(|view| {
        // Counts of the journal by staff member, who are hidden from nobody.
        let db = view.everything();
        let used = operations::by_actor(db)?.into_iter().map(|used| {
            Ok(DeskUse {
                staff: used.actor,
                name: table::name_of(db, RecordKind::Staff, used.actor)?.unwrap_or_default(),
                operations: used.operations,
                last_at: used.last_at,
                device: used.device,
            })
        });
        used.collect()
    });
    Ok(people.await?)
}

/// Makes a new recovery key, shown this once; the one before opens nothing any more. `authority` is the passcode of
/// whoever does it, where the desk has passcodes.
///
/// Errors: `WrongPasscode`; `Locked` where a passcode is needed and none was given.
pub async fn recovery_renew(session: &Session, authority: Option<&str>) -> Result<String, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let key = tokio::task::block_in_place(|| key::load_own(session.directory(), session.actor().staff, authority))?;
    let renewed = session
        .commit(Step::new(OperationKind::SecurityRecoveryKey), |_| key::renew_recovery(session.directory(), &key));
    Ok(renewed.await?.0)
}

/// What happened with the recovery key, the newest first, from when the key that works now was made.
pub async fn recovery_history(session: &Session) -> Result<Vec<RecoveryStep>, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let steps = session.read(|view| {
        // Events of the journal and names of staff, who are hidden from nobody.
        let db = view.everything();
        let kinds = vec![
            OperationKind::InstitutionSetup,
            OperationKind::SecurityRecoveryKey,
            OperationKind::SecurityRecover,
            OperationKind::DataPrint,
        ];
        let filter = HistoryFilter { kinds, ..HistoryFilter::default() };
        let mut steps = Vec::new();
        let mut before = None;
        loop {
            let (page, _) = journal::history(db, &HistoryFilter { before, ..filter.clone() }, 200)?;
            for Logged { operation, .. } in &page {
                let what = match operation.kind.known() {
                    Some(OperationKind::DataPrint) if operation.detail == RECOVERY_KEY_SHEET => RecoveryEvent::Printed,
                    Some(OperationKind::SecurityRecoveryKey) => RecoveryEvent::Created,
                    Some(OperationKind::SecurityRecover) => RecoveryEvent::Used,
                    Some(OperationKind::InstitutionSetup) => RecoveryEvent::SetUp,
                    _ => continue,
                };
                steps.push(RecoveryStep {
                    what,
                    at: operation.told_at(),
                    by: table::name_of(db, RecordKind::Staff, operation.actor)?.unwrap_or_default(),
                    device: device::name_of(db, operation.device)?.unwrap_or_default(),
                });
                if what != RecoveryEvent::Printed {
                    return Ok(steps);
                }
            }
            before = page.last().map(|last| last.operation.id);
            if before.is_none() {
                return Ok(steps);
            }
        }
    });
    Ok(steps.await?)
}

/// Writes down that the recovery key was printed, for [`recovery_history`]. The key itself is nowhere.
pub async fn recovery_printed(session: &Session) -> Result<(), CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    session.record_event(OperationKind::DataPrint, RECOVERY_KEY_SHEET.to_owned()).await
}

/// Writes down that the desk gets locked.
///
/// Errors: `NotFound` where nobody has a passcode: whoever locked it could not be told from anybody else.
pub async fn lock(session: &Session) -> Result<(), CommandError> {
    if phase::phase(session.directory())? != AppPhase::Locked {
        return Err(CommandError::not_found("passcode on this computer"));
    }
    session.record_event(OperationKind::SecurityLock, String::new()).await
}

/// How this computer is kept.
pub async fn security(session: &Session) -> Result<Security, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let can_lock = phase::phase(session.directory())? == AppPhase::Locked;
    let chosen = session.read(|view| settings::get(view.everything(), AUTO_LOCK)).await?;
    let prescribed = liaison_policy::current().lock_after_minutes;
    let chosen = chosen.and_then(|minutes| minutes.parse().ok()).unwrap_or(AUTO_LOCK_MINUTES);
    let minutes = prescribed.unwrap_or(chosen);
    let auto_lock_minutes = if can_lock { minutes } else { 0 };
    Ok(Security { auto_lock_minutes, set_by_organization: prescribed.is_some(), can_lock })
}

/// Chooses after how many minutes without anybody at it the desk locks on this computer; 0 for never.
pub async fn security_set(session: &Session, auto_lock_minutes: u32) -> Result<(), CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    if liaison_policy::current().lock_after_minutes.is_some() {
        return Err(CommandError::set_by_organization("lock_after_minutes"));
    }
    if auto_lock_minutes > AUTO_LOCK_MOST {
        let problem = Problem::TooMany { most: AUTO_LOCK_MOST };
        return Err(Refusal::of("auto_lock_minutes", problem).into());
    }
    let text = auto_lock_minutes.to_string();
    session.engine().database().write(|db| settings::set(db, AUTO_LOCK, Some(&text))).await?;
    session.tell(vec![liaison_engine::CacheTag::Institution]);
    Ok(())
}
