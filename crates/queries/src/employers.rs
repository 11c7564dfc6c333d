//! What is asked about employers beside their records: by name, whose primary contact somebody is.

use crate::contacts;
use crate::view::View;
use hashbrown::HashMap;
use liaison_domain::employer_name::employer_match_key;
use liaison_domain::name::organization_key;
use liaison_domain::viewer::Standing;
use liaison_domain::{Id, RecordKind, contact, employer};
use liaison_store::{Db, Sql, StoreError, list};

/// The live employer with the name of this key; the oldest, where there are several.
pub fn named(db: &Db<'_>, name_key: &str) -> Result<Option<Id>, StoreError> {
    let sql = "SELECT id FROM employer WHERE name_key=? AND deleted_at IS NULL ORDER BY n LIMIT 1";
    db.first(sql, &[Sql::Text(name_key)], |row| row.id(0))
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
/// oldest.
pub fn by_match_key(db: &Db<'_>) -> Result<HashMap<String, Id>, StoreError> {
    let mut employers = HashMap::new();
    let mut rows = db.prepare("SELECT name,id FROM employer WHERE deleted_at IS NULL ORDER BY n DESC")?;
    while rows.step()? {
        employers.insert(employer_match_key(rows.text(0)), rows.id(1)?);
    }
    Ok(employers)
}

/// The live employers that a name is matched with, the oldest first.
pub fn matching(db: &Db<'_>, name: &str) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT name,id FROM employer WHERE name_key=? AND deleted_at IS NULL ORDER BY n";
    let (key, wanted) = (organization_key(name), employer_match_key(name));
    let named = db.all(sql, &[Sql::Text(&key)], |row| Ok((row.text(0).to_owned(), row.id(1)?)))?;
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
}

/// The employer with this id in few words, also one in the trash.
pub fn brief(view: &View<'_>, id: Id) -> Result<Option<Brief>, StoreError> {
    let db = view.everything();
    let sql = "SELECT name,website,city,
            (SELECT count(*) FROM contact WHERE employer=e.id AND deleted_at IS NULL AND approval='approved')
         FROM employer e WHERE id=?";
    let brief = db.first(sql, &[Sql::Blob(id.bytes())], |row| {
        Ok(Brief {
            name: row.text(0).to_owned(),
            website: row.optional_text(1),
            city: row.optional_text(2),
            contacts: row.int(3) as u32,
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
