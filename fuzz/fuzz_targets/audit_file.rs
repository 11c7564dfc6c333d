//! Audit files of other people.
#![no_main]

use liaison_protection::audit_file::check;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(checked) = check(data, &[]) {
        assert_eq!(checked.whole, checked.problem.is_none(), "it is whole, or it is said what isn’t");
        assert!(checked.operations + checked.changes <= data.len() as u64);
    }
});
