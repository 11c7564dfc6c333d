//! What the desk does while nobody works at it: the full check, once a week. And the notice of what was found.

use crate::verify;
use crate::verify::{Finding, Report};
use liaison_domain::full_check::{Standing, is_due};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_store::journal;
use serde::Serialize;
use specta::Type;
use std::ops::ControlFlow;
use std::time::Duration;

/// How often it is looked whether a check is due.
const LOOK: Duration = Duration::from_secs(5 * 60);

/// What is known to be wrong with what is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct DamageNotice {
    /// Something that was read was damaged, or was found so when the desk was opened.
    pub unreadable: bool,
    /// How the journal differs from the one this computer wrote; seen at each start.
    pub journal: Option<Finding>,
    /// What the last full check found.
    pub findings: u32,
    /// When that ended, in milliseconds since 1970; none where there was none yet.
    pub checked_at: Option<i64>,
}

/// What is known to be wrong; `None` where nothing is.
pub async fn damage_notice(session: &Session) -> Result<Option<DamageNotice>, CommandError> {
    let last = verify::last_check(session).await?;
    let notice = DamageNotice {
        unreadable: session.engine().is_damaged(),
        journal: verify::head_check(session),
        findings: last.as_ref().map_or(0, |last| last.findings),
        checked_at: last.map(|last| last.at),
    };
    Ok((notice.unreadable || notice.journal.is_some() || notice.findings > 0).then_some(notice))
}

/// Checks everything once a week, in the background, while nobody works.
pub fn start_checking(session: &Session) {
    let session = session.downgrade();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(LOOK).await;
            let Some(session) = session.upgrade() else { return };
            match check_at_rest(&session, is_on_battery()).await {
                Ok(Some(report)) if !report.whole => tracing::error!("the weekly check: {report}"),
                // Somebody came back to work; another time.
                Ok(_) | Err(CommandError::Cancelled) => {}
                Err(CommandError::Locked) => return,
                Err(error) => tracing::error!("the weekly check: {error}"),
            }
        }
    });
}

/// Checks everything where that is due, and stops once somebody works. `None` where it is not due.
pub async fn check_at_rest(session: &Session, on_battery: bool) -> Result<Option<Report>, CommandError> {
    let first_used = session.read(|view| journal::first_told(view.everything())).await?.unwrap_or_default();
    let standing =
        |last_check| Standing { last_check, first_used, last_used: session.engine().last_used() as i64, on_battery };
    let last_check = verify::last_check(session).await?.map(|last| last.at);
    if !is_due(&standing(last_check), session.now() as i64) {
        return Ok(None);
    }
    let report = verify::check_all(session, &mut |_| {
        let still = is_due(&standing(last_check), session.now() as i64);
        if still { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .await?;
    session.tell(vec![CacheTag::Institution]);
    Ok(Some(report))
}

/// Whether the computer runs on its battery. Known on Linux only; elsewhere nobody is kept waiting for it.
fn is_on_battery() -> bool {
    #[cfg(target_os = "linux")]
    {
        let read =
            |supply: &std::path::Path, what: &str| std::fs::read_to_string(supply.join(what)).unwrap_or_default();
        let supplies = std::fs::read_dir("/sys/class/power_supply").into_iter().flatten().flatten();
        let mains: Vec<bool> = supplies
            .map(|supply| supply.path())
            .filter(|supply| read(supply, "type").trim() == "Mains")
            .map(|supply| read(&supply, "online").trim() == "1")
            .collect();
        !mains.is_empty() && !mains.contains(&true)
    }
    #[cfg(not(target_os = "linux"))]
    false
}
