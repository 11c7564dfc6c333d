//! Workbooks: the sheet with the people, cell by cell.

use std::{
    collections::{HashMap, HashSet},
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, DataRef, Ods, OdsError, Reader, SheetVisible, Xls, XlsError, Xlsx, XlsxError};

use liaison_values::content::is_email;

use crate::{
    archive,
    assumed::{Doubt, Format, OtherSheet, ReadOptions},
    header_row::LOOKED_AT,
    limits::Limits,
    reading::{ReadError, Watch, report},
    recognise::Container,
    sheet::Sheet,
    worksheet::Rows,
};

mod compound_file;
mod old_workbook;
mod shown;

use old_workbook::{Formats, formats, span};
use shown::{Display, shown};

/// Rows between two reports of progress.
const REPORT_ROWS: usize = 4096;

/// Reads a workbook.
pub(crate) fn read(
    content: &[u8],
    container: Container,
    options: &ReadOptions,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<Sheet, ReadError> {
    let inspected = match container {
        Container::Zip => Some(archive::inspect(content, limits)?),
        Container::Compound => None,
    };
    report(watch, 0, 1)?;
    let text_most = archive::allowed(content, limits);
    // The library is careful but has to understand large formats; a mistake in it must not end the app.
    let read = catch_unwind(AssertUnwindSafe(|| match inspected {
        Some(inspected) if inspected.is_opendocument => {
            let book = Ods::new(Cursor::new(content)).map_err(ods_failed)?;
            Ranges { book, format: Format::Ods, formats: Formats::new(), failed: ods_failed }
                .read(options, limits, text_most, watch)
        }
        Some(inspected) => Worksheets::open(content, inspected.has_formulas)?.read(options, limits, text_most, watch),
        None => {
            if !compound_file::ends(content) {
                return Err(ReadError::NotRecognised { found: UNREADABLE });
            }
            let span = span(content);
            if span.cells > SPAN {
                return Err(ReadError::NotRecognised { found: TOO_WIDE });
            }
            // The library has each text anew for each cell that shares it.
            if span.shared > text_most {
                return Err(ReadError::TooLarge { limit: text_most });
            }
            let book = Xls::new(Cursor::new(content)).map_err(xls_failed)?;
            Ranges { book, format: Format::Xls, formats: formats(content), failed: xls_failed }
                .read(options, limits, text_most, watch)
        }
    }));
    read.unwrap_or_else(|_| Err(ReadError::Damaged { detail: "the workbook contradicts itself".to_owned() }))
}

/// The most cells that sheets of an old workbook may span together. The library has some 60 bytes for each, filled or
/// not, and an address list that is as long as such a sheet can be has 61 columns then.
const SPAN: u64 = 4_000_000;
const TOO_WIDE: &str =
    "an Excel file of the old kind whose cells are spread too far to be read; save it as .xlsx or CSV";
const UNREADABLE: &str =
    "an Excel file of the old kind that can’t be read, or one with a password; save it as .xlsx without one";
const WITH_PASSWORD: &str = "a workbook with a password; save it without one";

fn failed(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::NotRecognised { found: WITH_PASSWORD },
        error => ReadError::Damaged { detail: error.to_string() },
    }
}

fn ods_failed(error: OdsError) -> ReadError {
    match error {
        OdsError::Password => ReadError::NotRecognised { found: WITH_PASSWORD },
        error => ReadError::Damaged { detail: error.to_string() },
    }
}

/// A compound file that holds no old workbook is a document of another program, or a workbook with a password.
fn xls_failed(error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::NotRecognised { found: WITH_PASSWORD },
        _ => ReadError::NotRecognised { found: UNREADABLE },
    }
}

/// The names of the sheets, in their order, and whether each is hidden.
fn sheets_of<'c, B: Reader<Cursor<&'c [u8]>>>(book: &B) -> Vec<(String, bool)> {
    let sheets = book.sheets_metadata().iter();
    sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

/// What is known of a sheet before it is chosen.
struct Candidate {
    name: String,
    hidden: bool,
    /// Rows with something in them.
    rows: u32,
    /// Whether its header names e-mail addresses and people.
    names_people: bool,
    /// Whether it has a table: two rows of two cells at least.
    is_table: bool,
}

impl Candidate {
    fn of(name: String, hidden: bool, rows: impl Iterator<Item = Vec<String>>) -> Self {
        let (mut count, mut wide, mut head) = (0, 0, Vec::new());
        for row in rows.filter(|row| row.iter().any(|cell| !cell.trim().is_empty())) {
            count += 1;
            wide += u32::from(row.iter().filter(|cell| !cell.trim().is_empty()).count() >= 2);
            if head.len() < LOOKED_AT {
                head.push(row);
            }
        }
        let names_people = crate::header_row::find(head.iter().map(Vec::as_slice)).is_some();
        Self { name, hidden, rows: count, names_people, is_table: wide >= 2 }
    }
}

/// Which of the sheets to read: the one that was chosen, else the first visible one whose header names people, then the
/// first visible one with a table, with any rows, and at last a hidden one.
fn choose(sheets: &[Candidate], chosen: Option<&str>) -> Result<usize, ReadError> {
    if let Some(name) = chosen {
        let same = |sheet: &Candidate| sheet.name.trim().to_lowercase() == name.trim().to_lowercase();
        let missing = || ReadError::Options { detail: format!("the workbook has no sheet called {name}") };
        return sheets.iter().position(same).ok_or_else(missing);
    }
    let first = |fits: &dyn Fn(&Candidate) -> bool| sheets.iter().position(fits);
    first(&|sheet| !sheet.hidden && sheet.names_people)
        .or_else(|| first(&|sheet| !sheet.hidden && sheet.is_table))
        .or_else(|| first(&|sheet| !sheet.hidden && sheet.rows > 1))
        .or_else(|| first(&|sheet| sheet.names_people))
        .or_else(|| first(&|sheet| !sheet.hidden && sheet.rows > 0))
        .or_else(|| first(&|sheet| sheet.rows > 0))
        .ok_or(ReadError::Empty)
}

fn others(sheets: Vec<Candidate>, read: usize) -> Vec<OtherSheet> {
    let others = sheets.into_iter().enumerate().filter(|(at, sheet)| *at != read && sheet.rows > 0);
    others.map(|(_, Candidate { name, rows, hidden, .. })| OtherSheet { name, rows, hidden }).collect()
}

/// Finishes a sheet that was read from a workbook.
fn finish(
    rows: Rows<'_>,
    name: String,
    format: Format,
    others: Vec<OtherSheet>,
    options: &ReadOptions,
) -> Result<Sheet, ReadError> {
    let mut sheet = rows.finish()?;
    sheet.assumed.sheet = Some(name);
    sheet.assumed.format = format;
    // Lists of choices are kept on hidden sheets; only those a person sees are worth a word.
    let visible = others.iter().filter(|sheet| !sheet.hidden && sheet.rows > 1).count() as u32;
    if visible > 0 && options.sheet.is_none() {
        sheet.assumed.doubts.push(Doubt::OtherSheets { sheets: visible });
    }
    sheet.assumed.other_sheets = others;
    Ok(sheet)
}

/// An Office Open XML workbook, read as it streams by.
struct Worksheets<'c> {
    book: Xlsx<Cursor<&'c [u8]>>,
    has_formulas: bool,
}

impl<'c> Worksheets<'c> {
    fn open(content: &'c [u8], has_formulas: bool) -> Result<Self, ReadError> {
        Ok(Self { book: Xlsx::new(Cursor::new(content)).map_err(failed)?, has_formulas })
    }

    fn read(
        mut self,
        options: &ReadOptions,
        limits: &Limits,
        text_most: u64,
        watch: &mut Watch<'_>,
    ) -> Result<Sheet, ReadError> {
        let mut sheets = Vec::new();
        for (name, hidden) in sheets_of(&self.book) {
            report(watch, 0, 1)?;
            if let Some(candidate) = self.candidate(name, hidden)? {
                sheets.push(candidate);
            }
        }
        let chosen = choose(&sheets, options.sheet.as_deref())?;
        let name = sheets[chosen].name.clone();
        let mut rows = Rows::new(limits, options.header_row, text_most);
        let unknown = if self.has_formulas { self.formulas_without_result(&name)? } else { HashSet::new() };
        let links = self.links(&name)?;
        let mut cells = self.book.worksheet_cells_reader(&name).map_err(failed)?;
        let styles: Vec<Display> = cells.styles().iter().map(Display::of).collect();
        let last_row = cells.dimensions().end.0 as usize;
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(failed)? {
            let rows_before = rows.count();
            let position = cell.get_position();
            let value = cell.get_value();
            if unknown.contains(&position) && matches!(value, DataRef::Empty) {
                rows.formula_without_result(position)?;
                continue;
            }
            let error = matches!(value, DataRef::Error(_));
            rows.cell(position, &shown(value, styles.get(style).unwrap_or(&Display::default())), error)?;
            let count = rows.count();
            if count > rows_before && count.is_multiple_of(REPORT_ROWS) {
                report(watch, count, last_row)?;
            }
        }
        rows.links(links);
        finish(rows, name, Format::Xlsx, others(sheets, chosen), options)
    }

    /// Goes through a sheet once. `None` for what is no sheet of cells, such as a chart.
    fn candidate(&mut self, name: String, hidden: bool) -> Result<Option<Candidate>, ReadError> {
        let mut cells = match self.book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let (mut row, mut texts, mut problem, mut seen, mut ended) = (0, Vec::<String>::new(), None, 0, false);
        let rows = std::iter::from_fn(|| {
            while !ended {
                match cells.next_cell() {
                    Ok(Some(cell)) => {
                        let text = match cell.get_value() {
                            DataRef::Empty => continue,
                            // Texts are looked at for headers near the top only; further down it counts that they are there.
                            value if seen < LOOKED_AT => beginning(&shown(value, &Display::default())),
                            _ => "x".to_owned(),
                        };
                        let (at, column) = cell.get_position();
                        let before = (at != row && !texts.is_empty()).then(|| std::mem::take(&mut texts));
                        row = at;
                        // Columns far out are not needed to know a header by.
                        if (column as usize) < 256 {
                            texts.resize((column as usize).max(texts.len()), String::new());
                        }
                        texts.push(text);
                        if before.is_some() {
                            seen += 1;
                            return before;
                        }
                    }
                    Ok(None) => {
                        ended = true;
                        return (!texts.is_empty()).then(|| std::mem::take(&mut texts));
                    }
                    Err(error) => {
                        ended = true;
                        problem = Some(failed(error));
                    }
                }
            }
            None
        });
        let candidate = Candidate::of(name, hidden, rows);
        problem.map_or(Ok(Some(candidate)), Err)
    }

    /// Cells that have a formula and no value: the program that wrote them never worked it out.
    fn formulas_without_result(&mut self, name: &str) -> Result<HashSet<(u32, u32)>, ReadError> {
        let mut cells = self.book.worksheet_cells_reader(name).map_err(failed)?;
        let mut found = HashSet::new();
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(failed)? {
            if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
                found.insert(cell.pos);
            }
        }
        Ok(found)
    }

    /// E-mail addresses that cells link to, by cell.
    fn links(&mut self, name: &str) -> Result<HashMap<(u32, u32), String>, ReadError> {
        const RANGE: u32 = 10_000;
        let mut links = HashMap::new();
        for link in self.book.hyperlinks_by_sheet_name(name).map_err(failed)? {
            let Some(address) = link.target.as_deref().and_then(address_of_link) else { continue };
            let (first, last) = (link.range.start.0, link.range.end.0.min(link.range.start.0.saturating_add(RANGE)));
            for row in first..=last {
                links.insert((row, link.range.start.1), address.clone());
            }
        }
        Ok(links)
    }
}

/// As much of a text as a header may have.
fn beginning(text: &str) -> String {
    text.chars().take(200).collect()
}

/// The address of a link such as "mailto:ann@acme.example?subject=Hi".
fn address_of_link(target: &str) -> Option<String> {
    let rest = target.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).map(|_| &target[7..])?;
    let address = rest.split(['?', ',', ';']).next()?.trim().replace("%40", "@").replace("%2B", "+");
    is_email(&address).then_some(address)
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// A workbook of a kind that is read whole.
struct Ranges<B, E> {
    book: B,
    format: Format,
    /// How numbers are shown, where the library does not say.
    formats: Formats,
    failed: fn(E) -> ReadError,
}

impl<'c, E, B: Reader<Cursor<&'c [u8]>, Error = E>> Ranges<B, E> {
    fn read(
        mut self,
        options: &ReadOptions,
        limits: &Limits,
        text_most: u64,
        watch: &mut Watch<'_>,
    ) -> Result<Sheet, ReadError> {
        let (mut sheets, mut ranges) = (Vec::new(), Vec::new());
        for (name, hidden) in sheets_of(&self.book) {
            report(watch, 0, 1)?;
            let range = self.book.worksheet_range(&name).map_err(self.failed)?;
            let text = |cell: &Data| beginning(&shown(&borrowed(cell), &Display::default()));
            sheets.push(Candidate::of(name, hidden, range.rows().map(|row| row.iter().map(text).collect())));
            ranges.push(range);
        }
        let chosen = choose(&sheets, options.sheet.as_deref())?;
        let name = sheets[chosen].name.clone();
        let range = &ranges[chosen];
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = Rows::new(limits, options.header_row, text_most);
        let (displays, plain) = (self.formats.remove(&name).unwrap_or_default(), Display::default());
        for (row, column, value) in range.used_cells() {
            let position = (top + row as u32, left + column as u32);
            let error = matches!(value, Data::Error(_));
            let display = displays.get(&position).unwrap_or(&plain);
            rows.cell(position, &shown(&borrowed(value), display), error)?;
        }
        finish(rows, name, self.format, others(sheets, chosen), options)
    }
}
