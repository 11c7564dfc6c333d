//! Who works where is proven: whoever owns a mailbox in the domain of an employer is one of its people. Names prove
//! nothing. An employer has the domains that staff gave it, and nothing else: the address of a contact, or a website, is
//! a suggestion that staff accept. Who names an employer that no domain proves gets a new one, which is only claimed.

mod likeness;

pub use likeness::{EmployerLikeness, likeness};

use crate::contact;
use crate::email_domain::{self, host_of, of_address, of_website, own};
use crate::employer::{CLAIMED, CONFIRMATION, EMAIL_DOMAINS, INACTIVE, NAME, WEBSITE};
use crate::id::Id;
use crate::name::{email_key, organization_key};
use crate::organization::{
    BY_INVITATION, INSTITUTION_EMAIL, INSTITUTION_PORTAL, INSTITUTION_SIGN_UP, INSTITUTION_WEBSITE, KNOWN_DOMAINS,
};
use crate::record::Record;
use crate::refusal::Problem;
use crate::value::Value;

/// Which employers the owner of a mailbox works at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmployerMatch {
    /// None is proven.
    None,
    /// This one.
    One(Id),
    /// One of these: a group shares its domain.
    Several(Vec<Id>),
}

/// Most domains that are suggested for an employer.
pub const MOST_SUGGESTED: usize = 5;

/// Whether somebody only said that there is such an employer.
pub fn is_claimed(employer: &Record) -> bool {
    employer.text(&CONFIRMATION) == CLAIMED
}

/// Whether an employer is none that somebody can work at: in the trash, or the one called "Inactive" (M24).
pub fn is_no_place(employer: &Record) -> bool {
    employer.is_deleted() || is_inactive(employer.text(&NAME))
}

/// Whether a name is that of the employer which stands for having none (M24): nobody can claim it.
pub fn is_inactive(name: &str) -> bool {
    organization_key(name) == organization_key(INACTIVE)
}

/// The domains of an employer, as they are compared. A claimed one has none, whatever stands there.
pub fn domains(employer: &Record) -> Vec<String> {
    let Value::List(domains) = employer.get(&EMAIL_DOMAINS) else { return Vec::new() };
    if is_claimed(employer) || is_no_place(employer) {
        return Vec::new();
    }
    domains.iter().filter_map(|domain| own(domain).ok()).collect()
}

/// The domain by which the owner of an address can be known; `None` for shared ones, and for those of the institution:
/// its staff and students are nobody's employees by it.
pub fn domain_of(address: &str, institution: &Record) -> Option<String> {
    let domain = of_address(address).ok()?;
    (!own_domains(institution).contains(&domain)).then_some(domain)
}

fn own_domains(institution: &Record) -> Vec<String> {
    let of_sites = [&INSTITUTION_WEBSITE, &INSTITUTION_PORTAL].map(|field| own(host_of(institution.text(field))).ok());
    let of_mail = of_address(institution.text(&INSTITUTION_EMAIL)).ok();
    of_sites.into_iter().chain([of_mail]).flatten().collect()
}

/// Which of these employers the owner of a proven address works at. Decided by domains alone.
pub fn decide<'r>(
    address: &str,
    institution: &Record,
    employers: impl IntoIterator<Item = &'r Record>,
) -> EmployerMatch {
    let Some(domain) = domain_of(address, institution) else { return EmployerMatch::None };
    let mut found: Vec<Id> =
        employers.into_iter().filter(|employer| domains(employer).contains(&domain)).map(|e| e.id).collect();
    found.sort_unstable();
    found.dedup();
    match found[..] {
        [] => EmployerMatch::None,
        [one] => EmployerMatch::One(one),
        _ => EmployerMatch::Several(found),
    }
}

/// The employer that staff wrote down for whoever has this very address: they approved the contact.
pub fn written_down(known: Option<&Record>, address: &str) -> Option<Id> {
    let known = known.filter(|known| {
        known.text(&contact::APPROVAL) == contact::APPROVED
            && !known.is_deleted()
            && email_key(known.text(&contact::EMAIL)) == email_key(address)
    });
    known?.get(&contact::EMPLOYER).as_reference()
}

/// Whether somebody with a proven address may sign up, by what the institution decided. `is_known` says whether staff
/// know the person: an approved contact, an invitation, or an account they made.
pub fn may_sign_up(institution: &Record, matched: &EmployerMatch, is_known: bool) -> bool {
    match institution.text(&INSTITUTION_SIGN_UP) {
        BY_INVITATION => is_known,
        KNOWN_DOMAINS => is_known || *matched != EmployerMatch::None,
        _ => true,
    }
}

/// Domains that an employer may have, the likeliest first: that of its website, and those of its approved contacts by
/// how many have an address there. Never those it has, shared ones, or the institution's.
pub fn suggested<'a>(
    employer: &Record,
    addresses: impl IntoIterator<Item = &'a str>,
    institution: &Record,
) -> Vec<String> {
    let (have, theirs) = (domains(employer), own_domains(institution));
    if is_claimed(employer) || is_no_place(employer) {
        return Vec::new();
    }
    let mut counted: Vec<(String, u32)> = Vec::new();
    for domain in addresses.into_iter().filter_map(|address| of_address(address).ok()) {
        match counted.iter_mut().find(|(known, _)| *known == domain) {
            Some((_, count)) => *count += 1,
            None => counted.push((domain, 1)),
        }
    }
    counted.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    let mut suggested: Vec<String> = of_website(employer.text(&WEBSITE)).into_iter().collect();
    for (domain, _) in counted {
        if !suggested.contains(&domain) {
            suggested.push(domain);
        }
    }
    suggested.retain(|domain| !have.contains(domain) && !theirs.contains(domain));
    suggested.truncate(MOST_SUGGESTED);
    suggested
}

/// What is wrong with the domains of an employer: each must be one that somebody registered for themselves, since
/// everybody in it is taken for one of the employer's people.
pub(crate) fn wrong(employer: &Record) -> Option<(&'static str, Problem)> {
    let Value::List(typed) = employer.get(&EMAIL_DOMAINS) else { return None };
    let is_own = |typed: &String| {
        let host = email_key(&format!("x@{}", typed.trim()));
        own(typed).is_ok_and(|domain| host.strip_prefix("x@") == Some(&domain))
    };
    (!typed.iter().all(is_own)).then_some((EMAIL_DOMAINS.key, Problem::NotAnOwnDomain))
}

/// Whether anybody can have a mailbox where this address is.
pub fn is_free_mail(address: &str) -> bool {
    of_address(address) == Err(email_domain::NotOwn::Shared)
}

#[cfg(test)]
mod tests;
