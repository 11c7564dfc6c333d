//! Inviting and reminding: one person, a selection, or all who are due.

use super::people::{LeftOut, LeftOutPeople, People, name_of};
use super::putting::purpose;
use super::{invited, no_portal};
use crate::desk::{Desk, OnProgress, report};
use crate::error::CommandError;
use crate::lists::Selection;
use crate::mail::MailPreview;
use crate::mail::letters::{places, sender};
use liaison_domain::reminder::{Sending, Withheld};
use liaison_domain::{Id, OperationKind, Permission, RecordKind, activation};
use liaison_store::outbox::Outgoing;
use serde::Serialize;
use specta::Type;
use std::sync::Arc;

/// What inviting or reminding a selection would do.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct InvitationsPreview {
    /// People who would get a message.
    pub recipients: u32,
    /// People who would not, by reason.
    pub left_out: Vec<LeftOutPeople>,
    /// The message as the first of them will see it.
    pub first: Option<MailPreview>,
    /// Mail is set up on this computer; where it is not, messages wait in the outbox.
    pub mail_set_up: bool,
}

/// What came of inviting or reminding.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct InvitationsDone {
    /// The operation that takes it back, as far as messages were not sent yet; none where nobody got one.
    pub operation: Option<Id>,
    /// The mailing, to watch or cancel.
    pub mailing: Option<Id>,
    /// Messages put into the outbox.
    pub sent: u32,
    /// People left out, by reason.
    pub left_out: Vec<LeftOutPeople>,
}

impl Desk {
    /// What inviting or reminding the selected would do: who gets a message, who does not and why, and how it looks.
    ///
    /// Errors: `Validation` of `portal` where the institution has no portal that a link could lead to.
    pub async fn invitations_preview(
        &self,
        kind: RecordKind,
        selection: &Selection,
        sending: Sending,
    ) -> Result<InvitationsPreview, CommandError> {
        self.actor.require(Permission::ManageUsers)?;
        invited(kind)?;
        let inviting = self.inviting(purpose(sending), self.now()).await?.ok_or_else(no_portal)?;
        let rows = self.selected_in_order(kind, selection).await?;
        let (now, author) = (self.now() as i64, self.actor.staff);
        let (mut preview, sender, first) = self
            .database
            .read(|db| {
                let sender = sender(db, author)?;
                let clock = self.wall_clock(db, now)?;
                let (mut recipients, mut out, mut first) = (0, LeftOut::default(), None);
                People::prepare(db, kind)?.each(&rows, sending, (clock, now), |_, person, reason| {
                    if let Some(reason) = reason {
                        let due_at = (reason == Withheld::NotYet).then(|| person.due_at(clock, now)).flatten();
                        out.add(reason, &person.record, due_at);
                        return Ok(());
                    }
                    recipients += 1;
                    if first.is_none() {
                        first = Some(Outgoing {
                            name: name_of(&person.record),
                            address: activation::address(&person.record).to_owned(),
                            places: places(db, &person.record, &sender)?,
                            link: inviting.link(),
                            ..Outgoing::default()
                        });
                    }
                    Ok(())
                })?;
                let left_out = out.into_groups();
                Ok((InvitationsPreview { recipients, left_out, first: None, mail_set_up: false }, sender, first))
            })
            .await?;
        preview.mail_set_up = self.settings().await?.is_some();
        if let Some(first) = first {
            let (draft, templates) = inviting.text();
            let look = self.look().await?;
            preview.first = Some(self.preview(draft, purpose(sending), templates, &sender, first, &look).await?);
        }
        Ok(preview)
    }

    /// Invites the selected, or reminds those of them who are due, in one operation. Stopped half-way, nobody is.
    ///
    /// Errors: `Validation` of `portal` where the institution has no portal that a link could lead to.
    pub async fn invitations_send(
        self: &Arc<Self>,
        kind: RecordKind,
        selection: &Selection,
        sending: Sending,
        progress: OnProgress<'_>,
    ) -> Result<InvitationsDone, CommandError> {
        self.actor.require(Permission::ManageUsers)?;
        invited(kind)?;
        self.watch_clock().await?;
        self.begin_long_work();
        let now = self.now();
        let inviting = self.inviting(purpose(sending), now).await?.ok_or_else(no_portal)?;
        let rows = self.selected_in_order(kind, selection).await?;
        let total = rows.len() as u32;
        let now = now as i64;
        let ((sent, left_out, mailing), operation) = self
            .commit(OperationKind::InvitationsSend, purpose(sending).to_owned(), None, |recorder| {
                let db = recorder.db();
                let clock = self.wall_clock(db, now)?;
                let mut begun = inviting.begin(db)?;
                let (mut sent, mut out) = (0, LeftOut::default());
                People::prepare(db, kind)?.each(&rows, sending, (clock, now), |at, person, reason| {
                    report(progress, &self.cancel, at as u32, total)?;
                    if let Some(reason) = reason {
                        let due_at = (reason == Withheld::NotYet).then(|| person.due_at(clock, now)).flatten();
                        out.add(reason, &person.record, due_at);
                        return Ok(());
                    }
                    sent += 1;
                    begun.put(recorder, &person.record, person.last.as_ref())
                })?;
                report(progress, &self.cancel, total, total)?;
                Ok((sent, out.into_groups(), begun.mailing()))
            })
            .await?;
        if sent > 0 {
            self.outbox_filled();
        }
        Ok(InvitationsDone { operation, mailing, sent, left_out })
    }
}
