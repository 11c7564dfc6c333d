//! The frame of every page, and answers that need to know no more of a request than whose site it is for.

use crate::site::Site;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use liaison_domain::employer_user::NO_ACCESS;
use maud::{DOCTYPE, Markup, html};

/// A page in the frame that all pages of the institution have.
pub(crate) fn framed(
    site: &Site,
    status: StatusCode,
    title: &str,
    heading: &str,
    menu: &Markup,
    content: &Markup,
) -> Response {
    let look = &site.look;
    let color = look.color();
    let markup = html! {
        (DOCTYPE)
        html lang="en-US" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – " (look.name) }
                link rel="stylesheet" href=(crate::assets::stylesheet());
                link rel="stylesheet" href={ "/look-" (color.trim_start_matches('#')) ".css" };
            }
            body {
                a class="skip" href="#main" { "Skip to content" }
                header { p class="brand" { a href="/" { (look.name) } } (menu) }
                main id="main" { h1 { (heading) } (content) }
                footer {
                    h2 { "Contact" }
                    @for line in look.contact_lines() { p { (line) } }
                }
            }
        }
    };
    (status, Html(markup.into_string())).into_response()
}

/// Access is off: the sentence and whom to ask (M28).
pub fn no_access(site: &Site) -> Response {
    let nothing = html! {};
    framed(site, StatusCode::FORBIDDEN, NO_ACCESS, NO_ACCESS, &nothing, &nothing)
}

/// Goes on to another page of this site.
pub fn see_other(path: &str) -> Response {
    // What comes from a constant or a path of this site is a header.
    let location = HeaderValue::from_str(path).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// An answer that also sets a cookie.
pub fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Something that should not happen. The log has it, under a number; the page has no details.
pub fn failed(error: &anyhow::Error) -> Response {
    let incident = crate::moment::new_id();
    tracing::error!(%incident, "{error:#}");
    let text = format!("Something went wrong. Try again in a minute. If it happens again, report incident {incident}.");
    (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
}
