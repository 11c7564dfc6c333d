//! A database with one device and one staff member, and a short way to write operations.

use liaison_domain::field::CREATED_AT;
use liaison_domain::{FieldChange, Id, OperationKind, Record, RecordKind, Value, contact, organization};
use liaison_store::chain::{ChainCheck, check_chain};
use liaison_store::{Database, Intent, Recorded, Recorder, Sql, StoreError};
use std::sync::atomic::{AtomicU8, Ordering};
use tempfile::TempDir;

/// Not encrypted: what is tested with it is the same either way, and needs no key.
pub struct Plain {
    pub directory: TempDir,
    pub database: Database,
    pub staff: Id,
}

static NEXT: AtomicU8 = AtomicU8::new(1);

/// An id that no other call has given.
pub fn id() -> Id {
    let mut random = [0; 10];
    random[9] = NEXT.fetch_add(1, Ordering::Relaxed);
    rand_tail(&mut random);
    Id::from_parts(1_700_000_000_000, random)
}

fn rand_tail(random: &mut [u8; 10]) {
    use std::hash::{BuildHasher as _, RandomState};
    let number = RandomState::new().hash_one(0u8).to_be_bytes();
    random[1..9].copy_from_slice(&number);
}

pub fn contact(first: &str, last: &str) -> Record {
    let mut record = Record::blank(RecordKind::Contact, id());
    record.set(&CREATED_AT, Value::Moment(1_700_000_000_000));
    record.set(&contact::FIRST_NAME, first);
    record.set(&contact::LAST_NAME, last);
    record.set(&contact::EMAIL, format!("{first}.{last}@acme.example").as_str());
    record.set(&contact::APPROVAL, contact::PENDING);
    record
}

impl Plain {
    pub async fn new() -> Plain {
        let directory = tempfile::tempdir().expect("a directory");
        let database = Database::open(directory.path(), None).await.expect("a new database");
        let mut staff = Record::blank(RecordKind::Staff, id());
        staff.set(&organization::STAFF_FIRST_NAME, "Ada");
        staff.set(&organization::STAFF_LAST_NAME, "Berg");
        database
            .write(|db| db.run("INSERT INTO device(id,name,here) VALUES(?,'desk',1)", &[Sql::Blob(id().bytes())]))
            .await
            .expect("a device");
        let plain = Plain { directory, database, staff: staff.id };
        plain.create(&[&staff]).await;
        plain
    }

    pub async fn record<T>(
        &self,
        kind: OperationKind,
        work: impl FnOnce(&mut Recorder<'_>) -> Result<T, StoreError>,
    ) -> Result<(T, Option<Recorded>), StoreError> {
        let intent =
            Intent { id: id(), now: 1_700_000_000_000, actor: self.staff, kind, detail: "detail".into(), undoes: None };
        self.database
            .write(|db| {
                let mut recorder = Recorder::begin(db, intent)?;
                let done = work(&mut recorder)?;
                Ok((done, recorder.finish()?))
            })
            .await
    }

    /// One operation that creates these records.
    pub async fn create(&self, records: &[&Record]) -> Recorded {
        self.record(OperationKind::ContactsCreate, |recorder| records.iter().try_for_each(|r| recorder.create(r)))
            .await
            .expect("records written")
            .1
            .expect("an operation")
    }

    /// One operation that approves the contact in row `n`.
    pub async fn approve(&self, n: i64, record: &Record) -> Recorded {
        let change = FieldChange {
            field: contact::APPROVAL.number,
            before: contact::PENDING.into(),
            after: contact::APPROVED.into(),
        };
        self.record(OperationKind::ContactsApprove, |recorder| {
            recorder.update(RecordKind::Contact, n, record.id, &[change])
        })
        .await
        .expect("an approval")
        .1
        .expect("an operation")
    }

    /// Runs SQL behind the journal's back.
    pub async fn tamper(&self, sql: &str) {
        self.database.write(|db| db.execute(sql)).await.expect("tampering");
    }

    pub async fn chain(&self) -> ChainCheck {
        self.database.read(check_chain).await.expect("a check that ends")
    }

    pub async fn number(&self, sql: &str) -> i64 {
        self.database.read(|db| db.number(sql, &[])).await.expect("a number")
    }
}
