//! M18 from scripts: pairs with score and evidence, merging with chosen values.

use crate::desk::{Desk, keys, text};
use serde_json::{Value, json};

const PEOPLE: &str = "First name,Last name,E-mail,Job title,Employer,Mobile phone\n\
    Bill,Okonkwo,bill@acme.example,Recruiter,Acme,+1 212 555 0199\n\
    William,Okonkwo,w.okonkwo@home.example,Head of Talent,Acme,212-555-0199\n\
    Eli,Stone,eli@acme.example,,Acme,\nFay,Young,fay@labs.example,Dean,Labs,+1 617 555 0101\n";

fn list(value: &Value) -> Vec<Value> {
    value.as_array().expect("a list").clone()
}

#[test]
fn duplicates_come_as_pairs_and_merge_takes_the_values_asked_for() {
    let desk = Desk::new();
    desk.import(PEOPLE);
    let pairs = desk.json(["duplicates", "--json", "--limit", "5"]);
    let pairs = list(&pairs);
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert_eq!(keys(&pairs[0]), ["contacts", "evidence", "score"]);
    assert!(pairs[0]["score"].as_f64().is_some_and(|score| score > 0.5));
    let evidence = list(&pairs[0]["evidence"]);
    assert!(evidence.iter().any(|reason| reason["column"] == "phone" && reason["agreement"] == "same"));
    let of = |name: &str| {
        let contacts = list(&pairs[0]["contacts"]);
        text(contacts.iter().find(|contact| contact["name"] == name).expect("one of the two"), "id")
    };
    let (bill, william) = (of("Bill Okonkwo"), of("William Okonkwo"));
    let title = format!("title={william}");
    let said = desk.json(["merge", &bill, &william, "--set", &title, "--dry-run"]);
    assert_eq!(said["operation"], json!("contacts.merge"));
    let done = desk.json(["merge", &bill, &william, "--set", &title, "--json"]);
    assert_eq!((&done["changed"], keys(&done)), (&json!(1), ["changed", "operation", "skipped", "users"].to_vec()));
    let merged = desk.json(["contacts", "show", &william, "--json"]);
    assert_eq!((text(&merged, "id"), &merged["values"]["title"]), (bill.clone(), &json!("Head of Talent")));
    assert!(list(&desk.json(["duplicates", "--json"])).is_empty());
    desk.json(["undo", &text(&done, "operation"), "--json"]);
    assert_eq!(desk.contacts().len(), 4);
    assert_eq!(desk.run(["merge", &bill, &bill]).code, Some(4));
    assert_eq!(desk.run(["merge", &bill, &william, "--set", "title"]).code, Some(2));
    assert_eq!(desk.run(["duplicates", "--min-score", "3"]).code, Some(4));
}
