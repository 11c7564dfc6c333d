//! Cards that are exported come back with the values they were made of.

mod support;

use calcard::{Entry, Parser, vcard::VCardProperty};
use chrono::{TimeZone, Utc};
use liaison_exchange::{Sheet, TEMPLATE, VcardVersion, VcardWriter};
use proptest::prelude::*;
use support::people::{Values, person};
use support::reads;

const UID: &str = "0190c2f4-0000-7000-8000-000000000001";

fn write(people: &[Values], version: VcardVersion) -> String {
    let mut file = Vec::new();
    let mut cards = VcardWriter::new(&mut file, version);
    let revised = Utc.with_ymd_and_hms(2026, 5, 1, 9, 30, 0).single();
    for values in people {
        let values = values.iter().map(|(field, value)| (*field, value.as_str()));
        cards.card(UID, revised, values).expect("memory takes all bytes");
    }
    cards.finish().expect("memory takes all bytes");
    String::from_utf8(file).expect("text")
}

/// The filled cells of a row, by field.
fn row(sheet: &Sheet, row: usize) -> Values {
    let field = |header: &String| TEMPLATE.iter().find(|(_, label)| label == header).expect("a column of ours").0;
    let cells = sheet.headers.iter().map(field).zip(sheet.row(row).map(str::to_owned));
    cells.filter(|(_, cell)| !cell.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn every_value_comes_back(people in prop::collection::vec(person(), 1..4), is_v4 in any::<bool>()) {
        let version = if is_v4 { VcardVersion::V4 } else { VcardVersion::V3 };
        let file = write(&people, version);
        prop_assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let sheet = reads("a.vcf", &file);
        prop_assert_eq!(sheet.rows(), people.len());
        prop_assert_eq!(sheet.row_problems().count(), 0);
        prop_assert!(sheet.left_out.is_empty(), "{:?}", sheet.left_out);
        for (at, person) in people.iter().enumerate() {
            prop_assert_eq!(&row(&sheet, at), person, "{}", file);
        }
    }

    #[test]
    fn no_value_leaves_its_property(
        values in prop::collection::vec(any::<String>().prop_map(|text| format!("a\r\nEND:VCARD\nX:{text}\u{85}\u{2028}b")), 37)
    ) {
        let values: Values = TEMPLATE.iter().map(|(key, _)| *key).zip(values).collect();
        let file = write(&[values], VcardVersion::V4);
        let mut parser = Parser::new(&file);
        let Entry::VCard(card) = parser.entry() else { panic!("one card") };
        prop_assert!(matches!(parser.entry(), Entry::Eof));
        // Only properties that the writer knows.
        prop_assert!(card.entries.iter().all(|entry| !matches!(entry.name, VCardProperty::Other(_))));
        prop_assert_eq!(file.matches("\r\nEND:VCARD").count(), 1);
        prop_assert_eq!(reads("a.vcf", &file).rows(), 1);
    }
}

fn of(values: &[(&'static str, &str)]) -> Values {
    values.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

#[test]
fn a_card_of_each_version() {
    let ann = of(&[
        ("name_prefix", "Dr."),
        ("first_name", "Ann"),
        ("last_name", "Lee; Jr"),
        ("preferred_name", "Annie"),
        ("pronouns", "she/her"),
        ("email", "ann@acme.example"),
        ("email_2", "ann@home.example"),
        ("employer", "Acme, Inc."),
        ("department", "Research"),
        ("mobile_phone", "+49 170 1"),
        ("other_phone", "+1-555-0100 ext. 12"),
        ("fax", "030 2"),
        ("street", "1 Main St\nFloor 2"),
        ("city", "Springfield"),
        ("website", "https://x.com/acme"),
        ("linkedin", "https://www.linkedin.com/in/ann"),
        ("labels", "STEM; Host"),
        ("description", "One\nTwo"),
        ("approval", "approved"),
    ]);
    let v4 = "BEGIN:VCARD|VERSION:4.0|PRODID:-//Liaison//Contacts//EN|KIND:individual|\
        UID:urn:uuid:0190c2f4-0000-7000-8000-000000000001|FN:Dr. Ann Lee\\; Jr|N:Lee\\; Jr;Ann;;Dr.;|NICKNAME:Annie|\
        PRONOUNS:she/her|ORG:Acme\\, Inc.;Research|EMAIL;PREF=1:ann@acme.example|EMAIL:ann@home.example|\
        TEL;TYPE=cell:+49 170 1|TEL;VALUE=uri;TYPE=\"voice\":tel:+1-555-0100;ext=12|TEL;TYPE=work,fax:030 2|ADR;TYPE=work:;;1 Main St\\nFloor 2;Springfield;;;|\
        URL;TYPE=x-website:https://x.com/acme|SOCIALPROFILE;SERVICE-TYPE=LinkedIn:https://www.linkedin.com/in/ann|\
        NOTE:One\\nTwo|CATEGORIES:STEM,Host|REV:20260501T093000Z|END:VCARD|";
    let shown = |version| write(std::slice::from_ref(&ann), version).replace("\r\n ", "").replace("\r\n", "|");
    assert_eq!(shown(VcardVersion::V4), v4);
    let v3 = v4
        .replace("VERSION:4.0", "VERSION:3.0")
        .replace("KIND:individual|", "")
        .replace("TEL;VALUE=uri;TYPE=\"voice\":tel:+1-555-0100;ext=12", "TEL;TYPE=voice:+1-555-0100 ext. 12")
        .replace("PRONOUNS", "X-PRONOUNS")
        .replace("EMAIL;PREF=1", "EMAIL;TYPE=internet,pref")
        .replace("EMAIL:", "EMAIL;TYPE=internet:")
        .replace("SOCIALPROFILE;SERVICE-TYPE=LinkedIn", "X-SOCIALPROFILE;TYPE=linkedin")
        .replace("REV:20260501T093000Z", "REV:2026-05-01T09:30:00Z");
    assert_eq!(shown(VcardVersion::V3), v3);
}

#[test]
fn people_without_a_name_get_none() {
    let people = [
        of(&[("email", "ann@x.example")]),
        of(&[("employer", "Acme Inc.")]),
        of(&[("preferred_name", "Ann Lee")]),
        of(&[("last_name", "Lee")]),
        of(&[("work_phone", "030 123")]),
        of(&[]),
    ];
    let sheet = reads("a.vcf", write(&people, VcardVersion::V4));
    for (at, person) in people.iter().enumerate() {
        assert_eq!(&row(&sheet, at), person);
    }
}

#[test]
fn fields_without_a_place_are_known() {
    let holds = |field| VcardWriter::<Vec<u8>>::holds(field);
    assert!(holds("first_name") && holds("description"));
    assert!(!holds("approval") && !holds("custom_1"));
}
