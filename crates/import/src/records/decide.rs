//! What becomes of a row, given the records there are. The dry run and the commit both ask here.

use super::decided::{Decided, File, placed};
use super::students::Students;
use crate::answer::{ImportProblem, PlacedProblem};
use crate::row::{Fixes, unreadable};
use hashbrown::HashMap;
use liaison_domain::field::{CREATED_AT, FieldType};
use liaison_domain::name::{email_key, fold};
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Field, Id, Record, RecordKind, Value, edit, entry, meeting, moment, participation};
use liaison_engine::aliases::contacts_by_alias;
use liaison_engine::records::takes_part_already;
use liaison_queries::named::{By, first_two};
use liaison_queries::{View, employers, rows};
use liaison_store::StoreError;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// The records that rows refer to, looked up once each, and those that are there already.
pub(super) struct Known<'d> {
    /// As whoever imports sees it: contacts hidden from them can't be named.
    view: View<'d>,
    /// By kind and name as the file has it.
    referred: HashMap<(RecordKind, String), Result<Id, ImportProblem>>,
    /// Contacts by their further and former addresses; read once somebody is not found by the first.
    aliases: Option<HashMap<String, Vec<Id>>>,
    /// Students and alumni by address.
    students: Students<'d>,
    /// Fingerprints of the records there are, and of those that rows before became.
    there: HashSet<u64>,
}

fn is_reference(field: &Field) -> bool {
    matches!(field.field_type, FieldType::Reference { .. })
}

impl<'d> Known<'d> {
    /// Without what is there already: for showing rows that were decided before.
    pub(super) fn new(view: &View<'d>, file: &File<'_>, fixes: &Fixes) -> Known<'d> {
        // Students and alumni are hidden from nobody.
        let students = Students::read(view.everything(), file, fixes);
        Known { view: *view, referred: HashMap::new(), aliases: None, students, there: HashSet::new() }
    }

    /// With the fingerprints of all live records of the kind.
    pub(super) fn read(view: &View<'d>, file: &File<'_>, fixes: &Fixes) -> Result<Known<'d>, StoreError> {
        let mut known = Known::new(view, file, fixes);
        if file.kind == RecordKind::Student {
            return Ok(known);
        }
        // What is there is not made twice, whoever imports.
        rows::each_live(view.everything(), file.kind, |record| {
            known.there.insert(fingerprint(file, &record));
            Ok(())
        })?;
        Ok(known)
    }

    /// What becomes of a row, and the values it is imported without.
    pub(super) fn decide(
        &mut self,
        file: &File<'_>,
        fixes: &Fixes,
        row: usize,
    ) -> Result<(Decided, Vec<PlacedProblem>), StoreError> {
        let mut left_out = Vec::new();
        let decided = self.decide_leaving_out(file, fixes, row, &mut left_out)?;
        Ok((decided, left_out))
    }

    fn decide_leaving_out(
        &mut self,
        file: &File<'_>,
        fixes: &Fixes,
        row: usize,
        left_out: &mut Vec<PlacedProblem>,
    ) -> Result<Decided, StoreError> {
        let fixed = fixes.keys().any(|(at, _)| *at == row);
        if file.sheet.is_blank(row) && !fixed {
            return Ok(Decided::Skip(ImportProblem::BlankRow));
        }
        let mut problems = Vec::new();
        if let Some(problem) = file.sheet.row_problem(row) {
            problems.push(PlacedProblem { field: None, column: None, problem: unreadable(problem) });
        }
        let mut record = Record::blank(file.kind, file.actor.staff);
        record.set(&CREATED_AT, Value::Moment(file.now));
        let cell =
            |column: usize| fixes.get(&(row, column)).map_or_else(|| file.sheet.cell(row, column), String::as_str);
        let zone = self.zone(file, &cell);
        for (column, field) in file.columns.iter().enumerate() {
            let Some(field) = field else { continue };
            let plain = file.sheet.plain(cell(column));
            let text = plain.as_deref().unwrap_or_else(|| cell(column)).trim();
            if text.is_empty() {
                continue;
            }
            let read = match field.field_type {
                FieldType::Reference { kind } => self.refer(kind, text)?.map(Value::Reference),
                FieldType::Moment => moment::read(text, zone).map(Value::Moment).map_err(value),
                FieldType::Date => read_day(file, (field, column), text, zone).map_err(value),
                _ => field.read(text).map_err(value),
            };
            match read {
                Ok(value) => record.set(field, value),
                // A user is somebody without it, too. What a name refers to can be added where it stands.
                Err(problem) if file.kind == RecordKind::Student && !field.required && !is_reference(field) => {
                    left_out.push(placed(file, field.key, problem));
                }
                Err(problem) => problems.push(placed(file, field.key, problem)),
            }
        }
        if file.kind == RecordKind::Student
            && problems.is_empty()
            && let Some(decided) = self.students.known(file, row, &record)?
        {
            return Ok(decided);
        }
        let mut missing = Vec::new();
        edit::missing(&record, &mut missing);
        // A field that could not be read is not missing, too.
        missing.retain(|problem| problems.iter().all(|p| p.field.as_deref() != Some(problem.field.as_str())));
        problems.extend(missing.into_iter().map(|p| placed(file, &p.field, value(p.problem))));
        entry::complete(&mut record, &file.actor);
        if let Err(Refusal::Invalid(found)) = entry::check(&record) {
            for FieldProblem { field, problem } in found {
                if problems.iter().all(|p| p.field.as_deref() != Some(field.as_str())) {
                    problems.push(placed(file, &field, value(problem)));
                }
            }
        }
        if !problems.is_empty() {
            return Ok(Decided::Fail(problems));
        }
        if file.kind == RecordKind::Student {
            return Ok(Decided::Create(record));
        }
        if !self.there.insert(fingerprint(file, &record)) || takes_part_already(self.view.everything(), &record)? {
            return Ok(Decided::Skip(ImportProblem::NothingToChange));
        }
        if let Some(problem) = self.misplaced(&record)? {
            return Ok(Decided::Fail(vec![placed(file, participation::PART.key, value(problem))]));
        }
        Ok(Decided::Create(record))
    }

    /// The time zone of a row's moments: its own where it names one, else the institution's.
    fn zone<'c>(&self, file: &File<'_>, cell: &impl Fn(usize) -> &'c str) -> moment::Zone {
        let is_zone = |field: &Option<&'static Field>| field.is_some_and(|field| field.key == meeting::TIME_ZONE.key);
        let named = file.columns.iter().position(is_zone).and_then(|column| moment::zone(cell(column)).ok());
        named.unwrap_or_else(|| self.view.everything().zone())
    }

    /// The record that a text names.
    fn refer(&mut self, kind: RecordKind, text: &str) -> Result<Result<Id, ImportProblem>, StoreError> {
        if let Some(found) = self.referred.get(&(kind, text.to_owned())) {
            return Ok(found.clone());
        }
        let found = self.look_up(kind, text)?;
        self.referred.insert((kind, text.to_owned()), found.clone());
        Ok(found)
    }

    fn look_up(&mut self, kind: RecordKind, text: &str) -> Result<Result<Id, ImportProblem>, StoreError> {
        if let Ok(id) = text.parse::<Id>() {
            let there = self.view.find(kind, id)?.is_some_and(|located| !located.record.is_deleted());
            return Ok(if there { Ok(id) } else { Err(value(Problem::UnknownReference)) });
        }
        // Of what is called the same, hidden or not, none is meant for certain; of contacts see below.
        let db = self.view.everything();
        let found = match kind {
            RecordKind::Contact => self.contacts(&email_key(meeting::guest(text).1))?,
            RecordKind::Employer => match employers::matching(db, text)?.as_slice() {
                [] => employers::merged(db, Some(text))?.into_iter().take(1).map(|(_, id)| id).collect(),
                found => found.to_vec(),
            },
            RecordKind::Staff if text.contains('@') => first_two(db, kind, By::Address, &fold(text))?,
            RecordKind::Staff => first_two(db, kind, By::FullName, text)?,
            RecordKind::UserGroup => first_two(db, kind, By::Name, text)?,
            RecordKind::Meeting | RecordKind::Event | RecordKind::InterviewSchedule => {
                first_two(db, kind, By::Title, text)?
            }
            _ => Vec::new(),
        };
        Ok(match found.as_slice() {
            [] => Err(value(Problem::UnknownReference)),
            [only] => Ok(*only),
            _ if kind == RecordKind::Contact => Err(ImportProblem::AmbiguousEmail),
            _ => Err(ImportProblem::AmbiguousName),
        })
    }

    /// The contacts with this address, or else those who have it as a further or a former one.
    fn contacts(&mut self, key: &str) -> Result<Vec<Id>, StoreError> {
        let mut seen = Vec::new();
        for id in self.contacts_of(key)? {
            if !self.view.is_hidden(RecordKind::Contact, id)? {
                seen.push(id);
            }
        }
        Ok(seen)
    }

    fn contacts_of(&mut self, key: &str) -> Result<Vec<Id>, StoreError> {
        // An address is had by whoever has it; who is hidden is left out of what is found.
        let db = self.view.everything();
        let found = first_two(db, RecordKind::Contact, By::AddressKey, key)?;
        if !found.is_empty() || key.is_empty() {
            return Ok(found);
        }
        let aliases = match self.aliases.take() {
            Some(aliases) => aliases,
            None => contacts_by_alias(db)?,
        };
        let found = aliases.get(key).cloned().unwrap_or_default();
        self.aliases = Some(aliases);
        Ok(found)
    }

    /// Additional Contacts are named on registrations for job fairs only.
    fn misplaced(&self, record: &Record) -> Result<Option<Problem>, StoreError> {
        match liaison_engine::records::check_participation(self.view.everything(), record) {
            Err(StoreError::Refused(Refusal::Invalid(problems))) => Ok(problems.into_iter().next().map(|p| p.problem)),
            other => other.map(|()| None),
        }
    }
}

/// A day, or the day of a moment: spreadsheets like to add a time.
fn read_day(
    file: &File<'_>,
    (field, column): (&Field, usize),
    text: &str,
    zone: moment::Zone,
) -> Result<Value, Problem> {
    field.read(text).or_else(|problem| {
        let day = moment::day(text, zone).ok().map(Value::text);
        let usual = || file.sheet.date(column, text).and_then(|date| field.read(&date).ok());
        // A moment is a day where its own zone has one; a day without a time is what its column makes of it.
        if text.contains(':') { day.or_else(usual) } else { usual().or(day) }.ok_or(problem)
    })
}

fn value(problem: Problem) -> ImportProblem {
    ImportProblem::Value { problem }
}

/// What two records have in common that say the same in the columns of the file. Nobody takes part twice in the same
/// part, whatever came of it.
fn fingerprint(file: &File<'_>, record: &Record) -> u64 {
    let mut hasher = DefaultHasher::new();
    let of_part = [participation::STATUS.number, participation::REMARK.number];
    for field in file.columns.iter().flatten() {
        if file.kind != RecordKind::Participation || !of_part.contains(&field.number) {
            record.get(field).hash(&mut hasher);
        }
    }
    hasher.finish()
}
