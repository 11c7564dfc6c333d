//! People as the directory keeps them, with everything that means something in a file.

use std::collections::BTreeMap;

use proptest::prelude::*;

/// The values of a person, by field.
pub type Values = BTreeMap<&'static str, String>;

/// Text of one line as the directory keeps it: trimmed, composed, without control characters.
pub fn line() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        4 => "[A-Za-zßéλ山 '.-]{1,14}",
        3 => "[a-z\\\\,;:\"=+@%&^<>()/ n-]{1,14}",
        1 => "(END:VCARD|BEGIN:VCARD|\\\\n|😀|=0D=0A|mailto|;|,|:| ){1,6}",
        1 => "[a-zé ]{70,200}",
    ];
    text.prop_map(|text| text.trim().to_owned()).prop_filter("a value", |text| !text.is_empty())
}

/// Several lines, the further ones begun with `start`.
pub fn lines(start: &'static str) -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 1..4), start).prop_map(|(lines, end)| lines.join(&end))
}

pub fn email() -> impl Strategy<Value = String> {
    "[a-zé!#$%&'*+/=?^_`{|}~-]{1,12}@[a-z0-9]{1,8}\\.example"
}

pub fn phone() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\+[0-9]{2} [0-9]{3} [0-9]{4,7}",
        "\\+[0-9.()-]{3,9}[0-9]( ext\\. [0-9]{1,4})?",
        "0[0-9]{5,10}",
        "[0-9]{3}-[0-9]{4} ext\\. [0-9]{2}"
    ]
}

pub fn url() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        Just("www.linkedin.com"),
        Just("x.com"),
        Just("xing.com"),
        Just("acme.example"),
        Just("mastodon.social")
    ];
    (host, "[a-zA-Z0-9/?=&%#,;:.+~_-]{0,80}").prop_map(|(host, path)| format!("https://{host}/{path}"))
}

pub fn labels() -> impl Strategy<Value = String> {
    prop::collection::btree_set("[a-z,:+\\\\]{1,6}", 1..5)
        .prop_map(|labels| labels.into_iter().collect::<Vec<_>>().join("; "))
}

pub fn person() -> impl Strategy<Value = Values> {
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
