//! A contact's profile: edit, note, audit log, reject, undo — and all of it again after a restart.

use crate::desk::{go, journey, open_somebody};
use anyhow::Result;
use liaison_journeys::harness::Size;

#[test]
fn a_contact_is_edited_noted_rejected_and_thawed() -> Result<()> {
    journey("profile", 200, &[], async |window| {
        go(window, "c", "Contacts").await?;
        window.click("button", "New contact").await?;
        window.fill("textbox", "First name · required", "Zsófia").await?;
        window.fill("textbox", "Last name · required", "Quillfeather").await?;
        window.fill("textbox", "E-mail · required", "zsofia@quill.example").await?;
        window.check_accessibility().await?;
        window.screenshot("new_contact", Size::DESK).await?;
        window.click("button", "Add contact").await?;
        window.wait_for_text("Zsófia Quillfeather").await?;
        open_somebody(window, "zsofia quill").await?;
        window.check_accessibility().await?;
        window.click("button", "Edit").await?;
        window.fill("textbox", "Job title", "Head of Quills").await?;
        window.check_accessibility().await?;
        window.click("button", "Save").await?;
        window.wait_for_text("Head of Quills").await?;

        window.click_css("[role=tab]:nth-child(3)").await?;
        window.fill("textbox", "Write a note", "Likes to be called before noon.").await?;
        window.click("button", "Add note").await?;
        window.wait_for_text("Likes to be called before noon.").await?;
        window.check_accessibility().await?;

        window.click("button", "Action").await?;
        window.click_css("[role=menuitem][data-key=reject]").await?;
        window.find_css("[role=dialog], [role=alertdialog]").await?;
        window.check_accessibility().await?;
        window.click("button", "Reject").await?;
        window.wait_for_text("Rejected").await?;
        window.screenshot("profile_rejected", Size::DESK).await?;

        // After a power cut everything is there; History takes the rejection back.
        window.restart().await?;
        go(window, "h", "History").await?;
        window.wait_for_text("rejected").await?;
        window.check_accessibility().await?;
        window.screenshot("history", Size::DESK).await?;
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        window.press("/").await?;
        window.type_text("zsofia quill").await?;
        window.wait_for_text("0 contacts").await
    })
}
