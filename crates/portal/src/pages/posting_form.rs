//! The forms with which an employer posts interviews and job listings, and changes them.

use crate::act;
use crate::form::Form;
use crate::lookup::Purpose;
use crate::moment::{ids, now};
use crate::named::{self, Named};
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary};
use crate::pages::events::employer_of;
use crate::pages::postings::{base, find, label, lines, may_post, no_employer, people, permission, post_of, text_of};
use crate::pages::{blocks, shown};
use crate::portal::Portal;
use crate::site;
use crate::throttle;
use crate::visit::{User, Visit};
use anyhow::Result;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::publication::is_changeable;
use liaison_domain::{FieldType, Id, OperationKind, Record, RecordKind, interview_schedule, job_listing};
use liaison_intake::post::{self, Post, Poster, Typed};
use maud::html;
use std::sync::Arc;

/// How a field is called in the middle of a sentence.
fn called(field: &str) -> &'static str {
    match field {
        "title" => "title",
        "type" => "type",
        "held_on" => "day",
        "slots" => "number of slots",
        "location" => "location",
        "closes_on" => "last day to apply",
        "url" => "web address",
        "description" => "description",
        _ => blocks::called(field),
    }
}

/// `GET /hire/interviews/new` and `GET /hire/jobs/new`
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    let what = post_of(&visit.path);
    let user = match may_post(&visit, what) {
        Ok(user) => user,
        Err(page) => return page,
    };
    let employer = async {
        let mut open = portal.log.begin(visit.site.institution).await?;
        employer_of(&portal, &visit, &mut open, &user.record).await
    };
    match employer.await {
        Ok(Some(_)) => filled(&visit, what, (StatusCode::OK, &Form::default()), &[], None),
        Ok(None) => without_employer(&visit, what),
        Err(error) => page::failed(&error),
    }
}

fn without_employer(visit: &Visit, what: Post) -> Response {
    show(visit, StatusCode::CONFLICT, heading(what, None), &html! { p { (no_employer(visit)) } })
}

fn heading(what: Post, of: Option<&Record>) -> &'static str {
    match (what, of) {
        (Post::Interviews, None) => "Ask for interviews",
        (Post::Interviews, Some(_)) => "Edit interviews",
        (Post::Listing, None) => "Post a job",
        (Post::Listing, Some(_)) => "Edit job listing",
    }
}

/// The form, new or of a posting that is there, with what was typed.
fn filled(
    visit: &Visit,
    what: Post,
    (status, form): (StatusCode, &Form),
    wrong: &[Wrong],
    of: Option<&Record>,
) -> Response {
    let kind = match of {
        Some(of) => of.text(&interview_schedule::TYPE),
        None if form.has("how") => form.raw("how"),
        None => visit.query.raw("type"),
    };
    let content = html! {
        (summary(wrong))
        form method="post" action=(visit.path) novalidate {
            (hidden("op", &visit.op()))
            @if what == Post::Interviews && of.is_none() {
                @let options = [(interview_schedule::ON_CAMPUS, "On campus"), (interview_schedule::VIDEO, "By video")];
                (Field::text("how", "How are they held?", kind, "off").show_choice(wrong, &options))
            }
            @for field in what.fields() {
                @let input = input(what, field, form);
                @match field.field_type {
                    FieldType::LongText { .. } => (input.show_long(wrong)),
                    FieldType::Choice { choices } => {
                        @let options: Vec<_> = [("", "Not said")].into_iter().chain(choices.iter().map(|key| (*key, shown::listing_type(key)))).collect();
                        (input.show_choice(wrong, &options))
                    }
                    _ => (input.show(wrong)),
                }
                @if let Some(of) = of { (hidden(&format!("was_{}", field.key), &text_of(of, field))) }
            }
            @if what == Post::Interviews {
                @if let Some(of) = of { (hidden("was_people", &lines(of).join("\n"))) }
                h2 { (people(kind)) }
                p class="hint" {
                    "We won’t write to them. " (visit.site.look.name) " may add them to its directory. Leave the fields empty if you don’t know yet."
                }
                (blocks::show(form, "Interviewer", wrong))
            }
            div class="buttons" {
                button type="submit" { @if of.is_some() { "Save" } @else { "Send" } }
                @if what == Post::Interviews { (blocks::more(form)) }
            }
        }
        @if let Some(of) = of.filter(|of| [job_listing::OPEN, interview_schedule::CONFIRMED].contains(&of.text(what.status()))) {
            p class="hint" {
                @match what {
                    Post::Interviews => { "What you change waits for " (visit.site.look.name) " to confirm it again." }
                    Post::Listing => {
                        "Once you save a change, students don’t see “" (of.text(what.fields()[0])) "” until "
                        (visit.site.look.name) " has looked at it again."
                    }
                }
            }
        }
    };
    show(visit, status, heading(what, of), &content)
}

fn input<'a>(what: Post, field: &'static liaison_domain::Field, form: &'a Form) -> Field<'a> {
    let kind = match field.field_type {
        FieldType::Date => "date",
        FieldType::Url => "url",
        FieldType::Number => "number",
        _ => "text",
    };
    let input = Field { kind, ..Field::text(field.key, label(what, field.key), form.raw(field.key), "off") };
    let hint = match (what, field.key) {
        (Post::Listing, "url") => "Leave it empty if students write to you.",
        _ => "",
    };
    let input = input.hint(hint);
    if field.required { input } else { input.optional() }
}

/// What was typed of the posting itself.
fn typed(what: Post, form: &Form) -> Typed {
    what.fields().iter().map(|field| (*field, form.text(field.key))).collect()
}

/// `POST /hire/interviews/new` and `POST /hire/jobs/new`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    let what = post_of(&visit.path);
    match may_post(&visit, what).and_then(|user| visit.op_id(&form).map(|id| (user, id))) {
        Ok((user, id)) => {
            sent(&portal, &visit, what, (user, id, &form)).await.unwrap_or_else(|error| page::failed(&error))
        }
        Err(page) => page,
    }
}

async fn sent(portal: &Portal, visit: &Visit, what: Post, (user, id, form): (&User, Id, &Form)) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    if what == Post::Interviews && blocks::asks_for_more(form) {
        return Ok(filled(visit, what, (StatusCode::OK, form), &[], None));
    }
    let of = [institution.to_string(), user.record.id.to_string()];
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    let named = if what == Post::Interviews { blocks::named(form) } else { Vec::new() };
    if let Some(page) = too_many(portal, visit, &of, (!named.is_empty(), true)).await? {
        return Ok(page);
    }
    let (mut open, user) = match act::lock(portal, visit, user).await? {
        Ok(locked) => locked,
        Err(page) => return Ok(page),
    };
    if let Err(page) = act::require(visit, &user, permission(what)) {
        return Ok(page);
    }
    let done = see_other(&format!("{}?done=posted", base(what)));
    if site::find(log, &mut open, institution, what.kind(), id).await?.is_some() {
        // The form was sent before: the answer is the same.
        return Ok(done);
    }
    let Some(employer) = employer_of(portal, visit, &mut open, &user.record).await? else {
        return Ok(without_employer(visit, what));
    };
    let contact = named::contact_of(log, &mut open, institution, &user.record).await?;
    let people = named::people(log, &mut open, institution, named).await?;
    let by = Poster { user: &user.record, contact: contact.as_ref(), employer };
    let how = if form.raw("how") == interview_schedule::VIDEO {
        interview_schedule::VIDEO
    } else {
        interview_schedule::ON_CAMPUS
    };
    let changes = match post::post(what, (id, how), by, (&typed(what, form), &people), &mut ids(), now()) {
        Ok(changes) => changes,
        Err(problems) => {
            let wrong = Wrong::all(&problems, called);
            return Ok(filled(visit, what, (status_of(&wrong), form), &wrong, None));
        }
    };
    act::write(portal, visit, open, (user.record.id, OperationKind::PortalPost), changes).await?;
    throttle::count(&portal.pool, &visit.site.key, throttle::POSTED, &of).await?;
    throttle::count_many(&portal.pool, &visit.site.key, throttle::NAMED, &of, people.len()).await?;
    Ok(done)
}

/// The page for whoever named or posted too many within a day.
async fn too_many(
    portal: &Portal,
    visit: &Visit,
    of: &[&str],
    (names, posts): (bool, bool),
) -> Result<Option<Response>> {
    let key = &visit.site.key;
    if names && let Some(minutes) = throttle::wait(&portal.pool, key, throttle::NAMED, of).await? {
        return Ok(Some(page::named_too_many(visit, minutes)));
    }
    if posts && let Some(minutes) = throttle::wait(&portal.pool, key, throttle::POSTED, of).await? {
        return Ok(Some(page::posted_too_many(visit, minutes)));
    }
    Ok(None)
}

/// `GET /hire/interviews/{id}/edit` and `GET /hire/jobs/{id}/edit`
pub(crate) async fn edit_form(State(portal): State<Arc<Portal>>, visit: Visit, Path(id): Path<String>) -> Response {
    let what = post_of(&visit.path);
    match may_post(&visit, what) {
        Ok(user) => edited(&portal, &visit, what, (user, &id)).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn edited(portal: &Portal, visit: &Visit, what: Post, (user, id): (&User, &str)) -> Result<Response> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    let employer = employer_of(portal, visit, &mut open, &user.record).await?;
    let found = find(portal, visit, (what, employer), &mut open, id).await?;
    let Some(record) = found.filter(is_changeable) else { return Ok(page::not_found(visit)) };
    Ok(filled(visit, what, (StatusCode::OK, &as_form(what, &record)), &[], Some(&record)))
}

/// A posting as its form has it.
fn as_form(what: Post, record: &Record) -> Form {
    let mut fields: Vec<(String, String)> =
        what.fields().iter().map(|field| (field.key.to_owned(), text_of(record, field))).collect();
    for (at, line) in lines(record).iter().enumerate() {
        let (first, last) = Named::name(line).rsplit_once(' ').unwrap_or((Named::name(line), ""));
        for (name, value) in [("first_name", first), ("last_name", last), ("email", Named::address(line))] {
            fields.push((format!("p{at}_{name}"), value.to_owned()));
        }
    }
    Form::of(fields)
}

/// `POST /hire/interviews/{id}/edit` and `POST /hire/jobs/{id}/edit`
pub(crate) async fn edit_send(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
    form: Form,
) -> Response {
    let what = post_of(&visit.path);
    match may_post(&visit, what).and_then(|user| visit.check_op(&form).map(|()| user)) {
        Ok(user) => {
            changed(&portal, &visit, what, (user, &id, &form)).await.unwrap_or_else(|error| page::failed(&error))
        }
        Err(page) => page,
    }
}

async fn changed(
    portal: &Portal,
    visit: &Visit,
    what: Post,
    (user, id, form): (&User, &str, &Form),
) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let of = [institution.to_string(), user.record.id.to_string()];
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    let named = if what == Post::Interviews { blocks::named(form) } else { Vec::new() };
    if let Some(page) = too_many(portal, visit, &of, (!named.is_empty(), false)).await? {
        return Ok(page);
    }
    let (mut open, user) = match act::lock(portal, visit, user).await? {
        Ok(locked) => locked,
        Err(page) => return Ok(page),
    };
    if let Err(page) = act::require(visit, &user, permission(what)) {
        return Ok(page);
    }
    let employer = employer_of(portal, visit, &mut open, &user.record).await?;
    let found = find(portal, visit, (what, employer), &mut open, id).await?;
    let (Some(record), Some(employer)) = (found.filter(is_changeable), employer) else {
        return Ok(page::not_found(visit));
    };
    if what == Post::Interviews && blocks::asks_for_more(form) {
        return Ok(filled(visit, what, (StatusCode::OK, form), &[], Some(&record)));
    }
    let (typed, wrong) = merged(what, &record, form);
    if !wrong.is_empty() {
        return Ok(filled(visit, what, (StatusCode::CONFLICT, form), &wrong, Some(&record)));
    }
    let contact = named::contact_of(log, &mut open, institution, &user.record).await?;
    let known = lines(&record);
    let news = named.iter().filter(|named| !known.iter().any(|line| Named::address(line) == named.email)).count();
    let people = named::people(log, &mut open, institution, named).await?;
    let parts = match what {
        Post::Interviews => {
            let key = (Purpose::Takers, RecordKind::Participation, &*record.id.to_string());
            site::found(log, &mut open, institution, key).await?
        }
        Post::Listing => Vec::new(),
    };
    let by = Poster { user: &user.record, contact: contact.as_ref(), employer };
    let changes = match post::amend(what, (&record, &parts), by, (&typed, &people), &mut ids(), now()) {
        Ok(changes) => changes,
        Err(problems) => {
            let wrong = Wrong::all(&problems, called);
            return Ok(filled(visit, what, (status_of(&wrong), form), &wrong, Some(&record)));
        }
    };
    act::write(portal, visit, open, (user.record.id, OperationKind::PortalPost), changes).await?;
    throttle::count_many(&portal.pool, &visit.site.key, throttle::NAMED, &of, news).await?;
    Ok(see_other(&format!("{}/{}?done=changed", base(what), record.id)))
}

/// What was typed, where nobody changed anything else meanwhile. What somebody changed and the form left alone stays as
/// they changed it; what both changed, the person sees.
fn merged(what: Post, record: &Record, form: &Form) -> (Typed, Vec<Wrong>) {
    let mut wrong = Vec::new();
    let mut field = |field: &'static liaison_domain::Field| {
        let (now, was, typed) = (text_of(record, field), form.raw(&format!("was_{}", field.key)), form.text(field.key));
        // Browsers send the ends of lines in their own way.
        let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
        if plain(&now) == plain(was) || plain(&typed) == plain(&now) {
            return (field, typed);
        }
        if plain(&typed) == plain(was) {
            return (field, now);
        }
        let words =
            format!("Somebody changed this meanwhile. It now says “{now}”. Save again to replace it with yours.");
        wrong.push(Wrong::new(field.key, &words));
        (field, typed)
    };
    let typed = what.fields().iter().map(|each| field(each)).collect();
    let plain = |text: &str| text.replace("\r\n", "\n");
    if what == Post::Interviews && plain(form.raw("was_people")) != lines(record).join("\n") {
        wrong.push(Wrong::new(
            "p0_first_name",
            "Somebody changed the interviewers meanwhile. Check them, and save again.",
        ));
    }
    (typed, wrong)
}
