//! What is in a message: headers, both parts, the look; and nothing else, whatever names and texts hold.

use liaison_mail::hand_over::{LONGEST_MAILTO, eml, file_name, mailto};
use liaison_mail::{Address, Button, Letter, Logo, Look, Mailbox, Message, Template, Text, Unsubscribe, compose};
use mail_parser::{HeaderName, MessageParser, MimeHeaders as _};
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

const PNG: &str =
    "image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

pub fn look() -> Look {
    Look {
        name: "Northfield University".into(),
        color: "#7a0019".into(),
        logo: Logo::read(PNG),
        address: "Career Center\n12 College Road".into(),
        phone: "+1 555 0100".into(),
        email: "careers@northfield.example".into(),
        website: "https://careers.northfield.example".into(),
    }
}

pub fn letter(to: &str) -> Letter {
    Letter {
        id: Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001),
        date: 1_790_000_000_000,
        from: Mailbox::new("Ada Berg", "ada@northfield.example").expect("a sender"),
        to: Mailbox::new("Dana Reyes", to).expect("a recipient"),
        reply_to: Some(Mailbox::new("", "careers@northfield.example").expect("a mailbox")),
        subject: Text::plain("The fair – 12 October"),
        text: Text::plain("Dear Dana,\n\nsee https://fair.example/2026 for Björn's <plan>.\n.\nAda"),
        button: None,
        unsubscribe: None,
        automatic: false,
    }
}

/// Checks a message that was parsed from the bytes that arrived.
pub fn assert_arrived(bytes: &[u8], sent: &Message) {
    let parsed = MessageParser::default().parse(bytes).expect("a message");
    assert_eq!(parsed.subject(), Some(sent.subject.as_str()));
    assert_eq!(parsed.message_id(), Some(sent.message_id.trim_matches(['<', '>'])));
    assert_eq!(parsed.body_text(0).expect("plain").replace("\r\n", "\n").trim_end(), sent.text.trim_end());
    let html = parsed.body_html(0).expect("HTML").replace("\r\n", "\n");
    let shown = |html: &str| {
        let start = html.find("<tr><td style=\"padding:8px 32px").expect("the text");
        html[start..].trim_end().to_owned()
    };
    assert_eq!(shown(&html), shown(&sent.html), "the preview shows what is sent");
}

#[test]
fn a_message_has_its_headers_both_parts_and_the_look() {
    let mut welcome = letter("dana@acme.example");
    welcome.button =
        Some(Button { label: "Activate Your Account".into(), url: "https://hire.example/activate?t=a&b=1".into() });
    welcome.automatic = true;
    let message = compose(&welcome, &look()).expect("a message");
    let bytes = message.bytes();
    assert_arrived(&bytes, &message);
    let parsed = MessageParser::default().parse(&bytes).expect("a message");
    assert_eq!(parsed.date().map(|date| date.to_timestamp()), Some(1_790_000_000));
    let from = parsed.from().and_then(|from| from.first()).expect("a sender");
    assert_eq!((from.name(), from.address()), (Some("Ada Berg"), Some("ada@northfield.example")));
    let reply = parsed.reply_to().and_then(|to| to.first()).expect("where answers go");
    assert_eq!(reply.address(), Some("careers@northfield.example"));
    assert_eq!(parsed.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
    assert_eq!(parsed.header_raw("MIME-Version").map(str::trim), Some("1.0"));
    assert_eq!(message.message_id, "<01920000-0000-7000-8000-000000000001@northfield.example>");
    let html = parsed.body_html(0).expect("HTML").into_owned();
    for expected in [
        "background:#7a0019\"><a href=\"https://hire.example/activate?t=a&amp;b=1\"",
        ">Activate Your Account",
        "border-top:6px solid #7a0019",
        "color:#ffffff;text-decoration:none",
        "Björn&#39;s &lt;plan&gt;",
        "<a href=\"https://fair.example/2026\"",
        "Northfield University<br>Career Center<br>12 College Road<br>+1 555 0100<br>careers@northfield.example",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    let text = parsed.body_text(0).expect("plain").into_owned();
    assert!(text.contains("Open this link:") && text.contains("https://hire.example/activate?t=a&b=1"));
    assert!(message.text.contains("\n\nOpen this link:\nhttps://hire.example/activate?t=a&b=1\n"));
    assert!(!text.contains("button"), "plain text has none");
    let logo = parsed.parts.iter().find(|part| part.content_id().is_some()).expect("the logo");
    assert!(html.contains(&format!("src=\"cid:{}\"", logo.content_id().expect("its id"))));
    assert!(logo.contents().starts_with(b"\x89PNG"));
    assert!(message.html.contains(&format!("src=\"data:{PNG}\"")), "a preview needs no message around it");
    assert!(bytes.is_ascii(), "every server takes it");
    assert!(bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 999), "no line is too long for SMTP");
}

#[test]
fn outreach_says_how_to_stop_it() {
    let mut outreach = letter("dana@acme.example");
    outreach.unsubscribe = Some(Unsubscribe::Write(Address::parse("careers@northfield.example").expect("an address")));
    let by_mail = compose(&outreach, &look()).expect("a message");
    let bytes = by_mail.bytes();
    let parsed = MessageParser::default().parse(&bytes).expect("a message");
    let header = parsed.header_raw("List-Unsubscribe").map(str::trim);
    assert_eq!(header, Some("<mailto:careers@northfield.example?subject=Unsubscribe>"));
    assert_eq!(parsed.header_raw("List-Unsubscribe-Post"), None);
    assert!(by_mail.text.contains("reply with “Unsubscribe” or write to careers@northfield.example"));
    assert!(by_mail.html.contains("href=\"mailto:careers@northfield.example?subject=Unsubscribe\""));
    outreach.unsubscribe = Some(Unsubscribe::Open(format!("https://hire.example/u/{}", "x".repeat(200))));
    let by_page = compose(&outreach, &look()).expect("a message");
    let bytes = by_page.bytes();
    let parsed = MessageParser::default().parse(&bytes).expect("a message");
    let header = parsed.header_raw("List-Unsubscribe").map(|raw| raw.split_whitespace().collect::<String>());
    assert_eq!(header, Some(format!("<https://hire.example/u/{}>", "x".repeat(200))));
    assert_eq!(parsed.header_raw("List-Unsubscribe-Post").map(str::trim), Some("List-Unsubscribe=One-Click"));
    assert!(!compose(&letter("d@acme.example"), &look()).expect("a message").text.contains("To stop emails"));
}

#[test]
fn what_can_not_be_sent_is_refused_with_its_part() {
    use liaison_mail::{ComposeError, Part};
    let refused = |change: &dyn Fn(&mut Letter)| {
        let mut letter = letter("dana@acme.example");
        change(&mut letter);
        compose(&letter, &look()).err()
    };
    let line = "Hello\r\nBcc: eve@evil.example";
    assert_eq!(refused(&|l| l.subject = Text::plain(line)), Some(ComposeError::ControlCharacters(Part::Subject)));
    assert_eq!(refused(&|l| l.subject = Text::plain("  ")), Some(ComposeError::Empty(Part::Subject)));
    assert_eq!(refused(&|l| l.text = Text::plain("a\0b")), Some(ComposeError::ControlCharacters(Part::Text)));
    assert_eq!(refused(&|l| l.text = Text::default()), Some(ComposeError::Empty(Part::Text)));
    assert_eq!(refused(&|l| l.date = -1), Some(ComposeError::Date));
    for url in [
        "javascript:alert(1)",
        "http://hire.example",
        "https://",
        "https://a.example/\r\nX: y",
        "http://localhost@evil.example",
    ] {
        let button = Some(Button { label: "Go".into(), url: url.into() });
        assert_eq!(refused(&|l| l.button = button.clone()), Some(ComposeError::NotALink(Part::Button)), "{url}");
        let open = Some(Unsubscribe::Open(url.into()));
        assert_eq!(refused(&|l| l.unsubscribe = open.clone()), Some(ComposeError::NotALink(Part::Unsubscribe)));
    }
    let here = Some(Button { label: "Go".into(), url: "http://localhost:4000/a".into() });
    assert_eq!(refused(&|l| l.button = here.clone()), None, "a hub that is tried out on this machine");
}

#[test]
fn a_message_is_handed_over_as_an_address_or_as_a_draft() {
    let message = compose(&letter("dana+fair@acme.example"), &Look::default()).expect("a message");
    let url = mailto(&message).expect("short enough");
    assert!(
        url.starts_with(
            "mailto:dana%2Bfair@acme.example?subject=The%20fair%20%E2%80%93%2012%20October&body=Dear%20Dana"
        )
    );
    assert!(url.contains("%0D%0A%0D%0A") && !url.contains(' ') && url.len() <= LONGEST_MAILTO);
    let mut long = letter("dana@acme.example");
    long.text = Text::plain(&"word ".repeat(500));
    let message = compose(&long, &look()).expect("a message");
    assert_eq!(mailto(&message), None);
    let draft = eml(&message);
    let parsed = MessageParser::default().parse(&draft).expect("a message");
    assert_eq!(parsed.header_raw("X-Unsent").map(str::trim), Some("1"));
    assert_eq!(MessageParser::default().parse(&message.bytes()).expect("a message").header_raw("X-Unsent"), None);
    assert_eq!(file_name(&message), "dana@acme.example.eml");
}

/// Names, subjects and values with what breaks things in them.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\r\nBcc: eve@evil.example\r\n".to_owned()),
        Just("\n\n<script>alert(1)</script>".to_owned()),
        Just("=?utf-8?q?x?=".to_owned()),
        Just("\"<eve@evil.example>,".to_owned()),
        Just("</title></td>".to_owned()),
        Just("{{first_name}}".to_owned()),
        Just("\r\n.\r\n".to_owned()),
        Just("--boundary--".to_owned()),
        "[ -~]{0,30}",
        any::<String>().prop_map(|text| text.chars().take(40).collect()),
        "[a-zàéöß字👩]{1,90}",
    ];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever a name, a subject, a template or a value holds: it is refused, or the message has one recipient, no
    /// header that was not meant, and shows the text as text.
    #[test]
    fn hostile_texts_add_no_header_no_recipient_and_no_markup(
        name in hostile(), subject in hostile(), words in hostile(), value in hostile(), address in hostile(),
    ) {
        let values = BTreeMap::from([("first_name".to_owned(), value)]);
        let fill = |text: &str| Template::parse(text, &["first_name"]).map(|template| template.fill(&values));
        let (Ok(to), Ok(subject), Ok(text)) =
            (Mailbox::new(&name, "dana@acme.example"), fill(&subject), fill(&format!("Dear {{{{first_name}}}}: {words}")))
        else { return Ok(()) };
        if let Ok(odd) = Address::parse(&address) {
            prop_assert!(!odd.to_string().contains(|c: char| c.is_control() || " <>,;\"".contains(c)));
        }
        let mut letter = letter("dana@acme.example");
        (letter.to, letter.subject, letter.text) = (to, subject, text);
        let Ok(message) = compose(&letter, &look()) else { return Ok(()) };
        let bytes = message.bytes();
        let parsed = MessageParser::default().parse(&bytes).expect("a message");
        let names: Vec<&str> = parsed.headers().iter().map(|header| header.name()).collect();
        for (name, most) in [("From", 1), ("To", 1), ("Subject", 1), ("Reply-To", 1), ("Bcc", 0), ("Cc", 0), ("Message-ID", 1)] {
            prop_assert_eq!(names.iter().filter(|have| have.eq_ignore_ascii_case(name)).count(), most, "{}: {:?}", name, names);
        }
        let to: Vec<_> = parsed.to().expect("recipients").iter().collect();
        prop_assert_eq!(to.len(), 1, "{:?}", parsed.header_raw(HeaderName::To));
        prop_assert_eq!(to[0].address(), Some("dana@acme.example"));
        prop_assert_eq!(parsed.parts.len(), 5, "no part more or less");
        let tags = |html: &str| html.matches('<').count();
        letter.subject = Text::plain("x");
        let lines = letter.text.text().replace('\r', "\n").matches('\n').count();
        letter.text = Text::plain("x");
        let bare = compose(&letter, &look()).expect("a message");
        // A line break or paragraph is at most three tags, and a link two for each "http".
        let links = message.text.matches("http").count() * 2;
        prop_assert!(tags(&message.html) <= tags(&bare.html) + lines * 3 + links, "{}", message.html);
        prop_assert!(!message.html.contains("<script"));
    }
}
