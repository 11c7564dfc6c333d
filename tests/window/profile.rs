//! A contact's profile: edit, note, audit log, reject, undo — and all of it again after a restart.

use crate::desk::{go, journey, open_somebody, seeded_journey};
use anyhow::{Result, ensure};
use liaison_app::Session;
use liaison_app::archive::contacts_archive;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::{contacts, employers, entries, notes};
use liaison_domain::archive::ArchiveWay;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind};
use liaison_journeys::harness::{Size, Start, Window};
use std::collections::HashMap;

#[test]
fn a_contact_is_edited_noted_rejected_and_thawed() -> Result<()> {
    journey("profile", 200, &[], async |window| {
        go(window, "c", "Contacts").await?;
        window.click("button", "New contact").await?;
        let begins = "return document.activeElement?.name === 'first_name'";
        window.wait_until("the form begins with the first name", begins, Vec::new()).await?;
        window.screenshot("new_contact_small", Size::SMALL).await?;
        // None of the six fields lies below the fold of the smallest window.
        let seen = "const body = document.querySelector('[role=dialog] form').parentElement.getBoundingClientRect();
            const fields = [...document.querySelectorAll('[role=dialog] [data-field]')];
            return fields.length === 6 && fields.every((field) =>
                field.getBoundingClientRect().bottom <= Math.min(body.bottom, window.innerHeight))";
        window.wait_until("six fields are seen", seen, Vec::new()).await?;
        window.fill("textbox", "First name · required", "Zsófia").await?;
        window.fill("textbox", "Last name · required", "Quillfeather").await?;
        window.fill("textbox", "Email · required", "zsofia@quill.example").await?;
        window.check_accessibility().await?;
        window.screenshot("new_contact", Size::DESK).await?;
        window.click("button", "More fields").await?;
        window.type_text("linked").await?;
        window.wait_for_text("LinkedIn").await?;
        window.check_accessibility().await?;
        window.screenshot("new_contact_more", Size::DESK).await?;
        window.click("button", "Add contact").await?;
        window.wait_for_text("Zsófia Quillfeather").await?;
        open_somebody(window, "zsofia quill").await?;
        window.check_accessibility().await?;
        window.click("button", "Edit").await?;
        window.fill("textbox", "Job title", "Head of Quills").await?;
        window.check_accessibility().await?;
        window.click("button", "Save").await?;
        window.wait_for_text("Head of Quills").await?;

        window.click_css("[role=tab][data-key=notes]").await?;
        window.fill("textbox", "Write a note", "Likes to be called before noon.").await?;
        // A note that was begun is there again, wherever one was meanwhile, and after a restart.
        go(window, "e", "Employers").await?;
        window.restart().await?;
        open_somebody(window, "zsofia quill").await?;
        window.wait_for_text("Draft").await?;
        window.click_css("[role=tab][data-key=notes]").await?;
        let kept = "return document.querySelector('textarea')?.value === 'Likes to be called before noon.'";
        window.wait_until("the draft is back", kept, Vec::new()).await?;
        window.find("button", "Discard draft").await?;
        window.check_accessibility().await?;
        window.screenshot("note_draft", Size::DESK).await?;
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

type Given<'a> = &'a [(&'a str, FieldValue)];

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn values(given: Given<'_>) -> HashMap<String, FieldValue> {
    given.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

/// Somebody with a past at an employer, and the employer.
async fn eventful(desk: &Session) -> Result<(Id, Id)> {
    let employer = [
        ("name", text("Friedrichshafen Zeppelins")),
        ("website", text("https://www.zeppelins.example/")),
        ("city", text("Friedrichshafen")),
        ("phone", text("+1 555-555-0100")),
    ];
    let employer = employers::employer_create(desk, &values(&employer)).await?.id;
    let here = text(&employer.to_string());
    let person = [
        ("first_name", text("Zs\u{f3}fia")),
        ("last_name", text("Quillfeather")),
        ("email", text("zsofia@quill.example")),
        ("title", text("Head of Hangars")),
        ("employer", here.clone()),
        ("work_phone", text("+1 555-555-0101")),
        ("linkedin", text("https://www.linkedin.com/in/zsofia")),
        ("street", text("1 Hangar Street")),
        ("city", text("Friedrichshafen")),
        ("description", text("Hires interns for the summer, and graduates of engineering all year round.")),
        ("visibility", text("students")),
    ];
    let person = contacts::contact_create(desk, &values(&person)).await?.id;
    let them = text(&person.to_string());
    notes::note_add(desk, person, "Wants two interns for the summer.\nPrefers to be called before noon.").await?;
    let now = FieldValue::Number(desk.now() as i64);
    let today = text(&desk.today().to_string());
    for (kind, given) in [
        (RecordKind::Task, [("title", text("Send the fair\u{2019}s dates")), ("due_on", today.clone())]),
        (RecordKind::Meeting, [("title", text("Visit to the hangars")), ("starts_at", now.clone())]),
        (RecordKind::Event, [("title", text("Fall fair")), ("starts_at", now)]),
        (RecordKind::JobListing, [("title", text("Rigger")), ("posted_on", today)]),
        (RecordKind::Email, [("subject", text("Thank you")), ("text", text("It was a pleasure."))]),
    ] {
        let mut given = values(&given);
        given.insert("contact".into(), them.clone());
        if matches!(kind, RecordKind::Event | RecordKind::JobListing) {
            given.insert("employer".into(), here.clone());
        }
        entries::record_create(desk, kind, &given).await?;
    }
    let edit = FieldEdit { field: "title".into(), before: text("Head of Hangars"), after: text("Captain") };
    contacts::contact_edit(desk, person, &[edit]).await?;
    Ok((person, employer))
}

async fn open(window: &Window, place: &str, id: Id) -> Result<()> {
    window.find("navigation", "Main navigation").await?;
    window.script("location.hash = '#/' + arguments[0]", vec![format!("{place}/{id}").into()]).await?;
    window.find_css("[role=tablist]").await.map(drop)
}

/// Where the headings of the facts begin, column by column.
const TOPS: &str = "return [...document.querySelectorAll('[role=tabpanel] section h2')]
    .map((heading) => heading.getBoundingClientRect())
    .reduce((tops, { left, top }) => ({ ...tops, [left]: Math.min(tops[left] ?? Infinity, top) }), {})";

async fn columns_begin_together(window: &Window) -> Result<()> {
    let tops = window.script(TOPS, Vec::new()).await?;
    let tops: Vec<f64> = tops.as_object().into_iter().flatten().filter_map(|(_, top)| top.as_f64()).collect();
    let first = tops.iter().copied().fold(f64::INFINITY, f64::min);
    let beside = tops.iter().filter(|top| **top - first < 1.0).count();
    ensure!(beside >= 2, "two columns begin at the same height: {tops:?}");
    Ok(())
}

/// Where name and buttons of the header stand.
const HEADER: &str = "return [...document.querySelectorAll('[data-level=page] p, [data-level=page] button')]
    .map((part) => part.getBoundingClientRect()).map(({ left, top }) => `${Math.round(left)} ${Math.round(top)}`)
    .join(', ')";

#[test]
fn what_happened_stands_beside_the_facts_on_a_large_screen() -> Result<()> {
    let steps = async |window: &mut Window, (person, employer): (Id, Id)| {
        window.resize(Size::WIDE).await?;
        open(window, "contacts", person).await?;
        window.wait_for_text("Job title changed").await?;
        window.wait_for_text("Visit to the hangars").await?;
        columns_begin_together(window).await?;
        window.check_accessibility().await?;
        window.screenshot("timeline_beside", Size::WIDE).await?;
        window.resize(Size::DESK).await?;
        window.wait_until_gone("Job title changed").await?;
        columns_begin_together(window).await?;
        window.screenshot("profile_facts", Size::DESK).await?;
        window.press("2").await?;
        window.wait_for_text("Job title changed").await?;
        window.click_css("[role=radiogroup] [role=radio]:nth-child(2)").await?;
        window.wait_until_gone("Visit to the hangars").await?;
        window.wait_for_text("Wants two interns").await?;
        window.check_accessibility().await?;
        window.click_css("[role=radiogroup] [role=radio]:nth-child(1)").await?;
        window.screenshot("timeline", Size::DESK).await?;
        window.screenshot("timeline_small", Size::SMALL).await?;
        window.resize(Size::DESK).await?;
        window.press("l").await?;
        window.wait_for_text("Send the fair").await?;
        window.check_accessibility().await?;
        window.screenshot("audit_log", Size::DESK).await?;
        window.press("l").await?;

        open(window, "employers", employer).await?;
        window.wait_for_text("zeppelins.example").await?;
        window.wait_for_text("Last contact").await?;
        let header = window.script(HEADER, Vec::new()).await?;
        window.check_accessibility().await?;
        window.screenshot("employer_page", Size::DESK).await?;
        window.press("2").await?;
        window.find("grid", "Contacts at Friedrichshafen Zeppelins").await?;
        let shifted = window.script(HEADER, Vec::new()).await?;
        ensure!(header == shifted, "the header stays where it is: {header} and {shifted}");
        window.screenshot("employer_contacts", Size::DESK).await?;
        window.click("button", "New contact").await?;
        window.find("dialog", "New contact").await?;
        let employer = "return [...document.querySelectorAll('[role=dialog] input')]
            .some((field) => field.value === 'Friedrichshafen Zeppelins')";
        window.wait_until("the employer is filled in", employer, Vec::new()).await
    };
    seeded_journey("timeline", Start::default(), 50, eventful, steps)
}

#[test]
fn somebody_who_left_and_a_deleted_record_in_dark_colors() -> Result<()> {
    let seed = async |desk: &Session| {
        let (person, _) = eventful(desk).await?;
        let them = Selection::Ids { ids: vec![person] };
        contacts_archive(desk, &them, ArchiveWay::Employer, &mut unwatched).await?;
        contacts_archive(desk, &them, ArchiveWay::Attribute, &mut unwatched).await?;
        let other =
            [("first_name", text("Bertil")), ("last_name", text("Nord")), ("email", text("bertil@nord.example"))];
        Ok((person, contacts::contact_create(desk, &values(&other)).await?.id))
    };
    seeded_journey("profile_dark", Start::dark(), 50, seed, async |window, (person, other)| {
        window.resize(Size::WIDE).await?;
        open(window, "contacts", person).await?;
        window.wait_for_text("Formerly Captain at Friedrichshafen Zeppelins").await?;
        window.wait_for_text("Do not email").await?;
        window.wait_for_text("Left on").await?;
        window.wait_for_text("Job title changed").await?;
        window.check_accessibility().await?;
        window.screenshot("inactive_dark", Size::WIDE).await?;
        // Nothing is linked with him.
        open(window, "contacts", other).await?;
        window.wait_for_text("bertil@nord.example").await?;
        window.press("Delete").await?;
        window.find("alertdialog", "Delete Contact").await?;
        window.wait_for_text("30 days").await?;
        window.click("button", "Delete").await?;
        window.wait_for_text("In trash").await?;
        window.check_accessibility().await?;
        window.screenshot("in_trash_dark", Size::DESK).await
    })
}
