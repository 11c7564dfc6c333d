//! A hub for journeys: the program itself on a PostgreSQL of its own, behind a line that can be cut.

use anyhow::{Context as _, Result, bail};
use liaison_domain::Id;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A running hub. It ends with this value.
pub struct Hub {
    process: Child,
    address: SocketAddr,
    codes: Vec<String>,
}

impl Hub {
    /// Starts one that knows an institution.
    pub fn start(institution: Id) -> Result<Hub> {
        let app = std::env::var("LIAISON_BIN").context("LIAISON_BIN names the built app")?;
        let program = Path::new(&app).with_file_name("liaison-hub");
        let mut process = Command::new(&program)
            .args(["try", "--listen", "127.0.0.1:0", "--institution", &institution.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} can't be started", program.display()))?;
        let output = process.stdout.take().context("its output")?;
        let mut codes = Vec::new();
        for line in BufReader::new(output).lines() {
            let line = line?;
            if let Some(code) = line.strip_prefix("code: ") {
                codes.push(code.to_owned());
            } else if let Some(address) = line.strip_prefix("listening at http://") {
                return Ok(Hub { process, address: address.parse()?, codes });
            }
        }
        bail!("the hub does not listen: {}", process.wait()?)
    }

    /// A code that lets one computer in.
    pub fn code(&mut self) -> Result<String> {
        self.codes.pop().context("another code")
    }

    /// A line to it that can be cut. It lasts as long as the journey.
    pub async fn line(&self) -> Result<Line> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let (is_cut, cuts) = watch::channel(false);
        let hub = self.address;
        tokio::spawn(async move {
            while let Ok((desk, _)) = listener.accept().await {
                tokio::spawn(pass_on(desk, hub, cuts.clone()));
            }
        });
        Ok(Line { address, is_cut })
    }
}

/// Passes on what comes, until the line is cut.
async fn pass_on(mut desk: TcpStream, hub: SocketAddr, mut cuts: watch::Receiver<bool>) {
    if *cuts.borrow() {
        return;
    }
    let Ok(mut hub) = TcpStream::connect(hub).await else { return };
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut desk, &mut hub) => {}
        _ = cuts.wait_for(|cut| *cut) => {}
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // It ends with its standard input, and takes its PostgreSQL with it.
        drop(self.process.stdin.take());
        let _ended = self.process.wait();
    }
}

/// The way to the hub, as a network that comes and goes.
pub struct Line {
    /// The hub's address by this way.
    pub address: String,
    is_cut: watch::Sender<bool>,
}

impl Line {
    /// Nothing comes through any more.
    pub fn cut(&self) {
        // Somebody listens as long as the journey lasts.
        let _ = self.is_cut.send(true);
    }

    /// It is there again.
    pub fn mend(&self) {
        let _ = self.is_cut.send(false);
    }
}
