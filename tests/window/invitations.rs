//! Invitations and reminders in the window (M35, M41, M51, B8).

use crate::desk::{go, seeded_journey};
use anyhow::{Result, ensure};
use liaison_app::Session;
use liaison_app::mail::OutboxFilter;
use liaison_app::{contacts, invitations, mail, students};
use liaison_domain::Id;
use liaison_domain::outbox::OutboxState;
use liaison_domain::parse::FieldValue;
use liaison_journeys::harness::{Size, Start, Window};
use std::collections::HashMap;

/// A day and a minute, in milliseconds.
const OLD: i64 = (24 * 60 + 1) * 60 * 1000;
/// What is said of it: yesterday, but for one minute of the day.
const INVITED: &str = "Invited ";

async fn add(desk: &Session, first: &str, last: &str) -> Result<Id> {
    let values = [
        ("first_name", first.to_owned()),
        ("last_name", last.to_owned()),
        ("email", format!("{}@campus.example", first.to_lowercase())),
    ];
    let values: HashMap<_, _> = values.map(|(key, value)| (key.to_owned(), FieldValue::Text(value))).into();
    Ok(students::student_create(desk, &values).await?.id)
}

/// Omar was invited a day ago, Noelle just now; each got the message. Lena came before there was a portal.
async fn three_students(desk: &Session) -> Result<Id> {
    add(desk, "Lena", "Ortiz").await?;
    invitations::invitation_settings_set(desk, "https://careers.northfield.example", 14).await?;
    add(desk, "Omar", "Haddad").await?;
    let folder = tempfile::tempdir()?;
    let hand_over = async || {
        let waiting = OutboxFilter { state: Some(OutboxState::Waiting), ..OutboxFilter::default() };
        for row in mail::outbox_list(desk, &waiting, 0, 10).await?.rows {
            mail::outbox_hand_over(desk, row.id, Some(&folder.path().join(format!("{}.eml", row.id)))).await?;
        }
        anyhow::Ok(())
    };
    hand_over().await?;
    // No clock goes back behind the set-up of this desk; what was written is made older instead.
    let sql = format!("UPDATE invitation SET sent_at=sent_at-{OLD},clock=clock-{OLD}");
    desk.engine().database().write(|db| db.run(&sql, &[])).await?;
    add(desk, "Noelle", "Holiday").await?;
    hand_over().await?;
    let person = [("first_name", "Ilse"), ("last_name", "Nimbus"), ("email", "ilse@zeppelin.example")];
    let values: HashMap<_, _> = person.map(|(key, value)| (key.to_owned(), FieldValue::Text(value.to_owned()))).into();
    Ok(contacts::contact_create(desk, &values).await?.id)
}

async fn is_disabled(window: &Window, button: &str) -> Result<bool> {
    let script = "return [...document.querySelectorAll('button')].find((each) =>
        each.textContent.trim() === arguments[0])?.disabled ?? false";
    Ok(window.script(script, vec![button.into()]).await?.as_bool().unwrap_or(false))
}

async fn look_at(window: &Window, name: &str) -> Result<()> {
    let click = "[...document.querySelectorAll('[role=row]')].find((row) =>
        row.textContent.includes(arguments[0])).querySelector('[role=gridcell]:nth-child(2)').click()";
    window.wait_for_text(name).await?;
    window.script(click, vec![name.into()]).await?;
    window.find("article", &format!("About {name}")).await.map(drop)
}

#[test]
fn a_reminder_waits_for_its_hour_and_all_who_are_due_are_reminded() -> Result<()> {
    seeded_journey("invitations", Start::default(), 0, three_students, async |window, contact| {
        go(window, "u", "All Users").await?;
        look_at(window, "Noelle Holiday").await?;
        window.wait_for_text("Available in 23 h").await?;
        ensure!(is_disabled(window, "Send Reminder").await?, "not before 24 hours have passed");
        window.check_accessibility().await?;
        window.screenshot("invitation_waits", Size::DESK).await?;

        look_at(window, "Omar Haddad").await?;
        window.wait_for_text(INVITED).await?;
        window.click("button", "Send Reminder").await?;
        window.wait_for_text("Reminder to Omar Haddad added to the outbox.").await?;
        window.wait_for_text("The last message is still in the outbox").await?;
        ensure!(is_disabled(window, "Send Reminder").await?, "one at a time");
        window.press("Control+z").await?;
        window.wait_for_text("Undone. 1 message won\u{2019}t be sent.").await?;
        window.wait_for_text(INVITED).await?;

        // All who are due, of all there are.
        window.script("document.querySelector('[role=grid]').focus()", Vec::new()).await?;
        window.press("Control+a").await?;
        window.wait_for_text("3 selected").await?;
        window.click("button", "More actions").await?;
        window.click_css("[role=menuitem][data-key=remind]").await?;
        window.find("dialog", "Remind all who are due").await?;
        window.wait_for_text("1 person will get an email").await?;
        window.wait_for_text("Less than 24 hours since the last message").await?;
        window.wait_for_text("Not invited yet").await?;
        window.check_accessibility().await?;
        window.screenshot("remind_all", Size::DESK).await?;
        window.click("button", "Send 1 reminder").await?;
        window.wait_for_text("1 reminder added to the outbox.").await?;

        window.click("button", "All invitations").await?;
        window.wait_for_title("Invitations").await?;
        window.wait_for_text("3 messages").await?;
        window.wait_for_text("Omar Haddad").await?;
        window.check_accessibility().await?;
        window.screenshot("invitation_ledger", Size::WIDE).await?;

        // A contact becomes a user by invitation.
        window.script("location.hash = '#/contacts/' + arguments[0]", vec![contact.to_string().into()]).await?;
        window.click("button", "Action").await?;
        window.click_css("[role=menuitem][data-key=invite]").await?;
        window.wait_for_text("1 person will get an email").await?;
        window.click("button", "Send 1 invitation").await?;
        window.wait_for_text("1 invitation added to the outbox.").await?;
        window.wait_for_text("Invitation to become a user").await?;
        window.check_accessibility().await?;
        window.screenshot("invitation_contact", Size::DESK).await
    })
}

#[test]
fn without_a_portal_it_is_said_what_is_missing_and_set_there() -> Result<()> {
    let lena = async |desk: &Session| add(desk, "Lena", "Ortiz").await;
    seeded_journey("invitation_portal", Start::dark(), 0, lena, async |window, _| {
        go(window, "u", "All Users").await?;
        look_at(window, "Lena Ortiz").await?;
        window.wait_for_text("To send invitations, first set the portal address").await?;
        window.click("button", "Set the portal address…").await?;
        window.fill("textbox", "Portal address", "http://careers.northfield.example").await?;
        window.click("button", "Save settings").await?;
        window.wait_for_text("People type their passwords there.").await?;
        window.check_accessibility().await?;
        window.screenshot("invitation_portal_dark", Size::DESK).await?;
        window.fill("textbox", "Portal address", "https://careers.northfield.example").await?;
        window.click("button", "Save settings").await?;
        window.wait_for_text("Portal address and link settings saved.").await?;
        window.click("button", "Send invitation").await?;
        window.wait_for_text("Invitation to Lena Ortiz added to the outbox.").await?;
        window.wait_for_text("In the outbox").await?;
        window.check_accessibility().await?;
        window.screenshot("invitation_sent_dark", Size::DESK).await
    })
}
