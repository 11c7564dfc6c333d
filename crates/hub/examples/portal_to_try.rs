//! The whole of it on one computer, to try: a hub with the portal of a sample institution, its mail server, accounts to log
//! in with, and a desk that is connected. `cargo xtask run --with-hub` starts it and opens the desk. It ends with its
//! standard input, and everything it had is gone.
//!
//! What it sets up it does as people do: an invitation that the desk sends, a sign-up, forms of the portal.

#[allow(dead_code, reason = "shared with the tests of the portal, of which this uses a part")]
#[path = "../tests/portal/site.rs"]
mod site;
#[path = "../../mail/tests/smtp/server.rs"]
mod smtp;

use site::{Browser, PASSCODE, PASSWORD, Site, invited, plain, sends};

/// Where the hub listens.
const LISTEN: &str = "127.0.0.1:7410";
/// As many contacts as the desk begins with.
const CONTACTS: u32 = 200;
/// Whoever signs up; the first of them has an account to log in with.
const EMPLOYERS: [[(&str, &str); 5]; 2] = [
    [
        ("email", "dana.reyes@acme.example"),
        ("first_name", "Dana"),
        ("last_name", "Reyes"),
        ("title", "Campus Recruiter"),
        ("employer", "Acme Robotics"),
    ],
    [
        ("email", "omar.haddad@brightfern.example"),
        ("first_name", "Omar"),
        ("last_name", "Haddad"),
        ("title", "Talent Partner"),
        ("employer", "Brightfern"),
    ],
];
/// Whom the student names on two forms.
const REPORTS: [(&str, &[(&str, &str)]); 2] = [
    (
        "/experiences/new",
        &[
            ("title", "Summer research in the materials lab"),
            ("person_first_name", "Sue"),
            ("person_last_name", "Lopez"),
            ("person_email", "sue.lopez@brightlab.example"),
            ("person_title", "Lab Director"),
            ("person_employer", "Bright Lab"),
        ],
    ),
    (
        "/tasks/new",
        &[
            ("title", "Ask about the fall internship"),
            ("person_first_name", "Tom"),
            ("person_last_name", "Ito"),
            ("person_email", "tom.ito@harborworks.example"),
        ],
    ),
];

#[tokio::main]
async fn main() {
    // Whoever wants it back before it is set up closes it.
    let ended = std::thread::spawn(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink()));
    let site = Site::listening(LISTEN, CONTACTS).await;
    let student = student(&site).await;
    for person in &EMPLOYERS {
        signed_up(&site, person).await;
    }
    site.desk.engine().close().await.expect("closed");
    println!("portal for employers: {}/hire", site.origin);
    println!("    log in as {} with the password {PASSWORD}", EMPLOYERS[0][0].1);
    println!("portal for students and alumni: {}/log-in", site.origin);
    println!("    log in as {student} with the password {PASSWORD}");
    println!("passcode of the desk: {PASSCODE}");
    println!("desk: {}", site.folder.path().display());
    // The last line of the set-up: whoever waits for it opens the desk.
    println!("letters appear here as they arrive:");
    let Site { mail, cluster, folder, ledger, .. } = site;
    let mut mail = mail.into_inner();
    std::thread::spawn(move || {
        loop {
            let letter = mail.received();
            println!("\nto {}:\n{}", letter.recipients.join(", "), plain(&letter.bytes()).trim());
        }
    });
    // What comes of the wait is that nobody needs it any more.
    let _ended = tokio::task::spawn_blocking(|| ended.join()).await;
    drop((ledger, cluster, folder));
    // The mail server ends with its standard input, which is ours.
    std::process::exit(0);
}

/// A student whom the desk invites, who activates the account and reports; the address.
async fn student(site: &Site) -> &'static str {
    sends(site).await;
    let (_, link) = invited(site, "Lena").await;
    site.at_desk(liaison_domain::RecordKind::Student).await;
    let browser = site.browser();
    let token = browser.open(&link).await.hidden("token");
    send(&browser, "/activate", &[("token", &token), ("password", PASSWORD)]).await;
    for (path, fields) in REPORTS {
        let op = browser.open(path).await.hidden("op");
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("op", op.as_str())]).collect();
        send(&browser, path, &fields).await;
    }
    "lena@campus.example"
}

/// Somebody signs up, and is pending at the desk with the next exchange.
async fn signed_up(site: &Site, fields: &[(&str, &str)]) {
    let browser = site.browser();
    send(&browser, "/hire/sign-up", fields).await;
    let link = site.link(fields[0].1);
    let token = browser.open(&link).await.hidden("token");
    let more = [("token", token.as_str()), ("password", PASSWORD)];
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain(more).collect();
    send(&browser, "/hire/confirm", &fields).await;
}

async fn send(browser: &Browser, path: &str, fields: &[(&str, &str)]) {
    let page = browser.post(path, fields).await;
    assert_eq!(page.status, 303, "{path}: {}", page.body);
}
