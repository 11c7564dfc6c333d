//! The first pages: of the site, of its employers, and of whoever is logged in.

use crate::employers;
use crate::page::{self, see_other, show};
use crate::pages::sign_up::limit;
use crate::portal::Portal;
use crate::site;
use crate::visit::{User, Visit, Who};
use anyhow::Result;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::employer_match::{is_claimed, is_no_place};
use liaison_domain::{Record, RecordKind, employer, employer_user, organization};
use maud::{Markup, html};
use std::sync::Arc;

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
    let text = visit.site.record.text(&organization::INSTITUTION_HIRE_TEXT);
    let content = html! {
        @for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            p class="lines" { (paragraph) }
        }
        @if let Some(limit) = limit(&visit.site) { p { (limit) } }
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
pub(crate) async fn home(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    match visit.employer() {
        Ok(user) => welcome(&portal, &visit, user).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn welcome(portal: &Portal, visit: &Visit, user: &User) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let mut open = log.begin(institution).await?;
    let employer = match user.record.get(&employer_user::EMPLOYER).as_reference() {
        Some(employer) => site::find(log, &mut open, institution, RecordKind::Employer, employer).await?,
        None if employers::asked(&mut open, institution, user.record.id).await?.is_some() => {
            return Ok(see_other("/hire/employer/choose"));
        }
        None => None,
    };
    let pages = page::employers_menu(&user.permissions);
    let content = html! {
        p { "You’re logged in as " (user.record.text(&employer_user::EMAIL)) "." }
        @if let Some(employer) = employer.filter(|employer| !is_no_place(employer)) { (works_at(visit, &employer)) }
        h2 { "What you can do here" }
        ul class="cards" {
            @for (to, label) in pages.iter().filter(|(to, _)| *to != visit.path) { li { a href=(to) { (label) } } }
        }
    };
    Ok(show(visit, StatusCode::OK, &format!("Welcome, {}", user.record.text(&employer_user::FIRST_NAME)), &content))
}

/// For which employer somebody acts, and whether the career center has confirmed it.
fn works_at(visit: &Visit, employer: &Record) -> Markup {
    let (institution, name) = (&visit.site.look.name, employer.text(&employer::NAME));
    html! {
        @if is_claimed(employer) {
            p { (institution) " hasn’t confirmed yet that you work at " (name) ". You can use this site in the meantime." }
        } @else {
            p { "You’re here for " (name) ". If that’s wrong, tell " (institution) "." }
        }
    }
}

/// Whatever is at no other path.
pub(crate) async fn other(visit: Visit) -> Response {
    crate::assets::file(&visit.path).unwrap_or_else(|| page::not_found(&visit))
}
