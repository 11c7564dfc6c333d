//! When mail to somebody came back.

use super::recipients::MailRecipient;
use liaison_domain::{RecordKind, Value, contact, student};
use liaison_store::{Recorder, StoreError, table};

/// Says of somebody when mail to them came back.
pub(super) fn set_bounced(recorder: &mut Recorder<'_>, to: MailRecipient, value: Value) -> Result<u32, StoreError> {
    let located = table::get(recorder.db(), to.kind, to.id)?;
    let field = if to.kind == RecordKind::Student { &student::BOUNCED_AT } else { &contact::BOUNCED_AT };
    let Some(change) = located.record.change(field, value) else { return Ok(0) };
    recorder.update(to.kind, located.n, to.id, &[change])?;
    Ok(1)
}
