//! A look at a zip archive before anything unpacks it: workbooks are read by a library that trusts what they say about
//! themselves.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::limits::Limits;
use crate::reading::ReadError;

/// An archive may always unpack to this much, and beyond it to [`RATIO`] times its own size. Real workbooks, even very
/// repetitive ones, stay below 50.
const ALWAYS_ALLOWED: u64 = 64 << 20;
const RATIO: u64 = 100;

/// What an archive is.
pub(crate) struct Inspected {
    /// An OpenDocument spreadsheet, and no Office Open XML workbook.
    pub(crate) is_opendocument: bool,
    /// Whether any of its files seems to have a formula.
    pub(crate) has_formulas: bool,
}

/// How many bytes a workbook may hold, however little room they take in it: a text that many cells share is there once.
pub(crate) fn allowed(content: &[u8], limits: &Limits) -> u64 {
    ALWAYS_ALLOWED.max(RATIO * content.len() as u64).min(limits.unpacked_bytes)
}

/// Unpacks every entry once, keeping nothing, and counts what really comes out; sizes in the archive's directory are
/// claims. Refuses archives that are too large, damaged, encrypted, or no workbook.
pub(crate) fn inspect(content: &[u8], limits: &Limits) -> Result<Inspected, ReadError> {
    let damaged = |error: zip::result::ZipError| ReadError::Damaged { detail: error.to_string() };
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(damaged)?;
    if archive.len() > limits.archive_entries {
        return Err(ReadError::Damaged {
            detail: format!("the archive has more than {} entries", limits.archive_entries),
        });
    }
    let is_opendocument = is_opendocument(&mut archive);
    if archive.file_names().flatten().any(|name| name.eq_ignore_ascii_case("xl/workbook.bin")) {
        return Err(ReadError::NotRecognised { found: "a binary Excel workbook (.xlsb); save it as .xlsx" });
    }
    if !is_opendocument && !is_workbook(&archive) {
        return Err(ReadError::NotRecognised { found: "an archive or a document of another program" });
    }
    let allowed = allowed(content, limits);
    let mut left = allowed;
    let mut has_formulas = false;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let mut scan = StringCount::default();
        // One more than allowed, so that reaching the limit and exceeding it differ.
        let size = scan.read(entry.take(left + 1))?;
        if size > left {
            return Err(ReadError::TooLarge { limit: allowed });
        }
        left -= size;
        scan.check(size)?;
        has_formulas |= scan.has_formulas;
    }
    Ok(Inspected { is_opendocument, has_formulas })
}

/// The first file of an OpenDocument archive names its kind.
fn is_opendocument(archive: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    let mut kind = String::new();
    let entry = archive.by_name("mimetype").ok();
    let read = entry.and_then(|entry| entry.take(100).read_to_string(&mut kind).ok());
    read.is_some() && kind.starts_with("application/vnd.oasis.opendocument.spreadsheet")
}

fn is_workbook(archive: &ZipArchive<Cursor<&[u8]>>) -> bool {
    let mut names = archive.file_names().flatten();
    names.any(|name| {
        let name = name.to_ascii_lowercase();
        name.ends_with(".xml") && name.rsplit(['/', '\\']).next().is_some_and(|file| file.starts_with("workbook"))
    })
}

/// Finds the number of strings that a workbook's table of strings promises. The library reserves memory for that many
/// before it reads the first, so a made-up number could end the program.
#[derive(Default)]
struct StringCount {
    promised: u64,
    /// The end of the block before, so that a number across two blocks is found.
    tail: Vec<u8>,
    has_formulas: bool,
}

const COUNT: &[u8] = b"uniqueCount";

impl StringCount {
    /// Reads to the end and answers how many bytes came.
    fn read(&mut self, mut entry: impl Read) -> Result<u64, ReadError> {
        let mut block = vec![0; 64 * 1024];
        let mut size = 0;
        loop {
            let count = entry.read(&mut block).map_err(|error| ReadError::Damaged { detail: error.to_string() })?;
            if count == 0 {
                return Ok(size);
            }
            size += count as u64;
            self.search(&block[..count]);
        }
    }

    fn search(&mut self, block: &[u8]) {
        const OVERLAP: usize = 64;
        self.tail.extend_from_slice(block);
        for at in memchr::memmem::find_iter(&self.tail, COUNT) {
            let after = &self.tail[at + COUNT.len()..];
            let digits = after
                .iter()
                .take(OVERLAP - COUNT.len())
                .skip_while(|byte| matches!(byte, b'=' | b'"' | b'\'') || byte.is_ascii_whitespace())
                .take_while(|byte| byte.is_ascii_digit());
            let number =
                digits.fold(0_u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
            self.promised = self.promised.max(number);
        }
        let formula = |end: &[u8]| memchr::memmem::find(&self.tail, end).is_some();
        self.has_formulas = self.has_formulas || formula(b"<f>") || formula(b"<f ") || formula(b":f>");
        let keep = self.tail.len().min(OVERLAP);
        self.tail.drain(..self.tail.len() - keep);
    }

    /// Even an empty string takes the five bytes of `<si/>`.
    fn check(&self, size: u64) -> Result<(), ReadError> {
        if self.promised > size / 5 {
            return Err(ReadError::Damaged { detail: "the workbook promises more text than it has".to_owned() });
        }
        Ok(())
    }
}
