//! What an organization prescribes, on the real program.

use crate::desk::{Desk, Ran};
use std::path::Path;

fn run(desk: &Desk, policy: &Path, arguments: &[&str]) -> Ran {
    Ran::of(desk.command(arguments).env("LIAISON_POLICY", policy).output().expect("the binary runs"))
}

#[test]
fn imports_are_off_where_the_organization_says_so() {
    let desk = Desk::new();
    let people = desk.file("people.csv", "First name,Last name,E-mail\nAnn,Lee,ann@x.example\n");
    let import = ["import", people.to_str().expect("a path")];
    let policy = desk.file("policy.json", r#"{ "imports": "off" }"#);
    let refused = run(&desk, &policy, &import);
    assert_eq!(refused.code, Some(4), "{}", refused.err);
    assert!(refused.err.contains("your organization has set this on this computer: imports"), "{}", refused.err);
    assert!(desk.contacts().is_empty());
    // A policy with a mistake in it turns nothing on.
    let broken = desk.file("broken.json", r#"{ "imports": "off", }"#);
    assert_eq!(run(&desk, &broken, &import).code, Some(4));
    let allowed = desk.file("allowed.json", r#"{ "imports": "on" }"#);
    assert_eq!(run(&desk, &allowed, &import).code, Some(0));
    assert_eq!(desk.contacts().len(), 1);
}

#[test]
fn the_command_line_tells_what_is_prescribed() {
    let desk = Desk::blank();
    let policy = desk.file("policy.json", r#"{ "lock_after_minutes": 10, "updates": "off", "impotrs": "off" }"#);
    let ran = run(&desk, &policy, &["policy"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "lock_after_minutes\t10\nupdates\toff\n"), "{}", ran.err);
    assert!(ran.err.contains("The policy has a mistake: impotrs: there is no such setting"), "{}", ran.err);
    let ran = run(&desk, &desk.data(), &["policy"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    assert!(ran.err.contains("has set nothing"), "{}", ran.err);
}

#[test]
fn data_lies_where_the_organization_says() {
    let desk = Desk::new();
    let content = serde_json::json!({ "data_folder": desk.data() }).to_string();
    let policy = desk.file("policy.json", content);
    let mut command = desk.command_on(Path::new("unused"), ["contacts", "list", "--json"]);
    // Without `--data`, and against what the environment says.
    let mut bare = std::process::Command::new(command.get_program());
    bare.args(["contacts", "list", "--json"]).env("LIAISON_PASSCODE", crate::desk::PASSCODE);
    bare.env("LIAISON_POLICY", &policy).env("LIAISON_DATA", desk.file("elsewhere", "")).env("LIAISON_KEYCHAIN", "none");
    let ran = Ran::of(bare.output().expect("the binary runs"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = Ran::of(command.env("LIAISON_POLICY", &policy).output().expect("the binary runs"));
    assert_eq!(ran.code, Some(7), "a folder that was named counts: {}", ran.err);
}
