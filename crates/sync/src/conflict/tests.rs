use super::*;
use liaison_domain::Hlc;
use proptest::prelude::*;

fn id(number: u64) -> Id {
    Id::from_parts(number, [7; 10])
}

/// Devices that write one field and hear of each other now and then, through a hub that gives places in the order they
/// send. Each step: which device, what it writes (none: it only hears), how much of what it has not heard it hears first.
fn history(steps: &[(u8, Option<u8>, u8)]) -> Vec<Write> {
    let mut writes: Vec<Write> = Vec::new();
    let (mut seen, mut sequence) = ([0u64; 4], [0u64; 4]);
    for (device, value, hears) in steps {
        let at = usize::from(device % 4);
        let last = writes.len() as u64;
        seen[at] += (last - seen[at]) * u64::from(hears % 3) / 2;
        let Some(value) = value else { continue };
        let known =
            |write: &&Write| write.stamp.device == id(at as u64) || write.place.is_some_and(|place| place <= seen[at]);
        let before = writes.iter().filter(known).max_by_key(|write| write.stamp).map(|write| write.after.clone());
        sequence[at] += 1;
        let operation = id(1000 + last);
        writes.push(Write {
            operation,
            stamp: Stamp { time: Hlc(last + 1), device: id(at as u64) },
            sequence: sequence[at],
            place: Some(last + 1),
            seen: seen[at],
            follows: false,
            before: before.unwrap_or_default(),
            after: Value::Number(i64::from(value % 4)),
        });
    }
    writes
}

fn steps() -> impl Strategy<Value = Vec<(u8, Option<u8>, u8)>> {
    prop::collection::vec((any::<u8>(), prop::option::weighted(0.8, any::<u8>()), any::<u8>()), 0..12)
}

/// A write by somebody who knows of everything.
fn settling(writes: &[Write], device: u64, after: Value) -> Write {
    let before = writes.iter().max_by_key(|write| write.stamp).map(|write| write.after.clone());
    let own = writes.iter().filter(|write| write.stamp.device == id(device)).count() as u64;
    let last = writes.len() as u64;
    Write {
        operation: id(2000 + last),
        stamp: Stamp { time: Hlc(last + 1), device: id(device) },
        sequence: own + 1,
        place: Some(last + 1),
        seen: last,
        follows: false,
        before: before.unwrap_or_default(),
        after,
    }
}

proptest! {
    /// The same operations give the same conflict, whatever order they came in.
    #[test]
    fn order_of_arrival_does_not_matter(
        (writes, shuffled) in steps().prop_map(|steps| history(&steps))
            .prop_flat_map(|writes| (Just(writes.clone()), Just(writes).prop_shuffle()))
    ) {
        prop_assert_eq!(conflict(&writes), conflict(&shuffled));
    }

    /// A write that knows of both sides settles it, whatever it chose; another one by somebody else changes nothing.
    #[test]
    fn settling_is_a_fixed_point(steps in steps(), device in 0u64..4, again in 0u64..4) {
        let mut writes = history(&steps);
        let chosen = conflict(&writes).map_or(Value::Empty, |conflict| conflict.lost[0].after.clone());
        writes.push(settling(&writes, device, chosen.clone()));
        prop_assert_eq!(conflict(&writes), None);
        writes.push(settling(&writes, again, chosen));
        prop_assert_eq!(conflict(&writes), None);
    }

    /// Two people settle it apart, without knowing of each other: the same way there is nothing more to decide, another
    /// way they are asked once more.
    #[test]
    fn two_who_settle_it_alike_agree(steps in steps(), alike: bool) {
        let mut writes = history(&steps);
        let (one, mut other) = (settling(&writes, 1, Value::Number(7)), settling(&writes, 2, Value::Number(7)));
        other.place = Some(writes.len() as u64 + 2);
        if !alike {
            other.after = Value::Number(8);
        }
        writes.extend([one, other]);
        prop_assert_eq!(conflict(&writes).is_none(), alike);
    }

    /// Nothing is lost without being shown: whatever a device wrote last without anybody knowing of it has the value
    /// that won, is one of those to choose from, or changed nothing in the end.
    #[test]
    fn nothing_is_lost_unseen(steps in steps()) {
        let writes = history(&steps);
        let found = conflict(&writes);
        let Some(won) = writes.iter().max_by_key(|write| write.stamp) else { return Ok(()) };
        for write in &writes {
            if writes.iter().any(|other| other.knows(write)) || write.after == won.after {
                continue;
            }
            let shown = found.as_ref().is_some_and(|found| found.lost.iter().any(|lost| lost.after == write.after));
            prop_assert!(shown || write.after == *origin(&writes, won, write), "{:?} {:?}", write, found);
        }
        if let Some(found) = found {
            prop_assert_eq!(&found.kept, won, "the value that is there");
        }
    }
}

fn write(device: u64, sequence: u64, place: u64, seen: u64, before: &str, after: &str) -> Write {
    Write {
        operation: id(100 + place),
        stamp: Stamp { time: Hlc(place), device: id(device) },
        sequence,
        place: Some(place),
        seen,
        follows: false,
        before: Value::text(before),
        after: Value::text(after),
    }
}

#[test]
fn a_conflict_is_two_values_that_nobody_chose_between() {
    let base = write(1, 1, 1, 0, "", "old");
    let mine = write(1, 2, 2, 1, "old", "mine");
    let theirs = write(2, 1, 3, 1, "old", "theirs");
    let found = conflict(&[base.clone(), mine.clone(), theirs.clone()]).expect("a conflict");
    assert_eq!((&found.before, &found.kept, &found.lost[..]), (&Value::text("old"), &theirs, &[mine.clone()][..]));
    let seen = Write { seen: 2, ..theirs.clone() };
    assert_eq!(conflict(&[base.clone(), mine.clone(), seen]), None, "who knew of it has decided");
    let same = Write { after: "mine".into(), ..theirs.clone() };
    assert_eq!(conflict(&[base.clone(), mine.clone(), same]), None, "both wrote the same");
    let undone = write(1, 3, 4, 1, "mine", "old");
    let found = conflict(&[base.clone(), mine.clone(), theirs.clone(), undone.clone()]).expect("the undo has won");
    assert_eq!((&found.kept, &found.lost[..]), (&undone, &[theirs.clone()][..]));
    let early = Write { stamp: Stamp { time: Hlc(1), device: id(1) }, ..undone };
    assert_eq!(conflict(&[base.clone(), mine.clone(), theirs.clone(), early]), None, "taken back before it was lost");
    let by_rule = Write { follows: true, ..mine };
    assert_eq!(conflict(&[base, by_rule, theirs]), None, "nobody chose what was lost");
}

#[test]
fn what_waits_for_the_hub_is_known_to_nobody() {
    let mine = Write { place: None, ..write(1, 1, 9, 0, "", "mine") };
    let theirs = write(2, 1, 3, 0, "", "theirs");
    assert!(conflict(&[mine.clone(), theirs.clone()]).is_some());
    assert_eq!(conflict(&[Write { seen: 3, ..mine }, theirs]), None);
}

#[test]
fn people_are_asked_about_what_they_enter() {
    for (kind, field, shown) in [
        (RecordKind::Contact, &contact::EMAIL, true),
        (RecordKind::Contact, &contact::APPROVAL, true),
        (RecordKind::Contact, &contact::BOUNCED_AT, false),
        (RecordKind::Contact, &contact::LABELS, false),
        (RecordKind::Contact, &contact::MERGED_INTO, false),
        (RecordKind::EmployerUser, &employer_user::LAST_LOG_IN, false),
        (RecordKind::EmployerUser, &employer_user::ACCESS, true),
        (RecordKind::Employer, &employer::PRIMARY_CONTACT, true),
    ] {
        assert_eq!(is_shown(kind, field), shown, "{}", field.key);
    }
}
