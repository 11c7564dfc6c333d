//! Reading many records of one kind: by row number, or all there are. What is hidden is not there, unless everything is
//! asked for by name.

use crate::view::{View, is_among};
use liaison_domain::{Field, Id, Record, RecordKind, Value, contact};
use liaison_store::bits::Bits;
use liaison_store::{Db, Sql, Statement, StoreError, table};

/// Reads records of one kind by row number; made for reading many of them.
pub struct RecordByRow<'d> {
    statement: Statement<'d>,
    kind: RecordKind,
    hidden: Option<Bits>,
}

impl<'d> RecordByRow<'d> {
    /// Prepares the reading, also of records in the trash.
    pub fn prepare(view: &View<'d>, kind: RecordKind) -> Result<RecordByRow<'d>, StoreError> {
        RecordByRow::reading(view.everything(), kind, "", view.hidden_rows(kind)?)
    }

    /// As [`RecordByRow::prepare`], but a record in the trash is not there.
    pub fn prepare_live(view: &View<'d>, kind: RecordKind) -> Result<RecordByRow<'d>, StoreError> {
        RecordByRow::reading(view.everything(), kind, " AND deleted_at IS NULL", view.hidden_rows(kind)?)
    }

    /// Prepares the reading of all records, also of those in the trash, for rules that must hold whoever looks.
    pub fn of_everything(db: &'d Db<'d>, kind: RecordKind) -> Result<RecordByRow<'d>, StoreError> {
        RecordByRow::reading(db, kind, "", None)
    }

    fn reading(
        db: &'d Db<'d>,
        kind: RecordKind,
        also: &str,
        hidden: Option<Bits>,
    ) -> Result<RecordByRow<'d>, StoreError> {
        let columns = table::columns(db.registry(), kind);
        let statement = db.prepare(&format!("SELECT id,{columns} FROM {} WHERE n=?{also}", kind.key()))?;
        Ok(RecordByRow { statement, kind, hidden })
    }

    /// The record in this row; `None` where it is gone or hidden.
    pub fn read(&mut self, n: i64) -> Result<Option<Record>, StoreError> {
        if is_among(self.hidden.as_ref(), n) {
            return Ok(None);
        }
        self.statement.bind(&[Sql::Int(n)])?;
        if !self.statement.step()? {
            return Ok(None);
        }
        let id = self.statement.id(0)?;
        let record = table::record(&self.statement, 1, self.kind, id)?;
        self.statement.reset();
        Ok(Some(record))
    }
}

/// Reads some fields of records of one kind by row number, also of those in the trash.
pub struct FieldsByRow<'d> {
    statement: Statement<'d>,
    fields: Vec<&'static Field>,
    hidden: Option<Bits>,
}

impl<'d> FieldsByRow<'d> {
    /// Prepares the reading of these fields.
    pub fn prepare(
        view: &View<'d>,
        kind: RecordKind,
        fields: Vec<&'static Field>,
    ) -> Result<FieldsByRow<'d>, StoreError> {
        let columns: Vec<&str> = fields.iter().map(|field| field.key).collect();
        let sql = format!("SELECT {} FROM {} WHERE n=?", columns.join(","), kind.key());
        Ok(FieldsByRow { statement: view.everything().prepare(&sql)?, fields, hidden: view.hidden_rows(kind)? })
    }

    /// Puts the fields of the record in this row into `record`, which keeps its id and all other fields. False, and
    /// nothing put, where the row is gone or hidden.
    pub fn read_into(&mut self, n: i64, record: &mut Record) -> Result<bool, StoreError> {
        if is_among(self.hidden.as_ref(), n) {
            return Ok(false);
        }
        self.statement.bind(&[Sql::Int(n)])?;
        if !self.statement.step()? {
            return Ok(false);
        }
        for (column, field) in self.fields.iter().enumerate() {
            record.set(field, table::value(&self.statement, column, field)?);
        }
        self.statement.reset();
        Ok(true)
    }
}

/// A record as far as a change of some fields looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewedFields {
    /// The record.
    pub id: Id,
    /// Approval status of a contact; "" for other kinds.
    pub approval: String,
    /// The values of the fields, in their order.
    pub values: Vec<Value>,
}

/// Reads some fields of live records of one kind by row number, with the approval status of contacts, and nothing else.
pub struct ReviewedFieldsByRow<'d> {
    statement: Statement<'d>,
    fields: Vec<&'static Field>,
    hidden: Option<Bits>,
}

impl<'d> ReviewedFieldsByRow<'d> {
    /// Prepares the reading of these fields.
    pub fn prepare(
        view: &View<'d>,
        kind: RecordKind,
        fields: Vec<&'static Field>,
    ) -> Result<ReviewedFieldsByRow<'d>, StoreError> {
        let approval = if kind == RecordKind::Contact { contact::APPROVAL.key } else { "NULL" };
        let columns: Vec<&str> = ["id", approval].into_iter().chain(fields.iter().map(|field| field.key)).collect();
        let sql = format!("SELECT {} FROM {} WHERE n=? AND deleted_at IS NULL", columns.join(","), kind.key());
        Ok(ReviewedFieldsByRow { statement: view.everything().prepare(&sql)?, fields, hidden: view.hidden_rows(kind)? })
    }

    /// The record in this row; `None` where it is gone, in the trash or hidden.
    pub fn read(&mut self, n: i64) -> Result<Option<ReviewedFields>, StoreError> {
        if is_among(self.hidden.as_ref(), n) {
            return Ok(None);
        }
        let statement = &mut self.statement;
        statement.bind(&[Sql::Int(n)])?;
        if !statement.step()? {
            return Ok(None);
        }
        let values = self.fields.iter().enumerate().map(|(at, field)| table::value(statement, at + 2, field));
        let values = values.collect::<Result<_, _>>()?;
        let read = ReviewedFields { id: statement.id(0)?, approval: statement.text(1).to_owned(), values };
        statement.reset();
        Ok(Some(read))
    }
}

/// Passes each live record of a kind to `each`, without keeping it, also what is hidden from somebody: for rules.
///
/// # Errors
/// What `each` gives, too.
pub fn each_live(
    db: &Db<'_>,
    kind: RecordKind,
    mut each: impl FnMut(Record) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let columns = table::columns(db.registry(), kind);
    let mut rows = db.prepare(&format!("SELECT id,{columns} FROM {} WHERE deleted_at IS NULL", kind.key()))?;
    while rows.step()? {
        let id = rows.id(0)?;
        each(table::record(&rows, 1, kind, id)?)?;
    }
    Ok(())
}
