//! Arguments far longer than anybody needs: each is refused by a limit that is named, at once, and nothing changes.

use crate::common::{change, desk, go_on, ids, only_problem, sample, text, values};
use liaison_app::export::{ExportFormat, ExportInput};
use liaison_app::files::Destination;
use liaison_app::lists::Selection;
use liaison_app::mail::MailDraft;
use liaison_app::{contacts, export, import, labels, lists, mail, trash};
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::limits;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::{Id, RecordKind, contact};

const LONG: usize = 1_000_000;

#[tokio::test(flavor = "multi_thread")]
async fn long_texts_are_refused_with_their_limit() {
    let desk = sample(30).await;
    let long = "x ".repeat(LONG / 2);
    let label = Problem::TooLong { max: limits::LABEL as u32 };
    assert_eq!(only_problem(labels::label_rename_preview(&desk, &long, None).await), ("from".into(), label.clone()));
    assert_eq!(
        only_problem(labels::label_rename_preview(&desk, "a", Some(&long)).await),
        ("name".into(), label.clone())
    );
    assert_eq!(
        only_problem(labels::label_rename(&desk, &long, None, &mut go_on).await),
        ("from".into(), label.clone())
    );
    assert_eq!(only_problem(labels::label_rename(&desk, "a", Some(&long), &mut go_on).await), ("name".into(), label));

    let mut query = ListQuery::all(RecordKind::Contact);
    query.search = long.clone();
    let search = ("search".to_owned(), Problem::TooLong { max: limits::SEARCH as u32 });
    assert_eq!(only_problem(lists::list_open(&desk, query.clone()).await), search);
    query.search = "a ".repeat(limits::SEARCH_WORDS + 1);
    let words = ("search".to_owned(), Problem::TooMany { most: limits::SEARCH_WORDS as u32 });
    assert_eq!(only_problem(lists::list_open(&desk, query.clone()).await), words);
    query.search.clear();
    query.filter =
        vec![Condition { field: contact::CITY.key.into(), op: FilterOp::Contains, values: vec![long.clone()] }];
    let value = ("city".to_owned(), Problem::TooLong { max: limits::CONDITION_VALUE as u32 });
    assert_eq!(only_problem(lists::list_open(&desk, query.clone()).await), value);

    let person = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    for field in ["first_name", "description", "email", "labels", "work_phone", "website"] {
        let refused = contacts::contact_edit(&desk, person, &[change(field, "", &long)]).await;
        assert!(refused.is_err(), "{field}");
    }
    let (field, _) = only_problem(labels::label_define(&desk, &values(&[("name", &long)])).await);
    assert_eq!(field, "name");
    let draft = MailDraft { subject: "Hello".into(), text: long };
    assert!(
        mail::mail_outreach_send(&desk, RecordKind::Contact, &ids(&[person]), &draft, None, &mut go_on).await.is_err()
    );
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_items_are_refused_with_their_limit() {
    let desk = desk().await;
    let opened = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    let columns = vec!["email".to_owned(); 20_000];
    let too_many = ("columns".to_owned(), Problem::TooMany { most: limits::COLUMNS as u32 });
    assert_eq!(only_problem(lists::list_window(&desk, opened.result, 0, 10, &columns).await), too_many);
    assert!(lists::list_window(&desk, opened.result, 0, 10, &columns[..limits::COLUMNS]).await.is_ok());
    let input = ExportInput {
        kind: RecordKind::Contact,
        selection: Selection::Result { result: opened.result, except: Vec::new() },
        format: ExportFormat::Csv,
        columns,
    };
    let file = desk.directory.outside().join("out.csv");
    assert_eq!(only_problem(export::export(&desk, &input, Destination::Path(&file), &mut go_on).await), too_many);
    assert!(!file.exists());

    let all = vec![Id::from_parts(1, [7; 10]); limits::SELECTED + 1];
    let selected = ("ids".to_owned(), Problem::TooMany { most: limits::SELECTED as u32 });
    assert_eq!(only_problem(trash::delete(&desk, RecordKind::Contact, &ids(&all), &mut go_on).await), selected);

    let conditions = Problem::TooMany { most: limits::CONDITIONS as u32 };
    let mut query = ListQuery::all(RecordKind::Contact);
    query.filter = vec![Condition::is(&contact::CITY, "Austin"); limits::CONDITIONS + 1];
    assert_eq!(only_problem(lists::list_open(&desk, query.clone()).await), ("filter".into(), conditions.clone()));
    query.filter.clear();
    query.sort = vec![SortKey { field: "email".into(), descending: false }; limits::CONDITIONS + 1];
    assert_eq!(only_problem(lists::list_open(&desk, query.clone()).await), ("sort".into(), conditions));
    query.sort.clear();
    query.filter = vec![Condition {
        field: contact::CITY.key.into(),
        op: FilterOp::Is,
        values: vec!["Austin".into(); limits::CONDITION_VALUES + 1],
    }];
    let values_most = Problem::TooMany { most: limits::CONDITION_VALUES as u32 };
    assert_eq!(only_problem(lists::list_open(&desk, query).await), ("city".into(), values_most));
}

/// The page can't keep any number of files in memory, nor have any number of mappings remembered.
#[tokio::test(flavor = "multi_thread")]
async fn open_imports_and_remembered_mappings_have_limits() {
    let desk = desk().await;
    let mut opened = Vec::new();
    for n in 0..limits::MAPPINGS + 10 {
        let file = desk.file("people.csv", format!("Name {n},E-mail\nDana Reyes,dana@acme.example\n"));
        let session = import::import_open(&desk, &file, None, &mut go_on).await.expect("a file").session;
        import::import_map(&desk, session, &[None, Some("email".into())]).await.expect("mapped");
        opened.push(session);
    }
    assert_eq!(desk.number("SELECT count(*) FROM import_mapping").await, limits::MAPPINGS as i64);
    let newest = desk.number("SELECT count(*) FROM import_mapping WHERE headers LIKE 'Name 209%'").await;
    assert_eq!(newest, 1, "the newest are remembered");
    let open = opened.split_off(opened.len() - limits::OPEN_IMPORTS);
    for session in open {
        assert!(import::import_map(&desk, session, &[None, Some("email".into())]).await.is_ok());
    }
    assert!(
        import::import_map(&desk, opened[0], &[None, Some("email".into())]).await.is_err(),
        "the first were closed"
    );
    let long =
        desk.file("long.csv", format!("{},E-mail\nDana,dana@acme.example\n", "N".repeat(limits::MAPPING_HEADERS)));
    let session = import::import_open(&desk, &long, None, &mut go_on).await.expect("a file").session;
    import::import_map(&desk, session, &[None, Some("email".into())]).await.expect("mapped");
    assert!(!import::import_open(&desk, &long, None, &mut go_on).await.expect("a file").remembered);
}

/// An import of one person with very many labels: the row is refused by the limit, and at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_with_very_many_labels_is_refused_by_the_limit() {
    let desk = desk().await;
    let labels: Vec<String> = (0..100_000).map(|n| format!("Label {n}")).collect();
    let csv = format!("First name,Last name,E-mail,Labels\nDana,Reyes,dana@acme.example,{}\n", labels.join(";"));
    let csv = desk.file("people.csv", &csv);
    let opened = import::import_open(&desk, &csv, None, &mut go_on).await.expect("a file");
    let done = import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
    assert_eq!((done.created, done.failed), (0, 1));
    let person = desk.add("Eli", "Stone", "eli@acme.example").await.id;
    let edit = FieldEdit { field: "labels".into(), before: text(""), after: FieldValue::List(labels) };
    let most = Problem::TooMany { most: limits::LIST_ITEMS as u32 };
    assert_eq!(only_problem(contacts::contact_edit(&desk, person, &[edit]).await), ("labels".into(), most));
}
