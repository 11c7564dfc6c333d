//! Domains of addresses, and whose they are: the part that somebody registered, and whether everybody may have a mailbox
//! there. Which part that is, the public suffix list says; which ones are shared is a list of our own.

use crate::name::email_key;

/// Why a host has no domain of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOwn {
    /// It is no host in a domain: nothing, a number, or what others register names in, such as "com" or "co.uk".
    NotADomain,
    /// Anybody can have an address or a page there.
    Shared,
}

/// Whoever knows nothing but the first part of the name knows that it is a mail provider, in whatever country.
const FAMILIES: [&str; 24] = [
    "aol",
    "fastmail",
    "gmail",
    "gmx",
    "googlemail",
    "hotmail",
    "hushmail",
    "icloud",
    "inbox",
    "laposte",
    "live",
    "mail",
    "mailbox",
    "mailinator",
    "msn",
    "outlook",
    "protonmail",
    "rediffmail",
    "rocketmail",
    "tutanota",
    "yahoo",
    "yandex",
    "yopmail",
    "zohomail",
];

/// Mail providers, internet providers that give everybody a mailbox, and addresses for ten minutes.
const PROVIDERS: [&str; 76] = [
    "10minutemail.com",
    "126.com",
    "139.com",
    "163.com",
    "189.cn",
    "abv.bg",
    "aim.com",
    "alice.it",
    "arcor.de",
    "att.net",
    "bell.net",
    "bellsouth.net",
    "bigpond.com",
    "bluewin.ch",
    "bol.com.br",
    "btinternet.com",
    "centrum.cz",
    "charter.net",
    "comcast.net",
    "cox.net",
    "daum.net",
    "dispostable.com",
    "duck.com",
    "earthlink.net",
    "email.com",
    "embarqmail.com",
    "foxmail.com",
    "free.fr",
    "freenet.de",
    "frontier.com",
    "getnada.com",
    "guerrillamail.com",
    "hanmail.net",
    "hey.com",
    "interia.pl",
    "juno.com",
    "libero.it",
    "list.ru",
    "mac.com",
    "maildrop.cc",
    "me.com",
    "naver.com",
    "netzero.net",
    "ntlworld.com",
    "o2.pl",
    "onet.pl",
    "optonline.net",
    "orange.fr",
    "passport.com",
    "pm.me",
    "posteo.de",
    "proton.me",
    "qq.com",
    "rambler.ru",
    "rogers.com",
    "sapo.pt",
    "sbcglobal.net",
    "seznam.cz",
    "sfr.fr",
    "shaw.ca",
    "sina.com",
    "sky.com",
    "sohu.com",
    "t-online.de",
    "talktalk.net",
    "telus.net",
    "temp-mail.org",
    "terra.com.br",
    "tuta.com",
    "tutamail.com",
    "uol.com.br",
    "verizon.net",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "ya.ru",
];

/// More of them, whose names are no families.
const MORE_PROVIDERS: [&str; 12] = [
    "bk.ru",
    "btopenworld.com",
    "email.it",
    "mailfence.com",
    "moakt.com",
    "sharklasers.com",
    "telenet.be",
    "tiscali.it",
    "trashmail.com",
    "virgilio.it",
    "windstream.net",
    "ymail.com",
];

/// Where organizations have a page that is not theirs alone: social networks, job boards, site builders, short links.
const PAGES: [&str; 50] = [
    "about.me",
    "angel.co",
    "ashbyhq.com",
    "bamboohr.com",
    "behance.net",
    "bit.ly",
    "bloomberg.com",
    "canva.com",
    "carrd.co",
    "crunchbase.com",
    "dribbble.com",
    "etsy.com",
    "eventbrite.com",
    "facebook.com",
    "fb.com",
    "fb.me",
    "forms.gle",
    "github.com",
    "gitlab.com",
    "glassdoor.com",
    "godaddy.com",
    "greenhouse.io",
    "icims.com",
    "indeed.com",
    "instagram.com",
    "joinhandshake.com",
    "jimdo.com",
    "lever.co",
    "linkedin.com",
    "linktr.ee",
    "lnkd.in",
    "medium.com",
    "meetup.com",
    "myworkdayjobs.com",
    "pinterest.com",
    "smartrecruiters.com",
    "squarespace.com",
    "substack.com",
    "threads.net",
    "tiktok.com",
    "tinyurl.com",
    "tumblr.com",
    "twitter.com",
    "wellfound.com",
    "wikipedia.org",
    "wordpress.com",
    "x.com",
    "xing.com",
    "yelp.com",
    "youtube.com",
];

/// Hosts that are such pages, in domains that somebody has for themselves.
const PAGE_HOSTS: [&str; 5] =
    ["docs.google.com", "drive.google.com", "forms.office.com", "maps.google.com", "sites.google.com"];

/// The domain that a host is in, as somebody registered it: "mail.acme.co.uk" is in "acme.co.uk". In lowercase, and in
/// its own letters.
///
/// # Errors
/// Why there is none that belongs to one organization.
pub fn own(host: &str) -> Result<String, NotOwn> {
    let host = host.trim().trim_end_matches('.');
    let key = email_key(&format!("x@{host}"));
    let host = key.strip_prefix("x@").unwrap_or_default();
    let is_label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    if host.chars().count() > 253 || !host.split('.').all(is_label) || host.rsplit('.').next().is_some_and(is_number) {
        return Err(NotOwn::NotADomain);
    }
    let suffix = psl::suffix(host.as_bytes()).ok_or(NotOwn::NotADomain)?;
    // Under a private suffix are customers of whoever has it: pages and mailboxes for everybody.
    if suffix.typ() == Some(psl::Type::Private) {
        return Err(NotOwn::Shared);
    }
    let domain = psl::domain_str(host).ok_or(NotOwn::NotADomain)?;
    if is_shared(domain) { Err(NotOwn::Shared) } else { Ok(domain.to_owned()) }
}

/// Whether anybody can have a mailbox in a domain.
fn is_shared(domain: &str) -> bool {
    let first = domain.split('.').next().unwrap_or_default();
    FAMILIES.contains(&first) || PROVIDERS.contains(&domain) || MORE_PROVIDERS.contains(&domain)
}

/// The domain of an address, as [`own`].
///
/// # Errors
/// Why there is none that belongs to one organization.
pub fn of_address(address: &str) -> Result<String, NotOwn> {
    let (_, host) = address.rsplit_once('@').ok_or(NotOwn::NotADomain)?;
    own(host)
}

/// The host in a web address, without a port; empty where there is none.
pub fn host_of(website: &str) -> &str {
    let rest = website.split_once("://").map_or(website, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    host.split(':').next().unwrap_or_default()
}

/// The domain of a website, as [`own`]; `None` also where many organizations have a page.
pub fn of_website(website: &str) -> Option<String> {
    let host = host_of(website).to_ascii_lowercase();
    let domain = own(&host).ok()?;
    let is_page = PAGES.contains(&domain.as_str()) || PAGE_HOSTS.contains(&host.trim_start_matches("www."));
    (!is_page).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_domain_is_what_somebody_registered() {
        for (host, domain) in [
            ("acme.com", "acme.com"),
            ("Mail.Acme.COM.", "acme.com"),
            ("recruiting.eu.acme.co.uk", "acme.co.uk"),
            ("acme.example", "acme.example"),
            ("www.acme.k12.ca.us", "acme.k12.ca.us"),
            ("xn--bcher-kva.example", "bücher.example"),
            ("Bücher.example", "bücher.example"),
            ("食狮.公司.cn", "食狮.公司.cn"),
        ] {
            assert_eq!(own(host).as_deref(), Ok(domain), "{host}");
        }
        for none in ["", "com", "co.uk", "k12.ca.us", "localhost", "127.0.0.1", "a..b", "-a.com", "a b.com", "a@b.com"]
        {
            assert_eq!(own(none), Err(NotOwn::NotADomain), "{none}");
        }
    }

    #[test]
    fn where_everybody_can_be_nobody_is_known_by_it() {
        for shared in [
            "gmail.com",
            "GMAIL.com",
            "yahoo.co.jp",
            "hotmail.fr",
            "mail.com",
            "proton.me",
            "web.de",
            "comcast.net",
            "dana.github.io",
            "acme.blogspot.com",
            "acme.wixsite.com",
            "mailinator.com",
        ] {
            assert_eq!(own(shared), Err(NotOwn::Shared), "{shared}");
        }
        assert_eq!(of_address("dana@eu.acme.com").as_deref(), Ok("acme.com"));
        assert_eq!(of_address("dana@gmail.com"), Err(NotOwn::Shared));
        assert_eq!(of_address("dana"), Err(NotOwn::NotADomain));
    }

    #[test]
    fn a_website_says_something_where_it_is_ones_own() {
        assert_eq!(of_website("https://www.acme.com/careers?x=1").as_deref(), Some("acme.com"));
        assert_eq!(of_website("http://dana@jobs.acme.com:8080").as_deref(), Some("acme.com"));
        assert_eq!(of_website("https://google.com").as_deref(), Some("google.com"));
        for page in [
            "https://www.linkedin.com/company/acme",
            "https://sites.google.com/view/acme",
            "https://acme.wordpress.com",
            "https://boards.greenhouse.io/acme",
            "https://acme.wixsite.com/home",
            "https://bit.ly/acme",
            "",
        ] {
            assert_eq!(of_website(page), None, "{page}");
        }
    }

    #[test]
    fn lists_are_in_order_and_have_each_once() {
        for list in [&FAMILIES[..], &PROVIDERS, &MORE_PROVIDERS, &PAGE_HOSTS] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{list:?}");
        }
        for provider in PROVIDERS.iter().chain(&MORE_PROVIDERS) {
            assert_eq!(own(provider), Err(NotOwn::Shared), "{provider}");
        }
    }

    proptest! {
        /// The domain of a domain is itself, and a host in it has the same.
        #[test]
        fn a_domain_is_its_own(host in "([a-z0-9ü]{1,6}\\.){0,3}(com|co\\.uk|example|de|github\\.io|gmail\\.com)", sub in "[a-z]{1,5}") {
            if let Ok(domain) = own(&host) {
                prop_assert_eq!(own(&domain), Ok(domain.clone()));
                prop_assert_eq!(own(&format!("{sub}.{domain}")), Ok(domain.clone()));
                prop_assert!(host == domain || host.ends_with(&[".", domain.as_str()].concat()));
            }
        }

        /// Whatever stands in front of a shared one, it stays shared.
        #[test]
        fn what_is_shared_stays_shared(sub in "([a-z]{1,6}\\.){0,2}", at in 0..PROVIDERS.len()) {
            prop_assert_eq!(own(&format!("{sub}{}", PROVIDERS[at])), Err(NotOwn::Shared));
        }

        /// Any text at all is read without a panic.
        #[test]
        fn anything_is_read(text in "\\PC{0,40}") {
            let _ = (own(&text), of_address(&text), of_website(&text));
        }
    }
}
