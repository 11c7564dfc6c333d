//! The database as one person sees it: the rule of [`liaison_domain::viewer`] applied to what is read.

use liaison_domain::viewer::{self, Standing, Viewer};
use liaison_domain::{Id, Record, RecordKind, Registry, contact, privacy};
use liaison_store::bits::Bits;
use liaison_store::table::{self, Located};
use liaison_store::{Db, StoreError, links};

/// The database as one person sees it. What is hidden from them is not there: a contact they don't see, and what is
/// about one.
#[derive(Clone, Copy)]
pub struct View<'v> {
    db: &'v Db<'v>,
    viewer: Viewer,
}

impl<'v> View<'v> {
    /// The database as `viewer` sees it.
    pub fn new(db: &'v Db<'v>, viewer: Viewer) -> View<'v> {
        View { db, viewer }
    }

    /// Who looks.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The fields there are in this database.
    pub fn registry(&self) -> &'v Registry {
        self.db.registry()
    }

    /// All there is, whoever looks. For rules that must hold whoever looks (an address is taken, what a deletion takes
    /// along) and for what is about nobody, such as settings. Whoever asks says why.
    pub fn everything(&self) -> &'v Db<'v> {
        self.db
    }

    /// The record with this id, if there is one (also in the trash).
    pub fn find(&self, kind: RecordKind, id: Id) -> Result<Option<Located>, StoreError> {
        let Some(located) = table::find(self.db, kind, id)? else { return Ok(None) };
        Ok(if self.hides(&located.record)? { None } else { Some(located) })
    }

    /// As [`View::find`], but a missing record is an error.
    pub fn get(&self, kind: RecordKind, id: Id) -> Result<Located, StoreError> {
        self.find(kind, id)?.ok_or(StoreError::NotFound(kind.key()))
    }

    /// As [`View::get`], but a record in the trash is not there either.
    pub fn live(&self, kind: RecordKind, id: Id) -> Result<Located, StoreError> {
        let located = self.find(kind, id)?.filter(|located| !located.record.is_deleted());
        located.ok_or(StoreError::NotFound(kind.key()))
    }

    /// The name a record is shown by; `None` where there is no such record.
    pub fn name_of(&self, kind: RecordKind, id: Id) -> Result<Option<String>, StoreError> {
        if self.is_hidden(kind, id)? { Ok(None) } else { table::name_of(self.db, kind, id) }
    }

    /// Whether there is such a record and it is hidden.
    pub fn is_hidden(&self, kind: RecordKind, id: Id) -> Result<bool, StoreError> {
        if !can_be_hidden(kind) || self.viewer.sees_everything() {
            return Ok(false);
        }
        table::find(self.db, kind, id)?.map_or(Ok(false), |located| self.hides(&located.record))
    }

    /// Refuses a record that is hidden, as one that is not there.
    pub fn require(&self, kind: RecordKind, id: Id) -> Result<(), StoreError> {
        if self.is_hidden(kind, id)? { Err(StoreError::NotFound(kind.key())) } else { Ok(()) }
    }

    /// The linked contact of an employer user, where the user's profile may be opened (M49).
    pub fn open_contact(&self, user: Id) -> Result<Option<Id>, StoreError> {
        let Some(contact) = links::contact_of(self.db, user)? else { return Ok(None) };
        let record = table::get(self.db, RecordKind::Contact, contact)?.record;
        Ok(privacy::is_open(&self.viewer, Some(&Standing::of(&record))).then_some(contact))
    }

    /// The rows of a kind that are hidden; `None` where nothing is.
    pub fn hidden_rows(&self, kind: RecordKind) -> Result<Option<Bits>, StoreError> {
        if !can_be_hidden(kind) || self.viewer.sees_everything() {
            return Ok(None);
        }
        let about = viewer::about(kind).filter(|_| kind != RecordKind::Contact);
        let (n, join) = match about {
            None => ("c.n", String::new()),
            Some(field) => ("a.n", format!(" JOIN {} a ON a.{}=c.id", kind.key(), field.key)),
        };
        // From staff only what others keep to themselves is hidden: little, and an index knows it.
        let among = match self.viewer {
            Viewer::Staff(_) => format!(" WHERE c.visibility='{}'", contact::MYSELF),
            _ => String::new(),
        };
        let sql = format!(
            "SELECT {n},c.approval,c.visibility,c.owner,c.employer,c.deleted_at IS NOT NULL FROM contact c{join}{among}"
        );
        let rows = self.db.all(&sql, &[], |row| {
            let standing = Standing {
                approval: row.text(1),
                visibility: row.text(2),
                owner: row.optional_id(3)?,
                employer: row.optional_id(4)?,
                deleted: row.int(5) == 1,
            };
            Ok(self.viewer.sees(&standing).is_err().then(|| row.int(0) as usize))
        })?;
        let mut hidden = Bits::new(rows.iter().flatten().max().map_or(0, |n| n + 1));
        rows.into_iter().flatten().for_each(|n| hidden.set(n));
        Ok(Some(hidden))
    }

    /// The same as a condition on the rows `t` of a query: `""` where nothing is hidden, else it begins with " AND ".
    pub(crate) fn shown(&self, kind: RecordKind, t: &str) -> Result<String, StoreError> {
        let rows: Vec<String> =
            self.hidden_rows(kind)?.iter().flat_map(Bits::iter).map(|row| row.to_string()).collect();
        Ok(if rows.is_empty() { String::new() } else { format!(" AND {t}n NOT IN ({})", rows.join(",")) })
    }

    fn hides(&self, record: &Record) -> Result<bool, StoreError> {
        if self.viewer.sees_everything() {
            return Ok(false);
        }
        if record.kind == RecordKind::Contact {
            return Ok(self.viewer.sees(&Standing::of(record)).is_err());
        }
        let about = viewer::about(record.kind).and_then(|field| record.get(field).as_reference());
        let Some(contact) = about else { return Ok(false) };
        let located = table::find(self.db, RecordKind::Contact, contact)?;
        Ok(located.is_some_and(|located| self.viewer.sees(&Standing::of(&located.record)).is_err()))
    }
}

fn can_be_hidden(kind: RecordKind) -> bool {
    kind == RecordKind::Contact || viewer::about(kind).is_some()
}

/// Whether a row is among hidden ones.
pub(crate) fn is_among(hidden: Option<&Bits>, n: i64) -> bool {
    hidden.is_some_and(|hidden| usize::try_from(n).is_ok_and(|n| hidden.has(n)))
}
