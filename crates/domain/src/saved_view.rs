//! Saved views: who sees and changes which, and which can be opened.

use crate::access::Actor;
use crate::field::Field;
use crate::filter::ListQuery;
use crate::kind::RecordKind;
use crate::permission::Permission;
use crate::record::Record;
use crate::refusal::{Problem, Refusal};
use crate::registry::Registry;
use crate::value::Value;

pub use liaison_records::saved_view::*;

/// The list a view shows; `None` where an older or newer version wrote something else.
pub fn query(view: &Record) -> Option<ListQuery> {
    serde_json::from_str(view.text(&QUERY)).ok()
}

/// Whether somebody at the desk has the view: it is shared, or their own.
pub fn is_seen_by(view: &Record, actor: &Actor) -> bool {
    view.get(&SHARED).as_flag() || view.get(&OWNER).as_reference() == Some(actor.staff)
}

/// Refuses unless the actor may add this view, or change it from what it was to what it is now, or delete it. What
/// everybody has needs the permission to share views, before and after; what is personal is its owner's.
pub fn permit(actor: &Actor, states: &[&Record]) -> Result<(), Refusal> {
    actor.require(Permission::ViewContacts)?;
    let shared = states.iter().any(|view| view.get(&SHARED).as_flag());
    let own = states.iter().all(|view| view.get(&OWNER).as_reference() == Some(actor.staff));
    if shared || !own { actor.require(Permission::ShareViews) } else { Ok(()) }
}

/// Refuses a view of lists there are none of, and one whose filter, order or columns name fields there are none of.
pub fn check(view: &Record, registry: &Registry) -> Result<(), Refusal> {
    let problem = |field: &Field, problem| Err(Refusal::of(field.key, problem));
    let Some(kind) = RecordKind::from_key(view.text(&RECORDS)) else {
        return problem(&RECORDS, Problem::UnknownField);
    };
    let Some(query) = query(view).filter(|query| query.kind == kind) else {
        return problem(&QUERY, Problem::UnknownField);
    };
    query.check(registry)?;
    if let Value::List(columns) = view.get(&COLUMNS)
        && columns.iter().any(|key| key != "name" && registry.field(kind, key).is_none())
    {
        return problem(&COLUMNS, Problem::UnknownField);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::permission::StaffRole;

    fn view(owner: u8, shared: bool) -> Record {
        let mut view = Record::blank(RecordKind::SavedView, Id::from_parts(1, [1; 10]));
        view.set(&OWNER, Id::from_parts(u64::from(owner), [owner; 10]));
        view.set(&SHARED, shared);
        view
    }

    #[test]
    fn personal_views_are_their_owners_and_shared_ones_need_the_permission() {
        let actor = |n: u8, role| Actor::with_role(Id::from_parts(u64::from(n), [n; 10]), role);
        let (ann, admin) = (actor(1, StaffRole::Advisor), actor(2, StaffRole::Administrator));
        assert!(is_seen_by(&view(1, false), &ann) && !is_seen_by(&view(2, false), &ann));
        assert!(is_seen_by(&view(2, true), &ann));
        assert_eq!(permit(&ann, &[&view(1, false)]), Ok(()));
        assert!(permit(&ann, &[&view(1, false), &view(1, true)]).is_err(), "sharing needs the permission");
        assert!(permit(&ann, &[&view(1, true), &view(1, false)]).is_err(), "so does taking back what is shared");
        assert!(permit(&ann, &[&view(2, false)]).is_err());
        assert_eq!(permit(&admin, &[&view(1, true)]), Ok(()));
    }

    #[test]
    fn views_of_unknown_fields_are_refused() {
        let registry = Registry::default();
        let mut view = view(1, false);
        assert!(check(&view, &registry).is_err());
        view.set(&RECORDS, "employer");
        view.set(&QUERY, r#"{"kind":"employer","search":"","filter":[],"sort":[]}"#);
        assert_eq!(check(&view, &registry), Ok(()));
        view.set(&COLUMNS, Value::List(vec!["name".into(), "city".into()]));
        assert_eq!(check(&view, &registry), Ok(()));
        view.set(&COLUMNS, Value::List(vec!["shoe_size".into()]));
        assert!(check(&view, &registry).is_err());
        view.set(&COLUMNS, Value::Empty);
        view.set(&RECORDS, "contact");
        assert!(check(&view, &registry).is_err(), "the query is of another kind");
    }
}
