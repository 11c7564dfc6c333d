//! The programs themselves, killed: three desks by the command line, the hub, PostgreSQL. What was acknowledged is there in
//! the end, everywhere, and nothing waits for anybody.
#![cfg(target_os = "linux")]

use liaison_hub::cluster::Cluster;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PASSCODE: &str = "correct horse battery";
/// How often something happens, at least and at most: it goes on until enough were killed.
const ROUNDS: std::ops::Range<u64> = 24..96;
/// How many are to be killed before their end.
const KILLED: u32 = 4;
/// How often all are asked to exchange until nothing waits.
const HEALING: u32 = 8;

/// The hub's program. It is killed with this value.
struct Hub {
    process: Child,
    listen: String,
    database: String,
}

impl Hub {
    fn program(database: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_liaison-hub"));
        command.args(["--database", database]).stdin(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Starts one that listens there.
    fn start(database: &str, listen: &str) -> Hub {
        let mut serve = Hub::program(database);
        let mut process = serve.args(["serve", "--listen", listen]).stdout(Stdio::piped()).spawn().expect("the hub");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let listen = line.trim().strip_prefix("listening at http://").unwrap_or_else(|| panic!("{line:?}")).to_owned();
        Hub { process, listen, database: database.to_owned() }
    }

    fn tell(&self, arguments: &[&str]) -> String {
        let done = Hub::program(&self.database).args(arguments).output().expect("the hub");
        assert!(done.status.success(), "{arguments:?}");
        String::from_utf8(done.stdout).expect("text").trim().to_owned()
    }

    fn kill(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Killed, and started again at the same place.
    fn crash(&mut self) {
        self.kill();
        *self = Hub::start(&self.database.clone(), &self.listen.clone());
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A desk that is worked at by the command line.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().expect("a folder") }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        // Built with everything else before the tests run.
        let program = Path::new(env!("CARGO_BIN_EXE_liaison-hub")).with_file_name("liaison-cli");
        assert!(program.exists(), "build it first: cargo build -p liaison-cli");
        let mut command = Command::new(program);
        command.arg("--data").arg(self.folder.path().join("data")).args(arguments);
        command.env("LIAISON_PASSCODE", PASSCODE).env_remove("LIAISON_DATA").env_remove("RUST_LOG");
        command.env("LIAISON_KEYCHAIN", "none");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let done = self.command(arguments).output().expect("the command line");
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{arguments:?}: {told}");
        String::from_utf8(done.stdout).expect("text")
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.ok(arguments)).expect("JSON")
    }

    /// A file with two people of these names.
    fn people(&self, name: &str) -> PathBuf {
        let file = self.folder.path().join(format!("{name}.csv"));
        let rows: String = (0..2).map(|n| format!("Ann,Lee,{name}-{n}@x.example\n")).collect();
        std::fs::write(&file, format!("First name,Last name,E-mail\n{rows}")).expect("a file");
        file
    }

    fn addresses(&self) -> BTreeSet<String> {
        let list = self.json(&["contacts", "list", "--json", "--limit", "1000"]);
        let rows = list["rows"].as_array().expect("rows");
        rows.iter().map(|row| row["email"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// Runs a command, and kills it after a while where it is to be killed. True where it ended well.
fn ends_well(mut command: Command, kill_after: Option<Duration>) -> bool {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command line");
    if let Some(after) = kill_after {
        let end = Instant::now() + after;
        while Instant::now() < end {
            if let Some(status) = child.try_wait().expect("a child") {
                return status.success();
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        // Ended meanwhile, or killed now.
        let _ = child.kill();
    }
    child.wait().expect("a child").success()
}

/// The same numbers each time; how far a process is by then differs.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

#[test]
fn whatever_is_killed_what_was_acknowledged_is_there() {
    let mut cluster = Cluster::start().expect("a PostgreSQL");
    assert!(Hub::program(&cluster.url()).arg("migrate").status().expect("the hub").success());
    let mut hub = Hub::start(&cluster.url(), "127.0.0.1:0");
    let address = format!("http://{}", hub.listen);
    let desks = [Desk::new(), Desk::new(), Desk::new()];
    desks[0].ok(&["init", "--institution", "Northfield University", "--admin", "Ada Berg <ada@northfield.example>"]);
    let status = desks[0].json(&["sync", "status", "--json"]);
    let institution = status["institution"].as_str().expect("an institution").to_owned();
    hub.tell(&["institution", &institution, "Northfield University"]);
    desks[0].ok(&["sync", "connect", &address, "--code", &hub.tell(&["code", &institution])]);
    desks[0].ok(&["sync", "now"]);
    for desk in &desks[1..] {
        let code = hub.tell(&["code", &institution]);
        desk.ok(&["sync", "join", &address, "--code", &code, "--as", "ada@northfield.example"]);
    }

    let mut random = Random(7);
    let mut acknowledged = BTreeSet::new();
    let mut killed = 0;
    // How long a command takes here: whoever is killed later than that is killed by nothing.
    let begun = Instant::now();
    desks[0].ok(&["import", &desks[0].people("before").display().to_string()]);
    let whole = u64::try_from(begun.elapsed().as_millis()).expect("a short time").max(20);
    for round in 0..ROUNDS.end {
        if round >= ROUNDS.start && killed >= KILLED {
            break;
        }
        let desk = &desks[random.below(3) as usize];
        let after = Duration::from_millis(random.below(whole));
        let name = format!("round{round}");
        let file = desk.people(&name).display().to_string();
        let dies = random.below(3) == 0;
        if ends_well(desk.command(&["import", &file]), dies.then_some(after)) {
            acknowledged.extend((0..2).map(|n| format!("{name}-{n}@x.example")));
        } else {
            killed += 1;
        }
        match random.below(4) {
            // A desk dies while it exchanges; another one exchanges at the same time.
            0 => {
                let mut other = desks[random.below(3) as usize].command(&["sync", "now"]);
                let mut beside = other.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command line");
                killed += u32::from(!ends_well(desk.command(&["sync", "now"]), Some(after)));
                let _ended = beside.wait();
            }
            // The hub dies meanwhile.
            1 => {
                let mut exchange = desk.command(&["sync", "now"]).spawn().expect("the command line");
                std::thread::sleep(after);
                hub.crash();
                let _ended = exchange.wait();
            }
            // PostgreSQL dies meanwhile.
            2 => {
                let mut exchange = desk.command(&["sync", "now"]).spawn().expect("the command line");
                std::thread::sleep(after);
                cluster.crash().expect("a PostgreSQL");
                let _ended = exchange.wait();
            }
            _ => {}
        }
    }
    assert!(killed >= KILLED && acknowledged.len() > 10, "{killed} killed, {} acknowledged", acknowledged.len());

    // Everything is healed: within a few exchanges nothing waits, and all are equal.
    let waiting = |desk: &Desk| desk.json(&["sync", "status", "--json"])["waiting"].as_u64();
    for _ in 0..HEALING {
        for desk in &desks {
            // What opens the desk is a step, too: it waits until the next exchange.
            let _tried = ends_well(desk.command(&["sync", "now"]), None);
        }
        if desks.iter().all(|desk| waiting(desk) <= Some(2)) {
            break;
        }
    }
    for desk in &desks {
        desk.ok(&["sync", "now"]);
    }
    for desk in &desks {
        desk.ok(&["sync", "now"]);
    }
    let all = desks[0].addresses();
    let lost: Vec<_> = acknowledged.difference(&all).collect();
    assert!(lost.is_empty(), "acknowledged, and lost: {lost:?}");
    for desk in &desks {
        assert_eq!(desk.addresses(), all);
        desk.ok(&["verify"]);
        assert_eq!(desk.ok(&["sync", "refused"]), "");
    }
}
