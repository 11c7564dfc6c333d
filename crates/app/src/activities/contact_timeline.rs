//! The timeline of a contact: everything that happened with the person, whatever its kind, newest first.

use super::timeline::{Activity, Cursor, Reader};
use crate::error::CommandError;
use crate::names::{AuditField, Names};
use crate::session::Session;
use liaison_domain::moment::Zone;
use liaison_domain::timeline::{self, TimelineKind};
use liaison_domain::{Id, OperationKind, Permission, RecordKind, time_zone};
use liaison_queries::View;
use liaison_queries::streams::{self, At, Stream};
use liaison_store::journal::{self, Logged, LoggedChange};
use liaison_store::{StoreError, table};
use serde::Serialize;
use specta::Type;
use std::cmp::Ordering;

/// Most entries of one page.
const PAGE_MOST: u32 = 200;

/// An entry of a contact's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct TimelineEntry {
    /// Its kind.
    pub kind: TimelineKind,
    /// Its place: the next page begins after it.
    pub place: String,
    /// When, in milliseconds since 1970; of what has a day only, the beginning of that day here.
    pub at: i64,
    /// The day, of what has no time.
    pub day: Option<String>,
    /// What happened.
    pub what: TimelineWhat,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TimelineWhat {
    /// A note, an email, a meeting and so on.
    Activity {
        /// The record.
        activity: Box<Activity>,
    },
    /// The person began at an employer, or left it.
    Employment {
        /// The employer.
        employer: Id,
        /// Its name; empty where it has none any more.
        employer_name: String,
        /// Job title there.
        title: Option<String>,
        /// The person left.
        left: bool,
    },
    /// The contact itself was changed.
    Change {
        /// The operation.
        operation: Id,
        /// Its kind; none where only a newer version knows it.
        kind: Option<OperationKind>,
        /// Who did it.
        actor: String,
        /// The contact was added.
        created: bool,
        /// What changed.
        fields: Vec<AuditField>,
    },
}

/// How many entries of a kind a timeline has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct TimelineCount {
    /// The kind.
    pub kind: TimelineKind,
    /// How many.
    pub count: u32,
}

/// A part of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct TimelinePage {
    /// Newest first.
    pub rows: Vec<TimelineEntry>,
    /// How many there are of the kinds asked for.
    pub total: u32,
    /// How many there are of each kind that has any.
    pub counts: Vec<TimelineCount>,
}

/// Where the entries of each kind come from, but for changes of the contact itself.
const STREAMS: &[(TimelineKind, Stream)] = &[
    (TimelineKind::Note, streams::NOTES),
    (TimelineKind::Email, streams::DATED_EMAILS),
    (TimelineKind::Task, streams::TASKS),
    (TimelineKind::Meeting, streams::MEETINGS),
    (TimelineKind::Meeting, streams::ATTENDED),
    (TimelineKind::Event, streams::REGISTERED),
    (TimelineKind::Event, streams::POSTED_EVENTS),
    (TimelineKind::Oci, streams::INTERVIEWING),
    (TimelineKind::Oci, streams::POSTED_SCHEDULES),
    (TimelineKind::JobListing, streams::LISTINGS),
    (TimelineKind::Experience, streams::EXPERIENCES),
    (TimelineKind::Employment, streams::EMPLOYMENTS_BEGUN),
    (TimelineKind::Employment, streams::EMPLOYMENTS_ENDED),
];
/// The index of changes of the contact itself among the streams.
const CHANGES: usize = STREAMS.len();

/// An entry found, before it is read.
struct Found {
    at: i64,
    day: Option<String>,
    stream: usize,
    n: i64,
    id: Id,
    kind: TimelineKind,
}

impl Found {
    fn order(&self, other: &Found) -> Ordering {
        (other.at, self.stream, other.n).cmp(&(self.at, other.stream, self.n))
    }
}

/// A change of the contact that its timeline tells.
struct Told {
    kind: TimelineKind,
    operation: Logged,
    change: LoggedChange,
}

/// What happened with a contact, newest first: of these kinds, or of every kind where none is named, behind the entry
/// `after`. What was done to the contact itself is told to those who may see the audit log.
pub async fn contact_timeline(
    session: &Session,
    contact: Id,
    kinds: &[TimelineKind],
    after: Option<&str>,
    limit: u32,
) -> Result<TimelinePage, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let after = after.map(Cursor::read).transpose()?;
    let limit = limit.clamp(1, PAGE_MOST) as usize;
    let audit = session.actor().may(Permission::ViewAuditLog);
    let (today, now) = (session.today().to_string(), session.now() as i64);
    let wanted = |kind: TimelineKind| kinds.is_empty() || kinds.contains(&kind);
    let page = session.read(|view| {
        view.get(RecordKind::Contact, contact)?;
        let mut changes = if audit { changes(view, contact)? } else { Vec::new() };
        let mut counts = Vec::new();
        for kind in TimelineKind::ALL {
            let mut count = changes.iter().filter(|told| told.kind == kind).count() as u32;
            for (_, stream) in STREAMS.iter().filter(|(of, _)| *of == kind) {
                count += stream.count(view, contact)?;
            }
            if count > 0 {
                counts.push(TimelineCount { kind, count });
            }
        }
        let mut found = Vec::new();
        for (index, (kind, stream)) in STREAMS.iter().enumerate().filter(|(_, (kind, _))| wanted(*kind)) {
            found.extend(page_of(view, (index, *kind, stream), contact, after.as_ref(), limit)?);
        }
        changes.retain(|told| wanted(told.kind));
        found.extend(changes.iter().map(|Told { kind, operation, change }| Found {
            at: operation.operation.told_at(),
            day: None,
            stream: CHANGES,
            n: change.n,
            id: change.record,
            kind: *kind,
        }));
        found.sort_by(Found::order);
        if let Some(after) = &after {
            let at = after.at.parse().unwrap_or(i64::MAX);
            let is_behind = |found: &Found| (found.at, after.stream, found.n) < (at, found.stream, after.n);
            found.retain(is_behind);
        }
        found.truncate(limit);
        let mut reader = Reader::new(view, &today, now);
        let mut names = Names::new(view);
        let rows = found.into_iter().map(|found| {
            let place = Cursor { at: found.at.to_string(), stream: found.stream, n: found.n }.text();
            let what = match STREAMS.get(found.stream) {
                Some((TimelineKind::Employment, stream)) => {
                    employment(view, found.id, *stream == streams::EMPLOYMENTS_ENDED)?
                }
                Some((_, stream)) => activity(view, &mut reader, stream, &found)?,
                None => {
                    let told = changes.iter().find(|told| told.change.n == found.n);
                    change(&mut names, told.ok_or(StoreError::NotFound("change"))?)?
                }
            };
            Ok(TimelineEntry { kind: found.kind, place, at: found.at, day: found.day, what })
        });
        let rows: Result<Vec<TimelineEntry>, StoreError> = rows.collect();
        let total = counts.iter().filter(|count| wanted(count.kind)).map(|count| count.count).sum();
        Ok(TimelinePage { rows: rows?, total, counts })
    });
    Ok(page.await?)
}

/// The next entries of one stream. Of what has the same time as the entry before, the caller leaves out what was shown.
fn page_of(
    view: &View<'_>,
    (index, kind, stream): (usize, TimelineKind, &Stream),
    contact: Id,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Found>, StoreError> {
    let by_day = is_by_day(stream);
    let at: Option<i64> = after.map(|cursor| cursor.at.parse().unwrap_or(i64::MAX));
    // The time zone is nobody's data.
    let zone = view.everything().zone();
    let day = at.map(|at| time_zone::day(at, zone).to_string()).unwrap_or_default();
    let from = after.zip(at).map(|(cursor, at)| {
        // Of this stream, what is of the same time was shown as far as the cursor says; of a day, the beginning counts.
        let same = !by_day || moment_of(&day, zone) == Some(at);
        let n = match index.cmp(&cursor.stream) {
            Ordering::Less if same => i64::MIN,
            Ordering::Equal if same => cursor.n,
            _ => i64::MAX,
        };
        (if by_day { At::Day(&day) } else { At::Moment(at) }, n)
    });
    let rows = stream.page(view, contact, from, limit)?;
    let found = rows.into_iter().map(|row| {
        let at = if by_day { moment_of(&row.at, zone) } else { row.at.parse().ok() };
        let day = by_day.then_some(row.at);
        Found { at: at.unwrap_or_default(), day, stream: index, n: row.n, id: row.id, kind }
    });
    Ok(found.collect())
}

/// Whether a stream is ordered by days.
fn is_by_day(stream: &Stream) -> bool {
    use RecordKind::{Employment, Experience, InterviewSchedule, JobListing};
    matches!(stream.kind(), InterviewSchedule | JobListing | Experience | Employment)
}

/// When a day begins at the institution.
fn moment_of(day: &str, zone: Zone) -> Option<i64> {
    day.parse().ok().map(|day| time_zone::begins(day, zone))
}

fn activity(
    view: &View<'_>,
    reader: &mut Reader<'_>,
    stream: &Stream,
    found: &Found,
) -> Result<TimelineWhat, StoreError> {
    let mut activity = reader.activity(stream.kind(), found.id)?;
    activity.day.clone_from(&found.day);
    // When an email was sent is not always known.
    let is_known = found.kind != TimelineKind::Email || activity.values.contains_key("sent_at");
    activity.at = (found.day.is_none() && is_known).then_some(found.at);
    if stream.takes_part() {
        activity.participation = liaison_queries::participations::find(view, found.n)?;
    }
    Ok(TimelineWhat::Activity { activity: Box::new(activity) })
}

fn employment(view: &View<'_>, id: Id, left: bool) -> Result<TimelineWhat, StoreError> {
    let record = table::get(view.everything(), RecordKind::Employment, id)?.record;
    let text = |key| record.kind.field(key).map(|field| record.text(field).to_owned()).filter(|text| !text.is_empty());
    let employer = record.kind.field("employer").and_then(|field| record.get(field).as_reference());
    let employer = employer.ok_or(StoreError::NotFound("employer"))?;
    Ok(TimelineWhat::Employment {
        employer,
        employer_name: view.name_of(RecordKind::Employer, employer)?.unwrap_or_default(),
        title: text("title"),
        left,
    })
}

fn change(names: &mut Names<'_>, told: &Told) -> Result<TimelineWhat, StoreError> {
    let operation = &told.operation.operation;
    let mut fields = names.fields(&told.change)?;
    let shown = |field: &AuditField| timeline::TOLD.iter().any(|told| told.key == field.field);
    fields.retain(shown);
    Ok(TimelineWhat::Change {
        operation: operation.id,
        kind: operation.kind.known(),
        actor: names.actor(operation.actor)?,
        created: told.change.created(),
        fields,
    })
}

/// The changes of a contact that its timeline tells. What was undone did not happen, nor did the undo.
fn changes(view: &View<'_>, contact: Id) -> Result<Vec<Told>, StoreError> {
    // The journal of a contact just read.
    let db = view.everything();
    let mut told = Vec::new();
    for (operation, change) in journal::audit(db, contact)? {
        let Some(kind) = timeline::kind_of_change(change.created(), change.fields()) else { continue };
        if operation.operation.undoes.is_none() && !journal::is_undone(db, operation.operation.id)? {
            told.push(Told { kind, operation, change });
        }
    }
    Ok(told)
}
