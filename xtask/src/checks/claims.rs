//! What docs/security.md claims is shown by a test, and the test is there.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

use super::none;
use crate::project::Project;
use crate::ui;

/// The page.
const PAGE: &str = "docs/security.md";

/// The heading of a last column whose cells name what shows the rest of the row.
const SHOWN_BY: &str = "Shown by";

/// What a cell begins with where nothing shows it.
const NOTHING: &str = "No test";

/// Compares the tests and files that the page names with those that are there.
pub fn check(project: &Project) -> Result<()> {
    let page = std::fs::read_to_string(project.root.join(PAGE)).with_context(|| format!("no {PAGE}"))?;
    let mut tests = BTreeSet::new();
    for file in ui::files(&project.root)?.iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
        tests.extend(tests_in(&std::fs::read_to_string(file)?));
    }
    none(&problems(&page, &tests, |file| project.root.join(file).exists()))
}

/// The names of the tests in a file of Rust.
fn tests_in(text: &str) -> BTreeSet<String> {
    let (mut names, mut is_test) = (BTreeSet::new(), false);
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_test |= line.contains("test]") || line.contains("test(");
            continue;
        }
        let function = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn "));
        if let Some(name) = function.and_then(|rest| rest.split('(').next()).filter(|_| is_test) {
            names.insert(name.to_owned());
        }
        is_test &= line.is_empty() || line.starts_with("//");
    }
    names
}

fn problems(page: &str, tests: &BTreeSet<String>, is_file: impl Fn(&Path) -> bool) -> Vec<String> {
    let mut problems = Vec::new();
    let mut is_proof = false;
    for (line, number) in page.lines().zip(1..) {
        let place = || format!("{PAGE}:{number}");
        let mut names = 0;
        for word in line.split('`').skip(1).step_by(2) {
            if is_test_name(word) {
                names += 1;
                if !tests.contains(word) {
                    problems.push(format!("{}: there is no test `{word}`", place()));
                }
            } else if word.contains('/') && Path::new(word).extension().is_some() {
                names += 1;
                if !is_file(Path::new(word)) {
                    problems.push(format!("{}: there is no file `{word}`", place()));
                }
            }
        }
        for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or(link);
            if !file.is_empty() && !file.contains("://") && !is_file(&Path::new("docs").join(file)) {
                problems.push(format!("{}: the link leads to no file: {link}", place()));
            }
        }
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        match cells.last() {
            _ if !line.starts_with('|') => is_proof = false,
            Some(cell) if *cell == SHOWN_BY => is_proof = true,
            Some(cell) if is_proof && names == 0 && !cell.starts_with(NOTHING) && !cell.starts_with("--") => {
                problems.push(format!("{}: name a test or a file, or say “{NOTHING}” and why", place()));
            }
            _ => {}
        }
    }
    problems
}

/// Three words at least: names of fields and crates have fewer.
fn is_test_name(word: &str) -> bool {
    let is_plain = word.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_');
    is_plain && word.matches('_').count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> Vec<String> {
        let rust = "#[test]\nfn it_is_so() {}\n\n#[tokio::test(flavor = \"x\")]\n// Why.\nasync fn it_holds_too() {}\nfn no_test_at_all() {}\n";
        problems(page, &tests_in(rust), |file| file == Path::new("docs/decisions/a.md") || file == Path::new("b/c.rs"))
    }

    #[test]
    fn named_tests_must_be_there() {
        assert_eq!(told("It is `it_is_so` and `it_holds_too` in `b/c.rs`, of `two_words`."), [""; 0]);
        assert_eq!(told("`no_test_at_all`").len(), 1, "a function that is no test");
        assert_eq!(told("`it_was_once_so`"), ["docs/security.md:1: there is no test `it_was_once_so`"]);
        assert_eq!(told("`b/gone.rs`").len(), 1);
        assert_eq!(told("[a](decisions/a.md#b) [b](https://example.org/c) [c](#d)"), [""; 0]);
        assert_eq!(told("[a](decisions/gone.md)").len(), 1);
    }

    #[test]
    fn each_row_of_a_proof_names_one() {
        let table = |cell: &str| told(&format!("| Claim | Shown by |\n|---|---|\n| It is so | {cell} |\n"));
        assert_eq!(table("`it_is_so`"), [""; 0]);
        assert_eq!(table("No test: it needs two computers"), [""; 0]);
        assert_eq!(table("everybody knows").len(), 1);
        assert_eq!(table("").len(), 1);
        assert_eq!(told("| Claim | Why |\n|---|---|\n| It is so | because |\n"), [""; 0]);
    }
}
