//! Records of kinds without commands of their own: list, add, show.

use crate::arguments::{List, RecordCommand};
use crate::contacts::{condition, words};
use crate::output::{Failure, print_json, print_line, say};
use liaison_app::Desk;
use liaison_app::lists::{Cell, WINDOW_MOST};
use liaison_domain::filter::{ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::{RecordKind, moment};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// The kind with this key.
pub fn kind(key: &str) -> Result<RecordKind, Failure> {
    RecordKind::from_key(key).ok_or_else(|| Failure::usage("no such kind of record"))
}

/// Lists, adds or shows.
pub async fn run(desk: &Arc<Desk>, command: &RecordCommand) -> Result<(), Failure> {
    match command {
        RecordCommand::List { kind: key, list: options } => list(desk, kind(key)?, options).await,
        RecordCommand::Add { kind: key, fields, json } => {
            let kind = kind(key)?;
            let mut values = HashMap::new();
            for field in fields {
                let (key, text) = field.split_once('=').ok_or_else(|| Failure::usage("a field wants FIELD=VALUE"))?;
                values.insert(key.to_owned(), value(desk, kind, key, text));
            }
            let created = desk.record_create(kind, &values).await?;
            if *json { print_json(&created) } else { print_line(&created.id.to_string()) }
        }
        RecordCommand::Show { kind: key, id, json } => {
            let kind = kind(key)?;
            let detail = desk.record_get(kind, *id).await?;
            if *json {
                return print_json(&detail);
            }
            print_line(&detail.name)?;
            for field in desk.registry().fields(kind) {
                if let Some(value) = detail.values.get(field.key) {
                    let text = detail.names.get(field.key).cloned();
                    print_line(&format!("  {:18} {}", field.label, words(&Cell { value: value.clone(), text })))?;
                }
            }
            Ok(())
        }
    }
}

/// A moment may be written with its offset (RFC 3339) or in UTC; the rest is read as forms read it.
fn value(desk: &Desk, kind: RecordKind, key: &str, text: &str) -> FieldValue {
    let is_moment = desk
        .registry()
        .field(kind, key)
        .is_some_and(|field| field.field_type == liaison_domain::field::FieldType::Moment);
    match moment::read(text, moment::Zone::UTC) {
        Ok(millis) if is_moment => FieldValue::Number(millis),
        _ => FieldValue::Text(text.to_owned()),
    }
}

async fn list(desk: &Arc<Desk>, kind: RecordKind, list: &List) -> Result<(), Failure> {
    list_from(desk, ListQuery::all(kind), list).await
}

/// Prints the list of a query, with what the options add to it.
pub async fn list_from(desk: &Arc<Desk>, mut query: ListQuery, list: &List) -> Result<(), Failure> {
    let kind = query.kind;
    query.search = list.search.clone();
    for filter in &list.filter {
        query.filter.push(condition(desk, query.kind, filter)?);
    }
    if let Some(sort) = &list.sort {
        let (field, descending) = sort.strip_prefix('-').map_or((sort.as_str(), false), |field| (field, true));
        query.sort.push(SortKey { field: field.to_owned(), descending });
    }
    let opened = desk.list_open(query).await?;
    let limit = list.limit.unwrap_or(opened.total).min(opened.total);
    let computed = kind.computed_fields().iter().copied().filter(|_| kind == RecordKind::Student);
    let columns =
        desk.registry().fields(kind).skip(2).chain(computed).map(|field| field.key.to_owned()).collect::<Vec<_>>();
    let mut table = match list.csv {
        true => {
            let headers = ["id"].into_iter().chain(columns.iter().map(String::as_str));
            Some(liaison_exchange::CsvWriter::new(std::io::stdout(), headers)?)
        }
        false => None,
    };
    let (mut rows, mut at) = (Vec::new(), 0);
    while at < limit {
        let window = desk.list_window(opened.result, at, (limit - at).min(WINDOW_MOST), &columns).await?;
        at += WINDOW_MOST;
        for row in window.rows {
            match &mut table {
                Some(table) => {
                    table.row(std::iter::once(row.id.to_string()).chain(row.cells.iter().map(words)))?;
                }
                None if list.json => {
                    let mut fields = Map::new();
                    fields.insert("id".into(), json!(row.id));
                    for (key, cell) in columns.iter().zip(&row.cells) {
                        fields.insert(key.clone(), json!(cell.value));
                    }
                    rows.push(Value::Object(fields));
                }
                None => print_line(&format!("{}  {}", row.id, row.name))?,
            }
        }
    }
    if let Some(table) = table {
        table.finish()?;
    }
    if list.json {
        return print_json(&json!({ "total": opened.total, "rows": rows }));
    }
    say(&format!("{} records", opened.total));
    Ok(())
}
