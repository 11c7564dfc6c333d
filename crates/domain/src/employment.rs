//! Employment history: what a move from one employer to another adds to it (M24, B3).

use crate::field::Field;
use crate::id::Id;
use crate::journal::FieldChange;
use crate::record::Record;
use crate::value::Value;

pub use liaison_records::employment::*;

/// What becomes of a contact's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// An employment that is there changes: it ends, or goes on.
    Change {
        /// Its place in the history that was given.
        index: usize,
        /// What changes.
        changes: Vec<FieldChange>,
    },
    /// An employment is added.
    Add(Vec<(&'static Field, Value)>),
}

/// A contact moves from one employer to another.
#[derive(Clone, Copy, Debug)]
pub struct Move<'a> {
    /// Where it was.
    pub from: Option<Id>,
    /// Where it is from now on.
    pub to: Option<Id>,
    /// Its job title there, before.
    pub title: &'a Value,
    /// Its address, before.
    pub email: &'a Value,
}

/// What a move adds to the history, or ends in it. `history` are the contact's employments that are not in the trash,
/// `today` is `yyyy-mm-dd`, and `is_placeholder` knows the employer that is none: "Inactive" (M24).
///
/// Whoever comes back to an employer on the day they left it has never left: that was a mistake, or an archive taken
/// back by hand.
pub fn steps(moved: &Move<'_>, history: &[Record], today: &str, is_placeholder: impl Fn(Id) -> bool) -> Vec<Step> {
    let mut steps = Vec::new();
    if moved.from == moved.to {
        return steps;
    }
    let at = |employment: &Record, employer: Id| employment.get(&EMPLOYER).as_reference() == Some(employer);
    let real = |employer: Option<Id>| employer.filter(|employer| !is_placeholder(*employer));
    if let Some(from) = real(moved.from) {
        let lasting = history.iter().position(|have| at(have, from) && have.get(&ENDED_ON).is_empty());
        let mut ends: Vec<(&'static Field, Value)> = vec![(&ENDED_ON, today.into())];
        for (field, value) in [(&TITLE, moved.title), (&EMAIL, moved.email)] {
            if !value.is_empty() {
                ends.push((field, value.clone()));
            }
        }
        match lasting {
            Some(index) => {
                let record = &history[index];
                let changes = ends.into_iter().filter_map(|(field, value)| record.change(field, value)).collect();
                steps.push(Step::Change { index, changes });
            }
            None => {
                ends.push((&EMPLOYER, from.into()));
                steps.push(Step::Add(ends));
            }
        }
    }
    let Some(to) = real(moved.to) else { return steps };
    if history.iter().any(|have| at(have, to) && have.get(&ENDED_ON).is_empty()) {
        return steps;
    }
    match history.iter().rposition(|have| at(have, to) && have.text(&ENDED_ON) == today) {
        Some(index) => {
            let goes_on = history[index].change(&ENDED_ON, Value::Empty);
            steps.push(Step::Change { index, changes: goes_on.into_iter().collect() });
        }
        // Of an employer filled in on a contact without a past, nobody knows since when.
        None if moved.from.is_some() || !history.is_empty() => {
            steps.push(Step::Add(vec![(&EMPLOYER, to.into()), (&STARTED_ON, today.into())]));
        }
        None => {}
    }
    steps
}

/// The addresses a contact had before, after its address changed. `None` where they stay as they are: nothing but
/// the case of letters changed, or there was none.
pub fn former_emails(before: &Value, after: &Value, former: &Value) -> Option<Value> {
    let key = |address: &str| crate::name::email_key(address);
    if before.is_empty() || key(before.as_text()) == key(after.as_text()) {
        return None;
    }
    let mut list = match former {
        Value::List(list) => list.clone(),
        _ => Vec::new(),
    };
    // An address the person has again is no former one.
    list.retain(|have| key(have) != key(after.as_text()) && key(have) != key(before.as_text()));
    list.push(before.as_text().to_owned());
    let most = crate::limits::LIST_ITEMS;
    if list.len() > most {
        list.drain(..list.len() - most);
    }
    let list = Value::List(list);
    (list != *former).then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::RecordKind;
    use proptest::prelude::*;

    const INACTIVE: u8 = 9;

    fn id(n: u8) -> Id {
        Id::from_parts(1, [n; 10])
    }

    /// A contact that moves, and what its history becomes.
    fn play(start: Option<u8>, moves: &[(u8, Option<u8>)]) -> (Vec<Record>, Option<u8>) {
        let (mut history, mut employer): (Vec<Record>, _) = (Vec::new(), start);
        for (day, to) in moves {
            let (title, email) = (Value::from("Recruiter"), Value::from("dana@acme.example"));
            let moved = Move { from: employer.map(id), to: to.map(id), title: &title, email: &email };
            let today = format!("2026-03-{:02}", day);
            for step in steps(&moved, &history, &today, |employer| employer == id(INACTIVE)) {
                match step {
                    Step::Change { index, changes } => history[index].apply(&changes),
                    Step::Add(values) => {
                        let mut record = Record::blank(RecordKind::Employment, id(100 + history.len() as u8));
                        values.into_iter().for_each(|(field, value)| record.set(field, value));
                        history.push(record);
                    }
                }
            }
            employer = *to;
        }
        (history, employer)
    }

    fn moves() -> impl Strategy<Value = Vec<(u8, Option<u8>)>> {
        prop::collection::vec((0u8..3, prop::option::of(prop_oneof![0u8..4, Just(INACTIVE)])), 0..12).prop_map(
            |moves| {
                let mut day = 1;
                let later = |(after, to)| {
                    day += after;
                    (day, to)
                };
                moves.into_iter().map(later).collect()
            },
        )
    }

    proptest! {
        /// However a contact moves, every employer it left is in its history with a last day, the one where it is
        /// lasts, nothing else does, and "Inactive" is no employer.
        #[test]
        fn history_keeps_every_employer(start in prop::option::of(0u8..4), moves in moves()) {
            let (history, now) = play(start, &moves);
            let mut left: Vec<u8> = start.into_iter().chain(moves.iter().filter_map(|(_, to)| *to)).collect();
            left.retain(|employer| Some(*employer) != now && *employer != INACTIVE);
            let ended = |employer: u8| history.iter().any(|have| {
                have.get(&EMPLOYER).as_reference() == Some(id(employer)) && !have.get(&ENDED_ON).is_empty()
            });
            for employer in left {
                prop_assert!(ended(employer), "left {employer}");
            }
            let lasting: Vec<_> = history.iter().filter(|have| have.get(&ENDED_ON).is_empty()).collect();
            prop_assert!(lasting.len() <= 1);
            for have in &lasting {
                prop_assert_eq!(have.get(&EMPLOYER).as_reference(), now.map(id));
            }
            for have in &history {
                prop_assert_ne!(have.get(&EMPLOYER).as_reference(), Some(id(INACTIVE)));
                prop_assert!(crate::entry::check(have).is_ok(), "no end lies before its beginning");
            }
        }

        /// Nothing happens to whoever stays.
        #[test]
        fn staying_is_no_history(employer in prop::option::of(0u8..4), days in prop::collection::vec(1u8..28, 0..5)) {
            let moves: Vec<_> = days.into_iter().map(|day| (day, employer)).collect();
            prop_assert!(play(employer, &moves).0.is_empty());
        }

        /// Former addresses never hold the present one, nor any twice.
        #[test]
        fn former_addresses_are_former(addresses in prop::collection::vec("[abA]{1,2}@x\\.example", 1..12)) {
            let (mut now, mut former) = (Value::Empty, Value::Empty);
            for address in &addresses {
                let next = Value::from(address.as_str());
                former = former_emails(&now, &next, &former).unwrap_or(former);
                now = next;
                let Value::List(list) = &former else { continue };
                let keys: Vec<String> = list.iter().map(|have| crate::name::email_key(have)).collect();
                prop_assert!(!keys.contains(&crate::name::email_key(now.as_text())));
                prop_assert!(keys.iter().enumerate().all(|(at, key)| !keys[..at].contains(key)));
            }
            let key = |address: &String| crate::name::email_key(address);
            let all: std::collections::HashSet<String> = addresses.iter().map(key).collect();
            let kept = if let Value::List(list) = &former { list.len() } else { 0 };
            prop_assert_eq!(kept + 1, all.len(), "every address is kept");
        }
    }

    #[test]
    fn the_title_and_address_there_are_kept() {
        let (history, _) = play(Some(1), &[(5, Some(2)), (9, Some(INACTIVE)), (9, Some(2))]);
        assert_eq!(history.len(), 2);
        assert_eq!(history[0].text(&TITLE), "Recruiter");
        assert_eq!(history[0].text(&EMAIL), "dana@acme.example");
        assert_eq!(history[0].text(&ENDED_ON), "2026-03-05");
        assert!(history[0].get(&STARTED_ON).is_empty(), "nobody knows since when");
        assert_eq!(history[1].text(&STARTED_ON), "2026-03-05");
        assert!(history[1].get(&ENDED_ON).is_empty(), "archived and revived on one day: never left");
    }
}
