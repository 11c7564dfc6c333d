//! That somebody came, in the journal.

use crate::session::Session;
use liaison_domain::OperationKind;
use liaison_store::key;

/// Writes down that somebody came, and how many wrong passcodes were entered before they did. Where that can't be
/// written, the desk opens all the same: it can still be read.
pub async fn write_down_opening(session: &Session) {
    let failures = key::failures(session.directory());
    let written = async {
        if let Some(failures) = failures {
            session.record_event(OperationKind::SecurityFailed, failures.count.to_string()).await?;
        }
        session.record_event(OperationKind::SecurityOpen, String::new()).await
    };
    match written.await {
        Ok(()) if failures.is_some() => key::forget_failures(session.directory()),
        Ok(()) => {}
        Err(error) => tracing::warn!("that the desk was opened is not in the journal: {error}"),
    }
}
