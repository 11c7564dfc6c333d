//! Reading a clone of the RustSec database, bare or with its files.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use semver::VersionReq;
use toml::Table;

use super::copy::{Advisory, Copy, Kind, Source};
use crate::process;

/// Every advisory about a crate in the clone's last commit; what isn't committed doesn't count.
///
/// # Errors
/// Where git can't read the folder, there is none, or one is not as expected.
pub fn read(folder: &Path) -> Result<Copy> {
    let about = process::output(git(folder).args(["log", "-1", "--format=%H %ct"]))
        .with_context(|| format!("{} is no clone of the advisory database", folder.display()))?;
    let (commit, seconds) = about.trim().split_once(' ').context("git named no commit")?;
    let source = Source { commit: commit.to_owned(), seconds: seconds.parse()? };
    let listed = process::output(git(folder).args(["ls-tree", "-r", "--name-only", "HEAD", "crates"]))?;
    let names: Vec<&str> = listed.lines().filter(|name| name.ends_with(".md")).collect();
    ensure!(!names.is_empty(), "{} has no advisories below `crates`", folder.display());
    let mut advisories = Vec::new();
    for (name, text) in names.iter().zip(texts(folder, &names)?) {
        advisories.push(parse(&text).with_context(|| format!("{name} can't be read"))?);
    }
    advisories.sort_by(|one, other| (&one.package, &one.id).cmp(&(&other.package, &other.id)));
    Ok(Copy { source, advisories })
}

fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder);
    git
}

/// The files' texts, by one process for all of them.
fn texts(folder: &Path, names: &[&str]) -> Result<Vec<String>> {
    let mut command = git(folder);
    command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().context("git could not be started")?;
    let mut stdin = child.stdin.take().context("git takes no input")?;
    let asked: String = names.iter().map(|name| format!("HEAD:{name}\n")).collect();
    // Beside the reading, or both would wait for each other with full pipes.
    let asking = std::thread::spawn(move || stdin.write_all(asked.as_bytes()));
    let answer = child.wait_with_output().context("git gave no answer")?.stdout;
    asking.join().map_err(|_| anyhow::anyhow!("asking git failed"))??;
    let mut rest = answer.as_slice();
    names.iter().map(|name| one(&mut rest).with_context(|| format!("git gave no {name}"))).collect()
}

/// `HASH blob LENGTH`, the content and a line end, off the front of what git answered.
fn one(rest: &mut &[u8]) -> Result<String> {
    let end = rest.iter().position(|byte| *byte == b'\n').context("the answer ends")?;
    let head = std::str::from_utf8(&rest[..end])?;
    let length: usize = head.rsplit(' ').next().context("no length")?.parse().with_context(|| head.to_owned())?;
    let begin = end + 1;
    let content = rest.get(begin..begin + length).context("the answer is cut off")?;
    let text = String::from_utf8(content.to_vec())?;
    *rest = rest.get(begin + length + 1..).unwrap_or_default();
    Ok(text)
}

/// An advisory is a Markdown page that begins with a block of TOML; its first heading is its title.
fn parse(text: &str) -> Result<Advisory> {
    let rest = text.trim_start().strip_prefix("```toml").context("it doesn’t begin with a block of TOML")?;
    let (front, body) = rest.split_once("\n```").context("the block of TOML has no end")?;
    let table: Table = front.parse()?;
    let about = table.get("advisory").and_then(toml::Value::as_table).context("no [advisory]")?;
    let word = |key: &str| about.get(key).and_then(toml::Value::as_str);
    let title = body.lines().find_map(|line| line.strip_prefix("# ")).context("no title")?;
    let versions = table.get("versions").and_then(toml::Value::as_table);
    let ranges = |key: &str| -> Result<Vec<VersionReq>> {
        let list = match versions.and_then(|versions| versions.get(key)) {
            None => return Ok(Vec::new()),
            Some(toml::Value::Array(list)) => list,
            Some(_) => bail!("`{key}` is no list"),
        };
        list.iter()
            .map(|range| {
                let range = range.as_str().with_context(|| format!("`{key}` holds more than ranges"))?;
                VersionReq::parse(range).with_context(|| format!("the range `{range}`"))
            })
            .collect()
    };
    Ok(Advisory {
        id: word("id").context("no id")?.to_owned(),
        package: word("package").context("no package")?.to_owned(),
        kind: word("informational").map_or(Ok(Kind::Vulnerability), Kind::of)?,
        title: title.trim().to_owned(),
        patched: ranges("patched")?,
        unaffected: ranges("unaffected")?,
        withdrawn: about.contains_key("withdrawn"),
    })
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::*;

    const PAGE: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2099-0001\"\npackage = \"invented\"\ndate = \"2099-01-02\"\naliases = [\n  \"CVE-1\", # two lines\n]\n\n[affected]\nos = [\"linux\"]\n\n[versions]\npatched = [\"^1.2.3\", \">= 2.0.1\"]\nunaffected = [\"< 1.1.0\"]\n```\n\n# It can be attacked\n\nWords.\n";

    #[test]
    fn a_page_says_what_is_affected() {
        let advisory = parse(PAGE).expect("an advisory");
        assert_eq!((advisory.id.as_str(), advisory.kind), ("RUSTSEC-2099-0001", Kind::Vulnerability));
        assert_eq!(advisory.title, "It can be attacked");
        let about = |version: &str| advisory.is_about("invented", &Version::parse(version).expect("a version"));
        assert!(about("1.1.0") && about("1.2.2") && about("2.0.0"));
        assert!(!about("1.0.9") && !about("1.2.3") && !about("1.9.0") && !about("2.0.1"));
        let notice = PAGE.replace("date =", "informational = \"unmaintained\"\nwithdrawn = \"2099-02-03\"\ndate =");
        let notice = parse(&notice).expect("an advisory");
        assert!(notice.kind == Kind::Unmaintained && notice.withdrawn);
    }

    #[test]
    fn a_page_that_is_none_is_refused() {
        for (from, to) in [
            ("```toml", "~~~toml"),
            ("package =", "name ="),
            ("^1.2.3", "newer than 1.2"),
            ("[\"< 1.1.0\"]", "\"< 1.1.0\""),
            ("# It", "It"),
            ("date =", "informational = \"odd\"\ndate ="),
        ] {
            assert!(PAGE.contains(from), "{from}");
            assert!(parse(&PAGE.replace(from, to)).is_err(), "{to}");
        }
    }

    #[test]
    fn a_clone_is_read_as_it_was_committed() {
        let folder = std::env::temp_dir().join(format!("liaison-advisories-{}", std::process::id()));
        let put = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            std::fs::write(path, text).expect("it is written");
        };
        let git = |arguments: &[&str]| {
            let mut git = git(&folder);
            git.args(["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]);
            git.env("GIT_COMMITTER_DATE", "2099-01-03T00:00:00Z").args(arguments);
            process::output(&mut git).expect("git does it")
        };
        put("README.md", "# Not an advisory\n");
        put("crates/zoo/RUSTSEC-2099-0002.md", &PAGE.replace("0001", "0002").replace("invented", "zoo"));
        put("crates/invented/RUSTSEC-2099-0001.md", PAGE);
        git(&["init", "-q"]);
        git(&["add", "."]);
        git(&["commit", "-q", "-m", "Two"]);
        put("crates/later/RUSTSEC-2099-0003.md", "not committed");
        let read = read(&folder);
        std::fs::remove_dir_all(&folder).expect("it is removed");
        let copy = read.expect("it reads");
        assert_eq!(copy.source.day(), "2099-01-03");
        assert_eq!(copy.source.commit.len(), 40);
        let ids: Vec<&str> = copy.advisories.iter().map(|advisory| advisory.id.as_str()).collect();
        assert_eq!(ids, ["RUSTSEC-2099-0001", "RUSTSEC-2099-0002"]);
    }
}
