//! Who may do what: employer users, their roles, staff, and the desk that locks.

use crate::desk::{go, seeded_journey};
use anyhow::{Context, Result};
use liaison_app::Session;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::{contacts, lists, trash};
use liaison_domain::filter::{Condition, FilterOp, ListQuery};
use liaison_domain::{Id, RecordKind};
use liaison_journeys::harness::{Size, Start, Window};

/// Brings the staff roles to the top of their page.
const TO_ROLES: &str = "const title = document.querySelector('#staff-roles-title');
    let page = title.parentElement;
    while (page.scrollHeight <= page.clientHeight) page = page.parentElement;
    page.scrollTop += title.getBoundingClientRect().top - page.getBoundingClientRect().top - 16;";

/// Opens the desk of every journey; that of the first administrator.
const PASSCODE: &str = "twelve quiet owls";

/// Two people with an account: one is a contact, the other no longer.
struct Accounts {
    linked: Id,
    private: Id,
    private_email: String,
}

async fn accounts(desk: &Session) -> Result<Accounts> {
    let mut query = ListQuery::all(RecordKind::Contact);
    query.filter = vec![Condition { field: "access".into(), op: FilterOp::Is, values: vec!["on".into()] }];
    let opened = lists::list_open(desk, query).await?;
    let rows = lists::list_window(desk, opened.result, 0, 2, &[]).await?.rows;
    let [linked, gone] = rows.as_slice() else { anyhow::bail!("too few people with an account") };
    let user = async |contact| anyhow::Ok(contacts::contact_get(desk, contact).await?.user.context("an account")?);
    let (linked, private) = (user(linked.id).await?, user(gone.id).await?);
    trash::delete(desk, RecordKind::Contact, &Selection::Ids { ids: vec![gone.id] }, &mut unwatched).await?;
    Ok(Accounts { linked: linked.id, private: private.id, private_email: private.email })
}

async fn open(window: &Window, user: Id) -> Result<()> {
    window.find("navigation", "Main navigation").await?;
    let address = format!("settings/employer-users/{user}");
    window.script("location.hash = '#/' + arguments[0]", vec![address.into()]).await?;
    window.find("switch", "User Can Access Your Site").await.map(|_| ())
}

/// Chooses from the menu of this name.
pub async fn act(window: &Window, menu: &str, action: &str) -> Result<()> {
    window.click("button", menu).await?;
    window.click_css(&format!("[role=menuitem][data-key={action}]")).await
}

#[test]
fn a_role_is_made_with_the_matrix_and_given_to_a_user() -> Result<()> {
    seeded_journey("access_roles", Start::default(), 60, accounts, async |window, accounts| {
        go(window, "r", "Employer User Roles").await?;
        window.wait_for_text("With this role, a person sees").await?;
        window.check_accessibility().await?;
        window.screenshot("roles", Size::DESK).await?;
        // What a person sees stays there in a small window, below the table.
        window.screenshot("roles_small", Size::SMALL).await?;
        window.press("n").await?;
        window.fill("textbox", "Name · required", "Campus hosts").await?;
        window.click_css("[data-key=message_students] label").await?;
        window.wait_for_text("can browse students and email them").await?;
        window.wait_for_text("Included with \u{201c}Message students\u{201d}.").await?;
        window.click_css("[data-key=register_fairs] label").await?;
        window.wait_for_text("can register, with colleagues").await?;
        window.check_accessibility().await?;
        window.screenshot("role_matrix", Size::DESK).await?;
        window.click("button", "Add role").await?;
        window.wait_for_text("Role “Campus hosts” added.").await?;

        open(window, accounts.linked).await?;
        window.wait_for_text("You do not have access to this site.").await?;
        window.check_accessibility().await?;
        window.screenshot("employer_user", Size::DESK).await?;
        window.press("r").await?;
        window.wait_for_text("Current role").await?;
        let choose = "[...document.querySelectorAll('label')]
            .find((each) => each.textContent.includes('Campus hosts')).click()";
        window.script(choose, Vec::new()).await?;
        window.wait_for_text("In addition:").await?;
        window.wait_for_text("1 record will change").await?;
        window.check_accessibility().await?;
        window.screenshot("change_role", Size::DESK).await?;
        window.click("button", "Change role").await?;
        window.wait_for_text("now has the role Campus hosts.").await?;
        window.wait_for_text("Role: Campus hosts").await?;
        window.click_css("[role=switch], label:has([role=switch])").await?;
        window.wait_for_text("can no longer log in.").await?;
        window.wait_for_text("Access off").await?;
        window.press("Control+Z").await?;
        window.wait_until_gone("Access off").await?;
        window.press("Control+Z").await?;
        window.wait_until_gone("Role: Campus hosts").await?;
        window.press("2").await?;
        window.find("article", "Contact").await.ok();
        window.check_accessibility().await?;
        window.press("4").await?;
        window.wait_for_text("Role changed").await?;
        window.check_accessibility().await?;

        go(window, "r", "Employer User Roles").await?;
        act(window, "Actions for Campus hosts", "delete").await?;
        window.wait_for_text("No one has this role.").await?;
        window.click("button", "Delete").await?;
        window.wait_for_text("Role “Campus hosts” deleted.").await
    })
}

#[test]
fn a_login_is_added_by_hand_with_its_contact() -> Result<()> {
    seeded_journey("access_create", Start::default(), 60, accounts, async |window, _| {
        go(window, "p", "Employer Users").await?;
        window.wait_for_text("Can log in").await?;
        window.press("n").await?;
        window.fill("textbox", "First name · required", "Quinn").await?;
        window.fill("textbox", "Last name · required", "Abara").await?;
        window.fill("textbox", "Email · required", "quinn@abara.example").await?;
        window.wait_for_text("No invitation goes out yet").await?;
        window.check_accessibility().await?;
        window.screenshot("login_new", Size::DESK).await?;
        window.screenshot("login_new_small", Size::SMALL).await?;
        window.click("button", "Add employer user").await?;
        window
            .wait_for_text(
                "Quinn Abara added to the directory, with a login and the role Default Access. No invitation",
            )
            .await?;
        window.find("switch", "User Can Access Your Site").await?;
        window.wait_for_text("quinn@abara.example").await?;
        window.wait_for_text("No password chosen yet").await?;
        window.check_accessibility().await?;
        window.screenshot("login_not_activated", Size::DESK).await?;
        window.press("Control+Z").await?;
        window.wait_for_text("Undone").await
    })
}

#[test]
fn a_private_profile_is_refused_and_deleting_leaves_nothing() -> Result<()> {
    seeded_journey("access_private", Start::default(), 60, accounts, async |window, accounts| {
        go(window, "p", "Employer Users").await?;
        window.find("grid", "List of employer users").await?;
        window.wait_for_text("Can log in").await?;
        window.check_accessibility().await?;
        window.screenshot("employer_users", Size::DESK).await?;
        open(window, accounts.private).await?;
        window.wait_for_text("This person\u{2019}s profile is private.").await?;
        window.wait_for_text("You can still change their access and role.").await?;
        anyhow::ensure!(!window.text().await?.contains(&accounts.private_email), "the address is withheld");
        window.check_accessibility().await?;
        window.screenshot("private_user", Size::DESK).await?;
        window.press("3").await?;
        window.press("2").await?;
        window.wait_for_text("Sample data added").await?;
        anyhow::ensure!(!window.text().await?.contains(&accounts.private_email), "in the history, too");
        act(window, "Action", "erase").await?;
        window.wait_for_text("Permanently delete 1 employer user").await?;
        window.check_accessibility().await?;
        window.screenshot("delete_user", Size::DESK).await?;
        window.type_text("delete").await?;
        window.click("button", "Delete permanently").await?;
        window.wait_for_text("1 employer user permanently deleted.").await?;
        window.wait_for_title("Employer Users").await?;

        window.wait_for_text("Can log in").await?;
        window.script("document.querySelector('[role=grid]').focus()", Vec::new()).await?;
        window.press("Control+A").await?;
        window.click("button", "Turn access off").await?;
        window.wait_for_text("will no longer be able to log in.").await?;
        window.wait_for_text("You do not have access to this site.").await?;
        window.check_accessibility().await?;
        window.screenshot("access_off_many", Size::DESK).await?;
        window.click_css("[role=dialog] button[data-variant=destructive]").await?;
        window.wait_for_text("can no longer log in.").await?;
        window.wait_until_gone("Can log in").await?;
        window.press("Control+Z").await?;
        window.wait_for_text("Can log in").await
    })
}

#[test]
fn staff_come_with_a_passcode_and_find_what_their_role_opens() -> Result<()> {
    seeded_journey("access_staff", Start::default(), 60, accounts, async |window, accounts| {
        go(window, "s", "Staff").await?;
        window.wait_for_text("Administrator").await?;
        act(window, "Actions for Dana Reyes", "role").await?;
        window.click_css("[role=dialog] button[aria-haspopup=listbox]").await?;
        window.click("option", "Viewer").await?;
        window.click("button", "Change role").await?;
        window.wait_for_text("At least one person must be able to manage staff.").await?;
        window.check_accessibility().await?;
        window.press("Escape").await?;
        window.wait_until_gone("At least one person must be able").await?;
        window.press("n").await?;
        window.fill("textbox", "First name · required", "Vera").await?;
        window.fill("textbox", "Last name · required", "Lund").await?;
        window.fill("textbox", "Email · required", "vera@northfield.example").await?;
        window.click_css("[role=dialog] button[aria-haspopup=listbox]").await?;
        window.click("option", "Viewer").await?;
        window.check_accessibility().await?;
        window.screenshot("staff_new", Size::DESK).await?;
        window.click("button", "Add staff member").await?;
        window.wait_for_text("Vera Lund added to staff.").await?;
        act(window, "Actions for Vera Lund", "passcode").await?;
        window.fill("textbox", "New passcode", "nine kites over water").await?;
        window.fill("textbox", "Confirm passcode", "nine kites over water").await?;
        window.fill("textbox", "Your own passcode", "not this one at all").await?;
        window.click("button", "Set passcode").await?;
        window.wait_for_text("That\u{2019}s not your passcode. Enter your own passcode.").await?;
        window.fill("textbox", "Your own passcode", PASSCODE).await?;
        window.check_accessibility().await?;
        window.click("button", "Set passcode").await?;
        window.wait_for_text("Vera Lund now has a passcode on this computer.").await?;
        window.check_accessibility().await?;
        window.screenshot("staff", Size::DESK).await?;

        // A role of one's own says beside the built-in ones what is different, and before it changes, for whom.
        window.click("button", "Add staff role").await?;
        window.fill("textbox", "Name · required", "Event team").await?;
        window.click_css("[data-key=edit_contacts] label").await?;
        window.click("button", "Add role").await?;
        window.wait_for_text("Role “Event team” added.").await?;
        let beside = "const right = document.querySelector('nav').getBoundingClientRect().right;
            return [...document.querySelectorAll('[role=alert]')].some((said) => said.textContent.includes('Event team')
                && said.getBoundingClientRect().left >= right);";
        window.wait_until("the message stands beside the navigation", beside, Vec::new()).await?;
        act(window, "Actions for Vera Lund", "role").await?;
        window.click_css("[role=dialog] button[aria-haspopup=listbox]").await?;
        window.click("option", "Event team").await?;
        window.click("button", "Change role").await?;
        window.wait_for_text("Vera Lund now has the role Event team.").await?;
        window.wait_for_text("Bold: differs from").await?;
        window.script(TO_ROLES, Vec::new()).await?;
        window.check_accessibility().await?;
        window.screenshot("staff_roles", Size::DESK).await?;
        window.screenshot("staff_roles_small", Size::SMALL).await?;
        act(window, "Actions for Event team", "edit").await?;
        window.click_css("[data-key=send_mail] label").await?;
        window.wait_for_text("1 staff member will be able to:").await?;
        window.wait_for_text("This changes for Vera Lund.").await?;
        window.check_accessibility().await?;
        window.screenshot("staff_role_impact", Size::DESK).await?;
        window.click("button", "Save").await?;
        window.wait_for_text("Role “Event team” changed.").await?;
        act(window, "Actions for Vera Lund", "role").await?;
        window.click_css("[role=dialog] button[aria-haspopup=listbox]").await?;
        window.click("option", "Viewer").await?;
        window.click("button", "Change role").await?;
        window.wait_for_text("Vera Lund now has the role Viewer.").await?;

        go(window, "y", "Security").await?;
        window.wait_for_text("Who made changes on this computer").await?;
        window.check_accessibility().await?;
        window.screenshot("security", Size::DESK).await?;
        window.click("button", "Lock now").await?;
        window.wait_for_text("Liaison is locked").await?;
        anyhow::ensure!(!window.text().await?.contains("Who made changes on this computer"), "nothing shows");
        window.fill("textbox", "Passcode or recovery key", "nine kites over water").await?;
        window.press("Enter").await?;
        // Asked for before a passcode is set, a wrong one counts as well.
        window.wait_for_text("1 wrong passcode was entered").await?;
        window.click("button", "Got it").await?;
        window.wait_for_text("Control who can open Liaison").await?;
        anyhow::ensure!(
            !window.text().await?.contains("Who made changes on this computer"),
            "no audit log for viewers"
        );
        anyhow::ensure!(!window.has("button", "Create new recovery key…").await?);
        open(window, accounts.linked).await?;
        anyhow::ensure!(!window.has("button", "Change role…").await?, "viewers look");
        anyhow::ensure!(!window.has("tab", "History").await?);
        go(window, "r", "Employer User Roles").await?;
        window.wait_for_text("Default Access").await?;
        anyhow::ensure!(!window.has("button", "Add New User Role").await?);
        go(window, "s", "Staff").await?;
        window.wait_for_text("Vera Lund").await?;
        anyhow::ensure!(!window.has("button", "Add staff member").await?);
        anyhow::ensure!(!window.has("button", "Actions for Dana Reyes").await?);
        window.check_accessibility().await?;
        window.press("Control+Shift+L").await?;
        window.wait_for_text("Liaison is locked").await?;
        window.check_accessibility().await
    })
}

#[test]
fn access_in_dark_colours() -> Result<()> {
    seeded_journey("access_dark", Start::dark(), 60, accounts, async |window, accounts| {
        go(window, "p", "Employer Users").await?;
        window.wait_for_text("Can log in").await?;
        window.check_accessibility().await?;
        window.screenshot("employer_users_dark", Size::WIDE).await?;
        open(window, accounts.private).await?;
        window.wait_for_text("profile is private").await?;
        window.check_accessibility().await?;
        window.screenshot("private_user_dark", Size::DESK).await?;
        open(window, accounts.linked).await?;
        window.check_accessibility().await?;
        window.screenshot("employer_user_dark", Size::DESK).await?;
        go(window, "r", "Employer User Roles").await?;
        act(window, "Actions for Default Access", "edit").await?;
        window.wait_for_text("Everyone gets this role at sign-up").await?;
        window.check_accessibility().await?;
        window.screenshot("role_matrix_dark", Size::DESK).await?;
        window.press("Escape").await?;
        go(window, "s", "Staff").await?;
        window.wait_for_text("Staff roles").await?;
        window.check_accessibility().await?;
        window.screenshot("staff_dark", Size::DESK).await?;
        window.script(TO_ROLES, Vec::new()).await?;
        window.screenshot("staff_roles_dark", Size::DESK).await?;
        go(window, "y", "Security").await?;
        window.wait_for_text("Who made changes on this computer").await?;
        window.check_accessibility().await?;
        window.screenshot("security_dark", Size::DESK).await
    })
}
