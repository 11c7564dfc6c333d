//! The step a use case writes: one operation of the journal, by name, and what came of it.

use crate::error::CommandError;
use liaison_domain::{Id, OperationKind};
use serde::Serialize;
use specta::Type;

/// What is written into the journal about a step beside its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub(crate) kind: OperationKind,
    pub(crate) detail: String,
    pub(crate) undoes: Option<Id>,
}

impl Step {
    /// A step of this kind.
    pub fn new(kind: OperationKind) -> Step {
        Step { kind, detail: String::new(), undoes: None }
    }

    /// What the history shows beside the kind: a file's name, a role's name.
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Step {
        Step { detail: detail.into(), ..self }
    }

    /// The operation that it takes back.
    #[must_use]
    pub fn undoes(self, operation: Id) -> Step {
        Step { undoes: Some(operation), ..self }
    }
}

/// A record that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Created {
    /// The record.
    pub id: Id,
    /// The operation that takes it back.
    pub operation: Id,
}

impl Created {
    /// The record `id`, added by an operation: there is none only where nothing was recorded.
    pub fn by(id: Id, operation: Option<Id>) -> Result<Created, CommandError> {
        Ok(Created { id, operation: operation.ok_or_else(|| CommandError::not_found("operation"))? })
    }
}

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Done {
    /// The operation that takes it back; none where nothing changed.
    pub operation: Option<Id>,
    /// Records changed.
    pub changed: u32,
    /// Records left as they were, because they were already so or could not be changed.
    pub skipped: u32,
    /// Linked employer users changed.
    pub users: u32,
}
