//! Every screen in dark colours, on a large display, and empty in a small window.

use crate::desk::{dark_journey, journey};
use anyhow::{Context as _, Result};
use liaison_journeys::harness::{Size, Window};

/// Where each screen is, and what it is called.
const SCREENS: [(&str, &str); 29] = [
    ("", "Home"),
    ("contacts", "Contacts"),
    ("notifications/contacts", "Pending Contacts"),
    ("employers", "Employers"),
    ("students", "All Users"),
    ("students/groups", "Groups"),
    ("students/invitations", "Invitations"),
    ("caseload", "My caseload"),
    ("duplicates", "Duplicates"),
    ("tasks", "Tasks"),
    ("meetings", "Meetings"),
    ("events", "Events"),
    ("interviews", "OCIs"),
    ("listings", "Job listings"),
    ("experiences", "Experiences"),
    ("import", "Import"),
    ("history", "History"),
    ("history/trash", "Trash"),
    ("view-as", "View as"),
    ("settings/employer-users", "Employer Users"),
    ("settings/roles", "Employer User Roles"),
    ("settings/staff", "Staff"),
    ("settings/look", "UI Customization"),
    ("settings/fields", "Custom attributes and labels"),
    ("settings/mail", "Mail"),
    ("settings/mail/templates", "Mail templates"),
    ("settings/mail/outbox", "Mail outbox"),
    ("settings/onboarding", "Onboarding questions"),
    ("settings/security", "Security"),
];

/// Goes to each screen, checks and pictures it.
async fn look_round(window: &Window, look: &str, size: Size) -> Result<()> {
    window.find("navigation", "Main navigation").await?;
    window.resize(size).await?;
    for (address, title) in SCREENS {
        window.script("location.hash = '#/' + arguments[0]", vec![address.into()]).await?;
        window.wait_for_title(title).await?;
        window
            .wait_until(
                &format!("{title} has read what it shows"),
                "return !document.querySelector('main [aria-busy=true]')",
                Vec::new(),
            )
            .await?;
        window.check_accessibility().await.with_context(|| format!("on the screen {title}"))?;
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
    journey("empty", 0, &[], async |window| look_round(window, "empty", Size::SMALL).await)
}
