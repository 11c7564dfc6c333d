//! Power gone, process killed: afterwards all of an operation is there or nothing, and everything is whole.

use crate::desk::{Desk, INIT, text};
use std::ffi::OsStr;
#[cfg(target_os = "linux")]
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

const ROWS: usize = 8_000;

fn file() -> String {
    let mut csv = String::from("First name,Last name,E-mail,Employer\n");
    for row in 0..ROWS {
        csv.push_str(&format!("Ann,Lee {row},ann{row}@x.example,Firm {}\n", row % 50));
    }
    csv
}

/// Runs a command for so long, then kills it (SIGKILL on Unix: nothing of it runs any more).
fn killed_after<S: AsRef<OsStr>>(desk: &Desk, arguments: impl IntoIterator<Item = S>, after: Duration) {
    let mut child =
        desk.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary runs");
    std::thread::sleep(after);
    // It may have ended by itself.
    let _already_gone = child.kill();
    child.wait().expect("it is gone");
}

#[test]
fn a_killed_import_is_all_there_or_not_at_all() {
    let whole = Desk::new();
    let path = whole.file("people.csv", file());
    let import = [OsStr::new("import"), path.as_os_str()];
    let began = Instant::now();
    whole.ok(import);
    let mut took = began.elapsed();
    let mut nothing = 0;
    for share in [0.97, 0.9, 0.8, 0.65, 0.5, 0.35] {
        let desk = Desk::new();
        killed_after(&desk, import, took.mul_f64(share));
        let total = desk.json(["contacts", "list", "--limit", "0", "--json"])["total"].as_u64().expect("a total");
        assert!(total == 0 || total == ROWS as u64, "{total} of {ROWS} contacts after {share} of the time");
        nothing += u32::from(total == 0);
        if total > 0 {
            // It was faster than the first: other work on the machine must not let all of them get through.
            took = took.mul_f64(0.75);
        }
        desk.ok(["verify"]);
        let history = desk.json(["history", "--json"]);
        assert_eq!(history["total"].as_u64(), Some(if total == 0 { 1 } else { 2 }));
        if share == 0.5 {
            let again = desk.json(import.into_iter().chain([OsStr::new("--json")]));
            let done = again["created"].as_u64().expect("a count") + again["unchanged"].as_u64().expect("a count");
            assert_eq!(done, ROWS as u64, "and the import can be done again");
            desk.ok(["verify"]);
        }
    }
    assert!(nothing > 0, "at least one of them was killed in the middle");
}

fn names(desk: &Desk) -> Vec<String> {
    desk.contacts().iter().map(|row| text(row, "name")).collect()
}

#[test]
fn a_killed_backup_is_whole_or_not_there() {
    let desk = Desk::new();
    desk.import(&file());
    let began = Instant::now();
    desk.ok(["backup", "create"]);
    let took = began.elapsed();
    for share in [0.95, 0.85, 0.7, 0.55, 0.4] {
        killed_after(&desk, ["backup", "create"], took.mul_f64(share));
    }
    desk.ok(["verify"]);
    for backup in desk.json(["backup", "list", "--json"]).as_array().expect("a list") {
        assert!(backup["problem"].is_null(), "{backup}");
        desk.ok(["backup", "verify", &text(backup, "path")]);
    }
    let made = desk.ok(["backup", "create"]);
    let folder = std::path::Path::new(made.trim()).parent().expect("a folder");
    let left = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let odd: Vec<_> = left.filter(|name| !name.to_string_lossy().ends_with(".liaison-backup")).collect();
    assert!(odd.is_empty(), "what was cut short is swept: {odd:?}");
}

#[test]
fn a_killed_restore_leaves_the_old_desk_or_the_restored_one() {
    let desk = Desk::new();
    desk.import("First name,Last name,E-mail\nDana,Reyes,dana@acme.example\n");
    let backup = desk.ok(["backup", "create"]);
    let backup = desk.file("kept.liaison-backup", std::fs::read(backup.trim()).expect("the backup"));
    desk.import("First name,Last name,E-mail\nEli,Stone,eli@acme.example\n");
    let restore = [OsStr::new("backup"), OsStr::new("restore"), backup.as_os_str()];
    let now = desk.ok(["backup", "create"]);
    let began = Instant::now();
    desk.ok(restore);
    let took = began.elapsed();
    for share in [0.97, 0.93, 0.89, 0.85, 0.8, 0.7, 0.5] {
        desk.ok(["backup", "restore", now.trim()]);
        assert_eq!(names(&desk), ["Dana Reyes", "Eli Stone"]);
        killed_after(&desk, restore, took.mul_f64(share));
        let left = names(&desk);
        assert!(left == ["Dana Reyes"] || left == ["Dana Reyes", "Eli Stone"], "{left:?} after {share} of the time");
        desk.ok(["verify"]);
        assert!(!desk.data().join("restoring").exists());
    }
}

#[test]
fn a_killed_set_up_can_be_done_again() {
    let began = Instant::now();
    Desk::blank().ok(INIT);
    let took = began.elapsed();
    for share in [0.2, 0.5, 0.7, 0.8, 0.9] {
        let desk = Desk::blank();
        killed_after(&desk, INIT, took.mul_f64(share));
        let again = desk.run(INIT);
        // Either the set-up is done now, or it was before the end came.
        assert!(matches!(again.code, Some(0 | 4)), "after {share} of the time: {:?} {}", again.code, again.err);
        desk.ok(["verify"]);
        assert_eq!(desk.ok(["roles"]).lines().count(), 2);
    }
}

/// Whether a process has a file open in a folder, be it one without a name.
#[cfg(target_os = "linux")]
fn writes_in(process: u32, folder: &Path) -> bool {
    let open = std::fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    open.filter_map(|entry| std::fs::read_link(entry.path()).ok()).any(|file| file.starts_with(folder))
}

#[cfg(target_os = "linux")]
#[test]
fn a_killed_export_leaves_nothing() {
    let desk = Desk::new();
    desk.ok([OsStr::new("import"), desk.file("people.csv", file()).as_os_str()]);
    let folder = desk.data().with_file_name("out");
    std::fs::create_dir(&folder).expect("a directory");
    let folder = std::fs::canonicalize(folder).expect("the directory");
    let out = folder.join("all.csv");
    for (format, before) in [("csv", None), ("xlsx", None), ("vcard", None), ("csv", Some("old"))] {
        if let Some(before) = before {
            std::fs::write(&out, before).expect("a file");
        }
        let export =
            [OsStr::new("export"), OsStr::new("--format"), OsStr::new(format), OsStr::new("-o"), out.as_os_str()];
        let mut child = desk.command(export).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        while !writes_in(child.id(), &folder) {
            assert!(child.try_wait().expect("a child").is_none(), "it writes in its folder before it is done");
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().expect("killed");
        child.wait().expect("it is gone");
        desk.ok(["verify"]);
        let left: Vec<_> =
            std::fs::read_dir(&folder).expect("the folder").flatten().map(|entry| entry.path()).collect();
        match before {
            // It may have been faster than the kill.
            _ if left == [out.clone()] => std::fs::remove_file(&out).expect("removed"),
            _ => assert!(left.is_empty(), "{format}: {left:?}"),
        }
    }
}
