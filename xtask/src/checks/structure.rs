//! The structure of the code: arrows between files and folders go one way, no crate is too large for one head, SQL has
//! one place, and use cases read through whoever looks.

mod arrows;
mod modules;
mod names;
mod reading;
mod rust;
mod sql;
mod typescript;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::none;
use crate::project::Project;
use crate::ui;

/// Lines of a crate, blank ones, remarks and the tests within its files included.
const LINES: usize = 8_000;

/// The packages that may use SQL, and those whose business is to look at it from outside.
const MAY_USE_SQL: [&str; 7] =
    ["crates/store", "crates/search", "crates/queries", "crates/hub", "crates/portal", "crates/bench", "xtask"];

/// Checks every package.
pub fn check(project: &Project) -> Result<()> {
    let mut problems = Vec::new();
    for package in packages(project)? {
        let files = sources(&project.root.join(&package).join("src"), &["rs"])?;
        problems.extend(check_crate(&package, &files)?);
    }
    let files = sources(&project.ui().join("src"), &["ts", "tsx"])?;
    problems.extend(typescript::check(&files).into_iter().map(|problem| format!("ui/src: {problem}")));
    none(&problems)
}

/// Every crate that has sources of its own, by its folder.
fn packages(project: &Project) -> Result<Vec<String>> {
    let folder = project.root.join("crates");
    let mut packages = vec!["src-tauri".to_owned(), "xtask".to_owned()];
    for entry in std::fs::read_dir(&folder).with_context(|| format!("no folder {}", folder.display()))? {
        packages.push(format!("crates/{}", entry?.file_name().to_string_lossy()));
    }
    packages.retain(|package| project.root.join(package).join("src").is_dir());
    packages.sort();
    Ok(packages)
}

fn check_crate(package: &str, files: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let circles = rust::circles(files).with_context(|| format!("{package} can't be read"))?;
    problems.extend(circles.into_iter().map(|circle| format!("{package}/src: {circle}")));
    let lines: usize = files.values().map(|text| text.lines().count()).sum();
    if lines > LINES {
        problems.push(format!("{package} has {lines} lines; {LINES} is the limit"));
    }
    for (file, text) in files {
        problems.extend(reading::problem(package, file, text));
    }
    if !MAY_USE_SQL.contains(&package) {
        for (file, text) in files {
            let statements = sql::statements(text).into_iter();
            problems.extend(
                statements.map(|sql| format!("{package}/src/{file} uses SQL; only store and queries may: {sql}")),
            );
        }
    }
    Ok(problems)
}

/// The texts of the files below a folder with one of these endings, by their path in it.
fn sources(folder: &Path, endings: &[&str]) -> Result<BTreeMap<String, String>> {
    let wanted = |path: &PathBuf| path.extension().is_some_and(|ending| endings.iter().any(|ours| ending == *ours));
    let mut files = BTreeMap::new();
    for path in ui::files(folder)?.into_iter().filter(wanted) {
        let below = path.strip_prefix(folder).unwrap_or(&path);
        let name = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        files.insert(name, std::fs::read_to_string(&path)?);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(package: &str, text: &str) -> Vec<String> {
        check_crate(package, &BTreeMap::from([("lib.rs".to_owned(), text.to_owned())])).expect("Rust")
    }

    #[test]
    fn crates_have_an_end() {
        assert_eq!(told("crates/other", &"\n".repeat(LINES)), Vec::<String>::new());
        assert_eq!(told("crates/other", &"\n".repeat(LINES + 1)), ["crates/other has 8001 lines; 8000 is the limit"]);
    }

    #[test]
    fn only_the_store_speaks_sql() {
        let text = format!("const ALL: &str = \"{} * FROM contact\";", "SELECT");
        assert_eq!(told("crates/other", &text).len(), 1);
        assert_eq!(told("crates/store", &text), Vec::<String>::new());
    }

    #[test]
    fn use_cases_read_through_whoever_looks() {
        let text = "fn f(session: &Session) { session.engine().database(); }";
        assert_eq!(told("crates/app", text).len(), 1);
        assert_eq!(told("crates/store", text), Vec::<String>::new());
    }

    #[test]
    fn what_is_no_rust_is_refused() {
        assert!(check_crate("crates/other", &BTreeMap::from([("lib.rs".to_owned(), "fn".to_owned())])).is_err());
    }
}
