//! Records as rows: the columns of a kind's table are the fields of its registry.

use crate::error::StoreError;
use crate::links;
use crate::sqlite::{Db, Sql, Statement};
use liaison_domain::field::{Field, FieldType};
use liaison_domain::{
    Id, Record, RecordKind, Refusal, Registry, Value, attribute, contact, employer, employer_user, name, organization,
    role, student,
};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The columns of a kind, in the order of its fields, for a SELECT.
pub fn columns(registry: &Registry, kind: RecordKind) -> String {
    let declared = kind.fields().iter().copied();
    declared.chain(registry.stored_attributes(kind)).map(|field| field.key).collect::<Vec<_>>().join(",")
}

/// Reads a field's value from a column. Errors: `Damaged` for what no value of the field is stored as: what a record refers
/// to must not get lost in silence.
pub fn value(row: &Statement<'_>, column: usize, field: &Field) -> Result<Value, StoreError> {
    if row.is_null(column) {
        return Ok(Value::Empty);
    }
    Ok(match field.field_type {
        FieldType::Flag => Value::Flag(row.int(column) != 0),
        FieldType::Number => Value::Number(row.int(column)),
        FieldType::Moment => Value::Moment(row.int(column)),
        FieldType::Reference { .. } => Value::Reference(row.id(column)?),
        FieldType::List => match serde_json::from_str::<Vec<String>>(row.text(column)) {
            Ok(items) if items.is_empty() => Value::Empty,
            Ok(items) => Value::List(items),
            Err(_) => return Err(StoreError::Damaged(format!("the list in the column {}", field.key))),
        },
        FieldType::Text { .. }
        | FieldType::LongText { .. }
        | FieldType::Email
        | FieldType::Phone
        | FieldType::Url
        | FieldType::Choice { .. }
        | FieldType::Date => match row.text(column) {
            "" if !row.blob(column).is_empty() => {
                return Err(StoreError::Damaged(format!("the text in the column {}", field.key)));
            }
            text => Value::text(text),
        },
    })
}

/// Reads a record whose columns begin at `first`, as [`columns`] lists them. Errors: as [`value`].
pub fn record(row: &Statement<'_>, first: usize, kind: RecordKind, id: Id) -> Result<Record, StoreError> {
    read(row, first, kind, id, value)
}

/// The same without what can't be read: for the full check, which tells of the difference.
pub(crate) fn readable(row: &Statement<'_>, first: usize, kind: RecordKind, id: Id) -> Result<Record, StoreError> {
    read(row, first, kind, id, |row, column, field| Ok(value(row, column, field).unwrap_or_default()))
}

fn read(
    row: &Statement<'_>,
    first: usize,
    kind: RecordKind,
    id: Id,
    value: impl Fn(&Statement<'_>, usize, &Field) -> Result<Value, StoreError>,
) -> Result<Record, StoreError> {
    let fields = kind.fields();
    let declared = fields.iter().enumerate().map(|(index, field)| value(row, first + index, field));
    let mut record = Record::of(kind, id, declared.collect::<Result<_, _>>()?);
    for (index, field) in row.registry().stored_attributes(kind).enumerate() {
        record.set(field, value(row, first + fields.len() + index, field)?);
    }
    Ok(record)
}

/// A list in its stored form.
fn list_text(value: &Value) -> Option<String> {
    match value {
        // Serializing texts has no way to fail.
        Value::List(items) => serde_json::to_string(items).ok(),
        _ => None,
    }
}

/// How a value is bound; lists take their stored form from `lists`.
fn parameter<'v>(value: &'v Value, lists: &mut impl Iterator<Item = &'v String>) -> Sql<'v> {
    match value {
        Value::Empty => Sql::Null,
        Value::Text(text) => Sql::Text(text),
        Value::Flag(flag) => Sql::Int(i64::from(*flag)),
        Value::Number(number) | Value::Moment(number) => Sql::Int(*number),
        Value::Reference(id) => Sql::Blob(id.bytes()),
        Value::List(_) => lists.next().map_or(Sql::Null, |text| Sql::Text(text)),
    }
}

/// Most parameters of one statement: the fields of the largest kind, its derived columns, the id.
const PARAMETERS: usize = 64 + DERIVED_MOST + attribute::MOST;

/// Most derived columns of a kind.
const DERIVED_MOST: usize = 3;

/// A column computed from fields, so that SQLite can sort and compare by it.
pub struct Derived {
    /// Its name.
    pub column: &'static str,
    /// The fields it is computed from.
    pub from: &'static [&'static Field],
    /// The computation.
    pub compute: fn(&Record) -> String,
}

/// The derived columns of a kind.
pub fn derived(kind: RecordKind) -> &'static [Derived] {
    const CONTACT: &[Derived] = &[
        Derived {
            column: "sort_name",
            from: &[&contact::FIRST_NAME, &contact::LAST_NAME],
            compute: |r| name::person_sort_key(r.text(&contact::FIRST_NAME), r.text(&contact::LAST_NAME)),
        },
        Derived {
            column: "email_key",
            from: &[&contact::EMAIL],
            compute: |r| name::email_key(r.text(&contact::EMAIL)),
        },
        Derived {
            column: "alias_keys",
            from: &[&contact::EMAIL_2, &contact::EMAIL_3, &contact::FORMER_EMAILS],
            compute: |r| links::alias_text(&contact::alias_keys(r)),
        },
    ];
    const EMPLOYER_USER: &[Derived] = &[
        Derived {
            column: "sort_name",
            from: &[&employer_user::FIRST_NAME, &employer_user::LAST_NAME],
            compute: |r| name::person_sort_key(r.text(&employer_user::FIRST_NAME), r.text(&employer_user::LAST_NAME)),
        },
        Derived {
            column: "email_key",
            from: &[&employer_user::EMAIL],
            compute: |r| name::email_key(r.text(&employer_user::EMAIL)),
        },
    ];
    const STAFF: &[Derived] = &[
        Derived {
            column: "sort_name",
            from: &[&organization::STAFF_FIRST_NAME, &organization::STAFF_LAST_NAME],
            compute: |r| {
                name::person_sort_key(r.text(&organization::STAFF_FIRST_NAME), r.text(&organization::STAFF_LAST_NAME))
            },
        },
        Derived {
            column: "email_key",
            from: &[&organization::STAFF_EMAIL],
            compute: |r| name::email_key(r.text(&organization::STAFF_EMAIL)),
        },
    ];
    const EMPLOYER: &[Derived] = &[Derived {
        column: "name_key",
        from: &[&employer::NAME],
        compute: |r| name::organization_key(r.text(&employer::NAME)),
    }];
    const ROLE: &[Derived] = &[Derived {
        column: "name_key",
        from: &[&role::NAME],
        compute: |r| name::organization_key(r.text(&role::NAME)),
    }];
    const STUDENT: &[Derived] = &[
        Derived {
            column: "sort_name",
            from: &[&student::FIRST_NAME, &student::LAST_NAME],
            compute: |r| name::person_sort_key(r.text(&student::FIRST_NAME), r.text(&student::LAST_NAME)),
        },
        Derived {
            column: "email_key",
            from: &[&student::EMAIL],
            compute: |r| name::email_key(r.text(&student::EMAIL)),
        },
    ];
    match kind {
        RecordKind::Student => STUDENT,
        RecordKind::Contact => CONTACT,
        RecordKind::EmployerUser => EMPLOYER_USER,
        RecordKind::Staff => STAFF,
        RecordKind::Employer => EMPLOYER,
        RecordKind::Role => ROLE,
        _ => &[],
    }
}

/// The SQL expression for the name a record is shown by, for rows of the table alias `t`.
pub fn name_expression(kind: RecordKind, t: &str) -> String {
    match kind {
        RecordKind::Contact | RecordKind::Student => {
            format!("trim(coalesce({t}.preferred_name,{t}.first_name,'')||' '||coalesce({t}.last_name,''))")
        }
        RecordKind::EmployerUser | RecordKind::Staff => {
            format!("trim(coalesce({t}.first_name,'')||' '||coalesce({t}.last_name,''))")
        }
        RecordKind::Employer
        | RecordKind::Role
        | RecordKind::Institution
        | RecordKind::Attribute
        | RecordKind::Label
        | RecordKind::SavedView
        | RecordKind::UserGroup
        | RecordKind::StaffRole
        | RecordKind::MailTemplate => format!("coalesce({t}.name,'')"),
        RecordKind::Note | RecordKind::OnboardingQuestion => format!("substr(coalesce({t}.text,''),1,80)"),
        RecordKind::Task
        | RecordKind::Meeting
        | RecordKind::Event
        | RecordKind::InterviewSchedule
        | RecordKind::JobListing
        | RecordKind::Experience => format!("coalesce({t}.title,'')"),
        RecordKind::Email => format!("coalesce({t}.subject,'')"),
        RecordKind::OnboardingAnswer => format!("coalesce({t}.asked,'')"),
        RecordKind::Invitation => format!("coalesce({t}.address,'')"),
        RecordKind::Employment => {
            format!("coalesce((SELECT name FROM employer WHERE id={t}.employer),'')||coalesce(', '||{t}.title,'')")
        }
        RecordKind::Participation => format!(
            "coalesce((SELECT title FROM meeting WHERE id={t}.meeting),(SELECT title FROM event WHERE id={t}.event),
              (SELECT title FROM interview_schedule WHERE id={t}.interview_schedule),'')"
        ),
        RecordKind::DistinctPair => {
            let name = |field: &str| {
                let person = name_expression(RecordKind::Contact, "p");
                format!("coalesce((SELECT {person} FROM contact p WHERE p.id={t}.{field}),'')")
            };
            format!("{}||' · '||{}", name("first"), name("second"))
        }
    }
}

/// Which fields of a record have a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// Declared fields, as bits by their index.
    declared: u64,
    /// Numbers of custom attributes, ascending.
    attributes: Vec<u16>,
}

/// Inserts records of one kind that have values in the same fields.
pub struct Insert<'d> {
    statement: Statement<'d>,
    kind: RecordKind,
}

impl<'d> Insert<'d> {
    /// The fields of a record that have a value: what its insert names.
    pub fn shape(record: &Record) -> Shape {
        let declared = |bits, (at, value): (usize, &Value)| bits | u64::from(!value.is_empty()) << at;
        Shape {
            declared: record.values.iter().enumerate().fold(0, declared),
            attributes: record.attributes().map(|(number, _)| number).collect(),
        }
    }

    /// Prepares the insert of records of this shape. Errors: `Damaged` where it names an attribute that is not defined.
    pub fn prepare(db: &'d Db<'d>, kind: RecordKind, shape: &Shape) -> Result<Insert<'d>, StoreError> {
        let named = kind.fields().iter().enumerate().filter(|(at, _)| shape.declared >> at & 1 == 1);
        let attributes: Vec<&str> = shape
            .attributes
            .iter()
            .map(|number| db.registry().numbered(kind, *number).map(|field| field.key))
            .collect::<Option<_>>()
            .ok_or_else(|| StoreError::Damaged("a custom attribute that is not defined".into()))?;
        let columns: Vec<&str> = ["id"]
            .into_iter()
            .chain(named.map(|(_, field)| field.key))
            .chain(attributes)
            .chain(derived(kind).iter().map(|d| d.column))
            .collect();
        let places = vec!["?"; columns.len()].join(",");
        let statement = db.prepare(&format!("INSERT INTO {}({}) VALUES({places})", kind.key(), columns.join(",")))?;
        Ok(Insert { statement, kind })
    }

    /// Inserts one record.
    pub fn run(&mut self, record: &Record) -> Result<(), StoreError> {
        let lists: Vec<String> = record.filled().filter_map(|(_, value)| list_text(value)).collect();
        let mut list = lists.iter();
        let mut bound = [Sql::Null; PARAMETERS];
        bound[0] = Sql::Blob(record.id.bytes());
        let mut count = 1;
        for (_, value) in record.filled() {
            bound[count] = parameter(value, &mut list);
            count += 1;
        }
        let mut texts = [const { String::new() }; DERIVED_MOST];
        for (text, column) in texts.iter_mut().zip(derived(self.kind)) {
            *text = (column.compute)(record);
        }
        for text in &texts[..derived(self.kind).len()] {
            bound[count] = Sql::Text(text);
            count += 1;
        }
        self.statement.execute(&bound[..count])
    }
}

/// Sets some fields of records of one kind, by row number.
pub struct Update<'d> {
    db: &'d Db<'d>,
    statement: Statement<'d>,
    frozen_apart: bool,
    refresh: Option<(Statement<'d>, Statement<'d>)>,
    kind: RecordKind,
}

impl<'d> Update<'d> {
    /// Prepares an update of these fields; one that leaves rejected contacts alone where `frozen_apart` says so (M27).
    pub fn prepare(
        db: &'d Db<'d>,
        kind: RecordKind,
        fields: &[&Field],
        frozen_apart: bool,
    ) -> Result<Update<'d>, StoreError> {
        let sets: Vec<String> = fields.iter().map(|field| format!("{}=?", field.key)).collect();
        let apart = if frozen_apart { format!(" AND approval IS NOT '{}'", contact::REJECTED) } else { String::new() };
        let statement = db.prepare(&format!("UPDATE {} SET {} WHERE n=?{apart}", kind.key(), sets.join(",")))?;
        let stale: Vec<&Derived> = derived(kind)
            .iter()
            .filter(|column| column.from.iter().any(|from| fields.iter().any(|field| field.number == from.number)))
            .collect();
        let refresh = if stale.is_empty() {
            None
        } else {
            let sets: Vec<String> = derived(kind).iter().map(|column| format!("{}=?", column.column)).collect();
            let read =
                db.prepare(&format!("SELECT id,{} FROM {} WHERE n=?", columns(db.registry(), kind), kind.key()))?;
            Some((read, db.prepare(&format!("UPDATE {} SET {} WHERE n=?", kind.key(), sets.join(",")))?))
        };
        Ok(Update { db, statement, frozen_apart, refresh, kind })
    }

    /// Sets the fields of row `n` to `values`, in the order they were prepared. Errors: `Frozen` where the row is kept
    /// apart.
    pub fn run(&mut self, n: i64, values: &[&Value]) -> Result<(), StoreError> {
        let lists: Vec<String> = values.iter().filter_map(|value| list_text(value)).collect();
        let mut list = lists.iter();
        let (mut few, mut many) = ([Sql::Null; PARAMETERS], Vec::new());
        let bound = if values.len() < PARAMETERS {
            &mut few[..=values.len()]
        } else {
            // Retired attributes come on top of those there may be.
            many.resize(values.len() + 1, Sql::Null);
            &mut many[..]
        };
        for (slot, value) in bound.iter_mut().zip(values) {
            *slot = parameter(value, &mut list);
        }
        bound[values.len()] = Sql::Int(n);
        self.statement.execute(bound)?;
        if self.frozen_apart && self.db.changed() == 0 {
            return Err(Refusal::Frozen.into());
        }
        if let Some((read, write)) = &mut self.refresh {
            read.bind(&[Sql::Int(n)])?;
            if read.step()? {
                let id = read.id(0)?;
                let now = record(read, 1, self.kind, id)?;
                let texts: Vec<String> = derived(self.kind).iter().map(|column| (column.compute)(&now)).collect();
                let mut bound: Vec<Sql<'_>> = texts.iter().map(|text| Sql::Text(text)).collect();
                bound.push(Sql::Int(n));
                write.execute(&bound)?;
            }
            read.reset();
        }
        Ok(())
    }
}

/// A record with its row number.
pub struct Located {
    /// Row number, on this device only.
    pub n: i64,
    /// The record.
    pub record: Record,
}

/// The record with this id, if there is one (also in the trash).
pub fn find(db: &Db<'_>, kind: RecordKind, id: Id) -> Result<Option<Located>, StoreError> {
    let sql = format!("SELECT n,{} FROM {} WHERE id=?", columns(db.registry(), kind), kind.key());
    db.first(&sql, &[Sql::Blob(id.bytes())], |row| Ok(Located { n: row.int(0), record: record(row, 1, kind, id)? }))
}

/// Every record of a kind, also those in the trash.
pub fn every(db: &Db<'_>, kind: RecordKind) -> Result<Vec<Record>, StoreError> {
    let sql = format!("SELECT id,{} FROM {}", columns(db.registry(), kind), kind.key());
    db.all(&sql, &[], |row| record(row, 1, kind, row.id(0)?))
}

/// As [`find`], but a missing record is an error.
pub fn get(db: &Db<'_>, kind: RecordKind, id: Id) -> Result<Located, StoreError> {
    find(db, kind, id)?.ok_or(StoreError::NotFound(kind.key()))
}

/// As [`get`], but a record in the trash is not there either.
pub fn live(db: &Db<'_>, kind: RecordKind, id: Id) -> Result<Located, StoreError> {
    find(db, kind, id)?.filter(|located| !located.record.is_deleted()).ok_or(StoreError::NotFound(kind.key()))
}

/// Reads the row numbers of records of any kind; made for reading many.
pub struct RowNumbers<'d> {
    db: &'d Db<'d>,
    statements: HashMap<RecordKind, Statement<'d>>,
}

impl<'d> RowNumbers<'d> {
    /// Prepares nothing yet: each kind's statement is prepared when it is first asked for.
    pub fn new(db: &'d Db<'d>) -> RowNumbers<'d> {
        RowNumbers { db, statements: HashMap::new() }
    }

    /// The row of the record with this id, if there is one (also in the trash).
    pub fn of(&mut self, kind: RecordKind, id: Id) -> Result<Option<i64>, StoreError> {
        let statement = match self.statements.entry(kind) {
            Entry::Occupied(prepared) => prepared.into_mut(),
            Entry::Vacant(new) => new.insert(self.db.prepare(&format!("SELECT n FROM {} WHERE id=?", kind.key()))?),
        };
        statement.bind(&[Sql::Blob(id.bytes())])?;
        let n = if statement.step()? { Some(statement.int(0)) } else { None };
        statement.reset();
        Ok(n)
    }
}

/// The name a record is shown by; `None` where there is no such record.
pub fn name_of(db: &Db<'_>, kind: RecordKind, id: Id) -> Result<Option<String>, StoreError> {
    let sql = format!("SELECT {} FROM {} t WHERE id=?", name_expression(kind, "t"), kind.key());
    db.first(&sql, &[Sql::Blob(id.bytes())], |row| Ok(row.text(0).to_owned()))
}

/// How many records of a kind there are, not counting those in the trash.
pub fn count(db: &Db<'_>, kind: RecordKind) -> Result<u32, StoreError> {
    Ok(db.number(&format!("SELECT count(*) FROM {} WHERE deleted_at IS NULL", kind.key()), &[])? as u32)
}
