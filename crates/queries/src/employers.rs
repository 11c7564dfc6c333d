//! What is asked about employers beside their records: by name, whose primary contact somebody is.

use crate::contacts;
use crate::view::View;
use hashbrown::HashMap;
use liaison_domain::employer_name::employer_match_key;
use liaison_domain::name::organization_key;
use liaison_domain::viewer::Standing;
use liaison_domain::{Id, Record, RecordKind, contact, employer};
use liaison_store::{Db, Sql, StoreError, list, table};

/// Of employers that are known to be what they are called: whoever claims a name must not get by it what is meant for
/// the one that has it.
const KNOWN: &str = "deleted_at IS NULL AND confirmation IS NOT 'claimed'";

/// The live employer with the name of this key; the oldest, where there are several. Claimed ones are none.
pub fn named(db: &Db<'_>, name_key: &str) -> Result<Option<Id>, StoreError> {
    let sql = format!("SELECT id FROM employer WHERE name_key=? AND {KNOWN} ORDER BY n LIMIT 1");
    db.first(&sql, &[Sql::Text(name_key)], |row| row.id(0))
}

/// The employer called "Inactive" that people who left are moved to (M24), if there is one.
pub fn inactive(db: &Db<'_>) -> Result<Option<Id>, StoreError> {
    named(db, &organization_key(employer::INACTIVE))
}

/// When anybody was last in contact with the contacts of an employer, as far as whoever looks sees them: in
/// milliseconds since 1970.
pub fn last_heard(view: &View<'_>, id: Id) -> Result<Option<i64>, StoreError> {
    let shown = view.shown(RecordKind::Contact, "t.")?;
    list::last_heard_at(view.everything(), id, &shown)
}

/// All live employers by what their names are matched by ([`employer_match_key`]); of several with the same key, the
/// oldest. Claimed ones are none.
pub fn by_match_key(db: &Db<'_>) -> Result<HashMap<String, Id>, StoreError> {
    let mut employers = HashMap::new();
    let mut rows = db.prepare(&format!("SELECT name,id FROM employer WHERE {KNOWN} ORDER BY n DESC"))?;
    while rows.step()? {
        employers.insert(employer_match_key(rows.text(0)), rows.id(1)?);
    }
    Ok(employers)
}

/// The live employers that a name is matched with, the oldest first. Claimed ones are none.
pub fn matching(db: &Db<'_>, name: &str) -> Result<Vec<Id>, StoreError> {
    let sql = format!("SELECT name,id FROM employer WHERE name_key=? AND {KNOWN} ORDER BY n");
    let (key, wanted) = (organization_key(name), employer_match_key(name));
    let named = db.all(&sql, &[Sql::Text(&key)], |row| Ok((row.text(0).to_owned(), row.id(1)?)))?;
    Ok(named.into_iter().filter(|(name, _)| employer_match_key(name) == wanted).map(|(_, id)| id).collect())
}

/// Names of employers that were merged into others, all of them or those like this one, each with the employer it is
/// now: a file that still has the old name means that one.
pub fn merged(db: &Db<'_>, name: Option<&str>) -> Result<Vec<(String, Id)>, StoreError> {
    let this = if name.is_some() { " AND e.name_key=?" } else { "" };
    // Who was merged into somebody who was merged in turn leads on. UNION ends circles, which only damage could make.
    let sql = format!(
        "WITH RECURSIVE led(name,id) AS (
            SELECT e.name,e.merged_into FROM employer e
                WHERE e.deleted_at IS NOT NULL AND e.merged_into IS NOT NULL{this}
            UNION SELECT l.name,e.merged_into FROM led l JOIN employer e ON e.id=l.id
                WHERE e.deleted_at IS NOT NULL AND e.merged_into IS NOT NULL)
         SELECT l.name,l.id FROM led l JOIN employer e ON e.id=l.id WHERE e.deleted_at IS NULL ORDER BY e.n"
    );
    let key = name.map(organization_key);
    let bound: Vec<Sql<'_>> = key.as_deref().map(Sql::Text).into_iter().collect();
    let mut merged = db.all(&sql, &bound, |row| Ok((row.text(0).to_owned(), row.id(1)?)))?;
    let wanted = name.map(employer_match_key);
    merged.retain(|(name, _)| wanted.as_ref().is_none_or(|wanted| employer_match_key(name) == *wanted));
    Ok(merged)
}

/// Whether a contact is the primary one of an employer (M17).
pub fn is_primary_contact(db: &Db<'_>, contact: Id) -> Result<bool, StoreError> {
    Ok(db.number("SELECT count(*) FROM employer WHERE primary_contact=?", &[Sql::Blob(contact.bytes())])? > 0)
}

/// The live employers that somebody only claimed. They are few: an index has them alone.
///
/// Errors: `Damaged` for an employer whose id is none.
pub fn claimed(db: &Db<'_>) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT id FROM employer WHERE confirmation='claimed' AND deleted_at IS NULL";
    db.all(sql, &[], |row| row.id(0))
}

/// Passes every live employer to `each`: its record, with the values that tell which employers are alike alone.
///
/// Errors: `Damaged` for an employer whose id is none.
pub fn each_likeness(db: &Db<'_>, mut each: impl FnMut(Record)) -> Result<(), StoreError> {
    let fields = [&employer::NAME, &employer::WEBSITE, &employer::CONFIRMATION, &employer::EMAIL_DOMAINS];
    let keys = fields.map(|field| field.key).join(",");
    let mut rows = db.prepare(&format!("SELECT id,{keys} FROM employer WHERE deleted_at IS NULL ORDER BY n"))?;
    while rows.step()? {
        let mut record = Record::blank(RecordKind::Employer, rows.id(0)?);
        for (at, field) in fields.iter().enumerate() {
            record.set(field, table::value(&rows, at + 1, field)?);
        }
        each(record);
    }
    Ok(())
}

/// How many approved contacts the employers have with an address in a domain, as far as whoever looks sees them: the
/// `most` that have most.
///
/// Errors: `Damaged` for an employer whose id is none.
pub fn with_people_in(view: &View<'_>, domain: &str, most: u32) -> Result<Vec<(Id, u32)>, StoreError> {
    let shown = view.shown(RecordKind::Contact, "t.")?;
    let sql = format!(
        "SELECT t.employer,count(*) FROM contact t WHERE t.employer IS NOT NULL AND t.approval='approved'
            AND t.deleted_at IS NULL AND substr(t.email_key,-length(?1)-1) IN ('@'||?1,'.'||?1){shown}
         GROUP BY t.employer ORDER BY 2 DESC,t.employer LIMIT ?2"
    );
    let parameters = [Sql::Text(domain), Sql::Int(i64::from(most))];
    view.everything().all(&sql, &parameters, |row| Ok((row.id(0)?, row.int(1) as u32)))
}

/// The address of the first employer user of an employer, or else of its first contact.
pub fn first_address(db: &Db<'_>, id: Id) -> Result<Option<String>, StoreError> {
    let sql = "SELECT email FROM (
            SELECT 1 AS place,n,email FROM employer_user WHERE employer=?1 AND deleted_at IS NULL
            UNION ALL SELECT 2,n,email FROM contact WHERE employer=?1 AND deleted_at IS NULL)
         WHERE email IS NOT NULL ORDER BY place,n LIMIT 1";
    db.first(sql, &[Sql::Blob(id.bytes())], |row| Ok(row.text(0).to_owned()))
}

/// The addresses of an employer's approved contacts, as far as whoever looks sees them.
pub fn addresses_of(view: &View<'_>, id: Id) -> Result<Vec<String>, StoreError> {
    let shown = view.shown(RecordKind::Contact, "t.")?;
    let sql = format!(
        "SELECT t.email FROM contact t
         WHERE t.employer=? AND t.approval='approved' AND t.deleted_at IS NULL AND t.email IS NOT NULL{shown}"
    );
    view.everything().all(&sql, &[Sql::Blob(id.bytes())], |row| Ok(row.text(0).to_owned()))
}

/// An employer in few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// Name.
    pub name: String,
    /// Website.
    pub website: Option<String>,
    /// City.
    pub city: Option<String>,
    /// How many approved live contacts it has, as far as whoever looks sees them.
    pub contacts: u32,
    /// Somebody only said that there is such an employer.
    pub claimed: bool,
}

/// The employer with this id in few words, also one in the trash.
pub fn brief(view: &View<'_>, id: Id) -> Result<Option<Brief>, StoreError> {
    let db = view.everything();
    let sql = "SELECT name,website,city,
            (SELECT count(*) FROM contact WHERE employer=e.id AND deleted_at IS NULL AND approval='approved'),
            confirmation='claimed'
         FROM employer e WHERE id=?";
    let brief = db.first(sql, &[Sql::Blob(id.bytes())], |row| {
        Ok(Brief {
            name: row.text(0).to_owned(),
            website: row.optional_text(1),
            city: row.optional_text(2),
            contacts: row.int(3) as u32,
            claimed: row.int(4) == 1,
        })
    })?;
    let Some(mut brief) = brief else { return Ok(None) };
    if !view.viewer().sees_everything() {
        // From staff only what others keep to themselves is hidden: little, and an index knows it.
        for owner in contacts::private_owners(db, id)? {
            let standing = Standing {
                approval: contact::APPROVED,
                visibility: contact::MYSELF,
                owner,
                employer: Some(id),
                deleted: false,
            };
            brief.contacts -= u32::from(view.viewer().sees(&standing).is_err());
        }
    }
    Ok(Some(brief))
}
