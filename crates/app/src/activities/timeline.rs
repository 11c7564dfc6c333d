//! The tabs of a profile: how many records each has, and its records page by page, newest first.

use super::streams::{ActivityTab, Order};
use crate::error::CommandError;
use crate::names::Names;
use crate::records::values;
use crate::session::Session;
use liaison_domain::field::FieldType;
use liaison_domain::parse::FieldValue;
use liaison_domain::task::{self, Due};
use liaison_domain::{Id, Permission, Record, RecordKind, participation};
use liaison_queries::View;
use liaison_queries::participations::{self, Participant};
use liaison_queries::streams::{At, Stream};
use liaison_store::{StoreError, journal, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// Most records of one page.
const PAGE_MOST: u32 = 200;
/// Longest text shown of a note or a message before it is opened, in characters.
const TEXT_SHOWN: usize = 4_000;

/// Whose activities: a contact's, an employer's or a student's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ActivityOwner {
    /// Contact, employer or student.
    pub kind: RecordKind,
    /// The record.
    pub id: Id,
}

/// How many records each tab has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct ActivityCounts {
    /// Notes, tasks and meetings together.
    pub activities: u32,
    /// Notes.
    pub notes: u32,
    /// Tasks.
    pub tasks: u32,
    /// Meetings.
    pub meetings: u32,
    /// E-mails.
    pub emails: u32,
    /// Events and job fairs.
    pub events: u32,
    /// Interview schedules.
    pub interview_schedules: u32,
    /// Job listings.
    pub job_listings: u32,
    /// Experiences.
    pub experiences: u32,
    /// Students' tasks that name the contact.
    pub task_contacts: u32,
}

/// A record in a tab of a profile.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Activity {
    /// Its kind.
    pub kind: RecordKind,
    /// The record.
    pub id: Id,
    /// Its place in the tab: the next page begins after it.
    pub place: String,
    /// Its name.
    pub name: String,
    /// What it is ordered by, where that is a moment: milliseconds since 1970.
    pub at: Option<i64>,
    /// What it is ordered by, where that is a day.
    pub day: Option<String>,
    /// Every field that has a value, by key.
    pub values: BTreeMap<String, FieldValue>,
    /// The names of the records referred to, by key of the field.
    pub names: BTreeMap<String, String>,
    /// How a task stands today.
    pub due: Option<Due>,
    /// The reminder of a task has come.
    pub reminds: bool,
    /// How the contact takes part, where it does.
    pub participation: Option<Participant>,
    /// How many take part.
    pub participants: u32,
    /// A note that was changed since it was written.
    pub edited: bool,
}

/// A page of a tab.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ActivityPage {
    /// Newest first.
    pub rows: Vec<Activity>,
    /// Where the next page begins; none on the last one.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: u32,
}

/// A place between two records of a tab: after this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) at: String,
    pub(super) stream: usize,
    pub(super) n: i64,
}

impl Cursor {
    pub(super) fn read(text: &str) -> Result<Cursor, CommandError> {
        let mut parts = text.split('|');
        let read = (|| {
            let (at, stream, n) = (parts.next()?, parts.next()?, parts.next()?);
            Some(Cursor { at: at.to_owned(), stream: stream.parse().ok()?, n: n.parse().ok()? })
        })();
        read.ok_or_else(|| CommandError::not_found("page"))
    }

    pub(super) fn text(&self) -> String {
        format!("{}|{}|{}", self.at, self.stream, self.n)
    }
}

/// A record found, before it is read.
struct Found {
    at: String,
    stream: usize,
    n: i64,
    id: Id,
}

impl Found {
    fn place(&self) -> String {
        Cursor { at: self.at.clone(), stream: self.stream, n: self.n }.text()
    }
}

/// How many records each tab of a contact's profile, or of an employer's page, has.
pub async fn activity_counts(session: &Session, owner: ActivityOwner) -> Result<ActivityCounts, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    Ok(session.read(|view| counts(view, owner)).await?)
}

/// Some records of a tab, newest first, from `after` on: where the page before says that the next begins.
pub async fn activity_list(
    session: &Session,
    owner: ActivityOwner,
    tab: ActivityTab,
    after: Option<&str>,
    limit: u32,
) -> Result<ActivityPage, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let after = after.map(Cursor::read).transpose()?;
    let limit = limit.clamp(1, PAGE_MOST) as usize;
    let streams = tab.streams(owner.kind);
    let (today, now) = (session.today().to_string(), session.now() as i64);
    let page = session.read(|view| {
        let mut found = Vec::new();
        for (index, stream) in streams.iter().enumerate() {
            found.extend(page_of(view, (index, stream), owner.id, tab.order(), after.as_ref(), limit + 1)?);
        }
        // Within a stream the order is SQL's; between streams the same holds.
        found.sort_by(|a, b| tab.order().compare(&b.at, &a.at).then(a.stream.cmp(&b.stream)).then(b.n.cmp(&a.n)));
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(Found::place);
        let mut reader = Reader::new(view, &today, now);
        let rows = found.iter().map(|found| {
            let stream = &streams[found.stream];
            let mut activity = reader.activity(stream.kind(), found.id)?;
            activity.place = found.place();
            match tab.order() {
                Order::Moment => activity.at = found.at.parse().ok(),
                Order::Day => activity.day = Some(found.at.clone()),
            }
            if stream.takes_part() {
                activity.participation = participations::find(view, found.n)?;
            }
            Ok(activity)
        });
        let rows: Result<Vec<Activity>, StoreError> = rows.collect();
        Ok(ActivityPage { rows: rows?, next, total: count(view, tab, owner)? })
    });
    Ok(page.await?)
}

/// Who takes part in a meeting, an event or an interview schedule, in the order they were named.
pub async fn participants_list(session: &Session, kind: RecordKind, id: Id) -> Result<Vec<Participant>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let place = participation::place(kind).ok_or_else(|| CommandError::not_found("list of participants"))?;
    let listed = session.read(|view| {
        view.require(kind, id)?;
        participations::list(view, place, id)
    });
    Ok(listed.await?)
}

/// How many records each tab of a contact or an employer has.
pub(crate) fn counts(view: &View<'_>, owner: ActivityOwner) -> Result<ActivityCounts, StoreError> {
    let count = |tab| count(view, tab, owner);
    let (notes, tasks, meetings) =
        (count(ActivityTab::Notes)?, count(ActivityTab::Tasks)?, count(ActivityTab::Meetings)?);
    Ok(ActivityCounts {
        activities: notes + tasks + meetings,
        notes,
        tasks,
        meetings,
        emails: count(ActivityTab::Emails)?,
        events: count(ActivityTab::Events)?,
        interview_schedules: count(ActivityTab::InterviewSchedules)?,
        job_listings: count(ActivityTab::JobListings)?,
        experiences: count(ActivityTab::Experiences)?,
        task_contacts: count(ActivityTab::TaskContacts)?,
    })
}

fn count(view: &View<'_>, tab: ActivityTab, owner: ActivityOwner) -> Result<u32, StoreError> {
    let mut count = 0;
    for stream in tab.streams(owner.kind) {
        count += stream.count(view, owner.id)?;
    }
    Ok(count)
}

impl Order {
    fn compare(self, a: &str, b: &str) -> std::cmp::Ordering {
        match self {
            Order::Moment => a.parse::<i64>().unwrap_or(i64::MIN).cmp(&b.parse().unwrap_or(i64::MIN)),
            Order::Day => a.cmp(b),
        }
    }
}

/// The next records of one stream.
fn page_of(
    view: &View<'_>,
    (index, stream): (usize, &Stream),
    owner: Id,
    order: Order,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Found>, StoreError> {
    let after = after.map(|cursor| {
        let at = match order {
            Order::Moment => At::Moment(cursor.at.parse().unwrap_or(i64::MAX)),
            Order::Day => At::Day(&cursor.at),
        };
        // Of what has the same time, the streams before this one have been shown whole, those behind not at all.
        let n = match index.cmp(&cursor.stream) {
            std::cmp::Ordering::Less => i64::MIN,
            std::cmp::Ordering::Equal => cursor.n,
            std::cmp::Ordering::Greater => i64::MAX,
        };
        (at, n)
    });
    let rows = stream.page(view, owner, after, limit)?;
    Ok(rows.into_iter().map(|row| Found { at: row.at, stream: index, n: row.n, id: row.id }).collect())
}

/// Reads records as activities; looks each name up once.
pub(super) struct Reader<'d> {
    view: &'d View<'d>,
    names: Names<'d>,
    today: &'d str,
    now: i64,
}

impl<'d> Reader<'d> {
    pub(super) fn new(view: &'d View<'d>, today: &'d str, now: i64) -> Reader<'d> {
        Reader { view, names: Names::new(view), today, now }
    }

    pub(super) fn activity(&mut self, kind: RecordKind, id: Id) -> Result<Activity, StoreError> {
        // Of a meeting with somebody hidden, those who see one of the others on it see the meeting: its names are withheld.
        let db = self.view.everything();
        let record = table::get(db, kind, id)?.record;
        let mut names = BTreeMap::new();
        for (number, value) in record.filled() {
            if let Some(field) = db.registry().numbered(kind, number)
                && let (FieldType::Reference { kind }, Some(id)) = (field.field_type, value.as_reference())
                && let Some(name) = self.names.of(kind, id)?
            {
                names.insert(field.key.to_owned(), name);
            }
        }
        let is_task = kind == RecordKind::Task;
        let participants = match participation::place(kind) {
            Some(place) => participations::contacts(self.view, place, id)?.len() as u32,
            None => 0,
        };
        Ok(Activity {
            kind,
            id,
            place: String::new(),
            name: title(&record),
            at: None,
            day: None,
            values: shown(values(db.registry(), &record)),
            names,
            due: is_task.then(|| task::due(&record, self.today)),
            reminds: is_task && task::reminds(&record, self.now),
            participation: None,
            participants,
            edited: kind == RecordKind::Note && journal::change_count(db, id)? > 1,
        })
    }
}

/// What a record is called among the activities: its title or subject; a note speaks for itself.
fn title(record: &Record) -> String {
    let field = record.kind.field("title").or_else(|| record.kind.field("subject"));
    field.map(|field| record.text(field).to_owned()).unwrap_or_default()
}

/// Long texts are cut; whoever opens the record reads all of it.
fn shown(mut values: BTreeMap<String, FieldValue>) -> BTreeMap<String, FieldValue> {
    for value in values.values_mut() {
        if let FieldValue::Text(text) = value
            && let Some((end, _)) = text.char_indices().nth(TEXT_SHOWN)
        {
            text.truncate(end);
            text.push('…');
        }
    }
    values
}
