//! What pages are painted with: one stylesheet, and one per institution with its color.

use crate::secrets::digest;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use liaison_mail::Look;
use std::sync::LazyLock;

const STYLES: &str = include_str!("../assets/portal.css");

/// Where the stylesheet is: another one has another address, so browsers may keep it.
static STYLESHEET: LazyLock<String> = LazyLock::new(|| {
    let hash: String = digest(STYLES)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("/portal-{hash}.css")
});

/// The address of the stylesheet.
pub(crate) fn stylesheet() -> &'static str {
    &STYLESHEET
}

fn styles(text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, text).into_response()
}

/// The file of styles at a path; `None` for another path.
pub(crate) fn file(path: &str) -> Option<Response> {
    if stylesheet() == path {
        return Some(styles(STYLES.to_owned()));
    }
    let color = format!("#{}", path.strip_prefix("/look-")?.strip_suffix(".css")?);
    let look = Look { color: color.clone(), ..Look::default() };
    // Words on the color are black or white, whichever can be read.
    let text = || format!(":root{{--brand:{};--on-brand:{}}}\n", look.color(), look.color_of_words());
    (look.color() == color).then(|| styles(text()))
}
