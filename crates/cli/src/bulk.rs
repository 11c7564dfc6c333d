//! Bulk updates from a terminal.

use crate::fields::named;
use crate::listing::condition;
use crate::output::print_done;
use crate::output::{Failure, print_json, say};
use crate::trash::kind;
use clap::Args;
use liaison_app::Session;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::{bulk, lists};
use liaison_domain::bulk::BulkChange;
use liaison_domain::filter::{Condition, FilterOp, ListQuery};
use liaison_domain::parse::FieldValue;
use liaison_domain::{FieldType, Id, RecordKind};

/// The changes, made in one step.
#[derive(Args)]
#[group(required = true, multiple = true)]
pub struct What {
    /// Set a field: FIELD=VALUE. Give an attribute by name or key, an employer by name or id; can be repeated
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// Clear a field; can be repeated
    #[arg(long, value_name = "FIELD")]
    pub clear: Vec<String>,
    /// Add a label; can be repeated
    #[arg(long, value_name = "LABEL")]
    pub add_label: Vec<String>,
    /// Remove a label; can be repeated
    #[arg(long, value_name = "LABEL")]
    pub remove_label: Vec<String>,
    /// Approve the contacts
    #[arg(long)]
    pub approve: bool,
}

#[derive(Args)]
pub struct Bulk {
    #[command(flatten)]
    pub what: What,
    /// The records
    #[arg(conflicts_with_all = ["filter", "search", "all"])]
    pub ids: Vec<Id>,
    /// Only records that match the condition, written as for `contacts list`; can be repeated
    #[arg(long)]
    pub filter: Vec<String>,
    /// Only records that match these words
    #[arg(long)]
    pub search: Option<String>,
    /// All records of this kind; for contacts, the directory
    #[arg(long)]
    pub all: bool,
    /// Kind of record: contact or employer
    #[arg(long, default_value = "contact", value_parser = kind)]
    pub kind: RecordKind,
    /// Only show what would happen
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub json: bool,
}

/// Makes the changes, or says what it would do.
pub async fn run(session: &Session, bulk: &Bulk) -> Result<(), Failure> {
    if bulk.ids.is_empty() && bulk.filter.is_empty() && bulk.search.is_none() && !bulk.all {
        return Err(Failure::usage("Give record ids, --filter, --search, or --all."));
    }
    let changes = changes(session, bulk).await?;
    let selection = if bulk.ids.is_empty() {
        let mut query = ListQuery::all(bulk.kind);
        query.search = bulk.search.clone().unwrap_or_default();
        for filter in &bulk.filter {
            query.filter.push(condition(session, bulk.kind, filter)?);
        }
        if !query.search.is_empty() {
            session.engine().start_searching();
        }
        Selection::Result { result: lists::list_open(session, query).await?.result, except: Vec::new() }
    } else {
        Selection::Ids { ids: bulk.ids.clone() }
    };
    if bulk.dry_run {
        let preview = bulk::bulk_preview(session, bulk.kind, &selection, &changes).await?;
        say(&format!(
            "{} would change, {} already have this value, {} rejected and frozen, {} with too many labels.",
            preview.changes, preview.already_so, preview.frozen, preview.too_many_labels
        ));
        return if bulk.json { print_json(&preview) } else { Ok(()) };
    }
    let done = bulk::bulk_update(session, bulk.kind, &selection, &changes, &mut unwatched).await?;
    say(&format!("{} changed, {} unchanged.", done.changed, done.skipped));
    print_done(&done, bulk.json)
}

async fn changes(session: &Session, bulk: &Bulk) -> Result<Vec<BulkChange>, Failure> {
    let What { set, clear, add_label, remove_label, approve } = &bulk.what;
    let mut changes = Vec::new();
    if *approve {
        changes.push(BulkChange::Approve);
    }
    for set in set {
        let (name, value) = set.split_once('=').ok_or_else(|| Failure::usage("Write --set as FIELD=VALUE."))?;
        let (key, field_type) = named(session, bulk.kind, name);
        let value = match field_type {
            Some(FieldType::Reference { kind }) => reference(session, kind, value).await?,
            _ => value.to_owned(),
        };
        changes.push(BulkChange::Set { field: key, value: FieldValue::Text(value) });
    }
    for name in clear {
        changes.push(BulkChange::Clear { field: named(session, bulk.kind, name).0 });
    }
    if !remove_label.is_empty() {
        changes.push(BulkChange::RemoveLabels { labels: remove_label.clone() });
    }
    if !add_label.is_empty() {
        changes.push(BulkChange::AddLabels { labels: add_label.clone() });
    }
    Ok(changes)
}

/// The id of a record given by its id, an employer's name, or a staff member's address.
pub async fn reference(session: &Session, kind: RecordKind, given: &str) -> Result<String, Failure> {
    if given.parse::<Id>().is_ok() {
        return Ok(given.to_owned());
    }
    let key = if kind == RecordKind::Staff { "email" } else { "name" };
    let mut query = ListQuery::all(kind);
    query.filter.push(Condition { field: key.to_owned(), op: FilterOp::Is, values: vec![given.to_owned()] });
    let opened = lists::list_open(session, query).await?;
    match (opened.total, lists::list_window(session, opened.result, 0, 1, &[]).await?.rows.first()) {
        (1, Some(row)) => Ok(row.id.to_string()),
        (0, _) => Err(Failure::usage(&format!("No {} has the {key} {given}.", kind.key()))),
        (more, _) => {
            Err(Failure::usage(&format!("{more} records of kind {} have the {key} {given}. Give an id.", kind.key())))
        }
    }
}
