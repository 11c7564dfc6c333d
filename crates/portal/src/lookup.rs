//! How records are found by what they are compared by: addresses, tokens of invitations, names of built-in roles. Written
//! with the records, in the same transaction, from what the domain compares.

use crate::cards;
use crate::ids::{id, uuid};
use crate::log::Open;
use crate::posting::{self, posting};
use anyhow::Result;
use liaison_domain::{Id, RecordKind};
pub use liaison_intake::found_by::Purpose;
pub(crate) use liaison_intake::found_by::{EVERY, entries, pair};
use liaison_sync::document::{Documents, Key};
use liaison_sync::permit::as_record;
use sqlx::Row as _;
use uuid::Uuid;

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
