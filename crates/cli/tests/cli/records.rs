//! Records are added and edited from a script, in the words that people use.

use crate::desk::{Desk, text};
use serde_json::json;

#[test]
fn contacts_and_employers_are_added_edited_and_taken_back() {
    let desk = Desk::new();
    desk.ok(["record", "add", "employer", "Name=Acme, Inc.", "website=acme.example"]);
    let added = desk.json([
        "record",
        "add",
        "contact",
        "First name=Ann",
        "last_name=Lee",
        "E-mail=ann@acme.example",
        "Employer=Acme, Inc.",
        "Visibility=Visible",
        "--json",
    ]);
    let id = text(&added, "id");
    let shown = desk.json(["contacts", "show", &id, "--json"]);
    assert_eq!(
        (&shown["employer"]["name"], &shown["values"]["source"], &shown["values"]["approval"]),
        (&json!("Acme, Inc."), &json!("admin"), &json!("approved"))
    );
    let edited = desk.json(["record", "edit", "contact", &id, "title=Dean", "Employer=", "--json"]);
    let shown = desk.json(["contacts", "show", &id, "--json"]);
    assert_eq!((&shown["employer"], &shown["values"]["title"]), (&json!(null), &json!("Dean")));
    assert_eq!(desk.run(["record", "edit", "contact", &id, "email=nonsense"]).code, Some(4));
    assert_eq!(desk.run(["record", "edit", "contact", &id, "Employer=Nobody Ltd"]).code, Some(2));
    assert_eq!(desk.run(["record", "edit", "contact", &id]).code, Some(2));
    desk.ok(["undo", &text(&edited, "operation")]);
    let shown = desk.json(["contacts", "show", &id, "--json"]);
    assert_eq!((&shown["employer"]["name"], shown["values"].get("title")), (&json!("Acme, Inc."), None));
    // Rejected data is frozen for scripts, too (M27).
    desk.ok(["archive", "--way", "reject", &id]);
    let frozen = desk.run(["record", "edit", "contact", &id, "title=Dean"]);
    assert_eq!(frozen.code, Some(4));
    assert!(frozen.err.contains("frozen until it is approved again"), "{}", frozen.err);
    // What M27 says one looks for.
    let filter = ["contacts", "list", "--filter", "Approval status=Rejected", "--json"];
    assert_eq!(desk.json(filter)["total"], json!(1));
    let filter = ["contacts", "list", "--filter", "approval=Rejected", "--filter", "visibility!=Visible", "--json"];
    assert_eq!(desk.json(filter)["total"], json!(0));
}

#[test]
fn lists_are_sorted_by_the_names_of_fields() {
    let desk = Desk::new();
    for name in ["Bolt", "Acme", "Cord"] {
        desk.ok(["record", "add", "employer", &format!("name={name}")]);
    }
    let sorted = desk.json(["record", "list", "employer", "--sort", "-Name", "--json"]);
    let names: Vec<String> = crate::desk::rows(&sorted).iter().map(|row| text(row, "name")).collect();
    assert_eq!(names.first().map(String::as_str), Some("Cord"), "{names:?}");
}

#[test]
fn an_undo_that_does_nothing_says_why() {
    let desk = Desk::new();
    let done = desk.import("First name,Last name,E-mail\nAnn,Lee,ann@x.example\n");
    let operation = text(&done, "operation");
    let id = text(&desk.contacts()[0], "id");
    desk.ok(["record", "edit", "contact", &id, "title=Dean"]);
    let edited = text(&desk.json(["history", "--limit", "1", "--json"])["rows"][0], "id");
    desk.ok(["record", "edit", "contact", &id, "title=Provost"]);
    let refused = desk.run(["undo", &edited, "--json"]);
    assert!(refused.err.contains("Ann Lee, title: changed since, by Ada Berg"), "{}", refused.err);
    desk.ok(["undo", &edited, "--overwrite"]);
    desk.ok(["undo", &operation, "--overwrite"]);
    assert!(desk.contacts().is_empty());
    let again = desk.run(["undo", &operation, "--json"]);
    assert!(again.code == Some(0) && again.err.contains("This was already undone."), "{}", again.err);
}

#[test]
fn users_are_one_document() {
    let desk = Desk::new();
    desk.ok(["sample", "--contacts", "1500", "--seed", "1"]);
    let users = desk.json(["users", "list", "--json", "--limit", "500"]);
    let total = users["total"].as_u64().expect("a number");
    assert!(total > 200, "more than one window");
    assert_eq!(crate::desk::rows(&users).len() as u64, total.min(500));
}
