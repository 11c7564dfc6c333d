//! The conversation with a mail server (RFC 5321): lines out, replies in, one after the other.
//!
//! Whoever answers at the other end may not be the server that was meant, and until TLS begins anybody in between may
//! speak in its place. So nothing here waits or grows for as long as the other side likes: each reply has a greatest
//! size, each step a deadline besides the longest silence, and what is said before it was asked for ends the
//! conversation.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::{Arc, OnceLock, mpsc};
use std::time::{Duration, Instant};

/// Longest line of a reply, in bytes. RFC 5321 (4.5.3.1.5) allows 512; servers exceed it.
const LONGEST_LINE: usize = 2_000;
/// Most lines of one reply.
const MOST_LINES: usize = 100;
/// Longest reply, in bytes.
const LONGEST_REPLY: usize = 64 * 1024;

/// Why a conversation can't go on as meant.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The server answered, and refused.
    Refused(Reply),
    /// What it said is no reply to what was asked; in words.
    Garbled(&'static str),
    /// It spoke before it was asked: what it said can't be told from a reply to the next command.
    OutOfTurn,
    /// It ended the conversation.
    HungUp,
    /// The connection broke, or a deadline passed.
    Io(io::Error),
    /// The connection can't be secured.
    Tls(native_tls::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        Fault::Io(error)
    }
}

impl Fault {
    /// The digits of the server's refusal.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Fault::Refused(reply) => Some(reply.code),
            _ => None,
        }
    }

    /// Whether a deadline passed.
    pub(crate) fn timed_out(&self) -> bool {
        self.io_kind() == Some(io::ErrorKind::TimedOut)
    }

    /// What kind of trouble the network had, also where it is the cause of a handshake that failed.
    pub(crate) fn io_kind(&self) -> Option<io::ErrorKind> {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = match self {
            Fault::Io(error) => return Some(error.kind()),
            Fault::Tls(error) => Some(error),
            _ => None,
        };
        while let Some(error) = cause {
            if let Some(io) = error.downcast_ref::<io::Error>() {
                return Some(io.kind());
            }
            cause = error.source();
        }
        None
    }

    /// The innermost words: the server's own, or the system's. Never more than a line.
    pub(crate) fn words(&self) -> String {
        let innermost = match self {
            Fault::Refused(reply) => reply.text(),
            Fault::Garbled(what) => (*what).to_owned(),
            Fault::OutOfTurn => "the server spoke before it was asked".to_owned(),
            Fault::HungUp => "the server ended the conversation".to_owned(),
            Fault::Io(error) => innermost(error),
            Fault::Tls(error) => innermost(error),
        };
        let line: String = innermost.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
        line.trim().to_owned()
    }
}

fn innermost(error: &dyn std::error::Error) -> String {
    let (mut words, mut source) = (error.to_string(), error.source());
    while let Some(cause) = source {
        (words, source) = (cause.to_string(), cause.source());
    }
    words
}

/// A reply: three digits and lines of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    /// The digits, 200 to 599.
    pub(crate) code: u16,
    /// The text of each line, without the digits.
    pub(crate) lines: Vec<String>,
}

impl Reply {
    /// Its lines as one. Servers repeat the enhanced status code (RFC 2034) on each; once is enough.
    pub(crate) fn text(&self) -> String {
        let repeated = self.lines.first().and_then(|line| line.split(' ').next()).filter(|word| {
            let parts: Vec<&str> = word.split('.').collect();
            parts.len() == 3
                && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        });
        let rest = self.lines.iter().skip(1).map(|line| match repeated.and_then(|code| line.strip_prefix(code)) {
            Some(rest) if rest.starts_with(' ') => rest.trim_start(),
            _ => line.as_str(),
        });
        self.lines.first().map(String::as_str).into_iter().chain(rest).collect::<Vec<_>>().join(" ")
    }

    /// The reply, where it begins with this digit; a refusal is an error, and anything else is none of SMTP.
    fn expect(self, digit: u16) -> Result<Reply, Fault> {
        match self.code / 100 {
            class if class == digit => Ok(self),
            4 | 5 => Err(Fault::Refused(self)),
            _ => Err(Fault::Garbled("the reply does not fit what was asked")),
        }
    }
}

/// What a conversation goes over.
pub(crate) trait Channel: Read + Write + Send {
    /// Sets when what is under way must have ended, and how long the other side may say nothing in between.
    fn set_deadline(&mut self, until: Instant, silence: Duration);
}

/// A socket on which nothing outlasts its deadline, however little by little the other side sends.
pub(crate) struct Socket {
    stream: TcpStream,
    until: Instant,
    silence: Duration,
    /// The first trouble the network had: what secures a connection on Windows hands on no cause.
    trouble: Arc<OnceLock<io::ErrorKind>>,
}

impl Socket {
    /// Connects to the first address of the host that answers.
    pub(crate) fn connect(host: &str, port: u16, until: Instant, silence: Duration) -> Result<Socket, Fault> {
        let mut last = io::Error::from(io::ErrorKind::TimedOut);
        for address in addresses(host, port, until)? {
            match TcpStream::connect_timeout(&address, left(until)?.min(silence)) {
                Ok(stream) => return Ok(Socket { stream, until, silence, trouble: Arc::default() }),
                Err(error) => last = error,
            }
        }
        Err(last.into())
    }

    /// The error as [`told`], remembered.
    fn noted(&self, error: io::Error) -> io::Error {
        let error = told(error);
        // The first is the cause of all others.
        let _later = self.trouble.set(error.kind());
        error
    }

    fn wait(&self) -> io::Result<Duration> {
        Ok(left(self.until).map_err(|error| self.noted(error))?.min(self.silence))
    }
}

/// The addresses of a host. The system waits for its name servers as long as it likes, so it is asked on a thread of
/// its own, which is left to it where that takes too long. Errors of this step alone are `NotFound`.
fn addresses(host: &str, port: u16, until: Instant) -> Result<Vec<SocketAddr>, Fault> {
    let (answer, answered) = mpsc::channel();
    let host = host.to_owned();
    std::thread::spawn(move || {
        // Nobody waits any more where it took too long.
        let _ = answer.send((host.as_str(), port).to_socket_addrs().map(Iterator::collect));
    });
    match answered.recv_timeout(left(until)?) {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => Err(io::Error::new(io::ErrorKind::NotFound, error.to_string()).into()),
        Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
    }
}

/// The time left; an error where there is none.
fn left(until: Instant) -> io::Result<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

/// A read that takes too long is `WouldBlock` on Unix and `TimedOut` on Windows.
fn told(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::WouldBlock { io::ErrorKind::TimedOut.into() } else { error }
}

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.wait()?))?;
        self.stream.read(buffer).map_err(|error| self.noted(error))
    }
}

impl Write for Socket {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.wait()?))?;
        self.stream.write(buffer).map_err(|error| self.noted(error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Channel for Socket {
    fn set_deadline(&mut self, until: Instant, silence: Duration) {
        (self.until, self.silence) = (until, silence);
    }
}

impl Channel for native_tls::TlsStream<Socket> {
    fn set_deadline(&mut self, until: Instant, silence: Duration) {
        self.get_mut().set_deadline(until, silence);
    }
}

impl Channel for Box<dyn Channel> {
    fn set_deadline(&mut self, until: Instant, silence: Duration) {
        (**self).set_deadline(until, silence);
    }
}

/// Secures a connection. The host's certificate must be valid for its name.
pub(crate) fn secure(
    socket: Socket,
    tls: &native_tls::TlsConnector,
    host: &str,
) -> Result<native_tls::TlsStream<Socket>, Fault> {
    let trouble = Arc::clone(&socket.trouble);
    tls.connect(host, socket).map_err(|error| match error {
        native_tls::HandshakeError::Failure(error) => {
            let fault = Fault::Tls(error);
            match trouble.get() {
                Some(kind) if fault.io_kind().is_none() => Fault::Io((*kind).into()),
                _ => fault,
            }
        }
        // The socket never says that it would block.
        native_tls::HandshakeError::WouldBlock(_) => Fault::Io(io::ErrorKind::TimedOut.into()),
    })
}

/// A conversation over a channel. What the server offers belongs to it: TLS begins a new one, which knows nothing of
/// what was said before.
pub(crate) struct Conversation<C> {
    channel: C,
    unread: Vec<u8>,
    offers: Vec<String>,
}

impl<C: Channel> Conversation<C> {
    /// Begins one.
    pub(crate) fn over(channel: C) -> Conversation<C> {
        Conversation { channel, unread: Vec::new(), offers: Vec::new() }
    }

    /// Sets when the steps from now on must have ended, and how long the server may say nothing in between.
    pub(crate) fn set_deadline(&mut self, until: Instant, silence: Duration) {
        self.channel.set_deadline(until, silence);
    }

    /// Waits for the server's greeting.
    pub(crate) fn greeting(&mut self) -> Result<(), Fault> {
        self.reply()?.expect(2).map(drop)
    }

    /// Says hello and hears what the server offers.
    pub(crate) fn hello(&mut self, name: &str) -> Result<(), Fault> {
        let reply = self.command(&format!("EHLO {name}"), 2)?;
        self.offers = reply.lines.into_iter().skip(1).map(|line| line.trim().to_ascii_uppercase()).collect();
        Ok(())
    }

    /// Whether the server offers an extension, for example `STARTTLS`.
    pub(crate) fn offers(&self, keyword: &str) -> bool {
        self.offers.iter().any(|line| line.split_whitespace().next() == Some(keyword))
    }

    /// Whether the server offers a way to log in, for example `PLAIN`.
    pub(crate) fn offers_log_in(&self, mechanism: &str) -> bool {
        // Some old servers write "AUTH=".
        let ways = self.offers.iter().filter_map(|line| line.strip_prefix("AUTH"));
        ways.filter(|rest| rest.starts_with([' ', '=']))
            .any(|ways| ways.split(|c: char| c.is_whitespace() || c == '=').any(|way| way == mechanism))
    }

    /// Sends a command and hears the reply, which must begin with this digit.
    pub(crate) fn command(&mut self, line: &str, digit: u16) -> Result<Reply, Fault> {
        self.send(format!("{line}\r\n").as_bytes())?;
        self.reply()?.expect(digit)
    }

    /// Sends the text of a message, after `DATA` was answered, and its end; hears whether the server took it. An error
    /// but [`Fault::OutOfTurn`] may mean that it did.
    pub(crate) fn text(&mut self, message: &[u8]) -> Result<Reply, Fault> {
        self.send(&stuffed(message))?;
        self.reply()?.expect(2)
    }

    /// What the conversation went over, so that it can be secured. An error where the server said more than was heard:
    /// it would be taken for what it says encrypted.
    pub(crate) fn into_channel(self) -> Result<C, Fault> {
        if self.unread.is_empty() { Ok(self.channel) } else { Err(Fault::OutOfTurn) }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        if !self.unread.is_empty() {
            return Err(Fault::OutOfTurn);
        }
        self.channel.write_all(bytes)?;
        Ok(self.channel.flush()?)
    }

    fn reply(&mut self) -> Result<Reply, Fault> {
        let (mut lines, mut size, mut first) = (Vec::new(), 0, None);
        loop {
            let line = self.line()?;
            size += line.len();
            let (code, last, text) = parse(&line).ok_or(Fault::Garbled("the reply is not one of a mail server"))?;
            if *first.get_or_insert(code) != code {
                return Err(Fault::Garbled("the lines of the reply contradict each other"));
            }
            lines.push(text);
            if last {
                return Ok(Reply { code, lines });
            }
            if lines.len() >= MOST_LINES || size > LONGEST_REPLY {
                return Err(Fault::Garbled("the reply is too long"));
            }
        }
    }

    /// The next line, without its end.
    fn line(&mut self) -> Result<Vec<u8>, Fault> {
        loop {
            let end = self.unread.iter().position(|byte| *byte == b'\n');
            if end.unwrap_or(self.unread.len()) > LONGEST_LINE {
                return Err(Fault::Garbled("a line of the reply is too long"));
            }
            if let Some(end) = end {
                let mut line: Vec<u8> = self.unread.drain(..=end).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(line);
            }
            let mut chunk = [0; 1_024];
            match self.channel.read(&mut chunk) {
                Ok(0) => return Err(Fault::HungUp),
                Ok(read) => self.unread.extend_from_slice(&chunk[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl<C: Channel + 'static> Conversation<C> {
    /// The same conversation, whatever it goes over.
    pub(crate) fn boxed(self) -> Conversation<Box<dyn Channel>> {
        Conversation { channel: Box::new(self.channel), unread: self.unread, offers: self.offers }
    }
}

impl<C> fmt::Debug for Conversation<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conversation").field("offers", &self.offers).finish_non_exhaustive()
    }
}

/// The digits of a line of a reply, whether it is the last, and its text.
fn parse(line: &[u8]) -> Option<(u16, bool, String)> {
    let digits = line.get(..3).filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
    let code = digits.iter().fold(0, |code, digit| code * 10 + u16::from(digit - b'0'));
    let last = match line.get(3) {
        None | Some(b' ') => true,
        Some(b'-') => false,
        Some(_) => return None,
    };
    let text = String::from_utf8_lossy(line.get(4..).unwrap_or_default()).into_owned();
    (200..600).contains(&code).then_some((code, last, text))
}

/// A message as it goes over the wire (RFC 5321, 4.5.2): each line ends with CR and LF whatever ended it before, one
/// that begins with a point gets another, and a point alone ends the text. A lone CR or LF would be the end of a line
/// for some servers and not for others, and so could hide an end of the text in it.
fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + message.len() / 50 + 5);
    let (mut starts, mut previous) = (true, 0);
    for byte in message.iter().copied() {
        match byte {
            b'\n' if previous == b'\r' => {}
            b'\r' | b'\n' => {
                out.extend_from_slice(b"\r\n");
                starts = true;
            }
            _ => {
                if starts && byte == b'.' {
                    out.push(b'.');
                }
                out.push(byte);
                starts = false;
            }
        }
        previous = byte;
    }
    if !starts {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_of_replies_are_told_from_what_is_none() {
        assert_eq!(parse(b"250-SIZE 10"), Some((250, false, "SIZE 10".into())));
        assert_eq!(parse(b"250 ok"), Some((250, true, "ok".into())));
        assert_eq!(parse(b"354"), Some((354, true, String::new())), "RFC 5321, 4.2: a server may leave the text out");
        for none in [&b"HTTP/1.1 400 Bad Request"[..], b"25", b"", b"150 early", b"600 odd", b"250_ok", b"-25 ok"] {
            assert_eq!(parse(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_status_code_that_each_line_repeats_is_said_once() {
        let reply = |lines: &[&str]| Reply { code: 550, lines: lines.iter().map(|line| (*line).to_owned()).collect() };
        assert_eq!(reply(&["5.7.25 No PTR", "5.7.25 record"]).text(), "5.7.25 No PTR record");
        assert_eq!(reply(&["No PTR", "No record"]).text(), "No PTR No record");
    }

    #[test]
    fn the_text_of_a_message_can_not_end_before_its_end() {
        assert_eq!(stuffed(b"a\r\n.\r\nb"), b"a\r\n..\r\nb\r\n.\r\n");
        assert_eq!(stuffed(b"a\n.\nb\r\n"), b"a\r\n..\r\nb\r\n.\r\n");
        assert_eq!(stuffed(b"a\r.\rb"), b"a\r\n..\r\nb\r\n.\r\n");
        assert_eq!(stuffed(b".a"), b"..a\r\n.\r\n");
        assert_eq!(stuffed(b""), b".\r\n");
    }

    proptest! {
        /// Whatever is in a message, a server that takes CR, LF or both for the end of a line hears one end of it.
        #[test]
        fn no_message_ends_itself(message in proptest::collection::vec(prop_oneof![Just(b'.'), Just(b'\r'), Just(b'\n'), Just(b'x')], 0..40)) {
            let sent = String::from_utf8(stuffed(&message)).expect("ASCII");
            prop_assert!(!sent.replace("\r\n", "").contains(['\r', '\n']));
            let lines: Vec<&str> = sent.split("\r\n").collect();
            prop_assert_eq!(lines.iter().filter(|line| **line == ".").count(), 1);
            prop_assert_eq!(lines[lines.len() - 2..].to_vec(), vec![".", ""]);
        }
    }
}
