//! Backups: made, restored with what is there kept, and the way back where the desk can't be opened.

use crate::desk::{PASSCODE, go, seeded_desk, seeded_journey, values};
use anyhow::{Context, Result};
use liaison_app::Session;
use liaison_app::{backup, contacts};
use liaison_domain::Id;
use liaison_journeys::harness::{Size, Start, Window, journey_from};

async fn person(desk: &Session, first: &str, last: &str) -> Result<Id> {
    let email = format!("{}@zeppelin.example", last.to_lowercase());
    Ok(contacts::contact_create(desk, &values(&[("first_name", first), ("last_name", last), ("email", &email)]))
        .await?
        .id)
}

async fn open_backups(window: &Window) -> Result<()> {
    window.find("navigation", "Main navigation").await?;
    window.script("location.hash = '#/settings/backups'", Vec::new()).await?;
    window.find("button", "Back up now").await?;
    Ok(())
}

/// Opens the menu of the last backup in the list, which is the oldest, and chooses from it.
async fn choose(window: &Window, action: &str) -> Result<()> {
    window.find("table", "Your backups").await?;
    window.click_css("tbody tr:last-child button").await?;
    window.click("menuitem", action).await
}

#[test]
fn a_restore_brings_back_what_was_and_keeps_what_is() -> Result<()> {
    let seed = async |desk: &Session| {
        let ilse = person(desk, "Ilse", "Nimbus").await?;
        backup::backup_create(desk).await?;
        Ok((ilse, person(desk, "Bertil", "Cumulus").await?))
    };
    seeded_journey("backups", Start::default(), 0, seed, async |window, (_, bertil)| {
        open_backups(window).await?;
        window.click("button", "Back up now").await?;
        window.wait_for_text("Backup made and checked.").await?;
        window.check_accessibility().await?;
        window.screenshot("backups", Size::DESK).await?;

        choose(window, "View contents…").await?;
        window.fill("textbox", "Find a contact or employer", "nimbus").await?;
        window.wait_for_text("Ilse Nimbus").await?;
        window.fill("textbox", "Find a contact or employer", "cumulus").await?;
        window.wait_for_text("No contacts or employers in this backup match.").await?;
        window.check_accessibility().await?;
        window.press("Escape").await?;
        window.wait_until_gone("Find a contact or employer").await?;

        choose(window, "Restore…").await?;
        window.wait_for_text("It contains 1 contact and 0 employers.").await?;
        window.wait_for_text("1 later change will be lost.").await?;
        window.check_accessibility().await?;
        window.screenshot("backups_restore", Size::DESK).await?;
        window.click("button", "Restore").await?;
        window.wait_for_text("The data you had before is in the list of backups.").await?;
        window.click("button", "Continue").await?;
        window.wait_for_text("Liaison is locked").await?;
        window.click_css("input").await?;
        window.type_text(PASSCODE).await?;
        window.press("Enter").await?;
        go(window, "c", "Contacts").await?;
        window.wait_for_text("Ilse Nimbus").await?;
        let gone = format!("location.hash = '#/contacts/{bertil}'");
        window.script(&gone, Vec::new()).await?;
        window.wait_for_text("This was deleted or isn\u{2019}t available to you.").await?;
        open_backups(window).await?;
        window.wait_for_text("Before a restore").await
    })
}

#[test]
fn the_start_screen_restores_over_a_damaged_database() -> Result<()> {
    let (folder, ()) = seeded_desk(0, async |desk| {
        person(desk, "Ilse", "Nimbus").await?;
        backup::backup_create(desk).await?;
        Ok(())
    })?;
    let path = folder.path().join("liaison.db");
    let mut bytes = std::fs::read(&path)?;
    bytes.get_mut(16..4096).context("a page")?.fill(0x5a);
    std::fs::write(&path, &bytes)?;
    let start = Start { data: Some(folder.path().to_owned()), ..Start::default() };
    journey_from("backups_start", start, async |window| {
        window.click("button", "Restore from a backup…").await?;
        window.wait_for_text("Choose a backup on this computer").await?;
        window.check_accessibility().await?;
        window.click_css("section li button").await?;
        window.wait_for_text("One that was valid when the backup was made.").await?;
        window.press("Control+a").await?;
        window.type_text(PASSCODE).await?;
        window.press("Enter").await?;
        window.wait_for_text("It contains 1 contact and 0 employers.").await?;
        window.screenshot("backups_start", Size::DESK).await?;
        window.click("button", "View contents…").await?;
        window.fill("textbox", "Find a contact or employer", "nimbus").await?;
        window.wait_for_text("nimbus@zeppelin.example").await?;
        window.check_accessibility().await?;
        window.screenshot("backups_start_inside", Size::DESK).await?;
        window.press("Escape").await?;
        window.wait_until_gone("Find a contact or employer").await?;
        window.click("button", "Restore").await?;
        window.wait_for_text("Its files are in").await?;
        window.click("button", "Continue").await?;
        window.wait_for_text("Liaison is locked").await?;
        window.click_css("input").await?;
        window.type_text(PASSCODE).await?;
        window.press("Enter").await?;
        go(window, "c", "Contacts").await?;
        window.wait_for_text("Ilse Nimbus").await
    })?;
    let kept = std::fs::read_dir(folder.path())?
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy().starts_with("replaced-"));
    assert_eq!(std::fs::read(kept.context("what was there is kept")?.path().join("liaison.db"))?, bytes);
    Ok(())
}
