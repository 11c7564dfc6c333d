//! The end of the journal is gone: a lost log, an older file put back.

use crate::desk::Desk;

#[test]
fn changes_that_are_missing_are_said_by_every_command() {
    let desk = Desk::new();
    desk.import("First name,Last name,E-mail\nDana,Reyes,dana@acme.example\n");
    let database = desk.data().join("liaison.db");
    let before = std::fs::read(&database).expect("the database");
    desk.import("First name,Last name,E-mail\nEli,Stone,eli@acme.example\n");
    std::fs::write(&database, before).expect("put back");
    let ran = desk.run(["contacts", "list"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("changes this computer had written are missing"), "{}", ran.err);
    assert_eq!(desk.run(["verify"]).code, Some(9));
    desk.run(["verify", "--accept"]);
    let ran = desk.run(["contacts", "list"]);
    assert!(!ran.err.contains("missing"), "{}", ran.err);
}
