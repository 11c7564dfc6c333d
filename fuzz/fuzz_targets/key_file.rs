//! `key.json`, and its copy in a backup.
#![no_main]

mod folder;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let folder = folder::with("key.json", data);
    // Whether it opens is asked of Argon2, which takes its time; here it is only read.
    let protection = liaison_vault::key::protection(&folder);
    let people = liaison_vault::key::people(&folder);
    assert!(protection.is_ok() || people.is_err(), "a file that can’t be read names nobody");
    let _ = liaison_vault::key::restore_wrappings(&folder::empty("restored"), data);
});
