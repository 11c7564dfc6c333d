//! Files of records: tables, cards, and what other programs import, of any list or selection.

use crate::error::{CommandError, WriteProblem};
use crate::files;
use crate::files::{Destination, NewFile};
use crate::lists::{self, Selection};
use crate::progress::OnProgress;
use crate::session::Session;
use liaison_domain::disclosure::{Chosen, described};
use liaison_domain::field::{CREATED_AT, DELETED_AT};
use liaison_domain::filter::ListQuery;
use liaison_domain::moment::Zone;
use liaison_domain::refusal::{FieldProblem, Problem};
use liaison_domain::{Field, FieldType, OperationKind, Permission, RecordKind, Registry, Value, attribute, contact};
pub use liaison_exchange::ExportFormat;
use liaison_exchange::{
    ARCHIVED, Cell, CsvWriter, ExportForm, ProgramWriter, ProgramWritten, RowWriter, VcardWriter, WORKSHEET_ROWS,
    WriteError, XlsxWriter,
};
use liaison_queries::View;
use liaison_store::list::{self, ListCell, ListRow};
use liaison_store::{StoreError, attributes};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::Path;

/// What to write.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ExportInput {
    /// Which records.
    pub kind: RecordKind,
    /// Which of them, in the order of their list.
    pub selection: Selection,
    /// The format.
    pub format: ExportFormat,
    /// Keys of the columns, in order, "name" for the whole name; all fields where there are none.
    pub columns: Vec<String>,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ExportDone {
    /// Where it lies; "-" for standard output.
    pub path: String,
    /// How many records are in it.
    pub records: u32,
    /// Keys of chosen columns that the format has no place for.
    pub left_out: Vec<String>,
    /// How many records the program that the file is for would refuse, and which therefore are not in it.
    pub refused: u32,
    /// How many records have characters that the file's encoding has no place for.
    pub replaced: u32,
}

/// What goes onto paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PrintInput {
    /// Which records.
    pub kind: RecordKind,
    /// How many of them.
    pub count: u32,
    /// The list they are from; none for the page of one record.
    pub query: Option<ListQuery>,
}

/// Rows read at once.
const BATCH: usize = 500;

/// A column of the file.
#[derive(Clone, Copy)]
enum Column {
    /// The name a record is shown by.
    Name,
    /// The value of the field at this place among those read.
    Field(usize, &'static Field),
}

/// Writes the selected records to a file. The file appears under its name when it is whole: an export that fails
/// or is cancelled leaves what was there before. That records left the desk is in the journal before they can be read.
pub async fn export(
    session: &Session,
    input: &ExportInput,
    to: Destination<'_>,
    progress: OnProgress<'_>,
) -> Result<ExportDone, CommandError> {
    session.actor().require(Permission::ExportContacts)?;
    session.begin_long_work();
    let mut rows = lists::selected_in_order(session, input.kind, &input.selection).await?;
    if input.kind == RecordKind::EmployerUser {
        // Who they are is withheld (M49), and a file that is half empty says less than one without them.
        let private = session.private_users().await?;
        rows.retain(|row| !private.has(*row as usize));
    }
    if !matches!(input.format.form(), ExportForm::Table) && input.kind != RecordKind::Contact {
        return Err(unknown("format"));
    }
    if input.format == ExportFormat::Xlsx && rows.len() > WORKSHEET_ROWS as usize {
        let detail = WriteError::TooManyRows { limit: WORKSHEET_ROWS }.to_string();
        return Err(CommandError::UnwritableFile { problem: WriteProblem::TooManyRows, detail });
    }
    let registry = session.registry();
    lists::check_columns(&input.columns)?;
    let keys = if input.columns.is_empty() { every_column(&registry, input.kind) } else { input.columns.clone() };
    let (mut columns, mut fields) = (Vec::new(), Vec::new());
    for key in &keys {
        if key == "name" && registry.field(input.kind, key).is_none() {
            columns.push(Column::Name);
            continue;
        }
        let field = registry.field(input.kind, key).filter(|field| field.number != DELETED_AT.number);
        let field = field.ok_or_else(|| unknown(key))?;
        columns.push(Column::Field(fields.len(), field));
        fields.push(field);
    }
    let left_out = keys.iter().filter(|key| *key != "name" && !input.format.holds(key)).cloned().collect();
    let marks = if input.format == ExportFormat::Handshake { archiving_fields(session).await? } else { Vec::new() };
    fields.extend(&marks);
    let query = match &input.selection {
        Selection::Ids { .. } => None,
        Selection::Result { result, .. } => Some(lists::open_result(session, *result)?.query),
    };
    let chosen = query.as_deref().map_or(Chosen::ByHand, Chosen::FromList);
    let told = described(&registry, input.kind, rows.len() as u32, Some(&to.file_name()), chosen);
    let mut file = tokio::task::block_in_place(|| files::new_file(session.directory(), to))?;
    let is_stream = file.is_stream();
    if is_stream {
        session.record_event(OperationKind::DataExport, told.clone()).await?;
    }
    let scratch = file.scratch().to_owned();
    let mut failed = None;
    let written = session.read(|view| {
        let marks = fields.len() - marks.len();
        let work = Work { view, kind: input.kind, rows: &rows, columns: &columns, fields: &fields, marks };
        work.write(input.format, &mut file, &scratch, |done| session.report(progress, done, rows.len() as u32)).map_err(
            |failure| match failure {
                Failure::Store(error) => error,
                Failure::File(error) => {
                    failed = Some(error.into());
                    StoreError::Cancelled
                }
            },
        )
    });
    let written = written.await;
    if let Some(failure) = failed {
        return Err(failure);
    }
    let written = written?;
    if !is_stream {
        session.record_event(OperationKind::DataExport, told).await?;
    }
    tokio::task::block_in_place(|| file.finish())?;
    let ProgramWritten { written, refused, replaced } = written;
    Ok(ExportDone { path: to.named(), records: written, left_out, refused, replaced })
}

/// Writes into the journal that records go onto paper. For whoever prints, before they do.
pub async fn record_print(session: &Session, input: &PrintInput) -> Result<(), CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let registry = session.registry();
    if let Some(query) = &input.query {
        query.clone().check(&registry)?;
    }
    let chosen = input.query.as_ref().map_or(Chosen::ByHand, Chosen::FromList);
    session.record_event(OperationKind::DataPrint, described(&registry, input.kind, input.count, None, chosen)).await
}

/// The keys of all fields a file can hold: what is stored and shown, custom attributes, and what is computed.
fn every_column(registry: &Registry, kind: RecordKind) -> Vec<String> {
    let fields = registry.fields(kind).chain(kind.computed_fields().iter().copied());
    // Hidden fields are for the program itself; when a record was added stands behind what it says.
    let shown = fields.filter(|field| field.filterable && field.number != CREATED_AT.number);
    shown.chain([&CREATED_AT]).map(|field| field.key.to_owned()).collect()
}

/// The fields that say whether a contact is archived, in whatever way: its visibility, its approval, and the attributes
/// that mean it.
async fn archiving_fields(session: &Session) -> Result<Vec<&'static Field>, CommandError> {
    let inactive = session.read(|view| attributes::one_meaning(view.everything(), attribute::INACTIVE)).await?;
    Ok([&contact::VISIBILITY, &contact::APPROVAL].into_iter().chain(inactive).collect())
}

/// Whether the values of [`archiving_fields`] say so.
fn is_archived(fields: &[&'static Field], cells: &[ListCell]) -> bool {
    fields.iter().zip(cells).any(|(field, cell)| match &cell.value {
        Value::Flag(flag) => *flag,
        Value::Text(text) if field.number == contact::VISIBILITY.number => text == contact::MYSELF,
        Value::Text(text) if field.number == contact::APPROVAL.number => text == contact::REJECTED,
        _ => false,
    })
}

fn unknown(key: &str) -> CommandError {
    CommandError::Validation { fields: vec![FieldProblem { field: key.to_owned(), problem: Problem::UnknownField }] }
}

/// Why writing stopped.
enum Failure {
    Store(StoreError),
    File(WriteError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::Store(error)
    }
}
impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Failure {
        Failure::File(error)
    }
}
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::File(error.into())
    }
}

/// One export, in one read transaction: the file shows one state of the database.
struct Work<'a> {
    view: &'a View<'a>,
    kind: RecordKind,
    rows: &'a [u32],
    columns: &'a [Column],
    fields: &'a [&'static Field],
    /// From where on the fields are those that say whether a contact is archived.
    marks: usize,
}

impl Work<'_> {
    fn write(
        &self,
        format: ExportFormat,
        file: &mut NewFile,
        scratch: &Path,
        reached: impl FnMut(u32) -> Result<(), StoreError>,
    ) -> Result<ProgramWritten, Failure> {
        let headers = self.columns.iter().map(|column| match column {
            Column::Name => "Name",
            Column::Field(_, field) => field.label,
        });
        match (format.form(), format) {
            (ExportForm::For(program), _) => return self.program(ProgramWriter::new(file, program)?, reached),
            (ExportForm::Cards(version), _) => self.cards(VcardWriter::new(file, version), reached)?,
            (ExportForm::Table, ExportFormat::Xlsx) => {
                let sheet = XlsxWriter::new(file, sheet_name(self.kind), headers, self.rows.len(), scratch)?;
                self.table(Box::new(sheet), reached)?;
            }
            (ExportForm::Table, _) => self.table(Box::new(CsvWriter::new(file, headers)?), reached)?,
        }
        Ok(ProgramWritten { written: self.rows.len() as u32, ..ProgramWritten::default() })
    }

    fn each(
        &self,
        mut reached: impl FnMut(u32) -> Result<(), StoreError>,
        mut write: impl FnMut(&ListRow) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut done = 0;
        for batch in self.rows.chunks(BATCH) {
            // Rows of a list, which hidden ones are not in.
            for row in list::window(self.view.everything(), self.kind, batch, self.fields)? {
                write(&row)?;
            }
            done += batch.len() as u32;
            reached(done)?;
        }
        Ok(())
    }

    fn table(
        &self,
        mut to: Box<dyn RowWriter + '_>,
        reached: impl FnMut(u32) -> Result<(), StoreError>,
    ) -> Result<(), Failure> {
        let zone = self.view.everything().zone();
        self.each(reached, |row| {
            let mut cells = Vec::with_capacity(self.columns.len());
            for column in self.columns {
                cells.push(match column {
                    Column::Name => Cell::from(row.name.as_str()),
                    Column::Field(at, field) => cell(field, &row.cells[*at], zone),
                });
            }
            Ok(to.cells(&cells)?)
        })?;
        Ok(to.finish()?)
    }

    fn cards(
        &self,
        mut to: VcardWriter<&mut NewFile>,
        reached: impl FnMut(u32) -> Result<(), StoreError>,
    ) -> Result<(), Failure> {
        self.each(reached, |row| {
            let texts: Vec<String> = row.cells.iter().map(text).collect();
            let values = self.fields.iter().map(|field| field.key).zip(texts.iter().map(String::as_str));
            Ok(to.card(&row.id.to_string(), None, values)?)
        })?;
        Ok(to.finish()?)
    }

    fn program(
        &self,
        mut to: ProgramWriter<&mut NewFile>,
        reached: impl FnMut(u32) -> Result<(), StoreError>,
    ) -> Result<ProgramWritten, Failure> {
        self.each(reached, |row| {
            let texts: Vec<String> = row.cells[..self.marks].iter().map(text).collect();
            let values = self.fields.iter().map(|field| field.key).zip(texts.iter().map(String::as_str));
            let archived = is_archived(&self.fields[self.marks..], &row.cells[self.marks..]);
            Ok(to.contact(values.chain(archived.then_some((ARCHIVED, "yes"))))?)
        })?;
        Ok(to.finish()?)
    }
}

fn sheet_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Contact => "Contacts",
        RecordKind::Employer => "Employers",
        _ => "Records",
    }
}

/// A value as a cell of a table. References are the names of what they refer to; of a choice it is the key, which an
/// import reads again; moments are on the clock of the institution.
fn cell<'c>(field: &Field, cell: &'c ListCell, zone: Zone) -> Cell<'c> {
    match (&cell.value, field.field_type) {
        (Value::Empty, _) => Cell::Blank,
        (Value::Reference(_), _) => cell.text.as_deref().map_or(Cell::Blank, Cell::from),
        (Value::Flag(flag), _) => Cell::Flag(*flag),
        (Value::Number(number), _) => Cell::Number(*number),
        (Value::List(items), _) => Cell::List(items),
        (Value::Moment(millis), _) => chrono::DateTime::from_timestamp_millis(*millis)
            .map_or(Cell::Blank, |at| Cell::Moment(at.with_timezone(&zone).naive_local())),
        (Value::Text(text), FieldType::Date) => match text.parse() {
            Ok(day) => Cell::Date(day),
            Err(_) => Cell::Text(text),
        },
        (Value::Text(text), _) => Cell::Text(text),
    }
}

/// A value as a text of a card.
fn text(cell: &ListCell) -> String {
    match &cell.value {
        Value::Text(text) => text.clone(),
        Value::List(items) => items.join(";"),
        Value::Reference(_) => cell.text.clone().unwrap_or_default(),
        Value::Empty | Value::Flag(_) | Value::Number(_) | Value::Moment(_) => String::new(),
    }
}
