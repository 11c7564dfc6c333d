//! Backups from a terminal.

use crate::output::{Failure, print_json, print_line, say};
use clap::Subcommand;
use liaison_app::backup::{self, BackupRow, Look, LookRow, RestoreDone, RestorePreview};
use liaison_app::moment::utc_text;
use liaison_app::{CommandError, Session};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum BackupCommand {
    /// Create a backup now and print its path
    Create {
        #[arg(long)]
        json: bool,
    },
    /// List the backups of this database, or those in a folder
    List {
        /// Folder to list (needs no passcode)
        #[arg(long)]
        folder: Option<PathBuf>,
        #[arg(long)]
        json: bool,
    },
    /// Show or choose the folder that gets a copy of each backup
    Folder {
        /// The folder
        folder: Option<PathBuf>,
        /// Stop copying backups
        #[arg(long, conflicts_with = "folder")]
        none: bool,
    },
    /// Check that a backup file is complete and undamaged (needs no passcode)
    Verify {
        /// The backup
        file: PathBuf,
        #[arg(long)]
        json: bool,
    },
    /// Look inside a backup; with a text, find contacts and employers by name or email
    Look {
        /// The backup
        file: PathBuf,
        /// Text to find
        text: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Restore a backup; the current database is backed up first
    ///
    /// Use a passcode from the time of the backup, or its recovery key. Afterwards, those open the database.
    Restore {
        /// The backup
        file: PathBuf,
        /// Only show what would happen
        #[arg(long)]
        dry_run: bool,
        #[arg(long)]
        json: bool,
    },
}

/// What needs no database that opens: `None` where `command` does.
pub async fn without_desk(
    directory: &Path,
    passcode: Option<&str>,
    command: &BackupCommand,
) -> Option<Result<ExitCode, Failure>> {
    match command {
        BackupCommand::Create { .. } | BackupCommand::List { folder: None, .. } | BackupCommand::Folder { .. } => None,
        BackupCommand::List { folder: Some(folder), json } => {
            Some(backup::backups_in(folder).map_err(Failure::from).and_then(|rows| list(&rows, *json)))
        }
        BackupCommand::Verify { file, json } => Some(verify(file, *json)),
        BackupCommand::Look { file, text, json } => Some(look(directory, file, passcode, text.as_deref(), *json).await),
        BackupCommand::Restore { file, dry_run: true, json } => Some(
            backup::preview(directory, file, passcode)
                .await
                .map_err(Failure::from)
                .and_then(|preview| say_preview(&preview, *json)),
        ),
        BackupCommand::Restore { file, dry_run: false, json } => Some(
            backup::restore(directory, file, passcode)
                .await
                .map_err(Failure::from)
                .and_then(|done| say_restored(&done, *json)),
        ),
    }
}

pub async fn run(session: &Session, command: &BackupCommand) -> Result<ExitCode, Failure> {
    match command {
        BackupCommand::Create { json } => {
            let made = backup::backup_create(session).await?;
            if *json {
                print_json(&made)?
            } else {
                print_line(&made.path)?
            }
            Ok(ExitCode::SUCCESS)
        }
        BackupCommand::List { json, .. } => list(&backup::backup_list(session).await?, *json),
        BackupCommand::Folder { folder, none } => {
            if folder.is_some() || *none {
                let folder = match folder {
                    Some(folder) => Some(std::path::absolute(folder)?),
                    None => None,
                };
                backup::backup_folder_set(session, folder).await?;
            }
            if let Some(folder) = backup::backup_settings(session).await?.folder {
                print_line(&folder)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        // The others ran before the database was opened.
        BackupCommand::Verify { .. } | BackupCommand::Look { .. } | BackupCommand::Restore { .. } => {
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn list(rows: &[BackupRow], json: bool) -> Result<ExitCode, Failure> {
    if json {
        print_json(&rows)?;
        return Ok(ExitCode::SUCCESS);
    }
    for row in rows {
        let at = row.made_at.map_or_else(|| "unknown time".to_owned(), utc_text);
        let reason = row.reason.map_or("unknown reason", |reason| reason.key());
        let state = row.problem.map_or_else(|| "complete when created".to_owned(), |problem| problem.to_string());
        print_line(&format!("{at}\t{reason}\t{} KB\t{state}\t{}", row.size / 1000, row.path))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn look(
    directory: &Path,
    file: &Path,
    passcode: Option<&str>,
    text: Option<&str>,
    json: bool,
) -> Result<ExitCode, Failure> {
    let look = Look::open(directory, file, passcode).await?;
    let seen = match text {
        None => look.info().await.map(|info| (Some(info), Vec::new())),
        Some(text) => look.search(text).await.map(|rows| (None, rows)),
    };
    look.close().await?;
    let (info, rows) = seen?;
    match info {
        Some(info) if json => print_json(&info)?,
        None if json => print_json(&rows)?,
        Some(info) => print_line(&format!(
            "{}\t{} UTC\t{} contacts\t{} employers\t{} students and alumni\tlast change {} UTC",
            info.institution,
            utc_text(info.made_at),
            info.contacts,
            info.employers,
            info.students,
            info.changed_at.map_or_else(|| "unknown".to_owned(), utc_text)
        ))?,
        None => {
            for row in rows {
                let changed = row.changed_at.map_or_else(|| "unknown".to_owned(), utc_text);
                let trash = if row.deleted { "\tin the trash" } else { "" };
                let LookRow { kind, id, name, email, by, .. } = row;
                print_line(&format!("{}\t{id}\t{name}\t{email}\tchanged {changed} UTC by {by}{trash}", kind.key()))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn verify(file: &Path, json: bool) -> Result<ExitCode, Failure> {
    let checked = backup::check(file)?;
    if json {
        print_json(&checked)?;
    }
    match checked.problem {
        None => {
            say("The backup is complete and undamaged.");
            Ok(ExitCode::SUCCESS)
        }
        Some(problem) => Err(CommandError::Backup { problem }.into()),
    }
}

fn say_preview(preview: &RestorePreview, json: bool) -> Result<ExitCode, Failure> {
    if json {
        print_json(preview)?;
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!(
        "The backup of {} UTC has {} contacts and {} employers.",
        utc_text(preview.made_at),
        preview.contacts,
        preview.employers
    ));
    match preview.lost {
        Some(0) => say("No changes were made after it."),
        Some(1) => say("1 change was made after it and would be lost."),
        Some(lost) => say(&format!("{lost} changes were made after it and would be lost.")),
        None => say(
            "Can’t tell whether changes were made after it: this passcode doesn’t open the current database, or it’s a different one.",
        ),
    }
    if preview.messages > 0 {
        say(&format!("{} messages were waiting to be sent. Liaison won’t send them automatically.", preview.messages));
    }
    Ok(ExitCode::SUCCESS)
}

fn say_restored(done: &RestoreDone, json: bool) -> Result<ExitCode, Failure> {
    if json {
        print_json(done)?;
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!("Restored from the backup of {} UTC. Use the passcodes from that time.", utc_text(done.made_at)));
    match (&done.backup, &done.aside) {
        (Some(backup), _) => say(&format!("The previous database is in the backup {backup}")),
        (None, Some(aside)) => say(&format!("The previous database couldn’t be backed up. Its files are in {aside}")),
        (None, None) => {}
    }
    if done.messages > 0 {
        say(&format!("{} messages may or may not have been sent. Decide about each in the outbox.", done.messages));
    }
    Ok(ExitCode::SUCCESS)
}
