//! "Where do you work?": once after signing up with an address whose domain several employers share.

use crate::accounts;
use crate::employers::{self, Typed};
use crate::form::Form;
use crate::log::{Open, Step, Written};
use crate::moment::{ids, now};
use crate::page::{self, Field, Wrong, hidden, see_other, show, status_of, summary};
use crate::pages::sign_up::label;
use crate::portal::Portal;
use crate::site;
use crate::visit::{User, Visit};
use anyhow::{Result, bail};
use axum::extract::State;
use axum::response::Response;
use liaison_domain::employer_match::EmployerMatch;
use liaison_domain::{Id, OperationKind, Record, RecordKind, employer, employer_user, name};
use liaison_intake::sign_up::{Chosen, choose};
use maud::html;
use std::sync::Arc;

/// What stands for an employer that is not offered.
const OTHER: &str = "other";

/// What there is to choose from.
struct Choice {
    offered: Vec<Record>,
    typed: Typed,
    /// The contact that came with the user.
    known: Option<Record>,
}

/// What a user has yet to choose from; `None` where they have chosen, or staff have.
async fn choice(
    portal: &Portal,
    visit: &Visit,
    open: &mut Open,
    user: &Record,
    account: uuid::Uuid,
) -> Result<Option<Choice>> {
    if !user.get(&employer_user::EMPLOYER).is_empty() {
        return Ok(None);
    }
    let Some(typed) = employers::asked(open, visit.site.institution, user.id).await? else { return Ok(None) };
    let Some(account) = accounts::by_id(&mut **open, account).await? else { return Ok(None) };
    let there = employers::there(&*portal.log, open, &visit.site, &account.address).await?;
    // The address that was proven, as long as it is the user's.
    let is_theirs =
        account.proven && name::email_key(&account.address) == name::email_key(user.text(&employer_user::EMAIL));
    let ids = match there.as_ref().matched(&account.address) {
        _ if !is_theirs => Vec::new(),
        EmployerMatch::None => Vec::new(),
        EmployerMatch::One(one) => vec![one],
        EmployerMatch::Several(several) => several,
    };
    let offered = ids.into_iter().filter_map(|id| there.with_domain(id).cloned()).collect();
    Ok(Some(Choice { offered, typed, known: there.known }))
}

/// `GET /hire/employer/choose`
pub(crate) async fn form(State(portal): State<Arc<Portal>>, visit: Visit) -> Response {
    match visit.employer() {
        Ok(user) => opened(&portal, &visit, user).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn opened(portal: &Portal, visit: &Visit, user: &User) -> Result<Response> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    let Some(choice) = choice(portal, visit, &mut open, &user.record, user.account).await? else {
        return Ok(see_other("/hire/home"));
    };
    let typed = choice.typed.clone();
    Ok(filled(visit, &choice.offered, "", &typed, &[]))
}

fn filled(visit: &Visit, offered: &[Record], chosen: &str, typed: &Typed, wrong: &[Wrong]) -> Response {
    let error = wrong.iter().find(|wrong| wrong.field == "chosen");
    let content = html! {
        (summary(wrong))
        p { "More than one employer uses the domain of your email address." }
        form method="post" action="/hire/employer/choose" novalidate {
            (hidden("op", &visit.op()))
            fieldset id="chosen" aria-describedby=[error.map(|_| "chosen-error")] {
                legend { "Where do you work?" }
                @if let Some(wrong) = error { p class="error" id="chosen-error" { (wrong.words) } }
                @for employer in offered {
                    @let id = employer.id.to_string();
                    @let city = employer.text(&employer::CITY);
                    div class="choice" {
                        input type="radio" id=(id) name="chosen" value=(id) checked[chosen == id];
                        label for=(id) { (employer.text(&employer::NAME)) @if !city.is_empty() { ", " (city) } }
                    }
                }
                div class="choice" {
                    input type="radio" id=(OTHER) name="chosen" value=(OTHER) checked[chosen == OTHER];
                    label for=(OTHER) { "None of these" }
                }
            }
            (Field::text("employer", "Your employer’s name, if none of these", &typed.name, "organization").optional().show(wrong))
            (hidden("website", &typed.website))
            button type="submit" { "Continue" }
        }
    };
    show(visit, status_of(wrong), "Choose your employer", &content)
}

/// `POST /hire/employer/choose`
pub(crate) async fn send(State(portal): State<Arc<Portal>>, visit: Visit, form: Form) -> Response {
    match visit.employer().and_then(|user| visit.check_op(&form).map(|()| user)) {
        Ok(user) => sent(&portal, &visit, user, &form).await.unwrap_or_else(|error| page::failed(&error)),
        Err(page) => page,
    }
}

async fn sent(portal: &Portal, visit: &Visit, user: &User, form: &Form) -> Result<Response> {
    let (log, institution) = (&*portal.log, visit.site.institution);
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    // Read anew under the lock: rights, domains and values are those of this moment.
    let record = site::find(log, &mut open, institution, RecordKind::EmployerUser, user.record.id).await?;
    let Some(record) = record.filter(|record| employer_user::log_in(record).is_ok()) else {
        return Ok(page::no_access(&visit.site));
    };
    let Some(choice) = choice(portal, visit, &mut open, &record, user.account).await? else {
        return Ok(see_other("/hire/home"));
    };
    let typed = Typed { name: form.text("employer"), website: form.text("website") };
    let given = form.text("chosen");
    let offered = given.parse::<Id>().ok().filter(|id| choice.offered.iter().any(|employer| employer.id == *id));
    let chosen = match offered {
        Some(employer) => Chosen::One(employer),
        None if given == OTHER => Chosen::Other { name: typed.name.clone(), website: typed.website.clone() },
        None => {
            let wrong = Wrong::new("chosen", "Choose where you work.");
            return Ok(filled(visit, &choice.offered, "", &typed, &[wrong]));
        }
    };
    let changes = match choose(&record, choice.known.as_ref(), &chosen, &mut ids(), now()) {
        Ok(changes) => changes,
        Err(problems) => return Ok(filled(visit, &choice.offered, &given, &typed, &Wrong::all(&problems, label))),
    };
    let step = Step { actor: record.id, kind: OperationKind::PortalAccount, changes };
    let place = match log.write(&mut open, institution, step).await? {
        Written::At(place) => place,
        Written::Refused(reason) => bail!("the choice of an employer was refused: {reason}"),
    };
    employers::answered(&mut open, institution, record.id).await?;
    open.commit().await?;
    log.wake(institution, place);
    Ok(see_other("/hire/home"))
}
