//! The man pages and shell completions of this very command line, from its own definition.

use crate::arguments::Arguments;
use crate::output::{Failure, print_bytes, say};
use clap::{CommandFactory as _, Subcommand};
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

/// Needs no database.
pub fn run(command: &ReferenceCommand) -> Result<(), Failure> {
    match command {
        ReferenceCommand::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "liaison-cli", &mut text);
            print_bytes(&text)
        }
        ReferenceCommand::Man { output } => {
            let count =
                write_pages(output).map_err(|error| Failure::usage(&format!("{}: {error}", output.display())))?;
            say(&format!("{count} man pages are in {}.", output.display()));
            Ok(())
        }
    }
}

fn write_pages(folder: &Path) -> std::io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Arguments::command(), folder)?;
    Ok(std::fs::read_dir(folder)?.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_and_is_completed() {
        let folder = tempfile::tempdir().expect("a folder");
        write_pages(folder.path()).expect("pages");
        let mut completions = Vec::new();
        clap_complete::generate(Shell::Bash, &mut Arguments::command(), "liaison-cli", &mut completions);
        let completions = String::from_utf8(completions).expect("text");
        for command in Arguments::command().get_subcommands().filter(|command| !command.is_hide_set()) {
            let name = command.get_name();
            let page = std::fs::read_to_string(folder.path().join(format!("liaison-cli-{name}.1")));
            assert!(page.is_ok_and(|page| page.contains(".SH SYNOPSIS")), "{name}");
            assert!(
                completions.contains(&format!("liaison__cli,{name})")) || completions.contains(&format!(" {name} ")),
                "{name}"
            );
        }
        let all = std::fs::read_to_string(folder.path().join("liaison-cli.1")).expect("a page");
        assert!(all.contains("Exit codes"), "{all}");
    }
}
