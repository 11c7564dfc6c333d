//! Invitations and reminders (M35, M41, M51, B8): who gets one, when, and what became of each.
//!
//! An invitation is a record in the journal and, in the same transaction, a message in the outbox under the same id. The
//! token is in the link of that message alone, and goes with it once it was sent; the record keeps its hash.

mod activating;
mod putting;
mod sending;
mod standing;
pub use activating::{check_free, invitation_redeem, sign_up};
pub use putting::{Begun, Inviting, inviting};
pub use sending::{invitations_preview, invitations_send};
pub use standing::{invitation_settings, invitation_settings_set, invitation_standing};

pub use crate::invitees::LeftOutPeople;
pub use activating::{Activated, SignUp};
pub use sending::{InvitationsDone, InvitationsPreview};
pub use standing::{InvitationRow, InvitationSettings, InvitationStanding};

use liaison_domain::refusal::{FieldProblem, Problem};
use liaison_domain::{RecordKind, organization};
use liaison_engine::error::CommandError;

/// Without a portal a link would lead nowhere.
fn no_portal() -> CommandError {
    let field = organization::INSTITUTION_PORTAL.key.to_owned();
    CommandError::Validation { fields: vec![FieldProblem { field, problem: Problem::Required }] }
}

/// Refuses kinds of records that are no people who can be invited.
fn invited(kind: RecordKind) -> Result<(), CommandError> {
    if matches!(kind, RecordKind::Student | RecordKind::Contact) {
        Ok(())
    } else {
        Err(CommandError::not_found("person of this kind"))
    }
}
