//! Mail from the terminal, through a real SMTP server on loopback.

use crate::desk::{Desk, text};
use crate::mail_server::TestServer;
use liaison_mail::smtp::Security;

/// Sets mail up with this password.
fn set_up(desk: &Desk, server: &TestServer, password: &str) {
    let authority = desk.file("authority.pem", &server.certificate);
    let password = desk.file("password", password);
    let settings = desk.json([
        "mail",
        "settings",
        "--host",
        "localhost",
        "--security",
        "starttls",
        "--port",
        &server.port.to_string(),
        "--user",
        "career",
        "--password-file",
        password.to_str().expect("a path"),
        "--from",
        "careers@northfield.example",
        "--authority",
        authority.to_str().expect("a path"),
    ]);
    assert_eq!((&settings["settings"]["port"], &settings["has_password"]), (&server.port.into(), &true.into()));
    assert!(!settings.to_string().contains("right"), "the password is never told");
}

#[test]
fn messages_are_put_sent_and_listed() {
    let (desk, mut server) = (Desk::new(), TestServer::start(Security::StartTls));
    let people = "First name,Last name,E-mail\nDana,Reyes,dana@acme.example\nEli,Stone,gone@acme.example\n";
    let file = desk.file("people.csv", people);
    desk.ok([std::ffi::OsStr::new("import"), file.as_os_str()]);
    let letter = desk.file("letter.txt", "Dear {{first_name}},\n\nsee you at the fair.\n");
    let send = ["mail", "send", "--filter", "email~acme", "--subject", "The fair", "--text"];
    let send = || send.into_iter().chain([letter.to_str().expect("a path")]);
    let preview = desk.json(send().chain(["--dry-run"]));
    assert_eq!((&preview["recipients"], preview["shown"]["subject"].as_str()), (&2.into(), Some("The fair")));

    let unset = desk.run(send());
    assert_eq!(unset.code, Some(10), "{}", unset.err);
    assert!(unset.err.contains("mail is not set up"), "{}", unset.err);
    set_up(&desk, &server, "wrong");
    let wrong = desk.run(["mail", "outbox", "send"]);
    assert_eq!(wrong.code, Some(10));
    assert!(wrong.err.contains("wrong password"), "{}", wrong.err);
    set_up(&desk, &server, "right");
    desk.ok(["mail", "test", "it@northfield.example"]);
    assert_eq!(server.received().recipients, ["it@northfield.example"]);
    let sent = desk.json(["mail", "outbox", "send", "--json"]);
    assert_eq!((&sent["sent"], &sent["failed"], &sent["trouble"]), (&1.into(), &1.into(), &serde_json::Value::Null));
    assert_eq!(server.received().recipients, ["dana@acme.example"]);
    let outbox = desk.json(["mail", "outbox", "list", "--state", "failed", "--json"]);
    let row = &outbox["rows"][0];
    assert_eq!((text(row, "address"), text(row, "reason")), ("gone@acme.example".into(), "recipient".into()));
    let id = text(row, "id");
    let file = desk.file("by-hand.eml", "");
    desk.ok(["mail", "outbox", "hand-over", &id, file.to_str().expect("a path")]);
    assert!(std::fs::read_to_string(&file).expect("the file").contains("X-Unsent: 1"));
    assert_eq!(desk.run(["mail", "outbox", "decide", &id, "send-again"]).code, Some(3), "nothing to decide");
    let emails = desk.json(["record", "list", "email", "--json"]);
    assert_eq!(emails["total"], 2, "{emails}");
}

#[test]
fn students_are_written_to_as_contacts_are() {
    let (desk, mut server) = (Desk::new(), TestServer::start(Security::StartTls));
    set_up(&desk, &server, "right");
    let kim = ["students", "add", "first_name=Kim", "last_name=Moss", "email=kim@campus.example", "--json"];
    let kim = text(&desk.json(kim), "id");
    let sue = ["students", "add", "first_name=Sue", "last_name=Moss", "email=sue@campus.example", "do_not_email=yes"];
    desk.ok(sue);
    let letter = desk.file("letter.txt", "Dear {{first_name}},\n\nsee you at the fair.\n");
    let send = |whom: &'static str| {
        let to = ["mail", "send", "--to", whom, "--subject", "The fair", "--text"];
        to.into_iter().map(str::to_owned).chain([letter.to_str().expect("a path").to_owned()])
    };
    let filter = ["--filter".to_owned(), "last_name=Moss".to_owned()];
    let dry = desk.json(send("students").chain(filter.clone()).chain(["--dry-run".to_owned()]));
    assert_eq!((&dry["recipients"], text(&dry["left_out"][0], "reason")), (&1.into(), "do_not_email".into()));
    desk.ok(send("students").chain(filter));
    assert_eq!(server.received().recipients, ["kim@campus.example"]);
    desk.ok(send("students").chain(["--personal".to_owned(), kim]));
    assert_eq!(server.received().recipients, ["kim@campus.example"]);
    let nobody = desk.run(send("users").chain(["00000000-0000-7000-8000-000000000000".to_owned()]));
    assert_eq!(nobody.code, Some(3), "{}", nobody.err);
    assert!(nobody.err.contains("there is no such employer user"), "{}", nobody.err);
    let emails = desk.json(["record", "list", "email", "--json"]);
    assert_eq!(emails["total"], 2, "{emails}");
}

#[test]
fn new_settings_are_encrypted_from_the_start_and_old_ones_stay() {
    let desk = Desk::new();
    let start = ["mail", "settings", "--host", "smtp.northfield.example", "--from", "careers@northfield.example"];
    let chosen = |settings: &serde_json::Value| {
        let settings = &settings["settings"];
        (settings["security"].clone(), settings["port"].clone())
    };
    assert_eq!(chosen(&desk.json(start)), ("tls".into(), 465.into()));
    assert_eq!(chosen(&desk.json(["mail", "settings", "--security", "starttls"])), ("start_tls".into(), 587.into()));
    assert_eq!(chosen(&desk.json(["mail", "settings", "--from-name", "Careers"])), ("start_tls".into(), 587.into()));
}
