//! The lock screen: who is let in, and who is not by any way from there.

use crate::desk::{PASSCODE, go, seeded_desk, values};
use anyhow::{Result, ensure};
use liaison_app::staff::StaffAssignment;
use liaison_app::{backup, staff, start};
use liaison_domain::StaffRole;
use liaison_journeys::harness::{Size, Start, Window, journey_from};

const BOBS: &str = "four kites above water";

async fn enter(window: &Window, passcode: &str) -> Result<()> {
    window.click_css("input").await?;
    window.press("Control+a").await?;
    window.type_text(passcode).await?;
    window.press("Enter").await
}

#[test]
fn an_administrator_who_was_deactivated_gets_in_by_no_way() -> Result<()> {
    let (folder, ()) = seeded_desk(5, async |desk| {
        let dana = desk.actor().staff;
        let bob = values(&[("first_name", "Bob"), ("last_name", "Low"), ("email", "bob@northfield.example")]);
        let role = StaffAssignment::BuiltIn { role: StaffRole::Administrator };
        let bob = staff::staff_create(desk, &bob, role).await?.id;
        staff::staff_passcode(desk, bob, Some(BOBS), Some(PASSCODE)).await?;
        // From when Dana still worked here.
        backup::backup_create(desk).await?;
        let theirs = start::switch(desk, BOBS).await?;
        staff::staff_deactivate(&theirs, dana, true).await?;
        Ok(())
    })?;
    let start = Start { data: Some(folder.path().to_owned()), ..Start::default() };
    journey_from("lock_screen", start, async |window| {
        window.wait_for_text("Liaison is locked").await?;
        enter(window, PASSCODE).await?;
        window.wait_for_text("not a passcode or recovery key").await?;

        window.click("button", "Restore from a backup…").await?;
        window.click_css("section li button").await?;
        window.wait_for_text("One that was valid when the backup was made.").await?;
        window.type_text(PASSCODE).await?;
        window.press("Enter").await?;
        window.wait_for_text("You’ve been deactivated").await?;
        window.check_accessibility().await?;
        window.screenshot("lock_screen_deactivated", Size::DESK).await?;
        window.press("Escape").await?;
        window.wait_until_gone("You’ve been deactivated").await?;

        enter(window, BOBS).await?;
        window.find("alertdialog", "2 wrong passcodes were entered").await?;
        window.check_accessibility().await?;
        window.screenshot("lock_screen_failures", Size::DESK).await?;
        window.click("button", "Got it").await?;
        go(window, "h", "History").await?;
        window.wait_for_text("2 wrong passcodes were entered before").await?;
        let left = std::fs::read_dir(folder.path())?.filter_map(Result::ok).map(|entry| entry.file_name());
        let odd: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with("re")).collect();
        ensure!(odd.is_empty(), "nothing was restored: {odd:?}");
        Ok(())
    })
}
