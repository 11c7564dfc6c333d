//! Many devices that send at once: no place is skipped, none is given twice, and readers see them in order.

use crate::Hub;
use liaison_domain::Id;
use liaison_domain::replication::{Entry, LinkedOperation};
use liaison_hub::secrets::Code;
use liaison_simulation::desk::Desk as _;
use liaison_simulation::memory::Memory;
use liaison_simulation::work;
use liaison_sync::engine::PushReply;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How many write.
const WRITERS: usize = 8;
/// Operations of each.
const EACH: u64 = 60;
/// Operations of one message.
const AT_ONCE: usize = 3;

/// Sends all operations; now and then it gives up in the middle, as a connection that is cut, and begins again.
async fn send(hub: &Hub, institution: Id, device: Id, operations: &[LinkedOperation]) {
    let (mut sent, mut message) = (0, 0);
    while sent < operations.len() {
        let end = operations.len().min(sent + AT_ONCE);
        message += 1;
        let pushed = hub.ledger.push(institution, device, &operations[sent..end]);
        let patience = if message % 7 == 0 { Duration::from_millis(message % 5) } else { Duration::from_secs(60) };
        match tokio::time::timeout(patience, pushed).await {
            Err(_cut) => {}
            Ok(Ok(PushReply::Received { sequence })) => sent = sequence as usize,
            Ok(other) => panic!("{other:?}"),
        }
    }
}

/// Reads the log as it grows, until everything was written; the places come one after the other.
async fn read(hub: &Hub, institution: Id, done: &AtomicBool) -> u64 {
    let reader = Id::from_parts(1, [99; 10]);
    let mut last = 0;
    loop {
        let is_done = done.load(Ordering::SeqCst);
        let pulled = hub.ledger.pull(institution, reader, last, false).await.expect("a log");
        for placed in &pulled.entries {
            assert_eq!(placed.place, last + 1, "a place was skipped");
            last = placed.place;
        }
        if is_done && last == pulled.last {
            return last;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_writers_leave_no_hole_and_two_readers_see_none() {
    let hub = Arc::new(Hub::start().await);
    let institution = Id::from_parts(1, [1; 10]);
    hub.ledger.add_institution(institution, "Northfield University").await.expect("taken in");
    let mut writers = Vec::new();
    for number in 0..WRITERS as u8 {
        let device = Id::from_parts(2, [number; 10]);
        let mut desk = Memory::new(device, u64::from(number));
        let person = Id::from_parts(3, [1; 10]);
        if number == 0 {
            desk.work(1, Id::from_parts(4, [200; 10]), person, &work::people(1, &[person])).expect("the people");
        }
        let mut random = liaison_simulation::random::Random::new(u64::from(number));
        for step in 0..EACH {
            let records = desk.records().expect("records");
            let id = Id::from_parts(10 + step, random.bytes());
            desk.work(10 + step, id, person, &work::draw(&mut random, 10 + step, &records)).expect("a step");
        }
        let code = Code::parse(&hub.code(institution).await).expect("a code");
        hub.ledger.join(&code, device, "A computer", u64::from(number == 0)).await.expect("an answer").expect("joined");
        writers.push((device, desk.outgoing(0, usize::MAX).expect("operations")));
    }
    // The people first: the others are theirs.
    hub.ledger.push(institution, writers[0].0, &writers[0].1[..1]).await.expect("the people");

    let done = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..2)
        .map(|_| {
            let (hub, done) = (Arc::clone(&hub), Arc::clone(&done));
            tokio::spawn(async move { read(&hub, institution, &done).await })
        })
        .collect();
    let total: u64 = writers.iter().map(|(_, operations)| operations.len() as u64).sum();
    let sending: Vec<_> = writers
        .into_iter()
        .map(|(device, operations)| {
            let hub = Arc::clone(&hub);
            tokio::spawn(async move { send(&hub, institution, device, &operations).await })
        })
        .collect();
    for sent in sending {
        sent.await.expect("everything is sent");
    }
    done.store(true, Ordering::SeqCst);
    for reader in readers {
        assert_eq!(reader.await.expect("everything is read"), total);
    }
    let log = hub.ledger.pull(institution, Id::from_parts(1, [98; 10]), 0, false).await.expect("a log");
    assert!(log.entries.iter().all(|placed| !matches!(placed.entry, Entry::Accepted { .. } | Entry::Refused { .. })));
}
