//! Whether this computer's clock is believed.

use crate::output::{Failure, say};
use clap::Subcommand;
use liaison_app::Session;
use liaison_app::clock;

#[derive(Subcommand)]
pub enum ClockCommand {
    /// Say that the clock is right, though it is far from when Liaison was last used; the history says so
    Accept,
}

pub async fn run(session: &Session, command: &ClockCommand) -> Result<(), Failure> {
    let ClockCommand::Accept = command;
    let doubt = clock::clock_doubt(session);
    clock::clock_accept(session).await?;
    say(if doubt.is_some() { "accepted: the clock is right" } else { "there is nothing to accept" });
    Ok(())
}
