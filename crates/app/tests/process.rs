//! What a process keeps from others on the computer, seen from inside of one that has begun so.
#![cfg(target_os = "linux")]

use std::process::Command;

/// Says what to do in the process that is looked at.
const BEGINS: &str = "LIAISON_TEST_BEGINS";

/// Not a test: what the process does that is looked at.
#[test]
fn begins_where_it_is_told_to() {
    if std::env::var_os(BEGINS).is_none() {
        return;
    }
    let passcode = liaison_app::process::begin();
    println!("passcode {}", passcode.map(|passcode| passcode.to_string()).unwrap_or_default());
    println!("kept {}", std::env::var("LIAISON_PASSCODE").unwrap_or_default());
    let child = Command::new("env").output().expect("a child");
    println!("inherited {}", String::from_utf8_lossy(&child.stdout).contains("LIAISON_PASSCODE"));
    let limits = std::fs::read_to_string("/proc/self/limits").expect("its limits");
    let cores = limits.lines().find(|line| line.starts_with("Max core file size")).expect("that of cores");
    println!("cores {}", cores.split_whitespace().skip(4).collect::<Vec<_>>().join(" "));
    // What may not be dumped may not be looked into by others of the same person either.
    let folder = std::fs::metadata("/proc/self/environ").expect("its environment");
    println!("owner {}", std::os::unix::fs::MetadataExt::uid(&folder));
}

#[test]
fn neither_cores_nor_children_get_the_passcode() {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", "begins_where_it_is_told_to", "--nocapture"]);
    command.env(BEGINS, "1").env("LIAISON_PASSCODE", "twelve quiet owls");
    let ran = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    for line in ["passcode twelve quiet owls\n", "kept \n", "inherited false\n", "cores 0 0 bytes\n", "owner 0\n"] {
        assert!(said.contains(line), "{line:?} in {said}");
    }
}
