//! A laptop in another time zone than the institution.

use crate::desk::{go, seeded_journey};
use anyhow::Result;
use liaison_app::institution;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_journeys::harness::{Size, Start};

#[test]
fn a_laptop_elsewhere_shows_the_institutions_times_and_says_whose_they_are() -> Result<()> {
    let mut start = Start::default();
    start.environment.push(("TZ".to_owned(), "Asia/Kolkata".to_owned()));
    let seed = async |desk: &liaison_app::Session| {
        let before = institution::institution_look(desk).await?.time_zone;
        let edit = FieldEdit {
            field: "time_zone".into(),
            before: FieldValue::Text(before),
            after: FieldValue::Text("America/New_York".into()),
        };
        institution::institution_edit(desk, &[edit]).await?;
        Ok(())
    };
    seeded_journey("time_zone", start, 60, seed, async |window, ()| {
        go(window, "h", "History").await?;
        window.wait_for_text("M ET").await?;
        window.screenshot("time_zone_history", Size::DESK).await?;

        // It is chosen by its name in words, and all times are told by it at once.
        window.script("location.hash = '#/settings/look'", Vec::new()).await?;
        window.find("combobox", "Time zone").await?;
        // What scrolls closes a list of choices.
        let middle = "document.querySelector('main input[role=combobox]').scrollIntoView({ block: 'center' })";
        window.script(middle, Vec::new()).await?;
        window.fill("combobox", "Time zone", "chicago").await?;
        window.click("option", "Central Time (Chicago)").await?;
        window.check_accessibility().await?;
        window.screenshot("time_zone_choice", Size::DESK).await?;
        window.press("Control+s").await?;
        window.wait_for_text("UI Customization updated.").await?;
        go(window, "h", "History").await?;
        window.wait_for_text("M CT").await?;
        window.press("Control+z").await?;
        window.wait_for_text("M ET").await
    })
}
