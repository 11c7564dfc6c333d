//! Whose profile staff may open: that of an employer user only where the person is also a contact (M49).
//!
//! The account itself, its employer, role, access and last log-in, is the career center's own business and shown of
//! everybody. Who the person is, is withheld: name, address, job title and phone. So that lists don't tell what they
//! withhold, these people are found by no word and no filter on it, and stand in no order by it.

use crate::employer_user;
use crate::field::Field;
use crate::filter::{FilterOp, ListQuery};
use crate::kind::RecordKind;
use crate::viewer::{Standing, Viewer};

/// Whether the profile of an employer user is open to `viewer`: the linked contact, by its address or a former one (M45),
/// is one they see.
pub fn is_open(viewer: &Viewer, contact: Option<&Standing<'_>>) -> bool {
    contact.is_some_and(|contact| !contact.deleted && viewer.sees(contact).is_ok())
}

/// Whether a field of an employer user is withheld where the profile is private. Which contact is linked says who it is.
pub fn withholds(field: &Field) -> bool {
    [
        employer_user::FIRST_NAME.key,
        employer_user::LAST_NAME.key,
        employer_user::EMAIL.key,
        employer_user::TITLE.key,
        employer_user::WORK_PHONE.key,
        employer_user::CONTACT.key,
    ]
    .contains(&field.key)
}

/// Which private people a list of employer users shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateRows {
    /// Among the others: it asks and sorts by nothing that is withheld.
    Among,
    /// After all others, in the order they came: it sorts by what is withheld.
    Last,
    /// None: it asks for what is withheld.
    None,
    /// Only these: it asks for people without a contact.
    Only,
}

/// Which private people a list shows. A condition that there be no contact is taken out of the query: whether one sees
/// the contact decides, not whether there is one.
pub fn private_rows(query: &mut ListQuery) -> PrivateRows {
    if query.kind != RecordKind::EmployerUser {
        return PrivateRows::Among;
    }
    let withheld = |key: &str| RecordKind::EmployerUser.field(key).is_some_and(withholds);
    let filters = query.filter.len();
    query.filter.retain(|condition| condition.field != employer_user::CONTACT.key || condition.op != FilterOp::IsEmpty);
    let without_contact = query.filter.len() < filters;
    let asks = !query.search.trim().is_empty() || query.filter.iter().any(|condition| withheld(&condition.field));
    // Without an order, a list is by name.
    let sorts = query.sort.is_empty() || query.sort.iter().any(|sort| sort.field == "name" || withheld(&sort.field));
    match (asks, without_contact, sorts) {
        (true, ..) => PrivateRows::None,
        (false, true, _) => PrivateRows::Only,
        (false, false, true) => PrivateRows::Last,
        (false, false, false) => PrivateRows::Among,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Actor;
    use crate::contact;
    use crate::filter::{Condition, SortKey};
    use crate::id::Id;
    use crate::permission::StaffRole;

    #[test]
    fn a_profile_is_open_where_one_sees_the_contact() {
        let (me, other) = (Id::from_parts(1, [1; 10]), Id::from_parts(2, [2; 10]));
        let advisor = Viewer::Staff(Actor::with_role(me, StaffRole::Advisor));
        let administrator = Viewer::Staff(Actor::with_role(me, StaffRole::Administrator));
        let mut contact = Standing {
            approval: contact::REJECTED,
            visibility: contact::STUDENTS,
            owner: Some(other),
            employer: None,
            deleted: false,
        };
        assert!(is_open(&advisor, Some(&contact)), "a rejected contact is a contact");
        assert!(!is_open(&administrator, None), "nobody opens the profile of whoever is no contact");
        contact.visibility = contact::MYSELF;
        assert!(!is_open(&advisor, Some(&contact)) && is_open(&administrator, Some(&contact)));
        contact.deleted = true;
        assert!(!is_open(&administrator, Some(&contact)));
    }

    #[test]
    fn lists_do_not_tell_what_they_withhold() {
        let mut query = ListQuery::all(RecordKind::EmployerUser);
        assert_eq!(private_rows(&mut query), PrivateRows::Last, "by name");
        query.sort = vec![SortKey { field: "last_log_in".into(), descending: true }];
        assert_eq!(private_rows(&mut query), PrivateRows::Among);
        query.filter = vec![Condition::filled(&employer_user::CONTACT, false)];
        assert_eq!(private_rows(&mut query), PrivateRows::Only);
        assert!(query.filter.is_empty());
        query.filter = vec![Condition::is_not(&employer_user::EMAIL, "a@b.example")];
        assert_eq!(private_rows(&mut query), PrivateRows::None, "not even by what they are not");
        query.filter.clear();
        query.search = "ann".into();
        assert_eq!(private_rows(&mut query), PrivateRows::None);
        assert_eq!(private_rows(&mut ListQuery::all(RecordKind::Contact)), PrivateRows::Among);
    }
}
