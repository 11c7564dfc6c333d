//! The words of a record that it is found by.

use liaison_domain::RecordKind;
use liaison_domain::field::{Field, FieldType};
use liaison_domain::name::{Words, fold, fold_into};
use liaison_store::error::StoreError;
use liaison_store::group::Group;
use liaison_store::sqlite::{Db, Sql, Statement};

/// Longest word that is kept, in bytes; what is typed is cut alike.
const WORD_MAX: usize = 40;

/// What the index keeps of a record.
pub struct Entry {
    /// Row number.
    pub row: u32,
    /// Its group.
    pub group: Group,
    /// What it is sorted by.
    pub key: String,
    /// Its words, in any order, possibly repeated.
    pub words: Vec<String>,
}

/// The words somebody typed. Any text will do; a text without letters and digits has no words.
pub fn of_query(text: &str) -> Vec<String> {
    let folded = fold(text);
    Words::new(&folded).map(|word| cut(word).to_owned()).collect()
}

/// A word, cut to the longest length kept.
pub fn cut(word: &str) -> &str {
    match word.char_indices().find(|(at, c)| at + c.len_utf8() > WORD_MAX) {
        Some((at, _)) => &word[..at],
        None => word,
    }
}

/// The fields a kind is found by.
fn searchable(kind: RecordKind) -> impl Iterator<Item = &'static Field> {
    kind.fields().iter().copied().filter(|field| field.searchable)
}

/// The column a kind is sorted by name with.
fn key_column(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Contact | RecordKind::EmployerUser | RecordKind::Staff | RecordKind::Student => "sort_name",
        _ => "name_key",
    }
}

/// The SELECT that building an index and [`Reader`] go through: row, approval, sort key, then one column per searchable field.
pub fn select(kind: RecordKind, names: bool) -> String {
    let approval = if kind == RecordKind::Contact { "t.approval" } else { "NULL" };
    let mut sql = format!("SELECT t.n,{approval},t.{}", key_column(kind));
    for field in searchable(kind) {
        match field.field_type {
            FieldType::Reference { kind } if names => {
                sql.push_str(&format!(",(SELECT r.name FROM {} r WHERE r.id=t.{})", kind.key(), field.key));
            }
            _ => sql.push_str(&format!(",t.{}", field.key)),
        }
    }
    sql.push_str(&format!(" FROM {} t WHERE t.deleted_at IS NULL", kind.key()));
    sql
}

/// Which column of [`select`] refers to an employer, if one does.
pub fn employer_column(kind: RecordKind) -> Option<usize> {
    searchable(kind)
        .position(|field| matches!(field.field_type, FieldType::Reference { kind: RecordKind::Employer }))
        .map(|at| at + 3)
}

/// Passes each word of a row of [`select`] to `word`; `skip` are columns to leave out.
pub fn each_word(
    row: &Statement<'_>,
    kind: RecordKind,
    skip: &[usize],
    folded: &mut String,
    mut word: impl FnMut(&str),
) {
    for (index, field) in searchable(kind).enumerate() {
        let column = index + 3;
        if skip.contains(&column) {
            continue;
        }
        let text = row.text(column);
        if text.is_empty() {
            continue;
        }
        folded.clear();
        fold_into(text, folded);
        for part in Words::new(folded) {
            word(cut(part));
        }
        if field.field_type == FieldType::Phone {
            // A number is also found when its digits are typed in one go, with or without the country's.
            let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
            let from = digits.len().saturating_sub(10);
            word(cut(&digits[from..]));
        }
    }
}

/// Reads single rows.
pub struct Reader<'d> {
    statement: Statement<'d>,
    kind: RecordKind,
    skip: Vec<usize>,
    folded: String,
}

impl<'d> Reader<'d> {
    /// Prepares reading rows of a kind.
    pub fn of_rows(db: &'d Db<'d>, kind: RecordKind) -> Result<Reader<'d>, StoreError> {
        let statement = db.prepare(&format!("{} AND t.n=?", select(kind, true)))?;
        Ok(Reader { statement, kind, skip: Vec::new(), folded: String::new() })
    }

    /// Leaves out the words of fields that are not among those to be `seen`.
    pub fn only(mut self, seen: impl Fn(&Field) -> bool) -> Reader<'d> {
        self.skip = searchable(self.kind).enumerate().filter(|(_, field)| !seen(field)).map(|(at, _)| at + 3).collect();
        self
    }

    /// What the index keeps of a row; `None` where it is gone or in the trash.
    pub fn read(&mut self, row: u32) -> Result<Option<Entry>, StoreError> {
        self.statement.bind(&[Sql::Int(i64::from(row))])?;
        if !self.statement.step()? {
            return Ok(None);
        }
        let mut words = Vec::new();
        each_word(&self.statement, self.kind, &self.skip, &mut self.folded, |word| words.push(word.to_owned()));
        let group = Group::of(self.statement.text(1));
        Ok(Some(Entry { row, group, key: self.statement.text(2).to_owned(), words }))
    }
}
