//! Activities with the people named on them, as one operation: those who are no contacts yet become contacts.

use crate::desk::{Desk, ids};
use crate::error::CommandError;
use crate::records::{Created, Done, check_record, edit_record, entered_by_hand};
use liaison_domain::arrival::{self, Place};
use liaison_domain::edit::{FieldEdit, draft};
use liaison_domain::field::{CREATED_AT, DELETED_AT};
use liaison_domain::id::IdSequence;
use liaison_domain::name::email_key;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, Value, contact, entry, participation};
use liaison_store::{Db, Recorder, Sql, StoreError, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashMap;
use std::sync::Arc;

/// Somebody named on an activity: a contact, or a person who may be one already or becomes one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct NamedPerson {
    /// Where: the key of a field that refers to a contact ("supervisor"), or a part ("interviewer").
    pub place: String,
    /// The contact, where that is known.
    pub contact: Option<Id>,
    /// Name, address and so on by key; looked up by the address, also by former ones, before anybody is added.
    pub person: HashMap<String, FieldValue>,
}

impl Desk {
    /// Adds an activity together with the people on it.
    pub async fn activity_create(
        self: &Arc<Self>,
        kind: RecordKind,
        values: &HashMap<String, FieldValue>,
        people: &[NamedPerson],
    ) -> Result<Created, CommandError> {
        entered_by_hand(kind)?;
        self.actor.require(Permission::EditContacts)?;
        let now = self.now();
        let mut ids = ids(now);
        let id = ids.next_id();
        let work = |recorder: &mut Recorder<'_>| {
            let registry = recorder.db().registry();
            let mut values = values.clone();
            let mut known = Vec::with_capacity(people.len());
            for person in people {
                let place = placed(kind, person)?;
                let (contact, is_new) = match self.identify(recorder.db(), person)? {
                    Some(contact) => (contact, false),
                    None => (ids.next_id(), true),
                };
                if let Place::Field(field) = place {
                    values.insert(field.key.to_owned(), FieldValue::Text(contact.to_string()));
                }
                known.push((person, place, contact, is_new));
            }
            let given = values.iter().map(|(key, value)| (key.as_str(), value));
            let mut record = draft(registry, kind, id, now as i64, given)?;
            entry::complete(&mut record, &self.actor);
            entry::check(&record)?;
            for (person, place, contact, is_new) in &known {
                if *is_new {
                    self.arrive(recorder, &record, *place, *contact, &person.person, now as i64)?;
                }
            }
            check_record(recorder.db(), &self.viewer(), &record)?;
            recorder.create(&record)?;
            for (_, place, contact, _) in known {
                if let Place::Part(part) = place {
                    self.take_part(recorder, &record, part, contact, &mut ids, now as i64)?;
                }
            }
            Ok(())
        };
        let ((), operation) = self.commit(OperationKind::RecordsCreate, String::new(), None, work).await?;
        Created::by(id, operation)
    }

    /// Edits an activity together with the people on it: `people` come, the participations `leaving` go.
    pub async fn activity_edit(
        self: &Arc<Self>,
        kind: RecordKind,
        id: Id,
        edits: &[FieldEdit],
        people: &[NamedPerson],
        leaving: &[Id],
    ) -> Result<Done, CommandError> {
        entered_by_hand(kind)?;
        self.actor.require(Permission::EditContacts)?;
        let now = self.now();
        let mut ids = ids(now);
        let work = |recorder: &mut Recorder<'_>| {
            self.require_shown(recorder.db(), kind, id)?;
            let mut changed = edit_record(recorder, &self.viewer(), kind, id, edits)?;
            let located = table::get(recorder.db(), kind, id)?;
            for person in people {
                let place = placed(kind, person)?;
                let contact = match self.identify(recorder.db(), person)? {
                    Some(contact) => contact,
                    None => {
                        let contact = ids.next_id();
                        self.arrive(recorder, &located.record, place, contact, &person.person, now as i64)?;
                        contact
                    }
                };
                match place {
                    Place::Part(part) => {
                        changed += self.take_part(recorder, &located.record, part, contact, &mut ids, now as i64)?;
                    }
                    Place::Field(field) => {
                        let change = located.record.change(field, Value::Reference(contact));
                        recorder.update(kind, located.n, id, change.as_slice())?;
                        changed += u32::from(change.is_some());
                    }
                }
            }
            for leaving in leaving {
                let gone = table::get(recorder.db(), RecordKind::Participation, *leaving)?;
                let of_this =
                    participation::place(kind).is_some_and(|place| gone.record.get(place).as_reference() == Some(id));
                if !of_this {
                    return Err(StoreError::NotFound("participation"));
                }
                if !gone.record.is_deleted() {
                    let deletion = gone.record.change(&DELETED_AT, Value::Moment(now as i64));
                    recorder.update(RecordKind::Participation, gone.n, *leaving, deletion.as_slice())?;
                    changed += 1;
                }
            }
            Ok(changed)
        };
        let committed = self.commit(OperationKind::RecordsEdit, String::new(), None, work).await;
        let (changed, operation) = match committed {
            Err(CommandError::Conflict { fields }) => return Err(self.tell_who_changed(kind, id, fields).await?),
            other => other?,
        };
        Ok(Done { operation, changed: changed.min(1), skipped: u32::from(changed == 0), users: 0 })
    }

    /// The contact that is meant: the one named, or the one who has, or had, the address. Who is hidden from the person
    /// at the desk is nobody they could name; the address stays taken.
    fn identify(&self, db: &Db<'_>, person: &NamedPerson) -> Result<Option<Id>, StoreError> {
        if let Some(contact) = person.contact {
            self.require_seen(db, contact)?;
            return Ok(Some(contact));
        }
        let Some(FieldValue::Text(address)) = person.person.get(contact::EMAIL.key) else { return Ok(None) };
        let found = contacts_of_address(db, address)?;
        Ok(found.into_iter().find(|id| self.require_seen(db, *id).is_ok()))
    }

    /// Somebody new: a contact with the source that says where the first interaction was.
    fn arrive(
        &self,
        recorder: &mut Recorder<'_>,
        of: &Record,
        place: Place,
        id: Id,
        person: &HashMap<String, FieldValue>,
        now: i64,
    ) -> Result<(), StoreError> {
        let given = person.iter().map(|(key, value)| (key.as_str(), value));
        let mut record = draft(recorder.db().registry(), RecordKind::Contact, id, now, given)?;
        let source = arrival::source(of, place);
        record.set(&contact::SOURCE, source);
        record.set(&contact::ADDED_BY, arrival::added_by(of).as_str());
        let pending = arrival::waits(source);
        record.set(&contact::APPROVAL, if pending { contact::PENDING } else { contact::APPROVED });
        if record.get(&contact::EMPLOYER).is_empty()
            && let Some(employer) = of.kind.field(contact::EMPLOYER.key)
        {
            record.set(&contact::EMPLOYER, of.get(employer).clone());
        }
        entry::complete(&mut record, &self.actor);
        check_record(recorder.db(), &self.viewer(), &record)?;
        recorder.create(&record)
    }

    /// Lets a contact take part, unless it does already. How many participations were added.
    fn take_part(
        &self,
        recorder: &mut Recorder<'_>,
        of: &Record,
        part: &str,
        contact: Id,
        ids: &mut IdSequence,
        now: i64,
    ) -> Result<u32, StoreError> {
        let Some(place) = participation::place(of.kind) else { return Ok(0) };
        let mut record = Record::blank(RecordKind::Participation, ids.next_id());
        record.set(&CREATED_AT, Value::Moment(now));
        record.set(&participation::CONTACT, contact);
        record.set(&participation::PART, part);
        record.set(place, of.id);
        entry::complete(&mut record, &self.actor);
        entry::check(&record)?;
        if takes_part_already(recorder.db(), &record)? {
            return Ok(0);
        }
        check_record(recorder.db(), &self.viewer(), &record)?;
        recorder.create(&record)?;
        Ok(1)
    }
}

fn placed(kind: RecordKind, person: &NamedPerson) -> Result<Place, StoreError> {
    Place::named(kind, &person.place).ok_or_else(|| Refusal::of(person.place.clone(), Problem::UnknownField).into())
}

/// The contacts with this address, or else those who have it as a further or a former one.
fn contacts_of_address(db: &Db<'_>, address: &str) -> Result<Vec<Id>, StoreError> {
    let key = email_key(address.trim());
    if key.is_empty() {
        return Ok(Vec::new());
    }
    let first = "SELECT id FROM contact WHERE email_key=? AND deleted_at IS NULL ORDER BY n LIMIT 2";
    let found = db.all(first, &[Sql::Text(&key)], |row| {
        Id::from_bytes(row.blob(0)).ok_or_else(|| StoreError::Damaged("a contact's id".into()))
    })?;
    if !found.is_empty() { Ok(found) } else { Ok(contacts_by_alias(db)?.remove(&key).unwrap_or_default()) }
}

/// The contacts by their further and former addresses.
pub(crate) fn contacts_by_alias(db: &Db<'_>) -> Result<hashbrown::HashMap<String, Vec<Id>>, StoreError> {
    let mut aliases: hashbrown::HashMap<String, Vec<Id>> = hashbrown::HashMap::new();
    let mut rows = db.prepare(
        "SELECT id,email_2,email_3,former_emails FROM contact WHERE deleted_at IS NULL
            AND (email_2 IS NOT NULL OR email_3 IS NOT NULL OR former_emails IS NOT NULL) ORDER BY n",
    )?;
    while rows.step()? {
        let id = Id::from_bytes(rows.blob(0)).ok_or_else(|| StoreError::Damaged("a contact's id".into()))?;
        let former = match table::value(&rows, 3, &contact::FORMER_EMAILS) {
            Value::List(former) => former,
            _ => Vec::new(),
        };
        for address in [rows.text(1), rows.text(2)].into_iter().chain(former.iter().map(String::as_str)) {
            let contacts = aliases.entry(email_key(address)).or_default();
            if !address.is_empty() && !contacts.contains(&id) {
                contacts.push(id);
            }
        }
    }
    Ok(aliases)
}

/// Whether the contact of a participation takes part in the same thing, in the same part, already.
pub(crate) fn takes_part_already(db: &Db<'_>, record: &Record) -> Result<bool, StoreError> {
    let places = [&participation::MEETING, &participation::EVENT, &participation::INTERVIEW_SCHEDULE];
    let Some((place, id)) = places.iter().find_map(|place| Some((place, record.get(place).as_reference()?))) else {
        return Ok(false);
    };
    let Some(contact) = record.get(&participation::CONTACT).as_reference() else { return Ok(false) };
    let sql = format!(
        "SELECT EXISTS(SELECT 1 FROM participation WHERE contact=? AND {}=? AND part=? AND deleted_at IS NULL AND id<>?)",
        place.key
    );
    let part = record.text(&participation::PART);
    let bound = [Sql::Blob(contact.bytes()), Sql::Blob(id.bytes()), Sql::Text(part), Sql::Blob(record.id.bytes())];
    Ok(db.number(&sql, &bound)? == 1)
}
