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

/// The change.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct What {
    /// Give a field a value: FIELD=VALUE. An attribute goes by its name or key, an employer by its name or id
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Option<String>,
    /// Take a field's value away
    #[arg(long, value_name = "FIELD")]
    pub clear: Option<String>,
    /// Add a label; may be repeated
    #[arg(long, value_name = "LABEL")]
    pub add_label: Vec<String>,
    /// Take a label away; may be repeated
    #[arg(long, value_name = "LABEL")]
    pub remove_label: Vec<String>,
}

#[derive(Args)]
pub struct Bulk {
    #[command(flatten)]
    pub what: What,
    /// The records
    #[arg(conflicts_with_all = ["filter", "search", "all"])]
    pub ids: Vec<Id>,
    /// Only records that fulfil the condition, written as for `contacts list`; may be repeated
    #[arg(long)]
    pub filter: Vec<String>,
    /// Only records that have these words
    #[arg(long)]
    pub search: Option<String>,
    /// All records of the list: of contacts, the directory
    #[arg(long)]
    pub all: bool,
    /// Kind of the records: contact or employer
    #[arg(long, default_value = "contact", value_parser = kind)]
    pub kind: RecordKind,
    /// Only say what would happen
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub json: bool,
}

/// Makes the change, or says what it would do.
pub async fn run(session: &Session, bulk: &Bulk) -> Result<(), Failure> {
    if bulk.ids.is_empty() && bulk.filter.is_empty() && bulk.search.is_none() && !bulk.all {
        return Err(Failure::usage("name records, say which with --filter or --search, or say --all"));
    }
    let change = change(session, bulk).await?;
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
        let preview = bulk::bulk_preview(session, bulk.kind, &selection, &change).await?;
        say(&format!(
            "{} would change, {} are already so, {} are rejected and frozen, {} have too many labels",
            preview.changes, preview.already_so, preview.frozen, preview.too_many_labels
        ));
        return if bulk.json { print_json(&preview) } else { Ok(()) };
    }
    let done = bulk::bulk_update(session, bulk.kind, &selection, &change, &mut unwatched).await?;
    say(&format!("{} changed, {} stay as they are", done.changed, done.skipped));
    print_done(&done, bulk.json)
}

async fn change(session: &Session, bulk: &Bulk) -> Result<BulkChange, Failure> {
    if let Some(set) = &bulk.what.set {
        let (name, value) = set.split_once('=').ok_or_else(|| Failure::usage("--set wants FIELD=VALUE"))?;
        let (key, field_type) = named(session, bulk.kind, name);
        let value = match field_type {
            Some(FieldType::Reference { kind }) => reference(session, kind, value).await?,
            _ => value.to_owned(),
        };
        return Ok(BulkChange::Set { field: key, value: FieldValue::Text(value) });
    }
    Ok(match &bulk.what.clear {
        Some(name) => BulkChange::Clear { field: named(session, bulk.kind, name).0 },
        None if bulk.what.add_label.is_empty() => BulkChange::RemoveLabels { labels: bulk.what.remove_label.clone() },
        None => BulkChange::AddLabels { labels: bulk.what.add_label.clone() },
    })
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
        (0, _) => Err(Failure::usage(&format!("there is no {} with the {key} {given}", kind.key()))),
        (more, _) => {
            Err(Failure::usage(&format!("{more} of the kind {} have the {key} {given}; give an id", kind.key())))
        }
    }
}
