//! Lists of records: conditions and order as typed, rows as text, CSV or JSON.

use crate::fields::named;
use crate::output::{Failure, print_json, print_line, say};
use liaison_app::Session;
use liaison_app::lists;
use liaison_app::lists::{Row, WINDOW_MOST};
use liaison_app::names::Cell;
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::{Field, FieldType, RecordKind, Value as Stored};
use serde_json::{Map, Value, json};

/// The columns of a list where none are asked for.
pub const COLUMNS: [&str; 7] = ["email", "title", "employer", "source", "approval", "visibility", "access"];

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
                "Write --filter as FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT, FIELD<PERIOD, or FIELD>PERIOD.",
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
pub fn choice(session: &Session, kind: RecordKind, key: &str, value: &str) -> String {
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

pub fn csv_writer() -> Result<liaison_exchange::CsvWriter<std::io::Stdout>, Failure> {
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

pub fn json_row(row: &Row) -> Value {
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

pub fn moment(millis: i64) -> String {
    liaison_app::moment::utc_text(millis)
}
