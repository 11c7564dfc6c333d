//! A computer that joins begins with the records as they are; what was done before it comes afterwards.

use super::*;
use liaison_domain::snapshot::{self, Item, Malformed};
use liaison_store::history::{self, Missing};
use liaison_store::operations;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

impl Desk {
    async fn missing(&self) -> Option<Missing> {
        self.session.engine().database().read(history::missing).await.expect("read")
    }

    async fn steps(&self) -> u64 {
        self.session.engine().database().read(operations::count).await.expect("read")
    }
}

async fn rename(desk: &Desk, contact: Id, from: &str, to: &str) {
    let text = |text: &str| FieldValue::Text(text.into());
    let edit = FieldEdit { field: "first_name".into(), before: text(from), after: text(to) };
    contacts::contact_edit(&desk.session, contact, &[edit]).await.expect("an edit");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_has_the_records_at_once_and_the_history_afterwards() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let (dana, eli) = (first.add("Dana").await, first.add("Eli").await);
    first.now().await;
    let manifest = hub.ledger.snapshot(institution).await.expect("a snapshot");
    // What comes after the snapshot comes as the log.
    let gil = first.add("Gil").await;
    first.now().await;
    assert_eq!(hub.ledger.snapshot(institution).await.expect("the same"), manifest, "a few steps are no reason");
    let second = Desk::joins(&hub, institution).await;
    assert_eq!(second.missing().await, Some(Missing { after: 0, until: manifest.place }));
    assert_eq!(second.everything().await, first.everything().await);
    assert!(second.find(gil).await.is_some());
    second.assert_sound().await;

    // Both work before the history is there: what is written counts against what the desk began with.
    rename(&first, dana, "Dana", "Dana of the first").await;
    rename(&second, dana, "Dana", "Dana of the second").await;
    rename(&second, eli, "Eli", "Elias").await;
    second.assert_sound().await;
    first.now().await;
    let done = second.now().await;
    assert_eq!(done.refused, 0, "{done:?}");
    assert_eq!(second.missing().await, None, "it is fetched with the next exchange");
    first.now().await;
    second.now().await;
    assert_eq!(first.everything().await, second.everything().await);
    assert_eq!(first.steps().await, second.steps().await, "the journal is whole");
    first.assert_sound().await;
    second.assert_sound().await;
    let conflicts = async |desk: &Desk| sync::sync_conflicts(&desk.session).await.expect("a list").len();
    assert_eq!((conflicts(&first).await, conflicts(&second).await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_is_in_no_snapshot() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let name = "Xanthippe";
    let gone = first.add(name).await;
    first.now().await;
    let holds = async || {
        let manifest = hub.ledger.snapshot(institution).await.expect("a snapshot");
        let mut found = 0;
        for part in 0..manifest.parts.len() as u32 {
            let bytes =
                hub.ledger.snapshot_part(institution, manifest.place, part).await.expect("read").expect("a part");
            snapshot::each(&bytes, |item| {
                if let Item::Record { packed, .. } = item {
                    found += packed.windows(name.len()).filter(|bytes| *bytes == name.as_bytes()).count();
                }
                Ok::<(), Malformed>(())
            })
            .expect("a part");
        }
        (manifest.place, found)
    };
    let (before, found) = holds().await;
    assert!(found > 0, "what is looked for can be found");
    let second = Desk::joins(&hub, institution).await;

    let one = Selection::Ids { ids: vec![gone] };
    trash::delete(&first.session, RecordKind::Contact, &one, &mut unwatched).await.expect("in the trash");
    trash::erase(&first.session, RecordKind::Contact, &[gone], &mut unwatched).await.expect("gone");
    first.now().await;
    assert_eq!(hub.ledger.snapshot_part(institution, before, 0).await.expect("read"), None, "it went with it");
    let (after, found) = holds().await;
    assert!(after > before);
    assert_eq!(found, 0);
    // A desk that began with it and still lacks its history loses it, too.
    second.now().await;
    let third = Desk::joins(&hub, institution).await;
    for desk in [&second, &third] {
        assert!(desk.find(gone).await.is_none());
        desk.now().await;
        assert_eq!(desk.missing().await, None);
        desk.assert_sound().await;
    }
}

/// Passes on what it is asked, and cuts each connection after so many bytes of answers.
async fn cutting(to: String, after: usize, cuts: Arc<AtomicU32>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let (to, cuts) = (to.clone(), Arc::clone(&cuts));
            tokio::spawn(async move {
                let far = TcpStream::connect(to.trim_start_matches("http://")).await.expect("the hub");
                let (mut from_hub, mut to_hub) = far.into_split();
                let (mut from_desk, mut to_desk) = near.split();
                let asks = tokio::io::copy(&mut from_desk, &mut to_hub);
                let answers = async {
                    let (mut passed, mut bytes) = (0, [0; 4096]);
                    while let Ok(read @ 1..) = from_hub.read(&mut bytes).await {
                        passed += read;
                        if passed > after {
                            cuts.fetch_add(1, Ordering::Relaxed);
                            return;
                        }
                        if to_desk.write_all(&bytes[..read]).await.is_err() {
                            return;
                        }
                    }
                };
                tokio::select! { _ = asks => {}, () = answers => {} }
            });
        }
    });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_costs_one_part_and_not_the_ones_that_came() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    let made = first.session.commit(liaison_app::Step::new(OperationKind::ContactsImport), |recorder| {
        for number in 0..400u16 {
            let [high, low] = number.to_be_bytes();
            let id = Id::from_parts(1_800_000_000_000, [high, low, 4, 4, 4, 4, 4, 4, 4, 4]);
            let mut record = Record::blank(RecordKind::Contact, id);
            record.set(&contact::FIRST_NAME, "Long");
            record.set(&contact::LAST_NAME, liaison_domain::Value::text(id.to_string()));
            // Not all alike, or little would be left of it.
            let words: String = (0..2_000u32)
                .map(|word| format!("{:x} ", word.wrapping_mul(2_654_435_761) ^ u32::from(number)))
                .collect();
            record.set(&contact::DESCRIPTION, liaison_domain::Value::text(words));
            recorder.create(&record)?;
        }
        Ok(())
    });
    made.await.expect("an operation");
    first.now().await;
    let parts = hub.ledger.snapshot(institution).await.expect("a snapshot").parts.len();
    assert!(parts > 4, "{parts}");
    let cuts = Arc::new(AtomicU32::new(0));
    let address = cutting(hub.address.clone(), 1_200_000, Arc::clone(&cuts)).await;
    let folder = tempfile::tempdir().expect("a folder");
    let told = std::sync::Mutex::new(Vec::new());
    let code = hub.code(institution).await;
    let tell = |progress| told.lock().expect("nobody panics").push(progress);
    sync_join(folder.path(), Some(PASSCODE), &address, &code, "ada@northfield.example", &tell).await.expect("joined");
    assert!(cuts.load(Ordering::Relaxed) > 1, "nothing was cut");
    let told = told.into_inner().expect("nobody panics");
    let received: Vec<usize> = told
        .iter()
        .filter_map(|progress| match progress {
            sync::JoinProgress::Receiving { part, .. } => Some(*part),
            sync::JoinProgress::Filling { .. } => None,
        })
        .collect();
    assert!(received.is_sorted(), "none is asked for again that came: {received:?}");
    assert_eq!(received.last(), Some(&parts));
    let session = start::open(folder.path(), Some(PASSCODE)).await.expect("opened");
    let third = Desk { session, _folder: folder };
    assert_eq!(third.everything().await, first.everything().await);
}
