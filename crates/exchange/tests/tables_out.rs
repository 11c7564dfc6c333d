//! Tables that are exported come back as they were, whatever is in them.

mod support;

use std::{
    cell::RefCell,
    io::{self, Write},
    path::Path,
    rc::Rc,
};

use chrono::{NaiveDate, NaiveDateTime};
use liaison_exchange::{Cell, CsvWriter, RowWriter, WORKSHEET_ROWS, WriteError, XlsxWriter};
use proptest::prelude::*;
use rust_xlsxwriter::XlsxError;
use support::formula::is_formula;
use support::reads;

/// A cell that owns its text.
#[derive(Debug, Clone)]
enum Owned {
    Text(String),
    List(Vec<String>),
    Flag(bool),
    Number(i64),
    Date(NaiveDate),
    Moment(NaiveDateTime),
}

impl Owned {
    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::List(items) => Cell::List(items),
            Self::Flag(flag) => Cell::Flag(*flag),
            Self::Number(number) => Cell::Number(*number),
            Self::Date(day) => Cell::Date(*day),
            Self::Moment(moment) => Cell::Moment(*moment),
        }
    }

    /// What a person reads in the file.
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(items) => items.join("; "),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
            Self::Moment(moment) => moment.to_string(),
        }
    }
}

/// Text as the directory keeps it, and what is meant to do harm.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zA-Z0-9 .@_-]{0,12}",
        3 => "['=+@\t\n\",;＝＋-]{0,4}[a-z0-9 ',;\"\n]{0,6}",
        2 => "\\+[0-9 ()-]{5,14}",
        1 => "0[0-9]{4}",
        1 => "[_xX0-9A-F]{0,16}",
        1 => "(<|>|&|&amp;|_x000D_|]]>|ß|山|😀| ){0,6}",
        1 => "\\PC{0,12}",
    ]
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_i64..150_000).prop_map(|days| NaiveDate::default() + chrono::Duration::days(days - 90_000))
}

fn cell() -> impl Strategy<Value = Owned> {
    prop_oneof![
        6 => text().prop_map(Owned::Text),
        1 => prop::collection::vec("[a-z+=-]{1,5}", 0..4).prop_map(Owned::List),
        1 => any::<bool>().prop_map(Owned::Flag),
        1 => prop_oneof![any::<i64>(), -1000_i64..1000].prop_map(Owned::Number),
        1 => day().prop_map(Owned::Date),
        // From the day on that a spreadsheet can tell from a time of day.
        1 => (day(), 0_u32..86_400).prop_filter_map("a moment", |(day, second)| {
            day.and_hms_opt(second / 3600, second / 60 % 60, second % 60)
        }).prop_filter("midnight is a day", |moment| moment.time() != chrono::NaiveTime::MIN).prop_map(Owned::Moment),
    ]
}

const HEADERS: [&str; 4] = ["Name", "E-mail", "City", "Note"];

fn table() -> impl Strategy<Value = Vec<Vec<Owned>>> {
    prop::collection::vec(prop::collection::vec(cell(), HEADERS.len()), 1..8)
}

fn fill(mut file: Box<dyn RowWriter + '_>, rows: &[Vec<Owned>]) -> Result<(), WriteError> {
    for row in rows {
        let cells: Vec<Cell<'_>> = row.iter().map(Owned::cell).collect();
        file.cells(&cells)?;
    }
    file.finish()
}

fn xlsx(rows: &[Vec<Owned>]) -> Result<Vec<u8>, WriteError> {
    let mut file = Vec::new();
    let writer = XlsxWriter::new(&mut file, "People", HEADERS, rows.len(), &std::env::temp_dir())?;
    fill(Box::new(writer), rows)?;
    Ok(file)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn csv_comes_back_cell_by_cell(rows in table(), mark in any::<bool>()) {
        let mut file = Vec::new();
        let writer = if mark { CsvWriter::new(&mut file, HEADERS) } else { CsvWriter::without_mark(&mut file, HEADERS) };
        fill(Box::new(writer?), &rows)?;
        prop_assert_eq!(file.starts_with("\u{feff}".as_bytes()), mark);
        let sheet = reads("a.csv", file);
        prop_assert_eq!(sheet.rows(), rows.len());
        for (row, cells) in rows.iter().enumerate() {
            let shown: Vec<String> = cells.iter().map(Owned::shown).collect();
            prop_assert_eq!(sheet.original_row(row), shown);
        }
    }

    #[test]
    fn only_numbers_begin_like_a_formula(rows in table()) {
        let mut file = Vec::new();
        fill(Box::new(CsvWriter::new(&mut file, HEADERS)?), &rows)?;
        let mut reader = csv::ReaderBuilder::new().from_reader(file.as_slice());
        for (record, row) in reader.records().zip(&rows) {
            for (cell, written) in record?.iter().zip(row) {
                prop_assert!(!is_formula(cell) || matches!(written, Owned::Number(number) if cell == number.to_string()), "{}", cell);
            }
        }
    }

    #[test]
    fn a_workbook_comes_back_cell_by_cell(rows in table()) {
        let sheet = reads("a.xlsx", xlsx(&rows)?);
        // A row without any cell is not in the file.
        let written: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(Owned::shown).collect()).collect();
        let filled: Vec<(usize, &Vec<String>)> =
            written.iter().enumerate().filter(|(_, row)| row.iter().any(|cell| !cell.is_empty())).collect();
        prop_assert_eq!(sheet.rows(), filled.len());
        for (at, (row, cells)) in filled.into_iter().enumerate() {
            prop_assert_eq!(&sheet.row(at).collect::<Vec<_>>(), cells);
            prop_assert_eq!(sheet.row_number(at) as usize, row + 2);
        }
    }
}

#[test]
fn a_workbook_is_pleasant_to_open() -> Result<(), Box<dyn std::error::Error>> {
    let day = NaiveDate::from_ymd_opt(2026, 5, 1).ok_or("a day")?;
    let rows = [
        vec![Owned::Text("=1+1".into()), Owned::Text("+49 30 1".into()), Owned::Text("01067".into()), Owned::Date(day)],
        vec![Owned::Text("b".into()), Owned::Number(-7), Owned::Text("x".repeat(200)), Owned::Flag(true)],
    ];
    let mut archive = zip::ZipArchive::new(io::Cursor::new(xlsx(&rows)?))?;
    let sheet = io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml")?)?;
    for part in [
        r#"state="frozen""#,
        r#"<autoFilter ref="A1:D3"/>"#,
        r#"numberStoredAsText="1""#,
        r#"t="inlineStr"><is><t>=1+1</t></is>"#,
        r#"t="inlineStr"><is><t>01067</t></is>"#,
        "<v>46143</v>",
        "<v>-7</v>",
        r#"max="3" width="61"#,
    ] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    assert!(!sheet.contains("<f>"));
    Ok(())
}

#[test]
fn too_many_rows_are_refused_before_anything_is_written() {
    struct Untouched;
    impl Write for Untouched {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            panic!("nothing may be written")
        }
        fn flush(&mut self) -> io::Result<()> {
            panic!("nothing may be written")
        }
    }
    let scratch = std::env::temp_dir();
    let refused = XlsxWriter::new(Untouched, "A", ["Name"], WORKSHEET_ROWS as usize + 1, &scratch);
    assert!(matches!(refused.err(), Some(WriteError::TooManyRows { limit: WORKSHEET_ROWS })));
    assert!(XlsxWriter::new(Untouched, "A", ["Name"], WORKSHEET_ROWS as usize, &scratch).is_ok());
    let nowhere = XlsxWriter::new(Untouched, "A", ["Name"], 1, Path::new("/no/such/folder"));
    assert!(nowhere.is_err());
}

#[test]
fn a_workbook_that_may_become_very_large_is_read_like_any_other() -> Result<(), WriteError> {
    let headers: Vec<String> = (0..45).map(|column| format!("Field {column}")).collect();
    let mut file = Vec::new();
    let mut writer = XlsxWriter::new(&mut file, "A", &headers, WORKSHEET_ROWS as usize, &std::env::temp_dir())?;
    writer.row(vec!["01067"; 45])?;
    writer.row(["b"])?;
    writer.finish()?;
    let sheet = reads("a.xlsx", file);
    assert_eq!((sheet.rows(), sheet.cell(0, 44), sheet.cell(1, 0)), (2, "01067", "b"));
    Ok(())
}

#[test]
fn huge_cells() -> Result<(), WriteError> {
    let long = "ü".repeat(32_767);
    let rows = [vec![Owned::Text(long.clone()), Owned::Text("b".into())]];
    assert_eq!(reads("a.xlsx", xlsx(&rows)?).cell(0, 0), long);
    let longer = format!("{long}!");
    let rows = [vec![Owned::Text("a".into())], vec![Owned::Text(String::new()), Owned::Text(longer.clone())]];
    let refused = xlsx(&rows).expect_err("too long");
    assert_eq!(
        refused.to_string(),
        "row 2: \"E-mail\" is too long for a worksheet (32768 characters; the limit is 32767)"
    );
    let mut file = Vec::new();
    fill(Box::new(CsvWriter::new(&mut file, HEADERS)?), &rows)?;
    assert_eq!(reads("a.csv", file).cell(1, 1), longer);
    Ok(())
}

#[test]
fn names_that_no_worksheet_can_have() -> Result<(), WriteError> {
    let long = "x".repeat(40);
    for (name, expect) in
        [("A/B: [all]?", "A B   all"), ("", "Sheet1"), ("'x'", "x"), ("history", "Sheet1"), (&long, &long[..31])]
    {
        let mut file = Vec::new();
        let mut writer = XlsxWriter::new(&mut file, name, ["Name", "City"], 1, &std::env::temp_dir())?;
        writer.row(["Ann", "Oslo"])?;
        writer.finish()?;
        assert_eq!(reads("a.xlsx", file).assumed.sheet.as_deref(), Some(expect));
    }
    Ok(())
}

#[test]
fn control_characters_are_left_out_of_worksheets() -> Result<(), WriteError> {
    let rows = [vec![Owned::Text("a\r\nb\rc\0d\u{1b}e\u{7f}".into()), Owned::Text("\u{1}".into())]];
    let sheet = reads("a.xlsx", xlsx(&rows)?);
    assert_eq!((sheet.cell(0, 0), sheet.cell(0, 1)), ("a\nb\ncde", ""));
    Ok(())
}

#[test]
fn escapes_of_other_programs_are_read() -> Result<(), XlsxError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip(["Name", "Note"]) {
        sheet.write_string(0, column, text)?;
        sheet.write_string(1, column, "a_x000D_\nb_x005F_x0041_ _x00zz_ _x")?;
    }
    let sheet = reads("a.xlsx", book.save_to_buffer()?);
    assert_eq!(sheet.cell(0, 0), "a\r\nb_x0041_ _x00zz_ _x");
    Ok(())
}

/// Counts what arrives, and keeps none of it.
#[derive(Clone, Default)]
struct Counter(Rc<RefCell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0.borrow_mut() += bytes.len();
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn rows_leave_as_they_come() -> Result<(), WriteError> {
    let counter = Counter::default();
    let mut file = CsvWriter::new(counter.clone(), HEADERS)?;
    for _ in 0..10_000 {
        file.cells(&[Cell::Text("Ann"), Cell::Text("ann@x.example"), Cell::Blank, Cell::Blank])?;
    }
    assert!(*counter.0.borrow() > 200_000, "rows are not kept until the end");
    Ok(())
}

/// A disk with room for so many bytes.
struct FullDisk(usize);

impl std::io::Write for FullDisk {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told_as_one() {
    let rows = || (0..2_000).map(|row| [row.to_string(), "a".repeat(50)]);
    for room in [0, 100, 5_000] {
        let csv = liaison_exchange::write_csv(["a", "b"], rows(), FullDisk(room)).expect_err("full");
        assert_eq!(csv.kind(), std::io::ErrorKind::StorageFull, "CSV, {room} bytes");
        let cells = || -> Result<(), WriteError> {
            let mut file = CsvWriter::new(FullDisk(room), ["a", "b"])?;
            for row in rows() {
                RowWriter::cells(&mut file, &row.each_ref().map(|text| Cell::from(text.as_str())))?;
            }
            Ok(file.finish()?)
        };
        let Err(WriteError::Io(error)) = cells() else { panic!("full") };
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull, "cells of CSV, {room} bytes");
        let xlsx = liaison_exchange::write_xlsx("Contacts", ["a", "b"], rows(), FullDisk(room)).expect_err("full");
        let WriteError::Io(error) = xlsx else { panic!("{xlsx:?}") };
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull, "xlsx, {room} bytes");
    }
}
