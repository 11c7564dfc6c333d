//! Who a command acts as.

use crate::desk::{Desk, INIT, PASSCODE, Ran, rows, text};
use liaison_app::staff::StaffAssignment;
use liaison_app::{staff, start};
use liaison_domain::StaffRole;
use liaison_domain::parse::FieldValue;
use serde_json::Value;

const BOBS: &str = "bob's very own passcode";

fn with(desk: &Desk, passcode: &str, arguments: &[&str]) -> Ran {
    Ran::of(desk.command(arguments).env("LIAISON_PASSCODE", passcode).output().expect("it runs"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deactivated_administrator_does_nothing_in_anybodys_name() {
    let desk = Desk::new();
    let open = start::open(&desk.data(), Some(PASSCODE)).await.expect("Ada opens");
    let ada = open.actor().staff;
    let bob = [("first_name", "Bob"), ("last_name", "Low"), ("email", "bob@northfield.example")]
        .map(|(key, value)| (key.to_owned(), FieldValue::Text(value.to_owned())));
    let role = StaffAssignment::BuiltIn { role: StaffRole::Administrator };
    let bob = staff::staff_create(&open, &bob.into(), role).await.expect("Bob").id;
    staff::staff_passcode(&open, bob, Some(BOBS), Some(PASSCODE)).await.expect("a passcode");
    let theirs = start::switch(&open, BOBS).await.expect("Bob comes");
    staff::staff_deactivate(&theirs, ada, true).await.expect("deactivated");
    open.engine().close().await.expect("closed");
    drop((open, theirs));

    let ran = with(&desk, PASSCODE, &["staff", "list"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(5), ""), "{}", ran.err);
    assert!(ran.err.contains("the passcode is wrong"), "{}", ran.err);
    let ran = with(&desk, BOBS, &["staff", "list", "--json"]);
    let staff: Value = serde_json::from_str(&ran.out).expect("JSON");
    let me = staff.as_array().expect("people").iter().find(|person| person["me"] == true).expect("somebody");
    assert_eq!(text(me, "first_name"), "Bob");
}

#[test]
fn the_recovery_key_sets_a_passcode_and_is_spent() {
    let desk = Desk::blank();
    let done: Value = serde_json::from_str(&desk.ok(INIT.into_iter().chain(["--json"]))).expect("JSON");
    let key = text(&done, "recovery_key");
    let ran = with(&desk, &key, &["contacts", "list"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(5), ""), "{}", ran.err);
    assert!(ran.err.contains("liaison-cli recover"), "{}", ran.err);

    let file = desk.file("new passcode", BOBS);
    let file = file.to_str().expect("a path");
    let recover = |person: &'static str| ["recover", "--person", person, "--new-passcode-file", file];
    let ran = with(&desk, &key, &recover("nobody@northfield.example"));
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains("Ada Berg <ada@northfield.example>"), "says for whom it can be: {}", ran.err);
    assert_eq!(
        with(&desk, PASSCODE, &recover("ada@northfield.example")).code,
        Some(5),
        "a passcode is no recovery key"
    );
    let ran = with(&desk, &key, &recover("Ada@Northfield.example"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let new = ran.out.trim().to_owned();
    assert!(new.len() > 32 && new != key, "the new recovery key: {new}");
    assert!(ran.err.contains("no longer works"), "{}", ran.err);

    assert_eq!(with(&desk, &key, &["staff", "list"]).code, Some(5));
    assert_eq!(with(&desk, PASSCODE, &["staff", "list"]).code, Some(5), "the passcode before");
    let history = with(&desk, BOBS, &["history", "--events", "--json"]);
    let history: Value = serde_json::from_str(&history.out).expect("JSON");
    let recovered = rows(&history).into_iter().find(|row| row["kind"] == "security.recover").expect("in the history");
    assert_eq!((text(&recovered, "actor"), text(&recovered, "subject")), ("Recovery key".into(), "Ada Berg".into()));
}
