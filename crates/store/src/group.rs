//! The groups that lists and searches of contacts keep apart.

/// The groups records are in: of contacts, their approval status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Pending contacts.
    Pending = 0,
    /// Approved contacts, and all records that are not reviewed.
    Approved = 1,
    /// Rejected contacts.
    Rejected = 2,
}

impl Group {
    /// The group for a value of `approval`.
    pub fn of(approval: &str) -> Group {
        match approval {
            "pending" => Group::Pending,
            "rejected" => Group::Rejected,
            _ => Group::Approved,
        }
    }
}
