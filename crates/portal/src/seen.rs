//! Who logged in, told to the desks within minutes: a login must not cost a place in the log of its own. One step tells of
//! all since the last one, and of each person once a day.

use crate::ids::{id, uuid};
use crate::log::{Log, Open, Step, Written};
use crate::outbox;
use crate::site;
use anyhow::{Context as _, Result};
use liaison_domain::{Change, Field, Id, OperationKind, Record, RecordKind, Value, employer_user, student};
use liaison_intake::change::edit;
use sqlx::Row as _;
use uuid::Uuid;

/// Of each person a step tells so often at most, in milliseconds.
const EACH: i64 = 20 * 60 * 60 * 1000;

/// Notes that somebody logged in.
pub(crate) async fn note(open: &mut Open, institution: Id, kind: RecordKind, record: Id) -> Result<()> {
    sqlx::query(
        "INSERT INTO seen(institution,record,kind,at) VALUES($1,$2,$3,clock_timestamp())
         ON CONFLICT (institution,record) DO UPDATE SET at=excluded.at",
    )
    .bind(uuid(institution))
    .bind(uuid(record))
    .bind(kind as i16)
    .execute(&mut **open)
    .await?;
    outbox::due(open, institution).await
}

fn last_log_in(kind: RecordKind) -> Option<&'static Field> {
    match kind {
        RecordKind::EmployerUser => Some(&employer_user::LAST_LOG_IN),
        RecordKind::Student => Some(&student::LAST_LOG_IN),
        _ => None,
    }
}

/// What a step says of somebody who logged in at a moment; nothing where that was told lately.
fn change(person: &Record, at: i64) -> Option<Change> {
    let field = last_log_in(person.kind)?;
    let told = person.get(field).as_moment();
    let is_news = !person.is_deleted() && told.is_none_or(|told| at - told >= EACH);
    edit(person, person.change(field, Value::Moment(at))).filter(|_| is_news)
}

/// Tells the desks of an institution who logged in, where the last time is long enough ago.
pub(crate) async fn tell(log: &dyn Log, institution: Id) -> Result<()> {
    let mut open = log.begin(institution).await?;
    // Two steps are at least five minutes apart, as the outbox says when it rests.
    let is_due = sqlx::query(
        "SELECT 1 FROM portal WHERE institution=$1 AND (told IS NULL OR told<=now()-interval '5 minutes')
         AND EXISTS (SELECT FROM seen WHERE institution=$1)",
    )
    .bind(uuid(institution))
    .fetch_optional(&mut *open)
    .await?;
    if is_due.is_none() {
        return Ok(());
    }
    log.lock(&mut open, institution).await?;
    let rows = sqlx::query(
        "DELETE FROM seen WHERE institution=$1 RETURNING record,kind,(extract(epoch FROM at)*1000)::bigint",
    )
    .bind(uuid(institution))
    .fetch_all(&mut *open)
    .await?;
    let mut changes = Vec::new();
    for row in rows {
        let kind = u8::try_from(row.try_get::<i16, _>(1)?).ok().and_then(RecordKind::from_number);
        let (record, kind) = (id(row.try_get::<Uuid, _>(0)?)?, kind.context("a kind of record")?);
        let person = site::find(log, &mut open, institution, kind, record).await?;
        changes.extend(person.and_then(|person| change(&person, row.try_get(2).ok()?)));
    }
    let mut place = None;
    if !changes.is_empty() {
        sqlx::query("UPDATE portal SET told=now() WHERE institution=$1")
            .bind(uuid(institution))
            .execute(&mut *open)
            .await?;
        let step = Step { actor: institution, kind: OperationKind::PortalSeen, changes };
        match log.write(&mut open, institution, step).await? {
            Written::At(at) => place = Some(at),
            Written::Refused(reason) => anyhow::bail!("logins could not be told: {reason}"),
        }
    }
    open.commit().await?;
    if let Some(place) = place {
        log.wake(institution, place);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_person_a_day_has_one() {
        let mut dana = Record::blank(RecordKind::EmployerUser, Id::constant(1));
        assert!(change(&dana, 5).is_some());
        dana.set(&employer_user::LAST_LOG_IN, Value::Moment(5));
        assert!(change(&dana, 5 + EACH - 1).is_none());
        assert!(change(&dana, 5 + EACH).is_some());
        dana.set(&liaison_domain::field::DELETED_AT, Value::Moment(6));
        assert!(change(&dana, 5 + EACH).is_none());
    }
}
