//! A browser as visitors of the portal have it: Chromium without a window, driven through chromedriver. It reaches nothing
//! but this computer, keeps nothing, and runs no scripts of pages.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::children;
use super::window::call;
use super::{PATIENCE, accessibility, keys};

/// What the browser looks for and does by itself must not happen: tests reach nobody, and nothing depends on who answers.
const ARGUMENTS: [&str; 11] = [
    "--headless",
    // As on a phone: they take no room from the page.
    "--hide-scrollbars",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--lang=en-US",
];

/// How a page is looked at: width in CSS pixels, and whether the system is dark.
pub const VIEWS: [(u32, bool); 4] = [(1280, false), (1280, true), (320, true), (320, false)];

/// A running browser. It ends with this value.
pub struct Chromium {
    client: Client,
    driver: Child,
    /// Where every page is pictured; nowhere by default.
    pictures: Option<PathBuf>,
    _profile: TempDir,
}

/// A command of the browser's own, for what WebDriver has none.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.command, "params": self.parameters }).to_string()))
    }
}

/// The first of these programs on the PATH.
fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    places.find(|place| place.is_file())
}

impl Chromium {
    /// Starts a browser with an empty profile, in which pages run no scripts.
    ///
    /// # Errors
    /// Where Chromium or chromedriver is not installed, or does not start.
    pub async fn start() -> Result<Chromium> {
        let browser = program(&["chromium", "chromium-browser", "google-chrome"])
            .context("Chromium is not installed; Debian has it in chromium")?;
        let profile = tempfile::Builder::new().prefix("liaison-browser-").tempdir()?;
        let (mut driver, port) = start_driver(profile.path())?;
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(ToString::to_string).collect();
        arguments.push(format!("--user-data-dir={}", profile.path().join("profile").display()));
        if is_root() {
            // Its sandbox does not run as root.
            arguments.push("--no-sandbox".to_owned());
        }
        let options = json!({ "binary": browser, "args": arguments });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities([("goog:chromeOptions".to_owned(), options)].into_iter().collect());
        let connected = tokio::time::timeout(PATIENCE, builder.connect(&format!("http://127.0.0.1:{port}"))).await;
        let client = match connected {
            Ok(Ok(client)) => client,
            failed => {
                // It may have ended by itself.
                let _ = driver.kill();
                let _ = driver.wait();
                bail!("{} does not start: {failed:?}", browser.display());
            }
        };
        let pictures = std::env::var_os("LIAISON_PICTURES").map(PathBuf::from);
        let browser = Chromium { client, driver, pictures, _profile: profile };
        browser.scripts(false).await?;
        browser.view(VIEWS[0]).await?;
        Ok(browser)
    }

    /// Ends the browser: its driver would leave it running.
    pub async fn close(self) {
        // Whatever it answers, the driver ends with this value.
        let _ = tokio::time::timeout(PATIENCE, self.client.clone().close()).await;
    }

    async fn tell(&self, command: &'static str, parameters: Value) -> Result<Value> {
        call(self.client.issue_cmd(DevTools { command, parameters })).await.with_context(|| command.to_owned())
    }

    /// Whether pages may run scripts. What a test asks of a page it answers either way, unless it takes time.
    async fn scripts(&self, run: bool) -> Result<()> {
        self.tell("Emulation.setScriptExecutionDisabled", json!({ "value": !run })).await.map(drop)
    }

    /// Sets how wide the window is, and whether it is dark.
    ///
    /// # Errors
    /// When the browser doesn't answer.
    pub async fn view(&self, (width, is_dark): (u32, bool)) -> Result<()> {
        let size = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", size).await?;
        let scheme = if is_dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.tell("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
    }

    /// Opens an address.
    ///
    /// # Errors
    /// When it doesn't load.
    pub async fn open(&self, address: &str) -> Result<()> {
        call(self.client.goto(address)).await.with_context(|| format!("opening {address}"))
    }

    /// The address of the page.
    ///
    /// # Errors
    /// When the browser doesn't answer.
    pub async fn address(&self) -> Result<url::Url> {
        call(self.client.current_url()).await
    }

    /// The heading of the page.
    ///
    /// # Errors
    /// When there is none.
    pub async fn heading(&self) -> Result<String> {
        call(call(self.client.find(Locator::Css("h1"))).await?.text()).await
    }

    /// All text that can be seen.
    ///
    /// # Errors
    /// When the browser doesn't answer.
    pub async fn text(&self) -> Result<String> {
        Ok(self.script("return document.body.innerText", Vec::new()).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script in the page and answers with what it returns.
    ///
    /// # Errors
    /// When it throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        call(self.client.execute(script, arguments)).await
    }

    async fn labelled(&self, label: &str) -> Result<Element> {
        let find = "const plain = text => text.replace(/\\s+/g, ' ').trim();
            return [...document.querySelectorAll('label')].find(one => plain(one.textContent) === arguments[0])?.htmlFor";
        let id = self.script(find, vec![json!(label)]).await?;
        let id = id.as_str().with_context(|| format!("no field is labelled {label:?}"))?;
        call(self.client.find(Locator::Id(id))).await
    }

    /// Puts the text in place of what the field with this label holds.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let field = self.labelled(label).await?;
        call(field.clear()).await?;
        call(field.send_keys(text)).await.with_context(|| format!("filling in {label:?}"))
    }

    /// Clicks the button or link with these words, and waits for the page it leads to.
    ///
    /// # Errors
    /// When there is none, or nothing comes of it.
    pub async fn click(&self, words: &str) -> Result<()> {
        let path = format!("//*[self::a or self::button][normalize-space()={words:?}]");
        let found = call(self.client.find(Locator::XPath(&path))).await;
        let found = found.with_context(|| format!("nothing to click says {words:?}"))?;
        self.leave(async || call(found.clone().click()).await).await.with_context(|| format!("clicking {words:?}"))
    }

    /// Does what leads to another page, and waits until that one is there.
    async fn leave(&self, act: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
        self.script("window.isBefore = true", Vec::new()).await?;
        act().await?;
        let end = Instant::now() + PATIENCE;
        let arrived = "return document.readyState === 'complete' && !window.isBefore";
        // While pages change, the driver may find none.
        while self.script(arrived, Vec::new()).await.ok() != Some(json!(true)) {
            if Instant::now() > end {
                bail!("no other page comes");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Presses keys: `Tab`, `Shift+Tab`.
    ///
    /// # Errors
    /// When a key has no such name.
    pub async fn press(&self, pressed: &str) -> Result<()> {
        call(self.client.perform_actions(keys::strokes(pressed)?)).await.with_context(|| format!("pressing {pressed}"))
    }

    /// Presses keys that lead to another page, such as `Enter` in a form.
    ///
    /// # Errors
    /// When no other page comes.
    pub async fn press_on(&self, pressed: &str) -> Result<()> {
        self.leave(async || self.press(pressed).await).await
    }

    /// Types where the focus is.
    ///
    /// # Errors
    /// When nothing has it.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        call(call(self.client.active_element()).await?.send_keys(text)).await
    }

    /// Looks at the page as a phone and a computer show it, light and dark: WCAG 2.2 A and AA, one heading, landmarks,
    /// nothing sideways, also with the wider spacing of 1.4.12; and goes through it by keyboard.
    ///
    /// # Errors
    /// With all that is wrong about it.
    pub async fn look(&self, name: &str) -> Result<()> {
        // The page is there by now; what checks it takes its time.
        self.scripts(true).await?;
        self.script(&accessibility::axe()?, Vec::new()).await.context("putting axe into the page")?;
        let mut wrong = Vec::new();
        for (width, is_dark) in VIEWS {
            self.view((width, is_dark)).await?;
            let view = format!("{width} px, {}", if is_dark { "dark" } else { "light" });
            let found = call(self.client.execute_async(accessibility::CHECK_PAGE, Vec::new())).await?;
            let violations = found["violations"].as_array().with_context(|| format!("axe answers {found}"))?;
            if !violations.is_empty() {
                wrong.push(format!("{view}: {}", accessibility::report(violations)));
            }
            let wide = self.script(SIDEWAYS, Vec::new()).await?;
            if wide != json!([]) {
                wrong.push(format!("{view}: wider than the window: {wide}"));
            }
            if let Some(folder) = &self.pictures {
                self.picture(&folder.join(format!("{name}-{width}-{}.png", if is_dark { "dark" } else { "light" })))
                    .await?;
            }
        }
        // The last view is the narrow one.
        wrong.extend(self.tab_through().await?);
        self.view(VIEWS[0]).await?;
        self.scripts(false).await?;
        if wrong.is_empty() {
            return Ok(());
        }
        bail!("{name} ({}):\n{}", self.address().await?, wrong.join("\n"))
    }

    /// Goes once around the page with the Tab key: everything that can be used is reached in its order, and shows it.
    async fn tab_through(&self) -> Result<Vec<String>> {
        let all = self.script(REACHABLE, Vec::new()).await?;
        let all: Vec<&str> = all.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let (mut reached, mut wrong) = (Vec::new(), Vec::new());
        // Some more for the browser's own controls, which may be on the way, and for the parts of a date.
        for _ in 0..all.len() + 2 + 4 * all.iter().filter(|name| name.contains("_on")).count() {
            self.press("Tab").await?;
            let found = self.script(FOCUSED, Vec::new()).await?;
            let Some(name) = found["name"].as_str() else { continue };
            if reached.last().is_some_and(|last| last == name) {
                continue;
            }
            if reached.iter().any(|one| one == name) {
                break;
            }
            if let Some(problem) = found["problem"].as_str() {
                wrong.push(format!("by keyboard, {name}: {problem}"));
            }
            reached.push(name.to_owned());
        }
        // Where it begins is where the page put the focus.
        let first = reached.first().and_then(|name| all.iter().position(|one| one == name)).unwrap_or(0);
        let expected: Vec<&str> = all[first..].iter().chain(&all[..first]).copied().collect();
        if reached != expected {
            wrong.push(format!("by keyboard: {reached:?} instead of {expected:?}"));
        }
        Ok(wrong)
    }

    async fn picture(&self, to: &Path) -> Result<()> {
        let shot = self.tell("Page.captureScreenshot", json!({ "captureBeyondViewport": true })).await?;
        let bytes = shot["data"].as_str().context("a picture")?;
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(to, base64::Engine::decode(&base64::engine::general_purpose::STANDARD, bytes)?)?)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Where a step failed nobody closed it, and its driver would leave it running. It is a child of our own driver.
        for browser in children(self.driver.id()) {
            let _ = Command::new("kill").args(["-9", &browser.to_string()]).status();
        }
        // It may have ended by itself.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.starts_with(b"0\n"))
}

/// Starts chromedriver on a port that it finds free itself.
fn start_driver(folder: &Path) -> Result<(Child, u16)> {
    let program =
        program(&["chromedriver"]).context("chromedriver is not installed; Debian has it in chromium-driver")?;
    let mut driver = Command::new(program)
        .arg("--port=0")
        .envs(["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"].map(|name| (name, folder)))
        // A browser has the day and the hour of its own computer.
        .env_remove("LD_PRELOAD")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("chromedriver can't be started")?;
    let mut lines = BufReader::new(driver.stdout.take().context("its output")?).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    // Its next words need somebody who takes them.
    std::thread::spawn(move || lines.for_each(drop));
    let Some(port) = port else {
        bail!("chromedriver does not listen: {}", driver.wait()?);
    };
    Ok((driver, port))
}

/// What is wider than the window, with the spacing of the page and with that of WCAG 1.4.12.
const SIDEWAYS: &str = r"
const root = document.documentElement, found = new Set();
const look = () => {
  if (root.scrollWidth <= root.clientWidth) return;
  for (const one of document.body.querySelectorAll('*')) {
    const box = one.getBoundingClientRect();
    if (box.width && box.right > root.clientWidth + 1 && box.left >= 0) found.add(one.outerHTML.slice(0, 120));
  }
  found.add(`the page: ${root.scrollWidth} px`);
};
look();
const wider = new CSSStyleSheet();
wider.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
document.adoptedStyleSheets = [wider];
look();
document.adoptedStyleSheets = [];
return [...found];
";

/// The names of all that can be reached by keyboard, in their order on the page.
const REACHABLE: &str = r#"
const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
let count = 0;
return all.filter(one => one.tabIndex >= 0 && one.checkVisibility() && !one.disabled && one.type !== 'hidden').map(one => {
  one.namedByTest = `${++count} ${one.id || one.textContent.trim().slice(0, 40)}`;
  return one.namedByTest;
});
"#;

/// What has the focus, and whether one sees it.
const FOCUSED: &str = r"
const one = document.activeElement;
if (!one || one === document.body) return {};
const style = getComputedStyle(one), box = one.getBoundingClientRect();
let problem = null;
if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) problem = 'no outline';
else if (box.bottom < 1 || box.top > innerHeight - 1 || box.right < 1 || box.left > innerWidth - 1) problem = 'out of sight';
return { name: one.namedByTest ?? one.outerHTML.slice(0, 80), problem };
";
