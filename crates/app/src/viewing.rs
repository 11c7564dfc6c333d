//! Who sees what: the rule of [`liaison_domain::viewer`] applied to the person at the desk, and the directory as
//! somebody else would see it (B5).

use crate::desk::Desk;
use crate::error::CommandError;
use crate::history::Names;
use crate::lists::{ListOpened, Window};
use crate::records::values;
use crate::results::ResultSet;
use liaison_domain::field::CREATED_AT;
use liaison_domain::filter::ListQuery;
use liaison_domain::name::person_name;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::viewer::{self, Hidden, Standing, ViewAs, Viewer};
use liaison_domain::{Field, Id, Permission, RecordKind, contact, privacy};
use liaison_store::search::{self, Bits};
use liaison_store::{Db, StoreError, links, list, table};
use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// The linked contact of an employer user, where the person may open the user's profile (M49).
pub(crate) fn open_contact(db: &Db<'_>, viewer: &Viewer, user: Id) -> Result<Option<Id>, StoreError> {
    let Some(contact) = links::contact_of(db, user)? else { return Ok(None) };
    let record = table::get(db, RecordKind::Contact, contact)?.record;
    Ok(privacy::is_open(viewer, Some(&Standing::of(&record))).then_some(contact))
}

/// Whether a record is hidden from a viewer: a contact they don't see, or what is about one.
pub(crate) fn is_hidden(db: &Db<'_>, viewer: &Viewer, kind: RecordKind, id: Id) -> Result<bool, StoreError> {
    if viewer.sees_everything() {
        return Ok(false);
    }
    let contact = match viewer::about(kind) {
        _ if kind == RecordKind::Contact => Some(id),
        Some(field) => table::find(db, kind, id)?.and_then(|located| located.record.get(field).as_reference()),
        None => None,
    };
    let Some(contact) = contact else { return Ok(false) };
    let located = table::find(db, RecordKind::Contact, contact)?;
    Ok(located.is_some_and(|located| viewer.sees(&Standing::of(&located.record)).is_err()))
}

/// The name of a record, as somebody who refuses a value may give it: empty where the viewer may not know it.
pub(crate) fn known_name(db: &Db<'_>, viewer: &Viewer, kind: RecordKind, id: Id) -> Result<String, StoreError> {
    Ok(Names::seen_by(db, *viewer).of(kind, id)?.unwrap_or_default())
}

/// The rows hidden from the person at the desk, by kind, kept until the next commit: keystrokes must not wait for them.
#[derive(Default)]
pub(crate) struct HiddenRows {
    commits: AtomicU64,
    known: Mutex<HashMap<RecordKind, (u64, Arc<Bits>)>>,
    private: Mutex<Option<(u64, Arc<Bits>)>>,
}

impl HiddenRows {
    /// Something was committed: what is known may have changed.
    pub(crate) fn outdate(&self) {
        self.commits.fetch_add(1, Ordering::AcqRel);
    }
}

/// A profile as somebody else would see it.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ProfileAs {
    /// The contact.
    pub id: Id,
    /// Name, for whoever looks as somebody else.
    pub name: String,
    /// Why the viewer does not see the contact; the rest is then empty.
    pub hidden: Option<Hidden>,
    /// The values the viewer sees, by key.
    pub values: BTreeMap<String, FieldValue>,
    /// The name of the employer.
    pub employer: Option<String>,
    /// How many fields have values that the viewer does not see.
    pub withheld: u32,
}

impl Desk {
    /// The person at the desk, as one who looks at contacts.
    pub(crate) fn viewer(&self) -> Viewer {
        Viewer::Staff(self.actor)
    }

    /// The rows of a kind that are hidden from the person at the desk; `None` where nothing is.
    pub(crate) async fn hidden_rows(&self, kind: RecordKind) -> Result<Option<Arc<Bits>>, CommandError> {
        let viewer = self.viewer();
        if viewer.sees_everything() {
            return Ok(None);
        }
        // Noted before reading: what is read while something is committed counts as old at once.
        let commits = self.hidden.commits.load(Ordering::Acquire);
        let known = || self.hidden.known.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((at, bits)) = known().get(&kind)
            && *at == commits
        {
            return Ok(Some(Arc::clone(bits)));
        }
        let shown = |owner| {
            let standing = Standing {
                approval: contact::APPROVED,
                visibility: contact::MYSELF,
                owner,
                employer: None,
                deleted: false,
            };
            viewer.sees(&standing).is_ok()
        };
        let bits = Arc::new(self.database.read(|db| list::private(db, kind, shown)).await?);
        known().insert(kind, (commits, Arc::clone(&bits)));
        Ok(Some(bits))
    }

    /// The rows of employer users whose profile the person at the desk can't open (M49).
    pub(crate) async fn private_users(&self) -> Result<Arc<Bits>, CommandError> {
        let commits = self.hidden.commits.load(Ordering::Acquire);
        let known = || self.hidden.private.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some((at, bits)) = known().as_ref()
            && *at == commits
        {
            return Ok(Arc::clone(bits));
        }
        let viewer = self.viewer();
        let bits = self.database.read(|db| links::private_users(db, |contact| privacy::is_open(&viewer, contact)));
        let bits = Arc::new(bits.await?);
        *known() = Some((commits, Arc::clone(&bits)));
        Ok(bits)
    }

    /// The same as a condition on the rows `t` of a query, for counting and paging: `""` where nothing is hidden.
    pub(crate) async fn seen_rows(&self, kind: RecordKind, t: &str) -> Result<String, CommandError> {
        let Some(hidden) = self.hidden_rows(kind).await? else { return Ok(String::new()) };
        let rows: Vec<String> = hidden.iter().map(|row| row.to_string()).collect();
        Ok(if rows.is_empty() { String::new() } else { format!(" AND {t}n NOT IN ({})", rows.join(",")) })
    }

    /// Refuses a contact that is hidden from the person at the desk: to them it is not there.
    pub(crate) fn require_seen(&self, db: &Db<'_>, id: Id) -> Result<(), StoreError> {
        self.require_shown(db, RecordKind::Contact, id)
    }

    /// The same for a record of any kind: what is about a hidden contact is hidden, too.
    pub(crate) fn require_shown(&self, db: &Db<'_>, kind: RecordKind, id: Id) -> Result<(), StoreError> {
        if is_hidden(db, &self.viewer(), kind, id)? { Err(StoreError::NotFound(kind.key())) } else { Ok(()) }
    }

    /// Opens the directory as somebody else would see it. Refuses filters and orders by fields they don't see.
    pub async fn view_as_open(&self, view: ViewAs, query: ListQuery) -> Result<ListOpened, CommandError> {
        self.actor.require(Permission::ViewContacts)?;
        let kind = query.kind;
        if kind != RecordKind::Contact {
            return Err(CommandError::not_found("list for others"));
        }
        let viewer = Viewer::from(view);
        let text = query.search.clone();
        let query = viewer.restrict(&self.registry(), query)?;
        let mut rows = self.list_rows(query.clone()).await?;
        if search::has_words(&text) {
            let seen = |field: &Field| viewer.sees_field(field);
            rows = self.database.read(|db| search::confirm(db, kind, &rows, &text, seen)).await?;
        }
        let total = rows.len() as u32;
        let result = self.results().open(ResultSet { query: Arc::new(query), rows: Arc::new(rows) });
        Ok(ListOpened { result, total })
    }

    /// Reads rows of such a list. Refuses columns the viewer does not see.
    pub async fn view_as_window(
        &self,
        view: ViewAs,
        result: u32,
        offset: u32,
        limit: u32,
        columns: &[String],
    ) -> Result<Window, CommandError> {
        self.actor.require(Permission::ViewContacts)?;
        let (viewer, registry) = (Viewer::from(view), self.registry());
        let unseen = columns
            .iter()
            .filter(|key| !registry.field(RecordKind::Contact, key).is_some_and(|field| viewer.sees_field(field)));
        let problems: Vec<FieldProblem> =
            unseen.map(|key| FieldProblem { field: key.clone(), problem: Problem::UnknownField }).collect();
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems).into());
        }
        self.list_window(result, offset, limit, columns).await
    }

    /// The keys of the fields of contacts that somebody sees, in the order of the registry.
    pub fn view_as_fields(&self, view: ViewAs) -> Vec<String> {
        let (viewer, registry) = (Viewer::from(view), self.registry());
        let fields = registry.fields(RecordKind::Contact).chain(RecordKind::Contact.computed_fields().iter().copied());
        fields.skip(1).filter(|field| viewer.sees_field(field)).map(|field| field.key.to_owned()).collect()
    }

    /// A contact's profile as somebody else would see it, or why they don't.
    pub async fn view_as_profile(&self, view: ViewAs, id: Id) -> Result<ProfileAs, CommandError> {
        self.actor.require(Permission::ViewContacts)?;
        let viewer = Viewer::from(view);
        let profile = self.database.read(|db| {
            self.require_seen(db, id)?;
            let record = table::get(db, RecordKind::Contact, id)?.record;
            let name = person_name(
                record.text(&contact::FIRST_NAME),
                record.text(&contact::PREFERRED_NAME),
                record.text(&contact::LAST_NAME),
            );
            if let Err(reason) = viewer.sees(&Standing::of(&record)) {
                let hidden = Some(reason);
                return Ok(ProfileAs { id, name, hidden, values: BTreeMap::new(), employer: None, withheld: 0 });
            }
            let registry = db.registry();
            let all = values(registry, &record);
            let seen =
                |key: &String| registry.field(RecordKind::Contact, key).is_some_and(|field| viewer.sees_field(field));
            let (values, withheld): (BTreeMap<_, _>, BTreeMap<_, _>) = all.into_iter().partition(|(key, _)| seen(key));
            let employer = match record.get(&contact::EMPLOYER).as_reference() {
                Some(employer) => table::name_of(db, RecordKind::Employer, employer)?,
                None => None,
            };
            let withheld = withheld.keys().filter(|key| *key != CREATED_AT.key).count() as u32;
            Ok(ProfileAs { id, name, hidden: None, values, employer, withheld })
        });
        Ok(profile.await?)
    }
}
