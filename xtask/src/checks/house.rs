//! How code is laid out here.

use std::path::Path;

use anyhow::Result;

use super::none;
use crate::project::Project;
use crate::{bindings, ui};

/// A longer file holds two things.
const LINES: usize = 500;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 8] = ["util", "utils", "helper", "helpers", "manager", "managers", "service", "services"];

/// Checks every file people write.
pub fn check(project: &Project) -> Result<()> {
    let mut problems = Vec::new();
    for file in ui::files(&project.root)? {
        let path = file.strip_prefix(&project.root).unwrap_or(&file);
        let written =
            path.extension().is_some_and(|extension| ["rs", "ts", "tsx"].iter().any(|ours| extension == *ours));
        if written && !bindings::FILES.iter().any(|generated| path == Path::new(generated)) {
            problems.extend(check_file(path, &std::fs::read_to_string(&file)?));
        }
    }
    none(&problems)
}

fn check_file(path: &Path, text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let lines = text.lines().count();
    if lines > LINES {
        problems.push(format!("{} has {lines} lines; {LINES} is the limit", path.display()));
    }
    for part in path.iter().map(|part| part.to_string_lossy().to_lowercase()) {
        if let Some(word) = part.split(['.', '_', '-']).find(|word| EMPTY_NAMES.contains(word)) {
            problems.push(format!("{}: a name with `{word}` says nothing", path.display()));
        }
    }
    // The whole interface runs without a shell in tests because only one folder knows of it.
    let imports_shell =
        text.lines().any(|line| line.contains("from \"@tauri-apps/") || line.contains("import(\"@tauri-apps/"));
    if imports_shell && !path.starts_with("ui/src/ipc") {
        problems.push(format!("{} imports @tauri-apps; only ui/src/ipc may", path.display()));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(path: &str, text: &str) -> usize {
        check_file(Path::new(path), text).len()
    }

    #[test]
    fn long_files() {
        assert_eq!(problems("a/b.rs", &"x\n".repeat(500)), 0);
        assert_eq!(problems("a/b.rs", &"x\n".repeat(501)), 1);
    }

    #[test]
    fn empty_names() {
        assert_eq!(problems("ui/src/date_utils.ts", ""), 1);
        assert_eq!(problems("crates/service/src/lib.rs", ""), 1);
        assert_eq!(problems("ui/src/utility.ts", ""), 0, "a utility company is a word of the field");
    }

    #[test]
    fn only_one_folder_knows_the_shell() {
        let import = format!("import {{ invoke }} from \"@tauri{}/api/core\";\n", "-apps");
        assert_eq!(problems("ui/src/ipc/call.ts", &import), 0);
        assert_eq!(problems("ui/src/features/contacts/queries.ts", &import), 1);
    }
}
