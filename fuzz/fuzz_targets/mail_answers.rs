//! Answers of a mail server. The first byte says whether there is a log-in; after it, a zero byte parts what is said at
//! once, after each line that was heard. The conversation goes over a real connection of this computer.
#![no_main]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use liaison_mail::smtp::{Patience, Security};
use liaison_mail::{Connection, Letter, Look, Mailbox, Message, Server, Text, compose};
use libfuzzer_sys::fuzz_target;

/// The port, and what is said there. A conversation that was given up before it was heard takes nobody else's words.
static SERVER: LazyLock<(u16, Arc<Mutex<Vec<u8>>>)> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let play = Arc::new(Mutex::new(Vec::new()));
    let played = Arc::clone(&play);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let play = played.lock().expect("nobody panics with it").clone();
            answer(stream, &play);
        }
    });
    (port, play)
});

static MESSAGE: LazyLock<Message> = LazyLock::new(|| {
    let letter = Letter {
        id: Default::default(),
        date: 1_790_000_000_000,
        from: Mailbox::new("Ada Berg", "ada@northfield.example").expect("a sender"),
        to: Mailbox::new("Dana Reyes", "dana@acme.example").expect("a recipient"),
        reply_to: None,
        subject: Text::plain("The fair"),
        text: Text::plain("Dear Dana,\n.\nAda"),
        button: None,
        unsubscribe: None,
        automatic: false,
    };
    compose(&letter, &Look::default()).expect("a message")
});

/// Whoever hung up hears no more.
fn answer(mut stream: TcpStream, play: &[u8]) {
    let Ok(heard) = stream.try_clone() else { return };
    // A client that waits for more ends by its own deadline; this end waits no longer than that.
    let _ = heard.set_read_timeout(Some(Duration::from_millis(20)));
    let mut heard = BufReader::new(heard);
    for said in play.split(|byte| *byte == 0) {
        if stream.write_all(said).is_err() || heard.read_until(b'\n', &mut Vec::new()).is_err() {
            return;
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((first, play)) = data.split_first() else { return };
    let (port, playing) = &*SERVER;
    play.clone_into(&mut playing.lock().expect("nobody panics with it"));
    let short = Duration::from_millis(10);
    let server = Server {
        host: "127.0.0.1".to_owned(),
        port: *port,
        security: Security::None,
        log_in: (first % 2 == 1).then(|| ("ada".to_owned(), "secret".to_owned())),
        authority: None,
        patience: Patience { silence: short, opening: short, command: short, text: short },
    };
    let Ok(mut connection) = Connection::open(&server) else { return };
    if connection.send(&MESSAGE).is_ok() {
        // A message counts as sent only where the server took each part of it.
        let asks = |three: &[u8]| three[0] == b'3' && three[1..].iter().all(u8::is_ascii_digit);
        assert!(play.windows(3).any(asks), "sent, though no text was asked for");
    }
    connection.close();
});
