//! Contacts: add, edit, look at.

use crate::activities::{ActivityCounts, ActivityOwner, counts};
use crate::archive::archived_ways;
use crate::error::CommandError;
use crate::merge::lead_on;
use crate::records::values;
use crate::session::Session;
use crate::step::{Created, Done};
use crate::{lists, records};
use liaison_domain::archive::ArchiveWay;
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::ListQuery;
use liaison_domain::name::person_name;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, attribute, contact};
use liaison_queries::employments::{self, LastLeft};
use liaison_queries::{View, drafts, employer_users, employers};
use liaison_store::{Db, StoreError, attributes, journal, links, list};
use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashMap};

/// The three facts about a person, never mixed: directory, visibility, access.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Chips {
    /// Approval status.
    pub approval: String,
    /// Visibility.
    pub visibility: String,
    /// Access of the linked user.
    pub access: AccessChip,
}

/// Whether a contact's linked user can log in.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AccessChip {
    /// There is no linked user.
    None,
    /// The user can log in.
    On {
        /// The name of the user's role.
        role: String,
    },
    /// The user's access is off.
    Off {
        /// The name of the user's role.
        role: String,
    },
}

/// The employer user linked with a contact: "Employer Account Information" (M22).
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct LinkedUser {
    /// The user.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Address the person logs in with.
    pub email: String,
    /// The name of the user's employer.
    pub employer: Option<String>,
    /// The name of the user's role.
    pub role: String,
    /// "User Can Access Your Site".
    pub access: bool,
    /// The last log-in, in milliseconds since 1970.
    pub last_log_in: Option<i64>,
    /// The person has chosen a password, as far as is known.
    pub activated: bool,
}

/// An employer in few words.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct EmployerBrief {
    /// The employer.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Website.
    pub website: Option<String>,
    /// City.
    pub city: Option<String>,
    /// How many contacts it has.
    pub contacts: u32,
    /// Somebody only said in the portal that there is such an employer.
    pub claimed: bool,
}

/// What a contact was before it left: the last employment that ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct FormerPosition {
    /// The employer.
    pub employer: Id,
    /// Its name.
    pub employer_name: String,
    /// Job title there.
    pub title: Option<String>,
    /// The last day there, `yyyy-mm-dd`.
    pub left_on: String,
}

/// A contact's profile.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ContactProfile {
    /// The contact.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Every field that has a value, by key.
    pub values: BTreeMap<String, FieldValue>,
    /// The three facts.
    pub chips: Chips,
    /// The employer.
    pub employer: Option<EmployerBrief>,
    /// The linked employer user.
    pub user: Option<LinkedUser>,
    /// Nobody writes to it (M26).
    pub do_not_email: bool,
    /// It is at the employer called "Inactive" (M24), or marked so (M26).
    pub inactive: bool,
    /// Of a contact at the employer called "Inactive": where it was before, where that is known.
    pub former: Option<FormerPosition>,
    /// The person at the desk has begun a note on it and not saved it.
    pub has_draft: bool,
    /// When the desk last heard of the person (B7), in milliseconds since 1970.
    pub last_heard: Option<i64>,
    /// The name of the owner.
    pub owner: Option<String>,
    /// The employer's primary contact (M17).
    pub is_primary: bool,
    /// In the trash.
    pub deleted: bool,
    /// Rejected, and its data frozen (M27).
    pub frozen: bool,
    /// How many records each tab has.
    pub counts: ActivityCounts,
    /// The ways in which it is archived: those it can be revived in.
    pub archived: Vec<ArchiveWay>,
    /// How many changes the audit log has.
    pub changes: u32,
}

/// Adds a contact by hand; it goes straight into the directory (M3).
pub async fn contact_create(session: &Session, values: &HashMap<String, FieldValue>) -> Result<Created, CommandError> {
    records::create(session, RecordKind::Contact, OperationKind::ContactsCreate, values).await
}

/// Edits fields of a contact. Refused where its data is frozen, and where somebody changed a field in between.
pub async fn contact_edit(session: &Session, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    records::edit(session, RecordKind::Contact, OperationKind::ContactsEdit, id, edits).await
}

/// A contact's profile, also of one in the trash. Asked for one that was merged, it is that of the survivor.
pub async fn contact_get(session: &Session, id: Id) -> Result<ContactProfile, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let profile = session.read(|view| {
        let record = lead_on(view, RecordKind::Contact, id)?.record;
        let id = record.id;
        // What is known of the contact just read beside its record.
        let db = view.everything();
        let user = linked_user(db, &record)?;
        let employer = match record.get(&contact::EMPLOYER).as_reference() {
            Some(employer) => employer_brief(view, employer)?,
            None => None,
        };
        let owner = match record.get(&contact::OWNER).as_reference() {
            Some(owner) => view.name_of(RecordKind::Staff, owner)?,
            None => None,
        };
        let access = match &user {
            None => AccessChip::None,
            Some(user) if user.access => AccessChip::On { role: user.role.clone() },
            Some(user) => AccessChip::Off { role: user.role.clone() },
        };
        let approval = record.text(&contact::APPROVAL).to_owned();
        let marked = |meaning| -> Result<bool, StoreError> {
            Ok(attributes::meaning(db, meaning)?.into_iter().any(|mark| record.get(mark).as_flag()))
        };
        let left = inactive(db, &record)?;
        Ok(ContactProfile {
            id,
            name: person_name(
                record.text(&contact::FIRST_NAME),
                record.text(&contact::PREFERRED_NAME),
                record.text(&contact::LAST_NAME),
            ),
            values: values(view.registry(), &record),
            frozen: approval == contact::REJECTED,
            archived: archived_ways(db, &record, session.actor().staff)?,
            chips: Chips { approval, visibility: record.text(&contact::VISIBILITY).to_owned(), access },
            do_not_email: marked(attribute::DO_NOT_EMAIL)?,
            inactive: left.is_some() || marked(attribute::INACTIVE)?,
            former: match left {
                Some(inactive) => employments::last_position(view, id, inactive)?.map(FormerPosition::from),
                None => None,
            },
            has_draft: drafts::get(db, RecordKind::Contact, id, session.actor().staff)?.is_some(),
            employer,
            user,
            owner,
            last_heard: list::last_heard(db, id)?,
            is_primary: employers::is_primary_contact(db, id)?,
            deleted: record.is_deleted(),
            counts: counts(view, ActivityOwner { kind: RecordKind::Contact, id })?,
            changes: journal::change_count(db, id)?,
        })
    });
    Ok(profile.await?)
}

impl From<LastLeft> for FormerPosition {
    fn from(left: LastLeft) -> FormerPosition {
        let LastLeft { employer, employer_name, title, left_on } = left;
        FormerPosition { employer, employer_name, title, left_on }
    }
}

/// The employer called "Inactive", where the contact is at it.
fn inactive(db: &Db<'_>, record: &Record) -> Result<Option<Id>, StoreError> {
    let inactive = employers::inactive(db)?;
    Ok(inactive.filter(|inactive| record.get(&contact::EMPLOYER).as_reference() == Some(*inactive)))
}

/// Contacts, employers or users whose name, address or other searchable field has the words, for pickers.
pub async fn suggest(session: &Session, kind: RecordKind, text: &str, most: u32) -> Result<Vec<Id>, CommandError> {
    let mut query = ListQuery::all(kind);
    query.search = text.to_owned();
    let opened = lists::list_open(session, query).await?;
    let window = lists::list_window(session, opened.result, 0, most, &[]).await;
    lists::list_close(session, opened.result);
    Ok(window?.rows.into_iter().map(|row| row.id).collect())
}

/// The employer user linked with a contact (M45), if there is one.
pub(crate) fn linked_user(db: &Db<'_>, record: &Record) -> Result<Option<LinkedUser>, StoreError> {
    let Some((n, id)) = links::users_of(db, record)?.into_iter().next() else { return Ok(None) };
    let user = employer_users::brief(db, n)?.map(|user| LinkedUser {
        id,
        name: person_name(&user.first_name, "", &user.last_name),
        email: user.email,
        employer: user.employer,
        role: user.role,
        access: user.access,
        last_log_in: user.last_log_in,
        activated: user.activated,
    });
    Ok(user)
}

/// An employer in few words, its contacts counted as far as whoever looks sees them.
pub(crate) fn employer_brief(view: &View<'_>, id: Id) -> Result<Option<EmployerBrief>, StoreError> {
    let Some(brief) = employers::brief(view, id)? else { return Ok(None) };
    let employers::Brief { name, website, city, contacts, claimed } = brief;
    Ok(Some(EmployerBrief { id, name, website, city, contacts, claimed }))
}
