//! Logging in and out, passwords, the account page, and two institutions with one account.

use crate::sign_up::{DANA, asked, signed_up};
use crate::site::{Browser, PASSWORD, Site, desk};
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::sync::sync_now;
use liaison_app::users::{users_access, users_erase};
use liaison_domain::employer_user::NO_ACCESS;
use liaison_domain::{RecordKind, employer_user};
use liaison_store::table;

const OTHER: &str = "seven purple tugboats";

fn log_in(password: &str) -> [(&'static str, &str); 2] {
    [("email", "dana@acme.example"), ("password", password)]
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_and_logins_end_when_they_should() {
    let site = Site::start().await;
    let (first, _) = signed_up(&site, &DANA).await;

    // Out, and nothing is left of the login.
    let token = first.cookies.borrow()["login"].clone();
    assert_eq!(first.post("/log-out", &[]).await.status, 303);
    assert!(first.cookies.borrow().is_empty());
    first.cookies.borrow_mut().insert("login".into(), token.clone());
    assert_eq!(first.send("GET", "/hire/home", None, &[]).await.location(), "/hire/log-in");

    // In again, with another token than before, also where one was brought along.
    let page = first.post("/hire/log-in", &log_in(PASSWORD)).await;
    assert_eq!((page.status, page.location()), (303, "/hire/home"), "{}", page.body);
    assert_ne!(first.cookies.borrow()["login"], token);
    let cookie = page.headers["set-cookie"].to_str().expect("a cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");

    // The password is changed by who knows it; whoever else is logged in is out.
    let second = site.browser();
    second.post("/hire/log-in", &log_in(PASSWORD)).await;
    let op = first.open("/account/password").await.hidden("op");
    let form = |current| [("op", op.as_str()), ("current", current), ("password", OTHER)];
    assert_eq!(first.post("/account/password", &form("not this one")).await.status, 422);
    assert_eq!(first.post("/account/password", &form(PASSWORD)).await.status, 303);
    assert_eq!(first.open("/hire/home").await.heading(), "Welcome, Dana");
    assert_eq!(second.open("/hire/home").await.heading(), "Log in");
    assert_eq!(site.browser().post("/hire/log-in", &log_in(PASSWORD)).await.status, 422);
    assert!(site.letter().1.contains("was just changed"));

    // Forgotten: a link, which a look at changes nothing about, and which works once.
    let third = site.browser();
    let page = third.post("/hire/forgot", &[("email", "Dana@ACME.example")]).await;
    assert_eq!((page.status, page.location()), (303, "/check-mail"));
    let link = site.link("dana@acme.example");
    for _ in 0..3 {
        site.browser().open(&link).await;
    }
    let token = third.open(&link).await.hidden("token");
    assert_eq!(third.post("/reset", &[("token", &token), ("password", "short")]).await.status, 422);
    let page = third.post("/reset", &[("token", &token), ("password", PASSWORD)]).await;
    assert_eq!((page.status, page.location()), (303, "/hire/home"), "{}", page.body);
    assert_eq!(first.open("/hire/home").await.heading(), "Log in", "logged in with the old password");
    assert_eq!(site.browser().post("/reset", &[("token", &token), ("password", OTHER)]).await.status, 410);
    assert!(site.letter().1.contains("was just changed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_link_for_another_password_ends_an_older_one() {
    let site = Site::start().await;
    let (browser, _) = signed_up(&site, &DANA).await;
    let mut links = Vec::new();
    for _ in 0..2 {
        browser.post("/forgot", &[("email", "dana@acme.example")]).await;
        links.push(site.link("dana@acme.example"));
    }
    let told = site.browser().open(&links[0]).await;
    assert!(told.status == 410 && told.body.contains("there is a newer one"), "{}", told.body);
    assert_eq!(site.browser().open(&links[1]).await.heading(), "Choose a new password");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_say_of_themselves_reaches_the_desk_and_nothing_else_does() {
    let site = Site::start().await;
    let (browser, _) = signed_up(&site, &DANA).await;
    let before = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "dana@acme.example").await.expect("a user");
    let op = browser.open("/account").await.hidden("op");
    let sent = [
        ("op", op.as_str()),
        ("first_name", "Dana"),
        ("last_name", "Reyes-Moss"),
        ("title", "<b>Head & Recruiter</b>"),
        ("work_phone", "+1 555 0100"),
        // What the form doesn't have.
        ("role", "00000000-0000-0000-0000-000000000001"),
        ("access", "false"),
        ("email", "evil@acme.example"),
        ("employer", "00000000-0000-0000-0000-000000000001"),
    ];
    let page = browser.post("/account", &sent).await;
    assert_eq!((page.status, page.location()), (303, "/account?saved=1"), "{}", page.body);
    let shown = browser.open("/account?saved=1").await.body;
    assert!(shown.contains("Your account is updated.") && shown.contains("&lt;b&gt;Head &amp; Recruiter&lt;/b&gt;"));
    let after = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "dana@acme.example").await.expect("a user");
    assert_eq!(after.text(&employer_user::LAST_NAME), "Reyes-Moss");
    assert_eq!(after.text(&employer_user::TITLE), "<b>Head & Recruiter</b>");
    for field in [&employer_user::ROLE, &employer_user::ACCESS, &employer_user::EMPLOYER] {
        assert_eq!(after.get(field), before.get(field), "{}", field.key);
    }
    let wrong = [("op", op.as_str()), ("first_name", ""), ("last_name", "Reyes")];
    let page = browser.post("/account", &wrong).await;
    assert!(page.status == 422 && page.body.contains("Enter your first name."), "{}", page.body);
    // A form of another page, of another login, or none.
    let password = browser.open("/account/password").await.hidden("op");
    let (other, _) = signed_up(
        &site,
        &[
            ("email", "eve@acme.example"),
            ("first_name", "Eve"),
            ("last_name", "Ito"),
            ("title", ""),
            ("employer", "Acme"),
        ],
    )
    .await;
    let foreign = other.open("/account").await.hidden("op");
    for op in [password.as_str(), foreign.as_str(), "", "x.y"] {
        let page = browser.post("/account", &[("op", op), ("first_name", "Zoe"), ("last_name", "Zoe")]).await;
        assert_eq!(page.status, 403, "{op}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_account_at_two_institutions_with_a_border_between_them() {
    let site = Site::start().await;
    let (browser, _) = signed_up(&site, &DANA).await;
    // The other institution is at another host of the same hub.
    let origin = site.origin.replace("127.0.0.1", "localhost");
    let (other_desk, _folder, other) = desk(&site.ledger, &site.origin, None, "Southfield College").await;
    liaison_portal::site::add(&*site.ledger, other, &origin).await.expect("a portal");
    let taken = liaison_portal::site::add(&*site.ledger, other, &site.origin).await;
    assert!(taken.is_err(), "a host is one institution's");
    let there = Browser::at(&origin);
    assert!(there.open("/hire").await.heading().contains("Southfield College"));

    // The right password is not enough, nor is the login of the other one.
    let page = there.post("/hire/log-in", &log_in(PASSWORD)).await;
    assert_eq!((page.status, page.heading().as_str()), (422, "You’re not at Southfield College yet"));
    let token = browser.cookies.borrow()["login"].clone();
    there.cookies.borrow_mut().insert("login".into(), token);
    assert_eq!(there.send("GET", "/hire/home", None, &[]).await.location(), "/hire/log-in");
    there.cookies.borrow_mut().clear();

    // Added there with the same address and password.
    let page = there.post("/hire/sign-up", &DANA).await;
    assert_eq!(page.status, 303);
    let (_, text) = site.letter();
    let link = text.lines().find(|line| line.starts_with(&origin)).expect("a link to the other host").trim().to_owned();
    // The link is of that institution: at this one it is none.
    assert_eq!(site.browser().open(&link.replace("localhost", "127.0.0.1")).await.status, 410);
    let form = there.open(&link).await;
    assert!(form.body.contains("already have an account"), "{}", form.body);
    let token = form.hidden("token");
    let with =
        |password| DANA.iter().copied().chain([("token", token.as_str()), ("password", password)]).collect::<Vec<_>>();
    assert_eq!(there.post("/hire/confirm", &with(OTHER)).await.status, 422, "the account's own password");
    let page = there.post("/hire/confirm", &with(PASSWORD)).await;
    assert_eq!((page.status, page.location()), (303, "/hire/home"), "{}", page.body);

    // Off there is not off here.
    sync_now(&other_desk).await.expect("an exchange");
    let users =
        other_desk.engine().database().read(|db| table::every(db, RecordKind::EmployerUser)).await.expect("read");
    let user = users.iter().find(|user| user.text(&employer_user::EMAIL) == "dana@acme.example").expect("a user").id;
    let selection = Selection::Ids { ids: vec![user] };
    users_access(&other_desk, &selection, false, &mut unwatched).await.expect("off");
    sync_now(&other_desk).await.expect("an exchange");
    assert_eq!(there.open("/hire/home").await.heading(), NO_ACCESS);
    assert_eq!(browser.open("/hire/home").await.heading(), "Welcome, Dana");

    // Erased there, the account goes on here.
    users_erase(&other_desk, &selection, &mut unwatched).await.expect("erased");
    sync_now(&other_desk).await.expect("an exchange");
    assert_eq!(there.send("GET", "/hire/home", None, &[]).await.location(), "/hire/log-in");
    assert_eq!(browser.open("/hire/home").await.heading(), "Welcome, Dana");
    // Erased here as well, nothing is left of it: the address signs up as anybody's.
    let user =
        site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "dana@acme.example").await.expect("a user").id;
    let selection = Selection::Ids { ids: vec![user] };
    users_erase(&site.desk, &selection, &mut unwatched).await.expect("erased");
    site.at_desk(RecordKind::EmployerUser).await;
    assert_eq!(site.browser().post("/hire/log-in", &log_in(PASSWORD)).await.status, 422);
    let link = asked(&site, &DANA).await;
    assert!(!site.browser().open(&link).await.body.contains("already have an account"));
}
