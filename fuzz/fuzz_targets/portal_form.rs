//! Forms that browsers send to the portal.
#![no_main]

use liaison_portal::form::Form;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(form) = Form::parse(data) {
        for name in ["first_name", "last_name", "email", "password", "employer", "", "q"] {
            let text = form.text(name);
            assert!(text.len() <= form.raw(name).len() && !text.contains('\0'));
        }
    }
});
