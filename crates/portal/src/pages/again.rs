//! The link of somebody who has an account, whose contact was rejected, and who signs up anew: it is pending again (M32).
//! Access and role stay what staff made them.

use crate::asked::user_with;
use crate::employers;
use crate::form::Form;
use crate::log::{Step, Written};
use crate::page::{self, hidden, show};
use crate::pages::confirm::{spent, taken_in};
use crate::portal::Portal;
use crate::tickets::{self, Purpose, Spent};
use crate::visit::Visit;
use anyhow::{Result, bail};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::OperationKind;
use liaison_intake::sign_up::waits_again;
use maud::html;
use std::sync::Arc;

const PURPOSES: &[Purpose] = &[Purpose::Again];

/// `GET /hire/again`: nothing changes.
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
    let institution = &visit.site.look.name;
    let content = html! {
        p { "Your email is confirmed: " (ticket.address) }
        p { "You already have an account. " (institution) " can look at your sign-up again." }
        form method="post" action="/hire/again" {
            (hidden("token", token))
            button type="submit" { "Ask " (institution) }
        }
    };
    Ok(show(visit, StatusCode::OK, "Sign up again", &content))
}

/// `POST /hire/again`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    sent(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn sent(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    let (log, institution, token) = (&*portal.log, visit.site.institution, form.text("token"));
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let ticket = match tickets::look(&mut open, institution, &token, PURPOSES, true).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, "/hire/sign-up")),
    };
    let Some((user, _)) = user_with(log, &mut open, institution, &ticket.address).await? else {
        return Ok(spent(visit, Spent::Expired, "/hire/sign-up"));
    };
    // Decided anew under the lock: staff may have approved the contact since.
    let there = employers::there(log, &mut open, &visit.site, &ticket.address).await?;
    let mut place = None;
    if let Some(change) = there.known.as_ref().and_then(waits_again) {
        let step = Step { actor: user.id, kind: OperationKind::PortalSignUp, changes: vec![change] };
        match log.write(&mut open, institution, step).await? {
            Written::At(at) => place = Some(at),
            Written::Refused(reason) => bail!("a sign-up was refused: {reason}"),
        }
    }
    tickets::spend(&mut open, institution, &token).await?;
    open.commit().await?;
    if let Some(place) = place {
        log.wake(institution, place);
    }
    let name = &visit.site.look.name;
    let content = html! {
        p { (name) " looks at your sign-up again. You don’t need to do anything else." }
        p { a href="/hire/log-in" { "Log in" } }
    };
    Ok(show(visit, StatusCode::OK, "Thank you", &content))
}
