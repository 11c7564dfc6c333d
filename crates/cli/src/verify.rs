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

/// Check every page of the database, every link of the journal and every record against the journal.
#[derive(Args)]
pub struct Verify {
    #[arg(long)]
    json: bool,
    /// A head of the journal that was written down earlier: it must be in the journal. May be given more than once
    #[arg(long, value_name = "HEAD")]
    expect: Vec<WrittenHead>,
    /// Take the journal as it is for right, though this computer wrote another one; the history says so
    #[arg(long, conflicts_with = "expect")]
    accept: bool,
    /// Check this audit file instead, which needs no database and no passcode
    #[arg(long, value_name = "AUDIT", conflicts_with = "accept")]
    pub file: Option<PathBuf>,
}

/// Write the journal into a file that anybody can check with `verify --file` (docs/audit-file.md).
#[derive(Args)]
pub struct AuditExport {
    /// Where to; "-" is standard output. A file that is there is replaced once the new one is whole
    #[arg(short, long)]
    output: PathBuf,
    /// Also what was changed in which record; without it the file says who did what kind of thing and when
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
    say(&format!("{} operations written; write this head down to know the file again:", written.operations));
    print_line(&written.head)
}

pub async fn run(session: &Session, verify: &Verify) -> Result<ExitCode, Failure> {
    if verify.accept {
        match verify::accept_journal(session).await? {
            Some(accepted) => say(&format!("accepted: {accepted}")),
            None => say("there is nothing to accept"),
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
