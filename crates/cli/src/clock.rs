//! Whether this computer's clock is believed.

use crate::output::{Failure, say};
use clap::Subcommand;
use liaison_app::Desk;
use std::sync::Arc;

#[derive(Subcommand)]
pub enum ClockCommand {
    /// Say that the clock is right, though it is far from when Liaison was last used; the history says so
    Accept,
}

pub async fn run(desk: &Arc<Desk>, command: &ClockCommand) -> Result<(), Failure> {
    let ClockCommand::Accept = command;
    let doubt = desk.clock_doubt();
    desk.clock_accept().await?;
    say(if doubt.is_some() { "accepted: the clock is right" } else { "there is nothing to accept" });
    Ok(())
}
