//! The recovery key from a terminal.

use crate::common_arguments::first_line;
use crate::output::{Failure, print_json, print_line, say};
use clap::Args;
use liaison_app::CommandError;
use liaison_app::recovery;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct Recover {
    /// Email address of the administrator who gets the new passcode
    #[arg(long)]
    pub person: String,
    /// File whose first line is the new passcode
    #[arg(long)]
    pub new_passcode_file: PathBuf,
    #[arg(long)]
    pub json: bool,
}

/// `recover`
pub async fn recover(directory: &Path, recovery_key: Option<&str>, options: &Recover) -> Result<(), Failure> {
    let recovery_key = recovery_key.ok_or(CommandError::Locked)?;
    let passcode = first_line(&options.new_passcode_file)?;
    let administrators = recovery::administrators(directory, recovery_key).await?;
    let wanted = options.person.to_lowercase();
    let Some(person) = administrators.iter().find(|person| person.email.to_lowercase() == wanted) else {
        for person in &administrators {
            say(&format!("{} <{}>", person.name, person.email));
        }
        return Err(CommandError::not_found("administrator").into());
    };
    let done = recovery::recover(directory, recovery_key, person.id, &passcode).await?;
    if options.json {
        return print_json(&done);
    }
    say(&format!(
        "{} has a new passcode. The recovery key you used no longer works. Write down this new one:",
        person.name
    ));
    print_line(&done.recovery_key)
}
