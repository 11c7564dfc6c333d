//! Students and alumni: All Users, cases, groups, My caseload, onboarding questions (M33–M40).

use crate::desk::{go, seeded_journey, values};
use anyhow::{Result, ensure};
use liaison_app::Session;
use liaison_app::staff::StaffAssignment;
use liaison_app::{groups, staff, students};
use liaison_domain::StaffRole;
use liaison_journeys::harness::{Size, Start, Window};

const PEOPLE: [(&str, &str, &str); 8] = [
    ("Ana", "Abbott", "Law"),
    ("Ben", "Becker", "Law"),
    ("Carla", "Chen", "Biology"),
    ("Dana", "Delgado", "Law"),
    ("Elif", "Eriksen", "Economics"),
    ("Femi", "Fischer", "Economics"),
    ("Grace", "Garcia", "Biology"),
    ("Maximiliane Theodora", "Freifrau von Hohenstein-Wittgenstein zu Sayn", "Law"),
];

/// The cell of a row that holds the name.
const NAME: &str = "[data-pinned]";

/// A colleague, a group, some students.
async fn seed(desk: &Session) -> Result<()> {
    let colleague = [("first_name", "Priya"), ("last_name", "Raman"), ("email", "priya@northfield.example")];
    staff::staff_create(desk, &values(&colleague), StaffAssignment::BuiltIn { role: StaffRole::Advisor }).await?;
    groups::group_create(desk, &values(&[("name", "Class of 2026"), ("description", "Graduates in summer")])).await?;
    for (at, (first, last, major)) in PEOPLE.iter().enumerate() {
        let email = format!("student{at}@campus.example");
        let person = [("first_name", *first), ("last_name", *last), ("email", email.as_str()), ("major", *major)];
        students::student_create(desk, &values(&person)).await?;
    }
    Ok(())
}

/// Clicks the row of somebody, or the button in it.
async fn click_row(window: &Window, name: &str, part: &str) -> Result<()> {
    window.find_css("[role=grid]").await?;
    window.wait_for_text(name).await?;
    let script = "document.querySelectorAll('[data-meant]').forEach((one) => one.removeAttribute('data-meant'));
        const row = [...document.querySelectorAll('[role=row]')].find((row) => row.innerText.includes(arguments[0]));
        row.querySelector(arguments[1]).setAttribute('data-meant', '')";
    window.script(script, vec![name.into(), part.into()]).await?;
    window.click_css("[data-meant]").await
}

async fn create_one(window: &Window) -> Result<()> {
    window.click("button", "Add new user").await?;
    window.screenshot("users_add", Size::DESK).await?;
    window.click_css("[role=menuitem][data-key=create]").await?;
    window.fill("textbox", "First name · required", "Zoe").await?;
    window.check_accessibility().await?;
    window.screenshot("users_new", Size::DESK).await?;
    window.click("button", "Create user").await?;
    window.wait_for_text("Enter a last name.").await?;
    window.fill("textbox", "Last name · required", "Zander").await?;
    window.fill("textbox", "Email · required", "zoe@campus.example").await?;
    window.click("button", "Create user").await?;
    window.wait_for_text("Zoe Zander added as a user.").await?;
    window.wait_for_text("9 users").await
}

#[test]
fn users_are_created_assigned_together_looked_at_deactivated_and_taken_back() -> Result<()> {
    seeded_journey("users", Start::default(), 0, seed, async |window, ()| {
        go(window, "u", "All Users").await?;
        window.find("grid", "Students and alumni").await?;
        window.wait_for_text("8 users").await?;
        window.check_accessibility().await?;
        window.screenshot("users", Size::DESK).await?;
        create_one(window).await?;

        // A filtered selection is assigned to a colleague, whose load is known.
        window.fill("searchbox", "Search users", "law").await?;
        window.wait_for_text("4 users").await?;
        window.press("ArrowDown").await?;
        window.press("Control+a").await?;
        window.wait_for_text("4 selected").await?;
        window.click("button", "Assign a case…").await?;
        window.find("dialog", "Assign 4 users").await?;
        window.wait_for_text("No cases").await?;
        window.type_text("pri").await?;
        window.wait_until_gone("Dana Reyes (you)").await?;
        window.check_accessibility().await?;
        window.screenshot("users_assign", Size::DESK).await?;
        window.click("option", "Priya Raman priya@northfield.example No cases").await?;
        window.wait_for_text("They get no message about it.").await?;
        window.click("button", "Assign").await?;
        window.wait_for_text("4 users assigned to Priya Raman.").await?;

        // The views count and filter with one click.
        window.script("location.hash = '#/students'", Vec::new()).await?;
        window.wait_for_text("9 users").await?;
        window.click("button", "Unassigned 5").await?;
        window.wait_for_text("5 users").await?;
        window.click("button", "Assigned 4").await?;
        window.wait_for_text("4 users").await?;
        window.check_accessibility().await?;

        // A click opens the panel; the case changes hands there.
        click_row(window, "Ana Abbott", NAME).await?;
        window.find("article", "About Ana Abbott").await?;
        window.wait_for_text("This person hasn’t been invited yet.").await?;
        window.wait_for_text("No onboarding questions yet.").await?;
        window.wait_for_text("Case assigned").await?;
        window.check_accessibility().await?;
        window.screenshot("users_panel", Size::DESK).await?;
        window.click("button", "Change…").await?;
        window.find("dialog", "Assign Ana Abbott").await?;
        window.wait_for_text("4 cases").await?;
        window.click("option", "Dana Reyes (you) dana@northfield.example No cases").await?;
        window.click("button", "Assign").await?;
        window.wait_for_text("Ana Abbott assigned to Dana Reyes.").await?;

        // Three dots on the row.
        click_row(window, "Ben Becker", "button").await?;
        window.find_css("[role=menu]").await?;
        window.screenshot("users_row_menu", Size::DESK).await?;
        window.click_css("[role=menuitem][data-key=deactivate]").await?;
        window.wait_for_text("Ben Becker will no longer be able to log in.").await?;
        window.check_accessibility().await?;
        window.click("button", "Deactivate").await?;
        window.wait_for_text("Ben Becker deactivated.").await?;
        window.find("button", "Deactivated 1").await?;
        window.script("document.activeElement?.blur()", Vec::new()).await?;
        window.press("Control+z").await?;
        window.find("button", "Deactivated 0").await?;

        go(window, "k", "My caseload").await?;
        window.wait_for_text("1 user").await?;
        window.wait_for_text("Ana Abbott").await?;
        window.check_accessibility().await?;
        window.screenshot("users_caseload", Size::DESK).await?;

        // The page of a case: a note and a task, as a contact has them.
        click_row(window, "Ana Abbott", NAME).await?;
        window.find("article", "About Ana Abbott").await?;
        window.script("document.querySelector('[role=grid]').focus()", Vec::new()).await?;
        window.press("Enter").await?;
        window.wait_for_title("Ana Abbott").await?;
        window.find("button", "Action").await?;
        window.press("n").await?;
        // At once, as people do: the field may still be on its way.
        window.type_text("Wants to work in public interest law.").await?;
        window.wait_for_text("Draft").await?;
        window.press("Control+Enter").await?;
        window.wait_for_text("Note added").await?;
        window.check_accessibility().await?;
        window.screenshot("student_notes", Size::DESK).await?;

        // "Import User" leads to the import, which takes the rows as users.
        go(window, "u", "All Users").await?;
        window.find("grid", "Students and alumni").await?;
        window.click("button", "Add new user").await?;
        window.click_css("[role=menuitem][data-key=import]").await?;
        window.wait_for_title("Import").await?;
        window.wait_for_text("Records in the file").await?;
        let kind = "const label = [...document.querySelectorAll('[class*=label]')].find((each) =>
            each.textContent === 'Records in the file'); return label.parentElement.querySelector('button').innerText.trim()";
        let kind = window.script(kind, Vec::new()).await?;
        ensure!(kind == "Users", "{kind}");
        Ok(())
    })
}

#[test]
fn groups_are_made_filled_and_deleted_and_questions_edited_as_students_see_them() -> Result<()> {
    seeded_journey("users_groups", Start::dark(), 0, seed, async |window, ()| {
        go(window, "u", "All Users").await?;
        window.find("grid", "Students and alumni").await?;
        window.press("ArrowDown").await?;
        window.press("Control+a").await?;
        window.wait_for_text("8 selected").await?;
        window.click("button", "Move to a group…").await?;
        window.click("option", "Class of 2026 Graduates in summer No members").await?;
        window.check_accessibility().await?;
        window.screenshot("users_move_dark", Size::DESK).await?;
        window.click("button", "Move").await?;
        window.wait_for_text("8 users moved to Class of 2026.").await?;
        click_row(window, "Freifrau", NAME).await?;
        window.check_accessibility().await?;
        window.screenshot("users_panel_dark", Size::DESK).await?;

        // They are still selected: Esc deselects them first, and closes the panel then.
        window.press("Escape").await?;
        window.wait_until_gone("8 selected").await?;
        window.press("Escape").await?;
        window.click("button", "Groups").await?;
        window.wait_for_text("0 active").await?;
        window.click("button", "New group").await?;
        window.fill("textbox", "Name · required", "Law school").await?;
        window.click("button", "Add group").await?;
        window.wait_for_text("Group “Law school” added.").await?;
        window.check_accessibility().await?;
        window.screenshot("users_groups_dark", Size::DESK).await?;
        window.click("button", "Actions for Class of 2026").await?;
        window.click_css("[role=menuitem][data-key=delete]").await?;
        window.wait_for_text("8 users are in this group. The users aren’t deleted.").await?;
        window.check_accessibility().await?;
        window.screenshot("users_group_delete_dark", Size::DESK).await?;
        window.click("button", "Delete group").await?;
        window.wait_for_text("Group “Class of 2026” deleted, 8 users moved.").await?;
        window.script("document.activeElement?.blur()", Vec::new()).await?;
        window.press("Control+z").await?;
        window.wait_for_text("0 active").await?;

        go(window, "b", "Onboarding questions").await?;
        question(window, "What are you looking for?", "One choice", &["Internship", "Job"]).await?;
        question(window, "Do you want to meet alumni?", "Yes or no", &[]).await?;
        window.find("radio", "Internship").await?;
        window.check_accessibility().await?;
        window.screenshot("onboarding_dark", Size::DESK).await?;
        window.click("button", "Actions for “Do you want to meet alumni?”").await?;
        window.click_css("[role=menuitem][data-key=up]").await?;
        window.wait_for_text("Question moved.").await?;
        let order = "[role=row][aria-label^='Do you want'] ~ [role=row][aria-label^='What are']";
        window.find_css(order).await?;

        // What a student told on the phone is written down as the student would have answered.
        go(window, "u", "All Users").await?;
        click_row(window, "Ana Abbott", NAME).await?;
        window.click("button", "Enter the answer to “Do you want to meet alumni?”").await?;
        window.click_css("label[data-key=yes]").await?;
        window.check_accessibility().await?;
        window.screenshot("users_answer_dark", Size::DESK).await?;
        window.click("button", "Save").await?;
        window.wait_for_text("Ana Abbott’s answer saved.").await?;
        go(window, "b", "Onboarding questions").await?;
        window.wait_for_text("1 answer").await
    })
}

/// Asks a new question.
async fn question(window: &Window, text: &str, answered: &str, choices: &[&str]) -> Result<()> {
    window.click("button", "New question").await?;
    window.fill("textbox", "Question · required", text).await?;
    let open = "const label = [...document.querySelectorAll('[role=dialog] span')].find((label) =>
        label.textContent === 'Answer type');
        const button = label.parentElement.querySelector('button'); button.focus();";
    window.script(open, Vec::new()).await?;
    window.press("Enter").await?;
    window.find_css("[role=listbox]").await?;
    window.click("option", answered).await?;
    for choice in choices {
        window.fill("textbox", "Choices", choice).await?;
        window.press("Enter").await?;
    }
    window.screenshot("onboarding_new_dark", Size::DESK).await?;
    window.click("button", "Add question").await?;
    window.wait_for_text("Question added.").await?;
    window.wait_for_text(text).await
}
