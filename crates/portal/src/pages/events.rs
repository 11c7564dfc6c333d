//! Events and job fairs, as employers find them, and registering for them with colleagues.

use crate::act;
use crate::form::Form;
use crate::lookup::{self, Purpose};
use crate::moment::{ids, now};
use crate::named::{self, Named};
use crate::page::{self, Wrong, hidden, see_other, show, status_of, summary};
use crate::pages::blocks;
use crate::pages::shown;
use crate::portal::Portal;
use crate::posting::{self, After, PAGE};
use crate::site;
use crate::throttle;
use crate::visit::{User, Visit};
use anyhow::Result;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::employer_match::is_no_place;
use liaison_domain::publication::{self, Published, Shut, permission_to_register, published};
use liaison_domain::{Id, OperationKind, Record, RecordKind, employer_user, event};
use liaison_intake::register::{self, Refused, There, named_in, own_part};
use maud::{Markup, html};
use std::sync::Arc;

/// What a page knows of an event.
struct Found {
    event: Record,
    contact: Option<Record>,
    /// How people take part whom the user registered, and the user.
    parts: Vec<Record>,
    taken: u32,
}

/// `GET /hire/events`
pub(crate) async fn list(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    match visit.employer() {
        Ok(_) => listed(&portal, &visit).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn listed(portal: &Portal, visit: &Visit) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let after = shown::after(visit);
    let mut open = log.begin(institution).await?;
    let of = (Published::Employers, now());
    let mut found = posting::ahead(&mut open, institution, RecordKind::Event, of, after).await?;
    let next = (found.len() > PAGE).then(|| found[PAGE - 1]);
    found.truncate(PAGE);
    let ids: Vec<Id> = found.iter().map(|After { record, .. }| *record).collect();
    let mut events = site::find_all(log, &mut open, institution, RecordKind::Event, &ids).await?;
    events.retain(|event| published(event) >= Published::Employers);
    let content = html! {
        @if events.is_empty() && after.is_none() { p { "Nothing to register for at the moment." } }
        ul class="cards" {
            @for event in &events {
                li {
                    p { a href={ "/hire/events/" (event.id) } { (event.text(&event::TITLE)) } }
                    p { (kind_of(event)) " · " (shown::when(visit, event)) }
                    @if !event.text(&event::LOCATION).is_empty() { p { (event.text(&event::LOCATION)) } }
                }
            }
        }
        (shown::next(visit, next))
    };
    Ok(show(visit, StatusCode::OK, "Events and job fairs", &content))
}

fn kind_of(event: &Record) -> &'static str {
    if event.text(&event::TYPE) == event::JOB_FAIR { "Job fair" } else { "Event" }
}

/// The event that a path names, where employers see it.
async fn find(
    portal: &Portal,
    visit: &Visit,
    user: &User,
    open: &mut crate::log::Open,
    id: &str,
) -> Result<Option<Found>> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let Ok(id) = id.parse::<Id>() else { return Ok(None) };
    let event = site::find(log, open, institution, RecordKind::Event, id).await?;
    let Some(event) = event.filter(|event| published(event) >= Published::Employers) else { return Ok(None) };
    let contact = named::contact_of(log, open, institution, &user.record).await?;
    let kind = RecordKind::Participation;
    let key = lookup::pair(event.id, user.record.id);
    let mut parts = site::found(log, open, institution, (Purpose::RegisteredBy, kind, &key)).await?;
    if let Some(contact) = &contact {
        let key = lookup::pair(event.id, contact.id);
        for part in site::found(log, open, institution, (Purpose::Part, kind, &key)).await? {
            if parts.iter().all(|have| have.id != part.id) {
                parts.push(part);
            }
        }
    }
    let taken = lookup::count(open, institution, Purpose::In, kind, &event.id.to_string()).await?;
    Ok(Some(Found { event, contact, parts, taken }))
}

/// `GET /hire/events/{id}`
pub(crate) async fn one(State(portal): State<Arc<Portal>>, visit: Visit, Path(id): Path<String>) -> Response {
    match visit.employer() {
        Ok(user) => seen(&portal, &visit, user, &id).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn seen(portal: &Portal, visit: &Visit, user: &User, id: &str) -> Result<Response> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    let Some(found) = find(portal, visit, user, &mut open, id).await? else { return Ok(page::not_found(visit)) };
    let Found { event, contact, parts, taken } = &found;
    let may = user.permissions.contains(&permission_to_register(event));
    let own = own_part(parts, contact.as_ref());
    let room = publication::register(event, now(), *taken, u32::from(own.is_none()));
    let path = format!("/hire/events/{}", event.id);
    let said = match visit.query.raw("done") {
        "registered" => "You are registered.",
        "cancelled" => "Your registration is canceled.",
        "removed" => "They are no longer registered by you.",
        _ => "",
    };
    let content = html! {
        @if !said.is_empty() { p role="status" { (said) } }
        (facts(visit, event, true))
        @if let Some(own) = own.filter(|_| may) {
            h2 { "Your registration" }
            (registered(visit, user, own, &path))
        }
        @if may {
            @match (room, own.is_some()) {
                (Ok(()), false) => p { a href={ (path) "/register" } { "Register" } },
                (Ok(()), true) => p { a href={ (path) "/register" } { "Register more people" } },
                (Err(shut), _) => p { (words(shut)) },
            }
        }
        p { a href="/hire/events" { "All events and job fairs" } }
    };
    Ok(show(visit, StatusCode::OK, event.text(&event::TITLE), &content))
}

pub(crate) fn facts(visit: &Visit, event: &Record, registers: bool) -> Markup {
    let until = shown::moment(visit, event, event.get(&event::REGISTER_UNTIL)).filter(|_| registers);
    html! {
        dl {
            dt { "What" } dd { (kind_of(event)) }
            dt { "When" } dd { (shown::when(visit, event)) }
            @if !event.text(&event::LOCATION).is_empty() { dt { "Where" } dd { (event.text(&event::LOCATION)) } }
            @if let Some(until) = until { dt { "Register until" } dd { (until) } }
        }
        (shown::paragraphs(event.text(&event::DESCRIPTION)))
    }
}

/// Who is registered, as the user wrote them down.
fn registered(visit: &Visit, user: &User, own: &Record, path: &str) -> Markup {
    let name = [&employer_user::FIRST_NAME, &employer_user::LAST_NAME].map(|field| user.record.text(field)).join(" ");
    let cancel = format!("{path}/cancel");
    html! {
        ul class="cards" {
            li { p { (name) " (you)" } }
            @for line in named_in(own) {
                li {
                    p { (Named::name(&line)) }
                    p { (Named::address(&line)) }
                    form method="post" action=(cancel) {
                        (hidden("op", &visit.op_for(&cancel)))
                        (hidden("person", &line))
                        button class="quiet" type="submit" { "Remove " (Named::name(&line)) }
                    }
                }
            }
        }
        form method="post" action=(cancel) {
            (hidden("op", &visit.op_for(&cancel)))
            button type="submit" { "Cancel registration" }
        }
    }
}

fn words(shut: Shut) -> String {
    match shut {
        Shut::Closed => "Registration is closed.".into(),
        Shut::Full { left: 0 } => "There are no places left.".into(),
        Shut::Full { left: 1 } => "There is 1 place left.".into(),
        Shut::Full { left } => format!("There are {left} places left."),
    }
}

/// `GET /hire/events/{id}/register`
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit, Path(id): Path<String>) -> Response {
    match visit.employer() {
        Ok(user) => asked(&portal, &visit, user, &id).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn asked(portal: &Portal, visit: &Visit, user: &User, id: &str) -> Result<Response> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    let Some(found) = find(portal, visit, user, &mut open, id).await? else { return Ok(page::not_found(visit)) };
    if let Err(page) = act::require(visit, user, permission_to_register(&found.event)) {
        return Ok(page);
    }
    Ok(match publication::register(&found.event, now(), 0, 0) {
        Ok(()) => filled(visit, user, &found.event, (StatusCode::OK, &Form::default()), &[]),
        Err(shut) => shut_page(visit, &found.event, shut),
    })
}

fn shut_page(visit: &Visit, event: &Record, shut: Shut) -> Response {
    let content = html! {
        p { (words(shut)) }
        p { a href={ "/hire/events/" (event.id) } { "Back to " (event.text(&event::TITLE)) } }
    };
    show(visit, StatusCode::CONFLICT, &format!("Register for {}", event.text(&event::TITLE)), &content)
}

fn filled(
    visit: &Visit,
    user: &User,
    event: &Record,
    (status, form): (StatusCode, &Form),
    wrong: &[Wrong],
) -> Response {
    let name = [&employer_user::FIRST_NAME, &employer_user::LAST_NAME].map(|field| user.record.text(field)).join(" ");
    let institution = &visit.site.look.name;
    let content = html! {
        (summary(wrong))
        p { "You register yourself, " (name) ", and whoever comes with you." }
        form method="post" action=(visit.path) novalidate {
            (hidden("op", &visit.op()))
            h2 { "Additional contacts" }
            p class="hint" {
                "We won’t write to them. " (institution) " may add them to its directory. Leave the fields empty if you come alone."
            }
            (blocks::show(form, "Person", wrong))
            div class="buttons" {
                button type="submit" { "Register" }
                (blocks::more(form))
            }
        }
    };
    show(visit, status, &format!("Register for {}", event.text(&event::TITLE)), &content)
}

/// `POST /hire/events/{id}/register`
pub(crate) async fn send(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
    form: Form,
) -> Response {
    match visit.employer().and_then(|user| visit.check_op(&form).map(|()| user)) {
        Ok(user) => sent(&portal, &visit, user, (&id, &form)).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn sent(portal: &Portal, visit: &Visit, user: &User, (id, form): (&str, &Form)) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let of = [institution.to_string(), user.record.id.to_string()];
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    let typed = blocks::named(form);
    if !typed.is_empty()
        && let Some(minutes) = throttle::wait(&portal.pool, &visit.site.key, throttle::NAMED, &of).await?
    {
        return Ok(page::named_too_many(visit, minutes));
    }
    let (mut open, user) = match act::lock(portal, visit, user).await? {
        Ok(locked) => locked,
        Err(page) => return Ok(page),
    };
    let Some(found) = find(portal, visit, &user, &mut open, id).await? else { return Ok(page::not_found(visit)) };
    if let Err(page) = act::require(visit, &user, permission_to_register(&found.event)) {
        return Ok(page);
    }
    if blocks::asks_for_more(form) {
        return Ok(filled(visit, &user, &found.event, (StatusCode::OK, form), &[]));
    }
    let mut parts = found.parts;
    let people = named::people(log, &mut open, institution, typed).await?;
    for known in people.iter().filter_map(|person| person.known.as_ref()) {
        let key = lookup::pair(found.event.id, known.id);
        let kind = RecordKind::Participation;
        for part in site::found(log, &mut open, institution, (Purpose::Part, kind, &key)).await? {
            if parts.iter().all(|have| have.id != part.id) {
                parts.push(part);
            }
        }
    }
    let employer = employer_of(portal, visit, &mut open, &user.record).await?;
    let there = There {
        event: &found.event,
        user: &user.record,
        contact: found.contact.as_ref(),
        employer,
        parts: &parts,
        taken: found.taken,
    };
    let changes = match register::register(there, &people, &mut ids(), now()) {
        Ok(changes) => changes,
        Err(Refused::Wrong(problems)) => {
            let wrong = Wrong::all(&problems, blocks::called);
            return Ok(filled(visit, &user, &found.event, (status_of(&wrong), form), &wrong));
        }
        Err(Refused::Shut(Shut::Closed)) => return Ok(shut_page(visit, &found.event, Shut::Closed)),
        Err(Refused::Shut(shut)) => {
            let wrong = [Wrong::new("p0_first_name", &words(shut))];
            return Ok(filled(visit, &user, &found.event, (StatusCode::CONFLICT, form), &wrong));
        }
    };
    let names = people.len();
    act::write(portal, visit, open, (user.record.id, OperationKind::PortalRegister), changes).await?;
    throttle::count_many(&portal.pool, &visit.site.key, throttle::NAMED, &of, names).await?;
    Ok(see_other(&format!("/hire/events/{}?done=registered", found.event.id)))
}

/// Where an employer user works, where that is a place one can work at.
pub(crate) async fn employer_of(
    portal: &Portal,
    visit: &Visit,
    open: &mut crate::log::Open,
    user: &Record,
) -> Result<Option<Id>> {
    let Some(employer) = user.get(&employer_user::EMPLOYER).as_reference() else { return Ok(None) };
    let employer = site::find(&*portal.log, open, visit.site.institution, RecordKind::Employer, employer).await?;
    Ok(employer.filter(|employer| !is_no_place(employer)).map(|employer| employer.id))
}

/// `POST /hire/events/{id}/cancel`: everybody whom the user registered, or one of them.
pub(crate) async fn cancel(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
    form: Form,
) -> Response {
    match visit.employer().and_then(|user| visit.check_op(&form).map(|()| user)) {
        Ok(user) => cancelled(&portal, &visit, user, (&id, &form)).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn cancelled(portal: &Portal, visit: &Visit, user: &User, (id, form): (&str, &Form)) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let (mut open, user) = match act::lock(portal, visit, user).await? {
        Ok(locked) => locked,
        Err(page) => return Ok(page),
    };
    let Some(found) = find(portal, visit, &user, &mut open, id).await? else { return Ok(page::not_found(visit)) };
    if let Err(page) = act::require(visit, &user, permission_to_register(&found.event)) {
        return Ok(page);
    }
    let Found { event, contact, parts, .. } = found;
    let person = form.raw("person");
    let (changes, done) = if person.is_empty() {
        (register::cancel(&user.record, contact.as_ref(), &parts), "cancelled")
    } else {
        let known = named::known(log, &mut open, institution, Named::address(person)).await?;
        let own = own_part(&parts, contact.as_ref());
        let of = |own: &Record| register::take_off(person, own, known.as_ref(), user.record.id, &parts);
        (own.map(of).unwrap_or_default(), "removed")
    };
    act::write(portal, visit, open, (user.record.id, OperationKind::PortalRegister), changes).await?;
    Ok(see_other(&format!("/hire/events/{}?done={done}", event.id)))
}
