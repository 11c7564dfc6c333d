//! What is exported and imported again changes nothing, and gives an empty directory the same people.

use crate::attributes::define;
use crate::common::{TestDesk, desk, go_on};
use liaison_app::export::{ExportFormat, ExportInput};
use liaison_app::files::Destination;
use liaison_app::import::ImportTarget;
use liaison_app::lists::Selection;
use liaison_app::{contacts, export, import, lists};
use liaison_domain::RecordKind;
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use liaison_exchange::{Limits, TEMPLATE};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// The values of somebody, by field or by the name of an attribute.
type Values = BTreeMap<&'static str, String>;

/// Names of attributes with their types; one is called like a formula.
const ATTRIBUTES: [(&str, &str); 5] =
    [("Tier; \"A\", B", "text"), ("=Size", "number"), ("Since", "date"), ("Talks", "yes_no"), ("Story", "text")];

/// One line as people type it, and what means something to files and spreadsheets.
fn line() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        3 => "[A-Za-zßéλ山]{1,8}( [A-Za-zé'.-]{1,8})?",
        2 => "[=+@-][A-Za-z0-9()]{1,8}",
        1 => "0[0-9]{3}",
        1 => prop::sample::select(vec!["a \"quoted\" b", "x; y", "x, y", "'s-Hertogenbosch", "'=1", "😀 ok", "שלום עולם", "مرحبا", "\\n", "N;A", "+49 7541"])
            .prop_map(str::to_owned),
    ];
    text.prop_map(|text| text.trim().to_owned())
}

fn lines() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 1..4).prop_map(|lines| lines.join("\n"))
}

fn phone() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\+49 [0-9]{4} [0-9]{4}",
        "\\+1-555-[0-9]{4}",
        "\\+[0-9]{10}",
        "0[0-9]{6}",
        "\\(555\\) [0-9]{3}-[0-9]{4}",
        "\\+1 555 [0-9]{3}-[0-9]{4} ext\\. [0-9]{2}"
    ]
}

fn person() -> impl Strategy<Value = Values> {
    let some = |fields: &'static [&'static str], value: BoxedStrategy<String>| {
        prop::sample::subsequence(fields, 0..=fields.len()).prop_flat_map(move |fields| {
            let values = prop::collection::vec(value.clone(), fields.len());
            values.prop_map(move |values| fields.iter().copied().zip(values).collect::<Values>())
        })
    };
    let texts = some(
        &[
            "name_prefix",
            "middle_name",
            "name_suffix",
            "preferred_name",
            "pronouns",
            "title",
            "department",
            "employer",
            "postal_code",
            "home_city",
            "home_region",
            "home_postal_code",
            "home_country",
            ATTRIBUTES[0].0,
        ],
        line().boxed(),
    );
    let long = some(&["street", "home_street", "description"], lines().boxed());
    let phones = some(&["work_phone", "mobile_phone", "home_phone", "other_phone", "fax"], phone().boxed());
    let links = some(
        &["website", "linkedin", "x_profile", "github", "facebook", "instagram", "social"],
        "[a-z0-9/?=&%,;-]{1,20}".boxed(),
    );
    let rest = (
        prop::option::of("-?[1-9][0-9]{0,5}"),
        prop::option::of("20[0-2][0-9]-0[1-9]-1[0-9]"),
        prop::option::of(prop::sample::select(vec!["yes", "no"])),
        prop::option::of(prop::sample::select(vec!["Alumni; STEM", "=Host", "“VIP”, old; +1"])),
        prop::sample::select(vec!["students", "career_advisors", "myself"]),
        0_usize..3,
    );
    ((line(), line(), texts, long), (phones, links, rest)).prop_map(
        |((first, last, texts, long), (phones, links, (size, since, talks, labels, visibility, emails)))| {
            let mut values: Values = [texts, long, phones].into_iter().flatten().collect();
            for (field, path) in links {
                let host = match field {
                    "linkedin" => "www.linkedin.com/in",
                    "x_profile" => "x.com",
                    "github" => "github.com",
                    "facebook" => "www.facebook.com",
                    "instagram" => "www.instagram.com",
                    "social" => "xing.com/profile",
                    _ => "acme.example",
                };
                values.insert(field, format!("https://{host}/{path}"));
            }
            values.extend([("first_name", first), ("last_name", last), ("visibility", visibility.to_owned())]);
            // Handshake has one line for all three.
            values.extend(
                [("city", "Québec"), ("region", "QC"), ("country", "Canada")].map(|(key, text)| (key, text.to_owned())),
            );
            values.extend(size.map(|text| ("=Size", text)));
            values.extend(since.map(|text| ("Since", text)));
            values.extend(talks.map(|text| ("Talks", text.to_owned())));
            values.extend(labels.map(|text| ("labels", text.to_owned())));
            for field in &["email_2", "email_3"][..emails] {
                values.insert(field, String::new());
            }
            values
        },
    )
}

/// A directory of these people, each with addresses of their own; with the keys of the attributes.
async fn directory(people: &[Values]) -> (TestDesk, HashMap<&'static str, String>) {
    let desk = desk().await;
    std::fs::create_dir(desk.directory.outside().join("out")).expect("a directory");
    let mut keys = HashMap::new();
    for (name, value_type) in ATTRIBUTES {
        keys.insert(name, define(&desk, name, value_type, &[]).await.1);
    }
    let mut employers: HashMap<String, String> = HashMap::new();
    for (number, person) in people.iter().enumerate() {
        let mut values: HashMap<String, FieldValue> = HashMap::new();
        values.insert("email".into(), FieldValue::Text(format!("person{number}@x.example")));
        for (field, text) in person {
            let value = match *field {
                "email_2" | "email_3" => FieldValue::Text(format!("{field}.{number}@home.example")),
                "Talks" => FieldValue::Flag(text == "yes"),
                "employer" => {
                    let name = format!("{text} {number}");
                    if !employers.contains_key(&name) {
                        employers.insert(name.clone(), desk.add_employer(&name).await.to_string());
                    }
                    FieldValue::Text(employers[&name].clone())
                }
                _ => FieldValue::Text(text.clone()),
            };
            values.insert(keys.get(field).map_or_else(|| (*field).to_owned(), String::clone), value);
        }
        contacts::contact_create(&desk, &values).await.unwrap_or_else(|error| panic!("{error:?}: {values:?}"));
    }
    (desk, keys)
}

async fn exported(desk: &TestDesk, format: ExportFormat) -> (PathBuf, u32) {
    let path = desk.directory.outside().join("out").join(format!("{}.{}", format.key(), format.extension()));
    let result = lists::list_open(desk, ListQuery::all(RecordKind::Contact)).await.expect("a list").result;
    let selection = Selection::Result { result, except: Vec::new() };
    let input = ExportInput { kind: RecordKind::Contact, selection, format, columns: Vec::new() };
    let done = export::export(desk, &input, Destination::Path(&path), &mut go_on).await.expect("written");
    (path, done.records - done.replaced)
}

/// What an import of the file into the desk would do: how many rows are unchanged, and whatever is not.
async fn unchanged(desk: &TestDesk, path: &Path) -> (u32, Vec<String>) {
    let opened = import::import_open(desk, path, None, &mut go_on).await.expect("a file of ours");
    let counts =
        import::import_dry_run(desk, opened.session, ImportTarget::default(), &mut go_on).await.expect("a dry run");
    let rows = desk.every_row(opened.session, None).await;
    import::import_close(desk, opened.session);
    let others = rows.iter().filter(|row| row.outcome != import::ImportOutcome::Unchanged || !row.left_out.is_empty());
    (counts.unchanged, others.map(|row| format!("{row:?}")).collect())
}

/// The values of the template's fields and of the attributes, by the first address.
async fn people(desk: &TestDesk) -> BTreeMap<String, BTreeMap<String, String>> {
    let (path, _) = exported(desk, ExportFormat::Csv).await;
    let sheet = liaison_exchange::read(&path, &Limits::default(), &mut |_| ControlFlow::Continue(())).expect("ours");
    let wanted = |header: &str| {
        TEMPLATE.iter().any(|(key, label)| *label == header && !["source", "added_by"].contains(key))
            || ATTRIBUTES.iter().any(|(name, _)| *name == header)
    };
    let row = |row: usize| {
        let cells =
            sheet.headers.iter().zip(sheet.row(row)).filter(|(header, cell)| wanted(header) && !cell.is_empty());
        cells.map(|(header, cell)| (header.clone(), cell.to_owned())).collect::<BTreeMap<_, _>>()
    };
    (0..sheet.rows()).map(row).map(|values| (values["E-mail"].clone(), values)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn our_own_files_lose_and_change_nothing(generated in prop::collection::vec(person(), 8..12)) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let (from, _) = directory(&generated).await;
            let before = people(&from).await;
            assert_eq!(before.len(), generated.len());
            for format in [ExportFormat::Csv, ExportFormat::Xlsx, ExportFormat::Vcard, ExportFormat::Vcard4] {
                let (path, records) = exported(&from, format).await;
                let (same, others) = unchanged(&from, &path).await;
                assert!(others.is_empty() && same == records, "{format:?}: {others:#?}");
                let (to, _) = directory(&[]).await;
                let session = to.open_file(&path).await;
                to.finish_import(session, ImportTarget::default()).await;
                let mut expect = before.clone();
                if matches!(format, ExportFormat::Vcard | ExportFormat::Vcard4) {
                    for values in expect.values_mut() {
                        values.retain(|header, _| TEMPLATE[..37].iter().any(|(_, label)| label == header));
                    }
                }
                let mut after = people(&to).await;
                for (email, values) in &mut after {
                    values.retain(|header, _| expect.get(email).is_some_and(|kept| kept.contains_key(header)));
                }
                assert_eq!(after, expect, "{format:?}");
            }
        });
    }

    #[test]
    fn files_for_other_programs_change_nothing_here(generated in prop::collection::vec(person(), 8..12)) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let (from, _) = directory(&generated).await;
            let formats = ExportFormat::ALL.into_iter().filter(|format| format.fields_held().is_some());
            for format in formats {
                let (path, records) = exported(&from, format).await;
                let (same, mut others) = unchanged(&from, &path).await;
                if format == ExportFormat::Outlook {
                    // Letters that Windows-1252 has no place for are counted when the file is written.
                    assert!(same >= records.saturating_sub(1), "{others:#?}");
                    others.clear();
                }
                assert!(others.is_empty(), "{format:?}: {others:#?}");
            }
        });
    }
}
