//! Employers that somebody only named in the portal: what speaks for them, which of the others they may be, and saying
//! that one is what it is called. That two are the same is a merge. The domains by which people of an employer are known.

use liaison_domain::employer_match::{self, EmployerLikeness, is_claimed, is_free_mail, likeness};
use liaison_domain::{
    Id, OperationKind, Permission, Record, RecordKind, contact, email_domain, employer, employer_user, name,
};
use liaison_engine::error::CommandError;
use liaison_engine::forms;
use liaison_engine::records::check_unique_name;
use liaison_engine::session::Session;
use liaison_engine::step::Done;
use liaison_queries::{View, employers, institution};
use liaison_store::{Db, Recorder, StoreError, journal, links, table};
use serde::Serialize;
use specta::Type;

/// Most employers that are shown as what a claimed one may be.
const MOST: usize = 5;

/// What is known of a person beside what they say.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Evidence {
    /// When the person proved that they read the mailbox of their address, in milliseconds since 1970.
    pub proven_at: Option<i64>,
    /// Anybody can have an address there.
    pub free_mail: bool,
    /// Their employer, where it is only claimed.
    pub claim: Option<Claim>,
}

/// An employer that is only claimed.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Claim {
    /// The employer.
    pub employer: Id,
    /// Its name, as it was typed.
    pub name: String,
    /// Its website, as it was typed.
    pub website: Option<String>,
    /// Employers that it may be, the likeliest first.
    pub like: Vec<LikeEmployer>,
}

/// An employer that a claimed one may be.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct LikeEmployer {
    /// The employer.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its city.
    pub city: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// How many contacts it has in the directory.
    pub contacts: u32,
    /// It is only claimed, too.
    pub claimed: bool,
    /// Why, the strongest reason first.
    pub why: Vec<EmployerLikeness>,
}

/// What is known of a contact beside what it says: whether the address was proven, and what its employer may be.
pub async fn contact_evidence(session: &Session, id: Id) -> Result<Evidence, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let evidence = session.read(|view| {
        let person = view.get(RecordKind::Contact, id)?.record;
        let address = person.text(&contact::EMAIL);
        let claim = match person.get(&contact::EMPLOYER).as_reference() {
            Some(employer) => claim(view, employer, Some(address))?,
            None => None,
        };
        let proven_at = proven_at(view.everything(), &person)?;
        Ok(Evidence { proven_at, free_mail: is_free_mail(address), claim })
    });
    Ok(evidence.await?)
}

/// What a claimed employer may be; `None` for one that is confirmed.
pub async fn employer_claim(session: &Session, id: Id) -> Result<Option<Claim>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    Ok(session.read(|view| claim(view, id, None)).await?)
}

/// Says that an employer is what it is called, and none of the others.
///
/// Errors: `Validation` of `name` where a confirmed one is called the same: it needs another name first, or is that one.
pub async fn employer_confirm(session: &Session, id: Id) -> Result<Done, CommandError> {
    session.actor().require(Permission::EditContacts)?;
    let work = |recorder: &mut Recorder<'_>| {
        let located = session.view(recorder.db()).live(RecordKind::Employer, id)?;
        let change = located.record.change(&employer::CONFIRMATION, employer::CONFIRMED);
        match change.filter(|_| is_claimed(&located.record)) {
            Some(change) => {
                check_unique_name(recorder.db(), &located.record)?;
                recorder.update(RecordKind::Employer, located.n, id, &[change]).map(|()| 1)
            }
            None => Ok(0),
        }
    };
    forms::change_one(session, OperationKind::EmployersEdit, RecordKind::Employer, id, work).await
}

/// Domains that an employer may have, the likeliest first: of its website, and of its approved contacts' addresses.
pub async fn employer_domains_suggested(session: &Session, id: Id) -> Result<Vec<String>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let suggested = session.read(|view| {
        let employer = view.get(RecordKind::Employer, id)?.record;
        let addresses = employers::addresses_of(view, id)?;
        let institution = institution::get(view.everything())?;
        Ok(employer_match::suggested(&employer, addresses.iter().map(String::as_str), &institution))
    });
    Ok(suggested.await?)
}

/// When somebody proved the address that a contact has, by signing up with it.
fn proven_at(db: &Db<'_>, person: &Record) -> Result<Option<i64>, StoreError> {
    let key = name::email_key(person.text(&contact::EMAIL));
    for (_, id) in links::users_of(db, person)? {
        let user = table::get(db, RecordKind::EmployerUser, id)?.record;
        if name::email_key(user.text(&employer_user::EMAIL)) != key {
            continue;
        }
        let mut proven = None;
        for (operation, change) in journal::audit(db, id)?.into_iter().filter(|(operation, _)| !operation.refused) {
            // Staff may have given the user another address since.
            if change.fields().iter().any(|field| field.field == employer_user::EMAIL.number) {
                proven = None;
            }
            if operation.operation.kind.known() == Some(OperationKind::PortalSignUp) {
                proven = Some(operation.operation.told_at());
            }
        }
        if proven.is_some() {
            return Ok(proven);
        }
    }
    Ok(None)
}

/// The claim of an employer, by whoever has the address; without one, by whoever has worked there longest.
fn claim(view: &View<'_>, id: Id, address: Option<&str>) -> Result<Option<Claim>, StoreError> {
    let db = view.everything();
    let claimed = view.get(RecordKind::Employer, id)?.record;
    if !is_claimed(&claimed) || claimed.is_deleted() {
        return Ok(None);
    }
    let address = match address {
        Some(address) => address.to_owned(),
        None => employers::first_address(db, id)?.unwrap_or_default(),
    };
    let people = match email_domain::of_address(&address) {
        Ok(domain) => employers::with_people_in(view, &domain, MOST as u32 + 1)?,
        Err(_) => Vec::new(),
    };
    let mut found: Vec<(Id, Vec<EmployerLikeness>)> = Vec::new();
    employers::each_likeness(db, |other| {
        let has_people = people.iter().any(|(id, _)| *id == other.id);
        let why = likeness(&claimed, &address, &other, has_people);
        if !why.is_empty() {
            found.push((other.id, why));
        }
    })?;
    let mut like = Vec::new();
    // Many share a word with a short name: what only that speaks for is read as far as it is shown.
    found.sort_by_key(|(_, why)| why.first().copied());
    found.truncate(4 * MOST);
    for (id, why) in found {
        let Some(employers::Brief { name, city, website, contacts, claimed }) = employers::brief(view, id)? else {
            continue;
        };
        like.push(LikeEmployer { id, name, city, website, contacts, claimed, why });
    }
    like.sort_by(|a, b| {
        (a.why.first(), a.claimed).cmp(&(b.why.first(), b.claimed)).then_with(|| b.contacts.cmp(&a.contacts))
    });
    like.truncate(MOST);
    let website = Some(claimed.text(&employer::WEBSITE).to_owned()).filter(|website| !website.is_empty());
    Ok(Some(Claim { employer: id, name: claimed.text(&employer::NAME).to_owned(), website, like }))
}
