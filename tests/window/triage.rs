//! The pending queue, by keyboard (M1–M10).

use crate::desk::{go, journey, seeded_journey};
use anyhow::{Result, ensure};
use liaison_journeys::harness::{Size, Start, Window};

/// "N left", as the page says it.
async fn left(window: &Window) -> Result<u64> {
    let script = r"const found = /(\d+) left/.exec(document.body.innerText); return found ? Number(found[1]) : 0;";
    Ok(window.script(script, Vec::new()).await?.as_u64().unwrap_or(0))
}

async fn wait_for_left(window: &Window, wanted: u64) -> Result<()> {
    window.wait_for_text(&format!("{wanted} left")).await
}

#[test]
fn a_pile_is_worked_through_by_keyboard_and_taken_back() -> Result<()> {
    journey("triage", 300, &[], async |window| {
        go(window, "q", "Pending Contacts").await?;
        window.find("columnheader", "Source").await?;
        let before = left(window).await?;
        ensure!(before >= 10, "the sample has people waiting: {before}");
        window.check_accessibility().await?;
        window.screenshot("queue", Size::DESK).await?;
        for (name, size) in [("queue_small", Size::SMALL), ("queue_large", Size::WIDE)] {
            window.screenshot(name, size).await?;
        }
        window.resize(Size::DESK).await?;

        window.press("j").await?;
        window.press("a").await?;
        wait_for_left(window, before - 1).await?;
        window.wait_for_text(" approved.").await?;
        window.press("r").await?;
        wait_for_left(window, before - 2).await?;
        window.press("u").await?;
        wait_for_left(window, before - 1).await?;
        window.wait_for_text("is pending again.").await?;

        window.press("?").await?;
        window.find("dialog", "Keyboard shortcuts on this page").await?;
        window.check_accessibility().await?;
        window.press("Escape").await?;

        // The same pile after a power cut.
        window.restart().await?;
        go(window, "q", "Pending Contacts").await?;
        wait_for_left(window, before - 1).await
    })
}

#[test]
fn an_edit_is_saved_and_approved_in_one_step_in_the_dark() -> Result<()> {
    seeded_journey(
        "edit_and_approve",
        Start::dark(),
        300,
        async |_| Ok(()),
        async |window, ()| {
            go(window, "q", "Pending Contacts").await?;
            window.wait_for_text("left").await?;
            let before = left(window).await?;
            window.find_css("aside[aria-label^='Pending:']").await?;
            window.screenshot("queue_dark", Size::DESK).await?;
            let name = "return document.querySelector('aside[aria-label^=\"Pending:\"]').getAttribute('aria-label')";
            let first = window.script(name, Vec::new()).await?;
            window.press("e").await?;
            window.find("button", "Save and approve").await?;
            window.check_accessibility().await?;
            window.screenshot("queue_edit", Size::DESK).await?;
            window.press("Control+Shift+Enter").await?;
            wait_for_left(window, before - 1).await?;
            window.wait_for_text(" approved.").await?;
            window.press("u").await?;
            wait_for_left(window, before).await?;
            let same = name.replace("return", "return arguments[0] ===");
            window.wait_until("the keyboard is on who came back", &same, vec![first]).await
        },
    )
}

#[test]
fn all_that_match_are_approved_at_once_and_taken_back_in_one_step() -> Result<()> {
    journey("bulk_approve", 300, &[], async |window| {
        go(window, "q", "Pending Contacts").await?;
        window.wait_for_text("left").await?;
        let before = left(window).await?;
        window.press("j").await?;
        window.press("Control+a").await?;
        window.wait_for_text(&format!("{before} selected")).await?;
        window.check_accessibility().await?;
        window.screenshot("queue_selected", Size::DESK).await?;
        window.press("a").await?;
        // Many at once: the dialog says what will happen before it does.
        window.find_css("[role=dialog], [role=alertdialog]").await?;
        window.check_accessibility().await?;
        window.screenshot("queue_approve_dialog", Size::DESK).await?;
        window.press("Enter").await?;
        window.wait_until_gone(&format!("{before} left")).await?;
        window.click("button", "Undo").await?;
        wait_for_left(window, before).await?;
        window.wait_for_text("contacts are pending again.").await
    })
}
