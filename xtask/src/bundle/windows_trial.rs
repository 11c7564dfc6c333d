//! The installer of Windows tried under Wine: installed, updated while the app is open, not replaced by an older one,
//! removed. What Wine can't show: administrators' policies, antivirus programs, and a real WebView2.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::windows::Installer;
use crate::cross::Wine;
use crate::display::VirtualDisplay;
use crate::process::{self, Ended};
use crate::project::Project;
use crate::system::{Need, install_missing};

const REMOVAL: &str = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\org.liaison.desk";
const KEYS: [&str; 4] = [
    REMOVAL,
    "HKCU\\Software\\Classes\\Liaison.Contacts",
    "HKCU\\Software\\Classes\\.csv\\OpenWithProgids",
    "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\liaison-cli.exe",
];
/// Older than any version there is.
const OLDER: &str = "0.0.1";

/// A computer with Windows, as far as Wine is one.
struct Computer {
    wine: Wine,
    /// %LOCALAPPDATA%
    local: PathBuf,
}

/// Tries an installer of these programs in `folder`, which is made anew.
///
/// # Errors
/// With the first thing that isn't as it should be.
pub fn run(project: &Project, programs: &Path, folder: &Path) -> Result<()> {
    install_missing(&[Need::Window])?;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let wine = Wine::ready(folder.join("wine"))?;
    let users = fs::read_dir(wine.drive().join("users"))?.flatten().map(|entry| entry.path());
    let user = users.into_iter().find(|user| user.join("AppData").is_dir()).context("Wine has no user")?;
    let computer = Computer { wine, local: user.join("AppData/Local") };
    let installer =
        |version| Installer { programs, version, sign: None, quick: true }.make(project, &folder.join(version));
    let (older, newer) = (installer(OLDER)?, installer(env!("CARGO_PKG_VERSION"))?);
    let done = computer.try_out(&older, &newer, &user);
    if done.is_err() {
        println!("{}", computer.log(&user));
    }
    done?;
    println!("The installer works under Wine: installed, updated while Liaison was open, removed.");
    Ok(())
}

impl Computer {
    fn try_out(&self, older: &Path, newer: &Path, user: &Path) -> Result<()> {
        let place = self.local.join("Programs/Liaison");
        let (app, cli) = (place.join("liaison.exe"), place.join("liaison-cli.exe"));
        let link = user.join("AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Liaison.lnk");
        let data = self.local.join("org.liaison.desk");

        println!("installing {OLDER}");
        self.expect(self.wine.command(older).arg("/S"), 0)?;
        for file in [&app, &cli, &place.join("uninstall.exe"), &place.join("guides/it.md"), &link] {
            is_there(file, true)?;
        }
        self.version_is(Some(OLDER))?;
        for key in KEYS {
            self.key_is_there(key, true)?;
        }
        self.expect(self.cli(&cli).args(["init", "--institution", "Northfield University"]).args(ADMIN), 0)?;
        is_there(&data.join("liaison.db"), true)?;

        println!("updating while Liaison is open");
        let display = VirtualDisplay::start(1280, 800)?;
        let mut open = self.open(&app, &display, "first")?;
        self.expect(self.wine.command(newer).arg("/S"), 0)?;
        self.version_is(Some(env!("CARGO_PKG_VERSION")))?;
        if let Some(status) = open.0.try_wait()? {
            bail!("the open window was ended by the update ({status})");
        }
        let is_replaced =
            fs::read_dir(&place)?.flatten().any(|file| file.path().extension().is_some_and(|end| end == "replaced"));
        if !is_replaced {
            bail!("the program that is open was not kept beside the new one in {}", place.display());
        }
        self.expect(self.cli(&cli).arg("verify"), 0)?;

        println!("not replacing it by {OLDER}");
        self.expect(self.wine.command(older).arg("/S"), 2)?;
        self.version_is(Some(env!("CARGO_PKG_VERSION")))?;

        // What is open now is the one of the update.
        drop(open);
        println!("removing it only once it is closed");
        let mut open = self.open(&app, &display, "second")?;
        let remove = place.join("uninstall.exe");
        let in_place =
            "_?=C:\\".to_owned() + &place.strip_prefix(self.wine.drive())?.to_string_lossy().replace('/', "\\");
        self.expect(self.wine.command(&remove).args(["/S", &in_place]), 3)?;
        if let Some(status) = open.0.try_wait()? {
            bail!("the open window was ended by the removal ({status})");
        }
        is_there(&app, true)?;
        is_there(&cli, true)?;
        drop(open);

        println!("removing it");
        // It copies itself and goes on from there, so that its end is not the end.
        self.expect(self.wine.command(&remove).arg("/S"), 0)?;
        wait_for("its removal", || !place.exists())?;
        wait_for("the end of its removal", || self.log(user).contains("Liaison was removed"))?;
        is_there(&link, false)?;
        for key in KEYS {
            self.key_is_there(key, false)?;
        }
        is_there(&data.join("liaison.db"), true)
    }

    /// The app on a desk of its own, once it has begun. Without a web view it shows a message that says so, and stays
    /// until that is closed.
    fn open(&self, app: &Path, display: &VirtualDisplay, desk: &str) -> Result<Ended> {
        let mut open = self.wine.command(app);
        display.apply(&mut open);
        open.env("LIAISON_DATA", format!("C:\\{desk}"));
        let open = Ended(open.spawn().context("Wine could not be started")?);
        let log = self.wine.drive().join(desk).join("liaison.log");
        wait_for("Liaison to start", || log.is_file())?;
        Ok(open)
    }

    fn cli(&self, program: &Path) -> Command {
        let mut command = self.wine.command(program);
        command.env("LIAISON_PASSCODE", "correct horse battery staple");
        command
    }

    fn expect(&self, command: &mut Command, code: i32) -> Result<()> {
        let words = process::words(command);
        let output = command.output().with_context(|| format!("`{words}` could not be started"))?;
        if output.status.code() != Some(code) {
            bail!(
                "`{words}` ended with {}, not with {code}: {}{}",
                output.status,
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(())
    }

    fn version_is(&self, expected: Option<&str>) -> Result<()> {
        let asked = process::output(self.wine.command("reg").args(["query", REMOVAL, "/v", "DisplayVersion"]))?;
        let found = asked.split_whitespace().last();
        if found != expected {
            bail!("the system lists version {found:?} instead of {expected:?}");
        }
        Ok(())
    }

    fn key_is_there(&self, key: &str, expected: bool) -> Result<()> {
        let is = process::succeeds(self.wine.command("reg").args(["query", key]));
        if is != expected {
            bail!("the registry {} {key}", if is { "still has" } else { "lacks" });
        }
        Ok(())
    }

    /// What the installer wrote down.
    fn log(&self, user: &Path) -> String {
        let places = [self.local.join("Temp"), user.join("Temp")];
        let bytes = places.iter().find_map(|place| fs::read(place.join("Liaison-setup.log")).ok()).unwrap_or_default();
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    }
}

const ADMIN: [&str; 2] = ["--admin", "Dana Reyes <dana@northfield.example>"];

fn is_there(file: &Path, expected: bool) -> Result<()> {
    if file.exists() != expected {
        bail!("{} is {}", file.display(), if expected { "missing" } else { "still there" });
    }
    Ok(())
}

fn wait_for(what: &str, is_so: impl Fn() -> bool) -> Result<()> {
    let end = Instant::now() + Duration::from_secs(120);
    while !is_so() {
        if Instant::now() > end {
            bail!("waited two minutes for {what}");
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}
