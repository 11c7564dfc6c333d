//! The link of a sign-up: a form that asks for a password, and what it comes to: the account, the employer user, the
//! contact and the login, in one transaction.

use crate::accounts::{self, Account, Link, Password};
use crate::asked::user_with;
use crate::employers;
use crate::form::Form;
use crate::log::{Step, Written};
use crate::moment::{ids, now};
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary, with_cookie};
use crate::pages::sign_up::{fields, label, limit, typed};
use crate::passwords::Busy;
use crate::portal::Portal;
use crate::site;
use crate::throttle;
use crate::tickets::{self, Purpose, Spent, Ticket};
use crate::visit::Visit;
use anyhow::{Result, bail};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::refusal::FieldProblem;
use liaison_domain::{OperationKind, RecordKind, employer_user, passcode};
use liaison_intake::change::edit;
use liaison_intake::sign_up::{self, Typed, waits_again};
use maud::{Markup, html};
use std::sync::Arc;

const PURPOSES: &[Purpose] = &[Purpose::SignUp, Purpose::Claim];

/// Takes the token of a link out of the address; `None` where there is none in it.
pub(crate) fn taken_in(visit: &Visit) -> Option<Response> {
    let token = visit.query.text("token");
    (!token.is_empty()).then(|| {
        let is_token =
            token.len() <= 100 && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let kept = if is_token { token.as_str() } else { "none" };
        with_cookie(see_other(&visit.path), &visit.ticket_cookie(kept))
    })
}

/// A link that is not good any more, with the way on.
pub(crate) fn spent(visit: &Visit, spent: Spent, again: &str) -> Response {
    let content = match spent {
        Spent::Used => html! {
            p { "This link has already been used. If you chose a password with it, log in." }
            p { a href="/hire/log-in" { "Log in" } }
        },
        Spent::Expired => html! {
            p { "This link has expired, or there is a newer one in your mailbox." }
            p { a href=(again) { "Ask for a new one" } }
        },
        Spent::Unknown => {
            html! { p { "Open the link in the message again. If it still doesn’t work, " a href=(again) { "ask for a new one" } "." } }
        }
    };
    show(visit, StatusCode::GONE, "This link doesn’t work", &content)
}

/// `GET /hire/confirm`: nothing changes.
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    if let Some(response) = taken_in(&visit) {
        return response;
    }
    opened(&portal, &visit).await.unwrap_or_else(|error| page::failed(&error))
}

async fn opened(portal: &Portal, visit: &Visit) -> Result<Response> {
    let Some(token) = visit.ticket() else { return Ok(spent(visit, Spent::Unknown, "/hire/sign-up")) };
    let mut open = portal.log.begin(visit.site.institution).await?;
    let ticket = match tickets::look(&mut open, visit.site.institution, token, PURPOSES, false).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, "/hire/sign-up")),
    };
    let has_account = has_own(accounts::by_address(&mut *open, &ticket.address).await?.as_ref(), true);
    let typed: Typed = serde_json::from_str(&ticket.payload).unwrap_or_default();
    Ok(filled(visit, token, &ticket, &typed, has_account, &[]))
}

fn filled(visit: &Visit, token: &str, ticket: &Ticket, typed: &Typed, has_account: bool, wrong: &[Wrong]) -> Response {
    let content = html! {
        (summary(wrong))
        p { "Your email is confirmed: " (ticket.address) }
        form method="post" action="/hire/confirm" novalidate {
            (hidden("token", token))
            @if ticket.purpose == Purpose::SignUp { (fields(typed, wrong)) }
            (password_of(&ticket.address, has_account, wrong))
            button type="submit" { "Create account" }
        }
    };
    show(visit, status_of(wrong), "Choose a password", &content)
}

/// The password of whoever owns an address: that of the account there is, or one to choose.
pub(crate) fn password_of(address: &str, has_account: bool, wrong: &[Wrong]) -> Markup {
    html! {
        // So that a password manager keeps both together.
        input type="email" name="username" value=(address) autocomplete="username" hidden;
        @if has_account {
            (Field::password("password", "Password", "current-password")
                .hint("You already have an account with this address at another career center. Enter its password.").show(wrong))
        } @else {
            (Field::password("password", "Password", "new-password")
                .hint("Use at least 12 characters. Three or four words that don’t belong together work well.").show(wrong))
        }
    }
}

/// `POST /hire/confirm`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    sent(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

/// Whether somebody with this address types the password of the account there is. An account that was made by the link of
/// an invitation may be anybody's who knew it: whoever reads a letter of the hub chooses another password.
pub(crate) fn has_own(account: Option<&Account>, by_letter: bool) -> bool {
    account.is_some_and(|account| account.proven || !by_letter)
}

/// What comes of a password that was typed for an address.
pub(crate) enum Chosen {
    /// It is good.
    Good(Password),
    /// It is not, and why.
    Wrong(Wrong),
}

/// Checks the password that somebody with a proven address types: a new one, or that of the account with the address.
/// `about` is what others know of the person, `by_letter` whether a letter of the hub proved the address.
pub(crate) async fn chosen(
    portal: &Portal,
    (address, by_letter): (&str, bool),
    password: &str,
    about: &[&str],
) -> Result<Result<Chosen, Busy>> {
    let account = accounts::by_address(&portal.pool, address).await?;
    if let Some(account) = account.filter(|account| has_own(Some(account), by_letter)) {
        return Ok(portal.passwords.is_right(password, Some(&account.password)).await.map(|is_right| match is_right {
            true => Chosen::Good(Password::Own(account.password)),
            false => Chosen::Wrong(Wrong::new("password", "That isn’t the password of your account. Try again.")),
        }));
    }
    if let Err(problem) = passcode::check(password, about) {
        let problem = FieldProblem { field: "password".into(), problem };
        let wrong = Wrong::all(&[problem], label).into_iter().next();
        return Ok(Ok(Chosen::Wrong(wrong.unwrap_or_else(|| Wrong::new("password", "Choose another password.")))));
    }
    Ok(portal.passwords.hash(password).await.map(|hash| Chosen::Good(Password::New(hash))))
}

async fn sent(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    let (site, token) = (&visit.site, form.text("token"));
    let of_client = [site.institution.to_string(), visit.client.clone()];
    let of_client: Vec<&str> = of_client.iter().map(String::as_str).collect();
    if !throttle::count(&portal.pool, &site.key, throttle::TICKETS, &of_client).await? {
        return Ok(page::too_often(visit, 15));
    }
    let mut open = portal.log.begin(site.institution).await?;
    let ticket = match tickets::look(&mut open, site.institution, &token, PURPOSES, false).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, "/hire/sign-up")),
    };
    open.rollback().await?;
    // Passwords are hashed before anything is locked.
    let (typed, password) = (typed(form), form.raw("password"));
    let about = [&site.look.name, &ticket.address, &typed.first_name, &typed.last_name, &typed.employer];
    let about: Vec<&str> = about.iter().map(|text| text.as_str()).chain(["Liaison"]).collect();
    let mut wrong = match ticket.purpose {
        Purpose::SignUp => Wrong::all(&sign_up::check(&typed, &ticket.address), label),
        _ => Vec::new(),
    };
    let chosen = match chosen(portal, (&ticket.address, true), password, &about).await? {
        Ok(Chosen::Good(password)) => Some(password),
        Ok(Chosen::Wrong(problem)) => {
            wrong.push(problem);
            None
        }
        Err(Busy) => return Ok(page::busy(visit)),
    };
    let Some(password) = chosen.filter(|_| wrong.is_empty()) else {
        let has_account = has_own(accounts::by_address(&portal.pool, &ticket.address).await?.as_ref(), true);
        return Ok(filled(visit, &token, &ticket, &typed, has_account, &wrong));
    };
    done(portal, visit, &token, &typed, &password).await
}

/// Writes what signing up comes to. All of it is decided anew, under the institution's lock.
async fn done(portal: &Portal, visit: &Visit, token: &str, typed: &Typed, password: &Password) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let ticket = match tickets::look(&mut open, institution, token, PURPOSES, true).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, "/hire/sign-up")),
    };
    let there = user_with(log, &mut open, institution, &ticket.address).await?;
    let (user, step) = match there {
        // Somebody was quicker: another tab, or a colleague at the career center.
        Some((_, Some(_))) => return Ok(spent(visit, Spent::Used, "/hire/sign-up")),
        Some((user, None)) => {
            if employer_user::log_in(&user).is_err() {
                return Ok(page::no_access(&visit.site));
            }
            let activated = edit(&user, user.change(&employer_user::NOT_ACTIVATED, liaison_domain::Value::Empty));
            let there = employers::there(log, &mut open, &visit.site, &ticket.address).await?;
            let again = there.known.as_ref().and_then(waits_again);
            let kind = if again.is_some() { OperationKind::PortalSignUp } else { OperationKind::PortalActivate };
            (user.clone(), Step { actor: user.id, kind, changes: activated.into_iter().chain(again).collect() })
        }
        // The user that was to be claimed is gone.
        None if ticket.purpose == Purpose::Claim => return Ok(spent(visit, Spent::Expired, "/hire/sign-up")),
        None => {
            let there = employers::there(log, &mut open, &visit.site, &ticket.address).await?;
            // What the career center decided since the letter went out counts.
            if !there.as_ref().admits(&ticket.address) {
                return Ok(not_open(visit));
            }
            let role = site::default_role(log, &mut open, institution).await?;
            let planned = sign_up::sign_up(typed, &ticket.address, there.as_ref(), role, &mut ids(), now());
            let signed_up = match planned {
                Ok(signed_up) => signed_up,
                Err(problems) => {
                    let wrong = Wrong::all(&problems, label);
                    let has_account = matches!(password, Password::Own(_));
                    return Ok(filled(visit, token, &ticket, typed, has_account, &wrong));
                }
            };
            if signed_up.user.get(&employer_user::EMPLOYER).is_empty() {
                let typed = employers::Typed { name: typed.employer.clone(), website: typed.website.clone() };
                employers::ask(&mut open, institution, signed_up.user.id, &typed).await?;
            }
            let step = Step { actor: signed_up.user.id, kind: OperationKind::PortalSignUp, changes: signed_up.changes };
            (signed_up.user, step)
        }
    };
    let mut place = None;
    if !step.changes.is_empty() {
        match log.write(&mut open, institution, step).await? {
            Written::At(at) => place = Some(at),
            Written::Refused(reason) => bail!("a sign-up was refused: {reason}"),
        }
    }
    let link = Link { kind: RecordKind::EmployerUser, record: user.id };
    let Some(account) = accounts::link(&mut open, institution, link, &ticket.address, (password, true)).await? else {
        // The account changed while the password was compared.
        return Ok(page::busy(visit));
    };
    tickets::spend(&mut open, institution, token).await?;
    let login = accounts::log_in(&mut open, institution, account, link).await?;
    open.commit().await?;
    if let Some(place) = place {
        log.wake(institution, place);
    }
    // Where there is something to choose, the home page leads there.
    let response = with_cookie(see_other("/hire/home"), &visit.login_cookie(&login));
    Ok(with_cookie(response, &visit.ticket_cookie("")))
}

/// Signing up was open to this person when the letter went out, and is no more.
fn not_open(visit: &Visit) -> Response {
    let content = html! {
        @if let Some(limit) = limit(&visit.site) { p { (limit) } }
        p { a href="/hire" { "See how to reach the career center" } }
    };
    show(visit, StatusCode::FORBIDDEN, "You can’t sign up here", &content)
}
