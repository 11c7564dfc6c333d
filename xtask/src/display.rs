//! A display of our own where there is none, and pictures of what is on it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::process::{self, Ended};

/// True on Linux without a screen. Other systems always have one.
pub fn is_missing() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(target_os = "linux") && !set("DISPLAY") && !set("WAYLAND_DISPLAY")
}

/// A running Xvfb. It ends with this value.
pub struct VirtualDisplay {
    /// `:7` or whichever number was free.
    pub name: String,
    _server: Ended,
}

impl VirtualDisplay {
    /// Starts Xvfb on a display number that it finds free itself, and waits until it can be used.
    ///
    /// # Errors
    /// When it isn't there or doesn't come up within 20 s.
    pub fn start(width: u32, height: u32) -> Result<Self> {
        let child = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24"), "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("Xvfb could not be started")?;
        let mut server = Ended(child);
        let stdout = server.0.stdout.take().context("Xvfb has no output")?;
        let (say, hear) = mpsc::channel();
        std::thread::spawn(move || {
            let mut number = String::new();
            // Xvfb writes the number once it listens; keep its end open, or its next word would kill it.
            let mut reader = BufReader::new(stdout);
            let read = reader.read_line(&mut number);
            let _ = say.send(read.map(|_| number));
            let _ = std::io::copy(&mut reader, &mut std::io::sink());
        });
        let number = hear.recv_timeout(Duration::from_secs(20)).context("Xvfb does not come up")??;
        let number = number.trim();
        if number.is_empty() {
            bail!("Xvfb ended at once; is there a free display, and can /tmp/.X11-unix be written?");
        }
        Ok(Self { name: format!(":{number}"), _server: server })
    }

    /// The program with this display and a desktop session of its own. What the session's services have to say about
    /// themselves is kept from the terminal; the program's own words are not.
    pub fn session(&self, program: &Path) -> Command {
        let quiet = r#"exec 3>&2; exec dbus-run-session -- sh -c 'exec 2>&3 3>&-; exec "$@"' session "$@" 2>/dev/null"#;
        let mut command = Command::new("sh");
        command.args(["-c", quiet, "session"]).arg(program);
        self.apply(&mut command);
        command
    }

    /// Sets what a program needs to use this display and no other.
    pub fn apply(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.name)
            .env("GDK_BACKEND", "x11")
            // The accessibility bus isn't there; GTK would look for it for a while.
            .env("NO_AT_BRIDGE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XAUTHORITY");
    }

    /// Waits until there is something to see that no longer changes, and writes a picture of it.
    ///
    /// # Errors
    /// When the app ends first, nothing shows within `limit`, or ImageMagick fails.
    pub fn picture_when_ready(&self, app: &mut Child, to: &Path, limit: Duration) -> Result<()> {
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let end = Instant::now() + limit;
        let mut before: Option<String> = None;
        loop {
            std::thread::sleep(Duration::from_millis(700));
            if let Some(status) = app.try_wait()? {
                bail!("the app ended before its window was there ({status})");
            }
            self.picture(to)?;
            // Colours and a signature of the picture: an empty screen has one colour, a window without its page a few.
            let seen = process::output(Command::new("identify").args(["-format", "%k %#"]).arg(to))?;
            let colours: u32 = seen.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0);
            if colours > 24 && before.as_ref() == Some(&seen) {
                return Ok(());
            }
            if Instant::now() > end {
                bail!("no window with a page in it after {} s; what there is: {}", limit.as_secs(), to.display());
            }
            before = Some(seen);
        }
    }

    fn picture(&self, to: &Path) -> Result<()> {
        let mut import = Command::new("import");
        import.args(["-silent", "-window", "root"]).arg(to).env("DISPLAY", &self.name);
        process::output(&mut import).map(|_| ())
    }
}

/// A program inside a session, with the number of its own process: ending the session's leader would leave it alive.
pub struct InSession {
    /// The session's leader, which ends when the program does.
    pub leader: Child,
    process_file: PathBuf,
}

impl InSession {
    /// Starts the program in a desktop session on the display.
    ///
    /// # Errors
    /// When it can't be started.
    pub fn start(
        display: &VirtualDisplay,
        program: &Path,
        arguments: &[String],
        environment: &[(&str, String)],
    ) -> Result<Self> {
        let process_file = std::env::temp_dir().join(format!("liaison-run-{}", std::process::id()));
        let mut command = display.session(Path::new("sh"));
        command.args(["-c", r#"echo $$ > "$0"; exec "$@""#]).arg(&process_file).arg(program).args(arguments);
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        let leader = command.spawn().with_context(|| format!("{} could not be started", program.display()))?;
        Ok(Self { leader, process_file })
    }
}

impl Drop for InSession {
    fn drop(&mut self) {
        if let Ok(process) = std::fs::read_to_string(&self.process_file) {
            let running = matches!(self.leader.try_wait(), Ok(None));
            if running {
                process::succeeds(Command::new("kill").arg(process.trim()));
            }
        }
        let end = Instant::now() + Duration::from_secs(10);
        while matches!(self.leader.try_wait(), Ok(None)) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(50));
        }
        // Both may have ended already.
        let _ = self.leader.kill();
        let _ = self.leader.wait();
        let _ = std::fs::remove_file(&self.process_file);
    }
}
