//! Saved views: lists under a name, personal or shared with everybody at the desk.

use crate::error::CommandError;
use crate::forms::write;
use crate::lists;
use crate::moment::new_id;
use crate::session::Session;
use crate::step::Step;
use crate::step::{Created, Done};
use liaison_domain::built_in_view::built_in_views;
use liaison_domain::field::DELETED_AT;
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::{FieldProblem, Problem, Refusal};
use liaison_domain::{Field, Id, OperationKind, Permission, Record, RecordKind, Value, saved_view};
use liaison_queries::saved_views;
use liaison_store::table::Located;
use liaison_store::{Db, StoreError, table};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A saved view.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct SavedView {
    /// The view.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The list it shows.
    pub query: ListQuery,
    /// Keys of the columns shown, in order; those a list of this kind begins with where there are none.
    pub columns: Vec<String>,
    /// Everybody at the desk has it.
    pub shared: bool,
    /// It stands in the navigation.
    pub pinned: bool,
    /// The name of its owner.
    pub owner: String,
    /// It belongs to the person at the desk.
    pub own: bool,
    /// The person at the desk may change and delete it.
    pub may_change: bool,
}

/// A view that is always there; its name is in the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct BuiltInView {
    /// Its key.
    pub key: String,
    /// The list it shows.
    pub query: ListQuery,
    /// Keys of the columns shown, in order.
    pub columns: Vec<String>,
}

/// The views of the person at the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Views {
    /// Those that are always there.
    pub built_in: Vec<BuiltInView>,
    /// Those that were saved, in their order.
    pub saved: Vec<SavedView>,
}

/// A view as somebody wants it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ViewInput {
    /// Its name.
    pub name: String,
    /// The list it shows.
    pub query: ListQuery,
    /// Keys of the columns shown, in order.
    pub columns: Vec<String>,
    /// Everybody at the desk has it.
    pub shared: bool,
    /// It stands in the navigation.
    pub pinned: bool,
}

impl ViewInput {
    /// Puts what is wanted into a record; refuses what is not acceptable.
    fn apply(&self, record: &mut Record) -> Result<(), StoreError> {
        let mut problems = Vec::new();
        let query = serde_json::to_string(&self.query)
            .map_err(|error| StoreError::Damaged(format!("a query that cannot be written: {error}")))?;
        let mut set = |field: &Field, value: &FieldValue| match field.accept(value) {
            Ok(Value::Empty) if field.required => {
                problems.push(FieldProblem { field: field.key.to_owned(), problem: Problem::Required });
            }
            Ok(value) => record.set(field, value),
            Err(problem) => problems.push(FieldProblem { field: field.key.to_owned(), problem }),
        };
        set(&saved_view::NAME, &FieldValue::Text(self.name.clone()));
        set(&saved_view::QUERY, &FieldValue::Text(query));
        set(&saved_view::COLUMNS, &FieldValue::List(self.columns.clone()));
        record.set(&saved_view::RECORDS, self.query.kind.key());
        record.set(&saved_view::SHARED, self.shared);
        record.set(&saved_view::PINNED, self.pinned);
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems).into()) }
    }
}

/// The view with this id, unless it is in the trash or somebody else's.
fn find(db: &Db<'_>, session: &Session, id: Id) -> Result<Located, StoreError> {
    let located = table::get(db, RecordKind::SavedView, id)?;
    if located.record.is_deleted() || !saved_view::is_seen_by(&located.record, &session.actor()) {
        return Err(StoreError::NotFound(RecordKind::SavedView.key()));
    }
    Ok(located)
}

fn position(record: &Record) -> Option<i64> {
    match record.get(&saved_view::POSITION) {
        Value::Number(position) => Some(*position),
        _ => None,
    }
}

/// The views of the person at the desk: built in, shared and personal.
pub async fn views_list(session: &Session) -> Result<Views, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let saved = session.read(|view| {
        // Whose views are seen, `saved_view` says.
        let db = view.everything();
        let mut views = Vec::new();
        for Located { record, .. } in saved_views::list(db)? {
            // What a newer version wrote, this one does not show.
            let Some(query) = saved_view::query(&record) else { continue };
            if !saved_view::is_seen_by(&record, &session.actor()) {
                continue;
            }
            let owner = record.get(&saved_view::OWNER).as_reference();
            views.push(SavedView {
                id: record.id,
                name: record.text(&saved_view::NAME).to_owned(),
                query,
                columns: match record.get(&saved_view::COLUMNS) {
                    Value::List(columns) => columns.clone(),
                    _ => Vec::new(),
                },
                shared: record.get(&saved_view::SHARED).as_flag(),
                pinned: record.get(&saved_view::PINNED).as_flag(),
                owner: match owner {
                    Some(owner) => table::name_of(db, RecordKind::Staff, owner)?.unwrap_or_default(),
                    None => String::new(),
                },
                own: owner == Some(session.actor().staff),
                may_change: saved_view::permit(&session.actor(), &[&record]).is_ok(),
            });
        }
        Ok(views)
    });
    let saved = saved.await?;
    let built_in = built_in_views().map(|view| BuiltInView {
        key: view.key.to_owned(),
        query: view.query(),
        columns: view.columns.iter().map(|key| (*key).to_owned()).collect(),
    });
    Ok(Views { built_in: built_in.collect(), saved })
}

/// Saves a list as a new view, behind the others.
pub async fn view_save(session: &Session, input: &ViewInput) -> Result<Created, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let now = session.now();
    let mut record = Record::blank(RecordKind::SavedView, new_id(now));
    record.set(&liaison_domain::field::CREATED_AT, Value::Moment(now as i64));
    input.apply(&mut record)?;
    record.set(&saved_view::OWNER, session.actor().staff);
    saved_view::permit(&session.actor(), &[&record])?;
    saved_view::check(&record, &session.registry())?;
    let id = record.id;
    let ((), operation) = session
        .commit(Step::new(OperationKind::RecordsCreate), |recorder| {
            let last = saved_views::list(recorder.db())?.iter().filter_map(|view| position(&view.record)).max();
            record.set(&saved_view::POSITION, Value::Number(last.unwrap_or(0) + 1));
            recorder.create(&record)
        })
        .await?;
    Created::by(id, operation)
}

/// Changes a view to what is wanted: its name, its list, who has it, whether it is pinned.
pub async fn view_change(session: &Session, id: Id, input: &ViewInput) -> Result<Done, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    change_views(session, OperationKind::RecordsEdit, |db| {
        let located = find(db, session, id)?;
        let mut after = located.record.clone();
        input.apply(&mut after)?;
        saved_view::permit(&session.actor(), &[&located.record, &after])?;
        saved_view::check(&after, db.registry())?;
        Ok(vec![(located, after)])
    })
    .await
}

/// Puts a view into the trash.
pub async fn view_delete(session: &Session, id: Id) -> Result<Done, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let now = session.now() as i64;
    change_views(session, OperationKind::RecordsDelete, |db| {
        let located = find(db, session, id)?;
        saved_view::permit(&session.actor(), &[&located.record])?;
        let mut after = located.record.clone();
        after.set(&DELETED_AT, Value::Moment(now));
        Ok(vec![(located, after)])
    })
    .await
}

/// Puts views into this order, before all others. Views the person may not change keep their places among the
/// others.
pub async fn views_reorder(session: &Session, ids: &[Id]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    change_views(session, OperationKind::RecordsEdit, |db| {
        let mut moved = Vec::new();
        for id in ids {
            let located = find(db, session, *id)?;
            if saved_view::permit(&session.actor(), &[&located.record]).is_ok() {
                moved.push(located);
            }
        }
        // The places they have, given out anew in the order wanted.
        let mut places: Vec<i64> = moved.iter().map(|view| position(&view.record).unwrap_or(view.n)).collect();
        places.sort_unstable();
        places.dedup();
        while places.len() < moved.len() {
            places.push(places.last().map_or(1, |last| last + 1));
        }
        let placed = moved.into_iter().zip(places).map(|(located, place)| {
            let mut after = located.record.clone();
            after.set(&saved_view::POSITION, Value::Number(place));
            (located, after)
        });
        Ok(placed.collect())
    })
    .await
}

/// How many records each list has; `None` for one that can no longer be opened, because a field is gone.
pub async fn list_counts(session: &Session, queries: Vec<ListQuery>) -> Result<Vec<Option<u32>>, CommandError> {
    let mut counts = Vec::with_capacity(queries.len());
    for query in queries {
        counts.push(match lists::list_count(session, query).await {
            Ok(count) => Some(count),
            Err(CommandError::Validation { .. }) => None,
            Err(error) => return Err(error),
        });
    }
    Ok(counts)
}

async fn change_views(
    session: &Session,
    kind: OperationKind,
    decide: impl FnOnce(&Db<'_>) -> Result<Vec<(Located, Record)>, StoreError>,
) -> Result<Done, CommandError> {
    let ((changed, skipped), operation) = session
        .commit(Step::new(kind), |recorder| {
            let (mut changed, mut skipped) = (0, 0);
            for (located, after) in decide(recorder.db())? {
                match write(recorder, located.n, &located.record, &after)? {
                    0 => skipped += 1,
                    _ => changed += 1,
                }
            }
            Ok((changed, skipped))
        })
        .await?;
    Ok(Done { operation, changed, skipped, users: 0 })
}
