//! "Activate Your Account": the link of an invitation that a desk sent (M35, M36, M51). Whether it is good, the domain
//! says; opening it changes nothing.

use crate::accounts::{self, Link, Password};
use crate::form::Form;
use crate::log::{Log, Open, Step, Written};
use crate::lookup::Purpose;
use crate::moment::{ids, now};
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary, with_cookie};
use crate::pages::confirm::{Chosen, chosen, taken_in};
use crate::pages::questions;
use crate::passwords::Busy;
use crate::portal::Portal;
use crate::site;
use crate::throttle;
use crate::visit::Visit;
use anyhow::{Result, bail};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::activation::{self, Found, Redeemed, redeem};
use liaison_domain::employer_match::is_no_place;
use liaison_domain::{
    Id, OperationKind, Record, RecordKind, Value, arrival, contact, employer_user, invitation, name, student,
};
use liaison_intake::change::{creation, edit};
use maud::html;
use std::sync::Arc;

/// An invitation with all that decides about it.
struct Invited {
    redeemed: Redeemed,
    sent: Record,
    person: Record,
    /// The employer user that a contact has already.
    user: Option<Record>,
}

/// The invitation with this token, as it is now; `None` where there is none.
async fn invited(log: &dyn Log, open: &mut Open, institution: Id, token: &str) -> Result<Option<Invited>> {
    let hash = activation::hash(token);
    let key = (Purpose::Token, RecordKind::Invitation, hash.as_str());
    let Some(sent) = site::found(log, open, institution, key).await?.into_iter().next() else { return Ok(None) };
    let of_student = sent.get(&invitation::STUDENT).as_reference();
    let of_contact = sent.get(&invitation::CONTACT).as_reference();
    let (kind, id) = match (of_student, of_contact) {
        (Some(student), _) => (RecordKind::Student, student),
        (None, Some(contact)) => (RecordKind::Contact, contact),
        (None, None) => return Ok(None),
    };
    let Some(person) = site::find(log, open, institution, kind, id).await? else { return Ok(None) };
    let others = (Purpose::Invited, RecordKind::Invitation, &*id.to_string());
    let others = site::found(log, open, institution, others).await?;
    // One that waits, was refused or came back has no moment of sending.
    let superseded = others
        .iter()
        .any(|other| other.id > sent.id && !other.is_deleted() && !other.get(&invitation::SENT_AT).is_empty());
    let user = match kind {
        RecordKind::Contact => user_of(log, open, institution, &person).await?,
        _ => None,
    };
    let active = match kind {
        RecordKind::Student => {
            !person.get(&student::ACTIVATED_AT).is_empty()
                && accounts::of_record(open, institution, person.id).await?.is_some()
        }
        _ => match &user {
            Some(user) => accounts::of_record(open, institution, user.id).await?.is_some(),
            None => false,
        },
    };
    let found = Found { invitation: &sent, person: &person, superseded, active };
    let redeemed = redeem(token, Some(&found), now());
    Ok(Some(Invited { redeemed, sent, person, user }))
}

/// The employer user of a contact: with its address, else with one it had before that no other contact has now.
async fn user_of(log: &dyn Log, open: &mut Open, institution: Id, person: &Record) -> Result<Option<Record>> {
    let key = name::email_key(person.text(&contact::EMAIL));
    for (at, key) in [key].into_iter().chain(contact::alias_keys(person)).enumerate() {
        let of_user = (Purpose::Address, RecordKind::EmployerUser, key.as_str());
        let users = site::found(log, open, institution, of_user).await?;
        let Some(user) = users.into_iter().next() else { continue };
        let others = site::found(log, open, institution, (Purpose::Address, RecordKind::Contact, &key)).await?;
        if at == 0 || others.is_empty() {
            return Ok(Some(user));
        }
    }
    Ok(None)
}

/// `GET /activate`: nothing changes.
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    if let Some(response) = taken_in(&visit) {
        return response;
    }
    opened(&portal, &visit).await.unwrap_or_else(|error| page::failed(&error))
}

async fn opened(portal: &Portal, visit: &Visit) -> Result<Response> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    let token = visit.ticket().unwrap_or_default();
    let invited = invited(&*portal.log, &mut open, visit.site.institution, token).await?;
    Ok(match invited.map(|invited| (invited.redeemed, invited)) {
        Some((Redeemed::Activated, invited)) => {
            let address = invited.sent.text(&invitation::ADDRESS);
            let has_account = accounts::by_address(&mut *open, address).await?.is_some();
            filled(visit, token, &invited, has_account, &[])
        }
        other => told(visit, other.map_or(Redeemed::Unknown, |(redeemed, _)| redeemed)),
    })
}

/// Why a link doesn't work, and the way on.
fn told(visit: &Visit, redeemed: Redeemed) -> Response {
    let institution = &visit.site.look.name;
    let content = match redeemed {
        Redeemed::Used => html! {
            p { "This link has already been used, so your account is active." }
            p { a href="/log-in" { "Log in" } }
        },
        Redeemed::Expired => html! { p { "This link has expired. Ask " (institution) " for a new one." } },
        Redeemed::Superseded => {
            html! { p { "There is a newer message from " (institution) ". Use the link in that one." } }
        }
        Redeemed::Closed | Redeemed::Unknown | Redeemed::Activated => html! {
            p { "Open the link in the message again. If it still doesn’t work, ask " (institution) " for a new one." }
        },
    };
    show(visit, StatusCode::GONE, "This link doesn’t work", &content)
}

fn filled(visit: &Visit, token: &str, invited: &Invited, has_account: bool, wrong: &[Wrong]) -> Response {
    let address = invited.sent.text(&invitation::ADDRESS);
    let content = html! {
        (summary(wrong))
        p { "This account is for " (address) "." }
        form method="post" action="/activate" novalidate {
            (hidden("token", token))
            input type="email" name="username" value=(address) autocomplete="username" hidden;
            @if has_account {
                (Field::password("password", "Password", "current-password")
                    .hint("You already have an account with this address. Enter its password.").show(wrong))
            } @else {
                (Field::password("password", "Password", "new-password")
                    .hint("Use at least 12 characters. Three or four words that don’t belong together work well.").show(wrong))
            }
            button type="submit" { "Activate" }
        }
    };
    show(visit, status_of(wrong), "Activate your account", &content)
}

/// `POST /activate`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    sent(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn sent(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    let (site, institution, token) = (&visit.site, visit.site.institution, form.text("token"));
    let id = institution.to_string();
    if !throttle::count(&portal.pool, &site.key, throttle::TICKETS, &[&id, &visit.client]).await? {
        return Ok(page::too_often(visit, 15));
    }
    let mut open = portal.log.begin(institution).await?;
    let found = invited(&*portal.log, &mut open, institution, &token).await?;
    open.rollback().await?;
    let found = match found {
        Some(found) if found.redeemed == Redeemed::Activated => found,
        other => return Ok(told(visit, other.map_or(Redeemed::Unknown, |other| other.redeemed))),
    };
    let address = found.sent.text(&invitation::ADDRESS).to_owned();
    let named = [(&student::FIRST_NAME, &student::LAST_NAME), (&contact::FIRST_NAME, &contact::LAST_NAME)];
    let (first, last) = named[usize::from(found.person.kind != RecordKind::Student)];
    let about = [&site.look.name, &address, found.person.text(first), found.person.text(last), "Liaison"];
    // Passwords are hashed before anything is locked.
    let password = match chosen(portal, (&address, false), form.raw("password"), &about).await? {
        Ok(Chosen::Good(password)) => password,
        Ok(Chosen::Wrong(wrong)) => {
            let has_account = accounts::by_address(&portal.pool, &address).await?.is_some();
            return Ok(filled(visit, &token, &found, has_account, &[wrong]));
        }
        Err(Busy) => return Ok(page::busy(visit)),
    };
    activated(portal, visit, &token, &password).await
}

/// Activates the account. Whether the link is good is decided anew, under the institution's lock.
async fn activated(portal: &Portal, visit: &Visit, token: &str, password: &Password) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let found = match invited(log, &mut open, institution, token).await? {
        Some(found) if found.redeemed == Redeemed::Activated => found,
        other => return Ok(told(visit, other.map_or(Redeemed::Unknown, |other| other.redeemed))),
    };
    let moment = Value::Moment(now());
    let mut changes = Vec::new();
    let link = match (found.person.kind, &found.user) {
        (RecordKind::Student, _) => {
            if found.person.get(&student::ACTIVATED_AT).is_empty() {
                changes.extend(edit(&found.person, found.person.change(&student::ACTIVATED_AT, moment.clone())));
            }
            Link { kind: RecordKind::Student, record: found.person.id }
        }
        (_, Some(user)) => {
            if employer_user::log_in(user).is_err() {
                return Ok(page::no_access(&visit.site));
            }
            changes.extend(edit(user, user.change(&employer_user::NOT_ACTIVATED, Value::Empty)));
            Link { kind: RecordKind::EmployerUser, record: user.id }
        }
        (_, None) => {
            let user = new_user(log, &mut open, institution, &found.person).await?;
            changes.push(creation(&user));
            Link { kind: RecordKind::EmployerUser, record: user.id }
        }
    };
    changes.extend(edit(&found.sent, found.sent.change(&invitation::USED_AT, moment)));
    let step = Step { actor: link.record, kind: OperationKind::PortalActivate, changes };
    let place = match log.write(&mut open, institution, step).await? {
        Written::At(place) => place,
        Written::Refused(reason) => bail!("an activation was refused: {reason}"),
    };
    let address = found.sent.text(&invitation::ADDRESS);
    let Some(account) = accounts::link(&mut open, institution, link, address, (password, false)).await? else {
        return Ok(page::busy(visit));
    };
    let login = accounts::log_in(&mut open, institution, account, link).await?;
    let home = match link.kind {
        RecordKind::Student => questions::next_page(log, &mut open, institution, link.record, true).await?,
        _ => "/hire/home".to_owned(),
    };
    open.commit().await?;
    log.wake(institution, place);
    let response = with_cookie(see_other(&home), &visit.login_cookie(&login));
    Ok(with_cookie(response, &visit.ticket_cookie("")))
}

/// The employer user that an invited contact becomes; nobody acts for the employer that stands for having none (M24).
async fn new_user(log: &dyn Log, open: &mut Open, institution: Id, person: &Record) -> Result<Record> {
    let role = site::default_role(log, open, institution).await?;
    let mut user = arrival::user_of(person, ids().next_id(), now(), role);
    if let Some(employer) = user.get(&employer_user::EMPLOYER).as_reference() {
        let employer = site::find(log, open, institution, RecordKind::Employer, employer).await?;
        if employer.is_none_or(|employer| is_no_place(&employer)) {
            user.set(&employer_user::EMPLOYER, Value::Empty);
        }
    }
    Ok(user)
}
