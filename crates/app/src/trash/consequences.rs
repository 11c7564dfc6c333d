//! What deleting records comes to: what goes along with them, what stands in the way (B9).

use super::places::Place;
use crate::error::{Blocker, BlockingRecord};
use liaison_domain::trash::{Tie, tie};
use liaison_domain::{Field, Id, Record, RecordKind};
use liaison_queries::{View, references};
use liaison_store::table::Located;
use liaison_store::{Db, StoreError, list};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many records are followed together: one query about many is much faster than one about each.
pub(super) const TOGETHER: usize = 500;

/// Most records named as standing in the way of one.
const BLOCKING_MOST: usize = 5;

/// What deleting one record comes to.
#[derive(Default)]
pub(super) struct Consequences {
    /// What is deleted with it.
    pub along: Vec<Place>,
    /// Records, and the field of theirs that no longer refers to the last.
    pub loosened: Vec<(Place, &'static Field, Id)>,
    /// What stands in the way.
    pub blockers: Vec<Blocker>,
}

/// Follows the ties of records of a kind, those of what goes along with them, and so on; for each record by itself.
/// What has `gone` already neither goes again nor stands in the way.
pub(super) fn consequences(
    view: &View<'_>,
    kind: RecordKind,
    places: &[Place],
    gone: &HashSet<Place>,
) -> Result<Vec<(Place, Consequences)>, StoreError> {
    // What refers to a record does so whoever deletes it; only what blocks is named.
    let db = view.everything();
    let mut found: Vec<Consequences> = places.iter().map(|_| Consequences::default()).collect();
    // By the number of the record it all began with.
    let mut along: HashSet<(usize, Place)> = HashSet::new();
    let mut open: BTreeMap<RecordKind, Vec<(Id, usize)>> = BTreeMap::new();
    open.insert(kind, places.iter().enumerate().map(|(root, place)| (place.id, root)).collect());
    while let Some((kind, members)) = open.pop_first() {
        let mut roots: HashMap<Id, Vec<usize>> = HashMap::new();
        for (id, root) in &members {
            roots.entry(*id).or_default().push(*root);
        }
        let mut ids: Vec<Id> = roots.keys().copied().collect();
        ids.sort_unstable();
        for (referring, field) in kind.referring() {
            let mut blocking: BTreeMap<usize, Vec<Id>> = BTreeMap::new();
            for (place, record, to) in referring_to(db, referring, field, &ids)? {
                let tie = tie(&record, field);
                for root in roots.get(&to).into_iter().flatten() {
                    if gone.contains(&place) || along.contains(&(*root, place)) {
                        continue;
                    }
                    match tie {
                        Tie::GoesAlong => {
                            along.insert((*root, place));
                            found[*root].along.push(place);
                            open.entry(referring).or_default().push((place.id, *root));
                        }
                        Tie::Blocks => blocking.entry(*root).or_default().push(place.id),
                        Tie::Loosens => found[*root].loosened.push((place, field, to)),
                        Tie::Stays => {}
                    }
                }
            }
            for (root, blocking) in blocking {
                let named = blocking
                    .iter()
                    .take(BLOCKING_MOST)
                    .map(|id| Ok(BlockingRecord { id: *id, name: view.name_of(referring, *id)?.unwrap_or_default() }));
                let records = named.collect::<Result<_, StoreError>>()?;
                let count = blocking.len() as u32;
                found[root].blockers.push(Blocker { kind: referring, field: field.key.to_owned(), count, records });
            }
        }
    }
    Ok(places.iter().copied().zip(found).collect())
}

/// The live records that refer to one of `ids` by `field`, in the order they were made, each with the one it refers to.
fn referring_to(
    db: &Db<'_>,
    kind: RecordKind,
    field: &Field,
    ids: &[Id],
) -> Result<Vec<(Place, Record, Id)>, StoreError> {
    let mut found = Vec::new();
    for ids in ids.chunks(TOGETHER) {
        let records = references::records(db, kind, field, ids)?;
        found.extend(records.into_iter().map(|(Located { n, record }, to)| {
            let place = Place { kind, n, id: record.id };
            (place, record, to)
        }));
    }
    Ok(found)
}

/// The live records in these rows, in the order of the rows.
pub(super) fn ids_of(db: &Db<'_>, kind: RecordKind, rows: &[u32]) -> Result<Vec<Place>, StoreError> {
    let found = list::live_ids(db, kind, rows)?.into_iter();
    Ok(found.map(|(n, id)| Place { kind, n, id }).collect())
}
