//! Another address for the own account, and logins that desks are told of.

use crate::sign_up::{DANA, signed_up};
use crate::site::{PASSWORD, Site};
use liaison_app::contacts;
use liaison_app::history::{self, HistoryQuery};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{OperationKind, RecordKind, Value, contact, employer_user};

const NEW: &str = "dana.moss@acme.example";

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_changed_by_who_reads_the_new_mailbox_and_taken_back_by_the_old_one() {
    let site = Site::start().await;
    let (browser, _) = signed_up(&site, &DANA).await;
    // Her contact follows her account.
    let person = site.with(RecordKind::Contact, &contact::EMAIL, "dana@acme.example").await.expect("a contact").id;
    let (off, on) = (FieldValue::Flag(false), FieldValue::Flag(true));
    let follow = FieldEdit { field: contact::AUTO_SYNC.key.into(), before: off, after: on };
    contacts::contact_edit(&site.desk, person, &[follow]).await.expect("an edit");
    site.at_desk(RecordKind::Contact).await;
    let ask = async |fields: &[(&str, &str)]| {
        let op = browser.open("/account/address").await.hidden("op");
        let fields: Vec<_> = fields.iter().copied().chain([("op", op.as_str())]).collect();
        browser.post("/account/address", &fields).await
    };
    let wrong = ask(&[("email", NEW), ("current", "not this one")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("This isn’t your current password."), "{}", wrong.body);
    let wrong = ask(&[("email", "DANA@acme.example"), ("current", PASSWORD)]).await;
    assert!(wrong.status == 422 && wrong.body.contains("You use this address already."), "{}", wrong.body);
    let page = ask(&[("email", NEW), ("current", PASSWORD)]).await;
    assert_eq!((page.status, page.location()), (303, "/check-mail"), "{}", page.body);
    let mut letters = [site.letter(), site.letter()];
    letters.sort();
    let [(to_new, confirm), (to_old, notice)] = &letters[..] else { panic!("two letters") };
    assert_eq!((to_new.as_str(), to_old.as_str()), (NEW, "dana@acme.example"));
    assert!(notice.contains("Nothing changes until the new address is confirmed."), "{notice}");
    let link = |text: &str| text.lines().find(|line| line.starts_with(&site.origin)).expect("a link").trim().to_owned();

    // Whoever looks at the link changes nothing; whoever reads a mailbox that is not theirs lacks the password.
    let stranger = site.browser();
    let form = stranger.open(&link(confirm)).await;
    assert_eq!((form.status, form.heading().as_str()), (200, "Use your new email address"));
    let token = form.hidden("token");
    let guess = [("token", token.as_str()), ("password", "twelve loud owls")];
    assert_eq!(stranger.post("/account/address/confirm", &guess).await.status, 422);
    let right = [("token", token.as_str()), ("password", PASSWORD)];
    assert_eq!(stranger.post("/account/address/back", &right).await.status, 410, "another page’s link");
    let page = stranger.post("/account/address/confirm", &right).await;
    assert_eq!((page.status, page.location()), (303, "/account?saved=1"), "{}", page.body);
    assert_eq!(stranger.post("/account/address/confirm", &right).await.status, 410, "it works once");

    // The desk has it: the user's, and the contact's, which follows and keeps the old one.
    let user = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, NEW).await.expect("a user");
    let person = site.with(RecordKind::Contact, &contact::EMAIL, NEW).await.expect("a contact");
    assert_eq!(person.get(&contact::FORMER_EMAILS), &Value::List(vec!["dana@acme.example".into()]));
    let log_in = async |address: &str| {
        let fields = [("email", address), ("password", PASSWORD)];
        site.browser().post("/hire/log-in", &fields).await.status
    };
    assert_eq!((log_in(NEW).await, log_in("dana@acme.example").await), (303, 422));

    // It was somebody else: the old mailbox takes it back, everyone is out, and a new password is chosen.
    let (to, text) = site.letter();
    assert_eq!(to, "dana@acme.example");
    let owner = site.browser();
    let form = owner.open(&link(&text)).await;
    assert_eq!(form.heading(), "Keep your old email address?");
    let page = owner.post("/account/address/back", &[("token", &form.hidden("token"))]).await;
    assert_eq!((page.status, page.location()), (303, "/check-mail"), "{}", page.body);
    assert_eq!(stranger.open("/hire/home").await.heading(), "Log in");
    let reset = site.link("dana@acme.example");
    assert_eq!(owner.open(&reset).await.heading(), "Choose a new password");
    let now = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "dana@acme.example").await.expect("a user");
    assert_eq!(now.id, user.id);
    assert!(site.with(RecordKind::Contact, &contact::EMAIL, "dana@acme.example").await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_an_address_that_another_account_has() {
    let site = Site::start().await;
    let eve = [("email", "eve@acme.example"), ("first_name", "Eve"), ("last_name", "Ito"), ("employer", "Acme")];
    signed_up(&site, &eve).await;
    let (browser, _) = signed_up(&site, &DANA).await;
    let op = browser.open("/account/address").await.hidden("op");
    let fields = [("email", "eve@acme.example"), ("current", PASSWORD), ("op", op.as_str())];
    // The page says the same as for a free address; the mailbox hears the truth.
    assert_eq!(browser.post("/account/address", &fields).await.location(), "/check-mail");
    let letters = [site.letter(), site.letter()];
    let (_, text) = letters.iter().find(|(to, _)| to == "eve@acme.example").expect("a letter");
    assert!(text.contains("You already have an account"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn desks_are_told_who_logged_in() {
    let site = Site::start().await;
    signed_up(&site, &DANA).await;
    let told = async {
        loop {
            let user = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "dana@acme.example").await;
            if user.is_some_and(|user| !user.get(&employer_user::LAST_LOG_IN).is_empty()) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), told).await.expect("it is told");
    // Once more the same day costs no place in the log.
    let log_in = [("email", "dana@acme.example"), ("password", PASSWORD)];
    assert_eq!(site.browser().post("/hire/log-in", &log_in).await.status, 303);
    site.at_desk(RecordKind::EmployerUser).await;
    let query = HistoryQuery { limit: 100, ..HistoryQuery::default() };
    let steps = history::history_list(&site.desk, &query).await.expect("the history").rows;
    assert_eq!(steps.iter().filter(|row| row.kind == Some(OperationKind::PortalSeen)).count(), 1);
}
