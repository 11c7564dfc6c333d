//! The link in an invitation: what is in it, how long it works, and what comes of opening it (M35, M36).
//!
//! The token is 256 random bits. Only its hash is stored, so that whoever reads the database, a backup or another desk
//! can activate nobody's account. A link works once, until it expires, only as long as no newer one went to the same
//! person, and only while the person has the address it went to: whoever reads an old mailbox stays outside.

use crate::field::Field;
use crate::kind::RecordKind;
use crate::record::Record;
use crate::refusal::Problem;
use crate::value::Value;
use crate::{contact, invitation, name, organization, student};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use specta::Type;

/// Random bytes in a token.
pub const TOKEN_BYTES: usize = 32;
/// For how many days a link works where the institution has not chosen.
pub const DAYS: i64 = 14;
/// Longest time that can be chosen, in days.
pub const DAYS_MOST: i64 = 90;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// What is stored of a token: SHA-256 in hexadecimal. A fast hash is enough: nobody guesses 256 random bits.
pub fn hash(token: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(token.as_bytes()).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing into a text can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The address that the button "Activate Your Account" opens; `None` where the institution has no portal.
pub fn link(institution: &Record, token: &str) -> Option<String> {
    let portal = institution.text(&organization::INSTITUTION_PORTAL).trim_end_matches('/');
    (!portal.is_empty()).then(|| format!("{portal}/activate?token={token}"))
}

/// For how many days links work.
pub fn days(institution: &Record) -> i64 {
    match institution.get(&organization::INSTITUTION_INVITATION_DAYS) {
        Value::Number(days) => (*days).clamp(1, DAYS_MOST),
        _ => DAYS,
    }
}

/// When a link expires that is sent at `now`; both in milliseconds since 1970.
pub fn expires_at(institution: &Record, now: i64) -> i64 {
    now.saturating_add(days(institution) * DAY)
}

/// What is wrong with an institution's portal: a password must not travel in the open, so the address begins with
/// https, but for a portal on this computer itself.
pub fn wrong(institution: &Record) -> Option<(&'static str, Problem)> {
    let portal = institution.text(&organization::INSTITUTION_PORTAL);
    let (scheme, rest) = portal.split_once("://").unwrap_or(("https", portal));
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    if scheme != "https" && (scheme, host) != ("http", "127.0.0.1") {
        return Some((organization::INSTITUTION_PORTAL.key, Problem::NotHttps));
    }
    if rest.contains(['?', '#']) {
        return Some((organization::INSTITUTION_PORTAL.key, Problem::NotAUrl));
    }
    match institution.get(&organization::INSTITUTION_INVITATION_DAYS) {
        Value::Number(days) if !(1..=DAYS_MOST).contains(days) => {
            let problem = Problem::NotBetween { least: 1, most: DAYS_MOST as u32 };
            Some((organization::INSTITUTION_INVITATION_DAYS.key, problem))
        }
        _ => None,
    }
}

/// What comes of opening a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Redeemed {
    /// The account is activated now.
    Activated,
    /// Its time is over; a new one has to be asked for.
    Expired,
    /// It was used, or the account is active already: the person logs in.
    Used,
    /// A newer invitation went out, or the person has another address by now.
    Superseded,
    /// The account was deactivated or deleted.
    Closed,
    /// No invitation has this token.
    Unknown,
}

/// An invitation with what decides about its link.
#[derive(Clone, Copy, Debug)]
pub struct Found<'r> {
    /// The invitation whose hash the token has.
    pub invitation: &'r Record,
    /// The student or contact it went to.
    pub person: &'r Record,
    /// A newer one went to that person. One that still waits, was refused or came back takes no other's place.
    pub superseded: bool,
    /// The person has an account that is active: for a contact, an employer user.
    pub active: bool,
}

/// What comes of opening a link with `token` at `now` (milliseconds since 1970).
///
/// The invitation is looked up by the hash. Comparing hashes need not take the same time always: what the time tells is
/// a part of the hash, from which nobody comes to a token that has it.
pub fn redeem(token: &str, found: Option<&Found<'_>>, now: i64) -> Redeemed {
    let Some(found) = found else { return Redeemed::Unknown };
    let (invitation, person) = (found.invitation, found.person);
    if invitation.is_deleted() || invitation.text(&invitation::TOKEN_HASH) != hash(token) {
        return Redeemed::Unknown;
    }
    if person.is_deleted() || closed(person) {
        return Redeemed::Closed;
    }
    if found.active || !invitation.get(&invitation::USED_AT).is_empty() {
        return Redeemed::Used;
    }
    let same_address = name::email_key(invitation.text(&invitation::ADDRESS)) == name::email_key(address(person));
    if found.superseded || !same_address {
        return Redeemed::Superseded;
    }
    match invitation.get(&invitation::EXPIRES_AT) {
        Value::Moment(until) if now < *until => Redeemed::Activated,
        _ => Redeemed::Expired,
    }
}

/// The address of a student or a contact.
pub fn address(person: &Record) -> &str {
    person.text(if person.kind == RecordKind::Student { &student::EMAIL } else { &contact::EMAIL })
}

/// The field of an invitation that says who it went to.
pub fn person_field(kind: RecordKind) -> &'static Field {
    if kind == RecordKind::Student { &invitation::STUDENT } else { &invitation::CONTACT }
}

fn closed(person: &Record) -> bool {
    match person.kind {
        RecordKind::Student => !person.get(&student::DEACTIVATED_AT).is_empty(),
        _ => person.text(&contact::APPROVAL) == contact::REJECTED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::DELETED_AT;
    use crate::id::Id;
    use proptest::prelude::*;

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), [n; 10])
    }

    fn student(address: &str) -> Record {
        let mut person = Record::blank(RecordKind::Student, id(1));
        person.set(&student::EMAIL, address);
        person
    }

    fn invitation(token: &str, until: i64) -> Record {
        let mut record = Record::blank(RecordKind::Invitation, id(2));
        record.set(&invitation::TOKEN_HASH, hash(token).as_str());
        record.set(&invitation::ADDRESS, "noelle@campus.example");
        record.set(&invitation::EXPIRES_AT, Value::Moment(until));
        record
    }

    fn institution(portal: &str, days: Option<i64>) -> Record {
        let mut record = Record::blank(RecordKind::Institution, id(9));
        record.set(&organization::INSTITUTION_PORTAL, portal);
        if let Some(days) = days {
            record.set(&organization::INSTITUTION_INVITATION_DAYS, Value::Number(days));
        }
        record
    }

    #[test]
    fn the_hash_is_sha_256() {
        // The second example of FIPS 180-4's test vectors.
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn links_lead_to_the_portal_and_nowhere_without_one() {
        assert_eq!(
            link(&institution("https://careers.example/", None), "T").as_deref(),
            Some("https://careers.example/activate?token=T")
        );
        assert_eq!(link(&institution("", None), "T"), None);
    }

    #[test]
    fn a_portal_is_reached_by_https_and_days_have_limits() {
        for good in ["", "https://careers.example", "https://x.example/portal", "http://127.0.0.1:8080"] {
            assert_eq!(wrong(&institution(good, Some(30))), None, "{good}");
        }
        assert_eq!(wrong(&institution("http://careers.example", None)), Some(("portal", Problem::NotHttps)));
        assert_eq!(wrong(&institution("http://127.0.0.1.evil.example", None)), Some(("portal", Problem::NotHttps)));
        assert_eq!(wrong(&institution("https://x.example/?a=1", None)), Some(("portal", Problem::NotAUrl)));
        for days in [0, -1, 91, i64::MAX] {
            assert!(wrong(&institution("", Some(days))).is_some_and(|(field, _)| field == "invitation_days"));
            assert!((1..=90).contains(&super::days(&institution("", Some(days)))));
        }
        assert_eq!(super::days(&institution("", None)), 14);
    }

    #[test]
    fn each_end_of_a_link_has_its_name() {
        let (link, person) = (invitation("secret", 100), student("Noelle@Campus.example"));
        let open = |invitation: &Record, person: &Record, superseded: bool, active: bool, now: i64| {
            redeem("secret", Some(&Found { invitation, person, superseded, active }), now)
        };
        assert_eq!(open(&link, &person, false, false, 99), Redeemed::Activated);
        assert_eq!(open(&link, &person, false, false, 100), Redeemed::Expired);
        assert_eq!(open(&link, &person, true, false, 99), Redeemed::Superseded);
        assert_eq!(open(&link, &student("noelle@new.example"), false, false, 99), Redeemed::Superseded);
        assert_eq!(open(&link, &person, false, true, 99), Redeemed::Used, "active by another way");
        let mut used = link.clone();
        used.set(&invitation::USED_AT, Value::Moment(50));
        assert_eq!(open(&used, &person, false, false, 99), Redeemed::Used, "it works once");
        let mut closed = person.clone();
        closed.set(&student::DEACTIVATED_AT, Value::Moment(50));
        assert_eq!(open(&link, &closed, false, false, 99), Redeemed::Closed);
        let mut undone = link.clone();
        undone.set(&DELETED_AT, Value::Moment(50));
        assert_eq!(open(&undone, &person, false, false, 99), Redeemed::Unknown);
        assert_eq!(redeem("secret", None, 99), Redeemed::Unknown);
    }

    proptest! {
        /// Whatever else is true: nobody gets in with another token, twice, too late, or with an older link.
        #[test]
        fn only_the_newest_unused_link_opens_in_time(
            token in "[A-Za-z0-9_-]{43}",
            tried in prop::option::of("[A-Za-z0-9_-]{43}"),
            (until, now) in (0i64..1_000, 0i64..1_000),
            (newest, used, active, deactivated) in any::<(bool, bool, bool, bool)>(),
        ) {
            let mut link = invitation(&token, until);
            if used {
                link.set(&invitation::USED_AT, Value::Moment(1));
            }
            let mut person = student("noelle@campus.example");
            if deactivated {
                person.set(&student::DEACTIVATED_AT, Value::Moment(1));
            }
            let found = Found { invitation: &link, person: &person, superseded: !newest, active };
            let right = tried.as_ref().is_none_or(|tried| *tried == token);
            let opened = redeem(tried.as_ref().unwrap_or(&token), Some(&found), now);
            let may = right && newest && !used && !active && !deactivated && now < until;
            prop_assert_eq!(opened == Redeemed::Activated, may);
        }

        /// A token can't be read from what is stored, and two tokens are never one.
        #[test]
        fn hashes_tell_tokens_apart(a in "[A-Za-z0-9_-]{1,43}", b in "[A-Za-z0-9_-]{1,43}") {
            prop_assert_eq!(hash(&a) == hash(&b), a == b);
            prop_assert!(!hash(&a).contains(&a) || a.len() < 8);
        }
    }
}
