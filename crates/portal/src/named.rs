//! People whom forms name, looked up by their address among all contacts, whoever sees them.

use crate::log::{Log, Open};
use crate::lookup::Purpose;
use crate::site;
use anyhow::Result;
use liaison_domain::contact::linked;
use liaison_domain::{Id, Record, RecordKind, employer_user, name};
pub use liaison_intake::named::{MOST, Named, Person};

/// The contact with an address, whoever sees it.
pub(crate) async fn known(log: &dyn Log, open: &mut Open, institution: Id, address: &str) -> Result<Option<Record>> {
    let key = name::email_key(address);
    if key.is_empty() {
        return Ok(None);
    }
    let by_address = site::found(log, open, institution, (Purpose::Address, RecordKind::Contact, &key)).await?;
    let by_alias = site::found(log, open, institution, (Purpose::Alias, RecordKind::Contact, &key)).await?;
    Ok(linked(&by_address, &by_alias).cloned())
}

/// The contact of an employer user.
pub(crate) async fn contact_of(
    log: &dyn Log,
    open: &mut Open,
    institution: Id,
    user: &Record,
) -> Result<Option<Record>> {
    known(log, open, institution, user.text(&employer_user::EMAIL)).await
}

/// Looks up people who are named.
pub(crate) async fn people(log: &dyn Log, open: &mut Open, institution: Id, named: Vec<Named>) -> Result<Vec<Person>> {
    let mut people = Vec::with_capacity(named.len());
    for named in named {
        let known = known(log, open, institution, &named.email).await?;
        people.push(Person { named, known });
    }
    Ok(people)
}
