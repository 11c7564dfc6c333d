//! Journeys through the real window. `cargo xtask test` builds the app, gives it a display and runs them.

use anyhow::Result;
use liaison_journeys::harness::{Size, journey};

#[test]
fn the_window_opens() -> Result<()> {
    journey("the_window_opens", async |window| {
        window.wait_for_title("Liaison").await?;
        window.check_accessibility().await?;
        window.screenshot("the_window_opens", Size::DESK).await
    })
}
