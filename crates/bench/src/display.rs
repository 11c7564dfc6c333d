//! A virtual screen and a session bus of our own: windows elsewhere on this machine neither disturb nor are disturbed.

use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The size of the screen, which the windows fill.
pub const WIDTH: u16 = 1280;
/// See [`WIDTH`].
pub const HEIGHT: u16 = 800;

/// A process that ends with this value.
pub struct Ended(pub Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The screen, the bus and a home directory for whoever is started on them.
pub struct Display {
    /// For example ":7".
    pub name: String,
    bus: String,
    home: PathBuf,
    _server: Ended,
    _daemon: Ended,
    // Closed pipes would end their writers.
    _outputs: [BufReader<ChildStdout>; 2],
}

impl Display {
    /// Starts Xvfb and a bus; keeps the home directory below `directory`.
    pub fn start(directory: &Path) -> Result<Display> {
        let screen = format!("{WIDTH}x{HEIGHT}x24");
        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-noreset"]);
        let (server, number, server_output) = first_line(&mut xvfb)?;
        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        let (daemon, bus, daemon_output) = first_line(&mut daemon)?;
        let home = directory.join("home");
        fs::create_dir_all(home.join("run"))?;
        fs::set_permissions(home.join("run"), fs::Permissions::from_mode(0o700))?;
        let outputs = [server_output, daemon_output];
        Ok(Display { name: format!(":{number}"), bus, home, _server: server, _daemon: daemon, _outputs: outputs })
    }

    /// Starts a program here; what it says goes to a file in its home directory.
    pub fn spawn(&self, program: &Path, environment: &[(&str, &Path)]) -> Result<Ended> {
        let log = fs::File::create(self.home.join("windows.log"))?;
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("GDK_BACKEND", "x11")
            // The accessibility bus isn't there; GTK would look for it for a while.
            .env("NO_AT_BRIDGE", "1")
            .env("HOME", &self.home)
            .env("XDG_RUNTIME_DIR", self.home.join("run"))
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        for name in ["WAYLAND_DISPLAY", "XAUTHORITY", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(name);
        }
        Ok(Ended(command.spawn().with_context(|| format!("{} could not be started", program.display()))?))
    }
}

/// Starts a server that says on its first line where it can be reached.
fn first_line(command: &mut Command) -> Result<(Ended, String, BufReader<ChildStdout>)> {
    let name = command.get_program().to_string_lossy().into_owned();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = Ended(child.with_context(|| format!("{name} could not be started"))?);
    let mut output = BufReader::new(child.0.stdout.take().with_context(|| format!("{name} has no output"))?);
    let mut line = String::new();
    output.read_line(&mut line)?;
    if line.trim().is_empty() {
        bail!("{name} ended at once");
    }
    Ok((child, line.trim().to_owned(), output))
}
