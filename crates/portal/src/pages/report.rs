//! What students and alumni report: experiences and tasks, with the people they name.

use crate::form::Form;
use crate::log::{Log, Open, Step, Written};
use crate::lookup::Purpose;
use crate::moment::{ids, now};
use crate::named::{Named, known};
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary};
use crate::portal::Portal;
use crate::site;
use crate::throttle;
use crate::visit::{Person, Visit};
use anyhow::{Result, bail};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::employer_match::{is_claimed, is_no_place};
use liaison_domain::employer_name::employer_match_key;
use liaison_domain::{FieldType, Id, OperationKind, Record, RecordKind, employer, name, student};
use liaison_intake::report::{Report, There, report};
use maud::{Markup, html};
use std::sync::Arc;

/// Which report a path is about.
fn report_of(path: &str) -> Report {
    if path.starts_with("/experiences") { Report::Experience } else { Report::Task }
}

fn list_path(what: Report) -> &'static str {
    match what {
        Report::Experience => "/experiences",
        Report::Task => "/tasks",
    }
}

/// `GET /experiences` and `GET /tasks`: those of whoever is logged in.
pub(crate) async fn list(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    match visit.student() {
        Ok(person) => listed(&portal, &visit, &person.record).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn listed(portal: &Portal, visit: &Visit, of: &Record) -> Result<Response> {
    let what = report_of(&visit.path);
    let mut open = portal.log.begin(visit.site.institution).await?;
    let key = match what {
        Report::Experience => name::email_key(of.text(&student::EMAIL)),
        Report::Task => of.id.to_string(),
    };
    let own = site::found(&*portal.log, &mut open, visit.site.institution, (Purpose::Own, what.kind(), &key)).await?;
    let is_saved = visit.query.raw("saved") == "1";
    let (heading, add, none) = match what {
        Report::Experience => ("My experiences", "Report an experience", "You haven’t reported any."),
        Report::Task => ("My tasks", "Add a task", "Nothing to do."),
    };
    let content = html! {
        @if is_saved { p role="status" { "Saved. Your career center can see it." } }
        p { a href={ (list_path(what)) "/new" } { (add) } }
        @if own.is_empty() { p { (none) } }
        ul class="cards" { @for record in own.iter().rev() { li { p { (record.text(what.fields()[0])) } } } }
    };
    Ok(show(visit, StatusCode::OK, heading, &content))
}

/// `GET /experiences/new` and `GET /tasks/new`
pub(crate) async fn form(visit: Visit) -> Response {
    match visit.student() {
        Ok(_) => filled(&visit, &Form::default(), &[]),
        Err(page) => page,
    }
}

fn filled(visit: &Visit, form: &Form, wrong: &[Wrong]) -> Response {
    let what = report_of(&visit.path);
    let (heading, who, hint) = match what {
        Report::Experience => ("Report an experience", "Supervisor", "Who supervised you there?"),
        Report::Task => ("Add a task", "Contact", "Who is it about?"),
    };
    let content = html! {
        (summary(wrong))
        form method="post" action=(visit.path) novalidate {
            (hidden("op", &visit.op()))
            @for field in what.fields() { (input(field, form, wrong)) }
            fieldset {
                legend { (who) }
                p class="hint" { (hint) " We won’t write to them. Your career center may add them to its directory." }
                (Field::text("person_first_name", "First name", form.raw("person_first_name"), "off").show(wrong))
                (Field::text("person_last_name", "Last name", form.raw("person_last_name"), "off").show(wrong))
                (Field { kind: "email", ..Field::text("person_email", "Email", form.raw("person_email"), "off") }.show(wrong))
                (Field::text("person_title", "Job title", form.raw("person_title"), "off").optional().show(wrong))
                @if what == Report::Experience {
                    (Field::text("person_employer", "Employer", form.raw("person_employer"), "off").show(wrong))
                }
            }
            button type="submit" { "Save" }
        }
    };
    show(visit, status_of(wrong), heading, &content)
}

fn input(field: &'static liaison_domain::Field, form: &Form, wrong: &[Wrong]) -> Markup {
    let label = label(field.key);
    let kind = if field.field_type == FieldType::Date { "date" } else { "text" };
    let input = Field { kind, ..Field::text(field.key, label, form.raw(field.key), "off") };
    if field.required { input.show(wrong) } else { input.optional().show(wrong) }
}

/// The fields about a person, in their order on the form.
const OF_PERSON: [&str; 5] =
    ["person_first_name", "person_last_name", "person_email", "person_title", "person_employer"];

/// How a field is called on the form.
fn label(key: &str) -> &'static str {
    match key {
        "title" => "What you do or did",
        "starts_on" => "First day",
        "ends_on" => "Last day",
        "due_on" => "Due",
        _ => "Details",
    }
}

/// How a field is called in the middle of a sentence.
fn called(field: &str) -> &'static str {
    match field {
        "person_first_name" => "contact’s first name",
        "person_last_name" => "contact’s last name",
        "person_employer" => "employer’s name",
        "person_title" => "contact’s job title",
        "person_email" => "contact’s email address",
        "title" => "title",
        "starts_on" => "first day",
        "ends_on" => "last day",
        "due_on" => "due date",
        _ => "details",
    }
}

/// `POST /experiences/new` and `POST /tasks/new`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    match visit.student().and_then(|person| visit.op_id(&form).map(|id| (person, id))) {
        Ok((person, id)) => {
            sent(&portal, &visit, person, (id, &form)).await.unwrap_or_else(|error| page::failed(&error))
        }
        Err(page) => page,
    }
}

async fn sent(portal: &Portal, visit: &Visit, person: &Person, (id, form): (Id, &Form)) -> Result<Response> {
    let (log, institution, what) = (&*portal.log, visit.site.institution, report_of(&visit.path));
    let field = |name: &str| form.text(&format!("person_{name}"));
    let named = Named {
        first_name: field("first_name"),
        last_name: field("last_name"),
        email: field("email"),
        title: field("title"),
    };
    let at_employer = field("employer");
    let of = [institution.to_string(), person.record.id.to_string()];
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    if let Some(minutes) = throttle::wait(&portal.pool, &visit.site.key, throttle::NAMED, &of).await? {
        return Ok(page::too_often(visit, minutes));
    }
    let values: Vec<(&str, String)> = what.fields().iter().map(|field| (field.key, form.text(field.key))).collect();
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let Some(by) = site::find(log, &mut open, institution, RecordKind::Student, person.record.id).await? else {
        return Ok(page::no_access(&visit.site));
    };
    let done = see_other(&format!("{}?saved=1", list_path(what)));
    if site::find(log, &mut open, institution, what.kind(), id).await?.is_some() {
        // The form was sent before: the answer is the same.
        return Ok(done);
    }
    let (contact, employer) = there(log, &mut open, institution, (&named, &at_employer)).await?;
    let there = There { contact: contact.as_ref(), employer: employer.as_ref() };
    let changes = match report((what, id), &by, &values, (&named, &at_employer), there, &mut ids(), now()) {
        Ok(changes) => changes,
        Err(problems) => {
            let order: Vec<&str> = what.fields().iter().map(|field| field.key).chain(OF_PERSON).collect();
            return Ok(filled(visit, form, &Wrong::in_order(Wrong::all(&problems, called), &order)));
        }
    };
    let kind = match what {
        Report::Experience => OperationKind::PortalReport,
        Report::Task => OperationKind::PortalTask,
    };
    let place = match log.write(&mut open, institution, Step { actor: by.id, kind, changes }).await? {
        Written::At(place) => place,
        Written::Refused(reason) => bail!("a report was refused: {reason}"),
    };
    open.commit().await?;
    log.wake(institution, place);
    throttle::count(&portal.pool, &visit.site.key, throttle::NAMED, &of).await?;
    Ok(done)
}

/// The contact with the address that was named, whoever sees it, and the employer with the name: a confirmed one, since
/// whoever claims a name gets nothing by it. What is shown of them
/// afterwards is what the student typed.
async fn there(
    log: &dyn Log,
    open: &mut Open,
    institution: Id,
    (named, at_employer): (&Named, &str),
) -> Result<(Option<Record>, Option<Record>)> {
    let contact = known(log, open, institution, &named.email).await?;
    let key = employer_match_key(at_employer);
    let employers = site::found(log, open, institution, (Purpose::Name, RecordKind::Employer, &key)).await?;
    let employer = employers.into_iter().find(|employer| {
        !is_no_place(employer) && !is_claimed(employer) && employer_match_key(employer.text(&employer::NAME)) == key
    });
    Ok((contact, employer))
}
