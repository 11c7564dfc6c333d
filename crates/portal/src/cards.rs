//! Contacts as students and alumni find them (M12). Who sees one, [`Viewer::sees`] says, here when a record is written, and
//! once more when it is shown; queries compare the number that comes of it.

use crate::ids::{id, uuid};
use crate::log::Open;
use anyhow::Result;
use liaison_domain::field::Audience;
use liaison_domain::name::{Words, fold, person_sort_key};
use liaison_domain::viewer::{Standing, Viewer};
use liaison_domain::{Id, Record, RecordKind, contact, employer};
use sqlx::{Postgres, QueryBuilder, Row as _};
use uuid::Uuid;

/// Who sees it: nobody here.
pub const NOBODY: i16 = 0;
/// Employer users of its employer.
pub const COLLEAGUES: i16 = 1;
/// Students and alumni, too.
pub const STUDENTS: i16 = 2;

/// Most words of one search.
const WORDS: usize = 8;
/// Longest word that is searched for, in characters.
const LONGEST_WORD: usize = 60;
/// As many on a page.
pub const PAGE: usize = 25;

/// Who sees a contact on the pages.
pub fn published(person: &Record) -> i16 {
    let standing = Standing::of(person);
    if Viewer::Student.sees(&standing).is_ok() {
        return STUDENTS;
    }
    let colleague = standing.employer.map(|employer| Viewer::EmployerUser { employer });
    if colleague.is_some_and(|colleague| colleague.sees(&standing).is_ok()) { COLLEAGUES } else { NOBODY }
}

/// A record as it is listed.
pub(crate) struct Card {
    published: i16,
    employer: Option<Uuid>,
    sort_name: String,
    words: String,
}

/// What is listed of a contact or an employer; `None` for other records, and for what nobody sees here.
pub(crate) fn card(record: &Record) -> Option<Card> {
    match record.kind {
        RecordKind::Contact => {
            let published = published(record);
            let text = |field: &&liaison_domain::Field| fold(record.text(field));
            // What can be searched for can be read.
            let shown =
                record.kind.fields().iter().copied().filter(|f| f.searchable && f.audience == Audience::Everybody);
            let searched: Vec<String> =
                shown.filter(|field| !record.text(field).is_empty()).map(|f| text(&f)).collect();
            let sort_name = person_sort_key(record.text(&contact::FIRST_NAME), record.text(&contact::LAST_NAME));
            (published > NOBODY).then(|| Card {
                published,
                employer: record.get(&contact::EMPLOYER).as_reference().map(uuid),
                sort_name,
                words: split(&searched.join(" ")).join(" "),
            })
        }
        RecordKind::Employer if !record.is_deleted() => {
            let name = fold(record.text(&employer::NAME));
            let words = split(&name).join(" ");
            Some(Card { published: NOBODY, employer: None, sort_name: name, words })
        }
        _ => None,
    }
}

/// Words as the desk compares them, letters and digits only: PostgreSQL takes them as they are.
fn split(folded: &str) -> Vec<String> {
    Words::new(folded).map(|word| word.chars().take(LONGEST_WORD).collect()).collect()
}

/// Writes the cards of records that changed: `cards` are those that have one now.
pub(crate) async fn write(
    open: &mut Open,
    institution: Uuid,
    changed: &[Uuid],
    cards: Vec<(Uuid, i16, Card)>,
) -> Result<()> {
    sqlx::query(
        "DELETE FROM card USING unnest($2::uuid[]) AS gone(id) WHERE card.institution=$1 AND card.record=gone.id",
    )
    .bind(institution)
    .bind(changed)
    .execute(&mut **open)
    .await?;
    let (mut records, mut kinds, mut published) = (Vec::new(), Vec::new(), Vec::new());
    let (mut employers, mut names, mut words) = (Vec::new(), Vec::new(), Vec::new());
    for (record, kind, card) in cards {
        records.push(record);
        kinds.push(kind);
        published.push(card.published);
        employers.push(card.employer);
        names.push(card.sort_name);
        words.push(card.words);
    }
    sqlx::query(
        "INSERT INTO card(institution,record,kind,published,employer,sort_name,words)
         SELECT $1,r,k,p,e,n,to_tsvector('simple',w)
         FROM unnest($2::uuid[],$3::smallint[],$4::smallint[],$5::uuid[],$6::text[],$7::text[]) AS c(r,k,p,e,n,w)",
    )
    .bind(institution)
    .bind(records)
    .bind(kinds)
    .bind(published)
    .bind(employers)
    .bind(names)
    .bind(words)
    .execute(&mut **open)
    .await?;
    Ok(())
}

/// Where a page of the list ends: the next one begins after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// The key that the last one is sorted by.
    pub sort_name: String,
    /// Its id.
    pub record: Id,
}

/// One page of the contacts that students see, whose words begin with what is searched for; one more than a page has,
/// where there are more.
pub(crate) async fn list(open: &mut Open, institution: Id, search: &str, after: Option<&After>) -> Result<Vec<After>> {
    let mut query: QueryBuilder<Postgres> =
        QueryBuilder::new("SELECT c.sort_name,c.record FROM card c WHERE c.published>=2 AND c.institution=");
    query.push_bind(uuid(institution)).push(" AND c.kind=").push_bind(RecordKind::Contact as i16);
    let folded = fold(search);
    for word in split(&folded).into_iter().take(WORDS) {
        // Letters and digits only: nothing in it is an operator.
        let prefix = format!("{word}:*");
        query.push(" AND (c.words @@ to_tsquery('simple',").push_bind(prefix.clone());
        query.push(") OR c.employer IN (SELECT e.record FROM card e WHERE e.institution=").push_bind(uuid(institution));
        query.push(" AND e.kind=").push_bind(RecordKind::Employer as i16);
        query.push(" AND e.words @@ to_tsquery('simple',").push_bind(prefix).push(")))");
    }
    if let Some(After { sort_name, record }) = after {
        query.push(" AND (c.sort_name,c.record)>(").push_bind(sort_name.clone());
        query.push(",").push_bind(uuid(*record)).push(")");
    }
    query.push(" ORDER BY c.sort_name,c.record LIMIT ").push_bind(PAGE as i64 + 1);
    let rows = query.build().fetch_all(&mut **open).await?;
    rows.iter().map(|row| Ok(After { sort_name: row.try_get(0)?, record: id(row.try_get(1)?)? })).collect()
}

/// One page of the contacts whom the users of an employer see; one more than a page has, where there are more.
pub(crate) async fn of_employer(
    open: &mut Open,
    institution: Id,
    employer: Id,
    after: Option<&After>,
) -> Result<Vec<After>> {
    let mut query: QueryBuilder<Postgres> =
        QueryBuilder::new("SELECT sort_name,record FROM card WHERE published>=1 AND institution=");
    query.push_bind(uuid(institution)).push(" AND kind=").push_bind(RecordKind::Contact as i16);
    query.push(" AND employer=").push_bind(uuid(employer));
    if let Some(After { sort_name, record }) = after {
        query.push(" AND (sort_name,record)>(").push_bind(sort_name.clone());
        query.push(",").push_bind(uuid(*record)).push(")");
    }
    query.push(" ORDER BY sort_name,record LIMIT ").push_bind(PAGE as i64 + 1);
    let rows = query.build().fetch_all(&mut **open).await?;
    rows.iter().map(|row| Ok(After { sort_name: row.try_get(0)?, record: id(row.try_get(1)?)? })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::Value;
    use liaison_domain::contact::{APPROVALS, MYSELF, VISIBILITIES};

    fn person(approval: &str, visibility: &str, deleted: bool, employer: Option<Id>) -> Record {
        let mut person = Record::blank(RecordKind::Contact, Id::from_parts(1, [1; 10]));
        person.set(&contact::APPROVAL, approval);
        person.set(&contact::VISIBILITY, visibility);
        person.set(&contact::EMPLOYER, employer.map_or(Value::Empty, Value::Reference));
        person.set(&liaison_domain::field::DELETED_AT, if deleted { Value::Moment(1) } else { Value::Empty });
        person
    }

    /// In every standing the number says what the domain says.
    #[test]
    fn the_number_is_the_domains_rule() {
        let acme = Id::from_parts(2, [2; 10]);
        for approval in APPROVALS {
            for visibility in VISIBILITIES {
                for deleted in [false, true] {
                    for employer in [None, Some(acme)] {
                        let person = person(approval, visibility, deleted, employer);
                        let standing = Standing::of(&person);
                        let number = published(&person);
                        assert_eq!(number >= STUDENTS, Viewer::Student.sees(&standing).is_ok(), "{person:?}");
                        let colleague = Viewer::EmployerUser { employer: acme }.sees(&standing).is_ok();
                        assert_eq!(number >= COLLEAGUES && employer == Some(acme), colleague, "{person:?}");
                    }
                }
            }
        }
        assert_eq!(published(&person(contact::APPROVED, MYSELF, false, Some(acme))), NOBODY);
    }

    #[test]
    fn only_what_is_shown_is_searched() {
        let mut person = person(contact::APPROVED, contact::STUDENTS, false, None);
        person.set(&contact::FIRST_NAME, "Zoë");
        person.set(&contact::LAST_NAME, "O’Neil");
        person.set(&contact::EMAIL, "zoe@acme.example");
        person.set(&contact::EMAIL_2, "secret@private.example");
        person.set(&contact::MOBILE_PHONE, "+1 555 0100");
        let card = card(&person).expect("a card");
        assert_eq!(card.words, "zoe o neil zoe acme example");
        person.set(&contact::APPROVAL, contact::PENDING);
        assert!(super::card(&person).is_none());
    }
}
