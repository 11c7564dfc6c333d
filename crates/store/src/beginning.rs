//! A desk that joins begins with the records of a snapshot, not with the log from its first operation.

use crate::base::{self, Unread};
use crate::bulk_load::IndexesAside;
use crate::database::Database;
use crate::error::StoreError;
use crate::fold::{Fold, Values};
use crate::sqlite::{Db, Sql};
use liaison_domain::snapshot::{self, Item, Manifest};
use liaison_domain::{Numbered, RecordKind};

impl Database {
    /// Fills an empty database with the records of a snapshot, in one transaction. Errors: `Damaged`; those of SQLite.
    pub async fn begin_with(&self, manifest: &Manifest, parts: &[Vec<u8>]) -> Result<(), StoreError> {
        let redefined = self
            .write(|db| {
                load(db, manifest, parts)?;
                Ok(db.is_redefined())
            })
            .await?;
        if redefined {
            // Attributes are known from here on.
            self.settle_unseen().await?;
        }
        Ok(())
    }
}

fn load(db: &Db<'_>, manifest: &Manifest, parts: &[Vec<u8>]) -> Result<(), StoreError> {
    let many = manifest.records as usize;
    let aside = RecordKind::ALL.map(|kind| IndexesAside::when_worth_it(db, kind, many, 0));
    base::begin(db, manifest, parts)?;
    let mut fold = Fold::new(db)?;
    let mut range = db.prepare("INSERT INTO base_range(kind,first,part) VALUES(?,?,?)")?;
    let mut erased = db.prepare("INSERT OR IGNORE INTO erased(record,kind) VALUES(?,?)")?;
    let mut links = db.prepare("INSERT OR IGNORE INTO link(device,sequence,chain) VALUES(?,?,?)")?;
    for (number, part) in (0i64..).zip(parts) {
        let mut before = None;
        snapshot::each(part, |item| {
            match item {
                Item::Record { kind, id, packed } => {
                    if before != Some(kind) {
                        range.execute(&[Sql::Int(i64::from(kind)), Sql::Blob(id.bytes()), Sql::Int(number)])?;
                        before = Some(kind);
                    }
                    match Numbered::<RecordKind>::of(kind) {
                        Numbered::Known(kind) => {
                            let fields = snapshot::fields(&packed)?;
                            let values: Values = fields.into_iter().map(|(field, value, ..)| (field, value)).collect();
                            fold.insert(kind, id, &values)?;
                        }
                        Numbered::Other(kind) => fold.note_unknown(kind, id)?,
                    }
                }
                Item::Erased { record, kind } => {
                    erased.execute(&[Sql::Blob(record.bytes()), Sql::Int(i64::from(kind))])?;
                }
                Item::Link { device, sequence, chain } => {
                    links.execute(&[Sql::Blob(device.bytes()), Sql::Int(sequence as i64), Sql::Blob(&chain)])?;
                }
            }
            Ok::<(), Unread>(())
        })?;
    }
    fold.finish()?;
    aside.into_iter().try_for_each(|aside| aside?.put_back(db))?;
    if manifest.operations == 0 {
        base::forget(db)?;
    }
    Ok(())
}
