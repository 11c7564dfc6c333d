//! Turning AutoSync on and off (M19). What carries over, and when, is decided where records are written.

use crate::error::CommandError;
use crate::lists;
use crate::lists::Selection;
use crate::progress::OnProgress;
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use liaison_domain::{OperationKind, Permission, RecordKind, Refusal, contact};
use liaison_queries::contacts::AutoSyncByRow;
use serde::Serialize;
use specta::Type;

/// What turning AutoSync on or off would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct AutoSyncPreview {
    /// Contacts it would change.
    pub contacts: u32,
    /// Contacts of which it is already so.
    pub already: u32,
    /// Contacts that are rejected; their data is frozen (M27).
    pub frozen: u32,
}

fn permit_auto_sync(session: &Session, rows: &[u32]) -> Result<(), CommandError> {
    session.actor().require(Permission::EditContacts)?;
    if rows.len() > 1 {
        session.actor().require(Permission::BulkUpdate)?;
    }
    Ok(())
}

/// What turning AutoSync of the selected contacts on or off would do.
pub async fn contacts_auto_sync_preview(
    session: &Session,
    selection: &Selection,
    on: bool,
) -> Result<AutoSyncPreview, CommandError> {
    let rows = lists::selected(session, RecordKind::Contact, selection).await?;
    permit_auto_sync(session, &rows)?;
    let preview = session.read(|view| {
        let mut preview = AutoSyncPreview::default();
        let mut contacts = AutoSyncByRow::prepare(view)?;
        for row in rows {
            match contacts.read(i64::from(row))? {
                None => {}
                Some(contact) if contact.on.as_flag() == on => preview.already += 1,
                Some(contact) if contact.frozen => preview.frozen += 1,
                Some(_) => preview.contacts += 1,
            }
        }
        Ok(preview)
    });
    Ok(preview.await?)
}

/// Turns AutoSync of the selected contacts on or off. Those it is turned on for take over what their employer and
/// their user say, in the same operation.
pub async fn contacts_auto_sync(
    session: &Session,
    selection: &Selection,
    on: bool,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    let rows = lists::selected(session, RecordKind::Contact, selection).await?;
    permit_auto_sync(session, &rows)?;
    session.begin_long_work();
    let total = rows.len() as u32;
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    let ((), operation) = session
        .commit(Step::new(OperationKind::ContactsAutoSync), |recorder| {
            let (mut contacts, mut frozen) = (AutoSyncByRow::prepare(&session.view(recorder.db()))?, 0);
            for (at, row) in rows.iter().enumerate() {
                session.report(progress, at as u32, total)?;
                let Some(contact) = contacts.read(i64::from(*row))? else { continue };
                if contact.on.as_flag() == on || contact.frozen {
                    done.skipped += 1;
                    frozen += u32::from(contact.frozen && contact.on.as_flag() != on);
                    continue;
                }
                let field = contact::AUTO_SYNC.number;
                let change = liaison_domain::FieldChange { field, before: contact.on, after: on.into() };
                recorder.update(RecordKind::Contact, i64::from(*row), contact.id, &[change])?;
                done.changed += 1;
            }
            if done.changed == 0 && frozen > 0 && frozen == done.skipped {
                return Err(Refusal::Frozen.into());
            }
            session.report(progress, total, total)
        })
        .await?;
    done.operation = operation;
    Ok(done)
}
