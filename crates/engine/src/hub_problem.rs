//! What can stand between a desk and its hub.

use serde::Serialize;
use specta::Type;
use std::fmt;

/// Why something with the hub came to nothing. Nothing that was done here is lost by any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HubProblem {
    /// This desk is not connected to a hub.
    NotConnected,
    /// It is connected already; or, where a desk was to be made, there is one.
    Connected,
    /// No answer: no network, a wrong address, the hub is down. It is tried again.
    Unreachable,
    /// The code is wrong, old or used.
    WrongCode,
    /// The hub has ended this device's credential.
    Ended,
    /// The code is for another institution.
    OtherInstitution,
    /// What answers at the address is no hub that this version understands.
    NotAHub,
    /// One step has more changes than the hub takes at once: it and what was done after it waits.
    TooLarge,
    /// This database was copied or restored: the hub has other work of this computer than it has itself.
    Forked,
    /// The hub's log does not fit what is here; nothing of it was taken over.
    Broken,
    /// Nobody with this address works at the institution.
    Nobody,
    /// An address without https that isn't of this computer: what is sent there could be read on the way.
    Unsecured,
}

impl fmt::Display for HubProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            HubProblem::NotConnected => "this desk is not connected to a hub",
            HubProblem::Connected => "this desk is connected to a hub already, or has people of its own",
            HubProblem::Unreachable => "the hub does not answer; what was done here waits",
            HubProblem::WrongCode => "the hub does not take the code: it is wrong, old, or used",
            HubProblem::Ended => "the hub does not let this computer in any more: its credential was ended",
            HubProblem::OtherInstitution => "the code is for another institution",
            HubProblem::NotAHub => "what answers at this address is no hub that this version understands",
            HubProblem::TooLarge => "a step taken here is too large for the hub: it and what was done after it waits",
            HubProblem::Forked => {
                "this database was copied or restored: the hub has other work of this computer than it has itself"
            }
            HubProblem::Broken => "the hub’s log does not fit what is here; nothing of it was taken over",
            HubProblem::Nobody => "nobody with this email address works at the institution",
            HubProblem::Unsecured => "the hub’s address has to begin with https://, unless it is on this computer",
        })
    }
}
