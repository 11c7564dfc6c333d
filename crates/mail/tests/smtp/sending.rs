//! Sending to a real server: what arrives, and how troubles are told apart.

use crate::messages::{assert_arrived, letter, look};
use crate::server::{Happening, TestServer};
use liaison_mail::smtp::{Patience, Reason, Security};
use liaison_mail::{Connection, Message, SendError, Server, Trouble, compose};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

fn message(to: &str) -> Message {
    compose(&letter(to), &look()).expect("a message")
}

fn open(server: &Server) -> Connection {
    Connection::open(server).expect("a connection")
}

fn refused(server: &Server) -> (Trouble, Reason) {
    match Connection::open(server) {
        Ok(_) => panic!("the connection is refused"),
        Err(error) => (error.trouble, error.reason),
    }
}

#[test]
fn messages_arrive_over_starttls_and_over_tls_with_a_log_in() {
    for security in [Security::StartTls, Security::Tls] {
        let mut server = TestServer::start(security);
        let mut connection = open(&server.server());
        let sent = message("dana@acme.example");
        let answer = connection.send(&sent).expect("sent");
        assert!(answer.contains("Queued as 4711"), "{answer}");
        connection.close();
        let received = server.received();
        assert!(received.secured, "{security:?}");
        assert_eq!(received.user.as_deref(), Some("career"));
        assert_eq!(
            (received.sender.as_str(), received.recipients.as_slice()),
            ("ada@northfield.example", ["dana@acme.example".to_owned()].as_slice())
        );
        assert_arrived(&received.bytes(), &sent);
    }
}

#[test]
fn a_batch_goes_over_one_connection_and_one_refusal_does_not_end_it() {
    let mut server = TestServer::start(Security::StartTls);
    let mut connection = open(&server.server());
    let kind = |error: SendError| (error.trouble, error.reason, error.status);
    connection.send(&message("one@acme.example")).expect("sent");
    let gone = connection.send(&message("gone@acme.example")).expect_err("refused");
    assert!(gone.to_string().contains("does not accept this recipient") && gone.detail.contains("No such person here"));
    assert_eq!(kind(gone), (Trouble::Rejected, Reason::Recipient, Some(550)));
    let later = connection.send(&message("later@acme.example")).expect_err("put off");
    assert_eq!(kind(later), (Trouble::Later, Reason::Busy, Some(451)));
    let late = connection.send(&message("late@acme.example")).expect_err("refused after the text");
    assert_eq!(kind(late), (Trouble::Rejected, Reason::Message, Some(554)));
    connection.send(&message("two@acme.example")).expect("sent");
    assert!(!connection.is_broken());
    let unknown = connection.send(&message("drop@acme.example")).expect_err("no answer");
    assert_eq!(kind(unknown), (Trouble::Unknown, Reason::ConnectionLost, None));
    assert!(connection.is_broken());
    let after = connection.send(&message("three@acme.example")).expect_err("the connection is gone");
    assert_eq!((after.trouble, after.reason), (Trouble::Later, Reason::ConnectionLost));
    connection.close();
    assert!(matches!(server.next(), Happening::Connection));
    let mut peers = Vec::new();
    for expected in ["one@acme.example", "two@acme.example", "drop@acme.example"] {
        let received = match server.next() {
            Happening::Message(received) => received,
            // TLS begins a second conversation on the same connection.
            _ => server.received(),
        };
        assert_eq!(received.recipients, [expected]);
        peers.push(received.peer);
    }
    peers.dedup();
    assert_eq!(peers.len(), 1, "one connection for all");
}

#[test]
fn wrong_settings_are_told_from_bad_luck() {
    let server = TestServer::start(Security::StartTls);
    let right = server.server();
    let with = |change: &dyn Fn(&mut Server)| {
        let mut settings = right.clone();
        change(&mut settings);
        refused(&settings)
    };
    let settings = Trouble::Settings;
    assert_eq!(with(&|s| s.log_in = Some(("career".into(), "wrong".into()))), (settings, Reason::WrongPassword));
    assert_eq!(with(&|s| s.authority = None), (settings, Reason::NotSecured), "a certificate nobody vouches for");
    assert_eq!(with(&|s| s.authority = Some("no PEM".into())), (settings, Reason::NotSecured));
    assert_eq!(
        with(&|s| s.host = "127.0.0.1".into()),
        (settings, Reason::NotSecured),
        "the certificate is for localhost"
    );
    assert_eq!(with(&|s| s.host = "no-such-host.invalid".into()), (Trouble::Later, Reason::NoSuchServer));
    let remote = |s: &mut Server| (s.security, s.host) = (Security::None, "mail.acme.example".into());
    assert_eq!(with(&remote), (settings, Reason::Unsecured));
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    assert_eq!(with(&|s| s.port = closed), (Trouble::Later, Reason::NoAnswer));

    let mut unknown = right.clone();
    unknown.log_in = None;
    let error = open(&unknown).send(&message("dana@acme.example")).expect_err("a log-in is needed");
    assert_eq!((error.trouble, error.reason), (settings, Reason::LogInNeeded));

    let plain = TestServer::start(Security::None);
    let mut secured = plain.server();
    open(&secured).send(&message("dana@acme.example")).expect("this machine needs no secured connection");
    secured.security = Security::StartTls;
    assert_eq!(refused(&secured), (settings, Reason::NotSecured), "never goes on without the TLS it was told to use");
    secured.security = Security::None;
    secured.log_in = Some(("career".into(), "right".into()));
    assert_eq!(refused(&secured), (settings, Reason::NoLogIn));
}

/// Something that is no mail server: says `first` to whoever comes, then nothing.
fn impostor(first: &'static [u8], hang_up: bool) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            // The client may be gone.
            let _ = stream.write_all(first);
            if !hang_up {
                let _ = stream.read_to_end(&mut Vec::new());
            }
        }
    });
    port
}

#[test]
fn a_server_that_is_none_or_says_nothing_is_told_from_one_that_is() {
    let settings = |port, security| Server {
        host: "localhost".into(),
        port,
        security,
        log_in: None,
        authority: None,
        patience: Patience { silence: Duration::from_millis(300), ..Patience::default() },
    };
    let web = impostor(b"HTTP/1.1 400 Bad Request\r\n\r\n", true);
    assert_eq!(refused(&settings(web, Security::None)), (Trouble::Settings, Reason::NotAMailServer));
    let silent = impostor(b"", false);
    assert_eq!(refused(&settings(silent, Security::None)), (Trouble::Later, Reason::TimedOut));
    assert_eq!(refused(&settings(silent, Security::Tls)), (Trouble::Later, Reason::TimedOut));
    let busy = impostor(b"421 4.3.2 Too many connections\r\n", true);
    assert_eq!(refused(&settings(busy, Security::None)), (Trouble::Later, Reason::Busy));
    let banned = impostor(b"554 5.7.1 Your address is not welcome\r\n", true);
    assert_eq!(refused(&settings(banned, Security::None)).0, Trouble::Settings);
    assert_eq!(refused(&settings(web, Security::Tls)), (Trouble::Settings, Reason::NotSecured));
}
