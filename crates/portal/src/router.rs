//! The routes of the pages, and what every answer has.

use crate::pages::{
    account, activate, address, again, choose, colleagues, confirm, employer, events, front, log_in, offers, people,
    posting_form, postings, questions, report, reset, sign_up, unsubscribe,
};
use crate::portal::Portal;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use std::sync::Arc;
use std::time::Duration;

/// Longest form, in bytes.
const LONGEST: usize = 64 * 1024;
/// Longest time for one answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// What browsers must know of every answer: nothing from elsewhere runs, is shown or is sent to, and no other page looks
/// in. `same-origin` and not `no-referrer`: with that browsers say of forms that they come from nowhere.
const HEADERS: [(&str, &str); 9] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; object-src 'none'",
    ),
    ("referrer-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    // Browsers go by it on https only. Without subdomains: other sites of the university are not ours to decide about.
    ("strict-transport-security", "max-age=31536000"),
    ("x-robots-tag", "noindex"),
];

/// All pages.
pub fn router(portal: Arc<Portal>) -> Router {
    Router::new()
        .route("/", get(front::root))
        .route("/hire", get(front::hire))
        .route("/hire/home", get(front::home))
        .route("/hire/again", get(again::form).post(again::send))
        .route("/hire/employer/choose", get(choose::form).post(choose::send))
        .route("/hire/sign-up", get(sign_up::form).post(sign_up::send))
        .route("/check-mail", get(sign_up::check_mail))
        .route("/hire/confirm", get(confirm::form).post(confirm::send))
        .route("/log-in", get(log_in::form).post(log_in::send))
        .route("/hire/log-in", get(log_in::form).post(log_in::send))
        .route("/log-out", post(log_in::log_out))
        .route("/forgot", get(reset::ask).post(reset::send))
        .route("/hire/forgot", get(reset::ask).post(reset::send))
        .route("/reset", get(reset::form).post(reset::change))
        .route("/activate", get(activate::form).post(activate::send))
        .route("/people", get(people::list))
        .route("/people/{id}", get(people::one))
        .route("/experiences", get(report::list))
        .route("/experiences/new", get(report::form).post(report::send))
        .route("/tasks", get(report::list))
        .route("/tasks/new", get(report::form).post(report::send))
        .merge(of_employers())
        .route("/jobs", get(offers::list))
        .route("/jobs/{id}", get(offers::one))
        .route("/events", get(offers::list))
        .route("/events/{id}", get(offers::one))
        .route("/questions", get(questions::form).post(questions::send))
        .route("/account", get(account::form).post(account::send))
        .route("/account/password", get(reset::own).post(reset::set))
        .route("/.well-known/change-password", get(reset::well_known))
        .route("/account/address", get(address::form).post(address::send))
        .route("/account/address/confirm", get(address::opened).post(address::change))
        .route("/account/address/back", get(address::opened).post(address::change))
        .route("/unsubscribe", get(unsubscribe::form).post(unsubscribe::send))
        .fallback(front::other)
        .layer(DefaultBodyLimit::max(LONGEST))
        .layer(middleware::from_fn(framed))
        .with_state(portal)
}

/// What employer users do for their employer.
fn of_employers() -> Router<Arc<Portal>> {
    Router::new()
        .route("/hire/employer", get(employer::one))
        .route("/hire/employer/edit", get(employer::form).post(employer::send))
        .route("/hire/people", get(colleagues::list))
        .route("/hire/people/invite", get(colleagues::invite).post(colleagues::send))
        .route("/hire/join", get(colleagues::form).post(colleagues::accept))
        .route("/hire/interviews", get(postings::list))
        .route("/hire/interviews/new", get(posting_form::form).post(posting_form::send))
        .route("/hire/interviews/{id}", get(postings::one))
        .route("/hire/interviews/{id}/edit", get(posting_form::edit_form).post(posting_form::edit_send))
        .route("/hire/interviews/{id}/cancel", post(postings::call_off))
        .route("/hire/jobs", get(postings::list))
        .route("/hire/jobs/new", get(posting_form::form).post(posting_form::send))
        .route("/hire/jobs/{id}", get(postings::one))
        .route("/hire/jobs/{id}/edit", get(posting_form::edit_form).post(posting_form::edit_send))
        .route("/hire/jobs/{id}/close", post(postings::call_off))
        .route("/hire/events", get(events::list))
        .route("/hire/events/{id}", get(events::one))
        .route("/hire/events/{id}/register", get(events::form).post(events::send))
        .route("/hire/events/{id}/cancel", post(events::cancel))
}

/// What every answer has, whatever it is.
async fn framed(request: Request, next: Next) -> Response {
    let answered = tokio::time::timeout(PATIENCE, next.run(request)).await;
    let mut response = answered.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response());
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
