//! Builders of files, shared by the tests.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod formula;
pub mod people;

use std::{
    io::{Cursor, Write},
    ops::ControlFlow,
};

use liaison_exchange::{Limits, ReadError, Sheet, read_bytes};

pub fn reads(name: &str, content: impl AsRef<[u8]>) -> Sheet {
    reads_with(&Limits::default(), name, content)
}

pub fn reads_with(limits: &Limits, name: &str, content: impl AsRef<[u8]>) -> Sheet {
    read_bytes(name, content.as_ref().to_vec(), limits, &mut |_| ControlFlow::Continue(())).expect("the file reads")
}

pub fn fails(name: &str, content: impl AsRef<[u8]>) -> ReadError {
    fails_with(&Limits::default(), name, content)
}

pub fn fails_with(limits: &Limits, name: &str, content: impl AsRef<[u8]>) -> ReadError {
    let content = content.as_ref().to_vec();
    read_bytes(name, content, limits, &mut |_| ControlFlow::Continue(())).expect_err("the file is refused")
}

pub fn utf16(text: &str, big: bool) -> Vec<u8> {
    let order = if big { u16::to_be_bytes } else { u16::to_le_bytes };
    text.encode_utf16().flat_map(order).collect()
}

/// A workbook as another program would write it.
pub fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let worksheet = workbook.add_worksheet().set_name(*name).expect("a valid name");
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                worksheet.write_string(row, column, *cell).expect("a valid cell");
            }
        }
    }
    workbook.save_to_buffer().expect("writes")
}

/// A workbook whose only worksheet is this XML.
pub fn workbook_of(sheet: &[u8]) -> Vec<u8> {
    zipped(&[
        (
            "[Content_Types].xml",
            br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .and_then(|_| Ok(archive.write_all(content)?))
            .expect("zips");
    }
    archive.finish().expect("zips").into_inner()
}

/// A file of `tests/fixtures/real`.
pub fn file(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/real");
    std::fs::read(folder.join(name)).expect("the file is there")
}

/// A file of `tests/fixtures/real`, read.
pub fn real(name: &str) -> Sheet {
    reads(name, file(name))
}
