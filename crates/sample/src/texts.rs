//! Free texts: what a person does, what staff noted about them.

use std::sync::LazyLock;

use crate::lists::{cells, lines, sums};
use crate::random::Random;

/// Notes, descriptions and labels with gaps such as `{field}` to fill.
pub(crate) struct Texts {
    fields: Vec<&'static str>,
    events: Vec<&'static str>,
    seasons: Vec<&'static str>,
    pub about: Vec<&'static str>,
    pub notes: Vec<&'static str>,
    pub companies: Vec<&'static str>,
    pub labels: Vec<&'static str>,
    pub employer_labels: Vec<&'static str>,
}

/// All texts.
pub(crate) static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    let entries: Vec<_> = lines(include_str!("../data/texts.txt")).filter_map(|line| line.split_once(" = ")).collect();
    let list = |name: &str| entries.iter().filter(|(list, _)| *list == name).map(|(_, text)| *text).collect();
    Texts {
        fields: list("field"),
        events: list("event"),
        seasons: list("season"),
        about: list("about"),
        notes: list("note"),
        companies: list("company"),
        labels: list("label"),
        employer_labels: list("employer_label"),
    }
});

/// Fills the gaps of a text. `\n` in the list is a new line.
pub(crate) fn fill(random: &mut Random, text: &str, city: &str) -> String {
    let mut filled = String::with_capacity(text.len() + 24);
    let mut rest = text;
    while let Some((before, gap)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = gap.split_once('}').unwrap_or((gap, ""));
        filled.push_str(match name {
            "field" => random.pick(&TEXTS.fields),
            "event" => random.pick(&TEXTS.events),
            "season" => random.pick(&TEXTS.seasons),
            _ => city,
        });
        rest = after;
    }
    filled.push_str(rest);
    if filled.contains('\\') { filled.replace("\\n", "\n") } else { filled }
}

/// Up to `most` different ones of the labels, in the list's order.
pub(crate) fn labels(random: &mut Random, labels: &[&'static str], most: u64) -> Vec<&'static str> {
    let mut chosen: Vec<usize> = (0..most).map(|_| random.skewed(labels.len() as u64) as usize).collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen.into_iter().map(|at| labels[at]).collect()
}

struct Jobs {
    jobs: Vec<(&'static str, &'static str)>,
    sums: Vec<u64>,
}

static JOBS: LazyLock<Jobs> = LazyLock::new(|| {
    let rows: Vec<[&'static str; 3]> = lines(include_str!("../data/work.txt")).map(cells).collect();
    Jobs {
        sums: sums(rows.iter().map(|row| row[0].parse().unwrap_or(0))),
        jobs: rows.iter().map(|[_, title, department]| (*title, *department)).collect(),
    }
});

/// A job title and its department, which may be blank.
pub(crate) fn job(random: &mut Random) -> (String, &'static str) {
    let (title, department) = JOBS.jobs[random.by_sums(&JOBS.sums)];
    let title = match title.strip_prefix("{level}") {
        Some(title) => {
            let level = ["", "", "", "Senior ", "Senior ", "Lead ", "Associate ", "Principal "];
            [random.pick(&level), title].concat()
        }
        None => fill(random, title, ""),
    };
    (title, department)
}
