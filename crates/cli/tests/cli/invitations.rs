//! Invitations and reminders from a script.

use crate::desk::{Desk, keys, text};
use serde_json::json;

#[test]
fn students_and_contacts_are_invited_reminded_and_taken_back() {
    let desk = Desk::new();
    let noelle = ["students", "add", "first_name=Noelle", "last_name=Holiday", "email=noelle@campus.example", "--json"];
    let noelle = text(&desk.json(noelle), "id");
    let refused = desk.run(["students", "invite", "--all"]);
    assert_eq!(refused.code, Some(4), "{}", refused.err);
    assert!(refused.err.contains("portal"), "{}", refused.err);
    assert_eq!(desk.run(["invitations", "settings", "--portal", "http://careers.example"]).code, Some(4));
    let set = ["invitations", "settings", "--portal", "https://careers.example", "--days", "7", "--json"];
    let settings = desk.json(set);
    assert_eq!((&settings["portal"], &settings["days"]), (&json!("https://careers.example"), &json!(7)));
    let dry = desk.json(["students", "invite", "--all", "--dry-run"]);
    assert_eq!(keys(&dry), ["first", "left_out", "mail_set_up", "recipients"]);
    assert_eq!(dry["recipients"], json!(1));
    let done = desk.json(["students", "invite", "--all", "--json"]);
    assert_eq!((&done["sent"], &done["left_out"]), (&json!(1), &json!([])));
    let early = desk.json(["students", "remind", "--all", "--json"]);
    assert_eq!((&early["sent"], &early["left_out"][0]["reason"]), (&json!(0), &json!("waiting")));
    assert_eq!(desk.json(["invitations", "list", "--json"])["total"], json!(1));
    let standing = desk.json(["invitations", "list", "--student", &noelle, "--json"]);
    assert_eq!((&standing["state"], &standing["delivery"]), (&json!("not_invited"), &json!("waiting")));
    desk.ok(["undo", &text(&done, "operation")]);
    let standing = desk.json(["invitations", "list", "--student", &noelle, "--json"]);
    assert_eq!((&standing["state"], &standing["total"]), (&json!("not_invited"), &json!(0)));

    let file = desk.file("people.csv", "First name,Last name,E-mail\nDana,Reyes,dana@acme.example\n");
    desk.ok(["import", &file.display().to_string()]);
    let dana = text(&desk.json(["contacts", "list", "--json"])["rows"][0], "id");
    assert_eq!(desk.json(["contacts", "invite", &dana, "--json"])["sent"], json!(1));
    let again = desk.json(["contacts", "invite", &dana, "--json"]);
    assert_eq!(again["left_out"][0]["reason"], json!("waiting"));
    let outbox = desk.json(["mail", "outbox", "list", "--state", "waiting", "--json"]);
    assert!(!outbox.to_string().contains("token="), "the link is for its recipient's eyes");
}
