//! Contacts: add, edit, look at.

use crate::desk::{Desk, new_id};
use crate::error::{CommandError, FieldConflict};
use liaison_domain::edit::{self, FieldEdit, draft};
use liaison_domain::filter::ListQuery;
use liaison_domain::journal::FieldChange;
use liaison_domain::name::{self, person_name};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Id, OperationKind, Permission, Record, RecordKind, contact};
use liaison_store::{Db, Sql, StoreError, journal, table};
use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A record that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Created {
    /// The record.
    pub id: Id,
    /// The operation that takes it back.
    pub operation: Id,
}

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Done {
    /// The operation that takes it back; none where nothing changed.
    pub operation: Option<Id>,
    /// Records changed.
    pub changed: u32,
    /// Records left as they were, because they were already so or could not be changed.
    pub skipped: u32,
    /// Linked employer users changed.
    pub users: u32,
}

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
    /// The name of the owner.
    pub owner: Option<String>,
    /// The employer's primary contact (M17).
    pub is_primary: bool,
    /// In the trash.
    pub deleted: bool,
    /// Rejected, and its data frozen (M27).
    pub frozen: bool,
    /// How many notes there are.
    pub notes: u32,
    /// How many changes the audit log has.
    pub changes: u32,
}

/// The values of a record that has any, by key; deletion is not a field to screens.
pub(crate) fn values(record: &Record) -> BTreeMap<String, FieldValue> {
    let fields = record.kind.fields()[1..].iter();
    fields
        .filter(|field| !record.get(field).is_empty())
        .map(|field| (field.key.to_owned(), record.get(field).into()))
        .collect()
}

impl Desk {
    /// Adds a contact by hand; it goes straight into the directory (M3).
    pub async fn contact_create(
        self: &Arc<Self>,
        values: &HashMap<String, FieldValue>,
    ) -> Result<Created, CommandError> {
        self.create(RecordKind::Contact, OperationKind::ContactsCreate, values).await
    }

    /// Adds a record of a kind that is edited on forms.
    pub(crate) async fn create(
        self: &Arc<Self>,
        kind: RecordKind,
        operation: OperationKind,
        values: &HashMap<String, FieldValue>,
    ) -> Result<Created, CommandError> {
        self.actor.require(Permission::EditContacts)?;
        let now = self.now();
        let id = new_id(now);
        let values = values.iter().map(|(key, value)| (key.as_str(), value));
        let mut record = draft(kind, id, now as i64, values).map_err(|refusal| CommandError::refused(refusal, kind))?;
        if kind == RecordKind::Contact {
            record.set(&contact::OWNER, self.actor.staff);
        }
        let work = |recorder: &mut liaison_store::Recorder<'_>| {
            check_references(recorder.db(), kind, &record.creation())?;
            check_unique_email(recorder.db(), &record)?;
            recorder.create(&record)
        };
        let ((), recorded) = self.commit(operation, String::new(), None, work).await?;
        let operation = recorded.ok_or_else(|| CommandError::not_found("operation"))?;
        Ok(Created { id, operation })
    }

    /// Edits fields of a contact. Refused where its data is frozen, and where somebody changed a field in between.
    pub async fn contact_edit(self: &Arc<Self>, id: Id, edits: &[FieldEdit]) -> Result<Done, CommandError> {
        self.edit(RecordKind::Contact, OperationKind::ContactsEdit, id, edits).await
    }

    /// Edits a record of a kind that is edited on forms.
    pub(crate) async fn edit(
        self: &Arc<Self>,
        kind: RecordKind,
        operation: OperationKind,
        id: Id,
        edits: &[FieldEdit],
    ) -> Result<Done, CommandError> {
        self.actor.require(Permission::EditContacts)?;
        let work = |recorder: &mut liaison_store::Recorder<'_>| {
            let located = table::get(recorder.db(), kind, id)?;
            if located.record.is_deleted() {
                return Err(StoreError::NotFound(kind.key()));
            }
            let changes = edit::edit(&located.record, edits)?;
            check_references(recorder.db(), kind, &changes)?;
            let mut after = located.record;
            after.apply(&changes);
            if changes.iter().any(|change| kind == RecordKind::Contact && change.field == contact::EMAIL.number) {
                check_unique_email(recorder.db(), &after)?;
            }
            recorder.update(kind, located.n, id, &changes)?;
            Ok(u32::from(!changes.is_empty()))
        };
        match self.commit(operation, String::new(), None, work).await {
            Ok((changed, operation)) => Ok(Done { operation, changed, skipped: 1 - changed, users: 0 }),
            Err(CommandError::Conflict { mut fields }) => {
                for conflict in &mut fields {
                    self.tell_who(kind, id, conflict).await?;
                }
                Err(CommandError::Conflict { fields })
            }
            Err(error) => Err(error),
        }
    }

    /// Adds to a conflict who changed the value last, and when.
    async fn tell_who(&self, kind: RecordKind, id: Id, conflict: &mut FieldConflict) -> Result<(), CommandError> {
        let number = kind.field(&conflict.field).map(|field| field.number);
        let last = self.database.read(|db| {
            let entries = journal::audit(db, id)?;
            let touches = |change: &FieldChange| Some(change.field) == number;
            let Some((operation, _)) = entries.iter().rev().find(|(_, entry)| entry.change.fields.iter().any(touches))
            else {
                return Ok(None);
            };
            let actor = table::name_of(db, RecordKind::Staff, operation.operation.actor)?.unwrap_or_default();
            Ok(Some((actor, operation.operation.time.millis() as i64)))
        });
        if let Some((by, at)) = last.await? {
            (conflict.by, conflict.at) = (by, Some(at));
        }
        Ok(())
    }

    /// A contact's profile, also of one in the trash.
    pub async fn contact_get(&self, id: Id) -> Result<ContactProfile, CommandError> {
        self.actor.require(Permission::ViewContacts)?;
        let profile = self.database.read(|db| {
            let record = table::get(db, RecordKind::Contact, id)?.record;
            let user = linked_user(db, record.text(&contact::EMAIL))?;
            let employer = match record.get(&contact::EMPLOYER).as_reference() {
                Some(employer) => employer_brief(db, employer)?,
                None => None,
            };
            let owner = match record.get(&contact::OWNER).as_reference() {
                Some(owner) => table::name_of(db, RecordKind::Staff, owner)?,
                None => None,
            };
            let own_id = [Sql::Blob(id.bytes())];
            let access = match &user {
                None => AccessChip::None,
                Some(user) if user.access => AccessChip::On { role: user.role.clone() },
                Some(user) => AccessChip::Off { role: user.role.clone() },
            };
            let approval = record.text(&contact::APPROVAL).to_owned();
            Ok(ContactProfile {
                id,
                name: person_name(
                    record.text(&contact::FIRST_NAME),
                    record.text(&contact::PREFERRED_NAME),
                    record.text(&contact::LAST_NAME),
                ),
                values: values(&record),
                frozen: approval == contact::REJECTED,
                chips: Chips { approval, visibility: record.text(&contact::VISIBILITY).to_owned(), access },
                employer,
                user,
                owner,
                is_primary: db.number("SELECT count(*) FROM employer WHERE primary_contact=?", &own_id)? > 0,
                deleted: record.is_deleted(),
                notes: db.number("SELECT count(*) FROM note WHERE contact=? AND deleted_at IS NULL", &own_id)? as u32,
                changes: journal::change_count(db, id)?,
            })
        });
        Ok(profile.await?)
    }

    /// Contacts, employers or users whose name, address or other searchable field has the words, for pickers.
    pub async fn suggest(&self, kind: RecordKind, text: &str, most: u32) -> Result<Vec<Id>, CommandError> {
        let mut query = ListQuery::all(kind);
        query.search = text.to_owned();
        let opened = self.list_open(query).await?;
        let window = self.list_window(opened.result, 0, most, &[]).await;
        self.list_close(opened.result);
        Ok(window?.rows.into_iter().map(|row| row.id).collect())
    }
}

/// The employer user with this address (M45), if there is one.
pub(crate) fn linked_user(db: &Db<'_>, email: &str) -> Result<Option<LinkedUser>, StoreError> {
    let key = name::email_key(email);
    if key.is_empty() {
        return Ok(None);
    }
    db.first(
        "SELECT u.id,u.first_name,u.last_name,u.email,e.name,r.name,u.access,u.last_log_in FROM employer_user u
            LEFT JOIN employer e ON e.id=u.employer LEFT JOIN role r ON r.id=u.role
         WHERE u.email_key=? AND u.deleted_at IS NULL LIMIT 1",
        &[Sql::Text(&key)],
        |row| {
            Ok(LinkedUser {
                id: Id::from_bytes(row.blob(0)).ok_or_else(|| StoreError::Damaged("a user's id".into()))?,
                name: person_name(row.text(1), "", row.text(2)),
                email: row.text(3).to_owned(),
                employer: row.optional_text(4),
                role: row.text(5).to_owned(),
                access: row.int(6) == 1,
                last_log_in: row.optional_int(7),
            })
        },
    )
}

/// An employer in few words.
pub(crate) fn employer_brief(db: &Db<'_>, id: Id) -> Result<Option<EmployerBrief>, StoreError> {
    db.first(
        "SELECT name,website,city,(SELECT count(*) FROM contact c WHERE c.employer=e.id AND c.deleted_at IS NULL
            AND c.approval='approved') FROM employer e WHERE id=?",
        &[Sql::Blob(id.bytes())],
        |row| {
            Ok(EmployerBrief {
                id,
                name: row.text(0).to_owned(),
                website: row.optional_text(1),
                city: row.optional_text(2),
                contacts: row.int(3) as u32,
            })
        },
    )
}

/// Refuses references to records that are not there.
fn check_references(db: &Db<'_>, kind: RecordKind, changes: &[FieldChange]) -> Result<(), StoreError> {
    let mut problems = Vec::new();
    for (field, referred, id) in edit::references(changes, kind) {
        let there = table::find(db, referred, id)?.is_some_and(|located| !located.record.is_deleted());
        if !there {
            problems.push(FieldProblem { field: field.key.to_owned(), problem: Problem::UnknownReference });
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems).into()) }
}

/// Refuses an address that another contact has: the address tells contacts apart.
fn check_unique_email(db: &Db<'_>, record: &Record) -> Result<(), StoreError> {
    if record.kind != RecordKind::Contact {
        return Ok(());
    }
    let key = name::email_key(record.text(&contact::EMAIL));
    let other = db.first(
        "SELECT id FROM contact WHERE email_key=? AND deleted_at IS NULL AND id<>? LIMIT 1",
        &[Sql::Text(&key), Sql::Blob(record.id.bytes())],
        |row| Ok(Id::from_bytes(row.blob(0))),
    )?;
    let Some(other) = other.flatten() else { return Ok(()) };
    let by = table::name_of(db, RecordKind::Contact, other)?.unwrap_or_default();
    Err(Refusal::Invalid(vec![FieldProblem { field: contact::EMAIL.key.to_owned(), problem: Problem::InUse { by } }])
        .into())
}
