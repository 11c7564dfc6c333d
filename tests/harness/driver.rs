//! WebKitWebDriver as a process, with the app it starts.

use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Start;

/// A running driver. It ends with this value, and so does the app.
pub(super) struct Driver {
    process: Child,
    port: u16,
    log: PathBuf,
}

impl Driver {
    /// Starts the driver on a free port; the app inherits its environment and its output.
    pub fn start(start: &Start, data: &Path, log: &Path) -> Result<Self> {
        // Free now; another program could take it before the driver does, and then the driver ends at once.
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let output = File::options().create(true).append(true).open(log)?;
        let config = data.join("webkit-config");
        // The page then asks for reduced motion: nothing is checked or pictured halfway through a transition.
        std::fs::create_dir_all(config.join("gtk-3.0"))?;
        std::fs::write(config.join("gtk-3.0/settings.ini"), "[Settings]\ngtk-enable-animations=0\n")?;
        let process = Command::new("WebKitWebDriver")
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            // Both: the web view listens for a driver only when the app and the web kit agree to it.
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("LIAISON_DATA", data)
            // What WebKit and the window keep for themselves (the place last looked at, the window's size) begins empty.
            .env("XDG_DATA_HOME", data.join("webkit-data"))
            .env("XDG_CONFIG_HOME", config)
            .env("XDG_CACHE_HOME", data.join("webkit-cache"))
            .envs(start.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .context("WebKitWebDriver can't be started; Debian has it in webkit2gtk-driver")?;
        let mut driver = Self { process, port, log: log.to_owned() };
        driver.wait_until_it_listens()?;
        Ok(driver)
    }

    fn wait_until_it_listens(&mut self) -> Result<()> {
        let end = Instant::now() + super::PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if let Some(status) = self.process.try_wait()? {
                bail!("WebKitWebDriver ended at once ({status}): {}", self.log_tail());
            }
            if Instant::now() > end {
                bail!("WebKitWebDriver does not listen: {}", self.log_tail());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The last lines that the driver and the app wrote.
    pub fn log_tail(&self) -> String {
        let text = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    /// The app's own process, for measuring or for pulling the plug.
    pub fn app(&self) -> Option<u32> {
        children(self.process.id()).into_iter().next()
    }

    /// Waits until the app has ended, so that the next one finds the database free. Ends it where it doesn't.
    pub fn wait_for_the_apps_end(&self) {
        let start = Instant::now();
        while let Some(app) = self.app() {
            if start.elapsed() > Duration::from_secs(10) {
                // The process is a child of our own driver, so nobody else's app has this number.
                let _ = Command::new("kill").args(["-9", &app.to_string()]).status();
            }
            if start.elapsed() > Duration::from_secs(20) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.wait_for_the_apps_end();
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The running processes that `parent` started.
pub(super) fn children(parent: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|process| {
            // "123 (name with spaces) S 100 …": state and parent stand after the last bracket.
            let status = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            let after = status.rsplit(')').next().unwrap_or_default();
            let mut words = after.split_whitespace();
            // A process whose first thread is gone holds its files until the last one is: the name on the bus, too.
            let threads = || std::fs::read_dir(format!("/proc/{process}/task")).map_or(0, Iterator::count);
            let ended = words.next().is_none_or(|state| state == "Z" && threads() <= 1);
            !ended && words.next().and_then(|word| word.parse().ok()) == Some(parent)
        })
        .collect()
}
