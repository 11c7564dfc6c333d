//! Files of other kinds of records: what the rows are is said in the wizard, checked, mended, imported and taken back.

use crate::desk::{go, seeded_journey};
use anyhow::Result;
use liaison_app::contacts;
use liaison_domain::parse::FieldValue;
use liaison_journeys::harness::{Size, Start};

/// One good row, one of somebody unknown, one with a bad day, one without a title.
const TASKS: &str = "Contact e-mail,Task,Due date,Assigned to,Color\n\
    zsofia@quill.example,Call about the fair,2027-10-01,,red\n\
    nobody@quill.example,Send the figures,2027-10-02,,\n\
    zsofia@quill.example,Book the hall,soon,,\n\
    zsofia@quill.example,,2027-10-03,,\n";

async fn choose_kind(window: &liaison_journeys::harness::Window, kind: &str) -> Result<()> {
    window
        .script(
            "const label = [...document.querySelectorAll('[class*=label]')].find((each) => each.textContent === 'Records in the file');
             label.parentElement.querySelector('button').focus();",
            Vec::new(),
        )
        .await?;
    window.press("Enter").await?;
    window.find_css("[role=listbox]").await?;
    window.click("option", kind).await
}

#[test]
fn tasks_are_imported_mended_shown_and_taken_back() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("follow-ups.csv");
    std::fs::write(&path, TASKS)?;
    let start = Start { arguments: vec![path.to_string_lossy().into_owned()], ..Start::default() };
    let seed = async |desk: &liaison_app::Session| {
        let person = [("first_name", "Zsófia"), ("last_name", "Quillfeather"), ("email", "zsofia@quill.example")];
        let values = person.map(|(key, value)| (key.to_owned(), FieldValue::Text(value.to_owned())));
        contacts::contact_create(desk, &values.into()).await?;
        Ok(())
    };
    seeded_journey("import_records", start, 50, seed, async |window, ()| {
        // Opened with the program, a file is of contacts until somebody says otherwise.
        window.wait_for_text("follow-ups.csv").await?;
        window.wait_for_text("Where new contacts go").await?;
        choose_kind(window, "Tasks").await?;
        window.wait_until_gone("Where new contacts go").await?;
        window.wait_for_text("Contacts are matched by email").await?;
        window.wait_for_text("Columns to import: 4 of 5").await?;
        window.check_accessibility().await?;
        window.screenshot("import_tasks_columns", Size::DESK).await?;
        window.click("button", "Check 4 rows").await?;
        window.wait_for_text("1 task will be added. 3 rows can’t be imported and will be left out.").await?;
        window.check_accessibility().await?;
        window.screenshot("import_tasks_check", Size::DESK).await?;
        window.fill("textbox", "Due in line 4", "2027-10-05").await?;
        window.press("Enter").await?;
        window.find("button", "Import 2 tasks").await?;
        window.click("button", "Import 2 tasks").await?;
        window.find("button", "Undo import").await?;
        window.check_accessibility().await?;
        window.screenshot("import_tasks_done", Size::DESK).await?;
        window.click("button", "See the 2 new records").await?;
        window.wait_for_title("Tasks").await?;
        window.find("grid", "List of tasks").await?;
        window.wait_for_text("Added by the import of follow-ups.csv").await?;
        window.wait_for_text("2 tasks").await?;
        window.wait_for_text("Book the hall").await?;
        window.wait_for_text("Call about the fair").await?;

        go(window, "i", "Import").await?;
        window.click("button", "See the result").await?;
        window.click("button", "Undo import").await?;
        window.wait_for_text("All 2 records will be as they were before this step.").await?;
        window
            .click_css("[role=alertdialog] footer button:last-of-type, [role=dialog] footer button:last-of-type")
            .await?;
        window.wait_for_text("This import was undone").await?;
        window.click("button", "Import another file").await?;
        window.wait_for_text("Drop a file here").await?;
        window.check_accessibility().await?;
        window.screenshot("import_file", Size::DESK).await
    })
}
