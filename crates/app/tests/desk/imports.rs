//! Ways to import in tests; each dry run is held against the commit that follows it.

use crate::common::{TestDesk, go_on};
use liaison_app::import;
use liaison_app::import::{DryRun, ImportDone, ImportFilter, ImportOutcome, ImportRow, ImportTarget};
use liaison_domain::{Record, RecordKind, contact};
use std::path::Path;

/// What came of importing a file, all rows as the dry run showed them.
pub struct Imported {
    pub counts: DryRun,
    pub done: ImportDone,
    pub rows: Vec<ImportRow>,
}

impl TestDesk {
    pub async fn open_file(&self, path: &Path) -> u32 {
        import::import_open(self, path, None, &mut go_on).await.expect("a file that can be read").session
    }

    pub async fn every_row(&self, session: u32, outcome: Option<ImportOutcome>) -> Vec<ImportRow> {
        let mut rows: Vec<ImportRow> = Vec::new();
        loop {
            let page = import::import_rows(self, session, outcome.map(ImportFilter::from), rows.len() as u32, 200)
                .await
                .expect("rows");
            if page.rows.is_empty() {
                assert_eq!(rows.len() as u32, page.total);
                return rows;
            }
            rows.extend(page.rows);
        }
    }

    /// A dry run and the commit of an open file; asserts that they come to the same.
    pub async fn finish_import(&self, session: u32, target: ImportTarget) -> Imported {
        let before = self.rows().await;
        let counts = import::import_dry_run(self, session, target, &mut go_on).await.expect("a dry run");
        let rows = self.every_row(session, None).await;
        assert_eq!(self.rows().await, before, "a dry run writes nothing");
        let imported = self.commit_import(session, counts, rows).await;
        import::import_close(self, session);
        imported
    }

    /// The commit of an open file, held against these counts and rows.
    pub async fn commit_import(&self, session: u32, counts: DryRun, rows: Vec<ImportRow>) -> Imported {
        let contacts = self.live(RecordKind::Contact).await;
        let employers = self.number("SELECT count(*) FROM employer").await;
        let done = import::import_commit(self, session, &mut go_on).await.expect("an import");
        assert_eq!(counts, done.counts(), "the commit does what the dry run said");
        assert_eq!(counts.rows() as usize, rows.len(), "every row is accounted for");
        let mut shown = DryRun { employers_created: counts.employers_created, ..DryRun::default() };
        for row in &rows {
            let place = match row.outcome {
                ImportOutcome::Created => &mut shown.created,
                ImportOutcome::Updated => &mut shown.updated,
                ImportOutcome::Unchanged => &mut shown.unchanged,
                ImportOutcome::NameConflict => &mut shown.name_conflicts,
                ImportOutcome::PossibleDuplicate => &mut shown.possible_duplicates,
                ImportOutcome::Skipped => &mut shown.skipped,
                ImportOutcome::Failed => &mut shown.failed,
                ImportOutcome::Blank => &mut shown.blank,
            };
            *place += 1;
            use ImportOutcome::{Created, Unchanged, Updated};
            let comes = matches!(row.outcome, Created | Updated | Unchanged);
            shown.left_out_values += u32::from(comes && !row.left_out.is_empty());
        }
        assert_eq!(shown, counts, "and so do its rows");
        let created = self.number("SELECT count(*) FROM employer").await - employers;
        assert_eq!(i64::from(counts.employers_created), created);
        assert_eq!(done.operation.is_some(), done.created + done.updated > 0);
        let after = self.live(RecordKind::Contact).await;
        assert_eq!(after.len(), contacts.len() + done.created as usize);
        let changed = contacts.iter().filter(|(id, record)| after.get(id) != Some(record)).count();
        assert_eq!(changed as u32, done.updated, "nobody else's data changed");
        Imported { counts, done, rows }
    }

    /// Imports text as a file into the directory.
    pub async fn import_text(&self, name: &str, content: impl AsRef<[u8]>) -> Imported {
        let session = self.open_file(&self.file(name, content)).await;
        self.finish_import(session, ImportTarget::Directory).await
    }

    /// The contact with this address.
    pub async fn with_email(&self, email: &str) -> Record {
        let mut found = self.live(RecordKind::Contact).await.into_values();
        found.find(|record| record.text(&contact::EMAIL) == email).unwrap_or_else(|| panic!("{email} is there"))
    }
}

/// (created, updated, not imported without being bad, failed)
pub fn counts(imported: &Imported) -> (u32, u32, u32, u32) {
    let DryRun { created, updated, failed, .. } = imported.counts;
    (created, updated, imported.counts.rows() - created - updated - failed, failed)
}
