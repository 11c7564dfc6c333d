//! Somebody who is no contact yet is named on a form and waits in the queue (M2); notes are read page by page; what is
//! linked can't be deleted, and merging is offered instead (B9).

use crate::desk::{go, open_somebody, seeded_journey, values};
use anyhow::Result;
use liaison_app::Session;
use liaison_app::entries;
use liaison_app::import::unwatched;
use liaison_app::{contacts, import};
use liaison_domain::RecordKind;
use liaison_journeys::harness::{Size, Start};

async fn seed(desk: &Session) -> Result<()> {
    let person = [("first_name", "Zsófia"), ("last_name", "Quillfeather"), ("email", "zsofia@quill.example")];
    let contact = contacts::contact_create(desk, &values(&person)).await?.id.to_string();
    let mut notes = String::from("Contact,Text\n");
    for note in 0..120 {
        notes.push_str(&format!("zsofia@quill.example,Note number {note}\n"));
    }
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("notes.csv");
    std::fs::write(&path, notes)?;
    let opened = import::import_open_as(desk, RecordKind::Note, &path, None, &mut unwatched).await?;
    import::import_commit(desk, opened.session, &mut unwatched).await?;
    let listing = values(&[("title", "Lab technician"), ("contact", &contact)]);
    entries::record_create(desk, RecordKind::JobListing, &listing).await?;
    Ok(())
}

#[test]
fn a_supervisor_is_named_on_the_form_and_waits_in_the_queue() -> Result<()> {
    seeded_journey("newcomers", Start::default(), 50, seed, async |window, ()| {
        go(window, "x", "Experiences").await?;
        window.find("grid", "List of experiences").await?;
        window.click("button", "New experience").await?;
        window.fill("textbox", "Title · required", "Archive internship").await?;
        window.fill("textbox", "Student · required", "Lena Ortiz").await?;
        window.click("button", "Add someone who isn’t a contact yet").await?;
        window.fill("textbox", "First name · required", "Guy").await?;
        window.fill("textbox", "Email · required", "guy@else.example").await?;
        window.check_accessibility().await?;
        window.screenshot("newcomer_form", Size::DESK).await?;
        window.click("button", "Add experience").await?;
        // What is missing about the person stands at the person.
        window.wait_for_text("Enter a last name.").await?;
        window.fill("textbox", "Last name · required", "Vogelsang").await?;
        window.click("button", "Add experience").await?;
        window.wait_for_text("Experience \u{201c}Archive internship\u{201d} added.").await?;
        window.wait_for_text("Guy Vogelsang").await?;
        go(window, "q", "Pending Contacts").await?;
        window.wait_for_text("Guy Vogelsang").await?;
        window.wait_for_text("Experiential Learning Supervisor").await?;
        window.screenshot("newcomer_queue", Size::DESK).await
    })
}

#[test]
fn many_notes_are_paged_and_a_refused_delete_offers_merging() -> Result<()> {
    seeded_journey("notes_paged", Start::default(), 50, seed, async |window, ()| {
        open_somebody(window, "zsofia quill").await?;
        window.wait_for_text("Last contact").await?;
        window.screenshot("last_heard", Size::DESK).await?;
        window.click_css("[role=tab][data-key=notes]").await?;
        window.wait_for_text("50 of 120").await?;
        window.check_accessibility().await?;
        window.screenshot("notes_paged", Size::DESK).await?;
        window.click("button", "Show 50 more").await?;
        window.wait_for_text("100 of 120").await?;
        window.press("Delete").await?;
        window.wait_for_text("while these records are linked").await?;
        window.wait_for_text("Lab technician").await?;
        window.check_accessibility().await?;
        window.screenshot("delete_offers_merge", Size::DESK).await?;
        window.click("button", "Merge…").await?;
        window.wait_for_text("Choose a contact to merge with.").await?;
        window.screenshot("merge_from_delete", Size::DESK).await
    })
}
