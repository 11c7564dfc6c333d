//! Whether what is stored is what was written.

use crate::output::{Failure, destination, print_json, print_line, say};
use clap::Args;
use liaison_app::Session;
use liaison_app::audit_file::{self, AuditInput};
use liaison_app::import::unwatched;
use liaison_app::verify;
use liaison_domain::head::WrittenHead;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Exit code where damage is found.
const DAMAGE: u8 = 9;

/// Check every page of the database, every history entry, and every record against the history.
#[derive(Args)]
pub struct Verify {
    #[arg(long)]
    json: bool,
    /// A head of the history that was written down earlier and must be in it; can be repeated
    #[arg(long, value_name = "HEAD")]
    expect: Vec<WrittenHead>,
    /// Accept the history as it is, although this computer wrote a different one; History records this
    #[arg(long, conflicts_with = "expect")]
    accept: bool,
    /// Check this audit file instead (needs no database and no passcode)
    #[arg(long, value_name = "AUDIT", conflicts_with = "accept")]
    pub file: Option<PathBuf>,
}

/// Export the history as a file that anyone can check with `verify --file` (docs/audit-file.md).
#[derive(Args)]
pub struct AuditExport {
    /// File to write; "-" is standard output. An existing file is replaced once the new one is complete
    #[arg(short, long)]
    output: PathBuf,
    /// Include record names and changed values; without this, the file says only who did what and when
    #[arg(long)]
    with_values: bool,
    #[arg(long)]
    json: bool,
}

/// Checks an audit file.
pub fn check_file(verify: &Verify, path: &Path) -> Result<ExitCode, Failure> {
    let checked = audit_file::check_file(path, &verify.expect)?;
    if verify.json {
        print_json(&checked)?;
    } else {
        say(&checked.to_string());
    }
    Ok(if checked.whole { ExitCode::SUCCESS } else { ExitCode::from(DAMAGE) })
}

pub async fn export(session: &Session, export: &AuditExport) -> Result<(), Failure> {
    let input = AuditInput { with_values: export.with_values };
    let written = audit_file::audit_export(session, input, destination(&export.output), &mut unwatched).await?;
    if export.output == Path::new("-") {
        return Ok(());
    }
    if export.json {
        return print_json(&written);
    }
    say(&format!("{} operations exported. Write down this head to recognize the file later:", written.operations));
    print_line(&written.head)
}

pub async fn run(session: &Session, verify: &Verify) -> Result<ExitCode, Failure> {
    if verify.accept {
        match verify::accept_journal(session).await? {
            Some(accepted) => say(&format!("Accepted: {accepted}")),
            None => say("There’s nothing to accept."),
        }
    }
    let mut report = verify::check_all(session, &mut unwatched).await?;
    for head in &verify.expect {
        report.add(verify::expect_head(session, head).await?);
    }
    if verify.json {
        print_json(&report)?;
    } else {
        report.findings.iter().for_each(|finding| say(&finding.to_string()));
        say(&report.to_string());
    }
    Ok(if report.whole { ExitCode::SUCCESS } else { ExitCode::from(DAMAGE) })
}
