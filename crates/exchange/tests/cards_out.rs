//! Cards that are exported come back with the values they were made of.

mod support;

use std::collections::BTreeMap;

use calcard::{Entry, Parser, vcard::VCardProperty};
use chrono::{TimeZone, Utc};
use liaison_exchange::{Sheet, TEMPLATE, VcardVersion, VcardWriter};
use proptest::prelude::*;
use support::reads;

type Values = BTreeMap<&'static str, String>;

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

/// Text of one line as the directory keeps it: trimmed, composed, without control characters.
fn line() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        4 => "[A-Za-zßéλ山 '.-]{1,14}",
        3 => "[a-z\\\\,;:\"=+@%&^<>()/ n-]{1,14}",
        1 => "(END:VCARD|BEGIN:VCARD|\\\\n|😀|=0D=0A|mailto|;|,|:| ){1,6}",
        1 => "[a-zé ]{70,200}",
    ];
    text.prop_map(|text| text.trim().to_owned()).prop_filter("a value", |text| !text.is_empty())
}

/// Several lines, the further ones begun with `start`.
fn lines(start: &'static str) -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 1..4), start).prop_map(|(lines, end)| lines.join(&end))
}

fn email() -> impl Strategy<Value = String> {
    "[a-zé!#$%&'*+/=?^_`{|}~-]{1,12}@[a-z0-9]{1,8}\\.example"
}

fn phone() -> impl Strategy<Value = String> {
    prop_oneof!["\\+[0-9]{2} [0-9]{3} [0-9]{4,7}", "0[0-9]{5,10}", "[0-9]{3}-[0-9]{4} ext\\. [0-9]{2}"]
}

fn url() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        Just("www.linkedin.com"),
        Just("x.com"),
        Just("xing.com"),
        Just("acme.example"),
        Just("mastodon.social")
    ];
    (host, "[a-zA-Z0-9/?=&%#,;:.+~_-]{0,80}").prop_map(|(host, path)| format!("https://{host}/{path}"))
}

fn labels() -> impl Strategy<Value = String> {
    prop::collection::btree_set("[a-z,:+\\\\]{1,6}", 1..5)
        .prop_map(|labels| labels.into_iter().collect::<Vec<_>>().join("; "))
}

fn person() -> impl Strategy<Value = Values> {
    let texts = prop::sample::subsequence(
        vec![
            "name_prefix",
            "middle_name",
            "name_suffix",
            "preferred_name",
            "pronouns",
            "title",
            "department",
            "employer",
            "city",
            "region",
            "postal_code",
            "country",
            "home_street",
            "home_city",
            "home_region",
            "home_postal_code",
            "home_country",
        ],
        0..17,
    );
    let texts = texts.prop_flat_map(|fields| {
        let values = prop::collection::vec(line(), fields.len());
        values.prop_map(move |values| fields.iter().copied().zip(values).collect::<Values>())
    });
    let phones =
        prop::sample::subsequence(vec!["work_phone", "mobile_phone", "home_phone", "other_phone", "fax"], 0..=5)
            .prop_flat_map(|fields| {
                let values = prop::collection::vec(phone(), fields.len());
                values.prop_map(move |values| fields.iter().copied().zip(values).collect::<Values>())
            });
    let links = prop::sample::subsequence(
        vec!["website", "linkedin", "x_profile", "github", "facebook", "instagram", "social"],
        0..=7,
    )
    .prop_flat_map(|fields| {
        let values = prop::collection::vec(url(), fields.len());
        values.prop_map(move |values| fields.iter().copied().zip(values).collect::<Values>())
    });
    let emails = prop::collection::btree_set(email(), 0..4)
        .prop_map(|emails| ["email", "email_2", "email_3"].into_iter().zip(emails).collect::<Values>());
    let optional = |text: BoxedStrategy<String>| prop::option::of(text);
    (
        (line(), line(), texts, phones, links, emails),
        (optional(lines("\n").boxed()), optional(lines("\n {0,3}").boxed()), optional(labels().boxed())),
    )
        .prop_map(|((first, last, texts, phones, links, emails), (street, about, labels))| {
            let mut values = texts;
            values.extend([phones, links, emails].into_iter().flatten());
            values.extend([("first_name", first), ("last_name", last)]);
            values.extend(street.map(|text| ("street", text)));
            values.extend(about.map(|text| ("description", text)));
            values.extend(labels.map(|text| ("labels", text)));
            values
        })
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
        ("fax", "030 2"),
        ("street", "1 Main St\nFloor 2"),
        ("city", "Springfield"),
        ("website", "https://x.com/acme"),
        ("linkedin", "https://www.linkedin.com/in/ann"),
        ("labels", "STEM; Host"),
        ("description", "One\nTwo"),
        ("approval", "approved"),
    ]);
    let v4 = "BEGIN:VCARD|VERSION:4.0|PRODID:-//Liaison//Contacts//EN|\
        UID:urn:uuid:0190c2f4-0000-7000-8000-000000000001|FN:Dr. Ann Lee\\; Jr|N:Lee\\; Jr;Ann;;Dr.;|NICKNAME:Annie|\
        PRONOUNS:she/her|ORG:Acme\\, Inc.;Research|EMAIL;PREF=1:ann@acme.example|EMAIL:ann@home.example|\
        TEL;TYPE=cell:+49 170 1|TEL;TYPE=work,fax:030 2|ADR;TYPE=work:;;1 Main St\\nFloor 2;Springfield;;;|\
        URL;TYPE=x-website:https://x.com/acme|SOCIALPROFILE;SERVICE-TYPE=LinkedIn:https://www.linkedin.com/in/ann|\
        NOTE:One\\nTwo|CATEGORIES:STEM,Host|REV:20260501T093000Z|END:VCARD|";
    let shown = |version| write(std::slice::from_ref(&ann), version).replace("\r\n ", "").replace("\r\n", "|");
    assert_eq!(shown(VcardVersion::V4), v4);
    let v3 = v4
        .replace("VERSION:4.0", "VERSION:3.0")
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
