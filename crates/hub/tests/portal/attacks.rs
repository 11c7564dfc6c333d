//! What is tried against a sign-up page, and refused.

use crate::sign_up::{DANA, asked, signed_up};
use crate::site::{Browser, PASSWORD, Page, Site, encoded};
use liaison_app::contacts;
use liaison_app::lists::Selection;
use liaison_app::review::contacts_review;
use liaison_domain::parse::FieldValue;
use liaison_domain::review::ReviewAction;
use liaison_domain::{RecordKind, contact, employer, employer_user};
use std::collections::HashMap;

/// Every route that takes a form.
const FORMS: [&str; 12] = [
    "/hire/sign-up",
    "/hire/confirm",
    "/hire/log-in",
    "/log-in",
    "/log-out",
    "/hire/forgot",
    "/forgot",
    "/reset",
    "/activate",
    "/account",
    "/account/address",
    "/account/address/confirm",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_used_once_by_the_form_behind_it_and_for_nothing_else() {
    let site = Site::start().await;
    let link = asked(&site, &DANA).await;
    for _ in 0..10 {
        for method in ["GET", "HEAD"] {
            site.browser().send(method, &link, None, &[]).await;
        }
        assert_eq!(site.browser().open(&link).await.status, 200);
    }
    let browser = site.browser();
    let first = browser.send("GET", &link, None, &[]).await;
    assert_eq!((first.status, first.location()), (303, "/hire/confirm"), "the token leaves the address");
    let token = browser.open("/hire/confirm").await.hidden("token");
    for path in ["/reset", "/activate"] {
        let page = browser.post(path, &[("token", &token), ("password", PASSWORD)]).await;
        assert_eq!(page.status, 410, "{path}");
    }
    // Two at once: one account, one user.
    let fields: Vec<_> = DANA.iter().copied().chain([("token", token.as_str()), ("password", PASSWORD)]).collect();
    let (one, other) = (site.browser(), site.browser());
    let (one, other) = tokio::join!(one.post("/hire/confirm", &fields), other.post("/hire/confirm", &fields));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410], "{} {}", one.body, other.body);
    let users = site.at_desk(RecordKind::EmployerUser).await;
    assert_eq!(users.iter().filter(|user| user.text(&employer_user::EMAIL) == "dana@acme.example").count(), 1);
    // Signing up again leads to the account that is there, and makes nothing.
    assert_eq!(site.browser().post("/hire/sign-up", &DANA).await.status, 303);
    let (to, text) = site.letter();
    assert!(to == "dana@acme.example" && text.contains("already have an account") && text.contains("/hire/log-in"));
    assert!(!text.contains("token="), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_of_other_sites_and_forged_hosts_are_refused() {
    let site = Site::start().await;
    let origin = site.origin.as_str();
    let body = || Some(encoded(&DANA));
    for path in FORMS {
        for headers in [
            &[][..],
            &[("origin", "null")],
            &[("origin", "https://evil.example")],
            &[("sec-fetch-site", "cross-site"), ("origin", origin)],
            &[("sec-fetch-site", "same-site"), ("origin", origin)],
            &[("sec-fetch-site", "none")],
        ] {
            let page = site.browser().send("POST", path, body(), headers).await;
            assert_eq!(page.status, 403, "{path} {headers:?}");
        }
        let evil = [("host", "evil.example"), ("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")];
        assert_eq!(site.browser().send("POST", path, body(), &evil).await.status, 421, "{path}");
    }
    // What a request claims about its host changes no link.
    let forged = [
        ("sec-fetch-site", "same-origin"),
        ("origin", origin),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
        ("x-forwarded-for", "6.6.6.6"),
    ];
    assert_eq!(site.browser().send("POST", "/hire/sign-up", body(), &forged).await.status, 303);
    let (_, text) = site.letter();
    assert!(text.contains(origin) && !text.contains("evil"), "{text}");
}

fn shown(page: &Page) -> (u16, Vec<(String, String)>, String) {
    let mut headers: Vec<_> =
        page.headers.iter().map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect();
    headers.retain(|(name, _)| name != "date");
    (page.status, headers, page.body.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn whether_somebody_is_known_no_answer_says() {
    let site = Site::start().await;
    signed_up(&site, &DANA).await;
    let with = |address| {
        DANA.iter().map(|(name, value)| (*name, if *name == "email" { address } else { *value })).collect::<Vec<_>>()
    };
    for (path, more) in [("/hire/forgot", None), ("/forgot", None), ("/hire/log-in", Some("wrong, all of it"))] {
        let send = async |address| {
            let mut fields = vec![("email", address)];
            fields.extend(more.map(|password| ("password", password)));
            let page = site.browser().post(path, &fields).await;
            (page.status, shown(&page).1, page.body.replace(address, ""))
        };
        assert_eq!(send("dana@acme.example").await, send("nope@acme.example").await, "{path}");
    }
    let known = site.browser().post("/hire/sign-up", &with("dana@acme.example")).await;
    let new = site.browser().post("/hire/sign-up", &with("new@acme.example")).await;
    assert_eq!(shown(&known), shown(&new));
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_and_floods_come_to_an_end() {
    let site = Site::start().await;
    signed_up(&site, &DANA).await;
    for address in ["dana@acme.example", "nobody@acme.example"] {
        let guess = [("email", address), ("password", "a wrong guess")];
        for _ in 0..5 {
            assert_eq!(site.browser().post("/hire/log-in", &guess).await.status, 422);
        }
        let page = site.browser().post("/hire/log-in", &guess).await;
        assert_eq!((page.status, page.heading().as_str()), (429, "Too many attempts"), "{address}");
        assert!(page.headers["retry-after"].to_str().expect("seconds").parse::<u64>().expect("seconds") > 60);
    }
    // Right, and too late.
    let right = [("email", "dana@acme.example"), ("password", PASSWORD)];
    assert_eq!(site.browser().post("/hire/log-in", &right).await.status, 429);
    // To one address three letters an hour, of which the sign-up's was the first; the answer stays the same.
    for _ in 0..4 {
        assert_eq!(site.browser().post("/forgot", &[("email", "dana@acme.example")]).await.status, 303);
    }
    let last =
        [("email", "last@acme.example"), ("first_name", "Al"), ("last_name", "Ito"), ("title", ""), ("employer", "X")];
    assert_eq!(site.browser().post("/hire/sign-up", &last).await.status, 303);
    let recipients = [site.letter().0, site.letter().0, site.letter().0];
    assert_eq!(recipients, ["dana@acme.example", "dana@acme.example", "last@acme.example"]);

    let long = "x".repeat(70_000);
    assert_eq!(site.browser().post("/hire/sign-up", &[("first_name", &long)]).await.status, 413);
    let many: Vec<(&str, &str)> = vec![("a", "b"); 201];
    assert_eq!(site.browser().post("/hire/sign-up", &many).await.status, 400);
    let null = [("email", "d@a.example"), ("first_name", "D\0")];
    assert_eq!(site.browser().post("/hire/sign-up", &null).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_that_come_all_at_once_are_counted_as_those_one_after_the_other() {
    let site = Site::start().await;
    signed_up(&site, &DANA).await;
    let guess = async || {
        let fields = [("email", "dana@acme.example"), ("password", "a wrong guess")];
        site.browser().post("/hire/log-in", &fields).await.status
    };
    let (a, b, c, d, e, f, g, h, i, j, k, l) = tokio::join!(
        guess(),
        guess(),
        guess(),
        guess(),
        guess(),
        guess(),
        guess(),
        guess(),
        guess(),
        guess(),
        guess(),
        guess()
    );
    let mut statuses = [a, b, c, d, e, f, g, h, i, j, k, l];
    statuses.sort_unstable();
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429, 429, 429, 429, 429, 429, 429]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_text_and_fields_that_are_not_asked_for_are_nothing() {
    let site = Site::start().await;
    let odd = [
        ("email", "odd@acme.example"),
        ("first_name", "<script>alert(1)<"),
        ("last_name", "'; DROP TABLE record; --"),
        ("title", "=HYPERLINK(\"x\")\r\nBcc: evil@evil.example"),
        ("employer", "A&B \"Quotes\" <img src=x>"),
        ("role", "00000000-0000-0000-0000-000000000001"),
        ("access", "false"),
        ("approval", "approved"),
        ("visibility", "students"),
        ("source", "admin"),
    ];
    let (browser, page) = signed_up(&site, &odd).await;
    assert_eq!(page.status, 303, "{}", page.body);
    for path in ["/hire/home", "/account"] {
        let body = browser.open(path).await.body;
        assert!(!body.contains("<script") && body.contains("&lt;script&gt;"), "{body}");
    }
    let person = site.with(RecordKind::Contact, &contact::EMAIL, "odd@acme.example").await.expect("a contact");
    assert_eq!(person.text(&contact::LAST_NAME), "'; DROP TABLE record; --");
    let said = [&contact::APPROVAL, &contact::VISIBILITY, &contact::SOURCE].map(|field| person.text(field));
    assert_eq!(said, [contact::PENDING, contact::CAREER_ADVISORS, "employer_user_sign_up"]);
    // An advertisement in a name is no name; what is typed comes back as it was, but for passwords.
    let advertisement = [
        ("email", "a@acme.example"),
        ("first_name", "Win at https://evil.example"),
        ("last_name", "\"><script>"),
        ("employer", "X"),
    ];
    let page = site.browser().post("/hire/sign-up", &advertisement).await;
    assert!(page.status == 422 && page.body.contains("without web or email addresses"), "{}", page.body);
    assert!(page.body.contains("&quot;&gt;&lt;script&gt;") && !page.body.contains("\"><script>"));
    // A field that nobody sees is filled: once more, then no letter. The next letter is somebody else's.
    let bot: Vec<_> = DANA.iter().copied().chain([("xq", "http://evil.example")]).collect();
    let page = site.browser().post("/hire/sign-up", &bot).await;
    assert!(page.status == 422 && page.body.contains("once more"));
    let again: Vec<_> = bot.iter().copied().chain([("again", "1")]).collect();
    assert_eq!(site.browser().post("/hire/sign-up", &again).await.status, 303);
    asked(
        &site,
        &[("email", "eve@acme.example"), ("first_name", "Eve"), ("last_name", "Ito"), ("title", ""), ("employer", "X")],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_an_employers_name_joins_nobody_to_it() {
    let site = Site::start().await;
    let text = |text: &str| FieldValue::Text(text.into());
    let named = HashMap::from([("name".to_owned(), text("Acme Corp"))]);
    let acme = liaison_app::employers::employer_create(&site.desk, &named).await.expect("an employer").id;
    let mut people = Vec::new();
    for first in ["Dana", "Rex"] {
        let person = HashMap::from([
            ("first_name".to_owned(), text(first)),
            ("last_name".to_owned(), text("Reyes")),
            ("email".to_owned(), text(&format!("{}@acme.example", first.to_lowercase()))),
            ("employer".to_owned(), text(&acme.to_string())),
        ]);
        people.push(contacts::contact_create(&site.desk, &person).await.expect("a contact").id);
    }
    let rex = Selection::Ids { ids: vec![people[1]] };
    contacts_review(&site.desk, &rex, ReviewAction::Reject, &mut liaison_app::import::unwatched)
        .await
        .expect("rejected");
    site.at_desk(RecordKind::Contact).await;

    let with = |address: &'static str| {
        let named = move |(name, value): &(&'static str, &'static str)| {
            (*name, if *name == "email" { address } else { *value })
        };
        DANA.iter().map(named).collect::<Vec<_>>()
    };
    for address in ["dana@acme.example", "rex@acme.example", "stranger@acme.example"] {
        signed_up(&site, &with(address)).await;
    }
    let users = site.at_desk(RecordKind::EmployerUser).await;
    let at = |address: &str| {
        let user = users.iter().find(|user| user.text(&employer_user::EMAIL) == address).expect("a user");
        user.get(&employer_user::EMPLOYER).as_reference()
    };
    assert_eq!(at("dana@acme.example"), Some(acme), "staff wrote down where Dana works, under this very address");
    assert!(at("rex@acme.example") != Some(acme) && at("stranger@acme.example") != Some(acme));
    let employers = site.at_desk(RecordKind::Employer).await;
    assert_eq!(employers.iter().filter(|e| e.text(&employer::NAME) == "Acme Corp").count(), 3);
    // Dana's contact is as it was; Rex waits in the queue again (M32).
    let people_now = site.at_desk(RecordKind::Contact).await;
    let approval = |id| people_now.iter().find(|person| person.id == id).map(|person| person.text(&contact::APPROVAL));
    assert_eq!((approval(people[0]), approval(people[1])), (Some(contact::APPROVED), Some(contact::PENDING)));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_keeps_other_sites_out() {
    let site = Site::start().await;
    let browser = Browser::at(&site.origin);
    for path in ["/", "/hire", "/hire/sign-up", "/log-in", "/nothing", "/people", "/hire/home", "/check-mail"] {
        let page = browser.send("GET", path, None, &[]).await;
        let header =
            |name: &str| page.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        assert!(header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert!(header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
        assert!(!page.body.contains("<script") && !page.body.contains(" style="), "{path}");
    }
    let page = browser.open("/hire").await;
    for part in page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        if part.ends_with(".css") {
            let file = browser.open(part).await;
            assert_eq!(
                (file.status, file.headers["content-type"].to_str().ok()),
                (200, Some("text/css; charset=utf-8"))
            );
        }
    }
    assert_eq!(browser.open("/nothing").await.status, 404);
    assert_eq!(browser.open("/look-zzzzzz.css").await.status, 404);
}
