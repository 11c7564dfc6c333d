//! Every screen in dark colours and on a large display.

use crate::desk::{dark_journey, journey};
use anyhow::Result;
use liaison_journeys::harness::{Size, Window};

/// Where each screen is, and what it is called.
const SCREENS: [(&str, &str); 6] = [
    ("", "Home"),
    ("contacts", "Contacts"),
    ("notifications/contacts", "Pending Contacts"),
    ("employers", "Employers"),
    ("import", "Import"),
    ("history", "History"),
];

async fn look_round(window: &Window, look: &str, size: Size) -> Result<()> {
    window.find("navigation", "Main navigation").await?;
    window.resize(size).await?;
    for (address, title) in SCREENS {
        window.script("location.hash = '#/' + arguments[0]", vec![address.into()]).await?;
        window.wait_for_title(title).await?;
        window.check_accessibility().await?;
        window.screenshot(&format!("{}_{look}", title.to_lowercase().replace(' ', "_")), size).await?;
    }
    Ok(())
}

#[test]
fn every_screen_in_dark_colours() -> Result<()> {
    dark_journey("dark", 500, async |window| look_round(window, "dark", Size::DESK).await)
}

#[test]
fn every_screen_on_a_large_display() -> Result<()> {
    journey("wide", 500, &[], async |window| look_round(window, "wide", Size::WIDE).await)
}

#[test]
fn every_screen_of_an_empty_desk_in_a_small_window() -> Result<()> {
    journey("empty", 0, &[], async |window| {
        window.find("navigation", "Main navigation").await?;
        window.resize(Size::SMALL).await?;
        for (address, title) in SCREENS {
            window.script("location.hash = '#/' + arguments[0]", vec![address.into()]).await?;
            window.wait_for_title(title).await?;
            window.check_accessibility().await?;
            window.screenshot(&format!("{}_empty", title.to_lowercase().replace(' ', "_")), Size::SMALL).await?;
        }
        Ok(())
    })
}
