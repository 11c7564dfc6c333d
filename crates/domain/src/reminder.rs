//! When somebody may be invited or reminded: a reminder goes 24 hours after the last invitation or reminder (M41).
//!
//! Twenty-four hours are hours that passed, not a calendar day: moments are counted in UTC, so neither time zones nor
//! daylight saving change the wait. What can go wrong is the clock of this computer. The rule then holds like this:
//!
//! Only a message that went starts the wait: one that still waits, was refused, came back or may not have been sent
//! does not. So a message carries the moment it went, not the one it was written.
//!
//! - Each message carries, beside the wall clock, the hybrid logical time of its operation, which never goes back.
//! - While the wall clock is past that time, 24 hours count from there.
//! - While it is not, the clock was set back since, or was ahead then. How much time has passed is not known; 24 hours
//!   count from the moment this was noticed. So a clock set back lets nobody be reminded early, and a clock that once
//!   stood years ahead blocks nobody for years.

use crate::kind::RecordKind;
use crate::outbox::OutboxState;
use crate::record::Record;
use crate::{activation, contact, name, student};
use serde::{Deserialize, Serialize};
use specta::Type;

/// How long after an invitation or reminder the next one goes, in milliseconds: 24 hours.
pub const WAIT: i64 = 24 * 60 * 60 * 1000;

/// When an invitation or reminder went out, all in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// By the wall clock.
    pub wall: i64,
    /// By the hybrid logical clock.
    pub clock: i64,
}

impl Sent {
    /// A message of `now` where the journal's latest hybrid logical time is `latest`.
    pub fn at(now: i64, latest: i64) -> Sent {
        Sent { wall: now, clock: now.max(latest) }
    }
}

/// What a device remembers of its wall clock, to notice that it was set back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallClock {
    /// What it showed when it was last written down, in milliseconds since 1970: at each sending, and when it was
    /// noticed to be back.
    pub seen: i64,
    /// What it showed when it was first noticed to be behind what was known.
    pub back_since: Option<i64>,
}

impl WallClock {
    /// What is known after a look at the wall clock, where the journal's latest hybrid logical time is `latest`. It is
    /// written down where it differs.
    pub fn look(self, now: i64, latest: i64) -> WallClock {
        if now < self.seen {
            // Set back since it was last written down, perhaps not for the first time.
            WallClock { seen: now, back_since: Some(now) }
        } else if now < latest {
            // What lies ahead was noticed before the clock was set back once more.
            WallClock { back_since: Some(self.back_since.map_or(now, |since| since.min(now))), ..self }
        } else {
            WallClock { back_since: None, ..self }
        }
    }

    /// The same at a sending, when the wall clock is written down.
    pub fn sending(self, now: i64, latest: i64) -> WallClock {
        WallClock { seen: now, ..self.look(now, latest) }
    }

    /// From when on the next reminder goes, by the wall clock. To be asked after [`WallClock::look`] at the same `now`.
    pub fn due_at(self, last: Sent, now: i64) -> i64 {
        let from = if last.clock <= now {
            last.clock
        } else {
            let noticed = self.back_since.unwrap_or(now).min(now);
            if last.wall <= now { last.wall.max(noticed) } else { noticed }
        };
        from.saturating_add(WAIT)
    }

    /// Whether the next reminder may go at `now`.
    pub fn is_due(self, last: Sent, now: i64) -> bool {
        now >= self.due_at(last, now)
    }
}

/// What became of the last message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It waits in the outbox, of this computer or of another one.
    Waiting,
    /// It may or may not have been sent; a person has to decide.
    Unclear,
    /// It went.
    Sent,
    /// It was not sent, and will not be.
    NotSent,
    /// The server does not deliver to the address.
    Refused,
    /// It came back.
    Bounced,
}

impl Delivery {
    /// What became of a message, by where it stands in the outbox of this computer and why; `None` where it is not
    /// there. Then whoever sent it wrote down when it went, in `sent_at`.
    pub fn of(state: Option<OutboxState>, reason: Option<&str>, sent_at: Option<i64>) -> Delivery {
        match state {
            Some(state) if state.counts_as_sent() => Delivery::Sent,
            Some(OutboxState::Bounced) => Delivery::Bounced,
            Some(state) if state.refuses_address(reason) => Delivery::Refused,
            Some(OutboxState::Unclear) => Delivery::Unclear,
            Some(OutboxState::Failed | OutboxState::Cancelled) => Delivery::NotSent,
            Some(_) => Delivery::Waiting,
            None if sent_at.is_some() => Delivery::Sent,
            None => Delivery::Waiting,
        }
    }

    /// Whether the address did not take the message, at once or later.
    pub fn is_refused(self) -> bool {
        matches!(self, Delivery::Refused | Delivery::Bounced)
    }
}

/// The last invitation or reminder of a person, whatever became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMessage {
    /// Where to.
    pub address: String,
    /// What became of it.
    pub delivery: Delivery,
}

impl LastMessage {
    /// Whether it was refused at the address the person still has. A corrected address starts anew.
    pub fn is_refused_at(&self, address: &str) -> bool {
        self.delivery.is_refused() && name::email_key(&self.address) == name::email_key(address)
    }
}

/// What somebody wants to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Sending {
    /// The welcome message to who was not invited so far, or whose invitation never went.
    Invitation,
    /// A reminder to who was.
    Reminder,
}

/// Why somebody gets no invitation or reminder now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// The last one went out less than 24 hours ago.
    NotYet,
    /// The account is active.
    Activated,
    /// The account was deactivated by staff.
    Deactivated,
    /// The record lies in the trash.
    Deleted,
    /// The desk rejected the contact.
    Rejected,
    /// The contact waits in the queue.
    Pending,
    /// "Do not email" is set.
    DoNotEmail,
    /// There is no address that can be written to.
    NoAddress,
    /// Another one in the same selection has the same address.
    SameAddress,
    /// Nobody invited the person so far: an invitation comes first.
    NotInvited,
    /// An invitation went out: what comes next are reminders.
    AlreadyInvited,
    /// The last message still waits to be sent.
    Waiting,
    /// The last message may or may not have been sent: a decision comes first.
    Unclear,
    /// The server does not deliver to the address, and it is the same.
    Refused,
    /// The last message came back, and the address is the same.
    Bounced,
}

/// What is known of somebody who may be invited or reminded.
#[derive(Clone, Debug)]
pub struct Candidate<'r> {
    /// The student or contact.
    pub person: &'r Record,
    /// The account is active: for a contact, there is an employer user with the address who has chosen a password.
    pub active: bool,
    /// "Do not email" is set on the contact.
    pub do_not_email: bool,
    /// The last invitation or reminder, whatever became of it.
    pub last: Option<&'r LastMessage>,
    /// When the last one went that counts as sent.
    pub went: Option<Sent>,
}

/// Whether somebody gets an invitation or a reminder at `now`; if not, why. `clock` has looked at the same `now`.
pub fn withheld(candidate: &Candidate<'_>, sending: Sending, clock: WallClock, now: i64) -> Option<Withheld> {
    let person = candidate.person;
    let is_contact = person.kind == RecordKind::Contact;
    if person.is_deleted() {
        return Some(Withheld::Deleted);
    }
    if is_contact && person.text(&contact::APPROVAL) == contact::REJECTED {
        return Some(Withheld::Rejected);
    }
    if is_contact && person.text(&contact::APPROVAL) == contact::PENDING {
        return Some(Withheld::Pending);
    }
    if !is_contact && !person.get(&student::DEACTIVATED_AT).is_empty() {
        return Some(Withheld::Deactivated);
    }
    if candidate.active {
        return Some(Withheld::Activated);
    }
    if candidate.do_not_email {
        return Some(Withheld::DoNotEmail);
    }
    let address = activation::address(person);
    if address.is_empty() {
        return Some(Withheld::NoAddress);
    }
    if sending == Sending::Invitation && candidate.went.is_some() {
        return Some(Withheld::AlreadyInvited);
    }
    match candidate.last.map(|last| (last.delivery, last)) {
        Some((Delivery::Waiting, _)) => return Some(Withheld::Waiting),
        Some((Delivery::Unclear, _)) => return Some(Withheld::Unclear),
        Some((Delivery::Refused, last)) if last.is_refused_at(address) => return Some(Withheld::Refused),
        Some((Delivery::Bounced, last)) if last.is_refused_at(address) => return Some(Withheld::Bounced),
        _ => {}
    }
    match (sending, candidate.went) {
        (Sending::Invitation, _) => None,
        (Sending::Reminder, None) => Some(Withheld::NotInvited),
        (Sending::Reminder, Some(went)) => (!clock.is_due(went, now)).then_some(Withheld::NotYet),
    }
}

/// Where somebody stands between invitation and account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// No invitation went to the person so far.
    NotInvited,
    /// The last message was refused or came back, and the address is the same.
    Refused,
    /// Invited; the link works.
    Invited,
    /// Invited; the link works no more.
    Expired,
    /// The account is active.
    Activated,
    /// The account was deactivated.
    Deactivated,
}

/// Where somebody stands at `now`, given whether the last message was refused at the present address, and until when
/// the last link works that went; all in milliseconds since 1970.
pub fn state(active: bool, deactivated: bool, refused: bool, link_until: Option<i64>, now: i64) -> InvitationState {
    match (deactivated, active, link_until) {
        (true, ..) => InvitationState::Deactivated,
        (false, true, _) => InvitationState::Activated,
        (false, false, _) if refused => InvitationState::Refused,
        (false, false, None) => InvitationState::NotInvited,
        (false, false, Some(until)) if now < until => InvitationState::Invited,
        (false, false, Some(_)) => InvitationState::Expired,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::DELETED_AT;
    use crate::id::Id;
    use crate::moment;
    use crate::value::Value;
    use chrono::{DateTime, Timelike as _};
    use proptest::prelude::*;

    const HOUR: i64 = 60 * 60 * 1000;
    /// The true time at which the stories below begin.
    const START: i64 = 1_790_000_000_000;

    #[test]
    fn a_reminder_goes_after_24_hours_to_the_millisecond() {
        let clock = WallClock::default().sending(START, START);
        let last = Sent::at(START, START - HOUR);
        assert_eq!(clock.due_at(last, START), START + WAIT);
        assert!(!clock.look(START + WAIT - 1, START).is_due(last, START + WAIT - 1));
        assert!(clock.look(START + WAIT, START).is_due(last, START + WAIT));
    }

    #[test]
    fn daylight_saving_changes_nothing_but_what_the_wall_clock_says() {
        let berlin = moment::zone("Europe/Berlin").expect("a zone");
        for (sent, hour) in [("2026-03-28 15:00", 16), ("2026-10-24 15:00", 14), ("2026-06-10 15:00", 15)] {
            let at = moment::read(sent, berlin).expect("a moment");
            let due = WallClock::default().due_at(Sent::at(at, 0), at);
            let said = DateTime::from_timestamp_millis(due).expect("a moment").with_timezone(&berlin);
            assert_eq!((due - at, said.hour()), (24 * HOUR, hour), "{sent}");
        }
    }

    #[test]
    fn a_clock_that_stood_years_ahead_blocks_for_a_day_once_it_is_right() {
        let ahead = START + 5 * 365 * 24 * HOUR;
        let clock = WallClock::default().sending(ahead, START);
        let last = Sent::at(ahead, START);
        let clock = clock.look(START, ahead);
        assert_eq!(clock.due_at(last, START), START + WAIT, "from when it was noticed");
        let later = START + 10 * HOUR;
        let clock = clock.look(later, ahead);
        assert_eq!(clock.due_at(last, later), START + WAIT, "and not from each look anew");
        // What is sent now counts from now, although the hybrid logical clock stays years ahead.
        let clock = clock.sending(later, ahead);
        let last = Sent::at(later, ahead);
        assert_eq!(last.clock, ahead);
        assert_eq!(clock.look(later + HOUR, ahead).due_at(last, later + HOUR), later + WAIT);
    }

    #[test]
    fn a_clock_that_was_back_for_a_while_and_is_right_again_lets_nobody_be_early() {
        let back = START - 48 * HOUR;
        let clock = WallClock::default().look(back, START).sending(back, START);
        let last = Sent::at(back, START);
        let right = START + HOUR;
        assert_eq!(clock.look(right, START).due_at(last, right), START + WAIT);
    }

    #[test]
    fn a_clock_that_is_set_back_twice_blocks_for_a_day_from_the_second_time() {
        let clock = WallClock::default().sending(START, START);
        let last = Sent::at(START, START);
        // Written down far back, then noticed to be a little behind, then set back between the two.
        let clock = clock.look(START - 100 * HOUR, START).look(START + HOUR, START).look(START - 1, START);
        let again = START - 60 * HOUR;
        let clock = clock.look(again, START);
        assert_eq!(clock.due_at(last, again), again + WAIT);
        let later = again + WAIT;
        assert!(clock.look(later, START).is_due(last, later), "and not from each look anew");
    }

    /// A computer whose clock shows the true time and an offset that people change.
    #[derive(Clone, Debug)]
    enum Step {
        /// So much time passes.
        Pass(i64),
        /// The clock is set back by so much.
        SetBack(i64),
        /// Something is written into the journal.
        Write,
        /// The program looks at the clock.
        Look,
        /// A reminder is sent, if the rule permits it.
        Send,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            4 => (0i64..30 * HOUR).prop_map(Step::Pass),
            1 => (1i64..100 * HOUR).prop_map(Step::SetBack),
            1 => Just(Step::Write),
            2 => Just(Step::Look),
            4 => Just(Step::Send),
        ];
        prop::collection::vec(step, 1..60)
    }

    proptest! {
        /// However often the clock is set back: at least 24 true hours lie between two messages; and from any state, the
        /// wait is 24 hours at most by what is known, and three days at most whatever shows later.
        #[test]
        fn never_early_and_never_blocked_for_ever(ahead in 0i64..100_000 * HOUR, steps in steps()) {
            let (mut time, mut offset, mut latest) = (START, ahead, 0);
            let mut clock = WallClock::default();
            let mut last: Option<(Sent, i64)> = None;
            for step in steps {
                let now = time + offset;
                match step {
                    Step::Pass(millis) => time += millis,
                    Step::SetBack(millis) => offset -= millis,
                    Step::Write => latest = latest.max(now),
                    Step::Look => clock = clock.look(now, latest),
                    Step::Send => {
                        clock = clock.look(now, latest);
                        if last.is_none_or(|(sent, _)| clock.is_due(sent, now)) {
                            if let Some((_, before)) = last {
                                prop_assert!(time - before >= WAIT, "{} hours", (time - before) / HOUR);
                            }
                            clock = clock.sending(now, latest);
                            last = Some((Sent::at(now, latest), time));
                            latest = latest.max(now);
                        }
                    }
                }
            }
            if let Some((sent, _)) = last {
                let now = time + offset;
                clock = clock.look(now, latest);
                let due = clock.due_at(sent, now);
                prop_assert!(due <= now + WAIT, "blocked for {} hours", (due - now) / HOUR);
                // The clock runs on undisturbed. It may pass what it showed at the sending, and then the hybrid
                // logical time, and each time more is known of how long ago that was.
                let mut at = now;
                for _ in 0..3 {
                    clock = clock.look(at, latest);
                    at = at.max(clock.due_at(sent, at));
                }
                prop_assert!(clock.look(at, latest).is_due(sent, at) && at - now <= 3 * WAIT);
            }
        }

        /// Wherever people live: the wait is the same for the same moment.
        #[test]
        fn time_zones_do_not_matter(minutes in 0i64..60_000_000, there in 0usize..4) {
            let zone = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"][there];
            let zone = moment::zone(zone).expect("a zone");
            let said = DateTime::from_timestamp(minutes * 60, 0).expect("a moment").with_timezone(&zone);
            let at = moment::read(&said.to_rfc3339(), zone).expect("read");
            prop_assert_eq!(WallClock::default().due_at(Sent::at(at, 0), at), minutes * 60_000 + WAIT);
        }
    }

    #[test]
    fn who_gets_what_and_why_not() {
        let clock = WallClock::default();
        let mut person = Record::blank(RecordKind::Student, Id::from_parts(1, [1; 10]));
        let why = |person: &Record, active: bool, last: Option<&LastMessage>, sending, now| {
            let went = last.filter(|last| last.delivery == Delivery::Sent).map(|_| Sent::at(START, 0));
            withheld(&Candidate { person, active, do_not_email: false, last, went }, sending, clock, now)
        };
        assert_eq!(why(&person, false, None, Sending::Invitation, START), Some(Withheld::NoAddress));
        person.set(&student::EMAIL, "noelle@campus.example");
        assert_eq!(why(&person, false, None, Sending::Invitation, START), None);
        assert_eq!(why(&person, false, None, Sending::Reminder, START), Some(Withheld::NotInvited));
        let last = |delivery, address: &str| LastMessage { address: address.into(), delivery };
        let sent = last(Delivery::Sent, "noelle@campus.example");
        assert_eq!(why(&person, false, Some(&sent), Sending::Invitation, START), Some(Withheld::AlreadyInvited));
        assert_eq!(why(&person, false, Some(&sent), Sending::Reminder, START), Some(Withheld::NotYet));
        assert_eq!(why(&person, false, Some(&sent), Sending::Reminder, START + WAIT), None);
        assert_eq!(why(&person, true, Some(&sent), Sending::Reminder, START + WAIT), Some(Withheld::Activated));
        for (delivery, address, expected) in [
            (Delivery::Waiting, "noelle@campus.example", Some(Withheld::Waiting)),
            (Delivery::Unclear, "noelle@campus.example", Some(Withheld::Unclear)),
            (Delivery::NotSent, "noelle@campus.example", None),
            (Delivery::Refused, "NOELLE@campus.example", Some(Withheld::Refused)),
            (Delivery::Refused, "noelle@old.example", None),
            (Delivery::Bounced, "NOELLE@campus.example", Some(Withheld::Bounced)),
            (Delivery::Bounced, "noelle@old.example", None),
        ] {
            // None of these went, so the person is not invited; a reminder of one that did is held back the same way.
            let last = last(delivery, address);
            assert_eq!(why(&person, false, Some(&last), Sending::Invitation, START), expected);
            let went = Some(Sent::at(START - WAIT, 0));
            let candidate = Candidate { person: &person, active: false, do_not_email: false, last: Some(&last), went };
            assert_eq!(withheld(&candidate, Sending::Reminder, clock, START), expected);
            assert_eq!(withheld(&candidate, Sending::Invitation, clock, START), Some(Withheld::AlreadyInvited));
        }
        let unsent = Some(last(Delivery::NotSent, "noelle@campus.example"));
        assert_eq!(why(&person, false, unsent.as_ref(), Sending::Reminder, START), Some(Withheld::NotInvited));
        person.set(&student::DEACTIVATED_AT, Value::Moment(1));
        assert_eq!(why(&person, false, None, Sending::Invitation, START), Some(Withheld::Deactivated));
        person.set(&DELETED_AT, Value::Moment(1));
        assert_eq!(why(&person, false, None, Sending::Invitation, START), Some(Withheld::Deleted));

        let mut contact = Record::blank(RecordKind::Contact, Id::from_parts(2, [2; 10]));
        contact.set(&contact::EMAIL, "dana@acme.example");
        for (approval, do_not_email, expected) in [
            (contact::APPROVED, false, None),
            (contact::PENDING, false, Some(Withheld::Pending)),
            (contact::REJECTED, false, Some(Withheld::Rejected)),
            (contact::APPROVED, true, Some(Withheld::DoNotEmail)),
        ] {
            contact.set(&contact::APPROVAL, approval);
            let candidate = Candidate { person: &contact, active: false, do_not_email, last: None, went: None };
            assert_eq!(withheld(&candidate, Sending::Invitation, clock, START), expected);
        }
    }

    #[test]
    fn between_invitation_and_account() {
        use InvitationState::*;
        let of = |active, refused, until| state(active, false, refused, until, 5);
        assert_eq!([None, Some(6), Some(5)].map(|until| of(false, false, until)), [NotInvited, Invited, Expired]);
        assert_eq!([None, Some(6), Some(5)].map(|until| of(false, true, until)), [Refused; 3]);
        assert_eq!([false, true].map(|refused| of(true, refused, Some(5))), [Activated; 2]);
        assert_eq!([false, true].map(|active| state(active, true, true, None, 5)), [Deactivated; 2]);
    }
}
