//! Meetings as the day of a staff member has them.

use crate::view::View;
use liaison_domain::{Id, RecordKind};
use liaison_store::{Sql, StoreError};

/// The meetings of an organizer that are not over at `now` and begin before `end_of_day`, or whose reminder has come:
/// each with when it begins, by that; `limit` at most. Moments are in milliseconds since 1970. Those with contacts that
/// are hidden are left out.
pub fn to_come(
    view: &View<'_>,
    organizer: Id,
    now: i64,
    end_of_day: i64,
    limit: i64,
) -> Result<Vec<(Id, Option<i64>)>, StoreError> {
    let shown = view.shown(RecordKind::Meeting, "")?;
    let sql = format!(
        "SELECT id,starts_at FROM meeting WHERE organizer=?1 AND deleted_at IS NULL{shown}
            AND coalesce(ends_at,starts_at)>=?2
            AND (starts_at<?3 OR starts_at-remind_minutes*60000<=?2) ORDER BY starts_at,n LIMIT ?4"
    );
    let bound = [Sql::Blob(organizer.bytes()), Sql::Int(now), Sql::Int(end_of_day), Sql::Int(limit)];
    view.everything().all(&sql, &bound, |row| Ok((row.id(0)?, row.optional_int(1))))
}
