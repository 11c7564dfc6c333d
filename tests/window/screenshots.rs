//! The pictures in docs/screenshots: every screen, light and dark, on a laptop. `cargo xtask screenshots` runs this and
//! keeps the clock still; among the other journeys it does nothing.

use crate::desk::{PASSCODE, desk};
use anyhow::{Context as _, Result};
use liaison_journeys::harness::{Size, Start, Window, journey_from};
use serde::Deserialize;

/// The list of pictures. A test of the interface compares it with its routes.
const SCREENS: &str = include_str!("../../docs/screenshots/screens.json");

/// How many sample contacts the pictures show.
const CONTACTS: u32 = 2_000;

/// A picture to take.
#[derive(Deserialize)]
struct Screen {
    /// The name of its files.
    name: String,
    /// The address of the screen, as the routes have it.
    route: String,
    /// The list whose first row leads to it, where it is the page of a record.
    from: Option<String>,
    /// What follows the address.
    query: Option<String>,
}

#[test]
#[ignore = "takes pictures for the documentation: cargo xtask screenshots"]
fn every_screen_in_light() -> Result<()> {
    pictures("light", Start::default())
}

#[test]
#[ignore = "takes pictures for the documentation: cargo xtask screenshots"]
fn every_screen_in_dark() -> Result<()> {
    pictures("dark", Start::dark())
}

fn pictures(look: &str, mut start: Start) -> Result<()> {
    let screens: Vec<Screen> = serde_json::from_str(SCREENS)?;
    let folder = desk(CONTACTS)?;
    start.environment.push(("LIAISON_PASSCODE".to_owned(), PASSCODE.to_owned()));
    start.data = Some(folder.path().to_owned());
    journey_from(&format!("pictures_{look}"), start, async |window| {
        window.find("navigation", "Main navigation").await?;
        window.resize(Size::DESK).await?;
        for screen in &screens {
            go_to(window, screen).await.with_context(|| format!("on the way to {}", screen.route))?;
            window.screenshot(&format!("docs-{}-{look}", screen.name), Size::DESK).await?;
        }
        Ok(())
    })
}

async fn go_to(window: &Window, screen: &Screen) -> Result<()> {
    let address = screen.from.as_ref().unwrap_or(&screen.route);
    let whole = format!("{address}{}", screen.query.as_deref().unwrap_or_default());
    window.script("location.hash = '#' + arguments[0]", vec![whole.into()]).await?;
    has_read(window, address).await?;
    if screen.from.is_some() {
        // A list takes the focus as it is shown; Enter opens the row it stands on.
        window.find_css("main [role=row] [role=gridcell]").await?;
        window.script("document.querySelector('main [role=grid]')?.focus()", Vec::new()).await?;
        window.press("Enter").await?;
        let beyond = "return location.hash.split('?')[0].startsWith('#' + arguments[0] + '/')";
        window.wait_until("the page of the first row is open", beyond, vec![address.as_str().into()]).await?;
        has_read(window, address).await?;
    }
    Ok(())
}

/// Waits until the screen has read what it shows, and its pieces have come to rest.
async fn has_read(window: &Window, address: &str) -> Result<()> {
    let read = "return location.hash.startsWith('#' + arguments[0]) && !!document.querySelector('main') \
        && !document.querySelector('main [aria-busy=true]')";
    window.wait_until("the screen has read what it shows", read, vec![address.into()]).await
}
