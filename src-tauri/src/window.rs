//! The one window, and where it may go: nowhere but to the app's own pages.

use crate::outside::MAIN;
use crate::shell::Shell;
use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{App, Manager as _, Runtime, Url, WebviewUrl, WindowEvent};

/// Opens the window. Links to elsewhere are handed to the system by `link_open`; the window itself neither follows
/// them, nor opens another window, nor downloads anything: any of these would carry data out in an address.
pub fn open<R: Runtime>(app: &App<R>) -> tauri::Result<()> {
    let dev_server = if tauri::is_dev() { app.config().build.dev_url.clone() } else { None };
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Liaison")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .on_navigation(move |url| is_own_page(url, dev_server.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    let app = app.handle().clone();
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(drag) = event {
            app.state::<Shell>().drag(drag);
        }
    });
    Ok(())
}

/// Whether `url` is a page of the app: served by the app itself or, while the interface is being developed, by
/// `dev_server`.
fn is_own_page(url: &Url, dev_server: Option<&Url>) -> bool {
    if dev_server.is_some_and(|server| server.origin() == url.origin()) {
        return true;
    }
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => cfg!(not(windows)),
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows) && url.port().is_none(),
        // The preview of a message is a frame without an address, and frames are asked about, too.
        ("about", None) => url.path() == "srcdoc",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("an address")
    }

    #[test]
    fn only_pages_of_the_app_may_be_shown() {
        let own = if cfg!(windows) { "http://tauri.localhost/contacts?q=a" } else { "tauri://localhost/contacts?q=a" };
        assert!(is_own_page(&url(own), None));
        assert!(is_own_page(&url("about:srcdoc"), None));
        for elsewhere in [
            "about:blank",
            "http://localhost:1420/",
            "http://127.0.0.1:4639/steal?data",
            "https://tauri.localhost.example/",
            "http://tauri.localhost:8080/",
            "tauri://elsewhere/",
            "tauri://localhost.example/",
            "file:///etc/passwd",
            "data:text/html,<p>",
            "javascript:alert(1)",
            "blob:tauri://localhost/1",
            "tel:+15550100",
            "mailto:a@b.example",
        ] {
            assert!(!is_own_page(&url(elsewhere), None), "{elsewhere}");
        }
    }

    #[test]
    fn the_development_server_counts_by_its_whole_origin() {
        let server = url("http://localhost:1420");
        assert!(is_own_page(&url("http://localhost:1420/src/main.tsx"), Some(&server)));
        for elsewhere in ["http://localhost:1421/", "https://localhost:1420/", "http://localhost.example:1420/"] {
            assert!(!is_own_page(&url(elsewhere), Some(&server)), "{elsewhere}");
        }
    }
}
