//! What an employer posts: interviews, which it asks for, and job listings. Both wait until staff have answered.

use crate::act;
use crate::form::Form;
use crate::named::Named;
use crate::page::{self, hidden, see_other, show};
use crate::pages::events::employer_of;
use crate::pages::shown;
use crate::portal::Portal;
use crate::posting::{self, After, PAGE};
use crate::site;
use crate::visit::{User, Visit};
use anyhow::Result;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::publication::{Published, is_changeable, published};
use liaison_domain::role::PortalPermission;
use liaison_domain::{FieldType, Id, OperationKind, Record, Value, interview_schedule, job_listing};
use liaison_intake::post::{self, Post};
use maud::{Markup, html};
use std::sync::Arc;

/// What a path is about.
pub(crate) fn post_of(path: &str) -> Post {
    if path.starts_with("/hire/interviews") { Post::Interviews } else { Post::Listing }
}

pub(crate) fn base(what: Post) -> &'static str {
    match what {
        Post::Interviews => "/hire/interviews",
        Post::Listing => "/hire/jobs",
    }
}

/// What it takes to post.
pub(crate) fn permission(what: Post) -> PortalPermission {
    match what {
        Post::Interviews => PortalPermission::ManageInterviews,
        Post::Listing => PortalPermission::PostJobs,
    }
}

/// Listings everybody at an employer looks at; interviews are for those who manage them.
fn may_look(visit: &Visit, what: Post) -> Result<&User, Response> {
    let user = visit.employer()?;
    if what == Post::Interviews {
        act::require(visit, user, permission(what))?;
    }
    Ok(user)
}

pub(crate) fn may_post(visit: &Visit, what: Post) -> Result<&User, Response> {
    let user = visit.employer()?;
    act::require(visit, user, permission(what))?;
    Ok(user)
}

/// `GET /hire/interviews` and `GET /hire/jobs`
pub(crate) async fn list(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    let what = post_of(&visit.path);
    match may_look(&visit, what) {
        Ok(user) => listed(&portal, &visit, what, user).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn listed(portal: &Portal, visit: &Visit, what: Post, user: &User) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let after = shown::after(visit);
    let mut open = log.begin(institution).await?;
    let employer = employer_of(portal, visit, &mut open, &user.record).await?;
    let mut found = match employer {
        Some(employer) => posting::of_employer(&mut open, institution, what.kind(), employer, after).await?,
        None => Vec::new(),
    };
    let next = (found.len() > PAGE).then(|| found[PAGE - 1]);
    found.truncate(PAGE);
    let ids: Vec<Id> = found.iter().map(|After { record, .. }| *record).collect();
    let mut records = site::find_all(log, &mut open, institution, what.kind(), &ids).await?;
    records.retain(|record| published(record) >= Published::Employer);
    let (heading, new, none) = match what {
        Post::Interviews => ("Interviews", "Ask for interviews", "You have asked for none."),
        Post::Listing => ("Job listings", "Post a job", "You have posted nothing yet."),
    };
    let said = match visit.query.raw("done") {
        "posted" => posted(visit, what),
        _ => String::new(),
    };
    let content = html! {
        @if !said.is_empty() { p role="status" { (said) } }
        @if user.permissions.contains(&permission(what)) && employer.is_some() {
            p { a href={ (base(what)) "/new" } { (new) } }
        }
        @if employer.is_none() { p { (no_employer(visit)) } }
        @if employer.is_some() && records.is_empty() && after.is_none() { p { (none) } }
        ul class="cards" {
            @for record in &records {
                li {
                    p { a href={ (base(what)) "/" (record.id) } { (record.text(what.fields()[0])) } }
                    p { (status(visit, what, record)) }
                }
            }
        }
        (shown::next(visit, next))
    };
    Ok(show(visit, StatusCode::OK, heading, &content))
}

fn posted(visit: &Visit, what: Post) -> String {
    let institution = &visit.site.look.name;
    match what {
        Post::Interviews => format!("Requested. {institution} will answer here."),
        Post::Listing => format!("Sent. {institution} looks at it before students do."),
    }
}

pub(crate) fn no_employer(visit: &Visit) -> String {
    format!("You aren’t with an employer at {}. Ask them to add you to one.", visit.site.look.name)
}

/// How far something is, in words.
fn status(visit: &Visit, what: Post, record: &Record) -> String {
    let institution = &visit.site.look.name;
    match (what, record.text(what.status())) {
        (Post::Interviews, interview_schedule::REQUESTED) => format!("Requested. {institution} hasn’t answered yet."),
        (Post::Interviews, interview_schedule::DECLINED) | (Post::Listing, job_listing::DECLINED) => {
            format!("Declined by {institution}")
        }
        (Post::Interviews, interview_schedule::CANCELLED) => "Canceled".into(),
        (Post::Interviews, _) => "Confirmed".into(),
        (Post::Listing, job_listing::SUBMITTED) => format!("Waiting for {institution}"),
        (Post::Listing, job_listing::OPEN) => "Open".into(),
        (Post::Listing, _) => "Closed".into(),
    }
}

/// The posting that a path names, where it is one of the user's employer.
pub(crate) async fn find(
    portal: &Portal,
    visit: &Visit,
    (what, employer): (Post, Option<Id>),
    open: &mut crate::log::Open,
    id: &str,
) -> Result<Option<Record>> {
    let (Ok(id), Some(employer)) = (id.parse::<Id>(), employer) else { return Ok(None) };
    let record = site::find(&*portal.log, open, visit.site.institution, what.kind(), id).await?;
    Ok(record.filter(|record| what.employer_of(record) == Some(employer) && published(record) >= Published::Employer))
}

/// `GET /hire/interviews/{id}` and `GET /hire/jobs/{id}`
pub(crate) async fn one(State(portal): State<Arc<Portal>>, visit: Visit, Path(id): Path<String>) -> Response {
    let what = post_of(&visit.path);
    match may_look(&visit, what) {
        Ok(user) => seen(&portal, &visit, what, (user, &id)).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn seen(portal: &Portal, visit: &Visit, what: Post, (user, id): (&User, &str)) -> Result<Response> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    let employer = employer_of(portal, visit, &mut open, &user.record).await?;
    let Some(record) = find(portal, visit, (what, employer), &mut open, id).await? else {
        return Ok(page::not_found(visit));
    };
    let path = format!("{}/{}", base(what), record.id);
    let may = user.permissions.contains(&permission(what)) && is_changeable(&record);
    let (end, off) = match what {
        Post::Interviews => ("Cancel interviews", format!("{path}/cancel")),
        Post::Listing => ("Close listing", format!("{path}/close")),
    };
    let content = html! {
        @if visit.query.raw("done") == "changed" {
            p role="status" { "Saved. " (visit.site.look.name) " looks at it again." }
        }
        p { (status(visit, what, &record)) }
        dl {
            @if what == Post::Interviews {
                dt { "How" } dd { (how(record.text(&interview_schedule::TYPE))) }
            }
            @for field in &what.fields()[1..] {
                @let text = text_of(&record, field);
                @if !text.is_empty() && !matches!(field.field_type, FieldType::LongText { .. }) {
                    dt { (label(what, field.key)) }
                    dd { (shown_value(field, &text)) }
                }
            }
        }
        @if let Some(long) = what.fields().iter().find(|field| matches!(field.field_type, FieldType::LongText { .. })) {
            (shown::paragraphs(record.text(long)))
        }
        @if what == Post::Interviews {
            @let lines = lines(&record);
            @if !lines.is_empty() {
                h2 { (people(record.text(&interview_schedule::TYPE))) }
                ul class="cards" { @for line in &lines { li { p { (Named::name(line)) } p { (Named::address(line)) } } } }
            }
        }
        @if may {
            p { a href={ (path) "/edit" } { "Edit" } }
            form method="post" action=(off) {
                (hidden("op", &visit.op_for(&off)))
                button class="quiet" type="submit" { (end) }
            }
        }
        p { a href=(base(what)) { @if what == Post::Interviews { "All interviews" } @else { "All job listings" } } }
    };
    Ok(show(visit, StatusCode::OK, record.text(what.fields()[0]), &content))
}

pub(crate) fn lines(record: &Record) -> Vec<String> {
    match record.get(&interview_schedule::NAMED) {
        Value::List(lines) => lines.clone(),
        _ => Vec::new(),
    }
}

/// The value of a field as a form has it.
pub(crate) fn text_of(record: &Record, field: &liaison_domain::Field) -> String {
    match record.get(field) {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        _ => String::new(),
    }
}

fn shown_value(field: &liaison_domain::Field, text: &str) -> Markup {
    match field.field_type {
        FieldType::Date => shown::date(text),
        FieldType::Choice { .. } => html! { (shown::listing_type(text)) },
        _ => html! { (text) },
    }
}

/// How interviews are held.
fn how(kind: &str) -> &'static str {
    if kind == interview_schedule::VIDEO { "By video" } else { "On campus" }
}

pub(crate) fn people(kind: &str) -> &'static str {
    if kind == interview_schedule::VIDEO { "Interviewers" } else { "OCI Interviewers" }
}

/// How a field is called on the form.
pub(crate) fn label(what: Post, key: &str) -> &'static str {
    match (what, key) {
        (Post::Interviews, "title") => "Title",
        (Post::Interviews, "held_on") => "Day",
        (Post::Interviews, "slots") => "Interview slots",
        (Post::Interviews, "location") => "Room or link",
        (Post::Listing, "title") => "Position",
        (Post::Listing, "type") => "Type",
        (Post::Listing, "location") => "Location",
        (Post::Listing, "closes_on") => "Last day to apply",
        (Post::Listing, "url") => "Apply at (web address)",
        _ => "Description",
    }
}

/// `POST /hire/interviews/{id}/cancel` and `POST /hire/jobs/{id}/close`
pub(crate) async fn call_off(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
    form: Form,
) -> Response {
    let what = post_of(&visit.path);
    match may_post(&visit, what).and_then(|user| visit.check_op(&form).map(|()| user)) {
        Ok(user) => called_off(&portal, &visit, what, (user, &id)).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn called_off(portal: &Portal, visit: &Visit, what: Post, (user, id): (&User, &str)) -> Result<Response> {
    let (mut open, user) = match act::lock(portal, visit, user).await? {
        Ok(locked) => locked,
        Err(page) => return Ok(page),
    };
    if let Err(page) = act::require(visit, &user, permission(what)) {
        return Ok(page);
    }
    let employer = employer_of(portal, visit, &mut open, &user.record).await?;
    let Some(record) = find(portal, visit, (what, employer), &mut open, id).await? else {
        return Ok(page::not_found(visit));
    };
    let changes = if is_changeable(&record) { post::call_off(what, &record) } else { Vec::new() };
    act::write(portal, visit, open, (user.record.id, OperationKind::PortalPost), changes).await?;
    Ok(see_other(&format!("{}/{}", base(what), record.id)))
}
