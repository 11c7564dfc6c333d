//! The trash: a delete says what goes and what stands in its way, what was deleted comes back or is erased for good.

use crate::desk::{go, seeded_journey, values};
use anyhow::Result;
use liaison_app::Session;
use liaison_app::entries;
use liaison_app::lists::Selection;
use liaison_app::{contacts, employers, notes, trash};
use liaison_domain::{Id, RecordKind};
use liaison_journeys::harness::{Size, Start, Window};

async fn person(desk: &Session, first: &str, last: &str, more: &[(&str, &str)]) -> Result<Id> {
    let email = format!("{}@zeppelin.example", last.to_lowercase());
    let mut given = vec![("first_name", first), ("last_name", last), ("email", email.as_str())];
    given.extend_from_slice(more);
    Ok(contacts::contact_create(desk, &values(&given)).await?.id)
}

/// Ilse, who can be deleted with a note and a task, and Bertil, whom a job listing names.
async fn people(desk: &Session) -> Result<(Id, Id)> {
    let employer =
        employers::employer_create(desk, &values(&[("name", "Friedrichshafen Zeppelins")])).await?.id.to_string();
    let reach = [
        ("employer", employer.as_str()),
        ("title", "Head of Hangars"),
        ("department", "Airworthiness"),
        ("work_phone", "+49 7541 5900 12"),
        ("mobile_phone", "+49 171 5550134"),
        ("email_2", "ilse@hangar.example"),
        ("street", "Hangarstrasse 7\nHall 3"),
        ("city", "Friedrichshafen"),
        ("postal_code", "88046"),
        ("country", "Germany"),
        ("home_street", "Seeweg 2"),
        ("home_city", "Langenargen"),
        ("website", "https://www.zeppelin.example/people/ilse"),
        ("linkedin", "https://www.linkedin.com/in/ilse-nimbus"),
        ("github", "https://github.com/ilse-nimbus"),
        ("description", "Hires two interns each summer.\nPrefers to be called before noon."),
    ];
    let ilse = person(desk, "Ilse", "Nimbus", &reach).await?;
    notes::note_add(desk, ilse, "Met at the airship fair.").await?;
    let of_ilse = ilse.to_string();
    entries::record_create(
        desk,
        RecordKind::Task,
        &values(&[("contact", &of_ilse), ("title", "Send the fair\u{2019}s dates")]),
    )
    .await?;
    let bertil = person(desk, "Bertil", "Cumulus", &[("title", "Recruiter")]).await?;
    let listing = [("contact", bertil.to_string()), ("title", "Airship engineer".to_owned())];
    entries::record_create(
        desk,
        RecordKind::JobListing,
        &values(&listing.each_ref().map(|(key, value)| (*key, value.as_str()))),
    )
    .await?;
    Ok((ilse, bertil))
}

async fn open(window: &Window, kind: &str, id: Id) -> Result<()> {
    window.find("navigation", "Main navigation").await?;
    window.script("location.hash = '#/' + arguments[0]", vec![format!("{kind}/{id}").into()]).await?;
    window.find("button", "Action").await?;
    Ok(())
}

async fn ask_to_delete(window: &Window) -> Result<()> {
    window.click("button", "Action").await?;
    window.click_css("[role=menuitem][data-key=delete]").await?;
    window.find("alertdialog", "Delete Contact").await?;
    Ok(())
}

async fn open_trash(window: &Window) -> Result<()> {
    go(window, "h", "History").await?;
    window.find("navigation", "History and Trash").await?;
    window.press("2").await?;
    window.wait_for_title("Trash").await
}

const LIST: &str = "Contacts in the trash, newest first";

#[test]
fn a_deleted_contact_comes_back_or_is_erased_for_good() -> Result<()> {
    seeded_journey("trash", Start::default(), 40, people, async |window, (ilse, _)| {
        open(window, "contacts", ilse).await?;
        window.wait_for_text("Hangarstrasse 7").await?;
        window.check_accessibility().await?;
        window.screenshot("profile_card", Size::DESK).await?;

        ask_to_delete(window).await?;
        window.wait_for_text("with 1 note and 1 task").await?;
        window.wait_for_text("30 days").await?;
        window.check_accessibility().await?;
        window.screenshot("delete", Size::DESK).await?;
        window.click("button", "Delete").await?;
        window.wait_for_text(" by Dana Reyes. Will be deleted permanently").await?;
        window.wait_for_text("in 30 days").await?;
        window.check_accessibility().await?;
        window.screenshot("profile_in_trash", Size::DESK).await?;
        anyhow::ensure!(!window.has("button", "Edit").await?, "a contact in the trash can't be edited");

        open_trash(window).await?;
        window.find("grid", LIST).await?;
        window.wait_for_text("Ilse Nimbus").await?;
        window.press("x").await?;
        window.wait_for_text("1 selected").await?;
        window.check_accessibility().await?;
        window.screenshot("trash", Size::DESK).await?;
        window.click("button", "Restore").await?;
        window.wait_for_text("Ilse Nimbus restored.").await?;
        window.wait_for_text("The trash is empty.").await?;
        window.check_accessibility().await?;
        window.screenshot("trash_empty", Size::DESK).await?;

        open(window, "contacts", ilse).await?;
        ask_to_delete(window).await?;
        window.wait_for_text("with 1 note and 1 task").await?;
        window.click("button", "Delete").await?;
        window.wait_for_text(" by Dana Reyes. Will be deleted permanently").await?;
        open_trash(window).await?;
        window.find("grid", LIST).await?;
        window.wait_for_text("Ilse Nimbus").await?;
        window.press("Delete").await?;
        window.find("alertdialog", "Delete permanently").await?;
        window.type_text("delete").await?;
        window.check_accessibility().await?;
        window.screenshot("erase", Size::DESK).await?;
        window.press("Enter").await?;
        window.wait_for_text("Ilse Nimbus deleted permanently.").await?;
        window.wait_for_text("The trash is empty.").await?;

        go(window, "h", "History").await?;
        window.wait_for_text("permanently deleted a contact").await?;
        window.check_accessibility().await?;
        window.click_css("[role=row][data-key]").await?;
        window.find("complementary", "What this step changed").await?;
        window.wait_for_text("These values were permanently deleted.").await?;
        let undo =
            "return document.querySelector('aside[aria-label=\"What this step changed\"]').innerText.includes('Undo')";
        anyhow::ensure!(window.script(undo, Vec::new()).await? == false, "an erasure has no way back");
        window.screenshot("history_erased", Size::DESK).await
    })
}

#[test]
fn what_stands_in_the_way_of_a_delete_is_named() -> Result<()> {
    seeded_journey("trash_blocked", Start::default(), 0, people, async |window, (_, bertil)| {
        open(window, "contacts", bertil).await?;
        ask_to_delete(window).await?;
        window.wait_for_text("1 job listing: Airship engineer").await?;
        window.find("button", "Hide").await?;
        window.find("button", "Mark as \u{201c}Inactive\u{201d}").await?;
        window.check_accessibility().await?;
        window.screenshot("delete_blocked", Size::DESK).await?;
        window.click("button", "Mark as \u{201c}Inactive\u{201d}").await?;
        window.wait_for_text("marked as \u{201c}Inactive\u{201d}").await?;

        // The same from the list, for two at once: one goes, one stays.
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        window.wait_for_text("2 contacts").await?;
        window.press("Control+A").await?;
        window.wait_for_text("2 selected").await?;
        window.press("Delete").await?;
        window.find("alertdialog", "Delete contacts").await?;
        window.wait_for_text("1 contact will move to the trash").await?;
        window.find("button", "Reject 1 contact").await?;
        let focused = window.script("return document.activeElement?.textContent", Vec::new()).await?;
        anyhow::ensure!(focused == "Cancel", "the focus is on {focused}");
        window.check_accessibility().await?;
        window.screenshot("delete_some_blocked", Size::DESK).await?;
        window.click("button", "Delete 1 contact").await?;
        window.wait_for_text("1 contact moved to the trash. 1 wasn’t deleted.").await?;

        open(window, "contacts", bertil).await?;
        ask_to_delete(window).await?;
        window.click("button", "Reject").await?;
        window.wait_for_text("This contact is rejected").await
    })
}

#[test]
fn the_trash_in_dark_colours() -> Result<()> {
    seeded_journey(
        "trash_dark",
        Start::dark(),
        30,
        async |desk| {
            let (ilse, bertil) = people(desk).await?;
            let selection = Selection::Ids { ids: vec![ilse] };
            trash::delete(desk, RecordKind::Contact, &selection, &mut liaison_app::import::unwatched).await?;
            Ok((ilse, bertil))
        },
        async |window, (ilse, bertil)| {
            open(window, "contacts", ilse).await?;
            window.wait_for_text(" by Dana Reyes. Will be deleted permanently").await?;
            window.check_accessibility().await?;
            window.screenshot("profile_in_trash_dark", Size::DESK).await?;
            open_trash(window).await?;
            window.wait_for_text("Ilse Nimbus").await?;
            window.press("Delete").await?;
            window.find("alertdialog", "Delete permanently").await?;
            window.check_accessibility().await?;
            window.screenshot("erase_dark", Size::DESK).await?;
            window.press("Escape").await?;
            window.wait_until_gone("This can’t be undone").await?;
            window.press("r").await?;
            window.wait_for_text("Ilse Nimbus restored.").await?;
            open(window, "contacts", bertil).await?;
            ask_to_delete(window).await?;
            window.wait_for_text("Airship engineer").await?;
            window.check_accessibility().await?;
            window.screenshot("delete_blocked_dark", Size::DESK).await?;
            window.press("Escape").await?;
            window.wait_until_gone("You can do this instead").await?;
            open(window, "contacts", ilse).await?;
            window.wait_for_text("Hangarstrasse 7").await?;
            window.check_accessibility().await?;
            window.screenshot("profile_card_dark", Size::DESK).await
        },
    )
}
