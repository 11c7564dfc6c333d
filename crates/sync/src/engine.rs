//! When a desk sends, asks, waits and tries again: a state machine. Events and the time come in, actions go out; whoever
//! drives it does them and reports back.
//!
//! Two lanes that wait for each other only once: one sends this device's operations, one asks for the hub's log. After a
//! time apart the first request sends, then the log is asked for: what was done here meets what others did in the hub,
//! which answers it with its reasons, and not here, where an erasure would leave nothing of it. Offline is a state, not an
//! error: no state is without a moment at which something happens next ([`Engine::next_wake`]). A reply that
//! is lost, late or double changes nothing: what counts comes with the log, and the desk's cursor moves in the same
//! transaction as what it counts.

/// How long the answer to what was sent is waited for, in milliseconds.
pub const PUSH_DEADLINE: u64 = 30_000;
/// How long the hub may keep a question open until there is more, in milliseconds.
pub const HELD: u64 = 50_000;
/// How long the answer to a question is waited for, in milliseconds: longer than the hub keeps it open.
pub const PULL_DEADLINE: u64 = HELD + 20_000;
/// With nothing to send, the lane looks again after this, in milliseconds: should it ever not have been told.
pub const IDLE: u64 = 60_000;
/// The first wait after a failure, in milliseconds; it doubles each time.
pub const FIRST_WAIT: u64 = 500;
/// The longest, in milliseconds.
pub const LONGEST_WAIT: u64 = 300_000;

/// The hub's answer to operations that were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushReply {
    /// All up to this place of the device's chain are with the hub.
    Received {
        /// The place in the device's chain.
        sequence: u64,
    },
    /// The device's database was copied or restored: it needs to go on as another device.
    Forked,
}

/// What came of asking for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PullReply {
    /// What came is in the database, or there was nothing.
    Applied,
    /// It goes no further: the database was copied or restored, or the log is not to be trusted.
    Stopped,
}

/// Why a request came to nothing. All the same to the lanes: try again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The hub said after how many milliseconds to come again.
    pub retry_after: Option<u64>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The moment of [`Engine::next_wake`] has come; also to be sent at the beginning.
    Woke,
    /// The device wrote an operation; `written` is the greatest place in its chain.
    Wrote {
        /// The place in the device's chain.
        written: u64,
    },
    /// The network came back, or somebody pressed “Sync now”.
    Now,
    /// A request to send ended.
    Pushed {
        /// Which.
        request: u64,
        /// How.
        reply: Result<PushReply, Failure>,
    },
    /// A request for the log ended.
    Pulled {
        /// Which.
        request: u64,
        /// How.
        reply: Result<PullReply, Failure>,
    },
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send operations after this place of the device's chain.
    Push {
        /// To be named in the event that ends it.
        request: u64,
        /// The place in the device's chain.
        after: u64,
    },
    /// Ask for the log after the database's cursor, and put what comes into the database. The hub may keep the question
    /// open for [`HELD`].
    Pull {
        /// To be named in the event that ends it.
        request: u64,
    },
}

/// How it stands, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The hub answers.
    Online,
    /// The last request came to nothing.
    Offline {
        /// When it is tried again, in milliseconds since 1970.
        again_at: u64,
    },
    /// It goes no further without a decision: see [`PushReply::Forked`] and [`PullReply::Stopped`].
    Stopped,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    /// Nothing under way.
    Rests { until: u64 },
    /// A request is under way.
    Asks { request: u64, deadline: u64 },
    /// The last request failed.
    Waits { until: u64 },
}

impl Lane {
    fn wake(self) -> u64 {
        match self {
            Lane::Rests { until } | Lane::Waits { until } => until,
            Lane::Asks { deadline, .. } => deadline,
        }
    }

    fn is(self, request: u64) -> bool {
        matches!(self, Lane::Asks { request: asked, .. } if asked == request)
    }
}

/// The desk's side.
#[derive(Clone, Debug)]
pub struct Engine {
    push: Lane,
    pull: Lane,
    push_failures: u32,
    pull_failures: u32,
    stopped: bool,
    /// The log was not read since the beginning, or since asking for it came to nothing.
    apart: bool,
    /// The log is to be asked for once the request under way has ended.
    held: bool,
    /// That request ended, however it did: the log is asked for now.
    released: bool,
    /// The hub said when to send again.
    told_to_wait: bool,
    requests: u64,
    /// The greatest place of the device's chain there is.
    written: u64,
    /// The greatest place of the device's chain that the hub said it has.
    received: u64,
}

impl Engine {
    /// A desk that has come this far: the greatest place in its chain, and the greatest one that was answered.
    pub fn new(written: u64, answered: u64) -> Engine {
        Engine {
            push: Lane::Rests { until: 0 },
            pull: Lane::Rests { until: 0 },
            push_failures: 0,
            pull_failures: 0,
            stopped: false,
            apart: true,
            held: false,
            released: false,
            told_to_wait: false,
            requests: 0,
            written,
            received: answered,
        }
    }

    /// When [`Event::Woke`] is due, in milliseconds since 1970, unless something happens before.
    pub fn next_wake(&self) -> u64 {
        self.push.wake().min(self.pull.wake())
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        match (self.stopped, self.pull, self.push) {
            (true, ..) => Standing::Stopped,
            (_, Lane::Waits { until }, _) | (_, _, Lane::Waits { until }) => Standing::Offline { again_at: until },
            _ => Standing::Online,
        }
    }

    /// Takes note of an event at `now`, in milliseconds since 1970, and says what is to be done.
    pub fn step(&mut self, now: u64, event: Event) -> Vec<Action> {
        match event {
            Event::Woke => self.expire(now),
            Event::Wrote { written } => {
                self.written = self.written.max(written);
                if let Lane::Rests { until } = &mut self.push {
                    *until = now;
                }
            }
            Event::Now => {
                for lane in [&mut self.push, &mut self.pull] {
                    if let Lane::Rests { until } | Lane::Waits { until } = lane {
                        *until = now;
                    }
                }
            }
            // A reply to a request that was given up says nothing any more.
            Event::Pushed { request, .. } if !self.push.is(request) => {}
            Event::Pulled { request, .. } if !self.pull.is(request) => {}
            Event::Pushed { reply, .. } => self.pushed(now, reply),
            Event::Pulled { reply, .. } => self.pulled(now, reply),
        }
        self.act(now)
    }

    fn pushed(&mut self, now: u64, reply: Result<PushReply, Failure>) {
        self.release(now);
        if reply.is_ok() {
            self.apart = false;
        }
        self.told_to_wait = matches!(reply, Err(Failure { retry_after: Some(_) }));
        match reply {
            Ok(PushReply::Received { sequence }) if sequence > self.received || sequence >= self.written => {
                self.received = sequence;
                self.push_failures = 0;
                self.push = Lane::Rests { until: now };
            }
            Ok(PushReply::Received { sequence }) => {
                // The hub has less than it said before, or no more than before: not at once again.
                self.received = sequence;
                self.push = self.fail(now, None, true);
            }
            Ok(PushReply::Forked) => {
                self.stopped = true;
                self.push = Lane::Waits { until: now.saturating_add(LONGEST_WAIT) };
            }
            Err(failure) => self.push = self.fail(now, failure.retry_after, true),
        }
    }

    fn pulled(&mut self, now: u64, reply: Result<PullReply, Failure>) {
        match reply {
            Ok(PullReply::Applied) => {
                self.pull_failures = 0;
                self.apart = false;
                self.pull = Lane::Rests { until: now };
                // The hub answers again: what waits need not.
                if let Lane::Waits { until } = &mut self.push
                    && !self.stopped
                    && self.push_failures > 1
                {
                    self.push_failures = 1;
                    *until = (*until).min(now.saturating_add(FIRST_WAIT));
                }
            }
            Ok(PullReply::Stopped) => {
                self.stopped = true;
                self.pull = Lane::Waits { until: now.saturating_add(LONGEST_WAIT) };
            }
            Err(failure) => {
                self.apart = true;
                self.pull = self.fail(now, failure.retry_after, false);
            }
        }
    }

    /// Lets the log be asked for, where that waited for a request to send.
    fn release(&mut self, now: u64) {
        if std::mem::take(&mut self.held) {
            self.released = true;
            self.pull = Lane::Rests { until: now };
        }
    }

    fn expire(&mut self, now: u64) {
        if matches!(self.push, Lane::Asks { deadline, .. } if deadline <= now) {
            self.release(now);
            self.push = self.fail(now, None, true);
        }
        if matches!(self.pull, Lane::Asks { deadline, .. } if deadline <= now) {
            self.apart = true;
            self.pull = self.fail(now, None, false);
        }
    }

    fn fail(&mut self, now: u64, retry_after: Option<u64>, push: bool) -> Lane {
        let failures = if push { &mut self.push_failures } else { &mut self.pull_failures };
        *failures = failures.saturating_add(1);
        let wait = FIRST_WAIT.saturating_mul(1 << (*failures - 1).min(20)).min(LONGEST_WAIT);
        // Desks that lost the hub at one moment don't come back at one moment.
        let spread = self.requests.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let wait = wait / 2 + spread % (wait / 2 + 1);
        Lane::Waits { until: now.saturating_add(retry_after.unwrap_or(0).max(wait).min(LONGEST_WAIT)) }
    }

    fn act(&mut self, now: u64) -> Vec<Action> {
        let mut actions = Vec::new();
        // A clock that was set back must not let a lane sleep for years.
        for lane in [&mut self.push, &mut self.pull] {
            let (Lane::Rests { until } | Lane::Waits { until } | Lane::Asks { deadline: until, .. }) = lane;
            *until = (*until).min(now.saturating_add(LONGEST_WAIT));
        }
        let is_due = |lane: Lane| matches!(lane, Lane::Rests { until } | Lane::Waits { until } if until <= now);
        let goes_first =
            self.apart && !self.released && self.written > self.received && !self.stopped && !self.told_to_wait;
        if goes_first && is_due(self.pull) && !matches!(self.push, Lane::Asks { .. }) {
            self.push = Lane::Rests { until: now };
        }
        if is_due(self.push) {
            self.push = if self.written > self.received {
                self.requests += 1;
                actions.push(Action::Push { request: self.requests, after: self.received });
                Lane::Asks { request: self.requests, deadline: now.saturating_add(PUSH_DEADLINE) }
            } else {
                Lane::Rests { until: now.saturating_add(IDLE) }
            };
        }
        if let Lane::Asks { deadline, .. } = self.push
            && is_due(self.pull)
            && goes_first
        {
            self.pull = Lane::Rests { until: deadline };
            self.held = true;
        }
        if is_due(self.pull) {
            self.requests += 1;
            self.released = false;
            actions.push(Action::Pull { request: self.requests });
            self.pull = Lane::Asks { request: self.requests, deadline: now.saturating_add(PULL_DEADLINE) };
        }
        actions
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event() -> impl Strategy<Value = (u64, u8, u64)> {
        (prop_oneof![0u64..1000, 0u64..400_000, Just(u64::MAX / 4)], 0u8..8, 0u64..6)
    }

    proptest! {
        /// Whatever comes, something happens next, and soon: no state is without a way out.
        #[test]
        fn no_state_is_final(events in prop::collection::vec(event(), 0..60), back in 0u64..1000) {
            let mut engine = Engine::new(3, 0);
            let mut now = 1_000_000u64;
            let mut open: Vec<Action> = engine.step(now, Event::Woke);
            for (passed, what, which) in events {
                now = if passed > 1_000_000 { now.saturating_sub(back * 1000) } else { now + passed };
                let request = match open.get(which as usize) {
                    Some(Action::Push { request, .. } | Action::Pull { request }) => *request,
                    None => which,
                };
                let failed = Failure { retry_after: (which > 3).then_some(which * 1000) };
                let event = match what {
                    0 => Event::Woke,
                    1 => Event::Wrote { written: which * 2 },
                    2 => Event::Now,
                    3 => Event::Pushed { request, reply: Ok(PushReply::Received { sequence: which }) },
                    4 => Event::Pushed { request, reply: if which == 0 { Ok(PushReply::Forked) } else { Err(failed) } },
                    5 => Event::Pulled { request, reply: Ok(PullReply::Applied) },
                    6 => Event::Pulled { request, reply: Err(failed) },
                    _ => Event::Pulled { request, reply: Ok(PullReply::Stopped) },
                };
                open.extend(engine.step(now, event));
                prop_assert!(engine.next_wake() <= now + LONGEST_WAIT, "{:?}", engine);
                let wakes = engine.next_wake().max(now);
                let before = engine.clone();
                let mut woken = engine.clone();
                let did = woken.step(wakes, Event::Woke);
                prop_assert!(!did.is_empty() || woken.next_wake() > wakes, "{:?} {:?}", before, woken);
            }
        }
    }

    #[test]
    fn what_was_written_is_sent_at_once_and_the_log_is_always_asked_for() {
        let mut engine = Engine::new(0, 0);
        assert_eq!(engine.step(0, Event::Woke), [Action::Pull { request: 1 }]);
        assert_eq!(engine.step(10, Event::Wrote { written: 2 }), [Action::Push { request: 2, after: 0 }]);
        assert_eq!(engine.step(11, Event::Wrote { written: 3 }), [], "one at a time");
        let received = |sequence| Ok(PushReply::Received { sequence });
        assert_eq!(
            engine.step(20, Event::Pushed { request: 2, reply: received(2) }),
            [Action::Push { request: 3, after: 2 }]
        );
        assert_eq!(engine.step(30, Event::Pushed { request: 3, reply: received(3) }), []);
        let failed = Err(Failure { retry_after: None });
        assert_eq!(engine.step(40, Event::Pulled { request: 1, reply: failed }), []);
        assert!(matches!(engine.standing(), Standing::Offline { again_at } if again_at > 40 && again_at <= 540));
        assert_eq!(engine.step(41, Event::Now), [Action::Pull { request: 4 }], "somebody does not want to wait");
        assert_eq!(engine.step(50, Event::Pulled { request: 1, reply: Ok(PullReply::Applied) }), [], "too late");
    }

    #[test]
    fn what_was_done_apart_is_sent_before_the_log_is_asked_for() {
        let mut engine = Engine::new(3, 3);
        assert_eq!(engine.step(0, Event::Woke), [Action::Pull { request: 1 }]);
        let failed = Failure { retry_after: None };
        assert_eq!(engine.step(10, Event::Pulled { request: 1, reply: Err(failed) }), []);
        assert_eq!(engine.step(20, Event::Wrote { written: 4 }), [Action::Push { request: 2, after: 3 }]);
        assert_eq!(engine.step(30, Event::Pushed { request: 2, reply: Err(failed) }), []);
        // It is the log's turn to be asked for, and there is something to send, which is to be sent again later.
        let pull_due = engine.pull.wake();
        engine.push = Lane::Waits { until: pull_due + 60_000 };
        assert_eq!(engine.step(pull_due, Event::Woke), [Action::Push { request: 3, after: 3 }]);
        assert_eq!(engine.step(pull_due + 5, Event::Wrote { written: 5 }), [], "the log waits");
        let received = Ok(PushReply::Received { sequence: 4 });
        assert_eq!(
            engine.step(pull_due + 9, Event::Pushed { request: 3, reply: received }),
            [Action::Push { request: 4, after: 4 }, Action::Pull { request: 5 }],
            "and never for more than one request"
        );
        // Sending that fails by itself meanwhile doesn't let the log go first.
        let mut engine = Engine::new(3, 3);
        engine.step(0, Event::Woke);
        engine.step(10, Event::Pulled { request: 1, reply: Err(failed) });
        engine.step(11, Event::Wrote { written: 4 });
        engine.step(12, Event::Pushed { request: 2, reply: Err(failed) });
        let pull_due = engine.pull.wake();
        engine.push = Lane::Waits { until: pull_due + 60_000 };
        assert_eq!(engine.step(pull_due, Event::Woke), [Action::Push { request: 3, after: 3 }]);
        assert_eq!(
            engine.step(pull_due + 1, Event::Pushed { request: 3, reply: Err(failed) }),
            [Action::Pull { request: 4 }],
            "the log is asked for all the same"
        );
        // A request that is never answered holds up nothing for longer than it may take itself.
        let mut engine = Engine::new(3, 2);
        assert_eq!(engine.step(0, Event::Woke), [Action::Push { request: 1, after: 2 }]);
        assert_eq!(engine.next_wake(), PUSH_DEADLINE);
        assert_eq!(engine.step(PUSH_DEADLINE, Event::Woke), [Action::Pull { request: 2 }]);
        // Whom the hub told to wait waits, and reads meanwhile.
        let busy = Failure { retry_after: Some(90_000) };
        let mut engine = Engine::new(3, 2);
        engine.step(0, Event::Woke);
        assert_eq!(engine.step(5, Event::Pushed { request: 1, reply: Err(busy) }), [Action::Pull { request: 2 }]);
        assert_eq!(engine.step(9, Event::Pulled { request: 2, reply: Err(failed) }), []);
        assert_eq!(engine.step(engine.pull.wake(), Event::Woke), [Action::Pull { request: 3 }]);
    }

    #[test]
    fn the_hub_may_have_less_than_it_had() {
        let mut engine = Engine::new(9, 7);
        assert_eq!(engine.step(0, Event::Woke), [Action::Push { request: 1, after: 7 }]);
        let reply = Ok(PushReply::Received { sequence: 4 });
        assert_eq!(engine.step(5, Event::Pushed { request: 1, reply }), [Action::Pull { request: 2 }]);
        assert_eq!(engine.step(1_000, Event::Woke), [Action::Push { request: 3, after: 4 }]);
    }
}
