//! Inviting a colleague, the employer's page, and the questions of students.

use crate::events::{permits, values};
use crate::listings::student as logged_in;
use crate::sign_up::{DANA, signed_up};
use crate::site::sends;
use crate::site::{PASSWORD, Site};
use liaison_app::onboarding;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::role::PortalPermission;
use liaison_domain::{
    RecordKind, Value, contact, employer, employer_user, onboarding_answer, onboarding_question, student,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_accepts_joins_the_employer_of_whom_invited_them() {
    let site = Site::start().await;
    let (dana, _) = signed_up(&site, &DANA).await;
    assert_eq!(dana.open("/hire/people").await.status, 404);
    permits(&site, &[PortalPermission::InviteColleagues]).await;
    assert!(dana.open("/hire/people").await.body.contains("/hire/people/invite"));
    let form = dana.open("/hire/people/invite").await;
    let invite = async |address: &str| {
        let op = form.hidden("op");
        dana.post("/hire/people/invite", &[("op", &op), ("email", address)]).await
    };
    assert_eq!(invite("nobody").await.status, 422);
    // Known or not, the answer is the same.
    let known = invite("dana@acme.example").await;
    let (to, text) = site.letter();
    assert!(to == "dana@acme.example" && text.contains("You already have an account"), "{text}");
    let unknown = invite("bo@acme.example").await;
    assert_eq!((known.status, known.location(), &known.body), (unknown.status, unknown.location(), &unknown.body));
    assert_eq!((unknown.status, unknown.location()), (303, "/hire/people/invite?sent=1"));
    let link = site.link("bo@acme.example");
    for _ in 0..3 {
        site.browser().send("HEAD", &link, None, &[]).await;
    }
    let bo = site.browser();
    let page = bo.open(&link).await;
    assert!(page.status == 200 && page.body.contains("You join Acme Corp."), "{}", page.body);
    let token = page.hidden("token");
    let sent = [("token", token.as_str()), ("first_name", "Bo"), ("last_name", "Lind"), ("password", PASSWORD)];
    let wrong = bo.post("/hire/join", &[sent[0], sent[1], sent[3]]).await;
    assert!(wrong.status == 422 && wrong.body.contains("Enter your last name."), "{}", wrong.body);
    let page = bo.post("/hire/join", &sent).await;
    assert_eq!((page.status, page.location()), (303, "/hire/home"), "{}", page.body);
    assert_eq!(bo.open("/hire/home").await.heading(), "Welcome, Bo");
    assert_eq!(bo.post("/hire/join", &sent).await.status, 410, "it works once");

    let inviter =
        site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "dana@acme.example").await.expect("a user");
    let user = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "bo@acme.example").await.expect("a user");
    assert_eq!(user.get(&employer_user::EMPLOYER), inviter.get(&employer_user::EMPLOYER));
    let person = site.with(RecordKind::Contact, &contact::EMAIL, "bo@acme.example").await.expect("a contact");
    let said = [&contact::SOURCE, &contact::APPROVAL].map(|field| person.text(field));
    assert_eq!(said, ["employer_user_sign_up", contact::PENDING]);
    assert_eq!(person.get(&contact::ADDED_BY_USER).as_reference(), Some(inviter.id));
    assert_eq!(person.get(&contact::EMPLOYER), inviter.get(&employer_user::EMPLOYER));
    let employers = site.at_desk(RecordKind::Employer).await;
    assert_eq!(employers.iter().filter(|at| at.text(&employer::NAME) == "Acme Corp").count(), 1);

    // The link of somebody who lost access leads nowhere.
    invite("cy@acme.example").await;
    let link = site.link("cy@acme.example");
    let selection = liaison_app::lists::Selection::Ids { ids: vec![inviter.id] };
    liaison_app::users::users_access(&site.desk, &selection, false, &mut liaison_app::import::unwatched)
        .await
        .expect("access off");
    site.at_desk(RecordKind::EmployerUser).await;
    assert_eq!(site.browser().open(&link).await.status, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_employers_page_is_changed_with_the_contacts_that_follow() {
    let site = Site::start().await;
    let (dana, _) = signed_up(&site, &DANA).await;
    assert_eq!(dana.open("/hire/employer").await.heading(), "Acme Corp");
    assert_eq!(dana.open("/hire/employer/edit").await.status, 404);
    permits(&site, &[PortalPermission::EditEmployer]).await;
    let person = site.with(RecordKind::Contact, &contact::EMAIL, "dana@acme.example").await.expect("a contact");
    let ids = liaison_app::lists::Selection::Ids { ids: vec![person.id] };
    liaison_app::auto_sync::contacts_auto_sync(&site.desk, &ids, true, &mut liaison_app::import::unwatched)
        .await
        .expect("follows");
    let acme = site.with(RecordKind::Employer, &employer::NAME, "Acme Corp").await.expect("an employer");
    let form = dana.open("/hire/employer/edit").await;
    let op = form.hidden("op");
    let sent = [("op", op.as_str()), ("city", "Springfield"), ("phone", "+1 555 0100"), ("name", "Globex")];
    let page = dana.post("/hire/employer/edit", &sent).await;
    assert_eq!((page.status, page.location()), (303, "/hire/employer?saved=1"), "{}", page.body);
    let acme_now = site.with(RecordKind::Employer, &employer::NAME, "Acme Corp").await.expect("the name stays");
    assert_eq!((acme_now.id, acme_now.text(&employer::CITY)), (acme.id, "Springfield"));
    let person = site.with(RecordKind::Contact, &contact::EMAIL, "dana@acme.example").await.expect("a contact");
    assert_eq!((person.text(&contact::CITY), person.text(&contact::WORK_PHONE)), ("Springfield", "+1 555 0100"));
    // Somebody changed it meanwhile: both are shown.
    let edit = FieldEdit {
        field: "city".into(),
        before: FieldValue::Text("Springfield".into()),
        after: FieldValue::Text("Shelbyville".into()),
    };
    liaison_app::employers::employer_edit(&site.desk, acme.id, &[edit]).await.expect("edited");
    site.at_desk(RecordKind::Employer).await;
    let sent = [
        ("op", op.as_str()),
        ("was_city", "Springfield"),
        ("city", "Capital City"),
        ("was_phone", "+1 555 0100"),
        ("phone", "+1 555 0100"),
    ];
    let page = dana.post("/hire/employer/edit", &sent).await;
    assert!(page.status == 409 && page.body.contains("It now says “Shelbyville”"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn students_answer_the_questions_after_activation_one_by_one() {
    let site = Site::start().await;
    sends(&site).await;
    // Those of the sample are no longer asked.
    for asked in site.at_desk(RecordKind::OnboardingQuestion).await {
        let retired = FieldEdit {
            field: onboarding_question::RETIRED.key.into(),
            before: FieldValue::from(asked.get(&onboarding_question::RETIRED)),
            after: FieldValue::Flag(true),
        };
        onboarding::onboarding_edit(&site.desk, asked.id, &[retired]).await.expect("retired");
    }
    for (text, kind, required) in [("What are you looking for?", "choices", true), ("Anything else?", "text", false)] {
        let mut question = values(&[("text", text), ("type", kind)]);
        question.insert("required".into(), FieldValue::Flag(required));
        if kind == "choices" {
            let choices = ["A job", "An internship"].map(str::to_owned).to_vec();
            question.insert("choices".into(), FieldValue::List(choices));
        }
        onboarding::onboarding_create(&site.desk, &question).await.expect("a question");
    }
    let lena = logged_in(&site, "Lena").await;
    let of = site.with(RecordKind::Student, &student::EMAIL, "lena@campus.example").await.expect("a student").id;
    let answers = async || {
        let mut given = site.at_desk(RecordKind::OnboardingAnswer).await;
        given.retain(|given| given.get(&onboarding_answer::STUDENT).as_reference() == Some(of));
        given
    };
    let page = lena.open("/questions?at=0").await;
    assert!(page.heading() == "What are you looking for?" && !page.body.contains(">Skip<"), "{}", page.body);
    let fields = |page: &crate::site::Page, answers: &[&str]| {
        let mut fields = vec![("op".to_owned(), page.hidden("op")), ("question".to_owned(), page.hidden("question"))];
        fields.extend(answers.iter().map(|answer| ("answer".to_owned(), (*answer).to_owned())));
        fields
    };
    let post = async |fields: &[(String, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        lena.post("/questions", &fields).await
    };
    for wrong in [&[][..], &["A boat"], &["A job", "A job"]] {
        assert_eq!(post(&fields(&page, wrong)).await.status, 422, "{wrong:?}");
    }
    let mut skipped = fields(&page, &[]);
    skipped.push(("do".into(), "skip".into()));
    assert_eq!(post(&skipped).await.status, 422, "it must be answered");
    let sent = fields(&page, &["A job", "An internship"]);
    assert_eq!(post(&sent).await.location(), "/questions?at=1");
    assert_eq!(post(&sent).await.location(), "/questions?at=1");
    let page = lena.open("/questions?at=1").await;
    assert!(page.heading() == "Anything else?" && page.body.contains("Skip"));
    let mut skipped = fields(&page, &[]);
    skipped.push(("do".into(), "skip".into()));
    assert_eq!(post(&skipped).await.location(), "/questions?at=2");
    assert_eq!(lena.open("/questions?at=2").await.heading(), "Thank you");
    let given = answers().await;
    assert_eq!(given.len(), 1, "sent twice, answered once");
    assert_eq!(given[0].get(&onboarding_answer::ANSWER), &Value::List(vec!["A job".into(), "An internship".into()]));
    assert_eq!(given[0].text(&onboarding_answer::ASKED), "What are you looking for?");
    // Answered anew, it is the same answer, changed.
    let page = lena.open("/questions?at=0").await;
    assert!(page.body.contains("checked"));
    assert_eq!(post(&fields(&page, &["A job"])).await.status, 303);
    let given = answers().await;
    assert_eq!((given.len(), given[0].get(&onboarding_answer::ANSWER)), (1, &Value::List(vec!["A job".into()])));
    let log_in = [("email", "lena@campus.example"), ("password", PASSWORD)];
    assert_eq!(site.browser().post("/log-in", &log_in).await.location(), "/people", "nothing that must be answered");
}
