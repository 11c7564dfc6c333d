//! Job listings, from the form of an employer over the desk to the students.

use crate::events::{permits, published};
use crate::sign_up::{DANA, signed_up};
use crate::site::{Browser, PASSWORD, Page, Site};
use crate::site::{invited, sends};
use liaison_app::entries::record_edit;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{RecordKind, contact, employer_user, event, job_listing};

/// Posts a job; the answer, and what was sent.
async fn post(browser: &Browser, title: &str) -> (Page, Vec<(String, String)>) {
    let op = browser.open("/hire/jobs/new").await.hidden("op");
    let fields: Vec<(String, String)> = [
        ("op", op.as_str()),
        ("title", title),
        ("type", "internship"),
        ("location", "Springfield"),
        ("closes_on", "2199-06-01"),
        ("description", "Ask <questions>.\r\nWrite answers."),
        // What the form doesn't have is left alone.
        ("status", "open"),
        ("employer", "01a22991-19b8-7e04-9316-951084cc77c0"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec();
    (browser.post("/hire/jobs/new", &borrowed(&fields)).await, fields)
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// A student who is logged in.
pub async fn student(site: &Site, first: &str) -> Browser {
    let (_, link) = invited(site, first).await;
    site.at_desk(RecordKind::Student).await;
    let browser = site.browser();
    let token = browser.open(&link).await.hidden("token");
    let page = browser.post("/activate", &[("token", &token), ("password", PASSWORD)]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listing_waits_for_the_desk_before_students_see_it() {
    let site = Site::start().await;
    sends(&site).await;
    let lena = student(&site, "Lena").await;
    let (dana, _) = signed_up(&site, &DANA).await;
    let (page, sent) = post(&dana, "Analyst").await;
    assert_eq!((page.status, page.location()), (303, "/hire/jobs?done=posted"), "{}", page.body);
    assert_eq!(dana.post("/hire/jobs/new", &borrowed(&sent)).await.status, 303);

    let listings = site.at_desk(RecordKind::JobListing).await;
    let own: Vec<_> = listings.iter().filter(|listing| listing.text(&job_listing::TITLE) == "Analyst").collect();
    assert_eq!(own.len(), 1, "two sends of one form make one record");
    let listing = own[0].clone();
    let user = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "dana@acme.example").await.expect("a user");
    let person = site.with(RecordKind::Contact, &contact::EMAIL, "dana@acme.example").await.expect("a contact");
    assert_eq!(listing.text(&job_listing::STATUS), job_listing::SUBMITTED);
    assert_eq!(listing.get(&job_listing::EMPLOYER), user.get(&employer_user::EMPLOYER));
    assert_eq!(listing.get(&job_listing::CONTACT).as_reference(), Some(person.id));
    assert_eq!((person.text(&contact::SOURCE), person.text(&contact::APPROVAL)), ("employer_user_sign_up", "pending"));

    let (of_student, of_employer) = (format!("/jobs/{}", listing.id), format!("/hire/jobs/{}", listing.id));
    assert_eq!(lena.open(&of_student).await.status, 404);
    assert!(lena.open("/jobs").await.body.contains("No open jobs at the moment."));
    assert!(dana.open(&of_employer).await.body.contains("Waiting for Northfield University"));
    let answer = async |before: &str, after: &str| {
        let edit = FieldEdit {
            field: "status".into(),
            before: FieldValue::Text(before.into()),
            after: FieldValue::Text(after.into()),
        };
        record_edit(&site.desk, RecordKind::JobListing, listing.id, &[edit]).await.expect("answered");
        site.at_desk(RecordKind::JobListing).await;
    };
    answer(job_listing::SUBMITTED, job_listing::OPEN).await;
    assert!(lena.open("/jobs").await.body.contains("Analyst"));
    let seen = lena.open(&of_student).await;
    assert!(seen.status == 200 && seen.body.contains("Ask &lt;questions&gt;.") && seen.body.contains("Acme Corp"));
    // Whom students don't see, a listing doesn't show them (M12).
    assert!(!seen.body.contains("dana@acme.example") && seen.body.contains("Ask Northfield University how to apply."));

    // What is changed waits again: nobody opens one thing and shows another.
    let edit = format!("{of_employer}/edit");
    let form = dana.open(&edit).await;
    let mut fields = vec![("op".to_owned(), form.hidden("op"))];
    for (name, value) in [
        ("title", "Analyst"),
        ("type", "internship"),
        ("location", "Springfield"),
        ("closes_on", "2199-06-01"),
        ("description", "Ask <questions>.\r\nWrite answers."),
        ("url", ""),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
        fields.push((format!("was_{name}"), value.to_owned()));
    }
    let page = dana.post(&edit, &borrowed(&fields)).await;
    assert_eq!(page.status, 303, "{}", page.body);
    assert_eq!(lena.open(&of_student).await.status, 200, "nothing was changed");
    fields[3].1 = "part_time".into();
    assert_eq!(dana.post(&edit, &borrowed(&fields)).await.status, 303);
    assert_eq!(lena.open(&of_student).await.status, 404);
    answer(job_listing::SUBMITTED, job_listing::OPEN).await;

    // A colleague's listing is the employer's; nobody else's.
    let eve = [("email", "eve@globex.example"), ("first_name", "Eve"), ("last_name", "Ash"), ("employer", "Globex")];
    let (eve, _) = signed_up(&site, &eve).await;
    assert_eq!(eve.open(&of_employer).await.status, 404);
    assert!(!eve.open("/hire/jobs").await.body.contains("Analyst"));
    let close = format!("{of_employer}/close");
    let op = dana.open(&of_employer).await.hidden("op");
    assert_eq!(dana.post(&close, &[("op", &op)]).await.status, 303);
    assert_eq!(lena.open(&of_student).await.status, 404);
    assert!(dana.open(&of_employer).await.body.contains("Closed"));
    // Without the permission there is no form, and none is taken.
    permits(&site, &[]).await;
    assert_eq!(dana.open("/hire/jobs").await.status, 200, "everybody looks");
    assert_eq!(dana.open("/hire/jobs/new").await.status, 404);
    assert_eq!(dana.post("/hire/jobs/new", &borrowed(&sent)).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_posts_more_than_twenty_in_a_day_and_students_see_their_events_only() {
    let site = Site::start().await;
    sends(&site).await;
    let (dana, _) = signed_up(&site, &DANA).await;
    for at in 0..20 {
        let (page, _) = post(&dana, &format!("Job {at}")).await;
        assert_eq!(page.status, 303, "{}", page.body);
    }
    let (page, _) = post(&dana, "One more").await;
    assert_eq!((page.status, page.heading().as_str()), (429, "Too many postings"));
    assert!(page.headers.contains_key("retry-after"));
    let listed = dana.open("/hire/jobs").await.body;
    assert_eq!(listed.matches("Waiting for").count(), 20);

    let for_employers = published(&site, event::EVENT, &[]).await;
    let for_all = published(&site, event::EVENT, &[("published", event::EMPLOYERS_AND_STUDENTS)]).await;
    let lena = student(&site, "Lena").await;
    let list = lena.open("/events").await.body;
    assert!(list.contains(&for_all.to_string()) && !list.contains(&for_employers.to_string()));
    assert_eq!(lena.open(&format!("/events/{for_all}")).await.status, 200);
    assert_eq!(lena.open(&format!("/events/{for_employers}")).await.status, 404);
    assert_eq!(lena.open(&format!("/hire/events/{for_all}")).await.heading(), "Log in");
}
