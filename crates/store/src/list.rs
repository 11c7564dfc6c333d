//! Lists: which records, in which order, and the cells of a window of them.

use crate::computed;
use crate::error::StoreError;
use crate::sqlite::{Db, Sql};
use crate::table::{self, name_expression};
use liaison_domain::field::{Field, FieldType};
use liaison_domain::filter::{self, Condition, FilterOp, ListQuery, Period, PeriodUnit, SortKey};
use liaison_domain::moment::{self, Zone};
use liaison_domain::name::organization_key;
use liaison_domain::{Id, RecordKind, Registry, Value, contact, time_zone};
use std::time::SystemTime;

/// A parameter that a condition brings along.
enum Parameter {
    Int(i64),
    Text(String),
    Blob(Id),
}

/// The numbers of the rows that fulfil the conditions of `query`, in its order. Its search text is not looked at:
/// that is the search index's part.
pub fn rows(db: &Db<'_>, query: &ListQuery) -> Result<Vec<u32>, StoreError> {
    selected(db, query, Some(order(db.registry(), query)))
}

/// The rows that fulfil the conditions of `query`, with these joins in this order.
fn selected(db: &Db<'_>, query: &ListQuery, order: Option<(String, String)>) -> Result<Vec<u32>, StoreError> {
    let (conditions, parameters) = conditions(db, query)?;
    let (joins, order) = order.map_or_else(Default::default, |(joins, keys)| (joins, format!(" ORDER BY {keys}")));
    let asked = query.filter.iter().map(|condition| &condition.field).chain(query.sort.iter().map(|sort| &sort.field));
    let (mut with, mut sets) = (String::new(), String::new());
    // A set that is asked for twice is computed once.
    for set in asked.filter_map(|key| db.registry().field(query.kind, key)).filter_map(computed::set) {
        if !sets.contains(set.join) {
            with.push_str(if with.is_empty() { "WITH " } else { "," });
            with.push_str(&set.tables);
            sets.push_str(set.join);
        }
    }
    let sql = format!("{with} SELECT t.n FROM {} t{sets}{joins} WHERE {conditions}{order}", query.kind.key());
    let mut statement = db.prepare(&sql)?;
    statement.bind(&bound(&parameters))?;
    let mut rows = Vec::new();
    while statement.step()? {
        rows.push(statement.int(0) as u32);
    }
    Ok(rows)
}

fn bound(parameters: &[Parameter]) -> Vec<Sql<'_>> {
    parameters
        .iter()
        .map(|parameter| match parameter {
            Parameter::Int(number) => Sql::Int(*number),
            Parameter::Text(text) => Sql::Text(text),
            Parameter::Blob(id) => Sql::Blob(id.bytes()),
        })
        .collect()
}

fn conditions(db: &Db<'_>, query: &ListQuery) -> Result<(String, Vec<Parameter>), StoreError> {
    query.check(db.registry())?;
    let mut sql = String::from("t.deleted_at IS NULL");
    let mut parameters = Vec::new();
    for condition in &query.filter {
        // Checked above; a field that is not there adds nothing.
        let Ok(field) = condition.check(db.registry(), query.kind) else { continue };
        sql.push_str(" AND ");
        sql.push_str(&test(field, condition, db.zone(), &mut parameters));
    }
    Ok((sql, parameters))
}

/// The SQL of one condition. Values are always parameters; only registry keys become part of the text.
fn test(field: &Field, condition: &Condition, zone: Zone, parameters: &mut Vec<Parameter>) -> String {
    if filter::of_journal(field.key).is_some() {
        let tests: Vec<String> = condition.values.iter().map(|value| touched_in(field, value, parameters)).collect();
        return format!("({})", tests.join(" OR "));
    }
    let column = expression_of_all(field);
    let any = |parameters: &mut Vec<Parameter>, one: &dyn Fn(&str, &mut Vec<Parameter>) -> String| {
        let tests: Vec<String> = condition.values.iter().map(|value| one(value, parameters)).collect();
        format!("({})", tests.join(" OR "))
    };
    match condition.op {
        FilterOp::IsEmpty => format!("{column} IS NULL"),
        FilterOp::IsNotEmpty => format!("{column} IS NOT NULL"),
        FilterOp::Is => any(parameters, &|value, parameters| equals(field, &column, value, parameters)),
        FilterOp::IsNot => {
            let tests = any(parameters, &|value, parameters| equals(field, &column, value, parameters));
            format!("NOT coalesce({tests},0)")
        }
        FilterOp::Contains => any(parameters, &|value, parameters| like(field, &column, value, "%", parameters)),
        FilterOp::StartsWith => any(parameters, &|value, parameters| like(field, &column, value, "", parameters)),
        FilterOp::Before => {
            any(parameters, &|value, parameters| compare(field, &column, (value, zone), "<", parameters))
        }
        FilterOp::After => {
            any(parameters, &|value, parameters| compare(field, &column, (value, zone), ">=", parameters))
        }
        FilterOp::LongerAgoThan => {
            any(parameters, &|value, parameters| ago(field, &column, (value, zone), "<", parameters))
        }
        FilterOp::WithinLast => {
            any(parameters, &|value, parameters| ago(field, &column, (value, zone), ">=", parameters))
        }
    }
}

/// Whether the operation with this id changed the row, or made it: then it has no change before.
fn touched_in(field: &Field, operation: &str, parameters: &mut Vec<Parameter>) -> String {
    let Ok(id) = operation.parse::<Id>() else { return "0".into() };
    parameters.push(Parameter::Blob(id));
    let made = if field.key == filter::CREATED_IN.key {
        " AND NOT EXISTS (SELECT 1 FROM change e WHERE e.record=c.record AND e.n<o.first_change)"
    } else {
        ""
    };
    format!(
        "t.id IN (SELECT c.record FROM operation o JOIN change c
            ON c.n>=o.first_change AND c.n<o.first_change+o.changes WHERE o.id=?{made})"
    )
}

fn equals(field: &Field, column: &str, value: &str, parameters: &mut Vec<Parameter>) -> String {
    match field.field_type {
        FieldType::Reference { kind } => match value.parse::<Id>() {
            Ok(id) => {
                parameters.push(Parameter::Blob(id));
                format!("{column}=?")
            }
            Err(_) => {
                let (named, name) = named(kind, value);
                parameters.push(Parameter::Text(name));
                format!("{column} IN ({named})")
            }
        },
        FieldType::Flag => {
            let yes = matches!(field.read(value), Ok(Value::Flag(true)));
            parameters.push(Parameter::Int(i64::from(yes)));
            format!("coalesce({column},0)=?")
        }
        FieldType::Number | FieldType::Moment => {
            parameters.push(Parameter::Int(value.parse().unwrap_or(i64::MIN)));
            format!("{column}=?")
        }
        FieldType::List => {
            parameters.push(Parameter::Text(value.to_owned()));
            format!("EXISTS (SELECT 1 FROM json_each({column}) WHERE value=? COLLATE NOCASE)")
        }
        FieldType::Choice { .. } => {
            parameters.push(Parameter::Text(value.to_owned()));
            let or_unset = if field.unset() == Some(value) { format!(" OR {column} IS NULL") } else { String::new() };
            format!("({column}=?{or_unset})")
        }
        _ => {
            parameters.push(Parameter::Text(value.to_owned()));
            format!("{column}=? COLLATE NOCASE")
        }
    }
}

/// Selects the records of a kind that have a name, which is the parameter.
fn named(kind: RecordKind, value: &str) -> (String, String) {
    let table = kind.key();
    if matches!(kind, RecordKind::Employer | RecordKind::Role) {
        let sql = format!("SELECT id FROM {table} WHERE name_key=? AND deleted_at IS NULL");
        return (sql, organization_key(value));
    }
    (format!("SELECT id FROM {table} r WHERE {}=? COLLATE NOCASE", name_expression(kind, "r")), value.to_owned())
}

/// Selects the records of a kind whose name is like the parameter.
fn named_like(kind: RecordKind) -> String {
    format!("SELECT id FROM {} r WHERE {} LIKE ? ESCAPE '\\'", kind.key(), name_expression(kind, "r"))
}

/// The pattern of a text that stands behind `before`; `None` where nothing is like it.
fn pattern(value: &str, before: &str) -> Option<String> {
    // No value holds a NUL (see `Field::read`), and SQLite would read the pattern only as far as that.
    if !can_be_contained(value) {
        return None;
    }
    let escaped = value.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Some(format!("{before}{escaped}%"))
}

/// Whether values can contain this text at all, or begin with it.
pub fn can_be_contained(text: &str) -> bool {
    text.len() <= PATTERN_MOST && !text.contains('\0')
}

/// Longest text looked for with LIKE, in bytes; SQLite refuses patterns of more than 50,000.
const PATTERN_MOST: usize = 20_000;

fn like(field: &Field, column: &str, value: &str, before: &str, parameters: &mut Vec<Parameter>) -> String {
    let Some(pattern) = pattern(value, before) else { return "0".into() };
    parameters.push(Parameter::Text(pattern));
    match field.field_type {
        FieldType::Reference { kind } => format!("{column} IN ({})", named_like(kind)),
        FieldType::List => format!("EXISTS (SELECT 1 FROM json_each({column}) WHERE value LIKE ? ESCAPE '\\')"),
        _ => format!("{column} LIKE ? ESCAPE '\\'"),
    }
}

fn compare(
    field: &Field,
    column: &str,
    (value, zone): (&str, Zone),
    op: &str,
    parameters: &mut Vec<Parameter>,
) -> String {
    match (field.field_type, value.parse::<i64>()) {
        (FieldType::Moment | FieldType::Number, Ok(number)) => {
            parameters.push(Parameter::Int(number));
            format!("{column}{op}?")
        }
        (FieldType::Moment, Err(_)) => {
            let Ok(at) = moment::read(value, zone) else { return "0".into() };
            parameters.push(Parameter::Int(at));
            format!("{column}{op}?")
        }
        _ => {
            parameters.push(Parameter::Text(value.to_owned()));
            format!("{column}{op}?")
        }
    }
}

fn ago(field: &Field, column: &str, (value, zone): (&str, Zone), op: &str, parameters: &mut Vec<Parameter>) -> String {
    let Some(Period { amount, unit }) = Period::read(value) else { return "0".into() };
    let unit = match unit {
        PeriodUnit::Days => "days",
        PeriodUnit::Months => "months",
        PeriodUnit::Years => "years",
    };
    let back = Parameter::Text(format!("-{amount} {unit}"));
    match field.field_type {
        FieldType::Date => {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            parameters.push(Parameter::Text(time_zone::day(now.as_millis() as i64, zone).to_string()));
            parameters.push(back);
            format!("{column}{op}date(?,?)")
        }
        _ => {
            parameters.push(back);
            format!("{column}{op}unixepoch('now',?)*1000")
        }
    }
}

/// What conditions mean that is not in the rows themselves: for answers from memory, which must be those of [`rows`].
pub mod meaning {
    use super::*;

    /// What the values of a field are compared with.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum Than {
        /// A number or a moment.
        Number(i64),
        /// A day.
        Text(String),
        /// The comparison holds for none.
        Nothing,
    }

    /// What a field is compared with for a value of a condition that says earlier or later: the very words that
    /// [`rows`] has for it, without the column.
    pub fn than(db: &Db<'_>, field: &Field, op: FilterOp, value: &str) -> Result<Than, StoreError> {
        let mut parameters = Vec::new();
        let sql = match op {
            FilterOp::Before | FilterOp::After => compare(field, "", (value, db.zone()), "=", &mut parameters),
            _ => ago(field, "", (value, db.zone()), "=", &mut parameters),
        };
        let Some(than) = sql.strip_prefix('=') else { return Ok(Than::Nothing) };
        let read = db.first(&format!("SELECT {than}"), &bound(&parameters), |row| {
            Ok(match field.field_type {
                _ if row.is_null(0) => Than::Nothing,
                FieldType::Number | FieldType::Moment => Than::Number(row.int(0)),
                _ => Than::Text(row.text(0).to_owned()),
            })
        });
        Ok(read?.unwrap_or(Than::Nothing))
    }

    /// The records of a kind that are meant by an id or by a name.
    pub fn referred(db: &Db<'_>, kind: RecordKind, value: &str) -> Result<Vec<Id>, StoreError> {
        if let Ok(id) = value.parse::<Id>() {
            return Ok(vec![id]);
        }
        let (sql, name) = named(kind, value);
        db.all(&sql, &[Sql::Text(&name)], |row| row.id(0))
    }

    /// A record that others refer to, also one in the trash.
    pub struct Named {
        /// The record.
        pub id: Id,
        /// Its place in the order of names; those with the same name share one.
        pub place: u32,
        /// The name that conditions look into.
        pub name: String,
    }

    /// All records of a kind in the order of their names.
    pub fn names(db: &Db<'_>, kind: RecordKind) -> Result<Vec<Named>, StoreError> {
        let (key, name) = (name_column(kind), name_expression(kind, "r"));
        let mut statement = db.prepare(&format!("SELECT id,{key},{name} FROM {} r ORDER BY {key}", kind.key()))?;
        let (mut names, mut last, mut place) = (Vec::new(), None, 0);
        while statement.step()? {
            // Row numbers are names of their own, as text, too.
            if last.as_deref() != Some(statement.text(1)) {
                last = Some(statement.text(1).to_owned());
                place += 1;
            }
            names.push(Named { id: statement.id(0)?, place, name: statement.text(2).to_owned() });
        }
        Ok(names)
    }

    /// The live rows that fulfil conditions, in no order.
    pub fn matching(db: &Db<'_>, kind: RecordKind, filter: Vec<Condition>) -> Result<Vec<u32>, StoreError> {
        selected(db, &ListQuery { filter, ..ListQuery::all(kind) }, None)
    }
}

/// The column a kind is sorted by name with.
pub(crate) fn name_column(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Contact | RecordKind::EmployerUser | RecordKind::Staff | RecordKind::Student => "sort_name",
        RecordKind::Employer | RecordKind::Role => "name_key",
        _ => "n",
    }
}

fn order(registry: &Registry, query: &ListQuery) -> (String, String) {
    let (mut joins, mut keys) = (String::new(), Vec::new());
    for (index, SortKey { field, descending }) in query.sort.iter().enumerate() {
        let direction = if *descending { " DESC" } else { "" };
        if field == "name" {
            keys.push(format!("t.{}{direction}", name_column(query.kind)));
            continue;
        }
        let Some(field) = registry.field(query.kind, field) else { continue };
        let column = match field.field_type {
            FieldType::Reference { kind } => {
                let id = expression_of_all(field);
                joins.push_str(&format!(" LEFT JOIN {} s{index} ON s{index}.id={id}", kind.key()));
                format!("s{index}.{}", name_column(kind))
            }
            _ => expression_of_all(field),
        };
        let collate = match field.field_type {
            FieldType::Flag | FieldType::Number | FieldType::Moment | FieldType::Reference { .. } => "",
            _ => " COLLATE NOCASE",
        };
        // Records without a value come last, whichever way round.
        keys.push(format!("{column} IS NULL,{column}{collate}{direction}"));
    }
    // The names of some users are withheld; in an order by something else their place must not tell them.
    let by_something_else = query.kind == RecordKind::EmployerUser && !query.sort.is_empty();
    if !query.sort.iter().any(|sort| sort.field == "name") && !by_something_else {
        keys.push(format!("t.{}", name_column(query.kind)));
    }
    // By name, the end of the alphabet first, is the list by name read backwards; the search index does it so, too.
    let backwards = matches!(query.sort.as_slice(), [only] if only.field == "name" && only.descending);
    keys.push(if backwards { "t.n DESC".into() } else { "t.n".into() });
    (joins, keys.join(","))
}

/// What a grid shows of one record.
pub struct ListRow {
    /// The record.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// One cell for each column asked for.
    pub cells: Vec<ListCell>,
}

/// One cell: the value, and words for a value that is no text by itself.
pub struct ListCell {
    /// The value.
    pub value: Value,
    /// The name of the record referred to.
    pub text: Option<String>,
}

/// The SQL of a field's value for a single row of `t`.
fn expression(field: &Field) -> String {
    if field.is_computed() { computed::expression(field) } else { format!("t.{}", field.key) }
}

/// The SQL of a field's value where it is asked for over all rows.
fn expression_of_all(field: &Field) -> String {
    computed::set(field).map_or_else(|| expression(field), |set| set.expression.to_owned())
}

/// The SQL of the words for a field's value, where it needs any.
fn words(field: &Field) -> Option<String> {
    match field.field_type {
        // Who an employer user is, not everybody may know (M49): whoever tells it asks for that first.
        FieldType::Reference { kind: RecordKind::EmployerUser } => None,
        FieldType::Reference { kind } => {
            let name = name_expression(kind, "r");
            Some(format!("(SELECT {name} FROM {} r WHERE r.id={})", kind.key(), expression(field)))
        }
        _ if field.is_computed() => computed::words(field),
        _ => None,
    }
}

/// Reads the rows with these numbers, in this order. Rows that are gone are left out.
pub fn window(db: &Db<'_>, kind: RecordKind, rows: &[u32], columns: &[&Field]) -> Result<Vec<ListRow>, StoreError> {
    let mut select = format!("SELECT t.id,{}", name_expression(kind, "t"));
    for field in columns {
        select.push(',');
        select.push_str(&expression(field));
        if let Some(words) = words(field) {
            select.push(',');
            select.push_str(&words);
        }
    }
    let mut statement = db.prepare(&format!("{select} FROM {} t WHERE t.n=?", kind.key()))?;
    let mut out = Vec::with_capacity(rows.len());
    for n in rows {
        statement.bind(&[Sql::Int(i64::from(*n))])?;
        if !statement.step()? {
            continue;
        }
        let id = statement.id(0)?;
        let mut at = 2;
        let mut cells = Vec::with_capacity(columns.len());
        for field in columns {
            let value = table::value(&statement, at, field)?;
            at += 1;
            let mut text = None;
            if words(field).is_some() {
                text = statement.optional_text(at);
                at += 1;
            }
            cells.push(ListCell { value, text });
        }
        out.push(ListRow { id, name: statement.text(1).to_owned(), cells });
    }
    Ok(out)
}

/// The row numbers of these records, in the same order; `None` for those that are gone.
pub fn row_numbers(db: &Db<'_>, kind: RecordKind, ids: &[Id]) -> Result<Vec<Option<u32>>, StoreError> {
    let mut statement = db.prepare(&format!("SELECT n FROM {} WHERE id=?", kind.key()))?;
    let mut numbers = Vec::with_capacity(ids.len());
    for id in ids {
        statement.bind(&[Sql::Blob(id.bytes())])?;
        numbers.push(if statement.step()? { Some(statement.int(0) as u32) } else { None });
    }
    Ok(numbers)
}

/// The live records in these rows, in the same order: row number and id. Rows that are gone are left out.
pub fn live_ids(db: &Db<'_>, kind: RecordKind, rows: &[u32]) -> Result<Vec<(i64, Id)>, StoreError> {
    let sql = format!("SELECT id FROM {} WHERE n=? AND deleted_at IS NULL", kind.key());
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let n = i64::from(*row);
        found.extend(db.first(&sql, &[Sql::Int(n)], |row| row.id(0))?.map(|id| (n, id)));
    }
    Ok(found)
}

/// When the desk last heard of a contact (B7), in milliseconds since 1970.
pub fn last_heard(db: &Db<'_>, id: Id) -> Result<Option<i64>, StoreError> {
    let sql = format!("SELECT {} FROM contact t WHERE t.id=?", computed::expression(&contact::LAST_HEARD));
    Ok(db.first(&sql, &[Sql::Blob(id.bytes())], |row| Ok(row.optional_int(0)))?.flatten())
}

/// When anybody was last in contact with one of an employer's approved live contacts (B7), those aside that the
/// condition `shown` on contacts `t` leaves out: "" or one that begins with " AND ".
pub fn last_heard_at(db: &Db<'_>, employer: Id, shown: &str) -> Result<Option<i64>, StoreError> {
    let sql = format!(
        "SELECT max({}) FROM contact t WHERE t.employer=? AND t.deleted_at IS NULL AND t.approval='approved'{shown}",
        computed::expression(&contact::LAST_HEARD)
    );
    Ok(db.first(&sql, &[Sql::Blob(employer.bytes())], |row| Ok(row.optional_int(0)))?.flatten())
}
