//! Frames of the protocol between desks and their hub, in both directions, and the changes packed in them.
#![no_main]

use liaison_domain::journal::unpack;
use liaison_domain::replication::{Entry, LinkedChange};
use liaison_sync::wire::{pulled, push, read_pulled, read_push};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(operations) = read_push(data) {
        assert_eq!(read_push(&push(&operations)).as_ref(), Ok(&operations), "what was read can be sent on");
        operations.iter().for_each(|operation| look_at(&operation.changes));
    }
    if let Ok(log) = read_pulled(data) {
        assert_eq!(read_pulled(&pulled(&log)).as_ref(), Ok(&log), "what was read can be sent on");
        for placed in &log.entries {
            match &placed.entry {
                Entry::Operation { operation, .. } => look_at(&operation.changes),
                Entry::Refused { restored, .. } => look_at(restored),
                Entry::Accepted { .. } | Entry::Skipped { .. } => {}
            }
        }
    }
});

/// What a change holds is read later than the frame that brought it.
fn look_at(changes: &[LinkedChange]) {
    for packed in changes.iter().filter_map(|change| change.packed.as_deref()) {
        // Values that can't be read are refused; there is nothing to hold against those that can.
        let _ = unpack(packed);
    }
}
