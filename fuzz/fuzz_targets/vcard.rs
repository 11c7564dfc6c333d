//! Address cards.
#![no_main]

mod read;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let begin = if data.len() >= 11 && data[..11].eq_ignore_ascii_case(b"BEGIN:VCARD") { "" } else { "BEGIN:VCARD\n" };
    read::look_at("a.vcf", [begin.as_bytes(), data].concat());
});
