//! What an email address is: the one answer for fields of records and for messages that are sent.

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

/// Longest part before the `@`, in octets (RFC 5321, 4.5.3.1.1).
pub const LOCAL_MAX: usize = 64;
/// Longest address, in octets, its domain in ASCII (RFC 5321, 4.5.3.1.3, without the angle brackets).
pub const ADDRESS_MAX: usize = 254;

/// The two parts of an address, the domain in ASCII as mail servers look it up. `None` for what is no address, or none
/// that leads anywhere from here: without a dot in the domain, with a quoted local part, longer than servers take.
///
/// The domain is read by UTS 46 with the rules for host names. Two hyphens in a row are permitted, as in names that there
/// are.
pub fn parts(address: &str) -> Option<(&str, String)> {
    let (local, domain) = address.rsplit_once('@')?;
    let is_local = !local.is_empty()
        && local.len() <= LOCAL_MAX
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    if !is_local || !domain.contains('.') {
        return None;
    }
    let mapped =
        Uts46::new().to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify);
    let domain = mapped.ok()?.into_owned();
    // A dot may have been another character before.
    (domain.contains('.') && local.len() + 1 + domain.len() <= ADDRESS_MAX).then_some((local, domain))
}

/// Whether it is an address.
pub fn is_address(text: &str) -> bool {
    parts(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_read_as_servers_look_them_up() {
        assert_eq!(parts("josé@Büro.example"), Some(("josé", "xn--bro-hoa.example".to_owned())));
        assert_eq!(parts("a@r3---sn.example").map(|(_, domain)| domain).as_deref(), Some("r3---sn.example"));
        let long = |n: usize| format!("a@{}.example", vec!["a".repeat(62); n].join("."));
        assert!(is_address(&long(3)));
        for none in [
            "a@b",
            "@b.example",
            "a@-b.example",
            "a@b..example",
            "a@b.example.",
            "a@xn--0.example",
            &long(4),
            "a b@c.example",
        ] {
            assert!(!is_address(none), "{none}");
        }
    }
}
