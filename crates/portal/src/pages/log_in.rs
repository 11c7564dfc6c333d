//! Logging in and out.

use crate::accounts::{self, Link};
use crate::form::Form;
use crate::page::{self, Field, Wrong, see_other, show, status_of, summary, with_cookie};
use crate::pages::questions;
use crate::passwords::Busy;
use crate::portal::Portal;
use crate::throttle::{self, LOG_IN, LOG_IN_ADDRESS, LOG_IN_CLIENT, Limit};
use crate::visit::{Visit, Who, as_whom};
use anyhow::Result;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::{RecordKind, name};
use maud::html;
use std::sync::Arc;

/// Whether the page is that of employers.
fn is_of_employers(visit: &Visit) -> bool {
    visit.path.starts_with("/hire")
}

/// `GET /log-in` and `GET /hire/log-in`
pub(crate) async fn form(visit: Visit) -> Response {
    filled(&visit, "", &[])
}

fn filled(visit: &Visit, address: &str, wrong: &[Wrong]) -> Response {
    let hire = is_of_employers(visit);
    let content = html! {
        (summary(wrong))
        form method="post" action=(visit.path) novalidate {
            (Field::email("Email", address).show(wrong))
            (Field::password("password", "Password", "current-password").show(wrong))
            button type="submit" { "Log in" }
        }
        p { a href=(if hire { "/hire/forgot" } else { "/forgot" }) { "Forgot your password?" } }
        @if hire {
            p { "No account yet? " a href="/hire/sign-up" { "Sign up" } }
            p { "Students and alumni: " a href="/log-in" { "log in here" } }
        } @else {
            p { "Your career center invites you by email. Activate your account from that message." }
            p { "Employers: " a href="/hire/log-in" { "log in here" } }
        }
    };
    show(visit, status_of(wrong), "Log in", &content)
}

/// `POST /log-in` and `POST /hire/log-in`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    sent(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn sent(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    let (site, address) = (&visit.site, form.text("email"));
    let (institution, key) = (site.institution.to_string(), name::email_key(&address));
    let limits: [(Limit, Vec<&str>); 3] = [
        (LOG_IN, vec![&institution, &key, &visit.client]),
        (LOG_IN_ADDRESS, vec![&institution, &key]),
        (LOG_IN_CLIENT, vec![&institution, &visit.client]),
    ];
    for (limit, of) in &limits {
        if let Some(minutes) = throttle::wait(&portal.pool, &site.key, *limit, of).await? {
            return Ok(page::too_often(visit, minutes));
        }
    }
    // Each try counts before it is looked at: many at once are no way around the limit.
    for (limit, of) in &limits {
        if !throttle::count(&portal.pool, &site.key, *limit, of).await? {
            let minutes = throttle::wait(&portal.pool, &site.key, *limit, of).await?;
            return Ok(page::too_often(visit, minutes.unwrap_or(1)));
        }
    }
    let account = accounts::by_address(&portal.pool, &address).await?;
    let kept = account.as_ref().map(|account| account.password.as_str());
    let is_right = match portal.passwords.is_right(form.raw("password"), kept).await {
        Ok(is_right) => is_right,
        Err(Busy) => return Ok(page::busy(visit)),
    };
    let Some(account) = account.filter(|_| is_right) else {
        let wrong = [Wrong::new("email", "The email or password is wrong.")];
        return Ok(filled(visit, &address, &wrong));
    };
    throttle::forget(&portal.pool, &site.key, LOG_IN, &limits[0].1).await?;
    for (limit, of) in &limits[1..] {
        throttle::take_back(&portal.pool, &site.key, *limit, of).await?;
    }
    let links = accounts::links(&portal.pool, site.institution, account.id).await?;
    let first = if is_of_employers(visit) { RecordKind::EmployerUser } else { RecordKind::Student };
    let Some(link) = links.iter().find(|link| link.kind == first).or(links.first()).copied() else {
        return Ok(nobody_here(visit));
    };
    logged_in(portal, visit, account.id, link).await
}

/// Logs somebody in whose password was right; whoever has no access reads so.
pub(crate) async fn logged_in(portal: &Portal, visit: &Visit, account: uuid::Uuid, link: Link) -> Result<Response> {
    let institution = visit.site.institution;
    let mut open = portal.log.begin(institution).await?;
    let home = match as_whom(portal, &mut open, &visit.site, account, link).await? {
        Who::Employer(_) => "/hire/home".to_owned(),
        // What must be answered is asked again; nobody is kept out by it.
        Who::Student(person) => {
            questions::next_page(&*portal.log, &mut open, institution, person.record.id, false).await?
        }
        Who::NoAccess | Who::Nobody => return Ok(page::no_access(&visit.site)),
    };
    // Another token each time; the one that came with the request is worth nothing any more.
    if let Some(token) = visit.token() {
        accounts::log_out(&mut open, institution, token).await?;
    }
    let token = accounts::log_in(&mut open, institution, account, link).await?;
    open.commit().await?;
    Ok(with_cookie(see_other(&home), &visit.login_cookie(&token)))
}

/// The password is right, and the account is nobody's at this institution (M46).
fn nobody_here(visit: &Visit) -> Response {
    let institution = &visit.site.look.name;
    let content = html! {
        @if is_of_employers(visit) {
            p { "Your account is with another career center. To recruit at " (institution) ", " a href="/hire/sign-up" { "sign up" } " with the same email and password." }
        } @else {
            p { "Your account is with another career center. Ask " (institution) " to invite you." }
        }
    };
    show(visit, StatusCode::UNPROCESSABLE_ENTITY, &format!("You’re not at {institution} yet"), &content)
}

/// `POST /log-out`
pub(crate) async fn log_out(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    ended(&portal, &visit).await.unwrap_or_else(|error| page::failed(&error))
}

async fn ended(portal: &Portal, visit: &Visit) -> Result<Response> {
    if let Some(token) = visit.token() {
        let mut open = portal.log.begin(visit.site.institution).await?;
        accounts::log_out(&mut open, visit.site.institution, token).await?;
        open.commit().await?;
    }
    let to = if matches!(visit.who, Who::Student(_)) { "/log-in" } else { "/hire/log-in" };
    Ok(with_cookie(see_other(to), &visit.login_cookie("")))
}
