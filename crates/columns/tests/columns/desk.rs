//! A database of contacts and employers with awkward values, and what happens to it.

use liaison_domain::field::{Field, FieldType};
use liaison_domain::{Id, OperationKind, Record, RecordKind, Value, attribute, contact, organization};
use liaison_store::{Database, Db, Intent, Recorder, Sql, StoreError};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use tempfile::TempDir;

/// Texts that are alike, that patterns mean something in, and that are long or empty.
pub const TEXTS: [&str; 22] = [
    "Berg",
    "berg",
    "BERG",
    "Bergström",
    "BERGSTRÖM",
    "bergström",
    "100%",
    "100 %",
    "a_b",
    "aXb",
    "a\\b",
    "O'Hara",
    "",
    " ",
    "Zürich",
    "zurich",
    "İzmir",
    "ß",
    "a",
    "ab",
    "abab",
    "2024-01-31",
];
const DAYS: [&str; 5] = ["2019-12-31", "2024-01-31", "2024-02-01", "2026-06-30", "2031-01-01"];
const MOMENTS: [i64; 6] = [0, -1, 1_706_659_200_000, 1_706_659_200_001, 1_782_777_600_000, 4_000_000_000_000];

/// A value to be bound.
#[derive(Clone, Debug)]
pub enum Own {
    Null,
    Int(i64),
    Text(String),
    Blob(Id),
}

impl Own {
    pub fn sql(&self) -> Sql<'_> {
        match self {
            Own::Null => Sql::Null,
            Own::Int(number) => Sql::Int(*number),
            Own::Text(text) => Sql::Text(text),
            Own::Blob(id) => Sql::Blob(id.bytes()),
        }
    }
}

pub struct Desk {
    pub random: StdRng,
    pub database: Database,
    pub directory: TempDir,
    pub staff: Vec<Id>,
    pub employers: Vec<Id>,
    attributes: u16,
}

pub fn text(random: &mut StdRng) -> String {
    let part = |random: &mut StdRng| *TEXTS.choose(random).expect("a text");
    match random.random_range(0..4) {
        0 => format!("{} {}", part(random), part(random)),
        1 => format!("{}{}", part(random), random.random_range(0..300)),
        _ => part(random).to_owned(),
    }
}

impl Desk {
    pub async fn new(seed: u64) -> Desk {
        let directory = tempfile::tempdir().expect("a directory");
        let database = Database::open(directory.path(), None).await.expect("a database");
        let random = StdRng::seed_from_u64(seed);
        let mut desk = Desk {
            random,
            database,
            directory,
            staff: Vec::new(),
            employers: Vec::new(),
            attributes: attribute_first(),
        };
        let device = desk.id();
        desk.database
            .write(|db| db.run("INSERT INTO device(id,name,here) VALUES(?,'desk',1)", &[Sql::Blob(device.bytes())]))
            .await
            .expect("a device");
        for name in ["Ada", "ada", "Bo"] {
            let mut staff = Record::blank(RecordKind::Staff, desk.id());
            staff.set(&organization::STAFF_FIRST_NAME, name);
            staff.set(&organization::STAFF_LAST_NAME, "Berg");
            desk.staff.push(staff.id);
            desk.create(OperationKind::RecordsCreate, staff).await;
        }
        for _ in 0..12 {
            desk.add(RecordKind::Employer, 1).await;
        }
        desk.add(RecordKind::Contact, 150).await;
        desk
    }

    /// Closes the database and opens it again.
    pub async fn reopened(self) -> Desk {
        // Closed already where it was taken back.
        let _closed = self.database.close().await;
        let Desk { random, directory, staff, employers, attributes, database } = self;
        drop(database);
        let database = Database::open(directory.path(), None).await.expect("opened again");
        Desk { random, database, directory, staff, employers, attributes }
    }

    pub fn id(&mut self) -> Id {
        Id::from_parts(1_700_000_000_000, self.random.random())
    }

    /// Goes on with the database as it was at a [copy](Desk::copy) of it; what is kept beside it is of another history.
    pub async fn taken_back(self, copy: &[u8]) -> Desk {
        self.database.close().await.expect("closed");
        std::fs::write(self.database.path(), copy).expect("written");
        let mut desk = self.reopened().await;
        let ids = |db: &Db<'_>| db.all("SELECT id FROM employer", &[], |row| row.id(0));
        desk.employers = desk.read(ids).await;
        desk
    }

    /// The database as it is.
    pub async fn copy(&self) -> Vec<u8> {
        assert!(self.database.empty_log().await.expect("emptied"), "nobody reads");
        std::fs::read(self.database.path()).expect("it is there")
    }

    /// The files that are kept beside the database.
    pub fn kept(&self) -> Vec<std::path::PathBuf> {
        let files =
            std::fs::read_dir(self.directory.path()).expect("a folder").map(|entry| entry.expect("a file").path());
        files.filter(|path| path.extension().is_some_and(|extension| extension == "kept")).collect()
    }

    async fn create(&mut self, kind: OperationKind, record: Record) {
        let (id, actor) = (self.id(), self.staff[0]);
        let intent = Intent { id, now: 1_700_000_000_000, actor, kind, detail: String::new(), undoes: None };
        let written = self.database.write(|db| {
            let mut recorder = Recorder::begin(db, intent)?;
            recorder.create(&record)?;
            recorder.finish()
        });
        written.await.expect("created");
    }

    /// A value of a field, or none.
    fn value(&mut self, field: &Field) -> Own {
        if self.random.random_bool(0.3) {
            return Own::Null;
        }
        let random = &mut self.random;
        match field.field_type {
            FieldType::Choice { choices } => Own::Text((*choices.choose(random).expect("a choice")).to_owned()),
            FieldType::Reference { kind: RecordKind::Employer } => {
                self.employers.choose(random).map_or(Own::Null, |id| Own::Blob(*id))
            }
            FieldType::Reference { kind: RecordKind::Staff } => {
                self.staff.choose(random).map_or(Own::Null, |id| Own::Blob(*id))
            }
            FieldType::Reference { .. } => Own::Null,
            FieldType::Flag => Own::Int(random.random_range(0..2)),
            FieldType::Number => Own::Int(random.random_range(-3..40)),
            FieldType::Moment => Own::Int(*MOMENTS.choose(random).expect("a moment") + random.random_range(0..2)),
            FieldType::Date => Own::Text((*DAYS.choose(random).expect("a day")).to_owned()),
            FieldType::List => {
                let items: Vec<String> = (0..random.random_range(1..4)).map(|_| text(random)).collect();
                Own::Text(serde_json::to_string(&items).expect("JSON"))
            }
            _ => Own::Text(text(random)),
        }
    }

    fn fields(&self, kind: RecordKind) -> Vec<&'static Field> {
        self.database.registry().fields(kind).filter(|field| !field.is_computed()).collect()
    }

    /// Adds records of a kind with any values.
    pub async fn add(&mut self, kind: RecordKind, count: usize) {
        let fields = self.fields(kind);
        let mut rows = Vec::new();
        for _ in 0..count {
            let mut columns = vec![("id".to_owned(), Own::Blob(self.id()))];
            for field in &fields {
                let trashed = field.key != "deleted_at" || self.random.random_bool(0.15);
                let value = self.value(field);
                if trashed && (self.random.random_bool(0.5) || field.key == contact::APPROVAL.key) {
                    columns.push((field.key.to_owned(), value));
                }
            }
            self.derive(kind, &mut columns);
            rows.push(columns);
        }
        if kind == RecordKind::Employer {
            self.employers.extend(rows.iter().filter_map(|columns| match columns[0].1 {
                Own::Blob(id) => Some(id),
                _ => None,
            }));
        }
        let written = self.database.write(|db| {
            for columns in &rows {
                let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
                let places = vec!["?"; names.len()].join(",");
                let values: Vec<Sql<'_>> = columns.iter().map(|(_, value)| value.sql()).collect();
                db.run(&format!("INSERT INTO {}({}) VALUES({places})", kind.key(), names.join(",")), &values)?;
            }
            Ok(())
        });
        written.await.expect("added");
    }

    /// The columns that follow from others; what they are is of no importance here.
    fn derive(&mut self, kind: RecordKind, columns: &mut Vec<(String, Own)>) {
        let name = text(&mut self.random).to_lowercase();
        if kind == RecordKind::Employer {
            columns.push(("name_key".into(), Own::Text(name)));
        } else {
            columns.push(("sort_name".into(), Own::Text(name)));
            columns.push(("email_key".into(), Own::Text(String::new())));
        }
    }

    /// Changes any fields of any rows, in one transaction that fails where `fails`.
    pub async fn change(&mut self, kind: RecordKind, count: usize, fails: bool) {
        let fields = self.fields(kind);
        let last = self.database.read(|db| db.number(&format!("SELECT max(n) FROM {}", kind.key()), &[])).await;
        let last = last.expect("a number");
        let mut changes = Vec::new();
        for _ in 0..count {
            let row = self.random.random_range(1..=last);
            let mut columns = Vec::new();
            for _ in 0..self.random.random_range(1..4) {
                let field = fields.choose(&mut self.random).copied().expect("a field");
                columns.push((field.key.to_owned(), self.value(field)));
            }
            if self.random.random_bool(0.3) {
                self.derive(kind, &mut columns);
            }
            changes.push((row, columns));
        }
        let written = self.database.write(|db| {
            for (row, columns) in &changes {
                for (name, value) in columns {
                    db.run(&format!("UPDATE {} SET {name}=? WHERE n=?", kind.key()), &[value.sql(), Sql::Int(*row)])?;
                }
            }
            if fails { Err(StoreError::Cancelled) } else { Ok(()) }
        });
        assert_eq!(written.await.is_err(), fails);
    }

    /// Takes rows away for good.
    pub async fn erase(&mut self, count: usize) {
        let last = self.database.read(|db| db.number("SELECT max(n) FROM contact", &[])).await.expect("a number");
        let rows: Vec<i64> = (0..count).map(|_| self.random.random_range(1..=last)).chain([last]).collect();
        let written = self.database.write(|db| {
            for row in rows {
                db.run("DELETE FROM contact WHERE n=?", &[Sql::Int(row)])?;
            }
            Ok(())
        });
        written.await.expect("erased");
    }

    /// Defines a custom attribute of any type.
    pub async fn define(&mut self) {
        let mut definition = Record::blank(RecordKind::Attribute, self.id());
        let kind = *["contact", "employer"].choose(&mut self.random).expect("a kind");
        let of = attribute::TYPES[usize::from(self.attributes) % attribute::TYPES.len()];
        definition.set(&attribute::NAME, format!("Attribute {}", self.attributes).as_str());
        definition.set(&attribute::RECORDS, kind);
        definition.set(&attribute::TYPE, of);
        definition.set(&attribute::NUMBER, Value::Number(i64::from(self.attributes)));
        if of == "choice" {
            definition.set(&attribute::CHOICES, Value::List(vec!["Low".into(), "low".into(), "High".into()]));
        }
        self.attributes += 1;
        self.create(OperationKind::RecordsCreate, definition).await;
    }

    pub async fn read<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, StoreError>) -> T {
        self.database.read(work).await.expect("read")
    }
}

fn attribute_first() -> u16 {
    liaison_domain::field::ATTRIBUTE_FIRST
}
