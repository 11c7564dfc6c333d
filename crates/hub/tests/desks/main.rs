//! The real hub on a real PostgreSQL, with real desks over HTTP. It is found where Debian puts it.
#![cfg(target_os = "linux")]

mod attacks;
mod conflicts;
mod joining;
mod operating;
mod parts;
mod tenants;
mod writers;

use liaison_app::CommandError;
use liaison_app::contacts;
use liaison_app::error::HubProblem;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::session::Session;
use liaison_app::staff::{self, StaffAssignment};
use liaison_app::start::{self, SetupInput};
use liaison_app::sync::{self, RefusedStep, SyncDone};
use liaison_app::sync::{
    sync_connect, sync_join, sync_now, sync_refused, sync_refused_close, sync_refused_retry, sync_status,
};
use liaison_app::{trash, undo};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::replication::{Entry, Placed};
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, StaffRole, contact};
use liaison_hub::cluster::Cluster;
use liaison_hub::ledger::Ledger;
use liaison_hub::routes::router;
use liaison_store::chain::check_chain;
use liaison_store::{replay, table};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

const PASSCODE: &str = "correct horse battery";

/// A hub that listens.
struct Hub {
    address: String,
    ledger: Arc<Ledger>,
    cluster: Cluster,
}

impl Hub {
    async fn start() -> Hub {
        let cluster = Cluster::start().expect("a PostgreSQL");
        let ledger = Arc::new(Ledger::connect(&cluster.url()).await.expect("connected"));
        ledger.migrate().await.expect("migrated");
        ledger.migrate().await.expect("twice is as good as once");
        assert!(ledger.is_ready().await.expect("an answer"));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(axum::serve(listener, router(Arc::clone(&ledger))).into_future());
        Hub { address, ledger, cluster }
    }

    /// The database, as the hub connects to it.
    fn url(&self) -> String {
        self.cluster.url()
    }

    /// What a route answers to a credential: to a question, or with a body to what is sent.
    async fn status(&self, route: &str, credential: &str, body: Option<Vec<u8>>) -> u16 {
        let (http, url) = (reqwest::Client::new(), format!("{}/sync/v1/{route}", self.address));
        let request = match body {
            Some(body) => http.post(url).body(body),
            None => http.get(url),
        };
        request.bearer_auth(credential).send().await.expect("an answer").status().as_u16()
    }

    async fn code(&self, institution: Id) -> String {
        self.ledger.add_code(institution).await.expect("a code").text()
    }
}

async fn add(session: &Session, first: &str) -> Id {
    let text = |text: &str| FieldValue::Text(text.into());
    let values = HashMap::from([
        ("first_name".to_owned(), text(first)),
        ("last_name".to_owned(), text("Reyes")),
        ("email".to_owned(), text(&format!("{first}@acme.example"))),
    ]);
    contacts::contact_create(session, &values).await.expect("a contact").id
}

struct Desk {
    session: Session,
    _folder: TempDir,
}

impl Desk {
    /// The first desk of an institution, connected.
    async fn first(hub: &Hub) -> (Desk, Id) {
        let folder = tempfile::tempdir().expect("a folder");
        let input = SetupInput {
            institution: "Northfield University".into(),
            first_name: "Ada".into(),
            last_name: "Berg".into(),
            email: "ada@northfield.example".into(),
            time_zone: None,
            passcode: Some(PASSCODE.into()),
            sample_contacts: Some(30),
        };
        let (session, _) = start::set_up(folder.path(), &input).await.expect("set up");
        let desk = Desk { session, _folder: folder };
        let institution = sync_status(&desk.session).await.expect("a status").institution.expect("an institution");
        hub.ledger.add_institution(institution, "Northfield University").await.expect("taken in");
        let code = hub.code(institution).await;
        sync_connect(&desk.session, &hub.address, &code).await.expect("connected");
        (desk, institution)
    }

    /// Another desk of it.
    async fn joins(hub: &Hub, institution: Id) -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let code = hub.code(institution).await;
        sync_join(folder.path(), Some(PASSCODE), &hub.address, &code, "Ada@Northfield.example", &|_| {})
            .await
            .expect("joined");
        let session = start::open(folder.path(), Some(PASSCODE)).await.expect("opened");
        Desk { session, _folder: folder }
    }

    async fn now(&self) -> SyncDone {
        sync_now(&self.session).await.expect("an exchange")
    }

    async fn add(&self, first: &str) -> Id {
        add(&self.session, first).await
    }

    async fn find(&self, id: Id) -> Option<Record> {
        let found = self.session.engine().database().read(|db| table::find(db, RecordKind::Contact, id)).await;
        found.expect("read").map(|located| located.record)
    }

    /// Everything there is, by kind and id.
    async fn everything(&self) -> BTreeMap<(u8, Id), Record> {
        let all = self.session.engine().database().read(|db| {
            let mut all = BTreeMap::new();
            for kind in RecordKind::ALL {
                all.extend(table::every(db, kind)?.into_iter().map(|record| ((kind as u8, record.id), record)));
            }
            Ok(all)
        });
        all.await.expect("read")
    }

    async fn assert_sound(&self) {
        let database = self.session.engine().database();
        let chain = database.read(check_chain).await.expect("a check");
        assert_eq!(chain.problem, None);
        let mut wrong = Vec::new();
        let replayed = database.read(|db| {
            replay::replay(db, &mut |_| Ok(()), &mut |found| {
                wrong.push(format!("{found:?}"));
                Ok(())
            })
        });
        replayed.await.expect("a replay");
        assert_eq!(wrong, [""; 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_at_one_desk_is_at_the_other() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let dana = first.add("Dana").await;
    let sent = first.now().await;
    assert!(sent.sent > 2 && sent.refused == 0, "{sent:?}");
    let second = Desk::joins(&hub, institution).await;
    assert_eq!(second.find(dana).await, first.find(dana).await);
    assert!(second.find(dana).await.is_some());

    // One edit there and back, and one at each while neither hears of the other.
    let gil = second.add("Gil").await;
    let zoe = first.add("Zoe").await;
    assert!(second.now().await.sent >= 1);
    let here = first.now().await;
    assert!(here.sent >= 1 && here.received >= 1, "{here:?}");
    let there = second.now().await;
    assert_eq!(there, SyncDone { sent: 0, refused: 0, received: here.sent });
    assert!(first.find(gil).await.is_some() && second.find(zoe).await.is_some());
    assert_eq!(first.everything().await, second.everything().await);
    first.assert_sound().await;
    second.assert_sound().await;
    let status = sync_status(&second.session).await.expect("a status");
    assert_eq!((status.waiting, status.refused), (0, 0));

    // What it is asked twice it answers twice.
    assert_eq!(first.now().await, SyncDone::default());
    let again = sync_connect(&first.session, &hub.address, "x").await;
    assert!(matches!(again, Err(CommandError::Hub { problem: HubProblem::Connected, .. })), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_shown_with_its_reason_and_counts_for_nothing() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let dana = first.add("Dana").await;
    let selection = Selection::Ids { ids: vec![dana] };
    trash::delete(&first.session, RecordKind::Contact, &selection, &mut unwatched).await.expect("in the trash");
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    trash::restore(&second.session, RecordKind::Contact, &[dana]).await.expect("out of it");
    trash::erase(&first.session, RecordKind::Contact, &[dana], &mut unwatched).await.expect("gone");
    first.now().await;
    let done = second.now().await;
    assert_eq!(done.refused, 1, "{done:?}");
    let refused = sync_refused(&second.session).await.expect("a list");
    let [RefusedStep { step, reason, .. }] = &refused[..] else { panic!("{refused:?}") };
    assert_eq!((reason.as_str(), step.refused, step.kind), ("erased", true, Some(OperationKind::ContactsRestore)));
    assert!(second.find(dana).await.is_none());
    second.assert_sound().await;
    first.now().await;
    assert_eq!(first.everything().await, second.everything().await);
    let undone = undo::undo_preview(&second.session, step.id).await;
    assert!(matches!(undone, Err(CommandError::NotFound { .. })), "there is nothing to take back: {undone:?}");
    sync_refused_close(&second.session, step.id).await.expect("dealt with");
    assert_eq!(sync_refused(&second.session).await.expect("a list"), []);
    let again = sync_refused_close(&second.session, step.id).await;
    assert!(matches!(again, Err(CommandError::NotFound { .. })), "{again:?}");
}

/// Bob may do anything until Ada changes that while his computer is offline.
#[tokio::test(flavor = "multi_thread")]
async fn who_lost_rights_while_offline_is_refused_and_somebody_else_does_it_again() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let (dana, eli) = (first.add("Dana").await, first.add("Eli").await);
    let text = |text: &str| FieldValue::Text(text.into());
    let person = HashMap::from([
        ("first_name".to_owned(), text("Bob")),
        ("last_name".to_owned(), text("Moss")),
        ("email".to_owned(), text("bob@northfield.example")),
    ]);
    let administrator = StaffAssignment::BuiltIn { role: StaffRole::Administrator };
    let bob = staff::staff_create(&first.session, &person, administrator).await.expect("Bob").id;
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    let his = second.session.for_person(bob).await.expect("Bob’s turn");

    let viewer = StaffAssignment::BuiltIn { role: StaffRole::Viewer };
    staff::staff_assign(&first.session, bob, viewer).await.expect("Bob only looks");
    first.now().await;

    let fay = add(&his, "Fay").await;
    let edit = FieldEdit { field: "title".into(), before: text(""), after: text("Dean") };
    contacts::contact_edit(&his, eli, std::slice::from_ref(&edit)).await.expect("an edit");
    contacts::contact_edit(&his, fay, &[FieldEdit { after: text("Provost"), ..edit }]).await.expect("an edit");
    let dana_only = Selection::Ids { ids: vec![dana] };
    trash::delete(&his, RecordKind::Contact, &dana_only, &mut unwatched).await.expect("in the trash");
    trash::erase(&his, RecordKind::Contact, &[dana], &mut unwatched).await.expect("gone");
    assert!(second.find(dana).await.is_none());

    let done = second.now().await;
    let refused = sync_refused(&second.session).await.expect("a list");
    // That the desk was opened, nobody refuses; and of the way to the trash nothing is left since the erasure.
    assert_eq!((done.sent, done.refused), (6, 4), "{refused:?}");
    let told: Vec<_> = refused.iter().rev().map(|one| (one.step.kind, one.permission, one.retry)).collect();
    assert_eq!(refused[3].step.subject.as_deref(), Some("Fay Reyes"), "a name, though no row has it");
    let reasons: Vec<&str> = refused.iter().rev().map(|one| one.reason.as_str()).collect();
    assert_eq!(reasons, ["denied", "denied", "missing", "denied"]);
    assert_eq!(
        told,
        [
            (Some(OperationKind::ContactsCreate), Some(Permission::EditContacts), true),
            (Some(OperationKind::ContactsEdit), Some(Permission::EditContacts), true),
            (Some(OperationKind::ContactsEdit), None, true),
            (Some(OperationKind::ContactsErase), Some(Permission::EraseContacts), false),
        ]
    );
    assert_eq!(first.everything().await, second.everything().await, "also what was erased is back");
    second.assert_sound().await;

    // Bob may do none of it again; Ada does it in her name.
    let his = second.session.for_person(bob).await.expect("Bob’s turn");
    let step = |at: usize| refused[refused.len() - 1 - at].step.id;
    let again = sync_refused_retry(&his, step(0)).await;
    assert!(matches!(again, Err(CommandError::Denied { .. })), "{again:?}");
    for (at, changed) in [(0, 1), (1, 1), (2, 1)] {
        let done = sync_refused_retry(&second.session, step(at)).await.expect("done again");
        assert_eq!((done.changed, done.skipped), (changed, 0), "{at}");
    }
    let again = sync_refused_retry(&second.session, step(0)).await;
    assert!(matches!(again, Err(CommandError::NotFound { .. })), "it was dealt with: {again:?}");
    let again = sync_refused_retry(&second.session, step(3)).await;
    assert!(matches!(again, Err(CommandError::NotFound { .. })), "an erasure is done where it is done: {again:?}");
    let done = second.now().await;
    assert_eq!((done.sent, done.refused), (3, 0), "{done:?}");
    first.now().await;
    for (id, title) in [(fay, "Provost"), (eli, "Dean")] {
        assert_eq!(first.find(id).await.expect("a contact").text(&contact::TITLE), title);
    }
    assert_eq!(first.everything().await, second.everything().await);
    second.assert_sound().await;
    first.assert_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_runs_is_told_at_once() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    first.now().await;
    let second = Desk::joins(&hub, institution).await;
    let sessions = [first.session.clone(), second.session.clone()];
    for session in sessions {
        tokio::spawn(async move { sync::run(&session).await });
    }
    let dana = first.add("Dana").await;
    let came = async {
        while second.find(dana).await.is_none() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), came).await.expect("it comes by itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_in_without_a_credential_or_sees_another_institution() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    first.now().await;
    let folder = tempfile::tempdir().expect("a folder");
    let code = hub.code(institution).await;
    let join = async |code: &str, email: &str| {
        sync_join(folder.path(), Some(PASSCODE), &hub.address, code, email, &|_| {}).await
    };
    let nobody = join(&code, "nobody@northfield.example").await;
    assert!(matches!(nobody, Err(CommandError::Hub { problem: HubProblem::Nobody, .. })), "{nobody:?}");
    let used = join(&code, "ada@northfield.example").await;
    assert!(
        matches!(used, Err(CommandError::Hub { problem: HubProblem::WrongCode, .. })),
        "a code is good once: {used:?}"
    );
    // Another institution at the same hub has nothing.
    let other = Id::from_parts(1, [9; 10]);
    hub.ledger.add_institution(other, "Elsewhere").await.expect("taken in");
    let code = hub.code(other).await;
    let elsewhere = join(&code, "ada@northfield.example").await;
    assert!(matches!(elsewhere, Err(CommandError::Hub { problem: HubProblem::Nobody, .. })), "{elsewhere:?}");
    assert_eq!(hub.ledger.last(other).await.expect("a place"), 0);
    let device = Id::from_parts(2, [8; 10]);
    let pulled = hub.ledger.pull(other, device, 0, false).await.expect("a log");
    assert_eq!(pulled.entries, []);
    let own = hub.ledger.pull(institution, device, 0, false).await.expect("a log");
    let Some(Placed { place: 1, entry: Entry::Operation { .. } }) = own.entries.first() else { panic!("{own:?}") };
    // An ended credential.
    let here = sync_status(&first.session).await.expect("a status").device;
    assert!(hub.ledger.revoke(institution, here).await.expect("revoked"));
    first.add("Dana").await;
    let refused = sync_now(&first.session).await;
    assert!(matches!(refused, Err(CommandError::Hub { problem: HubProblem::Ended, .. })), "{refused:?}");
    assert_eq!(sync_status(&first.session).await.expect("a status").waiting, 1, "what was done here stays");
}
