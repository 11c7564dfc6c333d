//! One window of the app and everything a person can do with it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::Driver;
use super::{PATIENCE, Start, accessibility, keys};

/// How long the driver may take to answer one call.
const CALL: Duration = Duration::from_secs(60);

/// How often what the page drew anew meanwhile is looked for again.
const AGAIN: u32 = 4;

/// How long what lies over an element may take to close.
const CLOSES: Duration = Duration::from_millis(500);

/// The member under which WebDriver passes elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A window's size in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Size {
    /// The smallest window everything must work in.
    pub const SMALL: Self = Self { width: 960, height: 600 };
    /// A laptop.
    pub const DESK: Self = Self { width: 1280, height: 800 };
    /// A large screen.
    pub const WIDE: Self = Self { width: 1920, height: 1080 };
}

/// The app's open window.
pub struct Window {
    name: String,
    start: Start,
    data: PathBuf,
    log: PathBuf,
    /// Nothing only while the app is being started again.
    session: Option<Session>,
    // Dropped last, after the app that has files in it.
    _folder: TempDir,
}

struct Session {
    client: Client,
    driver: Driver,
}

impl Window {
    pub(super) async fn open(name: &str, start: Start) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("liaison-journey-").tempdir()?;
        let data = start.data.clone().unwrap_or_else(|| folder.path().join("data"));
        std::fs::create_dir_all(&data)?;
        let log = folder.path().join("driver.log");
        let session = Session::open(&start, &data, &log).await?;
        Ok(Self { name: name.to_owned(), start, data, log, session: Some(session), _folder: folder })
    }

    /// Ends the app without asking it, as a power cut would, and starts it again on the same data.
    ///
    /// # Errors
    /// When it doesn't come up again.
    pub async fn restart(&mut self) -> Result<()> {
        self.end().await;
        self.session = Some(Session::open(&self.start, &self.data, &self.log).await?);
        Ok(())
    }

    /// As [`Self::restart`], with other arguments, such as a file to open.
    ///
    /// # Errors
    /// When it doesn't come up again.
    pub async fn restart_with(&mut self, arguments: &[&str]) -> Result<()> {
        self.start.arguments = arguments.iter().map(ToString::to_string).collect();
        self.restart().await
    }

    pub(super) async fn close(mut self) {
        self.end().await;
    }

    async fn end(&mut self) {
        if let Some(session) = self.session.take() {
            // A dead app can't answer; the driver ends it either way.
            let _ = tokio::time::timeout(CALL, session.client.close()).await;
        }
    }

    /// The folder with the desk's data.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The number of the app's own process.
    pub fn process(&self) -> Option<u32> {
        self.session.as_ref()?.driver.app()
    }

    /// The driver's client, for what has no method here.
    ///
    /// # Errors
    /// When the app could not be started again before.
    pub fn client(&self) -> Result<&Client> {
        Ok(&self.session.as_ref().context("the app is not running")?.client)
    }

    /// The visible element with this role and name; a name fits whole, in any case. Waits for it.
    ///
    /// # Errors
    /// When there is none in time, with the names of those that have the role.
    pub async fn find(&self, role: &str, name: &str) -> Result<Element> {
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = self.look_for(role, name).await?;
            if let Some(id) = answer["element"][ELEMENT].as_str() {
                return Ok(Element::from_element_id(self.client()?.clone(), ElementRef::from(id.to_owned())));
            }
            if Instant::now() > end {
                bail!("there is no {role} named {name:?}; there are {}", answer["named"]);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Whether an element with this role and name is there now.
    ///
    /// # Errors
    /// When the window doesn't answer.
    pub async fn has(&self, role: &str, name: &str) -> Result<bool> {
        Ok(self.look_for(role, name).await?["element"][ELEMENT].is_string())
    }

    async fn look_for(&self, role: &str, name: &str) -> Result<Value> {
        match self.script(accessibility::FIND, vec![json!(role), json!(name)]).await {
            // It was there and is drawn anew.
            Err(error) if is_gone(&error) => Ok(json!({ "element": null, "named": [] })),
            found => found,
        }
    }

    /// The first element a CSS selector names. Waits for it.
    ///
    /// # Errors
    /// When there is none in time.
    pub async fn find_css(&self, selector: &str) -> Result<Element> {
        let client = self.client()?;
        let found = self.until(|| async { Ok(client.find(Locator::Css(selector)).await.ok()) }).await?;
        found.with_context(|| format!("nothing on the page matches {selector:?}"))
    }

    /// Clicks the element with this role and name.
    ///
    /// # Errors
    /// When it isn't there, or something lies over it.
    pub async fn click(&self, role: &str, name: &str) -> Result<()> {
        let clicked = self.click_found(async || self.find(role, name).await).await;
        clicked.with_context(|| format!("clicking the {role} {name:?}"))
    }

    /// Clicks an element once it stands still; looked for again where the page drew it anew before it was clicked.
    async fn click_found(&self, find: impl AsyncFn() -> Result<Element>) -> Result<()> {
        while_drawn_anew(async || self.click_still(&find().await?).await).await
    }

    /// A person aims at what is in sight and stands still; the driver presses where the element was when it asked, and a
    /// bar that folds meanwhile puts its neighbor there.
    async fn click_still(&self, element: &Element) -> Result<()> {
        const PLACE: &str = "arguments[0].scrollIntoView({ block: 'nearest', inline: 'nearest' });
            const r = arguments[0].getBoundingClientRect(); return [r.x, r.y, r.width, r.height]";
        let mut before = Value::Null;
        for _ in 0..40 {
            let place = self.script(PLACE, vec![json!({ ELEMENT: element.element_id().to_string() })]).await?;
            if place == before {
                break;
            }
            before = place;
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        call(element.clone().click()).await
    }

    /// Clicks what the CSS selector names.
    ///
    /// # Errors
    /// When it isn't there, or something lies over it.
    pub async fn click_css(&self, selector: &str) -> Result<()> {
        let clicked = self.click_found(async || self.find_css(selector).await).await;
        clicked.with_context(|| format!("clicking {selector:?}"))
    }

    /// Puts the text in place of what the field with this role and name holds.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn fill(&self, role: &str, name: &str, text: &str) -> Result<()> {
        let typed = while_drawn_anew(async || {
            let element = self.find(role, name).await?;
            self.click_still(&element).await?;
            self.press("Control+a").await?;
            self.press("Delete").await?;
            call(element.send_keys(text)).await
        });
        typed.await.with_context(|| format!("filling in the {role} {name:?}"))
    }

    /// Types where the keyboard focus is.
    ///
    /// # Errors
    /// When nothing has the focus.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        // What is gone got none of the keys.
        while_drawn_anew(async || call(call(self.client()?.active_element()).await?.send_keys(text)).await).await
    }

    /// Presses a key, several at once or one after the other: `a`, `Shift+r`, `Control+k`, `ArrowDown`, `g c`.
    ///
    /// `Shift+Tab` moves the focus as it should, but the page sees its `key` as `Unidentified`, not `Tab`: so the
    /// driver's web kit names it.
    ///
    /// # Errors
    /// When a key has no such name.
    pub async fn press(&self, keys: &str) -> Result<()> {
        call(self.client()?.perform_actions(keys::strokes(keys)?)).await.with_context(|| format!("pressing {keys}"))
    }

    /// All text that can be seen.
    ///
    /// # Errors
    /// When the window doesn't answer.
    pub async fn text(&self) -> Result<String> {
        let text = self.script("return document.body.innerText", Vec::new()).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the text can be seen somewhere.
    ///
    /// # Errors
    /// When it doesn't appear in time.
    pub async fn wait_for_text(&self, wanted: &str) -> Result<()> {
        let found = self.until(|| async { Ok(self.text().await?.contains(wanted).then_some(())) }).await?;
        found.with_context(|| format!("{wanted:?} does not appear"))
    }

    /// Waits until the text can't be seen any more.
    ///
    /// # Errors
    /// When it stays.
    pub async fn wait_until_gone(&self, unwanted: &str) -> Result<()> {
        let gone = self.until(|| async { Ok((!self.text().await?.contains(unwanted)).then_some(())) }).await?;
        gone.with_context(|| format!("{unwanted:?} does not go away"))
    }

    /// Waits until the window's title contains the text.
    ///
    /// # Errors
    /// When it doesn't in time.
    pub async fn wait_for_title(&self, wanted: &str) -> Result<()> {
        let client = self.client()?;
        let found = self.until(|| async { Ok(call(client.title()).await?.contains(wanted).then_some(())) }).await?;
        match found {
            Some(()) => Ok(()),
            None => bail!("the title is {:?}, not {wanted:?}", call(client.title()).await?),
        }
    }

    /// Runs a script in the page and answers with what it returns.
    ///
    /// # Errors
    /// When it throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        call(self.client()?.execute(script, arguments)).await
    }

    /// Waits until a script in the page answers true; `what` names it where it doesn't.
    ///
    /// # Errors
    /// When it stays false, or throws.
    pub async fn wait_until(&self, what: &str, script: &str, arguments: Vec<Value>) -> Result<()> {
        let held = self
            .until(|| async { Ok((self.script(script, arguments.clone()).await? == json!(true)).then_some(())) })
            .await?;
        held.with_context(|| format!("it doesn't come to this: {what}"))
    }

    /// Sets the window's size.
    ///
    /// # Errors
    /// When the window doesn't take it.
    pub async fn resize(&self, size: Size) -> Result<()> {
        call(self.client()?.set_window_rect(0, 0, size.width, size.height)).await
    }

    /// Writes `screenshots/<name>.png` at this size, once fonts are there and nothing moves.
    ///
    /// # Errors
    /// When the picture can't be taken or written.
    pub async fn screenshot(&self, name: &str, size: Size) -> Result<()> {
        self.resize(size).await?;
        call(self.client()?.execute_async(
            "const done = arguments[0]; document.fonts.ready.then(() => \
             requestAnimationFrame(() => requestAnimationFrame(() => done(null))))",
            Vec::new(),
        ))
        .await?;
        let mut before = call(self.client()?.screenshot()).await?;
        let end = Instant::now() + Duration::from_secs(3);
        // Something that never rests, such as a running progress bar, is pictured as it is.
        while Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(150)).await;
            let now = call(self.client()?.screenshot()).await?;
            if now == before {
                break;
            }
            before = now;
        }
        let folder = screenshots();
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("{name}.png")), before)?;
        Ok(())
    }

    /// Checks the page as it is now against WCAG 2.2 A and AA.
    ///
    /// # Errors
    /// With each violation and the element that has it.
    pub async fn check_accessibility(&self) -> Result<()> {
        // Halfway through a transition colours are none of the theme's.
        call(self.client()?.execute_async(
            "const done = arguments[0]; let calm = 0; const wait = () => { \
             const moves = document.getAnimations().some((one) => one.playState === 'running' \
             && one.effect?.getComputedTiming().iterations !== Infinity); \
             calm = moves ? 0 : calm + 1; calm > 3 ? done(null) : setTimeout(wait, 40); }; wait();",
            Vec::new(),
        ))
        .await?;
        let answer = call(self.client()?.execute_async(accessibility::CHECK, Vec::new())).await?;
        let violations = answer["violations"].as_array().with_context(|| format!("axe answers {answer}"))?;
        if violations.is_empty() {
            return Ok(());
        }
        bail!("the page breaks WCAG 2.2 AA:\n{}", accessibility::report(violations))
    }

    /// What a failure report needs: a picture, the text on the screen, the log.
    pub(super) async fn describe(&self) -> String {
        let file = screenshots().join(format!("failed-{}.png", self.name));
        let picture = match self.client() {
            Ok(client) => call(client.screenshot()).await,
            Err(error) => Err(error),
        };
        let picture = match picture.and_then(|picture| {
            std::fs::create_dir_all(screenshots())?;
            Ok(std::fs::write(&file, picture)?)
        }) {
            Ok(()) => file.display().to_string(),
            Err(error) => format!("none, {error:#}"),
        };
        let text = self.text().await.unwrap_or_else(|error| format!("{error:#}"));
        let log = self.session.as_ref().map(|session| session.driver.log_tail()).unwrap_or_default();
        format!("picture: {picture}\n--- on the screen\n{text}\n--- log\n{log}\n---")
    }

    /// Asks again until there is an answer or patience ends.
    async fn until<T, F: Future<Output = Result<Option<T>>>>(&self, ask: impl Fn() -> F) -> Result<Option<T>> {
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = ask().await?;
            if answer.is_some() || Instant::now() > end {
                return Ok(answer);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Session {
    async fn open(start: &Start, data: &Path, log: &Path) -> Result<Self> {
        let binary = std::env::var("LIAISON_BIN")
            .context("LIAISON_BIN does not name the built app; `cargo xtask test` sets it, and a display")?;
        let driver = Driver::start(start, data, log)?;
        // Without a browser's name: the app is none that WebDriver knows of.
        let options = json!({ "binary": binary, "args": start.arguments });
        let capabilities = [("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let client = tokio::time::timeout(CALL, builder.connect(&driver.address()))
            .await
            .map_err(|_| anyhow!("the app does not answer the driver"))
            .and_then(|answer| answer.map_err(anyhow::Error::from))
            .with_context(|| format!("starting {binary}\n{}", driver.log_tail()))?;
        // The driver keeps the session when its client goes; ending the driver ends it.
        let session = Self { client, driver };
        session.put_axe_in().await?;
        Ok(session)
    }

    async fn put_axe_in(&self) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        let ready = "return document.readyState === 'complete' && location.href !== 'about:blank'";
        while call(self.client.execute(ready, Vec::new())).await? != json!(true) {
            if Instant::now() > end {
                bail!("the page does not load\n{}", self.driver.log_tail());
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        call(self.client.execute(&accessibility::axe()?, Vec::new())).await.context("putting axe into the page")?;
        Ok(())
    }
}

fn screenshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("screenshots")
}

/// One call of the driver, which may not hang.
pub(super) async fn call<T>(call: impl Future<Output = Result<T, fantoccini::error::CmdError>>) -> Result<T> {
    let answer = tokio::time::timeout(CALL, call).await;
    Ok(answer.map_err(|_| anyhow!("the window does not answer within {} s", CALL.as_secs()))??)
}

/// Does something with an element; once more, up to [`AGAIN`] times, where the page drew that anew meanwhile or
/// something that closes just now still lay over it.
async fn while_drawn_anew(act: impl AsyncFn() -> Result<()>) -> Result<()> {
    for _ in 0..AGAIN {
        match act().await {
            Err(error) if is_gone(&error) => {}
            Err(error) if is_covered(&error) => tokio::time::sleep(CLOSES).await,
            done => return done,
        }
    }
    act().await
}

/// Whether an element was not on the page any more.
fn is_gone(error: &anyhow::Error) -> bool {
    let words = format!("{error:#}");
    words.contains("Stale element") || words.contains("Node with identifier")
}

/// Whether something else lay where the element was to be clicked, or it had no room yet, as in a menu that opens.
fn is_covered(error: &anyhow::Error) -> bool {
    use fantoccini::error::{CmdError, ErrorStatus};
    let Some(CmdError::Standard(answer)) = error.downcast_ref::<CmdError>() else { return false };
    matches!(answer.error, ErrorStatus::ElementClickIntercepted | ErrorStatus::ElementNotInteractable)
}
