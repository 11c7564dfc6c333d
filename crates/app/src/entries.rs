//! Records of the kinds that are entered by hand, for example a task: add, edit, delete.

use crate::error::CommandError;
use crate::lists::Selection;
use crate::records::{check_thawed, create, edit};
use crate::session::Session;
use crate::step::{Created, Done};
use crate::trash;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, OperationKind, RecordKind};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Refuses kinds that have use cases of their own.
pub(crate) fn entered_by_hand(kind: RecordKind) -> Result<(), CommandError> {
    if kind.is_entered_by_hand() { Ok(()) } else { Err(CommandError::not_found("form for this kind of record")) }
}

/// Adds a record of a kind that is entered by hand, for example a task.
pub async fn record_create(
    session: &Session,
    kind: RecordKind,
    values: &HashMap<String, FieldValue>,
) -> Result<Created, CommandError> {
    entered_by_hand(kind)?;
    create(session, kind, OperationKind::RecordsCreate, values).await
}

/// Edits such a record.
pub async fn record_edit(
    session: &Session,
    kind: RecordKind,
    id: Id,
    edits: &[FieldEdit],
) -> Result<Done, CommandError> {
    entered_by_hand(kind)?;
    edit(session, kind, OperationKind::RecordsEdit, id, edits).await
}

/// Puts such records into the trash, with what belongs to them: the registrations of an event, say.
pub async fn records_delete(session: &Session, kind: RecordKind, ids: &[Id]) -> Result<Done, CommandError> {
    entered_by_hand(kind)?;
    if kind == RecordKind::Employment {
        let thawed = session
            // That the contact is frozen holds whoever deletes.
            .read(|view| ids.iter().try_for_each(|id| check_thawed(view.everything(), &view.get(kind, *id)?.record)));
        thawed.await?;
    }
    let selection = Selection::Ids { ids: ids.to_vec() };
    trash::delete(session, kind, &selection, &mut |_| ControlFlow::Continue(())).await
}
