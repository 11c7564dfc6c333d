//! Archiving and reviving from a terminal.

use crate::desk::Desk;
use serde_json::json;

const PEOPLE: &str = "First name,Last name,E-mail,Job title,Employer,Visibility\n\
    Dana,Reyes,dana@acme.example,Recruiter,Acme,Visible\nEli,Stone,eli@acme.example,,Acme,Visible\n\
    Fay,Young,fay@labs.example,Dean,Labs,Visible\n";

#[test]
fn contacts_are_archived_and_revived_in_every_way() {
    let desk = Desk::new();
    desk.import(PEOPLE);
    let before = desk.contacts();
    for way in ["employer", "visibility", "attribute", "reject"] {
        let said = desk.json(["archive", "--way", way, "--filter", "employer=Acme", "--dry-run", "--json"]);
        assert_eq!((&said["contacts"], &said["hidden_from_students"]), (&json!(2), &json!(2)), "{way}");
        assert_eq!(desk.contacts(), before, "a dry run writes nothing");
        let done = desk.json(["archive", "--way", way, "--filter", "employer=Acme", "--json"]);
        assert_eq!((&done["changed"], &done["skipped"]), (&json!(2), &json!(0)));
        let filter = ["approval=rejected", "approval=approved"][usize::from(way != "reject")];
        let revived = desk.json(["revive", "--way", way, "--filter", filter, "--json"]);
        assert_eq!(revived["changed"], json!(2), "{way}");
        assert_eq!(desk.contacts(), before, "{way}: as it was");
        assert!(revived["operation"].is_string());
    }
    let done = desk.json(["archive", "--way", "attribute", "--all-matching", "--json"]);
    assert_eq!(done["changed"], json!(3));
    let operation = done["operation"].as_str().expect("an operation");
    desk.json(["undo", operation, "--json"]);
    assert_eq!(desk.contacts(), before);
    desk.json(["archive", "--way", "employer", "--search", "fay", "--json"]);
    let revived = desk.json(["revive", "--way", "employer", "--employer", "Acme", "--search", "fay", "--json"]);
    assert_eq!(revived["changed"], json!(1));
    assert_eq!(desk.json(["contacts", "list", "--filter", "employer=Acme", "--json"])["total"], json!(3));
    // Nothing named, and a way that does not exist: the command line is wrong.
    assert_eq!(desk.run(["archive", "--way", "reject"]).code, Some(2));
    assert_eq!(desk.run(["archive", "--way", "delete", "--all-matching"]).code, Some(2));
    assert_eq!(desk.run(["revive", "--way", "reject", "--employer", "Acme", "--all-matching"]).code, Some(2));
}
