//! Saved views, the directory as others see it, and files out of lists.

use crate::desk::{dark_journey, go, journey, journey_with, list_is_read};
use crate::files::Answers;
use anyhow::{Result, ensure};
use liaison_journeys::harness::{Size, Window};
use serde_json::{Value, json};

/// Calls a command of the app as the page does.
async fn invoke(window: &Window, command: &str, arguments: Value) -> Result<Value> {
    let script = "const [command, args, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, args).then(done, (error) => done({ error }))";
    let answer = window.client()?.execute_async(script, vec![command.into(), arguments]).await?;
    ensure!(answer.get("error").is_none(), "{command} answers {answer}");
    Ok(answer)
}

#[test]
fn a_view_is_saved_pinned_counted_and_found_again() -> Result<()> {
    journey("views", 2_000, &[], async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        // What is always there leads to who can be archived.
        window.press("]").await?;
        window.wait_for_text("Last contact was more than 18 months ago").await?;
        window.check_accessibility().await?;
        window.screenshot("view_stale", Size::DESK).await?;
        window.press("[").await?;
        window.wait_until_gone("more than 18 months ago").await?;

        window.press("/").await?;
        window.type_text("mar").await?;
        window.wait_until_gone("1,8").await?;
        window.script("document.activeElement?.blur()", Vec::new()).await?;
        window.press("Shift+S").await?;
        window.fill("textbox", "Name · required", "Marthas and Marios").await?;
        window.check_accessibility().await?;
        window.screenshot("view_form", Size::DESK).await?;
        window.click("button", "Save view").await?;
        window.wait_for_text("View “Marthas and Marios” saved.").await?;
        window.wait_for_text("Marthas and Marios").await?;
        window.find_css("nav a[data-current]").await?;
        let counts = "const of = (selector) => document.querySelector(selector)?.innerText.replace(/\\D/g, '');
            const [place, tab] = [of('nav a[data-current]'), of('nav[aria-label=Views] [aria-current]')];
            return place === tab && Number(place) > 0";
        window.wait_until("navigation and tab say the same count", counts, Vec::new()).await?;
        window.check_accessibility().await?;
        window.screenshot("view_saved", Size::DESK).await?;

        // A change shows; going back to what was saved takes it away.
        window.press("/").await?;
        window.type_text("x").await?;
        window.wait_for_text("Unsaved changes").await?;
        window.click("button", "Discard changes").await?;
        window.wait_until_gone("Unsaved changes").await?;

        // Another place, another start of the app: the view is in the navigation and opens its list.
        go(window, "h", "History").await?;
        window.restart().await?;
        window.find("navigation", "Main navigation").await?;
        window.click_css("nav a[href*='view=']").await?;
        window.wait_for_title("Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        window.find_css("nav a[data-current]").await?;
        let searched = "return document.querySelector('input[type=search]')?.value";
        ensure!(window.script(searched, Vec::new()).await? == json!("mar"));

        // Deleted, and undone. The counts of views come last, and move what stands beside them.
        list_is_read(window).await?;
        let counted = "return /\\d/.test(document.querySelector('nav a[data-current]')?.textContent ?? '')";
        window.wait_until("the views are counted", counted, Vec::new()).await?;
        window.click("button", "View actions").await?;
        window.check_accessibility().await?;
        window.click_css("[role=menuitem][data-key=delete]").await?;
        window.wait_for_text("The records in it won’t change").await?;
        window.click("button", "Delete view").await?;
        window.wait_for_text("View “Marthas and Marios” deleted.").await?;
        window.wait_until_gone("Views\nMarthas").await?;
        window.press("Control+z").await?;
        window.find_css("nav a[href*='view=']").await?;
        Ok(())
    })
}

#[test]
fn the_directory_as_students_see_it() -> Result<()> {
    dark_journey("view_as", 300, async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        window.press("v").await?;
        window.wait_for_text("You see what students and alumni see.").await?;
        window.find("grid", "Directory as they see it").await?;
        list_is_read(window).await?;
        window.check_accessibility().await?;
        window.screenshot("view_as_student_dark", Size::DESK).await?;
        window.press("ArrowDown").await?;
        window.press("Enter").await?;
        window.wait_for_text("Only staff can see notes and activities.").await?;
        window.check_accessibility().await?;
        window.screenshot("view_as_profile_dark", Size::DESK).await?;
        // Leaving leads to the contact itself; from there one looks as somebody else.
        window.press("Escape").await?;
        window.find("button", "Action").await?;
        let address = window.script("return location.hash", Vec::new()).await?;
        ensure!(address.as_str().is_some_and(|address| address.starts_with("#/contacts/")), "{address}");
        // One who waits in the queue is seen by nobody, and why is said.
        let mut query = json!({ "kind": "contact", "search": "", "sort": [],
            "filter": [{ "field": "approval", "op": "is", "values": ["pending"] }] });
        let pending = invoke(window, "list_open", json!({ "query": query.take() })).await?;
        let columns: [&str; 0] = [];
        let rows = json!({ "result": pending["result"], "offset": 0, "limit": 1, "columns": columns });
        let first = invoke(window, "list_window", rows).await?;
        let id = first["rows"][0]["id"].as_str().unwrap_or_default().to_owned();
        window.script("location.hash = '#/contacts/' + arguments[0]", vec![id.into()]).await?;
        window.find("button", "Action").await?;
        window.press("v").await?;
        window.wait_for_text("this contact is pending").await?;
        window.check_accessibility().await?;
        window.screenshot("view_as_hidden_dark", Size::DESK).await
    })
}

#[test]
fn a_list_becomes_a_file_and_goes_onto_paper() -> Result<()> {
    let (answers, folder) = (Answers::new()?, tempfile::tempdir()?);
    journey_with("export", answers.start(), 300, async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        list_is_read(window).await?;
        window.press("Control+e").await?;
        window.wait_for_text("in the order of the list").await?;
        window.check_accessibility().await?;
        window.screenshot("export_dialog", Size::DESK).await?;
        window.click("button", "Any spreadsheet (CSV) Export for").await?;
        window.click("option", "Handshake (CSV)").await?;
        window.wait_for_text("Nothing else has a place there.").await?;
        window.check_accessibility().await?;
        window.screenshot("export_dialog_for_handshake", Size::DESK).await?;
        window.press("Escape").await?;

        // The system's own dialog for the place is answered for it; what the page asks for then is its own.
        let query = json!({ "kind": "contact", "search": "", "filter": [], "sort": [] });
        let opened = invoke(window, "list_open", json!({ "query": query })).await?;
        let path = folder.path().join("contacts.csv");
        answers.set(&[&path])?;
        let chosen = invoke(window, "export_choose", json!({ "format": "csv", "name": "contacts" })).await?;
        let selection = json!({ "by": "result", "result": opened["result"], "except": [] });
        let columns = ["name", "email", "employer"];
        let input = json!({ "kind": "contact", "selection": selection, "format": "csv", "columns": columns });
        let arguments = json!({ "input": input, "file": chosen["token"], "progress": "__CHANNEL__:0" });
        let done = invoke(window, "export_write", arguments).await?;
        ensure!(done["records"] == opened["total"], "{done}");
        let text = std::fs::read_to_string(&path)?;
        let mut lines = text.trim_start_matches('\u{feff}').lines();
        ensure!(lines.next() == Some("\"Name\",\"E-mail\",\"Employer\""));
        ensure!(json!(lines.count()) == opened["total"], "one line a contact");

        window.script("document.activeElement?.blur()", Vec::new()).await?;
        window.press("Control+p").await?;
        window.wait_for_title("Print").await?;
        window.find_css("table tbody tr").await?;
        let printed = window.script("return document.querySelectorAll('table tbody tr').length", Vec::new()).await?;
        ensure!(printed == opened["total"], "{printed} rows go onto paper");
        window.check_accessibility().await?;
        window.screenshot("print_list", Size::DESK).await?;
        window.press("Escape").await?;
        window.wait_for_title("Contacts").await
    })
}

/// Shows the page as it goes onto paper: what the style sheets say for print holds for the screen.
const AS_ON_PAPER: &str = "for (const sheet of document.styleSheets) for (const rule of sheet.cssRules)
    if (rule instanceof CSSMediaRule && rule.media.mediaText === 'print') rule.media.mediaText = 'screen';
    const hidden = (selector) => [...document.querySelectorAll(selector)].every((one) => one.offsetParent === null);
    return { navigation: hidden('#root nav'), buttons: hidden('#root main button'),
        tall: document.documentElement.scrollHeight > window.innerHeight,
        background: getComputedStyle(document.body).backgroundColor };";

#[test]
fn on_paper_there_is_the_page_and_nothing_around_it() -> Result<()> {
    dark_journey("paper", 300, async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        window.press("ArrowDown").await?;
        window.press("Enter").await?;
        window.find("button", "Action").await?;
        let profile = window.script(AS_ON_PAPER, Vec::new()).await?;
        window.screenshot("paper_profile", Size::DESK).await?;
        ensure!(profile["navigation"] == json!(true) && profile["buttons"] == json!(true), "{profile}");
        ensure!(profile["background"] == json!("rgb(255, 255, 255)"), "paper is white in the dark, too: {profile}");

        window.restart().await?;
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        list_is_read(window).await?;
        window.press("Control+p").await?;
        window.wait_for_title("Print").await?;
        window.find_css("table tbody tr").await?;
        let list = window.script(AS_ON_PAPER, Vec::new()).await?;
        window.screenshot("paper_list", Size::DESK).await?;
        ensure!(list["navigation"] == json!(true) && list["buttons"] == json!(true), "{list}");
        ensure!(list["tall"] == json!(true), "all rows flow over the pages: {list}");
        Ok(())
    })
}
