//! Who works where is proven: by a domain that a desk gave an employer, and by nothing else.

use crate::sign_up::{DANA, signed_up};
use crate::site::{Browser, PASSWORD, Page, Site};
use liaison_app::claims::employer_confirm;
use liaison_app::employers::{employer_create, employer_edit};
use liaison_app::import::unwatched;
use liaison_app::institution::institution_edit;
use liaison_app::lists::Selection;
use liaison_app::merge::employers_merge;
use liaison_app::review::contacts_review;
use liaison_app::sync::sync_now;
use liaison_app::users::users_access;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::review::ReviewAction;
use liaison_domain::{Id, Record, RecordKind, contact, employer, employer_user};

/// An employer of the desk, with domains; the hub knows of it.
async fn employer(site: &Site, name: &str, domains: &[&str]) -> Id {
    let values = [("name".to_owned(), FieldValue::Text(name.to_owned()))].into();
    let id = employer_create(&site.desk, &values).await.expect("an employer").id;
    let after = FieldValue::List(domains.iter().map(|domain| (*domain).to_owned()).collect());
    let edit = FieldEdit { field: "email_domains".into(), before: FieldValue::Empty(()), after };
    employer_edit(&site.desk, id, &[edit]).await.expect("domains");
    sync_now(&site.desk).await.expect("an exchange");
    id
}

async fn user(site: &Site, address: &str) -> Record {
    site.with(RecordKind::EmployerUser, &employer_user::EMAIL, address).await.expect("a user")
}

async fn works_at(site: &Site, address: &str) -> Option<Id> {
    user(site, address).await.get(&employer_user::EMPLOYER).as_reference()
}

/// Sets a field of the institution at the desk.
async fn set(site: &Site, field: &str, value: &str) {
    let edit =
        FieldEdit { field: field.into(), before: FieldValue::Empty(()), after: FieldValue::Text(value.to_owned()) };
    institution_edit(&site.desk, &[edit]).await.expect("an edit");
    sync_now(&site.desk).await.expect("an exchange");
}

async fn page(browser: &Browser, path: &str) -> Page {
    let page = browser.open(path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_claims_an_employer_and_a_domain_proves_one() {
    let site = Site::start().await;
    let acme = employer(&site, "Acme Corp", &["acme.com"]).await;

    // The name of an employer that is there, and another domain: a new one, which staff have yet to confirm.
    let (browser, _) = signed_up(&site, &DANA).await;
    let home = page(&browser, "/hire/home").await;
    assert!(home.body.contains("hasn’t confirmed yet that you work at Acme Corp"), "{}", home.body);
    let claimed = works_at(&site, "dana@acme.example").await.expect("an employer");
    let record = site.with(RecordKind::Employer, &employer::CONFIRMATION, employer::CLAIMED).await.expect("a claim");
    assert_eq!((record.id, record.text(&employer::NAME)), (claimed, "Acme Corp"));
    assert_ne!(claimed, acme);

    // An address in the domain: that employer, whatever was typed.
    let eve = [("email", "eve@eu.acme.com"), ("first_name", "Eve"), ("last_name", "Moss"), ("employer", "Bolt")];
    let (browser, _) = signed_up(&site, &eve).await;
    assert!(page(&browser, "/hire/home").await.body.contains("You’re here for Acme Corp"));
    assert_eq!(works_at(&site, "eve@eu.acme.com").await, Some(acme));

    // A claimed employer has no domain, even where one stands there.
    let bolt = [("email", "gil@bolt.example"), ("first_name", "Gil"), ("last_name", "Ray"), ("employer", "Bolt")];
    signed_up(&site, &bolt).await;
    let bolt = works_at(&site, "gil@bolt.example").await.expect("an employer");
    let after = FieldValue::List(vec!["bolt.example".into()]);
    let edit = FieldEdit { field: "email_domains".into(), before: FieldValue::Empty(()), after };
    employer_edit(&site.desk, bolt, &[edit]).await.expect("domains");
    sync_now(&site.desk).await.expect("an exchange");
    let ida = [("email", "ida@bolt.example"), ("first_name", "Ida"), ("last_name", "Ray"), ("employer", "Bolt")];
    signed_up(&site, &ida).await;
    assert_ne!(works_at(&site, "ida@bolt.example").await, Some(bolt));
    // Confirmed, it has.
    employer_confirm(&site.desk, bolt).await.expect("confirmed");
    sync_now(&site.desk).await.expect("an exchange");
    let jon = [("email", "jon@bolt.example"), ("first_name", "Jon"), ("last_name", "Ray"), ("employer", "Bolt")];
    signed_up(&site, &jon).await;
    assert_eq!(works_at(&site, "jon@bolt.example").await, Some(bolt));

    // Staff say that the first one is the same: the user works there at the next click.
    employers_merge(&site.desk, acme, &[claimed], &Default::default()).await.expect("a merge");
    sync_now(&site.desk).await.expect("an exchange");
    assert_eq!(works_at(&site, "dana@acme.example").await, Some(acme));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_several_have_the_domain_the_user_says_which() {
    let site = Site::start().await;
    let north = employer(&site, "North Works", &["group.com"]).await;
    let south = employer(&site, "South Works", &["group.com"]).await;
    let other = employer(&site, "Acme Corp", &["acme.com"]).await;
    let dana = [("email", "dana@group.com"), ("first_name", "Dana"), ("last_name", "Reyes"), ("employer", "North")];
    let (browser, sent) = signed_up(&site, &dana).await;
    assert_eq!((sent.status, sent.location()), (303, "/hire/home"));
    let asked = browser.open("/hire/home").await;
    assert_eq!((asked.status, asked.heading().as_str()), (200, "Choose your employer"));
    for shown in ["North Works", "South Works", "None of these", "value=\"North\""] {
        assert!(asked.body.contains(shown), "{shown}: {}", asked.body);
    }
    assert!(!asked.body.contains("Acme Corp"));
    assert_eq!(works_at(&site, "dana@group.com").await, None, "nobody is put anywhere before they say where");

    let op = asked.hidden("op");
    let say = |chosen: String| {
        let (browser, op) = (&browser, op.clone());
        async move {
            let fields = [("op", op.as_str()), ("chosen", chosen.as_str()), ("employer", "North"), ("website", "")];
            browser.post("/hire/employer/choose", &fields).await
        }
    };
    // Nothing, somebody else's employer, nonsense, and another form's secret.
    for wrong in [String::new(), other.to_string(), "x".into()] {
        assert_eq!(say(wrong.clone()).await.status, 422, "{wrong}");
    }
    let chosen = south.to_string();
    let forged = browser.post("/hire/employer/choose", &[("chosen", chosen.as_str()), ("op", "x")]).await;
    assert_eq!(forged.status, 403);
    let said = say(south.to_string()).await;
    assert_eq!((said.status, said.location()), (303, "/hire/home"));
    assert!(page(&browser, "/hire/home").await.body.contains("You’re here for South Works"));
    assert_eq!(works_at(&site, "dana@group.com").await, Some(south));
    let person = site.with(RecordKind::Contact, &contact::EMAIL, "dana@group.com").await.expect("a contact");
    assert_eq!(person.get(&contact::EMPLOYER).as_reference(), Some(south));
    // Once: a second answer changes nothing.
    assert_eq!(say(north.to_string()).await.status, 303);
    assert_eq!(works_at(&site, "dana@group.com").await, Some(south));

    // "None of these" claims a new one.
    let eve = [("email", "eve@group.com"), ("first_name", "Eve"), ("last_name", "Moss"), ("employer", "East Works")];
    let (browser, _) = signed_up(&site, &eve).await;
    let op = browser.open("/hire/home").await.hidden("op");
    let none = [("op", op.as_str()), ("chosen", "other"), ("employer", "East Works"), ("website", "")];
    assert_eq!(browser.post("/hire/employer/choose", &none).await.status, 303);
    let east = site.with(RecordKind::Employer, &employer::NAME, "East Works").await.expect("an employer");
    assert_eq!(east.text(&employer::CONFIRMATION), employer::CLAIMED);
    assert_eq!(works_at(&site, "eve@group.com").await, Some(east.id));
    // Somebody else's log-in has nothing to choose.
    let nobody = site.browser().open("/hire/employer/choose").await;
    assert_eq!(nobody.heading(), "Log in");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_institution_says_who_may_sign_up() {
    let site = Site::start().await;
    employer(&site, "Acme Corp", &["acme.com"]).await;
    set(&site, "hire_text", "Come and meet our students.\n\n<b>Fairs</b> are in May.").await;
    let front = page(&site.browser(), "/hire").await;
    assert!(
        front.body.contains("Come and meet our students.") && front.body.contains("&lt;b&gt;Fairs"),
        "{}",
        front.body
    );

    set(&site, "sign_up", "known_domains").await;
    let form = page(&site.browser(), "/hire/sign-up").await;
    assert!(form.body.contains("knows you or your employer’s email domain"), "{}", form.body);
    let ask = async |address: &str| {
        let mut fields = DANA;
        fields[0] = ("email", address);
        let page = site.browser().post("/hire/sign-up", &fields).await;
        assert_eq!((page.status, page.location()), (303, "/check-mail"), "the answer is one");
        site.letter()
    };
    let (to, text) = ask("dana@other.example").await;
    assert!(to == "dana@other.example" && text.contains("No account is created") && !text.contains("/hire/confirm"));
    assert!(text.contains("whose employer’s email domain it knows") && !text.contains("Acme"), "{text}");
    let (_, text) = ask("dana@acme.com").await;
    assert!(text.contains("/hire/confirm"), "{text}");

    // Closed between the letter and the form: what is so at the form counts.
    let link = text.lines().find(|line| line.starts_with(&site.origin)).expect("a link").trim().to_owned();
    let edit = FieldEdit {
        field: "sign_up".into(),
        before: FieldValue::Text("known_domains".into()),
        after: FieldValue::Text("by_invitation".into()),
    };
    institution_edit(&site.desk, &[edit]).await.expect("an edit");
    sync_now(&site.desk).await.expect("an exchange");
    let browser = site.browser();
    let form = browser.open(&link).await;
    let token = form.hidden("token");
    let mut fields = DANA.to_vec();
    fields.extend([("token", token.as_str()), ("password", PASSWORD)]);
    let refused = browser.post("/hire/confirm", &fields).await;
    assert_eq!((refused.status, refused.heading().as_str()), (403, "You can’t sign up here"));
    let (_, text) = ask("eve@acme.com").await;
    assert!(text.contains("Only people it has invited") && !text.contains("/hire/confirm"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_rejected_and_signs_up_anew_is_pending_again() {
    let site = Site::start().await;
    signed_up(&site, &DANA).await;
    let dana = async || site.with(RecordKind::Contact, &contact::EMAIL, "dana@acme.example").await.expect("a contact");
    let selection = Selection::Ids { ids: vec![dana().await.id] };
    contacts_review(&site.desk, &selection, ReviewAction::RejectAndRevoke, &mut unwatched).await.expect("rejected");
    sync_now(&site.desk).await.expect("an exchange");
    assert_eq!(dana().await.text(&contact::APPROVAL), contact::REJECTED);

    // The letter proves the mailbox once more; access stays what staff made it.
    site.browser().post("/hire/sign-up", &DANA).await;
    let link = site.link("dana@acme.example");
    let browser = site.browser();
    let form = browser.open(&link).await;
    assert_eq!((form.status, form.heading().as_str()), (200, "Sign up again"), "{}", form.body);
    assert_eq!(dana().await.text(&contact::APPROVAL), contact::REJECTED, "opening a link changes nothing");
    let token = form.hidden("token");
    let asked = browser.post("/hire/again", &[("token", &token)]).await;
    assert_eq!((asked.status, asked.heading().as_str()), (200, "Thank you"), "{}", asked.body);
    assert_eq!(dana().await.text(&contact::APPROVAL), contact::PENDING);
    assert_eq!(browser.post("/hire/again", &[("token", &token)]).await.status, 410, "once");
    let log_in = [("email", "dana@acme.example"), ("password", PASSWORD)];
    assert_eq!(site.browser().post("/hire/log-in", &log_in).await.status, 403);
    let users = Selection::Ids { ids: vec![user(&site, "dana@acme.example").await.id] };
    users_access(&site.desk, &users, true, &mut unwatched).await.expect("access back");
    sync_now(&site.desk).await.expect("an exchange");
    assert_eq!(site.browser().post("/hire/log-in", &log_in).await.status, 303);
    // Somebody who is not rejected is only told that there is an account.
    site.browser().post("/hire/sign-up", &DANA).await;
    let (_, text) = site.letter();
    assert!(text.contains("You already have an account") && !text.contains("token="), "{text}");
}
