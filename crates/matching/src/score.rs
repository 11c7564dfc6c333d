//! Two rows side by side.

use crate::compare::{self, Level};
use crate::frequent;
use crate::model::Model;
use crate::schema::{Kind, Schema};
use crate::table::{Row, Table};
use std::cell::RefCell;

const COLUMNS: usize = Schema::MOST;

/// How well two rows agree, column by column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agreement {
    pub levels: [Level; COLUMNS],
    /// Of exact agreement: in how many other records than one of the two the shared value stands. Of strong agreement
    /// by swapped names too.
    others: [u32; COLUMNS],
    /// The share of people in general who have the shared name.
    familiar: [f32; COLUMNS],
    /// More than one value on a side is more than one chance to agree.
    chances: [u8; COLUMNS],
    /// Given and family name agree crosswise.
    swapped: bool,
    /// The mailboxes agree because the names do.
    mailbox_of_name: bool,
    /// Both are named after an office, which every firm has: "Sales Desk".
    offices: bool,
}

impl Agreement {
    /// Whether the column agrees only because the names do.
    pub fn says_nothing(&self, column: usize, kind: Kind) -> bool {
        (kind == Kind::Email && self.mailbox_of_name && self.levels[column] == Level::Weak)
            || (kind.is_name() && self.offices && self.levels[column] <= Level::Strong)
    }
}

/// Probability that somebody writes a name the wrong way round.
const SWAP: f64 = 0.01;
/// Couples and the like with one telephone or address, for each pair of records of one person.
const RELATIVES: f64 = 0.002;
/// The same where the given names are plainly two: twins and siblings at one address, who may share everything else.
const SIBLINGS: f64 = 0.3;
/// Probability that one person is called Junior in one record and Senior in the other.
const OTHER_GENERATION: f64 = 1e-4;

/// Words that names of offices are made of.
const OFFICES: &[&str] = &[
    "acquisition",
    "admin",
    "administration",
    "campus",
    "career",
    "careers",
    "center",
    "contact",
    "department",
    "desk",
    "employment",
    "front",
    "general",
    "hiring",
    "hr",
    "human",
    "info",
    "information",
    "internships",
    "jobs",
    "manager",
    "office",
    "people",
    "reception",
    "recruiter",
    "recruiting",
    "recruitment",
    "relations",
    "resources",
    "sales",
    "support",
    "talent",
    "team",
    "university",
];

/// Levels found before, by the numbers of the values: the same names meet again and again.
struct Memory {
    slots: Vec<(u64, Level)>,
}

/// Compares rows of one table. Not shared between threads: it remembers what it has compared.
pub(crate) struct Scorer<'a> {
    table: &'a Table,
    kinds: Vec<Kind>,
    given: Option<usize>,
    family: Option<usize>,
    generation: Option<usize>,
    /// Columns of one kind whose values may stand in each other's place.
    alike: Vec<(usize, usize)>,
    memory: RefCell<Memory>,
}

/// Whether two columns agree at least. Elsewhere looking closer could change nothing.
fn something_agrees(found: &Agreement) -> bool {
    found.levels.iter().filter(|level| **level <= Level::Strong).count() >= 2
}

/// What a row's agreement weighs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights {
    /// By column, in bits.
    pub bits: [f64; COLUMNS],
    /// Logarithm to base 2 of the probability of this agreement for two different people.
    pub chance: f64,
    /// The part of `chance` that employer and address have.
    pub chance_of_surroundings: f64,
    /// Whether anything but the name says that the person may have moved on.
    pub may_have_moved: bool,
    /// The sum of `bits`.
    pub total: f64,
}

impl<'a> Scorer<'a> {
    pub fn new(table: &'a Table) -> Scorer<'a> {
        let schema = table.schema();
        let slots = (table.len() * 8).next_power_of_two().clamp(1 << 8, 1 << 14);
        let crossing = |kind: Kind| matches!(kind, Kind::Street | Kind::Phone | Kind::Email);
        let columns = schema.columns();
        let after = |i: usize| (i + 1..columns.len()).filter(move |j| columns[*j].kind == columns[i].kind);
        let alike = (0..columns.len()).filter(|i| crossing(columns[*i].kind));
        Scorer {
            alike: alike.flat_map(|i| after(i).map(move |j| (i, j))).collect(),
            table,
            kinds: schema.columns().iter().map(|column| column.kind).collect(),
            given: schema.first(Kind::GivenName),
            family: schema.first(Kind::FamilyName),
            generation: schema.first(Kind::Generation),
            memory: RefCell::new(Memory { slots: vec![(u64::MAX, Level::Missing); slots] }),
        }
    }

    /// Compares all columns.
    pub fn agreement(&self, a: Row<'_>, b: Row<'_>) -> Agreement {
        let mut found = Agreement {
            levels: [Level::Missing; COLUMNS],
            others: [0; COLUMNS],
            familiar: [0.0; COLUMNS],
            chances: [1; COLUMNS],
            swapped: false,
            mailbox_of_name: false,
            offices: false,
        };
        for column in 0..self.kinds.len() {
            self.compare(column, a, b, &mut found);
        }
        self.look_for_swap(a, b, &mut found);
        self.look_across(a, b, &mut found);
        self.look_for_colleagues(a, b, &mut found);
        found.offices = self.is_office(a) && self.is_office(b);
        found
    }

    /// "maryb" and "maryl" at one employer are no slip of a key if the names differ as well.
    fn look_for_colleagues(&self, a: Row<'_>, b: Row<'_>, found: &mut Agreement) {
        let differ = |column: Option<usize>| column.is_some_and(|column| found.levels[column] == Level::Different);
        if !differ(self.given) && !differ(self.family) {
            return;
        }
        for column in (0..self.kinds.len()).filter(|column| self.kinds[*column] == Kind::Email) {
            let of_name = |row: Row<'_>| {
                let mut addresses = self.table.numbers(row, column).iter();
                addresses.any(|number| self.is_of_name(a, b, self.table.text(row, column, *number)))
            };
            if found.levels[column] == Level::Strong && (of_name(a) || of_name(b)) {
                found.levels[column] = Level::Weak;
                found.mailbox_of_name = true;
            }
        }
    }

    /// Whether a row is named after an office rather than a person.
    fn is_office(&self, row: Row<'_>) -> bool {
        let mut names = [Kind::GivenName, Kind::FamilyName].into_iter().flat_map(|kind| self.table.texts_of(row, kind));
        let mut words = names.by_ref().flat_map(|name| name.split(' ')).peekable();
        words.peek().is_some() && words.all(|word| OFFICES.contains(&word))
    }

    /// Compares one column only.
    pub fn level(&self, column: usize, a: Row<'_>, b: Row<'_>) -> Level {
        let mut found = Agreement {
            levels: [Level::Missing; COLUMNS],
            others: [0; COLUMNS],
            familiar: [0.0; COLUMNS],
            chances: [1; COLUMNS],
            swapped: false,
            mailbox_of_name: false,
            offices: false,
        };
        self.compare(column, a, b, &mut found);
        found.levels[column]
    }

    fn compare(&self, column: usize, a: Row<'_>, b: Row<'_>, found: &mut Agreement) {
        let (left, right) = (self.table.numbers(a, column), self.table.numbers(b, column));
        if left.is_empty() || right.is_empty() {
            return;
        }
        found.chances[column] = left.len().max(right.len()).min(255) as u8;
        let shared = || left.iter().filter(|number| right.contains(number));
        // A row that is not in the table is in no count. With frequencies of another table, which is likely to have one
        // of the two, it must not matter which of them is a row of this one.
        let own = u32::from(self.table.has_usual() || matches!((a, b), (Row::Own(_), Row::Own(_))));
        if let Some(rarest) = shared().map(|number| self.table.count(column, *number)).min() {
            found.levels[column] = Level::Exact;
            found.others[column] = rarest.saturating_sub(own);
            let kind = self.kinds[column];
            if kind.shares_names() {
                let rarest = shared().filter(|number| self.table.count(column, **number) == rarest);
                let familiar = rarest.map(|number| frequent::share(kind, self.table.text(a, column, *number)));
                found.familiar[column] = familiar.fold(1.0, f32::min);
            }
            return;
        }
        let mut best = Level::Different;
        for x in left {
            for y in right {
                let level = self.values(column, a, *x, b, *y);
                if level == Level::Weak && self.kinds[column] == Kind::Email && level < best {
                    found.mailbox_of_name = self.is_of_name(a, b, self.table.text(a, column, *x));
                }
                best = best.min(level);
            }
        }
        found.levels[column] = best;
    }

    fn values(&self, column: usize, a: Row<'_>, x: u32, b: Row<'_>, y: u32) -> Level {
        let compare =
            || compare::texts(self.kinds[column], self.table.text(a, column, x), self.table.text(b, column, y));
        // Values that hardly repeat would only push out those that do; numbers of strangers mean nothing later.
        let known = (x.max(y) as usize) < self.table.pool(column).len();
        if !known || matches!(self.kinds[column], Kind::Email | Kind::Phone | Kind::Identifier) {
            return compare();
        }
        let key = u64::from(x.min(y)) << 32 | u64::from(x.max(y));
        let key = key ^ (column as u64) << 59;
        let mut memory = self.memory.borrow_mut();
        let slot = crate::atoms::mix(key) as usize & (memory.slots.len() - 1);
        if memory.slots[slot].0 == key {
            return memory.slots[slot].1;
        }
        let level = compare();
        memory.slots[slot] = (key, level);
        level
    }

    /// Whether a mailbox is made of one of the rows' names, as most are.
    fn is_of_name(&self, a: Row<'_>, b: Row<'_>, address: &str) -> bool {
        let local = address.split('@').next().unwrap_or(address);
        let mut names = [Kind::GivenName, Kind::FamilyName, Kind::PersonName]
            .into_iter()
            .flat_map(|kind| self.table.texts_of(a, kind).chain(self.table.texts_of(b, kind)))
            .flat_map(|name| name.split(' '));
        // A name in another script is in the address as its bearer spells it, which cannot be known.
        names.any(|name| !name.is_ascii() || (name.len() >= 2 && local.contains(name)))
    }

    fn look_for_swap(&self, a: Row<'_>, b: Row<'_>, found: &mut Agreement) {
        let (Some(given), Some(family)) = (self.given, self.family) else { return };
        if found.levels[given].max(found.levels[family]) <= Level::Strong {
            return;
        }
        let typo = something_agrees(found);
        let cross = |one: Row<'_>, column: usize, other: Row<'_>, crossed: usize| {
            let theirs = self.table.numbers(other, crossed);
            let mine = self.table.numbers(one, column);
            if let Some(number) = mine.iter().find(|number| theirs.contains(number)) {
                return Some(*number);
            }
            let alike = |number: &&u32| {
                let text = self.table.text(one, column, **number);
                let level =
                    |their: &u32| compare::texts(Kind::FamilyName, text, self.table.text(other, crossed, *their));
                theirs.iter().any(|their| level(their) <= Level::Strong)
            };
            mine.iter().filter(|_| typo).find(alike).copied()
        };
        let (Some(first), Some(second)) = (cross(a, given, b, family), cross(a, family, b, given)) else { return };
        // Counted in the column where the value is at home.
        let count = |number| self.table.count(given, number).max(self.table.count(family, number));
        found.swapped = true;
        for (column, number) in [(given, first), (family, second)] {
            found.levels[column] = Level::Strong;
            found.others[column] = count(number).saturating_sub(1);
        }
    }

    /// Lines of an address in another order, a mobile number in the column for work: values of columns of one kind
    /// are compared crosswise where they do not agree straight.
    fn look_across(&self, a: Row<'_>, b: Row<'_>, found: &mut Agreement) {
        if self.alike.is_empty() || !something_agrees(found) {
            return;
        }
        let before = found.levels;
        for (i, j) in &self.alike {
            let kind = self.kinds[*i];
            let cross = |left: usize, right: usize| {
                let each = |x: &u32| {
                    let text = self.table.text(a, left, *x);
                    let theirs = self.table.numbers(b, right).iter();
                    theirs.map(|y| compare::texts(kind, text, self.table.text(b, right, *y))).min()
                };
                self.table.numbers(a, left).iter().filter_map(each).min().unwrap_or(Level::Missing)
            };
            for (left, right) in [(*i, *j), (*j, *i)] {
                if before[left] > Level::Weak && cross(left, right) <= Level::Strong {
                    found.levels[left] = Level::Strong;
                }
            }
        }
    }

    /// What an agreement weighs in a model.
    pub fn weigh(&self, model: &Model, found: &Agreement) -> Weights {
        let mut weights = Weights {
            bits: [0.0; COLUMNS],
            chance: 0.0,
            chance_of_surroundings: 0.0,
            may_have_moved: false,
            total: 0.0,
        };
        let (mut stayed, mut moved) = ([0.0; COLUMNS], [0.0; COLUMNS]);
        for (at, column) in model.order.iter().enumerate() {
            let level = found.levels[*column];
            if level == Level::Missing {
                continue;
            }
            let of = &model.columns[*column];
            let index = level.index();
            let agreeing = || model.order[..at].iter().copied().filter(|other| found.levels[*other] <= Level::Strong);
            let explained = |index: usize| agreeing().map(|other| of.given_other[other][index]).fold(0.0, f64::max);
            // Of those who share the other value, no more can share this one by chance than have it at all.
            let shared = || {
                let share = |other: usize| {
                    let with_it = f64::from(found.others[*column].max(1));
                    let all = if found.levels[other] == Level::Exact { found.others[other].max(1) } else { 1 };
                    of.given_other[other][0].min(with_it / f64::from(all))
                };
                agreeing().map(share).fold(0.0, f64::max)
            };
            let frequency = || {
                let records = f64::from(self.table.filled(*column).max(1)) - 1.0 + of.concentration;
                let others = f64::from(found.others[*column]);
                let familiar = f64::from(found.familiar[*column]) * of.concentration;
                ((others.max(1.0) - of.discount).max(0.01) + familiar) / records * f64::from(found.chances[*column])
            };
            let (m, u) = match level {
                _ if self.kinds[*column] == Kind::Generation => continue,
                Level::Exact if found.says_nothing(*column, self.kinds[*column]) => continue,
                Level::Exact => (of.m[0], frequency().max(shared())),
                Level::Strong if found.says_nothing(*column, self.kinds[*column]) => continue,
                Level::Strong if found.swapped && self.kinds[*column].shares_names() => {
                    (SWAP.sqrt(), frequency().max(shared()))
                }
                Level::Weak if found.says_nothing(*column, self.kinds[*column]) => continue,
                Level::Different => (of.m[3], of.u[3]),
                _ => (of.m[index], of.u[index].max(explained(index))),
            };
            let u = u.clamp(1e-9, 0.98);
            let bits = match level {
                // Sharing an employer's everything is no evidence against being one person.
                Level::Exact => (m / u).log2().max(0.0),
                Level::Different => (m / u).log2().min(0.0),
                _ => (m / u).log2(),
            };
            let chance = m.log2() - bits;
            weights.chance += chance;
            stayed[*column] = bits;
            moved[*column] = match self.kinds[*column] {
                kind if kind.is_surroundings() => {
                    weights.chance_of_surroundings += chance;
                    0.0
                }
                kind if kind.is_reach() && m == of.m[index] => of.m_moved[index].log2() - chance,
                _ => bits,
            };
        }
        self.mix(model, found, &stayed, &moved, &mut weights);
        self.think_of_relatives(model, found, &mut weights);
        weights
    }

    /// Two with one family name and one telephone may be a couple, or father and son. Where the given names or the
    /// generations are not the same, that is what the pair has to be likelier than, and it is not enough that two
    /// strangers would hardly share so much.
    fn think_of_relatives(&self, model: &Model, found: &Agreement, weights: &mut Weights) {
        let (Some(given), Some(family)) = (self.given, self.family) else { return };
        let generations = self.generation.filter(|column| found.levels[*column] == Level::Different);
        if found.levels[family] > Level::Strong || (found.levels[given] <= Level::Strong && generations.is_none()) {
            return;
        }
        let of = &model.columns[given];
        let likelier = match found.levels[given] {
            _ if generations.is_some() => OTHER_GENERATION.log2(),
            Level::Missing => 0.0,
            Level::Different => {
                (of.m[Level::Different.index()] / of.u[Level::Different.index()]).log2() - (SIBLINGS / RELATIVES).log2()
            }
            level => (of.m[level.index()] / of.u[level.index()]).log2(),
        };
        let strangers = -weights.total;
        let relatives = RELATIVES.log2() + model.prior_bits() - likelier;
        let most = strangers.max(relatives);
        let weight = -(most + ((strangers - most).exp2() + (relatives - most).exp2()).log2());
        weights.bits[generations.unwrap_or(given)] += weight - weights.total;
        weights.total = weight;
    }

    /// The person stayed or moved on: both explanations count, each as much as it is likely.
    fn mix(&self, model: &Model, found: &Agreement, stayed: &[f64], moved: &[f64], weights: &mut Weights) {
        let sum = |bits: &[f64]| bits.iter().sum::<f64>();
        // With nothing but the name the same, another person of that name is as likely as the same one elsewhere.
        let reached = (0..self.kinds.len()).any(|column| {
            let kind = self.kinds[column];
            !kind.is_name() && !kind.is_surroundings() && found.levels[column] <= Level::Strong
        });
        weights.may_have_moved = reached;
        let leave = if reached { model.moved.log2() + sum(moved) } else { f64::NEG_INFINITY };
        let stay = (1.0 - model.moved).log2() + sum(stayed);
        let most = stay.max(leave);
        weights.total = most + ((stay - most).exp2() + (leave - most).exp2()).log2();
        let share = (stay - weights.total).exp2();
        let mut left = weights.total;
        let mut changing: u32 = 0;
        for column in 0..self.kinds.len() {
            weights.bits[column] = share * stayed[column] + (1.0 - share) * moved[column];
            left -= weights.bits[column];
            let kind = self.kinds[column];
            let told = kind.is_surroundings() && found.levels[column] != Level::Missing;
            changing |= u32::from(told) << column;
        }
        // What having to choose between the explanations costs is on the columns that decide, or on all.
        if changing == 0 {
            changing = (0..self.kinds.len())
                .filter(|column| found.levels[*column] != Level::Missing)
                .fold(0, |all, column| all | 1 << column);
        }
        let each = left / f64::from(changing.count_ones().max(1));
        (0..self.kinds.len())
            .filter(|column| changing >> column & 1 == 1)
            .for_each(|column| weights.bits[column] += each);
    }
}
