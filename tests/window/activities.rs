//! What happens with a contact: a task is added and completed, a meeting gets its people, somebody new arrives through
//! it, all of it counted and taken back; the lists of every kind (M15, M16, M42).

use crate::desk::{go, open_somebody, seeded_journey, values};
use anyhow::Result;
use liaison_app::entries;
use liaison_app::{contacts, import};
use liaison_journeys::harness::{Size, Start};

#[test]
fn a_task_and_a_meeting_from_the_profile_to_the_trash_and_back() -> Result<()> {
    let seed = async |desk: &liaison_app::Session| {
        let person = [("first_name", "Zsófia"), ("last_name", "Quillfeather"), ("email", "zsofia@quill.example")];
        Ok(contacts::contact_create(desk, &values(&person)).await?.id)
    };
    seeded_journey("activities", Start::default(), 400, seed, async |window, _| {
        open_somebody(window, "zsofia quill").await?;
        window.press("t").await?;
        window.find("dialog", "New task for Zsófia Quillfeather").await?;
        let begins = "return document.activeElement?.name === 'title'";
        window.wait_until("the form begins with the task", begins, Vec::new()).await?;
        window.fill("textbox", "Task · required", "Call about the fair").await?;
        window.check_accessibility().await?;
        window.click("button", "Tomorrow").await?;
        window.click_css("[data-field=due_on] button[aria-haspopup=dialog]").await?;
        window.find_css("[role=grid] [role=button]").await?;
        window.check_accessibility().await?;
        window.screenshot("new_task", Size::DESK).await?;
        window.press("Escape").await?;
        window.click("button", "Add task").await?;
        window.wait_until_gone("Add task").await?;
        window.click_css("[role=tab][data-key=activities]").await?;
        window.wait_for_text("Call about the fair").await?;
        window.check_accessibility().await?;
        window.click_css("label:has(input[aria-label='Mark Call about the fair as done'])").await?;
        window.wait_for_text("Call about the fair marked as done.").await?;
        window.press("Control+z").await?;
        window.wait_for_text("Undone. Call about the fair is open again.").await?;

        window.press("m").await?;
        window.find("dialog", "New meeting with Zsófia Quillfeather").await?;
        window.fill("textbox", "Subject · required", "Lunch").await?;
        window.click_css("[role=dialog] [role=spinbutton]").await?;
        // Month, day, year, hour, minute, half of the day, as an American writes them.
        window.type_text("09012027").await?;
        window.type_text("1200").await?;
        window.type_text("p").await?;
        window.check_accessibility().await?;
        window.screenshot("new_meeting", Size::DESK).await?;
        window.click("button", "Add meeting").await?;
        window.wait_for_text("Lunch").await?;
        window.click("button", "Actions for Lunch").await?;
        window.click_css("[role=menuitem][data-key=people]").await?;
        window.click("button", "Add someone who isn’t a contact yet").await?;
        window.fill("textbox", "First name · required", "Guy").await?;
        window.fill("textbox", "Last name · required", "Vogelsang").await?;
        window.fill("textbox", "Email · required", "guy").await?;
        window.click("button", "Add person").await?;
        window.wait_for_text("Enter an email address, like").await?;
        window.fill("textbox", "Email · required", "guy@else.example").await?;
        window.click("button", "Add person").await?;
        window.wait_for_text("Guy Vogelsang").await?;
        window.check_accessibility().await?;
        window.screenshot("meeting_people", Size::DESK).await?;
        window.click("button", "Close").await?;
        window.wait_for_text("1 participant").await?;
        window.screenshot("activities_tab", Size::DESK).await?;

        window.click("button", "Actions for Lunch").await?;
        window.click_css("[role=menuitem][data-key=delete]").await?;
        window.wait_for_text("Lunch moved to the trash.").await?;
        window.press("Control+z").await?;
        window.wait_for_text("1 participant").await?;

        for (key, title) in [
            ("t", "Tasks"),
            ("m", "Meetings"),
            ("v", "Events"),
            ("w", "OCIs"),
            ("j", "Job listings"),
            ("x", "Experiences"),
        ] {
            go(window, key, title).await?;
            window
                .find(
                    "grid",
                    &format!(
                        "List of {}",
                        match title {
                            "OCIs" => "OCIs".to_owned(),
                            other => other.to_lowercase(),
                        }
                    ),
                )
                .await?;
            window.check_accessibility().await?;
            window.screenshot(&format!("list_{}", title.to_lowercase().replace(' ', "_")), Size::DESK).await?;
        }
        go(window, "o", "Home").await?;
        window.wait_for_text("Today").await?;
        window.check_accessibility().await?;
        window.screenshot("home_to_do", Size::DESK).await
    })
}

#[test]
fn a_full_profile_in_the_dark() -> Result<()> {
    let seed = async |desk: &liaison_app::Session| {
        let person = [("first_name", "Zsófia"), ("last_name", "Quillfeather"), ("email", "zsofia@quill.example")];
        let contact = contacts::contact_create(desk, &values(&person)).await?.id;
        let contact_text = contact.to_string();
        let mut notes = String::from("Contact,Text\n");
        for note in 0..120 {
            notes.push_str(&format!("zsofia@quill.example,Note number {note}\n"));
        }
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("notes.csv");
        std::fs::write(&path, notes)?;
        let unwatched = &mut liaison_app::import::unwatched;
        let opened = import::import_open_as(desk, liaison_domain::RecordKind::Note, &path, None, unwatched).await?;
        import::import_commit(desk, opened.session, unwatched).await?;
        let task = values(&[("contact", &contact_text), ("title", "Long overdue"), ("due_on", "2020-02-03")]);
        entries::record_create(desk, liaison_domain::RecordKind::Task, &task).await?;
        let fair = values(&[("title", "Fall fair"), ("type", "job_fair"), ("starts_at", "1830000000000")]);
        let fair = entries::record_create(desk, liaison_domain::RecordKind::Event, &fair).await?.id;
        let part = values(&[("contact", &contact_text), ("event", &fair.to_string()), ("part", "additional_contact")]);
        entries::record_create(desk, liaison_domain::RecordKind::Participation, &part).await?;
        Ok(())
    };
    seeded_journey("activities_dark", Start::dark(), 50, seed, async |window, ()| {
        open_somebody(window, "zsofia quill").await?;
        window.click_css("[role=tab][data-key=activities]").await?;
        window.wait_for_text("Overdue since").await?;
        window.wait_for_text("50 of 121").await?;
        window.check_accessibility().await?;
        window.screenshot("activities_dark", Size::DESK).await?;
        window.click_css("[role=tab][data-key=events]").await?;
        window.wait_for_text("Fall fair").await?;
        window.wait_for_text("Additional contact").await?;
        window.check_accessibility().await?;
        window.screenshot("events_dark", Size::DESK).await
    })
}
