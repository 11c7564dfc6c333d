//! A hub with a portal, a mail server, a desk, and browsers without scripts.

use crate::smtp::TestServer;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::mail::{self, MailDraft, MailSecurity, MailSettings};
use liaison_app::session::Session;
use liaison_app::start::{self, SetupInput};
use liaison_app::sync::{sync_connect, sync_now, sync_status};
use liaison_app::{invitations, students};
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, Record, RecordKind};
use liaison_hub::cluster::Cluster;
use liaison_hub::ledger::Ledger;
use liaison_hub::serving::serve;
use liaison_mail::smtp::Security;
use liaison_portal::outbox::MailServer;
use liaison_store::table;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tempfile::TempDir;

/// The one password of these tests.
pub const PASSWORD: &str = "twelve quiet owls";

/// A hub with the portal of one institution, and its desk.
pub struct Site {
    pub origin: String,
    pub institution: Id,
    pub ledger: Arc<Ledger>,
    pub desk: Session,
    pub mail: RefCell<TestServer>,
    pub cluster: Cluster,
    /// The desk's data.
    #[allow(dead_code, reason = "kept for as long as the desk is, and read by who opens another one")]
    pub folder: TempDir,
}

impl Site {
    pub async fn start() -> Site {
        Site::listening("127.0.0.1:0", 5).await
    }

    /// At this address, with so many sample contacts at the desk.
    pub async fn listening(address: &str, contacts: u32) -> Site {
        let cluster = Cluster::start().expect("a PostgreSQL");
        let ledger = Arc::new(Ledger::connect(&cluster.url()).await.expect("connected"));
        ledger.migrate().await.expect("migrated");
        let mail = TestServer::start(Security::None);
        let server = MailServer { server: mail.server(), from: "careers@northfield.example".into() };
        let listener = tokio::net::TcpListener::bind(address).await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(serve(Arc::clone(&ledger), listener, Some(server), Vec::new()));
        let (desk, folder, institution) =
            desk_with(&ledger, &origin, Some(&origin), "Northfield University", contacts).await;
        Site { origin, institution, ledger, desk, mail: RefCell::new(mail), cluster, folder }
    }

    pub fn browser(&self) -> Browser {
        Browser::at(&self.origin)
    }

    /// The next letter: to whom, and its text.
    pub fn letter(&self) -> (String, String) {
        let received = self.mail.borrow_mut().received();
        (received.recipients.join(","), plain(&received.bytes()))
    }

    /// The link in the next letter, which goes to this address.
    pub fn link(&self, to: &str) -> String {
        let (recipient, text) = self.letter();
        assert_eq!(recipient, to);
        let link =
            text.lines().find(|line| line.starts_with(&self.origin)).unwrap_or_else(|| panic!("no link: {text}"));
        link.trim().to_owned()
    }

    /// The desk sends and takes in; everything it has of a kind afterwards.
    pub async fn at_desk(&self, kind: RecordKind) -> Vec<Record> {
        sync_now(&self.desk).await.expect("an exchange");
        self.desk.engine().database().read(move |db| table::every(db, kind)).await.expect("read")
    }

    /// The record of a kind with this text in a field, at the desk.
    pub async fn with(&self, kind: RecordKind, field: &liaison_domain::Field, text: &str) -> Option<Record> {
        self.at_desk(kind).await.into_iter().find(|record| record.text(field) == text)
    }
}

/// The passcode of every desk here.
pub const PASSCODE: &str = "correct horse battery";

/// A desk that is connected, with its folder and institution; its `portal` is there first.
pub async fn desk(ledger: &Ledger, address: &str, portal: Option<&str>, name: &str) -> (Session, TempDir, Id) {
    desk_with(ledger, address, portal, name, 5).await
}

async fn desk_with(
    ledger: &Ledger,
    address: &str,
    portal: Option<&str>,
    name: &str,
    contacts: u32,
) -> (Session, TempDir, Id) {
    let folder = tempfile::tempdir().expect("a folder");
    let input = SetupInput {
        institution: name.into(),
        first_name: "Ada".into(),
        last_name: "Berg".into(),
        email: "ada@northfield.example".into(),
        time_zone: None,
        passcode: Some(PASSCODE.into()),
        sample_contacts: Some(contacts),
    };
    let (session, _) = start::set_up(folder.path(), &input).await.expect("set up");
    let institution = sync_status(&session).await.expect("a status").institution.expect("an institution");
    ledger.add_institution(institution, name).await.expect("taken in");
    // The portal is there before any desk, as whoever sets up a hub has it: the desk founds the institution all the same.
    if let Some(portal) = portal {
        liaison_portal::site::add(ledger, institution, portal).await.expect("a portal");
    }
    let code = ledger.add_code(institution).await.expect("a code").text();
    sync_connect(&session, address, &code).await.expect("connected");
    assert_eq!(sync_now(&session).await.expect("an exchange").refused, 0);
    (session, folder, institution)
}

/// Values of a form of the desk.
pub fn values(pairs: &[(&str, &str)]) -> HashMap<String, FieldValue> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), FieldValue::Text((*value).to_owned()))).collect()
}

/// The desk sends mail through the server of the test, with links to the portal.
pub async fn sends(site: &Site) {
    invitations::invitation_settings_set(&site.desk, &site.origin, 14).await.expect("a portal");
    let settings = MailSettings {
        host: "localhost".into(),
        port: site.mail.borrow().port,
        security: MailSecurity::None,
        user: String::new(),
        from_name: "Northfield Careers".into(),
        from_address: "careers@northfield.example".into(),
        reply_to: String::new(),
        authority: String::new(),
    };
    mail::mail_settings_set(&site.desk, &settings, None).await.expect("settings");
}

/// Invites a student by the desk's own mail; the link in it.
pub async fn invited(site: &Site, first: &str) -> (Id, String) {
    let address = format!("{}@campus.example", first.to_lowercase());
    let person = values(&[("first_name", first), ("last_name", "Ortiz"), ("email", &address)]);
    let id = students::student_create(&site.desk, &person).await.expect("a student").id;
    mail::send_due(&site.desk, site.desk.now() as i64).await.expect("sent");
    (id, site.link(&address))
}

/// Writes to somebody as the desk does to many: the link by which they stop that, and the headers of the message.
pub async fn outreach(site: &Site, kind: RecordKind, id: Id) -> (String, String) {
    // The hub knows them by then.
    site.at_desk(kind).await;
    let draft = MailDraft { subject: "Fall fair".into(), text: "Hello,\n\nthe fair is on Friday.".into() };
    let selection = Selection::Ids { ids: vec![id] };
    mail::mail_outreach_send(&site.desk, kind, &selection, &draft, None, &mut unwatched).await.expect("put");
    mail::send_due(&site.desk, site.desk.now() as i64).await.expect("sent");
    let bytes = site.mail.borrow_mut().received().bytes();
    let raw = String::from_utf8_lossy(&bytes).into_owned();
    let headers = raw.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", "");
    let link = headers.split("List-Unsubscribe:").nth(1).and_then(|rest| rest.split(['<', '>']).nth(1));
    let link = link.unwrap_or_else(|| panic!("no link: {headers}")).to_owned();
    (link, headers)
}

/// The plain part of a message, as its reader sees it.
pub fn plain(message: &[u8]) -> String {
    let text = String::from_utf8_lossy(message).replace("\r\n", "\n");
    let part = text.split("\nContent-Type: text/plain").nth(1).expect("a plain part");
    let (head, rest) = part.split_once("\n\n").expect("a head");
    let body = rest.split("\n--").next().unwrap_or(rest);
    if head.to_lowercase().contains("quoted-printable") { unquoted(body) } else { body.to_owned() }
}

fn unquoted(text: &str) -> String {
    let joined = text.replace("=\n", "");
    let mut out = Vec::new();
    let mut bytes = joined.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'=' {
            let digits: Vec<u8> = bytes.by_ref().take(2).collect();
            let digits = std::str::from_utf8(&digits).expect("digits");
            out.push(u8::from_str_radix(digits, 16).expect("a byte"));
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).expect("UTF-8")
}

/// A browser without scripts: it keeps cookies, and says of its forms where they are from.
pub struct Browser {
    pub origin: String,
    pub cookies: RefCell<BTreeMap<String, String>>,
    http: reqwest::Client,
}

/// An answer.
pub struct Page {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: String,
}

impl Page {
    /// Where it leads on to.
    pub fn location(&self) -> &str {
        self.headers.get("location").and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The heading.
    pub fn heading(&self) -> String {
        let inner = self.body.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next());
        inner.unwrap_or_default().to_owned()
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let value = self.body.split(&start).nth(1).and_then(|rest| rest.split('"').next());
        let value = value.unwrap_or_else(|| panic!("no field {name}: {}", self.body));
        value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }
}

impl Browser {
    pub fn at(origin: &str) -> Browser {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Browser { origin: origin.to_owned(), cookies: RefCell::default(), http }
    }

    /// A request as a browser makes it, with what is to be different.
    pub async fn send(&self, method: &str, path: &str, body: Option<String>, headers: &[(&str, &str)]) -> Page {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.origin) };
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self.http.request(method.clone(), url);
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        for cookie in headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("a cookie");
            let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            if value.is_empty() || cookie.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        Page { status, headers, body: response.text().await.expect("a body") }
    }

    /// Opens a page, following where it leads on to.
    pub async fn open(&self, path: &str) -> Page {
        let mut page = self.send("GET", path, None, &[]).await;
        for _ in 0..4 {
            if page.status != 303 {
                break;
            }
            page = self.send("GET", page.location(), None, &[]).await;
        }
        page
    }

    /// Sends a form of this site.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let from = [("sec-fetch-site", "same-origin"), ("origin", self.origin.as_str())];
        self.send("POST", path, Some(encoded(fields)), &from).await
    }
}

/// Fields as a form sends them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in fields {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(byte as char),
                b => out.push_str(&format!("%{b:02X}")),
            }
        }
    }
    out
}
