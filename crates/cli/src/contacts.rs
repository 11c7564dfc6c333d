//! Contacts: import, list, show, review.

use crate::common_arguments::{Import, List, QueueCommand, Review};
use crate::listing::{COLUMNS, moment};
use crate::listing::{condition, csv_writer, json_row, sort_key, words, words_of};
use crate::output::print_done;
use crate::output::{Failure, destination, print_json, print_line, say};
use crate::records;
use crate::{import_outcome, import_reading};
use liaison_app::Session;
use liaison_app::history::{AuditEntry, HistoryPage};
use liaison_app::import::{ImportTarget, unwatched};
use liaison_app::lists::{Selection, WINDOW_MOST};
use liaison_app::names::Cell;
use liaison_app::step::Done;
use liaison_app::{contacts, files, import, lists, review, roles, undo};
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::ConflictReason;
use liaison_domain::{Id, OperationKind, RecordKind, contact};
use serde_json::json;

/// Imports a file.
pub async fn import(session: &Session, import: &Import) -> Result<(), Failure> {
    let opened = import::import_open_with(
        session,
        records::kind(&import.kind)?,
        &import.file,
        import.preset.as_deref(),
        &import.reading.options(),
        &mut unwatched,
    )
    .await?;
    import_reading::told(&opened);
    for column in &opened.columns {
        say(&format!("  {} → {}", column.header, column.field.as_deref().unwrap_or("(left out)")));
    }
    let target = if import.queue { ImportTarget::Queue } else { ImportTarget::Directory };
    import_outcome::answer(session, opened.session, import).await?;
    let (mut dry, mut done) = (None, None);
    if import.dry_run || import.errors.is_some() {
        dry = Some(import::import_dry_run(session, opened.session, target, &mut unwatched).await?);
        if let Some(path) = &import.errors {
            let mut file = files::new_file(session.directory(), destination(path))?;
            let rows = import::import_errors(session, opened.session, &mut file).await?;
            file.finish()?;
            say(&format!("{rows} rows that weren’t imported in full are in {}", path.display()));
        }
    } else {
        import::import_target(session, opened.session, target)?;
    }
    if !import.dry_run {
        done = Some(import::import_commit(session, opened.session, &mut unwatched).await?);
    }
    let counts = done.map(|done| done.counts()).or(dry).unwrap_or_default();
    import_outcome::told(session, opened.session, done.map(|_| target), counts).await?;
    let operation = done.and_then(|done| done.operation);
    match operation {
        _ if import.json => print_json(&import_outcome::json(counts, operation, &opened)),
        Some(operation) => print_line(&operation.to_string()),
        None => Ok(()),
    }
}

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
        QueueCommand::Approve(review) if review.revoke => Err(Failure::usage("Use --revoke only with reject.")),
        QueueCommand::Reject(review) if review.role.is_some() => Err(Failure::usage("Use --role only with approve.")),
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
        return Err(Failure::usage("Give contact ids or --all."));
    }
    let selection = if review.all {
        let mut query = ListQuery::all(RecordKind::Contact);
        query.filter.push(Condition::is(&contact::APPROVAL, contact::PENDING));
        Selection::Result { result: lists::list_open(session, query).await?.result, except: Vec::new() }
    } else {
        Selection::Ids { ids: review.ids.clone() }
    };
    let done = review::contacts_review(session, &selection, action, &mut unwatched).await?;
    say(&format!("{} contacts changed, {} unchanged, {} users changed.", done.changed, done.skipped, done.users));
    print_done(&done, review.json)
}

/// Most conflicts that are said one by one.
const CONFLICTS_SAID: usize = 10;

/// What an undo came to, and what stands in the way of the rest.
pub async fn say_taken_back(session: &Session, operation: Id, done: &Done) -> Result<(), Failure> {
    say(&format!("Undid {} changes, kept {}.", done.changed + done.users, done.skipped));
    if done.skipped == 0 && done.operation.is_some() {
        return Ok(());
    }
    let left = undo::undo_preview(session, operation).await?;
    if done.operation.is_none() && left.operation.undone && left.conflicts.is_empty() {
        say("This was already undone.");
    }
    for conflict in left.conflicts.iter().take(CONFLICTS_SAID) {
        let why = match conflict.reason {
            ConflictReason::ChangedSince => "changed since",
            ConflictReason::Frozen => "rejected and frozen",
            ConflictReason::InUse => "in use",
            ConflictReason::Gone => "no longer exists",
            ConflictReason::AlreadySent => "already sent",
            ConflictReason::AddressTaken => "someone else now has this email address",
        };
        let field = conflict.field.as_deref().map(|field| format!(", {field}")).unwrap_or_default();
        let by = if conflict.by.is_empty() { String::new() } else { format!(", by {}", conflict.by) };
        // What is gone for good has no name any more.
        let name = if conflict.name.is_empty() { conflict.kind.key() } else { &conflict.name };
        say(&format!("  {name}{field}: {why}{by}"));
    }
    let more = (left.conflicts_total as usize).saturating_sub(CONFLICTS_SAID);
    if more > 0 {
        say(&format!("  and {more} more. To list them, use undo --dry-run."));
    }
    Ok(())
}

/// What kind of step it was; a newer version's steps have no name here.
fn kind_of(kind: Option<OperationKind>) -> &'static str {
    kind.map_or("newer", OperationKind::key)
}

/// An audit log for people.
pub fn print_audit(session: &Session, kind: RecordKind, entries: &[AuditEntry]) -> Result<(), Failure> {
    for entry in entries {
        let undone = if entry.undone { "  (undone)" } else { "" };
        let about = entry.about.as_ref().map(|about| format!(" ({} {})", about.kind.key(), about.name));
        let about = about.unwrap_or_default();
        print_line(&format!(
            "{}  {}{about}  {}  {}{undone}",
            moment(entry.at),
            kind_of(entry.kind),
            entry.actor,
            entry.device
        ))?;
        let kind = entry.about.as_ref().map_or(kind, |about| about.kind);
        if entry.newer {
            print_line("    Changed by a newer version. Update Liaison to see what changed.")?;
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
        let undone = if row.undone { "  (undone)" } else { "" };
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
