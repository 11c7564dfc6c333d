//! Work on all cores, which can be watched and cancelled.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use thiserror::Error;

/// The caller's callback asked to stop; nothing was changed and nothing is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("cancelled")]
pub struct Cancelled;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Keys are made, by which records meet.
    Blocking,
    /// Weights are estimated.
    Estimating,
    /// Pairs are compared.
    Comparing,
    /// Groups are formed.
    Grouping,
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done; stages come in the order of their declaration.
    pub stage: Stage,
    /// Units done of this stage.
    pub done: u64,
    /// Units of this stage.
    pub total: u64,
}

/// Asked now and then, from any thread; `false` cancels the work.
pub type Callback<'a> = &'a (dyn Fn(Progress) -> bool + Sync);

/// Hands progress on to the callback and remembers its refusal.
pub(crate) struct Watch<'a> {
    callback: Callback<'a>,
    stopped: AtomicBool,
    done: AtomicU64,
}

impl<'a> Watch<'a> {
    pub fn new(callback: Callback<'a>) -> Watch<'a> {
        Watch { callback, stopped: AtomicBool::new(false), done: AtomicU64::new(0) }
    }

    /// Begins a stage.
    pub fn begin(&self, stage: Stage, total: u64) -> Result<(), Cancelled> {
        self.done.store(0, Ordering::Relaxed);
        self.tell(Progress { stage, done: 0, total })
    }

    /// One unit more is done.
    pub fn step(&self, stage: Stage, total: u64) -> Result<(), Cancelled> {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.tell(Progress { stage, done, total })
    }

    fn tell(&self, progress: Progress) -> Result<(), Cancelled> {
        if !(self.callback)(progress) {
            self.stopped.store(true, Ordering::Relaxed);
        }
        self.go_on()
    }

    /// An error once the callback has refused.
    pub fn go_on(&self) -> Result<(), Cancelled> {
        if self.stopped.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }
}

fn threads() -> u32 {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(16) as u32)
}

/// Does `work` on consecutive ranges of `0..count`, one for each core; the results are in the ranges' order.
pub(crate) fn in_parts<R: Send>(
    count: u32,
    work: impl Fn(Range<u32>) -> Result<R, Cancelled> + Sync,
) -> Result<Vec<R>, Cancelled> {
    let threads = if count < 5000 { 1 } else { threads() };
    let at = |part: u32| (u64::from(count) * u64::from(part) / u64::from(threads)) as u32;
    on_threads(threads, |part| work(at(part)..at(part + 1)))
}

/// Does `work` once for each number below `count`, on all cores; the results are in the numbers' order.
pub(crate) fn for_each<R: Send>(
    count: u32,
    work: impl Fn(u32) -> Result<R, Cancelled> + Sync,
) -> Result<Vec<R>, Cancelled> {
    let threads = threads().min(count).max(1);
    let lists = on_threads(threads, |first| {
        (first..count).step_by(threads as usize).map(&work).collect::<Result<Vec<R>, Cancelled>>()
    })?;
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let mut results = Vec::with_capacity(count as usize);
    for number in 0..count as usize {
        results.extend(lists[number % threads as usize].next());
    }
    Ok(results)
}

fn on_threads<R: Send>(threads: u32, work: impl Fn(u32) -> Result<R, Cancelled> + Sync) -> Result<Vec<R>, Cancelled> {
    if threads == 1 {
        return Ok(vec![work(0)?]);
    }
    std::thread::scope(|scope| {
        let started: Vec<_> = (0..threads)
            .map(|part| {
                scope.spawn({
                    let work = &work;
                    move || work(part)
                })
            })
            .collect();
        let joined = started.into_iter().map(|thread| match thread.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.collect()
    })
}
