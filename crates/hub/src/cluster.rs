//! A PostgreSQL of one's own for trying and testing: in a temporary folder, reached through a socket in it, gone
//! afterwards. Nothing of the system's own PostgreSQL is touched.

use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long it may take to start.
const STARTS_WITHIN: Duration = Duration::from_secs(60);

/// It ends with this value.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    as_user: Option<&'static str>,
    server: Option<Child>,
}

/// Where distributions put the programs; the newest version.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}

impl Cluster {
    /// Starts one, with the database `hub` of the user `hub`.
    ///
    /// # Errors
    /// Where PostgreSQL is not installed, or does not start; with what it said.
    pub fn start() -> Result<Cluster> {
        let programs = programs().context("PostgreSQL is not installed (Debian: apt-get install postgresql)")?;
        // PostgreSQL does not run as root.
        let is_root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.starts_with(b"0\n"));
        let folder = tempfile::Builder::new().prefix("liaison-hub-").tempdir()?;
        let mut cluster = Cluster { folder, programs, as_user: is_root.then_some("postgres"), server: None };
        let folder = cluster.folder.path().display().to_string();
        if let Some(user) = cluster.as_user
            && !Command::new("chown").arg(user).arg(&folder).status()?.success()
        {
            bail!("{folder} can't be given to the user {user}");
        }
        let data = cluster.data();
        cluster.run("initdb", &["-D", &data, "-A", "trust", "-U", "owner", "--no-sync", "-E", "UTF8", "--locale=C"])?;
        cluster.start_server()?;
        // Not a superuser: row-level security counts for it.
        for sql in ["CREATE ROLE hub LOGIN", "CREATE DATABASE hub OWNER hub"] {
            cluster.run("psql", &["-h", &folder, "-U", "owner", "-d", "postgres", "-c", sql])?;
        }
        Ok(cluster)
    }

    fn start_server(&mut self) -> Result<()> {
        let (folder, data) = (self.folder.path().display().to_string(), self.data());
        let log = std::fs::File::create(self.folder.path().join("log"))?;
        let mut server = self.command("postgres");
        server.args(["-D", &data, "-k", &folder, "-c", "listen_addresses=", "-c", "fsync=off"]);
        server.current_dir("/").stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        // In the same group of processes: what interrupts the one ends the other.
        self.server = Some(server.spawn().context("postgres can't be started")?);
        let end = Instant::now() + STARTS_WITHIN;
        while self.run("pg_isready", &["-q", "-h", &folder]).is_err() {
            if Instant::now() > end {
                bail!("PostgreSQL does not start: {}", self.log());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Stops the server in the middle of whatever it does, as a crash would, and starts it again.
    ///
    /// # Errors
    /// Where it does not come up again.
    pub fn crash(&mut self) -> Result<()> {
        self.stop();
        self.start_server()
    }

    /// Stops the server; it does not come back.
    pub fn stop_for_good(&mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            // It may have ended by itself.
            let _stopped = self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "stop"]);
            let _ended = server.wait();
        }
    }

    /// How somebody connects as another role, to another database.
    pub fn url_of(&self, role: &str, database: &str) -> String {
        format!("postgres://{role}@localhost/{database}?host={}", self.folder.path().display())
    }

    /// Runs a program of PostgreSQL's on this one, as its superuser `owner` where the arguments name nobody else, and gives
    /// what it printed.
    ///
    /// # Errors
    /// Where it fails; with what it said.
    pub fn tool(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let mut command = self.command(program);
        command.env("PGHOST", self.folder.path()).env("PGUSER", "owner").current_dir("/").stdin(Stdio::null());
        let done = command.args(arguments).output().with_context(|| format!("{program} can't be started"))?;
        if !done.status.success() {
            bail!("{program}: {}", String::from_utf8_lossy(&done.stderr).trim());
        }
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    }

    /// A folder for files of these programs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How the hub connects.
    pub fn url(&self) -> String {
        format!("postgres://hub@localhost/hub?host={}", self.folder.path().display())
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        match self.as_user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(program);
                command
            }
            None => Command::new(program),
        }
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let mut command = self.command(program);
        command.args(arguments).current_dir(Path::new("/")).stdin(Stdio::null()).stdout(Stdio::null());
        let done = command.output().with_context(|| format!("{program} can't be started"))?;
        if !done.status.success() {
            bail!("{program}: {}", String::from_utf8_lossy(&done.stderr).trim());
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}
