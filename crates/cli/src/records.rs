//! Records of kinds without commands of their own: list, add, show.

use crate::bulk::reference;
use crate::common_arguments::{List, RecordCommand};
use crate::fields::named;
use crate::listing::{condition, sort_key, words, words_of};
use crate::output::print_done;
use crate::output::{Failure, print_json, print_line, say};
use liaison_app::Session;
use liaison_app::entries;
use liaison_app::lists::WINDOW_MOST;
use liaison_app::names::Cell;
use liaison_app::{contacts, employers, lists, records, students};
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use liaison_domain::{FieldType, RecordKind, moment};
use serde_json::{Map, Value, json};

/// The kind with this key.
pub fn kind(key: &str) -> Result<RecordKind, Failure> {
    RecordKind::from_key(key).ok_or_else(|| Failure::usage("No such kind of record."))
}

/// Lists, adds or shows.
pub async fn run(session: &Session, command: &RecordCommand) -> Result<(), Failure> {
    match command {
        RecordCommand::List { kind: key, list: options } => list(session, kind(key)?, options).await,
        RecordCommand::Add { kind: key, fields, json } => {
            let kind = kind(key)?;
            let values = values(session, kind, fields).await?.into_iter().collect();
            let created = match kind {
                RecordKind::Contact => contacts::contact_create(session, &values).await?,
                RecordKind::Employer => employers::employer_create(session, &values).await?,
                RecordKind::Student => students::student_create(session, &values).await?,
                kind => entries::record_create(session, kind, &values).await?,
            };
            if *json { print_json(&created) } else { print_line(&created.id.to_string()) }
        }
        RecordCommand::Edit { kind: key, id, fields, json } => {
            let kind = kind(key)?;
            let mut now = records::record_get(session, kind, *id).await?.values;
            let edits: Vec<FieldEdit> = values(session, kind, fields)
                .await?
                .into_iter()
                .map(|(field, after)| {
                    let before = now.remove(&field).unwrap_or(FieldValue::Empty(()));
                    FieldEdit { field, before, after }
                })
                .collect();
            let done = match kind {
                RecordKind::Contact => contacts::contact_edit(session, *id, &edits).await?,
                RecordKind::Employer => employers::employer_edit(session, *id, &edits).await?,
                RecordKind::Student => students::student_edit(session, *id, &edits).await?,
                kind => entries::record_edit(session, kind, *id, &edits).await?,
            };
            say(&format!("{} changed, {} unchanged.", done.changed, done.skipped));
            print_done(&done, *json)
        }
        RecordCommand::Show { kind: key, id, json } => {
            let kind = kind(key)?;
            let detail = records::record_get(session, kind, *id).await?;
            if *json {
                return print_json(&detail);
            }
            print_line(&detail.name)?;
            for field in session.registry().fields(kind) {
                if let Some(value) = detail.values.get(field.key) {
                    let text = detail.names.get(field.key).cloned();
                    let cell = Cell { value: value.clone(), text };
                    print_line(&format!("  {:18} {}", field.label, words_of(Some(field), &cell)))?;
                }
            }
            Ok(())
        }
    }
}

/// The fields of a form, each FIELD=VALUE; fields go by their names, too.
async fn values(session: &Session, kind: RecordKind, fields: &[String]) -> Result<Vec<(String, FieldValue)>, Failure> {
    let mut values = Vec::new();
    for field in fields {
        let (name, text) = field.split_once('=').ok_or_else(|| Failure::usage("Write each field as FIELD=VALUE."))?;
        let (key, field_type) = named(session, kind, name);
        values.push((key, value(session, field_type, text).await?));
    }
    Ok(values)
}

/// A moment may be written with its offset (RFC 3339) or in the institution's time zone, an employer by its name, a staff member by the
/// address; the rest is read as forms read it.
async fn value(session: &Session, field_type: Option<FieldType>, text: &str) -> Result<FieldValue, Failure> {
    Ok(match (field_type, moment::read(text, session.zone())) {
        (Some(FieldType::Moment), Ok(millis)) => FieldValue::Number(millis),
        (Some(FieldType::Reference { kind: RecordKind::Employer | RecordKind::Staff }), _) if text.is_empty() => {
            FieldValue::Empty(())
        }
        (Some(FieldType::Reference { kind: to @ (RecordKind::Employer | RecordKind::Staff) }), _) => {
            FieldValue::Text(reference(session, to, text).await?)
        }
        _ => FieldValue::Text(text.to_owned()),
    })
}

async fn list(session: &Session, kind: RecordKind, list: &List) -> Result<(), Failure> {
    list_from(session, ListQuery::all(kind), list).await
}

/// Prints the list of a query, with what the options add to it.
pub async fn list_from(session: &Session, mut query: ListQuery, list: &List) -> Result<(), Failure> {
    let kind = query.kind;
    query.search = list.search.clone();
    for filter in &list.filter {
        query.filter.push(condition(session, query.kind, filter)?);
    }
    if let Some(sort) = &list.sort {
        query.sort.push(sort_key(session, kind, sort));
    }
    let opened = lists::list_open(session, query).await?;
    let limit = list.limit.unwrap_or(opened.total).min(opened.total);
    let computed = kind.computed_fields().iter().copied().filter(|_| kind == RecordKind::Student);
    let columns =
        session.registry().fields(kind).skip(2).chain(computed).map(|field| field.key.to_owned()).collect::<Vec<_>>();
    let mut table = match list.csv {
        true => {
            let headers = ["id"].into_iter().chain(columns.iter().map(String::as_str));
            Some(liaison_exchange::CsvWriter::new(std::io::stdout(), headers)?)
        }
        false => None,
    };
    let (mut rows, mut at) = (Vec::new(), 0);
    while at < limit {
        let window = lists::list_window(session, opened.result, at, (limit - at).min(WINDOW_MOST), &columns).await?;
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
