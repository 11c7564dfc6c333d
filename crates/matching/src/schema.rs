//! What the columns of a table mean.

use serde::{Deserialize, Serialize};

/// What the values of a column are; decides how they are compared and blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person's given names; preferred names and nicknames go into the same column as further values.
    GivenName,
    /// A person's family name; former names go into the same column as further values.
    FamilyName,
    /// Which of several generations of one name: Jr., Sr., III.
    Generation,
    /// A person's whole name, where it does not come in parts.
    PersonName,
    /// An employer or another organization.
    Organization,
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
    /// Street and number, or any other line of an address.
    Street,
    /// City or suburb.
    City,
    /// Postal code.
    PostalCode,
    /// State, province or country.
    Region,
    /// A calendar date: `2001-12-31`, `20011231` or `31.12.2001` (also with slashes).
    Date,
    /// A number or code given to this one person or thing: a user name, a house number, a profile's address.
    Identifier,
    /// Any other words: a job title, a department.
    Text,
}

impl Kind {
    /// Whether it names the person.
    pub fn is_name(self) -> bool {
        matches!(self, Kind::GivenName | Kind::FamilyName | Kind::Generation | Kind::PersonName)
    }

    /// What changes together when somebody changes jobs or moves.
    pub(crate) fn is_surroundings(self) -> bool {
        matches!(self, Kind::Organization | Kind::Street | Kind::City | Kind::PostalCode | Kind::Region | Kind::Text)
    }

    /// What may or may not change then.
    pub(crate) fn is_reach(self) -> bool {
        matches!(self, Kind::Email | Kind::Phone)
    }

    /// Kinds compared with each other share their values: a swapped name is the same value in another column.
    pub(crate) fn shares_names(self) -> bool {
        matches!(self, Kind::GivenName | Kind::FamilyName)
    }

    /// What is assumed about the column before the data has spoken.
    pub(crate) fn prior(self) -> Prior {
        let p = |same, chance, discount, concentration| Prior { same, chance, discount, concentration };
        match self {
            Kind::GivenName => p([0.80, 0.13, 0.055, 0.015], [0.010, 0.010, 0.03], 0.3, 150.0),
            Kind::FamilyName => p([0.86, 0.08, 0.04, 0.02], [0.003, 0.005, 0.03], 0.5, 400.0),
            Kind::Generation => p([0.90, 0.04, 0.04, 0.02], [0.40, 0.05, 0.05], 0.2, 60.0),
            Kind::PersonName => p([0.70, 0.21, 0.075, 0.015], [1e-4, 1e-3, 0.02], 0.6, 1000.0),
            Kind::Organization => p([0.55, 0.10, 0.05, 0.30], [0.010, 0.005, 0.02], 0.4, 100.0),
            Kind::Email => p([0.55, 0.05, 0.05, 0.35], [1e-5, 1e-4, 2e-3], 0.97, 2000.0),
            Kind::Phone => p([0.58, 0.05, 0.02, 0.35], [1e-4, 1e-4, 1e-3], 0.95, 2000.0),
            Kind::Street => p([0.60, 0.15, 0.08, 0.17], [2e-3, 2e-3, 0.02], 0.7, 500.0),
            Kind::City => p([0.75, 0.08, 0.02, 0.15], [0.03, 0.005, 0.03], 0.2, 60.0),
            Kind::PostalCode => p([0.75, 0.08, 0.03, 0.14], [0.010, 0.010, 0.05], 0.4, 150.0),
            Kind::Region => p([0.88, 0.02, 0.02, 0.08], [0.10, 0.01, 0.01], 0.0, 20.0),
            Kind::Date => p([0.85, 0.07, 0.04, 0.04], [1e-3, 2e-3, 0.02], 0.2, 2000.0),
            Kind::Identifier => p([0.80, 0.07, 0.03, 0.10], [0.005, 0.005, 0.02], 0.8, 300.0),
            Kind::Text => p([0.40, 0.15, 0.10, 0.35], [0.02, 0.02, 0.05], 0.4, 100.0),
        }
    }
}

/// What is assumed about a kind before the data has spoken.
pub(crate) struct Prior {
    /// Probability of exact, strong, weak, different for two records of one person.
    pub same: [f64; 4],
    /// Probability of exact, strong, weak for two records of different people.
    pub chance: [f64; 3],
    /// How many of the values seen were seen by luck: near 1 where almost every value is new (Pitman-Yor).
    pub discount: f64,
    /// How many records it takes to believe in the frequencies counted (Pitman-Yor).
    pub concentration: f64,
}

/// A column: its name, for evidence and errors, and its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The name evidence is given under.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
}

/// The columns of a table, at most [`Schema::MOST`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    columns: Vec<Column>,
}

impl Schema {
    /// More columns than this are refused; a pair's agreement is packed into 64 bits.
    pub const MOST: usize = 20;

    /// No columns yet.
    pub fn new() -> Schema {
        Schema::default()
    }

    /// Adds a column. Beyond [`Schema::MOST`] columns nothing is added and the column is not compared.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, kind: Kind) -> Schema {
        if self.columns.len() < Self::MOST {
            self.columns.push(Column { name: name.into(), kind });
        }
        self
    }

    /// The columns in their order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(crate) fn kind(&self, column: usize) -> Kind {
        self.columns[column].kind
    }

    pub(crate) fn first(&self, kind: Kind) -> Option<usize> {
        self.columns.iter().position(|column| column.kind == kind)
    }
}
