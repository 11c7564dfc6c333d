//! What some fields of contacts say, as text: what contacts are compared by.

use crate::view::{View, is_among};
use liaison_domain::{Field, FieldType, Id, RecordKind};
use liaison_store::bits::Bits;
use liaison_store::{Db, Sql, StoreError};

/// Reads the texts of some fields of contacts; made for reading many of them. What lies in the trash is left out.
///
/// A contact is passed on by its row number, its id and one text per field, in the order of the fields: as it is
/// stored, so a list is JSON, and a reference is the name of what it refers to. `None` where the field is empty.
pub struct ContactTexts<'d> {
    db: &'d Db<'d>,
    hidden: Option<Bits>,
    columns: Vec<String>,
}

impl<'d> ContactTexts<'d> {
    /// For these fields, of contacts that are not hidden.
    pub fn new<'f>(
        view: &View<'d>,
        fields: impl IntoIterator<Item = &'f Field>,
    ) -> Result<ContactTexts<'d>, StoreError> {
        let hidden = view.hidden_rows(RecordKind::Contact)?;
        Ok(ContactTexts { hidden, ..ContactTexts::of_everybody(view.everything(), fields) })
    }

    /// For these fields, of all contacts: for what is learned from them together.
    pub fn of_everybody<'f>(db: &'d Db<'d>, fields: impl IntoIterator<Item = &'f Field>) -> ContactTexts<'d> {
        let of = |field: &Field| match field.field_type {
            FieldType::Reference { kind } => {
                format!("(SELECT name FROM {} r WHERE r.id=t.{})", kind.key(), field.key)
            }
            _ => format!("t.{}", field.key),
        };
        ContactTexts { db, hidden: None, columns: fields.into_iter().map(of).collect() }
    }

    /// Passes every contact to `each`.
    ///
    /// Errors: `Damaged` for a contact whose id is none; and what `each` gives.
    pub fn all(&self, each: impl FnMut(u32, Id, &[Option<&str>]) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.read("t.deleted_at IS NULL", &[], each)
    }

    /// Passes the contacts whose row number is a multiple of `step` to `each`. Errors: as [`ContactTexts::all`].
    pub fn each_nth(
        &self,
        step: i64,
        each: impl FnMut(u32, Id, &[Option<&str>]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.read("t.n%?=0 AND t.deleted_at IS NULL", &[Sql::Int(step)], each)
    }

    /// Passes this contact to `each`, where there is one. Errors: as [`ContactTexts::all`].
    pub fn of(
        &self,
        id: Id,
        each: impl FnMut(u32, Id, &[Option<&str>]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.read("t.id=? AND t.deleted_at IS NULL", &[Sql::Blob(id.bytes())], each)
    }

    fn read(
        &self,
        condition: &str,
        parameters: &[Sql<'_>],
        mut each: impl FnMut(u32, Id, &[Option<&str>]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = format!("SELECT t.n,t.id,{} FROM contact t WHERE {condition}", self.columns.join(","));
        self.db.all(&sql, parameters, |row| {
            if is_among(self.hidden.as_ref(), row.int(0)) {
                return Ok(());
            }
            let text = |column| (!row.is_null(column)).then(|| row.text(column));
            let texts: Vec<Option<&str>> = (2..2 + self.columns.len()).map(text).collect();
            each(row.int(0) as u32, row.id(1)?, &texts)
        })?;
        Ok(())
    }
}
