//! The commands that the guides name are commands of this program, and each has its page.

use crate::arguments::Arguments;
use crate::reference;
use clap::{CommandFactory as _, Parser as _};
use std::path::Path;

/// Stands for FILE, ID and the like: a file may have this name, and it is an id, too.
const ANYTHING: &str = "0198c0de-0000-7000-8000-000000000001";
/// Stands for a head of the history.
const HEAD: &str = "1204-9f86-d081-884c-7d65-9a2f-eaa0-c55a-d015";
const GUIDES: [&str; 5] = ["README.md", "docs/staff.md", "docs/administrators.md", "docs/it.md", "docs/audit-file.md"];

/// Every command of a program in a page: the lines of code blocks, and what stands between backticks.
fn commands(page: &str, program: &str) -> Vec<String> {
    let begins = format!("{program} ");
    let mut found = Vec::new();
    let mut in_block = false;
    for line in page.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            found.extend(line.strip_prefix(&begins).map(|rest| rest.split("  #").next().unwrap_or(rest).to_owned()));
        } else {
            found.extend(
                line.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix(&begins)).map(str::to_owned),
            );
        }
    }
    // "(`liaison-cli undo …`)" names a command and leaves the rest open.
    found.retain(|command| !command.contains('…'));
    found
}

/// Words as a shell takes them apart, with something for what a reader is to fill in.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for letter in command.trim().chars() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().expect("there is always one").push(letter),
        }
    }
    let is_blank =
        |word: &str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
    let filled = |word: &String| match word.as_str() {
        "HEAD" => HEAD.to_owned(),
        blank if is_blank(blank) => ANYTHING.to_owned(),
        word => word.to_owned(),
    };
    words.iter().filter(|word| !word.is_empty()).map(filled).collect()
}

/// Whether the words are the name of a command, and nothing else.
fn is_name(words: &[String]) -> bool {
    let mut at = Arguments::command();
    words.iter().all(|word| match at.find_subcommand(word).cloned() {
        Some(found) => {
            at = found;
            true
        }
        None => false,
    })
}

#[test]
fn every_command_in_the_guides_is_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut count = 0;
    for guide in GUIDES {
        let page = std::fs::read_to_string(root.join(guide)).expect(guide);
        for command in commands(&page, "liaison-cli") {
            let words = words(&command);
            let whole = std::iter::once("liaison-cli".to_owned()).chain(words.iter().cloned());
            // A name alone, such as “`liaison-cli undo`”, tells of a command and leaves out what it takes.
            if let Err(error) = Arguments::try_parse_from(whole)
                && error.use_stderr()
                && !is_name(&words)
            {
                panic!("{guide}: liaison-cli {command}\n{error}");
            }
            count += 1;
        }
    }
    assert!(count > 60, "only {count} commands were found");
}

#[test]
fn a_command_is_found_and_taken_apart() {
    let page = "Run `liaison-cli undo OPERATION` or `other`.\n```\nliaison-cli bulk --set a=\"b c\"   # why\nother\n```\n`liaison-cli x …`";
    let found = commands(page, "liaison-cli");
    assert_eq!(found, ["undo OPERATION", "bulk --set a=\"b c\" "]);
    assert_eq!(words(&found[0]), ["undo", ANYTHING]);
    assert_eq!(words(&found[1]), ["bulk", "--set", "a=b c"]);
    assert!(Arguments::try_parse_from(["liaison-cli", "undoo", ANYTHING]).is_err(), "it can fail");
    let is_name = |words: &[&str]| is_name(&words.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert!(is_name(&["undo"]) && is_name(&["backup", "restore"]));
    assert!(!is_name(&["undo", "x"]) && !is_name(&["backups"]));
}

#[test]
fn every_command_has_a_page_and_is_completed() {
    let folder = tempfile::tempdir().expect("a folder");
    reference::write_pages(folder.path(), Arguments::command()).expect("pages");
    let mut completions = Vec::new();
    clap_complete::generate(clap_complete::Shell::Bash, &mut Arguments::command(), "liaison-cli", &mut completions);
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
