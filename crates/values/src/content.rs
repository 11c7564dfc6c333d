//! What a cell looks like, judged by its text alone. These are guesses for proposing a mapping; whether a value is
//! valid is for the domain to say.

/// One e-mail address and nothing else.
pub fn is_email(text: &str) -> bool {
    let text = text.trim();
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, ',' | ';' | '<' | '>' | '"' | '@');
    let dotted = domain.contains('.') && domain.split('.').all(|part| !part.is_empty());
    !local.is_empty() && dotted && local.chars().all(plain) && domain.chars().all(plain)
}

/// A web address, with or without its scheme.
pub fn is_url(text: &str) -> bool {
    let text = text.trim();
    if text.contains(char::is_whitespace) || text.contains('@') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.") {
        return lower.contains('.');
    }
    let host = lower.split('/').next().unwrap_or_default();
    let mut labels = host.split('.').rev();
    let top = labels.next().unwrap_or_default();
    labels.next().is_some_and(|label| !label.is_empty())
        && top.len() >= 2
        && top.chars().all(|c| c.is_ascii_alphabetic())
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
}

/// The host of a web address, without "www.".
fn host(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.trim_start_matches("www.").to_owned()
}

fn is_at(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// A page at LinkedIn.
pub fn is_linkedin(text: &str) -> bool {
    is_at(&host(text), "linkedin.com")
}

/// The field of pages at this network, for networks that have one of their own.
pub fn network_field(text: &str) -> Option<&'static str> {
    const FIELDS: [(&str, &str); 6] = [
        ("linkedin.com", "linkedin"),
        ("x.com", "x_profile"),
        ("twitter.com", "x_profile"),
        ("github.com", "github"),
        ("facebook.com", "facebook"),
        ("instagram.com", "instagram"),
    ];
    let host = host(text);
    FIELDS.iter().find(|(domain, _)| is_at(&host, domain)).map(|(_, field)| *field)
}

/// A page at a network where people have profiles.
pub fn is_social(text: &str) -> bool {
    const NETWORKS: [&str; 14] = [
        "twitter.com",
        "x.com",
        "facebook.com",
        "instagram.com",
        "xing.com",
        "github.com",
        "youtube.com",
        "tiktok.com",
        "threads.net",
        "bsky.app",
        "mastodon.social",
        "medium.com",
        "t.me",
        "weibo.com",
    ];
    let host = host(text);
    NETWORKS.iter().any(|domain| is_at(&host, domain))
}

/// A telephone number: mostly digits, and neither a date nor an amount of money.
pub fn is_phone(text: &str) -> bool {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let number = ["ext", "x", "#"]
        .iter()
        .find_map(|word| lower.split_once(word))
        .map_or(lower.as_str(), |(number, _)| number)
        .trim();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | '/' | ' ' | '\u{a0}');
    let dated = number.len() == 10 && {
        let parts: Vec<&str> = number.split(['-', '.', '/']).collect();
        parts.len() == 3 && parts.iter().all(|part| matches!(part.len(), 2 | 4))
    };
    (6..=16).contains(&digits) && number.chars().all(allowed) && !dated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_all_kinds() {
        for text in ["a@b.co", " Ann.O'Neil+x@mail.example.org ", "jörg@münchen.de"] {
            assert!(is_email(text), "{text}");
        }
        for text in ["", "a@b", "@b.co", "a@b..co", "a b@c.de", "a@b.co, c@d.co", "Ann <a@b.co>", "a@@b.co"] {
            assert!(!is_email(text), "{text}");
        }
        for text in ["https://example.org/a", "www.example.org", "example.org", "sub.example.co.uk/path"] {
            assert!(is_url(text), "{text}");
        }
        for text in ["", "Smith Inc.", "3.14", "a@b.co", "e.g.", "Ph.D. program"] {
            assert!(!is_url(text), "{text}");
        }
        assert!(is_linkedin("https://de.linkedin.com/in/ann") && is_linkedin("linkedin.com/in/ann"));
        assert!(!is_linkedin("https://notlinkedin.com/in/ann"));
        assert!(is_social("https://www.xing.com/profile/Ann") && !is_social("https://example.org"));
    }

    #[test]
    fn telephone_numbers_are_no_dates() {
        for text in ["+49 30 123456", "(212) 555-0142", "212.555.0142", "2125550142 x12", "+1-212-555-0142 ext. 5"] {
            assert!(is_phone(text), "{text}");
        }
        for text in ["", "2026-05-01", "01.05.2026", "12345", "1600 Main St", "98101-1234-1234-1234-1234"] {
            assert!(!is_phone(text), "{text}");
        }
    }
}
