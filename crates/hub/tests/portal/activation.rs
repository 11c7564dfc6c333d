//! From the invitation that a desk sends to the account of a student, and what students then see.

use crate::site::{PASSWORD, Site, invited, sends, values};
use liaison_app::{contacts, students};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind, contact, invitation, student};
use std::collections::HashMap;

#[tokio::test(flavor = "multi_thread")]
async fn a_student_activates_the_account_by_the_link_and_the_desk_knows() {
    let site = Site::start().await;
    sends(&site).await;
    let (lena, link) = invited(&site, "Lena").await;
    let browser = site.browser();
    let early = browser.open(&link).await;
    assert_eq!(
        (early.status, early.heading().as_str()),
        (410, "This link doesn’t work"),
        "the hub has no such invitation yet"
    );

    site.at_desk(RecordKind::Student).await;
    // Whoever looks at the link, a scanner of mail for example, changes nothing.
    for _ in 0..10 {
        site.browser().send("HEAD", &link, None, &[]).await;
        assert_eq!(site.browser().open(&link).await.heading(), "Activate your account");
    }
    let form = browser.open(&link).await;
    let token = form.hidden("token");
    let weak = browser.post("/activate", &[("token", &token), ("password", "password1234")]).await;
    assert_eq!(weak.status, 422);
    let page = browser.post("/activate", &[("token", &token), ("password", PASSWORD)]).await;
    assert_eq!((page.status, page.location()), (303, "/questions?at=0"), "{}", page.body);
    assert_eq!(browser.open("/people").await.heading(), "People you can ask");

    let known = site.with(RecordKind::Student, &student::EMAIL, "lena@campus.example").await.expect("a student");
    assert!(known.id == lena && !known.get(&student::ACTIVATED_AT).is_empty());
    let sent = site.at_desk(RecordKind::Invitation).await;
    let sent = sent.iter().find(|sent| sent.get(&invitation::STUDENT).as_reference() == Some(lena));
    assert!(!sent.expect("an invitation").get(&invitation::USED_AT).is_empty());

    // It works once; from now on the password does.
    let again = site.browser().open(&link).await;
    assert_eq!(again.status, 410);
    assert!(again.body.contains("already been used"), "{}", again.body);
    assert_eq!(site.browser().post("/activate", &[("token", &token), ("password", PASSWORD)]).await.status, 410);
    let other = site.browser();
    let page = other.post("/log-in", &[("email", "LENA@campus.example"), ("password", PASSWORD)]).await;
    // What must be answered is asked again.
    assert_eq!((page.status, page.location()), (303, "/questions?at=0"), "{}", page.body);

    // Deactivated at the desk, both are out.
    let selection = liaison_app::lists::Selection::Ids { ids: vec![lena] };
    students::students_deactivate(&site.desk, &selection, &mut liaison_app::import::unwatched)
        .await
        .expect("deactivated");
    site.at_desk(RecordKind::Student).await;
    for browser in [&browser, &other] {
        assert_eq!(browser.open("/people").await.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn students_see_who_is_visible_to_them_and_nothing_else() {
    let site = Site::start().await;
    sends(&site).await;
    let (_, link) = invited(&site, "Noelle").await;
    let mut made = HashMap::new();
    for (first, visibility) in [("Abigail", "students"), ("Bertram", "career_advisors"), ("Cornelia", "myself")] {
        let person = values(&[
            ("first_name", first),
            ("last_name", "Quillfeather"),
            ("email", &format!("{}@acme.example", first.to_lowercase())),
            ("title", "Falconer"),
            ("visibility", visibility),
            ("mobile_phone", "+1 555 0199"),
            ("website", "javascript:alert(1)"),
        ]);
        let person: HashMap<_, _> = person.into_iter().filter(|(key, _)| key != "website").collect();
        made.insert(first, contacts::contact_create(&site.desk, &person).await.expect("a contact").id);
    }
    site.at_desk(RecordKind::Contact).await;
    let browser = site.browser();
    let token = browser.open(&link).await.hidden("token");
    browser.post("/activate", &[("token", &token), ("password", PASSWORD)]).await;

    let found = browser.open("/people?q=quill+FALC").await;
    assert!(found.body.contains("Abigail Quillfeather") && found.body.contains("Falconer"), "{}", found.body);
    assert!(!found.body.contains("Bertram") && !found.body.contains("Cornelia"));
    let card = browser.open(&format!("/people/{}", made["Abigail"])).await;
    assert_eq!((card.status, card.heading().as_str()), (200, "Abigail Quillfeather"));
    assert!(!card.body.contains("0199"), "a private number is for staff");
    assert!(browser.open("/people?q=0199").await.body.contains("No one matches"), "nor is it searched");
    let hidden = browser.open(&format!("/people/{}", made["Bertram"])).await;
    let absent = browser.open(&format!("/people/{}", Id::constant(7))).await;
    assert_eq!((hidden.status, absent.status), (404, 404));
    assert_eq!(hidden.body, absent.body, "who is hidden is not there");

    // Hidden at the desk, gone from the next page.
    let text = |text: &str| FieldValue::Text(text.into());
    let hide = FieldEdit { field: contact::VISIBILITY.key.into(), before: text("students"), after: text("myself") };
    contacts::contact_edit(&site.desk, made["Abigail"], &[hide]).await.expect("an edit");
    site.at_desk(RecordKind::Contact).await;
    assert!(browser.open("/people?q=quillfeather").await.body.contains("No one matches"));
    assert_eq!(browser.open(&format!("/people/{}", made["Abigail"])).await.status, 404);
    // Without a login nobody sees anybody.
    let outside = site.browser().send("GET", "/people?q=quillfeather", None, &[]).await;
    assert_eq!((outside.status, outside.location()), (303, "/log-in"));
}

/// The desk that sends an invitation knows its link. What it chose as a password is worth nothing once the person reads a
/// letter of the hub.
#[tokio::test(flavor = "multi_thread")]
async fn an_account_made_by_somebody_else_is_theirs_who_read_the_mail() {
    let site = Site::start().await;
    sends(&site).await;
    let (_, link) = invited(&site, "Lena").await;
    site.at_desk(RecordKind::Student).await;
    let thief = site.browser();
    let token = thief.open(&link).await.hidden("token");
    let known = "a password the desk knows";
    let page = thief.post("/activate", &[("token", &token), ("password", known)]).await;
    assert_eq!(page.location(), "/questions?at=0", "{}", page.body);

    let lena = [("email", "lena@campus.example"), ("first_name", "Lena"), ("last_name", "Ortiz"), ("employer", "Acme")];
    let (owner, page) = crate::sign_up::signed_up(&site, &lena).await;
    assert_eq!((page.status, page.location()), (303, "/hire/home"), "{}", page.body);
    assert_eq!(thief.send("GET", "/people", None, &[]).await.location(), "/log-in", "logged out");
    let log_in = async |password| {
        let page = site.browser().post("/log-in", &[("email", "lena@campus.example"), ("password", password)]).await;
        (page.status, page.location().to_owned())
    };
    assert_eq!(log_in(known).await.0, 422);
    // One account, two people here: the page of students logs the student in.
    assert_eq!(log_in(PASSWORD).await, (303, "/questions?at=0".to_owned()));
    assert_eq!(owner.open("/hire/home").await.heading(), "Welcome, Lena");
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_students_name_waits_at_the_desk_with_the_source_of_where() {
    let site = Site::start().await;
    sends(&site).await;
    let (lena, link) = invited(&site, "Lena").await;
    site.at_desk(RecordKind::Student).await;
    let browser = site.browser();
    let token = browser.open(&link).await.hidden("token");
    browser.post("/activate", &[("token", &token), ("password", PASSWORD)]).await;
    for (path, list, email, source) in [
        ("/experiences/new", "/experiences", "sue@lab.example", "experiential_learning_supervisor"),
        ("/tasks/new", "/tasks", "tom@lab.example", "task"),
    ] {
        let op = browser.open(path).await.hidden("op");
        let sent = [
            ("op", op.as_str()),
            ("title", "Summer <in> the lab"),
            ("person_first_name", "Sam"),
            ("person_last_name", "Lopez"),
            ("person_email", email),
            ("person_employer", "Bright Lab"),
        ];
        let wrong = browser.post(path, &sent[..3]).await;
        assert!(wrong.status == 422 && wrong.body.contains("Enter your contact’s last name."), "{}", wrong.body);
        let page = browser.post(path, &sent).await;
        assert_eq!((page.status, page.location()), (303, format!("{list}?saved=1").as_str()), "{}", page.body);
        assert!(browser.open(list).await.body.contains("Summer &lt;in&gt; the lab"));
        let person = site.with(RecordKind::Contact, &contact::EMAIL, email).await.expect("a contact");
        let said = [&contact::SOURCE, &contact::APPROVAL].map(|field| person.text(field));
        assert_eq!(said, [source, contact::PENDING]);
        assert_eq!(person.get(&contact::ADDED_BY_STUDENT).as_reference(), Some(lena));
        // The same form once more makes nothing more; named in another one, the contact is who it was.
        assert_eq!(browser.post(path, &sent).await.status, 303);
        let op = browser.open(path).await.hidden("op");
        let another: Vec<_> = [("op", op.as_str())].into_iter().chain(sent[1..].iter().copied()).collect();
        assert_eq!(browser.post(path, &another).await.status, 303);
        let people = site.at_desk(RecordKind::Contact).await;
        assert_eq!(people.iter().filter(|person| person.text(&contact::EMAIL) == email).count(), 1);
        let elsewhere = site.browser().post(path, &sent).await;
        assert_eq!(elsewhere.location(), "/log-in", "nobody is logged in");
    }
    let tasks = site.at_desk(RecordKind::Task).await;
    let own = tasks.iter().filter(|task| task.get(&liaison_domain::task::ABOUT_STUDENT).as_reference() == Some(lena));
    assert_eq!(own.count(), 2);
}
