//! Properties: what is written is read back, and nothing that is read can bring the reader down.

mod support;

use std::ops::ControlFlow;

use liaison_exchange::{Limits, guess_mapping, read_bytes, split_full_name, write_csv, write_xlsx};
use proptest::prelude::*;
use support::formula::is_formula;
use support::{reads, zipped};

/// Cells as people and attackers write them, with everything that means something in CSV.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9 .@_-]{0,12}",
        3 => "['=+@\t\r\n\"',;＝＋-]{0,6}[a-z0-9 ',;\"\r\n]{0,6}",
        2 => any::<String>(),
        1 => Just(String::new()),
        1 => "\\+[0-9 ()-]{5,14}",
    ]
}

/// A header that is one: it says something, and is no e-mail address.
fn header() -> impl Strategy<Value = String> {
    cell().prop_filter("a header has to say something", |text| {
        !text.trim().is_empty() && !text.contains('@') && !text.contains("Column")
    })
}

fn table() -> impl Strategy<Value = (Vec<String>, Vec<Vec<String>>)> {
    (1_usize..6).prop_flat_map(|columns| {
        let rows = prop::collection::vec(prop::collection::vec(cell(), columns), 1..8);
        (prop::collection::vec(header(), columns), rows)
    })
}

/// Bytes that lead deep into the readers.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "BEGIN:VCARD\r\n",
        "END:VCARD\r\n",
        "N:Lee;Ann\n",
        "item1.EMAIL;TYPE=\"work,pref\":a@b.co\n",
        "NOTE;ENCODING=QUOTED-PRINTABLE:=C3=\n",
        "PHOTO;ENCODING=b:AAAA\n",
        "AGENT:\n",
        "TEL;VALUE=uri:tel:+1;ext=2\n",
        "ADR;TYPE=home:;;;;;;\n",
        "ORG:\\;a\\,b;c\n",
        "BDAY:--0102\n",
        "N;CHARSET=UTF-16:\u{1}x\n",
        "sep=;\n",
        "First Name,Last Name,File As,Organization Name,E-mail 1 - Value\n",
        "email_address,first_name,last_name\n",
        "a ::: b",
        "\"",
        "\"\"",
        ",",
        ";",
        "\t",
        "\r",
        "\n",
        "\u{feff}",
        "\0",
        "'=",
        "'",
        "é",
        "😀",
        "Name",
        " ",
        "=",
        ":",
    ]);
    let piece = prop_oneof![
        6 => pieces.prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ];
    let text = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    let start = prop::sample::select(vec![
        &b""[..],
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"PK\x03\x04",
        b"BEGIN:VCARD\n",
    ]);
    prop_oneof![
        4 => (start, text).prop_map(|(start, text)| [start, &text].concat()),
        1 => prop::collection::vec(any::<u8>(), 0..300),
    ]
}

/// Reads with limits small enough to be met, and looks at everything that came.
fn look_at(content: Vec<u8>) {
    for limits in [Limits::default(), Limits { rows: 3, columns: 3, cell_bytes: 4, ..Limits::default() }] {
        let Ok(sheet) = read_bytes("a.csv", content.clone(), &limits, &mut |_| ControlFlow::Continue(())) else {
            continue;
        };
        assert_eq!(guess_mapping(&sheet).len(), sheet.columns());
        let mut number = 0;
        for row in 0..sheet.rows() {
            assert_eq!(sheet.row(row).count(), sheet.columns());
            assert!(sheet.row_number(row) > number);
            number = sheet.row_number(row);
            assert!(sheet.original_row(row).len() >= sheet.original_headers().len());
            assert!(!sheet.is_blank(row) || sheet.row(row).all(|cell| cell.trim().is_empty()));
        }
        assert!(sheet.row_problems().all(|(row, _)| row < sheet.rows()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn csv_comes_back_as_it_was_written((headers, rows) in table()) {
        let mut file = Vec::new();
        write_csv(&headers, &rows, &mut file)?;
        let sheet = reads("a.csv", file);
        let found: Vec<Vec<&str>> = (0..sheet.rows()).map(|row| sheet.original_row(row)).collect();
        prop_assert_eq!(found, rows);
        prop_assert_eq!(sheet.original_headers(), headers);
    }

    #[test]
    fn no_cell_of_a_written_file_is_a_formula((headers, rows) in table()) {
        let mut file = Vec::new();
        write_csv(&headers, &rows, &mut file)?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.as_slice());
        for record in reader.records() {
            for cell in record?.iter() {
                prop_assert!(!is_formula(cell), "{}", cell);
            }
        }
    }

    #[test]
    fn a_workbook_comes_back_as_it_was_written(
        rows in prop::collection::vec(prop::collection::vec("[a-zA-Z0-9=+@'ßλ山 -]{1,12}[a-z]", 3), 1..6)
    ) {
        let mut file = Vec::new();
        write_xlsx("People", ["A", "B", "C"], &rows, &mut file)?;
        let sheet = reads("a.xlsx", file);
        let found: Vec<Vec<&str>> = (0..sheet.rows()).map(|row| sheet.row(row).collect()).collect();
        prop_assert_eq!(found, rows);
    }

    #[test]
    fn no_content_brings_the_reader_down(content in content()) {
        look_at(content);
    }

    #[test]
    fn no_worksheet_brings_the_reader_down(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<row r=\"1\">", "<row r=\"99999999999\">", "<row>", "</row>", "<c r=\"A1\">", "<c r=\"ZZZZZZZZZ9\" t=\"s\">", "<c t=\"inlineStr\">",
            "<c t=\"d\">", "<c t=\"e\">", "<c t=\"b\">", "</c>", "<v>", "</v>", "1", "-1e308", "NaN", "#N/A", "<is><t>", "</t></is>", "a@b.co",
            "&amp;", "&#x0;", "<f>", "</f>", "</sheetData>", "<!--", "-->", "<c r=\"A0\"><v>5</v></c>",
        ]), 0..30)
    ) {
        let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", parts.concat());
        look_at(support::workbook_of(sheet.as_bytes()));
    }

    #[test]
    fn no_archive_brings_the_reader_down(content in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..400, byte in any::<u8>()) {
        let mut archive = zipped(&[("xl/workbook.xml", &content), ("xl/sharedStrings.xml", b"<sst uniqueCount=\"3\"/>")]);
        let at = at % archive.len();
        archive[at] = byte;
        look_at(archive);
    }

    /// However quotes stand in a file, a line with a person is a row.
    #[test]
    fn no_person_vanishes_into_quotes(notes in prop::collection::vec("[a-c\" ,\\\\]{0,8}", 1..12)) {
        let lines = notes.iter().enumerate().map(|(n, note)| format!("F{n},L{n},e{n}@x.example,{note}\n"));
        let text = format!("First name,Last name,Email,Note\n{}", lines.collect::<String>());
        let sheet = reads("a.csv", &text);
        prop_assert_eq!(sheet.rows(), notes.len(), "{}", text);
        for row in 0..notes.len() {
            prop_assert_eq!(sheet.cell(row, 2), format!("e{row}@x.example"), "{}", text);
        }
    }

    #[test]
    fn a_name_taken_apart_loses_no_word(name in prop_oneof![any::<String>(), "(Dr\\.|de|la|van|Jr|PhD|MBA|Ann|Lee|,| ){0,9}"]) {
        let parts = split_full_name(&name);
        let all = [parts.prefix, parts.first, parts.middle, parts.last, parts.suffix].join(" ");
        let words = |text: &str| {
            let mut words: Vec<String> =
                text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).map(str::to_owned).collect();
            words.sort();
            words
        };
        prop_assert_eq!(words(&all), words(&name));
    }
}
