//! Where somebody stands between invitation and account, and the ledger of what went out.

use super::invited;
use super::putting;
use crate::invitees;
use crate::invitees::People;
use crate::mail;
use liaison_domain::refusal::FieldProblem;
use liaison_domain::reminder::{Delivery, InvitationState, Sending, Withheld, state};
use liaison_domain::{
    Id, OperationKind, Permission, RecordKind, Value, activation, entry, invitation, organization, student,
};
use liaison_engine::cache_tag::CacheTag;
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_engine::step::Step;
use liaison_queries::invitations::Entry;
use liaison_queries::{View, invitations};
use liaison_store::StoreError;
use serde::Serialize;
use specta::Type;

/// Most entries of the ledger that one person's standing shows; the newest.
const SHOWN: usize = 50;

/// Where a student or contact stands (M41).
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct InvitationStanding {
    /// Between invitation and account.
    pub state: InvitationState,
    /// What comes next: an invitation or a reminder.
    pub next: Sending,
    /// Why it can't be sent now; none where it can.
    pub withheld: Option<Withheld>,
    /// Where the wait is what withholds it: how much longer, in milliseconds.
    pub wait: Option<i64>,
    /// When the last invitation or reminder went, in milliseconds since 1970.
    pub last_at: Option<i64>,
    /// Until when its link works, in milliseconds since 1970.
    pub link_until: Option<i64>,
    /// What became of the newest one, which may not have gone.
    pub delivery: Option<Delivery>,
    /// How many reminders went.
    pub reminders: u32,
    /// How many invitations and reminders there are, whatever became of them.
    pub total: u32,
    /// The newest of them, newest first.
    pub entries: Vec<InvitationRow>,
    /// There is a portal that links can lead to.
    pub portal: bool,
}

/// An invitation or reminder in the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct InvitationRow {
    /// The entry.
    pub id: Id,
    /// "welcome" or "reminder".
    pub kind: String,
    /// Where it went.
    pub address: String,
    /// When it went, in milliseconds since 1970; else when it was written.
    pub at: i64,
    /// From when on its link no longer works, in milliseconds since 1970.
    pub expires_at: i64,
    /// When its link was used, in milliseconds since 1970.
    pub used_at: Option<i64>,
    /// Who sent it.
    pub author: String,
    /// What became of it.
    pub delivery: Delivery,
    /// Why it was not sent, as a key that screens have words for.
    pub reason: Option<String>,
    /// The server's own words.
    pub detail: Option<String>,
}

/// What links in invitations need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct InvitationSettings {
    /// Where students and employer users log in; empty where there is no portal.
    pub portal: String,
    /// For how many days a link works.
    pub days: u32,
    /// Mail is set up on this computer.
    pub mail_set_up: bool,
    /// Who may sign up in the portal, as the choice's key; empty where nobody chose, which means anybody.
    pub sign_up: String,
    /// What employers read there.
    pub hire_text: String,
}

fn entries(view: &View<'_>, kind: RecordKind, id: Id) -> Result<Vec<InvitationRow>, StoreError> {
    let entries = invitations::ledger(view, kind, id, SHOWN)?.into_iter();
    let row = |entry: Entry| InvitationRow {
        id: entry.id,
        kind: entry.kind,
        address: entry.address,
        at: entry.sent_at.unwrap_or(entry.created_at),
        expires_at: entry.expires_at,
        used_at: entry.used_at,
        author: entry.author,
        delivery: Delivery::of(entry.state, entry.reason.as_deref(), entry.sent_at),
        reason: entry.reason,
        detail: entry.detail,
    };
    Ok(entries.map(row).collect())
}

/// Where a student or contact stands between invitation and account.
pub async fn invitation_standing(
    session: &Session,
    kind: RecordKind,
    id: Id,
) -> Result<InvitationStanding, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    invited(kind)?;
    let portal = activation::link(&putting::institution_record(session).await?, "").is_some();
    let now = session.now() as i64;
    let standing = session.read(|view| {
        let located = view.get(kind, id)?;
        // The clock's, the journal's, and what came of the messages to the person just read.
        let db = view.everything();
        let clock = invitees::wall_clock(session, db, now)?;
        let person = People::prepare(db, kind)?.person(located.n, located.record)?;
        let went = person.went();
        let next = if went.is_some() { Sending::Reminder } else { Sending::Invitation };
        let withheld = person.withheld(next, clock, now);
        let due_at = person.due_at(clock, now).filter(|_| withheld == Some(Withheld::NotYet));
        let link_until = went.map(|went| went.expires_at);
        let deactivated = kind == RecordKind::Student && !person.record.get(&student::DEACTIVATED_AT).is_empty();
        Ok(InvitationStanding {
            state: state(person.active, deactivated, person.is_refused(), link_until, now),
            next,
            withheld,
            wait: due_at.map(|due| (due - now).max(0)),
            last_at: went.map(|went| went.sent.wall),
            link_until,
            delivery: person.last.as_ref().map(|last| last.message.delivery),
            reminders: invitations::went_count(view, kind, id, Some(invitation::REMINDER))?,
            total: invitations::count(view, kind, id)?,
            entries: entries(view, kind, id)?,
            portal,
        })
    });
    Ok(standing.await?)
}

/// What links in invitations need.
pub async fn invitation_settings(session: &Session) -> Result<InvitationSettings, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let institution = putting::institution_record(session).await?;
    Ok(InvitationSettings {
        portal: institution.text(&organization::INSTITUTION_PORTAL).to_owned(),
        days: activation::days(&institution) as u32,
        mail_set_up: mail::settings(session).await?.is_some(),
        sign_up: institution.text(&organization::INSTITUTION_SIGN_UP).to_owned(),
        hire_text: institution.text(&organization::INSTITUTION_HIRE_TEXT).to_owned(),
    })
}

/// Sets where links in invitations lead and for how many days they work; those sent before stay as they are.
///
/// Errors: `Validation` of `portal` and `invitation_days`.
pub async fn invitation_settings_set(session: &Session, portal: &str, days: u32) -> Result<Option<Id>, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let institution = putting::institution_record(session).await?;
    let portal = organization::INSTITUTION_PORTAL.read(portal).map_err(|problem| {
        let field = organization::INSTITUTION_PORTAL.key.to_owned();
        CommandError::Validation { fields: vec![FieldProblem { field, problem }] }
    })?;
    let ((), operation) = session
        .commit(Step::new(OperationKind::InstitutionEdit), |recorder| {
            let located = liaison_store::table::get(recorder.db(), RecordKind::Institution, institution.id)?;
            let days = Value::Number(i64::from(days));
            let changes: Vec<_> = [
                located.record.change(&organization::INSTITUTION_PORTAL, portal),
                located.record.change(&organization::INSTITUTION_INVITATION_DAYS, days),
            ]
            .into_iter()
            .flatten()
            .collect();
            let mut after = located.record;
            after.apply(&changes);
            entry::check(&after)?;
            recorder.update(RecordKind::Institution, located.n, institution.id, &changes)
        })
        .await?;
    session.tell(vec![CacheTag::Invitations]);
    Ok(operation)
}
