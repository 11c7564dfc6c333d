//! Links to elsewhere are opened by the system's programs; the window stays where it is.

use crate::desk::{open_somebody, seeded_journey, values};
use anyhow::{Context, Result, ensure};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_MIDDLE, MouseActions, PointerAction};
use liaison_app::contacts;
use liaison_journeys::harness::{PATIENCE, Start, Window};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Instant;

/// What stands in for the system's programs: a folder with an `xdg-open` that writes down what it is asked to open.
struct Opener {
    folder: tempfile::TempDir,
}

impl Opener {
    fn new() -> Result<Opener> {
        let folder = tempfile::tempdir()?;
        let (program, log) = (folder.path().join("xdg-open"), folder.path().join("opened"));
        std::fs::write(&program, format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >> '{}'\n", log.display()))?;
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755))?;
        std::fs::write(&log, "")?;
        Ok(Opener { folder })
    }

    fn start(&self) -> Result<Start> {
        let mut path = vec![self.folder.path().to_owned()];
        path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let path = std::env::join_paths(path)?.into_string().ok().context("a PATH in Unicode")?;
        Ok(Start { environment: vec![("PATH".to_owned(), path)], ..Start::default() })
    }

    /// Waits until so many links were opened, and answers with all of them.
    async fn opened(&self, count: usize) -> Result<Vec<String>> {
        let end = Instant::now() + PATIENCE;
        loop {
            let log: &Path = &self.folder.path().join("opened");
            let lines: Vec<String> = std::fs::read_to_string(log)?.lines().map(str::to_owned).collect();
            if lines.len() >= count || Instant::now() > end {
                ensure!(lines.len() == count, "{count} links were followed, and these opened: {lines:?}");
                return Ok(lines);
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
}

async fn click_middle(window: &Window, selector: &str) -> Result<()> {
    let element = window.find_css(selector).await?;
    let press = MouseActions::new("mouse".to_owned())
        .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
        .then(PointerAction::Down { button: MOUSE_BUTTON_MIDDLE })
        .then(PointerAction::Up { button: MOUSE_BUTTON_MIDDLE });
    window.client()?.perform_actions(press).await.context("clicking with the middle button")
}

#[test]
fn links_open_in_other_programs_and_the_window_stays() -> Result<()> {
    let opener = Opener::new()?;
    let contact = values(&[
        ("first_name", "Zsofia"),
        ("last_name", "Quillfeather"),
        ("email", "zsofia@quill.example"),
        ("work_phone", "+1 (555) 010-4477"),
        ("website", "https://quill.example/about"),
    ]);
    let seed = async |desk: &liaison_app::Session| {
        contacts::contact_create(desk, &contact).await?;
        Ok(())
    };
    seeded_journey("links", opener.start()?, 5, seed, async |window, ()| {
        open_somebody(window, "quillfeather").await?;
        let before = window.script("window.stays = true; return location.href", Vec::new()).await?;
        window.click_css("a[href^='tel:']").await?;
        let mut expected = vec!["tel:+15550104477"];
        ensure!(opener.opened(1).await? == expected);
        window.click_css("a[href^='mailto:']").await?;
        expected.push("mailto:zsofia@quill.example");
        ensure!(opener.opened(2).await? == expected);
        // It asks for a window of its own.
        window.click_css("a[href^='https:'][target=_blank]").await?;
        expected.push("https://quill.example/about");
        ensure!(opener.opened(3).await? == expected);
        click_middle(window, "a[href^='https:']").await?;
        expected.push("https://quill.example/about");
        ensure!(opener.opened(4).await? == expected);
        window.script("document.querySelector(\"a[href^='tel:']\").focus()", Vec::new()).await?;
        window.press("Enter").await?;
        expected.push("tel:+15550104477");
        ensure!(opener.opened(5).await? == expected);

        let after = window.script("return window.stays && location.href", Vec::new()).await?;
        ensure!(after == before, "the window went from {before} to {after}");
        ensure!(window.client()?.windows().await?.len() == 1, "another window was opened");
        window.wait_for_text("Zsofia Quillfeather").await
    })
}
