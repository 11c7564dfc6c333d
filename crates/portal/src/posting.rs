//! Events, interview schedules and job listings as the pages list them. Who sees one, [`published`] says, here when a
//! record is written, and once more when it is shown; queries compare the number.

use crate::ids::{id, uuid};
use crate::log::Open;
use anyhow::Result;
use liaison_domain::publication::{Published, over_at, published};
use liaison_domain::{Id, Record, RecordKind, Value, event, interview_schedule, job_listing, moment};
use sqlx::{Postgres, QueryBuilder, Row as _};
use uuid::Uuid;

/// As many on a page.
pub const PAGE: usize = 25;
/// Two days in milliseconds: wherever one lives, the day is over.
const DAYS: i64 = 2 * 24 * 60 * 60 * 1000;

/// A record as it is listed.
pub(crate) struct Posting {
    published: i16,
    employer: Option<Uuid>,
    sorted_by: i64,
    good_until: i64,
}

/// What is listed of a record; `None` where nobody sees it here.
pub(crate) fn posting(record: &Record) -> Option<Posting> {
    let seen = published(record);
    if seen == Published::Nobody {
        return None;
    }
    let moment = |value: &Value| if let Value::Moment(at) = value { *at } else { 0 };
    let day = |text: &str| moment::read(text, moment::Zone::UTC).ok();
    let (employer, sorted_by, good_until) = match record.kind {
        RecordKind::Event => (&event::EMPLOYER, moment(record.get(&event::STARTS_AT)), over_at(record)),
        RecordKind::InterviewSchedule => {
            let held = day(record.text(&interview_schedule::HELD_ON)).unwrap_or(0);
            (&interview_schedule::EMPLOYER, held, held.saturating_add(DAYS))
        }
        _ => {
            let closes = day(record.text(&job_listing::CLOSES_ON)).map_or(i64::MAX, |day| day.saturating_add(DAYS));
            (&job_listing::EMPLOYER, record.created_at().unwrap_or(0), closes)
        }
    };
    let employer = record.get(employer).as_reference().map(uuid);
    Some(Posting { published: seen as i16, employer, sorted_by, good_until })
}

/// Writes the postings of records that changed: `postings` are those that have one now.
pub(crate) async fn write(
    open: &mut Open,
    institution: Uuid,
    changed: &[Uuid],
    postings: Vec<(Uuid, i16, Posting)>,
) -> Result<()> {
    sqlx::query(
        "DELETE FROM posting USING unnest($2::uuid[]) AS gone(id)
         WHERE posting.institution=$1 AND posting.record=gone.id",
    )
    .bind(institution)
    .bind(changed)
    .execute(&mut **open)
    .await?;
    let (mut records, mut kinds, mut published) = (Vec::new(), Vec::new(), Vec::new());
    let (mut employers, mut begins, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    for (record, kind, posting) in postings {
        records.push(record);
        kinds.push(kind);
        published.push(posting.published);
        employers.push(posting.employer);
        begins.push(posting.sorted_by);
        ends.push(posting.good_until);
    }
    sqlx::query(
        "INSERT INTO posting(institution,record,kind,published,employer,sorted_by,good_until)
         SELECT $1,* FROM unnest($2::uuid[],$3::smallint[],$4::smallint[],$5::uuid[],$6::bigint[],$7::bigint[])",
    )
    .bind(institution)
    .bind(records)
    .bind(kinds)
    .bind(published)
    .bind(employers)
    .bind(begins)
    .bind(ends)
    .execute(&mut **open)
    .await?;
    Ok(())
}

/// Where a page of a list ends: the next one begins after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct After {
    pub(crate) sorted_by: i64,
    pub(crate) record: Id,
}

/// What of a kind at least `published` see and is not over at `now`, from the first to begin; one more than a page has,
/// where there are more.
pub(crate) async fn ahead(
    open: &mut Open,
    institution: Id,
    kind: RecordKind,
    (published, now): (Published, i64),
    after: Option<After>,
) -> Result<Vec<After>> {
    let mut query: QueryBuilder<Postgres> =
        QueryBuilder::new("SELECT sorted_by,record FROM posting WHERE institution=");
    query.push_bind(uuid(institution)).push(" AND kind=").push_bind(kind as i16);
    query.push(" AND published>=").push_bind(published as i16).push(" AND good_until>=").push_bind(now);
    if let Some(After { sorted_by, record }) = after {
        query.push(" AND (sorted_by,record)>(").push_bind(sorted_by).push(",").push_bind(uuid(record)).push(")");
    }
    query.push(" ORDER BY sorted_by,record LIMIT ").push_bind(PAGE as i64 + 1);
    let rows = query.build().fetch_all(&mut **open).await?;
    rows.iter().map(|row| Ok(After { sorted_by: row.try_get(0)?, record: id(row.try_get(1)?)? })).collect()
}

/// What of a kind an employer posted, the newest first; one more than a page has, where there are more.
pub(crate) async fn of_employer(
    open: &mut Open,
    institution: Id,
    kind: RecordKind,
    employer: Id,
    after: Option<After>,
) -> Result<Vec<After>> {
    let mut query: QueryBuilder<Postgres> =
        QueryBuilder::new("SELECT sorted_by,record FROM posting WHERE institution=");
    query.push_bind(uuid(institution)).push(" AND kind=").push_bind(kind as i16);
    query.push(" AND employer=").push_bind(uuid(employer)).push(" AND published>=1");
    if let Some(After { sorted_by, record }) = after {
        query.push(" AND (sorted_by,record)<(").push_bind(sorted_by).push(",").push_bind(uuid(record)).push(")");
    }
    query.push(" ORDER BY sorted_by DESC,record DESC LIMIT ").push_bind(PAGE as i64 + 1);
    let rows = query.build().fetch_all(&mut **open).await?;
    rows.iter().map(|row| Ok(After { sorted_by: row.try_get(0)?, record: id(row.try_get(1)?)? })).collect()
}
