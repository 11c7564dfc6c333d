//! How records are found by what they are compared by: addresses, tokens of invitations, names of built-in roles. Written
//! with the records, in the same transaction, from what the domain compares.

use crate::cards;
use crate::ids::{id, uuid};
use crate::log::Open;
use crate::posting::{self, posting};
use anyhow::Result;
use liaison_domain::employer_name::employer_match_key;
use liaison_domain::{
    Id, Record, RecordKind, attribute, contact, employer, employer_match, employer_user, experience, invitation, name,
    onboarding_answer, participation, role, student, task,
};
use liaison_sync::document::{Documents, Key};
use liaison_sync::permit::as_record;
use sqlx::Row as _;
use uuid::Uuid;

/// What a record is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Purpose {
    /// Its address, as addresses are compared.
    Address = 1,
    /// A further or former address of a contact.
    Alias = 2,
    /// The hash of the token in an invitation.
    Token = 3,
    /// Invitations, by the id of whom they went to.
    Invited = 4,
    /// What a student or alum reported: by the id or the address that says whose it is.
    Own = 6,
    /// An employer, by its name as names of employers are matched.
    Name = 7,
    /// An employer, by a domain whose mailboxes belong to its people.
    Domain = 12,
    /// A role that ships with the product, by its name.
    BuiltIn = 5,
    /// How a contact takes part: by what in, and the contact.
    Part = 20,
    /// Who takes part in something, as far as they did not cancel: by what in.
    In = 21,
    /// Whom an employer user registered: by what for, and the user.
    RegisteredBy = 22,
    /// How anybody takes part in something, also those who cancelled: by what in.
    Takers = 24,
    /// Contacts, by the employer they are at.
    WorksAt = 25,
    /// An attribute, by what the product does with it.
    Meaning = 26,
    /// Onboarding questions, all of them: by [`EVERY`].
    Every = 23,
}

/// The key of [`Purpose::Every`].
pub(crate) const EVERY: &str = "every";

/// The key of two records together.
pub(crate) fn pair(one: Id, other: Id) -> String {
    format!("{one}/{other}")
}

/// By what a participation is found: what it is in, who takes part, who registered them.
fn taking_part(record: &Record) -> Vec<(Purpose, String)> {
    let places = [&participation::EVENT, &participation::INTERVIEW_SCHEDULE];
    let Some(place) = places.into_iter().find_map(|field| record.get(field).as_reference()) else {
        return Vec::new();
    };
    let (contact, by) = (&participation::CONTACT, &participation::REGISTERED_BY);
    let contact = record.get(contact).as_reference().map(|contact| (Purpose::Part, pair(place, contact)));
    let by = record.get(by).as_reference().map(|user| (Purpose::RegisteredBy, pair(place, user)));
    let is_in = record.text(&participation::STATUS) != participation::CANCELLED;
    let is_in = is_in.then(|| (Purpose::In, place.to_string()));
    let anyhow = [(Purpose::Takers, place.to_string())];
    contact.into_iter().chain(by).chain(is_in).chain(anyhow).collect()
}

/// What a record is found by; nothing, once it is in the trash.
fn entries(record: &Record) -> Vec<(Purpose, String)> {
    if record.is_deleted() {
        return Vec::new();
    }
    let address = |text: &str| (Purpose::Address, name::email_key(text));
    let mut entries = match record.kind {
        RecordKind::Contact => {
            let aliases = contact::alias_keys(record).into_iter().map(|key| (Purpose::Alias, key));
            let at = record.get(&contact::EMPLOYER).as_reference().map(|at| (Purpose::WorksAt, at.to_string()));
            [address(record.text(&contact::EMAIL))].into_iter().chain(aliases).chain(at).collect()
        }
        RecordKind::EmployerUser => vec![address(record.text(&employer_user::EMAIL))],
        RecordKind::Student => vec![address(record.text(&student::EMAIL))],
        RecordKind::Invitation => {
            let to = [&invitation::STUDENT, &invitation::CONTACT].map(|field| record.get(field).as_reference());
            let to = to.into_iter().flatten().map(|person| (Purpose::Invited, person.to_string()));
            [(Purpose::Token, record.text(&invitation::TOKEN_HASH).to_owned())].into_iter().chain(to).collect()
        }
        RecordKind::Role if record.get(&role::BUILT_IN).as_flag() => {
            vec![(Purpose::BuiltIn, record.text(&role::NAME).to_owned())]
        }
        RecordKind::Task => {
            let own =
                record.get(&task::ABOUT_STUDENT).as_reference().filter(|_| !record.text(&task::STUDENT).is_empty());
            own.map(|student| (Purpose::Own, student.to_string())).into_iter().collect()
        }
        RecordKind::Experience => vec![(Purpose::Own, name::email_key(record.text(&experience::STUDENT_EMAIL)))],
        RecordKind::Participation => taking_part(record),
        RecordKind::OnboardingQuestion => vec![(Purpose::Every, EVERY.to_owned())],
        RecordKind::OnboardingAnswer => {
            let student = record.get(&onboarding_answer::STUDENT).as_reference();
            student.map(|student| (Purpose::Own, student.to_string())).into_iter().collect()
        }
        RecordKind::Employer => {
            let domains = employer_match::domains(record).into_iter().map(|domain| (Purpose::Domain, domain));
            [(Purpose::Name, employer_match_key(record.text(&employer::NAME)))].into_iter().chain(domains).collect()
        }
        RecordKind::Attribute => vec![(Purpose::Meaning, record.text(&attribute::MEANING).to_owned())],
        _ => Vec::new(),
    };
    entries.retain(|(_, key)| !key.is_empty());
    entries
}

/// Writes by what the records that changed are found from now on, and takes away the accounts of those that were erased.
pub async fn write(open: &mut Open, institution: Uuid, changed: &[Key], documents: &Documents) -> Result<()> {
    let found = [
        RecordKind::Contact,
        RecordKind::EmployerUser,
        RecordKind::Student,
        RecordKind::Invitation,
        RecordKind::Role,
        RecordKind::Employer,
        RecordKind::Task,
        RecordKind::Experience,
        RecordKind::Event,
        RecordKind::InterviewSchedule,
        RecordKind::JobListing,
        RecordKind::Participation,
        RecordKind::OnboardingQuestion,
        RecordKind::OnboardingAnswer,
        RecordKind::Attribute,
    ];
    let (mut cards, mut postings) = (Vec::new(), Vec::new());
    let (mut records, mut erased) = (Vec::<Uuid>::new(), Vec::<Uuid>::new());
    let (mut purposes, mut keys, mut kinds, mut of) = (Vec::<i16>::new(), Vec::new(), Vec::<i16>::new(), Vec::new());
    for (number, id) in changed {
        let Some(kind) = RecordKind::from_number(*number).filter(|kind| found.contains(kind)) else { continue };
        records.push(uuid(*id));
        if documents.erased.contains(id) {
            erased.push(uuid(*id));
        }
        let Some(document) = documents.get(kind.into(), *id) else { continue };
        let record = as_record(kind, *id, document);
        cards.extend(cards::card(&record).map(|card| (uuid(*id), kind as i16, card)));
        postings.extend(posting(&record).map(|posting| (uuid(*id), kind as i16, posting)));
        for (purpose, key) in entries(&record) {
            purposes.push(purpose as i16);
            keys.push(key);
            kinds.push(kind as i16);
            of.push(uuid(*id));
        }
    }
    if records.is_empty() {
        return Ok(());
    }
    cards::write(open, institution, &records, cards).await?;
    posting::write(open, institution, &records, postings).await?;
    sqlx::query(
        "DELETE FROM lookup USING unnest($2::uuid[]) AS gone(id) WHERE lookup.institution=$1 AND lookup.record=gone.id",
    )
    .bind(institution)
    .bind(records)
    .execute(&mut **open)
    .await?;
    sqlx::query(
        "INSERT INTO lookup(institution,purpose,key,kind,record)
         SELECT $1,* FROM unnest($2::smallint[],$3::text[],$4::smallint[],$5::uuid[]) ON CONFLICT DO NOTHING",
    )
    .bind(institution)
    .bind(purposes)
    .bind(keys)
    .bind(kinds)
    .bind(of)
    .execute(&mut **open)
    .await?;
    if !erased.is_empty() {
        forget(open, institution, erased).await?;
    }
    Ok(())
}

/// Ends what erased people had in the portal. An account with no link to any institution goes, too.
async fn forget(open: &mut Open, institution: Uuid, erased: Vec<Uuid>) -> Result<()> {
    sqlx::query(
        "DELETE FROM login USING unnest($2::uuid[]) AS gone(id) WHERE login.institution=$1 AND login.record=gone.id",
    )
    .bind(institution)
    .bind(erased.clone())
    .execute(&mut **open)
    .await?;
    sqlx::query(
        "DELETE FROM employer_choice USING unnest($2::uuid[]) AS gone(id)
         WHERE employer_choice.institution=$1 AND employer_choice.record=gone.id",
    )
    .bind(institution)
    .bind(erased.clone())
    .execute(&mut **open)
    .await?;
    let accounts: Vec<Uuid> = sqlx::query_scalar(
        "DELETE FROM account_link USING unnest($2::uuid[]) AS gone(id)
         WHERE account_link.institution=$1 AND account_link.record=gone.id RETURNING account_link.account",
    )
    .bind(institution)
    .bind(erased)
    .fetch_all(&mut **open)
    .await?;
    // Their letters and links had the address in them.
    for account in accounts {
        let key: Option<String> = sqlx::query_scalar(
            "DELETE FROM account WHERE id=$1 AND NOT EXISTS (SELECT FROM account_link WHERE account=$1) RETURNING key",
        )
        .bind(account)
        .fetch_optional(&mut **open)
        .await?;
        if let Some(key) = key {
            for sql in [
                "DELETE FROM ticket WHERE institution=$1 AND lower(address)=lower($2)",
                "DELETE FROM outbound WHERE institution=$1 AND lower(address)=lower($2)",
                "DELETE FROM asked WHERE institution=$1 AND lower(address)=lower($2)",
            ] {
                sqlx::query(sql).bind(institution).bind(&key).execute(&mut **open).await?;
            }
        }
    }
    Ok(())
}

/// The ids of the records of a kind with this key, in the order they were made.
pub async fn find(open: &mut Open, institution: Id, purpose: Purpose, kind: RecordKind, key: &str) -> Result<Vec<Id>> {
    let rows = sqlx::query(
        "SELECT record FROM lookup WHERE institution=$1 AND purpose=$2 AND key=$3 AND kind=$4 ORDER BY record",
    )
    .bind(uuid(institution))
    .bind(purpose as i16)
    .bind(key)
    .bind(kind as i16)
    .fetch_all(&mut **open)
    .await?;
    rows.iter().map(|row| id(row.try_get(0)?)).collect()
}

/// How many records of a kind have this key.
pub(crate) async fn count(
    open: &mut Open,
    institution: Id,
    purpose: Purpose,
    kind: RecordKind,
    key: &str,
) -> Result<u32> {
    let count: i64 =
        sqlx::query_scalar("SELECT count(*) FROM lookup WHERE institution=$1 AND purpose=$2 AND key=$3 AND kind=$4")
            .bind(uuid(institution))
            .bind(purpose as i16)
            .bind(key)
            .bind(kind as i16)
            .fetch_one(&mut **open)
            .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
