//! Merging records that mean the same person or the same employer (M18): which values the one that stays ends up with.
//!
//! Values people choose between come from the record they choose; without a choice from the survivor, or else from the
//! first of the others that has one. Lists and descriptions are united. Addresses and phone numbers that were not
//! chosen find another place on the survivor, so that nothing by which a person was reached is lost. What the desk
//! decided is no choice: the source is that of the oldest record (M47), and who was in the directory stays there.

mod doubles;
mod reach;
mod texts;

pub use doubles::absorb;

use liaison_domain::contact::{self, APPROVED, PENDING};
use liaison_domain::edit::{self, frozen};
use liaison_domain::employer;
use liaison_domain::employer_match::is_claimed;
use liaison_domain::field::{Field, FieldType};
use liaison_domain::id::Id;
use liaison_domain::journal::FieldChange;
use liaison_domain::kind::RecordKind;
use liaison_domain::name::fold;
use liaison_domain::operation::OperationKind;
use liaison_domain::record::Record;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::registry::Registry;
use liaison_domain::value::Value;
use std::collections::BTreeMap;
use texts::united_texts;

/// Most records merged at once, the survivor among them.
pub const MOST: usize = 50;

/// From which record the value of a field comes, by number of the field.
pub type Choices = BTreeMap<u16, Id>;

/// Fields whose values are one address: taken from several records they would name a place that there is not.
const BLOCKS: &[&[&Field]] = &[
    &[&contact::STREET, &contact::CITY, &contact::REGION, &contact::POSTAL_CODE, &contact::COUNTRY],
    &[
        &contact::HOME_STREET,
        &contact::HOME_CITY,
        &contact::HOME_REGION,
        &contact::HOME_POSTAL_CODE,
        &contact::HOME_COUNTRY,
    ],
];

/// As [`BLOCKS`], of employers.
const EMPLOYER_BLOCKS: &[&[&Field]] =
    &[&[&employer::STREET, &employer::CITY, &employer::REGION, &employer::POSTAL_CODE, &employer::COUNTRY]];

/// The records to merge.
pub struct Merge<'r> {
    registry: &'r Registry,
    /// The survivor first.
    records: Vec<&'r Record>,
    /// Numbers of yes/no attributes that are yes where any record says so, for example "Do not email".
    cautious: Vec<u16>,
}

impl<'r> Merge<'r> {
    /// Takes the survivor and the others; one named twice counts once. `cautious` are the numbers of yes/no attributes
    /// that stay yes where any of the records says yes.
    ///
    /// Refuses fewer than two and more than [`MOST`] records, and rejected contacts: their data is frozen (M27), also
    /// against being merged away.
    pub fn of(
        registry: &'r Registry,
        survivor: &'r Record,
        others: &'r [Record],
        cautious: &[u16],
    ) -> Result<Merge<'r>, Refusal> {
        let mut records = vec![survivor];
        for other in others {
            if !records.iter().any(|have| have.id == other.id) {
                records.push(other);
            }
        }
        let problem = match records.len() {
            ..2 => Some(Problem::Required),
            2..=MOST => None,
            _ => Some(Problem::TooMany { most: MOST as u32 }),
        };
        if let Some(problem) = problem {
            return Err(Refusal::of("others", problem));
        }
        for record in &records {
            frozen(record)?;
        }
        Ok(Merge { registry, records, cautious: cautious.to_vec() })
    }

    /// The survivor and the others, each once.
    pub fn records(&self) -> &[&'r Record] {
        &self.records
    }

    /// What kind of operation it is. Taking a pending contact out of the queue this way decides about it.
    pub fn operation(&self) -> OperationKind {
        let approval = |wanted| self.records.iter().any(|record| record.text(&contact::APPROVAL) == wanted);
        match self.records[0].kind {
            RecordKind::Employer => OperationKind::EmployersMerge,
            _ if approval(PENDING) && approval(APPROVED) => OperationKind::ContactsApproveInto,
            _ => OperationKind::ContactsMerge,
        }
    }

    /// The fields people choose a value of, in the order they are shown.
    pub fn choosable(&self) -> impl Iterator<Item = &'static Field> + use<'r> {
        let kind = self.records[0].kind;
        self.registry.fields(kind).filter(move |field| is_choosable(kind, field))
    }

    /// The survivor as it is afterwards.
    ///
    /// Refuses choices of fields that nobody chooses, of records that are not among these, and those that leave a
    /// required field empty.
    pub fn merged(&self, choices: &Choices) -> Result<Record, Refusal> {
        let survivor = self.records[0];
        let chosen = self.chosen(choices)?;
        let mut merged = survivor.clone();
        for field in self.choosable() {
            let value = match chosen.get(&field.number) {
                Some(record) => record.get(field).clone(),
                None => self.proposed(field),
            };
            merged.set(field, value);
        }
        let blocks = if survivor.kind == RecordKind::Employer { EMPLOYER_BLOCKS } else { BLOCKS };
        for block in blocks {
            self.unite_address(block, &chosen, &mut merged);
        }
        if survivor.kind == RecordKind::Contact {
            reach::unite(&self.records, &chosen, &mut merged);
            self.decided(&mut merged);
        }
        // What one of them is known to be, all are: they are one employer.
        if survivor.kind == RecordKind::Employer
            && is_claimed(&merged)
            && let Some(known) = self.records.iter().find(|record| !is_claimed(record))
        {
            merged.set(&employer::CONFIRMATION, known.get(&employer::CONFIRMATION).clone());
        }
        let mut problems = Vec::new();
        edit::missing(&merged, &mut problems);
        if problems.is_empty() { Ok(merged) } else { Err(Refusal::Invalid(problems)) }
    }

    /// What changes on the survivor.
    pub fn changes(&self, merged: &Record) -> Vec<FieldChange> {
        let survivor = self.records[0];
        let fields = self.registry.fields(survivor.kind);
        fields.filter_map(|field| survivor.change(field, merged.get(field).clone())).collect()
    }

    fn chosen(&self, choices: &Choices) -> Result<BTreeMap<u16, &'r Record>, Refusal> {
        let kind = self.records[0].kind;
        let (mut chosen, mut problems) = (BTreeMap::new(), Vec::new());
        for (number, id) in choices {
            let field = self.registry.numbered(kind, *number);
            let key = || field.map_or_else(|| number.to_string(), |field| field.key.to_owned());
            let record = self.records.iter().find(|record| record.id == *id);
            let problem = match (field, record) {
                (None, _) => Problem::UnknownField,
                (Some(field), _) if !is_choosable(kind, field) => Problem::NotEditable,
                (_, None) => Problem::UnknownReference,
                (_, Some(record)) => {
                    chosen.insert(*number, *record);
                    continue;
                }
            };
            problems.push(FieldProblem { field: key(), problem });
        }
        if problems.is_empty() { Ok(chosen) } else { Err(Refusal::Invalid(problems)) }
    }

    /// The value without a choice.
    fn proposed(&self, field: &Field) -> Value {
        let mut values = self.records.iter().map(|record| record.get(field)).filter(|value| !value.is_empty());
        match field.field_type {
            FieldType::List => united_lists(values),
            FieldType::LongText { max } if is_description(field) => united_texts(values, max as usize),
            FieldType::Flag if self.cautious.contains(&field.number) => {
                let yes = values.clone().find(|value| value.as_flag());
                yes.or_else(|| values.next()).cloned().unwrap_or_default()
            }
            _ => values.next().cloned().unwrap_or_default(),
        }
    }

    /// The survivor's address, completed only by addresses that don't contradict it.
    fn unite_address(&self, block: &[&Field], chosen: &BTreeMap<u16, &Record>, merged: &mut Record) {
        let open: Vec<&Field> = block.iter().copied().filter(|field| !chosen.contains_key(&field.number)).collect();
        for field in &open {
            merged.set(field, Value::Empty);
        }
        for record in &self.records {
            let agrees = block.iter().all(|field| {
                let (have, theirs) = (merged.get(field), record.get(field));
                have.is_empty() || theirs.is_empty() || fold(have.as_text()) == fold(theirs.as_text())
            });
            if agrees {
                for field in open.iter().filter(|field| !record.get(field).is_empty()) {
                    if merged.get(field).is_empty() {
                        merged.set(field, record.get(field).clone());
                    }
                }
            }
        }
    }

    /// What is no choice: source (M47), approval.
    fn decided(&self, merged: &mut Record) {
        let oldest = self.records.iter().min_by_key(|record| (record.created_at().unwrap_or(i64::MAX), record.id));
        if let Some(oldest) = oldest {
            merged.set(&contact::SOURCE, oldest.get(&contact::SOURCE).clone());
            for field in [&contact::ADDED_BY, &contact::ADDED_BY_USER, &contact::ADDED_BY_STUDENT] {
                merged.set(field, oldest.get(field).clone());
            }
        }
        if self.records.iter().any(|record| record.text(&contact::APPROVAL) == APPROVED) {
            merged.set(&contact::APPROVAL, APPROVED);
        }
    }
}

/// Whether people choose the value of a field. Former addresses are kept all.
fn is_choosable(kind: RecordKind, field: &Field) -> bool {
    match kind {
        RecordKind::Contact => field.editable && field.number != contact::FORMER_EMAILS.number,
        RecordKind::Employer => field.editable || field.number == employer::PRIMARY_CONTACT.number,
        _ => false,
    }
}

fn is_description(field: &Field) -> bool {
    field.key == contact::DESCRIPTION.key
}

/// Every item of the lists once, in the order they come.
fn united_lists<'v>(values: impl Iterator<Item = &'v Value>) -> Value {
    let mut united: Vec<String> = Vec::new();
    for value in values {
        if let Value::List(items) = value {
            for item in items {
                if !united.iter().any(|have| fold(have) == fold(item)) {
                    united.push(item.clone());
                }
            }
        }
    }
    if united.is_empty() { Value::Empty } else { Value::List(united) }
}

#[cfg(test)]
mod tests;
