//! From the form at `/hire` to the desk's queue.

use crate::site::{PASSWORD, Page, Site};
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::users::users_access;
use liaison_domain::employer_user::NO_ACCESS;
use liaison_domain::{RecordKind, contact, employer, employer_user, role};

pub const DANA: [(&str, &str); 5] = [
    ("email", "dana@acme.example"),
    ("first_name", "Dana"),
    ("last_name", "Reyes"),
    ("title", "Recruiter"),
    ("employer", "Acme Corp"),
];

/// Signs somebody up as far as the link in the letter.
pub async fn asked(site: &Site, fields: &[(&str, &str)]) -> String {
    let page = site.browser().post("/hire/sign-up", fields).await;
    assert_eq!((page.status, page.location()), (303, "/check-mail"), "{}", page.body);
    site.link(fields[0].1)
}

/// And through it.
pub async fn signed_up(site: &Site, fields: &[(&str, &str)]) -> (crate::site::Browser, Page) {
    let link = asked(site, fields).await;
    let browser = site.browser();
    let form = browser.open(&link).await;
    assert_eq!((form.status, form.heading().as_str()), (200, "Choose a password"), "{}", form.body);
    let token = form.hidden("token");
    let mut sent = fields.to_vec();
    sent.extend([("token", token.as_str()), ("password", PASSWORD)]);
    let page = browser.post("/hire/confirm", &sent).await;
    (browser, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_up_is_in_at_once_and_pending_at_the_desk() {
    let site = Site::start().await;
    let form = site.browser().open("/hire/sign-up").await;
    assert_eq!((form.status, form.heading().as_str()), (200, "Sign up"));

    let (browser, page) = signed_up(&site, &DANA).await;
    assert_eq!((page.status, page.location()), (303, "/hire/home"), "{}", page.body);
    let home = browser.open("/hire/home").await;
    assert_eq!((home.status, home.heading().as_str()), (200, "Welcome, Dana"));

    // The desk has the user with the role to begin with, and the contact in its queue with its source.
    let person = site.with(RecordKind::Contact, &contact::EMAIL, "dana@acme.example").await.expect("a contact");
    assert_eq!(person.text(&contact::APPROVAL), contact::PENDING);
    assert_eq!(person.text(&contact::SOURCE), "employer_user_sign_up");
    assert_eq!(person.text(&contact::VISIBILITY), contact::CAREER_ADVISORS);
    let user = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "dana@acme.example").await.expect("a user");
    let begins = site.with(RecordKind::Role, &role::NAME, role::DEFAULT_ACCESS).await.expect("a role");
    assert_eq!(user.get(&employer_user::ROLE).as_reference(), Some(begins.id));
    let acme = site.with(RecordKind::Employer, &employer::NAME, "Acme Corp").await.expect("an employer");
    assert_eq!(user.get(&employer_user::EMPLOYER).as_reference(), Some(acme.id));
    assert_eq!(person.get(&contact::EMPLOYER).as_reference(), Some(acme.id));

    // Switched off at the desk, the next click reads the sentence and nothing else.
    let selection = Selection::Ids { ids: vec![user.id] };
    users_access(&site.desk, &selection, false, &mut unwatched).await.expect("access off");
    assert_eq!(browser.open("/hire/home").await.status, 200, "the hub does not know yet");
    site.at_desk(RecordKind::EmployerUser).await;
    let shut = browser.open("/hire/home").await;
    assert_eq!((shut.status, shut.heading().as_str()), (403, NO_ACCESS));
    let log_in = [("email", "dana@acme.example"), ("password", PASSWORD)];
    let refused = site.browser().post("/hire/log-in", &log_in).await;
    assert_eq!((refused.status, refused.heading().as_str()), (403, NO_ACCESS));
}
