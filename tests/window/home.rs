//! Home, as an administrator and as an advisor see it.

use crate::desk::{PASSCODE, go, seeded_journey, values};
use anyhow::{Context as _, Result, ensure};
use liaison_app::import::unwatched;
use liaison_app::lists::{self, Selection};
use liaison_app::staff::StaffAssignment;
use liaison_app::{Session, contacts, entries, staff, students};
use liaison_domain::filter::ListQuery;
use liaison_domain::{Id, RecordKind, StaffRole};
use liaison_journeys::harness::{Size, Start, Window};

const BOBS: &str = "four kites above water";

/// A busy day: twelve tasks overdue, a meeting that has just begun, a caseload, and a colleague with a passcode.
async fn busy_day(desk: &Session) -> Result<()> {
    let person = [("first_name", "Zsófia"), ("last_name", "Quillfeather"), ("email", "zsofia@quill.example")];
    let contact = contacts::contact_create(desk, &values(&person)).await?.id.to_string();
    let me = desk.actor().staff;
    let mine = me.to_string();
    for task in 1..=12 {
        let title = format!("Call about the fall fair, part {task}");
        let task = values(&[("contact", &contact), ("title", &title), ("due_on", "2020-02-03"), ("assignee", &mine)]);
        entries::record_create(desk, RecordKind::Task, &task).await?;
    }
    let (starts, ends) = (desk.now().to_string(), (desk.now() + 3_600_000).to_string());
    let title = "Plan the fall fair";
    let meeting = values(&[("contact", &contact), ("title", title), ("starts_at", &starts), ("ends_at", &ends)]);
    entries::record_create(desk, RecordKind::Meeting, &meeting).await?;
    let bob = [("first_name", "Bob"), ("last_name", "Low"), ("email", "bob@northfield.example")];
    let role = StaffAssignment::BuiltIn { role: StaffRole::Advisor };
    let bob = staff::staff_create(desk, &values(&bob), role).await?.id;
    staff::staff_passcode(desk, bob, Some(BOBS), Some(PASSCODE)).await?;
    let opened = lists::list_open(desk, ListQuery::all(RecordKind::Student)).await?;
    let rows = lists::list_window(desk, opened.result, 0, 20, &[]).await?.rows;
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let (own, bobs) = ids.split_at(ids.len() / 3);
    for (cases, to) in [(own, me), (bobs, bob)] {
        students::students_assign(desk, &Selection::Ids { ids: cases.to_vec() }, Some(to), &mut unwatched).await?;
    }
    Ok(())
}

/// Whether all of what this selector finds can be seen without scrolling.
async fn is_above_the_fold(window: &Window, selector: &str) -> Result<bool> {
    let script = "const found = document.querySelector(arguments[0]);
        return found !== null && found.getBoundingClientRect().bottom <= window.innerHeight";
    Ok(window.script(script, vec![selector.into()]).await? == serde_json::Value::Bool(true))
}

async fn as_administrator(window: &Window, look: &str) -> Result<()> {
    window.wait_for_text("Plan the fall fair").await?;
    window.wait_for_text("Caseload by advisor").await?;
    ensure!(is_above_the_fold(window, "[data-day=meetings]").await?, "today's meetings are above the fold");
    ensure!(is_above_the_fold(window, "[data-day=overdue]").await?, "so are the first overdue tasks");
    window.check_accessibility().await?;
    window.screenshot(&format!("home{look}"), Size::DESK).await?;
    window.script("document.querySelector('#chart-queue, #chart-activation').scrollIntoView()", Vec::new()).await?;
    window.screenshot(&format!("home_charts{look}"), Size::DESK).await?;
    Ok(())
}

#[test]
fn home_of_an_administrator_and_of_an_advisor() -> Result<()> {
    seeded_journey("home", Start::default(), 500, busy_day, async |window, ()| {
        go(window, "o", "Home").await?;
        as_administrator(window, "").await?;
        let tile = "return document.querySelector('main [data-waits] strong, main [data-waits] a span').textContent";
        let pending = window.script(tile, Vec::new()).await?;
        let pending = pending.as_str().context("a number")?.to_owned();
        window.script("document.querySelector('main [data-waits] a').click()", Vec::new()).await?;
        window.wait_for_title("Pending Contacts").await?;
        window.wait_for_text(&format!("{pending} left")).await?;

        // A colleague is chosen by name, then asked for their passcode.
        window.click_css("[data-person]").await?;
        window.screenshot("person_menu", Size::DESK).await?;
        window.click_css("[role=menuitem][data-key=switch]").await?;
        window.wait_for_text("Who’s taking over?").await?;
        window.check_accessibility().await?;
        window.screenshot("switch_person", Size::DESK).await?;
        window.click_css("[role=dialog] li:first-child button").await?;
        window.type_text(BOBS).await?;
        window.check_accessibility().await?;
        window.press("Enter").await?;
        window.wait_until_gone("Switch person").await?;
        go(window, "o", "Home").await?;
        window.wait_for_text("users in my caseload").await?;
        let script =
            "return [...document.querySelectorAll('nav[aria-label=\"Main navigation\"] a')].map(a => a.textContent)";
        let places = window.script(script, Vec::new()).await?.to_string();
        for closed in ["Import", "UI Customization", "Backups"] {
            ensure!(!places.contains(closed), "{closed} is closed to an advisor: {places}");
        }
        window.check_accessibility().await?;
        window.screenshot("home_advisor", Size::DESK).await?;
        window.press("Control+k").await?;
        window.find_css("[role=dialog] input:focus").await?;
        window.type_text("dana re").await?;
        window.wait_for_text("dana@northfield.example").await?;
        window.check_accessibility().await?;
        window.screenshot("palette_staff", Size::DESK).await?;
        Ok(())
    })
}

#[test]
fn home_small_wide_and_dark() -> Result<()> {
    seeded_journey("home_dark", Start::dark(), 500, busy_day, async |window, ()| {
        go(window, "o", "Home").await?;
        as_administrator(window, "_dark").await?;
        for (size, name) in [(Size::SMALL, "home_small"), (Size::WIDE, "home_wide")] {
            window.resize(size).await?;
            window.check_accessibility().await?;
            window.screenshot(name, size).await?;
        }
        Ok(())
    })
}
