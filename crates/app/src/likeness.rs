//! Contacts that may be the same person as one in the queue, with what agrees (B4).

use crate::desk::Desk;
use crate::error::CommandError;
use liaison_domain::name::{self, person_name};
use liaison_domain::{Id, Permission, Record, RecordKind, contact};
use liaison_store::search::Group;
use liaison_store::{Sql, Statement, table};
use serde::Serialize;
use specta::Type;

/// Why two records may be the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LikenessReason {
    /// An address is the same.
    SameEmail,
    /// The names are the same.
    SameName,
    /// A phone number is the same.
    SamePhone,
    /// The employer is the same.
    SameEmployer,
}

/// A contact that may be the same person.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Likeness {
    /// The contact.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// The name of the employer.
    pub employer: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Approval status.
    pub approval: String,
    /// What agrees.
    pub reasons: Vec<LikenessReason>,
}

impl Desk {
    /// Contacts that may be the same person as this one, the likeliest first, at most ten (B4).
    pub async fn contact_likenesses(&self, id: Id) -> Result<Vec<Likeness>, CommandError> {
        self.actor.require(Permission::ViewContacts)?;
        let record = self.database.read(|db| {
            self.require_seen(db, id)?;
            Ok(table::get(db, RecordKind::Contact, id)?.record)
        });
        let record = record.await?;
        let candidates = self.likeness_candidates(&record).await?;
        let likenesses = self.database.read(|db| {
            let mut likenesses = Vec::new();
            for candidate in candidates {
                if self.require_seen(db, candidate).is_err() {
                    continue;
                }
                let other = table::get(db, RecordKind::Contact, candidate)?.record;
                let reasons = likeness(&record, &other);
                // One employer alone says nothing about two people.
                if reasons.is_empty() || reasons == [LikenessReason::SameEmployer] {
                    continue;
                }
                let employer = match other.get(&contact::EMPLOYER).as_reference() {
                    Some(employer) => table::name_of(db, RecordKind::Employer, employer)?,
                    None => None,
                };
                let text = |field| other.text(field).to_owned();
                likenesses.push(Likeness {
                    id: other.id,
                    name: person_name(
                        &text(&contact::FIRST_NAME),
                        &text(&contact::PREFERRED_NAME),
                        &text(&contact::LAST_NAME),
                    ),
                    email: text(&contact::EMAIL),
                    employer,
                    title: Some(text(&contact::TITLE)).filter(|title| !title.is_empty()),
                    approval: text(&contact::APPROVAL),
                    reasons,
                });
            }
            likenesses.sort_by_key(|likeness| std::cmp::Reverse(likeness.reasons.len()));
            likenesses.truncate(10);
            Ok(likenesses)
        });
        Ok(likenesses.await?)
    }

    /// Records that share an address, a phone number or the name, found by index.
    async fn likeness_candidates(&self, record: &Record) -> Result<Vec<Id>, CommandError> {
        let emails: Vec<String> = emails(record);
        let sort_key = name::person_sort_key(record.text(&contact::FIRST_NAME), record.text(&contact::LAST_NAME));
        let phones = phones(record);
        let mut rows: Vec<u32> = Vec::new();
        // The search index knows phone numbers by their last digits; it is not waited for.
        if let Some(index) = self.search(RecordKind::Contact) {
            for phone in &phones {
                rows.extend(
                    index
                        .search(phone, &[Group::Pending, Group::Approved, Group::Rejected])
                        .unwrap_or_default()
                        .into_iter()
                        .take(20),
                );
            }
        }
        let ids = self.database.read(|db| {
            let mut ids: Vec<Id> = Vec::new();
            let mut keep = |row: &Statement<'_>| {
                ids.extend(Id::from_bytes(row.blob(0)).filter(|id| *id != record.id));
                Ok(())
            };
            for email in &emails {
                db.all(
                    "SELECT id FROM contact WHERE email_key=? AND deleted_at IS NULL LIMIT 20",
                    &[Sql::Text(email)],
                    &mut keep,
                )?;
            }
            for approval in contact::APPROVALS {
                db.all(
                    "SELECT id FROM contact WHERE approval=? AND sort_name=? AND deleted_at IS NULL LIMIT 20",
                    &[Sql::Text(approval), Sql::Text(&sort_key)],
                    &mut keep,
                )?;
            }
            for row in rows {
                db.all(
                    "SELECT id FROM contact WHERE n=? AND deleted_at IS NULL",
                    &[Sql::Int(i64::from(row))],
                    &mut keep,
                )?;
            }
            ids.sort_unstable();
            ids.dedup();
            Ok(ids)
        });
        Ok(ids.await?)
    }
}

fn emails(record: &Record) -> Vec<String> {
    [&contact::EMAIL, &contact::EMAIL_2, &contact::EMAIL_3]
        .into_iter()
        .map(|field| name::email_key(record.text(field)))
        .filter(|key| !key.is_empty())
        .collect()
}

/// The last ten digits of each phone number; shorter numbers don't tell people apart.
fn phones(record: &Record) -> Vec<String> {
    [&contact::WORK_PHONE, &contact::MOBILE_PHONE, &contact::HOME_PHONE, &contact::OTHER_PHONE]
        .into_iter()
        .map(|field| record.text(field).chars().filter(char::is_ascii_digit).collect::<String>())
        .filter(|digits| digits.len() >= 7)
        .map(|digits| digits[digits.len().saturating_sub(10)..].to_owned())
        .collect()
}

/// What agrees between two contacts.
fn likeness(one: &Record, other: &Record) -> Vec<LikenessReason> {
    let mut reasons = Vec::new();
    let share = |a: Vec<String>, b: Vec<String>| a.iter().any(|item| b.contains(item));
    if share(emails(one), emails(other)) {
        reasons.push(LikenessReason::SameEmail);
    }
    let key =
        |record: &Record| name::person_sort_key(record.text(&contact::FIRST_NAME), record.text(&contact::LAST_NAME));
    if key(one) == key(other) {
        reasons.push(LikenessReason::SameName);
    }
    if share(phones(one), phones(other)) {
        reasons.push(LikenessReason::SamePhone);
    }
    let employer = |record: &Record| record.get(&contact::EMPLOYER).as_reference();
    if employer(one).is_some() && employer(one) == employer(other) {
        reasons.push(LikenessReason::SameEmployer);
    }
    reasons
}
