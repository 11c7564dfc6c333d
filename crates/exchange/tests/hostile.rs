//! Files that people, programs and enemies make, and what becomes of them. All of them are built here.

mod support;

use std::ops::ControlFlow;

use liaison_exchange::{Format, Limits, ReadError, RowProblem, Sheet, guess_mapping, read, read_bytes};
use support::{fails, fails_with, reads, reads_with, utf16, workbook, zipped};

fn cells(sheet: &Sheet, row: usize) -> Vec<&str> {
    sheet.row(row).collect()
}

#[test]
fn nothing_to_read() {
    for content in [
        "",
        " \r\n\t\n",
        "\u{feff}",
        "\u{feff}\r\n",
        "Name,City",
        "Name,City\r\n",
        "Name,City\r\n\r\n\r\n",
        ",,,\r\n,,\r\n",
    ] {
        assert!(matches!(fails("a.csv", content), ReadError::Empty), "{content:?}");
    }
    assert!(matches!(fails("a.vcf", ""), ReadError::Empty));
    assert!(matches!(fails("a.xlsx", workbook(&[("Empty", &[])])), ReadError::Empty));
    assert!(matches!(fails("a.xlsx", workbook(&[("Header", &[&["Name"]])])), ReadError::Empty));
}

#[test]
fn paths_that_cannot_be_read() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let go_on = &mut |_| ControlFlow::Continue(());
    let missing = read(&folder.path().join("none.csv"), &Limits::default(), go_on);
    assert!(matches!(missing, Err(ReadError::NotFound)));
    let a_folder = read(folder.path(), &Limits::default(), go_on);
    assert!(matches!(a_folder, Err(ReadError::NotRecognised { .. })));
    let file = folder.path().join("big.csv");
    std::fs::write(&file, "Name\nAnn\n")?;
    let small = Limits { file_bytes: 8, ..Limits::default() };
    assert!(matches!(read(&file, &small, go_on), Err(ReadError::TooLarge { limit: 8 })));
    let fits = Limits { file_bytes: 9, ..Limits::default() };
    assert_eq!(read(&file, &fits, go_on).map(|sheet| sheet.rows()).ok(), Some(1));
    Ok(())
}

#[test]
fn other_files_under_a_false_name() {
    let garbage: Vec<u8> = (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let mut old_excel = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    old_excel.resize(4096, 0);
    let files: Vec<Vec<u8>> = vec![
        b"%PDF-1.7 ...".to_vec(),
        b"<!doctype html><table><tr><td>Name</td></tr></table>".to_vec(),
        b"{\"contacts\": []}".to_vec(),
        b"\x89PNG\r\n\x1a\n".to_vec(),
        old_excel,
        garbage,
        zipped(&[("word/document.xml", b"<w/>")]),
        zipped(&[]),
    ];
    for file in files {
        let start = String::from_utf8_lossy(&file[..file.len().min(20)]).into_owned();
        let error = fails("contacts.csv", file);
        assert!(matches!(error, ReadError::NotRecognised { .. } | ReadError::Damaged { .. }), "{start}: {error}");
    }
    let sheet = reads("contacts.csv", workbook(&[("People", &[&["Name"], &["Ann"]])]));
    assert_eq!(sheet.assumed.format, Format::Xlsx);
    let sheet = reads("contacts.csv", "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n");
    assert_eq!(sheet.assumed.format, Format::Vcard);
}

#[test]
fn a_zip_bomb_is_refused_before_it_unpacks() {
    let zeros = vec![b' '; 80 << 20];
    let bomb = zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 200_000);
    assert!(matches!(fails("a.xlsx", bomb), ReadError::TooLarge { .. }));
    let small = Limits { unpacked_bytes: 1000, ..Limits::default() };
    let book = workbook(&[("People", &[&["Name"], &["Ann"]])]);
    assert!(matches!(fails_with(&small, "a.xlsx", book.clone()), ReadError::TooLarge { limit: 1000 }));
    let few = Limits { archive_entries: 2, ..Limits::default() };
    assert!(matches!(fails_with(&few, "a.xlsx", book), ReadError::Damaged { .. }));
}

#[test]
fn a_workbook_that_promises_too_much_is_refused() {
    let strings = br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount = "99999999999999"><si><t>a</t></si></sst>"#;
    let book = zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", strings)]);
    assert!(matches!(fails("a.xlsx", book), ReadError::Damaged { .. }));
}

#[test]
fn a_workbook_cut_anywhere_is_an_error_and_no_panic() {
    let rows: Vec<Vec<String>> = (0..50).map(|n| vec![format!("name {n}"), format!("{n}@example.org")]).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let mut all: Vec<&[&str]> = vec![&["Name", "E-mail"]];
    all.extend(rows.iter().map(Vec::as_slice));
    let whole = workbook(&[("People", &all)]);
    assert_eq!(reads("a.xlsx", whole.clone()).rows(), 50);
    for length in (4..whole.len()).step_by(97) {
        let error = fails("a.xlsx", &whole[..length]);
        assert!(matches!(error, ReadError::Damaged { .. } | ReadError::NotRecognised { .. }), "{length}: {error}");
    }
}

#[test]
fn cells_far_out_cost_nothing() {
    let sheet = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row><row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Ann</t></is></c><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
    let sheet = reads("a.xlsx", support::workbook_of(sheet));
    assert_eq!((sheet.rows(), sheet.cell(0, 0), sheet.row_number(0)), (1, "Ann", 1_048_576));
    assert_eq!(sheet.row_problem(0), Some(&RowProblem::ExtraCells { count: 1 }));
}

/// A text that cells share is in the file once: a small one could fill memory with it.
#[test]
fn a_long_text_in_very_many_cells_is_refused() {
    let long = "x".repeat(32_000);
    let with = |rows: usize| {
        let row = [long.as_str(); 8];
        let header = ["First name", "Last name", "Email", "Phone", "Title", "City", "Employer", "Notes"];
        let mut all: Vec<&[&str]> = vec![&header];
        all.resize(rows, &row);
        workbook(&[("People", &all)])
    };
    assert_eq!(reads("a.xlsx", with(20)).rows(), 19);
    let file = with(300);
    assert!(file.len() < 100_000, "{}", file.len());
    assert!(matches!(fails("a.xlsx", file), ReadError::TooLarge { limit: 67_108_864 }));
}

/// The library takes memory for every cell that a sheet of the old kind spans: a small file could end the app.
#[test]
fn an_old_workbook_that_spans_too_much_is_refused_before_it_is_read() {
    let file = include_bytes!("fixtures/real/60-old-excel.xls");
    assert!(reads("a.xls", file).rows() > 0);
    let far_out = |kind: &[u8], place: &[u8], last: bool| {
        let mut file = file.to_vec();
        let mut found = (0..file.len() - kind.len()).filter(|at| file[*at..].starts_with(kind));
        let at = if last { found.next_back() } else { found.next() }.expect("such a record") + 4;
        file[at..at + place.len()].copy_from_slice(place);
        fails("a.xls", file)
    };
    let of_shared_text = b"\xfd\x00\x0a\x00";
    let refused = |error: ReadError| matches!(error, ReadError::NotRecognised { found } if found.contains("spread"));
    assert!(refused(far_out(of_shared_text, b"\xff\xff\xff\x00", true)), "one cell far from the others");
    let of_dimensions = b"\x00\x02\x0e\x00";
    let said = b"\x00\x00\x00\x00\xff\xff\xff\x7f\x00\x00\xff\xff";
    assert!(refused(far_out(of_dimensions, said, false)), "a size that is only said");
}

#[test]
fn an_old_workbook_whose_sectors_go_in_circles_is_refused() {
    let file = include_bytes!("fixtures/real/60-old-excel.xls");
    // Which sector follows which stands in sector 8, its own number in the header, the first of the directory is 9.
    let follows = |sector: usize| (8 + 1) * 512 + 4 * sector;
    let altered = |places: &[(usize, u32)]| {
        let mut file = file.to_vec();
        for (at, number) in places {
            file[*at..*at + 4].copy_from_slice(&number.to_le_bytes());
        }
        fails("a.xls", file)
    };
    let refused =
        |error: ReadError| matches!(error, ReadError::NotRecognised { found } if found.contains("can’t be read"));
    assert!(refused(altered(&[(follows(9), 9)])), "the directory follows itself");
    assert!(refused(altered(&[(follows(9), 0), (follows(7), 9)])), "the directory and the workbook follow each other");
    assert!(refused(altered(&[(follows(7), 0)])), "the workbook follows itself");
    assert!(refused(altered(&[(60, 3), (64, u32::MAX), (follows(7), 3)])), "the table of small sectors does");
    let again: Vec<(usize, u32)> = (0..109).map(|at| (76 + 4 * at, 8)).collect();
    assert!(refused(altered(&again)), "the table is there 109 times");
}

#[test]
fn a_cell_of_ten_megabytes_spoils_its_row_only() {
    let large = "x".repeat(10 << 20);
    for quote in ["", "\""] {
        let sheet = reads("a.csv", format!("Name,Note,City\nAnn,{quote}{large}{quote},Oslo\nBob,short,Rome\n"));
        assert_eq!(sheet.rows(), 2);
        assert_eq!(
            sheet.row_problem(0),
            Some(&RowProblem::CellTooLarge { column: "Note".to_owned(), bytes: 10 << 20, limit: 1_000_000 })
        );
        assert_eq!((sheet.cell(0, 1).len(), sheet.cell(0, 2)), (1_000_000, "Oslo"));
        assert_eq!(cells(&sheet, 1), ["Bob", "short", "Rome"]);
        assert_eq!(sheet.row_problem(1), None);
    }
    let limits = Limits { cell_bytes: 5, ..Limits::default() };
    let sheet = reads_with(&limits, "a.csv", "Name,Note\nAnn,äöü\nBob,'=ab\n");
    assert_eq!(cells(&sheet, 0), ["Ann", "äö"]);
    assert_eq!(cells(&sheet, 1), ["Bob", "=ab"]);
    assert_eq!(sheet.row_problems().count(), 1);
    let card = format!("BEGIN:VCARD\r\nN:Lee;Ann\r\nNOTE:{}\r\nEND:VCARD\r\n", "y".repeat(10 << 20));
    let sheet = reads("a.vcf", card);
    assert!(matches!(sheet.row_problem(0), Some(RowProblem::CellTooLarge { .. })));
    assert_eq!(sheet.cell(0, 0), "Ann");
}

#[test]
fn half_a_utf16_pair_spoils_its_row_only() {
    for big in [false, true] {
        let mut content = utf16("\u{feff}Name,City\r\nAnn,Oslo\r\nBo", big);
        content.extend(if big { [0xd8, 0x3d] } else { [0x3d, 0xd8] });
        content.extend(utf16(",Rome\r\n", big));
        let sheet = reads("a.csv", content);
        assert_eq!(sheet.rows(), 2);
        assert_eq!(sheet.row_problem(0), None);
        assert_eq!(sheet.row_problem(1), Some(&RowProblem::Undecodable { column: "Name".to_owned() }));
        assert_eq!(sheet.cell(1, 1), "Rome");
    }
    let mut odd = utf16("\u{feff}Name,City\r\nAnn,Oslo", false);
    odd.push(b'x');
    assert!(matches!(reads("a.csv", odd).row_problem(0), Some(RowProblem::Undecodable { .. })));
    assert!(matches!(fails("a.csv", b"\xff\xfe\0\0N\0\0\0"), ReadError::Encoding { .. }));
}

#[test]
fn nul_characters_spoil_their_row_only() {
    let sheet = reads("a.csv", "Name,City\r\nAnn,Os\0lo\r\nBob,Rome\r\n");
    assert_eq!(sheet.row_problem(0), Some(&RowProblem::NulCharacter { column: "City".to_owned() }));
    assert_eq!((sheet.rows(), sheet.row_problem(1)), (2, None));
}

#[test]
fn quotes_of_every_depth() {
    let deep = "\"".repeat(20_000);
    let content = format!("Name,Note\nAnn,\"{deep}\"\nBob,\"said \"\"hi\"\", left\"\nCy \"the\" X,y\n");
    let sheet = reads("a.csv", content);
    assert_eq!(sheet.cell(0, 1), "\"".repeat(10_000));
    assert_eq!(sheet.cell(1, 1), "said \"hi\", left");
    assert_eq!(sheet.cell(2, 0), "Cy \"the\" X");
    assert_eq!(sheet.row_problems().count(), 0);
    let sheet = reads("a.csv", "Name,Note\nAnn,ok\nBob,\"never closed\nCy,lost\nDi,lost\n");
    assert_eq!((sheet.rows(), sheet.row_number(3)), (4, 5));
    assert_eq!(cells(&sheet, 1), ["Bob", "\"never closed"]);
    let half = reads("a.csv", "Name,Note,City\nAnn,\"a\"b\"c,\"Oslo,\nBo,x,Rome\n");
    assert_eq!((half.rows(), half.row_problem(0)), (2, Some(&RowProblem::MismatchedQuotes)));
    let sheet = reads("a.csv", "Name\n\"closed\"");
    assert_eq!((sheet.cell(0, 0), sheet.row_problem(0)), ("closed", None));
}

#[test]
fn mixed_line_ends_keep_their_numbers() {
    let content = "Name,City\r\nAnn,\"Os\nlo\"\rBob,Rome\n\r\n\nCy,\"a\r\nb\rc\"\r\n,,\nDi,Bonn\n\n\n";
    let sheet = reads("a.csv", content);
    let numbers: Vec<u32> = (0..sheet.rows()).map(|row| sheet.row_number(row)).collect();
    assert_eq!(numbers, [2, 4, 5, 6, 7, 10, 11]);
    let blank: Vec<bool> = (0..sheet.rows()).map(|row| sheet.is_blank(row)).collect();
    assert_eq!(blank, [false, false, true, true, false, true, false]);
    assert_eq!(cells(&sheet, 4), ["Cy", "a\r\nb\rc"]);
    let classic = reads("a.csv", "\r\rName,City\rAnn,Oslo\rBob,Rome");
    assert_eq!((classic.rows(), classic.row_number(1)), (2, 5));
    let declared = reads("a.csv", "sep=;\r\nName;City\r\nAnn;Oslo, Norway\r\n");
    assert_eq!((declared.assumed.separator, declared.row_number(0)), (Some(';'), 3));
    assert_eq!(cells(&declared, 0), ["Ann", "Oslo, Norway"]);
}

#[test]
fn ragged_rows_keep_every_cell() {
    let sheet = reads("a.csv", "Name,City\nAnn\nBob,Rome,extra,,\nCy,Bonn,,,\nDi,Oslo\n");
    assert_eq!(cells(&sheet, 0), ["Ann", ""]);
    assert_eq!(sheet.row_problem(0), None);
    assert_eq!(sheet.row_problem(1), Some(&RowProblem::ExtraCells { count: 1 }));
    assert_eq!(sheet.original_row(1), ["Bob", "Rome", "extra"]);
    assert_eq!(sheet.row_problem(2), None);
    assert_eq!(cells(&sheet, 3), ["Di", "Oslo"]);
    let wide = format!("Name\nAnn\nBob{}\nCy\n", ",x".repeat(3_000));
    let sheet = reads("a.csv", wide);
    assert_eq!(sheet.row_problem(1), Some(&RowProblem::ExtraCells { count: 3_000 }));
    assert_eq!(sheet.cell(2, 0), "Cy");
}

#[test]
fn headers_of_every_kind() {
    let sheet = reads("a.csv", "Name,Name,,\nAnn,Lee,x,\n");
    assert_eq!(sheet.headers, ["Name", "Name", "Column 3"]);
    let sheet = reads("a.csv", "ann@example.org;Ann\nbob@example.org;Bob\n");
    assert_eq!((sheet.headers.as_slice(), sheet.rows()), (&["Column 1".to_owned(), "Column 2".to_owned()][..], 2));
    assert_eq!(sheet.row_number(0), 1);
    let wide = format!("{}\n1\n", "h,".repeat(600));
    assert!(matches!(fails("a.csv", wide), ReadError::TooManyColumns { limit: 512 }));
    let endless = ",".repeat(200_000);
    assert!(matches!(fails("a.csv", endless), ReadError::TooManyColumns { .. }));
}

#[test]
fn a_million_rows_and_one_too_many() {
    let mut content = String::from("First name,Last name,E-mail\n");
    for row in 0..1_000_000 {
        content.push_str("Ann,Lee,a");
        content.push_str(&row.to_string());
        content.push_str("@example.org\n");
    }
    let mut reports = 0;
    let sheet = read_bytes("a.csv", content.clone().into_bytes(), &Limits::default(), &mut |progress| {
        assert!(progress.done <= progress.total);
        reports += 1;
        ControlFlow::Continue(())
    });
    let sheet = sheet.expect("reads");
    assert_eq!((sheet.rows(), sheet.row_number(999_999)), (1_000_000, 1_000_001));
    assert_eq!(sheet.cell(999_999, 2), "a999999@example.org");
    assert!(reports > 3);
    let fewer = Limits { rows: 999_999, ..Limits::default() };
    assert!(matches!(fails_with(&fewer, "a.csv", content), ReadError::TooManyRows { limit: 999_999 }));
    let blank_lines = format!("{}\n{}x", "h,".repeat(500), "\n".repeat(1_000_000));
    assert!(matches!(fails("a.csv", blank_lines), ReadError::TooManyRows { .. }));
}

#[test]
fn reading_can_be_stopped() {
    let content = format!("Name\n{}", "Ann\n".repeat(3_000_000)).into_bytes();
    let mut reports = 0;
    let stopped = read_bytes("a.csv", content, &Limits::default(), &mut |_| {
        reports += 1;
        if reports == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(stopped, Err(ReadError::Cancelled)));
}

#[test]
fn names_in_many_scripts_survive_every_encoding() {
    let text = "Vorname;Nachname;E-Mail\r\nŁukasz;Żółć;l@example.org\r\n太郎;山田;t@example.jp\r\nАнна;Каренина;a@example.ru\r\n\
                محمد;سلمان;m@example.sa\r\n🙂;👩‍💻;e@example.org\r\n";
    let files = [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        utf16(&format!("\u{feff}{text}"), false),
        utf16(&format!("\u{feff}{text}"), true),
    ];
    for file in files {
        let sheet = reads("a.csv", file);
        assert_eq!((sheet.rows(), sheet.row_problems().count()), (5, 0));
        assert_eq!(cells(&sheet, 1), ["太郎", "山田", "t@example.jp"]);
        assert_eq!(cells(&sheet, 4), ["🙂", "👩‍💻", "e@example.org"]);
        let fields: Vec<_> = guess_mapping(&sheet).into_iter().map(|guess| guess.field).collect();
        assert_eq!(fields, [Some("first_name"), Some("last_name"), Some("email")]);
    }
    let sheet = reads("a.csv", b"Vorname;Nachname\r\nJ\xf6rg;M\xfcller\r\n");
    assert_eq!((sheet.assumed.encoding.as_deref(), cells(&sheet, 0)), (Some("windows-1252"), vec!["Jörg", "Müller"]));
}

#[test]
fn many_cards() {
    let mut content = String::new();
    for card in 0..20_000 {
        content.push_str("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nEMAIL:a");
        content.push_str(&card.to_string());
        content.push_str("@example.org\r\nEND:VCARD\r\n");
    }
    content.push_str("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut O");
    let sheet = reads("a.vcf", content);
    assert_eq!(sheet.rows(), 20_001);
    let bad: Vec<_> = sheet.row_problems().collect();
    assert_eq!(bad, [(20_000, &RowProblem::TruncatedCard)]);
    assert_eq!((sheet.cell(19_999, 0), sheet.cell(19_999, 1)), ("Ann", "Lee"));
}

#[test]
fn a_card_of_very_many_lines_is_refused_by_its_number_and_costs_no_more_than_they_do() {
    let card = |lines: &str| format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\n{lines}END:VCARD\r\n");
    for property in
        ["TEL;TYPE=work:+1 555", "EMAIL:ann@x.example", "ADR:;;Street;City;;;", "CATEGORIES:L", "item.X-ABLABEL:L"]
    {
        let lines: String = (0..200_000).map(|n| format!("{property}{n}\r\n")).collect();
        let sheet = reads("people.vcf", card(&lines) + &card("EMAIL:bo@x.example\r\n"));
        let found = sheet.row_problem(0);
        assert_eq!(found, Some(&RowProblem::TooManyLines { lines: 200_002, limit: 1_000 }), "{property}");
        assert_eq!((sheet.rows(), sheet.row_problem(1)), (2, None), "the next card is read as usual");
    }
    let fits: String = (0..998).map(|n| format!("TEL:+1 555 {n}\r\n")).collect();
    assert_eq!(reads("people.vcf", card(&fits)).row_problem(0), None);
}

/// With a look through what is known for each value these would take hours.
#[test]
fn values_of_one_line_are_gathered_in_time_that_grows_with_their_number() {
    let limits = Limits { cell_bytes: 64 << 20, ..Limits::default() };
    let many: Vec<String> = (0..300_000).map(|n| format!("Label {n}")).collect();
    let card = format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nCATEGORIES:{}\r\nEND:VCARD\r\n", many.join(","));
    let sheet = reads_with(&limits, "people.vcf", card);
    assert!(cells(&sheet, 0).iter().any(|cell| cell.split("; ").count() == many.len()));
}

#[cfg(unix)]
#[test]
fn what_is_no_ordinary_file_is_not_waited_for() {
    let go_on = &mut |_| ControlFlow::Continue(());
    let device = read(std::path::Path::new("/dev/zero"), &Limits::default(), go_on);
    assert!(matches!(device, Err(ReadError::NotRecognised { .. })));
}

/// Found by fuzzing: the library that reads old workbooks ends with a panic where one is cut within a sector.
#[test]
fn an_old_workbook_that_is_cut_short_is_refused_or_read() {
    let whole = support::file("60-old-excel.xls");
    for at in [500, 600, 1_100, 4_010, 4_700, whole.len() - 1] {
        let read = read_bytes("a.xls", whole[..at].to_vec(), &Limits::default(), &mut |_| ControlFlow::Continue(()));
        if let Err(error) = read {
            let is_said =
                matches!(error, ReadError::Damaged { .. } | ReadError::NotRecognised { .. } | ReadError::Empty);
            assert!(is_said, "{at}: {error:?}");
        }
    }
}
