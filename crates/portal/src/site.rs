//! Which institution a host is, and what its pages begin with.

use crate::ids::{id, uuid};
use crate::log::{Log, Open};
use crate::lookup::{self, Purpose};
use crate::moment;
use crate::secrets::Key;
use anyhow::{Context as _, Result, bail};
use liaison_domain::moment::{self as moment_of_place, Zone};
use liaison_domain::{Id, Record, RecordKind, organization, role};
use liaison_mail::{Logo, Look, UnsubscribeKey};
use liaison_sync::permit::as_record;
use sqlx::{PgPool, Row as _};
use uuid::Uuid;

/// An institution's portal.
#[derive(Clone)]
pub struct Site {
    /// The institution.
    pub institution: Id,
    /// Scheme, host and port.
    pub origin: String,
    /// What the portal signs with.
    pub key: Key,
    /// How it looks, and whom to ask.
    pub look: Look,
    /// Its record.
    pub record: Record,
    /// Its time zone: what a day is, and what times without a zone of their own are in.
    pub zone: Zone,
}

impl Site {
    /// Whether it is reached by https: cookies then go nowhere else.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// The key of the links by which people stop messages: desks have it, and it is good for nothing else.
    pub fn unsubscribe_key(&self) -> UnsubscribeKey {
        unsubscribe_key(&self.key)
    }

    /// An address on this site, for a letter. Never made from what a request says.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

fn unsubscribe_key(key: &Key) -> UnsubscribeKey {
    UnsubscribeKey::new(key.sign(&["unsubscribe"]))
}

/// What desks are told of their institution's portal: its address, and the key of links by which people stop messages.
/// `None` where there is no portal.
pub async fn told(log: &dyn Log, pool: &PgPool, institution: Id) -> Result<Option<(String, UnsubscribeKey)>> {
    let Some(origin) = origin_of(pool, institution).await? else { return Ok(None) };
    let mut open = log.begin(institution).await?;
    let key: Vec<u8> = sqlx::query_scalar("SELECT key FROM portal WHERE institution=$1")
        .bind(uuid(institution))
        .fetch_one(&mut *open)
        .await?;
    let key = Key(key.try_into().ok().context("a key of 32 bytes")?);
    Ok(Some((origin, unsubscribe_key(&key))))
}

/// The host in the address of a portal, without a port, in lowercase.
pub fn host_of(origin: &str) -> Result<String> {
    let (scheme, rest) = origin.split_once("://").context("an address begins with https://")?;
    let host = if rest.starts_with('[') { rest.split(']').next() } else { rest.split(':').next() };
    let host = host.unwrap_or_default().trim_start_matches('[').to_ascii_lowercase();
    if host.is_empty() || rest.contains(['/', '?', '#', '@', ' ']) {
        bail!("{origin} is no address of a portal: https, a host, and perhaps a port");
    }
    // A password must not travel in the open.
    if scheme != "https" && !(scheme == "http" && ["127.0.0.1", "localhost", "::1"].contains(&host.as_str())) {
        bail!("a portal is reached by https, unless it is on this computer");
    }
    Ok(host)
}

/// Gives an institution a portal at this address; once it is there, it gets the new address. A host carries one
/// institution.
pub async fn add(log: &dyn Log, institution: Id, origin: &str) -> Result<()> {
    let origin = origin.trim_end_matches('/').to_ascii_lowercase();
    let host = host_of(&origin)?;
    let mut open = log.begin(institution).await?;
    log.lock(&mut open, institution).await?;
    let device = uuid(moment::new_id());
    let added = sqlx::query("INSERT INTO portal(institution,device,key) VALUES($1,$2,$3) ON CONFLICT DO NOTHING")
        .bind(uuid(institution))
        .bind(device)
        .bind(Key::draw().0.as_slice())
        .execute(&mut *open)
        .await?;
    if added.rows_affected() > 0 {
        // The digest of nothing anybody has: no device comes in by its credential.
        sqlx::query("INSERT INTO device(institution,id,name,credential,portal) VALUES($1,$2,'Portal',$3,true)")
            .bind(uuid(institution))
            .bind(device)
            .bind(Key::draw().0.as_slice())
            .execute(&mut *open)
            .await?;
    }
    let taken: Option<Uuid> =
        sqlx::query_scalar("SELECT institution FROM host WHERE host=$1").bind(&host).fetch_optional(&mut *open).await?;
    if taken.is_some_and(|taken| taken != uuid(institution)) {
        bail!("{host} is the portal of another institution");
    }
    sqlx::query(
        "INSERT INTO host(host,institution,origin) VALUES($1,$2,$3)
         ON CONFLICT (institution) DO UPDATE SET host=excluded.host,origin=excluded.origin",
    )
    .bind(host)
    .bind(uuid(institution))
    .bind(origin)
    .execute(&mut *open)
    .await?;
    Ok(open.commit().await?)
}

/// The institution with this host: its id, and its address.
pub(crate) async fn by_host(pool: &PgPool, host: &str) -> Result<Option<(Id, String)>> {
    let row = sqlx::query("SELECT institution,origin FROM host WHERE host=$1").bind(host).fetch_optional(pool).await?;
    row.map(|row| Ok((id(row.try_get(0)?)?, row.try_get(1)?))).transpose()
}

/// The address of an institution's portal.
pub(crate) async fn origin_of(pool: &PgPool, institution: Id) -> Result<Option<String>> {
    let origin = sqlx::query_scalar("SELECT origin FROM host WHERE institution=$1").bind(uuid(institution));
    Ok(origin.fetch_optional(pool).await?)
}

/// What the pages of an institution begin with; `None` before a desk has sent its record.
pub(crate) async fn read(log: &dyn Log, open: &mut Open, institution: Id, origin: String) -> Result<Option<Site>> {
    let key: Vec<u8> = sqlx::query_scalar("SELECT key FROM portal WHERE institution=$1")
        .bind(uuid(institution))
        .fetch_one(&mut **open)
        .await?;
    let key = Key(key.try_into().ok().context("a key of 32 bytes")?);
    let Some(record) = find(log, open, institution, RecordKind::Institution, institution).await? else {
        return Ok(None);
    };
    let text = |field| record.text(field).to_owned();
    let look = Look {
        name: text(&organization::INSTITUTION_NAME),
        color: text(&organization::INSTITUTION_COLOR),
        logo: Logo::read(record.text(&organization::INSTITUTION_LOGO)),
        address: text(&organization::INSTITUTION_ADDRESS),
        phone: text(&organization::INSTITUTION_PHONE),
        email: text(&organization::INSTITUTION_EMAIL),
        website: text(&organization::INSTITUTION_WEBSITE),
    };
    let zone = moment_of_place::zone(record.text(&organization::INSTITUTION_TIME_ZONE)).unwrap_or(Zone::UTC);
    Ok(Some(Site { institution, origin, key, look, record, zone }))
}

/// A record that is there, also one in the trash.
pub(crate) async fn find(
    log: &dyn Log,
    open: &mut Open,
    institution: Id,
    kind: RecordKind,
    id: Id,
) -> Result<Option<Record>> {
    Ok(find_all(log, open, institution, kind, &[id]).await?.pop())
}

/// Records that are there, in this order.
pub(crate) async fn find_all(
    log: &dyn Log,
    open: &mut Open,
    institution: Id,
    kind: RecordKind,
    ids: &[Id],
) -> Result<Vec<Record>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let documents = log.read(open, institution, ids.iter().map(|id| (kind as u8, *id)).collect()).await?;
    let record = |id: &Id| documents.get(kind.into(), *id).map(|document| as_record(kind, *id, document));
    Ok(ids.iter().filter_map(record).collect())
}

/// The records of a kind that are found by a key.
pub(crate) async fn found(
    log: &dyn Log,
    open: &mut Open,
    institution: Id,
    (purpose, kind, key): (Purpose, RecordKind, &str),
) -> Result<Vec<Record>> {
    let ids = lookup::find(open, institution, purpose, kind, key).await?;
    find_all(log, open, institution, kind, &ids).await
}

/// The role that everybody has after signing up.
pub(crate) async fn default_role(log: &dyn Log, open: &mut Open, institution: Id) -> Result<Id> {
    let key = (Purpose::BuiltIn, RecordKind::Role, role::DEFAULT_ACCESS);
    let roles = found(log, open, institution, key).await?;
    roles.into_iter().find(role::is_default).map(|role| role.id).context("the institution has no role to begin with")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portal_is_a_host_that_is_reached_by_https() {
        for (origin, host) in [
            ("https://Careers.example", "careers.example"),
            ("https://careers.example:8443", "careers.example"),
            ("http://127.0.0.1:7410", "127.0.0.1"),
            ("http://[::1]:7410", "::1"),
        ] {
            assert_eq!(host_of(origin).ok().as_deref(), Some(host));
        }
        for wrong in
            ["careers.example", "http://careers.example", "https://", "https://a.example/x", "https://u@a.example"]
        {
            assert!(host_of(wrong).is_err(), "{wrong}");
        }
    }
}
