//! The file people fill in a spreadsheet: our own columns and no row.

use crate::template::TEMPLATE;
use crate::write::CsvWriter;

/// An empty file with our own headers, ready to be filled in a spreadsheet: UTF-8 with a byte-order mark, so that
/// Excel reads names in any script.
#[must_use]
pub fn template_csv() -> Vec<u8> {
    template_csv_with(&[])
}

/// As [`template_csv`], with further columns at its end.
#[must_use]
pub fn template_csv_with(further: &[&str]) -> Vec<u8> {
    let mut file = Vec::new();
    let headers = TEMPLATE.iter().map(|(_, label)| *label).chain(further.iter().copied());
    let written = CsvWriter::new(&mut file, headers).and_then(CsvWriter::finish);
    debug_assert!(written.is_ok(), "writing to memory cannot fail");
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_starts_with_a_byte_order_mark() {
        let file = template_csv();
        assert!(file.starts_with("\u{feff}\"Prefix\",\"First name\",".as_bytes()));
        assert!(file.ends_with(b"\"Added by\"\r\n"));
    }
}
