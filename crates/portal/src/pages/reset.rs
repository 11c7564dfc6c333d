//! A forgotten password: whoever asks gets one answer, and a link by mail where there is an account.

use crate::accounts;
use crate::asked::{self, For};
use crate::form::Form;
use crate::letters;
use crate::outbox;
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary, with_cookie};
use crate::pages::confirm::{spent, taken_in};
use crate::pages::log_in::logged_in;
use crate::pages::sign_up::{counted, label, no_mail};
use crate::passwords::Busy;
use crate::portal::Portal;
use crate::throttle;
use crate::tickets::{self, Purpose, Spent};
use crate::visit::Visit;
use anyhow::Result;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::passcode;
use liaison_domain::refusal::FieldProblem;
use liaison_mail::Address;
use maud::html;
use std::sync::Arc;

/// `GET /forgot` and `GET /hire/forgot`
pub(crate) async fn ask(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    if portal.mail.is_none() { no_mail(&visit) } else { asking(&visit, "", &[]) }
}

fn asking(visit: &Visit, address: &str, wrong: &[Wrong]) -> Response {
    let content = html! {
        (summary(wrong))
        p { "Enter your email. If you have an account, we’ll send you a link to choose a new password." }
        form method="post" action=(visit.path) novalidate {
            (Field::email("Email", address).show(wrong))
            button type="submit" { "Send the link" }
        }
    };
    show(visit, status_of(wrong), "Forgot your password?", &content)
}

/// `POST /forgot` and `POST /hire/forgot`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    sent(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn sent(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    if portal.mail.is_none() {
        return Ok(no_mail(visit));
    }
    let address = form.text("email");
    if Address::parse(&address).is_err() {
        let wrong = [Wrong::new("email", "Enter an email address like name@example.com.")];
        return Ok(asking(visit, &address, &wrong));
    }
    if counted(portal, visit, &address).await? {
        asked::ask(&*portal.log, visit.site.institution, For::Reset, &address, "").await?;
        portal.nudge.notify_one();
    }
    Ok(see_other("/check-mail"))
}

/// `GET /reset`: nothing changes.
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    if let Some(response) = taken_in(&visit) {
        return response;
    }
    opened(&portal, &visit).await.unwrap_or_else(|error| page::failed(&error))
}

async fn opened(portal: &Portal, visit: &Visit) -> Result<Response> {
    let Some(token) = visit.ticket() else { return Ok(spent(visit, Spent::Unknown, "/forgot")) };
    let mut open = portal.log.begin(visit.site.institution).await?;
    Ok(match tickets::look(&mut open, visit.site.institution, token, &[Purpose::Reset], false).await? {
        Ok(ticket) => filled(visit, token, &ticket.address, &[]),
        Err(why) => spent(visit, why, "/forgot"),
    })
}

fn filled(visit: &Visit, token: &str, address: &str, wrong: &[Wrong]) -> Response {
    let content = html! {
        (summary(wrong))
        p { "This is for the account " (address) ". Everyone who is logged in with the old password will be logged out." }
        form method="post" action="/reset" novalidate {
            (hidden("token", token))
            input type="email" name="username" value=(address) autocomplete="username" hidden;
            (Field::password("password", "New password", "new-password")
                .hint("Use at least 12 characters. Three or four words that don’t belong together work well.").show(wrong))
            button type="submit" { "Change password" }
        }
    };
    show(visit, status_of(wrong), "Choose a new password", &content)
}

/// What is wrong with a new password, in words; `about` is what others know of the person.
pub(crate) fn problem(password: &str, about: &[&str]) -> Option<Wrong> {
    let problem = passcode::check(password, about).err()?;
    Wrong::all(&[FieldProblem { field: "password".into(), problem }], label).pop()
}

/// `POST /reset`
pub(crate) async fn change(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    changed(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn changed(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    let (site, token, institution) = (&visit.site, form.text("token"), visit.site.institution);
    let id = institution.to_string();
    if !throttle::count(&portal.pool, &site.key, throttle::TICKETS, &[&id, &visit.client]).await? {
        return Ok(page::too_often(visit, 15));
    }
    let mut open = portal.log.begin(institution).await?;
    let ticket = match tickets::look(&mut open, institution, &token, &[Purpose::Reset], false).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, "/forgot")),
    };
    open.rollback().await?;
    let password = form.raw("password");
    if let Some(wrong) = problem(password, &[&site.look.name, &ticket.address, "Liaison"]) {
        return Ok(filled(visit, &token, &ticket.address, &[wrong]));
    }
    let kept = match portal.passwords.hash(password).await {
        Ok(kept) => kept,
        Err(Busy) => return Ok(page::busy(visit)),
    };
    let mut open = portal.log.begin(institution).await?;
    let ticket = match tickets::look(&mut open, institution, &token, &[Purpose::Reset], true).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, "/forgot")),
    };
    let account = accounts::by_address(&mut *open, &ticket.address).await?;
    let Some(account) = account else { return Ok(spent(visit, Spent::Expired, "/forgot")) };
    accounts::set_password(&mut open, account.id, &kept).await?;
    tickets::spend(&mut open, institution, &token).await?;
    let words = letters::password_changed(&site.look.name, site.link("/forgot"));
    outbox::put(&mut open, institution, &account.address, &words).await?;
    open.commit().await?;
    portal.nudge.notify_one();
    let links = accounts::links(&portal.pool, institution, account.id).await?;
    let Some(link) = links.first() else { return Ok(see_other("/")) };
    let response = logged_in(portal, visit, account.id, *link).await?;
    Ok(with_cookie(response, &visit.ticket_cookie("")))
}

/// `GET /account/password`
pub(crate) async fn own(visit: Visit) -> Response {
    match account_of(&visit) {
        Ok(_) => own_form(&visit, &[]),
        Err(page) => page,
    }
}

/// The account of whoever is logged in.
fn account_of(visit: &Visit) -> Result<uuid::Uuid, Response> {
    match visit.student() {
        Ok(person) => Ok(person.account),
        Err(_) => visit.employer().map(|user| user.account),
    }
}

fn own_form(visit: &Visit, wrong: &[Wrong]) -> Response {
    let content = html! {
        (summary(wrong))
        p { "Everyone else who is logged in with the old password will be logged out." }
        form method="post" action="/account/password" novalidate {
            (hidden("op", &visit.op()))
            (Field::password("current", "Current password", "current-password").show(wrong))
            (Field::password("password", "New password", "new-password")
                .hint("Use at least 12 characters. Three or four words that don’t belong together work well.").show(wrong))
            button type="submit" { "Change password" }
        }
    };
    show(visit, status_of(wrong), "Change your password", &content)
}

/// `POST /account/password`
pub(crate) async fn set(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    own_changed(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn own_changed(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    let account = match account_of(visit).and_then(|account| visit.check_op(form).map(|()| account)) {
        Ok(account) => account,
        Err(page) => return Ok(page),
    };
    let (site, institution) = (&visit.site, visit.site.institution.to_string());
    let of = [institution.as_str(), &account.to_string()].map(str::to_owned);
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    if let Some(minutes) = throttle::wait(&portal.pool, &site.key, throttle::LOG_IN, &of).await? {
        return Ok(page::too_often(visit, minutes));
    }
    // Counted before it is looked at, and by what was counted: many at once are no way around the limit.
    if !throttle::count(&portal.pool, &site.key, throttle::LOG_IN, &of).await? {
        return Ok(page::too_often(visit, 15));
    }
    let Some(account) = accounts::by_id(&portal.pool, account).await? else { return Ok(page::not_found(visit)) };
    match portal.passwords.is_right(form.raw("current"), Some(&account.password)).await {
        Ok(true) => throttle::forget(&portal.pool, &site.key, throttle::LOG_IN, &of).await?,
        Ok(false) => return Ok(own_form(visit, &[Wrong::new("current", "This isn’t your current password.")])),
        Err(Busy) => return Ok(page::busy(visit)),
    }
    if let Some(wrong) = problem(form.raw("password"), &[&site.look.name, &account.address, "Liaison"]) {
        return Ok(own_form(visit, &[wrong]));
    }
    let kept = match portal.passwords.hash(form.raw("password")).await {
        Ok(kept) => kept,
        Err(Busy) => return Ok(page::busy(visit)),
    };
    let mut open = portal.log.begin(site.institution).await?;
    accounts::set_password(&mut open, account.id, &kept).await?;
    let words = letters::password_changed(&site.look.name, site.link("/forgot"));
    outbox::put(&mut open, site.institution, &account.address, &words).await?;
    open.commit().await?;
    portal.nudge.notify_one();
    let links = accounts::links(&portal.pool, site.institution, account.id).await?;
    let record = match &visit.who {
        crate::visit::Who::Employer(user) => user.record.id,
        crate::visit::Who::Student(person) => person.record.id,
        _ => return Ok(see_other("/")),
    };
    match links.into_iter().find(|link| link.record == record) {
        Some(link) => logged_in(portal, visit, account.id, link).await,
        None => Ok(see_other("/")),
    }
}

/// `GET /.well-known/change-password`
pub(crate) async fn well_known() -> Response {
    let mut response = see_other("/account/password");
    *response.status_mut() = StatusCode::FOUND;
    response
}
