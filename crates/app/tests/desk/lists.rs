//! Lists: windows, places, numbers that were pushed out; and that no text a person types ever fails.

use crate::common::{change, desk, go_on, ids, only_problem, pending, sample, text, values};
use liaison_app::CommandError;
use liaison_app::history::HistoryQuery;
use liaison_app::lists::{Selection, WINDOW_MOST};
use liaison_app::{contacts, employers, history, import, lists, notes, review, roles, undo};
use liaison_domain::elsewhere::Elsewhere;
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{RecordKind, Registry, contact, limits};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[tokio::test(flavor = "multi_thread")]
async fn windows_beyond_the_end_are_empty_and_never_larger_than_the_largest() {
    let desk = sample(300).await;
    let opened = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    assert!(opened.total > 250);
    let window =
        async |offset, limit| lists::list_window(&desk, opened.result, offset, limit, &[]).await.expect("a window");
    let all = window(0, u32::MAX).await;
    assert_eq!(all.rows.len(), WINDOW_MOST as usize);
    for (offset, expected) in [(opened.total - 1, 1), (opened.total, 0), (opened.total + 1, 0), (u32::MAX, 0)] {
        let rows = window(offset, 10).await;
        assert_eq!(rows.rows.len(), expected);
        assert_eq!(rows.offset, offset.min(opened.total));
    }
    assert!(window(5, 0).await.rows.is_empty());
    let inner = window(17, 3).await;
    assert_eq!(inner.rows, all.rows[17..20]);
}

#[tokio::test(flavor = "multi_thread")]
async fn cells_come_in_the_order_of_the_columns_with_words_for_references() {
    let desk = desk().await;
    let acme = desk.add_employer("Acme").await;
    let dana = desk.add("Dana", "Reyes", "dana@x.example").await.id;
    desk.set(dana, "employer", "", &acme.to_string()).await;
    desk.set(dana, "labels", "", "Alumni; STEM").await;
    desk.user("DANA@x.example", "Default Access", true).await;
    let opened = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    let columns = ["access", "employer", "title", "labels", "auto_sync"].map(str::to_owned);
    let window = lists::list_window(&desk, opened.result, 0, 10, &columns).await.expect("a window");
    let cells: Vec<_> = window.rows[0].cells.iter().map(|cell| (cell.value.clone(), cell.text.clone())).collect();
    assert_eq!(
        cells,
        [
            (text("on"), Some("Default Access".to_owned())),
            (text(&acme.to_string()), Some("Acme".to_owned())),
            (FieldValue::Empty(()), None),
            (FieldValue::List(vec!["Alumni".into(), "STEM".into()]), None),
            (FieldValue::Flag(false), None),
        ]
    );
    let unknown = lists::list_window(&desk, opened.result, 0, 10, &["nonsense".to_owned()]).await;
    assert_eq!(only_problem(unknown), ("nonsense".into(), Problem::UnknownField));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_found_at_its_place() {
    let desk = sample(150).await;
    let opened = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    let window = lists::list_window(&desk, opened.result, 0, WINDOW_MOST, &[]).await.expect("a window");
    for (place, row) in window.rows.iter().enumerate() {
        assert_eq!(lists::list_position(&desk, opened.result, row.id).await, Ok(Some(place as u32)));
    }
    let queue = lists::list_open(&desk, pending()).await.expect("the queue");
    assert_eq!(lists::list_position(&desk, queue.result, window.rows[0].id).await, Ok(None), "not in this list");
    assert_eq!(lists::list_position(&desk, queue.result, desk.new_id()).await, Ok(None), "nowhere");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_list_stays_as_it_was_opened() {
    let desk = desk().await;
    let ann = desk.add("Ann", "Lee", "ann@x.example").await;
    let bo = desk.add("Bo", "Ray", "bo@x.example").await;
    let opened = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    let cy = desk.add("Cy", "Poe", "cy@x.example").await;
    undo::undo(&desk, bo.operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    let selection = Selection::Result { result: opened.result, except: vec![cy.id] };
    let preview = review::contacts_review_preview(&desk, &selection, ReviewAction::Reject).await.expect("a preview");
    assert_eq!(preview.contacts, 1, "who came later is not in it, who is in the trash is left out");
    let done = review::contacts_review(&desk, &selection, ReviewAction::Reject, &mut go_on).await.expect("rejected");
    assert_eq!((done.changed, done.skipped), (1, 0));
    assert_eq!(desk.approval(ann.id).await, contact::REJECTED);
    assert_eq!(desk.approval(cy.id).await, contact::APPROVED);
}

#[tokio::test(flavor = "multi_thread")]
async fn old_lists_are_pushed_out_and_say_so_and_used_ones_are_kept() {
    let desk = desk().await;
    desk.add("Ann", "Lee", "ann@x.example").await;
    let open = async || lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list").result;
    let (used, unused) = (open().await, open().await);
    for _ in 0..40 {
        open().await;
        lists::list_window(&desk, used, 0, 1, &[]).await.expect("a list in use stays");
    }
    let gone = CommandError::NotFound { what: "list".into() };
    assert_eq!(lists::list_window(&desk, unused, 0, 1, &[]).await, Err(gone.clone()));
    let selection = Selection::Result { result: unused, except: Vec::new() };
    assert_eq!(review::contacts_review(&desk, &selection, ReviewAction::Reject, &mut go_on).await, Err(gone.clone()));
    lists::list_close(&desk, used);
    assert_eq!(lists::list_position(&desk, used, desk.new_id()).await, Err(gone));
}

#[tokio::test(flavor = "multi_thread")]
async fn employers_and_employer_users_are_found_as_soon_as_they_are_there() {
    let desk = desk().await;
    desk.engine().start_searching();
    for kind in [RecordKind::Contact, RecordKind::Employer, RecordKind::EmployerUser] {
        desk.search(kind).expect("an index").wait().await;
    }
    let sampled = liaison_app::sample::sample_create(&desk, 200, 3, &mut go_on)
        .await
        .expect("sample data")
        .operation
        .expect("an operation");
    for kind in [RecordKind::Employer, RecordKind::EmployerUser] {
        let live = desk.live(kind).await;
        assert!(!live.is_empty());
        assert_eq!(lists::list_count(&desk, ListQuery::all(kind)).await, Ok(live.len() as u32), "{kind:?}");
        let one = live.into_values().next().expect("one");
        let name =
            one.text(kind.field(if kind == RecordKind::Employer { "name" } else { "last_name" }).expect("a field"));
        let query = ListQuery { search: name.to_owned(), ..ListQuery::all(kind) };
        let opened = lists::list_open(&desk, query).await.expect("a list");
        assert!(lists::list_position(&desk, opened.result, one.id).await.expect("a place").is_some(), "{name}");
    }
    undo::undo(&desk, sampled, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    for kind in [RecordKind::Contact, RecordKind::Employer, RecordKind::EmployerUser] {
        assert_eq!(lists::list_count(&desk, ListQuery::all(kind)).await, Ok(0), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn phone_numbers_are_found_by_their_digits_in_one_go() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@x.example").await.id;
    desk.set(dana, "work_phone", "", "+1 (555) 010-0199").await;
    for (typed, found) in
        [("5550100199", 1), ("555010", 1), ("(555) 010", 1), ("0199", 1), ("010 0199", 1), ("5551", 0)]
    {
        let query = ListQuery { search: typed.into(), ..ListQuery::all(RecordKind::Contact) };
        assert_eq!(lists::list_count(&desk, query).await, Ok(found), "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_filtered_sorted_or_searched_is_refused() {
    let desk = desk().await;
    let refused = async |query: ListQuery| only_problem(lists::list_open(&desk, query).await);
    let filter = |field: &str, op, values: &[&str]| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        ListQuery { filter: vec![Condition { field: field.into(), op, values }], ..ListQuery::all(RecordKind::Contact) }
    };
    assert_eq!(refused(filter("nonsense", FilterOp::Is, &["x"])).await.1, Problem::UnknownField);
    assert_eq!(refused(filter("deleted_at", FilterOp::IsEmpty, &[])).await.1, Problem::UnknownField);
    assert_eq!(refused(filter("title) OR 1=1 --", FilterOp::IsEmpty, &[])).await.1, Problem::UnknownField);
    assert_eq!(refused(filter("title", FilterOp::Is, &[])).await.1, Problem::Required);
    assert_eq!(refused(filter("title", FilterOp::Before, &["x"])).await.1, Problem::UnknownField);
    assert!(matches!(refused(filter("approval", FilterOp::Is, &["maybe"])).await.1, Problem::NotAChoice { .. }));
    let many = vec!["x"; 501];
    assert_eq!(refused(filter("title", FilterOp::Is, &many)).await.1, Problem::TooMany { most: 500 });
    lists::list_open(&desk, filter("labels", FilterOp::IsNot, &many[..500]))
        .await
        .expect("as many as that can be answered");
    let mut sorted = ListQuery::all(RecordKind::Contact);
    sorted.sort.push(SortKey { field: "title,n".into(), descending: false });
    assert_eq!(refused(sorted.clone()).await.1, Problem::UnknownField);
    sorted.sort = vec![SortKey { field: "employer".into(), descending: true }; 50];
    lists::list_open(&desk, sorted.clone()).await.expect("sorted");
    sorted.sort.push(SortKey { field: "name".into(), descending: true });
    assert_eq!(refused(sorted).await, ("sort".into(), Problem::TooMany { most: 50 }));
    let note = ListQuery { search: "tea".into(), ..ListQuery::all(RecordKind::Note) };
    assert_eq!(refused(note).await, ("search".into(), Problem::UnknownField));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_many_conditions_at_their_limits_is_answered() {
    let desk = sample(50).await;
    let value = |number: usize| (0..500).map(|at| format!("value {number} {at}")).collect::<Vec<_>>();
    let ops = [FilterOp::IsNot, FilterOp::Contains, FilterOp::StartsWith, FilterOp::Is];
    let fields = ["title", "labels", "employer", "owner", "city"];
    let filter = (0..49).map(|number| Condition {
        field: fields[number % 5].into(),
        op: ops[number % 4],
        values: value(number),
    });
    let query = ListQuery { filter: filter.collect(), ..ListQuery::all(RecordKind::Contact) };
    assert_eq!(lists::list_count(&desk, query).await, Ok(0));
}

/// Odd Unicode, quotes, NUL, what SQL and FTS take for operators, very long.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "\\PC{0,30}",
        3 => any::<String>(),
        3 => "[%_*\\\\'\"()\\-^:{}\\[\\]~?!;,./ \u{0}\n\t\u{feff}\u{202e}\u{301}ßİıǅ]{0,12}",
        1 => "(AND|OR|NOT|NEAR|NULL|SELECT|--|/\\*| ){1,6}",
        1 => ("\\PC{1,4}", 1usize..60_000).prop_map(|(text, times)| text.repeat(times)),
    ]
}

#[test]
fn no_text_a_person_types_ever_fails() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let desk = runtime.block_on(async {
        let desk = sample(60).await;
        desk.add_employer("Acme").await;
        desk
    });
    let dana = runtime.block_on(desk.add("Dana", "Reyes", "dana@x.example")).id;
    let config = Config { cases: 120, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let internal = |error: CommandError| matches!(error, CommandError::Internal { .. } | CommandError::Locked);
    TestRunner::new(config)
        .run(&(typed(), 0usize..40), |(typed, number)| {
            runtime.block_on(async {
                for kind in [RecordKind::Contact, RecordKind::Employer, RecordKind::EmployerUser] {
                    let query = ListQuery { search: typed.clone(), ..ListQuery::all(kind) };
                    let opened = lists::list_open(&desk, query).await;
                    let suggested = contacts::suggest(&desk, kind, &typed, 5).await;
                    if let Err(problem) = limits::search(&typed) {
                        let refused = ("search".to_owned(), problem);
                        assert_eq!((only_problem(opened), only_problem(suggested)), (refused.clone(), refused));
                        continue;
                    }
                    lists::list_window(&desk, opened.expect("an answer").result, 0, 5, &[]).await.expect("a window");
                    suggested.expect("suggestions");
                }
                let suggested = employers::employers_suggest(&desk, &typed).await;
                assert_eq!(suggested.is_ok(), limits::search(&typed).is_ok(), "{suggested:?}");
                let fields: Vec<_> =
                    RecordKind::Contact.fields().iter().chain(RecordKind::Contact.computed_fields()).collect();
                let field = fields[number % fields.len()];
                for op in [
                    FilterOp::Is,
                    FilterOp::IsNot,
                    FilterOp::Contains,
                    FilterOp::StartsWith,
                    FilterOp::Before,
                    FilterOp::After,
                ] {
                    let condition =
                        Condition { field: field.key.into(), op, values: vec![typed.clone(), typed.clone()] };
                    let accepted = condition.check(&Registry::default(), RecordKind::Contact).is_ok();
                    let query = ListQuery { filter: vec![condition], ..ListQuery::all(RecordKind::Contact) };
                    let answer = lists::list_count(&desk, query).await;
                    assert_eq!(answer.is_ok(), accepted, "{answer:?}");
                }
                let outcomes = [
                    roles::role_named(&desk, &typed).await.err(),
                    contacts::contact_edit(&desk, dana, &[change(field.key, &typed, &typed)]).await.err(),
                    contacts::contact_edit(&desk, dana, &[change(&typed, "", "x")]).await.err(),
                    contacts::contact_create(
                        &desk,
                        &values(&[("first_name", &typed), ("last_name", &typed), ("email", &typed)]),
                    )
                    .await
                    .err(),
                    notes::note_add(&desk, dana, &typed).await.err(),
                    lists::list_window(&desk, 1, 0, 1, std::slice::from_ref(&typed)).await.err(),
                    import::import_open(&desk, std::path::Path::new(&typed), Some(&typed), &mut go_on).await.err(),
                ];
                for error in outcomes.into_iter().flatten() {
                    assert!(!internal(error.clone()), "{error:?}");
                }
            });
            Ok(())
        })
        .expect("every text is answered");
    runtime.block_on(desk.assert_whole());
}

/// What was typed comes back from the journal as it was accepted, and undo of it works.
#[tokio::test(flavor = "multi_thread")]
async fn history_is_read_in_pages() {
    let desk = desk().await;
    for number in 0..7 {
        desk.add("Ann", &format!("Lee {number}"), &format!("ann{number}@x.example")).await;
    }
    let page = async |before| {
        let query = HistoryQuery { before, changes_only: true, limit: 3, ..Default::default() };
        history::history_list(&desk, &query).await.expect("history")
    };
    let first = page(None).await;
    let second = page(first.rows.last().map(|row| row.id)).await;
    let third = page(second.rows.last().map(|row| row.id)).await;
    let rows: Vec<_> = [&first, &second, &third].into_iter().flat_map(|page| &page.rows).collect();
    assert_eq!((first.total, second.total, rows.len()), (8, 8, 8));
    assert!(rows.windows(2).all(|pair| pair[0].at >= pair[1].at && pair[0].id != pair[1].id));
    assert_eq!(rows[0].subject.as_deref(), Some("Ann Lee 6"));
    let kind =
        HistoryQuery { kinds: vec![liaison_domain::OperationKind::ContactsCreate], limit: 50, ..Default::default() };
    assert_eq!(history::history_list(&desk, &kind).await.expect("history").total, 7);
    let nobody = HistoryQuery { actor: Some(desk.new_id()), limit: 50, ..Default::default() };
    assert_eq!(history::history_list(&desk, &nobody).await.expect("history").total, 0);
    for (since, until, total) in
        [(Some(0), None, 8), (None, Some(0), 0), (Some(rows[0].at + 1), None, 0), (None, Some(rows[0].at + 1), 8)]
    {
        let query = HistoryQuery { since, until, changes_only: true, limit: 50, ..Default::default() };
        assert_eq!(history::history_list(&desk, &query).await.expect("history").total, total);
    }
    let ann = desk.live(RecordKind::Contact).await.into_keys().next().expect("a contact");
    review::contacts_review(&desk, &ids(&[ann]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let changes = history::history_changes(&desk, page(None).await.rows[0].id, 0, 50).await.expect("changes");
    let group = &changes.groups[0];
    assert_eq!((changes.total, group.count, group.records[0].id, group.fields.len()), (1, 1, ann, 1));
    assert!(history::history_changes(&desk, desk.new_id(), 0, 50).await.is_err());
    let beyond =
        history::history_changes(&desk, page(None).await.rows[0].id, u32::MAX, u32::MAX).await.expect("an empty page");
    assert!(beyond.groups.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_list_does_not_have_is_found_elsewhere() {
    let desk = desk().await;
    let user = desk.user("quinn@nowhere.example", "Default Access", true).await;
    desk.engine().start_searching();
    let nancy = desk.add("Nancy", "Elliott", "nancy@x.example").await.id;
    desk.add("Bob", "Elliott", "bob@x.example").await;
    review::contacts_review(&desk, &ids(&[nancy]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let search = |text: &str| ListQuery { search: text.into(), ..ListQuery::all(RecordKind::Contact) };
    let found = lists::list_elsewhere(&desk, search("nancy")).await.expect("asked");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].why, found[0].name.as_deref()), (Elsewhere::Rejected, Some("Nancy Elliott")));
    let opened = lists::list_open(&desk, found[0].query.clone()).await.expect("it opens");
    assert_eq!(opened.total, 1);
    let remaining = lists::list_remaining(&desk, opened.result, vec![desk.new_id(), nancy]).await.expect("asked");
    assert_eq!(remaining, [nancy]);
    let mut by_title = search("bob");
    by_title.filter.push(Condition::filled(&contact::TITLE, true));
    let found = lists::list_elsewhere(&desk, by_title).await.expect("asked");
    assert_eq!(found.iter().map(|other| (other.why, other.count)).collect::<Vec<_>>(), [(Elsewhere::Filtered, 1)]);

    let quinn = ListQuery { search: "quinn".into(), ..ListQuery::all(RecordKind::EmployerUser) };
    let found = lists::list_elsewhere(&desk, quinn).await.expect("asked");
    assert_eq!((found[0].why, found[0].count, &found[0].name), (Elsewhere::Private, 1, &None), "nobody's name is told");
    let opened = lists::list_open(&desk, found[0].query.clone()).await.expect("it opens");
    let remaining = lists::list_remaining(&desk, opened.result, vec![user]).await.expect("asked");
    assert_eq!(remaining, [user]);
}
