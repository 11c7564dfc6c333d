//! `cargo xtask hub`, and the hub that `cargo xtask run --with-hub` starts.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::process;
use crate::project::Project;
use crate::system::{Need, install_missing};

/// Runs the hub; the arguments are the program's own, for example `serve`. Without any it is tried out, on a PostgreSQL
/// of its own.
pub fn hub(project: &Project, arguments: &[String]) -> Result<()> {
    let arguments = if arguments.is_empty() { &["try".to_owned()][..] } else { arguments };
    if arguments.first().is_some_and(|first| first == "try") {
        install_missing(&[Need::Hub])?;
    }
    let mut cargo = project.cargo(&["run", "--quiet", "-p", "liaison-hub", "--"]);
    process::run(cargo.args(arguments))
}

/// A hub with a portal to try, and the data of a desk that is connected to it. It ends with this value.
pub struct PortalToTry {
    program: Child,
    data: String,
    passcode: String,
    portal: String,
}

impl PortalToTry {
    /// Starts it, and prints what it says: where the portal is, who can log in, and letters as they arrive.
    ///
    /// # Errors
    /// When it can't be built, or ends before everything is set up.
    pub fn start(project: &Project) -> Result<PortalToTry> {
        const EXAMPLE: &str = "portal_to_try";
        process::run(&mut project.cargo(&["build", "--workspace", "--example", EXAMPLE]))?;
        println!("\nA hub with a portal and a desk are being set up; this takes some seconds.");
        let program = project.example(EXAMPLE)?;
        let mut command = Command::new(&program);
        // What it tells of itself is for whoever develops it.
        command.env("RUST_LOG", "warn").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = command.spawn().with_context(|| format!("{} could not be started", program.display()))?;
        let mut lines = BufReader::new(program.stdout.take().context("it has no output")?).lines();
        let (mut data, mut passcode, mut portal) = (None, None, None);
        for line in lines.by_ref() {
            let line = line?;
            println!("{line}");
            if let Some(said) = line.strip_prefix("passcode of the desk: ") {
                passcode = Some(said.to_owned());
            } else if let Some(said) = line.strip_prefix("desk: ") {
                data = Some(said.to_owned());
            } else if let Some(said) = line.strip_prefix("portal for employers: ") {
                portal = Some(said.to_owned());
            } else if line.starts_with("letters appear here") {
                break;
            }
        }
        let (Some(data), Some(passcode), Some(portal)) = (data, passcode, portal) else {
            bail!("the hub could not be set up: {}", program.wait()?);
        };
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| println!("{line}")));
        Ok(PortalToTry { program, data, passcode, portal })
    }

    /// Writes a picture of what employers see first.
    ///
    /// # Errors
    /// When the browser can't take it.
    pub fn picture(&self, to: &Path) -> Result<()> {
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let profile = std::env::temp_dir().join(format!("liaison-run-browser-{}", std::process::id()));
        let mut browser = Command::new("chromium");
        browser.args(["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"]);
        browser.args(["--disable-component-update", "--disable-sync", "--hide-scrollbars", "--window-size=1280,800"]);
        browser.arg(format!("--user-data-dir={}", profile.display()));
        if process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
            // Its sandbox does not run as root.
            browser.arg("--no-sandbox");
        }
        browser.arg(format!("--screenshot={}", to.display())).arg(&self.portal);
        let taken = process::output(&mut browser).map(drop);
        // What it kept for itself is of no use.
        let _ = std::fs::remove_dir_all(&profile);
        taken
    }

    /// What the app needs to open the desk.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![("LIAISON_DATA", self.data.clone()), ("LIAISON_PASSCODE", self.passcode.clone())]
    }
}

impl Drop for PortalToTry {
    fn drop(&mut self) {
        // It ends with its standard input, and takes everything with it.
        drop(self.program.stdin.take());
        let _ended = self.program.wait();
    }
}
