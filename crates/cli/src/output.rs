//! Data to standard output, words to standard error.

use liaison_app::CommandError;
use liaison_app::files::Destination;
use liaison_app::step::Done;
use liaison_domain::backup::BackupProblem;
use serde::Serialize;
use serde_json::json;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

/// Why a command failed.
pub enum Failure {
    /// A use case said so.
    App(CommandError),
    /// The command line is wrong.
    Usage(String),
    /// Mail could not be sent; what waits in the outbox still waits.
    Mail(String),
    /// Standard output can't be written.
    Output(std::io::Error),
}

impl Failure {
    /// The command line is wrong.
    pub fn usage(message: &str) -> Failure {
        Failure::Usage(message.to_owned())
    }

    /// Says what went wrong and gives the exit code.
    pub fn report(&self) -> ExitCode {
        let (message, code) = match self {
            Failure::App(error) => (error.to_string(), exit_code(error)),
            Failure::Usage(message) => (message.clone(), 2),
            Failure::Mail(message) => (message.clone(), 10),
            // Whoever read our output has gone; there is nobody to tell.
            Failure::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Failure::Output(error) => (format!("standard output: {error}"), 1),
        };
        say(&format!("liaison-cli: {message}"));
        if let Failure::App(error) = self {
            say(&json!(error).to_string());
        }
        ExitCode::from(code)
    }
}

fn exit_code(error: &CommandError) -> u8 {
    match error {
        CommandError::Internal { .. } => 1,
        CommandError::NotFound { .. } => 3,
        CommandError::Validation { .. }
        | CommandError::Conflict { .. }
        | CommandError::Denied { .. }
        | CommandError::SetByOrganization { .. }
        | CommandError::Frozen
        | CommandError::Blocked { .. }
        | CommandError::ClockInDoubt { .. }
        | CommandError::Cancelled => 4,
        CommandError::Locked
        | CommandError::WrongPasscode
        | CommandError::NoLongerStaff
        | CommandError::RecoveryKey
        | CommandError::TooSoon { .. }
        | CommandError::Keychain { .. } => 5,
        CommandError::Busy => 6,
        CommandError::Hub { .. } => 11,
        CommandError::NotSetUp | CommandError::TooNew | CommandError::Backup { problem: BackupProblem::TooNew } => 7,
        CommandError::Backup { problem: BackupProblem::NotABackup } => 8,
        CommandError::Backup { .. } => 9,
        CommandError::Storage { problem, .. } if problem.is_damage() => 9,
        CommandError::Storage { .. } | CommandError::UnreadableFile { .. } | CommandError::UnwritableFile { .. } => 8,
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Output(error)
    }
}

/// Where to write what the command line names; "-" is standard output.
pub fn destination(path: &Path) -> Destination<'_> {
    if path == Path::new("-") { Destination::StandardOutput } else { Destination::Path(path) }
}

/// Words for a person.
pub fn say(words: &str) {
    eprintln!("{words}");
}

/// One line of data.
pub fn print_line(line: &str) -> Result<(), Failure> {
    Ok(writeln!(std::io::stdout().lock(), "{line}")?)
}

/// Data as it is.
pub fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    Ok(std::io::stdout().lock().write_all(bytes)?)
}

/// Data as JSON.
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

/// What a change came to; its operation is what `undo` wants.
pub fn print_done(done: &Done, json: bool) -> Result<(), Failure> {
    match (json, done.operation) {
        (true, _) => print_json(done),
        (false, Some(operation)) => print_line(&operation.to_string()),
        (false, None) => Ok(()),
    }
}
