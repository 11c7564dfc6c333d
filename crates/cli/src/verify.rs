//! Whether what is stored is what was written.

use crate::output::{Failure, print_json, say};
use clap::Args;
use liaison_app::Desk;
use liaison_app::import::unwatched;
use liaison_domain::head::WrittenHead;
use std::process::ExitCode;
use std::sync::Arc;

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
}

pub async fn run(desk: &Arc<Desk>, verify: &Verify) -> Result<ExitCode, Failure> {
    if verify.accept {
        match desk.accept_journal().await? {
            Some(accepted) => say(&format!("accepted: {accepted}")),
            None => say("there is nothing to accept"),
        }
    }
    let mut report = desk.check_all(&mut unwatched).await?;
    for head in &verify.expect {
        report.add(desk.expect_head(head).await?);
    }
    if verify.json {
        print_json(&report)?;
    } else {
        report.findings.iter().for_each(|finding| say(&finding.to_string()));
        say(&report.to_string());
    }
    Ok(if report.whole { ExitCode::SUCCESS } else { ExitCode::from(DAMAGE) })
}
