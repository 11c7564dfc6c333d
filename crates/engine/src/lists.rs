//! Lists of any length: open a result set, then read windows of it.

use crate::error::CommandError;
pub use crate::list_rows::{InactiveContact, Row};
use crate::list_rows::{no_email, refusing, tell_claimed, tell_inactive};
use crate::names::Cell;
use crate::names::Names;
use crate::results::ResultSet;
use crate::session::Session;
use liaison_columns::Answer;
use liaison_domain::elsewhere::{self, Elsewhere};
use liaison_domain::field::FieldType;
use liaison_domain::filter::{Condition, FilterOp, ListQuery};
use liaison_domain::parse::FieldValue;
use liaison_domain::privacy::{self, PrivateRows};
use liaison_domain::refusal::{FieldProblem, Problem};
use liaison_domain::{Field, Id, Permission, RecordKind, Value, contact, limits};
use liaison_queries::contacts;
use liaison_search::{self as search, SearchIndex};
use liaison_store::StoreError;
use liaison_store::group::Group;
use liaison_store::list::{self};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashSet;
use std::sync::Arc;

/// Most rows of one window.
pub const WINDOW_MOST: u32 = 200;
/// Most words looked for in titles; further ones would hardly narrow the list.
const WORDS_MOST: usize = 12;

/// How often memory is asked for a list while others write, before the tables are.
const ANSWERS_MOST: usize = 4;

/// An open list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ListOpened {
    /// Its number, for windows and selections.
    pub result: u32,
    /// How many rows it has.
    pub total: u32,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Window {
    /// The place of the first row.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Records that a list doesn't have although they were asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct FoundElsewhere {
    /// Why they are not in it.
    pub why: Elsewhere,
    /// How many.
    pub count: u32,
    /// Its name, where it is one record and it has a name.
    pub name: Option<String>,
    /// The list that has them.
    pub query: ListQuery,
}

/// Records to do something with: some, or all of an open list but some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Selection {
    /// These records.
    Ids {
        /// Their ids.
        ids: Vec<Id>,
    },
    /// All records of an open list.
    Result {
        /// The list's number.
        result: u32,
        /// Except these.
        except: Vec<Id>,
    },
}

/// Opens a list. Contacts without a condition on the approval status are those in the directory.
pub async fn list_open(session: &Session, query: ListQuery) -> Result<ListOpened, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let rows = list_rows(session, query.clone()).await?;
    let total = rows.len() as u32;
    let result = session.results().open(ResultSet { query: Arc::new(query), rows: Arc::new(rows) });
    Ok(ListOpened { result, total })
}

/// The row numbers of a list, in its order, without what is hidden from the actor.
pub async fn list_rows(session: &Session, query: ListQuery) -> Result<Vec<u32>, CommandError> {
    let kind = query.kind;
    let mut query = query;
    query.check(&session.registry())?;
    let private = privacy::private_rows(&mut query);
    let mut rows = all_rows(session, query).await?;
    if kind == RecordKind::EmployerUser && private != PrivateRows::Among {
        let users = session.private_users().await?;
        let is_private = |row: &u32| users.has(*row as usize);
        match private {
            PrivateRows::Among => {}
            PrivateRows::None => rows.retain(|row| !is_private(row)),
            PrivateRows::Only => {
                rows.retain(is_private);
                rows.sort_unstable();
            }
            PrivateRows::Last => {
                let (mut last, open): (Vec<u32>, Vec<u32>) = rows.iter().partition(|row| is_private(row));
                last.sort_unstable();
                rows = open;
                rows.extend(last);
            }
        }
    }
    if let Some(hidden) = session.hidden_rows(kind).await? {
        rows.retain(|row| !hidden.has(*row as usize));
    }
    Ok(rows)
}

async fn all_rows(session: &Session, query: ListQuery) -> Result<Vec<u32>, CommandError> {
    let query = by_title(query.scoped());
    query.check(&session.registry())?;
    let searching = search::has_words(&query.search);
    let index = session.search(query.kind);
    if searching && index.is_none() {
        // Answering with everything would pass for an answer.
        let fields = vec![FieldProblem { field: "search".to_owned(), problem: Problem::UnknownField }];
        return Err(CommandError::Validation { fields });
    }
    if let (Some(index), Some(groups)) = (index, resident(&query)) {
        if searching {
            ready(session, index).await?;
        }
        let descending = query.sort.first().is_some_and(|sort| sort.descending);
        if let Some(mut rows) = tokio::task::block_in_place(|| index.search(&query.search, &groups)) {
            if descending {
                rows.reverse();
            }
            return Ok(rows);
        }
    }
    let mut rows = filtered(session, &query).await?;
    if searching && let Some(index) = index {
        loop {
            ready(session, index).await?;
            // The index may have been put aside for building anew in between.
            if let Some(matching) = index.matching(&query.search) {
                rows.retain(|row| matching.has(*row as usize));
                break;
            }
        }
    }
    Ok(rows)
}

/// The rows of a list, whatever its search text says: from memory where that knows what the list asks for.
async fn filtered(session: &Session, query: &ListQuery) -> Result<Vec<u32>, CommandError> {
    let engine = session.engine();
    if let Some(columns) = engine.columns(query.kind) {
        for _ in 0..ANSWERS_MOST {
            match session.read(|view| columns.rows(view.everything(), query)).await? {
                Answer::Rows(rows) => return Ok(rows),
                Answer::Unknown => break,
                Answer::NotBuilt if engine.is_searching() => {
                    engine.start_columns(columns);
                    break;
                }
                Answer::NotBuilt => {
                    columns.build(engine.database()).await?;
                }
                Answer::Newer => {}
            }
        }
    }
    Ok(session.read(|view| list::rows(view.everything(), query)).await?)
}

/// Waits for a search index that is being built in the background, or builds it where nothing does that.
async fn ready(session: &Session, index: &SearchIndex) -> Result<(), CommandError> {
    if !session.engine().is_searching() && !index.is_ready() {
        index.build(session.engine().database()).await?;
    }
    index.wait().await;
    Ok(())
}

/// Reads at most [`WINDOW_MOST`] rows of an open list. The columns are keys of fields.
pub async fn list_window(
    session: &Session,
    result: u32,
    offset: u32,
    limit: u32,
    columns: &[String],
) -> Result<Window, CommandError> {
    check_columns(columns)?;
    let set = open_result(session, result)?;
    let registry = session.registry();
    let columns: Vec<&Field> = columns
        .iter()
        .map(|key| registry.field(set.query.kind, key).ok_or_else(|| unknown_field(key)))
        .collect::<Result<_, _>>()?;
    let start = (offset as usize).min(set.rows.len());
    let end = (start + limit.min(WINDOW_MOST) as usize).min(set.rows.len());
    let mut numbers = set.rows[start..end].to_vec();
    if let Some(hidden) = session.hidden_rows(set.query.kind).await? {
        // Hidden since the list was opened.
        numbers.retain(|row| !hidden.has(*row as usize));
    }
    let rows = session.read(|view| {
        let marks = refusing(view.everything(), set.query.kind, &columns)?;
        let read: Vec<&Field> = columns.iter().chain(&marks).copied().collect();
        list::window(view.everything(), set.query.kind, &numbers, &read)
    });
    let mut rows: Vec<Row> = rows
        .await?
        .into_iter()
        .map(|mut row| {
            let no_email = no_email(&row.cells.split_off(columns.len()));
            let cells = row.cells.into_iter().map(Cell::from).collect();
            Row { id: row.id, name: row.name, cells, inactive: None, no_email, claimed: Vec::new() }
        })
        .collect();
    if set.query.kind == RecordKind::EmployerUser {
        withhold(session, &mut rows, &columns).await?;
    }
    withhold_contacts(session, &mut rows, &columns).await?;
    name_users(session, &mut rows, &columns).await?;
    tell_inactive(session, set.query.kind, &mut rows, &columns).await?;
    tell_claimed(session, set.query.kind, &mut rows, &columns).await?;
    Ok(Window { offset: start as u32, rows })
}

/// Takes from rows of employer users what is withheld of private ones (M49): they have no name.
async fn withhold(session: &Session, rows: &mut [Row], columns: &[&Field]) -> Result<(), CommandError> {
    let users = session.private_users().await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let numbers = session.read(|view| list::row_numbers(view.everything(), RecordKind::EmployerUser, &ids)).await?;
    for (row, number) in rows.iter_mut().zip(numbers) {
        if number.is_some_and(|number| !users.has(number as usize)) {
            continue;
        }
        row.name.clear();
        for (cell, _) in row.cells.iter_mut().zip(columns).filter(|(_, field)| privacy::withholds(field)) {
            *cell = Cell { value: (&Value::Empty).into(), text: None };
        }
    }
    Ok(())
}

/// Empties cells that name contacts hidden from the person at the desk: supervisors, primary contacts and so on.
async fn withhold_contacts(session: &Session, rows: &mut [Row], columns: &[&Field]) -> Result<(), CommandError> {
    let contact = FieldType::Reference { kind: RecordKind::Contact };
    let naming: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].field_type == contact).collect();
    if naming.is_empty() || session.viewer().sees_everything() {
        return Ok(());
    }
    let hidden = session.read(|view| {
        let mut names = Names::new(view);
        for row in rows {
            for at in &naming {
                let FieldValue::Text(id) = &row.cells[*at].value else { continue };
                let Ok(id) = id.parse::<Id>() else { continue };
                if names.is_private(RecordKind::Contact, id)? {
                    row.cells[*at] = Cell { value: (&Value::Empty).into(), text: None };
                }
            }
        }
        Ok::<(), StoreError>(())
    });
    Ok(hidden.await?)
}

/// Names employer users in cells that refer to one, as far as whoever looks may know who it is (M49).
async fn name_users(session: &Session, rows: &mut [Row], columns: &[&Field]) -> Result<(), CommandError> {
    let user = FieldType::Reference { kind: RecordKind::EmployerUser };
    let naming: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].field_type == user).collect();
    if naming.is_empty() {
        return Ok(());
    }
    let named = session.read(|view| {
        let mut names = Names::new(view);
        for row in rows {
            for at in &naming {
                let FieldValue::Text(id) = &row.cells[*at].value else { continue };
                let Ok(id) = id.parse::<Id>() else { continue };
                row.cells[*at].text = names.of(RecordKind::EmployerUser, id)?;
            }
        }
        Ok::<(), StoreError>(())
    });
    Ok(named.await?)
}

/// The place of a record in an open list.
pub async fn list_position(session: &Session, result: u32, id: Id) -> Result<Option<u32>, CommandError> {
    let set = open_result(session, result)?;
    let row = session.read(|view| list::row_numbers(view.everything(), set.query.kind, &[id])).await?;
    let place = row[0].and_then(|row| set.rows.iter().position(|have| *have == row));
    Ok(place.map(|place| place as u32))
}

/// Which of these records an open list has.
pub async fn list_remaining(session: &Session, result: u32, ids: Vec<Id>) -> Result<Vec<Id>, CommandError> {
    limits::most(ids.len(), limits::SELECTED).map_err(|problem| of_argument("ids", problem))?;
    let set = open_result(session, result)?;
    let numbers = session.read(|view| list::row_numbers(view.everything(), set.query.kind, &ids)).await?;
    let listed: HashSet<u32> = set.rows.iter().copied().collect();
    let remaining = ids.into_iter().zip(numbers).filter(|(_, row)| row.is_some_and(|row| listed.contains(&row)));
    Ok(remaining.map(|(id, _)| id).collect())
}

/// Where the records are that a list was asked for and doesn't have, without what is hidden from the actor.
pub async fn list_elsewhere(session: &Session, query: ListQuery) -> Result<Vec<FoundElsewhere>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    query.check(&session.registry())?;
    let mut found = Vec::new();
    for (why, query) in elsewhere::lists(&query) {
        let rows = list_rows(session, query.clone()).await?;
        let name = match rows.as_slice() {
            [] => continue,
            [only] if why != Elsewhere::Private => {
                let window = session.read(|view| list::window(view.everything(), query.kind, &[*only], &[])).await?;
                window.into_iter().next().map(|row| row.name)
            }
            _ => None,
        };
        found.push(FoundElsewhere { why, count: rows.len() as u32, name, query });
    }
    Ok(found)
}

/// Forgets an open list.
pub fn list_close(session: &Session, result: u32) {
    session.results().close(result);
}

/// How many records there are in a list, without opening it.
pub async fn list_count(session: &Session, mut query: ListQuery) -> Result<u32, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    query.check(&session.registry())?;
    query.sort.clear();
    Ok(list_rows(session, query).await?.len() as u32)
}

/// The open list with this number.
///
/// Errors: `NotFound` where it was closed or pushed out by newer ones.
pub fn open_result(session: &Session, number: u32) -> Result<ResultSet, CommandError> {
    session.results().get(number).ok_or_else(|| CommandError::not_found("list"))
}

/// The row numbers of the selected records, ascending: the order in which writing them is fastest.
pub async fn selected(session: &Session, kind: RecordKind, selection: &Selection) -> Result<Vec<u32>, CommandError> {
    let mut rows = selected_in_order(session, kind, selection).await?;
    rows.sort_unstable();
    rows.dedup();
    Ok(rows)
}

/// The row numbers of the selected records, in the order of the list, or as they are named. What is hidden from
/// the actor is not there.
pub async fn selected_in_order(
    session: &Session,
    kind: RecordKind,
    selection: &Selection,
) -> Result<Vec<u32>, CommandError> {
    let hidden = session.hidden_rows(kind).await?;
    let is_hidden = |row: &u32| hidden.as_ref().is_some_and(|hidden| hidden.has(*row as usize));
    let ids = match selection {
        Selection::Ids { ids } => ids,
        Selection::Result { except, .. } => except,
    };
    limits::most(ids.len(), limits::SELECTED).map_err(|problem| of_argument("ids", problem))?;
    let numbers = session.read(|view| list::row_numbers(view.everything(), kind, ids)).await?;
    match selection {
        Selection::Ids { .. } => {
            if numbers.contains(&None) || numbers.iter().flatten().any(is_hidden) {
                return Err(CommandError::not_found(kind.key()));
            }
            Ok(numbers.into_iter().flatten().collect())
        }
        Selection::Result { result, .. } => {
            let set = open_result(session, *result)?;
            if set.query.kind != kind {
                return Err(CommandError::not_found(kind.key()));
            }
            let except: HashSet<u32> = numbers.into_iter().flatten().collect();
            Ok(set.rows.iter().copied().filter(|row| !except.contains(row) && !is_hidden(row)).collect())
        }
    }
}

/// How many contacts wait in the queue.
pub async fn queue_count(session: &Session) -> Result<u32, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    Ok(session.read(|view| contacts::count_with_approval(view, contact::PENDING)).await?)
}

/// The groups of the search index that make up a list, where the index alone can answer it: sorted by name, and
/// filtered by nothing but the approval status.
fn resident(query: &ListQuery) -> Option<Vec<Group>> {
    let by_name = matches!(query.sort.as_slice(), [] | [_]) && query.sort.iter().all(|sort| sort.field == "name");
    if !by_name {
        return None;
    }
    if query.kind != RecordKind::Contact {
        return query.filter.is_empty().then(|| vec![Group::Approved]);
    }
    match query.filter.as_slice() {
        [only] if only.field == contact::APPROVAL.key && only.op == FilterOp::Is => {
            Some(only.values.iter().map(|value| Group::of(value)).collect())
        }
        _ => None,
    }
}

/// The list of a kind that no search index has but whose records have a title: each word typed is looked for in it.
fn by_title(mut query: ListQuery) -> ListQuery {
    let indexed = matches!(query.kind, RecordKind::Contact | RecordKind::Employer | RecordKind::EmployerUser);
    let title = query.kind.field("title").or_else(|| query.kind.field("subject"));
    if let (false, Some(title)) = (indexed, title) {
        let text = std::mem::take(&mut query.search);
        query.filter.extend(text.split_whitespace().take(WORDS_MOST).map(|word| Condition {
            field: title.key.to_owned(),
            op: FilterOp::Contains,
            values: vec![word.to_owned()],
        }));
    }
    query
}

/// Refuses more columns than a list can have.
pub fn check_columns(columns: &[String]) -> Result<(), CommandError> {
    limits::most(columns.len(), limits::COLUMNS).map_err(|problem| of_argument("columns", problem))
}

fn of_argument(argument: &str, problem: Problem) -> CommandError {
    CommandError::Validation { fields: vec![FieldProblem { field: argument.to_owned(), problem }] }
}

fn unknown_field(key: &str) -> CommandError {
    CommandError::Validation { fields: vec![FieldProblem { field: key.to_owned(), problem: Problem::UnknownField }] }
}
