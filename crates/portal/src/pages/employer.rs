//! The employer's own page, and changing it: what changes carries over to contacts that follow (M19).

use crate::act;
use crate::form::Form;
use crate::lookup::Purpose;
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary};
use crate::pages::events::employer_of;
use crate::pages::shown;
use crate::portal::Portal;
use crate::site;
use crate::visit::{User, Visit};
use anyhow::Result;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::auto_sync::{OF_EMPLOYER, carry_over};
use liaison_domain::refusal::FieldProblem;
use liaison_domain::role::PortalPermission;
use liaison_domain::{Change, FieldType, OperationKind, Record, RecordKind, contact, employer};
use liaison_intake::change::edit;
use liaison_sync::portal::OF_EMPLOYERS_PAGE;
use maud::html;
use std::sync::Arc;

fn label(key: &str) -> &'static str {
    match key {
        "website" => "Website",
        "phone" => "Phone",
        "industry" => "Industry",
        "street" => "Street",
        "city" => "City",
        "region" => "State or region",
        "postal_code" => "Postal code",
        "country" => "Country",
        _ => "LinkedIn",
    }
}

/// How a field is called in the middle of a sentence.
fn called(key: &str) -> &'static str {
    match key {
        "website" => "website",
        "phone" => "phone number",
        "linkedin" => "LinkedIn address",
        _ => "entry",
    }
}

/// `GET /hire/employer`
pub(crate) async fn one(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    match visit.employer() {
        Ok(user) => seen(&portal, &visit, user).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

/// The employer of whoever is logged in.
async fn own(portal: &Portal, visit: &Visit, open: &mut crate::log::Open, user: &Record) -> Result<Option<Record>> {
    let Some(at) = employer_of(portal, visit, open, user).await? else { return Ok(None) };
    site::find(&*portal.log, open, visit.site.institution, RecordKind::Employer, at).await
}

async fn seen(portal: &Portal, visit: &Visit, user: &User) -> Result<Response> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    let Some(employer) = own(portal, visit, &mut open, &user.record).await? else {
        let content =
            html! { p { "You aren’t with an employer at " (visit.site.look.name) ". Ask them to add you to one." } };
        return Ok(show(visit, StatusCode::OK, "Your employer", &content));
    };
    let filled = || OF_EMPLOYERS_PAGE.iter().filter(|field| !employer.text(field).is_empty());
    let content = html! {
        @if visit.query.raw("saved") == "1" { p role="status" { "Saved." } }
        @if filled().next().is_none() { p { "Nothing is known about your employer yet." } }
        dl {
            @for field in filled() {
                dt { (label(field.key)) }
                dd { (shown::paragraphs(employer.text(field))) }
            }
        }
        @if user.permissions.contains(&PortalPermission::EditEmployer) {
            p { a href="/hire/employer/edit" { "Edit" } }
        }
    };
    Ok(show(visit, StatusCode::OK, employer.text(&employer::NAME), &content))
}

fn may_edit(visit: &Visit) -> Result<&User, Response> {
    let user = visit.employer()?;
    act::require(visit, user, PortalPermission::EditEmployer)?;
    Ok(user)
}

/// `GET /hire/employer/edit`
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    match may_edit(&visit) {
        Ok(user) => opened(&portal, &visit, user).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn opened(portal: &Portal, visit: &Visit, user: &User) -> Result<Response> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    let Some(employer) = own(portal, visit, &mut open, &user.record).await? else { return Ok(page::not_found(visit)) };
    let values = OF_EMPLOYERS_PAGE.iter().map(|field| (field.key.to_owned(), employer.text(field).to_owned()));
    Ok(filled(visit, StatusCode::OK, &Form::of(values.collect()), &[], &employer))
}

fn filled(visit: &Visit, status: StatusCode, form: &Form, wrong: &[Wrong], employer: &Record) -> Response {
    let content = html! {
        (summary(wrong))
        form method="post" action="/hire/employer/edit" novalidate {
            (hidden("op", &visit.op()))
            @for field in OF_EMPLOYERS_PAGE {
                @let kind = match field.field_type { FieldType::Url => "url", FieldType::Phone => "tel", _ => "text" };
                @let input = Field { kind, ..Field::text(field.key, label(field.key), form.raw(field.key), "off") }.optional();
                @if matches!(field.field_type, FieldType::LongText { .. }) { (input.show_long(wrong)) } @else { (input.show(wrong)) }
                (hidden(&format!("was_{}", field.key), employer.text(field)))
            }
            button type="submit" { "Save" }
        }
    };
    show(visit, status, &format!("Edit {}", employer.text(&employer::NAME)), &content)
}

/// `POST /hire/employer/edit`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    match may_edit(&visit).and_then(|user| visit.check_op(&form).map(|()| user)) {
        Ok(user) => sent(&portal, &visit, user, &form).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn sent(portal: &Portal, visit: &Visit, user: &User, form: &Form) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let (mut open, user) = match act::lock(portal, visit, user).await? {
        Ok(locked) => locked,
        Err(page) => return Ok(page),
    };
    if let Err(page) = act::require(visit, &user, PortalPermission::EditEmployer) {
        return Ok(page);
    }
    let Some(employer) = own(portal, visit, &mut open, &user.record).await? else { return Ok(page::not_found(visit)) };
    let (mut fields, mut problems, mut collisions) = (Vec::new(), Vec::new(), Vec::new());
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    for field in OF_EMPLOYERS_PAGE {
        let (was, now) = (plain(form.raw(&format!("was_{}", field.key))), employer.text(field));
        let typed = plain(form.raw(field.key));
        if typed == was || typed == plain(now) {
            continue;
        }
        if was != plain(now) {
            let words =
                format!("Somebody changed this meanwhile. It now says “{now}”. Save again to replace it with yours.");
            collisions.push(Wrong::new(field.key, &words));
            continue;
        }
        match field.read(&typed) {
            Ok(value) => fields.extend(employer.change(field, value)),
            Err(problem) => problems.push(FieldProblem { field: field.key.into(), problem }),
        }
    }
    if !problems.is_empty() || !collisions.is_empty() {
        let status = if problems.is_empty() { StatusCode::CONFLICT } else { status_of(&collisions) };
        let status = if problems.is_empty() { status } else { StatusCode::UNPROCESSABLE_ENTITY };
        let mut wrong = Wrong::all(&problems, called);
        wrong.extend(collisions);
        return Ok(filled(visit, status, form, &wrong, &employer));
    }
    let mut changes: Vec<Change> = Vec::new();
    if !fields.is_empty() {
        let key = (Purpose::WorksAt, RecordKind::Contact, &*employer.id.to_string());
        for person in site::found(log, &mut open, institution, key).await? {
            debug_assert_eq!(person.get(&contact::EMPLOYER).as_reference(), Some(employer.id));
            changes.extend(edit(&person, carry_over(OF_EMPLOYER, &person, &fields)));
        }
    }
    changes.splice(0..0, edit(&employer, fields));
    act::write(portal, visit, open, (user.record.id, OperationKind::PortalEmployer), changes).await?;
    Ok(see_other("/hire/employer?saved=1"))
}
