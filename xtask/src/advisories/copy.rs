//! The copy of the advisory database: JSON, one advisory a line, so that a newer copy can be read as a difference.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use chrono::DateTime;
use semver::{Version, VersionReq};
use serde_json::{Value, json};

/// Where it is, from the top folder.
pub const FILE: &str = "xtask/advisories.jsonl";

/// All advisories about crates, by package and id.
pub struct Copy {
    /// What it is a copy of.
    pub source: Source,
    /// In the order of the file.
    pub advisories: Vec<Advisory>,
}

/// The state of the database that was copied.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The commit, in hexadecimal.
    pub commit: String,
    /// When it was made, in seconds since 1970.
    pub seconds: i64,
}

impl Source {
    /// The day of the commit in UTC, as `2026-08-21`.
    pub fn day(&self) -> String {
        DateTime::from_timestamp(self.seconds, 0)
            .map_or_else(|| "an unknown day".to_owned(), |at| at.date_naive().to_string())
    }
}

/// One advisory, without what is to be read about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Advisory {
    /// As `RUSTSEC-2024-0429`; <https://rustsec.org/advisories/> has a page for each.
    pub id: String,
    /// The crate.
    pub package: String,
    /// How bad it is.
    pub kind: Kind,
    /// In a sentence.
    pub title: String,
    /// Versions in which it is mended.
    pub patched: Vec<VersionReq>,
    /// Versions that never had it.
    pub unaffected: Vec<VersionReq>,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

/// What an advisory says about a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It can be attacked.
    Vulnerability,
    /// Safe code can do with it what only unsafe code may.
    Unsound,
    /// Nobody looks after it any more.
    Unmaintained,
    /// Something else that is good to know.
    Notice,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Vulnerability, Self::Unsound, Self::Unmaintained, Self::Notice];

    /// As the database writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Vulnerability => "vulnerability",
            Self::Unsound => "unsound",
            Self::Unmaintained => "unmaintained",
            Self::Notice => "notice",
        }
    }

    /// The kind of this word.
    ///
    /// # Errors
    /// With the word, where there is none.
    pub fn of(word: &str) -> Result<Self> {
        let word = word.trim();
        Self::ALL.into_iter().find(|kind| kind.word() == word).with_context(|| format!("unknown kind `{word}`"))
    }
}

impl Advisory {
    /// Whether it is about this version of the crate.
    ///
    /// A range matches no preview of a version that it doesn't name, so previews count as affected when in doubt.
    pub fn is_about(&self, package: &str, version: &Version) -> bool {
        let is_free = self.patched.iter().chain(&self.unaffected).any(|range| range.matches(version));
        !self.withdrawn && self.package == package && !is_free
    }
}

impl Copy {
    /// The copy in a clone.
    ///
    /// # Errors
    /// Where it is missing or not as [`Self::to_text`] writes it.
    pub fn read(root: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(root.join(FILE)).with_context(|| format!("no {FILE}"))?;
        Self::parse(&text).with_context(|| format!("{FILE} is damaged; write it with `cargo xtask advisories PATH`"))
    }

    fn parse(text: &str) -> Result<Self> {
        let mut lines = text.lines();
        let head: Value = serde_json::from_str(lines.next().context("it is empty")?)?;
        let source = Source {
            commit: word(&head, "commit")?,
            seconds: head["seconds"].as_i64().context("its first line has no `seconds`")?,
        };
        let mut advisories = Vec::new();
        for (at, line) in lines.enumerate() {
            let advisory = serde_json::from_str(line).map_err(Into::into).and_then(|value: Value| advisory(&value));
            advisories.push(advisory.with_context(|| format!("line {}", at + 2))?);
        }
        // A file that was cut off must not look like one with fewer weaknesses.
        let said = head["advisories"].as_u64().and_then(|count| usize::try_from(count).ok());
        ensure!(
            said == Some(advisories.len()),
            "its first line says {said:?} advisories, but it has {}",
            advisories.len()
        );
        Ok(Self { source, advisories })
    }

    /// What the file holds.
    pub fn to_text(&self) -> String {
        let head = json!({
            "of": "https://github.com/rustsec/advisory-db",
            "license": "CC0-1.0",
            "commit": self.source.commit,
            "day": self.source.day(),
            "seconds": self.source.seconds,
            "advisories": self.advisories.len(),
        });
        let mut text = format!("{head}\n");
        for advisory in &self.advisories {
            let ranges = |ranges: &[VersionReq]| ranges.iter().map(ToString::to_string).collect::<Vec<_>>();
            let mut line = json!({
                "id": advisory.id,
                "package": advisory.package,
                "kind": advisory.kind.word(),
                "title": advisory.title,
                "patched": ranges(&advisory.patched),
                "unaffected": ranges(&advisory.unaffected),
            });
            if advisory.withdrawn {
                line["withdrawn"] = true.into();
            }
            text.push_str(&format!("{line}\n"));
        }
        text
    }
}

fn advisory(value: &Value) -> Result<Advisory> {
    let ranges = |key: &str| -> Result<Vec<VersionReq>> {
        let list = value[key].as_array().with_context(|| format!("`{key}` is no list"))?;
        list.iter().map(|range| Ok(VersionReq::parse(range.as_str().unwrap_or_default())?)).collect()
    };
    Ok(Advisory {
        id: word(value, "id")?,
        package: word(value, "package")?,
        kind: Kind::of(&word(value, "kind")?)?,
        title: word(value, "title")?,
        patched: ranges("patched")?,
        unaffected: ranges("unaffected")?,
        withdrawn: value["withdrawn"].as_bool().unwrap_or_default(),
    })
}

fn word(value: &Value, key: &str) -> Result<String> {
    Ok(value[key].as_str().with_context(|| format!("no `{key}`"))?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    fn ranges(ranges: &[&str]) -> Vec<VersionReq> {
        ranges.iter().map(|range| VersionReq::parse(range).expect("a range")).collect()
    }

    fn glib() -> Advisory {
        Advisory {
            id: "RUSTSEC-2024-0429".to_owned(),
            package: "glib".to_owned(),
            kind: Kind::Unsound,
            title: "An iterator “of strings” is unsound".to_owned(),
            patched: ranges(&[">=0.20.0"]),
            unaffected: ranges(&["<0.15.0"]),
            withdrawn: false,
        }
    }

    #[test]
    fn an_advisory_is_about_versions_that_are_neither_mended_nor_older() {
        let about = |version: &str| glib().is_about("glib", &Version::parse(version).expect("a version"));
        assert!(about("0.15.0") && about("0.18.5") && about("0.19.99"));
        assert!(!about("0.14.9") && !about("0.20.0") && !about("1.0.0"));
        assert!(about("0.20.0-alpha.1"), "a preview of the mended version may not be mended");
        assert!(!glib().is_about("glib-sys", &Version::new(0, 18, 5)));
        assert!(!Advisory { withdrawn: true, ..glib() }.is_about("glib", &Version::new(0, 18, 5)));
        let never_mended = Advisory { patched: Vec::new(), unaffected: Vec::new(), ..glib() };
        assert!(never_mended.is_about("glib", &Version::new(9, 0, 0)));
        let gap = Advisory { patched: ranges(&[">=0.17.5, <0.18.0", ">=0.18.9"]), ..glib() };
        assert!(!gap.is_about("glib", &Version::new(0, 17, 6)) && gap.is_about("glib", &Version::new(0, 18, 1)));
    }

    #[test]
    fn a_copy_reads_as_it_was_written() {
        let source = || Source { commit: "bf5c0d24".to_owned(), seconds: 1_787_293_720 };
        let advisories = || vec![glib(), Advisory { withdrawn: true, kind: Kind::Vulnerability, ..glib() }];
        let text = Copy { source: source(), advisories: advisories() }.to_text();
        assert!(text.contains("\"day\":\"2026-08-21\""), "{text}");
        let read = Copy::parse(&text).expect("it reads");
        assert_eq!((read.source, read.advisories), (source(), advisories()));
        let cut = text.rsplit_once("\n{").expect("lines").0;
        assert!(Copy::parse(cut).is_err(), "a copy that was cut off");
        assert!(Copy::parse(&text.replace("unsound\",", "harmless\",")).is_err(), "a kind that nobody knows");
    }

    #[test]
    fn the_copy_here_is_whole_and_in_order() {
        let copy = Copy::read(&Project::find().expect("this clone").root).expect("a copy");
        assert!(copy.advisories.len() > 1_000, "{}", copy.advisories.len());
        assert!(copy.advisories.is_sorted_by(|one, next| (&one.package, &one.id) < (&next.package, &next.id)));
        let known = copy.advisories.iter().find(|advisory| advisory.id == "RUSTSEC-2024-0429").expect("an old one");
        assert_eq!((known.package.as_str(), known.kind), ("glib", Kind::Unsound));
        assert!(known.is_about("glib", &Version::new(0, 18, 5)) && !known.is_about("glib", &Version::new(0, 20, 0)));
    }
}
