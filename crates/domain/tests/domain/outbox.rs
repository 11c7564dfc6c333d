//! When a message is sent.

use liaison_domain::outbox::{AHEAD_MOST, send_from};
use liaison_domain::refusal::Problem;
use proptest::prelude::*;

proptest! {
    /// Nothing is sent before it is asked for, and nothing asked for in the past later than now.
    #[test]
    fn messages_go_when_asked_but_never_in_the_past(asked in prop::option::of(any::<i64>()), now in 0i64..4_000_000_000_000) {
        match send_from(asked, now) {
            Ok(from) => prop_assert!(from >= now && from == asked.unwrap_or(now).max(now)),
            Err(problem) => {
                prop_assert_eq!(problem, Problem::NotAMoment);
                prop_assert!(asked.is_some_and(|at| at > now + AHEAD_MOST));
            }
        }
    }
}
