//! Signing up at `/hire`: a form that writes down who asks, and the page that says where to look.

use crate::asked::{self, For};
use crate::form::Form;
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary};
use crate::portal::Portal;
use crate::site::Site;
use crate::throttle;
use crate::visit::Visit;
use anyhow::Result;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::{name, organization};
use liaison_intake::sign_up::{Typed, check};
use liaison_mail::Address;
use maud::{Markup, html};
use std::sync::Arc;

/// How a field is called, in the middle of a sentence.
pub(crate) fn label(field: &str) -> &'static str {
    match field {
        "first_name" => "first name",
        "last_name" => "last name",
        "title" => "job title",
        "employer" => "employer’s name",
        "website" => "employer’s website",
        "work_phone" => "work phone",
        "password" => "password",
        _ => "email address",
    }
}

/// The fields of the form, in their order.
const FORM: &[&str] = &["email", "first_name", "last_name", "title", "employer"];

/// What was typed about a person.
pub(crate) fn typed(form: &Form) -> Typed {
    Typed {
        first_name: form.text("first_name"),
        last_name: form.text("last_name"),
        title: form.text("title"),
        employer: form.text("employer"),
        website: form.text("website"),
    }
}

/// The fields about a person.
pub(crate) fn fields(typed: &Typed, wrong: &[Wrong]) -> Markup {
    html! {
        (Field::text("first_name", "First name", &typed.first_name, "given-name").show(wrong))
        (Field::text("last_name", "Last name", &typed.last_name, "family-name").show(wrong))
        (Field::text("title", "Job title", &typed.title, "organization-title").optional().show(wrong))
        (Field::text("employer", "Employer", &typed.employer, "organization").show(wrong))
        (Field { kind: "url", ..Field::text("website", "Employer’s website", &typed.website, "url") }.optional().show(wrong))
    }
}

/// `GET /hire/sign-up`
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    if portal.mail.is_none() {
        return no_mail(&visit);
    }
    filled(&visit, &Typed::default(), "", &[], false)
}

/// Who may sign up, where that is not anybody. Said before anything is filled in; who is known, it doesn't say.
pub(crate) fn limit(site: &Site) -> Option<String> {
    let institution = &site.look.name;
    match site.record.text(&organization::INSTITUTION_SIGN_UP) {
        organization::KNOWN_DOMAINS => {
            Some(format!("You can sign up here if {institution} knows you or your employer’s email domain."))
        }
        organization::BY_INVITATION => Some(format!("You can sign up here if {institution} has invited you.")),
        _ => None,
    }
}

/// Said before anything is filled in.
pub(crate) fn no_mail(visit: &Visit) -> Response {
    let content =
        html! { p { "This site can’t send email at the moment. Try again later, or contact the career center." } };
    show(visit, StatusCode::SERVICE_UNAVAILABLE, "Not available right now", &content)
}

fn filled(visit: &Visit, typed: &Typed, address: &str, wrong: &[Wrong], again: bool) -> Response {
    let content = html! {
        (summary(wrong))
        @if again { p role="alert" { "Please send the form once more." } }
        @if let Some(limit) = limit(&visit.site) { p { (limit) } }
        p { "We’ll send a message to your work email. You choose a password after that." }
        form method="post" action="/hire/sign-up" novalidate {
            @if again { (hidden("again", "1")) }
            (Field::email("Work email", address).hint("Use your own address, not a shared one. Anyone who reads that mailbox can log in as you.").show(wrong))
            (fields(typed, wrong))
            // What only programs fill in. No label: browsers fill in what they recognize.
            div class="xq" aria-hidden="true" { input name="xq" tabindex="-1" autocomplete="off"; }
            button type="submit" { "Sign up" }
        }
        p { "Already have an account? " a href="/hire/log-in" { "Log in" } }
    };
    let status = if again { StatusCode::UNPROCESSABLE_ENTITY } else { status_of(wrong) };
    show(visit, status, "Sign up", &content)
}

/// `POST /hire/sign-up`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    sent(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn sent(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    if portal.mail.is_none() {
        return Ok(no_mail(visit));
    }
    let (typed, address) = (typed(form), form.text("email"));
    let mut problems = check(&typed, &address);
    // The domain takes what the mail server would not.
    if !problems.iter().any(|problem| problem.field == "email") && Address::parse(&address).is_err() {
        problems.push(liaison_domain::refusal::FieldProblem {
            field: "email".into(),
            problem: liaison_domain::refusal::Problem::NotAnEmail,
        });
    }
    if !problems.is_empty() {
        let wrong = Wrong::in_order(Wrong::all(&problems, label), FORM);
        return Ok(filled(visit, &typed, &address, &wrong, false));
    }
    let (is_filled, is_again) = (!form.raw("xq").is_empty(), form.raw("again") == "1");
    if is_filled && !is_again {
        // A hint and no verdict: some browsers fill in what nobody sees.
        return Ok(filled(visit, &typed, &address, &[], true));
    }
    let payload = serde_json::to_string(&typed)?;
    let is_bot = is_filled || payload.len() > asked::LONGEST;
    if !is_bot && counted(portal, visit, &address).await? {
        asked::ask(&*portal.log, visit.site.institution, For::SignUp, &address, &payload).await?;
        portal.nudge.notify_one();
    }
    Ok(see_other("/check-mail"))
}

/// Counts a letter that is asked for; whether it goes out. The answer is the same.
pub(crate) async fn counted(portal: &Portal, visit: &Visit, address: &str) -> Result<bool> {
    let (institution, key) = (visit.site.institution.to_string(), name::email_key(address));
    let of_client =
        throttle::count(&portal.pool, &visit.site.key, throttle::LETTERS_CLIENT, &[&institution, &visit.client])
            .await?;
    let of_address = throttle::count(&portal.pool, &visit.site.key, throttle::LETTERS, &[&institution, &key]).await?;
    Ok(of_client && of_address)
}

/// `GET /check-mail`
pub(crate) async fn check_mail(visit: Visit) -> Response {
    let content = html! {
        p { "If your address can be used here, a message with a link is on its way. It should arrive within a few minutes." }
        p { "Nothing there? Look in your spam folder, check that you typed the right address, and try again." }
        p { a href="/hire/sign-up" { "Sign up with another address" } }
        p { a href="/forgot" { "Ask for a new password" } }
    };
    show(&visit, StatusCode::OK, "Check your email", &content)
}
