//! Archiving contacts in one of four ways, singly and in bulk, and reviving them (M22–M27, M32).

use crate::error::CommandError;
use crate::lists;
use crate::lists::Selection;
use crate::moment::ids;
use crate::progress::OnProgress;
use crate::regained_access::{give_access_back, regaining};
use crate::session::Session;
use crate::step::Done;
use crate::step::Step;
use liaison_domain::archive::{self, ArchiveWay, Means, NotRevived, Return};
use liaison_domain::field::{CREATED_AT, DELETED_AT};
use liaison_domain::name::organization_key;
use liaison_domain::refusal::{FieldProblem, Problem};
use liaison_domain::{
    FieldChange, Id, OperationKind, Permission, Record, RecordKind, Refusal, Value, attribute, contact, edit, employer,
};
use liaison_queries::rows::RecordByRow;
use liaison_queries::{View, employer_users, employers, employments};
use liaison_store::{Db, Recorder, StoreError, attributes, journal, links, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashSet;

/// Said in an operation's detail where it touched a user: taking it back then needs the permission for that, too.
pub(crate) const ACCESS: &str = "access";

/// What archiving the selected contacts would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct ArchivePreview {
    /// Contacts it would change.
    pub contacts: u32,
    /// Contacts that are archived in this way already.
    pub already: u32,
    /// Contacts that are rejected; their data is frozen and stays (M27).
    pub frozen: u32,
    /// Contacts that students see now and would not see any more.
    pub hidden_from_students: u32,
    /// Contacts that only somebody else would see from then on, because they have another owner.
    pub others_own: u32,
    /// Contacts that are the primary contact of the employer they would leave; it would have none.
    pub primary: u32,
    /// Linked users who can log in, before and after: archiving never touches them (M23).
    pub can_still_log_in: u32,
    /// The employer called "Inactive" does not exist yet and would be made.
    pub makes_inactive: bool,
}

/// Where revived contacts come back to, and how they had been archived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Revival {
    /// The way they were archived.
    pub way: ArchiveWay,
    /// Another employer than the previous one, where they were archived by employer.
    pub employer: Option<Id>,
    /// Another visibility than the one before they were archived.
    pub visibility: Option<String>,
    /// Linked users get back the access and the role that archiving took (B3).
    pub access: bool,
}

/// What reviving the selected contacts would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct RevivePreview {
    /// Contacts it would change.
    pub contacts: u32,
    /// Contacts that are not archived in this way.
    pub not_archived: u32,
    /// Contacts that are rejected; approving them again comes first.
    pub frozen: u32,
    /// Contacts whose previous employer nobody knows.
    pub no_employer: u32,
    /// Contacts that students would see again.
    pub seen_by_students: u32,
    /// Linked users who could log in again, if they get back their access.
    pub access_back: u32,
    /// Linked users who would have the role again that they had before.
    pub role_back: u32,
    /// The name of the employer a single contact comes back to, where it was archived by employer.
    pub returns_to: Option<String>,
    /// How many of these users lost something when the contact was archived.
    pub taken: u32,
}

/// Adds the linked users of a contact who can log in.
fn can_log_in(db: &Db<'_>, contact: &Record, users: &mut HashSet<i64>) -> Result<(), StoreError> {
    for (n, _) in links::users_of(db, contact)? {
        if employer_users::can_log_in(db, n)? {
            users.insert(n);
        }
    }
    Ok(())
}

/// The employer called "Inactive", if there is one.
pub(crate) fn inactive_employer(db: &Db<'_>) -> Result<Option<Id>, StoreError> {
    employers::inactive(db)
}

/// The employer with this name, made where there is none.
pub(crate) fn employer_named(recorder: &mut Recorder<'_>, name: &str, now: u64) -> Result<Id, StoreError> {
    if let Some(there) = employers::named(recorder.db(), &organization_key(name))? {
        return Ok(there);
    }
    let mut record = Record::blank(RecordKind::Employer, ids(now).next_id());
    record.set(&CREATED_AT, Value::Moment(now as i64));
    record.set(&employer::NAME, name);
    recorder.create(&record)?;
    Ok(record.id)
}

/// What archiving works with; `inactive` is the employer of that name, or the id it would get.
pub(crate) fn means(db: &Db<'_>, way: ArchiveWay, inactive: Id, actor: Id) -> Result<Means, StoreError> {
    let mut marks = Vec::new();
    for meaning in [attribute::INACTIVE, attribute::DO_NOT_EMAIL] {
        marks.extend(attributes::one_meaning(db, meaning)?);
    }
    if way == ArchiveWay::Attribute && marks.is_empty() {
        return Err(StoreError::NotFound("attribute that means \"Inactive\""));
    }
    Ok(Means { inactive, marks, actor })
}

/// The ways in which a contact is archived.
pub(crate) fn archived_ways(db: &Db<'_>, contact: &Record, actor: Id) -> Result<Vec<ArchiveWay>, StoreError> {
    // No contact is at an employer that does not exist.
    let inactive = inactive_employer(db)?.unwrap_or(contact.id);
    let means = means(db, ArchiveWay::Reject, inactive, actor)?;
    let mut ways: Vec<_> =
        ArchiveWay::ALL.into_iter().filter(|way| archive::is_archived(contact, *way, &means)).collect();
    if ways.len() > 1 {
        // The way the history says was the last one comes first.
        let archiving = [OperationKind::ContactsArchive, OperationKind::ContactsPersonLeft];
        let last = journal::last_detail_in(db, contact.id, &archiving)?.unwrap_or_default();
        ways.sort_by_key(|way| !last.split('+').any(|part| part == way.key()));
    }
    Ok(ways)
}

/// Giving somebody access back is a permission of its own, like taking it.
fn permit_revival(session: &Session, revival: &Revival, many: bool) -> Result<(), CommandError> {
    revival.way.permit(&session.actor(), many)?;
    if revival.access { Ok(session.actor().require(Permission::ManageAccess)?) } else { Ok(()) }
}

/// The visibility a contact had before it was archived, where it still has the one that archiving gave it.
fn visibility_before(db: &Db<'_>, contact: &Record) -> Result<Option<&'static str>, StoreError> {
    let archiving = [OperationKind::ContactsArchive, OperationKind::ContactsPersonLeft];
    let Some(change) = journal::last_change_in(db, contact.id, contact::VISIBILITY.number, &archiving)? else {
        return Ok(None);
    };
    if change.after != *contact.get(&contact::VISIBILITY) {
        return Ok(None);
    }
    Ok(contact::VISIBILITIES.iter().copied().find(|visibility| *visibility == change.before.as_text()))
}

/// A selection of which nothing changed because all of it is frozen is refused like a single frozen contact.
fn all_frozen(changed: u32, skipped: u32, frozen: u32) -> Result<(), StoreError> {
    if changed == 0 && frozen > 0 && frozen == skipped { Err(Refusal::Frozen.into()) } else { Ok(()) }
}

impl Revival {
    /// The visibility that was chosen, as the rules know it.
    fn chosen(&self) -> Result<Option<&'static str>, CommandError> {
        let Some(key) = &self.visibility else { return Ok(None) };
        match contact::VISIBILITIES.iter().copied().find(|visibility| visibility == key) {
            Some(visibility) => Ok(Some(visibility)),
            None => {
                let choices = contact::VISIBILITIES.iter().map(|choice| (*choice).to_owned()).collect();
                let field = contact::VISIBILITY.key.to_owned();
                Err(Refusal::of(field, Problem::NotAChoice { choices }).into())
            }
        }
    }

    /// Where one contact comes back to.
    fn of(
        &self,
        db: &Db<'_>,
        contact: &Record,
        chosen: Option<&'static str>,
        means: &Means,
    ) -> Result<Return, StoreError> {
        let employer = match self.employer {
            None if self.way == ArchiveWay::Employer => employments::last_left(db, contact.id, means.inactive)?,
            chosen => chosen,
        };
        let visibility = match chosen {
            None => visibility_before(db, contact)?,
            chosen => chosen,
        };
        Ok(Return { employer, visibility })
    }
}

/// What archiving the selected contacts in this way would do.
pub async fn contacts_archive_preview(
    session: &Session,
    selection: &Selection,
    way: ArchiveWay,
) -> Result<ArchivePreview, CommandError> {
    let rows = lists::selected(session, RecordKind::Contact, selection).await?;
    way.permit(&session.actor(), rows.len() > 1)?;
    let (actor, to_be) = (session.actor().staff, ids(session.now()).next_id());
    let preview = session.read(|view| {
        // Who can log in, whose primary contact somebody is, what attributes mean: consequences, counted.
        let db = view.everything();
        let mut preview = ArchivePreview::default();
        let inactive = inactive_employer(db)?;
        let means = means(db, way, inactive.unwrap_or(to_be), actor)?;
        let (mut people, mut users) = (RecordByRow::prepare_live(view, RecordKind::Contact)?, HashSet::new());
        for row in rows {
            let Some(contact) = people.read(i64::from(row))? else { continue };
            let changes = match archive::archive(&contact, way, &means) {
                Ok(changes) => changes,
                Err(_) => {
                    preview.frozen += 1;
                    continue;
                }
            };
            if changes.is_empty() {
                preview.already += 1;
                continue;
            }
            preview.contacts += 1;
            let hides = way == ArchiveWay::Reject || changes.iter().any(|c| c.field == contact::VISIBILITY.number);
            let shown = contact.text(&contact::VISIBILITY) == contact::STUDENTS
                && contact.text(&contact::APPROVAL) == contact::APPROVED;
            preview.hidden_from_students += u32::from(hides && shown);
            let owner = contact.get(&contact::OWNER).as_reference();
            preview.others_own += u32::from(way == ArchiveWay::Visibility && owner.is_some_and(|owner| owner != actor));
            if changes.iter().any(|change| change.field == contact::EMPLOYER.number) {
                preview.primary += u32::from(employers::is_primary_contact(db, contact.id)?);
            }
            can_log_in(db, &contact, &mut users)?;
        }
        preview.can_still_log_in = users.len() as u32;
        preview.makes_inactive = way == ArchiveWay::Employer && inactive.is_none() && preview.contacts > 0;
        Ok(preview)
    });
    Ok(preview.await?)
}

/// Archives the selected contacts in one operation. Users are left as they are (M23).
pub async fn contacts_archive(
    session: &Session,
    selection: &Selection,
    way: ArchiveWay,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    let rows = lists::selected(session, RecordKind::Contact, selection).await?;
    way.permit(&session.actor(), rows.len() > 1)?;
    session.begin_long_work();
    let (now, actor, total) = (session.now(), session.actor().staff, rows.len() as u32);
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    let ((), operation) = session
        .commit(Step::new(OperationKind::ContactsArchive).detail(way.key().to_owned()), |recorder| {
            let mut people = RecordByRow::prepare_live(&session.view(recorder.db()), RecordKind::Contact)?;
            let mut archiving = Archiving::new(recorder, way, actor, now)?;
            let mut frozen = 0;
            for (at, row) in rows.iter().enumerate() {
                session.report(progress, at as u32, total)?;
                let Some(contact) = people.read(i64::from(*row))? else { continue };
                match archiving.changes(recorder, &contact) {
                    Ok(changes) if changes.is_empty() => done.skipped += 1,
                    Ok(changes) => {
                        recorder.update(RecordKind::Contact, i64::from(*row), contact.id, &changes)?;
                        done.changed += 1;
                    }
                    Err(StoreError::Refused(Refusal::Frozen)) => {
                        done.skipped += 1;
                        frozen += 1;
                    }
                    Err(error) => return Err(error),
                }
            }
            all_frozen(done.changed, done.skipped, frozen)?;
            session.report(progress, total, total)
        })
        .await?;
    done.operation = operation;
    Ok(done)
}

/// What reviving the selected contacts would do.
pub async fn contacts_revive_preview(
    session: &Session,
    selection: &Selection,
    revival: &Revival,
) -> Result<RevivePreview, CommandError> {
    let rows = lists::selected(session, RecordKind::Contact, selection).await?;
    permit_revival(session, revival, rows.len() > 1)?;
    let (actor, to_be, chosen) = (session.actor().staff, ids(session.now()).next_id(), revival.chosen()?);
    let preview = session.read(|view| {
        // Where the selected were before, and what attributes mean.
        let db = view.everything();
        let mut preview = RevivePreview::default();
        let means = means(db, revival.way, inactive_employer(db)?.unwrap_or(to_be), actor)?;
        let mut people = RecordByRow::prepare_live(view, RecordKind::Contact)?;
        let alone = rows.len() == 1;
        for row in rows {
            let Some(contact) = people.read(i64::from(row))? else { continue };
            let to = revival.of(db, &contact, chosen, &means)?;
            match archive::revive(&contact, revival.way, &to, &means) {
                Ok(changes) => {
                    preview.contacts += 1;
                    if let Some(employer) = to.employer.filter(|_| alone) {
                        preview.returns_to = view.name_of(RecordKind::Employer, employer)?;
                    }
                    for user in regaining(db, &contact, alone)? {
                        preview.access_back += u32::from(user.decision.access.is_some());
                        preview.role_back += u32::from(user.decision.role.is_some());
                        preview.taken += u32::from(user.was_taken);
                    }
                    let seen = |record: &Record| {
                        record.text(&contact::VISIBILITY) == contact::STUDENTS
                            && record.text(&contact::APPROVAL) == contact::APPROVED
                    };
                    let before = seen(&contact);
                    let mut after = contact;
                    after.apply(&changes);
                    preview.seen_by_students += u32::from(!before && seen(&after));
                }
                Err(NotRevived::NotArchived) => preview.not_archived += 1,
                Err(NotRevived::Frozen) => preview.frozen += 1,
                Err(NotRevived::NoEmployer) => preview.no_employer += 1,
            }
        }
        Ok(preview)
    });
    Ok(preview.await?)
}

/// Revives the selected contacts in one operation; those that were not archived in this way stay as they are.
pub async fn contacts_revive(
    session: &Session,
    selection: &Selection,
    revival: &Revival,
    progress: OnProgress<'_>,
) -> Result<Done, CommandError> {
    let rows = lists::selected(session, RecordKind::Contact, selection).await?;
    permit_revival(session, revival, rows.len() > 1)?;
    session.begin_long_work();
    let (actor, to_be, chosen) = (session.actor().staff, ids(session.now()).next_id(), revival.chosen()?);
    let total = rows.len() as u32;
    let mut done = Done { operation: None, changed: 0, skipped: 0, users: 0 };
    // Undoing it needs the permission for the users it touched, too.
    let detail: Vec<&str> = [revival.way.key()].into_iter().chain(revival.access.then_some(ACCESS)).collect();
    let detail = detail.join("+");
    let ((), operation) = session
        .commit(Step::new(OperationKind::ContactsRevive).detail(detail), |recorder| {
            let db = recorder.db();
            if let Some(employer) = revival.employer {
                there(db, RecordKind::Employer, employer, contact::EMPLOYER.key)?;
            }
            let means = means(db, revival.way, inactive_employer(db)?.unwrap_or(to_be), actor)?;
            let mut people = RecordByRow::prepare_live(&session.view(db), RecordKind::Contact)?;
            let (mut frozen, mut homeless) = (0, 0);
            for (at, row) in rows.iter().enumerate() {
                session.report(progress, at as u32, total)?;
                let Some(contact) = people.read(i64::from(*row))? else { continue };
                let to = revival.of(db, &contact, chosen, &means)?;
                match archive::revive(&contact, revival.way, &to, &means) {
                    Ok(changes) => {
                        if revival.access {
                            done.users += give_access_back(recorder, &contact, rows.len() == 1)?;
                        }
                        recorder.update(RecordKind::Contact, i64::from(*row), contact.id, &changes)?;
                        done.changed += 1;
                    }
                    Err(why) => {
                        done.skipped += 1;
                        frozen += u32::from(why == NotRevived::Frozen);
                        homeless += u32::from(why == NotRevived::NoEmployer);
                    }
                }
            }
            all_frozen(done.changed, done.skipped, frozen)?;
            if done.changed == 0 && homeless > 0 && homeless == done.skipped {
                // Nothing to choose from was said and nothing is known: the person must choose.
                let field = contact::EMPLOYER.key.to_owned();
                return Err(Refusal::of(field, Problem::Required).into());
            }
            session.report(progress, total, total)
        })
        .await?;
    done.operation = operation;
    Ok(done)
}

/// Archiving one contact after the other; makes the employer called "Inactive" when the first one needs it.
pub(crate) struct Archiving {
    way: ArchiveWay,
    means: Means,
    to_make: bool,
    now: u64,
}

impl Archiving {
    /// Begins.
    pub(crate) fn new(recorder: &Recorder<'_>, way: ArchiveWay, actor: Id, now: u64) -> Result<Archiving, StoreError> {
        let inactive = inactive_employer(recorder.db())?;
        let means = means(recorder.db(), way, inactive.unwrap_or_else(|| ids(now).next_id()), actor)?;
        Ok(Archiving { way, means, to_make: inactive.is_none(), now })
    }

    /// What archives this contact. Errors: `Frozen`.
    pub(crate) fn changes(
        &mut self,
        recorder: &mut Recorder<'_>,
        contact: &Record,
    ) -> Result<Vec<FieldChange>, StoreError> {
        let changes = archive::archive(contact, self.way, &self.means)?;
        if self.to_make && changes.iter().any(|change| change.field == contact::EMPLOYER.number) {
            self.means.inactive = employer_named(recorder, employer::INACTIVE, self.now)?;
            self.to_make = false;
            return Ok(archive::archive(contact, self.way, &self.means)?);
        }
        Ok(changes)
    }
}

/// Refuses a record that is not there, or lies in the trash.
pub(crate) fn there(db: &Db<'_>, kind: RecordKind, id: Id, field: &str) -> Result<(), StoreError> {
    let found = table::find(db, kind, id)?.is_some_and(|located| located.record.get(&DELETED_AT).is_empty());
    if found {
        return Ok(());
    }
    let problem = FieldProblem { field: field.to_owned(), problem: Problem::UnknownReference };
    Err(Refusal::Invalid(vec![problem]).into())
}

/// A contact that can be changed. Errors: `NotFound` for one in the trash, `Frozen`.
pub(crate) fn editable(view: &View<'_>, id: Id) -> Result<table::Located, StoreError> {
    let located = view.live(RecordKind::Contact, id)?;
    edit::frozen(&located.record)?;
    Ok(located)
}
