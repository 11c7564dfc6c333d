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

async fn act(window: &Window, menu: &str, action: &str) -> Result<()> {
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
        window.press("n").await?;
        window.fill("textbox", "Name · required", "Campus hosts").await?;
        window.click_css("[data-key=message_students] label").await?;
        window.wait_for_text("looks through students and writes to them").await?;
        window.wait_for_text("Comes with \u{201c}Write to students\u{201d}.").await?;
        window.click_css("[data-key=register_fairs] label").await?;
        window.wait_for_text("registers, with colleagues").await?;
        window.check_accessibility().await?;
        window.screenshot("role_matrix", Size::DESK).await?;
        window.click("button", "Add role").await?;
        window.wait_for_text("The role Campus hosts is there.").await?;

        open(window, accounts.linked).await?;
        window.wait_for_text("You do not have access to this site.").await?;
        window.check_accessibility().await?;
        window.screenshot("employer_user", Size::DESK).await?;
        window.press("r").await?;
        window.click_css("[role=dialog] button[aria-haspopup=listbox]").await?;
        window.click("option", "Campus hosts 0 users have it").await?;
        window.wait_for_text("1 record changes").await?;
        window.check_accessibility().await?;
        window.screenshot("change_role", Size::DESK).await?;
        window.click("button", "Change role").await?;
        window.wait_for_text("has the role Campus hosts.").await?;
        window.wait_for_text("Role: Campus hosts").await?;
        window.click_css("[role=switch], label:has([role=switch])").await?;
        window.wait_for_text("can\u{2019}t log in any more.").await?;
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
        window.wait_for_text("Nobody has this role.").await?;
        window.click("button", "Delete").await?;
        window.wait_for_text("The role Campus hosts is deleted.").await
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
        window.wait_for_text("You can still decide about the account: access and role.").await?;
        anyhow::ensure!(!window.text().await?.contains(&accounts.private_email), "the address is withheld");
        window.check_accessibility().await?;
        window.screenshot("private_user", Size::DESK).await?;
        window.press("3").await?;
        window.press("2").await?;
        window.wait_for_text("Added").await?;
        anyhow::ensure!(!window.text().await?.contains(&accounts.private_email), "in the history, too");
        act(window, "Action", "erase").await?;
        window.wait_for_text("Delete 1 employer user with all data").await?;
        window.check_accessibility().await?;
        window.screenshot("delete_user", Size::DESK).await?;
        window.type_text("delete").await?;
        window.click("button", "Delete with all data").await?;
        window.wait_for_text("1 employer user is deleted with all data.").await?;
        window.wait_for_title("Employer Users").await?;

        window.wait_for_text("Can log in").await?;
        window.script("document.querySelector('[role=grid]').focus()", Vec::new()).await?;
        window.press("Control+A").await?;
        window.click("button", "Turn access off").await?;
        window.wait_for_text("can no longer log in.").await?;
        window.wait_for_text("You do not have access to this site.").await?;
        window.check_accessibility().await?;
        window.screenshot("access_off_many", Size::DESK).await?;
        window.click_css("[role=dialog] button[data-variant=destructive]").await?;
        window.wait_for_text("can\u{2019}t log in any more.").await?;
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
        window.wait_for_text("Nobody would be left who manages staff.").await?;
        window.check_accessibility().await?;
        window.press("Escape").await?;
        window.wait_until_gone("Nobody would be left").await?;
        window.press("n").await?;
        window.fill("textbox", "First name · required", "Vera").await?;
        window.fill("textbox", "Last name · required", "Lund").await?;
        window.fill("textbox", "E-mail · required", "vera@northfield.example").await?;
        window.click_css("[role=dialog] button[aria-haspopup=listbox]").await?;
        window.click("option", "Viewer").await?;
        window.check_accessibility().await?;
        window.screenshot("staff_new", Size::DESK).await?;
        window.click("button", "Add").await?;
        window.wait_for_text("Vera Lund works here now.").await?;
        act(window, "Actions for Vera Lund", "passcode").await?;
        window.fill("textbox", "New passcode", "nine kites over water").await?;
        window.fill("textbox", "The passcode again", "nine kites over water").await?;
        window.fill("textbox", "Your own passcode", "not this one at all").await?;
        window.click("button", "Set passcode").await?;
        window
            .wait_for_text(
                "That\u{2019}s not your passcode. Another person\u{2019}s passcode doesn\u{2019}t work here.",
            )
            .await?;
        window.fill("textbox", "Your own passcode", PASSCODE).await?;
        window.check_accessibility().await?;
        window.click("button", "Set passcode").await?;
        window.wait_for_text("Vera Lund has a passcode on this computer.").await?;
        window.check_accessibility().await?;
        window.screenshot("staff", Size::DESK).await?;

        go(window, "y", "Security").await?;
        window.wait_for_text("Who changed something at this desk").await?;
        window.check_accessibility().await?;
        window.screenshot("security", Size::DESK).await?;
        window.click("button", "Lock now").await?;
        window.wait_for_text("Liaison is locked").await?;
        anyhow::ensure!(!window.text().await?.contains("Who changed something at this desk"), "nothing shows");
        window.fill("textbox", "Passcode or recovery key", "nine kites over water").await?;
        window.press("Enter").await?;
        // Asked for before a passcode is set, a wrong one counts as well.
        window.wait_for_text("1 wrong passcode was entered").await?;
        window.click("button", "Got it").await?;
        window.wait_for_text("How this computer is kept").await?;
        anyhow::ensure!(
            !window.text().await?.contains("Who changed something at this desk"),
            "no audit log for viewers"
        );
        anyhow::ensure!(!window.has("button", "Make a new recovery key…").await?);
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
        window.wait_for_text("Sign-up uses this name").await?;
        window.check_accessibility().await?;
        window.screenshot("role_matrix_dark", Size::DESK).await?;
        window.press("Escape").await?;
        go(window, "s", "Staff").await?;
        window.wait_for_text("Staff roles").await?;
        window.check_accessibility().await?;
        window.screenshot("staff_dark", Size::DESK).await?;
        go(window, "y", "Security").await?;
        window.wait_for_text("Who changed something at this desk").await?;
        window.check_accessibility().await?;
        window.screenshot("security_dark", Size::DESK).await
    })
}
