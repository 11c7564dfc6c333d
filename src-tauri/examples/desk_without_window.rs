//! The app without a window, for the tests of the interface: its commands, their serialization, its permissions and its
//! events are the real ones, on real desks in temporary folders; only what draws is missing. It is an example because
//! those alone may use the runtime that draws nothing without the program we ship getting it, too.
//!
//! `desk_without_window FOLDER [FILE]` starts as the app does, with `FILE` to import; `LIAISON_PASSCODE` opens a desk that
//! is there. Lines of JSON come in on standard input, `{"id":1,"command":"contact_get","args":{…}}`, and each is answered
//! on standard output with `{"id":1,"ok":…}` or `{"id":1,"error":…}`; between the answers come
//! `{"event":"records-changed","payload":…}` and `{"channel":…,"index":…,"message":…}`. At the end of the input the desk is
//! closed.

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Deserialize;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponse, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Listener as _, Manager as _};
use zeroize::Zeroizing;

/// The window that may call commands.
const WINDOW: &str = "main";
/// Where its pages come from.
const PAGE: &str = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

#[derive(Deserialize)]
struct Request {
    id: u64,
    command: String,
    args: Value,
}

fn main() -> ExitCode {
    let passcode = liaison_app::process::begin();
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(directory) = arguments.next() else {
        eprintln!("desk_without_window: it wants a folder for the desk");
        return ExitCode::from(2);
    };
    let app = match begin(directory, arguments.next(), passcode) {
        Ok(app) => app,
        Err(error) => {
            eprintln!("desk_without_window: {error}");
            return ExitCode::FAILURE;
        }
    };
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        match serde_json::from_str::<Request>(&line) {
            Ok(request) => call(&app, request),
            Err(error) => {
                eprintln!("desk_without_window: {error} in {line}");
                return ExitCode::from(2);
            }
        }
    }
    tauri::async_runtime::block_on(liaison_desktop::close(app.handle()));
    ExitCode::SUCCESS
}

fn begin(
    directory: PathBuf,
    file: Option<PathBuf>,
    passcode: Option<Zeroizing<String>>,
) -> tauri::Result<App<MockRuntime>> {
    let builder = mock_builder().plugin(tauri_plugin_dialog::init()).channel_interceptor(|_, channel, index, body| {
        say(&json!({ "channel": channel.0, "index": index, "message": value(body) }));
        true
    });
    let mut app = liaison_desktop::furnish(builder, directory, file, passcode).build(liaison_desktop::context())?;
    for name in liaison_desktop::EVENTS {
        app.listen_any(name, move |event| {
            let payload: Value = serde_json::from_str(event.payload()).unwrap_or_default();
            say(&json!({ "event": name, "payload": payload }));
        });
    }
    // The first round of the event loop sets the app up; nothing happens in further ones, where nothing is drawn.
    #[allow(deprecated)]
    app.run_iteration(|_, _| {});
    Ok(app)
}

fn call(app: &App<MockRuntime>, Request { id, command, args }: Request) {
    let Some(window) = app.get_webview_window(WINDOW) else {
        return say(&json!({ "id": id, "error": "there is no window" }));
    };
    let request = InvokeRequest {
        cmd: command,
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: PAGE.parse().expect("an address"),
        body: InvokeBody::Json(args),
        headers: tauri::http::HeaderMap::new(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    let answer = move |_, _, response, _, _| match response {
        InvokeResponse::Ok(body) => say(&json!({ "id": id, "ok": value(&body) })),
        InvokeResponse::Err(error) => say(&json!({ "id": id, "error": error.0 })),
    };
    window.as_ref().clone().on_message(request, Box::new(answer));
}

fn value(body: &InvokeResponseBody) -> Value {
    match body {
        InvokeResponseBody::Json(text) => serde_json::from_str(text).unwrap_or_default(),
        InvokeResponseBody::Raw(bytes) => json!(bytes),
    }
}

/// One line at a time, whichever thread says it.
fn say(message: &Value) {
    let mut line = message.to_string();
    line.push('\n');
    let mut out = std::io::stdout().lock();
    if out.write_all(line.as_bytes()).and_then(|()| out.flush()).is_err() {
        // Nobody listens any more.
        std::process::exit(0);
    }
}
