//! Archiving and reviving, one contact and many; a person who left; a job move; AutoSync and the primary contact.

use crate::desk::{go, seeded_journey, values};
use anyhow::Result;
use liaison_app::Session;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::person_left::{JobMove, MoveTo};
use liaison_app::{auto_sync, contacts, employers, lists, person_left};
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::{Condition, FilterOp, ListQuery};
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind};
use liaison_journeys::harness::{Size, Start, Window};

/// Ilse, who can log in, seen by students, at the Zeppelins since today.
struct People {
    employer: Id,
    ilse: Id,
}

/// One of the sample contacts with an account becomes Ilse: people with accounts come from the portal only.
async fn people(desk: &Session) -> Result<People> {
    let firm = [("name", "Friedrichshafen Zeppelins"), ("phone", "+49 7541 5900 0"), ("city", "Friedrichshafen")];
    let employer = employers::employer_create(desk, &values(&firm)).await?.id;
    let mut query = ListQuery::all(RecordKind::Contact);
    query.filter = vec![
        Condition { field: "access".into(), op: FilterOp::Is, values: vec!["on".into()] },
        Condition { field: "employer".into(), op: FilterOp::IsNotEmpty, values: Vec::new() },
    ];
    let opened = lists::list_open(desk, query).await?;
    let ilse = lists::list_window(desk, opened.result, 0, 1, &[]).await?.rows[0].id;
    let now = contacts::contact_get(desk, ilse).await?.values;
    let text = |value: &str| FieldValue::Text(value.to_owned());
    let edits: Vec<FieldEdit> = [("first_name", "Ilse"), ("last_name", "Nimbus"), ("visibility", "students")]
        .into_iter()
        .map(|(field, after)| FieldEdit {
            field: field.into(),
            before: now.get(field).cloned().unwrap_or(FieldValue::Empty(())),
            after: text(after),
        })
        .chain(now.get("preferred_name").map(|before| FieldEdit {
            field: "preferred_name".into(),
            before: before.clone(),
            after: FieldValue::Empty(()),
        }))
        .collect();
    contacts::contact_edit(desk, ilse, &edits).await?;
    let only = Selection::Ids { ids: vec![ilse] };
    auto_sync::contacts_auto_sync(desk, &only, false, &mut unwatched).await?;
    let moved = JobMove {
        contact: ilse,
        to: MoveTo::Existing { id: employer },
        values: values(&[("title", "Head of Hangars"), ("email", "nimbus@zeppelin.example")]),
        user_email: true,
        user_employer: true,
        moved_on: None,
    };
    person_left::job_move(desk, &moved).await?;
    Ok(People { employer, ilse })
}

async fn open(window: &Window, kind: &str, id: Id) -> Result<()> {
    window.find("navigation", "Main navigation").await?;
    window.script("location.hash = '#/' + arguments[0]", vec![format!("{kind}/{id}").into()]).await?;
    window.find("button", "Action").await?;
    Ok(())
}

async fn act(window: &Window, action: &str) -> Result<()> {
    window.click("button", "Action").await?;
    window.click_css(&format!("[role=menuitem][data-key={action}]")).await
}

async fn choose(window: &Window, option: &str) -> Result<()> {
    window.click_css(&format!("label[data-key={option}]")).await
}

#[test]
fn a_contact_is_archived_and_revived() -> Result<()> {
    seeded_journey("archive_one", Start::default(), 60, people, async |window, people| {
        open(window, "contacts", people.ilse).await?;
        act(window, "toggle_primary").await?;
        window.wait_for_text("is now the primary contact of Friedrichshafen Zeppelins").await?;
        act(window, "archive").await?;
        window.find("dialog", "Archive Ilse Nimbus").await?;
        window.wait_for_text("Access won\u{2019}t change: Ilse Nimbus can still log in.").await?;
        window.wait_for_text("will no longer be the employer\u{2019}s primary contact").await?;
        window.wait_for_text("An employer named \u{201c}Inactive\u{201d} will be added.").await?;
        window.check_accessibility().await?;
        window.screenshot("archive", Size::DESK).await?;
        window.click("button", "Archive").await?;
        window.wait_for_text("Ilse Nimbus archived.").await?;
        window.wait_for_text("Formerly Head of Hangars at Friedrichshafen Zeppelins").await?;
        window.wait_for_text("Employment history").await?;
        window.wait_for_text("Left on").await?;
        window.wait_for_text("Employer Account Information").await?;
        window.check_accessibility().await?;
        window.screenshot("archived_profile", Size::DESK).await?;

        open(window, "employers", people.employer).await?;
        window.wait_for_text("No primary contact").await?;
        window.press("3").await?;
        window.wait_for_text("Head of Hangars").await?;
        window.wait_for_text("Inactive").await?;
        window.check_accessibility().await?;
        window.screenshot("former_contacts", Size::DESK).await?;

        open(window, "contacts", people.ilse).await?;
        act(window, "revive").await?;
        window.find("dialog", "Revive Ilse Nimbus").await?;
        window.wait_for_text("Ilse Nimbus will return to Friedrichshafen Zeppelins.").await?;
        window.wait_for_text("Students will see this contact again.").await?;
        window.check_accessibility().await?;
        window.screenshot("revive", Size::DESK).await?;
        window.click("button", "Revive").await?;
        window.wait_for_text("Ilse Nimbus revived.").await?;
        window.wait_for_text("Friedrichshafen Zeppelins").await
    })
}

#[test]
fn a_person_who_left_leaves_the_directory_and_the_portal_by_two_switches() -> Result<()> {
    seeded_journey("person_left", Start::default(), 60, people, async |window, people| {
        open(window, "contacts", people.ilse).await?;
        act(window, "person_left").await?;
        window.find("dialog", "Ilse Nimbus left").await?;
        // What is usual is chosen: one key would do it.
        window.wait_for_text("Ilse Nimbus will move to Inactive and will no longer be able to log in.").await?;
        window.wait_for_text("will list Ilse Nimbus under Former Contacts").await?;
        let focused = "return document.activeElement?.textContent === 'Save'";
        window.wait_until("the act has the focus", focused, Vec::new()).await?;
        window.check_accessibility().await?;
        window.screenshot("person_left_usual", Size::DESK).await?;
        choose(window, "attribute").await?;
        choose(window, "leave").await?;
        window.wait_for_text("will still be able to log in").await?;
        choose(window, "turn_off").await?;
        window.wait_for_text("will no longer be able to log in").await?;
        window.wait_for_text("will be marked \u{201c}Inactive\u{201d} and \u{201c}Do not email.\u{201d}").await?;
        window.click_css("[role=dialog] details > summary").await?;
        window.wait_for_text("Do not email").await?;
        window.check_accessibility().await?;
        window.screenshot("person_left", Size::DESK).await?;
        window.click("button", "Save").await?;
        window.wait_for_text("Ilse Nimbus marked as having left.").await?;
        window.wait_for_text("Access off").await?;
        window.press("Control+Z").await?;
        window.wait_until_gone("Access off").await?;
        act(window, "person_left").await?;
        window.find("dialog", "Ilse Nimbus left").await?;
        choose(window, "stay").await?;
        window.wait_for_text("The contact stays in the directory as it is.").await?;
        window.click("button", "Save").await?;
        window.wait_for_text("Access off").await?;
        window.wait_for_text("Approved").await
    })
}

#[test]
fn a_job_move_shows_every_field_and_keeps_the_history() -> Result<()> {
    seeded_journey("job_move", Start::default(), 60, people, async |window, people| {
        open(window, "contacts", people.ilse).await?;
        act(window, "job_move").await?;
        window.find("dialog", "Ilse Nimbus changed jobs").await?;
        window.check_accessibility().await?;
        window.fill("combobox", "New employer · required", "Bodensee Balloons").await?;
        window.click("option", "Bodensee Balloons new employer").await?;
        window.fill("textbox", "Email", "ilse@balloons.example").await?;
        window.wait_for_text("The login stays linked to the contact and uses nimbus@zeppelin.example").await?;
        window.wait_for_text("will list Ilse Nimbus under Former Contacts").await?;
        window.check_accessibility().await?;
        window.screenshot("job_move", Size::DESK).await?;
        window.click("button", "Save").await?;
        window.wait_for_text("Ilse Nimbus moved to Bodensee Balloons.").await?;
        window.wait_for_text("Employment history").await?;
        window.wait_for_text("nimbus@zeppelin.example").await?;
        window.check_accessibility().await?;
        window.screenshot("moved_profile", Size::DESK).await
    })
}

#[test]
fn many_are_archived_and_follow_their_employer_from_the_list() -> Result<()> {
    seeded_journey("archive_many", Start::default(), 120, people, async |window, people| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        window.wait_for_text("Can log in").await?;
        window.press("Control+A").await?;
        window.wait_for_text("selected").await?;
        window.press("Shift+E").await?;
        window.wait_for_text("contacts will be archived.").await?;
        choose(window, "visibility").await?;
        window.wait_for_text("Only the contact\u{2019}s owner and administrators can see it.").await?;
        choose(window, "reject").await?;
        window.wait_for_text("Students will no longer see").await?;
        window.check_accessibility().await?;
        window.screenshot("archive_many", Size::DESK).await?;
        window.click("button", "Archive").await?;
        window.wait_for_text("contacts archived.").await?;
        window.wait_for_text("0 contacts").await?;
        window.press("Control+Z").await?;
        window.wait_for_text("Can log in").await?;

        open(window, "contacts", people.ilse).await?;
        act(window, "auto_sync").await?;
        window.find("alertdialog", "Enable AutoSync for Ilse Nimbus").await?;
        window.wait_for_text("Those values are copied right away; a direct line stays.").await?;
        window.check_accessibility().await?;
        window.click("button", "Enable AutoSync").await?;
        window.wait_for_text("AutoSync enabled for Ilse Nimbus.").await?;
        // What the employer says is there; the number, which was never the employer's, is her direct line.
        window.wait_for_text("Friedrichshafen, SC").await?;
        anyhow::ensure!(!window.text().await?.contains("+49 7541 5900 0"), "a direct line stays");
        open(window, "employers", people.employer).await?;
        window.wait_for_text("1 contact follows this employer\u{2019}s address").await?;
        window.check_accessibility().await?;
        window.screenshot("employer_synced", Size::DESK).await
    })
}

#[test]
fn archiving_in_dark_colours() -> Result<()> {
    seeded_journey("archive_dark", Start::dark(), 60, people, async |window, people| {
        open(window, "contacts", people.ilse).await?;
        act(window, "archive").await?;
        window.wait_for_text("can still log in").await?;
        window.check_accessibility().await?;
        window.screenshot("archive_dark", Size::DESK).await?;
        window.click("button", "Archive").await?;
        window.wait_for_text("Left on").await?;
        window.check_accessibility().await?;
        window.screenshot("archived_profile_dark", Size::DESK).await?;
        act(window, "person_left").await?;
        // She is at Inactive already: what is left to do is her access.
        window.wait_for_text("Ilse Nimbus will no longer be able to log in.").await?;
        window.screenshot("person_left_usual_dark", Size::DESK).await?;
        choose(window, "reject").await?;
        choose(window, "role").await?;
        window.wait_for_text("will still be able to log in").await?;
        window.check_accessibility().await?;
        window.screenshot("person_left_dark", Size::DESK).await?;
        window.press("Escape").await?;
        window.wait_until_gone("In the directory").await?;
        act(window, "job_move").await?;
        window.wait_for_text("Choose the new employer").await?;
        window.check_accessibility().await?;
        window.screenshot("job_move_dark", Size::DESK).await
    })
}
