//! Sending over SMTP: one connection for a batch, and troubles sorted by what can be done about them.

use crate::compose::Message;
use crate::conversation::{Channel, Conversation, Fault, Socket, secure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::fmt;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::time::{Duration, Instant};
use strum::IntoStaticStr;

/// What programs behind a router say in place of a name that the server could look up (RFC 5321, 4.1.3).
const HELLO: &str = "[127.0.0.1]";
/// The slowest line that a message's text may go over, in bytes a second.
const SLOWEST_LINE: u64 = 8 * 1024;

/// How the connection is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Plain at first, TLS from the second word on (usually port 587). Never goes on without it.
    StartTls,
    /// TLS from the start (usually port 465).
    Tls,
    /// None: only to this machine itself.
    None,
}

/// A server to send through.
#[derive(Clone)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// User and password, where it asks for them.
    pub log_in: Option<(String, String)>,
    /// A certificate authority to trust besides the system's, as PEM: for servers with certificates of their own.
    pub authority: Option<String>,
    /// How long to wait for it.
    pub patience: Patience,
}

/// How long to wait for a server. Each step ends by its deadline, however little by little the server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// The longest silence while something is awaited.
    pub silence: Duration,
    /// From looking up its name to being logged in.
    pub opening: Duration,
    /// Each command after that.
    pub command: Duration,
    /// A message's text and the answer to it, besides what its size takes on a slow line. Servers look for viruses and
    /// spam before they answer.
    pub text: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        let minute = Duration::from_secs(60);
        Patience { silence: minute, opening: minute, command: minute, text: minute * 5 }
    }
}

/// The password is nobody's business in a log.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.security)
    }
}

/// What kind of trouble, by what can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server will not take this message, now or later: the address is wrong, say.
    Rejected,
    /// It did not work now; later it may. Nothing was sent.
    Later,
    /// The settings are wrong: nothing can be sent until they are changed.
    Settings,
    /// The message was handed over, but no answer came: it may or may not have been sent.
    Unknown,
}

/// Why sending failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendError {
    /// What can be done about it.
    pub trouble: Trouble,
    /// What happened, as a code that screens have words for.
    pub reason: Reason,
    /// The server's or the system's own words.
    pub detail: String,
    /// The server's answer in digits, for example 550.
    pub status: Option<u16>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Reason {
    /// There is no server of this name, or no network.
    NoSuchServer,
    /// Nothing answers there.
    NoAnswer,
    /// The connection broke.
    ConnectionLost,
    /// It did not answer in time.
    TimedOut,
    /// The connection can't be secured: a certificate that is not trusted, or no TLS on this port.
    NotSecured,
    /// Something was said before encryption began that was to be taken for said after it.
    BeforeEncryption,
    /// An unsecured connection to another machine was asked for.
    Unsecured,
    /// User or password are wrong.
    WrongPassword,
    /// The server does not let anybody log in, or not on this connection.
    NoLogIn,
    /// The server wants a log-in first.
    LogInNeeded,
    /// The server does not take this recipient.
    Recipient,
    /// The server does not let this sender write.
    Sender,
    /// The server does not take this message.
    Message,
    /// The server is busy, or wants to be asked again later.
    Busy,
    /// The server's answer is not SMTP.
    NotAMailServer,
}

impl Reason {
    /// The reason as screens and the outbox keep it.
    pub fn key(self) -> &'static str {
        self.into()
    }

    fn words(self) -> &'static str {
        match self {
            Reason::NoSuchServer => "There is no mail server of this name, or this computer is offline.",
            Reason::NoAnswer => "Nothing answers at this server and port.",
            Reason::ConnectionLost => "The connection to the mail server broke.",
            Reason::TimedOut => "The mail server did not answer in time.",
            Reason::NotSecured => {
                "The connection to the mail server can't be secured. Its certificate is not trusted, or this port works otherwise."
            }
            Reason::BeforeEncryption => {
                "The server sent something before encryption began, so the connection was closed and nothing was sent. \
                 Someone may be interfering with this network. Use port 465 with TLS if the server has it."
            }
            Reason::Unsecured => "Mail goes to another computer only over a secured connection.",
            Reason::WrongPassword => "The mail server does not accept this user and password.",
            Reason::NoLogIn => {
                "The mail server offers no way to log in that works here. Leave user and password empty, or use another port."
            }
            Reason::LogInNeeded => "The mail server wants a user and a password.",
            Reason::Recipient => "The mail server does not accept this recipient.",
            Reason::Sender => "The mail server does not let this address send.",
            Reason::Message => "The mail server does not accept this message.",
            Reason::Busy => "The mail server asks to be tried again later.",
            Reason::NotAMailServer => {
                "What answers at this port is no mail server, or expects another kind of connection."
            }
        }
    }
}

impl SendError {
    /// Whether the server knows no such recipient and never will: mail to the address bounces. What it refuses for a rule
    /// of its own, or because the mailbox is full, does not.
    pub fn is_bounce(&self) -> bool {
        let is_lasting = crate::bounce::status_in(&self.detail).is_none_or(crate::bounce::is_lasting);
        self.trouble == Trouble::Rejected && self.reason == Reason::Recipient && is_lasting
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason.words())?;
        if !self.detail.is_empty() {
            write!(f, " ({})", self.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for SendError {}

/// An open connection, logged in.
pub struct Connection {
    conversation: Conversation<Box<dyn Channel>>,
    patience: Patience,
    broken: bool,
}

impl Connection {
    /// Connects, secures the connection and logs in. Errors are `Later` or `Settings`.
    pub fn open(server: &Server) -> Result<Connection, SendError> {
        if server.security == Security::None && !is_this_machine(&server.host) {
            return Err(plain_error(Trouble::Settings, Reason::Unsecured, String::new()));
        }
        let mut conversation = match server.security {
            Security::None => greeted(dial(server)?)?.boxed(),
            Security::Tls => {
                let tls = connector(server)?;
                greeted(secure(dial(server)?, &tls, &server.host).map_err(of_opening)?)?.boxed()
            }
            Security::StartTls => {
                let tls = connector(server)?;
                let mut plain = greeted(dial(server)?)?;
                if !plain.offers("STARTTLS") {
                    let detail = "the server offers no STARTTLS".to_owned();
                    return Err(plain_error(Trouble::Settings, Reason::NotSecured, detail));
                }
                plain.command("STARTTLS", 2).map_err(of_opening)?;
                let socket = plain
                    .into_channel()
                    .map_err(|fault| plain_error(Trouble::Settings, Reason::BeforeEncryption, fault.words()))?;
                let mut secured = Conversation::over(secure(socket, &tls, &server.host).map_err(of_opening)?);
                secured.hello(HELLO).map_err(of_opening)?;
                secured.boxed()
            }
        };
        if let Some((user, password)) = &server.log_in {
            log_in(&mut conversation, user, password)?;
        }
        Ok(Connection { conversation, patience: server.patience, broken: false })
    }

    /// Whether the connection can't be used any more; another one can be opened.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// Hands over what goes before the text: sender and recipient. As long as this has not succeeded nothing is sent;
    /// a message is sent by [`Connection::text`].
    ///
    /// Errors: `Rejected`, `Later`, `Settings`.
    pub fn envelope(&mut self, message: &Message) -> Result<(), SendError> {
        let (from, to) = (&message.from, message.to.address());
        let plain = from.to_string().is_ascii() && to.to_string().is_ascii();
        if !plain && !self.conversation.offers("SMTPUTF8") {
            let detail = "the server takes only addresses in Latin letters without accents".to_owned();
            return Err(plain_error(Trouble::Rejected, Reason::Recipient, detail));
        }
        let parameters = if plain { "" } else { " SMTPUTF8 BODY=8BITMIME" };
        self.step(&format!("MAIL FROM:<{from}>{parameters}"), 2, Reason::Sender)?;
        self.step(&format!("RCPT TO:<{to}>"), 2, Reason::Recipient)
    }

    /// Takes back the envelope: the message is not to be sent after all.
    pub fn reset(&mut self) {
        if self.command("RSET", 2).is_err() {
            self.broken = true;
        }
    }

    /// Hands over the text, after [`Connection::envelope`]. The server's answer, for example with its queue number.
    ///
    /// Errors: `Rejected`, `Later`; `Unknown` where the connection broke before the answer came.
    pub fn text(&mut self, message: &Message) -> Result<String, SendError> {
        self.step("DATA", 3, Reason::Message)?;
        let bytes = message.bytes();
        let wait = self.patience.text + Duration::from_secs(bytes.len() as u64 / SLOWEST_LINE);
        // Whether the text was taken may be said late, after nothing for a while.
        self.conversation.set_deadline(Instant::now() + wait, wait);
        match self.conversation.text(&bytes) {
            Ok(reply) => Ok(reply.text()),
            Err(fault @ Fault::Refused(_)) => Err(self.answered(&fault, Reason::Message)),
            Err(fault) => {
                self.broken = true;
                // The server spoke before the text was sent, so it was not.
                let sent = !matches!(fault, Fault::OutOfTurn);
                let trouble = if sent { Trouble::Unknown } else { Trouble::Later };
                Err(plain_error(trouble, of_breaking(&fault), fault.words()))
            }
        }
    }

    /// Sends a message: [`Connection::envelope`] and [`Connection::text`].
    pub fn send(&mut self, message: &Message) -> Result<String, SendError> {
        self.envelope(message)?;
        self.text(message)
    }

    /// Says good-bye.
    pub fn close(mut self) {
        if !self.is_broken() {
            self.patience.command = self.patience.command.min(Duration::from_secs(5));
            // The messages are sent; how the server takes leave changes nothing.
            let _ = self.command("QUIT", 2);
        }
    }

    fn command(&mut self, line: &str, digit: u16) -> Result<(), Fault> {
        self.conversation.set_deadline(Instant::now() + self.patience.command, self.patience.silence);
        self.conversation.command(line, digit).map(drop)
    }

    fn step(&mut self, line: &str, digit: u16, refused: Reason) -> Result<(), SendError> {
        match self.command(line, digit) {
            Ok(()) => Ok(()),
            Err(fault @ Fault::Refused(_)) => Err(self.answered(&fault, refused)),
            Err(fault) => {
                self.broken = true;
                Err(plain_error(Trouble::Later, of_breaking(&fault), fault.words()))
            }
        }
    }

    /// Sorts the server's refusal, and makes the connection ready for the next message.
    fn answered(&mut self, fault: &Fault, refused: Reason) -> SendError {
        let status = fault.status();
        let (trouble, reason) = match status {
            // RFC 4954: log-in needed, too weak, or not possible without TLS.
            Some(530 | 534 | 538) => (Trouble::Settings, Reason::LogInNeeded),
            Some(535) => (Trouble::Settings, Reason::WrongPassword),
            Some(421) => (Trouble::Later, Reason::Busy),
            Some(500..=599) if refused == Reason::Sender => (Trouble::Settings, Reason::Sender),
            // Too much space wanted, in all: later there may be room (RFC 5321, 4.2.2).
            Some(552) if refused == Reason::Recipient => (Trouble::Later, Reason::Busy),
            Some(500..=599) => (Trouble::Rejected, refused),
            _ => (Trouble::Later, Reason::Busy),
        };
        if status == Some(421) || self.command("RSET", 2).is_err() {
            self.broken = true;
        }
        SendError { trouble, reason, detail: fault.words(), status }
    }
}

fn dial(server: &Server) -> Result<Socket, SendError> {
    let until = Instant::now() + server.patience.opening;
    Socket::connect(&server.host, server.port, until, server.patience.silence).map_err(|fault| match fault.io_kind() {
        Some(ErrorKind::NotFound) => plain_error(Trouble::Later, Reason::NoSuchServer, fault.words()),
        _ => of_opening(fault),
    })
}

fn greeted<C: Channel>(channel: C) -> Result<Conversation<C>, SendError> {
    let mut conversation = Conversation::over(channel);
    conversation.greeting().and_then(|()| conversation.hello(HELLO)).map_err(of_opening)?;
    Ok(conversation)
}

/// Logs in by the first way that both sides know (RFC 4616, and LOGIN, which is in no RFC and everywhere).
fn log_in(conversation: &mut Conversation<Box<dyn Channel>>, user: &str, password: &str) -> Result<(), SendError> {
    if conversation.offers_log_in("PLAIN") {
        let secret = BASE64.encode(format!("\0{user}\0{password}"));
        conversation.command(&format!("AUTH PLAIN {secret}"), 2).map_err(of_log_in)?;
    } else if conversation.offers_log_in("LOGIN") {
        let asked = conversation.command("AUTH LOGIN", 3).map_err(of_log_in)?;
        // What it asks for first is always the user; only the words differ.
        if !decoded(&asked.text()).to_ascii_lowercase().contains("user") {
            return Err(plain_error(Trouble::Settings, Reason::NoLogIn, String::new()));
        }
        conversation.command(&BASE64.encode(user), 3).map_err(of_log_in)?;
        conversation.command(&BASE64.encode(password), 2).map_err(of_log_in)?;
    } else {
        return Err(plain_error(Trouble::Settings, Reason::NoLogIn, String::new()));
    }
    Ok(())
}

fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&BASE64.decode(text.trim()).unwrap_or_default()).into_owned()
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn connector(server: &Server) -> Result<native_tls::TlsConnector, SendError> {
    let wrong = |error| plain_error(Trouble::Settings, Reason::NotSecured, Fault::Tls(error).words());
    let mut builder = native_tls::TlsConnector::builder();
    builder.min_protocol_version(Some(native_tls::Protocol::Tlsv12));
    if let Some(authority) = server.authority.as_deref().filter(|pem| !pem.trim().is_empty()) {
        builder.add_root_certificate(native_tls::Certificate::from_pem(authority.as_bytes()).map_err(wrong)?);
    }
    builder.build().map_err(wrong)
}

fn plain_error(trouble: Trouble, reason: Reason, detail: String) -> SendError {
    SendError { trouble, reason, detail, status: None }
}

/// Trouble while connecting and securing: certificates are a matter of settings, networks come back.
fn of_opening(fault: Fault) -> SendError {
    let status = fault.status();
    let lost = [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe];
    let kind = fault.io_kind();
    let (trouble, reason) = match &fault {
        Fault::Refused(reply) if reply.code >= 500 => (Trouble::Settings, Reason::NotAMailServer),
        Fault::Refused(_) => (Trouble::Later, Reason::Busy),
        Fault::Garbled(_) | Fault::OutOfTurn | Fault::HungUp => (Trouble::Settings, Reason::NotAMailServer),
        _ if fault.timed_out() => (Trouble::Later, Reason::TimedOut),
        Fault::Tls(_) if !kind.is_some_and(|kind| lost.contains(&kind)) => (Trouble::Settings, Reason::NotSecured),
        _ if kind == Some(ErrorKind::ConnectionRefused) => (Trouble::Later, Reason::NoAnswer),
        _ => (Trouble::Later, Reason::ConnectionLost),
    };
    SendError { trouble, reason, detail: fault.words(), status }
}

fn of_log_in(fault: Fault) -> SendError {
    let status = fault.status();
    let (trouble, reason) = match status {
        Some(500 | 502 | 503 | 504) => (Trouble::Settings, Reason::NoLogIn),
        Some(500..=599) => (Trouble::Settings, Reason::WrongPassword),
        Some(_) => (Trouble::Later, Reason::Busy),
        None if matches!(fault, Fault::Garbled(_)) => (Trouble::Settings, Reason::NoLogIn),
        None => (Trouble::Later, of_breaking(&fault)),
    };
    SendError { trouble, reason, detail: fault.words(), status }
}

/// What ended a conversation that was under way.
fn of_breaking(fault: &Fault) -> Reason {
    match fault {
        Fault::Garbled(_) | Fault::OutOfTurn => Reason::NotAMailServer,
        _ if fault.timed_out() => Reason::TimedOut,
        _ => Reason::ConnectionLost,
    }
}
