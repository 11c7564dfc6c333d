//! Records that somebody looks for in the history by a name, also those in the trash.

use crate::View;
use liaison_domain::{Id, RecordKind, audit, privacy};
use liaison_store::{Sql, StoreError, links, table};

/// The kinds that have a name of their own.
const NAMED: [RecordKind; 16] = [
    RecordKind::Contact,
    RecordKind::Employer,
    RecordKind::EmployerUser,
    RecordKind::Student,
    RecordKind::Staff,
    RecordKind::Role,
    RecordKind::StaffRole,
    RecordKind::UserGroup,
    RecordKind::Label,
    RecordKind::Attribute,
    RecordKind::Task,
    RecordKind::Meeting,
    RecordKind::Event,
    RecordKind::InterviewSchedule,
    RecordKind::JobListing,
    RecordKind::MailTemplate,
];
/// Most words looked for; further ones would hardly narrow the answer.
const WORDS_MOST: usize = 8;

/// The records whose name has each of these words, and what is about the contacts among them. What the viewer may not
/// know the name of is not found by it.
pub fn records(view: &View<'_>, text: &str) -> Result<Vec<Id>, StoreError> {
    // Names are compared in the tables; what is hidden is taken out row by row.
    let db = view.everything();
    let patterns: Vec<String> = text.split_whitespace().take(WORDS_MOST).map(pattern).collect();
    let parameters: Vec<Sql<'_>> = patterns.iter().map(|pattern| Sql::Text(pattern)).collect();
    let (mut found, mut contacts) = (Vec::new(), Vec::new());
    if patterns.is_empty() {
        return Ok(found);
    }
    for kind in NAMED {
        let name = table::name_expression(kind, "t");
        let tests = vec![format!("{name} LIKE ? ESCAPE '\\'"); patterns.len()].join(" AND ");
        let sql = format!("SELECT t.n,t.id FROM {} t WHERE {tests}", kind.key());
        let mut rows = db.all(&sql, &parameters, |row| Ok((row.int(0) as usize, row.id(1)?)))?;
        let hidden = match kind {
            RecordKind::EmployerUser if !rows.is_empty() => {
                Some(links::private_users(db, |contact| privacy::is_open(view.viewer(), contact))?)
            }
            _ if rows.is_empty() => None,
            kind => view.hidden_rows(kind)?,
        };
        if let Some(hidden) = hidden {
            rows.retain(|(n, _)| !hidden.has(*n));
        }
        let ids = rows.into_iter().map(|(_, id)| id);
        if kind == RecordKind::Contact { contacts.extend(ids) } else { found.extend(ids) }
    }
    for (kind, field) in audit::wholly() {
        let sql = format!("SELECT id FROM {} WHERE {}=?", kind.key(), field.key);
        for contact in &contacts {
            found.extend(db.all(&sql, &[Sql::Blob(contact.bytes())], |row| row.id(0))?);
        }
    }
    found.extend(contacts);
    Ok(found)
}

fn pattern(word: &str) -> String {
    let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}
