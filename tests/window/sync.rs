//! Two computers of one institution, in two windows (B1, B2).

use crate::access::act;
use crate::desk::{PASSCODE, go, list_is_read, seeded_desk, values};
use crate::hub::{Hub, Line};
use anyhow::{Context as _, Result};
use liaison_app::Session;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::staff::{self, StaffAssignment};
use liaison_app::sync::sync_status;
use liaison_app::{contacts, trash};
use liaison_domain::{Id, RecordKind, StaffRole};
use liaison_journeys::harness::{Size, Start, Window, journey_from, with_window};

async fn open(window: &Window, place: &str) -> Result<()> {
    window.script(&format!("location.hash = '{place}'"), Vec::new()).await?;
    Ok(())
}

/// The desk with everything on it is connected.
async fn connect(window: &Window, line: &Line, code: &str) -> Result<()> {
    open(window, "#/settings/sync").await?;
    window.wait_for_title("Sync").await?;
    window.wait_for_text("This computer isn’t connected to a hub.").await?;
    window.click("button", "Connect").await?;
    window.wait_for_text("Enter a code.").await?;
    window.fill("textbox", "Hub address", &line.address).await?;
    window.fill("textbox", "Code", "1234").await?;
    window.click("button", "Connect").await?;
    window.wait_for_text("This code doesn’t work").await?;
    window.check_accessibility().await?;
    window.screenshot("sync_connect", Size::DESK).await?;
    window.fill("textbox", "Code", code).await?;
    window.click("button", "Connect").await?;
    window.wait_for_text("All changes made on this computer have been sent.").await?;
    window.wait_for_text("In sync. The hub last answered").await?;
    window.check_accessibility().await?;
    window.screenshot("sync_status", Size::DESK).await
}

/// A new computer gets what the institution has.
async fn join(window: &Window, line: &Line, code: &str) -> Result<()> {
    window.click("button", "Join your institution’s hub…").await?;
    window.wait_for_text("If your colleagues already use Liaison").await?;
    window.fill("textbox", "Hub address", &line.address).await?;
    window.fill("textbox", "Code", code).await?;
    window.fill("textbox", "Your email address", "Vera@Northfield.example").await?;
    for field in ["passcode", "passcode_again"] {
        window.click_css(&format!("input[name={field}]")).await?;
        window.type_text(PASSCODE).await?;
    }
    window.check_accessibility().await?;
    window.screenshot("sync_join", Size::DESK).await?;
    window.click("button", "Join").await?;
    window.wait_for_text("Save the recovery key").await?;
    window.script("document.querySelector('input[type=checkbox]').click()", Vec::new()).await?;
    window.click("button", "Continue").await?;
    window.find("navigation", "Main navigation").await?;
    Ok(())
}

/// Approves whoever is first in the queue; says who that was.
async fn approve(window: &Window) -> Result<String> {
    go(window, "q", "Pending Contacts").await?;
    window.find("columnheader", "Source").await?;
    list_is_read(window).await?;
    window.press("j").await?;
    window.press("a").await?;
    window.wait_for_text(" approved.").await?;
    let told = r"return /^(.+) approved\.$/m.exec(document.body.innerText)?.[1]";
    let name = window.script(told, Vec::new()).await?;
    let name = name.as_str().context("it is said who was approved")?.to_owned();
    Ok(name)
}

/// Waits until the history says that somebody was approved.
async fn approved(window: &Window, name: &str) -> Result<()> {
    open(window, "#/history").await?;
    window.wait_for_text(&format!("approved {name}")).await
}

/// Sends and receives all there is. What the page says of itself may be a moment old.
async fn exchange(window: &Window) -> Result<()> {
    open(window, "#/settings/sync").await?;
    window.click("button", "Sync now").await?;
    let told = r"return /Already in sync\.|Changes sent: \d+/.test(document.body.innerText)";
    window.wait_until("it is said what was exchanged", told, Vec::new()).await
}

/// Gives Vera another role, at the window of somebody who may.
async fn give_role(window: &Window, role: &str) -> Result<()> {
    go(window, "s", "Staff").await?;
    act(window, "Actions for Vera Lund", "role").await?;
    window.click_css("[role=dialog] button[aria-haspopup=listbox]").await?;
    window.click("option", role).await?;
    window.click("button", "Change role").await?;
    window.wait_for_text(&format!("Vera Lund now has the role {role}.")).await
}

async fn open_trash(window: &Window) -> Result<()> {
    go(window, "h", "History").await?;
    window.find("navigation", "History and Trash").await?;
    window.press("2").await?;
    window.wait_for_title("Trash").await?;
    window.find("grid", "Contacts in the trash, newest first").await?;
    window.wait_for_text("Ilse Nimbus").await
}

/// Gives a contact another job title, on its page.
async fn edit_title(window: &Window, contact: Id, title: &str) -> Result<()> {
    open(window, &format!("#/contacts/{contact}")).await?;
    window.wait_for_text("Oona Pinebrook").await?;
    window.click("button", "Edit").await?;
    window.fill("textbox", "Job title", title).await?;
    window.click("button", "Save").await?;
    window.wait_for_text(title).await
}

/// Ilse is in the trash, Oona is to be edited, and Vera runs the desk, too.
async fn seed(desk: &Session) -> Result<(Id, Id)> {
    let vera = [("first_name", "Vera"), ("last_name", "Lund"), ("email", "vera@northfield.example")];
    let administrator = StaffAssignment::BuiltIn { role: StaffRole::Administrator };
    staff::staff_create(desk, &values(&vera), administrator).await?;
    let given = [("first_name", "Ilse"), ("last_name", "Nimbus"), ("email", "ilse@zeppelin.example")];
    let ilse = contacts::contact_create(desk, &values(&given)).await?.id;
    trash::delete(desk, RecordKind::Contact, &Selection::Ids { ids: vec![ilse] }, &mut unwatched).await?;
    let given = [("first_name", "Oona"), ("last_name", "Pinebrook"), ("email", "oona@pinebrook.example")];
    let oona = contacts::contact_create(desk, &values(&given)).await?.id;
    Ok((sync_status(desk).await?.institution.context("an institution")?, oona))
}

#[test]
fn two_computers_are_in_step_apart_and_together_again() -> Result<()> {
    let (folder, (institution, oona)) = seeded_desk(300, seed)?;
    let mut hub = Hub::start(institution)?;
    let start = Start {
        environment: vec![("LIAISON_PASSCODE".to_owned(), PASSCODE.to_owned())],
        data: Some(folder.path().to_owned()),
        ..Start::default()
    };
    journey_from("sync", start, async |first| {
        let (near, far) = (hub.line().await?, hub.line().await?);
        connect(first, &near, &hub.code()?).await?;
        let code = hub.code()?;
        with_window("sync_second", Start::dark(), async |second| {
            join(second, &far, &code).await?;
            // What is done at the one is at the other, without anybody asking.
            let one = approve(first).await?;
            approved(second, &one).await?;
            let two = approve(second).await?;
            approved(first, &two).await?;

            // One is without a network and works on. That is said quietly.
            far.cut();
            let three = approve(second).await?;
            second.wait_for_text("Offline, 1 waiting").await?;
            open(second, "#/settings/sync").await?;
            second.wait_for_text("1 change waits to be sent.").await?;
            second.wait_for_text("The hub can’t be reached.").await?;
            second.check_accessibility().await?;
            second.screenshot("sync_offline_dark", Size::DESK).await?;
            // One deletes for good what the other takes out of the trash: what comes later is refused, and says why.
            open_trash(second).await?;
            second.press("x").await?;
            second.click("button", "Restore").await?;
            second.wait_for_text("Ilse Nimbus restored.").await?;
            open_trash(first).await?;
            first.press("Delete").await?;
            first.find("alertdialog", "Delete permanently").await?;
            first.type_text("delete").await?;
            first.press("Enter").await?;
            first.wait_for_text("Ilse Nimbus deleted permanently.").await?;
            exchange(first).await?;
            far.mend();
            exchange(second).await?;
            second.wait_for_text("1 refused").await?;
            second.wait_for_text("The record was permanently deleted on another computer.").await?;
            second.check_accessibility().await?;
            second.screenshot("sync_refused_dark", Size::DESK).await?;
            approved(first, &three).await?;

            // It is seen to. It stays in the history.
            second.click("button", "Remove from list").await?;
            second.wait_for_text("No refused changes.").await?;

            // Both change one field apart: both are asked, and what one of them chooses counts for both.
            far.cut();
            edit_title(first, oona, "Dean of Careers").await?;
            edit_title(second, oona, "Provost of Careers").await?;
            far.mend();
            exchange(second).await?;
            exchange(first).await?;
            for window in [&*first, &*second] {
                open(window, "#/settings/sync").await?;
                window.wait_for_text("1 conflict").await?;
                window.wait_for_text("Two people changed the same field").await?;
            }
            second.check_accessibility().await?;
            second.screenshot("sync_conflict_dark", Size::DESK).await?;
            open(first, &format!("#/contacts/{oona}")).await?;
            first.wait_for_text("Choose the value to use.").await?;
            first.check_accessibility().await?;
            first.screenshot("sync_conflict_contact", Size::DESK).await?;
            first.click("button", "Use this value: Dean of Careers as Job title of Oona Pinebrook").await?;
            first.wait_for_text("resolved.").await?;
            second.wait_for_text("No conflicts.").await?;

            // Who lost a right while offline is refused with that reason; who has it again does it again.
            far.cut();
            give_role(first, "Career advisor").await?;
            let four = approve(second).await?;
            second.wait_for_text("Offline, 1 waiting").await?;
            far.mend();
            second.wait_for_text("1 refused").await?;
            give_role(first, "Administrator").await?;
            open(second, "#/settings/sync").await?;
            second.wait_for_text("Vera Lund wasn’t allowed to approve and reject contacts.").await?;
            second.check_accessibility().await?;
            second.screenshot("sync_denied_dark", Size::DESK).await?;
            second.click("button", "Try again").await?;
            second.wait_for_text("Done again in your name.").await?;
            second.wait_for_text("No refused changes.").await?;
            approved(first, &four).await?;
            open(second, "#/history").await?;
            second.wait_for_text("Refused by the hub").await?;
            second.screenshot("sync_history_dark", Size::DESK).await
        })
        .await
    })
}
