//! How much is taken from outside at most: from a screen, a script, a file, another program. Whoever reads from outside
//! asks here before working, so that no input, however long, costs more than the limit it is refused with.
//!
//! Fields have limits of their own, with the field ([`crate::field::FieldType`]); files in `liaison_exchange::Limits`;
//! what a mail server says in `liaison_mail`. docs/decisions/limits.md lists all of them.

use crate::name::{Words, fold};
use crate::refusal::{FieldProblem, Problem};
use serde_json::Value;

/// Most items of one list: labels of a record, former addresses of a contact.
pub const LIST_ITEMS: usize = 100;
/// Longest label, in characters.
pub const LABEL: usize = 60;
/// Longest text to search for, in characters.
pub const SEARCH: usize = 1_000;
/// Most words to search for.
pub const SEARCH_WORDS: usize = 50;
/// Most conditions, and most sort keys, of one list.
pub const CONDITIONS: usize = 50;
/// Most values of one condition; SQLite takes expressions of at most a thousand parts.
pub const CONDITION_VALUES: usize = 500;
/// Longest value of a condition, in characters.
pub const CONDITION_VALUE: usize = 1_000;
/// Most columns of a window of a list. A kind of record has at most some 60 fields and 100 attributes.
pub const COLUMNS: usize = 200;
/// Most records named one by one; whoever means more names a list.
pub const SELECTED: usize = 100_000;
/// Most files open for import; the one opened first is closed for another.
pub const OPEN_IMPORTS: usize = 4;
/// Most mappings of columns that are remembered, the newest; each for files with the same headers.
pub const MAPPINGS: usize = 200;
/// Longest headers, all together, whose mapping is remembered, in bytes.
pub const MAPPING_HEADERS: usize = 64 * 1024;
/// Longest text of one mail setting, in characters: a name, an address, a server.
pub const MAIL_SETTING: usize = 320;
/// Longest certificate of an authority in the mail settings, in characters: a chain of some dozen.
pub const CERTIFICATES: usize = 100_000;
/// Longest text file that an option of the command line reads, in bytes: a message, a certificate, a passcode.
pub const OPTION_FILE: usize = 1_000_000;
/// Longest single text that a command of the window takes, in bytes. A picture is the longest.
pub const ARGUMENT: usize = 1_000_000;
/// Most items of one list that a command of the window takes.
pub const ARGUMENT_ITEMS: usize = 100_000;
/// All texts of one command of the window together, in bytes.
pub const ARGUMENTS: usize = 16_000_000;

/// Refuses what somebody wants to search for where it is too long or has too many words.
pub fn search(text: &str) -> Result<(), Problem> {
    if longer(text, SEARCH) {
        return Err(Problem::TooLong { max: SEARCH as u32 });
    }
    let folded = fold(text);
    if Words::new(&folded).nth(SEARCH_WORDS).is_some() {
        return Err(Problem::TooMany { most: SEARCH_WORDS as u32 });
    }
    Ok(())
}

/// Refuses more of something than its limit.
pub fn most(count: usize, most: usize) -> Result<(), Problem> {
    if count > most { Err(Problem::TooMany { most: most as u32 }) } else { Ok(()) }
}

/// Whether a text has more characters than this. Counts no further than it must.
pub fn longer(text: &str, characters: usize) -> bool {
    text.len() > characters && text.chars().nth(characters).is_some()
}

/// Refuses the arguments of a command where they are longer than any command needs; the argument is named. What a
/// command itself allows is mostly much less.
pub fn arguments(given: &Value) -> Result<(), FieldProblem> {
    let mut bytes = 0;
    match given {
        Value::Object(arguments) => arguments.iter().try_for_each(|(name, argument)| walk(name, argument, &mut bytes)),
        other => walk("", other, &mut bytes),
    }
}

fn walk(argument: &str, value: &Value, bytes: &mut usize) -> Result<(), FieldProblem> {
    let refuse = |problem| FieldProblem { field: argument.to_owned(), problem };
    match value {
        Value::String(text) => {
            *bytes += text.len();
            if text.len() > ARGUMENT {
                return Err(refuse(Problem::TooLong { max: ARGUMENT as u32 }));
            }
        }
        Value::Array(items) => {
            most(items.len(), ARGUMENT_ITEMS).map_err(refuse)?;
            items.iter().try_for_each(|item| walk(argument, item, bytes))?;
        }
        Value::Object(fields) => {
            most(fields.len(), ARGUMENT_ITEMS).map_err(refuse)?;
            for (name, field) in fields {
                *bytes += name.len();
                walk(argument, field, bytes)?;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    if *bytes > ARGUMENTS { Err(refuse(Problem::TooLong { max: ARGUMENTS as u32 })) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn arguments_have_limits_wherever_they_are_long() {
        let refused = |value: Value| arguments(&value).err().map(|found| (found.field, found.problem));
        let (long, fits) = ("x".repeat(ARGUMENT + 1), "x".repeat(ARGUMENT));
        assert_eq!(refused(json!({"from": fits, "to": null, "n": 1})), None);
        let too_long = Problem::TooLong { max: ARGUMENT as u32 };
        assert_eq!(refused(json!({"to": "", "from": long})), Some(("from".into(), too_long.clone())));
        assert_eq!(refused(json!({"query": {"filter": [{"values": [long]}]}})), Some(("query".into(), too_long)));
        let too_many = Problem::TooMany { most: ARGUMENT_ITEMS as u32 };
        assert_eq!(refused(json!({"ids": vec![0; ARGUMENT_ITEMS + 1]})), Some(("ids".into(), too_many)));
        assert_eq!(refused(json!({"ids": vec!["0192a4b8-0000-7000-8000-000000000001"; ARGUMENT_ITEMS]})), None);
        let together = Problem::TooLong { max: ARGUMENTS as u32 };
        assert_eq!(refused(json!({"values": vec![fits; 17]})), Some(("values".into(), together)));
    }

    #[test]
    fn a_search_has_limits() {
        assert_eq!(search("Dana O'Reyes, Acme"), Ok(()));
        assert_eq!(search(&"a ".repeat(SEARCH_WORDS)), Ok(()));
        assert_eq!(search(&"a.".repeat(SEARCH_WORDS + 1)), Err(Problem::TooMany { most: SEARCH_WORDS as u32 }));
        assert_eq!(search(&"é".repeat(SEARCH)), Ok(()));
        assert_eq!(search(&"x".repeat(SEARCH + 1)), Err(Problem::TooLong { max: SEARCH as u32 }));
    }
}
