//! The link in outreach by which people stop it (RFC 8058). Looking at it changes nothing; what it is for it does without a
//! login, without cookies, and for mail programs that send the form by themselves. It is good for ever, and follows a
//! contact that became part of another.

use crate::form::Form;
use crate::log::{Log, Open, Step, Written};
use crate::lookup::Purpose;
use crate::moment::{ids, now};
use crate::page::{self, hidden, show};
use crate::portal::Portal;
use crate::site::{self, Site};
use crate::visit::{UNSUBSCRIBE, Visit};
use anyhow::{Result, bail};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use liaison_domain::field::{ATTRIBUTE_FIRST, CREATED_AT};
use liaison_domain::{Change, FieldChange, Id, OperationKind, Record, RecordKind, Value, attribute, contact, student};
use liaison_intake::change::{creation, edit};
use maud::html;
use rand::Rng as _;
use std::sync::Arc;

/// Merges don't go in circles; damage must not make this do so.
const MERGES: usize = 100;

/// Whom a link is for, as they are now.
async fn person(log: &dyn Log, open: &mut Open, site: &Site, token: &str) -> Result<Option<Record>> {
    let Some((kind, id)) = site.unsubscribe_key().read(token) else { return Ok(None) };
    let Some(kind) = RecordKind::from_number(kind) else { return Ok(None) };
    if !matches!(kind, RecordKind::Contact | RecordKind::Student) {
        return Ok(None);
    }
    let mut id = crate::ids::id(id)?;
    for _ in 0..MERGES {
        let Some(found) = site::find(log, open, site.institution, kind, id).await? else { return Ok(None) };
        let into = match kind {
            RecordKind::Contact if found.is_deleted() => found.get(&contact::MERGED_INTO).as_reference(),
            _ => None,
        };
        match into {
            Some(into) => id = into,
            // Whoever is in the trash may be taken out of it.
            None => return Ok(Some(found)),
        }
    }
    Ok(None)
}

fn address(person: &Record) -> &str {
    person.text(if person.kind == RecordKind::Student { &student::EMAIL } else { &contact::EMAIL })
}

/// Enough of an address to know whose it is, and not enough to learn it from a link that was passed on.
fn veiled(address: &str) -> String {
    let (name, domain) = address.split_once('@').unwrap_or((address, ""));
    format!("{}…@{domain}", name.chars().take(1).collect::<String>())
}

/// `GET /unsubscribe`: nothing changes.
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    opened(&portal, &visit).await.unwrap_or_else(|error| page::failed(&error))
}

async fn opened(portal: &Portal, visit: &Visit) -> Result<Response> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    let token = visit.query.raw("t");
    let Some(person) = person(&*portal.log, &mut open, &visit.site, token).await? else { return Ok(unknown(visit)) };
    let content = html! {
        p { (visit.site.look.name) " will stop sending news and announcements to " (veiled(address(&person))) ". Messages that someone writes to you personally, and messages about your account, still arrive." }
        form method="post" action=(to(token)) { button type="submit" { "Stop these emails" } }
    };
    Ok(show(visit, StatusCode::OK, "Stop these emails?", &content))
}

fn to(token: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(format!("{UNSUBSCRIBE}?"));
    query.append_pair("t", token);
    query.finish()
}

fn unknown(visit: &Visit) -> Response {
    let content = html! {
        p { "Open the link in the message again. If it still doesn’t work, reply to the message with “Unsubscribe” or contact the career center." }
    };
    show(visit, StatusCode::NOT_FOUND, "This link doesn’t work", &content)
}

/// `POST /unsubscribe`. Whatever the form holds, the link says whom it is about; only a page of this site asks for messages
/// again.
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, body: Bytes) -> Response {
    let again = visit.is_of_this_site && Form::parse(&body).is_some_and(|form| form.raw("again") == "1");
    done(&portal, &visit, !again).await.unwrap_or_else(|error| page::failed(&error))
}

async fn done(portal: &Portal, visit: &Visit, stop: bool) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let token = visit.query.raw("t");
    let Some(person) = person(log, &mut open, &visit.site, token).await? else { return Ok(unknown(visit)) };
    let changes = changes(log, &mut open, institution, &person, stop).await?;
    if !changes.is_empty() {
        let step = Step { actor: person.id, kind: OperationKind::PortalUnsubscribe, changes };
        match log.write(&mut open, institution, step).await? {
            Written::At(place) => {
                open.commit().await?;
                log.wake(institution, place);
            }
            Written::Refused(reason) => bail!("somebody could not stop messages: {reason}"),
        }
    }
    let (heading, content) = if stop {
        let content = html! {
            p role="status" { (veiled(address(&person))) " won’t get news and announcements from " (visit.site.look.name) " anymore." }
            p { "Was that a mistake?" }
            form method="post" action=(to(token)) {
                (hidden("again", "1"))
                button type="submit" { "Send me these emails again" }
            }
        };
        ("You’re unsubscribed", content)
    } else {
        let content = html! { p role="status" { (veiled(address(&person))) " gets news and announcements again." } };
        ("You’ll get these emails again", content)
    };
    Ok(show(visit, StatusCode::OK, heading, &content))
}

/// What must change so that somebody gets no more outreach, or gets it again; nothing where that is so already.
async fn changes(log: &dyn Log, open: &mut Open, institution: Id, person: &Record, stop: bool) -> Result<Vec<Change>> {
    let value = if stop { Value::from(true) } else { Value::Empty };
    if person.kind == RecordKind::Student {
        return Ok(edit(person, person.change(&student::DO_NOT_EMAIL, value)).into_iter().collect());
    }
    let key = (Purpose::Meaning, RecordKind::Attribute, attribute::DO_NOT_EMAIL);
    let marks = site::found(log, open, institution, key).await?;
    let numbers: Vec<u16> = marks.iter().filter_map(number).collect();
    let now = |number: u16| person.numbered(number).cloned().unwrap_or_default();
    let set = |number: u16, value: &Value| FieldChange { field: number, before: now(number), after: value.clone() };
    let is_set = |number: &u16| now(*number).as_flag();
    if !stop {
        // Where staff made several of them, one says no, and all of them must say yes.
        let fields = numbers.iter().filter(|number| is_set(number)).map(|number| set(*number, &value));
        return Ok(edit(person, fields).into_iter().collect());
    }
    if numbers.iter().any(is_set) {
        return Ok(Vec::new());
    }
    let (mut changes, number) = match numbers.first() {
        Some(number) => (Vec::new(), *number),
        // Staff took it away. What people ask for must be kept all the same.
        None => {
            let mark = mark();
            (vec![creation(&mark)], number(&mark).unwrap_or(ATTRIBUTE_FIRST))
        }
    };
    changes.extend(edit(person, [set(number, &value)]));
    Ok(changes)
}

fn number(mark: &Record) -> Option<u16> {
    match mark.get(&attribute::NUMBER) {
        Value::Number(number) => u16::try_from(*number).ok(),
        _ => None,
    }
}

/// The attribute "Do not email" of contacts, as a new institution has it.
fn mark() -> Record {
    let mut mark = Record::blank(RecordKind::Attribute, ids().next_id());
    mark.set(&CREATED_AT, Value::Moment(now()));
    mark.set(&attribute::NAME, "Do not email");
    mark.set(&attribute::RECORDS, RecordKind::Contact.key());
    mark.set(&attribute::TYPE, "yes_no");
    // Among sixty thousand: the hub refuses one that is taken.
    let number = rand::rng().random_range(ATTRIBUTE_FIRST..=u16::MAX);
    mark.set(&attribute::NUMBER, Value::Number(i64::from(number)));
    mark.set(&attribute::MEANING, attribute::DO_NOT_EMAIL);
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_to_its_owner_only() {
        assert_eq!(veiled("dana.reyes@acme.example"), "d…@acme.example");
        assert_eq!(veiled(""), "…@");
        let mark = mark();
        assert!(number(&mark).is_some_and(|number| number >= ATTRIBUTE_FIRST));
    }
}
