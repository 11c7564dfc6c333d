//! A real SMTP server on loopback: aiosmtpd, Debian's package `python3-aiosmtpd`. Shared by test programs of which each uses a part.
#![allow(dead_code)]

use base64::Engine as _;
use liaison_mail::Server;
use liaison_mail::smtp::{Patience, Security};
use serde::Deserialize;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// A server that runs until it is dropped.
pub struct TestServer {
    process: Child,
    _stays_open: Option<ChildStdin>,
    happenings: BufReader<ChildStdout>,
    pub port: u16,
    pub certificate: String,
    pub security: Security,
    _directory: TempDir,
}

/// Something that happened at the server.
#[derive(Debug, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Happening {
    Listening {
        port: u16,
    },
    Connection,
    /// A line that the server heard encrypted; from [`TestServer::start_injected`] only.
    Heard {
        line: String,
    },
    /// A connection ended; from [`TestServer::start_injected`] only.
    Ended,
    Message(Received),
}

/// A message the server took.
#[derive(Debug, Deserialize)]
pub struct Received {
    pub sender: String,
    pub recipients: Vec<String>,
    content: String,
    pub secured: bool,
    pub user: Option<String>,
    pub peer: u16,
}

impl Received {
    /// The message as it came over the wire.
    pub fn bytes(&self) -> Vec<u8> {
        base64::engine::general_purpose::STANDARD.decode(&self.content).expect("base64")
    }
}

impl TestServer {
    /// Starts a server that secures connections in this way.
    pub fn start(security: Security) -> TestServer {
        let word = match security {
            Security::StartTls => "starttls",
            Security::Tls => "tls",
            Security::None => "plain",
        };
        TestServer::run(word, security)
    }

    /// Starts a server with somebody in between who answers for it, in advance, before TLS begins.
    pub fn start_injected() -> TestServer {
        TestServer::run("injected", Security::StartTls)
    }

    fn run(word: &str, security: Security) -> TestServer {
        let directory = tempfile::tempdir().expect("a directory");
        let (certificate, key) = (directory.path().join("certificate.pem"), directory.path().join("key.pem"));
        certify(&certificate, &key);
        let mut process = Command::new(PYTHON.find())
            .arg(script())
            .arg(word)
            .args([&certificate, &key])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", PYTHON.words));
        let stays_open = process.stdin.take();
        let happenings = BufReader::new(process.stdout.take().expect("its output"));
        let certificate = std::fs::read_to_string(&certificate).expect("the certificate");
        let mut server = TestServer {
            process,
            _stays_open: stays_open,
            happenings,
            port: 0,
            certificate,
            security,
            _directory: directory,
        };
        match server.next() {
            Happening::Listening { port } => server.port = port,
            other => panic!("{other:?} before the server listens"),
        }
        server
    }

    /// What happens next; waits for it.
    pub fn next(&mut self) -> Happening {
        let mut line = String::new();
        self.happenings.read_line(&mut line).expect("a line");
        serde_json::from_str(&line).unwrap_or_else(|error| {
            panic!("the mail server stopped ({error}); it needs the package python3-aiosmtpd: {line}")
        })
    }

    /// The next message it took, whatever connections were made before.
    pub fn received(&mut self) -> Received {
        loop {
            if let Happening::Message(received) = self.next() {
                return received;
            }
        }
    }

    /// How the server is reached, logging in with the right password.
    pub fn server(&self) -> Server {
        Server {
            host: "localhost".into(),
            port: self.port,
            security: self.security,
            log_in: (self.security != Security::None).then(|| ("career".into(), "right".into())),
            authority: Some(self.certificate.clone()),
            patience: Patience::default(),
        }
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The server's program, wherever in the project the test program lies.
fn script() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut above = here.ancestors().map(|folder| folder.join("crates/mail/tests/smtp/server.py"));
    above.find(|path| path.is_file()).expect("the mail server's program")
}

/// A program of the system that these tests need, wherever each system has it.
struct Program {
    /// Names another one.
    variable: &'static str,
    /// Where it may be: paths are tried in turn, a bare name is looked up by the system.
    places: &'static [&'static str],
    words: &'static str,
}

// Debian's own Python has Debian's packages; another one on the PATH has not. Windows has no python3.exe by itself.
const PYTHON: Program = Program {
    variable: "PYTHON",
    places: if cfg!(windows) { &["python"] } else { &["/usr/bin/python3", "python3"] },
    words: "the mail tests need Python with the package aiosmtpd; PYTHON may name it",
};

// Windows has none of its own; Git brings one.
const OPENSSL: Program = Program {
    variable: "OPENSSL_PROGRAM",
    places: if cfg!(windows) { &["C:\\Program Files\\Git\\usr\\bin\\openssl.exe", "openssl"] } else { &["openssl"] },
    words: "the mail tests need the program openssl; OPENSSL_PROGRAM may name it",
};

impl Program {
    fn find(&self) -> std::ffi::OsString {
        std::env::var_os(self.variable).unwrap_or_else(|| self.first(|place| Path::new(place).is_file()).into())
    }

    /// The first place where it is; a bare name, which comes last, always counts.
    fn first(&self, is_there: impl Fn(&str) -> bool) -> &'static str {
        let last = self.places[self.places.len() - 1];
        self.places.iter().copied().find(|place| is_there(place)).unwrap_or(last)
    }
}

#[test]
fn programs_are_found_where_a_system_has_them() {
    let program = Program { variable: "NO_SUCH_VARIABLE", places: &["/one", "/two", "bare"], words: "" };
    assert_eq!(program.first(|place| place == "/two"), "/two");
    assert_eq!(program.first(|_| false), "bare");
}

fn certify(certificate: &Path, key: &Path) {
    let made = Command::new(OPENSSL.find())
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .arg("-keyout")
        .arg(key)
        .arg("-out")
        .arg(certificate)
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", OPENSSL.words));
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
