//! What other devices did, and what the hub answered, taken into a database.

use crate::plain::{Plain, contact, id};
use liaison_domain::field::CREATED_AT;
use liaison_domain::journal::{Link, SALT_LENGTH, pack};
use liaison_domain::replication::{Entry, LinkedChange, LinkedOperation, Placed};
use liaison_domain::{
    FieldChange, Head, Hlc, Id, Numbered, Operation, OperationKind, Record, RecordKind, Value, contact as fields,
    employer,
};
use liaison_store::absorb::{Absorbed, Stop};
use liaison_store::{StoreError, journal, replay, replica, table};

/// Milliseconds since 1970 of the first foreign operation: later than what `Plain` writes.
const LATER: u64 = 1_700_000_900_000;
const EARLIER: u64 = 1_600_000_000_000;

/// Another device, as far as its chain goes.
struct Other {
    device: Id,
    sequence: u64,
    chain: [u8; 32],
}

impl Other {
    fn new() -> Other {
        Other { device: id(), sequence: 0, chain: [0; 32] }
    }

    /// An operation of it with these changes, at a moment in milliseconds.
    fn writes(&mut self, kind: u8, at: u64, changes: Vec<LinkedChange>) -> (Hlc, LinkedOperation) {
        let operation = Operation {
            id: id(),
            time: Hlc(at << 16),
            actor: Id::constant(7),
            device: self.device,
            kind: Numbered::<OperationKind>::of(kind),
            detail: String::new(),
            undoes: None,
            head: Head::V2 { wall: at as i64, seen: 0 },
        };
        self.sequence += 1;
        let mut link = Link::default();
        changes.iter().for_each(|change| link.add(&change.digest));
        self.chain = link.close(&self.chain, self.sequence, &operation).expect("a head of today");
        (operation.time, LinkedOperation { operation, sequence: self.sequence, chain: self.chain, changes })
    }
}

fn change(kind: u8, record: Id, created: bool, values: &[(u16, Value)]) -> LinkedChange {
    let mut packed = Vec::new();
    let each = values.iter().map(|(field, after)| (*field, &Value::Empty, after));
    pack(&mut packed, &[3; SALT_LENGTH], created, values.len(), each);
    LinkedChange::of(Numbered::<RecordKind>::of(kind), record, packed)
}

fn creation(record: &Record) -> LinkedChange {
    let values: Vec<_> = record.filled().map(|(field, value)| (field, value.clone())).collect();
    change(record.kind as u8, record.id, true, &values)
}

const CONTACT: u8 = RecordKind::Contact as u8;
const CREATE: u8 = OperationKind::ContactsCreate as u8;
const EDIT: u8 = OperationKind::ContactsEdit as u8;
const ERASE: u8 = OperationKind::ContactsErase as u8;

fn placed(place: u64, (stamp, operation): (Hlc, LinkedOperation)) -> Placed {
    Placed { place, entry: Entry::Operation { stamp, operation: Box::new(operation) } }
}

impl Plain {
    async fn absorb(&self, entries: &[Placed]) -> Absorbed {
        self.database.absorb(entries).await.expect("nothing that comes makes it fail")
    }

    async fn find(&self, kind: RecordKind, id: Id) -> Option<Record> {
        let found = self.database.read(|db| table::find(db, kind, id)).await.expect("read");
        found.map(|located| located.record)
    }

    /// What is wrong with the journal, or between it and the rows.
    async fn wrong(&self) -> Vec<String> {
        let mut found: Vec<String> = self.chain().await.problem.into_iter().collect();
        let replayed = self.database.read(|db| {
            replay::replay(db, &mut |_| Ok(()), &mut |wrong| {
                found.push(format!("{wrong:?}"));
                Ok(())
            })
        });
        replayed.await.expect("a replay that ends");
        found
    }

    async fn edit(&self, record: Id, title: &str) {
        let now = self.find(RecordKind::Contact, record).await.expect("a contact");
        let change = now.change(&fields::TITLE, title).expect("another title");
        let n = self.database.read(|db| Ok(table::get(db, RecordKind::Contact, record)?.n)).await.expect("its row");
        self.record(OperationKind::ContactsEdit, |recorder| recorder.update(RecordKind::Contact, n, record, &[change]))
            .await
            .expect("an edit");
    }

    async fn title(&self, record: Id) -> String {
        self.find(RecordKind::Contact, record).await.expect("a contact").text(&fields::TITLE).to_owned()
    }

    /// This device's operations as they travel.
    async fn outgoing(&self) -> Vec<LinkedOperation> {
        self.database.read(|db| replica::outgoing(db, 0, 100, 1_000)).await.expect("own operations")
    }

    /// The answer to this device's operation with this place in its chain.
    async fn accepted(&self, place: u64, sequence: u64, stamp: Option<Hlc>) -> Placed {
        let own = self.outgoing().await.remove(sequence as usize - 1).operation;
        let entry = Entry::Accepted { sequence, id: own.id, stamp: stamp.unwrap_or(own.time) };
        Placed { place, entry }
    }

    async fn refused(&self, place: u64, sequence: u64) -> Placed {
        let id = self.outgoing().await.remove(sequence as usize - 1).operation.id;
        Placed { place, entry: Entry::Refused { sequence, id, reason: "missing".into(), restored: Vec::new() } }
    }
}

fn title(record: Id, to: &str) -> LinkedChange {
    change(CONTACT, record, false, &[(fields::TITLE.number, to.into())])
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_writes_the_one_that_counts_more_wins_whatever_came_first() {
    let (plain, mut other) = (Plain::new().await, Other::new());
    let (dana, gil) = (contact("Dana", "Reyes"), contact("Gil", "Abbot"));
    plain.create(&[&dana, &gil]).await;
    plain.edit(dana.id, "mine").await;
    let earlier = other.writes(EDIT, EARLIER, vec![title(dana.id, "earlier"), title(gil.id, "only one")]);
    let absorbed = plain.absorb(&[placed(1, earlier)]).await;
    assert_eq!((absorbed.cursor, absorbed.stopped), (1, None));
    assert_eq!(plain.title(dana.id).await, "mine", "an earlier write that comes later loses");
    assert_eq!(plain.title(gil.id).await, "only one");
    let later = other.writes(EDIT, LATER, vec![title(dana.id, "later")]);
    plain.absorb(&[placed(2, later)]).await;
    assert_eq!(plain.title(dana.id).await, "later");
    assert_eq!(plain.wrong().await, [""; 0]);
    // What is done here afterwards counts more than everything that came.
    plain.edit(dana.id, "mine again").await;
    assert_eq!(plain.title(dana.id).await, "mine again");
    let own = plain.outgoing().await;
    let last = &own.last().expect("an operation").operation;
    assert!(last.time > Hlc(LATER << 16));
    assert!(matches!(last.head, Head::V2 { seen: 2, .. }), "it says how much of the log was here");
    let audit = plain.database.read(|db| journal::audit(db, dana.id)).await.expect("an audit log");
    let titles: Vec<_> = audit
        .iter()
        .flat_map(|(_, entry)| entry.fields())
        .filter(|field| field.field == fields::TITLE.number)
        .map(|field| field.after.as_text().to_owned())
        .collect();
    assert_eq!(titles, ["earlier", "mine", "later", "mine again"], "in the order that counts");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_lost_is_not_the_last_one() {
    let (plain, mut other) = (Plain::new().await, Other::new());
    let dana = contact("Dana", "Reyes");
    plain.create(&[&dana]).await;
    let later = other.writes(EDIT, LATER, vec![title(dana.id, "winner")]);
    let mut third = Other::new();
    let lost = third.writes(EDIT, EARLIER, vec![title(dana.id, "lost")]);
    let lost_id = lost.1.operation.id;
    let winner = later.1.operation.id;
    plain.absorb(&[placed(1, later), placed(2, lost)]).await;
    assert_eq!(plain.title(dana.id).await, "winner");
    let read = plain.database.read(|db| {
        let entry = journal::operation(db, lost_id)?;
        let since = journal::changed_since(db, &entry)?;
        let last = journal::last_operation_on(db, dana.id)?;
        let by = journal::last_change_of(db, dana.id, Some(fields::TITLE.number), &entry)?;
        Ok((since, last.map(|last| last.operation.id), by.map(|by| by.operation.id)))
    });
    let (since, last, by) = read.await.expect("read");
    assert!(since.iter().any(|(record, _)| *record == dana.id), "an undo of what lost must look at the record");
    assert_eq!((last, by), (Some(winner), Some(winner)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hub_may_move_an_operation_in_the_order() {
    let (plain, mut other) = (Plain::new().await, Other::new());
    let dana = contact("Dana", "Reyes");
    plain.create(&[&dana]).await;
    plain.edit(dana.id, "mine").await;
    let earlier = other.writes(EDIT, EARLIER, vec![title(dana.id, "theirs")]);
    let mut entries = vec![placed(1, earlier)];
    for (place, sequence) in [(2, 1), (3, 2)] {
        entries.push(plain.accepted(place, sequence, None).await);
    }
    // This device's clock was far ahead: its edit counts as earlier than it said.
    entries.push(plain.accepted(4, 3, Some(Hlc((EARLIER - 1) << 16))).await);
    plain.absorb(&entries).await;
    assert_eq!(plain.title(dana.id).await, "theirs");
    assert_eq!(plain.wrong().await, [""; 0]);
    let standing = plain.database.read(|db| Ok((replica::cursor(db)?, replica::answered(db)?, replica::waiting(db)?)));
    assert_eq!(standing.await.expect("read"), (4, 3, 0));
    plain.absorb(&entries).await;
    assert_eq!(plain.title(dana.id).await, "theirs", "what comes twice changes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_counts_for_nothing_and_nothing_behind_it_waits() {
    let (plain, mut other) = (Plain::new().await, Other::new());
    let dana = contact("Dana", "Reyes");
    plain.create(&[&dana]).await;
    plain.edit(dana.id, "mine").await;
    let mut acme = Record::blank(RecordKind::Employer, id());
    acme.set(&CREATED_AT, Value::Moment(1));
    acme.set(&employer::NAME, "Acme");
    plain.create(&[&acme]).await;
    let mut gil = contact("Gil", "Abbot");
    gil.set(&fields::EMPLOYER, acme.id);
    plain.create(&[&gil]).await;
    let entries = [
        plain.accepted(1, 1, None).await,
        plain.accepted(2, 2, None).await,
        plain.refused(3, 3).await,
        plain.refused(4, 4).await,
        plain.accepted(5, 5, None).await,
    ];
    let absorbed = plain.absorb(&entries).await;
    assert_eq!((absorbed.cursor, absorbed.stopped), (5, None));
    assert_eq!(plain.title(dana.id).await, "", "as before the edit");
    assert_eq!(plain.find(RecordKind::Employer, acme.id).await, None, "what was not made is not there");
    let now = plain.find(RecordKind::Contact, gil.id).await.expect("a contact");
    assert_eq!(now.get(&fields::EMPLOYER), &Value::Empty, "it refers to what is not there");
    assert_eq!(plain.wrong().await, [""; 0]);
    // Somebody else's record with the same id: then the reference is there again.
    let creation = other.writes(CREATE, LATER, vec![creation(&acme)]);
    plain.absorb(&[placed(6, creation)]).await;
    let now = plain.find(RecordKind::Contact, gil.id).await.expect("a contact");
    assert_eq!(now.get(&fields::EMPLOYER), &Value::Reference(acme.id));
    assert_eq!(plain.number("SELECT count(*) FROM dangling").await, 0);
    assert_eq!(plain.wrong().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_this_version_does_not_know_stops_nothing() {
    let (plain, mut other) = (Plain::new().await, Other::new());
    let dana = contact("Dana", "Reyes");
    let mut newer = vec![9; SALT_LENGTH];
    newer.extend([5 << 1, 1, 2, 3]);
    let changes = vec![
        creation(&dana),
        change(200, id(), true, &[(1, "of a kind of tomorrow".into())]),
        change(CONTACT, dana.id, false, &[(400, "a field of tomorrow".into())]),
        change(CONTACT, dana.id, false, &[(5_000, "an attribute nobody defined".into())]),
        change(CONTACT, dana.id, false, &[(fields::LABELS.number, "no list".into())]),
        change(CONTACT, dana.id, false, &[(fields::EMPLOYER.number, Value::Reference(id()))]),
        LinkedChange::of(RecordKind::Contact.into(), dana.id, newer),
    ];
    let absorbed = plain.absorb(&[placed(1, other.writes(250, LATER, changes))]).await;
    assert_eq!((absorbed.cursor, absorbed.stopped), (1, None));
    let now = plain.find(RecordKind::Contact, dana.id).await.expect("a contact");
    assert_eq!(now.text(&fields::FIRST_NAME), "Dana");
    assert_eq!(now.get(&fields::LABELS), &Value::Empty);
    assert_eq!(plain.number("SELECT count(*) FROM unseen").await, 4, "all of it is kept");
    assert_eq!(plain.chain().await.problem, None);
    let travels_on = plain.number("SELECT count(*) FROM change WHERE packed IS NOT NULL").await;
    assert_eq!(travels_on, 8, "byte for byte");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_beats_what_comes_before_and_after_it() {
    let (plain, mut other, mut third) = (Plain::new().await, Other::new(), Other::new());
    let (dana, mut acme) = (contact("Dana", "Reyes"), Record::blank(RecordKind::Employer, id()));
    acme.set(&CREATED_AT, Value::Moment(1));
    acme.set(&employer::NAME, "Acme");
    acme.set(&employer::PRIMARY_CONTACT, dana.id);
    plain.create(&[&dana, &acme]).await;
    let erases = change(CONTACT, dana.id, false, &[]);
    let erasure = other.writes(ERASE, EARLIER, vec![erases]);
    let late = third.writes(EDIT, LATER, vec![title(dana.id, "too late")]);
    plain.absorb(&[placed(1, erasure), placed(2, late)]).await;
    assert_eq!(plain.find(RecordKind::Contact, dana.id).await, None);
    let employer = plain.find(RecordKind::Employer, acme.id).await.expect("an employer");
    assert_eq!(employer.get(&employer::PRIMARY_CONTACT), &Value::Empty);
    let kept =
        plain.number("SELECT count(*) FROM change WHERE packed IS NOT NULL AND hex(packed) LIKE '%746F6F206C617465%'");
    assert_eq!(kept.await, 0, "no value of it came in");
    assert_eq!(plain.wrong().await, [""; 0]);
    let pending = plain.database.is_erasure_pending().await.expect("read");
    assert!(pending, "the file is to be written anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_does_not_follow_is_not_taken_in() {
    let (plain, mut other) = (Plain::new().await, Other::new());
    let (dana, gil) = (contact("Dana", "Reyes"), contact("Gil", "Abbot"));
    let first = other.writes(CREATE, LATER, vec![creation(&dana)]);
    let second = other.writes(CREATE, LATER + 1, vec![creation(&gil)]);
    let third = other.writes(EDIT, LATER + 2, vec![title(gil.id, "Dean")]);
    let stopped = plain.absorb(&[placed(2, second.clone())]).await;
    assert_eq!((stopped.cursor, stopped.stopped), (0, Some(Stop::Hole { expected: 1 })));
    let stopped = plain.absorb(&[placed(1, second.clone())]).await;
    assert_eq!(stopped.stopped, Some(Stop::Broken { place: 1 }), "the one before it is missing");
    let mut altered = first.clone();
    altered.1.changes[0] = creation(&contact("Dan", "Reyes"));
    let stopped = plain.absorb(&[placed(1, altered)]).await;
    assert_eq!(stopped.stopped, Some(Stop::Broken { place: 1 }));
    let own = plain.outgoing().await.remove(0);
    let stopped = plain.absorb(&[placed(1, (own.operation.time, own))]).await;
    assert_eq!(stopped.stopped, Some(Stop::Forked { sequence: 1 }), "a copy of this database is at work");
    let not_mine = Entry::Accepted { sequence: 1, id: id(), stamp: Hlc(1) };
    let stopped = plain.absorb(&[Placed { place: 1, entry: not_mine }]).await;
    assert_eq!(stopped.stopped, Some(Stop::Forked { sequence: 1 }));
    assert_eq!(plain.number("SELECT count(*) FROM operation").await, 1, "none of it left a trace");
    // Refused elsewhere: only the link comes, and the chain goes on from it.
    let skipped = Entry::Skipped { device: other.device, sequence: second.1.sequence, chain: second.1.chain };
    let absorbed = plain.absorb(&[placed(1, first), Placed { place: 2, entry: skipped }, placed(3, third)]).await;
    assert_eq!((absorbed.cursor, absorbed.stopped), (3, None));
    assert_eq!(plain.find(RecordKind::Contact, gil.id).await, None, "it was never made");
    assert_eq!(plain.wrong().await, [""; 0]);
    plain.tamper("UPDATE link SET chain=zeroblob(32)").await;
    assert!(plain.chain().await.problem.is_some(), "a link that was altered shows");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_on_the_way_leaves_no_trace() {
    let (plain, mut other) = (Plain::new().await, Other::new());
    let dana = contact("Dana", "Reyes");
    let entries = [placed(1, other.writes(CREATE, LATER, vec![creation(&dana)]))];
    let failed = plain.database.write(|db| {
        liaison_store::absorb::absorb(db, &entries)?;
        Err::<(), _>(StoreError::Cancelled)
    });
    assert!(failed.await.is_err());
    assert_eq!(plain.find(RecordKind::Contact, dana.id).await, None);
    assert_eq!(plain.absorb(&entries).await.cursor, 1, "the cursor went back with it");
    assert!(plain.find(RecordKind::Contact, dana.id).await.is_some());
    let change = FieldChange { field: fields::TITLE.number, before: Value::Empty, after: "Dean".into() };
    let n = plain.number("SELECT n FROM contact").await;
    plain
        .record(OperationKind::ContactsEdit, |recorder| recorder.update(RecordKind::Contact, n, dana.id, &[change]))
        .await
        .expect("an edit of what came");
    assert_eq!(plain.wrong().await, [""; 0]);
}
