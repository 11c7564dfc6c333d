//! The fold and the hub's decisions against the same written a second time, in the plainest way.

use liaison_domain::journal::{Link, SALT_LENGTH, pack};
use liaison_domain::replication::{LinkedChange, LinkedOperation, Stamp};
use liaison_domain::{Head, Hlc, Id, Numbered, Operation, OperationKind, RecordKind, Value};
use liaison_sync::decide::{AHEAD, Device, Reason, State, Stop, decide, needed};
use liaison_sync::document::{Clock, Documents};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

const NOW: u64 = 1_800_000_000_000;

fn id(of: u8, number: u8) -> Id {
    Id::from_parts(1, [of, number, 0, 0, 0, 0, 0, 0, 0, 0])
}

/// What a device does: to a record, creating it or not, these fields; or erasing it.
#[derive(Clone, Debug)]
enum Does {
    Writes { record: u8, created: bool, fields: Vec<(u16, u8)> },
    Erases { record: u8 },
    Restores { record: u8 },
}

#[derive(Clone, Debug)]
struct Step {
    device: u8,
    time: u64,
    changes: Vec<Does>,
}

fn step() -> impl Strategy<Value = Step> {
    let writes = (0u8..4, any::<bool>(), prop::collection::vec((11u16..15, any::<u8>()), 1..3));
    let does = prop_oneof![
        12 => writes.prop_map(|(record, created, fields)| Does::Writes { record, created, fields }),
        1 => (0u8..4).prop_map(|record| Does::Erases { record }),
        1 => (0u8..4).prop_map(|record| Does::Restores { record }),
    ];
    let time = prop_oneof![8 => NOW - 50..NOW + 50, 1 => 0..NOW, 1 => NOW..NOW * 2];
    (0u8..3, time, prop::collection::vec(does, 1..3)).prop_map(|(device, time, changes)| Step { device, time, changes })
}

/// Operations of devices with whole chains. One that erases does nothing else.
fn operations(steps: &[Step]) -> Vec<LinkedOperation> {
    let mut chains: HashMap<u8, (u64, [u8; 32])> = HashMap::new();
    let mut made = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let erases = matches!(step.changes[0], Does::Erases { .. });
        let mut changes = Vec::new();
        for does in &step.changes {
            let mut packed = Vec::new();
            let record = match does {
                Does::Writes { record, created, fields } if !erases => {
                    let values: Vec<_> =
                        fields.iter().map(|(field, to)| (*field, Value::text(format!("{to}")))).collect();
                    let each = values.iter().map(|(field, after)| (*field, &Value::Empty, after));
                    pack(&mut packed, &[number as u8; SALT_LENGTH], *created, values.len(), each);
                    record
                }
                Does::Restores { record } if !erases => {
                    let before = Value::Moment(1);
                    let each = std::iter::once((1, &before, &Value::Empty));
                    pack(&mut packed, &[number as u8; SALT_LENGTH], false, 1, each);
                    record
                }
                Does::Erases { record } if erases => {
                    pack(&mut packed, &[number as u8; SALT_LENGTH], false, 0, std::iter::empty());
                    record
                }
                _ => continue,
            };
            changes.push(LinkedChange::of(RecordKind::Contact.into(), id(9, *record), packed));
        }
        let kind = if erases { OperationKind::ContactsErase } else { OperationKind::ContactsEdit };
        let operation = Operation {
            id: id(7, number as u8),
            time: Hlc(step.time << 16),
            actor: id(8, 0),
            device: id(6, step.device),
            kind: kind.into(),
            detail: String::new(),
            undoes: None,
            head: Head::V2 { wall: step.time as i64, seen: 0 },
        };
        let (sequence, chain) = chains.entry(step.device).or_default();
        *sequence += 1;
        let mut link = Link::default();
        changes.iter().for_each(|change| link.add(&change.digest));
        *chain = link.close(chain, *sequence, &operation).expect("a head of today");
        made.push(LinkedOperation { operation, sequence: *sequence, chain: *chain, changes });
    }
    made
}

struct Hub {
    devices: HashMap<Id, State>,
    documents: Documents,
    last: u64,
    greatest: Hlc,
}

impl Hub {
    fn new() -> Hub {
        Hub { devices: HashMap::new(), documents: Documents::default(), last: 0, greatest: Hlc(0) }
    }

    fn decide(&mut self, batch: &[LinkedOperation]) -> liaison_sync::decide::Outcome {
        let device = batch[0].operation.device;
        let mut state = self.devices.remove(&device).unwrap_or_else(|| State {
            // Whose rights these are, no record says.
            device: Device { founding: u64::MAX, ..Device::new(device) },
            known: HashMap::new(),
            documents: Documents::default(),
            attributes: HashMap::new(),
            taken_back: HashMap::new(),
            hub: Device::new(id(6, 200)),
            last: 0,
            greatest: Hlc(0),
        });
        state.documents = std::mem::take(&mut self.documents);
        (state.last, state.greatest) = (self.last, self.greatest);
        let outcome = decide(batch, &mut state, NOW);
        self.documents = std::mem::take(&mut state.documents);
        (self.last, self.greatest) = (state.last, state.greatest);
        self.devices.insert(device, state);
        outcome
    }
}

type Plain = BTreeMap<Id, BTreeMap<u16, Value>>;

fn plain(documents: &Documents) -> Plain {
    let there = documents.records.iter().filter(|(_, document)| document.created.is_some());
    there
        .map(|((_, id), document)| (*id, document.fields.iter().map(|(f, held)| (*f, held.value.clone())).collect()))
        .collect()
}

/// All writes in the order of stamps, the last one last; what is erased is not there.
fn oracle(accepted: &[(Stamp, LinkedOperation)]) -> Plain {
    let mut sorted: Vec<_> = accepted.iter().collect();
    sorted.sort_by_key(|(stamp, _)| *stamp);
    let unpacked = |change: &LinkedChange| liaison_domain::journal::unpack(change.packed.as_deref()?).ok();
    let (mut state, mut there, mut erased) = (Plain::new(), HashSet::new(), HashSet::new());
    for (_, operation) in &sorted {
        for change in &operation.changes {
            match unpacked(change) {
                Some((false, fields)) if fields.is_empty() => {
                    erased.insert(change.record);
                }
                Some((created, fields)) => {
                    if created {
                        there.insert(change.record);
                    }
                    let record = state.entry(change.record).or_default();
                    record.extend(fields.into_iter().map(|field| (field.field, field.after)));
                }
                None => {}
            }
        }
    }
    state.retain(|record, _| there.contains(record) && !erased.contains(record));
    state
}

proptest! {
    #[test]
    fn the_hub_folds_as_the_oracle_and_order_of_arrival_does_not_matter(
        steps in prop::collection::vec(step(), 1..40), cuts in prop::collection::vec(1usize..5, 40), shuffle: u64,
    ) {
        let made = operations(&steps);
        let mut hub = Hub::new();
        let mut accepted: Vec<(Stamp, LinkedOperation)> = Vec::new();
        let mut refused = 0;
        let mut at = 0;
        for cut in cuts {
            let Some(first) = made.get(at) else { break };
            let run: Vec<_> = made[at..].iter().take(cut).take_while(|o| o.operation.device == first.operation.device).cloned().collect();
            at += run.len();
            let before = hub.last;
            let outcome = hub.decide(&run);
            prop_assert_eq!(outcome.stopped, None);
            prop_assert_eq!(outcome.decided.len(), run.len(), "each gets an answer");
            for (number, decided) in outcome.decided.iter().enumerate() {
                prop_assert_eq!(decided.place, before + 1 + number as u64, "places have no hole");
                prop_assert!(decided.stamp.0 > 0);
                match decided.refused {
                    None => accepted.push((Stamp { time: decided.stamp, device: decided.operation.operation.device }, decided.operation.clone())),
                    Some(reason) => {
                        refused += 1;
                        prop_assert!(matches!(reason, Reason::Missing | Reason::Erased));
                    }
                }
            }
            // The same again: nothing happens.
            let again = hub.decide(&run);
            prop_assert_eq!((again.decided.len(), again.stopped), (0, None));
        }
        prop_assert_eq!(accepted.len() + refused, hub.last as usize);
        let expected = oracle(&accepted);
        prop_assert_eq!(plain(&hub.documents), expected.clone());
        // In any other order it is the same.
        let mut order: Vec<usize> = (0..accepted.len()).collect();
        order.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(shuffle | 1).rotate_left(29));
        let mut documents = Documents::default();
        for (place, at) in order.into_iter().enumerate() {
            let (stamp, operation) = &accepted[at];
            documents.take(operation, Clock { stamp: *stamp, place: place as u64 });
        }
        prop_assert_eq!(plain(&documents), expected);
    }

    /// A clock that is wrong doesn't win for longer than a minute, and a device's stamps ascend whatever its clock does.
    #[test]
    fn stamps_ascend_and_stay_near_the_hubs_clock(steps in prop::collection::vec(step(), 1..30)) {
        let made = operations(&steps);
        let mut hub = Hub::new();
        let mut last: HashMap<Id, Hlc> = HashMap::new();
        for (number, operation) in made.iter().enumerate() {
            let outcome = hub.decide(std::slice::from_ref(operation));
            let stamp = outcome.decided[0].stamp;
            let device = operation.operation.device;
            prop_assert!(last.get(&device).is_none_or(|last| stamp > *last));
            prop_assert!(stamp.0 <= ((NOW + AHEAD) << 16) + number as u64 + 1, "a tick for each at most");
            if operation.operation.time.millis() < NOW && last.get(&device).is_none_or(|last| *last < operation.operation.time) {
                prop_assert_eq!(stamp, operation.operation.time, "as a rule it is its own");
            }
            last.insert(device, stamp);
        }
    }

    #[test]
    fn what_is_loaded_is_what_is_changed(steps in prop::collection::vec(step(), 1..6)) {
        let made: Vec<_> = operations(&steps).into_iter().filter(|o| o.operation.device == id(6, 0)).collect();
        prop_assume!(!made.is_empty());
        let outcome = Hub::new().decide(&made);
        prop_assert!(outcome.changed.iter().all(|key| needed(&made, &Documents::default(), &mut HashSet::new()).contains(key)));
    }
}

fn writes(record: u8, created: bool) -> Step {
    let changes = vec![Does::Writes { record, created, fields: vec![(13, 1)] }];
    Step { device: 0, time: NOW, changes }
}

#[test]
fn a_hole_is_asked_for_and_another_chain_is_a_fork() {
    let made = operations(&[writes(0, true), writes(0, false), writes(0, false)]);
    let mut hub = Hub::new();
    assert_eq!(hub.decide(&made[1..2]).stopped, Some(Stop::Gap { expected: 1 }));
    assert_eq!(hub.decide(&made[..2]).stopped, None);
    let copy = operations(&[writes(0, true), writes(1, true), writes(1, false)]);
    let mut other = copy[1].clone();
    other.operation.id = id(7, 99);
    assert_eq!(hub.decide(&[other]).stopped, Some(Stop::Forked { sequence: 2 }), "another one at a known place");
    assert_eq!(hub.decide(&copy[2..]).stopped, Some(Stop::Forked { sequence: 3 }), "it does not follow");
    assert_eq!(hub.decide(&made[2..]).stopped, None, "the first of the two goes on");
}

#[test]
fn what_can_not_be_is_refused_and_the_rest_goes_on() {
    let mut steps = vec![writes(0, true), writes(1, false), writes(0, false)];
    steps.push(Step { changes: vec![Does::Erases { record: 0 }], ..writes(0, false) });
    steps.extend([writes(0, true), writes(0, false)]);
    steps.push(Step { changes: vec![Does::Restores { record: 0 }], ..writes(0, false) });
    let outcome = Hub::new().decide(&operations(&steps));
    let reasons: Vec<_> = outcome.decided.iter().map(|decided| decided.refused).collect();
    assert_eq!(reasons, [None, Some(Reason::Missing), None, None, Some(Reason::Erased), None, Some(Reason::Erased)]);
    let late = &outcome.decided[5].operation.changes[0];
    assert_eq!(late.packed, None, "of what comes for an erased record no value is kept");
    let kind = Numbered::<RecordKind>::of(200);
    let mut packed = Vec::new();
    pack(&mut packed, &[1; SALT_LENGTH], true, 1, std::iter::once((1, &Value::Empty, &Value::Flag(true))));
    let newer = LinkedChange::of(kind, id(9, 50), packed.clone());
    let wrong = LinkedChange::of(RecordKind::Contact.into(), id(9, 51), packed);
    for (change, refused) in [(newer, None), (wrong, Some(Reason::Value))] {
        let mut one = operations(&[writes(0, true)]).remove(0);
        let mut link = Link::default();
        link.add(&change.digest);
        one.chain = link.close(&[0; 32], 1, &one.operation).expect("a head of today");
        one.changes = vec![change];
        assert_eq!(Hub::new().decide(&[one]).decided[0].refused, refused);
    }
}
