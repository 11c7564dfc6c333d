//! Arrows between the files of the interface: who imports from whom, and from which floor.

use std::collections::BTreeMap;

use super::arrows::Arrows;

/// The floors of `ui/src`, from the ground up. An import goes to the same floor or to one below it.
const FLOORS: [&str; 6] = ["ipc", "kit", "session", "records", "features", "app"];

/// What tests run in; it may import from everywhere.
const TESTING: &str = "testing/";

/// The page's first script, on the top floor.
const MAIN: &str = "main.tsx";

/// Made from Rust: they import nothing of ours but each other, and everybody may have what is in them.
const GENERATED: [&str; 2] = ["ipc/bindings.ts", "ipc/contract.ts"];

/// The files of the interface by their path below `ui/src`, with `/` between folders.
pub type Files = BTreeMap<String, String>;

/// An import as it stands in a file.
#[derive(Debug, PartialEq, Eq)]
struct Import {
    from: String,
    names: Vec<String>,
}

/// Every circle and every import that goes up, in words.
pub fn check(files: &Files) -> Vec<String> {
    let (mut arrows, mut problems) = (Arrows::default(), Vec::new());
    for (file, text) in files.iter().filter(|(file, _)| is_ours(file)) {
        let place: Vec<String> = file.split('/').map(str::to_owned).collect();
        arrows.place(file, &place);
        if floor(file).is_none() {
            problems.push(format!("{file} is on no floor; they are {}", FLOORS.join(", ")));
        }
        for import in imports(text) {
            let Some(target) = resolve(file, &import.from, files).filter(|target| is_ours(target)) else { continue };
            import.names.iter().for_each(|name| arrows.add(file, &target, name));
            if let (Some(here), Some(there)) = (floor(file), floor(&target))
                && there > here
            {
                problems.push(format!(
                    "{file} imports {} from {target}: {} stands above {}",
                    import.names.join(", "),
                    FLOORS[there],
                    FLOORS[here]
                ));
            }
        }
    }
    problems.extend(arrows.circles());
    problems
}

/// Whether a file is part of the interface, and not of its tests or made by a program.
fn is_ours(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let is_test = [".test.ts", ".test.tsx", ".d.ts"].iter().any(|ending| name.ends_with(ending));
    !is_test && !GENERATED.contains(&file) && !file.starts_with(TESTING)
}

fn floor(file: &str) -> Option<usize> {
    let folder = if file == MAIN { "app" } else { file.split_once('/')?.0 };
    FLOORS.iter().position(|floor| *floor == folder)
}

/// What a file imports or hands on, with the names; formatted code, so that a statement begins its line.
fn imports(text: &str) -> Vec<Import> {
    let mut found = Vec::new();
    let mut statement = String::new();
    for line in text.lines() {
        let begins = ["import ", "import{", "import\"", "export {", "export *", "export type {", "export type *"]
            .iter()
            .any(|beginning| line.starts_with(beginning));
        if begins {
            statement.clear();
        }
        if begins || !statement.is_empty() {
            statement.push_str(line);
            statement.push('\n');
            if let Some(import) = complete(&statement) {
                found.push(import);
                statement.clear();
            } else if line.ends_with(';') || (!begins && line.starts_with('}')) {
                statement.clear();
            }
            continue;
        }
        let is_remark = ["//", "*", "/*"].iter().any(|remark| line.trim_start().starts_with(remark));
        // Also `typeof import("…")`.
        for part in line.split("import(").skip(1).filter(|_| !is_remark) {
            if let Some(from) = quoted(part) {
                found.push(Import { from: from.to_owned(), names: vec!["import()".to_owned()] });
            }
        }
    }
    found
}

/// The import that a statement makes once it has all its lines.
fn complete(statement: &str) -> Option<Import> {
    let (before, after) = match statement.rfind(" from \"").or_else(|| statement.rfind("} from\"")) {
        Some(at) => (&statement[..at], &statement[at..]),
        // `import "./style.css"` brings nothing in.
        None if statement.starts_with("import \"") => ("", statement),
        None => return None,
    };
    let from = quoted(after.get(after.find('"')?..)?)?;
    let words = before.split(|c: char| !(c.is_alphanumeric() || "_$*".contains(c)));
    let names: Vec<String> = words
        .filter(|word| !word.is_empty() && !["import", "export", "type", "as"].contains(word))
        .map(str::to_owned)
        .collect();
    Some(Import { from: from.to_owned(), names: if names.is_empty() { vec!["import".to_owned()] } else { names } })
}

/// The text in the quotes it begins with.
fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.split_once('"').map(|(inside, _)| inside)
}

/// The file of ours that an import means.
fn resolve(file: &str, from: &str, files: &Files) -> Option<String> {
    let mut path: Vec<&str> = Vec::new();
    let rest = if let Some(rest) = from.strip_prefix("~/") {
        rest
    } else if from.starts_with("./") || from.starts_with("../") || from == "." || from == ".." {
        path.extend(file.split('/'));
        path.pop();
        from
    } else {
        return None;
    };
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            name => path.push(name),
        }
    }
    let path = path.join("/");
    let endings = ["", ".ts", ".tsx", "/index.ts", "/index.tsx"];
    endings.iter().map(|ending| format!("{path}{ending}")).find(|path| files.contains_key(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        check(&files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn files_that_import_each_other() {
        let told = told(&[
            ("kit/a.ts", "import { type B } from \"./b.ts\";\nexport type A = B;\n"),
            ("kit/b.ts", "import type {\n  A,\n} from \"~/kit/a\";\nexport type B = A;\n"),
        ]);
        assert_eq!(
            told,
            ["kit/a.ts → kit/b.ts → kit/a.ts (kit/a.ts takes B from kit/b.ts; kit/b.ts takes A from kit/a.ts)"]
        );
    }

    #[test]
    fn folders_that_import_each_other() {
        let files = [
            ("features/x/a.tsx", "import { One } from \"../y/a\";\n"),
            ("features/y/a.tsx", "export function One() {}\n"),
            ("features/y/b.tsx", "const two = lazy(() => import(\"~/features/x/b.tsx\"));\n"),
            ("features/x/b.tsx", "export const b = 1;\n"),
        ];
        assert_eq!(told(&files).len(), 1);
        assert!(told(&files)[0].starts_with("features/x/ → features/y/ → features/x/"), "{:?}", told(&files));
    }

    #[test]
    fn floors() {
        let up = [("kit/a.ts", "import { b } from \"~/records/b\";\n"), ("records/b.ts", "export const b = 1;\n")];
        assert_eq!(told(&up), ["kit/a.ts imports b from records/b.ts: records stands above kit"]);
        let down = [
            ("records/b.ts", "export * from \"../kit/a\";\n"),
            ("kit/a.ts", ""),
            (MAIN, "import \"~/app/x\";\n"),
            ("app/x.ts", ""),
        ];
        assert_eq!(told(&down), Vec::<String>::new());
        assert_eq!(told(&[("attic/a.ts", "")]).len(), 1);
        assert_eq!(told(&[("router.ts", "")]).len(), 1, "only the first script stands in no folder");
    }

    #[test]
    fn tests_and_what_is_generated_tie_nothing() {
        let files = [
            ("kit/a.test.ts", "import { b } from \"~/app/b\";\nimport { c } from \"~/testing/c\";\n"),
            ("testing/c.ts", "import { b } from \"~/app/b\";\n"),
            ("app/b.ts", "import { commands } from \"~/ipc/bindings\";\n"),
            ("ipc/bindings.ts", "import { b } from \"~/app/b\";\n"),
        ];
        assert_eq!(told(&files), Vec::<String>::new());
    }

    #[test]
    fn statements() {
        let text = "import React, { useState as state } from \"react\";\n// import(\"./old\")\nexport { x } from \"./x\";\n\
                    export {\n  y,\n};\nexport const from = \"a\";\nimport \"./style.css\";\n";
        let import = |from: &str, names: &[&str]| Import {
            from: from.to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        let expected = [
            import("react", &["React", "useState", "state"]),
            import("./x", &["x"]),
            import("./style.css", &["import"]),
        ];
        assert_eq!(imports(text), expected);
    }
}
