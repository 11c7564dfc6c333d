//! The weights from the data itself: frequencies and chance agreement by counting and sampling, agreement of true
//! pairs by expectation and maximisation (EM).

use crate::atoms::mix;
use crate::blocks::Blocks;
use crate::compare::Level;
use crate::model::{ColumnModel, Model};
use crate::order::Order;
use crate::schema::Kind;
use crate::score::Scorer;
use crate::table::{Row, Table};
use crate::work::{Cancelled, Stage, Watch, for_each};
use hashbrown::HashMap;

/// Random pairs looked at for chance agreement.
const RANDOM_PAIRS: u64 = 40_000;
/// Pairs looked at for how columns depend on each other, for each column.
const SHARING_PAIRS: usize = 4_000;
/// About how many compared pairs EM sees.
const EM_PAIRS: f64 = 60_000.0;
const EM_ROUNDS: usize = 60;
/// What is assumed beforehand counts as much as this many true pairs.
const ASSUMED_PAIRS: f64 = 12.0;
/// Share of people who have moved on, before the data has spoken.
const MOVED: f64 = 0.05;
/// How telephones and addresses of people agree who have moved on, before the data has spoken.
const MOVED_REACH: [f64; 4] = [0.40, 0.02, 0.03, 0.55];

/// Random numbers from a counter: the same for a table in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        ((u128::from(mix(self.0)) * u128::from(limit)) >> 64) as u64
    }
}

/// Estimates all weights of a table. Without duplicates in it, or with few records, it stays close to what is
/// assumed of each kind of column. `order` are the rows by what is in them: samples follow it, so that the weights do
/// not depend on the order the rows were added in.
pub(crate) fn estimate(
    table: &Table,
    order: &Order,
    blocks: &Blocks,
    review: f64,
    join: f64,
    watch: &Watch<'_>,
) -> Result<Model, Cancelled> {
    let mut model = by_chance(table, order, review, join);
    watch.go_on()?;
    dependence(table, order, &mut model);
    watch.go_on()?;
    expect_and_maximise(table, order, blocks, &mut model, watch)?;
    Ok(model)
}

/// Frequencies and chance agreement.
fn by_chance(table: &Table, order: &Order, review: f64, join: f64) -> Model {
    let schema = table.schema();
    let rows = table.len() as u64;
    let scorer = Scorer::new(table);
    let mut hits = vec![[0.0; 4]; schema.columns().len()];
    let mut sample = |a: u64, b: u64| {
        for (column, hits) in hits.iter_mut().enumerate() {
            let level = scorer.level(column, Row::Own(order.rows()[a as usize]), Row::Own(order.rows()[b as usize]));
            if level != Level::Missing {
                hits[level.index()] += 1.0;
            }
        }
    };
    let all = rows * rows.saturating_sub(1) / 2;
    if all <= RANDOM_PAIRS {
        (0..rows).for_each(|a| (a + 1..rows).for_each(|b| sample(a, b)));
    } else {
        let mut random = Random(rows);
        for _ in 0..RANDOM_PAIRS {
            let (a, b) = (random.below(rows), random.below(rows));
            if a != b {
                sample(a, b);
            }
        }
    }
    let columns = schema.columns().iter().enumerate().map(|(at, column)| {
        let prior = column.kind.prior();
        let records = f64::from(table.filled(at)) - 1.0 + prior.concentration;
        // In whole numbers, whose sums don't depend on the order of the values.
        let (squares, sum) = table.counts(at).iter().filter(|count| **count > 1).fold((0_u64, 0_u64), |all, count| {
            let count = u64::from(*count);
            (all.0 + count * count, all.1 + count)
        });
        let squares = squares as f64 - (1.0 + prior.discount) * sum as f64;
        let filled = f64::from(table.filled(at)).max(1.0);
        // What exact agreement weighs on average, so that a strong one weighs about as much as its likes.
        let exact = (squares / filled / records + (1.0 - prior.discount) / records).max(1e-7);
        let sampled: f64 = hits[at].iter().sum();
        let level = |index: usize| {
            let share = (hits[at][index] + prior.chance[index] * 50.0) / (sampled + 50.0);
            share.max(exact * 0.2).clamp(2e-6, 0.5)
        };
        let (strong, weak) = (level(1), level(2));
        let u = [exact, strong, weak, (1.0 - exact - strong - weak).max(0.05)];
        ColumnModel {
            column: column.clone(),
            m: prior.same,
            m_moved: if column.kind.is_reach() { MOVED_REACH } else { prior.same },
            u,
            discount: prior.discount,
            concentration: prior.concentration,
            given_other: vec![[0.0; 3]; schema.columns().len()],
        }
    });
    let columns: Vec<ColumnModel> = columns.collect();
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by(|a, b| {
        let key = |at: usize| (columns[at].column.kind.is_name(), columns[at].u[0]);
        let ((name_a, u_a), (name_b, u_b)) = (key(*a), key(*b));
        // Names first; then from what many share to what few do: how likely people of one employer share a telephone
        // can be counted, how likely people of one telephone share an employer hardly.
        name_b.cmp(&name_a).then(u_b.total_cmp(&u_a)).then(a.cmp(b))
    });
    let pairs = (all as f64).max(1.0);
    let prior = (0.02 * rows as f64 / pairs).clamp(1e-12, 0.1);
    let told = columns.iter().any(|column| column.column.kind.is_surroundings());
    let moved = if told { MOVED } else { 1e-6 };
    Model { columns, order, prior, moved, records: rows as u32, review, join }
}

/// How likely different people agree on one column when they agree on another.
fn dependence(table: &Table, order: &Order, model: &mut Model) {
    let scorer = Scorer::new(table);
    let kinds: Vec<Kind> = model.columns.iter().map(|column| column.column.kind).collect();
    for (j, kind) in kinds.iter().enumerate() {
        let of: Vec<usize> = (0..kinds.len()).filter(|i| *i != j && Model::may_depend(*kind, kinds[*i])).collect();
        if of.is_empty() {
            continue;
        }
        let mut kept = vec![0.0; kinds.len()];
        let mut hits = vec![[0.0; 3]; kinds.len()];
        for (a, b) in sharing(table, order, j) {
            let (a, b) = (Row::Own(a), Row::Own(b));
            if !are_different_people(&scorer, &kinds, *kind, a, b) {
                continue;
            }
            for i in &of {
                let level = scorer.level(*i, a, b);
                if level != Level::Missing {
                    kept[*i] += 1.0;
                    if level < Level::Different {
                        hits[*i][level.index()] += 1.0;
                    }
                }
            }
        }
        for i in of {
            let chance = model.columns[i].u;
            model.columns[i].given_other[j] =
                std::array::from_fn(|level| (hits[i][level] + chance[level] * 20.0) / (kept[i] + 20.0));
        }
    }
}

/// Pairs of rows that share a value of a column; a row takes part as often as any other.
fn sharing(table: &Table, order: &Order, column: usize) -> Vec<(u32, u32)> {
    let counts = table.counts(column);
    let mut ends: Vec<u32> = Vec::with_capacity(counts.len() + 1);
    ends.push(0);
    for count in counts {
        ends.push(ends[ends.len() - 1] + count);
    }
    let mut rows = vec![0_u32; ends[counts.len()] as usize];
    let mut cells: Vec<(u32, u32)> = Vec::with_capacity(rows.len());
    let mut next = ends.clone();
    for row in order.rows() {
        for number in table.cell(column, *row) {
            rows[next[*number as usize] as usize] = *row;
            next[*number as usize] += 1;
            cells.push((*row, *number));
        }
    }
    let mut random = Random(column as u64 + 1);
    let mut pairs = Vec::new();
    for _ in 0..SHARING_PAIRS * 4 {
        if cells.is_empty() || pairs.len() >= SHARING_PAIRS {
            break;
        }
        let (a, value) = cells[random.below(cells.len() as u64) as usize];
        let (start, end) = (ends[value as usize], ends[value as usize + 1]);
        let b = rows[(start + random.below(u64::from(end - start)) as u32) as usize];
        if a != b {
            pairs.push((a.min(b), a.max(b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Judged by columns that are independent of the one in question: surroundings by the names, names by the rest.
fn are_different_people(scorer: &Scorer<'_>, kinds: &[Kind], about: Kind, a: Row<'_>, b: Row<'_>) -> bool {
    let mut seen = false;
    for (column, kind) in kinds.iter().enumerate() {
        let judges = if about.is_name() {
            matches!(
                kind,
                Kind::Email | Kind::Phone | Kind::Street | Kind::Date | Kind::Identifier | Kind::Organization
            )
        } else {
            kind.is_name()
        };
        if judges {
            match scorer.level(column, a, b) {
                Level::Missing => {}
                Level::Different => seen = true,
                _ => return false,
            }
        }
    }
    seen
}

/// Records of one person hardly ever differ in a name: without this, EM may take colleagues for what it looks for, who
/// are many and agree on everything but their names.
fn keep_names(column: &mut ColumnModel) {
    const MOST: f64 = 0.2;
    let different = column.m[3];
    if column.column.kind.is_name() && different > MOST {
        column.m[..3].iter_mut().for_each(|m| *m *= (1.0 - MOST) / (1.0 - different));
        column.m[3] = MOST;
    }
}

/// Pairs that agree alike: by their levels, 3 bits each, below a bit for whether the person may have moved
/// on, and by how likely that is by chance, in all and for employer
/// and address, in half bits.
type Histogram = HashMap<Alike, f64>;
type Alike = (u64, i16, i16);

fn expect_and_maximise(
    table: &Table,
    order: &Order,
    blocks: &Blocks,
    model: &mut Model,
    watch: &Watch<'_>,
) -> Result<(), Cancelled> {
    let rows = table.len() as f64;
    let all = rows * (rows - 1.0) / 2.0;
    if all < 1.0 {
        return Ok(());
    }
    let share = (EM_PAIRS / blocks.expected_pairs()).min(1.0);
    let columns = model.columns.len();
    let parts = blocks.parts();
    let known = &*model;
    let histograms = for_each(parts, |part| {
        let scorer = Scorer::new(table);
        let mut histogram = Histogram::new();
        blocks.pairs(part, share, &mut |a, b| {
            let (a, b) = order.pair(a, b);
            let found = scorer.agreement(a, b);
            let weights = scorer.weigh(known, &found);
            let level = |column: usize| match found.says_nothing(column, known.columns[column].column.kind) {
                true => Level::Missing.index() as u64,
                false => found.levels[column].index() as u64,
            };
            let pattern = (0..columns).fold(u64::from(weights.may_have_moved), |all, column| all << 3 | level(column));
            let halves = |bits: f64| (bits * 2.0).round() as i16;
            let alike = (pattern, halves(weights.chance), halves(weights.chance_of_surroundings));
            *histogram.entry(alike).or_default() += 1.0;
            watch.go_on()
        })?;
        watch.step(Stage::Estimating, u64::from(parts))?;
        Ok(histogram)
    })?;
    let mut together = Histogram::new();
    for histogram in histograms {
        for (key, count) in histogram {
            *together.entry(key).or_default() += count;
        }
    }
    let mut histogram: Vec<(Alike, f64)> = together.into_iter().collect();
    // In a fixed order: sums of floating point numbers depend on it.
    histogram.sort_unstable_by_key(|(key, _)| *key);
    for _ in 0..EM_ROUNDS {
        watch.go_on()?;
        if round(model, &histogram, all, share) < 1e-4 {
            break;
        }
    }
    Ok(())
}

/// One round; returns the largest change of a probability.
fn round(model: &mut Model, histogram: &[(Alike, f64)], all: f64, share: f64) -> f64 {
    let columns = model.columns.len();
    let logs = |m: [f64; 4]| [m[0].log2(), m[1].log2(), m[2].log2(), m[3].log2(), 0.0];
    let stayed: Vec<[f64; 5]> = model.columns.iter().map(|column| logs(column.m)).collect();
    let moved: Vec<[f64; 5]> = model
        .columns
        .iter()
        .map(|column| match column.column.kind {
            kind if kind.is_surroundings() => [0.0; 5],
            kind if kind.is_reach() => logs(column.m_moved),
            _ => logs(column.m),
        })
        .collect();
    let (prior, stay, leave) = (model.prior_bits(), (1.0 - model.moved).log2(), model.moved.log2());
    let mut sums = vec![[[0.0; 5]; 2]; columns];
    let mut matches = [0.0; 2];
    for ((pattern, chance, surroundings), count) in histogram {
        let level = |column: usize| (pattern >> (3 * (columns - 1 - column)) & 7) as usize;
        let of = |logs: &[[f64; 5]]| (0..columns).map(|column| logs[column][level(column)]).sum::<f64>();
        let chance = f64::from(*chance) / 2.0;
        let stay = (prior + stay + of(&stayed) - chance).exp2();
        let may_have_moved = pattern >> (3 * columns) == 1;
        let leave = prior + leave + of(&moved) + f64::from(*surroundings) / 2.0 - chance;
        let leave = if may_have_moved { leave.exp2() } else { 0.0 };
        let odds = stay + leave;
        for (way, part) in [stay, leave].into_iter().enumerate() {
            let expected =
                count * if odds.is_finite() { part / (1.0 + odds) } else { f64::from(u8::from(part > 1e300)) };
            matches[way] += expected;
            (0..columns).for_each(|column| sums[column][way][level(column)] += expected);
        }
    }
    let assumed = ASSUMED_PAIRS * share;
    let mut change: f64 = 0.0;
    let mut learn = |m: &mut [f64; 4], from: &[f64; 5], before: &[f64; 4]| {
        let seen: f64 = from[..4].iter().sum();
        for level in 0..4 {
            let new = ((from[level] + before[level] * assumed) / (seen + assumed)).clamp(0.003, 0.997);
            change = change.max((new - m[level]).abs());
            m[level] = new;
        }
    };
    for (column, [stayed, moved]) in model.columns.iter_mut().zip(&sums) {
        let kind = column.column.kind;
        let before = kind.prior().same;
        if kind.is_surroundings() {
            learn(&mut column.m, stayed, &before);
        } else if kind.is_reach() {
            learn(&mut column.m, stayed, &before);
            learn(&mut column.m_moved, moved, &MOVED_REACH);
        } else {
            let both: [f64; 5] = std::array::from_fn(|level| stayed[level] + moved[level]);
            learn(&mut column.m, &both, &before);
            keep_names(column);
        }
    }
    if model.moved > 1e-5 {
        model.moved = ((matches[1] + MOVED * assumed) / (matches[0] + matches[1] + assumed)).clamp(0.001, 0.9);
    }
    // Half a pair is assumed, so that a table without duplicates comes out with next to none.
    let prior = (((matches[0] + matches[1]) / share + 0.5) / all).clamp(1e-13, 0.2);
    change = change.max((prior / model.prior).log2().abs() * 0.01);
    model.prior = prior;
    change
}
