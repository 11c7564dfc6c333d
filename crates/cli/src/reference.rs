//! The man pages and shell completions of this very command line, from its own definition.

use crate::output::{Failure, print_bytes, say};
use clap::{Command, Subcommand};
use clap_complete::Shell;
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub enum ReferenceCommand {
    /// Print the completions of a shell
    Completions { shell: Shell },
    /// Write the man pages, one for each command
    Man {
        /// The folder they go to
        #[arg(long, short)]
        output: PathBuf,
    },
}

/// `all` is the definition of the whole command line. Needs no database.
pub fn run(command: &ReferenceCommand, mut all: Command) -> Result<(), Failure> {
    match command {
        ReferenceCommand::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut all, "liaison-cli", &mut text);
            print_bytes(&text)
        }
        ReferenceCommand::Man { output } => {
            let count =
                write_pages(output, all).map_err(|error| Failure::usage(&format!("{}: {error}", output.display())))?;
            say(&format!("{count} man pages are in {}.", output.display()));
            Ok(())
        }
    }
}

/// Writes a page for each command; gives how many.
pub fn write_pages(folder: &Path, all: Command) -> std::io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(all, folder)?;
    Ok(std::fs::read_dir(folder)?.count())
}
