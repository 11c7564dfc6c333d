//! Cases a career center meets, among invented people.

mod common;

use common::{column, invented, table};
use liaison_matching::{Cancelled, Candidate, Found, Index, Level, Options, candidates, find};
use liaison_sample::Slips;
use proptest::prelude::*;

type Record<'a> = &'a [(&'a str, &'a str)];

/// The probability that two records are one person's in a directory of 600 others with some doubles.
fn probability(a: Record<'_>, b: Record<'_>) -> f64 {
    probabilities(&[a, b]).first().map_or(0.0, |candidate| candidate.probability)
}

/// Adds all but the first to the directory and looks for the first.
fn probabilities(records: &[Record<'_>]) -> Vec<Candidate> {
    let (mut table, _) = invented(600, 5, Slips::FEW);
    let first = table.len() as u32;
    for record in &records[1..] {
        table.add(record.iter().map(|(key, value)| (column(key), *value))).expect("room");
    }
    let found = find(&table, &Options::default(), &|_| true).expect("not cancelled");
    let values = records[0].iter().map(|(key, value)| (column(key), *value));
    let mut candidates = Index::new(&table).candidates(&found.model, values, 0.0, usize::MAX);
    candidates.retain(|candidate| candidate.row >= first);
    candidates
}

const BILL: Record<'static> = &[
    ("first_name", "William"),
    ("last_name", "Thackeray"),
    ("email", "wthackeray@vanity.example"),
    ("mobile_phone", "+1 212 555 0143"),
    ("employer", "Vanity Fairs"),
    ("city", "Albany"),
];

#[test]
fn one_person_in_another_spelling() {
    let cases: [(&str, Record<'_>); 6] = [
        ("nickname", &[("first_name", "Bill"), ("last_name", "Thackeray"), ("employer", "Vanity Fairs, Inc.")]),
        ("typo", &[("first_name", "Wiliam"), ("last_name", "Thackery"), ("mobile_phone", "(212) 555-0143")]),
        ("swapped", &[("first_name", "Thackeray"), ("last_name", "William"), ("employer", "Vanity Fairs")]),
        (
            "another job, same mobile",
            &[
                ("first_name", "William"),
                ("last_name", "Thackeray"),
                ("mobile_phone", "2125550143"),
                ("employer", "Pendennis Press"),
                ("city", "Dallas"),
            ],
        ),
        ("married", &[("first_name", "William"), ("last_name", "Shawe"), ("email", "WThackeray@vanity.example")]),
        ("accents", &[("first_name", "Wílliam"), ("last_name", "Thâckeray"), ("employer", "VANITY FAIRS")]),
    ];
    for (what, other) in cases {
        let probability = probability(BILL, other);
        assert!(probability > 0.8, "{what}: {probability}");
    }
}

#[test]
fn two_people_are_not_one() {
    let cases: [(&str, Record<'_>, Record<'_>); 3] = [
        (
            "one name, two employers",
            &[("first_name", "John"), ("last_name", "Smith"), ("email", "john.smith@a.example"), ("employer", "Adams")],
            &[("first_name", "John"), ("last_name", "Smith"), ("email", "john.smith@b.example"), ("employer", "Brown")],
        ),
        (
            "colleagues with one first name",
            BILL,
            &[
                ("first_name", "William"),
                ("last_name", "Trollope"),
                ("email", "wtrollope@vanity.example"),
                ("employer", "Vanity Fairs"),
                ("city", "Albany"),
            ],
        ),
        ("nothing but a first name", &[("first_name", "John")], &[("first_name", "John")]),
    ];
    for (what, a, b) in cases {
        let probability = probability(a, b);
        assert!(probability < 0.5, "{what}: {:?}", probabilities(&[a, b]));
    }
}

#[test]
fn a_couple_with_one_telephone_is_left_to_staff() {
    let other: Record<'_> = &[("first_name", "Isabella"), ("last_name", "Thackeray"), ("mobile_phone", "212 555 0143")];
    let probability = probability(BILL, other);
    assert!(probability < Options::default().join, "{probability}");
}

#[test]
fn what_two_hundred_share_weighs_little() {
    let (mut table, _) = invented(600, 6, Slips::FEW);
    let first = table.len() as u32;
    for number in 0..200 {
        let (given, family) = (format!("Given{number}q"), format!("Family{number}z"));
        let values = [
            (0, given.as_str()),
            (1, family.as_str()),
            (2, "info@switchboard.example"),
            (3, "+1 212 555 0100"),
            (4, "Switchboard"),
        ];
        table.add(values).expect("room");
    }
    let found = find(&table, &Options::default(), &|_| true).expect("not cancelled");
    let wrong = |pair: &&liaison_matching::Pair| pair.a >= first;
    assert_eq!(found.pairs.iter().filter(wrong).count(), 0, "{:?}", found.pairs.iter().find(wrong));
    assert!(found.groups.iter().flatten().all(|row| *row < first));
}

#[test]
fn evidence_adds_up_and_names_its_levels() {
    let other: Record<'_> =
        &[("first_name", "Bill"), ("last_name", "Thackeray"), ("employer", "Pendennis"), ("city", "Albany")];
    let found = &probabilities(&[BILL, other])[0];
    let levels: Vec<Level> = found.evidence.iter().map(|evidence| evidence.level).collect();
    use Level::{Different, Exact, Missing, Strong};
    assert_eq!(
        levels,
        [Strong, Exact, Missing, Missing, Different, Missing, Exact, Missing, Missing, Missing, Missing],
        "{found:?}"
    );
    let sum: f64 = found.evidence.iter().map(|evidence| evidence.weight).sum();
    assert!((sum - found.weight).abs() < 1e-6, "{sum} {}", found.weight);
}

/// Everything but the given names or the generations is the same: twins, and father and son. They are two people.
#[test]
fn relatives_at_one_address_are_no_likely_pair() {
    let at_home = [
        ("last_name", "Stonebridge"),
        ("work_phone", "+1 212 555 0110"),
        ("employer", "Stonebridge and Sons"),
        ("street", "12 Elm St"),
        ("city", "Austin"),
        ("title", "Recruiter"),
    ];
    let with = |more: &[(&'static str, &'static str)]| [&at_home[..], more].concat();
    let twins = [
        with(&[("first_name", "Emma"), ("email", "emma@stonebridge.example")]),
        with(&[("first_name", "Ella"), ("email", "ella@stonebridge.example")]),
    ];
    let generations = [
        with(&[("first_name", "Robert"), ("name_suffix", "Sr."), ("email", "robert@stonebridge.example")]),
        with(&[("first_name", "Robert"), ("name_suffix", "Jr"), ("email", "bob@stonebridge.example")]),
    ];
    for [one, other] in [&twins, &generations] {
        let found = probability(one, other);
        assert!(found < 0.3, "{found}: {one:?} {other:?}");
    }
    let same = with(&[("first_name", "Robert"), ("name_suffix", "Jr"), ("email", "bob@stonebridge.example")]);
    let written = with(&[("first_name", "Rob"), ("name_suffix", "Junior"), ("email", "rob@stonebridge.example")]);
    assert!(probability(&same, &written) > 0.9, "one generation, written in two ways");
    let unsaid = with(&[("first_name", "Robert"), ("email", "rob@stonebridge.example")]);
    assert!(probability(&same, &unsaid) > 0.9, "a suffix that one record leaves out says nothing");
}

#[test]
fn offices_of_two_firms_are_no_likely_pair() {
    let eta: Record<'_> =
        &[("first_name", "Sales"), ("last_name", "Desk"), ("email", "sales@eta.example"), ("employer", "Eta")];
    let theta: Record<'_> =
        &[("first_name", "Sales"), ("last_name", "Desk"), ("email", "sales@theta.example"), ("employer", "Theta")];
    let found = probability(eta, theta);
    assert!(found < 0.3, "{found}");
}

#[test]
fn pairs_known_to_be_two_people_stay_apart() {
    let records: Vec<Record<'_>> = vec![BILL, BILL, BILL];
    let table = table(&records);
    let all = find(&table, &Options::default(), &|_| true).expect("not cancelled");
    assert_eq!(all.groups, [vec![0, 1, 2]]);
    let options = Options { not_duplicates: vec![(2, 0)], ..Options::default() };
    let found = find(&table, &options, &|_| true).expect("not cancelled");
    assert!(found.pairs.iter().all(|pair| (pair.a, pair.b) != (0, 2)) && found.pairs.len() == 2);
    assert_eq!(found.groups.len(), 1);
    assert!(!(found.groups[0].contains(&0) && found.groups[0].contains(&2)), "{:?}", found.groups);
}

#[test]
fn work_can_be_cancelled() {
    let (table, _) = invented(600, 7, Slips::FEW);
    assert_eq!(find(&table, &Options::default(), &|_| false), Err(Cancelled));
    let later = std::sync::atomic::AtomicU32::new(0);
    let stop = |_| later.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < 20;
    assert_eq!(find(&table, &Options::default(), &stop), Err(Cancelled));
}

#[test]
fn empty_tables_have_no_duplicates() {
    for records in [vec![], vec![BILL], vec![&[][..], &[]]] {
        let found = find(&table(&records), &Options::default(), &|_| true).expect("not cancelled");
        assert!(found.pairs.is_empty() && found.groups.is_empty());
    }
}

#[test]
fn a_model_survives_being_stored() {
    let (table, _) = invented(300, 8, Slips::FEW);
    let found = find(&table, &Options::default(), &|_| true).expect("not cancelled");
    let stored = serde_json::to_string(&found.model).expect("it can be written");
    let read: liaison_matching::Model = serde_json::from_str(&stored).expect("it can be read");
    let near = |found: &[Candidate]| found.iter().map(|c| (c.row, (c.weight * 1e6).round())).collect::<Vec<_>>();
    let of = |model| candidates(&table, model, BILL.iter().map(|(key, value)| (column(key), *value)), 0.0, 10);
    assert_eq!(near(&of(&read)), near(&of(&found.model)));
}

#[test]
fn the_same_table_gives_the_same_answer() {
    let run = || -> Found {
        let (table, _) = invented(800, 9, Slips::MANY);
        find(&table, &Options::default(), &|_| true).expect("not cancelled")
    };
    assert_eq!(run(), run());
}

/// The same records in two orders get the same weights, pairs and groups.
fn same_answer_backwards(people: usize, seed: u64) {
    let (_, records) = invented(people, seed, Slips::MANY);
    let of = |records: &mut dyn Iterator<Item = &liaison_sample::DoubleRecord>| {
        let mut table = liaison_matching::Table::new(common::schema());
        for record in records {
            table.add(record.values.iter().map(|(key, value)| (column(key), value.as_str()))).expect("room");
        }
        find(&table, &Options { review: 0.0, ..Options::default() }, &|_| true).expect("not cancelled")
    };
    let (forth, mut back) = (of(&mut records.iter()), of(&mut records.iter().rev()));
    let last = records.len() as u32 - 1;
    back.pairs.iter_mut().for_each(|pair| (pair.a, pair.b) = (last - pair.b, last - pair.a));
    for group in &mut back.groups {
        group.iter_mut().for_each(|row| *row = last - *row);
        group.sort_unstable();
    }
    back.groups.sort_unstable();
    // Told in a word: the weights of two models fill a screen.
    assert!(forth.model == back.model, "other weights: {people} people, seed {seed}");
    assert_eq!(forth.groups, back.groups, "{people} people, seed {seed}");
    assert_eq!(forth.pairs.len(), back.pairs.len(), "{people} people, seed {seed}");
    let by_rows = |found: Found| {
        let mut pairs = found.pairs;
        pairs.sort_by_key(|pair| (pair.a, pair.b));
        pairs
    };
    for (pair, other) in by_rows(forth).iter().zip(&by_rows(back)) {
        assert_eq!(pair, other, "{people} people, seed {seed}");
    }
}

/// In this table a pair was a duplicate or none by the order of the rows, while samples were taken by row number.
#[test]
fn a_directory_listed_backwards_has_the_same_duplicates() {
    same_answer_backwards(120, 513);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whoever is entered a second time is found, whatever the rest of the record.
    #[test]
    fn a_record_is_found_in_its_copy(seed in 0_u64..1_000, at in 0_usize..200) {
        let (mut table, records) = invented(200, seed, Slips::FEW);
        let record = records.iter().cycle().skip(at).find(|record| record.values.iter().any(|(key, _)| *key == "email"));
        let record = record.expect("most people have an address");
        let original = records.iter().position(|other| other == record).expect("it is there") as u32;
        let values = || record.values.iter().map(|(key, value)| (column(key), value.as_str()));
        let copy = table.add(values()).expect("room");
        let found = find(&table, &Options::default(), &|_| true).expect("not cancelled");
        let pair = found.pairs.iter().find(|pair| (pair.a, pair.b) == (original, copy)).expect("the pair is found");
        prop_assert!(pair.probability > 0.99, "{pair:?}");
        let candidates = Index::new(&table).candidates(&found.model, values(), 0.5, 10);
        prop_assert!(candidates.iter().any(|candidate| candidate.row == original));
    }

    /// With frequencies taken from elsewhere, two records weigh the same in any table, among all or among a few.
    #[test]
    fn two_records_weigh_the_same_in_any_table(seed in 0_u64..1_000) {
        let (all, records) = invented(200, seed, Slips::FEW);
        let model = find(&all, &Options::default(), &|_| true).expect("not cancelled").model;
        let values = |at: u32| records[at as usize].values.iter().map(|(key, value)| (column(key), value.as_str()));
        let mut whole = all.with_its_frequencies();
        for at in 0..records.len() as u32 {
            whole.add(values(at)).expect("room");
        }
        let rows: Vec<u32> = (0..records.len() as u32).collect();
        let found = Index::new(&whole).candidates_of(&model, &rows, 0.3, 10);
        prop_assert_eq!(found.len(), rows.len());
        prop_assert!(found.iter().any(|candidates| !candidates.is_empty()), "somebody was entered twice");
        for (at, candidates) in found.iter().enumerate() {
            for candidate in candidates {
                prop_assert_ne!(candidate.row, at as u32, "nobody is their own duplicate");
                let mut few = all.with_its_frequencies();
                few.add(values(candidate.row)).expect("room");
                let alone = liaison_matching::candidates(&few, &model, values(at as u32), 0.0, 1);
                prop_assert!((alone[0].probability - candidate.probability).abs() < 1e-9, "{:?} {candidate:?}", alone[0]);
            }
        }
    }

    #[test]
    fn the_order_of_the_records_does_not_matter(seed in 0_u64..1_000, people in prop::sample::select(vec![120, 700])) {
        same_answer_backwards(people, seed);
    }

    /// With one model, it does not matter which of two records is looked for.
    #[test]
    fn two_records_weigh_the_same_both_ways(seed in 0_u64..1_000) {
        let (all, records) = invented(120, seed, Slips::MANY);
        let model = find(&all, &Options::default(), &|_| true).expect("not cancelled").model;
        // Frequencies are those of the table: one table for both, in which neither counts.
        let record = |at: usize| records[at].values.iter().map(|(key, value)| (column(key), value.as_str()));
        let (mut with_first, mut with_second) = (all.clone(), all.clone());
        let row = with_first.add(record(0)).expect("room");
        with_second.add(record(1)).expect("room");
        let of = |table, other| candidates(table, &model, record(other), 0.0, usize::MAX);
        let (forth, back) = (of(&with_first, 1), of(&with_second, 0));
        let weight = |found: &[Candidate]| found.iter().find(|c| c.row == row).map(|c| c.evidence.iter().map(|e| e.level).collect::<Vec<_>>());
        prop_assert_eq!(weight(&forth), weight(&back));
    }
}
