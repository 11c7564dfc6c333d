//! The data check: it claims nothing it has not looked at, and names what was changed behind the history's back.

use crate::desk::{PASSCODE, damaged_journey, go, journey, journey_with, seeded_journey, values};
use crate::files::Answers;
use anyhow::{Result, ensure};
use liaison_app::{Session, audit_file, contacts, start};
use liaison_journeys::harness::{Size, Start, Window};

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
        window.wait_for_text("The data on this computer hasn’t been fully checked yet.").await?;
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
async fn forged(desk: &Session) -> Result<()> {
    let given =
        [("first_name", "Ilse"), ("last_name", "Nimbus"), ("title", "Recruiter"), ("email", "ilse@zeppelin.example")];
    contacts::contact_create(desk, &values(&given)).await?;
    desk.engine()
        .database()
        .write(|db| db.execute("UPDATE contact SET title='Director' WHERE first_name='Ilse'"))
        .await?;
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

#[test]
fn the_audit_file_is_exported_and_anybody_can_check_it() -> Result<()> {
    let answers = Answers::new()?;
    let out = answers.folder().join("audit.jsonl");
    journey_with("audit_file", answers.start(), 20, async |window| {
        open_security(window).await?;
        answers.set(&[&out])?;
        window.click("button", "Export audit file…").await?;
        window.click_css("[role=dialog] label").await?;
        window.wait_for_text("will contain personal data").await?;
        window.check_accessibility().await?;
        window.screenshot("audit_file", Size::DESK).await?;
        window.click("button", "Choose location…").await?;
        window.wait_for_text("saved to").await?;
        let checked = audit_file::check_file(&out, &[])?;
        ensure!(checked.whole && checked.changes > 20, "{checked}");
        go(window, "h", "History").await?;
        window.wait_for_text("exported the audit file").await
    })
}

#[test]
fn changes_that_are_missing_are_said_at_the_start() -> Result<()> {
    // The database as it was before the last change, as where its log was lost.
    let lose = |folder: &std::path::Path| {
        let (database, before) = (folder.join("liaison.db"), folder.join("before"));
        std::fs::copy(&database, &before)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let desk = start::open(folder, Some(PASSCODE)).await?;
            let person = [("first_name", "Ilse"), ("last_name", "Nimbus"), ("email", "ilse@zeppelin.example")];
            contacts::contact_create(&desk, &values(&person)).await?;
            desk.engine().close().await?;
            anyhow::Ok(())
        })?;
        Ok(std::fs::rename(before, database)?)
    };
    damaged_journey("missing_changes", lose, async |window, _| {
        window.wait_for_text("changes this computer had written are missing after history entry").await?;
        window.check_accessibility().await?;
        window.screenshot("missing_changes", Size::DESK).await?;
        window.click("link", "Check data").await?;
        window.find("button", "Check now").await.map(|_| ())
    })
}
