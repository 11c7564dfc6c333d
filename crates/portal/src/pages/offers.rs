//! Open job listings and events, as students and alumni find them.

use crate::moment::now;
use crate::page::{self, show};
use crate::pages::{events, shown};
use crate::portal::Portal;
use crate::posting::{self, After, PAGE};
use crate::site;
use crate::visit::Visit;
use anyhow::Result;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::publication::{Published, published, takes_applications};
use liaison_domain::viewer::{Standing, Viewer};
use liaison_domain::{Id, Record, RecordKind, contact, employer, event, job_listing, name};
use maud::{Markup, html};
use std::collections::HashMap;
use std::sync::Arc;

/// Which kind a path lists.
fn kind_of(path: &str) -> RecordKind {
    if path.starts_with("/events") { RecordKind::Event } else { RecordKind::JobListing }
}

/// Whether students and alumni see it today.
fn is_shown(visit: &Visit, record: &Record) -> bool {
    match record.kind {
        RecordKind::JobListing => takes_applications(record, &shown::today(visit)),
        _ => published(record) == Published::Students,
    }
}

/// `GET /jobs` and `GET /events`
pub(crate) async fn list(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    match visit.student() {
        Ok(_) => listed(&portal, &visit).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn listed(portal: &Portal, visit: &Visit) -> Result<Response> {
    let (log, institution, kind) = (&*portal.log, visit.site.institution, kind_of(&visit.path));
    let after = shown::after(visit);
    let mut open = log.begin(institution).await?;
    let mut found = posting::ahead(&mut open, institution, kind, (Published::Students, now()), after).await?;
    let next = (found.len() > PAGE).then(|| found[PAGE - 1]);
    found.truncate(PAGE);
    let ids: Vec<Id> = found.iter().map(|After { record, .. }| *record).collect();
    let mut records = site::find_all(log, &mut open, institution, kind, &ids).await?;
    records.retain(|record| is_shown(visit, record));
    let employers: Vec<Id> = records.iter().filter_map(of_employer).collect();
    let employers = site::find_all(log, &mut open, institution, RecordKind::Employer, &employers).await?;
    let employers: HashMap<Id, &str> = employers.iter().map(|at| (at.id, at.text(&employer::NAME))).collect();
    let (heading, none) = match kind {
        RecordKind::Event => ("Events and job fairs", "No events at the moment."),
        _ => ("Jobs", "No open jobs at the moment."),
    };
    let content = html! {
        @if records.is_empty() && after.is_none() { p { (none) } }
        ul class="cards" {
            @for record in &records {
                @let at = of_employer(record).and_then(|id| employers.get(&id)).copied().unwrap_or_default();
                li {
                    p { a href={ (visit.path) "/" (record.id) } { (title(record)) } }
                    @if !at.is_empty() { p { (at) } }
                    @if kind == RecordKind::Event { p { (shown::when(visit, record)) } } @else { (line(record)) }
                }
            }
        }
        (shown::next(visit, next))
    };
    Ok(show(visit, StatusCode::OK, heading, &content))
}

fn of_employer(record: &Record) -> Option<Id> {
    let field = if record.kind == RecordKind::Event { &event::EMPLOYER } else { &job_listing::EMPLOYER };
    record.get(field).as_reference()
}

fn title(record: &Record) -> &str {
    record.text(if record.kind == RecordKind::Event { &event::TITLE } else { &job_listing::TITLE })
}

/// What is offered, where, and until when.
fn line(listing: &Record) -> Markup {
    let (kind, place) = (listing.text(&job_listing::TYPE), listing.text(&job_listing::LOCATION));
    let closes = listing.text(&job_listing::CLOSES_ON);
    html! {
        @if !kind.is_empty() || !place.is_empty() {
            p {
                @if !kind.is_empty() { (shown::listing_type(kind)) }
                @if !kind.is_empty() && !place.is_empty() { " · " }
                (place)
            }
        }
        @if !closes.is_empty() { p { "Apply by " (shown::date(closes)) } }
    }
}

/// `GET /jobs/{id}` and `GET /events/{id}`
pub(crate) async fn one(State(portal): State<Arc<Portal>>, visit: Visit, Path(id): Path<String>) -> Response {
    match visit.student() {
        Ok(_) => seen(&portal, &visit, &id).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn seen(portal: &Portal, visit: &Visit, id: &str) -> Result<Response> {
    let (log, institution, kind) = (&*portal.log, visit.site.institution, kind_of(&visit.path));
    let Ok(id) = id.parse::<Id>() else { return Ok(page::not_found(visit)) };
    let mut open = log.begin(institution).await?;
    let record = site::find(log, &mut open, institution, kind, id).await?;
    let Some(record) = record.filter(|record| is_shown(visit, record)) else { return Ok(page::not_found(visit)) };
    let employer = match of_employer(&record) {
        Some(id) => site::find(log, &mut open, institution, RecordKind::Employer, id).await?,
        None => None,
    };
    let employer = employer.filter(|employer| !employer.is_deleted());
    let at = employer.as_ref().map(|employer| employer.text(&employer::NAME)).unwrap_or_default();
    if kind == RecordKind::Event {
        let content = html! {
            @if !at.is_empty() { p { (at) } }
            (events::facts(visit, &record, false))
            p { a href="/events" { "All events and job fairs" } }
        };
        return Ok(show(visit, StatusCode::OK, title(&record), &content));
    }
    let asks = match record.get(&job_listing::CONTACT).as_reference() {
        Some(id) => site::find(log, &mut open, institution, RecordKind::Contact, id).await?,
        None => None,
    };
    // Whom students don't see, they aren't told about here either (M12).
    let asks = asks.filter(|person| Viewer::Student.sees(&Standing::of(person)).is_ok());
    let url = record.text(&job_listing::URL);
    let content = html! {
        @if !at.is_empty() { p { (at) } }
        (line(&record))
        (shown::paragraphs(record.text(&job_listing::DESCRIPTION)))
        h2 { "How to apply" }
        @match (&asks, url.is_empty()) {
            (_, false) => p { a href=(url) rel="noreferrer noopener" { (url) } },
            (Some(person), true) => {
                p {
                    "Write to "
                    (name::person_name(person.text(&contact::FIRST_NAME), person.text(&contact::PREFERRED_NAME), person.text(&contact::LAST_NAME)))
                    ": " a href={ "mailto:" (person.text(&contact::EMAIL)) } { (person.text(&contact::EMAIL)) }
                }
            }
            (None, true) => p { "Ask " (visit.site.look.name) " how to apply." },
        }
        p { a href="/jobs" { "All jobs" } }
    };
    Ok(show(visit, StatusCode::OK, title(&record), &content))
}
