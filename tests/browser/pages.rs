//! A visitor who looks at every page on the way, and which pages there are.

use crate::site::Site;
use anyhow::{Context as _, Result};
use liaison_journeys::harness::Chromium;
use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex};

/// Paths that were looked at, by all tests.
static LOOKED_AT: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(Mutex::default);

/// What is wrong with them: all of it is said at the end, so that one run is enough.
static WRONG: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Pages that only lead on to others.
const LEADS_ON: [&str; 1] = ["/.well-known/change-password"];

/// Pages behind letters of rarer stories, which nobody looks at here: signing up again after a rejection, choosing among
/// employers with one domain, accepting a colleague's invitation. The hub's tests open and send them.
const NOT_LOOKED_AT: [&str; 3] = ["/hire/again", "/hire/employer/choose", "/hire/join"];

/// A visitor of a portal.
pub struct Visitor<'a> {
    pub browser: Chromium,
    site: &'a Site,
}

impl<'a> Visitor<'a> {
    pub async fn of(site: &'a Site) -> Result<Visitor<'a>> {
        Ok(Visitor { browser: Chromium::start().await?, site })
    }

    /// Opens a page of the portal, or a link in a letter.
    pub async fn open(&self, path: &str) -> Result<()> {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.site.origin) };
        self.browser.open(&address).await
    }

    /// Looks at the page that is open, and holds that it is this one.
    pub async fn look(&self, name: &str, heading: &str) -> Result<()> {
        let found = self.browser.heading().await?;
        anyhow::ensure!(found == heading, "{name}: the heading is {found:?}, not {heading:?}");
        let path = self.browser.address().await?.path().to_owned();
        if let Err(error) = self.browser.look(name).await {
            WRONG.lock().expect("no test panics with it").push(format!("{error:#}"));
        }
        LOOKED_AT.lock().expect("no test panics with it").insert(path);
        Ok(())
    }

    /// Fills fields in, by their labels.
    pub async fn fill(&self, fields: &[(&str, &str)]) -> Result<()> {
        for (label, text) in fields {
            self.browser.fill(label, text).await?;
        }
        Ok(())
    }

    /// Fills a form in and sends it.
    pub async fn send(&self, fields: &[(&str, &str)], button: &str) -> Result<()> {
        self.fill(fields).await?;
        self.browser.click(button).await
    }

    /// Sends the form that is open as it is: what is wrong stands first and has the focus, and leads to the field.
    pub async fn send_wrong(&self, button: &str, problem: &str) -> Result<()> {
        self.browser.click(button).await?;
        let focused = self.browser.script("return document.activeElement.innerText", Vec::new()).await?;
        let focused = focused.as_str().unwrap_or_default();
        anyhow::ensure!(focused.contains(problem), "{problem:?} does not have the focus, but {focused:?}");
        let title = self.browser.script("return document.title", Vec::new()).await?;
        anyhow::ensure!(title.as_str().is_some_and(|title| title.starts_with("Error: ")), "the title is {title}");
        self.browser.press("Tab").await?;
        self.browser.press("Enter").await?;
        let field = "const one = document.activeElement;
            const by = (one.getAttribute('aria-describedby') ?? '').split(' ').map(id => document.getElementById(id)?.innerText);
            return [one.tagName, one.getAttribute('aria-invalid'), by.join(' ')]";
        let field = self.browser.script(field, Vec::new()).await?;
        let is_marked = field[1] == "true" && field[2].as_str().is_some_and(|by| by.contains(problem));
        anyhow::ensure!(is_marked, "the link of {problem:?} leads to {field}");
        Ok(())
    }

    /// Follows every link from the page that is open, and those of the pages behind, and looks at all that are new.
    pub async fn look_around(&self, name: &str) -> Result<()> {
        let mut open = self.links().await?;
        let mut seen = BTreeSet::new();
        while let Some(path) = open.pop_first() {
            if !seen.insert(path.clone()) || LOOKED_AT.lock().expect("no test panics with it").contains(&path) {
                continue;
            }
            self.open(&path).await?;
            let heading = self.browser.heading().await?;
            self.look(&format!("{name}{}", path.replace('/', "-")), &heading).await?;
            open.extend(self.links().await?);
        }
        Ok(())
    }

    async fn links(&self) -> Result<BTreeSet<String>> {
        let links = "return [...document.links].filter(one => one.origin === location.origin).map(one => one.pathname)";
        let links = self.browser.script(links, Vec::new()).await?;
        let links = links.as_array().context("links")?;
        Ok(links.iter().filter_map(|link| link.as_str()).map(str::to_owned).collect())
    }

    pub async fn close(self) {
        self.browser.close().await;
    }
}

/// The paths of pages, as the portal's router has them.
fn pages() -> Vec<&'static str> {
    let router = include_str!("../../crates/portal/src/router.rs");
    let routes = router.split(".route(").skip(1).filter_map(|route| route.trim_start().strip_prefix('"'));
    let routes = routes.filter_map(|route| route.split_once('"'));
    routes
        .filter(|(_, methods)| methods.trim_start_matches([',', ' ', '\n']).starts_with("get("))
        .map(|(path, _)| path)
        .collect()
}

/// Holds that every page was looked at, and is good.
pub fn all_are_good() {
    let wrong = WRONG.lock().expect("no test panics with it");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let looked_at = LOOKED_AT.lock().expect("no test panics with it");
    let fits = |pattern: &str, path: &str| {
        let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
        pattern.len() == path.len()
            && pattern.iter().zip(&path).all(|(one, other)| one.starts_with('{') || one == other)
    };
    let all = pages();
    assert!(all.len() > 15, "{all:?}");
    let missing: Vec<&str> = all
        .into_iter()
        .filter(|page| {
            !LEADS_ON.contains(page) && !NOT_LOOKED_AT.contains(page) && !looked_at.iter().any(|path| fits(page, path))
        })
        .collect();
    assert!(missing.is_empty(), "no visitor has looked at {missing:?}");
}
