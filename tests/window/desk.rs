//! A desk with people in it, made before the window opens.

use anyhow::Result;
use liaison_app::Session;
use liaison_app::import::unwatched;
use liaison_app::sample;
use liaison_app::start::{SetupInput, set_up};
use liaison_domain::parse::FieldValue;
use liaison_journeys::harness::{Start, Window, journey_from};
use std::collections::HashMap;
use std::path::Path;
use tempfile::TempDir;

/// Opens the key of every desk made here.
pub const PASSCODE: &str = "twelve quiet owls";

/// Runs a journey on a desk with this many sample contacts, unlocked by the environment.
pub fn journey(
    name: &str,
    contacts: u32,
    arguments: &[&str],
    steps: impl AsyncFnOnce(&mut Window) -> Result<()>,
) -> Result<()> {
    let folder = desk(contacts)?;
    let start = Start {
        arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
        environment: vec![("LIAISON_PASSCODE".to_owned(), PASSCODE.to_owned())],
        data: Some(folder.path().to_owned()),
    };
    journey_from(name, start, steps)
}

/// The same, with something said about the start.
pub fn journey_with(
    name: &str,
    start: Start,
    contacts: u32,
    steps: impl AsyncFnOnce(&mut Window) -> Result<()>,
) -> Result<()> {
    seeded_journey(name, start, contacts, async |_| Ok(()), async |window, ()| steps(window).await)
}

/// The same, on a system set to dark colours.
pub fn dark_journey(name: &str, contacts: u32, steps: impl AsyncFnOnce(&mut Window) -> Result<()>) -> Result<()> {
    let folder = desk(contacts)?;
    let mut start = Start::dark();
    start.environment.push(("LIAISON_PASSCODE".to_owned(), PASSCODE.to_owned()));
    start.data = Some(folder.path().to_owned());
    journey_from(name, start, steps)
}

/// A journey on a desk that `seed` put something into before the window opens; `steps` get what it gave back.
pub fn seeded_journey<T>(
    name: &str,
    mut start: Start,
    contacts: u32,
    seed: impl AsyncFnOnce(&Session) -> Result<T>,
    steps: impl AsyncFnOnce(&mut Window, T) -> Result<()>,
) -> Result<()> {
    let (folder, seeded) = seeded_desk(contacts, seed)?;
    start.environment.push(("LIAISON_PASSCODE".to_owned(), PASSCODE.to_owned()));
    start.data = Some(folder.path().to_owned());
    journey_from(name, start, async |window| steps(window, seeded).await)
}

/// A journey on the files of a desk that `damage` did something to before the window opens; `steps` get their folder.
pub fn damaged_journey(
    name: &str,
    damage: impl FnOnce(&Path) -> Result<()>,
    steps: impl AsyncFnOnce(&mut Window, &Path) -> Result<()>,
) -> Result<()> {
    let folder = desk(5)?;
    damage(folder.path())?;
    let start = Start {
        environment: vec![("LIAISON_PASSCODE".to_owned(), PASSCODE.to_owned())],
        data: Some(folder.path().to_owned()),
        ..Start::default()
    };
    journey_from(name, start, async |window| steps(window, folder.path()).await)
}

/// A desk with this many sample contacts, closed.
pub fn desk(contacts: u32) -> Result<TempDir> {
    Ok(seeded_desk(contacts, async |_| Ok(()))?.0)
}

/// A desk that `seed` put something into; what it gave back.
pub fn seeded_desk<T>(contacts: u32, seed: impl AsyncFnOnce(&Session) -> Result<T>) -> Result<(TempDir, T)> {
    let folder = tempfile::Builder::new().prefix("liaison-desk-").tempdir()?;
    let input = SetupInput {
        institution: "Northfield University".into(),
        first_name: "Dana".into(),
        last_name: "Reyes".into(),
        email: "dana@northfield.example".into(),
        time_zone: None,
        passcode: Some(PASSCODE.into()),
        sample_contacts: None,
    };
    // The use cases block a worker while they talk to SQLite, which needs a runtime with several.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let seeded = runtime.block_on(async {
        let (desk, _) = set_up(folder.path(), &input).await?;
        if contacts > 0 {
            sample::sample_create(&desk, contacts, 3, &mut unwatched).await?;
        }
        let seeded = seed(&desk).await?;
        desk.engine().close().await?;
        anyhow::Ok(seeded)
    })?;
    Ok((folder, seeded))
}

/// Waits until the list on the page shows the rows that were asked for.
pub async fn list_is_read(window: &Window) -> Result<()> {
    let read = "return document.querySelector('[role=grid]')?.getAttribute('aria-busy') === 'false'";
    window.wait_until("the list is read", read, Vec::new()).await
}

/// Goes to a page by its keys, once the desk is open; out of a text field first, where keys are text.
pub async fn go(window: &Window, key: &str, title: &str) -> Result<()> {
    window.find("navigation", "Main navigation").await?;
    window.script("document.activeElement?.blur()", Vec::new()).await?;
    window.press(&format!("g {key}")).await?;
    window.wait_for_title(title).await
}

/// Goes to the directory and opens the only contact these words find.
pub async fn open_somebody(window: &Window, words: &str) -> Result<()> {
    go(window, "c", "Contacts").await?;
    window.find("grid", "Contact Directory").await?;
    window.press("/").await?;
    window.type_text(words).await?;
    window.wait_for_text("1 contact").await?;
    window.press("ArrowDown").await?;
    window.press("Enter").await?;
    window.find("button", "Action").await?;
    Ok(())
}

/// What a form would send: each field's key with its text.
pub fn values(given: &[(&str, &str)]) -> HashMap<String, FieldValue> {
    given.iter().map(|(key, value)| ((*key).to_owned(), FieldValue::Text((*value).to_owned()))).collect()
}
