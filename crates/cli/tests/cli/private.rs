//! Other accounts of the computer: none of them reads the desk's files, however loose the umask is.

use crate::desk::{Desk, INIT, PASSCODE, Ran};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// The desk's command with a umask that leaves everything open.
fn run_open(desk: &Desk, arguments: &[&str]) -> Ran {
    let mut command = Command::new("sh");
    command.args(["-c", "umask 000; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_liaison-cli"), "--data"]);
    command.arg(desk.data()).args(arguments).env("LIAISON_PASSCODE", PASSCODE).stdin(Stdio::null());
    Ran::of(command.output().expect("it runs"))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("there").permissions().mode() & 0o777
}

/// The names in a folder whose mode lets others in.
fn open_to_others(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .filter(|entry| mode(&entry.path()) & 0o077 != 0)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn the_desks_files_are_for_their_owner_alone() {
    let desk = Desk::blank();
    let ran = run_open(&desk, &INIT);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(mode(&desk.data()), 0o700);
    assert_eq!(open_to_others(&desk.data()), [] as [&str; 0]);
    let people = desk.file("people.csv", "First name,Last name,E-mail\nAnn,Lee,not an address\n");
    let errors = people.with_file_name("errors.csv");
    let ran = run_open(&desk, &["import", &people.to_string_lossy(), "--errors", &errors.to_string_lossy()]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(fs::read_to_string(&errors).expect("the file").contains("Ann"));
    assert_eq!(mode(&errors), 0o600);
}

#[test]
fn files_of_a_desk_that_were_open_are_closed_at_the_next_start() {
    let desk = Desk::new();
    for name in ["liaison.db", "key.json"] {
        fs::set_permissions(desk.data().join(name), fs::Permissions::from_mode(0o644)).expect("its mode");
    }
    fs::set_permissions(desk.data(), fs::Permissions::from_mode(0o755)).expect("its mode");
    desk.ok(["contacts", "list"]);
    assert_eq!((mode(&desk.data()), open_to_others(&desk.data())), (0o700, vec![]));
}
