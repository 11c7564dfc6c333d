//! All duplicates of a table.

use crate::blocks::Blocks;
use crate::compare::Level;
use crate::estimate::estimate;
use crate::groups::{Link, group};
use crate::keys::Keys;
use crate::model::Model;
use crate::order::Order;
use crate::score::{Agreement, Scorer, Weights};
use crate::table::Table;
use crate::work::{Callback, Cancelled, Stage, Watch, for_each};
use hashbrown::HashSet;
use serde::{Deserialize, Serialize};

/// What to look for.
#[derive(Clone, Debug)]
pub struct Options {
    /// Pairs from this probability on are reported, 0 to 1.
    pub review: f64,
    /// Pairs from this probability on are joined in groups, 0 to 1.
    pub join: f64,
    /// At most this many pairs are reported, the best ones; groups are formed from all.
    pub most_pairs: usize,
    /// Pairs of rows known to be two people, in any order: not reported and never in one group.
    pub not_duplicates: Vec<(u32, u32)>,
}

impl Default for Options {
    fn default() -> Options {
        Options { review: 0.3, join: 0.95, most_pairs: 100_000, not_duplicates: Vec::new() }
    }
}

/// What one column says about two records.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The column's number in the schema.
    pub column: usize,
    /// How well the values agree.
    pub level: Level,
    /// What that weighs, in bits: +1 doubles the odds, -1 halves them, 0 says nothing.
    pub weight: f64,
}

/// Two records that may mean one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The row with the smaller number.
    pub a: u32,
    /// The other row.
    pub b: u32,
    /// Probability that both mean one person, 0 to 1.
    pub probability: f64,
    /// The sum of the evidence in bits.
    pub weight: f64,
    /// One entry for each column, in the schema's order.
    pub evidence: Vec<Evidence>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The pairs from the review threshold on, the most probable first.
    pub pairs: Vec<Pair>,
    /// How many pairs there are from the review threshold on, reported or not.
    pub pairs_in_all: u64,
    /// Rows that mean one person, two at least in each group, sorted; groups sorted by their first row.
    pub groups: Vec<Vec<u32>>,
    /// How many pairs were compared.
    pub compared: u64,
    /// The weights, for [`crate::Index`].
    pub model: Model,
}

/// The set of pairs known to be two people.
pub(crate) fn known_different(pairs: &[(u32, u32)]) -> HashSet<(u32, u32)> {
    pairs.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect()
}

/// Finds the duplicates of a table: blocks it, estimates the weights from it, compares and groups. Uses all cores; the
/// result depends neither on their number nor on the order of the rows.
///
/// # Errors
/// [`Cancelled`] when `callback` has returned false.
pub fn find(table: &Table, options: &Options, callback: Callback<'_>) -> Result<Found, Cancelled> {
    let watch = Watch::new(callback);
    watch.begin(Stage::Blocking, 1)?;
    let order = Order::new(table);
    let blocks = Blocks::new(table, &order, &Keys::new(table), &watch)?;
    watch.begin(Stage::Estimating, u64::from(blocks.parts()))?;
    let model = estimate(table, &order, &blocks, options.review, options.join, &watch)?;
    watch.begin(Stage::Comparing, u64::from(blocks.parts()))?;
    let different = known_different(&options.not_duplicates);
    let least = options.review.min(options.join);
    let lists = for_each(blocks.parts(), |part| {
        let scorer = Scorer::new(table);
        let (mut links, mut compared) = (Vec::new(), 0_u64);
        blocks.pairs(part, 1.0, &mut |a, b| {
            compared += 1;
            let (first, second) = order.pair(a, b);
            let found = scorer.agreement(first, second);
            let weight = scorer.weigh(&model, &found).total;
            let probability = model.probability(weight);
            if probability >= least && !different.contains(&(a, b)) {
                links.push(Link { a, b, weight });
            }
            if compared.is_multiple_of(4096) { watch.go_on() } else { Ok(()) }
        })?;
        watch.step(Stage::Comparing, u64::from(blocks.parts()))?;
        Ok((links, compared))
    })?;
    drop(blocks);
    watch.begin(Stage::Grouping, 1)?;
    let compared = lists.iter().map(|(_, compared)| compared).sum();
    let mut links: Vec<Link> = lists.into_iter().flat_map(|(links, _)| links).collect();
    // Of equal ones the first is told by what is in them, too: who joins a group first decides who may join it later.
    links.sort_unstable_by(|x, y| {
        y.weight.total_cmp(&x.weight).then_with(|| order.ranks(x.a, x.b).cmp(&order.ranks(y.a, y.b)))
    });
    let scorer = Scorer::new(table);
    let joined = links.partition_point(|link| model.probability(link.weight) >= options.join);
    let groups = group(&scorer, &model, &order, &links[..joined], &different, &watch)?;
    let in_all = links.partition_point(|link| model.probability(link.weight) >= options.review);
    let pairs = links[..in_all.min(options.most_pairs)].iter().map(|link| {
        let (first, second) = order.pair(link.a, link.b);
        let found = scorer.agreement(first, second);
        let weights = scorer.weigh(&model, &found);
        let (probability, evidence) = (model.probability(weights.total), evidence(&model, &found, &weights));
        Pair { a: link.a, b: link.b, probability, weight: weights.total, evidence }
    });
    let pairs = pairs.collect();
    watch.step(Stage::Grouping, 1)?;
    Ok(Found { pairs, pairs_in_all: in_all as u64, groups, compared, model })
}

pub(crate) fn evidence(model: &Model, found: &Agreement, weights: &Weights) -> Vec<Evidence> {
    let of = |column| Evidence { column, level: found.levels[column], weight: weights.bits[column] };
    (0..model.columns.len()).map(of).collect()
}
