//! The first pages: of the site, of its employers, and of whoever is logged in.

use crate::page::{self, see_other, show};
use crate::visit::{Visit, Who};
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::employer_user;
use liaison_domain::role::{PortalArea, Reach, sees};
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
        p { "Your career center invites you by email. Activate your account from that message, then log in here." }
        p class="actions" { a class="button" href="/log-in" { "Log in" } }
        h2 { "Employers" }
        p { "Sign up to recruit students and alumni, or log in if you have an account." }
        p class="actions" { a class="button" href="/hire" { "Recruit at " (visit.site.look.name) } }
    };
    show(&visit, StatusCode::OK, &visit.site.look.name, &content)
}

/// `GET /hire`
pub(crate) async fn hire(visit: Visit) -> Response {
    if let Who::Employer(_) = visit.who {
        return see_other("/hire/home");
    }
    let content = html! {
        p { "Create an account with your work email. You can log in as soon as your address is confirmed." }
        p class="actions" {
            a class="button" href="/hire/sign-up" { "Sign up" }
            a class="button second" href="/hire/log-in" { "Log in" }
        }
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
    let areas = sees(&user.permissions);
    let content = html! {
        p { "You’re logged in as " (user.record.text(&employer_user::EMAIL)) "." }
        h2 { "What you can do here" }
        ul class="cards" {
            @for sight in areas.iter().filter(|sight| sight.reach != Reach::Hidden) {
                @if let Some((label, to)) = area(sight.area) { li { a href=(to) { (label) } } }
            }
        }
    };
    show(&visit, StatusCode::OK, &format!("Welcome, {}", user.record.text(&employer_user::FIRST_NAME)), &content)
}

/// The pages there are so far for a part of the portal.
fn area(area: PortalArea) -> Option<(&'static str, &'static str)> {
    match area {
        PortalArea::Account => Some(("My account", "/account")),
        _ => None,
    }
}

/// Whatever is at no other path.
pub(crate) async fn other(visit: Visit) -> Response {
    crate::assets::file(&visit.path).unwrap_or_else(|| page::not_found(&visit))
}
