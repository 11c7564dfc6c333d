//! Delivery reports that a mail server hands on (RFC 3464): which message will never arrive.

use liaison_mail::bounce::is_lasting;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _};
use uuid::Uuid;

/// Longest report that is read, in bytes: it may hold the whole message.
pub const LONGEST: u64 = 16 << 20;

/// The messages that a report says will never arrive, by the ids that their Message-IDs are made from. Nothing of what is no
/// report, of a delay, and of troubles that pass.
pub fn failed(report: &[u8]) -> Vec<Uuid> {
    let Some(report) = MessageParser::default().parse(report) else { return Vec::new() };
    let is_report = report.content_type().is_some_and(|kind| {
        let of = kind.attribute("report-type").map(str::to_ascii_lowercase);
        kind.ctype().eq_ignore_ascii_case("multipart")
            && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
            && of.as_deref() == Some("delivery-status")
    });
    let mut statuses = parts(&report, "message", "delivery-status");
    if !is_report || !statuses.any(|status| is_failure(status.contents())) {
        return Vec::new();
    }
    let returned = parts(&report, "message", "rfc822").chain(parts(&report, "text", "rfc822-headers"));
    returned.filter_map(message).collect()
}

/// The parts with this type.
fn parts<'r>(
    report: &'r Message<'r>,
    kind: &'static str,
    subtype: &'static str,
) -> impl Iterator<Item = &'r MessagePart<'r>> {
    report.parts.iter().filter(move |part| {
        part.content_type().is_some_and(|of| {
            of.ctype().eq_ignore_ascii_case(kind) && of.subtype().is_some_and(|of| of.eq_ignore_ascii_case(subtype))
        })
    })
}

/// Whether it says of a recipient that delivery failed for good.
fn is_failure(status: &[u8]) -> bool {
    let text = String::from_utf8_lossy(status).replace("\r\n", "\n");
    text.split("\n\n").any(|recipient| {
        let field = |name: &str| {
            recipient.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let has_failed = field("action").is_some_and(|action| action.eq_ignore_ascii_case("failed"));
        let status = field("status").unwrap_or_default();
        has_failed && status.split_whitespace().next().is_some_and(is_lasting)
    })
}

/// The id in the Message-ID of a message that was returned, or of its headers.
fn message(returned: &MessagePart<'_>) -> Option<Uuid> {
    let id = match returned.message() {
        Some(message) => message.message_id()?.to_owned(),
        None => MessageParser::default().parse(returned.contents())?.message_id()?.to_owned(),
    };
    id.split('@').next()?.trim_start_matches('<').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01900000-0000-7000-8000-000000000001";

    fn report(kind: &str, action: &str, status: &str, returned: &str) -> Vec<u8> {
        format!(
            "From: MAILER-DAEMON@mx.example\r\nTo: careers@northfield.example\r\nSubject: Undelivered\r\n\
             Message-ID: <01900000-0000-7000-8000-0000000000ff@mx.example>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/{kind}; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example\r\n\r\n\
             Final-Recipient: rfc822; victim@acme.example\r\nAction: {action}\r\nStatus: {status}\r\n\r\n\
             --b\r\nContent-Type: {returned}\r\n\r\n\
             Message-ID: <{ID}@northfield.example>\r\nFrom: careers@northfield.example\r\nSubject: News\r\n\r\n\
             Hello\r\n--b--\r\n"
        )
        .into_bytes()
    }

    #[test]
    fn what_never_arrives_is_known_by_the_message_that_is_returned() {
        let id: Uuid = ID.parse().expect("an id");
        for returned in ["message/rfc822", "text/rfc822-headers"] {
            assert_eq!(failed(&report("report", "failed", "5.1.1", returned)), [id], "{returned}");
        }
        for (kind, action, status) in [
            ("report", "delayed", "4.4.7"),
            ("report", "failed", "5.2.2"),
            ("report", "failed", "5.7.1"),
            ("report", "relayed", "2.1.5"),
            ("mixed", "failed", "5.1.1"),
        ] {
            assert!(failed(&report(kind, action, status, "message/rfc822")).is_empty(), "{kind} {action} {status}");
        }
        // Without the message nobody knows what it is about, whomever it names.
        assert!(failed(&report("report", "failed", "5.1.1", "text/plain")).is_empty());
        assert!(failed(b"").is_empty() && failed(b"Subject: hello\r\n\r\nhello").is_empty());
    }
}
