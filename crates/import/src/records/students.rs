//! Rows that are students and alumni: their address tells them apart.

use super::decided::{Decided, File, placed};
use crate::answer::ImportProblem;
use crate::row::Fixes;
use hashbrown::HashMap;
use liaison_domain::name::email_key;
use liaison_domain::{Field, Record, RecordKind, Value, student};
use liaison_queries::students::StudentByAddress;
use liaison_store::table::Located;
use liaison_store::{Db, StoreError};

/// The students and alumni there are, looked up one by one, and which row of the file is about whom.
pub(super) struct Students<'d> {
    db: &'d Db<'d>,
    find: Option<StudentByAddress<'d>>,
    /// By address, the first row of the file that has it.
    rows: HashMap<String, usize>,
}

impl<'d> Students<'d> {
    /// For a file of students; for others there is nothing to know.
    pub(super) fn read(db: &'d Db<'d>, file: &File<'_>, fixes: &Fixes) -> Students<'d> {
        let mut students = Students { db, find: None, rows: HashMap::new() };
        let is_address = |field: &Option<&Field>| field.is_some_and(|field| field.number == student::EMAIL.number);
        if file.kind != RecordKind::Student {
            return students;
        }
        if let Some(column) = file.columns.iter().position(is_address) {
            for row in 0..file.sheet.rows() {
                let cell = fixes.get(&(row, column)).map_or_else(|| file.sheet.cell(row, column), String::as_str);
                students.rows.entry(email_key(cell.trim())).or_insert(row);
            }
        }
        students
    }

    /// What becomes of a row whose address somebody has already: what it says changes, blank cells change nothing.
    /// `None` where nobody has the address. Refused where a
    /// row before has it.
    pub(super) fn known(
        &mut self,
        file: &File<'_>,
        row: usize,
        record: &Record,
    ) -> Result<Option<Decided>, StoreError> {
        let key = email_key(record.text(&student::EMAIL));
        if key.is_empty() {
            return Ok(None);
        }
        if let Some(earlier) = self.rows.get(&key).filter(|first| **first < row) {
            // Which of the two would be meant is not known.
            let problem = ImportProblem::DuplicateInFile { row: file.sheet.row_number(*earlier) };
            return Ok(Some(Decided::Fail(vec![placed(file, student::EMAIL.key, problem)])));
        }
        let Some(Located { n, record: before }) = self.find(&key)? else { return Ok(None) };
        let mut changes = Vec::new();
        for field in file.columns.iter().flatten() {
            let value = record.get(field);
            // Upper or lower case is no reason to change the address somebody logs in with.
            if *value != Value::Empty && field.number != student::EMAIL.number {
                changes.extend(before.change(field, value.clone()));
            }
        }
        Ok(Some(if changes.is_empty() {
            Decided::Skip(ImportProblem::NothingToChange)
        } else {
            Decided::Update(n, before, changes)
        }))
    }

    fn find(&mut self, key: &str) -> Result<Option<Located>, StoreError> {
        let find = match &mut self.find {
            Some(find) => find,
            none => none.insert(StudentByAddress::prepare(self.db)?),
        };
        find.read(key)
    }
}
