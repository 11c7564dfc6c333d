//! Outreach from a caseload, through a real server on loopback; a letter handed over to the person's own mail program.

use crate::desk::seeded_journey;
use crate::mail::{choose_fair, header, ready, wait_for_preview, write};
use crate::mail_server::TestServer;
use anyhow::{Context as _, Result, ensure};
use liaison_app::Session;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::students;
use liaison_domain::Id;
use liaison_domain::parse::FieldValue;
use liaison_journeys::harness::{Size, Start, Window};
use liaison_mail::smtp::Security;
use std::collections::HashMap;
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

async fn add(desk: &Session, first: &str, silent: bool) -> Result<Id> {
    let text = |text: &str| FieldValue::Text(text.to_owned());
    let email = format!("{}@campus.example", first.to_lowercase());
    let mut values = HashMap::from([
        ("first_name".to_owned(), text(first)),
        ("last_name".to_owned(), text("Moss")),
        ("email".to_owned(), text(&email)),
    ]);
    if silent {
        values.insert("do_not_email".to_owned(), FieldValue::Flag(true));
    }
    Ok(students::student_create(desk, &values).await?.id)
}

/// Kim and Sue are cases of whoever is at the desk, Lev is nobody's; Sue wants no outreach.
async fn caseload(desk: &Session, port: u16, authority: &str) -> Result<()> {
    ready(desk, port, authority).await?;
    add(desk, "Lev", false).await?;
    let mine = vec![add(desk, "Kim", false).await?, add(desk, "Sue", true).await?];
    let me = desk.actor().staff;
    students::students_assign(desk, &Selection::Ids { ids: mine }, Some(me), &mut unwatched).await?;
    Ok(())
}

async fn write_to_caseload(window: &Window, server: &mut TestServer) -> Result<()> {
    window.script("location.hash = '#/caseload'", Vec::new()).await?;
    window.wait_for_title("My caseload").await?;
    window.wait_for_text("2 users").await?;
    window.find("grid", "Users assigned to me").await?;
    // The filters of All Users part it, with the numbers of this caseload.
    window.click("button", "Not invited 2").await?;
    window.wait_for_text("Status is Not invited").await?;
    window.check_accessibility().await?;
    window.screenshot("caseload_views", Size::DESK).await?;
    window.click("button", "Active 0").await?;
    window.wait_for_text("0 users").await?;
    window.click("button", "All").await?;
    window.wait_for_text("2 users").await?;
    window.wait_for_text("Sue Moss").await?;
    window.script("document.querySelector('[role=grid]').focus()", Vec::new()).await?;
    window.press("Control+a").await?;
    window.wait_for_text("2 selected").await?;
    window.screenshot("caseload_selected", Size::DESK).await?;
    window.press("w").await?;
    window.find("dialog", "Email to 2 people").await?;
    window.wait_for_text("1 person will get this message").await?;
    window.wait_for_text("1: “Do not email” is set").await?;
    choose_fair(window).await?;
    wait_for_preview(window, "Dear Kim,").await?;
    window.check_accessibility().await?;
    window.screenshot("mail_outreach_students", Size::DESK).await?;
    window.click("button", "Send to 1 person").await?;
    window.wait_for_text("1 message added to the outbox. 1 person skipped.").await?;
    let received = server.received();
    ensure!(received.recipients == ["kim@campus.example"], "{:?}", received.recipients);
    ensure!(header(&received, "List-Unsubscribe").contains("mailto:careers@northfield.example"));
    Ok(())
}

/// The page of Kim, with what was sent.
async fn emails_of_kim(window: &Window) -> Result<()> {
    window.script("location.hash = '#/students?q=kim'", Vec::new()).await?;
    window.wait_for_title("All Users").await?;
    window.wait_for_text("1 user").await?;
    window.wait_for_text("Kim Moss").await?;
    window.script("document.querySelector('[role=grid]').focus()", Vec::new()).await?;
    window.press("Enter").await?;
    window.find("tab", "Emails1").await?;
    window.click_css("[role=tab][data-key=emails]").await?;
    window.wait_for_text("The fair of Northfield University").await?;
    window.check_accessibility().await?;
    window.screenshot("student_emails", Size::DESK).await
}

#[test]
fn a_caseload_is_written_to_and_each_message_stands_on_its_page() -> Result<()> {
    let mut server = TestServer::start(Security::StartTls);
    let (port, authority) = (server.port, server.certificate.clone());
    let seeded = async |desk: &Session| caseload(desk, port, &authority).await;
    seeded_journey("mail_caseload", Start::default(), 0, seeded, async |window, ()| {
        window.find("navigation", "Main navigation").await?;
        write_to_caseload(window, &mut server).await?;
        emails_of_kim(window).await
    })
}

/// What the program that opens addresses was given, once it was.
async fn opened(file: &Path) -> Result<String> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        match std::fs::read_to_string(file) {
            Ok(address) if address.ends_with('\n') => return Ok(address.trim_end().to_owned()),
            _ if Instant::now() > end => anyhow::bail!("nothing was opened"),
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn write_letter(window: &Window, name: &str, subject: &str) -> Result<()> {
    window.script("location.hash = '#/students?q=kim'", Vec::new()).await?;
    window.wait_for_title("All Users").await?;
    window.wait_for_text("1 user").await?;
    window.wait_for_text(name).await?;
    window.script("document.querySelector('[role=grid]').focus()", Vec::new()).await?;
    window.press("Enter").await?;
    window.find("tab", "Overview").await?;
    window.click("button", "Write email").await?;
    window.find("dialog", &format!("Email to {name}")).await?;
    window.fill("textbox", "Subject", subject).await?;
    write(window, "Dear Kim,\n\nyour mock interview is on Monday & at 9.").await?;
    wait_for_preview(window, "your mock interview").await
}

/// By xdg-open, which only these systems have.
#[cfg(unix)]
#[test]
fn without_a_server_a_letter_opens_in_the_persons_own_mail_program() -> Result<()> {
    // What the system opens addresses with: it writes down which.
    let programs = tempfile::tempdir()?;
    let (opener, note) = (programs.path().join("xdg-open"), programs.path().join("opened"));
    std::fs::write(&opener, format!("#!/bin/sh\nprintf '%s\\n' \"$1\" > '{}'\n", note.display()))?;
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755))?;
    let path = std::env::var("PATH").context("PATH")?;
    let mut start = Start::default();
    start.environment.push(("PATH".to_owned(), format!("{}:{path}", programs.path().display())));
    let seeded = async |desk: &Session| add(desk, "Kim", false).await;
    seeded_journey("mail_hand_over", start, 0, seeded, async |window, _| {
        window.find("navigation", "Main navigation").await?;
        write_letter(window, "Kim Moss", "Your interview").await?;
        window
            .wait_for_text("Mail isn’t set up on this computer, so the message will open in your mail program.")
            .await?;
        window.check_accessibility().await?;
        window.press("Control+Enter").await?;
        window.wait_for_text("The message to Kim Moss opened in your mail program. Send it there.").await?;
        let address = opened(&note).await?;
        let rest = address.strip_prefix("mailto:kim@campus.example?").context(address.clone())?;
        ensure!(rest.starts_with("subject=Your%20interview&body=Dear%20Kim%2C%0D%0A%0D%0Ayour%20mock"), "{rest}");
        ensure!(rest.contains("Monday%20%26%20at%209."), "what has a meaning in addresses is written out: {rest}");
        // What was handed over counts as sent, and stands on the page.
        window.click_css("[role=tab][data-key=emails]").await?;
        window.wait_for_text("Your interview").await?;
        window.screenshot("mail_handed_over", Size::DESK).await
    })
}
