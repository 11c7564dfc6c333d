//! The people at an employer, and inviting colleagues: whoever follows the link in the letter joins the employer of whom
//! invited them.

use crate::accounts::{self, Link};
use crate::act;
use crate::asked::{self, For, user_with};
use crate::cards;
use crate::form::Form;
use crate::log::{Open, Step, Written};
use crate::moment::{ids, now};
use crate::named::{self, Named};
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary, with_cookie};
use crate::pages::confirm::{Chosen, chosen, has_own, password_of, spent, taken_in};
use crate::pages::events::employer_of;
use crate::pages::sign_up::{counted, label, no_mail};
use crate::passwords::Busy;
use crate::portal::Portal;
use crate::site;
use crate::throttle;
use crate::tickets::{self, Purpose, Spent, Ticket};
use crate::visit::{User, Visit};
use anyhow::{Result, bail};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::role::PortalPermission;
use liaison_domain::viewer::{Standing, Viewer};
use liaison_domain::{Id, OperationKind, Record, RecordKind, Value, contact, employer, employer_user, name};
use liaison_intake::change::edit;
use liaison_intake::colleague::{Invited, join};
use liaison_mail::Address;
use maud::html;
use std::sync::Arc;

/// Where whoever has no good link goes.
const AGAIN: &str = "/hire/sign-up";

/// `GET /hire/people`
pub(crate) async fn list(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    let may = |user: &User| {
        [PortalPermission::ViewContactsOfEmployer, PortalPermission::InviteColleagues]
            .iter()
            .any(|permission| user.permissions.contains(permission))
    };
    match visit.employer() {
        Ok(user) if may(user) => listed(&portal, &visit, user).await.unwrap_or_else(|error| page::failed(&error)),
        Ok(_) => page::not_found(&visit),
        Err(page) => page,
    }
}

async fn listed(portal: &Portal, visit: &Visit, user: &User) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let mut open = log.begin(institution).await?;
    let at = employer_of(portal, visit, &mut open, &user.record).await?;
    let looks = user.permissions.contains(&PortalPermission::ViewContactsOfEmployer);
    let viewer = Viewer::employer_user(at, true, &user.permissions);
    let after = visit.site.key.unseal("after", visit.query.raw("after"));
    let after = after
        .as_deref()
        .and_then(|after| after.split_once(' '))
        .and_then(|(id, sort_name)| Some(cards::After { record: id.parse().ok()?, sort_name: sort_name.to_owned() }));
    let mut found = match at.filter(|_| looks) {
        Some(at) => cards::of_employer(&mut open, institution, at, after.as_ref()).await?,
        None => Vec::new(),
    };
    let next = (found.len() > cards::PAGE).then(|| found[cards::PAGE - 1].clone());
    found.truncate(cards::PAGE);
    let ids: Vec<Id> = found.iter().map(|card| card.record).collect();
    let mut people = site::find_all(log, &mut open, institution, RecordKind::Contact, &ids).await?;
    // The domain decides once more, about the record that is shown.
    people.retain(|person| viewer.sees(&Standing::of(person)).is_ok());
    let employer = match at {
        Some(at) => site::find(log, &mut open, institution, RecordKind::Employer, at).await?,
        None => None,
    };
    let named = employer.as_ref().map_or("your employer", |employer| employer.text(&employer::NAME));
    let content = html! {
        @if user.permissions.contains(&PortalPermission::InviteColleagues) && at.is_some() {
            p { a href="/hire/people/invite" { "Invite a colleague" } }
        }
        @if looks && people.is_empty() && after.is_none() { p { "No one from " (named) " is in the directory yet." } }
        ul class="cards" {
            @for person in &people {
                li {
                    p { (name_of(person)) }
                    @for field in [&contact::TITLE, &contact::EMAIL, &contact::WORK_PHONE] {
                        @if !person.text(field).is_empty() { p { (person.text(field)) } }
                    }
                }
            }
        }
        @if let Some(last) = next {
            @let after = visit.site.key.seal("after", &format!("{} {}", last.record, last.sort_name));
            @let query = form_urlencoded::Serializer::new(String::new()).append_pair("after", &after).finish();
            p { a href={ "/hire/people?" (query) } { "Next page" } }
        }
    };
    Ok(show(visit, StatusCode::OK, &format!("People at {named}"), &content))
}

fn name_of(person: &Record) -> String {
    let text = |field| person.text(field);
    name::person_name(text(&contact::FIRST_NAME), text(&contact::PREFERRED_NAME), text(&contact::LAST_NAME))
}

fn may_invite(visit: &Visit) -> Result<&User, Response> {
    let user = visit.employer()?;
    act::require(visit, user, PortalPermission::InviteColleagues)?;
    Ok(user)
}

/// `GET /hire/people/invite`
pub(crate) async fn invite(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    match may_invite(&visit) {
        Ok(_) if portal.mail.is_none() => no_mail(&visit),
        Ok(_) => filled(&visit, "", &[]),
        Err(page) => page,
    }
}

fn filled(visit: &Visit, address: &str, wrong: &[Wrong]) -> Response {
    let is_sent = wrong.is_empty() && visit.query.raw("sent") == "1";
    let content = html! {
        @if is_sent {
            p role="status" { "If this address can be used here, an invitation is on its way. The link in it works for 7 days." }
        }
        (summary(wrong))
        p { "We’ll send them a link. They choose their own password and join your employer." }
        form method="post" action="/hire/people/invite" novalidate {
            (hidden("op", &visit.op()))
            (Field { kind: "email", ..Field::text("email", "Your colleague’s work email", address, "off") }.show(wrong))
            button type="submit" { "Send invitation" }
        }
    };
    show(visit, status_of(wrong), "Invite a colleague", &content)
}

/// `POST /hire/people/invite`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    match may_invite(&visit).and_then(|user| visit.check_op(&form).map(|()| user)) {
        Ok(user) => sent(&portal, &visit, user, &form).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn sent(portal: &Portal, visit: &Visit, user: &User, form: &Form) -> Result<Response> {
    if portal.mail.is_none() {
        return Ok(no_mail(visit));
    }
    let address = form.text("email");
    if Address::parse(&address).is_err() || employer_user::EMAIL.read(&address).is_err() {
        return Ok(filled(visit, &address, &[Wrong::new("email", "Enter an email address like name@example.com.")]));
    }
    let of = [visit.site.institution.to_string(), user.record.id.to_string()];
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    if let Some(minutes) = throttle::wait(&portal.pool, &visit.site.key, throttle::COLLEAGUES, &of).await? {
        return Ok(page::invited_too_many(visit, minutes));
    }
    throttle::count(&portal.pool, &visit.site.key, throttle::COLLEAGUES, &of).await?;
    // One answer, whoever the address belongs to: a job decides later which letter goes out.
    if counted(portal, visit, &address).await? {
        let inviter = user.record.id.to_string();
        asked::ask(&*portal.log, visit.site.institution, For::Colleague, &address, &inviter).await?;
        portal.nudge.notify_one();
    }
    Ok(see_other("/hire/people/invite?sent=1"))
}

/// Who invited whoever has a ticket, where that user can still log in and is at an employer.
async fn invited_by(
    portal: &Portal,
    visit: &Visit,
    open: &mut Open,
    ticket: &Ticket,
) -> Result<Option<(Invited, Record)>> {
    let Ok(inviter) = ticket.payload.parse::<Id>() else { return Ok(None) };
    let (log, institution) = (&*portal.log, visit.site.institution);
    let inviter = site::find(log, open, institution, RecordKind::EmployerUser, inviter).await?;
    let Some(inviter) = inviter.filter(|inviter| employer_user::log_in(inviter).is_ok()) else { return Ok(None) };
    let Some(to) = employer_of(portal, visit, open, &inviter).await? else { return Ok(None) };
    let employer = site::find(log, open, institution, RecordKind::Employer, to).await?;
    Ok(employer.map(|employer| (Invited { by: inviter.id, to }, employer)))
}

/// `GET /hire/join`: nothing changes.
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    if let Some(response) = taken_in(&visit) {
        return response;
    }
    opened(&portal, &visit).await.unwrap_or_else(|error| page::failed(&error))
}

async fn opened(portal: &Portal, visit: &Visit) -> Result<Response> {
    let Some(token) = visit.ticket() else { return Ok(spent(visit, Spent::Unknown, AGAIN)) };
    let mut open = portal.log.begin(visit.site.institution).await?;
    let ticket = match tickets::look(&mut open, visit.site.institution, token, &[Purpose::Colleague], false).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, AGAIN)),
    };
    let Some((_, employer)) = invited_by(portal, visit, &mut open, &ticket).await? else {
        return Ok(spent(visit, Spent::Expired, AGAIN));
    };
    let has_account = has_own(accounts::by_address(&mut *open, &ticket.address).await?.as_ref(), true);
    Ok(joining(visit, (token, &ticket), &employer, &Named::default(), has_account, &[]))
}

fn joining(
    visit: &Visit,
    (token, ticket): (&str, &Ticket),
    employer: &Record,
    named: &Named,
    has_account: bool,
    wrong: &[Wrong],
) -> Response {
    let content = html! {
        (summary(wrong))
        p { "You join " (employer.text(&employer::NAME)) ". Your email is confirmed: " (ticket.address) }
        form method="post" action="/hire/join" novalidate {
            (hidden("token", token))
            (Field::text("first_name", "First name", &named.first_name, "given-name").show(wrong))
            (Field::text("last_name", "Last name", &named.last_name, "family-name").show(wrong))
            (Field::text("title", "Job title", &named.title, "organization-title").optional().show(wrong))
            (password_of(&ticket.address, has_account, wrong))
            button type="submit" { "Create account" }
        }
    };
    show(visit, status_of(wrong), "Choose a password", &content)
}

/// `POST /hire/join`
pub(crate) async fn accept(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    accepted(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn accepted(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    let (site, token) = (&visit.site, form.text("token"));
    let (log, institution) = (&*portal.log, site.institution);
    let of_client = [institution.to_string(), visit.client.clone()];
    let of_client: Vec<&str> = of_client.iter().map(String::as_str).collect();
    if !throttle::count(&portal.pool, &site.key, throttle::TICKETS, &of_client).await? {
        return Ok(page::too_often(visit, 15));
    }
    let mut open = log.begin(institution).await?;
    let ticket = match tickets::look(&mut open, institution, &token, &[Purpose::Colleague], false).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, AGAIN)),
    };
    let Some((_, employer)) = invited_by(portal, visit, &mut open, &ticket).await? else {
        return Ok(spent(visit, Spent::Expired, AGAIN));
    };
    open.rollback().await?;
    let field = |name: &str| form.text(name);
    let named = Named {
        first_name: field("first_name"),
        last_name: field("last_name"),
        email: ticket.address.clone(),
        title: field("title"),
    };
    // Passwords are hashed before anything is locked.
    let about = [&site.look.name, &ticket.address, &named.first_name, &named.last_name];
    let about: Vec<&str> =
        about.iter().map(|text| text.as_str()).chain([employer.text(&employer::NAME), "Liaison"]).collect();
    let mut wrong = Vec::new();
    let password = match chosen(portal, (&ticket.address, true), form.raw("password"), &about).await? {
        Ok(Chosen::Good(password)) => Some(password),
        Ok(Chosen::Wrong(problem)) => {
            wrong.push(problem);
            None
        }
        Err(Busy) => return Ok(page::busy(visit)),
    };

    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let ticket = match tickets::look(&mut open, institution, &token, &[Purpose::Colleague], true).await? {
        Ok(ticket) => ticket,
        Err(why) => return Ok(spent(visit, why, AGAIN)),
    };
    let Some((invited, employer)) = invited_by(portal, visit, &mut open, &ticket).await? else {
        return Ok(spent(visit, Spent::Expired, AGAIN));
    };
    let (user, kind, changes) = match user_with(log, &mut open, institution, &ticket.address).await? {
        Some((_, Some(_))) => return Ok(spent(visit, Spent::Used, AGAIN)),
        // Staff added the user meanwhile, where staff know them to be.
        Some((user, None)) if employer_user::log_in(&user).is_ok() => {
            let changes = edit(&user, user.change(&employer_user::NOT_ACTIVATED, Value::Empty));
            (user, OperationKind::PortalActivate, changes.into_iter().collect())
        }
        Some(_) => return Ok(page::no_access(site)),
        None => {
            let known = named::known(log, &mut open, institution, &ticket.address).await?;
            let role = site::default_role(log, &mut open, institution).await?;
            match join(&named, invited, known.as_ref(), role, &mut ids(), now()) {
                Ok(joined) => (joined.user, OperationKind::PortalSignUp, joined.changes),
                Err(problems) => {
                    let mut all = Wrong::all(&problems, label);
                    all.extend(wrong);
                    let has_account = has_own(accounts::by_address(&mut *open, &ticket.address).await?.as_ref(), true);
                    return Ok(joining(visit, (&token, &ticket), &employer, &named, has_account, &all));
                }
            }
        }
    };
    let Some(password) = password else {
        let has_account = has_own(accounts::by_address(&mut *open, &ticket.address).await?.as_ref(), true);
        return Ok(joining(visit, (&token, &ticket), &employer, &named, has_account, &wrong));
    };
    let mut place = None;
    if !changes.is_empty() {
        match log.write(&mut open, institution, Step { actor: user.id, kind, changes }).await? {
            Written::At(at) => place = Some(at),
            Written::Refused(reason) => bail!("joining was refused: {reason}"),
        }
    }
    let link = Link { kind: RecordKind::EmployerUser, record: user.id };
    let Some(account) = accounts::link(&mut open, institution, link, &ticket.address, (&password, true)).await? else {
        // The account changed while the password was compared.
        return Ok(page::busy(visit));
    };
    tickets::spend(&mut open, institution, &token).await?;
    let login = accounts::log_in(&mut open, institution, account, link).await?;
    open.commit().await?;
    if let Some(place) = place {
        log.wake(institution, place);
    }
    let response = with_cookie(see_other("/hire/home"), &visit.login_cookie(&login));
    Ok(with_cookie(response, &visit.ticket_cookie("")))
}
