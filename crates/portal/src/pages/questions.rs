//! What students and alumni are asked once they activated their account, one page for each question (M36).

use crate::form::Form;
use crate::log::{Log, Open, Step, Written};
use crate::lookup::{EVERY, Purpose};
use crate::moment::now;
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary};
use crate::portal::Portal;
use crate::site;
use crate::visit::{Person, Visit};
use anyhow::{Result, bail};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::field::CREATED_AT;
use liaison_domain::onboarding_question::{self as question, accepts};
use liaison_domain::refusal::Problem;
use liaison_domain::{Id, OperationKind, Record, RecordKind, Value, onboarding_answer as answer};
use liaison_intake::change::{creation, edit};
use maud::{Markup, html};
use std::sync::Arc;

/// The questions that are asked, in their order, each with the answer of a student.
async fn asked(log: &dyn Log, open: &mut Open, institution: Id, student: Id) -> Result<Vec<(Record, Option<Record>)>> {
    let key = (Purpose::Every, RecordKind::OnboardingQuestion, EVERY);
    let mut questions = site::found(log, open, institution, key).await?;
    questions.retain(|asked| !asked.is_deleted() && !asked.get(&question::RETIRED).as_flag());
    let place = |asked: &Record| match asked.get(&question::POSITION) {
        Value::Number(at) => *at,
        _ => i64::MAX,
    };
    questions.sort_by_key(|asked| (place(asked), asked.id));
    let key = (Purpose::Own, RecordKind::OnboardingAnswer, &*student.to_string());
    let answers = site::found(log, open, institution, key).await?;
    let of = |asked: &Record| {
        answers.iter().find(|given| given.get(&answer::QUESTION).as_reference() == Some(asked.id)).cloned()
    };
    Ok(questions.into_iter().map(|asked| (of(&asked), asked)).map(|(given, asked)| (asked, given)).collect())
}

/// Where a student goes on after activating the account, or logging in: to the first question without an answer, after
/// logging in to the first that must be answered; else to the directory.
pub(crate) async fn next_page(
    log: &dyn Log,
    open: &mut Open,
    institution: Id,
    student: Id,
    all: bool,
) -> Result<String> {
    let asked = asked(log, open, institution, student).await?;
    let open =
        asked.iter().position(|(asked, given)| given.is_none() && (all || asked.get(&question::REQUIRED).as_flag()));
    Ok(open.map_or_else(|| "/people".to_owned(), |at| format!("/questions?at={at}")))
}

fn at(visit: &Visit) -> usize {
    visit.query.raw("at").parse().unwrap_or(0)
}

/// `GET /questions`
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    match visit.student() {
        Ok(person) => opened(&portal, &visit, person).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn opened(portal: &Portal, visit: &Visit, person: &Person) -> Result<Response> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    let asked = asked(&*portal.log, &mut open, visit.site.institution, person.record.id).await?;
    Ok(match asked.get(at(visit)) {
        Some((asked_now, given)) => {
            let given = given.as_ref().map(answered).unwrap_or_default();
            filled(visit, asked_now, (at(visit), asked.len()), &given, &[])
        }
        None => thanks(visit, asked.is_empty()),
    })
}

fn thanks(visit: &Visit, is_empty: bool) -> Response {
    let content = html! {
        @if is_empty { p { "There are no questions at the moment." } } @else { p { "Your advisor sees your answers. You can change them here anytime." } }
        p { a href="/people" { "Go to the people you can ask" } }
    };
    show(visit, StatusCode::OK, if is_empty { "Questions" } else { "Thank you" }, &content)
}

fn answered(given: &Record) -> Vec<String> {
    match given.get(&answer::ANSWER) {
        Value::List(parts) => parts.clone(),
        _ => Vec::new(),
    }
}

fn filled(visit: &Visit, asked: &Record, (at, of): (usize, usize), given: &[String], wrong: &[Wrong]) -> Response {
    let text = asked.text(&question::TEXT);
    let is_required = asked.get(&question::REQUIRED).as_flag();
    let content = html! {
        p class="hint" { "Question " (at + 1) " of " (of) @if !is_required { " (optional)" } }
        (summary(wrong))
        form method="post" action={ "/questions?at=" (at) } novalidate {
            (hidden("op", &visit.op()))
            (hidden("question", &asked.id.to_string()))
            (input(asked, given, wrong))
            div class="buttons" {
                button type="submit" { "Continue" }
                @if !is_required { button class="quiet" type="submit" name="do" value="skip" { "Skip" } }
            }
        }
    };
    show(visit, status_of(wrong), text, &content)
}

fn input(asked: &Record, given: &[String], wrong: &[Wrong]) -> Markup {
    let choices: Vec<(&str, &str)> = match (asked.text(&question::TYPE), asked.get(&question::CHOICES)) {
        (question::YES_NO, _) => vec![("yes", "Yes"), ("no", "No")],
        (question::ONE | question::SEVERAL, Value::List(choices)) => {
            choices.iter().map(|choice| (choice.as_str(), choice.as_str())).collect()
        }
        _ => {
            let text = given.first().map(String::as_str).unwrap_or_default();
            return Field::text("answer", "Your answer", text, "off").show_long(wrong);
        }
    };
    let kind = if asked.text(&question::TYPE) == question::SEVERAL { "checkbox" } else { "radio" };
    let found = wrong.iter().find(|wrong| wrong.field == "answer");
    html! {
        fieldset id="answer" aria-describedby=[found.map(|_| "answer-error")] {
            legend { "Your answer" }
            @if let Some(wrong) = found { p class="error" id="answer-error" { (wrong.words) } }
            @for (at, (value, words)) in choices.iter().enumerate() {
                @let id = format!("answer-{at}");
                div class="choice" {
                    input id=(id) name="answer" type=(kind) value=(value) checked[given.iter().any(|given| given == value)];
                    label for=(id) { (words) }
                }
            }
        }
    }
}

/// `POST /questions`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    match visit.student().and_then(|person| visit.op_id(&form).map(|id| (person, id))) {
        Ok((person, id)) => {
            sent(&portal, &visit, person, (id, &form)).await.unwrap_or_else(|error| page::failed(&error))
        }
        Err(page) => page,
    }
}

async fn sent(portal: &Portal, visit: &Visit, person: &Person, (id, form): (Id, &Form)) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let asked = asked(log, &mut open, institution, person.record.id).await?;
    // By its id: staff may have moved it meanwhile.
    let found = asked.iter().position(|(asked, _)| asked.id.to_string() == form.raw("question"));
    let Some((at, (asked_now, given))) = found.and_then(|at| Some((at, asked.get(at)?))) else {
        return Ok(see_other("/questions"));
    };
    let next = see_other(&format!("/questions?at={}", at + 1));
    if form.raw("do") == "skip" && !asked_now.get(&question::REQUIRED).as_flag() {
        return Ok(next);
    }
    let parts: Vec<String> =
        form.every("answer").into_iter().map(|part| part.replace("\r\n", "\n").trim().to_owned()).collect();
    if let Err(problem) = accepts(asked_now, &parts) {
        let wrong = [Wrong::new("answer", &words(&problem))];
        return Ok(filled(visit, asked_now, (at, asked.len()), &parts, &wrong));
    }
    let text = asked_now.text(&question::TEXT);
    let change = match given {
        Some(given) => {
            let fields = given.change(&answer::ANSWER, Value::List(parts)).into_iter();
            edit(given, fields.chain(given.change(&answer::ASKED, text)))
        }
        None => {
            let mut given = Record::blank(RecordKind::OnboardingAnswer, id);
            given.set(&CREATED_AT, Value::Moment(now()));
            given.set(&answer::STUDENT, person.record.id);
            given.set(&answer::QUESTION, asked_now.id);
            given.set(&answer::ANSWER, Value::List(parts));
            given.set(&answer::ASKED, text);
            Some(creation(&given))
        }
    };
    if let Some(change) = change {
        let step = Step { actor: person.record.id, kind: OperationKind::PortalAnswer, changes: vec![change] };
        match log.write(&mut open, institution, step).await? {
            Written::At(place) => {
                open.commit().await?;
                log.wake(institution, place);
            }
            Written::Refused(reason) => bail!("an answer was refused: {reason}"),
        }
    }
    Ok(next)
}

fn words(problem: &Problem) -> String {
    match problem {
        Problem::TooLong { max } => format!("Use at most {max} characters for your answer."),
        Problem::TooMany { .. } => "Choose one answer only.".into(),
        _ => "Enter or choose an answer.".into(),
    }
}
