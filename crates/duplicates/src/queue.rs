//! The review queue by who may be a duplicate: marked in its rows, filtered and sorted (B4).

use crate::duplicates;
use liaison_domain::filter::{FilterOp, ListQuery};
use liaison_domain::{Id, Permission, RecordKind};
use liaison_engine::error::CommandError;
use liaison_engine::lists::{ListOpened, list_open, list_rows};
use liaison_engine::results::ResultSet;
use liaison_engine::session::Session;
use liaison_store::list;
use serde::Serialize;
use specta::Type;
use std::collections::HashMap;
use std::sync::Arc;

/// What a query of the queue filters and sorts by as if it were a field: how likely a contact is a duplicate.
pub const LIKELY_DUPLICATE: &str = "likely_duplicate";

/// A pending contact that may be the same person as another one.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct QueueLikeness {
    /// The pending contact.
    pub id: Id,
    /// Probability that it is the same person as the likeliest of the others, 0 to 1.
    pub score: f64,
    /// The name of the likeliest.
    pub name: String,
    /// How many others it may be, the likeliest among them; at most ten.
    pub others: u32,
}

/// The pending contacts that may be the same person as another contact. Who is missing may be nobody.
pub async fn queue_likenesses(session: &Session) -> Result<Vec<QueueLikeness>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let likely = duplicates::pending(session, |likely| likely.collect::<Vec<_>>()).await?;
    let named = session.read(|view| {
        let mut named = Vec::with_capacity(likely.len());
        for (id, other, score, others) in likely {
            let name = view.name_of(RecordKind::Contact, other)?.unwrap_or_default();
            named.push(QueueLikeness { id, score, name, others: others as u32 });
        }
        Ok(named)
    });
    Ok(named.await?)
}

/// Opens a list of contacts that may be filtered and sorted by [`LIKELY_DUPLICATE`], which holds for pending ones: as a
/// condition that there be such a contact, or none, and as the first key of the order.
pub async fn queue_open(session: &Session, mut query: ListQuery) -> Result<ListOpened, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let asked = |op: FilterOp| matches!(op, FilterOp::IsNotEmpty | FilterOp::IsEmpty);
    let condition = query.filter.iter().position(|each| each.field == LIKELY_DUPLICATE && asked(each.op));
    let wanted = condition.map(|at| query.filter.remove(at).op == FilterOp::IsNotEmpty);
    let key = query.sort.iter().position(|key| key.field == LIKELY_DUPLICATE);
    let descending = key.map(|at| query.sort.remove(at).descending);
    if wanted.is_none() && descending.is_none() {
        return list_open(session, query).await;
    }
    let likely = duplicates::pending(session, |likely| likely.map(|(id, _, score, _)| (id, score)).collect::<Vec<_>>());
    let likely = likely.await?;
    let mut rows = list_rows(session, query.clone()).await?;
    let ids: Vec<Id> = likely.iter().map(|(id, _)| *id).collect();
    let numbers = session.read(|view| list::row_numbers(view.everything(), RecordKind::Contact, &ids)).await?;
    let scores: HashMap<u32, f64> =
        numbers.into_iter().zip(&likely).filter_map(|(row, (_, score))| Some((row?, *score))).collect();
    if let Some(wanted) = wanted {
        rows.retain(|row| scores.contains_key(row) == wanted);
    }
    if let Some(descending) = descending {
        let score = |row: &u32| scores.get(row).copied().unwrap_or(0.0);
        rows.sort_by(|a, b| {
            let order = score(a).total_cmp(&score(b));
            if descending { order.reverse() } else { order }
        });
    }
    let total = rows.len() as u32;
    let result = session.results().open(ResultSet { query: Arc::new(query), rows: Arc::new(rows) });
    Ok(ListOpened { result, total })
}
