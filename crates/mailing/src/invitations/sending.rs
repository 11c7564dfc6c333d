//! Inviting and reminding: one person, a selection, or all who are due.

use super::putting;
use super::putting::{invitation_type, purpose};
use super::{invited, no_portal};
use crate::invitees;
use crate::invitees::{LeftOut, LeftOutPeople, People, name_of};
use crate::mail;
use crate::mail::MailPreview;
use crate::mail::places::{places, sender};
use liaison_domain::reminder::{Sending, Withheld};
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, activation, caseload};
use liaison_engine::error::CommandError;
use liaison_engine::lists;
use liaison_engine::lists::Selection;
use liaison_engine::progress::OnProgress;
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_queries::outbox::Outgoing;
use liaison_queries::rows::RecordByRow;
use liaison_store::StoreError;
use serde::Serialize;
use specta::Type;

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

/// Refuses whoever may invite nobody of this kind.
fn permit_kind(session: &Session, kind: RecordKind) -> Result<(), CommandError> {
    let actor = session.actor();
    match kind {
        RecordKind::Student => actor.require_either(Permission::ManageUsers, Permission::WorkCases)?,
        _ => actor.require(Permission::ManageUsers)?,
    }
    Ok(())
}

/// Refuses whoever does not manage users and has selected somebody who is not their case, or nobody.
async fn permit_rows(session: &Session, kind: RecordKind, rows: &[u32]) -> Result<(), CommandError> {
    let actor = session.actor();
    if rows.is_empty() {
        actor.require(Permission::ManageUsers)?;
    }
    if kind != RecordKind::Student || actor.may(Permission::ManageUsers) {
        return Ok(());
    }
    let permitted = session.read(|view| {
        let mut students = RecordByRow::prepare_live(view, kind)?;
        for row in rows {
            if let Some(student) = students.read(i64::from(*row))? {
                caseload::permit(&actor, &student)?;
            }
        }
        Ok(())
    });
    Ok(permitted.await?)
}

/// Students and alumni are invited by those who manage users, and by those whose cases they are; contacts by the first.
fn permit(session: &Session, person: &Record) -> Result<(), StoreError> {
    let actor = session.actor();
    match person.kind {
        RecordKind::Student => caseload::permit(&actor, person)?,
        _ => actor.require(Permission::ManageUsers)?,
    }
    Ok(())
}

/// What inviting or reminding the selected would do: who gets a message, who does not and why, and how it looks.
///
/// Errors: `Validation` of `portal` where the institution has no portal that a link could lead to.
pub async fn invitations_preview(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
    sending: Sending,
) -> Result<InvitationsPreview, CommandError> {
    permit_kind(session, kind)?;
    let rows = lists::selected_in_order(session, kind, selection).await?;
    permit_rows(session, kind, &rows).await?;
    invited(kind)?;
    let purpose = purpose(sending, kind);
    let inviting = putting::inviting(session, purpose, session.now()).await?.ok_or_else(no_portal)?;
    let (now, author) = (session.now() as i64, session.actor().staff);
    let (mut preview, sender, first) = session
        .read(|view| {
            // What texts say of the sender, groups and employers is hidden from nobody.
            let db = view.everything();
            let sender = sender(db, author)?;
            let clock = invitees::wall_clock(session, db, now)?;
            let (mut recipients, mut out, mut first) = (0, LeftOut::default(), None);
            People::prepare(db, kind)?.each(view, &rows, sending, (clock, now), |_, person, reason| {
                permit(session, &person.record)?;
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
    preview.mail_set_up = mail::settings(session).await?.is_some();
    if let Some(first) = first {
        let (draft, templates) = inviting.text();
        let look = crate::mail::letterhead::look(session).await?;
        preview.first = Some(mail::preview(session, draft, purpose, templates, &sender, first, &look).await?);
    }
    Ok(preview)
}

/// Invites the selected, or reminds those of them who are due, in one operation. Stopped half-way, nobody is.
///
/// Errors: `Validation` of `portal` where the institution has no portal that a link could lead to.
pub async fn invitations_send(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
    sending: Sending,
    progress: OnProgress<'_>,
) -> Result<InvitationsDone, CommandError> {
    permit_kind(session, kind)?;
    let rows = lists::selected_in_order(session, kind, selection).await?;
    permit_rows(session, kind, &rows).await?;
    invited(kind)?;
    crate::invitees::watch_clock(session).await?;
    session.begin_long_work();
    let now = session.now();
    let purpose = purpose(sending, kind);
    let inviting = putting::inviting(session, purpose, now).await?.ok_or_else(no_portal)?;
    let total = rows.len() as u32;
    let now = now as i64;
    let ((sent, left_out, mailing), operation) = session
        .commit(Step::new(OperationKind::InvitationsSend).detail(invitation_type(purpose).to_owned()), |recorder| {
            let db = recorder.db();
            let clock = invitees::wall_clock(session, db, now)?;
            let mut begun = inviting.begin(db)?;
            let (mut sent, mut out) = (0, LeftOut::default());
            People::prepare(db, kind)?.each(
                &session.view(db),
                &rows,
                sending,
                (clock, now),
                |at, person, reason| {
                    session.report(progress, at as u32, total)?;
                    permit(session, &person.record)?;
                    if let Some(reason) = reason {
                        let due_at = (reason == Withheld::NotYet).then(|| person.due_at(clock, now)).flatten();
                        out.add(reason, &person.record, due_at);
                        return Ok(());
                    }
                    sent += 1;
                    begun.put(recorder, &person.record, person.last.as_ref())
                },
            )?;
            session.report(progress, total, total)?;
            Ok((sent, out.into_groups(), begun.mailing()))
        })
        .await?;
    if sent > 0 {
        mail::outbox_filled(session);
    }
    Ok(InvitationsDone { operation, mailing, sent, left_out })
}
