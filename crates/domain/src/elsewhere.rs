//! Where what a list was asked for may be found, when the list itself has nothing.

use crate::filter::{Condition, ListQuery};
use crate::kind::RecordKind;
use crate::privacy::{self, PrivateRows};
use crate::{contact, employer_user as user};
use serde::Serialize;
use specta::Type;

/// Why a list doesn't have what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Elsewhere {
    /// They are pending: in the queue, not in the directory.
    Pending,
    /// They were rejected, and are not in the directory.
    Rejected,
    /// Their profiles are private (M49): no word and no filter on what is withheld finds them.
    Private,
    /// The search finds them, but the filters leave them out.
    Filtered,
}

/// The lists to look into when `query` finds nothing, and what it says that they have something.
pub fn lists(query: &ListQuery) -> Vec<(Elsewhere, ListQuery)> {
    let mut lists = Vec::new();
    let searches = !query.search.trim().is_empty();
    let asks_for = |key: &str| query.filter.iter().any(|condition| condition.field == key);
    match query.kind {
        RecordKind::Contact if !asks_for(contact::APPROVAL.key) && (searches || !query.filter.is_empty()) => {
            for (why, approval) in [(Elsewhere::Pending, contact::PENDING), (Elsewhere::Rejected, contact::REJECTED)] {
                let mut other = query.clone();
                other.filter.push(Condition::is(&contact::APPROVAL, approval));
                lists.push((why, other));
            }
        }
        RecordKind::EmployerUser if privacy::private_rows(&mut query.clone()) == PrivateRows::None => {
            let mut other = query.clone();
            other.search.clear();
            other
                .filter
                .retain(|condition| !RecordKind::EmployerUser.field(&condition.field).is_some_and(privacy::withholds));
            other.filter.push(Condition::filled(&user::CONTACT, false));
            other.sort.retain(|key| {
                key.field != "name"
                    && !user::FIELDS.iter().any(|field| field.key == key.field && privacy::withholds(field))
            });
            lists.push((Elsewhere::Private, other));
        }
        _ => {}
    }
    if searches && !query.filter.is_empty() {
        lists.push((Elsewhere::Filtered, ListQuery { filter: Vec::new(), ..query.clone() }));
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(query: &ListQuery) -> Vec<Elsewhere> {
        lists(query).into_iter().map(|(why, _)| why).collect()
    }

    #[test]
    fn contacts_may_be_pending_or_rejected() {
        let mut query = ListQuery::all(RecordKind::Contact);
        assert_eq!(reasons(&query), [], "an empty directory has no other place");
        query.search = "nancy".into();
        assert_eq!(reasons(&query), [Elsewhere::Pending, Elsewhere::Rejected]);
        assert!(lists(&query).iter().all(|(_, other)| other.search == "nancy" && other.filter.len() == 1));
        query.filter.push(Condition::filled(&contact::EMPLOYER, false));
        assert_eq!(reasons(&query), [Elsewhere::Pending, Elsewhere::Rejected, Elsewhere::Filtered]);
        query.filter = vec![Condition::is(&contact::APPROVAL, contact::PENDING)];
        assert_eq!(reasons(&query), [Elsewhere::Filtered], "who asks for a status is not told about others");
    }

    #[test]
    fn private_profiles_are_counted_without_what_is_withheld() {
        let mut query = ListQuery::all(RecordKind::EmployerUser);
        assert_eq!(reasons(&query), []);
        query.search = "ann".into();
        query.filter = vec![Condition::is(&user::EMAIL, "a@b.example"), Condition::is(&user::ACCESS, "true")];
        let (why, mut private) = lists(&query).remove(0);
        assert_eq!((why, private.search.as_str()), (Elsewhere::Private, ""));
        assert_eq!(private.filter.len(), 2, "the filter on access stays: {:?}", private.filter);
        assert_eq!(privacy::private_rows(&mut private), PrivateRows::Only);
        assert_eq!(private.filter, [Condition::is(&user::ACCESS, "true")]);
    }

    #[test]
    fn other_kinds_may_be_filtered_out() {
        let mut query = ListQuery::all(RecordKind::Employer);
        query.search = "acme".into();
        assert_eq!(reasons(&query), []);
        query.filter.push(Condition::filled(&crate::employer_user::EMAIL, true));
        assert_eq!(reasons(&query), [Elsewhere::Filtered]);
    }
}
