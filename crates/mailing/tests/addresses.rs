//! What a record takes for an email address is one that a message can be sent to: two places read addresses, one for what
//! people write into fields, one for what goes into a header.

use liaison_domain::{Value, contact};
use liaison_mail::Address;
use proptest::prelude::*;

fn taken(text: &str) -> Option<String> {
    match contact::EMAIL.read(text) {
        Ok(Value::Text(address)) => Some(address),
        _ => None,
    }
}

#[test]
fn what_real_people_have_is_taken_by_both() {
    for address in [
        "ada@northfield.example",
        "o'brien@acme.example",
        "first.last+jobs@mail.acme.example",
        "josé@büro.example",
        "ada@xn--bro-hoa.example",
        "a_b=c@acme.co.example",
    ] {
        assert_eq!(taken(address).as_deref(), Some(address));
        assert!(Address::parse(address).is_ok(), "{address}");
    }
}

proptest! {
    /// Nobody gets into the directory with an address that a message then can't be sent to.
    #[test]
    fn what_a_record_takes_can_be_written_to(
        local in "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.éßЖ名-]{1,70}",
        domain in "[a-zA-Z0-9.éßЖ名_-]{1,80}\\.[a-z0-9é-]{1,12}",
    ) {
        if let Some(address) = taken(&format!("{local}@{domain}")) {
            prop_assert!(Address::parse(&address).is_ok(), "{address}: {:?}", Address::parse(&address));
        }
    }

    /// And the rest of what people paste: what is read out of it can be written to, too.
    #[test]
    fn what_is_read_out_of_a_text_can_be_written_to(text in "[<mailto:]{0,3}[a-z.'\"é]{1,9}@[a-z-.Ω]{1,12}[>;, ]{0,2}") {
        if let Some(address) = taken(&text) {
            prop_assert!(Address::parse(&address).is_ok(), "{address}");
        }
    }
}
