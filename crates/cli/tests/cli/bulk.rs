//! Attributes, fields and bulk updates from a script.

use crate::desk::{Desk, keys, text};
use serde_json::json;

const PEOPLE: &str = "First name,Last name,E-mail,Job title,Employer,Labels\n\
    Dana,Reyes,dana@acme.example,Recruiter,Acme,Alumni\nEli,Stone,eli@acme.example,,Acme,\n\
    Fay,Young,fay@labs.example,Dean,Labs,STEM; Alumni\n";

#[test]
fn an_attribute_is_defined_set_in_bulk_filtered_by_and_taken_back() {
    let desk = Desk::new();
    desk.import(PEOPLE);
    let add = ["attributes", "add", "Tier", "--type", "choice", "--choice", "Gold", "--choice", "Silver", "--json"];
    let tier = desk.json(add);
    assert_eq!(keys(&tier), ["id", "key", "operation"]);
    let key = text(&tier, "key");
    let fields = desk.json(["fields", "--json"]);
    let field = fields.as_array().and_then(|all| all.iter().find(|field| field["key"] == key)).expect("a field");
    assert_eq!((&field["label"], &field["attribute"]), (&json!("Tier"), &json!(true)));
    assert!(desk.ok(["fields"]).contains("choice of Gold, Silver"));
    let set = ["bulk", "--set", "Tier=gold", "--filter", "labels=Alumni", "--json"];
    let dry = desk.json(set.into_iter().chain(["--dry-run"]));
    assert_eq!(
        (&dry["changes"], &dry["already_so"], dry["first"].as_array().map(Vec::len)),
        (&json!(2), &json!(0), Some(2))
    );
    let done = desk.json(set);
    assert_eq!((keys(&done), &done["changed"]), (vec!["changed", "operation", "skipped", "users"], &json!(2)));
    assert_eq!(desk.json(["contacts", "list", "--filter", "Tier=Gold", "--json"])["total"], json!(2));
    assert_eq!(desk.json(["contacts", "list", "--filter", &format!("{key}="), "--json"])["total"], json!(1));
    let listed = desk.json(["attributes", "list", "--json"]);
    assert_eq!(listed[2]["choices"], json!([{ "choice": "Gold", "records": 2 }, { "choice": "Silver", "records": 0 }]));
    assert_eq!(desk.json(["undo", &text(&done, "operation"), "--json"])["changed"], json!(2));
    assert_eq!(desk.json(["contacts", "list", "--filter", "Tier=Gold", "--json"])["total"], json!(0));
    desk.ok(["attributes", "delete", "tier"]);
    assert_eq!(desk.run(["contacts", "list", "--filter", "Tier=Gold"]).code, Some(4));
    desk.ok(["attributes", "restore", &key]);
    assert!(desk.ok(["template"]).contains("\"Tier\""));
}

#[test]
fn employers_labels_and_what_is_taken_away() {
    let desk = Desk::new();
    desk.import(PEOPLE);
    let all = |arguments: &[&str]| desk.json(["bulk"].iter().chain(arguments).chain(&["--all", "--json"]));
    assert_eq!(all(&["--set", "employer=acme"])["changed"], json!(1));
    assert_eq!(desk.json(["contacts", "list", "--filter", "employer=Acme", "--json"])["total"], json!(3));
    assert_eq!(all(&["--add-label", "Fair", "--add-label", "alumni"])["changed"], json!(3));
    assert_eq!(all(&["--remove-label", "ALUMNI"])["changed"], json!(3));
    assert_eq!(desk.json(["contacts", "list", "--filter", "labels=Alumni", "--json"])["total"], json!(0));
    assert_eq!(all(&["--clear", "Job title"])["changed"], json!(2));
    // Several changes in one step.
    let several = ["--set", "city=Bonn", "--set", "country=Germany", "--add-label", "Rhine", "--approve"];
    assert_eq!(all(&several)["changed"], json!(3));
    assert_eq!(
        desk.json(["contacts", "list", "--filter", "labels=Rhine", "--filter", "city=Bonn", "--json"])["total"],
        json!(3)
    );
    assert_eq!(all(&["--set", "industry=Rockets", "--kind", "employer"])["changed"], json!(2));
    let again = desk.run(["bulk", "--set", "industry=Rockets", "--kind", "employer", "--all"]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""), "nothing to take back");
    for (wrong, code) in [
        (vec!["bulk", "--set", "title=x"], 2),
        (vec!["bulk", "--all"], 2),
        (vec!["bulk", "--set", "title=x", "--clear", "title", "--all"], 4),
        (vec!["bulk", "--set", "title", "--all"], 2),
        (vec!["bulk", "--set", "employer=Nobody", "--all"], 2),
        (vec!["bulk", "--set", "email=x@x.example", "--all"], 4),
        (vec!["bulk", "--set", "visibility=all", "--all"], 4),
        (vec!["attributes", "add", "Do not email", "--type", "text"], 4),
        (vec!["attributes", "delete", "Nothing"], 3),
        (vec!["attributes", "delete", "Inactive"], 4),
    ] {
        let ran = desk.run(&wrong);
        assert_eq!(ran.code, Some(code), "{wrong:?}: {}", ran.err);
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{wrong:?}");
    }
}
