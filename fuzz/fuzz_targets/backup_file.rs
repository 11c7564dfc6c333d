//! Backups, before there is a key.
#![no_main]

mod folder;

use liaison_store::backup::{check, read_head};
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

fuzz_target!(|data: &[u8]| {
    // As it is, and with the digest that fits: else nothing would come behind it.
    look_at(data);
    look_at(&[data, &Sha256::digest(data)].concat());
});

fn look_at(content: &[u8]) {
    let file = folder::with("a.liaison-backup", content).join("a.liaison-backup");
    if let Ok(head) = check(&file) {
        assert_eq!(read_head(&file).ok(), Some(head.clone()));
        assert!(head.size < content.len() as u64, "a database longer than its file");
    }
}
