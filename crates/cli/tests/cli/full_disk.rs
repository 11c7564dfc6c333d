//! No room: what is told, and what becomes of it. The limit on the size of a file that a shell can set stands in for the
//! full disk; a quota, too, is met in the middle of a file.

use crate::desk::{Desk, INIT, PASSCODE, Ran};
use serde_json::{Value, json};
use std::fs;
use std::process::{Command, Stdio};

/// The size of the blocks that `ulimit -f` counts, in bytes.
const BLOCK: u64 = 512;

/// Runs the command where no file may grow beyond `most` bytes.
fn run_within(desk: &Desk, most: u64, arguments: &[&str]) -> Ran {
    // Without the trap the system ends whoever writes beyond the limit.
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", most / BLOCK);
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_liaison-cli"), "--data"]).arg(desk.data()).args(arguments);
    command.env("LIAISON_PASSCODE", PASSCODE).stdin(Stdio::null());
    Ran::of(command.output().expect("it runs"))
}

fn size(desk: &Desk, name: &str) -> u64 {
    fs::metadata(desk.data().join(name)).map_or(0, |metadata| metadata.len())
}

/// A desk with many people in the trash; their ids.
fn desk_with_trash() -> (Desk, Vec<String>) {
    let desk = Desk::new();
    let rows: String = (0..400).map(|n| format!("Ann,Zeppelin {n},ann{n}@x.example\n")).collect();
    let people = desk.file("people.csv", format!("First name,Last name,E-mail\n{rows}"));
    desk.ok(["import", &people.to_string_lossy()]);
    let list = desk.json(["contacts", "list", "--limit", "200", "--json"]);
    let rows = list["rows"].as_array().expect("rows");
    let ids: Vec<String> = rows.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect();
    let mut delete = vec!["delete".to_owned()];
    delete.extend(ids.iter().cloned());
    desk.ok(&delete);
    (desk, ids)
}

fn erase(ids: &[String]) -> Vec<&str> {
    ["trash", "erase", "--json"].into_iter().chain(ids.iter().map(String::as_str)).collect()
}

#[test]
fn an_erasure_without_room_is_done_and_says_what_is_left() {
    let (desk, ids) = desk_with_trash();
    let before = size(&desk, "liaison.db");
    // Enough for the erasure itself, not for the whole file once more.
    let ran = run_within(&desk, before - before / 8, &erase(&ids));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let done: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((&done["changed"], &done["traces"]), (&json!(ids.len()), &json!("no_room")), "{}", ran.err);
    assert!(ran.err.contains("The disk is full. Traces stay"), "{}", ran.err);
    assert_eq!(size(&desk, "liaison.db"), before, "it could not be written anew");
    // There is room again: whatever comes next takes the traces away.
    desk.ok(["contacts", "list"]);
    assert!(size(&desk, "liaison.db") < before, "now it was");
    assert_eq!(desk.json(["trash", "list", "--json"])["total"], json!(0));
    desk.ok(["verify"]);
}

#[test]
fn an_erasure_without_any_room_changes_nothing() {
    let (desk, ids) = desk_with_trash();
    let ran = run_within(&desk, 16 * 1024, &erase(&ids));
    assert_eq!((ran.code, ran.out.as_str()), (Some(8), ""), "{}", ran.err);
    assert!(ran.err.contains("disk_full"), "{}", ran.err);
    assert_eq!(desk.json(["trash", "list", "--json"])["total"], json!(ids.len()));
    desk.ok(["verify"]);
}

#[test]
fn setting_up_without_room_says_so_and_can_be_done_again() {
    for kib in [2, 16, 64] {
        let desk = Desk::blank();
        let ran = run_within(&desk, kib * 1024, &INIT);
        assert_eq!((ran.code, ran.out.as_str()), (Some(8), ""), "{kib} KiB: {}", ran.err);
        assert!(ran.err.contains("disk_full"), "{kib} KiB: {}", ran.err);
        desk.ok(INIT);
    }
}

#[test]
fn a_workbook_without_room_says_so_in_one_sentence() {
    let desk = Desk::new();
    desk.ok(["sample", "--contacts", "2000", "--seed", "1"]);
    let out = desk.data().with_file_name("out.xlsx");
    let ran = run_within(&desk, 32 * 1024, &["export", "--format", "xlsx", "--output", &out.to_string_lossy()]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(8), ""), "{}", ran.err);
    assert!(ran.err.contains("\"too_large\"") && !ran.err.contains("panicked"), "{}", ran.err);
    assert!(!out.exists());
}
