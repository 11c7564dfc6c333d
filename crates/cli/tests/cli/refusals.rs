//! Every refusal has its exit code and its words on standard error, prints no data and changes no file.

use crate::desk::{Desk, INIT, Ran, bytes, rows, text};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

const NOBODY: &str = "0190a7c4-0000-7000-8000-000000000000";

fn assert_refused(ran: &Ran, code: i32, words: &str) {
    assert_eq!(ran.code, Some(code), "{}{}", ran.out, ran.err);
    assert_eq!(ran.out, "", "no data");
    assert!(ran.err.contains(words), "{words:?} in {}", ran.err);
}

#[test]
fn the_command_line_is_wrong() {
    // 2, from clap and from us.
    let desk = Desk::new();
    let wrong: [&[&str]; 14] = [
        &[],
        &["nonsense"],
        &["contacts"],
        &["contacts", "show"],
        &["contacts", "show", "not-an-id"],
        &["contacts", "list", "--filter", "title"],
        &["contacts", "list", "--limit", "many"],
        &["audit", NOBODY, "--kind", "nonsense"],
        &["queue", "approve"],
        &["queue", "approve", "--all", NOBODY],
        &["queue", "approve", "--all", "--revoke"],
        &["queue", "reject", "--all", "--role", "Default Access"],
        &["init", "--institution", "X", "--admin", "nobody"],
        &["contacts", "list", "--passcode-file", "/nonexistent"],
    ];
    for arguments in wrong {
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.is_empty());
    }
    let history = desk.json(["history", "--json"]);
    assert_eq!(rows(&history).len(), 1, "nothing but the set-up: {history}");
    let help = desk.run(["--help"]);
    assert!(help.code == Some(0) && help.out.contains("Exit codes"), "documented where one looks first");
}

#[test]
fn there_is_no_such_thing() {
    // 3.
    let desk = Desk::new();
    let missing: [&[&str]; 6] = [
        &["contacts", "show", NOBODY],
        &["audit", NOBODY],
        &["undo", NOBODY],
        &["queue", "approve", NOBODY],
        &["queue", "approve", "--all", "--role", "No Such Role"],
        &["note", NOBODY, "text"],
    ];
    for arguments in missing {
        assert_refused(&desk.run(arguments), 3, "there is no such");
    }
}

#[test]
fn values_are_refused() {
    // 4: validation; the machine-readable form stands on standard error, too.
    let desk = Desk::new();
    let ran = desk.run(["contacts", "list", "--filter", "nonsense=1"]);
    assert_refused(&ran, 4, "nonsense");
    let said: Value = serde_json::from_str(ran.err.lines().last().expect("a line")).expect("JSON in the last line");
    assert_eq!((text(&said, "code"), text(&said["fields"][0], "field")), ("validation".into(), "nonsense".into()));
    assert_refused(&desk.run(["contacts", "list", "--sort", "nonsense"]), 4, "nonsense");
    assert_refused(&desk.run(["contacts", "list", "--filter", "approval=maybe"]), 4, "approval");
    let again = desk.run(INIT);
    assert_refused(&again, 4, "institution");
    let blank = Desk::blank();
    let ran = Ran::of(blank.command(INIT).env("LIAISON_PASSCODE", "short").output().expect("it runs"));
    assert_refused(&ran, 4, "passcode: shorter than 12 characters");
    assert!(bytes(&blank.data()).is_empty(), "nothing was made");
    blank.ok(INIT);
}

#[test]
fn the_desk_is_locked() {
    // 5: no passcode, a wrong one, no keychain.
    let desk = Desk::new();
    let before = bytes(&desk.data());
    let ran = Ran::of(desk.command(["verify"]).env_remove("LIAISON_PASSCODE").output().expect("it runs"));
    assert_refused(&ran, 5, "a passcode is needed");
    let ran = Ran::of(desk.command(["verify"]).env("LIAISON_PASSCODE", "not the passcode").output().expect("it runs"));
    assert_refused(&ran, 5, "the passcode is wrong");
    assert_eq!(bytes(&desk.data()), before);
}

#[test]
fn two_processes_at_once() {
    // 6: this test's process holds the desk when the command comes.
    let desk = Desk::new();
    let lock = desk.data().join("liaison.lock");
    let hold = File::options().create(true).truncate(false).write(true).open(lock).expect("the lock file");
    hold.try_lock().expect("nobody else holds it");
    assert_refused(&desk.run(["contacts", "list", "--json"]), 6, "another process");
    drop(hold);
    assert!(desk.contacts().is_empty(), "and once the first is gone, the second is let in");
    desk.ok(["verify"]);
}

#[test]
fn there_is_no_desk_yet() {
    // 7.
    let desk = Desk::blank();
    assert_refused(&desk.run(["contacts", "list"]), 7, "set up first");
    assert!(bytes(&desk.data()).is_empty());
}

#[test]
fn the_file_cannot_be_read() {
    // 8: files to import, and a desk of which one file is missing.
    let desk = Desk::new();
    let pdf = desk.file("page.csv", "%PDF-1.7 ...");
    let import = |file: &OsStr, more: &[&str]| {
        let arguments = [OsStr::new("import"), file].into_iter().chain(more.iter().map(OsStr::new));
        desk.run(arguments.collect::<Vec<_>>())
    };
    assert_refused(&import(pdf.as_os_str(), &[]), 8, "could not be read");
    assert_refused(&import(OsStr::new("/nonexistent.csv"), &["--json"]), 8, "could not be read");
    let people = desk.file("people.csv", "First name,Last name,E-mail\nAnn,Lee,ann@x.example\n");
    assert_refused(&import(people.as_os_str(), &["--preset", "google"]), 8, "google");
    assert_refused(&import(people.as_os_str(), &["--preset", "nonsense"]), 4, "preset");
    let errors = import(people.as_os_str(), &["--errors", "/nonexistent/errors.csv"]);
    assert_eq!((errors.code, errors.out.as_str()), (Some(8), ""), "{}", errors.err);
    assert!(errors.err.contains("/nonexistent/errors.csv"), "{}", errors.err);
    assert!(desk.contacts().is_empty());
    std::fs::remove_file(desk.data().join("liaison.db")).expect("lost");
    assert_refused(&desk.run(["contacts", "list"]), 8, "liaison.db is missing");
    let desk = Desk::new();
    std::fs::remove_file(desk.data().join("key.json")).expect("lost");
    // Its copy may be there or not; with it nothing would be lost.
    let _no_copy = std::fs::remove_file(desk.data().join("key.copy.json"));
    let before = bytes(&desk.data());
    for command in [&["contacts", "list"][..], &INIT] {
        let ran = desk.run(command);
        assert_refused(&ran, 8, "key.json is missing");
        assert!(ran.err.contains("\"key_missing\""), "{}", ran.err);
    }
    assert_eq!(bytes(&desk.data()), before);
}

/// Without a passcode the key goes to the keychain; where there is none, `init` says so and can be tried again.
#[test]
fn init_without_a_keychain_asks_for_a_passcode() {
    let desk = Desk::blank();
    let mut child = desk
        .command(INIT)
        .env_remove("LIAISON_PASSCODE")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let err = child.stderr.take().expect("piped");
    let said: Vec<String> = BufReader::new(err).lines().map(|line| line.expect("text")).collect();
    let code = child.wait().expect("it ends").code();
    assert_eq!(code, Some(5), "{said:?}");
    assert!(said.iter().any(|line| line.contains("keychain")), "{said:?}");
    desk.ok(INIT);
}

#[test]
fn the_desks_own_files_are_no_riddle() {
    // 8: where a folder should be is a file, or is nothing one could make.
    let desk = Desk::new();
    let file = desk.file("a file", "text");
    let inside = file.join("data");
    for data in [file, inside] {
        let ran = Ran::of(desk.command_on(&data, INIT).output().expect("it runs"));
        assert_refused(&ran, 8, "the desk's files");
        assert!(ran.err.contains("no_folder"), "{}", ran.err);
    }
    // 8: a name that no system takes. Windows says of it that nothing is there.
    if cfg!(unix) {
        let data = desk.data().join("n".repeat(300));
        let ran = Ran::of(desk.command_on(&data, ["verify"]).output().expect("it runs"));
        assert_refused(&ran, 8, "the desk's files");
    }
    // 9: a key file that is none, and neither is its copy.
    let keys = ["key.json", "key.copy.json"].map(|name| desk.data().join(name));
    let whole = std::fs::read(&keys[0]).expect("a key");
    for key in &keys {
        std::fs::write(key, "{").expect("damaged");
    }
    assert_refused(&desk.run(["contacts", "list"]), 9, "key.json");
    std::fs::write(&keys[1], whole).expect("the copy is whole");
    desk.ok(["contacts", "list"]);
    std::fs::remove_file(&keys[0]).expect("gone");
    std::fs::create_dir(&keys[0]).expect("a folder in its place");
    assert_refused(&desk.run(["contacts", "list"]), 9, "the desk's files");
    std::fs::remove_dir(&keys[0]).expect("gone");
    desk.ok(["contacts", "list"]);
    // 9: pages that are not as they were written; the check says so, whatever else still works.
    desk.ok(["sample", "--contacts", "200", "--seed", "1"]);
    let path = desk.data().join("liaison.db");
    let mut bytes = std::fs::read(&path).expect("the database");
    // Behind what a start reads.
    let middle = bytes.len() / 3 * 2;
    bytes[middle..middle + 5000].fill(0);
    std::fs::write(&path, bytes).expect("damaged");
    let ran = desk.run(["verify", "--json"]);
    assert_eq!(ran.code, Some(9), "{}", ran.err);
    let said: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(said["whole"], serde_json::json!(false));
    // 9: nothing of what is asked for can be read.
    let mut bytes = std::fs::read(&path).expect("the database");
    let third = bytes.len() / 3;
    bytes[third..].fill(0);
    std::fs::write(&path, bytes).expect("damaged");
    for command in [["contacts", "list"], ["history", "--json"]] {
        let ran = desk.run(command);
        assert_refused(&ran, 9, "the desk's files");
        assert!(ran.err.contains("\"damaged\""), "{}", ran.err);
    }
}

#[test]
fn damage_is_told_as_what_it_is() {
    // 9: and never as a lost key, or a wrong passcode.
    let desk = Desk::new();
    let path = desk.data().join("liaison.db");
    let whole = std::fs::read(&path).expect("the database");
    let mut first = whole.clone();
    first[1_000] ^= 1;
    let mut cut = whole.clone();
    cut.truncate(whole.len() / 2);
    for (bytes, problem, words) in
        [(first, "damaged_start", "the beginning of liaison.db"), (cut, "truncated", "the end of liaison.db")]
    {
        std::fs::write(&path, bytes).expect("damaged");
        let ran = desk.run(["verify"]);
        assert_refused(&ran, 9, words);
        assert!(ran.err.contains(&format!("\"{problem}\"")), "{}", ran.err);
    }
    std::fs::write(&path, whole).expect("mended");
    desk.ok(["verify"]);
    // The key file of another desk, which the same passcode opens.
    let other = Desk::blank();
    other.ok(INIT);
    std::fs::copy(other.data().join("key.json"), desk.data().join("key.json")).expect("a mix-up");
    assert_refused(&desk.run(["verify"]), 9, "do not belong together");
}

#[cfg(unix)]
#[test]
fn too_few_open_files_are_told_as_that() {
    // 8, from none at all to all that are needed; which number that is depends on the system.
    let desk = Desk::new();
    let mut told = 0;
    for most in 6..40 {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &format!("ulimit -n {most}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_liaison-cli")]);
        command
            .arg("--data")
            .arg(desk.data())
            .args(["contacts", "list"])
            .env("LIAISON_PASSCODE", crate::desk::PASSCODE);
        let ran = Ran::of(command.output().expect("it runs"));
        if ran.code == Some(0) {
            break;
        }
        assert_eq!(ran.code, Some(8), "{most}: {}", ran.err);
        assert!(ran.err.contains("too_many_files"), "{most}: {}", ran.err);
        told += 1;
    }
    assert!(told > 0, "some number is too small");
    desk.ok(["contacts", "list"]);
}
