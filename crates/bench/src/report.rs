//! Figures, each beside its limit: printed as they come, then as a table, and as JSON.

use crate::machine::Noise;
use serde::Serialize;
use std::fmt;
use std::time::Duration;

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// 1,048,576 bytes.
    Mebibytes,
    /// Per cent.
    Percent,
    /// A part of 1, such as precision, recall and F1.
    Share,
}

/// The median of some runs.
#[derive(Clone, Debug, Serialize)]
pub struct Value {
    /// The median.
    pub median: f64,
    /// Of what.
    pub unit: Unit,
    /// The runs in their order; one for a percentile, which has been taken over many already.
    pub runs: Vec<f64>,
}

impl Value {
    /// The median of these runs; there must be one at least.
    pub fn of(unit: Unit, runs: Vec<f64>) -> Value {
        Value { median: percentile(&runs, 50.0), unit, runs }
    }

    /// A single figure.
    pub fn one(unit: Unit, value: f64) -> Value {
        Value::of(unit, vec![value])
    }

    /// Times in seconds.
    pub fn seconds(runs: &[Duration]) -> Value {
        Value::of(Unit::Seconds, runs.iter().map(Duration::as_secs_f64).collect())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, name) = match self.unit {
            Unit::Seconds => (self.median, "s"),
            Unit::Milliseconds => (self.median, "ms"),
            Unit::Mebibytes => (self.median, "MiB"),
            Unit::Percent => (self.median, "%"),
            Unit::Share => return write!(to, "{:.4}", self.median),
        };
        let digits = match value.abs() {
            0.0..0.1 => 4,
            0.1..10.0 => 3,
            10.0..100.0 => 2,
            _ => 1,
        };
        write!(to, "{value:.digits$} {name}")
    }
}

/// The value that `share` per cent of the values are not above; 0 of no values.
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = (sorted.len().saturating_sub(1)) as f64 * share / 100.0;
    match (sorted.get(middle.floor() as usize), sorted.get(middle.ceil() as usize)) {
        (Some(below), Some(above)) => below + (above - below) * middle.fract(),
        _ => 0.0,
    }
}

/// What a figure has to keep.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bar {
    /// At most this many times the limit.
    Ratio(f64),
    /// At most this, in the figure's own unit.
    Value(f64),
    /// At most this much more than the limit, in the figure's own unit.
    More(f64),
}

/// One figure.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What it is about, in a word.
    pub measure: &'static str,
    /// How many contacts there were.
    pub contacts: usize,
    /// What was done.
    pub what: String,
    /// What Liaison took.
    pub liaison: Value,
    /// What the limit took, and its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<(String, Value)>,
    /// Liaison's figure divided by the limit's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<f64>,
    /// The bar, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bar: Option<Bar>,
    /// Whether the bar is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<bool>,
}

impl Figure {
    /// A figure by itself, for information.
    pub fn new(measure: &'static str, contacts: usize, what: impl Into<String>, liaison: Value) -> Figure {
        let (limit, ratio, bar, kept) = (None, None, None, None);
        Figure { measure, contacts, what: what.into(), liaison, limit, ratio, bar, kept }
    }

    /// Puts its limit beside it.
    #[must_use]
    pub fn against(mut self, name: impl Into<String>, limit: Value) -> Figure {
        self.ratio = (limit.median > 0.0).then(|| self.liaison.median / limit.median);
        self.limit = Some((name.into(), limit));
        self
    }

    /// Holds it to a bar. A bar that speaks of the limit comes after [`Figure::against`].
    #[must_use]
    pub fn bar(mut self, bar: Bar) -> Figure {
        self.kept = match (bar, &self.limit) {
            (Bar::Ratio(most), _) => self.ratio.map(|ratio| ratio <= most),
            (Bar::Value(most), _) => Some(self.liaison.median <= most),
            (Bar::More(most), Some((_, limit))) => Some(self.liaison.median - limit.median <= most),
            (Bar::More(_), None) => None,
        };
        self.bar = Some(bar);
        self
    }

    fn cells(&self) -> [String; 7] {
        let limit = self.limit.as_ref().map(|(name, value)| format!("{value} {name}")).unwrap_or_default();
        let bar = match self.bar {
            Some(Bar::Ratio(most)) => format!("≤ {most}×"),
            Some(Bar::Value(most)) => format!("≤ {}", Value::one(self.liaison.unit, most)),
            Some(Bar::More(most)) => format!("≤ +{}", Value::one(self.liaison.unit, most)),
            None => String::new(),
        };
        let verdict = match self.kept {
            Some(true) => "kept",
            Some(false) => "MISSED",
            None => "",
        };
        let ratio =
            self.ratio.map_or_else(String::new, |ratio| format!("{ratio:.*}×", if ratio < 0.01 { 5 } else { 3 }));
        let contacts = grouped(self.contacts);
        [contacts, self.what.clone(), self.liaison.to_string(), limit, ratio, bar, verdict.to_owned()]
    }
}

/// A number with commas.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Everything measured in a run.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// About the machine and the versions.
    pub machine: Vec<(&'static str, String)>,
    /// The figures, in their order.
    pub figures: Vec<Figure>,
    /// What other processes took of the machine during each measure.
    pub noise: Vec<Noise>,
    /// What could not be measured, and why.
    pub not_measured: Vec<String>,
}

impl Report {
    /// Takes a figure and prints it.
    pub fn add(&mut self, figure: Figure) {
        let [contacts, what, liaison, limit, ratio, bar, verdict] = figure.cells();
        let against = if limit.is_empty() { String::new() } else { format!(" | {limit} | {ratio} {bar} {verdict}") };
        println!(
            "  {contacts:>9}  {what}: {liaison}{}",
            if against.is_empty() { format!(" {bar} {verdict}") } else { against }
        );
        self.figures.push(figure);
    }

    /// Notes what could not be measured.
    pub fn skip(&mut self, what: impl Into<String>) {
        let what = what.into();
        println!("  not measured: {what}");
        self.not_measured.push(what);
    }

    /// The table of all figures.
    pub fn table(&self) -> String {
        const HEAD: [&str; 7] = ["contacts", "what", "Liaison", "limit", "ratio", "bar", ""];
        let rows: Vec<(&str, [String; 7])> =
            self.figures.iter().map(|figure| (figure.measure, figure.cells())).collect();
        let width = |column: usize| {
            let widest = rows.iter().map(|(_, cells)| cells[column].chars().count()).max().unwrap_or(0);
            widest.max(HEAD[column].len())
        };
        let widths: [usize; 7] = std::array::from_fn(width);
        let line = |cells: &[String; 7]| {
            let mut text = String::new();
            for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
                let space = " ".repeat(width - cell.chars().count());
                let left = [1, 3, 6].contains(&column);
                text.push_str("  ");
                text.push_str(&if left { format!("{cell}{space}") } else { format!("{space}{cell}") });
            }
            text.trim_end().to_owned()
        };
        let mut lines = vec![line(&HEAD.map(str::to_owned))];
        let mut measure = "";
        for (of, cells) in &rows {
            if *of != measure {
                measure = of;
                lines.push(measure.to_uppercase());
            }
            lines.push(line(cells));
        }
        lines.join("\n")
    }

    /// What the reader must know beside the table.
    pub fn remarks(&self) -> String {
        let kept = self.figures.iter().filter(|figure| figure.kept == Some(true)).count();
        let missed = self.figures.iter().filter(|figure| figure.kept == Some(false)).count();
        let mut lines = vec![format!("{kept} bars kept, {missed} missed.")];
        let noisy: Vec<String> = self.noise.iter().filter(|noise| noise.is_loud()).map(ToString::to_string).collect();
        if !noisy.is_empty() {
            lines.push("Other processes were at work, so these figures swing; ratios suffer less than seconds:".into());
            lines.extend(noisy.into_iter().map(|noise| format!("  {noise}")));
        }
        lines.extend(self.not_measured.iter().map(|what| format!("Not measured: {what}")));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_between_values() {
        assert_eq!(percentile(&[3.0, 1.0, 2.0], 50.0), 2.0);
        assert_eq!(percentile(&[1.0, 2.0], 50.0), 1.5);
        assert_eq!(percentile(&[1.0, 2.0, 3.0], 100.0), 3.0);
        assert_eq!(percentile(&[], 95.0), 0.0);
    }

    #[test]
    fn a_bar_is_kept_or_missed() {
        let figure = |ours: f64| {
            Figure::new("import", 10, "all", Value::one(Unit::Seconds, ours))
                .against("it", Value::one(Unit::Seconds, 2.0))
        };
        assert_eq!(figure(3.0).bar(Bar::Ratio(1.5)).kept, Some(true));
        assert_eq!(figure(3.1).bar(Bar::Ratio(1.5)).kept, Some(false));
        assert_eq!(figure(3.1).bar(Bar::More(1.0)).kept, Some(false));
        assert_eq!(figure(3.0).bar(Bar::Value(3.0)).kept, Some(true));
        let alone = Figure::new("import", 10, "all", Value::one(Unit::Seconds, 1.0));
        assert_eq!(alone.bar(Bar::Ratio(1.5)).kept, None, "without a limit there is nothing to keep to");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([grouped(7), grouped(1_000), grouped(1_234_567)], ["7", "1,000", "1,234,567"]);
    }
}
