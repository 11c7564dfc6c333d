//! Whether this computer's clock is believed.

use crate::output::{Failure, say};
use clap::Subcommand;
use liaison_app::Session;
use liaison_app::clock;

#[derive(Subcommand)]
pub enum ClockCommand {
    /// Confirm that the clock is correct although it’s far from when Liaison was last used; History records this
    Accept,
}

pub async fn run(session: &Session, command: &ClockCommand) -> Result<(), Failure> {
    let ClockCommand::Accept = command;
    let doubt = clock::clock_doubt(session);
    clock::clock_accept(session).await?;
    say(if doubt.is_some() { "Clock confirmed." } else { "Nothing to confirm: the clock isn’t in doubt." });
    Ok(())
}
