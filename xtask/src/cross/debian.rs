//! The source of Rust's standard library from Debian's mirror, checked by Debian's signature.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// Backports keep older versions for some time; that of the next releases is one only.
const SUITES: [&str; 5] = ["bookworm-backports", "trixie-backports", "trixie", "forky", "sid"];
/// The index of an architecture names what is for all of them, too, and mirrors keep it fresher than that of "all".
const INDEX: &str = "main/binary-amd64/Packages.xz";
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// The folder `library` of this version of Rust, below `into`.
///
/// # Errors
/// When no suite has this version, or what the mirror gives is not what Debian signed.
pub fn source(into: &Path, version: &str) -> Result<PathBuf> {
    let library = into.join(version).join("library");
    if library.join("Cargo.lock").is_file() {
        return Ok(library);
    }
    fs::create_dir_all(into)?;
    let base = mirror().context("set RUST_SRC to the folder `library` of Rust's source")?;
    let package = into.join("rust-src.deb");
    for suite in SUITES {
        let Some((file, sum)) = find(into, &base, suite, version)? else { continue };
        fetch(&format!("{base}/{file}"), &package)?;
        if sum_of(&package)? != sum {
            bail!("{base}/{file} is not what Debian signed");
        }
        let unpacked = into.join("deb");
        process::run(Command::new("dpkg-deb").arg("-x").args([&package, &unpacked]))?;
        let found = unpacked.join(format!("usr/src/rustc-{version}/library"));
        // Its vendor folder is not complete; cargo takes what Cargo.lock says from its registry, by its checksums.
        if found.join("vendor").exists() {
            fs::remove_dir_all(found.join("vendor"))?;
        }
        fs::create_dir_all(into.join(version))?;
        fs::rename(&found, &library)?;
        fs::remove_dir_all(&unpacked)?;
        fs::remove_file(&package)?;
        return Ok(library);
    }
    bail!(
        "Debian has no rust-src {version}. Set RUST_SRC to the folder `library` of Rust's source of this version, or use \
         a version that Debian has"
    )
}

/// Debian's mirror, as this machine has it.
///
/// # Errors
/// When this is no Debian, or its apt names none.
pub fn mirror() -> Result<String> {
    let asked =
        ["indextargets", "--format", "$(REPO_URI)", "Origin: Debian", "Component: main", "Created-By: Packages"];
    let answer = process::output(Command::new("apt-get").args(asked))
        .context("this is no Debian, so there is no mirror of it")?;
    let found =
        answer.lines().find(|line| !line.contains("security")).map(|line| line.trim_end_matches('/').to_owned());
    found.context("apt knows no mirror of Debian")
}

/// Where the package lies and its checksum, if this suite has it.
fn find(into: &Path, base: &str, suite: &str, version: &str) -> Result<Option<(String, String)>> {
    let (release, index) = (into.join("InRelease"), into.join("Packages.xz"));
    if fetch(&format!("{base}/dists/{suite}/InRelease"), &release).is_err() {
        return Ok(None);
    }
    if !process::succeeds(Command::new("gpgv").args(["-q", "--keyring", KEYRING]).arg(&release)) {
        println!("{suite}: its list is not signed by Debian");
        return Ok(None);
    }
    if fetch(&format!("{base}/dists/{suite}/{INDEX}"), &index).is_err() {
        return Ok(None);
    }
    let signed = sum_in_release(&fs::read_to_string(&release)?, INDEX);
    if signed.as_deref() != Some(sum_of(&index)?.as_str()) {
        println!("{suite}: its index is not the signed one");
        return Ok(None);
    }
    let packages = process::output(Command::new("xz").arg("-dc").arg(&index))?;
    Ok(package_in(&packages, version))
}

fn fetch(address: &str, to: &Path) -> Result<()> {
    process::run(Command::new("curl").args(["-sSf", "--retry", "2", address, "-o"]).arg(to))
}

fn sum_of(file: &Path) -> Result<String> {
    let answer = process::output(Command::new("sha256sum").arg(file))?;
    Ok(answer.split_whitespace().next().unwrap_or_default().to_owned())
}

/// The SHA-256 of a file that a release names.
fn sum_in_release(release: &str, file: &str) -> Option<String> {
    let sums = release.lines().skip_while(|line| line.trim() != "SHA256:").skip(1);
    let mut lines =
        sums.take_while(|line| line.starts_with(' ')).map(|line| line.split_whitespace().collect::<Vec<_>>());
    lines.find_map(|words| (words.get(2) == Some(&file)).then(|| words[0].to_owned()))
}

/// File and SHA-256 of rust-src of this version in an index of packages.
fn package_in(index: &str, version: &str) -> Option<(String, String)> {
    index.split("\n\n").find_map(|entry| {
        let value = |key: &str| entry.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
        // "1.95.0+dfsg1-1": Debian's own number follows.
        let fits = value("Package:")? == "rust-src" && value("Version:")?.starts_with(&format!("{version}+"));
        fits.then(|| Some((value("Filename:")?.to_owned(), value("SHA256:")?.to_owned()))).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_names_sums() {
        let release = "Origin: Debian\nMD5Sum:\n 0000 12 main/binary-amd64/Packages.xz\nSHA256:\n aaaa 11 main/other\n \
                       bbbb 12 main/binary-amd64/Packages.xz\n-----BEGIN PGP SIGNATURE-----\n";
        assert_eq!(sum_in_release(release, INDEX).as_deref(), Some("bbbb"), "not that of MD5");
        assert_eq!(sum_in_release(release, "main/binary-arm64/Packages.xz"), None);
        assert_eq!(sum_in_release("no sums", INDEX), None);
    }

    #[test]
    fn the_version_counts_to_the_letter() {
        let entry = |package: &str, version: &str| {
            format!(
                "Package: {package}\nVersion: {version}\nFilename: pool/{package}_{version}.deb\nSHA256: {version}-sum\n"
            )
        };
        let index = [
            entry("rust-doc", "1.95.0+dfsg1-1"),
            entry("rust-src", "1.95.10+dfsg1-1"),
            entry("rust-src", "1.95.0+dfsg1-2~bpo13"),
        ]
        .join("\n");
        let found = package_in(&index, "1.95.0").expect("it is there");
        assert_eq!(found, ("pool/rust-src_1.95.0+dfsg1-2~bpo13.deb".into(), "1.95.0+dfsg1-2~bpo13-sum".into()));
        assert_eq!(package_in(&index, "1.95.1"), None);
    }
}
