//! Another email address for the own account (employer users). Whoever asks knows the password; whoever confirms reads the
//! new mailbox and knows it, too, so that a slip of the pen gives nobody the account. The old address hears of both, and
//! takes it back within a week.

use crate::accounts::{self, Link};
use crate::asked::{self, For};
use crate::form::Form;
use crate::letters;
use crate::log::{Log, Open, Step, Written};
use crate::lookup::Purpose as By;
use crate::outbox;
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary, with_cookie};
use crate::pages::confirm::{spent, taken_in};
use crate::pages::sign_up::{counted, no_mail};
use crate::passwords::Busy;
use crate::portal::Portal;
use crate::site;
use crate::throttle;
use crate::tickets::{self, MovedAddress, Purpose, Spent, Ticket};
use crate::visit::Visit;
use anyhow::{Context as _, Result, bail};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::contact::linked;
use liaison_domain::{Change, Id, OperationKind, RecordKind, employer_user, name};
use liaison_intake::sign_up::address_edit;
use liaison_mail::Address;
use maud::html;
use std::sync::Arc;
use uuid::Uuid;

/// `GET /account/address`
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    match visit.employer() {
        Ok(_) if portal.mail.is_none() => no_mail(&visit),
        Ok(_) => filled(&visit, "", &[]),
        Err(page) => page,
    }
}

fn filled(visit: &Visit, address: &str, wrong: &[Wrong]) -> Response {
    let now = visit.employer().map(|user| user.record.text(&employer_user::EMAIL)).unwrap_or_default();
    let content = html! {
        (summary(wrong))
        p { "You log in with " (now) ". We’ll send a link to your new address. It stays as it is until you open that link." }
        form method="post" action="/account/address" novalidate {
            (hidden("op", &visit.op()))
            (Field { autocomplete: "email", ..Field::email("New work email", address) }.show(wrong))
            (Field::password("current", "Current password", "current-password").show(wrong))
            button type="submit" { "Send the link" }
        }
    };
    show(visit, status_of(wrong), "Change your email address", &content)
}

/// `POST /account/address`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    sent(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn sent(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    let user = match visit.employer().and_then(|user| visit.check_op(form).map(|()| user)) {
        Ok(user) => user,
        Err(page) => return Ok(page),
    };
    if portal.mail.is_none() {
        return Ok(no_mail(visit));
    }
    let address = form.text("email");
    let mut wrong = Vec::new();
    if Address::parse(&address).is_err() {
        wrong.push(Wrong::new("email", "Enter an email address like name@example.com."));
    } else if name::email_key(&address) == name::email_key(user.record.text(&employer_user::EMAIL)) {
        wrong.push(Wrong::new("email", "You use this address already. Enter another one."));
    }
    match is_own_password(portal, visit, user.account, form.raw("current")).await? {
        Ok(true) => {}
        Ok(false) => wrong.push(Wrong::new("current", "This isn’t your current password.")),
        Err(page) => return Ok(page),
    }
    if !wrong.is_empty() {
        return Ok(filled(visit, &address, &wrong));
    }
    if counted(portal, visit, &address).await? {
        let asked = MovedAddress {
            account: user.account,
            user: user.record.id,
            from: user.record.text(&employer_user::EMAIL).to_owned(),
        };
        let payload = serde_json::to_string(&asked)?;
        asked::ask(&*portal.log, visit.site.institution, For::Address, &address, &payload).await?;
        portal.nudge.notify_one();
    }
    Ok(see_other("/check-mail"))
}

/// Whether it is the password of an account; counted as failures to log in are.
async fn is_own_password(
    portal: &Portal,
    visit: &Visit,
    account: Uuid,
    password: &str,
) -> Result<Result<bool, Response>> {
    let of = [visit.site.institution.to_string(), account.to_string()];
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    if let Some(minutes) = throttle::wait(&portal.pool, &visit.site.key, throttle::LOG_IN, &of).await? {
        return Ok(Err(page::too_often(visit, minutes)));
    }
    throttle::count(&portal.pool, &visit.site.key, throttle::LOG_IN, &of).await?;
    let kept = accounts::by_id(&portal.pool, account).await?;
    match portal.passwords.is_right(password, kept.as_ref().map(|kept| kept.password.as_str())).await {
        Ok(true) => {
            throttle::forget(&portal.pool, &visit.site.key, throttle::LOG_IN, &of).await?;
            Ok(Ok(true))
        }
        Ok(false) => Ok(Ok(false)),
        Err(Busy) => Ok(Err(page::busy(visit))),
    }
}

/// What a link is for, by the page it leads to.
fn purpose_of(visit: &Visit) -> Purpose {
    if visit.path.ends_with("/back") { Purpose::AddressBack } else { Purpose::Address }
}

/// `GET /account/address/confirm` and `GET /account/address/back`: nothing changes.
pub(crate) async fn opened(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    if let Some(response) = taken_in(&visit) {
        return response;
    }
    asked(&portal, &visit, &[]).await.unwrap_or_else(|error| page::failed(&error))
}

async fn asked(portal: &Portal, visit: &Visit, wrong: &[Wrong]) -> Result<Response> {
    let Some(token) = visit.ticket() else { return Ok(spent(visit, Spent::Unknown, "/account/address")) };
    let mut open = portal.log.begin(visit.site.institution).await?;
    let ticket = tickets::look(&mut open, visit.site.institution, token, &[purpose_of(visit)], false).await?;
    let ticket = match ticket {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, "/account/address")),
    };
    let is_back = ticket.purpose == Purpose::AddressBack;
    let heading = if is_back { "Keep your old email address?" } else { "Use your new email address" };
    let content = html! {
        (summary(wrong))
        @if is_back {
            p { "You’ll log in with " (ticket.address) " again. Everyone who is logged in to the account is logged out, and we’ll send you a link to choose a new password." }
        } @else {
            p { "From now on, you’ll log in with " (ticket.address) "." }
        }
        form method="post" action=(visit.path) novalidate {
            (hidden("token", token))
            @if is_back {
                button type="submit" { "Keep my old address" }
            } @else {
                input type="email" name="username" value=(ticket.address) autocomplete="username" hidden;
                (Field::password("password", "Password", "current-password").hint("The password of your account.").show(wrong))
                button type="submit" { "Use this address" }
            }
        }
    };
    Ok(show(visit, status_of(wrong), heading, &content))
}

/// `POST /account/address/confirm` and `POST /account/address/back`
pub(crate) async fn change(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    changed(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn changed(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    let (log, site, token) = (&*portal.log, &visit.site, form.text("token"));
    let institution = site.institution;
    let id = institution.to_string();
    if !throttle::count(&portal.pool, &site.key, throttle::TICKETS, &[&id, &visit.client]).await? {
        return Ok(page::too_often(visit, 15));
    }
    let purpose = purpose_of(visit);
    let mut open = log.begin(institution).await?;
    let ticket = match tickets::look(&mut open, institution, &token, &[purpose], false).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, "/account/address")),
    };
    open.rollback().await?;
    let moved: MovedAddress = serde_json::from_str(&ticket.payload).context("what the link is for")?;
    // The password is compared before anything is locked.
    if purpose == Purpose::Address {
        match is_own_password(portal, visit, moved.account, form.raw("password")).await? {
            Ok(true) => {}
            Ok(false) => {
                let wrong = [Wrong::new("password", "This isn’t the password of your account.")];
                return asked(portal, visit, &wrong).await;
            }
            Err(page) => return Ok(page),
        }
    }
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let ticket = match tickets::look(&mut open, institution, &token, &[purpose], true).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, "/account/address")),
    };
    // Whoever has the address by now keeps it.
    if !accounts::readdress(&mut open, moved.account, &moved.from, &ticket.address).await? {
        return Ok(taken(visit));
    }
    let Ok(place) = follow(log, &mut open, institution, moved.user, &ticket.address).await? else {
        return Ok(taken(visit));
    };
    tickets::spend(&mut open, institution, &token).await?;
    if purpose == Purpose::AddressBack {
        accounts::end_logins(&mut open, moved.account).await?;
        let reset = Ticket { purpose: Purpose::Reset, address: ticket.address.clone(), payload: String::new() };
        let reset = tickets::make(&mut open, institution, &reset).await?;
        let words = letters::reset(&site.look.name, site.link(&format!("/reset?token={reset}")));
        outbox::put(&mut open, institution, &ticket.address, &words).await?;
    } else {
        let back = MovedAddress { from: ticket.address.clone(), ..moved.clone() };
        let back = Ticket {
            purpose: Purpose::AddressBack,
            address: moved.from.clone(),
            payload: serde_json::to_string(&back)?,
        };
        let back = tickets::make(&mut open, institution, &back).await?;
        let words =
            letters::address_changed(&site.look.name, site.link(&format!("/account/address/back?token={back}")));
        outbox::put(&mut open, institution, &moved.from, &words).await?;
    }
    let login = match purpose {
        Purpose::Address => {
            let link = Link { kind: RecordKind::EmployerUser, record: moved.user };
            Some(accounts::log_in(&mut open, institution, moved.account, link).await?)
        }
        _ => None,
    };
    open.commit().await?;
    if let Some(place) = place {
        log.wake(institution, place);
    }
    portal.nudge.notify_one();
    elsewhere(portal, institution, &moved, &ticket.address).await;
    let response = match login {
        Some(login) => with_cookie(see_other("/account?saved=1"), &visit.login_cookie(&login)),
        None => with_cookie(see_other("/check-mail"), &visit.login_cookie("")),
    };
    Ok(with_cookie(response, &visit.ticket_cookie("")))
}

fn taken(visit: &Visit) -> Response {
    let content = html! {
        p { "Someone else uses this address by now, or your account has changed since the message was sent. Nothing was changed." }
        p { a href="/account/address" { "Use another address" } }
    };
    show(visit, StatusCode::CONFLICT, "This address can’t be used", &content)
}

/// Somebody else has the address.
struct Taken;

/// Writes the new address into the records of an institution: that of the user, and the contact's, where that follows.
/// The place of the step; none where nothing changed.
async fn follow(
    log: &dyn Log,
    open: &mut Open,
    institution: Id,
    user: Id,
    address: &str,
) -> Result<Result<Option<u64>, Taken>> {
    let user = site::find(log, open, institution, RecordKind::EmployerUser, user).await?;
    let Some(user) = user.filter(|user| !user.is_deleted()) else { return Ok(Err(Taken)) };
    let key = name::email_key(address);
    let others = site::found(log, open, institution, (By::Address, RecordKind::EmployerUser, &key)).await?;
    if others.iter().any(|other| other.id != user.id) {
        return Ok(Err(Taken));
    }
    let old = name::email_key(user.text(&employer_user::EMAIL));
    let by_address = site::found(log, open, institution, (By::Address, RecordKind::Contact, &old)).await?;
    let by_alias = site::found(log, open, institution, (By::Alias, RecordKind::Contact, &old)).await?;
    let taken = site::found(log, open, institution, (By::Address, RecordKind::Contact, &key)).await?;
    let changes: Vec<Change> = address_edit(&user, address, linked(&by_address, &by_alias), &taken);
    if changes.is_empty() {
        return Ok(Ok(None));
    }
    let step = Step { actor: user.id, kind: OperationKind::PortalAddress, changes };
    match log.write(open, institution, step).await? {
        Written::At(place) => Ok(Ok(Some(place))),
        Written::Refused(reason) => bail!("a change of an address was refused: {reason}"),
    }
}

/// The same at the other institutions of the account, each by itself. Where one doesn't take it, the person logs in there
/// with the new address all the same: logins go by the account.
async fn elsewhere(portal: &Portal, here: Id, moved: &MovedAddress, address: &str) {
    let done = async {
        for (institution, user) in accounts::users_of(&portal.pool, moved.account).await? {
            if institution == here {
                continue;
            }
            let mut open = portal.log.begin(institution).await?;
            portal.log.lock(&mut open, institution).await?;
            if let Ok(Some(place)) = follow(&*portal.log, &mut open, institution, user, address).await? {
                open.commit().await?;
                portal.log.wake(institution, place);
            }
        }
        anyhow::Ok(())
    };
    if let Err(error) = done.await {
        tracing::error!("an address was not changed at all institutions: {error:#}");
    }
}
