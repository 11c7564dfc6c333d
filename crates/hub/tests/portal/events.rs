//! Registering for events and job fairs, from the form to the desk's row with its source.

use crate::sign_up::{DANA, signed_up};
use crate::site::{Browser, Page, Site};
use liaison_app::entries::record_create;
use liaison_app::review::contacts_review;
use liaison_app::roles::{role_edit, role_named};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::review::ReviewAction;
use liaison_domain::role::{self, PortalPermission};
use liaison_domain::{Id, Record, RecordKind, Value, contact, employer_user, event, participation};
use std::collections::HashMap;

pub fn values(pairs: &[(&str, &str)]) -> HashMap<String, FieldValue> {
    let value = |text: &str| match text.parse::<i64>() {
        Ok(number) => FieldValue::Number(number),
        Err(_) => FieldValue::Text(text.to_owned()),
    };
    pairs.iter().map(|(key, text)| ((*key).to_owned(), value(text))).collect()
}

/// Gives the role that everybody has at first these permissions, on the hub, too.
pub async fn permits(site: &Site, permissions: &[PortalPermission]) {
    let id = role_named(&site.desk, role::DEFAULT_ACCESS).await.expect("a role");
    let before = site.at_desk(RecordKind::Role).await.into_iter().find(|role| role.id == id).expect("a role");
    let before = match before.get(&role::PERMISSIONS) {
        Value::List(keys) => keys.clone(),
        _ => Vec::new(),
    };
    let after = permissions.iter().map(|permission| permission.key().to_owned()).collect();
    let edit = FieldEdit {
        field: role::PERMISSIONS.key.into(),
        before: FieldValue::List(before),
        after: FieldValue::List(after),
    };
    role_edit(&site.desk, id, &[edit]).await.expect("edited");
    site.at_desk(RecordKind::Role).await;
}

/// A moment far ahead.
pub const FAR: &str = "7231723200000";

/// An event that is published, on the hub.
pub async fn published(site: &Site, kind: &str, more: &[(&str, &str)]) -> Id {
    let mut fields =
        vec![("title", "Spring Fair"), ("type", kind), ("starts_at", FAR), ("published", event::EMPLOYERS)];
    fields.extend(more);
    let id = record_create(&site.desk, RecordKind::Event, &values(&fields)).await.expect("an event").id;
    site.at_desk(RecordKind::Event).await;
    id
}

/// Registers with these people: first name, last name, address.
pub async fn register(browser: &Browser, event: Id, people: &[(&str, &str, &str)]) -> Page {
    let path = format!("/hire/events/{event}/register");
    let op = browser.open(&path).await.hidden("op");
    let mut fields = vec![("op".to_owned(), op)];
    for (at, (first, last, email)) in people.iter().enumerate() {
        for (name, value) in [("first_name", first), ("last_name", last), ("email", email)] {
            fields.push((format!("p{at}_{name}"), (*value).to_owned()));
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&path, &fields).await
}

/// Who takes part in an event, at the desk, with the address of the contact.
async fn parts(site: &Site, event: Id) -> Vec<(String, Record)> {
    let people = site.at_desk(RecordKind::Contact).await;
    let address = |part: &Record| {
        let contact = part.get(&participation::CONTACT).as_reference();
        let person = people.iter().find(|person| Some(person.id) == contact).expect("a contact");
        person.text(&contact::EMAIL).to_owned()
    };
    let parts = site.at_desk(RecordKind::Participation).await.into_iter();
    let of_event = parts.filter(|part| part.get(&participation::EVENT).as_reference() == Some(event));
    of_event.map(|part| (address(&part), part)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn additional_contacts_wait_at_the_desk_with_the_source_of_the_event() {
    let site = Site::start().await;
    let (dana, _) = signed_up(&site, &DANA).await;
    let user = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "dana@acme.example").await.expect("a user");
    permits(&site, &[PortalPermission::RegisterEvents, PortalPermission::RegisterFairs]).await;
    for (kind, email, source, part) in [
        (event::JOB_FAIR, "bo@acme.example", "job_fair_registration", participation::ADDITIONAL_CONTACT),
        (event::EVENT, "cy@acme.example", "event_contact", participation::REGISTERED),
    ] {
        let event = published(&site, kind, &[]).await;
        assert!(dana.open("/hire/events").await.body.contains(&format!("/hire/events/{event}")));
        let page = register(&dana, event, &[("Bo", "Lind", email)]).await;
        let to = format!("/hire/events/{event}?done=registered");
        assert_eq!((page.status, page.location()), (303, to.as_str()), "{}", page.body);
        let body = dana.open(&to).await.body;
        assert!(body.contains("You are registered.") && body.contains(email) && body.contains("Bo Lind"), "{body}");

        let person = site.with(RecordKind::Contact, &contact::EMAIL, email).await.expect("a contact");
        let said = [&contact::SOURCE, &contact::APPROVAL, &contact::VISIBILITY].map(|field| person.text(field));
        assert_eq!(said, [source, contact::PENDING, contact::CAREER_ADVISORS]);
        assert_eq!(person.get(&contact::ADDED_BY_USER).as_reference(), Some(user.id));
        assert_eq!(person.get(&contact::EMPLOYER), user.get(&employer_user::EMPLOYER));
        let mut there = parts(&site, event).await;
        there.sort_by(|one, other| one.0.cmp(&other.0));
        let there: Vec<_> =
            there.iter().map(|(address, of)| (address.as_str(), of.text(&participation::PART))).collect();
        assert_eq!(there, [(email, part), ("dana@acme.example", participation::REGISTERED)]);
    }
}

/// What a page says without what is drawn for each request.
fn without_tokens(page: &str, event: Id) -> String {
    let mut parts = page.split("name=\"op\" value=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    out.replace(&event.to_string(), "EVENT")
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_from_a_registration_who_is_in_the_directory() {
    let site = Site::start().await;
    let (dana, _) = signed_up(&site, &DANA).await;
    permits(&site, &[PortalPermission::RegisterFairs, PortalPermission::ViewContactsOfEmployer]).await;
    // The same address in each round: unknown, private, pending because of somebody else, rejected, seen by Dana.
    let mut pages = Vec::new();
    let fair = published(&site, event::JOB_FAIR, &[("places", "40")]).await;
    let first = register(&dana, fair, &[("Bo", "Lind", "bo@acme.example")]).await;
    assert_eq!(first.status, 303, "{}", first.body);
    pages.push(without_tokens(&dana.open(first.location()).await.body, fair));
    let bo = site.with(RecordKind::Contact, &contact::EMAIL, "bo@acme.example").await.expect("a contact");
    let edit = |field: &str, before: &str, after: &str| FieldEdit {
        field: field.into(),
        before: FieldValue::Text(before.into()),
        after: FieldValue::Text(after.into()),
    };
    let selection = |id| liaison_app::lists::Selection::Ids { ids: vec![id] };
    let review = async |action| {
        contacts_review(&site.desk, &selection(bo.id), action, &mut liaison_app::import::unwatched)
            .await
            .expect("reviewed");
        site.at_desk(RecordKind::Contact).await;
    };
    for way in ["pending", "rejected", "approved", "private"] {
        match way {
            "rejected" => review(ReviewAction::Reject).await,
            "approved" => review(ReviewAction::Approve).await,
            "private" => {
                let hidden = [edit("visibility", contact::CAREER_ADVISORS, contact::MYSELF)];
                liaison_app::contacts::contact_edit(&site.desk, bo.id, &hidden).await.expect("hidden");
                site.at_desk(RecordKind::Contact).await;
            }
            _ => {}
        }
        let before = site.with(RecordKind::Contact, &contact::EMAIL, "bo@acme.example").await.expect("a contact");
        let fair = published(&site, event::JOB_FAIR, &[("places", "40")]).await;
        let page = register(&dana, fair, &[("Bo", "Lind", "BO@acme.example")]).await;
        assert_eq!(page.status, 303, "{way}: {}", page.body);
        let body = dana.open(page.location()).await.body.replace("BO@acme", "bo@acme");
        pages.push(without_tokens(&body, fair));
        // Linked, and left as it was.
        let after = site.with(RecordKind::Contact, &contact::EMAIL, "bo@acme.example").await.expect("a contact");
        assert_eq!(before, after, "{way}");
        let there = parts(&site, fair).await;
        assert_eq!(there.iter().filter(|(address, _)| address == "bo@acme.example").count(), 1, "{way}");
        // Whoever is wrongly written is told so, known or not.
        let wrong = register(&dana, fair, &[("Bo", "", "bo@acme.example")]).await;
        assert!(wrong.status == 422 && wrong.body.contains("Enter your colleague’s last name."), "{}", wrong.body);
    }
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]), "{pages:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_form_sent_twice_makes_one_registration_and_what_was_registered_can_be_canceled() {
    let site = Site::start().await;
    let (dana, _) = signed_up(&site, &DANA).await;
    permits(&site, &[PortalPermission::RegisterFairs]).await;
    let fair = published(&site, event::JOB_FAIR, &[("places", "3")]).await;
    let path = format!("/hire/events/{fair}/register");
    let op = dana.open(&path).await.hidden("op");
    let sent = [
        ("op", op.as_str()),
        ("p0_first_name", "Bo"),
        ("p0_last_name", "Lind"),
        ("p0_email", "bo@acme.example"),
        ("p1_email", ""),
    ];
    let (one, other) = tokio::join!(dana.post(&path, &sent), dana.post(&path, &sent));
    assert_eq!((one.status, other.status), (303, 303), "{} {}", one.body, other.body);
    assert_eq!(parts(&site, fair).await.len(), 2);
    let people = site.at_desk(RecordKind::Contact).await;
    assert_eq!(people.iter().filter(|person| person.text(&contact::EMAIL) == "bo@acme.example").count(), 1);

    // There is room for one more, not for two; the form comes back as it was typed.
    let two = [("Cy", "Ode", "cy@acme.example"), ("Di", "Pym", "di@acme.example")];
    let full = register(&dana, fair, &two).await;
    assert_eq!(full.status, 409);
    assert!(full.body.contains("There is 1 place left.") && full.body.contains("di@acme.example"), "{}", full.body);
    assert_eq!(register(&dana, fair, &two[..1]).await.status, 303);

    // One is taken off, then everybody.
    let event = format!("/hire/events/{fair}");
    let page = dana.open(&event).await;
    let cancel = format!("{event}/cancel");
    let op = page.hidden("op");
    let off = dana.post(&cancel, &[("op", &op), ("person", "Bo Lind <bo@acme.example>")]).await;
    assert_eq!((off.status, off.location()), (303, format!("{event}?done=removed").as_str()), "{}", off.body);
    let shown = dana.open(&event).await.body;
    assert!(!shown.contains("bo@acme.example") && shown.contains("cy@acme.example"), "{shown}");
    let coming = |there: &[(String, Record)]| {
        let coming = there.iter().filter(|(_, of)| of.text(&participation::STATUS) == participation::EXPECTED);
        let mut coming: Vec<String> = coming.map(|(address, _)| address.clone()).collect();
        coming.sort();
        coming
    };
    assert_eq!(coming(&parts(&site, fair).await), ["cy@acme.example", "dana@acme.example"]);
    assert_eq!(dana.post(&cancel, &[("op", &op)]).await.location(), format!("{event}?done=cancelled"));
    assert!(coming(&parts(&site, fair).await).is_empty());
    assert!(dana.open(&event).await.body.contains(">Register</a>"));
    // And comes after all.
    assert_eq!(register(&dana, fair, &[("Bo", "Lind", "bo@acme.example")]).await.status, 303);
    assert_eq!(coming(&parts(&site, fair).await), ["bo@acme.example", "dana@acme.example"]);
    assert_eq!(parts(&site, fair).await.len(), 3, "nobody takes part twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_show_while_they_are_published_and_take_registrations_while_they_are_open() {
    let site = Site::start().await;
    let (dana, _) = signed_up(&site, &DANA).await;
    permits(&site, &[PortalPermission::RegisterEvents]).await;
    let hidden = published(&site, event::EVENT, &[("published", "nobody")]).await;
    let over = published(&site, event::EVENT, &[("starts_at", "1700000000000")]).await;
    let closed = published(&site, event::EVENT, &[("register_until", "1700000000000")]).await;
    let fair = published(&site, event::JOB_FAIR, &[]).await;
    let open = published(&site, event::EVENT, &[("published", event::EMPLOYERS_AND_STUDENTS)]).await;
    let list = dana.open("/hire/events").await.body;
    for (id, listed) in [(hidden, false), (over, false), (closed, true), (fair, true), (open, true)] {
        assert_eq!(list.contains(&id.to_string()), listed, "{list}");
        let status = dana.open(&format!("/hire/events/{id}")).await.status;
        assert_eq!(status, if id == hidden { 404 } else { 200 });
    }
    let form = async |id: Id| dana.open(&format!("/hire/events/{id}/register")).await;
    assert_eq!([form(hidden).await.status, form(over).await.status, form(closed).await.status], [404, 409, 409]);
    assert!(form(closed).await.body.contains("Registration is closed."));
    // What the role doesn't permit is neither shown nor accepted.
    assert_eq!(form(fair).await.status, 404);
    assert!(!dana.open(&format!("/hire/events/{fair}")).await.body.contains("/register"));
    let form = form(open).await;
    let path = format!("/hire/events/{open}/register");
    let more = dana.post(&path, &[("op", &form.hidden("op")), ("do", "more"), ("p0_email", "bo@acme.example")]).await;
    assert!(more.status == 200 && more.body.contains("p1_email") && more.body.contains("bo@acme.example"));
    assert!(parts(&site, open).await.is_empty(), "nothing was registered");
    // A form of one page is none of another, and none of somebody else's.
    let op = form.hidden("op");
    assert_eq!(dana.post(&format!("/hire/events/{fair}/register"), &[("op", &op)]).await.status, 403);
    let stranger = site.browser();
    assert_eq!(stranger.post(&path, &[("op", &op)]).await.location(), "/hire/log-in");
    permits(&site, &[]).await;
    assert_eq!(dana.post(&path, &[("op", &op)]).await.status, 404, "the role was changed meanwhile");
}
