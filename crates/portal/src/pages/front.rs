//! The first pages: of the site, of its employers, and of whoever is logged in.

use crate::page::{self, see_other, show};
use crate::visit::{Visit, Who};
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::employer_user;
use maud::html;

/// `GET /`
pub(crate) async fn root(visit: Visit) -> Response {
    match &visit.who {
        Who::Employer(_) => return see_other("/hire/home"),
        Who::Student(_) => return see_other("/people"),
        Who::Nobody | Who::NoAccess => {}
    }
    let content = html! {
        h2 { "Students and alumni" }
        p { "Your career center invites you by email. Activate your account from that message, then " a href="/log-in" { "log in" } "." }
        h2 { "Employers" }
        p { a href="/hire" { "Recruit at " (visit.site.look.name) } }
    };
    show(&visit, StatusCode::OK, &visit.site.look.name, &content)
}

/// `GET /hire`
pub(crate) async fn hire(visit: Visit) -> Response {
    if let Who::Employer(_) = visit.who {
        return see_other("/hire/home");
    }
    let content = html! {
        p { a href="/hire/sign-up" { "Sign up" } " to create an account, or " a href="/hire/log-in" { "log in" } " if you have one." }
        p { "Students and alumni: " a href="/log-in" { "log in here" } "." }
    };
    show(&visit, StatusCode::OK, &format!("Recruit at {}", visit.site.look.name), &content)
}

/// `GET /hire/home`
pub(crate) async fn home(visit: Visit) -> Response {
    let user = match visit.employer() {
        Ok(user) => user,
        Err(page) => return page,
    };
    let pages = page::employers_menu(&user.permissions);
    let content = html! {
        p { "You’re logged in as " (user.record.text(&employer_user::EMAIL)) "." }
        h2 { "What you can do here" }
        ul class="cards" {
            @for (to, label) in pages.iter().filter(|(to, _)| *to != visit.path) { li { a href=(to) { (label) } } }
        }
    };
    show(&visit, StatusCode::OK, &format!("Welcome, {}", user.record.text(&employer_user::FIRST_NAME)), &content)
}

/// Whatever is at no other path.
pub(crate) async fn other(visit: Visit) -> Response {
    crate::assets::file(&visit.path).unwrap_or_else(|| page::not_found(&visit))
}
