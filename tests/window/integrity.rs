//! The data check: it claims nothing it has not looked at, and names what was changed behind the history's back.

use crate::desk::{journey, seeded_journey, values};
use anyhow::Result;
use liaison_app::Desk;
use liaison_journeys::harness::{Size, Start, Window};
use std::sync::Arc;

async fn open_security(window: &Window) -> Result<()> {
    window.find("navigation", "Main navigation").await?;
    window.script("location.hash = '#/settings/security'", Vec::new()).await?;
    window.find("button", "Check now").await?;
    Ok(())
}

#[test]
fn a_check_says_what_was_looked_at_and_gives_the_head() -> Result<()> {
    journey("data_check", 40, &[], async |window| {
        open_security(window).await?;
        window.wait_for_text("The data hasn’t been checked in full on this computer yet.").await?;
        window.click("button", "Check now").await?;
        window.wait_for_text("Nothing was missing or altered.").await?;
        window.wait_for_text("Head of the history").await?;
        window.check_accessibility().await?;
        window.screenshot("data_check", Size::DESK).await?;
        window.restart().await?;
        open_security(window).await?;
        window.wait_for_text("Nothing was missing or altered.").await
    })
}

/// A contact whose title somebody with the key changed past Liaison.
async fn forged(desk: &Arc<Desk>) -> Result<()> {
    let given =
        [("first_name", "Ilse"), ("last_name", "Nimbus"), ("title", "Recruiter"), ("email", "ilse@zeppelin.example")];
    desk.contact_create(&values(&given)).await?;
    desk.database().write(|db| db.execute("UPDATE contact SET title='Director' WHERE first_name='Ilse'")).await?;
    Ok(())
}

#[test]
fn a_forged_record_is_found_and_named() -> Result<()> {
    seeded_journey("data_check_forged", Start::default(), 40, forged, async |window, ()| {
        open_security(window).await?;
        window.click("button", "Check now").await?;
        window.wait_for_text("1 problem was found.").await?;
        let named = "Contact Ilse Nimbus: Job title is “Director”, but the history says “Recruiter”.";
        window.wait_for_text(named).await?;
        window.check_accessibility().await?;
        window.screenshot("data_check_forged", Size::DESK).await
    })
}
