//! Backups: made, listed, checked, restored, also over what can't be opened any more.

use crate::desk::{Desk, PASSCODE, rows, text};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

const ONE: &str = "First name,Last name,E-mail\nDana,Reyes,dana@acme.example\n";
const OTHER: &str = "First name,Last name,E-mail\nEli,Stone,eli@acme.example\n";

fn back_up(desk: &Desk) -> PathBuf {
    PathBuf::from(desk.ok(["backup", "create"]).trim())
}

fn restore(desk: &Desk, file: &Path) -> serde_json::Value {
    desk.json([OsStr::new("backup"), OsStr::new("restore"), file.as_os_str(), OsStr::new("--json")])
}

fn verify(desk: &Desk, file: &Path) -> Option<i32> {
    desk.run([OsStr::new("backup"), OsStr::new("verify"), file.as_os_str()]).code
}

fn names(desk: &Desk) -> Vec<String> {
    desk.contacts().iter().map(|row| text(row, "name")).collect()
}

#[test]
fn a_restore_brings_back_what_was_and_keeps_what_is() {
    let desk = Desk::new();
    desk.import(ONE);
    let file = back_up(&desk);
    assert_eq!(verify(&desk, &file), Some(0));
    desk.import(OTHER);
    let preview = desk.json([
        OsStr::new("backup"),
        OsStr::new("restore"),
        file.as_os_str(),
        OsStr::new("--dry-run"),
        OsStr::new("--json"),
    ]);
    assert_eq!((&preview["contacts"], &preview["lost"]), (&1.into(), &1.into()));
    assert_eq!(names(&desk), ["Dana Reyes", "Eli Stone"], "a dry run changes nothing");

    let look = |text: &str| {
        desk.json([OsStr::new("backup"), OsStr::new("look"), file.as_os_str(), OsStr::new(text), OsStr::new("--json")])
    };
    let seen = look("REYES");
    assert_eq!(
        (seen.as_array().expect("rows").len(), &seen[0]["name"], &seen[0]["by"]),
        (1, &"Dana Reyes".into(), &"Ada Berg".into())
    );
    assert_eq!(look("stone").as_array().expect("rows").len(), 0, "added later");
    let info = desk.json([OsStr::new("backup"), OsStr::new("look"), file.as_os_str(), OsStr::new("--json")]);
    assert_eq!((&info["contacts"], &info["institution"]), (&1.into(), &"Northfield University".into()));

    let done = restore(&desk, &file);
    assert_eq!(names(&desk), ["Dana Reyes"]);
    desk.ok(["verify"]);
    let history = desk.json(["history", "--events", "--json"]);
    assert!(rows(&history).iter().any(|row| row["kind"] == "backup.restore"), "{history}");

    let before = PathBuf::from(text(&done, "backup"));
    assert!(done["aside"].is_null() && before.exists());
    let listed = desk.json(["backup", "list", "--json"]);
    let reasons: Vec<String> = listed.as_array().expect("a list").iter().map(|row| text(row, "reason")).collect();
    assert_eq!(reasons, ["restore", "manual"]);
    restore(&desk, &before);
    assert_eq!(names(&desk), ["Dana Reyes", "Eli Stone"], "and back again");
    let left: Vec<_> =
        std::fs::read_dir(desk.data()).expect("the folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(
        left.iter().all(|name| !name.to_string_lossy().starts_with("look")
            && !name.to_string_lossy().starts_with("rest")
            && !name.to_string_lossy().starts_with("repl")),
        "{left:?}"
    );
}

#[test]
fn a_backup_restores_over_a_damaged_database_and_where_nothing_is() {
    let desk = Desk::new();
    desk.import(ONE);
    let file = back_up(&desk);
    let kept = desk.file("kept.liaison-backup", std::fs::read(&file).expect("the backup"));
    let mut bytes = std::fs::read(desk.data().join("liaison.db")).expect("the database");
    bytes[100..4096].fill(7);
    std::fs::write(desk.data().join("liaison.db"), &bytes).expect("damaged");
    let done = restore(&desk, &kept);
    assert_eq!(names(&desk), ["Dana Reyes"]);
    let aside = PathBuf::from(text(&done, "aside"));
    assert_eq!(std::fs::read(aside.join("liaison.db")).expect("kept aside"), bytes);

    std::fs::remove_dir_all(desk.data()).expect("gone");
    restore(&desk, &kept);
    assert_eq!(names(&desk), ["Dana Reyes"]);
    desk.ok(["verify"]);
}

#[test]
fn what_is_no_whole_backup_is_told_and_changes_nothing() {
    let desk = Desk::new();
    desk.import(ONE);
    let file = back_up(&desk);
    let whole = std::fs::read(&file).expect("the backup");
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let mut newer = whole.clone();
    newer[19] = 9;
    for (name, bytes, code) in [
        ("flipped", flipped, 9),
        ("cut", whole[..whole.len() - 1].to_vec(), 9),
        ("newer", newer, 7),
        ("other", b"PK\x03\x04 something else entirely".to_vec(), 8),
    ] {
        let path = desk.file(&format!("{name}.liaison-backup"), bytes);
        assert_eq!(verify(&desk, &path), Some(code), "{name}");
        let ran = desk.run([OsStr::new("backup"), OsStr::new("restore"), path.as_os_str()]);
        assert_eq!(ran.code, Some(code), "{name}: {}", ran.err);
        assert_eq!(names(&desk), ["Dana Reyes"], "{name}");
    }
    let mut command = desk.command([OsStr::new("backup"), OsStr::new("restore"), file.as_os_str()]);
    let refused = command.env("LIAISON_PASSCODE", "a wrong passcode").output().expect("it runs");
    assert_eq!(refused.status.code(), Some(5));
    assert_eq!(names(&desk), ["Dana Reyes"]);
    assert!(!String::from_utf8_lossy(&whole).contains("Dana") && !String::from_utf8_lossy(&whole).contains(PASSCODE));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(file.parent().expect("a folder"))), (0o600, 0o700));
    }
    assert_eq!(rows(&desk.json(["contacts", "list", "--json"])).len(), 1);
}
