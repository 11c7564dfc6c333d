//! The directory: search as you type, filter, keyboard, a hundred thousand rows.

use crate::desk::{dark_journey, go, journey, list_is_read};
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

/// Where the third row is, from the top of the window.
async fn third_row(window: &Window) -> Result<Value> {
    let script =
        "return document.querySelector('[role=row][aria-rowindex=\"4\"]')?.getBoundingClientRect().top ?? null";
    window.script(script, Vec::new()).await
}

#[test]
fn a_pane_moves_no_row_and_the_bar_stays_one_line() -> Result<()> {
    journey("list_bar", 300, &[], async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        list_is_read(window).await?;
        for (row, width) in [(3, 960), (5, 1_100), (6, 1_280)] {
            let size = Size { width, height: 700 };
            window.resize(size).await?;
            list_is_read(window).await?;
            let before = third_row(window).await?;
            ensure!(before.is_number(), "rows are on the screen");
            window.click_css(&format!("[role=row][aria-rowindex='{row}'] [data-pinned]")).await?;
            window.find_css("aside[aria-label^='Preview of']").await?;
            list_is_read(window).await?;
            let after = third_row(window).await?;
            ensure!(before == after, "at {width} the rows move from {before} to {after}");
            let search = "return document.querySelector('[type=search]').parentElement.getBoundingClientRect().width";
            let search = window.script(search, Vec::new()).await?.as_f64().unwrap_or(0.0);
            ensure!(search >= 200.0, "at {width} the search field is {search} wide");
            // Nothing of the bar is cut off.
            let cut =
                "const bar = document.querySelector('[data-fold]'); const most = bar.getBoundingClientRect().right; \
                return [...bar.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > most + 1)
                    .map((each) => each.getAttribute('class')).join()";
            let cut = window.script(cut, Vec::new()).await?;
            ensure!(cut == "", "at {width} the bar cuts off {cut}");
            window.check_accessibility().await?;
            window.screenshot(&format!("list_bar_{width}"), size).await?;
            window.press("Escape").await?;
            let closed = "return !document.querySelector('aside[aria-label^=\"Preview of\"]')";
            window.wait_until("the pane is closed", closed, Vec::new()).await?;
        }
        // The tools are behind the dots, and their keys work.
        window.resize(Size { width: 960, height: 700 }).await?;
        list_is_read(window).await?;
        window.click_css("[role=row][aria-rowindex='3'] [data-pinned]").await?;
        window.find_css("aside[aria-label^='Preview of']").await?;
        list_is_read(window).await?;
        window.click("button", "More tools").await?;
        window.click("button", "Columns").await?;
        window.find("menu", "Columns").await?;
        window.check_accessibility().await?;
        window.screenshot("list_columns", Size { width: 960, height: 700 }).await
    })
}

#[test]
fn a_filter_holds_while_it_is_written() -> Result<()> {
    dark_journey("live_filter", 300, async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        list_is_read(window).await?;
        let all = total(window).await?;
        window.press("f").await?;
        window.find("menu", "Field").await?;
        window.check_accessibility().await?;
        window.screenshot("filter_fields_dark", Size::DESK).await?;
        window.type_text("visib").await?;
        window.press("Enter").await?;
        window.find("checkbox", "Myself").await?;
        window.press("Space").await?;
        let fewer =
            "return Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) < arguments[0]";
        window.wait_until("the list follows", fewer, vec![all.into()]).await?;
        window.check_accessibility().await?;
        window.screenshot("filter_live_dark", Size::DESK).await?;
        window.press("Enter").await?;
        window.wait_until("the panel is closed", "return !document.querySelector('[role=dialog]')", Vec::new()).await?;
        // An employer is found by typing; the list of values covers nothing.
        window.press("f").await?;
        window.find("menu", "Field").await?;
        window.type_text("employer").await?;
        window.press("Enter").await?;
        window.find("combobox", "Value").await?;
        window.check_accessibility().await?;
        window.screenshot("filter_values_dark", Size::DESK).await?;
        window.find("button", "Done").await?;
        Ok(())
    })
}
