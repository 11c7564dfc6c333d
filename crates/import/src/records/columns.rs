//! The columns such a file can have.

use crate::answer::Confidence;
use crate::row::Target;
use liaison_domain::name::fold;
use liaison_domain::refusal::{FieldProblem, Problem};
use liaison_domain::{Field, RecordKind, Registry};
use liaison_engine::error::CommandError;
use liaison_exchange::CsvWriter;

/// The kinds of records that can be imported beside contacts.
pub fn kinds() -> impl Iterator<Item = RecordKind> {
    RecordKind::ALL
        .into_iter()
        .filter(|kind| kind.is_entered_by_hand() || matches!(kind, RecordKind::Note | RecordKind::Student))
}

/// The fields a column can hold.
fn fields(registry: &Registry, kind: RecordKind) -> impl Iterator<Item = &'static Field> {
    registry.fields(kind).filter(|field| field.importable)
}

/// The field with this key, where a column can hold it.
fn target(registry: &Registry, kind: RecordKind, key: &str) -> Option<&'static Field> {
    fields(registry, kind).find(|field| field.key == key)
}

/// The targets of columns named by keys; each may be named once.
pub(crate) fn targets(
    registry: &Registry,
    kind: RecordKind,
    keys: &[Option<String>],
) -> Result<Vec<Option<Target>>, CommandError> {
    let mut targets = Vec::with_capacity(keys.len());
    for key in keys {
        let Some(key) = key else {
            targets.push(None);
            continue;
        };
        let refuse = |problem| CommandError::Validation { fields: vec![FieldProblem { field: key.clone(), problem }] };
        let field = target(registry, kind, key).ok_or_else(|| refuse(Problem::UnknownField))?;
        if targets.contains(&Some(Target::Field(field))) {
            return Err(refuse(Problem::InUse { by: key.clone() }));
        }
        targets.push(Some(Target::Field(field)));
    }
    Ok(targets)
}

/// Letters and digits only, so that "Due date", "due_date" and "DUE-DATE" are one header.
fn bare(header: &str) -> String {
    fold(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What people add to the name of a field: "Contact e-mail", "Employer name", "Due date".
const ENDINGS: [&str; 8] = ["email", "emailaddress", "name", "date", "on", "at", "time", "datetime"];

/// The field each header names, each field at most once. Our own names are certain, others that say the same likely.
pub(crate) fn guess(
    registry: &Registry,
    kind: RecordKind,
    headers: &[String],
) -> Vec<(Option<&'static str>, Confidence)> {
    let mut taken: Vec<&str> = Vec::new();
    let mut guesses = vec![(None, Confidence::None); headers.len()];
    let exact = |field: &Field, header: &str| bare(field.key) == header || bare(field.label) == header;
    let ending = |field: &Field, header: &str| {
        [bare(field.key), bare(field.label)]
            .iter()
            .any(|name| header.strip_prefix(name.as_str()).is_some_and(|rest| ENDINGS.contains(&rest)))
    };
    type Fits<'f> = &'f dyn Fn(&Field, &str) -> bool;
    let usual = |field: &Field, header: &str| {
        kind == RecordKind::Student && OF_STUDENTS.iter().any(|(known, key)| *known == header && *key == field.key)
    };
    let passes: [(Fits<'_>, Confidence); 3] =
        [(&exact, Confidence::Certain), (&usual, Confidence::Likely), (&ending, Confidence::Likely)];
    for (fits, confidence) in passes {
        for (guess, header) in guesses.iter_mut().zip(headers) {
            let header = bare(header);
            let free = |field: &&'static Field| !taken.contains(&field.key) && fits(field, &header);
            if guess.0.is_none()
                && let Some(field) = fields(registry, kind).find(free)
            {
                taken.push(field.key);
                *guess = (Some(field.key), confidence);
            }
        }
    }
    guesses
}

/// Headers other programs give the fields of students, as [`bare`] has them.
const OF_STUDENTS: [(&str, &str); 20] = [
    ("emailaddress", "email"),
    ("mail", "email"),
    ("firstname", "first_name"),
    ("givenname", "first_name"),
    ("lastname", "last_name"),
    ("surname", "last_name"),
    ("familyname", "last_name"),
    ("studentid", "student_number"),
    ("phonenumber", "phone"),
    ("classof", "graduation_year"),
    ("mobilenumber", "phone"),
    ("mobilephone", "phone"),
    ("username", "student_number"),
    ("cardid", "student_number"),
    ("primaryeducationprimarymajorname", "major"),
    ("majorname", "major"),
    ("primaryeducationenddate", "graduation_year"),
    ("graduationdate", "graduation_year"),
    ("schoolyearname", "standing"),
    ("schoolyear", "standing"),
];

/// An empty file with a column for every field.
pub(crate) fn template(registry: &Registry, kind: RecordKind) -> std::io::Result<Vec<u8>> {
    let mut file = Vec::new();
    CsvWriter::new(&mut file, fields(registry, kind).map(|field| field.label))?.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(kind: RecordKind, headers: &[&str]) -> Vec<Option<&'static str>> {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        guess(&Registry::default(), kind, &headers).into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn headers_name_fields_by_key_by_label_and_nearly() {
        let headers = ["Contact e-mail", "TASK", "Due date", "Done", "Something"];
        assert_eq!(
            guessed(RecordKind::Task, &headers),
            [Some("contact"), Some("title"), Some("due_on"), Some("done"), None]
        );
        assert_eq!(guessed(RecordKind::Task, &["contact", "Contact"]), [Some("contact"), None], "each once");
        assert_eq!(
            guessed(RecordKind::Meeting, &["Subject", "starts_at", "Time zone", "Guests"]),
            [Some("title"), Some("starts_at"), Some("time_zone"), Some("guests")]
        );
        assert_eq!(guessed(RecordKind::Note, &["Contact", "Text"]), [Some("contact"), Some("text")]);
    }

    #[test]
    fn a_template_is_understood_whole() {
        for kind in kinds() {
            let file = template(&Registry::default(), kind).expect("a file");
            let text = String::from_utf8(file).expect("text");
            let headers: Vec<String> = text
                .trim_start_matches('\u{feff}')
                .trim_end()
                .split(',')
                .map(|header| header.trim_matches('"').to_owned())
                .collect();
            // "Reminder, minutes before" has a comma of its own.
            if headers.iter().all(|header| !header.starts_with(' ')) {
                let guesses = guess(&Registry::default(), kind, &headers);
                assert!(
                    guesses.iter().all(|(_, confidence)| *confidence == Confidence::Certain),
                    "{kind:?}: {headers:?}"
                );
            }
        }
    }
}
