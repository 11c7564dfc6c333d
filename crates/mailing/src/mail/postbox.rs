//! What the desks of one database share about sending: one message at a time, and when none.

use super::trouble::MailTrouble;
use liaison_domain::outbox::reconnect_after;
use liaison_engine::features::{FeatureState, Waited};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::Notify;

/// How long closing the desk waits for the message that is being sent.
const LEAVE_WITHIN: Duration = Duration::from_secs(10);

/// What the desks of one database share about sending.
#[derive(Default)]
pub(crate) struct Postbox {
    /// One message at a time.
    pub(super) sending: tokio::sync::Mutex<()>,
    pub(super) woken: Notify,
    pause: Mutex<Pause>,
    /// The write-ahead log may still have a link that went.
    pub(super) log_has_links: AtomicBool,
    /// The desk is being closed: no other message is begun.
    leaving: AtomicBool,
}

/// Why nothing is sent for now.
#[derive(Clone, Default)]
pub(super) struct Pause {
    pub(super) trouble: Option<MailTrouble>,
    failures: u32,
    pub(super) until: Option<i64>,
}

impl FeatureState for Postbox {
    fn closing(&self) -> Waited<'_> {
        Box::pin(self.leave())
    }
}

impl Postbox {
    /// There is something to send.
    pub(crate) fn wake(&self) {
        self.woken.notify_one();
    }

    /// What stood in the way may be gone.
    pub(crate) fn try_again(&self) {
        *self.pause() = Pause::default();
        self.wake();
    }

    /// Lets the message that is being sent be sent to its end, for a while, and no other begin: cut off in the middle,
    /// nobody would know whether it was sent.
    pub(crate) async fn leave(&self) {
        self.leaving.store(true, Ordering::Release);
        if tokio::time::timeout(LEAVE_WITHIN, self.sending.lock()).await.is_err() {
            tracing::warn!("a message was still being sent when the desk was closed");
        }
    }

    /// Whether no other message may be begun.
    pub(super) fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Acquire)
    }

    pub(super) fn pause(&self) -> MutexGuard<'_, Pause> {
        // It is set in one step; a panic can't leave it half set.
        self.pause.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    pub(super) fn is_paused(&self, now: i64) -> bool {
        let pause = self.pause();
        pause.until.is_some_and(|until| now < until) || pause.trouble.as_ref().is_some_and(|trouble| trouble.stopped)
    }

    pub(super) fn stand_still(&self, trouble: MailTrouble, now: i64) {
        let mut pause = self.pause();
        pause.failures = pause.failures.saturating_add(1);
        pause.until = (!trouble.stopped).then(|| now + reconnect_after(pause.failures));
        pause.trouble = Some(trouble);
    }
}
