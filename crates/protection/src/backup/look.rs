//! Looking into a backup without restoring it: what is in it, and when somebody last changed a record there.

use super::opened::{Opened, Purpose};
use liaison_domain::viewer::Viewer;
use liaison_domain::{Id, Permission, RecordKind};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_queries::View;
use liaison_queries::lookup::{self, Containing};
use liaison_store::backup;
use liaison_store::{StoreError, journal, table};
use serde::Serialize;
use specta::Type;
use std::path::Path;

/// Most records a search names.
const MOST: usize = 50;

/// What is in a backup.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct LookInfo {
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// The institution's name.
    pub institution: String,
    /// How many contacts, without those in the trash.
    pub contacts: u32,
    /// How many employers, without those in the trash.
    pub employers: u32,
    /// How many students and alumni, without those in the trash.
    pub students: u32,
    /// When something was last changed, in milliseconds since 1970.
    pub changed_at: Option<i64>,
}

/// A record in a backup.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct LookRow {
    /// Its kind: a contact or an employer.
    pub kind: RecordKind,
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: String,
    /// It was in the trash.
    pub deleted: bool,
    /// When it was last changed there, in milliseconds since 1970.
    pub changed_at: Option<i64>,
    /// Who changed it.
    pub by: String,
}

/// A backup that is open for reading. What was unpacked is gone when this is closed, or at the next start.
pub struct Look(Opened);

impl Look {
    /// Opens a backup beside the desk in `directory`; `secret` as for [`super::preview`].
    ///
    /// Errors: as [`super::preview`].
    pub async fn open(directory: &Path, file: &Path, secret: Option<&str>) -> Result<Look, CommandError> {
        let (opened, here) = Opened::beside_files(directory, file, secret, Purpose::Look).await?;
        here.close().await?;
        Ok(Look(opened))
    }

    /// What is in it.
    pub async fn info(&self) -> Result<LookInfo, CommandError> {
        let made_at = self.0.staged.head.made_at;
        let info = self.0.database.read(|db| {
            Ok(LookInfo {
                made_at,
                institution: backup::institution(db)?,
                contacts: table::count(db, RecordKind::Contact)?,
                employers: table::count(db, RecordKind::Employer)?,
                students: table::count(db, RecordKind::Student)?,
                changed_at: journal::last_told(db)?,
            })
        });
        Ok(info.await?)
    }

    /// Contacts and employers whose name or address has this text, also those in the trash; at most fifty. What others
    /// keep to themselves is left out.
    pub async fn search(&self, text: &str) -> Result<Vec<LookRow>, CommandError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let text: String = text.chars().take(100).collect();
        let rows = self.0.database.read(|db| {
            let (view, mut rows) = (View::new(db, Viewer::Staff(self.0.actor)), Vec::new());
            for kind in [RecordKind::Contact, RecordKind::Employer] {
                find(&view, kind, &text, &mut rows)?;
            }
            Ok(rows)
        });
        Ok(rows.await?)
    }

    /// Closes it; what was unpacked is removed.
    pub async fn close(self) -> Result<(), CommandError> {
        self.0.close().await.map(drop)
    }
}

/// Opens a backup for reading. Where `secret` is none, the key of this desk opens it.
///
/// Errors: as [`Look::open`].
pub async fn backup_look(session: &Session, file: &Path, secret: Option<&str>) -> Result<Look, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    Ok(Look(Opened::beside_desk(session, file, secret, Purpose::Look).await?))
}

fn find(view: &View<'_>, kind: RecordKind, text: &str, rows: &mut Vec<LookRow>) -> Result<(), StoreError> {
    let room = MOST - rows.len();
    for Containing { id, name, email, deleted } in lookup::containing(view, kind, text, MOST)?.into_iter().take(room) {
        // Of a record just found.
        let last = journal::last_operation_on(view.everything(), id)?.map(|last| last.operation);
        let by = match &last {
            Some(last) => view.name_of(RecordKind::Staff, last.actor)?.unwrap_or_default(),
            None => String::new(),
        };
        let changed_at = last.map(|last| last.told_at());
        rows.push(LookRow { kind, id, name, email, deleted, changed_at, by });
    }
    Ok(())
}
