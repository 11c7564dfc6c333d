//! What cells of a workbook are read as.

mod support;

use liaison_exchange::{Format, ReadError, RowProblem, WriteError, write_xlsx};
use rust_xlsxwriter::{Format as Style, Workbook, XlsxError};
use support::{fails, reads, workbook, workbook_of, zipped};

#[test]
fn values_as_they_appear() -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Read me")?;
    let sheet = book.add_worksheet().set_name("People")?;
    let (date, padded) = (Style::new().set_num_format("dd.mm.yyyy"), Style::new().set_num_format("00000"));
    for (column, header) in (0..).zip(["Name", "Phone", "Zip", "Since", "At", "Share", "Active", "Formula"]) {
        sheet.write_string(2, column, header)?;
    }
    sheet.write_string(3, 0, "=1+1")?;
    sheet.write_number(3, 1, 49_301_234_567.0)?;
    sheet.write_number_with_format(3, 2, 501, &padded)?;
    sheet.write_number_with_format(3, 3, 46_143.0, &date)?;
    sheet.write_number_with_format(3, 4, 46_143.5, &date)?;
    sheet.write_number(3, 5, 0.25)?;
    sheet.write_boolean(3, 6, true)?;
    sheet.write_formula(3, 7, rust_xlsxwriter::Formula::new("=A1").set_result("done"))?;
    sheet.write_string(6, 0, "Last")?;
    sheet.write_boolean(6, 6, false)?;
    let sheet = reads("a.xlsx", book.save_to_buffer()?);
    assert_eq!((sheet.assumed.format, sheet.assumed.sheet.as_deref()), (Format::Xlsx, Some("People")));
    let expect = ["=1+1", "49301234567", "00501", "2026-05-01", "2026-05-01 12:00:00", "0.25", "yes", "done"];
    assert_eq!(sheet.row(0).collect::<Vec<_>>(), expect);
    assert_eq!((sheet.rows(), sheet.row_number(0), sheet.row_number(1)), (2, 4, 7));
    assert_eq!(sheet.cell(1, 6), "no");
    Ok(())
}

#[test]
fn the_first_sheet_with_rows_is_read() {
    let sheet = reads(
        "a.xlsx",
        workbook(&[
            ("Empty", &[]),
            ("Title", &[&["Contacts 2026"]]),
            ("Data", &[&["Name"], &["Ann"]]),
            ("More", &[&["X"], &["Y"]]),
        ]),
    );
    assert_eq!((sheet.assumed.sheet.as_deref(), sheet.cell(0, 0)), (Some("Data"), "Ann"));
}

#[test]
fn a_title_above_the_table_is_no_header() {
    let titled =
        workbook(&[("A", &[&["Recruiters 2026"], &["Name", "E-mail", "City"], &["Ann", "a@x.example", "Oslo"]])]);
    let sheet = reads("a.xlsx", titled);
    assert_eq!((sheet.headers.join(","), sheet.row_number(0)), ("Name,E-mail,City".to_owned(), 3));
    let addresses = reads("a.xlsx", workbook(&[("A", &[&["a@x.example"], &["b@x.example"]])]));
    assert_eq!((addresses.headers.join(","), addresses.rows()), ("Column 1".to_owned(), 2));
    let list = reads("a.xlsx", workbook(&[("A", &[&["Name"], &["Ann"], &["Bo"]])]));
    assert_eq!((list.headers.join(","), list.rows(), list.row_number(0)), ("Name".to_owned(), 2, 2));
}

#[test]
fn errors_of_formulas_spoil_their_row() {
    let sheet = reads(
        "a.xlsx",
        workbook_of(
            br#"<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Name</v></c></row><row r="2"><c r="A2" t="e"><v>#N/A</v></c></row><row r="3"><c r="A3" t="str"><v>Ann</v></c></row></sheetData></worksheet>"#,
        ),
    );
    let problem = RowProblem::FormulaError { column: "Name".to_owned(), value: "#N/A".to_owned() };
    assert_eq!(sheet.row_problem(0), Some(&problem));
    assert_eq!((sheet.row_problem(1), sheet.cell(1, 0)), (None, "Ann"));
}

#[test]
fn rows_out_of_order_are_damage() {
    let file = workbook_of(
        br#"<worksheet><sheetData><row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData></worksheet>"#,
    );
    assert!(matches!(fails("a.xlsx", file), ReadError::Damaged { .. }));
}

#[test]
fn what_a_worksheet_cannot_hold_is_refused() {
    let long = "x".repeat(40_000);
    let written = write_xlsx("People", ["Note"], [[long.as_str()]], std::io::sink());
    assert!(matches!(written, Err(WriteError::CellTooLong { row: 1, units: 40_000, .. })));
}

#[test]
fn a_binary_workbook_is_told_as_one() {
    let file = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"\x83\x01\0")]);
    let refused = fails("a.xlsb", file);
    assert!(matches!(refused, ReadError::NotRecognised { found } if found.contains("save it as .xlsx")), "{refused:?}");
}
