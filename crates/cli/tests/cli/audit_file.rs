//! The audit file from a terminal: exported by one, checked by anybody.

use crate::desk::Desk;
use std::ffi::OsStr;
use std::path::Path;

fn check(file: &Path, more: &[&str]) -> crate::desk::Ran {
    // Neither a database nor a passcode.
    let desk = Desk::blank();
    let arguments = [OsStr::new("verify"), OsStr::new("--file"), file.as_os_str()];
    let mut command = desk.command(arguments.into_iter().chain(more.iter().map(OsStr::new)));
    let ran = crate::desk::Ran::of(command.env_remove("LIAISON_PASSCODE").output().expect("it runs"));
    assert!(!desk.data().exists(), "it makes nothing");
    ran
}

#[test]
fn an_audit_file_is_checked_without_a_database() {
    let desk = Desk::new();
    desk.import("First name,Last name,E-mail\nDana,Reyes,dana@acme.example\n");
    let file = desk.data().with_file_name("audit.jsonl");
    let export = [OsStr::new("audit-export"), OsStr::new("-o"), file.as_os_str(), OsStr::new("--with-values")];
    let ran = desk.run(export);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let head = ran.out.trim().to_owned();

    let ran = check(&file, &["--expect", &head]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    assert!(ran.err.contains(&head) && ran.err.contains("are as they were exported"), "{}", ran.err);
    let json: serde_json::Value = serde_json::from_str(&check(&file, &["--json"]).out).expect("JSON");
    assert_eq!((&json["whole"], &json["institution"]), (&true.into(), &"Northfield University".into()));

    desk.import("First name,Last name,E-mail\nEli,Stone,eli@acme.example\n");
    desk.ok(export);
    assert_eq!(check(&file, &["--expect", &head]).code, Some(0), "a newer file holds the older head");

    let text = std::fs::read_to_string(&file).expect("the file");
    std::fs::write(&file, text.replacen("\"kind\":\"contacts.import\"", "\"kind\":\"contacts.create\"", 1))
        .expect("altered");
    let ran = check(&file, &[]);
    assert_eq!(ran.code, Some(9), "{}", ran.err);
    std::fs::write(&file, "no audit file").expect("written");
    assert_eq!(check(&file, &[]).code, Some(8));
    assert_eq!(check(&file.with_extension("nowhere"), &[]).code, Some(8));
}

#[test]
fn standard_output_gets_the_file_and_nothing_else() {
    let desk = Desk::new();
    let ran = desk.run(["audit-export", "-o", "-"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let lines: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["with_values"], false);
    assert!(lines.last().expect("lines")["end"].as_u64() > Some(0));
    assert!(!ran.out.contains("\"packed\""));
}
