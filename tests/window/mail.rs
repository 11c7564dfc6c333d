//! Mail, from its settings to a message in somebody's mailbox, through a real server on loopback; UI Customization.

use crate::desk::{dark_journey, go, journey, seeded_journey};
use crate::mail_server::{Received, TestServer};
use anyhow::{Context as _, Result, ensure};
use liaison_app::Session;
use liaison_app::mail::{MailSecurity, MailSettings};
use liaison_app::{attributes, contacts, institution, mail};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_journeys::harness::{Size, Start, Window};
use liaison_mail::smtp::Security;
use mail_parser::MessageParser;
use std::collections::HashMap;

/// Three people of one family name: one gets mail, one the server refuses, and one must not be written to.
async fn seed(desk: &Session) -> Result<()> {
    let text = |text: &str| FieldValue::Text(text.to_owned());
    let mut ids = Vec::new();
    for (first, address) in [("Ann", "ann"), ("Eli", "gone"), ("Noa", "noa")] {
        let email = text(&format!("{address}@acme.example"));
        let values = [("first_name", text(first)), ("last_name", text("Quill")), ("email", email)];
        let values: HashMap<_, _> = values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        ids.push(contacts::contact_create(desk, &values).await?.id);
    }
    let attributes = attributes::attributes_list(desk).await?;
    let mark = attributes.iter().find(|attribute| attribute.meaning.as_deref() == Some("do_not_email"));
    let field = mark.context("the attribute that ships with the product")?.key.clone();
    let noa = ids[2];
    contacts::contact_edit(
        desk,
        noa,
        &[FieldEdit { field, before: FieldValue::Empty(()), after: FieldValue::Flag(true) }],
    )
    .await?;
    Ok(())
}

/// Puts a text of several lines into a field, which keys would end at the first.
pub async fn write(window: &Window, text: &str) -> Result<()> {
    let script = "const field = [...document.querySelectorAll('textarea')].find((one) => one.offsetParent !== null);
        const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
        field.focus(); set.call(field, arguments[0]);
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    window.script(script, vec![text.into()]).await.map(drop)
}

/// Waits until the message in the preview's frame has this in it.
pub async fn wait_for_preview(window: &Window, wanted: &str) -> Result<()> {
    let script = "return (document.querySelector('iframe')?.srcdoc ?? '').includes(arguments[0])";
    window.wait_until(&format!("the preview has {wanted:?}"), script, vec![wanted.into()]).await
}

async fn set_up(window: &Window, server: &TestServer) -> Result<()> {
    go(window, "l", "Mail").await?;
    window.wait_for_text("Through my own mail program").await?;
    window.check_accessibility().await?;
    window.click_css("[data-key=server]").await?;
    window.fill("textbox", "Server", "localhost").await?;
    window.fill("textbox", "Port", &server.port.to_string()).await?;
    window.fill("textbox", "Username", "career").await?;
    window.click_css("input[type=password]").await?;
    window.type_text("wrong").await?;
    window.fill("textbox", "Name", "Northfield Careers").await?;
    window.fill("textbox", "Email", "careers@northfield").await?;
    window.script("document.querySelector('details').open = true", Vec::new()).await?;
    write(window, &server.certificate).await?;
    window.click("button", "Save").await?;
    window.wait_for_text("Enter an email address, like").await?;
    window.check_accessibility().await?;
    window.fill("textbox", "Email", "careers@northfield.example").await?;
    window.click("button", "Save").await?;
    window.wait_for_text("Mail settings saved.").await?;
    window.wait_for_text("A password is saved").await?;

    window.click("button", "Send test message").await?;
    window.wait_for_text("The mail server didn’t accept the username and password.").await?;
    window.check_accessibility().await?;
    window.screenshot("mail_settings_refused", Size::DESK).await?;
    window.click_css("input[type=password]").await?;
    window.type_text("right").await?;
    window.click("button", "Save").await?;
    window.wait_until_gone("Save the settings first.").await?;
    window.click("button", "Send test message").await?;
    window.wait_for_text("The server accepted the test message to dana@northfield.example.").await?;
    window.screenshot("mail_settings", Size::DESK).await
}

async fn write_template(window: &Window) -> Result<()> {
    window.script("document.activeElement?.blur()", Vec::new()).await?;
    window.press("2").await?;
    window.click("button", "New template").await?;
    window.fill("textbox", "Name", "Fair").await?;
    window.fill("textbox", "Subject", "The fair of {{institution}}").await?;
    write(window, "Dear {{first_nam}},\n\nsee you at https://northfield.example/fair.\n\n{{sender_name}}").await?;
    window.wait_for_text("No such field: first_nam.").await?;
    window.check_accessibility().await?;
    write(window, "Dear {{first_name|colleague}},\n\nsee you at https://northfield.example/fair.\n\n{{sender_name}}")
        .await?;
    wait_for_preview(window, "Dear Dana,").await?;
    wait_for_preview(window, "Unsubscribe").await?;
    let color = "return getComputedStyle(document.querySelector('iframe')).height";
    ensure!(window.script(color, Vec::new()).await?.as_str() != Some("0px"), "the preview is seen");
    window.screenshot("mail_template", Size::DESK).await?;
    window.click("radio", "Plain text").await?;
    window.wait_for_text("-- \nNorthfield University").await?;
    window.click("radio", "Designed").await?;
    window.click("button", "Add template").await?;
    window.wait_for_text("Template “Fair” added.").await?;
    window.check_accessibility().await
}

/// Chooses the template in the dialog that is open.
pub async fn choose_fair(window: &Window) -> Result<()> {
    let open = "const label = [...document.querySelectorAll('[role=dialog] [class*=label]')].find((label) =>
        label.textContent === 'Template'); const button = label.parentElement.querySelector('button'); button.focus();";
    window.script(open, Vec::new()).await?;
    window.press("Enter").await?;
    window.find_css("[role=listbox]").await?;
    window.click("option", "Fair").await
}

pub fn header(received: &Received, name: &str) -> String {
    let bytes = received.bytes();
    let message = MessageParser::default().parse(&bytes).expect("a message");
    message.header_raw(name).unwrap_or_default().trim().to_owned()
}

async fn write_to_family(window: &Window, server: &mut TestServer) -> Result<()> {
    window.script("location.hash = '#/contacts?q=quill'", Vec::new()).await?;
    window.wait_for_title("Contacts").await?;
    window.wait_for_text("3 contacts").await?;
    window.find("grid", "Contact Directory").await?;
    window.press("ArrowDown").await?;
    window.press("Control+a").await?;
    window.wait_for_text("3 selected").await?;
    window.press("w").await?;
    window.find("dialog", "Email to 3 people").await?;
    window.wait_for_text("2 people will get this message").await?;
    window.wait_for_text("1: “Do not email” is set").await?;
    window.wait_for_text("Noa Quill").await?;
    choose_fair(window).await?;
    wait_for_preview(window, "Dear Ann,").await?;
    window.check_accessibility().await?;
    // As Ann would get it, to whoever writes it and to no one else.
    window.click("button", "Send me a test").await?;
    window.wait_for_text("Test sent to ").await?;
    let tried = server.received();
    ensure!(tried.recipients.len() == 1 && tried.recipients != ["ann@acme.example"], "{:?}", tried.recipients);
    ensure!(header(&tried, "Subject").starts_with("[Test] "), "{}", header(&tried, "Subject"));
    window.screenshot("mail_outreach", Size::DESK).await?;
    window.screenshot("mail_outreach_small", Size::SMALL).await?;
    // A time can be chosen, and left again.
    let later = "[data-key=send_later] label";
    window.click_css(later).await?;
    window.wait_for_text("The messages wait in the outbox.").await?;
    window.click("button", "Tomorrow").await?;
    window.find("button", "Schedule for 2 people").await?;
    window.check_accessibility().await?;
    window.screenshot("mail_schedule", Size::DESK).await?;
    window.click_css(later).await?;
    window.wait_until_gone("The messages wait in the outbox.").await?;
    window.click("button", "Next recipient").await?;
    wait_for_preview(window, "Dear Eli,").await?;
    window.click("button", "Send to 2 people").await?;
    window.wait_for_text("2 messages added to the outbox. 1 person skipped.").await?;

    let received = server.received();
    ensure!(received.recipients == ["ann@acme.example"], "{:?}", received.recipients);
    ensure!(received.secured && received.user.as_deref() == Some("career"));
    let bytes = received.bytes();
    let message = MessageParser::default().parse(&bytes).context("a message")?;
    ensure!(message.subject() == Some("The fair of Northfield University"));
    let html = message.body_html(0).context("the HTML part")?;
    ensure!(html.contains("border-top:6px solid #7a0019") && html.contains("href=\"https://northfield.example/fair\""));
    ensure!(message.body_text(0).context("the plain part")?.replace("\r\n", "\n").contains("Dear Ann,\n\nsee you at"));
    ensure!(header(&received, "List-Unsubscribe").contains("mailto:careers@northfield.example"));
    Ok(())
}

async fn outbox(window: &Window) -> Result<()> {
    window.click("link", "Outbox: 1 message failed").await?;
    window.wait_for_title("Mail").await?;
    window.find("grid", "Messages in the outbox").await?;
    window.wait_for_text("Eli Quill").await?;
    // The link has the focus still.
    window.script("document.querySelector('[role=grid]').focus()", Vec::new()).await?;
    window.press("Enter").await?;
    window.find("complementary", "Message").await?;
    window.wait_for_text("The server’s answer: 5.1.1 No such person here").await?;
    window.check_accessibility().await?;
    window.screenshot("mail_outbox", Size::WIDE).await?;
    // The server's word was that the address does not exist: nobody writes there again before it is corrected.
    window.click("button", "Send again").await?;
    window.wait_for_text("1 message is in line to be sent again.").await?;
    window.wait_for_text("Email to this address bounced.").await?;
    window.wait_until_gone("1 message failed").await
}

async fn letter(window: &Window, server: &mut TestServer) -> Result<()> {
    window.script("location.hash = '#/contacts?q=ann%20quill'", Vec::new()).await?;
    window.wait_for_title("Contacts").await?;
    window.wait_for_text("1 contact").await?;
    window.wait_for_text("Ann Quill").await?;
    window.find("grid", "Contact Directory").await?;
    window.script("document.querySelector('[role=grid]').focus()", Vec::new()).await?;
    window.press("Enter").await?;
    window.find("button", "Write email").await?;
    window.click_css("[role=tab][data-key=emails]").await?;
    window.script("document.activeElement?.blur()", Vec::new()).await?;
    window.press("w").await?;
    window.find("dialog", "Email to Ann Quill").await?;
    window.fill("textbox", "Subject", "Thank you").await?;
    write(window, "Dear Ann,\n\nthank you for coming.").await?;
    wait_for_preview(window, "thank you for coming").await?;
    window.check_accessibility().await?;
    window.screenshot("mail_letter_dark", Size::DESK).await?;
    window.press("Control+Enter").await?;
    window.wait_for_text("Message to Ann Quill added to the outbox.").await?;
    let received = server.received();
    ensure!(header(&received, "Reply-To").contains("dana@northfield.example"), "answers go to the person");
    ensure!(header(&received, "List-Unsubscribe").is_empty(), "a letter is no outreach");
    window.wait_for_text("Thank you\n").await?;
    window.check_accessibility().await?;
    window.screenshot("mail_tab", Size::WIDE).await
}

/// A desk that sends through the server: the institution in its color, a template, three people.
pub async fn ready(desk: &Session, port: u16, authority: &str) -> Result<()> {
    seed(desk).await?;
    let edit = |field: &str, after: &str| FieldEdit {
        field: field.into(),
        before: FieldValue::Empty(()),
        after: FieldValue::Text(after.into()),
    };
    institution::institution_edit(desk, &[edit("color", "#7a0019"), edit("address", "1 College Row")]).await?;
    let settings = MailSettings {
        host: "localhost".into(),
        port,
        security: MailSecurity::StartTls,
        user: "career".into(),
        from_name: "Northfield Careers".into(),
        from_address: "careers@northfield.example".into(),
        reply_to: String::new(),
        authority: authority.to_owned(),
    };
    mail::mail_settings_set(desk, &settings, Some("right".into())).await?;
    let template = [
        ("name", "Fair"),
        ("purpose", "outreach"),
        ("subject", "The fair of {{institution}}"),
        ("text", "Dear {{first_name|colleague}},\n\nsee you at https://northfield.example/fair.\n\n{{sender_name}}"),
    ];
    let values = template.map(|(key, value)| (key.to_owned(), FieldValue::Text(value.to_owned())));
    mail::mail_template_create(desk, &HashMap::from(values)).await?;
    Ok(())
}

#[test]
fn mail_is_set_up_with_a_test_message() -> Result<()> {
    // As new settings suggest it: encrypted from the start.
    let mut server = TestServer::start(Security::Tls);
    journey("mail_settings", 20, &[], async |window| {
        set_up(window, &server).await?;
        let tested = server.received();
        ensure!(tested.recipients == ["dana@northfield.example"], "{:?}", tested.recipients);
        Ok(())
    })
}

#[test]
fn a_template_is_written_with_its_preview_beside_it() -> Result<()> {
    journey("mail_template", 20, &[], async |window| {
        go(window, "l", "Mail").await?;
        window.wait_for_text("Through my own mail program").await?;
        write_template(window).await
    })
}

#[test]
fn a_selection_is_written_to_and_the_outbox_followed() -> Result<()> {
    let mut server = TestServer::start(Security::StartTls);
    let (port, authority) = (server.port, server.certificate.clone());
    let seeded = async |desk: &Session| ready(desk, port, &authority).await;
    seeded_journey("mail_outreach", Start::default(), 20, seeded, async |window, ()| {
        window.find("navigation", "Main navigation").await?;
        write_to_family(window, &mut server).await?;
        outbox(window).await
    })
}

#[test]
fn a_letter_to_one_contact_stands_in_their_emails() -> Result<()> {
    let mut server = TestServer::start(Security::StartTls);
    let (port, authority) = (server.port, server.certificate.clone());
    let seeded = async |desk: &Session| ready(desk, port, &authority).await;
    seeded_journey("mail_letter", Start::dark(), 20, seeded, async |window, ()| {
        window.find("navigation", "Main navigation").await?;
        letter(window, &mut server).await
    })
}

#[test]
fn the_look_is_changed_with_the_welcome_message_beside_it_in_the_dark() -> Result<()> {
    dark_journey("look", 20, async |window| {
        window.find("navigation", "Main navigation").await?;
        window.script("location.hash = '#/settings/look'", Vec::new()).await?;
        window.wait_for_title("UI Customization").await?;
        wait_for_preview(window, "#1d4ed8").await?;
        window.check_accessibility().await?;
        window.fill("textbox", "Color", "#ffd70").await?;
        window.wait_for_text("Enter a color code").await?;
        window.fill("textbox", "Color", "#ffd700").await?;
        wait_for_preview(window, "background:#ffd700").await?;
        window.wait_for_text("Buttons keep the color, with black text.").await?;
        window.check_accessibility().await?;
        window.fill("textbox", "Phone", "+1 555 0100").await?;
        wait_for_preview(window, "+1 555 0100").await?;
        window.screenshot("look_dark", Size::DESK).await?;
        window.click("button", "Save changes").await?;
        window.wait_for_text("UI Customization updated.").await?;
        let kept = "return window.__TAURI_INTERNALS__.invoke('institution_look')";
        let look = window.script(kept, Vec::new()).await?;
        ensure!(look["color"] == "#ffd700", "{look}");
        // A picture that is chosen stands on the message at once.
        let choose = "const field = document.querySelector('input[type=file]');
            const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
            const files = new DataTransfer(); files.items.add(new File([bytes], 'logo.png', { type: 'image/png' }));
            field.files = files.files; field.dispatchEvent(new Event('change', { bubbles: true }));";
        let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
        window.script(choose, vec![png.into()]).await?;
        wait_for_preview(window, "data:image/png;base64,iVBOR").await?;
        window.check_accessibility().await?;
        window.press("Control+s").await?;
        window.wait_for_text("Remove logo").await?;
        window.script("document.activeElement?.blur()", Vec::new()).await?;
        window.press("Control+z").await?;
        window.wait_for_text("Undone: ").await
    })
}
