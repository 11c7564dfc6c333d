//! A clock in doubt: the window asks, shows everything, changes nothing until somebody answers.

use crate::desk::{go, seeded_journey};
use anyhow::Result;
use liaison_journeys::harness::{Size, Start};

#[test]
fn a_clock_in_doubt_is_asked_about_and_believed_once_somebody_says_so() -> Result<()> {
    seeded_journey(
        "clock",
        Start::default(),
        20,
        async |desk| {
            // As if it had been used three days from now.
            let later = desk.now() + 3 * 24 * 60 * 60 * 1000;
            let used = format!("INSERT OR REPLACE INTO setting(key,value) VALUES('clock_believed','{later}')");
            Ok(desk.engine().database().write(|db| db.execute(&used)).await?)
        },
        async |window, ()| {
            window.wait_for_text("This computer’s clock says").await?;
            window.check_accessibility().await?;
            go(window, "q", "Pending Contacts").await?;
            window.find("button", "Approve").await?;
            window.screenshot("clock_in_doubt", Size::DESK).await?;
            window.screenshot("clock_in_doubt_narrow", Size::SMALL).await?;
            window.press("a").await?;
            window.wait_for_text("Check this computer’s date first").await?;
            window.click("button", "Check again").await?;
            window.wait_for_text("The clock hasn’t changed enough").await?;
            window.click("button", "The date is correct").await?;
            window.wait_for_text("Date confirmed.").await?;
            window.wait_until_gone("This computer’s clock says").await?;
            window.press("a").await?;
            go(window, "h", "History").await?;
            window.wait_for_text("confirmed the computer’s date and time").await?;
            window.wait_for_text("approved").await
        },
    )
}
