//! Which answers of mail servers say that an address is none (RFC 3463).

/// Whether a status says that nothing will ever arrive at the address. A full mailbox (5.2.2) is emptied some day, and what
/// a server refuses by a rule of its own (5.7) says nothing about the address.
pub fn is_lasting(status: &str) -> bool {
    let parts: Vec<&str> = status.split('.').collect();
    matches!(parts[..], ["5", subject, detail] if subject != "7" && (subject, detail) != ("2", "2"))
}

/// The status in an answer of a mail server: three numbers with points between them, in the first words.
pub fn status_in(answer: &str) -> Option<&str> {
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let words = answer.split([' ', '-', '\t', '\r', '\n']).filter(|word| !word.is_empty());
    words.take(3).find(|word| word.split('.').count() == 3 && word.split('.').all(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_none_are_told_from_what_passes() {
        for (answer, lasting) in [
            ("550 5.1.1 No such user here", true),
            ("5.1.10 Recipient not found", true),
            ("550-5.1.1 The email account that you tried to reach does not exist.", true),
            ("552 5.2.2 Mailbox full", false),
            ("550 5.7.1 Blocked by our policy", false),
            ("450 4.2.1 Try again later", false),
        ] {
            assert_eq!(status_in(answer).map(is_lasting), Some(lasting), "{answer}");
        }
        for answer in ["550 No such user", "", "550 see http://127.0.0.1/why", "version 10.20.30.40"] {
            assert_eq!(status_in(answer), None, "{answer}");
        }
    }
}
