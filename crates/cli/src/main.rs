//! `liaison-cli`: everything Liaison does, from a terminal. Data goes to standard output, words to standard error.
//!
//! Exit codes: 0 done; 1 something failed that should not; 2 the command line is wrong (from clap); 3 not found;
//! 4 refused (values, permission, frozen data, conflict); 5 locked, wrong passcode or no keychain; 6 another process
//! holds the database; 7 not set up yet; 8 the file can't be read; 9 the check found damage;
//! 10 mail could not be sent; 11 the hub does not answer, or not as this desk needs it.

mod archive;
mod arguments;
mod backup;
mod bulk;
mod clock;
mod common_arguments;
mod contacts;
mod fields;
#[cfg(test)]
mod guides;
mod import_outcome;
mod import_reading;
mod invitations;
mod listing;
mod mail;
mod merge;
mod output;
mod policy;
mod records;
mod recovery;
mod reference;
mod students;
mod sync;
mod trash;
mod users;
mod verify;
mod views;

use arguments::{Arguments, Command, ContactsCommand};
use clap::{CommandFactory as _, Parser as _};
use liaison_app::Session;
use liaison_app::data_folder;
use liaison_app::error::CommandError;
use liaison_app::import::unwatched;
use liaison_app::moment::utc_text;
use liaison_app::start::{self, SetupInput};
use liaison_app::{erasure, history, import, notes, process, roles, sample, security, undo};
use liaison_domain::RecordKind;
use liaison_domain::reminder::Sending;
use liaison_domain::undo::UndoMode;
use output::{Failure, print_json, say};
use std::process::ExitCode;
use zeroize::Zeroizing;

fn main() -> ExitCode {
    let passcode = process::begin();
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(answer(passcode)),
        Err(error) => Failure::App(CommandError::of_start(error)).report(),
    }
}

async fn answer(passcode: Option<Zeroizing<String>>) -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "error".into()))
        .init();
    match run(&arguments, passcode).await {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

async fn run(arguments: &Arguments, given: Option<Zeroizing<String>>) -> Result<ExitCode, Failure> {
    if let Command::Reference { command } = &arguments.command {
        reference::run(command, Arguments::command())?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Command::Policy { json } = arguments.command {
        policy::show(json)?;
        return Ok(ExitCode::SUCCESS);
    }
    let directory = match &arguments.data {
        Some(directory) => directory.clone(),
        None => data_folder::default_directory()
            .ok_or_else(|| Failure::usage("No data directory. Give one with --data DIR."))?,
    };
    let passcode = arguments.passcode(given)?;
    if let Command::Init { institution, admin, time_zone, json } = &arguments.command {
        let (first_name, last_name, email) = common_arguments::person(admin)?;
        let input = SetupInput {
            institution: institution.clone(),
            first_name,
            last_name,
            email,
            time_zone: time_zone.clone(),
            passcode: passcode.map(|passcode| passcode.to_string()),
            sample_contacts: None,
        };
        let (session, done) = start::set_up(&directory, &input).await?;
        session.engine().close().await?;
        if *json {
            print_json(&done)?;
        } else {
            say(&format!("Set up {} in {}.", institution, directory.display()));
            say("Write down this recovery key. It sets a new passcode if the passcode or keychain is lost:");
            output::print_line(&done.recovery_key)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Command::Recover(recover) = &arguments.command {
        recovery::recover(&directory, passcode.as_deref().map(String::as_str), recover).await?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Command::Sync { command } = &arguments.command
        && let Some(done) = sync::without_desk(&directory, passcode.as_deref().map(String::as_str), command).await
    {
        done?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Command::Backup { command } = &arguments.command
        && let Some(done) = backup::without_desk(&directory, passcode.as_deref().map(String::as_str), command).await
    {
        return done;
    }
    if let Command::Verify(options) = &arguments.command
        && let Some(file) = &options.file
    {
        return verify::check_file(options, file);
    }
    let session = patiently(|| start::open(&directory, passcode.as_deref().map(String::as_str))).await?;
    if let Some(failures) = security::take_failures(&session) {
        let (count, since) = (failures.count, utc_text(failures.since));
        let were = if count == 1 { "1 wrong passcode was" } else { &format!("{count} wrong passcodes were") };
        say(&format!("{were} entered since {since} UTC. If that wasn’t you, change your passcode."));
    }
    if session.engine().is_damaged() {
        say("Part of the database is damaged. Copy the folder to a safe place, then restore a backup.");
    }
    if let Some(finding) = liaison_app::verify::head_check(&session) {
        say(&format!("{finding}."));
    }
    // What an erasure could not finish, for want of room or because it was cut short.
    erasure::clean_up(&session).await;
    let result = execute(&session, &arguments.command).await;
    // An error while closing must not hide what happened before.
    let closed = session.engine().close().await;
    let code = result?;
    closed?;
    Ok(code)
}

/// Waits where several wrong passcodes were entered before: a command has nobody to come back in a minute.
async fn patiently<T, F: Future<Output = Result<T, CommandError>>>(
    mut attempt: impl FnMut() -> F,
) -> Result<T, CommandError> {
    loop {
        match attempt().await {
            Err(CommandError::TooSoon { seconds }) => {
                say(&format!("Several wrong passcodes were entered. Trying again in {seconds} seconds."));
                tokio::time::sleep(std::time::Duration::from_secs(seconds.into())).await;
            }
            answer => return answer,
        }
    }
}

async fn execute(session: &Session, command: &Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Init { .. } | Command::Recover(_) | Command::Reference { .. } | Command::Policy { .. } => {}
        Command::Import(import) => contacts::import(session, import).await?,
        Command::Contacts { command: ContactsCommand::List(list) } => contacts::list(session, list, false).await?,
        Command::Contacts { command: ContactsCommand::Show { id, json } } => {
            contacts::show(session, *id, *json).await?
        }
        Command::Contacts { command: ContactsCommand::Invite { ids, remind, dry_run, json } } => {
            let selection = liaison_app::lists::Selection::Ids { ids: ids.clone() };
            let sending = if *remind { Sending::Reminder } else { Sending::Invitation };
            invitations::send(session, RecordKind::Contact, &selection, sending, (*dry_run, *json)).await?;
        }
        Command::Invitations { command } => invitations::run(session, command).await?,
        Command::Queue { command } => contacts::queue(session, command).await?,
        Command::Audit { id, kind, json } => {
            let kind = records::kind(kind)?;
            let entries = history::audit_log(session, kind, *id).await?;
            if *json { print_json(&entries)? } else { contacts::print_audit(session, kind, &entries)? }
        }
        Command::History { limit, events, json } => {
            let query =
                liaison_app::history::HistoryQuery { limit: *limit, changes_only: !events, ..Default::default() };
            let page = history::history_list(session, &query).await?;
            if *json { print_json(&page)? } else { contacts::print_history(&page)? }
        }
        Command::Undo { operation, overwrite, dry_run, json } => {
            if *dry_run {
                print_json(&undo::undo_preview(session, *operation).await?)?;
                return Ok(ExitCode::SUCCESS);
            }
            let mode = if *overwrite { UndoMode::OverwriteLaterChanges } else { UndoMode::KeepLaterChanges };
            let done = undo::undo(session, *operation, mode, &mut unwatched).await?;
            contacts::say_taken_back(session, *operation, &done).await?;
            output::print_done(&done, *json)?;
        }
        Command::Sample { contacts, seed, json } => {
            let done = sample::sample_create(session, *contacts, *seed, &mut unwatched).await?;
            say(&format!(
                "Added {} sample contacts, {} employers, and {} students and alumni.",
                done.contacts, done.employers, done.students
            ));
            match done.operation {
                _ if *json => print_json(&done)?,
                Some(operation) => output::print_line(&operation.to_string())?,
                None => {}
            }
        }
        Command::Export(export) => views::export(session, export).await?,
        Command::Views { command } => views::views(session, command).await?,
        Command::Record { command } => records::run(session, command).await?,
        Command::Students { command } => students::run(session, command).await?,
        Command::Template { kind } => match records::kind(kind)? {
            RecordKind::Contact => output::print_bytes(&import::import_template(session))?,
            kind => output::print_bytes(&import::records_template(session, kind)?)?,
        },
        Command::Clock { command } => clock::run(session, command).await?,
        Command::Bulk(bulk) => bulk::run(session, bulk).await?,
        Command::Archive(options) => archive::archive(session, options).await?,
        Command::Revive(options) => archive::revive(session, options).await?,
        Command::Fields { kind, json } => fields::list(session, *kind, *json)?,
        Command::Attributes { command } => fields::attributes(session, command).await?,
        Command::Mail { command } => mail::run(session, command).await?,
        Command::Duplicates(duplicates) => merge::duplicates(session, duplicates).await?,
        Command::Merge(merge) => merge::merge(session, merge).await?,
        Command::Delete(delete) => trash::delete(session, delete).await?,
        Command::Trash { command } => trash::run(session, command).await?,
        Command::Backup { command } => return backup::run(session, command).await,
        Command::AuditExport(export) => verify::export(session, export).await?,
        Command::Verify(verify) => return verify::run(session, verify).await,
        Command::Sync { command } => sync::run(session, command).await?,
        Command::Users { command } => users::users(session, command).await?,
        Command::Staff { command } => users::staff(session, command).await?,
        Command::Roles { json } => {
            let roles = roles::roles_list(session).await?;
            if *json {
                print_json(&roles)?;
            } else {
                for role in roles {
                    output::print_line(&format!("{}\t{}\t{} users", role.id, role.name, role.users))?;
                }
            }
        }
        Command::Note { contact, text, json } => {
            let created = notes::note_add(session, *contact, text).await?;
            if *json { print_json(&created)? } else { output::print_line(&created.operation.to_string())? }
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl From<CommandError> for Failure {
    fn from(error: CommandError) -> Failure {
        Failure::App(error)
    }
}
