//! A data directory and the binary to run on it.

use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

pub const PASSCODE: &str = "correct horse battery";
pub const INIT: [&str; 5] =
    ["init", "--institution", "Northfield University", "--admin", "Ada Berg <ada@northfield.example>"];

/// The files of a desk that was just set up; deriving keys takes its time.
static SET_UP: OnceLock<BTreeMap<&str, Vec<u8>>> = OnceLock::new();

pub struct Desk {
    directory: TempDir,
}

/// What a run of the binary came to.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Desk {
    /// A directory without a desk in it.
    pub fn blank() -> Desk {
        Desk { directory: tempfile::tempdir().expect("a directory") }
    }

    /// A desk that was just set up.
    pub fn new() -> Desk {
        let files = SET_UP.get_or_init(|| {
            let desk = Desk::blank();
            desk.ok(INIT);
            ["key.json", "key.copy.json", "liaison.db"]
                .map(|name| (name, std::fs::read(desk.data().join(name)).expect("a file")))
                .into()
        });
        let desk = Desk::blank();
        std::fs::create_dir(desk.data()).expect("a directory");
        for (name, bytes) in files {
            std::fs::write(desk.data().join(name), bytes).expect("a copy");
        }
        desk
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// A file beside the data.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.directory.path().join(name);
        std::fs::write(&path, content).expect("a file");
        path
    }

    /// The binary with these arguments, the passcode in its environment.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        self.command_on(&self.data(), arguments)
    }

    /// The same, with its data in another place.
    pub fn command_on<S: AsRef<OsStr>>(&self, data: &Path, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_liaison-cli"));
        command.arg("--data").arg(data).args(arguments);
        command.env("LIAISON_PASSCODE", PASSCODE).env_remove("LIAISON_DATA").env_remove("RUST_LOG");
        // No keychain of whoever runs the tests.
        command.env("LIAISON_KEYCHAIN", "none");
        command.stdin(Stdio::null());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        Ran::of(self.command(arguments).output().expect("the binary runs"))
    }

    /// Runs what has to succeed; gives what it printed.
    pub fn ok<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
        ran.out
    }

    /// Runs what has to succeed and answer in JSON.
    pub fn json<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Value {
        let out = self.ok(arguments);
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    /// Imports text as a CSV file.
    pub fn import(&self, content: &str) -> Value {
        let file = self.file("people.csv", content);
        self.json([OsStr::new("import"), file.as_os_str(), OsStr::new("--json")])
    }

    /// The contacts of the directory.
    pub fn contacts(&self) -> Vec<Value> {
        rows(&self.json(["contacts", "list", "--json"]))
    }
}

impl Ran {
    pub fn of(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

pub fn rows(list: &Value) -> Vec<Value> {
    list["rows"].as_array().expect("rows").clone()
}

/// A field that is a text.
pub fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is a text in {value}")).to_owned()
}

/// The keys of an object, in order of the alphabet.
pub fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// The bytes of every file below a directory but the lock and the count of wrong passcodes.
pub fn bytes(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(directory) else { return BTreeMap::new() };
    let files = entries
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).expect("a file")));
    files.filter(|(name, _)| name != "liaison.lock" && name != "key.attempts.json").collect()
}
