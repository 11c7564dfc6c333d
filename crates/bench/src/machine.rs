//! The machine: what it is, who else works on it, and what memory a process takes. Read from /proc; elsewhere these
//! are not known, and figures that need them are not measured.

use serde::Serialize;
use std::fmt;
use std::fs;
use std::time::{Duration, Instant};

/// Above this share of the machine, in per cent, other processes are said to have been at work.
const LOUD: f64 = 15.0;

/// What other processes did while something was measured.
#[derive(Clone, Debug, Serialize)]
pub struct Noise {
    /// The measure, with its number of contacts.
    pub during: String,
    /// The share of all processors that others took, in per cent.
    pub others_percent: f64,
    /// The load average over one minute at its end.
    pub load: f64,
}

impl Noise {
    /// Whether it was enough to mention.
    pub fn is_loud(&self) -> bool {
        self.others_percent > LOUD
    }
}

impl fmt::Display for Noise {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: others took {:.0} % of the processors, load {:.1}", self.during, self.others_percent, self.load)
    }
}

/// Listens to the machine during a measure.
pub struct Listener {
    start: Instant,
    busy: Option<f64>,
    own: Option<f64>,
}

impl Listener {
    /// Begins to listen.
    pub fn start() -> Listener {
        Listener { start: Instant::now(), busy: busy_seconds(), own: own_seconds() }
    }

    /// What others did since; nothing where the system does not tell.
    pub fn stop(self, during: String) -> Option<Noise> {
        let busy = busy_seconds()? - self.busy?;
        let own = own_seconds()? - self.own?;
        let capacity = self.start.elapsed().as_secs_f64() * processors() as f64;
        // Both are counted in hundredths of a second; over a short time that says nothing.
        let others_percent = if capacity < 1.0 { 0.0 } else { ((busy - own) / capacity * 100.0).clamp(0.0, 100.0) };
        Some(Noise { during, others_percent, load: load()? })
    }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

/// Seconds all processors have worked since the system started.
fn busy_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    let ticks: Vec<f64> =
        text.lines().next()?.split_whitespace().skip(1).filter_map(|tick| tick.parse().ok()).collect();
    // user, nice, system, idle, iowait, irq, softirq, steal; guests are counted as users already.
    let of = |at: usize| ticks.get(at).copied().unwrap_or(0.0);
    Some([0, 1, 2, 5, 6, 7].map(of).iter().sum::<f64>() / TICKS)
}

/// Linux counts in hundredths of a second here on every machine in use.
const TICKS: f64 = 100.0;

/// Seconds this process and its ended children have worked.
fn own_seconds() -> Option<f64> {
    times("self", 4)
}

/// The first `count` of user, system, children's user and children's system time of a process, in seconds.
fn times(process: &str, count: usize) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in parentheses may hold spaces; after it, the state is the third field.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11..11 + count)?.iter().filter_map(|tick| tick.parse::<f64>().ok());
    Some(ticks.sum::<f64>() / TICKS)
}

/// Seconds a process and all that descend from it have worked so far, on whichever processor. Others on the machine
/// lengthen this less than they lengthen the wait.
pub fn family_seconds(process: u32) -> Option<f64> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc").ok()?.flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(text) = fs::read_to_string(entry.path().join("stat")) else { continue };
        let parent = text.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse::<u32>().ok());
        parents.extend(parent.map(|parent| (id, parent)));
    }
    let mut family = vec![process];
    let mut at = 0;
    while let Some(of) = family.get(at).copied() {
        family.extend(parents.iter().filter(|(_, parent)| *parent == of).map(|(id, _)| *id));
        at += 1;
    }
    Some(family.iter().filter_map(|id| times(&id.to_string(), 4)).sum())
}

/// Waits until a process has done next to nothing for two seconds, `limit` at most.
pub fn wait_until_idle(process: u32, limit: Duration) {
    let end = Instant::now() + limit;
    let worked = || times(&process.to_string(), 2).unwrap_or(0.0);
    let (mut before, mut calm) = (worked(), 0);
    while calm < 4 && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(500));
        let now = worked();
        calm = if now - before <= 0.02 { calm + 1 } else { 0 };
        before = now;
    }
}

/// Memory of a process, in MiB.
#[derive(Clone, Copy, Debug, Serialize, serde::Deserialize)]
pub struct Memory {
    /// Resident, shared pages counted in full.
    pub resident: f64,
    /// Resident, shared pages divided by those who share them.
    pub proportional: f64,
    /// The most that ever was resident.
    pub peak: f64,
}

/// What a process takes of the memory now.
pub fn memory(process: &str) -> Option<Memory> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let of = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kib| kib / 1024.0)
    };
    Some(Memory { resident: of(&rollup, "Rss:")?, proportional: of(&rollup, "Pss:")?, peak: of(&status, "VmHWM:")? })
}

/// Lets the peak of this process's memory begin anew.
pub fn forget_peak() {
    // Where this can't be done, the peak includes what was before.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// What the report says about the machine.
pub fn description() -> Vec<(&'static str, String)> {
    let line = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let found = text.lines().find(|line| line.starts_with(name)).map(str::to_owned).unwrap_or_default();
        found.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let sqlite = std::process::Command::new("sqlite3").arg("--version").output();
    let sqlite = sqlite.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    let shell = sqlite.split(' ').next().unwrap_or_default().to_owned();
    let mut about = vec![
        ("system", std::env::consts::OS.to_owned()),
        ("processors", processors().to_string()),
        ("processor", line("/proc/cpuinfo", "model name")),
        ("memory", line("/proc/meminfo", "MemTotal")),
        ("sqlite3 shell", shell),
        ("load at the start", load().map(|load| load.to_string()).unwrap_or_default()),
    ];
    about.retain(|(_, value)| !value.is_empty());
    if cfg!(debug_assertions) {
        about.push(("build", "DEBUG: these figures mean nothing".into()));
    }
    about
}
