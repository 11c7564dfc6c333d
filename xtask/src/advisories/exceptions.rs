//! Vulnerabilities that are known and lived with for a while, each with its reason and its end.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use chrono::NaiveDate;
use serde_json::Value;

/// Where they are, from the top folder: a JSON list of objects with `id`, `package`, `reason` and `until`.
pub const FILE: &str = "xtask/advisory-exceptions.json";

/// One that is lived with.
#[derive(Debug)]
pub struct Exception {
    /// Of the advisory.
    pub id: String,
    /// The crate it is about.
    pub package: String,
    /// Why it does no harm here, or can't be helped yet.
    pub reason: String,
    /// The last day on which it is lived with.
    pub until: NaiveDate,
}

/// The exceptions of a clone.
///
/// # Errors
/// Where the file is missing, or an exception lacks one of its four parts.
pub fn read(root: &Path) -> Result<Vec<Exception>> {
    let text = std::fs::read_to_string(root.join(FILE)).with_context(|| format!("no {FILE}"))?;
    parse(&text).with_context(|| format!("{FILE} is not as it should be"))
}

fn parse(text: &str) -> Result<Vec<Exception>> {
    let list: Vec<Value> = serde_json::from_str(text)?;
    list.iter()
        .map(|one| {
            let word = |key: &str| {
                let word = one[key].as_str().map(str::trim).filter(|word| !word.is_empty());
                word.map(str::to_owned).with_context(|| format!("an exception has no `{key}`: {one}"))
            };
            let reason = word("reason")?;
            ensure!(reason.split_whitespace().count() >= 5, "that is no reason: {reason}");
            let until = word("until")?;
            let until = until.parse().with_context(|| format!("`until` is a day, as 2026-12-31, not {until}"))?;
            Ok(Exception { id: word("id")?, package: word("package")?, reason, until })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"[{"id": "RUSTSEC-2099-0001", "package": "invented", "reason": "Only its build script is used here.", "until": "2099-12-31"}]"#;

    #[test]
    fn an_exception_has_a_reason_and_an_end() {
        let read = parse(ONE).expect("one exception");
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].id.as_str(), read[0].until.to_string().as_str()), ("RUSTSEC-2099-0001", "2099-12-31"));
        for (from, to) in [
            ("Only its build script is used here.", "fine"),
            ("Only its build script is used here.", ""),
            ("2099-12-31", "never"),
            ("\"package\"", "\"crate\""),
        ] {
            assert!(parse(&ONE.replace(from, to)).is_err(), "{to}");
        }
        assert!(parse("[]").expect("none").is_empty());
    }
}
