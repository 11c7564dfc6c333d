//! What a row of a list says beside its cells: that a contact is inactive, that nobody should write to somebody, that an
//! employer is only claimed.

use crate::error::CommandError;
use crate::names::Cell;
use crate::session::Session;
use liaison_domain::field::FieldType;
use liaison_domain::outbox::LeftOut;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Field, Id, RecordKind, attribute, contact, student};
use liaison_queries::{employers, employments};
use liaison_store::list::ListCell;
use liaison_store::{Db, StoreError, attributes};
use serde::Serialize;
use specta::Type;

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Row {
    /// The record.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The cells of the columns asked for, in their order.
    pub cells: Vec<Cell>,
    /// Of a contact at the employer called "Inactive" (M24), where the employer was asked for.
    pub inactive: Option<InactiveContact>,
    /// Why one shouldn't write to a contact or a student, where the address was asked for: [`LeftOut::DoNotEmail`] or
    /// [`LeftOut::Bounced`].
    pub no_email: Option<LeftOut>,
    /// Employers that somebody only claimed: the row itself, or those that its cells refer to.
    pub claimed: Vec<Id>,
}

/// A contact at the employer called "Inactive".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct InactiveContact {
    /// The name of the employer it left last, where that is known.
    pub former_employer: Option<String>,
}

/// The fields that say that one shouldn't write to somebody whose address is among the columns; that of bounces is last.
pub(crate) fn refusing(db: &Db<'_>, kind: RecordKind, columns: &[&Field]) -> Result<Vec<&'static Field>, StoreError> {
    if !columns.iter().any(|field| field.key == contact::EMAIL.key) {
        return Ok(Vec::new());
    }
    Ok(match kind {
        RecordKind::Contact => {
            let mut fields = attributes::meaning(db, attribute::DO_NOT_EMAIL)?;
            fields.push(&contact::BOUNCED_AT);
            fields
        }
        RecordKind::Student => vec![&student::DO_NOT_EMAIL, &student::BOUNCED_AT],
        _ => Vec::new(),
    })
}

/// What the cells of the fields of [`refusing`] say.
pub(crate) fn no_email(marks: &[ListCell]) -> Option<LeftOut> {
    let (bounced, asked) = marks.split_last()?;
    if asked.iter().any(|cell| cell.value.as_flag()) {
        return Some(LeftOut::DoNotEmail);
    }
    (!bounced.value.is_empty()).then_some(LeftOut::Bounced)
}

/// Tells of contacts at the employer called "Inactive" which employer they left.
pub(crate) async fn tell_inactive(
    session: &Session,
    kind: RecordKind,
    rows: &mut [Row],
    columns: &[&Field],
) -> Result<(), CommandError> {
    let at = columns.iter().position(|field| field.key == contact::EMPLOYER.key);
    let Some(at) = at.filter(|_| kind == RecordKind::Contact) else { return Ok(()) };
    let told = session.read(|view| {
        let Some(inactive) = employers::inactive(view.everything())? else { return Ok(()) };
        let there = FieldValue::Text(inactive.to_string());
        for row in rows.iter_mut().filter(|row| row.cells[at].value == there) {
            let left = employments::last_position(view, row.id, inactive)?;
            let former_employer = left.map(|left| left.employer_name).filter(|name| !name.is_empty());
            row.inactive = Some(InactiveContact { former_employer });
        }
        Ok::<(), StoreError>(())
    });
    Ok(told.await?)
}

/// Tells which employers in the rows are only claimed: those have the names of real ones.
pub(crate) async fn tell_claimed(
    session: &Session,
    kind: RecordKind,
    rows: &mut [Row],
    columns: &[&Field],
) -> Result<(), CommandError> {
    let is_employer = |field: &Field| field.field_type == FieldType::Reference { kind: RecordKind::Employer };
    let at: Vec<usize> = (0..columns.len()).filter(|at| is_employer(columns[*at])).collect();
    if kind != RecordKind::Employer && at.is_empty() {
        return Ok(());
    }
    for id in session.read(|view| employers::claimed(view.everything())).await? {
        let there = FieldValue::Text(id.to_string());
        for row in rows.iter_mut() {
            if row.id == id || at.iter().any(|at| row.cells[*at].value == there) {
                row.claimed.push(id);
            }
        }
    }
    Ok(())
}
