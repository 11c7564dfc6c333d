//! Several desks of one institution, from a terminal: joining a hub, exchanging, how it stands.

use crate::listing::words;
use crate::output::{Failure, print_json, print_line, say};
use clap::Subcommand;
use liaison_app::sync::{
    self, ConflictChoice, ConflictRow, ConflictVersion, JoinProgress, RefusedStep, SyncStatus, sync_conflicts,
    sync_connect, sync_join, sync_now, sync_refused, sync_refused_retry, sync_settle, sync_status,
};
use liaison_app::{CommandError, Session};
use liaison_domain::{Id, OperationKind};
use std::path::Path;

#[derive(Subcommand)]
pub enum SyncCommand {
    /// Connect this computer to a hub, with a one-time code from the person who runs it
    Connect {
        /// The hub’s address
        hub: String,
        /// The one-time code of whoever runs the hub
        #[arg(long)]
        code: String,
        #[arg(long)]
        json: bool,
    },
    /// Set up Liaison on this computer with the institution’s data from the hub
    Join {
        /// The hub’s address
        hub: String,
        /// The one-time code of whoever runs the hub
        #[arg(long)]
        code: String,
        /// Email address of the staff member whose passcode opens it
        #[arg(long = "as", value_name = "EMAIL")]
        email: String,
    },
    /// Show whether this computer is up to date with the hub
    Status {
        #[arg(long)]
        json: bool,
    },
    /// Send and receive changes until both sides are up to date
    Now {
        #[arg(long)]
        json: bool,
    },
    /// List changes the hub refused that no one has dealt with yet
    Refused {
        #[arg(long)]
        json: bool,
    },
    /// Do a refused step again in your own name
    Retry {
        /// The step’s id, as `refused` lists it
        step: Id,
    },
    /// List fields that two people changed without knowing of each other’s change
    Conflicts {
        #[arg(long)]
        json: bool,
    },
    /// Choose the value of a field in conflict, or of all of them at once
    Settle {
        /// The step that wrote the value you choose, as `conflicts` lists it
        #[arg(required_unless_present_any = ["keep", "mine"])]
        step: Option<Id>,
        /// Only for this record, where the step changed several
        #[arg(long, requires = "step")]
        record: Option<Id>,
        /// Keep every value that is there now
        #[arg(long, conflicts_with_all = ["step", "mine"])]
        keep: bool,
        /// Choose everything you wrote yourself
        #[arg(long, conflicts_with = "step")]
        mine: bool,
    },
    /// Keep syncing until interrupted
    Run,
}

/// Commands that begin without a desk. `None` for the others.
pub async fn without_desk(
    directory: &Path,
    passcode: Option<&str>,
    command: &SyncCommand,
) -> Option<Result<(), Failure>> {
    let SyncCommand::Join { hub, code, email } = command else { return None };
    let told = |progress| match progress {
        JoinProgress::Receiving { part, parts } => say(&format!("Received {part} of {parts} parts.")),
        JoinProgress::Filling { records } => say(&format!("Writing {records} records…")),
    };
    Some(match sync_join(directory, passcode, hub, code, email, &told).await {
        Ok(recovery) => {
            say(
                "This computer now has your institution’s data; its history comes with the next sync. Write down this recovery key:",
            );
            print_line(&recovery)
        }
        Err(error) => Err(error.into()),
    })
}

pub async fn run(session: &Session, command: &SyncCommand) -> Result<(), Failure> {
    match command {
        SyncCommand::Join { .. } => Ok(()),
        SyncCommand::Connect { hub, code, json } => {
            let status = sync_connect(session, hub, code).await?;
            print_status(&status, *json)
        }
        SyncCommand::Status { json } => print_status(&sync_status(session).await?, *json),
        SyncCommand::Now { json } => {
            let done = sync_now(session).await?;
            if *json {
                return print_json(&done);
            }
            say(&format!("Sent {}, received {}.", done.sent, done.received));
            if done.refused > 0 {
                say(&format!("The hub refused {}.", done.refused));
            }
            Ok(())
        }
        SyncCommand::Refused { json } => {
            let refused = sync_refused(session).await?;
            if *json {
                return print_json(&refused);
            }
            for RefusedStep { step, reason, permission, .. } in &refused {
                let what = step.kind.map_or("unknown", OperationKind::key);
                let about = step.subject.as_deref().unwrap_or_default();
                let lacks = permission.map(|permission| format!(" ({})", permission.key())).unwrap_or_default();
                print_line(&format!("{}  {what}  {about}  {reason}{lacks}", step.id))?;
            }
            Ok(())
        }
        SyncCommand::Retry { step } => {
            let done = sync_refused_retry(session, *step).await?;
            say(&format!("{} changed, {} left as they are.", done.changed, done.skipped));
            Ok(())
        }
        SyncCommand::Conflicts { json } => {
            let conflicts = sync_conflicts(session).await?;
            if *json {
                return print_json(&conflicts);
            }
            for conflict in &conflicts {
                let before = words(&conflict.before);
                print_line(&format!("{}  {}  {}  before: {before}", conflict.record, conflict.name, conflict.field))?;
                for (at, version) in conflict.versions.iter().enumerate() {
                    let state = if at == 0 { "now" } else { "lost" };
                    let value = words(&version.value);
                    print_line(&format!("  {}  {state}: {value}  ({})", version.operation, version.actor))?;
                }
            }
            Ok(())
        }
        SyncCommand::Settle { step, record, keep, mine } => {
            let conflicts = sync_conflicts(session).await?;
            let is_chosen = |conflict: &ConflictRow, at: usize, version: &ConflictVersion| match step {
                Some(step) => version.operation == *step && record.is_none_or(|record| record == conflict.record),
                None => *keep && at == 0 || *mine && version.mine,
            };
            let choices: Vec<ConflictChoice> = conflicts
                .iter()
                .filter_map(|conflict| {
                    let mut versions = conflict.versions.iter().enumerate();
                    let (_, version) = versions.find(|(at, version)| is_chosen(conflict, *at, version))?;
                    let (kind, record, field) = (conflict.kind, conflict.record, conflict.field.clone());
                    Some(ConflictChoice { kind, record, field, operation: version.operation })
                })
                .collect();
            if let (true, Some(_)) = (choices.is_empty(), step) {
                return Err(CommandError::not_found("operation").into());
            }
            let done = sync_settle(session, &choices).await?;
            say(&format!("{} settled, {} left as they are.", done.changed, done.skipped));
            Ok(())
        }
        // Until it is interrupted: whatever was committed by then is whole.
        SyncCommand::Run => Ok(sync::run(session).await?),
    }
}

fn print_status(status: &SyncStatus, json: bool) -> Result<(), Failure> {
    if json {
        return print_json(status);
    }
    match &status.hub {
        Some(hub) => print_line(&format!("Hub: {hub}"))?,
        None => print_line("Not connected to a hub")?,
    }
    if let Some(institution) = status.institution {
        print_line(&format!("Institution: {institution}"))?;
    }
    print_line(&format!("This computer: {}", status.device))?;
    print_line(&format!("Waiting to be sent: {}", status.waiting))?;
    print_line(&format!("Received up to: {}", status.place))?;
    if status.refused > 0 {
        print_line(&format!("Refused: {}", status.refused))?;
    }
    if status.conflicts > 0 {
        print_line(&format!("Conflicts: {}", status.conflicts))?;
    }
    Ok(())
}
