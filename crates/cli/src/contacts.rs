//! Contacts: import, list, show, review.

use crate::arguments::{Import, List, QueueCommand, Review};
use crate::fields::named;
use crate::output::{Failure, destination, print_json, print_line, say};
use crate::records;
use liaison_app::Session;
use liaison_app::history::{AuditEntry, HistoryPage};
use liaison_app::import::{DryRun, ImportTarget, unwatched};
use liaison_app::lists::{Row, Selection, WINDOW_MOST};
use liaison_app::names::Cell;
use liaison_app::step::Done;
use liaison_app::{contacts, files, import, lists, review, roles, undo};
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::ConflictReason;
use liaison_domain::{Field, FieldType, Id, OperationKind, RecordKind, Value as Stored, contact};
use serde_json::{Map, Value, json};

/// Imports a file.
pub async fn import(session: &Session, import: &Import) -> Result<(), Failure> {
    let opened = import::import_open_as(
        session,
        records::kind(&import.kind)?,
        &import.file,
        import.preset.as_deref(),
        &mut unwatched,
    )
    .await?;
    for column in &opened.columns {
        say(&format!("  {} → {}", column.header, column.field.as_deref().unwrap_or("(left out)")));
    }
    let target = if import.queue { ImportTarget::Queue } else { ImportTarget::Directory };
    let counts: DryRun;
    let mut operation = None;
    if import.dry_run || import.errors.is_some() {
        counts = import::import_dry_run(session, opened.session, target, &mut unwatched).await?;
        if let Some(path) = &import.errors {
            let mut file = files::new_file(session.directory(), destination(path))?;
            let rows = import::import_errors(session, opened.session, &mut file).await?;
            file.finish()?;
            say(&format!("{rows} rows that can't be imported are in {}", path.display()));
        }
    } else {
        counts = DryRun::default();
        import::import_target(session, opened.session, target)?;
    }
    let counts = if import.dry_run {
        counts
    } else {
        let done = import::import_commit(session, opened.session, &mut unwatched).await?;
        operation = done.operation;
        DryRun {
            created: done.created,
            updated: done.updated,
            skipped: done.skipped,
            failed: done.failed,
            employers_created: 0,
        }
    };
    let DryRun { created, updated, skipped, failed, .. } = counts;
    say(&format!("{created} created, {updated} updated, {skipped} skipped, {failed} failed"));
    match operation {
        _ if import.json => print_json(
            &json!({ "created": created, "updated": updated, "skipped": skipped, "failed": failed, "operation": operation }),
        ),
        Some(operation) => print_line(&operation.to_string()),
        None => Ok(()),
    }
}

/// The columns of a listing, but for the id and the name.
const COLUMNS: [&str; 7] = ["email", "title", "employer", "source", "approval", "visibility", "access"];

fn query(session: &Session, list: &List, pending: bool) -> Result<ListQuery, Failure> {
    let mut query = ListQuery { search: list.search.clone(), ..ListQuery::all(RecordKind::Contact) };
    for filter in &list.filter {
        query.filter.push(condition(session, RecordKind::Contact, filter)?);
    }
    if pending {
        query.filter.push(Condition::is(&contact::APPROVAL, contact::PENDING));
    }
    if let Some(sort) = &list.sort {
        query.sort.push(sort_key(session, RecordKind::Contact, sort));
    }
    Ok(query)
}

/// A condition as the command line writes it; attributes go by their names, too.
pub fn condition(session: &Session, kind: RecordKind, text: &str) -> Result<Condition, Failure> {
    // A comparison with a span of time comes first where its sign comes before all others.
    if let Some(at) = text.find(['=', '~', '<', '>'])
        && let Some(op) = match text.as_bytes()[at] {
            b'<' => Some(FilterOp::LongerAgoThan),
            b'>' => Some(FilterOp::WithinLast),
            _ => None,
        }
    {
        return Ok(Condition {
            field: named(session, kind, &text[..at]).0,
            op,
            values: vec![text[at + 1..].to_owned()],
        });
    }
    let (field, op, value) = match (text.split_once("!="), text.split_once('='), text.split_once('~')) {
        (Some((field, value)), Some((before, _)), _) if before.len() == field.len() + 1 => {
            (field, FilterOp::IsNot, value)
        }
        (_, Some((field, value)), _) => (field, FilterOp::Is, value),
        (_, None, Some((field, value))) => (field, FilterOp::Contains, value),
        _ => {
            return Err(Failure::usage(
                "--filter wants FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT, FIELD<PERIOD or FIELD>PERIOD",
            ));
        }
    };
    let key = named(session, kind, field).0;
    let (op, values) = match (op, value) {
        (FilterOp::Is, "") => (FilterOp::IsEmpty, Vec::new()),
        (FilterOp::IsNot, "") => (FilterOp::IsNotEmpty, Vec::new()),
        (FilterOp::Is | FilterOp::IsNot, value) => (op, vec![choice(session, kind, &key, value)]),
        (op, value) => (op, vec![value.to_owned()]),
    };
    Ok(Condition { field: key, op, values })
}

/// A choice may be given as people write it, "OCI Interviewer" or "Rejected"; what is none is handed on to be refused.
fn choice(session: &Session, kind: RecordKind, key: &str, value: &str) -> String {
    match session.registry().field(kind, key) {
        Some(field) if matches!(field.field_type, FieldType::Choice { .. }) => match field.read(value) {
            Ok(Stored::Text(choice)) => choice,
            _ => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}

/// The key of an order as the command line writes it; fields go by their names, too.
pub fn sort_key(session: &Session, kind: RecordKind, text: &str) -> SortKey {
    let (field, descending) = text.strip_prefix('-').map_or((text, false), |field| (field, true));
    SortKey { field: named(session, kind, field).0, descending }
}

/// Lists contacts.
pub async fn list(session: &Session, list: &List, pending: bool) -> Result<(), Failure> {
    let query = query(session, list, pending)?;
    if !query.search.is_empty() {
        // A process that answers one question builds the index for it.
        session.engine().start_searching();
    }
    let opened = lists::list_open(session, query).await?;
    let limit = list.limit.unwrap_or(opened.total).min(opened.total);
    let columns: Vec<String> = COLUMNS.iter().map(|key| (*key).to_owned()).collect();
    let mut rows = Vec::new();
    let mut table = if list.csv { Some(csv_writer()?) } else { None };
    let mut at = 0;
    while at < limit {
        let window = lists::list_window(session, opened.result, at, (limit - at).min(WINDOW_MOST), &columns).await?;
        at += WINDOW_MOST;
        for row in window.rows {
            match &mut table {
                Some(table) => {
                    let cells = row.cells.iter().map(words);
                    table.row([row.id.to_string(), row.name.clone()].into_iter().chain(cells))?;
                }
                None if list.json => rows.push(json_row(&row)),
                None => print_line(&format!(
                    "{}  {:30}  {}",
                    row.id,
                    row.name,
                    row.cells.iter().take(3).map(words).collect::<Vec<_>>().join("  ")
                ))?,
            }
        }
    }
    if let Some(table) = table {
        table.finish()?;
    }
    if list.json {
        print_json(&json!({ "total": opened.total, "rows": rows }))?;
    } else {
        say(&format!("{} contacts", opened.total));
    }
    Ok(())
}

fn csv_writer() -> Result<liaison_exchange::CsvWriter<std::io::Stdout>, Failure> {
    let headers = ["id", "name"].into_iter().chain(COLUMNS);
    Ok(liaison_exchange::CsvWriter::new(std::io::stdout(), headers)?)
}

pub fn words(cell: &Cell) -> String {
    match (&cell.text, &cell.value) {
        (Some(text), _) => text.clone(),
        (None, FieldValue::Text(text)) => text.clone(),
        (None, FieldValue::List(items)) => items.join("; "),
        (None, FieldValue::Flag(flag)) => if *flag { "yes" } else { "no" }.to_owned(),
        (None, FieldValue::Number(number)) => number.to_string(),
        (None, FieldValue::Empty(())) => String::new(),
    }
}

/// The words of a field's value; of a moment, the day and time (UTC).
pub fn words_of(field: Option<&Field>, cell: &Cell) -> String {
    match (field.map(|field| field.field_type), &cell.value) {
        (Some(FieldType::Moment), FieldValue::Number(millis)) => moment(*millis),
        _ => words(cell),
    }
}

fn json_row(row: &Row) -> Value {
    let mut fields = Map::new();
    fields.insert("id".into(), json!(row.id));
    fields.insert("name".into(), json!(row.name));
    for (key, cell) in COLUMNS.iter().zip(&row.cells) {
        // Of a reference, the name is what a script wants; of access, whether it is on.
        let value = if *key == "employer" { json!(cell.text) } else { json!(cell.value) };
        fields.insert((*key).to_owned(), value);
    }
    Value::Object(fields)
}

/// Shows one contact.
pub async fn show(session: &Session, id: Id, json: bool) -> Result<(), Failure> {
    let profile = contacts::contact_get(session, id).await?;
    if json {
        return print_json(&profile);
    }
    print_line(&profile.name)?;
    for field in session.registry().fields(RecordKind::Contact) {
        if let Some(value) = profile.values.get(field.key) {
            let text = match field.key {
                "employer" => profile.employer.as_ref().map(|employer| employer.name.clone()),
                "owner" => profile.owner.clone(),
                _ => None,
            };
            let cell = Cell { value: value.clone(), text };
            print_line(&format!("  {:18} {}", field.label, words_of(Some(field), &cell)))?;
        }
    }
    Ok(())
}

/// The pending queue.
pub async fn queue(session: &Session, command: &QueueCommand) -> Result<(), Failure> {
    match command {
        QueueCommand::List(options) => list(session, options, true).await,
        // Ignoring what was asked for would pass for having done it.
        QueueCommand::Approve(review) if review.revoke => Err(Failure::usage("--revoke goes with reject")),
        QueueCommand::Reject(review) if review.role.is_some() => Err(Failure::usage("--role goes with approve")),
        QueueCommand::Approve(review) => {
            let action = match &review.role {
                Some(role) => ReviewAction::ApproveAndAssign { role: roles::role_named(session, role).await? },
                None => ReviewAction::Approve,
            };
            decide(session, review, action).await
        }
        QueueCommand::Reject(review) => {
            let action = if review.revoke { ReviewAction::RejectAndRevoke } else { ReviewAction::Reject };
            decide(session, review, action).await
        }
    }
}

async fn decide(session: &Session, review: &Review, action: ReviewAction) -> Result<(), Failure> {
    if review.ids.is_empty() && !review.all {
        return Err(Failure::usage("name contacts, or say --all"));
    }
    let selection = if review.all {
        let mut query = ListQuery::all(RecordKind::Contact);
        query.filter.push(Condition::is(&contact::APPROVAL, contact::PENDING));
        Selection::Result { result: lists::list_open(session, query).await?.result, except: Vec::new() }
    } else {
        Selection::Ids { ids: review.ids.clone() }
    };
    let done = review::contacts_review(session, &selection, action, &mut unwatched).await?;
    say(&format!("{} contacts changed, {} already so, {} users changed", done.changed, done.skipped, done.users));
    print_done(&done, review.json)
}

/// What a change came to; its operation is what `undo` wants.
pub fn print_done(done: &Done, json: bool) -> Result<(), Failure> {
    match (json, done.operation) {
        (true, _) => print_json(done),
        (false, Some(operation)) => print_line(&operation.to_string()),
        (false, None) => Ok(()),
    }
}

/// Most conflicts that are said one by one.
const CONFLICTS_SAID: usize = 10;

/// What an undo came to, and what stands in the way of the rest.
pub async fn say_taken_back(session: &Session, operation: Id, done: &Done) -> Result<(), Failure> {
    say(&format!("took back {} changes, {} stay", done.changed + done.users, done.skipped));
    if done.skipped == 0 && done.operation.is_some() {
        return Ok(());
    }
    let left = undo::undo_preview(session, operation).await?;
    if done.operation.is_none() && left.operation.undone && left.conflicts.is_empty() {
        say("it was taken back already");
    }
    for conflict in left.conflicts.iter().take(CONFLICTS_SAID) {
        let why = match conflict.reason {
            ConflictReason::ChangedSince => "was changed since",
            ConflictReason::Frozen => "is rejected and frozen",
            ConflictReason::InUse => "is in use",
            ConflictReason::Gone => "is gone",
            ConflictReason::AlreadySent => "was sent already",
            ConflictReason::AddressTaken => "has an address that somebody else has by now",
        };
        let field = conflict.field.as_deref().map(|field| format!(", {field}")).unwrap_or_default();
        let by = if conflict.by.is_empty() { String::new() } else { format!(", by {}", conflict.by) };
        // What is gone for good has no name any more.
        let name = if conflict.name.is_empty() { conflict.kind.key() } else { &conflict.name };
        say(&format!("  {name}{field}: {why}{by}"));
    }
    let more = (left.conflicts_total as usize).saturating_sub(CONFLICTS_SAID);
    if more > 0 {
        say(&format!("  and {more} more; undo --dry-run lists them"));
    }
    Ok(())
}

fn moment(millis: i64) -> String {
    liaison_app::moment::utc_text(millis)
}

/// What kind of step it was; a newer version's steps have no name here.
fn kind_of(kind: Option<OperationKind>) -> &'static str {
    kind.map_or("newer", OperationKind::key)
}

/// An audit log for people.
pub fn print_audit(session: &Session, kind: RecordKind, entries: &[AuditEntry]) -> Result<(), Failure> {
    for entry in entries {
        let undone = if entry.undone { "  (taken back)" } else { "" };
        print_line(&format!(
            "{}  {}  {}  {}{undone}",
            moment(entry.at),
            kind_of(entry.kind),
            entry.actor,
            entry.device
        ))?;
        if entry.newer {
            print_line("    changed by a newer version; update Liaison to see what")?;
        }
        for field in &entry.fields {
            let registry = session.registry();
            let of = registry.field(kind, &field.field);
            let (before, after) = (words_of(of, &field.before), words_of(of, &field.after));
            print_line(&format!("    {}: {before} → {after}", of.map_or(field.field.as_str(), |of| of.label)))?;
        }
    }
    Ok(())
}

/// A history for people.
pub fn print_history(page: &HistoryPage) -> Result<(), Failure> {
    for row in &page.rows {
        let undone = if row.undone { "  (taken back)" } else { "" };
        let what = row.subject.as_deref().unwrap_or(&row.detail);
        print_line(&format!(
            "{}  {}  {}  {} records  {what}  {}{undone}",
            row.id,
            moment(row.at),
            kind_of(row.kind),
            row.count,
            row.actor
        ))?;
    }
    Ok(())
}

/// Prints a list with these columns: lines, or JSON.
pub async fn print_list(
    session: &Session,
    query: ListQuery,
    columns: Vec<String>,
    limit: Option<u32>,
    as_json: bool,
) -> Result<(), Failure> {
    if !query.search.is_empty() {
        session.engine().start_searching();
    }
    let opened = lists::list_open(session, query).await?;
    let limit = limit.unwrap_or(opened.total).min(opened.total);
    let (mut rows, mut at) = (Vec::new(), 0);
    while at < limit {
        let window = lists::list_window(session, opened.result, at, (limit - at).min(WINDOW_MOST), &columns).await?;
        at += WINDOW_MOST;
        for row in window.rows {
            let cells = row.cells.iter().map(words);
            if as_json {
                let mut fields = Map::new();
                fields.insert("id".into(), json!(row.id));
                fields.insert("name".into(), json!(row.name));
                fields.extend(columns.iter().cloned().zip(row.cells.iter().map(|cell| match &cell.text {
                    Some(text) => json!(text),
                    None => json!(cell.value),
                })));
                rows.push(Value::Object(fields));
            } else {
                let line: Vec<String> = [row.id.to_string(), row.name.clone()].into_iter().chain(cells).collect();
                print_line(&line.join("\t"))?;
            }
        }
    }
    if as_json {
        print_json(&json!({ "total": opened.total, "rows": rows }))?;
    } else {
        say(&format!("{} records", opened.total));
    }
    Ok(())
}
