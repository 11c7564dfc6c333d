//! While one process has the database open no other gets in, by whatever way it comes.

use crate::desk::{Desk, PASSCODE};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A process that has the desk open, stopped in the middle of its work; goes on, and ends, when this is dropped.
struct Stopped(Child);

impl Stopped {
    fn on(desk: &Desk) -> Stopped {
        // The more people, the longer it takes: on the fastest machine, too, one of them is met at its work.
        for contacts in [2_000, 20_000, 100_000] {
            let mut command = desk.command(["sample", "--contacts", &contacts.to_string(), "--seed", "1"]);
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
            let began = Instant::now();
            // The log is there once SQLite has opened the file.
            while !desk.data().join("liaison.db-wal").exists() && child.try_wait().expect("a child").is_none() {
                assert!(began.elapsed() < Duration::from_secs(60), "it opens the desk");
                std::thread::sleep(Duration::from_millis(1));
            }
            signal(&child, "STOP");
            let stopped = Stopped(child);
            if is_stopped(stopped.0.id()) {
                return stopped;
            }
        }
        panic!("none of them was met at its work");
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        signal(&self.0, "CONT");
        let _ended = self.0.wait();
    }
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([format!("-{name}"), child.id().to_string()]).stderr(Stdio::null()).status();
    // A process that has ended takes none.
    let _gone = sent.expect("kill runs");
}

fn is_stopped(process: u32) -> bool {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(10) {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        match stat.rsplit(") ").next().and_then(|rest| rest.chars().next()) {
            Some('T') => return true,
            Some('Z') | None => return false,
            _ => std::thread::sleep(Duration::from_millis(5)),
        }
    }
    false
}

/// What the check says on a folder: its exit code.
fn verify(desk: &Desk, data: &Path) -> (Option<i32>, String) {
    let ran = desk.command_on(data, ["verify"]).env("LIAISON_PASSCODE", PASSCODE).output().expect("it runs");
    (ran.status.code(), String::from_utf8_lossy(&ran.stderr).into_owned())
}

/// Another folder for the same desk: `link` puts the database there.
fn by_another_folder(link: fn(&Path, &Path)) {
    let desk = Desk::new();
    let elsewhere = desk.data().with_file_name("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    fs::copy(desk.data().join("key.json"), elsewhere.join("key.json")).expect("a copy");
    link(&desk.data().join("liaison.db"), &elsewhere.join("liaison.db"));
    let first = Stopped::on(&desk);
    let (code, said) = verify(&desk, &elsewhere);
    assert_eq!(code, Some(6), "{said}");
    assert!(said.contains("another process"), "{said}");
    drop(first);
    assert_eq!(verify(&desk, &desk.data()).0, Some(0), "and afterwards all is whole");
}

#[test]
fn by_a_hard_link() {
    by_another_folder(|file, link| fs::hard_link(file, link).expect("a link"));
}

#[test]
fn by_a_symbolic_link() {
    by_another_folder(|file, link| std::os::unix::fs::symlink(file, link).expect("a link"));
}

#[test]
fn after_the_lock_file_was_removed() {
    let desk = Desk::new();
    let first = Stopped::on(&desk);
    fs::remove_file(desk.data().join("liaison.lock")).expect("the lock file");
    let (code, said) = verify(&desk, &desk.data());
    assert_eq!(code, Some(6), "{said}");
    drop(first);
    let (code, said) = verify(&desk, &desk.data());
    assert_eq!(code, Some(0), "once the first is gone, the next is let in: {said}");
}
