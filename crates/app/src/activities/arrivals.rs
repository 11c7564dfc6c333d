//! Activities with the people named on them, as one operation: those who are no contacts yet become contacts.

use crate::aliases::contacts_by_alias;
use crate::caseload;
use crate::entries::entered_by_hand;
use crate::error::CommandError;
use crate::forms;
use crate::moment::ids;
use crate::records::takes_part_already;
use crate::records::{check_record, edit_record};
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use liaison_domain::arrival::{self, Place};
use liaison_domain::edit::{FieldEdit, draft};
use liaison_domain::field::{CREATED_AT, DELETED_AT};
use liaison_domain::id::IdSequence;
use liaison_domain::name::email_key;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{Problem, Refusal};
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, Value, contact, entry, participation};
use liaison_queries::View;
use liaison_queries::named::{self, By};
use liaison_store::{Db, Recorder, StoreError, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashMap;

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

/// Adds an activity together with the people on it.
pub async fn activity_create(
    session: &Session,
    kind: RecordKind,
    values: &HashMap<String, FieldValue>,
    people: &[NamedPerson],
) -> Result<Created, CommandError> {
    entered_by_hand(kind)?;
    caseload::permit_kind(&session.actor(), kind)?;
    permit_people(session, !people.is_empty())?;
    let now = session.now();
    let mut ids = ids(now);
    let id = ids.next_id();
    let work = |recorder: &mut Recorder<'_>| {
        let registry = recorder.db().registry();
        let mut values = values.clone();
        let mut known = Vec::with_capacity(people.len());
        for person in people {
            let place = placed(kind, person)?;
            let (contact, is_new) = match identify(&session.view(recorder.db()), person)? {
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
        entry::complete(&mut record, &session.actor());
        entry::check(&record)?;
        caseload::permit_activity(recorder.db(), &session.actor(), &record)?;
        for (person, place, contact, is_new) in &known {
            if *is_new {
                arrive(session, recorder, &record, *place, *contact, &person.person, now as i64)?;
            }
        }
        check_record(&session.view(recorder.db()), &record)?;
        recorder.create(&record)?;
        for (_, place, contact, _) in known {
            if let Place::Part(part) = place {
                take_part(session, recorder, &record, part, contact, &mut ids, now as i64)?;
            }
        }
        Ok(())
    };
    let ((), operation) = session.commit(Step::new(OperationKind::RecordsCreate), work).await?;
    Created::by(id, operation)
}

/// Edits an activity together with the people on it: `people` come, the participations `leaving` go.
pub async fn activity_edit(
    session: &Session,
    kind: RecordKind,
    id: Id,
    edits: &[FieldEdit],
    people: &[NamedPerson],
    leaving: &[Id],
) -> Result<Done, CommandError> {
    entered_by_hand(kind)?;
    caseload::permit_kind(&session.actor(), kind)?;
    permit_people(session, !people.is_empty() || !leaving.is_empty())?;
    let now = session.now();
    let mut ids = ids(now);
    let work = |recorder: &mut Recorder<'_>| {
        let mut changed = edit_record(recorder, &session.viewer(), kind, id, edits)?;
        let located = table::get(recorder.db(), kind, id)?;
        for person in people {
            let place = placed(kind, person)?;
            let contact = match identify(&session.view(recorder.db()), person)? {
                Some(contact) => contact,
                None => {
                    let contact = ids.next_id();
                    arrive(session, recorder, &located.record, place, contact, &person.person, now as i64)?;
                    contact
                }
            };
            match place {
                Place::Part(part) => {
                    changed += take_part(session, recorder, &located.record, part, contact, &mut ids, now as i64)?;
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
    let committed = session.commit(Step::new(OperationKind::RecordsEdit), work).await;
    let (changed, operation) = match committed {
        Err(CommandError::Conflict { fields }) => {
            return Err(forms::tell_who_changed(session, kind, id, fields).await?);
        }
        other => other?,
    };
    Ok(Done { operation, changed: changed.min(1), skipped: u32::from(changed == 0), users: 0 })
}

/// Contacts come, and come and go, by those who edit contacts.
fn permit_people(session: &Session, any: bool) -> Result<(), CommandError> {
    if any { Ok(session.actor().require(Permission::EditContacts)?) } else { Ok(()) }
}

/// The contact that is meant: the one named, or the one who has, or had, the address. Who is hidden from the person
/// at the desk is nobody they could name; the address stays taken.
fn identify(view: &View<'_>, person: &NamedPerson) -> Result<Option<Id>, StoreError> {
    if let Some(contact) = person.contact {
        view.require(RecordKind::Contact, contact)?;
        return Ok(Some(contact));
    }
    let Some(FieldValue::Text(address)) = person.person.get(contact::EMAIL.key) else { return Ok(None) };
    // The address is had by whoever has it.
    let found = contacts_of_address(view.everything(), address)?;
    Ok(found.into_iter().find(|id| view.require(RecordKind::Contact, *id).is_ok()))
}

/// Somebody new: a contact with the source that says where the first interaction was.
fn arrive(
    session: &Session,
    recorder: &mut Recorder<'_>,
    of: &Record,
    place: Place,
    id: Id,
    person: &HashMap<String, FieldValue>,
    now: i64,
) -> Result<(), StoreError> {
    let given = person.iter().map(|(key, value)| (key.as_str(), value));
    let mut record = arrival::arriving(recorder.db().registry(), of, place, id, now, given)?;
    record.set(&contact::ADDED_BY, arrival::added_by(of).as_str());
    if record.get(&contact::EMPLOYER).is_empty()
        && let Some(employer) = of.kind.field(contact::EMPLOYER.key)
    {
        record.set(&contact::EMPLOYER, of.get(employer).clone());
    }
    entry::complete(&mut record, &session.actor());
    check_record(&session.view(recorder.db()), &record)?;
    recorder.create(&record)
}

/// Lets a contact take part, unless it does already. How many participations were added.
fn take_part(
    session: &Session,
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
    entry::complete(&mut record, &session.actor());
    entry::check(&record)?;
    if takes_part_already(recorder.db(), &record)? {
        return Ok(0);
    }
    check_record(&session.view(recorder.db()), &record)?;
    recorder.create(&record)?;
    Ok(1)
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
    let found = named::first_two(db, RecordKind::Contact, By::AddressKey, &key)?;
    if !found.is_empty() { Ok(found) } else { Ok(contacts_by_alias(db)?.remove(&key).unwrap_or_default()) }
}
