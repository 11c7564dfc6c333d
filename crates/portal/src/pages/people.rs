//! The directory, as students and alumni see it (M12).

use crate::cards::{self, After, PAGE};
use crate::page::{self, show};
use crate::portal::Portal;
use crate::site;
use crate::visit::Visit;
use anyhow::Result;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::viewer::{Standing, Viewer};
use liaison_domain::{FieldType, Id, Record, RecordKind, contact, employer, name};
use maud::{Markup, html};
use std::collections::HashMap;
use std::sync::Arc;

/// Longest search, in characters.
const LONGEST: usize = 200;

fn name_of(person: &Record) -> String {
    let text = |field| person.text(field);
    name::person_name(text(&contact::FIRST_NAME), text(&contact::PREFERRED_NAME), text(&contact::LAST_NAME))
}

/// `GET /people`
pub(crate) async fn list(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    if let Err(page) = visit.student() {
        return page;
    }
    listed(&portal, &visit).await.unwrap_or_else(|error| page::failed(&error))
}

async fn listed(portal: &Portal, visit: &Visit) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let search: String = visit.query.text("q").chars().take(LONGEST).collect();
    // Sealed: nobody asks the database with a text of their own where a page begins.
    let after = visit.site.key.unseal("after", visit.query.raw("after"));
    let after = after
        .as_deref()
        .and_then(|after| after.split_once(' '))
        .and_then(|(id, sort_name)| Some(After { record: id.parse().ok()?, sort_name: sort_name.to_owned() }));
    let mut open = log.begin(institution).await?;
    let mut found = cards::list(&mut open, institution, &search, after.as_ref()).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let ids: Vec<Id> = found.iter().map(|card| card.record).collect();
    let mut people = site::find_all(log, &mut open, institution, RecordKind::Contact, &ids).await?;
    // The domain decides once more, about the record that is shown.
    people.retain(|person| Viewer::Student.sees(&Standing::of(person)).is_ok());
    let employers: Vec<Id> = people.iter().filter_map(|person| person.get(&contact::EMPLOYER).as_reference()).collect();
    let employers = site::find_all(log, &mut open, institution, RecordKind::Employer, &employers).await?;
    let employers: HashMap<Id, &str> = employers.iter().map(|e| (e.id, e.text(&employer::NAME))).collect();
    let next = found.last().filter(|_| more).map(|last| {
        let after = visit.site.key.seal("after", &format!("{} {}", last.record, last.sort_name));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &search).append_pair("after", &after);
        format!("/people?{}", query.finish())
    });
    let content = html! {
        form method="get" action="/people" role="search" {
            div class="field" {
                label for="q" { "Search by name, job title, or employer" }
                input id="q" name="q" type="search" value=(search) maxlength=(LONGEST);
            }
            button type="submit" { "Search" }
        }
        @if people.is_empty() && after.is_none() {
            p { @if search.is_empty() { "No one is listed yet." } @else { "No one matches “" (search) "”." } }
        }
        ul class="cards" {
            @for person in &people {
                li {
                    p { a href={ "/people/" (person.id) } { (name_of(person)) } }
                    @let at = person.get(&contact::EMPLOYER).as_reference().and_then(|id| employers.get(&id)).copied();
                    (line(person.text(&contact::TITLE), at.unwrap_or_default()))
                }
            }
        }
        @if let Some(next) = next { p { a href=(next) { "Next page" } } }
    };
    Ok(show(visit, StatusCode::OK, "People you can ask", &content))
}

fn line(title: &str, employer: &str) -> Markup {
    html! {
        @match (title.is_empty(), employer.is_empty()) {
            (true, true) => {},
            (false, true) => p { (title) },
            (true, false) => p { (employer) },
            (false, false) => p { (title) ", " (employer) },
        }
    }
}

/// `GET /people/{id}`
pub(crate) async fn one(State(portal): State<Arc<Portal>>, visit: Visit, Path(id): Path<String>) -> Response {
    if let Err(page) = visit.student() {
        return page;
    }
    shown(&portal, &visit, &id).await.unwrap_or_else(|error| page::failed(&error))
}

async fn shown(portal: &Portal, visit: &Visit, id: &str) -> Result<Response> {
    let Ok(id) = id.parse::<Id>() else { return Ok(page::not_found(visit)) };
    let (log, institution) = (&*portal.log, visit.site.institution);
    let mut open = log.begin(institution).await?;
    let person = site::find(log, &mut open, institution, RecordKind::Contact, id).await?;
    // Not there and not to be seen are the same page.
    let person = person.filter(|person| Viewer::Student.sees(&Standing::of(person)).is_ok());
    let Some(person) = person else { return Ok(page::not_found(visit)) };
    let employer = match person.get(&contact::EMPLOYER).as_reference() {
        Some(employer) => site::find(log, &mut open, institution, RecordKind::Employer, employer).await?,
        None => None,
    };
    let named = [&contact::FIRST_NAME, &contact::LAST_NAME, &contact::PREFERRED_NAME].map(|field| field.number);
    let fields = RecordKind::Contact.fields().iter().copied();
    let fields = fields.filter(|field| Viewer::Student.sees_field(field) && !named.contains(&field.number));
    let content = html! {
        dl {
            @for field in fields {
                @let text = match field.field_type {
                    FieldType::Reference { .. } => employer.as_ref().map_or("", |employer| employer.text(&employer::NAME)),
                    _ => person.text(field),
                };
                @if !text.is_empty() {
                    dt { (if field.field_type == FieldType::Email { "Email" } else { field.label }) }
                    dd { (value(field.field_type, text)) }
                }
            }
        }
        p { a href="/people" { "Back to the list" } }
    };
    Ok(show(visit, StatusCode::OK, &name_of(&person), &content))
}

/// A value, with a link where it is an address.
fn value(field_type: FieldType, text: &str) -> Markup {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    match field_type {
        FieldType::Email => html! { a href={ "mailto:" (text) } { (text) } },
        FieldType::Url if is_web => html! { a href=(text) rel="noopener noreferrer" { (text) } },
        _ => html! { (text) },
    }
}
