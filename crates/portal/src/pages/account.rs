//! "My account": what an employer user says of themselves.

use crate::form::Form;
use crate::log::{Step, Written};
use crate::lookup::Purpose;
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary};
use crate::pages::sign_up::label;
use crate::portal::Portal;
use crate::site;
use crate::visit::Visit;
use anyhow::{Result, bail};
use axum::extract::State;
use axum::response::Response;
use liaison_domain::contact::linked;
use liaison_domain::{OperationKind, RecordKind, employer_user, name};
use liaison_intake::sign_up::account_edit;
use liaison_sync::portal::OF_ACCOUNT;
use maud::html;
use std::sync::Arc;

/// `GET /account`
pub(crate) async fn form(visit: Visit) -> Response {
    let values = match visit.employer() {
        Ok(user) => OF_ACCOUNT.iter().map(|field| (*field, user.record.text(field).to_owned())).collect::<Vec<_>>(),
        Err(page) => return page,
    };
    filled(&visit, &values, &[])
}

type Typed = (&'static liaison_domain::Field, String);

fn filled(visit: &Visit, values: &[Typed], wrong: &[Wrong]) -> Response {
    let value = |field: &liaison_domain::Field| {
        values.iter().find(|(have, _)| have.number == field.number).map_or("", |(_, value)| value.as_str())
    };
    let is_saved = wrong.is_empty() && visit.query.raw("saved") == "1";
    let content = html! {
        @if is_saved { p role="status" { "Your account is updated." } }
        (summary(wrong))
        form method="post" action="/account" novalidate {
            (hidden("op", &visit.op()))
            (Field::text("first_name", "First name", value(&employer_user::FIRST_NAME), "given-name").show(wrong))
            (Field::text("last_name", "Last name", value(&employer_user::LAST_NAME), "family-name").show(wrong))
            (Field::text("title", "Job title", value(&employer_user::TITLE), "organization-title").optional().show(wrong))
            (Field { kind: "tel", ..Field::text("work_phone", "Work phone", value(&employer_user::WORK_PHONE), "tel") }.optional().show(wrong))
            button type="submit" { "Save" }
        }
        h2 { "Email and password" }
        p { a href="/account/address" { "Change your email address" } }
        p { a href="/account/password" { "Change your password" } }
    };
    show(visit, status_of(wrong), "My account", &content)
}

/// `POST /account`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    sent(&portal, &visit, &form).await.unwrap_or_else(|error| page::failed(&error))
}

async fn sent(portal: &Portal, visit: &Visit, form: &Form) -> Result<Response> {
    let user = match visit.employer().and_then(|user| visit.check_op(form).map(|()| user)) {
        Ok(user) => user.record.id,
        Err(page) => return Ok(page),
    };
    let values: Vec<Typed> = OF_ACCOUNT.iter().map(|field| (*field, form.text(field.key))).collect();
    let (log, institution) = (&*portal.log, visit.site.institution);
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    // Read anew under the lock: rights and values are those of this moment.
    let user = site::find(log, &mut open, institution, RecordKind::EmployerUser, user).await?;
    let Some(user) = user.filter(|user| employer_user::log_in(user).is_ok()) else {
        return Ok(page::no_access(&visit.site));
    };
    let key = name::email_key(user.text(&employer_user::EMAIL));
    let by_address = site::found(log, &mut open, institution, (Purpose::Address, RecordKind::Contact, &key)).await?;
    let by_alias = site::found(log, &mut open, institution, (Purpose::Alias, RecordKind::Contact, &key)).await?;
    let changes = match account_edit(&user, &values, linked(&by_address, &by_alias)) {
        Ok(changes) => changes,
        Err(problems) => return Ok(filled(visit, &values, &Wrong::all(&problems, label))),
    };
    if !changes.is_empty() {
        let step = Step { actor: user.id, kind: OperationKind::PortalAccount, changes };
        match log.write(&mut open, institution, step).await? {
            Written::At(place) => {
                open.commit().await?;
                log.wake(institution, place);
            }
            Written::Refused(reason) => bail!("a change of an account was refused: {reason}"),
        }
    }
    Ok(see_other("/account?saved=1"))
}
