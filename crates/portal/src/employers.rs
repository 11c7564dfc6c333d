//! Which employers the owner of an address works at: what is read for it, and who has yet to say at which of several.

use crate::ids::uuid;
use crate::log::{Log, Open};
use crate::lookup::Purpose;
use crate::site::{self, Site};
use anyhow::Result;
use liaison_domain::contact::linked;
use liaison_domain::{Id, Record, RecordKind, contact, employer_match, name};
use liaison_intake::sign_up::There;
use sqlx::Row as _;

/// What is there of what decides about an address.
#[derive(Clone, Debug)]
pub struct Read {
    institution: Record,
    /// The contact with the address, or who had it.
    pub known: Option<Record>,
    employer: Option<Record>,
    with_domain: Vec<Record>,
}

impl Read {
    /// As the rules take it.
    pub fn as_ref(&self) -> There<'_> {
        There {
            institution: &self.institution,
            known: self.known.as_ref(),
            employer: self.employer.as_ref(),
            with_domain: &self.with_domain,
        }
    }

    /// The employer with this id, where the domain of the address is one of its.
    pub fn with_domain(&self, id: Id) -> Option<&Record> {
        self.with_domain.iter().find(|employer| employer.id == id)
    }
}

/// Reads what decides about an address.
pub(crate) async fn there(log: &dyn Log, open: &mut Open, site: &Site, address: &str) -> Result<Read> {
    let (institution, key) = (site.institution, name::email_key(address));
    let by_address = site::found(log, open, institution, (Purpose::Address, RecordKind::Contact, &key)).await?;
    let by_alias = site::found(log, open, institution, (Purpose::Alias, RecordKind::Contact, &key)).await?;
    let known = linked(&by_address, &by_alias).cloned();
    let employer = known.as_ref().and_then(|known| known.get(&contact::EMPLOYER).as_reference());
    let employer = match employer {
        Some(id) => site::find(log, open, institution, RecordKind::Employer, id).await?,
        None => None,
    };
    let with_domain = match employer_match::domain_of(address, &site.record) {
        Some(domain) => site::found(log, open, institution, (Purpose::Domain, RecordKind::Employer, &domain)).await?,
        None => Vec::new(),
    };
    Ok(Read { institution: site.record.clone(), known, employer, with_domain })
}

/// An employer as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The name.
    pub name: String,
    /// The website, or nothing.
    pub website: String,
}

/// Keeps what a new user typed, until they have said at which of several employers they work.
pub(crate) async fn ask(open: &mut Open, institution: Id, user: Id, typed: &Typed) -> Result<()> {
    sqlx::query("INSERT INTO employer_choice(institution,record,name,website) VALUES($1,$2,$3,$4)")
        .bind(uuid(institution))
        .bind(uuid(user))
        .bind(&typed.name)
        .bind(&typed.website)
        .execute(&mut **open)
        .await?;
    Ok(())
}

/// What a user typed who has yet to choose; `None` where there is nothing to choose.
pub(crate) async fn asked(open: &mut Open, institution: Id, user: Id) -> Result<Option<Typed>> {
    let row = sqlx::query("SELECT name,website FROM employer_choice WHERE institution=$1 AND record=$2")
        .bind(uuid(institution))
        .bind(uuid(user))
        .fetch_optional(&mut **open)
        .await?;
    row.map(|row| Ok(Typed { name: row.try_get(0)?, website: row.try_get(1)? })).transpose()
}

/// A user has chosen.
pub(crate) async fn answered(open: &mut Open, institution: Id, user: Id) -> Result<()> {
    sqlx::query("DELETE FROM employer_choice WHERE institution=$1 AND record=$2")
        .bind(uuid(institution))
        .bind(uuid(user))
        .execute(&mut **open)
        .await?;
    Ok(())
}
