//! Mail that comes back: what servers refuse while the hub sends, and what they report later. Whom a report is about is known
//! by the message it returns, never by the address it names: else anybody could silence anybody.

use crate::ids::{id as to_id, uuid};
use crate::log::{Log, Open, Step, Written};
use crate::lookup::Purpose;
use crate::moment::now;
use crate::site;
use anyhow::Result;
use liaison_domain::{
    Change, FieldChange, Id, OperationKind, Record, RecordKind, Value, contact, email, invitation, name, student,
};
use liaison_intake::change::edit;
use sqlx::PgPool;
use uuid::Uuid;

/// Takes a report about the message with this id, whichever institution sent it. Whether it is known.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn reported(log: &dyn Log, pool: &PgPool, message: Uuid) -> Result<bool> {
    // Few enough to ask each: a report has no word of the institution.
    let institutions: Vec<Uuid> = sqlx::query_scalar("SELECT institution FROM host").fetch_all(pool).await?;
    for institution in institutions {
        if reported_at(log, to_id(institution)?, message).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn reported_at(log: &dyn Log, institution: Id, message: Uuid) -> Result<bool> {
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let address: Option<String> = sqlx::query_scalar("SELECT address FROM outbound WHERE institution=$1 AND id=$2")
        .bind(uuid(institution))
        .bind(message)
        .fetch_optional(&mut *open)
        .await?;
    if let Some(address) = address {
        let people = people_with(log, &mut open, institution, &address).await?;
        note(log, open, institution, people, &[]).await?;
        return Ok(true);
    }
    let message = to_id(message)?;
    // What a desk sent has the id of the message.
    if let Some(sent) = site::find(log, &mut open, institution, RecordKind::Email, message).await? {
        let person = person_of(log, &mut open, institution, &sent, [&email::CONTACT, &email::STUDENT]).await?;
        let came_back = sent.change(&email::DIRECTION, email::BOUNCED);
        let came_back: Vec<Change> = edit(&sent, came_back).into_iter().collect();
        note(log, open, institution, person.into_iter().collect(), &came_back).await?;
        return Ok(true);
    }
    if let Some(sent) = site::find(log, &mut open, institution, RecordKind::Invitation, message).await? {
        let to = [&invitation::CONTACT, &invitation::STUDENT];
        let person = person_of(log, &mut open, institution, &sent, to).await?;
        note(log, open, institution, person.into_iter().collect(), &[]).await?;
        return Ok(true);
    }
    Ok(false)
}

/// What a letter of the hub to an address says of whoever has it: the server knows no such address.
pub(crate) async fn refused(log: &dyn Log, institution: Id, address: &str) -> Result<()> {
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let people = people_with(log, &mut open, institution, address).await?;
    note(log, open, institution, people, &[]).await
}

/// The contacts, students and alumni who have this very address now.
async fn people_with(log: &dyn Log, open: &mut Open, institution: Id, address: &str) -> Result<Vec<Record>> {
    let key = name::email_key(address);
    let mut people = Vec::new();
    for kind in [RecordKind::Contact, RecordKind::Student] {
        people.extend(site::found(log, open, institution, (Purpose::Address, kind, &key)).await?);
    }
    Ok(people)
}

async fn person_of(
    log: &dyn Log,
    open: &mut Open,
    institution: Id,
    sent: &Record,
    [contact, student]: [&liaison_domain::Field; 2],
) -> Result<Option<Record>> {
    let (kind, id) = match (sent.get(contact).as_reference(), sent.get(student).as_reference()) {
        (Some(contact), _) => (RecordKind::Contact, contact),
        (None, Some(student)) => (RecordKind::Student, student),
        (None, None) => return Ok(None),
    };
    let person = site::find(log, open, institution, kind, id).await?;
    Ok(person.filter(|person| !person.is_deleted()))
}

/// Writes down that mail to these people came back, each in a step of their own.
async fn note(log: &dyn Log, mut open: Open, institution: Id, people: Vec<Record>, also: &[Change]) -> Result<()> {
    let mut last = None;
    for person in people {
        let mut changes: Vec<Change> = edit(&person, came_back(&person)).into_iter().collect();
        changes.extend_from_slice(also);
        let step = Step { actor: person.id, kind: OperationKind::MailBounced, changes };
        match log.write(&mut open, institution, step).await? {
            Written::At(place) => last = Some(place),
            Written::Refused(reason) => anyhow::bail!("a bounce could not be written down: {reason}"),
        }
    }
    open.commit().await?;
    if let Some(last) = last {
        log.wake(institution, last);
    }
    Ok(())
}

fn came_back(person: &Record) -> Option<FieldChange> {
    let field = if person.kind == RecordKind::Student { &student::BOUNCED_AT } else { &contact::BOUNCED_AT };
    person.change(field, Value::Moment(now()))
}
