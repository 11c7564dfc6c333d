//! What becomes of a row, given the directory as it is and what the rows before have said. The dry run and the commit
//! both ask here.

use super::answer::{ImportAnswer, ImportOutcome, ImportProblem, ImportTarget, PlacedProblem};
use super::directory::{Directory, Found};
use super::in_file::InFile;
use super::person::Name;
use super::row::{ADDRESSES, EmployerName, Fixes, ReadRow, Target, address_keys, read_row, united};
use hashbrown::HashMap;
use liaison_domain::edit::complete_contact;
use liaison_domain::field::CREATED_AT;
use liaison_domain::name::email_key;
use liaison_domain::refusal::Problem;
use liaison_domain::{Actor, FieldChange, Record, RecordKind, Value, contact};
use liaison_duplicates::duplicates::LikelyContact;
use liaison_exchange::Sheet;
use liaison_store::StoreError;

/// What becomes of a row.
pub enum Decided {
    /// A new contact; its id is set by whoever writes it.
    Create {
        /// Its values.
        record: Record,
        /// Its employer.
        employer: Option<EmployerName>,
    },
    /// Changes of a contact that is there.
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
    /// Somebody has to say who is meant; left out until then.
    Ask(ImportProblem),
    /// A reason not to import it.
    Fail(Vec<PlacedProblem>),
}

impl Decided {
    /// In one word.
    pub fn outcome(&self) -> ImportOutcome {
        match self {
            Decided::Create { .. } => ImportOutcome::Created,
            Decided::Update { .. } => ImportOutcome::Updated,
            Decided::Skip(ImportProblem::NothingToChange) => ImportOutcome::Unchanged,
            Decided::Skip(ImportProblem::BlankRow) => ImportOutcome::Blank,
            Decided::Skip(_) => ImportOutcome::Skipped,
            Decided::Ask(ImportProblem::PossibleDuplicate { .. }) => ImportOutcome::PossibleDuplicate,
            Decided::Ask(_) => ImportOutcome::NameConflict,
            Decided::Fail(_) => ImportOutcome::Failed,
        }
    }

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

/// A question about a row, answered or not.
pub struct Question {
    /// A name conflict or a possible duplicate.
    pub about: ImportOutcome,
    /// What was answered.
    pub answer: Option<ImportAnswer>,
    /// The contact in question.
    pub contact: Option<Record>,
    /// The row before that is in question.
    pub row: Option<u32>,
    /// What an update would change, and the employer it would give.
    pub update: (Vec<FieldChange>, Option<EmployerName>),
}

/// What becomes of a row, with all there is to say about it.
pub struct Verdict {
    /// What becomes of it.
    pub decided: Decided,
    /// What is or was in question.
    pub question: Option<Question>,
    /// Values it is imported without.
    pub left_out: Vec<PlacedProblem>,
    /// The contact it is about, by row number, and what that is called afterwards.
    pub claim: Option<(i64, Name)>,
}

impl Verdict {
    fn plain(decided: Decided) -> Verdict {
        Verdict { decided, question: None, left_out: Vec::new(), claim: None }
    }

    fn fail(problem: ImportProblem) -> Verdict {
        Verdict::plain(Decided::Fail(vec![of_email(problem)]))
    }

    /// Whether the person is or comes into the directory without some of the row's values.
    pub fn leaves_out_values(&self) -> bool {
        use ImportOutcome::{Created, Unchanged, Updated};
        !self.left_out.is_empty() && matches!(self.decided.outcome(), Created | Updated | Unchanged)
    }
}

/// What somebody answered to the questions about rows.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// For single rows.
    pub of_rows: HashMap<u32, ImportAnswer>,
    /// For all name conflicts.
    pub of_name_conflicts: Option<ImportAnswer>,
    /// For all possible duplicates.
    pub of_possible_duplicates: Option<ImportAnswer>,
}

impl Answers {
    fn of(&self, row: u32, about: ImportOutcome) -> Option<ImportAnswer> {
        let of_kind = match about {
            ImportOutcome::NameConflict => self.of_name_conflicts,
            _ => self.of_possible_duplicates,
        };
        self.of_rows.get(&row).copied().or(of_kind)
    }
}

/// The rows of a file as they are read.
#[derive(Clone, Copy)]
pub struct Rows<'f> {
    /// The file.
    pub sheet: &'f Sheet,
    /// Its cells that were corrected.
    pub fixes: &'f Fixes,
    /// What its columns are.
    pub columns: &'f [Option<Target>],
}

impl Rows<'_> {
    /// The values of a row.
    pub fn read(&self, row: u32) -> ReadRow {
        read_row(self.sheet, self.fixes, self.columns, row as usize)
    }

    /// Where a person finds it.
    pub fn line(&self, row: u32) -> u32 {
        self.sheet.row_number(row as usize)
    }
}

/// Who imports, where to, and what was said about the rows.
pub struct Rules<'a> {
    /// Where new contacts go.
    pub target: ImportTarget,
    /// Whoever imports.
    pub actor: Actor,
    /// The moment of the import, in milliseconds since 1970.
    pub now: i64,
    /// What was answered.
    pub answers: &'a Answers,
    /// Whom rows are very likely about, by row.
    pub likely: &'a HashMap<u32, LikelyContact>,
}

/// The row before that has the same address.
enum Earlier {
    None,
    /// The same person, as far as the names tell.
    Same(u32),
    /// Somebody else.
    Other(u32, Name),
}

fn of_email(problem: ImportProblem) -> PlacedProblem {
    PlacedProblem { field: Some(contact::EMAIL.key.to_owned()), column: None, problem }
}

/// What becomes of a row.
pub fn decide(
    directory: &mut Directory<'_>,
    rules: &Rules<'_>,
    rows: &Rows<'_>,
    in_file: &InFile,
    row: u32,
    mut read: ReadRow,
) -> Result<Verdict, StoreError> {
    if read.blank {
        return Ok(Verdict::plain(Decided::Skip(ImportProblem::BlankRow)));
    }
    let name = Name::of(&read.contact);
    let found = directory.find(&read.email_key, &name, row, in_file)?;
    let mut problems = std::mem::take(&mut read.problems);
    let earlier = earlier(rows, in_file, &read.email_key, &name, row);
    if let Earlier::Same(before) = earlier {
        problems.push(of_email(ImportProblem::DuplicateInFile { row: rows.line(before) }));
    }
    let mut conflict = None;
    match &found {
        // To whoever imports it is not there; the address is taken all the same.
        Found::Hidden => {
            let problem = Problem::InUse { by: String::new() };
            return Ok(Verdict::fail(ImportProblem::Value { problem }));
        }
        Found::Several => problems.push(of_email(ImportProblem::AmbiguousEmail)),
        Found::Contact { current, .. } => {
            // Blank never clears: an update needs no name.
            problems.retain(|problem| !required_but_there(problem, current));
            if Name::of(current).is_other(&name) {
                conflict = Some(ImportProblem::NameConflict { name: Name::of(current).shown() });
            } else if is_frozen(current) {
                problems.push(of_email(ImportProblem::Frozen));
            }
        }
        Found::Claimed { by, name: theirs, .. } => {
            if theirs.is_other(&name) {
                conflict = Some(ImportProblem::NameConflict { name: theirs.shown() });
            } else if !matches!(earlier, Earlier::Same(_)) {
                problems.push(of_email(ImportProblem::SameContact { row: rows.line(*by) }));
            }
        }
        Found::Nobody => {
            if let Earlier::Other(before, theirs) = &earlier {
                let (name, row) = (theirs.shown(), rows.line(*before));
                conflict = Some(ImportProblem::NameConflictInFile { name, row });
            }
        }
    }
    if !problems.is_empty() {
        return Ok(Verdict::plain(Decided::Fail(problems)));
    }
    if let Some(problem) = conflict {
        let before = match earlier {
            Earlier::Other(before, _) if matches!(found, Found::Nobody) => Some(before),
            _ => None,
        };
        return name_conflict(directory, rules, rows, row, read, found, before, problem);
    }
    if let Found::Contact { n, current } = found {
        return Ok(update(directory, n, *current, read));
    }
    if let Some(name) = directory.had_before(&read.email_key, &name, row, in_file)? {
        return Ok(Verdict::plain(Decided::Skip(ImportProblem::FormerAddress { name })));
    }
    possible_duplicate(directory, rules, rows, in_file, row, read)
}

fn earlier(rows: &Rows<'_>, in_file: &InFile, key: &str, name: &Name, row: u32) -> Earlier {
    let (before, are_all) = in_file.earlier(key, row);
    let Some(first) = before.first().copied() else { return Earlier::None };
    if !are_all {
        return Earlier::Same(first);
    }
    let mut first_name = None;
    for before in before {
        let theirs = Name::of(&rows.read(before).contact);
        if !theirs.is_other(name) {
            return Earlier::Same(before);
        }
        first_name.get_or_insert(theirs);
    }
    first_name.map_or(Earlier::None, |name| Earlier::Other(first, name))
}

/// The address is that of somebody with another first and last name.
#[expect(clippy::too_many_arguments, reason = "all that is known of the row")]
fn name_conflict(
    directory: &mut Directory<'_>,
    rules: &Rules<'_>,
    rows: &Rows<'_>,
    row: u32,
    read: ReadRow,
    found: Found,
    before: Option<u32>,
    problem: ImportProblem,
) -> Result<Verdict, StoreError> {
    let answer = rules.answers.of(row, ImportOutcome::NameConflict);
    let (contact, updated) = match found {
        Found::Contact { n, current } => (Some((*current).clone()), Ok(update(directory, n, *current, read.clone()))),
        Found::Claimed { n, by, .. } => (directory.contact(n)?, Err(ImportProblem::SameContact { row: rows.line(by) })),
        _ => (None, Err(ImportProblem::DuplicateInFile { row: before.map_or(0, |before| rows.line(before)) })),
    };
    let asked = Question {
        about: ImportOutcome::NameConflict,
        answer,
        contact,
        row: before,
        update: updated.as_ref().map(preview).unwrap_or_default(),
    };
    let verdict = match answer {
        Some(ImportAnswer::Update) => match updated {
            Ok(_) if asked.contact.as_ref().is_some_and(is_frozen) => Verdict::fail(ImportProblem::Frozen),
            Ok(updated) => updated,
            Err(problem) => Verdict::fail(problem),
        },
        _ => answered(rules, answer, read, problem),
    };
    Ok(Verdict { question: Some(asked), ..verdict })
}

/// Nobody has the address; the row may still be about somebody who is there under another one.
fn possible_duplicate(
    directory: &mut Directory<'_>,
    rules: &Rules<'_>,
    rows: &Rows<'_>,
    in_file: &InFile,
    row: u32,
    read: ReadRow,
) -> Result<Verdict, StoreError> {
    let current = match rules.likely.get(&row) {
        Some(likely) => directory.contact(likely.n)?.filter(|current| current.id == likely.id),
        None => None,
    };
    let Some(current) = current.filter(|current| directory.sees(current)) else {
        return Ok(create(rules, read));
    };
    let n = rules.likely.get(&row).map_or(0, |likely| likely.n);
    let answer = rules.answers.of(row, ImportOutcome::PossibleDuplicate);
    let claimed = in_file.claimed(n, row).map(|(by, _)| rows.line(by));
    let updated = update(directory, n, current.clone(), read.clone());
    let problem = ImportProblem::PossibleDuplicate {
        name: Name::of(&current).shown(),
        email: current.text(&contact::EMAIL).to_owned(),
    };
    let frozen = is_frozen(&current);
    let asked = Question {
        about: ImportOutcome::PossibleDuplicate,
        answer,
        contact: Some(current),
        row: None,
        update: preview(&updated),
    };
    let verdict = match (answer, claimed) {
        (Some(ImportAnswer::Update), Some(row)) => Verdict::fail(ImportProblem::SameContact { row }),
        (Some(ImportAnswer::Update), None) if frozen => Verdict::fail(ImportProblem::Frozen),
        (Some(ImportAnswer::Update), None) => updated,
        _ => answered(rules, answer, read, problem),
    };
    Ok(Verdict { question: Some(asked), ..verdict })
}

/// What an answer that is no update makes of a row.
fn answered(rules: &Rules<'_>, answer: Option<ImportAnswer>, read: ReadRow, problem: ImportProblem) -> Verdict {
    match answer {
        Some(ImportAnswer::Add) => create(rules, read),
        Some(_) => Verdict::plain(Decided::Skip(ImportProblem::ChosenToSkip)),
        None => Verdict { left_out: read.left_out, ..Verdict::plain(Decided::Ask(problem)) },
    }
}

fn preview(verdict: &Verdict) -> (Vec<FieldChange>, Option<EmployerName>) {
    match &verdict.decided {
        Decided::Update { changes, employer, .. } => (changes.clone(), employer.clone()),
        _ => Default::default(),
    }
}

fn create(rules: &Rules<'_>, read: ReadRow) -> Verdict {
    let ReadRow { contact: mut record, employer, left_out, .. } = read;
    record.set(&CREATED_AT, Value::Moment(rules.now));
    if record.get(&contact::SOURCE).is_empty() {
        record.set(&contact::SOURCE, "import");
    }
    record.set(
        &contact::APPROVAL,
        match rules.target {
            ImportTarget::Directory => contact::APPROVED,
            ImportTarget::Queue => contact::PENDING,
        },
    );
    record.set(&contact::OWNER, rules.actor.staff);
    complete_contact(&mut record);
    Verdict { left_out, ..Verdict::plain(Decided::Create { record, employer }) }
}

fn update(directory: &Directory<'_>, n: i64, current: Record, read: ReadRow) -> Verdict {
    let ReadRow { contact: come, employer, mut left_out, .. } = read;
    let known = address_keys(&current);
    let (mut changes, mut new_address) = (Vec::new(), None);
    for (number, come) in come.filled() {
        // The source is the first interaction and never changes (M47); who brought the contact in neither.
        if [contact::SOURCE.number, contact::ADDED_BY.number].contains(&number) {
            continue;
        }
        if ADDRESSES.iter().any(|field| field.number == number) {
            if known.contains(&email_key(come.as_text())) {
                continue;
            }
            if number == contact::EMAIL.number {
                new_address = Some(come.clone());
                continue;
            }
        }
        let have = current.numbered(number).unwrap_or(&Value::Empty);
        let after = united(have, come);
        if *have != after {
            changes.push(FieldChange { field: number, before: have.clone(), after });
        }
    }
    if let Some(address) = new_address {
        // The address they are known by stays the first one; which of the two is newer, the file doesn't say.
        let is_free = |number| changes.iter().all(|change| change.field != number);
        let free = ADDRESSES.iter().find(|field| current.get(field).is_empty() && is_free(field.number));
        match free {
            Some(field) => {
                changes.push(FieldChange { field: field.number, before: Value::Empty, after: address });
            }
            None => left_out.push(of_email(ImportProblem::NoRoomForAddress)),
        }
    }
    let employer = employer.filter(|name| {
        let known = directory.employer(&name.key);
        known.is_none() || known != current.get(&contact::EMPLOYER).as_reference()
    });
    let claim = Some((n, Name::of(&current).after(&changes)));
    if changes.is_empty() && employer.is_none() {
        return Verdict { left_out, claim, ..Verdict::plain(Decided::Skip(ImportProblem::NothingToChange)) };
    }
    Verdict { left_out, claim, ..Verdict::plain(Decided::Update { n, current, changes, employer }) }
}

fn is_frozen(contact: &Record) -> bool {
    contact.text(&contact::APPROVAL) == contact::REJECTED
}

fn required_but_there(problem: &PlacedProblem, current: &Record) -> bool {
    problem.problem == ImportProblem::Value { problem: Problem::Required }
        && problem
            .field
            .as_deref()
            .and_then(|key| RecordKind::Contact.field(key))
            .is_some_and(|field| !current.get(field).is_empty())
}
