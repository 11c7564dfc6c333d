//! What is found of doubles whose truth is known. The floors are a little below what was reached; a change that
//! falls below one has made matching worse.

mod common;

use common::invented;
use liaison_matching::{Found, Options, find};
use liaison_sample::{DoubleRecord, Slips};
use std::collections::HashMap;

struct Quality {
    precision: f64,
    recall: f64,
    f1: f64,
}

fn quality(pairs: &[(u32, u32)], records: &[DoubleRecord]) -> Quality {
    let same = |pair: &&(u32, u32)| records[pair.0 as usize].person == records[pair.1 as usize].person;
    let hits = pairs.iter().filter(same).count() as f64;
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    records.iter().for_each(|record| *sizes.entry(record.person).or_default() += 1);
    let truth: usize = sizes.values().map(|size| size * (size - 1) / 2).sum();
    let (precision, recall) = (hits / pairs.len().max(1) as f64, hits / truth as f64);
    Quality { precision, recall, f1: 2.0 * hits / (pairs.len() + truth) as f64 }
}

fn likely(found: &Found) -> Vec<(u32, u32)> {
    found.pairs.iter().filter(|pair| pair.probability >= 0.5).map(|pair| (pair.a, pair.b)).collect()
}

fn grouped(found: &Found) -> Vec<(u32, u32)> {
    let pairs = |group: &Vec<u32>| {
        let each = |at: usize| group[at + 1..].iter().map(|b| (group[at], *b)).collect::<Vec<_>>();
        (0..group.len()).flat_map(each).collect::<Vec<_>>()
    };
    found.groups.iter().flat_map(pairs).collect()
}

fn check(people: usize, seed: u64, slips: Slips, floor: f64, precision_floor: f64) {
    let (table, records) = invented(people, seed, slips);
    let found = find(&table, &Options::default(), &|_| true).expect("not cancelled");
    for (what, pairs) in [("pairs", likely(&found)), ("groups", grouped(&found))] {
        let Quality { precision, recall, f1 } = quality(&pairs, &records);
        assert!(
            f1 >= floor && precision >= precision_floor,
            "{what} of {people} people, seed {seed}, {slips:?}: F1 {f1:.4}, precision {precision:.4}, recall {recall:.4}"
        );
    }
}

#[test]
fn lists_kept_with_care() {
    check(1_500, 11, Slips::FEW, 0.95, 0.98);
    check(1_500, 12, Slips::FEW, 0.95, 0.98);
}

#[test]
fn lists_typed_at_fairs() {
    check(1_500, 13, Slips::MANY, 0.88, 0.97);
    check(1_500, 14, Slips::MANY, 0.88, 0.97);
}

#[test]
fn lists_years_apart() {
    check(1_500, 15, Slips::YEARS, 0.88, 0.97);
}

#[test]
fn few_contacts() {
    for (people, seed) in [(60, 16), (150, 17), (400, 18)] {
        check(people, seed, Slips { doubled: 300, ..Slips::FEW }, 0.85, 0.95);
    }
}

#[test]
fn where_nobody_is_twice_next_to_nothing_is_found() {
    for (people, seed) in [(10, 1), (100, 2), (500, 3), (3_000, 4)] {
        let (table, _) = invented(people, seed, Slips::NONE);
        let found = find(&table, &Options::default(), &|_| true).expect("not cancelled");
        assert!(found.groups.len() <= people / 1_000, "{:?} of {people}", found.groups);
        assert!(found.pairs.len() <= 1 + people / 500, "{} of {people}", found.pairs.len());
    }
}
