//! Whether a crate of `Cargo.lock` has a known weakness, by the copy of the advisory database in this repository.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use semver::Version;

use super::{crates, none};
use crate::advisories::copy::{Advisory, Copy, Kind};
use crate::advisories::exceptions::{self, Exception};
use crate::project::Project;
use crate::steps::Done;

/// An older copy is told of: what was found since isn't in it.
const DAYS: i64 = 90;

/// Fails with every vulnerability that is no exception; prints what else is known, and how old the copy is when it is.
pub fn check(project: &Project) -> Result<Done> {
    let copy = Copy::read(&project.root)?;
    let lock = std::fs::read_to_string(project.root.join("Cargo.lock")).context("no Cargo.lock")?;
    let now = Utc::now();
    let found = find(&copy.advisories, &lock, &exceptions::read(&project.root)?, now)?;
    for notice in &found.notices {
        println!("{notice}");
    }
    let age = age(&copy, now);
    if let Some(words) = &age {
        println!("warning: {words}");
    }
    none(&found.problems)?;
    let mut told = match found.notices.len() {
        0 => Vec::new(),
        1 => vec!["1 notice".to_owned()],
        several => vec![format!("{several} notices")],
    };
    told.extend(age);
    Ok(if told.is_empty() { Done::Passed } else { Done::Noted(told.join("; ")) })
}

/// What the copy says about the locked versions.
#[derive(Debug, Default)]
struct Found {
    /// What must be mended.
    problems: Vec<String>,
    /// What is good to know.
    notices: Vec<String>,
}

fn find(advisories: &[Advisory], lock: &str, exceptions: &[Exception], now: DateTime<Utc>) -> Result<Found> {
    let mut found = Found::default();
    let mut used = vec![false; exceptions.len()];
    // Our own crates have no source; a foreign one of the same name would.
    for package in crates::packages(lock).filter(|package| package.source.is_some()) {
        let version = Version::parse(package.version)
            .with_context(|| format!("{} has the odd version {}", package.name, package.version))?;
        for advisory in advisories.iter().filter(|advisory| advisory.is_about(package.name, &version)) {
            let about = format!("{} {version}: {} ({})", package.name, advisory.title, advisory.id);
            if advisory.kind != Kind::Vulnerability {
                found.notices.push(format!("{}: {about}", advisory.kind.word()));
                continue;
            }
            let exception = exceptions.iter().position(|one| one.id == advisory.id && one.package == package.name);
            let Some(at) = exception else {
                found.problems.push(format!("{about}{}", mended(advisory)));
                continue;
            };
            used[at] = true;
            let exception = &exceptions[at];
            if exception.until < now.date_naive() {
                found.problems.push(format!("{about}: the exception ended on {}{}", exception.until, mended(advisory)));
            } else {
                let Exception { until, reason, .. } = exception;
                found.notices.push(format!("exception until {until}: {about}: {reason}"));
            }
        }
    }
    let idle = exceptions.iter().zip(used).filter(|(_, used)| !used);
    found.problems.extend(
        idle.map(|(one, _)| format!("{} is about no vulnerability here; take {} off it", exceptions::FILE, one.id)),
    );
    Ok(found)
}

fn mended(advisory: &Advisory) -> String {
    let ranges: Vec<String> = advisory.patched.iter().map(ToString::to_string).collect();
    if ranges.is_empty() { "; no version mends it".to_owned() } else { format!("; mended in {}", ranges.join(" or ")) }
}

fn age(copy: &Copy, now: DateTime<Utc>) -> Option<String> {
    let days = (now.timestamp() - copy.source.seconds) / 86_400;
    (days > DAYS).then(|| {
        format!(
            "the copy of the advisory database is of {}, {days} days old; what was found since isn’t in it (cargo xtask advisories PATH)",
            copy.source.day()
        )
    })
}

#[cfg(test)]
mod tests {
    use semver::VersionReq;

    use super::*;
    use crate::advisories::copy::Source;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"liaison\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"invented\"\nversion = \"1.2.3\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"00\"\n";

    fn advisory(id: &str, package: &str, kind: Kind, patched: &str) -> Advisory {
        Advisory {
            id: id.to_owned(),
            package: package.to_owned(),
            kind,
            title: "It can be attacked".to_owned(),
            patched: vec![VersionReq::parse(patched).expect("a range")],
            unaffected: Vec::new(),
            withdrawn: false,
        }
    }

    fn exception(id: &str, until: &str) -> Exception {
        Exception {
            id: id.to_owned(),
            package: "invented".to_owned(),
            reason: "Nothing calls it".to_owned(),
            until: until.parse().expect("a day"),
        }
    }

    fn told(advisories: &[Advisory], exceptions: &[Exception]) -> Found {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("2027-01-15");
        find(advisories, LOCK, exceptions, now).expect("it is looked at")
    }

    #[test]
    fn a_vulnerability_fails_and_a_notice_is_told() {
        let hole = advisory("R-1", "invented", Kind::Vulnerability, ">=1.3.0");
        let found = told(&[hole], &[]);
        assert_eq!(found.problems, ["invented 1.2.3: It can be attacked (R-1); mended in >=1.3.0"]);
        let found = told(&[advisory("R-2", "invented", Kind::Unmaintained, ">=1.3.0")], &[]);
        assert_eq!(found.notices, ["unmaintained: invented 1.2.3: It can be attacked (R-2)"]);
        assert!(found.problems.is_empty());
        let others = [
            advisory("R-3", "invented", Kind::Vulnerability, ">=1.2.3"),
            advisory("R-4", "other", Kind::Vulnerability, ">=9.0.0"),
            advisory("R-5", "liaison", Kind::Vulnerability, ">=9.0.0"),
        ];
        let found = told(&others, &[]);
        assert!(found.problems.is_empty() && found.notices.is_empty(), "{found:?}");
    }

    #[test]
    fn an_exception_holds_until_its_day_and_only_for_what_is_there() {
        let hole = || advisory("R-1", "invented", Kind::Vulnerability, ">=1.3.0");
        let found = told(&[hole()], &[exception("R-1", "2027-01-15")]);
        assert!(found.problems.is_empty() && found.notices[0].contains("Nothing calls it"), "{found:?}");
        let found = told(&[hole()], &[exception("R-1", "2027-01-14")]);
        assert!(found.problems[0].contains("the exception ended on 2027-01-14"), "{found:?}");
        let found = told(&[hole()], &[exception("R-1", "2027-12-31"), exception("R-9", "2027-12-31")]);
        assert_eq!(found.problems.len(), 1, "one that is about nothing: {found:?}");
        let notice = told(&[advisory("R-1", "invented", Kind::Unsound, ">=1.3.0")], &[exception("R-1", "2027-12-31")]);
        assert_eq!(notice.problems.len(), 1, "a notice needs none: {notice:?}");
    }

    #[test]
    fn an_old_copy_says_so() {
        let seconds = 1_800_000_000;
        let copy = Copy { source: Source { commit: "0".to_owned(), seconds }, advisories: Vec::new() };
        let after = |days: i64| age(&copy, DateTime::from_timestamp(seconds + days * 86_400, 0).expect("a day"));
        assert_eq!(after(90), None);
        let words = after(91).expect("it is old");
        assert!(words.contains("2027-01-15") && words.contains("91 days"), "{words}");
    }
}
