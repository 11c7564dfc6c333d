//! Desks to test with, and short ways to do what many tests do first.

use crate::arrival::Arrival;
use crate::rows;
use liaison_app::lists::Selection;
use liaison_app::start::{self, SetupInput};
use liaison_app::step::Created;
use liaison_app::{CommandError, Progress, Session, contacts, employers, roles, sample, verify};
use liaison_domain::edit::FieldEdit;
use liaison_domain::field::CREATED_AT;
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::parse::FieldValue;
use liaison_domain::{
    Field, Id, OperationKind, Record, RecordKind, StaffRole, Value, contact, employer_user, organization,
};
use liaison_store::{Intent, Recorder, StoreError, journal, table};
use std::collections::{BTreeMap, HashMap};
use std::ops::{ControlFlow, Deref};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::sync::OnceCell;

pub const PASSCODE: &str = "correct horse battery";

/// The files of a database that was just set up. Deriving keys takes its time; one set-up serves all tests.
static SET_UP: OnceCell<BTreeMap<String, Vec<u8>>> = OnceCell::const_new();

/// An open desk in a directory of its own.
pub struct TestDesk {
    _arrival: Arrival,
    pub desk: Session,
    pub directory: Folder,
}

/// The folder of a desk, and one around it for files of people: the desk's own is none for them.
pub struct Folder {
    around: TempDir,
    own: PathBuf,
}

impl Folder {
    pub fn new() -> Folder {
        let around = tempfile::tempdir().expect("a directory");
        let own = around.path().join("desk");
        std::fs::create_dir(&own).expect("a directory");
        Folder { around, own }
    }

    /// The desk's own.
    pub fn path(&self) -> &Path {
        &self.own
    }

    pub fn outside(&self) -> &Path {
        self.around.path()
    }
}

impl Deref for TestDesk {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.desk
    }
}

pub fn set_up_input() -> SetupInput {
    SetupInput {
        institution: "Northfield University".into(),
        first_name: "Ada".into(),
        last_name: "Berg".into(),
        email: "ada@northfield.example".into(),
        time_zone: None,
        passcode: Some(PASSCODE.into()),
        sample_contacts: None,
    }
}

/// A desk that was just set up, its administrator "Ada Berg" at it.
pub async fn desk() -> TestDesk {
    let files = SET_UP
        .get_or_init(|| async {
            let directory = tempfile::tempdir().expect("a directory");
            let (desk, _) = start::set_up(directory.path(), &set_up_input()).await.expect("a set-up");
            desk.engine().close().await.expect("closed");
            ["key.json", "key.copy.json", "liaison.db"]
                .map(|name| (name.to_owned(), std::fs::read(directory.path().join(name)).expect("a file")))
                .into()
        })
        .await;
    let directory = Folder::new();
    for (name, bytes) in files {
        std::fs::write(directory.path().join(name), bytes).expect("a copy");
    }
    let desk = start::open(directory.path(), Some(PASSCODE)).await.expect("the desk opens");
    TestDesk::of(desk, directory)
}

/// A desk with sample contacts, its search indexes ready.
pub async fn sample(contacts: u32) -> TestDesk {
    let desk = desk().await;
    sample::sample_create(&desk, contacts, 7, &mut go_on).await.expect("sample data");
    desk.engine().start_searching();
    desk
}

/// Progress that nobody watches.
pub fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Stops at the first report.
pub fn stop(_: Progress) -> ControlFlow<()> {
    ControlFlow::Break(())
}

pub fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

pub fn values(values: &[(&str, &str)]) -> HashMap<String, FieldValue> {
    values.iter().map(|(key, value)| ((*key).to_owned(), text(value))).collect()
}

pub fn change(field: &str, before: &str, after: &str) -> FieldEdit {
    FieldEdit { field: field.into(), before: text(before), after: text(after) }
}

pub fn ids(ids: &[Id]) -> Selection {
    Selection::Ids { ids: ids.to_vec() }
}

pub fn pending() -> ListQuery {
    let mut query = ListQuery::all(RecordKind::Contact);
    query.filter.push(Condition::is(&contact::APPROVAL, contact::PENDING));
    query
}

impl TestDesk {
    pub fn of(desk: Session, directory: Folder) -> TestDesk {
        TestDesk { _arrival: Arrival(desk.clone()), desk, directory }
    }

    /// The database itself, for looking at and tampering with what is stored.
    pub fn database(&self) -> &liaison_store::Database {
        self.engine().database()
    }

    /// Closes the desk and opens it anew, with another staff role where one is given.
    pub async fn reopened(self, role: Option<StaffRole>) -> TestDesk {
        if let Some(role) = role {
            self.set_past_rules(RecordKind::Staff, self.actor().staff, &organization::STAFF_ROLE, role.key()).await;
        }
        self.engine().close().await.expect("closed");
        let TestDesk { desk, directory, .. } = self;
        drop(desk);
        let desk = start::open(directory.path(), Some(PASSCODE)).await.expect("the desk opens again");
        TestDesk::of(desk, directory)
    }

    /// Adds a contact to the directory.
    pub async fn add(&self, first: &str, last: &str, email: &str) -> Created {
        let values = values(&[("first_name", first), ("last_name", last), ("email", email)]);
        contacts::contact_create(self, &values).await.expect("a contact")
    }

    pub async fn add_employer(&self, name: &str) -> Id {
        employers::employer_create(self, &values(&[("name", name)])).await.expect("an employer").id
    }

    /// Edits one field of a contact.
    pub async fn set(&self, id: Id, field: &str, before: &str, after: &str) -> Id {
        let done = contacts::contact_edit(self, id, &[change(field, before, after)]).await.expect("an edit");
        done.operation.expect("an operation")
    }

    /// Sets a field that no use case would set so, if it is another value.
    pub async fn set_past_rules(&self, kind: RecordKind, id: Id, field: &'static Field, value: impl Into<Value>) {
        let record = self.record(kind, id).await;
        if let Some(change) = record.change(field, value) {
            self.write(|recorder| {
                let n = table::get(recorder.db(), kind, id)?.n;
                recorder.update(kind, n, id, &[change])
            })
            .await;
        }
    }

    /// Writes records that no use case writes yet, as one operation.
    pub async fn write(&self, work: impl FnOnce(&mut Recorder<'_>) -> Result<(), StoreError>) -> Id {
        self.write_as(OperationKind::SampleCreate, work).await
    }

    /// The same, as an operation of a kind.
    pub async fn write_as(
        &self,
        kind: OperationKind,
        work: impl FnOnce(&mut Recorder<'_>) -> Result<(), StoreError>,
    ) -> Id {
        let intent = Intent {
            id: self.new_id(),
            now: self.now(),
            actor: self.actor().staff,
            kind,
            detail: String::new(),
            undoes: None,
        };
        let recorded = self.database().write(|db| {
            let mut recorder = Recorder::begin(db, intent)?;
            work(&mut recorder)?;
            recorder.finish()
        });
        recorded.await.expect("written").expect("an operation").id
    }

    pub fn new_id(&self) -> Id {
        use std::hash::{BuildHasher as _, RandomState};
        let mut random = [0; 10];
        random[..8].copy_from_slice(&RandomState::new().hash_one(1).to_be_bytes());
        Id::from_parts(self.now(), random)
    }

    /// A pending contact, as they come from the portal.
    pub async fn arrive(&self, first: &str, last: &str, email: &str) -> Id {
        let mut record = Record::blank(RecordKind::Contact, self.new_id());
        record.set(&CREATED_AT, Value::Moment(self.now() as i64));
        record.set(&contact::FIRST_NAME, first);
        record.set(&contact::LAST_NAME, last);
        record.set(&contact::EMAIL, email);
        record.set(&contact::SOURCE, "employer_user_sign_up");
        liaison_domain::edit::complete_contact(&mut record);
        self.write(|recorder| recorder.create(&record)).await;
        record.id
    }

    /// An employer user with this address.
    pub async fn user(&self, email: &str, role: &str, access: bool) -> Id {
        let role = roles::role_named(self, role).await.expect("a role");
        let mut record = Record::blank(RecordKind::EmployerUser, self.new_id());
        record.set(&CREATED_AT, Value::Moment(self.now() as i64));
        record.set(&employer_user::FIRST_NAME, "Some");
        record.set(&employer_user::LAST_NAME, "Body");
        record.set(&employer_user::EMAIL, email);
        record.set(&employer_user::ROLE, role);
        record.set(&employer_user::ACCESS, access);
        self.write(|recorder| recorder.create(&record)).await;
        record.id
    }

    /// Role and access of an employer user.
    pub async fn standing(&self, user: Id) -> (String, bool) {
        let standing = self.database().read(|db| {
            let record = table::get(db, RecordKind::EmployerUser, user)?.record;
            let role = record
                .get(&employer_user::ROLE)
                .as_reference()
                .map(|role| table::name_of(db, RecordKind::Role, role).map(Option::unwrap_or_default));
            Ok((role.transpose()?.unwrap_or_default(), record.get(&employer_user::ACCESS).as_flag()))
        });
        standing.await.expect("a user")
    }

    pub async fn record(&self, kind: RecordKind, id: Id) -> Record {
        self.database().read(|db| Ok(table::get(db, kind, id)?.record)).await.expect("a record")
    }

    pub async fn approval(&self, id: Id) -> String {
        self.record(RecordKind::Contact, id).await.text(&contact::APPROVAL).to_owned()
    }

    /// Every row of every table, without the key of what is kept beside the database: that comes when it is first needed.
    pub async fn rows(&self) -> BTreeMap<String, Vec<String>> {
        let mut rows = self.database().read(rows::all).await.expect("rows");
        if let Some(settings) = rows.get_mut("setting") {
            settings.retain(|line| !line.contains("'kept_file.key'"));
        }
        rows
    }

    pub async fn operation_kind(&self, operation: Id) -> OperationKind {
        let logged = self.database().read(|db| journal::operation(db, operation)).await.expect("an operation");
        logged.operation.kind.known().expect("a kind of this version")
    }

    pub async fn number(&self, sql: &str) -> i64 {
        self.database().read(|db| db.number(sql, &[])).await.expect("a number")
    }

    /// All records of a kind that are not in the trash, by id.
    pub async fn live(&self, kind: RecordKind) -> BTreeMap<Id, Record> {
        let sql = format!(
            "SELECT id,{} FROM {} WHERE deleted_at IS NULL",
            table::columns(&self.registry(), kind),
            kind.key()
        );
        let records = self.database().read(|db| {
            db.all(&sql, &[], |row| {
                let id = Id::from_bytes(row.blob(0)).expect("an id");
                Ok((id, table::record(row, 1, kind, id)?))
            })
        });
        records.await.expect("records").into_iter().collect()
    }

    /// Every live record of every kind.
    pub async fn everything(&self) -> BTreeMap<RecordKind, BTreeMap<Id, Record>> {
        let mut everything = BTreeMap::new();
        for kind in RecordKind::ALL {
            everything.insert(kind, self.live(kind).await);
        }
        everything
    }

    /// Asserts that the database is whole, the chain holds, and the journal explains every record.
    pub async fn assert_whole(&self) {
        let report = verify::check_all(self, &mut go_on).await.expect("a check");
        assert_eq!((report.findings, report.whole), (Vec::new(), true));
        // That it was checked is nothing the desk did.
        self.tamper("DELETE FROM setting WHERE key='last_full_check'").await;
    }

    /// Runs SQL behind the journal's back, with the key of the desk.
    pub async fn tamper(&self, sql: &str) {
        self.database().write(|db| db.execute(sql)).await.expect("tampering");
    }

    /// Writes a file into the desk's directory.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.directory.outside().join(name);
        std::fs::write(&path, content).expect("a file");
        path
    }
}

/// The one problem of a refused form.
pub fn only_problem<T: std::fmt::Debug>(
    refused: Result<T, CommandError>,
) -> (String, liaison_domain::refusal::Problem) {
    match refused {
        Err(CommandError::Validation { fields }) if fields.len() == 1 => {
            let problem = fields.into_iter().next().expect("one problem");
            (problem.field, problem.problem)
        }
        other => panic!("refused with one problem: {other:?}"),
    }
}
