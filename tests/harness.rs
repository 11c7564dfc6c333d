//! The real window, driven through WebKitWebDriver.
//!
//! A journey is one story from the first click to the last check:
//!
//! ```no_run
//! use liaison_journeys::harness::{journey, Size};
//!
//! # fn main() -> anyhow::Result<()> {
//! journey("first_start", async |window| {
//!     window.click("button", "Start").await?;
//!     window.wait_for_text("Contacts").await?;
//!     window.check_accessibility().await?;
//!     window.screenshot("first_start", Size::DESK).await
//! })
//! # }
//! ```
//!
//! When a step fails, the journey leaves `screenshots/failed-<name>.png` and reports what stood on the screen and
//! what the app and the driver wrote.

mod accessibility;
mod chromium;
mod driver;
mod keys;
mod window;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, anyhow};

pub use chromium::{Chromium, VIEWS};
pub use window::{Size, Window};

/// How long any single wait may last before it counts as failed. Only what is broken waits so long: a busy machine
/// takes many times what a person would.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// How long a whole journey may last.
const LONGEST: Duration = Duration::from_secs(600);

/// How the app is started.
#[derive(Default, Clone)]
pub struct Start {
    /// Arguments of the app, such as a file to open.
    pub arguments: Vec<String>,
    /// Variables on top of the test's own.
    pub environment: Vec<(String, String)>,
    /// The folder with the desk's data; a new, empty one where there is none.
    pub data: Option<PathBuf>,
}

impl Start {
    /// As on a system set to dark colours.
    pub fn dark() -> Self {
        Self { environment: vec![("GTK_THEME".to_owned(), "Adwaita:dark".to_owned())], ..Self::default() }
    }
}

/// Opens the app on an empty desk and goes through the steps.
///
/// # Errors
/// What the failing step answered, with what was on the screen and in the log.
pub fn journey(name: &str, steps: impl AsyncFnOnce(&mut Window) -> Result<()>) -> Result<()> {
    journey_from(name, Start::default(), steps)
}

/// As [`journey`], with something said about the start.
///
/// # Errors
/// What the failing step answered, with what was on the screen and in the log.
pub fn journey_from(name: &str, start: Start, steps: impl AsyncFnOnce(&mut Window) -> Result<()>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(with_window(name, start, steps))
}

/// Opens the app and goes through the steps; within a journey, one more beside the window it has.
///
/// # Errors
/// What the failing step answered, with what was on this window's screen and in its log.
pub async fn with_window(name: &str, start: Start, steps: impl AsyncFnOnce(&mut Window) -> Result<()>) -> Result<()> {
    let mut window = Window::open(name, start).await?;
    let result = tokio::time::timeout(LONGEST, steps(&mut window))
        .await
        .unwrap_or_else(|_| Err(anyhow!("the journey takes longer than {} s", LONGEST.as_secs())));
    let result = match result {
        Ok(()) => Ok(()),
        Err(error) => Err(anyhow!("journey {name}: {error:#}\n{}", window.describe().await)),
    };
    window.close().await;
    result
}
