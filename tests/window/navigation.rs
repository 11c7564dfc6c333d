//! Nothing a script in the page could do takes the window elsewhere, or anything out of it.

use crate::desk::{go, journey};
use anyhow::{Context, Result, bail, ensure};
use liaison_journeys::harness::Window;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// Ways out of the page; `to` is where to. Links are put where the page's own handler of clicks can't see them.
const WAYS: &[(&str, &str)] = &[
    ("location.href", "location.href = to"),
    ("location.assign", "location.assign(to)"),
    ("location.replace", "location.replace(to)"),
    (
        "a refresh",
        "const meta = document.createElement('meta'); meta.httpEquiv = 'refresh'; meta.content = '0;url=' + to; \
         document.head.append(meta)",
    ),
    ("a link", "hidden(link => link)"),
    ("a link to a new window", "hidden(link => { link.target = '_blank'; link.rel = 'opener' })"),
    ("a link to a named window", "hidden(link => { link.target = 'elsewhere' })"),
    ("a download", "hidden(link => { link.download = 'data.txt' })"),
    ("a ping", "hidden(link => { link.ping = to; link.href = location.href })"),
    ("window.open", "window.open(to)"),
    ("window.open here", "window.open(to, '_self')"),
    ("window.open at the top", "window.open(to, '_top')"),
    ("a form", "form({})"),
    ("a form that posts", "form({ method: 'post' })"),
    ("a form to a new window", "form({ target: '_blank' })"),
    ("a frame", "const frame = document.createElement('iframe'); frame.src = to; document.body.append(frame)"),
    ("an object", "const object = document.createElement('object'); object.data = to; document.body.append(object)"),
    (
        "a base",
        "const base = document.createElement('base'); base.href = to; document.head.append(base); \
         if (document.baseURI.startsWith('http')) location.href = document.baseURI",
    ),
];

/// What the ways share.
const SHARED: &str = "const to = arguments[0];
const hidden = change => {
  const host = document.body.appendChild(document.createElement('div'));
  const link = document.createElement('a');
  link.href = to;
  change(link);
  host.attachShadow({ mode: 'closed' }).append(link);
  link.click();
};
const form = attributes => {
  const form = Object.assign(document.createElement('form'), { action: to }, attributes);
  const input = Object.assign(document.createElement('input'), { name: 'data', value: document.title });
  form.append(input);
  document.body.append(form);
  form.submit();
};
";

/// Asks the page for something, and answers once it, and what it began, had their turn.
async fn after(window: &Window, script: &str, argument: &str) -> Result<()> {
    // An address the page may not even name is refused by throwing.
    let tried = format!("{SHARED} try {{ {script} }} catch {{}}");
    window.script(&tried, vec![json!(argument)]).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    Ok(())
}

async fn stays(window: &Window, way: &str, before: &Value) -> Result<()> {
    let now = window.script("return window.stays === true && location.href", Vec::new()).await;
    let now = now.with_context(|| format!("the window is gone after {way}"))?;
    ensure!(now == *before, "{way} took the window from {before} to {now}");
    ensure!(window.client()?.windows().await?.len() == 1, "{way} opened another window");
    Ok(())
}

#[test]
fn the_window_goes_nowhere_and_nothing_leaves_it() -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    // The web view connects ahead to where a link that was clicked leads, before anybody is asked; over that connection
    // it says nothing.
    let came = || {
        std::iter::from_fn(|| listener.accept().ok()).any(|(mut stream, _)| {
            let waited = stream.set_nonblocking(false).and(stream.set_read_timeout(Some(Duration::from_millis(500))));
            waited.is_ok() && stream.read(&mut [0; 1]).is_ok_and(|said| said > 0)
        })
    };
    journey("navigation", 5, &[], async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        let before = window.script("window.stays = true; return location.href", Vec::new()).await?;
        let to = format!("http://{address}/steal?names");
        for (way, script) in WAYS {
            after(window, script, &to).await?;
            ensure!(!came(), "{way} reached the listener");
            stays(window, way, &before).await?;
        }
        let blob = "location.href = URL.createObjectURL(new Blob(['<p>'], { type: 'text/html' }))";
        after(window, blob, "").await?;
        stays(window, "a blob", &before).await?;
        for elsewhere in [
            "about:blank",
            "data:text/html,<p>gone",
            "file:///etc/hostname",
            "javascript:document.body.remove()",
            "tel:+15550100",
            "mailto:a@b.example",
        ] {
            after(window, "location.href = to", elsewhere).await?;
            stays(window, elsewhere, &before).await?;
        }
        // Not about:srcdoc: the preview of a message is such a frame, and the guard is not told which frame asks.
        // The listener would have noticed.
        TcpStream::connect(address)?.write_all(b"names")?;
        ensure!(came(), "the listener hears nobody");
        go(window, "h", "History").await?;
        go(window, "c", "Contacts").await
    })
}

/// Commands of the framework and its plugins; the window has none of them but to listen.
const NOT_GRANTED: &[(&str, &str)] = &[
    ("plugin:event|emit", r#"{"event":"records-changed","payload":[]}"#),
    ("plugin:event|emit_to", r#"{"target":{"kind":"Any"},"event":"records-changed","payload":[]}"#),
    ("plugin:webview|internal_toggle_devtools", "{}"),
    ("plugin:webview|create_webview_window", r#"{"options":{"label":"other","url":"index.html"}}"#),
    ("plugin:webview|create_webview", r#"{"windowLabel":"main","options":{"label":"other"}}"#),
    ("plugin:webview|set_webview_zoom", r#"{"label":"main","value":2}"#),
    ("plugin:webview|get_all_webviews", "{}"),
    ("plugin:webview|webview_close", r#"{"label":"main"}"#),
    ("plugin:webview|clear_all_browsing_data", "{}"),
    ("plugin:window|close", r#"{"label":"main"}"#),
    ("plugin:window|destroy", r#"{"label":"main"}"#),
    ("plugin:window|set_title", r#"{"label":"main","value":"Bank"}"#),
    ("plugin:window|title", r#"{"label":"main"}"#),
    ("plugin:window|get_all_windows", "{}"),
    ("plugin:window|internal_toggle_maximize", r#"{"label":"main"}"#),
    ("plugin:window|cursor_position", "{}"),
    ("plugin:window|available_monitors", "{}"),
    ("plugin:app|version", "{}"),
    ("plugin:app|identifier", "{}"),
    ("plugin:app|exit", r#"{"code":0}"#),
    ("plugin:path|resolve_directory", r#"{"directory":1}"#),
    ("plugin:resources|close", r#"{"rid":0}"#),
    ("plugin:image|from_path", r#"{"path":"/etc/hostname"}"#),
    ("plugin:menu|new", r#"{"kind":"Menu"}"#),
    ("plugin:tray|new", r#"{"options":{}}"#),
    ("plugin:dialog|open", r#"{"options":{}}"#),
    ("plugin:dialog|save", r#"{"options":{}}"#),
    ("plugin:dialog|message", r#"{"message":"Enter your passcode"}"#),
    ("plugin:window-state|save_window_state", r#"{"flags":0}"#),
    ("plugin:window-state|filename", "{}"),
    ("plugin:fs|read_file", r#"{"path":"/etc/hostname"}"#),
    ("plugin:shell|execute", r#"{"program":"sh"}"#),
    ("plugin:opener|open_url", r#"{"url":"https://b.example"}"#),
    ("plugin:http|fetch", r#"{"url":"https://b.example"}"#),
];

#[test]
fn the_window_is_granted_its_own_commands_only() -> Result<()> {
    journey("permissions", 5, &[], async |window| {
        go(window, "c", "Contacts").await?;
        let ask = "const [command, args, done] = arguments; \
             window.__TAURI_INTERNALS__.invoke(command, JSON.parse(args)).then(\
             answer => done({ answered: JSON.stringify(answer) ?? 'nothing' }), error => done({ refused: String(error) }))";
        for (command, arguments) in NOT_GRANTED {
            let answer = window.client()?.execute_async(ask, vec![json!(command), json!(arguments)]).await?;
            let Some(words) = answer["refused"].as_str() else { bail!("{command} answers {answer}") };
            // Not merely for a wrong argument.
            let refused = words.contains("not allowed") || words.contains("not found");
            ensure!(refused, "{command} is not refused but fails: {words}");
        }
        go(window, "h", "History").await
    })
}
