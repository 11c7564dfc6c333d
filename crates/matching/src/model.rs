//! The weights: what agreement and disagreement of each column say about two records.

use crate::schema::{Column, Kind};
use serde::{Deserialize, Serialize};

/// The estimated weights of one column. Arrays are by level: exact, strong, weak, different.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnModel {
    /// The column.
    #[serde(flatten)]
    pub column: Column,
    /// Probability of each level for two records of one person, given that both have a value.
    pub m: [f64; 4],
    /// The same for a person who has moved on between the two records, of e-mail addresses and telephones. Names stay
    /// as they are then, and employer and address agree as much as different people's.
    pub m_moved: [f64; 4],
    /// Probability of each level for two records of different people. Exact agreement on a value uses the value's own
    /// frequency instead, so that a rare name says more than a frequent one and a switchboard's number little.
    pub u: [f64; 4],
    /// How many of the values are expected to be seen by luck (Pitman-Yor discount), for frequencies.
    pub discount: f64,
    /// How many records the frequencies assumed beforehand weigh as much as (Pitman-Yor concentration).
    pub concentration: f64,
    /// By other column: probability of exact, strong and weak agreement between different people who agree on the other
    /// column; 0 where the columns have nothing in common. Two people at one employer share its street; that says
    /// nothing about being one.
    pub given_other: Vec<[f64; 3]>,
}

/// Everything estimated from a table; with the table it gives any two records a probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// The columns in the order of the schema.
    pub columns: Vec<ColumnModel>,
    /// The order in which columns are read: agreement on an earlier one explains some of a later one's.
    pub order: Vec<usize>,
    /// Probability that two records taken at random mean one person.
    pub prior: f64,
    /// Share of the pairs meaning one person in which the person has moved on: other employer, other address.
    pub moved: f64,
    /// Number of records the model was estimated from.
    pub records: u32,
    /// Pairs from this probability on are reported.
    pub review: f64,
    /// Pairs from this probability on are joined in groups.
    pub join: f64,
}

impl Model {
    /// The prior as bits, the logarithm of its odds to base 2.
    pub fn prior_bits(&self) -> f64 {
        (self.prior / (1.0 - self.prior)).log2()
    }

    /// The probability of a pair with this weight of evidence.
    ///
    /// `weight` is in bits: +1 doubles the odds.
    pub fn probability(&self, weight: f64) -> f64 {
        1.0 / (1.0 + (-(weight + self.prior_bits())).exp2())
    }

    /// Whether agreement on one kind may come with agreement on another between different people.
    pub(crate) fn may_depend(a: Kind, b: Kind) -> bool {
        let surroundings = |kind: Kind| kind.is_surroundings() || kind.is_reach();
        let name = Kind::shares_names;
        (surroundings(a) && surroundings(b)) || (name(a) && name(b))
    }
}
