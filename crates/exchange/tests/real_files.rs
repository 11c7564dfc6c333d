//! Files as people have them, after public reports of what other programs made of theirs. All people are invented.

mod support;

use std::ops::ControlFlow;

use liaison_exchange::{DateOrder, Doubt, Format, Limits, ReadOptions, RowProblem, Sheet, read_bytes_with};
use support::{file, real};

fn with(name: &str, options: &ReadOptions) -> Sheet {
    let content = file(name);
    read_bytes_with(name, content, options, &Limits::default(), &mut |_| ControlFlow::Continue(())).expect("reads")
}

fn rows(sheet: &Sheet) -> Vec<Vec<&str>> {
    (0..sheet.rows()).map(|row| sheet.row(row).collect()).collect()
}

fn column<'s>(sheet: &'s Sheet, header: &str) -> Vec<&'s str> {
    let at = sheet.headers.iter().position(|known| known == header).expect("the column is there");
    (0..sheet.rows()).map(|row| sheet.cell(row, at)).collect()
}

/// The kinds of the doubts.
fn doubts(sheet: &Sheet) -> Vec<&'static str> {
    sheet.assumed.doubts.iter().map(Into::into).collect()
}

#[test]
fn encodings_are_recognised() {
    let sheet = real("01-macroman.csv");
    assert_eq!(sheet.assumed.encoding.as_deref(), Some("macintosh"));
    assert_eq!(rows(&sheet)[0], ["René", "Müller", "rene.mueller@acme.example", "Société Générale d’Études"]);
    assert_eq!(rows(&sheet)[1], ["Ângela", "Gonçalves", "angela@acme.example", "Café São João"]);
    assert_eq!(doubts(&sheet), ["encoding_guessed"]);
    let sheet = real("02-gbk.csv");
    assert_eq!(sheet.assumed.encoding.as_deref(), Some("GBK"));
    assert_eq!(sheet.headers[..2], ["姓名".to_owned(), "邮箱".to_owned()]);
    assert_eq!(rows(&sheet)[0], ["李伟", "li.wei@acme.example", "伟", "李", "li.wei@acme.example", "北京大学出版社"]);
    let sheet = real("02b-cp1250.csv");
    assert_eq!(sheet.assumed.encoding.as_deref(), Some("windows-1250"));
    assert_eq!(rows(&sheet)[0][..2], ["Łukasz", "Wiśniewski"]);
    assert_eq!(rows(&sheet)[1], ["Jiří", "Dvořák", "jiri@acme.example", "Škoda"]);
}

#[test]
fn lines_in_utf8_stay_what_they_are_beside_others() {
    let sheet = real("03-mixed-encodings.csv");
    assert_eq!(column(&sheet, "First name"), ["José", "Zoë", "André", "Renée"]);
    assert_eq!(column(&sheet, "Last name"), ["García", "Brand", "Petit", "Roy"]);
    let mixed = Doubt::MixedEncodings { rows: 2, first: 4, encoding: "windows-1252".to_owned() };
    assert_eq!(sheet.assumed.doubts, [mixed]);
}

#[test]
fn an_encoding_can_be_chosen() {
    let options = ReadOptions { encoding: Some("macintosh".to_owned()), ..ReadOptions::default() };
    let sheet = with("01-macroman.csv", &options);
    assert_eq!((sheet.cell(0, 0), doubts(&sheet)), ("René", vec![]));
    let options = ReadOptions { encoding: Some("windows-1252".to_owned()), ..ReadOptions::default() };
    let sheet = with("01-macroman.csv", &options);
    assert_eq!(sheet.cell(0, 0), "RenŽ");
}

#[test]
fn no_row_vanishes_into_quotes() {
    let sheet = real("05-lone-quotes.csv");
    assert_eq!(
        column(&sheet, "Email"),
        ["ann@acme.example", "bob@acme.example", "cy@acme.example", "dee@acme.example"]
    );
    assert_eq!(column(&sheet, "Note"), ["\"Great fit", "ok", "\"call later", "ok"]);
    assert_eq!(sheet.assumed.doubts, [Doubt::Quotes { rows: 2, first: 2 }]);
    let sheet = real("05b-inner-quotes.csv");
    assert_eq!(column(&sheet, "Note"), ["She said \"yes\", twice", "19\" screen", "fine"]);
    assert_eq!(column(&sheet, "First name"), ["Ann", "\"Bob\" Robert", "Cy"]);
    let sheet = real("06c-backslash-inner.csv");
    assert_eq!(rows(&sheet)[0], ["Ann \"Annie\"", "Lee", "ann@acme.example", "Says \"hi\" often"]);
}

#[test]
fn the_header_is_found_below_titles() {
    let sheet = real("07-titles.csv");
    assert_eq!((sheet.assumed.header_row, sheet.assumed.above_header), (Some(5), 3));
    assert_eq!(sheet.headers, ["First Name", "Last Name", "Email", "Employer", "Phone"]);
    assert_eq!((sheet.row_number(0), sheet.cell(0, 0)), (6, "Ann"));
    assert_eq!(sheet.rows(), 3, "the line of totals is a row, to be looked at");
    assert_eq!(doubts(&sheet), ["rows_above_header"]);
    let sheet = real("08-two-titles.xlsx");
    assert_eq!((sheet.assumed.header_row, sheet.assumed.above_header), (Some(4), 2));
    assert_eq!(rows(&sheet)[1], ["Bob", "Ray", "bob@acme.example", "Acme"]);
    let sheet = real("09-two-header-rows.xlsx");
    assert_eq!(sheet.headers, ["First name", "Last name", "E-mail", "Company Name", "City"]);
    assert_eq!((sheet.assumed.header_row, sheet.rows()), (Some(2), 2));
}

#[test]
fn a_header_row_can_be_chosen() {
    for name in ["07-titles.csv", "08-two-titles.xlsx"] {
        let options = ReadOptions { header_row: Some(1), ..ReadOptions::default() };
        let sheet = with(name, &options);
        assert_eq!((sheet.assumed.header_row, sheet.headers[0].as_str()), (Some(1), "Employer contacts"), "{name}");
        let none = ReadOptions { header_row: Some(0), ..ReadOptions::default() };
        let sheet = with(name, &none);
        assert_eq!((sheet.assumed.header_row, sheet.headers[0].as_str()), (None, "Column 1"), "{name}");
        assert_eq!(sheet.cell(0, 0), "Employer contacts", "{name}");
    }
}

#[test]
fn a_vertical_bar_separates() {
    let sheet = real("07f-pipe.csv");
    assert_eq!(sheet.assumed.separator, Some('|'));
    assert_eq!(rows(&sheet)[0], ["Ann", "Lee", "ann@acme.example", "Acme, Inc."]);
    let options = ReadOptions { separator: Some(','), ..ReadOptions::default() };
    assert_eq!(with("07f-pipe.csv", &options).columns(), 1);
}

#[test]
fn the_sheet_with_the_people_is_read() {
    for (name, other, hidden) in
        [("10-hidden-first.xlsx", "_options", true), ("10b-instructions-first.xlsx", "Instructions", false)]
    {
        let sheet = real(name);
        assert_eq!(sheet.assumed.sheet.as_deref(), Some("Contacts"), "{name}");
        assert_eq!(column(&sheet, "First name"), ["Ann", "Bob"], "{name}");
        let others = &sheet.assumed.other_sheets;
        assert_eq!((others[0].name.as_str(), others[0].hidden), (other, hidden), "{name}");
        assert_eq!(doubts(&sheet), if hidden { vec![] } else { vec!["other_sheets"] }, "{name}");
        let options = ReadOptions { sheet: Some(other.to_owned()), ..ReadOptions::default() };
        assert_eq!(with(name, &options).assumed.sheet.as_deref(), Some(other));
    }
}

#[test]
fn numbers_are_read_as_they_are_shown() {
    let sheet = real("12-zip-formats.xlsx");
    assert_eq!(column(&sheet, "ZIP"), ["02139", "02139-1234", "02139", "01067"]);
    assert_eq!(column(&sheet, "Phone"), ["(212) 555-0101", "12125550102", "49151123456789", "+1 (212) 555-0104"]);
}

#[test]
fn a_formula_without_a_result_is_flagged() {
    let sheet = real("14-formula-nocache.xlsx");
    assert_eq!(sheet.rows(), 3);
    assert_eq!(sheet.row_problem(0), Some(&RowProblem::FormulaWithoutValue { column: "Email".to_owned() }));
    assert_eq!(sheet.row_problem(1), Some(&RowProblem::FormulaWithoutValue { column: "Job title".to_owned() }));
    assert_eq!((sheet.row_problem(2), sheet.cell(2, 2), sheet.cell(2, 3)), (None, "cy@acme.example", "Manager"));
    assert_eq!(sheet.assumed.doubts, [Doubt::FormulasWithoutValue { cells: 3, first: 2 }]);
}

#[test]
fn an_address_behind_a_link_is_read() {
    let sheet = real("15-hyperlink.xlsx");
    assert_eq!(column(&sheet, "Email"), ["ann@acme.example", "bob@acme.example"]);
}

#[test]
fn numbers_in_scientific_notation_are_told() {
    let sheet = real("16-sci-phone.csv");
    assert_eq!(sheet.assumed.doubts, [Doubt::ScientificNumbers { cells: 3, first: 2 }]);
}

#[test]
fn dates_are_read_by_their_column() {
    let sheet = real("29-dates.csv");
    let read = |sheet: &Sheet| -> Vec<String> {
        (0..sheet.rows()).map(|row| sheet.date(3, sheet.cell(row, 3)).unwrap_or_default()).collect()
    };
    assert_eq!(read(&sheet), ["2026-05-01", "2026-05-01", "2025-12-31", "2026-05-01", "2026-05-01"]);
    assert_eq!(sheet.assumed.date_order, Some(DateOrder::MonthFirst));
    assert_eq!(doubts(&sheet), ["ambiguous_dates"]);
    let options = ReadOptions { date_order: Some(DateOrder::DayFirst), ..ReadOptions::default() };
    let sheet = with("29-dates.csv", &options);
    assert_eq!((read(&sheet)[1].as_str(), doubts(&sheet)), ("2026-01-05", vec![]));
}

#[test]
fn characters_of_html_are_read() {
    let sheet = real("30-employers.csv");
    let employer = column(&sheet, "Employer")[7];
    assert_eq!(sheet.plain(employer).as_deref(), Some("Fritz Dräxlmaier & Dahl"));
    let own = liaison_exchange::template_csv();
    assert_eq!(support::reads("own.csv", [own.as_slice(), b"\"Ann\"\r\n"].concat()).plain("a &amp; b"), None);
}

/// Every line or row below the header is a row, or was blank: none vanishes, in none of the files.
#[test]
fn every_row_is_accounted_for() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/real");
    let (mut files, mut seen) = (std::fs::read_dir(folder).expect("the folder is there"), 0);
    while let Some(Ok(entry)) = files.next() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let sheet = real(&name);
        let assumed = &sheet.assumed;
        assert_eq!(sheet.rows() as u32, assumed.rows + assumed.blank, "{name}");
        let expect = match assumed.format {
            Format::Csv => {
                let text = String::from_utf8_lossy(&file(&name)).into_owned();
                // One cell of one file has a line end inside.
                let inside = u32::from(name == "18-emails-in-cell.csv");
                let lines = text.replace("\r\n", "\n").replace('\r', "\n");
                lines.trim_end().split('\n').count() as u32 - inside - assumed.header_row.unwrap_or(0)
            }
            Format::Vcard => {
                // A card inside a card is no row of its own.
                let inside = 2 * u32::from(name == "28-mixed-versions.vcf");
                let text = String::from_utf8_lossy(&file(&name)).into_owned();
                text.matches("BEGIN:VCARD").count() as u32 - inside
            }
            _ => match name.get(..2) {
                Some("12") => 4,
                Some("14" | "60") => 3,
                _ => 2,
            },
        };
        assert_eq!(assumed.rows + assumed.blank, expect, "{name}");
        seen += 1;
    }
    assert!(seen >= 38, "the files are there");
}

#[test]
fn cards_are_read_whole() {
    let sheet = real("23b-label-qp.vcf");
    let cells = |sheet: &Sheet, headers: &[&str]| -> Vec<String> {
        headers.iter().map(|header| column(sheet, header)[0].to_owned()).collect()
    };
    let parts = ["Street", "City", "State or region", "Postal code", "Country"];
    assert_eq!(cells(&sheet, &parts), ["42 Plantation St.", "Baytown", "LA", "30314", "United States"]);
    let sheet = real("24-google-escaped.vcf");
    assert_eq!(column(&sheet, "Labels"), ["Auto; Recruiters, West; IETF"]);
    let sheet = real("26-org-only.vcf");
    let organization = RowProblem::NotAPerson { what: "an organization".to_owned() };
    for row in [0, 1, 4] {
        assert_eq!(sheet.row_problem(row), Some(&organization), "card {row}");
    }
    assert_eq!((sheet.row_problem(2), sheet.row_problem(3)), (None, None));
    assert_eq!(column(&sheet, "Last name")[2..4], ["Lee", "Ray"]);
    for name in ["27-bom-concat.vcf", "27b-no-newline-concat.vcf"] {
        let sheet = real(name);
        assert_eq!(column(&sheet, "First name"), ["Ann", "Bob", "Cy"], "{name}");
        assert_eq!(sheet.row_problems().count(), 0, "{name}");
    }
    let sheet = real("28-mixed-versions.vcf");
    assert_eq!(column(&sheet, "First name"), ["Fred", "Tom", "Taro"]);
    assert_eq!(column(&sheet, "Last name"), ["Friday", "Agent", "Yamada"]);
    assert_eq!((column(&sheet, "Prefix")[2], column(&sheet, "Job title")[2]), ("Mr.", "Manager"));
    assert_eq!(column(&sheet, "E-mail")[2], "taro@acme.example");
}

#[test]
fn columns_of_handshake_are_known() {
    let sheet = real("34-handshake-import.csv");
    assert_eq!(column(&sheet, "Visibility"), ["", "myself"]);
    assert_eq!(column(&sheet, "Labels"), ["vip", ""]);
    assert_eq!(column(&sheet, "City"), ["Austin", "Boston"]);
}

#[test]
fn an_old_workbook_and_one_of_libreoffice() {
    let sheet = real("60-old-excel.xls");
    assert_eq!((sheet.assumed.format, sheet.assumed.sheet.as_deref()), (Format::Xls, Some("People")));
    assert_eq!(
        rows(&sheet),
        [
            ["Zoë", "Brontë", "zoe@acme.example", "+49 7541 5900", "01067", "2026-05-01", "2.5"],
            ["山", "Lee", "lee@acme.example", "2125550101", "02139-1234", "", "7"],
            ["Bo", "Ray", "bo@acme.example", "=1+1", "02139", "", ""],
        ]
    );
    assert_eq!((sheet.row_number(1), sheet.row_number(2)), (3, 5));
    let sheet = real("61-libreoffice.ods");
    assert_eq!((sheet.assumed.format, sheet.assumed.sheet.as_deref()), (Format::Ods, Some("People")));
    assert_eq!(sheet.assumed.header_row, Some(2));
    assert_eq!(
        rows(&sheet),
        [
            ["Zoë", "Brontë", "zoe@acme.example", "+49 7541 5900", "01067", "2026-05-01", "2.5"],
            ["山", "Lee", "lee@acme.example", "2125550101", "02139-1234", "", "7"],
        ]
    );
    assert_eq!(sheet.row_number(1), 7);
}
