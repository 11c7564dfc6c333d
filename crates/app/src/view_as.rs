//! The directory as somebody else would see it (B5).

use crate::error::CommandError;
use crate::lists;
use crate::lists::{ListOpened, Window};
use crate::records::values;
use crate::results::ResultSet;
use crate::session::Session;
use liaison_domain::field::CREATED_AT;
use liaison_domain::filter::ListQuery;
use liaison_domain::name::person_name;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::role::{self, PortalPermission, Sight};
use liaison_domain::viewer::{Hidden, Standing, ViewAs, Viewer};
use liaison_domain::{Field, Id, Permission, RecordKind, contact, employer_user};
use liaison_queries::View;
use liaison_search as search;
use liaison_store::StoreError;
use serde::Serialize;
use specta::Type;
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// What an employer user finds in the portal, beside contacts.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct PortalAs {
    /// The employer they act for.
    pub employer: Option<Id>,
    /// Its name.
    pub employer_name: Option<String>,
    /// The name of their role.
    pub role: Option<String>,
    /// Whether they can log in; without it they find nothing of what follows.
    pub access: bool,
    /// Every part of the portal.
    pub sees: Vec<Sight>,
}

/// What decides about an employer user.
struct Account {
    employer: Option<Id>,
    role: Option<Id>,
    access: bool,
    permissions: Vec<PortalPermission>,
}

/// The employer user as whom one looks, where it is one user or one role.
fn account(desk: &View<'_>, view: ViewAs) -> Result<Option<Account>, StoreError> {
    let permissions = |role: Option<Id>| match role {
        Some(role) => Ok::<_, StoreError>(role::of(&desk.live(RecordKind::Role, role)?.record)),
        None => Ok(role::permitted([])),
    };
    Ok(match view {
        ViewAs::Student | ViewAs::Advisor | ViewAs::EmployerUser { .. } => None,
        ViewAs::User { user } => {
            let user = desk.live(RecordKind::EmployerUser, user)?.record;
            let role = user.get(&employer_user::ROLE).as_reference();
            Some(Account {
                employer: user.get(&employer_user::EMPLOYER).as_reference(),
                role,
                access: user.get(&employer_user::ACCESS).as_flag(),
                permissions: permissions(role)?,
            })
        }
        ViewAs::Role { role, employer } => Some(Account {
            employer: Some(employer),
            role: Some(role),
            access: true,
            permissions: permissions(Some(role))?,
        }),
    })
}

async fn viewer(session: &Session, view: ViewAs) -> Result<Viewer, CommandError> {
    Ok(match view {
        ViewAs::Student => Viewer::Student,
        ViewAs::Advisor => Viewer::Advisor,
        ViewAs::EmployerUser { employer } => Viewer::EmployerUser { employer },
        ViewAs::User { .. } | ViewAs::Role { .. } => {
            let account = session.read(|desk| account(desk, view)).await?;
            account.map_or(Viewer::NoContacts(Hidden::NoAccess), |account| {
                Viewer::employer_user(account.employer, account.access, &account.permissions)
            })
        }
    })
}

/// What the employer user as whom one looks finds in the portal. `None` where it is no particular user and no role.
pub async fn view_as_portal(session: &Session, view: ViewAs) -> Result<Option<PortalAs>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let portal = session.read(|desk| {
        let Some(account) = account(desk, view)? else { return Ok(None) };
        let name = |kind, id: Option<Id>| id.map_or(Ok(None), |id| desk.name_of(kind, id));
        Ok::<_, StoreError>(Some(PortalAs {
            employer: account.employer,
            employer_name: name(RecordKind::Employer, account.employer)?,
            role: name(RecordKind::Role, account.role)?,
            access: account.access,
            sees: role::sees(&account.permissions),
        }))
    });
    Ok(portal.await?)
}

/// Opens the directory as somebody else would see it. Refuses filters and orders by fields they don't see.
pub async fn view_as_open(session: &Session, view: ViewAs, query: ListQuery) -> Result<ListOpened, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let kind = query.kind;
    if kind != RecordKind::Contact {
        return Err(CommandError::not_found("list for others"));
    }
    let viewer = viewer(session, view).await?;
    let text = query.search.clone();
    let query = viewer.restrict(&session.registry(), query)?;
    let mut rows = lists::list_rows(session, query.clone()).await?;
    if search::has_words(&text) {
        let seen = |field: &Field| viewer.sees_field(field);
        rows = session.read(|view| search::confirm(view.everything(), kind, &rows, &text, seen)).await?;
    }
    let total = rows.len() as u32;
    let result = session.results().open(ResultSet { query: Arc::new(query), rows: Arc::new(rows) });
    Ok(ListOpened { result, total })
}

/// Reads rows of such a list. Refuses columns the viewer does not see.
pub async fn view_as_window(
    session: &Session,
    view: ViewAs,
    result: u32,
    offset: u32,
    limit: u32,
    columns: &[String],
) -> Result<Window, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let (viewer, registry) = (viewer(session, view).await?, session.registry());
    let unseen = columns
        .iter()
        .filter(|key| !registry.field(RecordKind::Contact, key).is_some_and(|field| viewer.sees_field(field)));
    let problems: Vec<FieldProblem> =
        unseen.map(|key| FieldProblem { field: key.clone(), problem: Problem::UnknownField }).collect();
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems).into());
    }
    lists::list_window(session, result, offset, limit, columns).await
}

/// The keys of the fields of contacts that somebody sees, in the order of the registry.
pub fn view_as_fields(session: &Session, view: ViewAs) -> Vec<String> {
    let viewer = match view {
        ViewAs::Student => Viewer::Student,
        ViewAs::Advisor => Viewer::Advisor,
        // Which fields they see doesn't depend on who they are.
        ViewAs::EmployerUser { .. } | ViewAs::User { .. } | ViewAs::Role { .. } => {
            Viewer::NoContacts(Hidden::NotInRole)
        }
    };
    let registry = session.registry();
    let fields = registry.fields(RecordKind::Contact).chain(RecordKind::Contact.computed_fields().iter().copied());
    fields.skip(1).filter(|field| viewer.sees_field(field)).map(|field| field.key.to_owned()).collect()
}

/// A contact's profile as somebody else would see it, or why they don't.
pub async fn view_as_profile(session: &Session, view: ViewAs, id: Id) -> Result<ProfileAs, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let viewer = viewer(session, view).await?;
    let profile = session.read(|desk| {
        let record = desk.get(RecordKind::Contact, id)?.record;
        let name = person_name(
            record.text(&contact::FIRST_NAME),
            record.text(&contact::PREFERRED_NAME),
            record.text(&contact::LAST_NAME),
        );
        if let Err(reason) = viewer.sees(&Standing::of(&record)) {
            let hidden = Some(reason);
            return Ok(ProfileAs { id, name, hidden, values: BTreeMap::new(), employer: None, withheld: 0 });
        }
        let registry = desk.registry();
        let all = values(registry, &record);
        let seen =
            |key: &String| registry.field(RecordKind::Contact, key).is_some_and(|field| viewer.sees_field(field));
        let (values, withheld): (BTreeMap<_, _>, BTreeMap<_, _>) = all.into_iter().partition(|(key, _)| seen(key));
        let employer = match record.get(&contact::EMPLOYER).as_reference() {
            Some(employer) => desk.name_of(RecordKind::Employer, employer)?,
            None => None,
        };
        let withheld = withheld.keys().filter(|key| *key != CREATED_AT.key).count() as u32;
        Ok(ProfileAs { id, name, hidden: None, values, employer, withheld })
    });
    Ok(profile.await?)
}
