//! Employers: add, edit, look at. Their people are lists of contacts filtered by employer.

use crate::activities::{ActivityCounts, ActivityOwner, counts};
use crate::contacts::{EmployerBrief, employer_brief};
use crate::error::CommandError;
use crate::merge::lead_on;
use crate::records::values;
use crate::session::Session;
use crate::step::{Created, Done};
use crate::{contacts, employments, records};
use liaison_domain::auto_sync::{OF_EMPLOYER, carry_over, keeps_own_number};
use liaison_domain::edit::{self, FieldEdit};
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, OperationKind, Permission, RecordKind, employer};
use liaison_queries::contacts::{following, rows_following};
use liaison_queries::rows::RecordByRow;
use liaison_queries::{employer_users, employers};
use liaison_store::journal;
use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashMap};

/// An employer's page.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct EmployerProfile {
    /// The employer.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Every field that has a value, by key.
    pub values: BTreeMap<String, FieldValue>,
    /// The name of the primary contact.
    pub primary_contact: Option<String>,
    /// How many contacts in the directory it has.
    pub contacts: u32,
    /// How many people left it (M24).
    pub former: u32,
    /// How many of its contacts follow its shared fields: AutoSync is on (M19).
    pub auto_synced: u32,
    /// How many more would, but are rejected and their data frozen.
    pub auto_sync_frozen: u32,
    /// How many employer users it has.
    pub users: u32,
    /// When anybody was last in contact with its contacts in the directory, in milliseconds since 1970.
    pub last_heard: Option<i64>,
    /// It is the one called "Inactive" that people who left are moved to (M24).
    pub inactive: bool,
    /// How many records each tab has.
    pub counts: ActivityCounts,
    /// In the trash.
    pub deleted: bool,
    /// How many changes the audit log has.
    pub changes: u32,
}

/// Adds an employer. Its people, if any, come later (M50).
pub async fn employer_create(session: &Session, values: &HashMap<String, FieldValue>) -> Result<Created, CommandError> {
    records::create(session, RecordKind::Employer, OperationKind::EmployersCreate, values).await
}

/// Edits fields of an employer.
pub async fn employer_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    records::edit(session, RecordKind::Employer, OperationKind::EmployersEdit, id, edits).await
}

/// What an edit of an employer's phone, address, website or industry means for its contacts (M19).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct EmployerFollowers {
    /// Contacts that follow: they take over what changes.
    pub follow: u32,
    /// Contacts that follow but keep a phone number of their own.
    pub keep_number: u32,
}

/// How many contacts would follow an edit of an employer, by the rule that writes it.
pub async fn employer_edit_preview(
    session: &Session,
    id: Id,
    edits: &[FieldEdit],
) -> Result<EmployerFollowers, CommandError> {
    session.actor().require(Permission::EditContacts)?;
    let counted = session.read(|view| {
        let record = view.live(RecordKind::Employer, id)?.record;
        let changes = edit::edit(view.registry(), &record, edits)?;
        let mut counted = EmployerFollowers::default();
        if !OF_EMPLOYER.iter().any(|(from, _)| changes.iter().any(|change| change.field == from.number)) {
            return Ok(counted);
        }
        // Whoever looks: all of them follow.
        let db = view.everything();
        let mut people = RecordByRow::of_everything(db, RecordKind::Contact)?;
        for n in rows_following(db, id)? {
            let Some(contact) = people.read(n)? else { continue };
            counted.follow += u32::from(!carry_over(OF_EMPLOYER, &contact, &changes).is_empty());
            counted.keep_number += u32::from(keeps_own_number(OF_EMPLOYER, &contact, &changes));
        }
        Ok(counted)
    });
    Ok(counted.await?)
}

/// An employer's page, also of one in the trash. Asked for one that was merged, it is that of the survivor.
pub async fn employer_get(session: &Session, id: Id) -> Result<EmployerProfile, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let former = employments::former_contacts(session, id, 0, 0).await?.total;
    let profile = session.read(|view| {
        let record = lead_on(view, RecordKind::Employer, id)?.record;
        let id = record.id;
        let primary_contact = match record.get(&employer::PRIMARY_CONTACT).as_reference() {
            Some(contact) => view.name_of(RecordKind::Contact, contact)?,
            None => None,
        };
        // How many follow, log in, changed: consequences, counted.
        let db = view.everything();
        let following = following(db, id)?;
        Ok(EmployerProfile {
            id,
            name: record.text(&employer::NAME).to_owned(),
            values: values(view.registry(), &record),
            primary_contact,
            contacts: employer_brief(view, id)?.map_or(0, |brief| brief.contacts),
            former,
            auto_synced: following.all - following.frozen,
            auto_sync_frozen: following.frozen,
            users: employer_users::count_of(db, id)?,
            last_heard: employers::last_heard(view, id)?,
            inactive: employers::inactive(db)? == Some(id),
            counts: counts(view, ActivityOwner { kind: RecordKind::Employer, id })?,
            deleted: record.is_deleted(),
            changes: journal::change_count(db, id)?,
        })
    });
    Ok(profile.await?)
}

/// For pickers: at most twenty employers that have the words, by name.
pub async fn employers_suggest(session: &Session, text: &str) -> Result<Vec<EmployerBrief>, CommandError> {
    let ids = contacts::suggest(session, RecordKind::Employer, text, 20).await?;
    let briefs = session.read(|view| {
        let briefs: Result<Vec<_>, _> = ids.iter().map(|id| employer_brief(view, *id)).collect();
        Ok(briefs?.into_iter().flatten().collect())
    });
    Ok(briefs.await?)
}
