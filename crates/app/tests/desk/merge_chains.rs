//! Merging random people with random things that refer to them: taken back it is the identity, also in part.

use crate::common::{TestDesk, desk, go_on};
use liaison_app::merge::FieldChoices;
use liaison_app::{contacts, merge, notes, undo};
use liaison_domain::field::{CREATED_AT, DELETED_AT, FieldType};
use liaison_domain::undo::{ConflictReason, UndoMode};
use liaison_domain::{Field, Id, Record, RecordKind, Value, contact, employer, note, participation};
use liaison_store::table;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::{BTreeMap, BTreeSet};

/// Random decisions, read one by one; an empty tape decides 0, so that shrinking makes small worlds.
struct Tape<'t>(std::slice::Iter<'t, u8>);

impl Tape<'_> {
    fn pick(&mut self, of: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % of.max(1)
    }

    fn chance(&mut self, of: usize) -> bool {
        self.pick(of) == 1
    }
}

/// Every record of every kind, also those in the trash.
async fn everything(desk: &TestDesk) -> BTreeMap<(RecordKind, Id), Record> {
    let all = desk.database().read(|db| {
        let mut all = BTreeMap::new();
        for kind in RecordKind::ALL {
            let sql = format!("SELECT id,{} FROM {}", table::columns(db.registry(), kind), kind.key());
            for record in
                db.all(&sql, &[], |row| table::record(row, 1, kind, Id::from_bytes(row.blob(0)).expect("an id")))?
            {
                all.insert((kind, record.id), record);
            }
        }
        Ok(all)
    });
    all.await.expect("records")
}

/// The tables themselves, with their derived columns.
async fn tables(desk: &TestDesk) -> BTreeMap<String, Vec<String>> {
    let mut rows = desk.rows().await;
    rows.retain(|table, _| !["operation", "change", "row_change"].contains(&table.as_str()));
    rows
}

/// A value for a field out of few, so that records agree and differ.
fn value(field: &Field, tape: &mut Tape<'_>, known: &BTreeMap<RecordKind, Vec<Id>>) -> Value {
    let n = tape.pick(5);
    if n == 0 && !field.required {
        return Value::Empty;
    }
    match field.field_type {
        FieldType::Text { .. } | FieldType::LongText { .. } => Value::text(format!("{} {n}", field.key)),
        FieldType::Email => Value::text(format!("m{}@pool.example", tape.pick(200))),
        FieldType::Phone => Value::text(format!("+32 9 555 01 0{n}")),
        FieldType::Url => Value::text(format!("https://{n}.example")),
        FieldType::Choice { choices } => {
            choices.get(n % choices.len().max(1)).map_or(Value::Empty, |c| Value::from(*c))
        }
        FieldType::Flag => Value::Flag(n > 2),
        FieldType::Number => Value::Number(n as i64),
        FieldType::Date => Value::text(format!("2026-01-0{n}")),
        FieldType::Moment => Value::Moment(n as i64),
        FieldType::List => Value::List(vec![format!("item {n}"), format!("item {}", tape.pick(3))]),
        FieldType::Reference { kind } => match known.get(&kind) {
            Some(ids) => Value::Reference(ids[tape.pick(ids.len())]),
            None => Value::Empty,
        },
    }
}

/// People, employers, users, and a record of every kind that refers to one of them, twice.
async fn world(tape: &mut Tape<'_>) -> (TestDesk, BTreeMap<RecordKind, Vec<Id>>) {
    let desk = desk().await;
    let mut known: BTreeMap<RecordKind, Vec<Id>> = BTreeMap::new();
    known.insert(RecordKind::Staff, vec![desk.actor().staff]);
    let registry = desk.registry();
    use RecordKind::*;
    let order = [
        Employer,
        Employer,
        Employer,
        Contact,
        Contact,
        Contact,
        Contact,
        Contact,
        EmployerUser,
        Meeting,
        Event,
        InterviewSchedule,
        Note,
        Note,
        Task,
        Task,
        Participation,
        Participation,
        Participation,
        Participation,
        JobListing,
        Experience,
        Email,
        Employment,
        Employment,
        DistinctPair,
        DistinctPair,
    ];
    for (at, kind) in order.into_iter().enumerate() {
        let mut record = Record::blank(kind, desk.new_id());
        record.set(&CREATED_AT, Value::Moment(at as i64));
        for field in registry.fields(kind).filter(|field| ![1, 2].contains(&field.number) && field.key != "merged_into")
        {
            record.set(field, value(field, tape, &known));
        }
        if kind == Contact {
            // Few are pending; none is rejected, for those are refused.
            record.set(&contact::APPROVAL, if tape.chance(4) { contact::PENDING } else { contact::APPROVED });
            record.set(&contact::EMAIL, format!("own{at}@pool.example").as_str());
        } else if tape.chance(6) {
            record.set(&DELETED_AT, Value::Moment(77));
        }
        if kind == Participation {
            // In one thing, mostly the same.
            record.set(&participation::PART, participation::ATTENDEE);
            record.set(&participation::MEETING, Value::Empty);
            record.set(&participation::INTERVIEW_SCHEDULE, Value::Empty);
        }
        desk.write(|recorder| recorder.create(&record)).await;
        known.entry(kind).or_default().push(record.id);
    }
    for employer in known[&RecordKind::Employer].clone() {
        let people = desk.live(RecordKind::Contact).await;
        let own: Vec<Id> = people
            .values()
            .filter(|p| p.get(&contact::EMPLOYER).as_reference() == Some(employer))
            .map(|p| p.id)
            .collect();
        let before = desk.record(RecordKind::Employer, employer).await;
        if own.is_empty() || before.is_deleted() || tape.chance(3) {
            continue;
        }
        let primary = before.change(&employer::PRIMARY_CONTACT, own[tape.pick(own.len())]);
        desk.write(|recorder| {
            let n = table::get(recorder.db(), RecordKind::Employer, employer)?.n;
            recorder.update(RecordKind::Employer, n, employer, primary.as_slice())
        })
        .await;
    }
    (desk, known)
}

/// Merges some people, or employers, with random choices.
async fn merge(desk: &TestDesk, kind: RecordKind, tape: &mut Tape<'_>) -> Option<Id> {
    let live: Vec<Id> = desk.live(kind).await.into_keys().collect();
    if live.len() < 2 {
        return None;
    }
    let survivor = live[tape.pick(live.len())];
    let count = 1 + tape.pick(3);
    let others: Vec<Id> = (0..count).map(|_| live[tape.pick(live.len())]).filter(|id| *id != survivor).collect();
    if others.is_empty() {
        return None;
    }
    let said = merge::merge_preview(desk, kind, survivor, &others, &FieldChoices::new()).await.expect("a preview");
    let choosable: Vec<_> = said.fields.iter().filter(|field| field.choosable).collect();
    let mut choices = FieldChoices::new();
    for _ in 0..tape.pick(5) {
        let field = choosable[tape.pick(choosable.len())];
        let from = tape.pick(said.records.len());
        if !["first_name", "last_name", "email", "name"].contains(&field.field.as_str())
            || !matches!(field.values[from].value, liaison_domain::parse::FieldValue::Empty(_))
        {
            choices.insert(field.field.clone(), said.records[from].id);
        }
    }
    let said = merge::merge_preview(desk, kind, survivor, &others, &choices).await.expect("a preview");
    let done = match kind {
        RecordKind::Employer => merge::employers_merge(desk, survivor, &others, &choices).await,
        _ => merge::contacts_merge(desk, survivor, &others, &choices).await,
    };
    let done = done.expect("merged");
    assert_eq!(done.changed as usize + 1, said.records.len());
    let merged = desk.record(kind, survivor).await;
    for field in &said.fields {
        let declared = desk.registry().field(kind, &field.field).expect("a field");
        assert_eq!(field.result.value, merged.get(declared).into(), "{}: the preview said so", field.field);
    }
    for other in &others {
        for (referring, field) in kind.referring() {
            let sql = format!("SELECT count(*) FROM {} WHERE {}=?", referring.key(), field.key);
            let left = desk.database().read(|db| db.number(&sql, &[liaison_store::Sql::Blob(other.bytes())]));
            assert_eq!(left.await.expect("a count"), 0, "no {} refers to who is gone", referring.key());
        }
    }
    done.operation
}

/// Changes a few values, whoever they are of, past the use cases: what matters is that they changed.
async fn edit_later(desk: &TestDesk, tape: &mut Tape<'_>, known: &BTreeMap<RecordKind, Vec<Id>>) {
    let kinds =
        [RecordKind::Contact, RecordKind::Note, RecordKind::Participation, RecordKind::Employer, RecordKind::Task];
    for _ in 0..tape.pick(8) {
        let kind = kinds[tape.pick(kinds.len())];
        let id = known[&kind][tape.pick(known[&kind].len())];
        let fields: Vec<_> = desk.registry().fields(kind).filter(|field| field.editable).collect();
        let field = fields[tape.pick(fields.len())];
        let before = desk.record(kind, id).await;
        let mut known = known.clone();
        if let Some(merged) = before.get(field).as_reference() {
            // To one that is there.
            known.insert(kind, vec![merged]);
        }
        let Some(change) = before.change(field, value(field, tape, &known)) else { continue };
        desk.write(|recorder| {
            let n = table::get(recorder.db(), kind, id)?.n;
            recorder.update(kind, n, id, &[change])
        })
        .await;
    }
    let contact = desk.live(RecordKind::Contact).await.into_keys().next().expect("a contact");
    notes::note_add(desk, contact, "Written later").await.expect("a note");
}

fn run(cases: u32, property: impl AsyncFn(Vec<u8>)) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    // More of them: LIAISON_CASES=200 cargo test -p liaison-app merge_chains
    let cases = std::env::var("LIAISON_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    let config = Config { cases, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&prop::collection::vec(any::<u8>(), 300..900), |tape| {
            runtime.block_on(property(tape));
            Ok(())
        })
        .expect("the property holds");
}

async fn take_back(desk: &TestDesk, operation: Id) -> Id {
    let said = undo::undo_preview(desk, operation).await.expect("a preview");
    assert_eq!(said.conflicts, Vec::new(), "nothing stands in the way");
    let done = undo::undo(desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("an undo");
    done.operation.expect("something was taken back")
}

/// M18: merge then undo is the identity, and so is undoing the undo; a chain of merges comes apart in reverse.
#[test]
fn merge_then_undo_is_the_identity() {
    run(10, async |tape| {
        let mut tape = Tape(tape.iter());
        let (desk, _) = world(&mut tape).await;
        let mut done = Vec::new();
        for step in 0..3 {
            let kind = if step == 1 { RecordKind::Employer } else { RecordKind::Contact };
            let before = tables(&desk).await;
            let Some(operation) = merge(&desk, kind, &mut tape).await else { continue };
            let after = tables(&desk).await;
            let undone = take_back(&desk, operation).await;
            assert_eq!(tables(&desk).await, before, "taken back");
            let redone = take_back(&desk, undone).await;
            assert_eq!(tables(&desk).await, after, "merged again");
            done.push((redone, before));
        }
        while let Some((operation, before)) = done.pop() {
            take_back(&desk, operation).await;
            assert_eq!(tables(&desk).await, before, "each step back leads where it came from");
        }
        desk.assert_whole().await;
    });
}

/// Taken back after later edits, a merge leaves every later value, puts back every other, and says which it leaves.
#[test]
fn later_edits_are_kept_and_told() {
    run(10, async |tape| {
        let mut tape = Tape(tape.iter());
        let (desk, known) = world(&mut tape).await;
        let kind = if tape.chance(3) { RecordKind::Employer } else { RecordKind::Contact };
        let before = everything(&desk).await;
        let Some(operation) = merge(&desk, kind, &mut tape).await else { return };
        let merged = everything(&desk).await;
        edit_later(&desk, &mut tape, &known).await;
        let edited = everything(&desk).await;
        let said = undo::undo_preview(&desk, operation).await.expect("a preview");
        undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("taken back");
        let now = everything(&desk).await;
        let (mut kept, registry) = (BTreeSet::new(), desk.registry());
        for (at, record) in &before {
            for field in registry.fields(at.0) {
                let [was, left, later] = [record, &merged[at], &edited[at]].map(|record| record.get(field));
                let expected = if later == left { was } else { later };
                if field.number == employer::PRIMARY_CONTACT.number && at.0 == RecordKind::Employer {
                    // Nobody is primary where they are not at that employer, for example moved since (M17).
                    let primary = now[at].get(field);
                    let left = primary.as_reference().and_then(|id| now.get(&(RecordKind::Contact, id)));
                    let own = left.is_some_and(|p| p.get(&contact::EMPLOYER).as_reference() == Some(at.1));
                    assert!(primary.is_empty() || (primary == expected && own));
                    continue;
                }
                assert_eq!(now[at].get(field), expected, "{:?}.{}", at.0, field.key);
                if was != left && later != left && later != was {
                    kept.insert((at.1, field.key.to_owned()));
                }
            }
        }
        let told: BTreeSet<_> = said
            .conflicts
            .iter()
            .map(|conflict| {
                assert_eq!(conflict.reason, ConflictReason::ChangedSince);
                (conflict.record, conflict.field.clone().expect("a field"))
            })
            .collect();
        assert_eq!(told, kept, "the preview said what stays");
        let written = now
            .values()
            .filter(|record| record.kind == RecordKind::Note && !before.contains_key(&(RecordKind::Note, record.id)));
        assert!(
            written.clone().count() == 1 && written.clone().all(|record| record.text(&note::TEXT) == "Written later")
        );
        desk.assert_whole().await;
    });
}

/// The survivor of fifty.
#[tokio::test(flavor = "multi_thread")]
async fn fifty_become_one_and_fifty_again() {
    let desk = desk().await;
    let mut all = Vec::new();
    for n in 0..50 {
        let id = desk.add("Bill", "Reyes", &format!("bill{n}@x.example")).await.id;
        notes::note_add(&desk, id, "A note").await.expect("a note");
        all.push(id);
    }
    let before = tables(&desk).await;
    let done = merge::contacts_merge(&desk, all[7], &all, &FieldChoices::new()).await.expect("merged");
    assert_eq!(done.changed, 49);
    let survivor = contacts::contact_get(&desk, all[49]).await.expect("an old link");
    assert_eq!((survivor.id, survivor.counts.notes), (all[7], 50));
    let Value::List(former) = desk.record(RecordKind::Contact, all[7]).await.get(&contact::FORMER_EMAILS).clone()
    else {
        panic!("the other addresses are kept");
    };
    assert_eq!(former.len(), 47, "one in use, two further ones, and these");
    take_back(&desk, done.operation.expect("an operation")).await;
    assert_eq!(tables(&desk).await, before);
}
