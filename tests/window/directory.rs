//! The directory: search as you type, filter, keyboard, a hundred thousand rows.

use crate::desk::{go, journey, list_is_read};
use anyhow::{Result, ensure};
use liaison_journeys::harness::{Size, Window};
use serde_json::Value;

/// What the rows on the screen say, one text a row.
async fn rows(window: &Window) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('[role=row][aria-rowindex]')].map(row => row.innerText)";
    let rows = window.script(script, Vec::new()).await?;
    Ok(serde_json::from_value(rows)?)
}

async fn total(window: &Window) -> Result<u64> {
    let script = "return Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0)";
    Ok(window.script(script, Vec::new()).await?.as_u64().unwrap_or(0))
}

#[test]
fn people_are_found_as_one_types() -> Result<()> {
    journey("search", 2_000, &[], async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        window.wait_for_text("1,8").await?;
        list_is_read(window).await?;
        let all = total(window).await?;
        window.press("/").await?;
        window.type_text("mar").await?;
        window.wait_until_gone("1,8").await?;
        list_is_read(window).await?;
        let found = total(window).await?;
        ensure!(found > 0 && found < all, "{found} of {all} rows are left");
        let shown = rows(window).await?;
        ensure!(shown.len() > 2, "rows are on the screen");
        window.check_accessibility().await?;
        window.screenshot("directory_search", Size::DESK).await?;

        // Any text a person can type is a search.
        window.fill("searchbox", "Search contacts", "\"'%_*( xqzt -: ñ").await?;
        window.wait_for_text("0 contacts").await?;
        window.check_accessibility().await?;
        window.press("Control+a").await?;
        window.press("Backspace").await?;
        window.wait_for_text("1,8").await
    })
}

#[test]
fn a_hundred_thousand_rows_scroll_to_their_end() -> Result<()> {
    journey("long_list", 100_000, &[], async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        window.wait_for_text("93,").await?;
        window
            .click_css("[role=row][aria-rowindex='3'] [role=rowheader], [role=row][aria-rowindex='3'] [role=gridcell]")
            .await?;
        list_is_read(window).await?;
        window.press("Control+End").await?;
        let total = total(window).await?;
        ensure!(total > 90_000, "the grid says how many rows there are: {total}");
        // The last row is on the screen and has the focus.
        let last = format!(
            "const focused = document.activeElement; const named = focused?.getAttribute('aria-activedescendant');
             const row = (named ? document.getElementById(named) : focused)?.closest('[aria-rowindex]');
             return row?.getAttribute('aria-rowindex') === '{total}'"
        );
        for _ in 0..50 {
            if window.script(&last, Vec::new()).await? == Value::Bool(true) {
                window.screenshot("directory_end", Size::WIDE).await?;
                return Ok(());
            }
        }
        anyhow::bail!("Ctrl+End does not reach the last of {total} rows")
    })
}
