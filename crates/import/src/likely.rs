//! Whom rows of a file are very likely about, although nobody in the directory has their address.

use super::decide::Rows;
use super::directory::Directory;
use super::open_import::OpenImport;
use super::row::{ReadRow, address_columns};
use hashbrown::HashMap;
use liaison_duplicates::duplicates::{LikelyContact, Newcomer, compared, likeliest};
use liaison_engine::error::CommandError;
use liaison_engine::progress::{OnProgress, report};
use liaison_engine::session::Session;
use liaison_queries::contacts;
use liaison_store::changes;

/// From this probability on somebody is asked. Less probable ones are for the review of duplicates afterwards.
pub const VERY_LIKELY: f64 = 0.9;

/// Rows that are compared at once.
const CHUNK: usize = 4_096;

/// Whom rows are very likely about, by row, and the journal's change as of which that holds.
pub struct Likely {
    pub(super) by_row: HashMap<u32, LikelyContact>,
    pub(super) as_of: i64,
}

/// A row as it is compared; `None` for one that can't be imported as it is.
pub fn newcomer(read: &ReadRow) -> Option<Newcomer> {
    let is_good = !read.blank && read.problems.is_empty() && !read.email_key.is_empty();
    is_good.then(|| Newcomer::new(&read.contact, read.employer.as_ref().map(|employer| employer.name.as_str())))
}

/// Compares all rows whose address nobody has with the directory.
pub async fn find_likely(
    session: &Session,
    import: &OpenImport,
    rows: &Rows<'_>,
    progress: OnProgress<'_>,
) -> Result<Likely, CommandError> {
    let total = import.sheet.rows() as u32;
    let addresses = address_columns(rows.columns);
    let only_addresses = Rows { columns: &addresses, ..*rows };
    let (newcomers, as_of) = session
        .read(|view| {
            // The journal's end is about nobody.
            let as_of = changes::last(view.everything())?;
            if contacts::last_row(view.everything())? == 0 {
                return Ok((Vec::new(), as_of));
            }
            let directory = Directory::read(view)?;
            let is_new = |row: &u32| !directory.may_have(&only_addresses.read(*row).email_key);
            Ok(((0..total).filter(is_new).collect::<Vec<u32>>(), as_of))
        })
        .await?;
    let mut by_row = HashMap::new();
    if newcomers.is_empty() {
        return Ok(Likely { by_row, as_of });
    }
    let compared = compared(session).await?;
    tokio::task::block_in_place(|| {
        let index = compared.index();
        for chunk in newcomers.chunks(CHUNK) {
            // Rows are compared in large parts: each is a moment to stop at.
            report(progress, &import.cancel, 0, total)?;
            let read = |row: &u32| Some((*row, newcomer(&rows.read(*row))?));
            let (rows, people): (Vec<u32>, Vec<Newcomer>) = chunk.iter().filter_map(read).unzip();
            let found = index.likeliest(&people, VERY_LIKELY);
            by_row.extend(rows.into_iter().zip(found).filter_map(|(row, likely)| Some((row, likely?))));
        }
        Ok::<(), CommandError>(())
    })?;
    Ok(Likely { by_row, as_of })
}

/// Compares a row with those who share something with it.
pub async fn likely_of(session: &Session, read: &ReadRow) -> Result<Option<LikelyContact>, CommandError> {
    let Some(newcomer) = newcomer(read) else { return Ok(None) };
    likeliest(session, &read.contact, &newcomer, VERY_LIKELY).await
}
