//! The first start, and every other: set up, unlock, open.

use crate::error::CommandError;
use crate::moment::{ids, now};
use crate::opening::write_down_opening;
use crate::security::FailedAttempts;
use crate::session::Session;
use crate::{active_staff, backup, clock, sample, security, staff};
use liaison_domain::clock::ClockDoubt;
use liaison_domain::edit::draft;
use liaison_domain::field::{ATTRIBUTE_FIRST, CREATED_AT};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Refusal};
use liaison_domain::{
    Actor, Id, OperationKind, Record, RecordKind, Registry, StaffRole, Value, attribute, entry, organization, passcode,
    role,
};
use liaison_store::files;
use liaison_store::key::is_key_missing;
use liaison_store::key::{self, Holder, NewKey, Unlocked};
use liaison_store::{Database, Intent, Recorder, StoreError, settings};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::Path;

/// What the first start asks.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub struct SetupInput {
    /// The institution's name.
    pub institution: String,
    /// The first administrator's given name.
    pub first_name: String,
    /// The first administrator's family name.
    pub last_name: String,
    /// The first administrator's address.
    pub email: String,
    /// The institution's time zone, by its IANA name; this computer's where none is given.
    pub time_zone: Option<String>,
    /// Wraps the key of the database; needed where there is no keychain.
    pub passcode: Option<String>,
    /// How many sample contacts to begin with; none to begin empty.
    pub sample_contacts: Option<u32>,
}

/// What the first start gives back.
#[derive(Clone, Debug, Serialize, Type)]
pub struct SetupDone {
    /// Opens the database when the passcode, or the keychain, is lost. Shown once; to be printed.
    pub recovery_key: String,
}

/// Who is at the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ActorInfo {
    /// The staff record.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// The built-in role.
    pub role: StaffRole,
    /// The name of a role of one's own, which then counts.
    pub own_role: Option<String>,
    /// What the role permits, by key.
    pub permissions: Vec<String>,
}

/// Decides who is at the desk, when it is opened, unlocked or handed over: the one place that does. The key file is
/// brought in line with the staff records on the way.
///
/// Errors: `RecoveryKey`, which is nobody's; `NoLongerStaff` for a passcode that was still there of somebody who is
/// deactivated. From then on it is a wrong one.
async fn admit(
    database: &Database,
    directory: &Path,
    unlocked: &Unlocked,
    secret: Option<&str>,
) -> Result<Actor, CommandError> {
    let (first, last, active) = database
        .read(|db| Ok((active_staff::first(db)?, active_staff::at_the_desk(db)?, active_staff::active(db)?)))
        .await?;
    let first = first.ok_or(CommandError::NotSetUp)?;
    let person = match unlocked.holder {
        Holder::Person(person) => person,
        Holder::SetUp => first,
        // A keychain says nothing about who came. Never whoever happens to be active: somebody deactivated would come
        // back as a colleague.
        Holder::Keychain => last.unwrap_or(first),
        Holder::Recovery => return Err(CommandError::RecoveryKey),
    };
    let renewed = secret.filter(|_| unlocked.outdated).map(|secret| (&unlocked.key, person, secret));
    let settled = tokio::task::block_in_place(|| key::settle(directory, first, |id| active.contains(&id), renewed));
    if let Err(error) = settled {
        // A folder that can't be written to can still be read.
        tracing::warn!("the key file is as it was: {error}");
    }
    let actor = database.read(|db| active_staff::actor(db, person)).await?.ok_or(CommandError::NoLongerStaff)?;
    if last != Some(person) {
        active_staff::remember(database, person).await;
    }
    Ok(actor)
}

/// Opens the database in `directory`; `secret` is the passcode where one is needed.
///
/// Errors: `NotSetUp`, `Locked`, `WrongPasscode`, `NoLongerStaff`, `RecoveryKey` (see [`crate::recovery`]), `Keychain`, `Busy`,
/// `TooNew`, `Storage` where files are damaged, missing or don't belong together. None of them changes what is in the
/// database.
pub async fn open(directory: &Path, secret: Option<&str>) -> Result<Session, CommandError> {
    liaison_store::backup::finish_restore(directory)?;
    if is_key_missing(directory) {
        return Err(StoreError::Missing(files::KEY).into());
    }
    let unlocked = tokio::task::block_in_place(|| key::load(directory, secret))?;
    if unlocked.holder == Holder::Recovery {
        return Err(CommandError::RecoveryKey);
    }
    let database = Database::open_existing(directory, Some(&unlocked.key)).await?;
    match admit(&database, directory, &unlocked, secret).await {
        Ok(actor) => {
            let session = Session::new(database, directory.to_owned(), actor);
            backup::tell_not_backed_up(&session).await;
            welcome(&session).await;
            Ok(session)
        }
        Err(error) => {
            database.close().await?;
            Err(error)
        }
    }
}

/// Hands an open desk to whoever's passcode it is: on a shared computer, one goes and another comes.
///
/// Errors: `WrongPasscode`, `NoLongerStaff`, `RecoveryKey`.
pub async fn switch(session: &Session, passcode: &str) -> Result<Session, CommandError> {
    let unlocked = tokio::task::block_in_place(|| key::load(session.directory(), Some(passcode)))?;
    let actor = admit(session.engine().database(), session.directory(), &unlocked, Some(passcode)).await?;
    let theirs = session.for_person(actor.staff).await?;
    welcome(&theirs).await;
    Ok(theirs)
}

/// Hands an open desk to somebody who was chosen by name, with their passcode. A colleague's passcode doesn't count, so
/// that nobody works in another name than the one they chose.
///
/// Errors: `WrongPasscode`, also where it is somebody else's; `NoLongerStaff`, `RecoveryKey`.
pub async fn person_switch(session: &Session, person: Id, passcode: &str) -> Result<Session, CommandError> {
    let unlocked = tokio::task::block_in_place(|| key::load(session.directory(), Some(passcode)))?;
    match unlocked.holder {
        Holder::Person(holder) if holder != person => return Err(CommandError::WrongPasscode),
        _ => {}
    }
    let actor = admit(session.engine().database(), session.directory(), &unlocked, Some(passcode)).await?;
    if actor.staff != person {
        return Err(CommandError::WrongPasscode);
    }
    let theirs = session.for_person(actor.staff).await?;
    welcome(&theirs).await;
    Ok(theirs)
}

/// Tells whoever came how many wrong passcodes were entered before they did, and writes both down. By a clock in doubt
/// nothing is written: it waits for the answer.
async fn welcome(session: &Session) {
    let failures = key::failures(session.directory());
    security::tell_failures(
        session,
        failures.map(|failures| FailedAttempts { count: failures.count, since: failures.since }),
    );
    match clock::check_clock(session).await {
        Ok(None) => write_down_opening(session).await,
        Ok(Some(_)) => clock::write_opening_once_accepted(session),
        Err(error) => tracing::warn!("the clock can't be compared: {error}"),
    }
}

/// Makes the key and the database, names the institution and the first administrator, and opens the desk.
///
/// Errors: `Validation`; `Keychain` where there is no keychain and no passcode was given; `Busy`; `ClockInDoubt` by a
/// clock from before this program. A set-up that fails, or is cut short, can be done again.
pub async fn set_up(directory: &Path, input: &SetupInput) -> Result<(Session, SetupDone), CommandError> {
    let now = now();
    let mut ids = ids(now);
    let mut records = records(input, &mut || ids.next_id(), now)?;
    let hold = liaison_store::hold::hold(directory)?;
    if key::protection(directory)?.is_some() {
        return Err(CommandError::Validation {
            fields: vec![FieldProblem {
                field: "institution".into(),
                problem: liaison_domain::refusal::Problem::InUse { by: directory.display().to_string() },
            }],
        });
    }
    let (device, operation, staff) = (ids.next_id(), ids.next_id(), records[0].id);
    let NewKey { key, recovery } = key::begin(directory, input.passcode.as_deref().map(|passcode| (staff, passcode)))?;
    let database = Database::open_held(hold, directory, Some(&key)).await?;
    let intent = Intent {
        id: operation,
        now,
        actor: staff,
        kind: OperationKind::InstitutionSetup,
        detail: String::new(),
        undoes: None,
    };
    records.rotate_left(1);
    database
        .write(|db| {
            liaison_store::device::set_here(db, device, &device_name())?;
            settings::set(db, active_staff::AT_THE_DESK, Some(&staff.to_string()))?;
            let mut recorder = Recorder::begin(db, intent)?;
            for record in &records {
                recorder.create(record)?;
            }
            recorder.finish()
        })
        .await?;
    // Cut short before this, the set-up never was: it can be done again.
    key::keep(directory)?;
    let actor = Actor::with_role(staff, StaffRole::Administrator);
    let session = Session::new(database, directory.to_owned(), actor);
    if let Some(count) = input.sample_contacts.filter(|count| *count > 0) {
        sample::sample_create(&session, count, SAMPLE_SEED, &mut |_| std::ops::ControlFlow::Continue(())).await?;
    }
    Ok((session, SetupDone { recovery_key: recovery }))
}

/// The seed of the sample data of a first start: everybody sees the same people.
pub const SAMPLE_SEED: u64 = 1;

/// The staff record, the institution and the roles that ship with the product.
fn records(input: &SetupInput, next_id: &mut dyn FnMut() -> Id, now: u64) -> Result<Vec<Record>, CommandError> {
    if let Some(ClockDoubt { now, last }) = ClockDoubt::of(now as i64, None) {
        return Err(CommandError::ClockInDoubt { now, last });
    }
    let text = |text: &str| FieldValue::Text(text.to_owned());
    let moment = now as i64;
    let mut problems = Vec::new();
    let mut keep = |drafted: Result<Record, Refusal>, rename: Option<(&str, &str)>| match drafted {
        Ok(record) => Some(record),
        Err(Refusal::Invalid(found)) => {
            problems.extend(found.into_iter().map(|mut problem| {
                if let Some((from, to)) = rename
                    && problem.field == from
                {
                    problem.field = to.to_owned();
                }
                problem
            }));
            None
        }
        Err(_) => None,
    };
    let values =
        [("first_name", text(&input.first_name)), ("last_name", text(&input.last_name)), ("email", text(&input.email))];
    let staff = keep(
        draft(&Registry::default(), RecordKind::Staff, next_id(), moment, values.iter().map(|(k, v)| (*k, v))),
        None,
    );
    let zone = input.time_zone.clone().unwrap_or_else(|| liaison_store::time_zone::of_computer().name().to_owned());
    let described = [("name", text(&input.institution)), ("time_zone", text(&zone))];
    let institution = keep(
        draft(&Registry::default(), RecordKind::Institution, next_id(), moment, described.iter().map(|(k, v)| (*k, v)))
            .and_then(|institution| entry::check(&institution).map(|()| institution)),
        Some(("name", "institution")),
    );
    let about = [&input.institution, &input.first_name, &input.last_name, &input.email].map(String::as_str);
    if let Some(Err(problem)) = input.passcode.as_deref().map(|passcode| passcode::check(passcode, &about)) {
        problems.push(FieldProblem { field: "passcode".into(), problem });
    }
    let (Some(mut staff), Some(institution), true) = (staff, institution, problems.is_empty()) else {
        return Err(CommandError::Validation { fields: problems });
    };
    staff.set(&organization::STAFF_ROLE, StaffRole::Administrator.key());
    let built_in = |name: &str, permissions: &[&str], id: Id| {
        let mut record = Record::blank(RecordKind::Role, id);
        record.set(&CREATED_AT, Value::Moment(moment));
        record.set(&role::NAME, name);
        record.set(&role::BUILT_IN, true);
        record.set(&role::PERMISSIONS, Value::List(permissions.iter().map(|p| (*p).to_owned()).collect()));
        record
    };
    let default_access = built_in(role::DEFAULT_ACCESS, &["edit_account", "post_jobs", "register_events"], next_id());
    let denied_access = built_in(role::DENIED_ACCESS, &["edit_account"], next_id());
    let mut records = vec![staff, institution, default_access, denied_access];
    for (at, (name, meaning)) in
        [("Do not email", attribute::DO_NOT_EMAIL), ("Inactive", attribute::INACTIVE)].into_iter().enumerate()
    {
        let mut record = Record::blank(RecordKind::Attribute, next_id());
        record.set(&CREATED_AT, Value::Moment(moment));
        record.set(&attribute::NAME, name);
        record.set(&attribute::RECORDS, RecordKind::Contact.key());
        record.set(&attribute::TYPE, "yes_no");
        record.set(&attribute::POSITION, Value::Number(at as i64));
        record.set(&attribute::NUMBER, Value::Number(i64::from(ATTRIBUTE_FIRST) + at as i64));
        record.set(&attribute::MEANING, meaning);
        records.push(record);
    }
    Ok(records)
}

/// What this computer is called, for the audit log.
fn device_name() -> String {
    let name = std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).unwrap_or_default();
    let name = if name.is_empty() { std::fs::read_to_string("/etc/hostname").unwrap_or_default() } else { name };
    let name = name.trim();
    if name.is_empty() { "This computer".into() } else { name.to_owned() }
}

/// Who is at the desk.
pub async fn actor_info(session: &Session) -> Result<ActorInfo, CommandError> {
    let staff = session.read(|view| view.get(RecordKind::Staff, session.actor().staff)).await?.record;
    let name = liaison_domain::name::person_name(
        staff.text(&organization::STAFF_FIRST_NAME),
        "",
        staff.text(&organization::STAFF_LAST_NAME),
    );
    let (staff_role, own_role) = staff::staff_role_of(session, &staff).await?;
    Ok(ActorInfo {
        id: session.actor().staff,
        name,
        email: staff.text(&organization::STAFF_EMAIL).to_owned(),
        role: staff_role,
        own_role,
        permissions: session.actor().permissions.iter().map(|permission| permission.key().to_owned()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_from_before_the_program_sets_nothing_up() {
        let input = SetupInput {
            institution: "Northfield University".into(),
            first_name: "Ada".into(),
            last_name: "Berg".into(),
            email: "ada@northfield.example".into(),
            time_zone: None,
            passcode: None,
            sample_contacts: None,
        };
        let at = |now: u64| {
            let mut ids = ids(now);
            records(&input, &mut || ids.next_id(), now)
        };
        let refused = at(0).expect_err("1970");
        assert_eq!(refused, CommandError::ClockInDoubt { now: 0, last: None });
        assert!(refused.to_string().contains("which is before Liaison was made; set the clock first"), "{refused}");
        assert!(at(1_790_000_000_000).is_ok());
    }
}
