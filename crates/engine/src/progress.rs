//! How far a long piece of work is.

use liaison_store::StoreError;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far a long piece of work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Progress {
    /// Records done.
    pub done: u32,
    /// Records in all.
    pub total: u32,
}

/// Told how far a long piece of work is, every few thousand records. `Break` stops it; then nothing is written.
pub type OnProgress<'a> = &'a mut (dyn FnMut(Progress) -> ControlFlow<()> + Send);

/// Records between two reports of progress.
const REPORT_EVERY: u32 = 2_000;

/// Reports progress now and then, and stops the work where asked to.
pub fn report(progress: OnProgress<'_>, cancel: &AtomicBool, done: u32, total: u32) -> Result<(), StoreError> {
    if !done.is_multiple_of(REPORT_EVERY) && done != total {
        return Ok(());
    }
    if cancel.load(Ordering::Relaxed) || progress(Progress { done, total }).is_break() {
        return Err(StoreError::Cancelled);
    }
    Ok(())
}
