//! Servers that mean no good, or somebody in between who speaks in their place: nothing they say makes a message count
//! as sent, grows without end or keeps the program waiting for as long as they like.

use crate::messages::{letter, look};
use crate::server::{Happening, TestServer};
use liaison_mail::smtp::{Patience, Reason, Security};
use liaison_mail::{Connection, Message, SendError, Server, Trouble, compose};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

fn message() -> Message {
    compose(&letter("dana@acme.example"), &look()).expect("a message")
}

fn settings(port: u16) -> Server {
    let (short, long) = (Duration::from_millis(700), Duration::from_secs(20));
    Server {
        host: "127.0.0.1".into(),
        port,
        security: Security::None,
        log_in: None,
        authority: None,
        // Each word comes soon enough; the whole does not.
        patience: Patience { silence: long, opening: short, command: short, text: short },
    }
}

/// Plays one conversation at a port of this computer; what came of it is received.
fn serve<T: Send + 'static>(play: impl FnOnce(TcpStream) -> T + Send + 'static) -> (u16, Receiver<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (done, came) = channel();
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a client");
        // The test may have ended.
        let _ = done.send(play(stream));
    });
    (port, came)
}

/// Answers each command with the next of these, then hears the rest.
fn answering(answers: &'static [&'static str]) -> (u16, Receiver<Vec<String>>) {
    serve(move |stream| {
        let mut heard = Vec::new();
        let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
        let mut stream = stream;
        for answer in answers {
            if stream.write_all(answer.as_bytes()).is_err() {
                break;
            }
            match lines.next() {
                Some(Ok(line)) => heard.push(line),
                _ => break,
            }
        }
        heard.extend(lines.map_while(Result::ok));
        heard
    })
}

fn kind(error: &SendError) -> (Trouble, Reason) {
    (error.trouble, error.reason)
}

fn refused(server: &Server) -> SendError {
    Connection::open(server).err().expect("the connection is refused")
}

const GREETING: &str = "220 mail.test.example\r\n";
const HELLO: &str = "250 mail.test.example\r\n";

#[test]
fn a_line_without_end_is_not_read_to_its_end() {
    for start in ["220-", "220 ", "", "220-a\r\n220-"] {
        let (port, came) = serve(move |mut stream| {
            stream.write_all(start.as_bytes()).expect("a client");
            let (chunk, mut written) = ([b'2'; 64 * 1024], 0_u64);
            while written < 1 << 30 && stream.write_all(&chunk).is_ok() {
                written += chunk.len() as u64;
            }
            written
        });
        let server = Server { patience: Patience::default(), ..settings(port) };
        assert_eq!(kind(&refused(&server)), (Trouble::Settings, Reason::NotAMailServer), "{start:?}");
        let written = came.recv().expect("what was sent");
        assert!(written < 64 << 20, "{written} bytes were taken; what the system buffers are a few millions");
    }
}

#[test]
fn a_reply_without_end_is_not_read_to_its_end() {
    for (line, first) in [("220-welcome\r\n", ""), ("250-SIZE 10\r\n", GREETING)] {
        let (port, came) = serve(move |mut stream| {
            stream.write_all(first.as_bytes()).expect("a client");
            let (chunk, mut written) = (line.repeat(5_000), 0_u64);
            while written < 1 << 30 && stream.write_all(chunk.as_bytes()).is_ok() {
                written += chunk.len() as u64;
            }
            written
        });
        let server = Server { patience: Patience::default(), ..settings(port) };
        let error = refused(&server);
        assert_eq!(kind(&error), (Trouble::Settings, Reason::NotAMailServer));
        assert!(error.detail.contains("too long") || error.detail.contains("before it was asked"), "{error}");
        assert!(came.recv().expect("what was sent") < 64 << 20);
    }
}

/// Sends a character every 30 milliseconds, for ever: the longest silence is never reached.
fn trickle(mut stream: TcpStream) {
    while stream.write_all(b"2").is_ok() {
        std::thread::sleep(Duration::from_millis(30));
    }
}

#[test]
fn a_server_that_answers_little_by_little_is_not_waited_for_beyond_the_deadline() {
    let began = Instant::now();
    let (port, _) = serve(trickle);
    assert_eq!(kind(&refused(&settings(port))), (Trouble::Later, Reason::TimedOut), "at the greeting");

    let (port, _) = serve(trickle);
    let error = refused(&Server { security: Security::Tls, ..settings(port) });
    assert!(matches!(error.reason, Reason::TimedOut | Reason::NotSecured), "at the handshake: {error}");

    let after = |answers: &'static [&'static str]| {
        move |mut stream: TcpStream| {
            let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
            for answer in answers {
                stream.write_all(answer.as_bytes()).expect("a client");
                lines.next();
            }
            trickle(stream);
        }
    };
    let (port, _) = serve(after(&[GREETING, HELLO]));
    let error = Connection::open(&settings(port)).expect("opened").send(&message()).expect_err("no answer to MAIL");
    assert_eq!(kind(&error), (Trouble::Later, Reason::TimedOut), "nothing was sent");

    let (port, _) = serve(after(&[GREETING, HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n"]));
    let error = Connection::open(&settings(port)).expect("opened").send(&message()).expect_err("no answer to the text");
    assert_eq!(kind(&error), (Trouble::Unknown, Reason::TimedOut), "nobody knows");
    assert!(began.elapsed() < Duration::from_secs(15), "one silence would be 20 seconds, the trickle endless");
}

#[test]
fn answers_given_before_encryption_begins_are_no_answers() {
    let mut server = TestServer::start_injected();
    let error = refused(&server.server());
    assert_eq!(kind(&error), (Trouble::Settings, Reason::BeforeEncryption));
    assert!(error.to_string().contains("nothing was sent"), "{error}");
    assert!(matches!(server.next(), Happening::Ended), "neither a password nor a message went there");
}

#[test]
fn answers_that_follow_the_word_to_encrypt_a_moment_later_are_no_answers() {
    let (port, _) = serve(|mut stream| {
        let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
        for answer in [GREETING, "250-mail.test.example\r\n250 STARTTLS\r\n", "220 go\r\n"] {
            stream.write_all(answer.as_bytes()).expect("a client");
            lines.next();
        }
        stream.write_all(b"250 ok\r\n250 ok\r\n354 go\r\n250 Queued as 4711\r\n").is_ok()
    });
    let error = refused(&Server { security: Security::StartTls, patience: Patience::default(), ..settings(port) });
    assert_eq!(kind(&error), (Trouble::Settings, Reason::NotSecured));
}

#[test]
fn answers_given_in_advance_are_no_answers() {
    let (port, came) = answering(&[GREETING, "250 hello\r\n250 ok\r\n250 ok\r\n354 go\r\n250 Queued as 4711\r\n"]);
    let error = Connection::open(&settings(port)).expect("opened").send(&message()).expect_err("not sent");
    assert_eq!(kind(&error), (Trouble::Later, Reason::NotAMailServer));
    assert_eq!(came.recv().expect("what was heard"), ["EHLO [127.0.0.1]"], "not even the envelope");

    let (port, came) = answering(&[GREETING, HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n250 Queued as 4711\r\n"]);
    let error = Connection::open(&settings(port)).expect("opened").send(&message()).expect_err("not sent");
    assert_eq!(kind(&error), (Trouble::Later, Reason::NotAMailServer), "the text was not sent, so it can be later");
    assert_eq!(came.recv().expect("what was heard").last().map(String::as_str), Some("DATA"));
}

#[test]
fn what_is_no_reply_is_none() {
    let answers: [(&'static [&'static str], (Trouble, Reason)); 7] = [
        (&["220-mail\r\n550 mail\r\n"], (Trouble::Settings, Reason::NotAMailServer)),
        (&["354 go\r\n"], (Trouble::Settings, Reason::NotAMailServer)),
        (&["220_mail\r\n"], (Trouble::Settings, Reason::NotAMailServer)),
        (&[GREETING, HELLO, "250-ok\r\n551 ok\r\n"], (Trouble::Later, Reason::NotAMailServer)),
        // A server that takes the text before it was sent lies.
        (&[GREETING, HELLO, "250 ok\r\n", "250 ok\r\n", "250 taken\r\n"], (Trouble::Later, Reason::NotAMailServer)),
        (
            &[GREETING, HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "354 more\r\n"],
            (Trouble::Unknown, Reason::NotAMailServer),
        ),
        (
            &[GREETING, HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250-taken\r\n554 not\r\n"],
            (Trouble::Unknown, Reason::NotAMailServer),
        ),
    ];
    for (answers, expected) in answers {
        let (port, _) = answering(answers);
        let server = Server { patience: Patience::default(), ..settings(port) };
        let sent = Connection::open(&server).and_then(|mut open| open.send(&message()));
        assert_eq!(kind(&sent.expect_err("not sent")), expected, "{answers:?}");
    }
}

#[test]
fn a_reply_that_breaks_off_is_none() {
    let cut: [(&'static [&'static str], Trouble); 4] = [
        (&["220 mail.test.exam"], Trouble::Settings),
        (&[GREETING, "250-mail.test.example\r\n250-SIZE 10\r\n"], Trouble::Settings),
        (&[GREETING, HELLO, "250"], Trouble::Later),
        (&[GREETING, HELLO, "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "250 Queued as 47"], Trouble::Unknown),
    ];
    for (answers, expected) in cut {
        let (port, _) = serve(move |mut stream| {
            let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
            for (at, answer) in answers.iter().enumerate() {
                if at > 0 && at < 5 {
                    lines.next();
                }
                if at == 5 {
                    while lines.next().is_some_and(|line| line.is_ok_and(|line| line != ".")) {}
                }
                stream.write_all(answer.as_bytes()).expect("a client");
            }
        });
        let server = Server { patience: Patience::default(), ..settings(port) };
        let error = Connection::open(&server).and_then(|mut open| open.send(&message())).expect_err("not sent");
        assert_eq!(error.trouble, expected, "{answers:?}: {error}");
    }
}

#[test]
fn a_log_in_is_offered_by_its_own_words_only() {
    // "AUTHOR" is no way to log in, and neither is what was offered before TLS.
    let (port, came) = answering(&[GREETING, "250-mail.test.example\r\n250 AUTHOR PLAIN\r\n"]);
    let log_in = Some(("career".to_owned(), "right".to_owned()));
    let error = refused(&Server { log_in, ..settings(port) });
    assert_eq!(kind(&error), (Trouble::Settings, Reason::NoLogIn));
    assert_eq!(came.recv().expect("what was heard"), ["EHLO [127.0.0.1]"], "the password was not said");
}

#[test]
fn a_log_in_by_challenges_says_user_and_password_once_each() {
    let hello = "250-mail.test.example\r\n250-AUTH=LOGIN CRAM-MD5\r\n250 AUTH LOGIN\r\n";
    let (port, came) = serve(move |mut stream| {
        let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
        let mut heard = Vec::new();
        for answer in [GREETING, hello, "334 VXNlcm5hbWU6\r\n", "334 UGFzc3dvcmQ6\r\n", "235 welcome\r\n"] {
            stream.write_all(answer.as_bytes()).expect("a client");
            heard.extend(lines.next().and_then(Result::ok));
        }
        heard
    });
    let log_in = Some(("career".to_owned(), "right".to_owned()));
    let connection = Connection::open(&Server { log_in, ..settings(port) }).expect("logged in");
    connection.close();
    let heard = came.recv().expect("what was heard");
    assert_eq!(heard, ["EHLO [127.0.0.1]", "AUTH LOGIN", "Y2FyZWVy", "cmlnaHQ=", "QUIT"]);
}

#[test]
fn a_connection_that_is_cut_ends_the_wait() {
    let (port, _) = serve(drop);
    let error = refused(&settings(port));
    // Whether the end or a reset is seen first is the system's affair.
    assert!(matches!(error.reason, Reason::NotAMailServer | Reason::ConnectionLost), "{error}");

    let (port, came) = serve(|stream| stream.peek(&mut [0; 1]).is_ok_and(|heard| heard == 0));
    assert_eq!(kind(&refused(&settings(port))), (Trouble::Later, Reason::TimedOut));
    assert!(came.recv().expect("what was heard"), "the client hung up without a word");
}
