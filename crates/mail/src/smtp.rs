//! Sending over SMTP: one connection for a batch, and troubles sorted by what can be done about them.

use crate::compose::Message;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, ToSocketAddrs as _};
use std::time::Duration;

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
    /// Longest wait for each answer.
    pub timeout: Duration,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        match self {
            Reason::NoSuchServer => "no_such_server",
            Reason::NoAnswer => "no_answer",
            Reason::ConnectionLost => "connection_lost",
            Reason::TimedOut => "timed_out",
            Reason::NotSecured => "not_secured",
            Reason::Unsecured => "unsecured",
            Reason::WrongPassword => "wrong_password",
            Reason::NoLogIn => "no_log_in",
            Reason::LogInNeeded => "log_in_needed",
            Reason::Recipient => "recipient",
            Reason::Sender => "sender",
            Reason::Message => "message",
            Reason::Busy => "busy",
            Reason::NotAMailServer => "not_a_mail_server",
        }
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
    smtp: SmtpConnection,
    broken: bool,
}

impl Connection {
    /// Connects, secures the connection and logs in. Errors are `Later` or `Settings`.
    pub fn open(server: &Server) -> Result<Connection, SendError> {
        if server.security == Security::None && !is_this_machine(&server.host) {
            return Err(plain_error(Trouble::Settings, Reason::Unsecured, String::new()));
        }
        // Programs behind a router have no name that the server could look up; this is what they say instead.
        let hello = ClientId::Ipv4(Ipv4Addr::LOCALHOST);
        let tls = match server.security {
            Security::None => None,
            Security::StartTls | Security::Tls => Some(parameters(server)?),
        };
        let wrapped = if server.security == Security::Tls { tls.as_ref() } else { None };
        let target = (server.host.as_str(), server.port);
        if let Err(error) = target.to_socket_addrs() {
            return Err(plain_error(Trouble::Later, Reason::NoSuchServer, error.to_string()));
        }
        let mut smtp = match wrapped {
            None => SmtpConnection::connect(target, Some(server.timeout), &hello, None, None)
                .map_err(|error| of_opening(&error))?,
            Some(tls) => wrapped_connection(server, &hello, tls)?,
        };
        if server.security == Security::StartTls
            && let Some(tls) = &tls
        {
            if !smtp.can_starttls() {
                smtp.abort();
                return Err(plain_error(Trouble::Settings, Reason::NotSecured, "the server offers no STARTTLS".into()));
            }
            smtp.starttls(tls, &hello).map_err(|error| of_opening(&error))?;
        }
        if let Some((user, password)) = &server.log_in {
            let credentials = Credentials::new(user.clone(), password.clone());
            if let Err(error) = smtp.auth(&[Mechanism::Plain, Mechanism::Login], &credentials) {
                let error = of_log_in(&error);
                smtp.abort();
                return Err(error);
            }
        }
        Ok(Connection { smtp, broken: false })
    }

    /// Whether the connection can't be used any more; another one can be opened.
    pub fn is_broken(&self) -> bool {
        self.broken || self.smtp.has_broken()
    }

    /// Hands over what goes before the text: sender and recipient. As long as this has not succeeded nothing is sent;
    /// a message is sent by [`Connection::text`].
    ///
    /// Errors: `Rejected`, `Later`, `Settings`.
    pub fn envelope(&mut self, message: &Message) -> Result<(), SendError> {
        let (from, to) = (message.from.inner(), message.to.address().inner());
        let mut parameters = Vec::new();
        if !from.user().is_ascii() || !to.user().is_ascii() {
            if !self.smtp.server_info().supports_feature(Extension::SmtpUtfEight) {
                let detail = "the server takes only addresses in Latin letters without accents".to_owned();
                return Err(plain_error(Trouble::Rejected, Reason::Recipient, detail));
            }
            parameters.push(MailParameter::SmtpUtfEight);
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        self.step(Mail::new(Some(from.clone()), parameters), Reason::Sender)?;
        self.step(Rcpt::new(to.clone(), Vec::new()), Reason::Recipient)
    }

    /// Takes back the envelope: the message is not to be sent after all.
    pub fn reset(&mut self) {
        if self.smtp.command(Rset).is_err() {
            self.broken = true;
        }
    }

    /// Hands over the text, after [`Connection::envelope`]. The server's answer, for example with its queue number.
    ///
    /// Errors: `Rejected`, `Later`; `Unknown` where the connection broke before the answer came.
    pub fn text(&mut self, message: &Message) -> Result<String, SendError> {
        self.step(Data, Reason::Message)?;
        match self.smtp.message(&message.bytes()) {
            Ok(response) => Ok(response.message().collect::<Vec<_>>().join(" ")),
            Err(error) if error.status().is_some() => Err(self.answered(&error, Reason::Message)),
            Err(error) => {
                self.broken = true;
                let reason = if timed_out(&error) { Reason::TimedOut } else { Reason::ConnectionLost };
                Err(plain_error(Trouble::Unknown, reason, words(&error)))
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
            // The messages are sent; how the server takes leave changes nothing.
            let _ = self.smtp.quit();
        }
    }

    fn step(&mut self, command: impl fmt::Display, refused: Reason) -> Result<(), SendError> {
        match self.smtp.command(command) {
            Ok(_) => Ok(()),
            Err(error) if error.status().is_some() => Err(self.answered(&error, refused)),
            Err(error) => {
                self.broken = true;
                let reason = if timed_out(&error) { Reason::TimedOut } else { Reason::ConnectionLost };
                Err(plain_error(Trouble::Later, reason, words(&error)))
            }
        }
    }

    /// Sorts the server's refusal, and makes the connection ready for the next message.
    fn answered(&mut self, error: &lettre::transport::smtp::Error, refused: Reason) -> SendError {
        let status = error.status().map(u16::from);
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
        if status == Some(421) || self.smtp.command(Rset).is_err() {
            self.broken = true;
        }
        SendError { trouble, reason, detail: words(error), status }
    }
}

/// Connects with TLS from the start. lettre waits for ever for the handshake with a server that says nothing, so it
/// waits on a thread of its own, which is left to the system where that happens.
fn wrapped_connection(server: &Server, hello: &ClientId, tls: &TlsParameters) -> Result<SmtpConnection, SendError> {
    let (target, timeout) = ((server.host.clone(), server.port), server.timeout);
    let (hello, tls) = (hello.clone(), tls.clone());
    let (answer, answered) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let target = (target.0.as_str(), target.1);
        // Nobody waits any more where it took too long.
        let _ = answer.send(SmtpConnection::connect(target, Some(timeout), &hello, Some(&tls), None));
    });
    // To connect, to shake hands, to say hello.
    match answered.recv_timeout(timeout * 3) {
        Ok(connected) => connected.map_err(|error| of_opening(&error)),
        Err(_) => Err(plain_error(Trouble::Later, Reason::TimedOut, String::new())),
    }
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn parameters(server: &Server) -> Result<TlsParameters, SendError> {
    let wrong =
        |error: lettre::transport::smtp::Error| plain_error(Trouble::Settings, Reason::NotSecured, words(&error));
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(authority) = server.authority.as_deref().filter(|pem| !pem.trim().is_empty()) {
        builder = builder.add_root_certificate(Certificate::from_pem(authority.as_bytes()).map_err(wrong)?);
    }
    builder.build().map_err(wrong)
}

fn plain_error(trouble: Trouble, reason: Reason, detail: String) -> SendError {
    SendError { trouble, reason, detail, status: None }
}

/// Trouble while connecting and securing: certificates are a matter of settings, networks come back.
fn of_opening(error: &lettre::transport::smtp::Error) -> SendError {
    let status = error.status().map(u16::from);
    let (trouble, reason) = match status {
        Some(500..=599) => (Trouble::Settings, Reason::NotAMailServer),
        Some(_) => (Trouble::Later, Reason::Busy),
        None if timed_out(error) => (Trouble::Later, Reason::TimedOut),
        None if error.is_tls() || handshake_failed(error) => (Trouble::Settings, Reason::NotSecured),
        None if error.is_response() => (Trouble::Settings, Reason::NotAMailServer),
        None if io_kind(error) == Some(std::io::ErrorKind::ConnectionRefused) => (Trouble::Later, Reason::NoAnswer),
        None => (Trouble::Later, Reason::ConnectionLost),
    };
    SendError { trouble, reason, detail: words(error), status }
}

fn of_log_in(error: &lettre::transport::smtp::Error) -> SendError {
    let status = error.status().map(u16::from);
    let (trouble, reason) = match status {
        Some(500 | 502 | 503 | 504) => (Trouble::Settings, Reason::NoLogIn),
        Some(500..=599) => (Trouble::Settings, Reason::WrongPassword),
        Some(_) => (Trouble::Later, Reason::Busy),
        None if error.is_client() => (Trouble::Settings, Reason::NoLogIn),
        None if timed_out(error) => (Trouble::Later, Reason::TimedOut),
        None => (Trouble::Later, Reason::ConnectionLost),
    };
    SendError { trouble, reason, detail: words(error), status }
}

fn io_kind(error: &lettre::transport::smtp::Error) -> Option<std::io::ErrorKind> {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            return Some(io.kind());
        }
        source = cause.source();
    }
    None
}

/// Whether both sides were there and could not agree on how to secure the connection.
fn handshake_failed(error: &lettre::transport::smtp::Error) -> bool {
    let source = std::error::Error::source(error);
    let shaken = source.and_then(|cause| cause.downcast_ref::<native_tls::HandshakeError<std::net::TcpStream>>());
    let lost = [std::io::ErrorKind::ConnectionReset, std::io::ErrorKind::BrokenPipe];
    matches!(shaken, Some(native_tls::HandshakeError::Failure(_)))
        && !io_kind(error).is_some_and(|kind| lost.contains(&kind))
}

/// A read that takes too long is `WouldBlock` on Unix and `TimedOut` on Windows.
fn timed_out(error: &lettre::transport::smtp::Error) -> bool {
    matches!(io_kind(error), Some(std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock))
}

/// The innermost words: the server's own, or the system's. Never more than a line.
fn words(error: &lettre::transport::smtp::Error) -> String {
    let mut innermost = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        innermost = cause.to_string();
        source = cause.source();
    }
    let line: String = innermost.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
    line.trim().to_owned()
}
