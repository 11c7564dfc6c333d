//! The world: a queue of events in the order of time, a network, and whoever works.

use crate::checks;
use crate::conflicts;
use crate::desk::Desk;
use crate::hub::Hub;
use crate::options::{self, Options};
use crate::random::Random;
use crate::work;
use anyhow::{Context as _, Result, bail, ensure};
use liaison_domain::Id;
use liaison_domain::snapshot::Manifest;
use liaison_sync::engine::{Action, Engine, Event, Failure, HELD, PullReply, PushReply};
use liaison_sync::wire;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// When the simulation begins, in milliseconds since 1970.
const BEGIN: u64 = 1_800_000_000_000;
/// How long the second phase may last until nothing waits any more, in milliseconds.
const PATIENCE: u64 = 3_600_000;
/// Operations in one message.
const AT_ONCE: usize = 7;

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Operations in the hub's log.
    pub operations: u64,
    /// Of these, refused ones.
    pub refused: u64,
    /// Records at the end.
    pub records: u64,
    /// Fields in conflict at the end.
    pub conflicts: u64,
    /// Events until nothing waited any more.
    pub events: u64,
    /// A number that depends on everything that happened: the same seed gives the same.
    pub trace: u64,
}

enum Happening {
    /// Somebody does something at a desk.
    Work(usize),
    /// A desk's engine wakes, if it wants nothing else by now.
    Wake { at: usize, wish: u64 },
    /// A message reaches the hub.
    ToHub { from: usize, life: u64, request: u64, message: ToHub },
    /// The hub gives up keeping a question open.
    Release { question: u64 },
    /// The hub makes a snapshot for desks that join.
    Snapshot,
    /// A desk joins.
    Join(usize),
    /// A message reaches a desk.
    ToDesk { to: usize, life: u64, request: u64, message: ToDesk },
}

#[derive(Clone)]
enum ToHub {
    Push(Vec<u8>),
    Pull(u64),
    /// For what a snapshot left out.
    History(u64),
}

#[derive(Clone)]
enum ToDesk {
    Pushed(PushReply),
    Pulled(Vec<u8>),
    History(Vec<u8>),
}

struct Node<D> {
    desk: D,
    engine: Engine,
    /// Raised by each crash: what was under way before reaches nobody.
    life: u64,
    online: bool,
    /// How wrong its clock is, in milliseconds.
    clock: i64,
    /// The number of its last wish to be woken.
    wish: u64,
    /// It is one of the institution's desks.
    joined: bool,
}

struct Question {
    number: u64,
    from: usize,
    life: u64,
    request: u64,
    after: u64,
}

struct World<D> {
    options: Options,
    random: Random,
    now: u64,
    number: u64,
    queue: BinaryHeap<Reverse<(u64, u64)>>,
    happenings: BTreeMap<u64, Happening>,
    hub: Hub,
    /// Who sits at which desk.
    people: Vec<Id>,
    nodes: Vec<Node<D>>,
    open: Vec<Question>,
    /// The last snapshot, with how many records were erased by then.
    snapshot: Option<(Manifest, Vec<Vec<u8>>, usize)>,
    healed: bool,
    trace: u64,
    events: u64,
}

/// Runs desks, made one by one by `make` from their number and device, through both phases, and checks what must hold.
pub fn run<D: Desk>(options: &Options, mut make: impl FnMut(usize, Id) -> Result<D>) -> Result<Report> {
    let mut random = Random::new(options.seed.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let mut nodes = Vec::new();
    for number in 0..options.desks {
        let mut desk = make(number, Id::from_parts(BEGIN, random.bytes()))?;
        let progress = desk.progress()?;
        nodes.push(Node {
            desk,
            engine: Engine::new(progress.written, progress.answered),
            life: 0,
            online: true,
            clock: options.clocks.get(number).copied().unwrap_or_default(),
            wish: 0,
            joined: number < options.desks - options.late,
        });
    }
    let mut world = World {
        options: options.clone(),
        random,
        now: BEGIN,
        number: 0,
        queue: BinaryHeap::new(),
        happenings: BTreeMap::new(),
        hub: Hub::default(),
        people: Vec::new(),
        nodes,
        open: Vec::new(),
        snapshot: None,
        healed: false,
        trace: options.seed,
        events: 0,
    };
    world.found()?;
    for at in 0..options.desks {
        if world.nodes[at].joined {
            world.happen(0, Happening::Wake { at, wish: 0 });
        } else {
            let after = world.random.below(options.duration);
            world.happen(after, Happening::Join(at));
            let before = world.random.below(after + 1);
            world.happen(before, Happening::Snapshot);
        }
    }
    for _ in 0..options.steps {
        let (after, at) = (world.random.below(options.duration), world.random.below(options.desks as u64));
        world.happen(after, Happening::Work(at as usize));
    }
    world.go_on(BEGIN + options.duration).context("while everything fails")?;
    world.heal()?;
    let until = world.now + PATIENCE;
    while !world.is_settled()? {
        let Some(Reverse((next, _))) = world.queue.peek() else { bail!("nothing will happen, and something waits") };
        ensure!(*next <= until, "something still waits an hour after everything was healed: {}", world.standing()?);
        let next = *next;
        world.go_on(next).context("after everything was healed")?;
    }
    world.check()
}

impl<D: Desk> World<D> {
    /// The first desk has the people of the institution, and the others began with what the hub had of it.
    fn found(&mut self) -> Result<()> {
        self.people = (0..self.nodes.len()).map(|_| Id::from_parts(BEGIN, self.random.bytes())).collect();
        let id = Id::from_parts(BEGIN, self.random.bytes());
        let (people, device) = (work::people(BEGIN, &self.people), self.nodes[0].desk.device());
        ensure!(self.nodes[0].desk.work(BEGIN, id, self.people[0], &people)?, "the people are written");
        self.hub.found(device, 1);
        let first = self.nodes[0].desk.outgoing(0, 1)?;
        self.hub.push(device, &first, BEGIN)?;
        for node in self.nodes.iter_mut().filter(|node| node.joined) {
            ensure!(node.desk.absorb(&self.hub.pull(node.desk.device(), 0).entries)?, "the beginning is taken in");
            let progress = node.desk.progress()?;
            node.engine = Engine::new(progress.written, progress.answered);
        }
        Ok(())
    }

    fn happen(&mut self, after: u64, what: Happening) {
        self.number += 1;
        self.queue.push(Reverse((self.now.saturating_add(after), self.number)));
        self.happenings.insert(self.number, what);
    }

    /// Lets happen what is due until a moment.
    fn go_on(&mut self, until: u64) -> Result<()> {
        while let Some(Reverse((at, number))) = self.queue.peek().copied() {
            if at > until {
                break;
            }
            self.queue.pop();
            self.now = at;
            self.events += 1;
            let Some(what) = self.happenings.remove(&number) else { continue };
            self.note(at ^ number);
            match what {
                Happening::Work(at) if self.nodes[at].joined => self.work(at)?,
                Happening::Work(_) => {}
                Happening::Snapshot => self.take_snapshot()?,
                Happening::Join(at) => self.join(at)?,
                Happening::Wake { at, wish } if self.nodes[at].wish == wish => self.step(at, Event::Woke)?,
                Happening::Wake { .. } => {}
                Happening::ToHub { from, life, request, message } => self.at_hub(from, life, request, message)?,
                Happening::Release { question } => {
                    if let Some(at) = self.open.iter().position(|open| open.number == question) {
                        let question = self.open.remove(at);
                        self.answer(&question);
                    }
                }
                Happening::ToDesk { to, life, request, message } => self.at_desk(to, life, request, message)?,
            }
        }
        self.now = self.now.max(until);
        Ok(())
    }

    fn note(&mut self, what: u64) {
        self.trace = (self.trace ^ what).wrapping_mul(0x0100_0000_01b3).rotate_left(17);
    }

    fn take_snapshot(&mut self) -> Result<()> {
        let (manifest, parts) = self.hub.snapshot()?;
        self.snapshot = Some((manifest, parts, self.hub.erased()));
        Ok(())
    }

    /// A desk begins with the last snapshot, unless something was erased since: then with one of now.
    fn join(&mut self, at: usize) -> Result<()> {
        if std::mem::replace(&mut self.nodes[at].joined, true) {
            return Ok(());
        }
        if self.snapshot.as_ref().is_none_or(|(.., erased)| *erased != self.hub.erased()) {
            self.take_snapshot()?;
        }
        let Some((manifest, parts, _)) = &self.snapshot else { bail!("there is a snapshot") };
        let node = &mut self.nodes[at];
        node.desk.begin_with(manifest, parts)?;
        let there = node.desk.records()?;
        let fold = checks::fold(self.hub.log.iter().take(manifest.place as usize));
        ensure!(
            there == fold,
            "the snapshot is not what the log up to it gives: {}",
            checks::difference(&there, &fold)
        );
        let progress = node.desk.progress()?;
        node.engine = Engine::new(progress.written, progress.answered);
        self.step(at, Event::Woke)
    }

    fn work(&mut self, at: usize) -> Result<()> {
        if self.random.chance(self.options.clock_jumps) {
            self.nodes[at].clock = options::clock(&mut self.random);
        }
        if self.random.chance(self.options.cuts) {
            self.nodes[at].online = !self.nodes[at].online;
            if self.nodes[at].online {
                self.step(at, Event::Now)?;
            }
        }
        let clock = self.now.saturating_add_signed(self.nodes[at].clock);
        let records = self.nodes[at].desk.records()?;
        let chosen = match self.random.chance(5) {
            true => work::settle(&mut self.random, &self.nodes[at].desk.conflicts()?),
            false => None,
        };
        let work = chosen.unwrap_or_else(|| work::draw(&mut self.random, clock, &records));
        let id = Id::from_parts(clock, self.random.bytes());
        let written = self.nodes[at]
            .desk
            .work(clock, id, self.people[at], &work)
            .with_context(|| format!("desk {at}: {work:?}"))?;
        if self.random.chance(self.options.crashes) {
            return self.crash(at);
        }
        if written {
            let written = self.nodes[at].desk.progress()?.written;
            self.note(written);
            self.step(at, Event::Wrote { written })?;
        }
        Ok(())
    }

    /// What was in memory is gone; what was committed is there.
    fn crash(&mut self, at: usize) -> Result<()> {
        let node = &mut self.nodes[at];
        node.life += 1;
        let progress = node.desk.progress()?;
        node.engine = Engine::new(progress.written, progress.answered);
        node.wish += 1;
        let wish = node.wish;
        let after = self.random.below(60_000);
        self.happen(after, Happening::Wake { at, wish });
        Ok(())
    }

    /// Gives an event to a desk's engine, and does what it says.
    fn step(&mut self, at: usize, event: Event) -> Result<()> {
        let (now, life) = (self.now, self.nodes[at].life);
        let actions = self.nodes[at].engine.step(now, event);
        for action in actions {
            match action {
                Action::Push { request, after } => {
                    let operations = self.nodes[at].desk.outgoing(after, AT_ONCE)?;
                    let message = ToHub::Push(wire::push(&operations));
                    self.send(at, |life| Happening::ToHub { from: at, life, request, message: message.clone() }, life);
                }
                Action::Pull { request } => {
                    let after = self.nodes[at].desk.progress()?.cursor;
                    // What a snapshot left out is asked for now and then, until all of it is here.
                    let message = match self.nodes[at].desk.history()? {
                        Some(after) if self.random.chance(50) => ToHub::History(after),
                        _ => ToHub::Pull(after),
                    };
                    self.send(at, |life| Happening::ToHub { from: at, life, request, message: message.clone() }, life);
                }
            }
        }
        let wake = self.nodes[at].engine.next_wake().saturating_sub(now).max(1);
        self.nodes[at].wish += 1;
        let wish = self.nodes[at].wish;
        self.happen(wake, Happening::Wake { at, wish });
        Ok(())
    }

    /// Puts a message on its way between a desk and the hub, as far as it gets.
    fn send(&mut self, desk: usize, message: impl Fn(u64) -> Happening, life: u64) {
        if !self.nodes[desk].online {
            return;
        }
        let (lost, doubled, delay) = match self.healed {
            true => (0, 0, 20),
            false => (self.options.lost, self.options.doubled, self.options.delay),
        };
        let times = if self.random.chance(lost) { 0 } else { 1 + u64::from(self.random.chance(doubled)) };
        for _ in 0..times {
            let after = self.random.between(1, delay);
            self.happen(after, message(life));
        }
    }

    fn at_hub(&mut self, from: usize, life: u64, request: u64, message: ToHub) -> Result<()> {
        let device = self.nodes[from].desk.device();
        match message {
            ToHub::Push(bytes) => {
                let operations = wire::read_push(&bytes)?;
                let now = self.now;
                let before = self.hub.last();
                let reply = self.hub.push(device, &operations, now)?;
                self.note(self.hub.last());
                let pushed = ToDesk::Pushed(reply);
                self.send(from, |life| Happening::ToDesk { to: from, life, request, message: pushed.clone() }, life);
                if self.hub.last() > before {
                    for question in std::mem::take(&mut self.open) {
                        self.answer(&question);
                    }
                }
            }
            ToHub::History(after) => {
                let bytes = ToDesk::History(wire::pulled(&self.hub.pull(device, after)));
                self.send(from, |life| Happening::ToDesk { to: from, life, request, message: bytes.clone() }, life);
            }
            ToHub::Pull(after) => {
                self.number += 1;
                let question = Question { number: self.number, from, life, request, after };
                if self.hub.last() > after {
                    self.answer(&question);
                } else {
                    self.happen(HELD, Happening::Release { question: question.number });
                    self.open.push(question);
                }
            }
        }
        Ok(())
    }

    fn answer(&mut self, question: &Question) {
        let device = self.nodes[question.from].desk.device();
        let bytes = wire::pulled(&self.hub.pull(device, question.after));
        let (to, request) = (question.from, question.request);
        self.send(
            to,
            |life| Happening::ToDesk { to, life, request, message: ToDesk::Pulled(bytes.clone()) },
            question.life,
        );
    }

    fn at_desk(&mut self, to: usize, life: u64, request: u64, message: ToDesk) -> Result<()> {
        if self.nodes[to].life != life || !self.nodes[to].online {
            return Ok(());
        }
        match message {
            ToDesk::Pushed(reply) => {
                ensure!(reply != PushReply::Forked, "desk {to} is taken for a copy");
                self.step(to, Event::Pushed { request, reply: Ok(reply) })
            }
            ToDesk::History(bytes) => {
                let history = wire::read_pulled(&bytes)?;
                let piece = self.random.between(1, 9) as usize;
                for entries in history.entries.chunks(piece) {
                    ensure!(self.nodes[to].desk.take_history(entries, history.last)?, "desk {to} takes no history");
                    self.nodes[to].desk.check().with_context(|| format!("desk {to}, while history comes"))?;
                    if !self.healed && self.random.chance(self.options.crashes) {
                        return self.crash(to);
                    }
                }
                self.step(to, Event::Pulled { request, reply: Ok::<_, Failure>(PullReply::Applied) })
            }
            ToDesk::Pulled(bytes) => {
                let pulled = wire::read_pulled(&bytes)?;
                // As it comes: in pieces, and with a crash between two of them now and then.
                let piece = self.random.between(1, 9) as usize;
                for entries in pulled.entries.chunks(piece) {
                    ensure!(self.nodes[to].desk.absorb(entries)?, "desk {to} goes no further");
                    if !self.healed && self.random.chance(self.options.crashes) {
                        return self.crash(to);
                    }
                }
                let cursor = self.nodes[to].desk.progress()?.cursor;
                self.note(cursor);
                self.step(to, Event::Pulled { request, reply: Ok::<_, Failure>(PullReply::Applied) })
            }
        }
    }

    /// Ends every fault. Clocks stay as wrong as they are: nobody sets them because sync is on.
    fn heal(&mut self) -> Result<()> {
        self.healed = true;
        for at in 0..self.nodes.len() {
            self.join(at)?;
            self.nodes[at].online = true;
            if self.random.chance(50) {
                self.step(at, Event::Now)?;
            }
        }
        Ok(())
    }

    fn is_settled(&mut self) -> Result<bool> {
        let last = self.hub.last();
        for node in &mut self.nodes {
            let progress = node.desk.progress()?;
            let is_whole = node.desk.history()?.is_none();
            if progress.cursor != last || progress.answered != progress.written || !is_whole {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn standing(&mut self) -> Result<String> {
        let mut standing = format!("the log has {}", self.hub.last());
        for node in &mut self.nodes {
            standing += &format!("; {:?} {:?}", node.desk.progress()?, node.engine);
        }
        Ok(standing)
    }

    fn check(&mut self) -> Result<Report> {
        checks::log(&self.hub)?;
        let (hub, oracle) = (checks::seen(&self.hub.documents), checks::oracle(&self.hub));
        ensure!(hub == oracle, "the hub is not what its log gives: {}", checks::difference(&hub, &oracle));
        let contested = conflicts::oracle(&self.hub);
        for (number, node) in self.nodes.iter_mut().enumerate() {
            let desk = node.desk.records()?;
            ensure!(desk == hub, "desk {number} is not as the hub: {}", checks::difference(&desk, &hub));
            node.desk.check().with_context(|| format!("desk {number}"))?;
            let found: BTreeSet<_> = node.desk.conflicts()?.into_keys().collect();
            ensure!(found == contested, "desk {number} has other conflicts than the log: {found:?}, {contested:?}");
        }
        self.note(hub.len() as u64);
        Ok(Report {
            operations: self.hub.last(),
            refused: self.hub.log.iter().filter(|decided| decided.refused.is_some()).count() as u64,
            records: hub.len() as u64,
            conflicts: contested.len() as u64,
            events: self.events,
            trace: self.trace,
        })
    }
}
