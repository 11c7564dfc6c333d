//! What a script in the page may not load, run or reach: the content policy holds.

use crate::desk::{go, journey};
use anyhow::{Result, ensure};
use serde_json::json;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// Ways to send or fetch something; `to` is where to.
const REACHES: &[(&str, &str)] = &[
    ("fetch", "fetch(to, { mode: 'no-cors' }).catch(() => {})"),
    ("a request", "const request = new XMLHttpRequest(); request.open('GET', to); request.send()"),
    ("a web socket", "new WebSocket(to.replace('http', 'ws'))"),
    ("an event source", "new EventSource(to)"),
    ("a beacon", "navigator.sendBeacon(to, document.title)"),
    ("an image", "new Image().src = to"),
    ("an image in the page", "add('img', { src: to })"),
    ("a script", "add('script', { src: to })"),
    ("a style sheet", "add('link', { rel: 'stylesheet', href: to })"),
    ("a prefetch", "add('link', { rel: 'prefetch', href: to })"),
    ("a preload", "add('link', { rel: 'preload', as: 'image', href: to })"),
    ("an icon", "add('link', { rel: 'icon', href: to })"),
    ("a manifest", "add('link', { rel: 'manifest', href: to })"),
    ("a style element", "add('style', { textContent: `body { background: url('${to}') }` })"),
    ("a background", "document.body.style.backgroundImage = `url('${to}')`"),
    ("a font", "document.fonts.add(new FontFace('x', `url('${to}')`)); document.fonts.load('12px x').catch(() => {})"),
    ("a video", "add('video', { src: to, autoplay: true })"),
    ("a frame", "add('iframe', { src: to })"),
    ("an embedded object", "add('embed', { src: to })"),
    ("a worker", "new Worker(to)"),
    ("a service worker", "navigator.serviceWorker?.register(to).catch(() => {})"),
];

/// Ways to run text as a script, which sets `window.ran`.
const RUNS: &[(&str, &str)] = &[
    ("eval", "(0, eval)('window.ran = true')"),
    ("a function out of text", "new Function('window.ran = true')()"),
    ("a timer out of text", "setTimeout('window.ran = true', 0)"),
    ("a script in the page", "add('script', { textContent: 'window.ran = true' })"),
    ("a script out of data", "add('script', { src: 'data:text/javascript,window.ran=true' })"),
    ("an attribute", "add('img', { src: 'data:,' }).setAttribute('onerror', 'window.ran = true')"),
    (
        "markup",
        "document.body.append(document.createRange().createContextualFragment('<script>window.ran = true</script>'))",
    ),
    ("a frame's document", "add('iframe', { srcdoc: '<script>parent.ran = true</script>' })"),
    ("an imported module", "import('data:text/javascript,window.ran=true').catch(() => {})"),
    (
        "a worker out of a blob",
        "const text = 'postMessage(1)'; \
         new Worker(URL.createObjectURL(new Blob([text]))).onmessage = () => { window.ran = true }",
    ),
];

const SHARED: &str = "const to = arguments[0];
const add = (name, attributes) => document.body.appendChild(Object.assign(document.createElement(name), attributes));
";

#[test]
fn nothing_is_fetched_sent_or_run_that_is_not_the_pages_own() -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let came = || {
        std::iter::from_fn(|| listener.accept().ok()).any(|(mut stream, _)| {
            let waited = stream.set_nonblocking(false).and(stream.set_read_timeout(Some(Duration::from_millis(300))));
            waited.is_ok() && stream.read(&mut [0; 1]).is_ok_and(|said| said > 0)
        })
    };
    journey("confined", 5, &[], async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        let to = format!("http://{address}/names");
        let tried = async |script: &str| {
            // What the policy refuses may throw.
            let script = format!("{SHARED} try {{ {script} }} catch {{}}");
            window.script(&script, vec![json!(to)]).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            anyhow::Ok(())
        };
        for (way, script) in REACHES {
            tried(script).await?;
            ensure!(!came(), "{way} reached the listener");
        }
        window.script("window.ran = false", Vec::new()).await?;
        for (way, script) in RUNS {
            tried(script).await?;
            let ran = window.script("return window.ran", Vec::new()).await?;
            ensure!(ran == json!(false), "{way} ran");
        }
        tried("Object.prototype.toString = () => 'changed'").await?;
        let kept = "return Object.isFrozen(Object.prototype) && String({}) === '[object Object]'";
        ensure!(window.script(kept, Vec::new()).await? == json!(true), "what all objects inherit was changed");
        ensure!(
            window.script("return typeof RTCPeerConnection === 'undefined'", Vec::new()).await? == json!(true),
            "connections between browsers go past the policy"
        );
        // The listener would have noticed.
        TcpStream::connect(address)?.write_all(b"names")?;
        ensure!(came(), "the listener hears nobody");
        go(window, "h", "History").await?;
        go(window, "c", "Contacts").await
    })
}
