//! What becomes of a row, given the directory as it is. The dry run and the commit both ask here.

use super::answer::{ImportOutcome, ImportProblem, ImportTarget, PlacedProblem};
use super::row::{EmployerName, ReadRow, united};
use hashbrown::hash_map::Entry;
use hashbrown::{DefaultHashBuilder, HashMap};
use liaison_domain::edit::complete_contact;
use liaison_domain::field::CREATED_AT;
use liaison_domain::name::{email_key, person_name, person_sort_key};
use liaison_domain::refusal::Problem;
use liaison_domain::viewer::Standing;
use liaison_domain::{Actor, FieldChange, Id, Record, RecordKind, Value, contact};
use liaison_queries::rows::RecordByRow;
use liaison_queries::{View, contacts, employers};
use liaison_store::{Db, StoreError};
use std::hash::BuildHasher as _;

/// What becomes of a row.
pub enum Decided {
    /// A new contact; its id is set by whoever writes it.
    Create {
        /// Its values.
        record: Record,
        /// Its employer.
        employer: Option<EmployerName>,
    },
    /// Changes of the contact with this address.
    Update {
        /// Its row number.
        n: i64,
        /// The contact as it is.
        current: Record,
        /// What changes, but for the employer.
        changes: Vec<FieldChange>,
        /// The employer, where that changes.
        employer: Option<EmployerName>,
    },
    /// Nothing to do.
    Skip(ImportProblem),
    /// A reason not to import it.
    Fail(Vec<PlacedProblem>),
}

impl Decided {
    /// In one word.
    pub fn outcome(&self) -> ImportOutcome {
        match self {
            Decided::Create { .. } => ImportOutcome::Created,
            Decided::Update { .. } => ImportOutcome::Updated,
            Decided::Skip(_) => ImportOutcome::Skipped,
            Decided::Fail(_) => ImportOutcome::Failed,
        }
    }
}

impl Decided {
    /// Key of the employer that would be created for it.
    pub fn new_employer(&self, directory: &Directory<'_>) -> Option<String> {
        match self {
            Decided::Create { employer: Some(name), .. } | Decided::Update { employer: Some(name), .. } => {
                directory.employer(&name.key).is_none().then(|| name.key.clone())
            }
            _ => None,
        }
    }
}

/// Addresses that rows of the file have, with the line of the first.
#[derive(Default)]
pub struct SeenInFile {
    hasher: DefaultHashBuilder,
    lines: HashMap<u64, u32>,
}

impl SeenInFile {
    /// The line of an earlier row with this address; takes note of this one where there is none.
    pub fn earlier(&mut self, email_key: &str, line: u32) -> Option<u32> {
        match self.lines.entry(self.hasher.hash_one(email_key)) {
            Entry::Occupied(first) => Some(*first.get()).filter(|first| *first != line),
            Entry::Vacant(free) => {
                free.insert(line);
                None
            }
        }
    }

    /// Forgets an address.
    pub fn forget(&mut self, email_key: &str) {
        self.lines.remove(&self.hasher.hash_one(email_key));
    }
}

/// The contacts and employers a row is compared with: all of them, for an address is taken whoever has it. What is told of
/// them is decided by who imports.
pub struct Directory<'d> {
    view: View<'d>,
    contact: RecordByRow<'d>,
    hasher: DefaultHashBuilder,
    /// Hash of an address to the row number of the first contact that has it, and whether there are more.
    emails: HashMap<u64, (u32, bool)>,
    /// Hash of a former address to the row number of the contact that had it last.
    former: HashMap<u64, u32>,
    /// Key of a name to the employer.
    employers: HashMap<String, Id>,
    target: ImportTarget,
    actor: Actor,
    now: i64,
}

/// Former addresses of all contacts, the last to have had one winning.
fn former_addresses(db: &Db<'_>, hasher: &DefaultHashBuilder) -> Result<HashMap<u64, u32>, StoreError> {
    let mut former = HashMap::new();
    contacts::each_former_addresses(db, |n, addresses| {
        former.extend(addresses.iter().map(|address| (hasher.hash_one(&*email_key(address)), n as u32)));
    })?;
    Ok(former)
}

impl<'d> Directory<'d> {
    /// Reads what is needed of the directory: every address and every employer's name.
    pub fn read(view: &View<'d>, target: ImportTarget, actor: Actor, now: i64) -> Result<Directory<'d>, StoreError> {
        let db = view.everything();
        let hasher = DefaultHashBuilder::default();
        let mut emails = HashMap::new();
        contacts::each_address(db, |key, n| {
            let entry = emails.entry(hasher.hash_one(key)).or_insert((n as u32, false));
            entry.1 |= i64::from(entry.0) != n;
        })?;
        let mut employers = employers::by_name(db)?;
        for (key, id) in employers::merged(db, None)? {
            employers.entry(key).or_insert(id);
        }
        let former = former_addresses(db, &hasher)?;
        let contact = RecordByRow::of_everything(db, RecordKind::Contact)?;
        Ok(Directory { view: *view, contact, hasher, emails, former, employers, target, actor, now })
    }

    /// Reads only what these rows are compared with: for a page of a dry run, not for a whole file.
    pub fn read_for(
        view: &View<'d>,
        target: ImportTarget,
        actor: Actor,
        now: i64,
        rows: &[ReadRow],
    ) -> Result<Directory<'d>, StoreError> {
        let db = view.everything();
        let hasher = DefaultHashBuilder::default();
        let (mut emails, mut employers) = (HashMap::new(), HashMap::new());
        for row in rows {
            let found = contacts::first_two_with_address(db, &row.email_key)?;
            if let Some(first) = found.first() {
                emails.insert(hasher.hash_one(&*row.email_key), (*first as u32, found.len() > 1));
            }
            let Some(name) = &row.employer else { continue };
            if let Some(id) = employers::named(db, &name.key)? {
                employers.insert(name.key.clone(), id);
            } else {
                employers.extend(employers::merged(db, Some(&name.key))?);
            }
        }
        let former = former_addresses(db, &hasher)?;
        let contact = RecordByRow::of_everything(db, RecordKind::Contact)?;
        Ok(Directory { view: *view, contact, hasher, emails, former, employers, target, actor, now })
    }

    /// The employer with this name.
    pub fn employer(&self, key: &str) -> Option<Id> {
        self.employers.get(key).copied()
    }

    /// Takes note of an employer that was created.
    pub fn add_employer(&mut self, key: String, id: Id) {
        self.employers.insert(key, id);
    }

    /// The moment of the import, in milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// How many contacts there are.
    pub fn len(&self) -> usize {
        self.emails.len()
    }

    /// What becomes of a row; `earlier` is the line of an earlier row with the same address.
    pub fn decide(&mut self, read: ReadRow, earlier: Option<u32>) -> Result<Decided, StoreError> {
        if read.blank {
            return Ok(Decided::Skip(ImportProblem::BlankRow));
        }
        let email_problem =
            |problem| PlacedProblem { field: Some(contact::EMAIL.key.to_owned()), column: None, problem };
        let existing = if read.email_key.is_empty() { None } else { self.existing(&read.email_key)? };
        let mut problems = read.problems;
        if let Some(row) = earlier.filter(|_| !read.email_key.is_empty()) {
            problems.push(email_problem(ImportProblem::DuplicateInFile { row }));
        }
        match &existing {
            // To whoever imports it is not there; the address is taken all the same.
            Some((_, current, _)) if !self.sees(current) => {
                let problem = Problem::InUse { by: String::new() };
                return Ok(Decided::Fail(vec![email_problem(ImportProblem::Value { problem })]));
            }
            Some((_, _, true)) => problems.push(email_problem(ImportProblem::AmbiguousEmail)),
            Some((_, current, false)) => {
                // Blank never clears: an update needs no name.
                problems.retain(|problem| !required_but_there(problem, current));
                if current.text(&contact::APPROVAL) == contact::REJECTED {
                    problems.push(email_problem(ImportProblem::Frozen));
                }
            }
            None => {}
        }
        if !problems.is_empty() {
            return Ok(Decided::Fail(problems));
        }
        if existing.is_none()
            && let Some(name) = self.had_before(&read.email_key, &read.contact)?
        {
            return Ok(Decided::Skip(ImportProblem::FormerAddress { name }));
        }
        match existing {
            Some((n, current, _)) => Ok(self.update(n, current, read.contact, read.employer)),
            None => Ok(self.create(read.contact, read.employer)),
        }
    }

    /// The name of the contact who had this address before, where the row is about a person of the same name. Updating
    /// would put old values over newer ones, creating would make the person twice; another name is another person, who
    /// has the address now.
    fn had_before(&mut self, key: &str, row: &Record) -> Result<Option<String>, StoreError> {
        let Some(n) = self.former.get(&self.hasher.hash_one(key)).copied() else { return Ok(None) };
        let Some(had) = self.contact.read(i64::from(n))? else { return Ok(None) };
        let name = |of: &Record| person_sort_key(of.text(&contact::FIRST_NAME), of.text(&contact::LAST_NAME));
        let same =
            self.sees(&had) && name(&had) == name(row) && contact::alias_keys(&had).iter().any(|alias| alias == key);
        Ok(same.then(|| {
            person_name(
                had.text(&contact::FIRST_NAME),
                had.text(&contact::PREFERRED_NAME),
                had.text(&contact::LAST_NAME),
            )
        }))
    }

    fn sees(&self, contact: &Record) -> bool {
        self.view.viewer().sees(&Standing::of(contact)).is_ok()
    }

    fn existing(&mut self, key: &str) -> Result<Option<(i64, Record, bool)>, StoreError> {
        let Some((n, more)) = self.emails.get(&self.hasher.hash_one(key)).copied() else { return Ok(None) };
        let Some(record) = self.contact.read(i64::from(n))? else { return Ok(None) };
        // Two addresses may share a hash; then this contact is somebody else.
        let same = email_key(record.text(&contact::EMAIL)) == key;
        Ok(same.then_some((i64::from(n), record, more)))
    }

    fn create(&self, mut record: Record, employer: Option<EmployerName>) -> Decided {
        record.set(&CREATED_AT, Value::Moment(self.now));
        if record.get(&contact::SOURCE).is_empty() {
            record.set(&contact::SOURCE, "import");
        }
        record.set(
            &contact::APPROVAL,
            match self.target {
                ImportTarget::Directory => contact::APPROVED,
                ImportTarget::Queue => contact::PENDING,
            },
        );
        record.set(&contact::OWNER, self.actor.staff);
        complete_contact(&mut record);
        Decided::Create { record, employer }
    }

    fn update(&self, n: i64, current: Record, come: Record, employer: Option<EmployerName>) -> Decided {
        let mut changes = Vec::new();
        for (number, come) in come.filled() {
            // The source is the first interaction and never changes (M47); who brought the contact in neither.
            if [contact::SOURCE.number, contact::ADDED_BY.number].contains(&number) {
                continue;
            }
            let have = current.numbered(number).unwrap_or(&Value::Empty);
            let after = united(have, come);
            let same_address =
                number == contact::EMAIL.number && email_key(have.as_text()) == email_key(after.as_text());
            if *have != after && !same_address {
                changes.push(FieldChange { field: number, before: have.clone(), after });
            }
        }
        let employer = employer.filter(|name| {
            let known = self.employer(&name.key);
            known.is_none() || known != current.get(&contact::EMPLOYER).as_reference()
        });
        if changes.is_empty() && employer.is_none() {
            return Decided::Skip(ImportProblem::NothingToChange);
        }
        Decided::Update { n, current, changes, employer }
    }
}

fn required_but_there(problem: &PlacedProblem, current: &Record) -> bool {
    problem.problem == ImportProblem::Value { problem: Problem::Required }
        && problem
            .field
            .as_deref()
            .and_then(|key| RecordKind::Contact.field(key))
            .is_some_and(|field| !current.get(field).is_empty())
}
