//! Lists and search against the plain way of finding them, on 2,000 contacts, while these change under them.

use crate::common::{TestDesk, change, go_on, ids, sample};
use crate::list_model::Model;
use liaison_app::import::{ImportAnswer, ImportOutcome};
use liaison_app::lists::{Selection, WINDOW_MOST};
use liaison_app::{contacts, employers, import, lists, review, undo};
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{FieldType, Id, RecordKind, Registry, contact};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

/// All ids of a list, read window by window; asserts that total and windows agree.
async fn read(desk: &TestDesk, query: &ListQuery) -> Vec<Id> {
    let opened = lists::list_open(desk, query.clone()).await.expect("a list");
    let mut found: Vec<Id> = Vec::new();
    while found.len() < opened.total as usize {
        let window =
            lists::list_window(desk, opened.result, found.len() as u32, WINDOW_MOST, &[]).await.expect("a window");
        assert_eq!(window.offset as usize, found.len());
        assert!(!window.rows.is_empty(), "the total is exact");
        found.extend(window.rows.iter().map(|row| row.id));
    }
    assert_eq!(found.len(), opened.total as usize);
    lists::list_close(desk, opened.result);
    found
}

const OPS: [FilterOp; 10] = [
    FilterOp::Is,
    FilterOp::IsNot,
    FilterOp::Contains,
    FilterOp::StartsWith,
    FilterOp::IsEmpty,
    FilterOp::IsNotEmpty,
    FilterOp::Before,
    FilterOp::After,
    FilterOp::LongerAgoThan,
    FilterOp::WithinLast,
];

/// A part of a text, as people type one: any beginning, or any piece where `inside`; upper case now and then.
fn piece(random: &mut StdRng, text: &str, inside: bool) -> String {
    let letters: Vec<char> = text.chars().collect();
    let start = if inside { random.random_range(0..=letters.len()) } else { 0 };
    let end = random.random_range(start..=letters.len());
    let piece: String = letters[start..end].iter().collect();
    if random.random_bool(0.3) { piece.to_uppercase() } else { piece }
}

fn search(random: &mut StdRng, model: &Model) -> String {
    let person = &model.people[random.random_range(0..model.people.len())].record;
    let fields: Vec<_> = RecordKind::Contact.fields().iter().filter(|field| field.searchable).collect();
    let mut words: Vec<String> = Vec::new();
    for _ in 0..random.random_range(1..4) {
        let field = fields[random.random_range(0..fields.len())];
        let text = match person.get(field) {
            liaison_domain::Value::List(items) => items.join(" "),
            value => value.as_text().to_owned(),
        };
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let text = if field.field_type == FieldType::Phone && random.random_bool(0.5) {
            digits[digits.len().saturating_sub(10)..].to_owned()
        } else {
            text
        };
        let words_of: Vec<&str> = text.split_whitespace().collect();
        if !words_of.is_empty() {
            let word = words_of[random.random_range(0..words_of.len())];
            words.push(piece(random, word, false));
        }
    }
    words.join([" ", "  ", ",", " - "][random.random_range(0..4)])
}

fn query(random: &mut StdRng, model: &Model) -> ListQuery {
    let known = model.known();
    let mut query = ListQuery::all(RecordKind::Contact);
    // Fields that nobody has a value in answer few questions: they are asked about now and then.
    let mut fields: Vec<_> =
        RecordKind::Contact.fields().iter().chain(RecordKind::Contact.computed_fields()).copied().collect();
    fields.retain(|field| known.get(field.key).is_some_and(|texts| !texts.is_empty()) || random.random_bool(0.2));
    let any_approval = Condition { field: "approval".into(), op: FilterOp::IsNotEmpty, values: Vec::new() };
    match random.random_range(0..4) {
        0 => query.filter.push(any_approval),
        1 => query.filter.push(Condition::is(&contact::APPROVAL, contact::APPROVALS[random.random_range(0..3)])),
        _ => {}
    }
    if random.random_bool(0.6) {
        query.search = search(random, model);
    }
    for _ in 0..random.random_range(0..3) {
        let field = fields[random.random_range(0..fields.len())];
        let op = OPS[random.random_range(0..OPS.len())];
        let values = (0..random.random_range(1..4)).map(|_| {
            let texts = known.get(field.key).filter(|texts| !texts.is_empty());
            match (field.field_type, op) {
                (FieldType::Choice { choices }, FilterOp::Is | FilterOp::IsNot) => {
                    choices[random.random_range(0..choices.len())].to_owned()
                }
                (FieldType::Moment, FilterOp::LongerAgoThan | FilterOp::WithinLast) => {
                    format!("{} days", random.random_range(1..4_000))
                }
                (FieldType::Moment, _) if random.random_bool(0.4) => {
                    format!(
                        "20{:02}-{:02}-{:02}",
                        random.random_range(18..27),
                        random.random_range(1..13),
                        random.random_range(1..29)
                    )
                }
                _ => {
                    let texts = texts.map_or(&[][..], Vec::as_slice);
                    let text = texts.get(random.random_range(0..texts.len().max(1))).cloned().unwrap_or_default();
                    match op {
                        FilterOp::Contains => piece(random, &text, true),
                        FilterOp::StartsWith => piece(random, &text, false),
                        _ if random.random_bool(0.3) => text.to_ascii_uppercase(),
                        _ => text,
                    }
                }
            }
        });
        let values = if matches!(op, FilterOp::IsEmpty | FilterOp::IsNotEmpty) { Vec::new() } else { values.collect() };
        let condition = Condition { field: field.key.into(), op, values };
        if condition.check(&Registry::default(), RecordKind::Contact).is_ok() {
            query.filter.push(condition);
        }
    }
    for _ in 0..[0, 0, 1, 2][random.random_range(0..4)] {
        let sortable: Vec<&str> = fields.iter().filter(|field| field.sortable).map(|field| field.key).collect();
        let field = if random.random_bool(0.5) { "name" } else { sortable[random.random_range(0..sortable.len())] };
        query.sort.push(SortKey { field: field.into(), descending: random.random_bool(0.5) });
    }
    query
}

/// Compares many random lists with the model, and a few with the same list read from the tables.
async fn assert_answers(desk: &TestDesk, random: &mut StdRng, count: usize, when: &str) {
    let model = Model::of(desk).await;
    let (mut hits, mut searched) = (0, 0);
    for _ in 0..count {
        let query = query(random, &model);
        let (found, expected) = (read(desk, &query).await, model.list(&query));
        hits += usize::from(!expected.is_empty());
        searched += usize::from(!query.search.is_empty() && !expected.is_empty());
        assert!(found == expected, "{when}: {query:?} finds {} and should find {}", found.len(), expected.len());
        assert_eq!(lists::list_count(desk, query).await, Ok(expected.len() as u32));
    }
    assert!(hits * 3 > count && searched * 15 > count, "{when}: most questions have answers ({hits}, {searched})");
}

async fn some(desk: &TestDesk, random: &mut StdRng, count: usize) -> Vec<Id> {
    let everybody: Vec<Id> = desk.live(RecordKind::Contact).await.into_keys().collect();
    (0..count).map(|_| everybody[random.random_range(0..everybody.len())]).collect()
}

/// Small changes go to an overlay of the search index, large ones make it be built anew: each is asked for again.
#[tokio::test(flavor = "multi_thread")]
async fn lists_and_search_find_what_a_plain_scan_finds_whatever_happened_before() {
    let desk = sample(2_000).await;
    let random = &mut StdRng::seed_from_u64(5);
    assert_answers(&desk, random, 120, "as sampled").await;

    for id in some(&desk, random, 25).await {
        let record = desk.record(RecordKind::Contact, id).await;
        let (key, to) = [
            ("last_name", "Zu Überwald"),
            ("first_name", "Ælfgifu"),
            ("email", ""),
            ("labels", "Neu; Ganz neu"),
            ("work_phone", "+47 22 33 44 55 ext. 6"),
            ("title", ""),
        ][random.random_range(0..6)];
        let to = if key == "email" { format!("new{}@moved.example", id) } else { to.to_owned() };
        let mut edit = change(key, "", &to);
        edit.before = record.get(RecordKind::Contact.field(key).expect("a field")).into();
        // Rejected contacts are frozen; their turn comes with approval.
        let _frozen = contacts::contact_edit(&desk, id, &[edit]).await;
    }
    assert_answers(&desk, random, 60, "after edits").await;

    let employers: Vec<Id> = desk.live(RecordKind::Employer).await.into_keys().collect();
    for id in employers.iter().take(3) {
        let name = employers::employer_get(&desk, *id).await.expect("an employer").name;
        employers::employer_edit(&desk, *id, &[change("name", &name, &format!("Renamed {} & Söhne", name.len()))])
            .await
            .expect("renamed");
    }
    assert_answers(&desk, random, 60, "after renaming employers").await;

    let mut approvals = Vec::new();
    for action in [ReviewAction::Approve, ReviewAction::Reject, ReviewAction::Approve] {
        let some = some(&desk, random, 60).await;
        approvals.push(review::contacts_review(&desk, &ids(&some), action, &mut go_on).await.expect("reviewed"));
    }
    assert_answers(&desk, random, 60, "after reviews").await;

    let small = import(&desk, 40).await;
    assert_answers(&desk, random, 60, "after a small import").await;
    undo::undo(&desk, small, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert_answers(&desk, random, 40, "after its undo").await;

    let large = import(&desk, 4_500).await;
    assert_answers(&desk, random, 40, "after a large import").await;
    for done in approvals.into_iter().rev() {
        undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
            .await
            .expect("undone");
    }
    let undone = undo::undo(&desk, large, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert_answers(&desk, random, 40, "after the undo of the large import").await;
    undo::undo(&desk, undone.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("redone");
    let list = lists::list_open(&desk, crate::common::pending()).await.expect("a list");
    let whole = Selection::Result { result: list.result, except: Vec::new() };
    review::contacts_review(&desk, &whole, ReviewAction::Approve, &mut go_on).await.expect("approved");
    assert_answers(&desk, random, 40, "after all that").await;
    desk.assert_whole().await;
}

/// New people, new employers, and changes of people who are there: every tenth row names one of the sample.
async fn import(desk: &TestDesk, rows: usize) -> Id {
    let there: Vec<String> =
        desk.live(RecordKind::Contact).await.into_values().map(|r| r.text(&contact::EMAIL).to_owned()).collect();
    let mut csv = String::from("First name,Last name,E-mail,Employer,City,Mobile phone\n");
    for row in 0..rows {
        let email = match row % 10 {
            0 => there[(row * 13) % there.len()].to_uppercase(),
            _ => format!("import{row}.{rows}@new.example"),
        };
        csv.push_str(&format!("Imke{},Ørsted {row},{email},Werk {},Åby,0170 {row:07}\n", row % 50, row % 30));
    }
    let file = desk.file("more.csv", csv);
    let opened = import::import_open(desk, &file, None, &mut go_on).await.expect("a file");
    // The people of the sample have other names; they are meant all the same.
    for (about, answer) in
        [(ImportOutcome::NameConflict, ImportAnswer::Update), (ImportOutcome::PossibleDuplicate, ImportAnswer::Add)]
    {
        import::import_answer(desk, opened.session, about, None, Some(answer)).await.expect("an answer");
    }
    let done = import::import_commit(desk, opened.session, &mut go_on).await.expect("an import");
    import::import_close(desk, opened.session);
    assert!(done.created > 0 && done.updated > 0);
    done.operation.expect("an operation")
}

/// The order by name is the same whether the search index answers or the table.
#[tokio::test(flavor = "multi_thread")]
async fn the_index_and_the_table_agree_on_the_order() {
    let desk = sample(500).await;
    let eight: Vec<Id> = some(&desk, &mut StdRng::seed_from_u64(1), 8).await;
    for (number, id) in eight.iter().enumerate() {
        let name = desk.record(RecordKind::Contact, *id).await.text(&contact::LAST_NAME).to_owned();
        let _frozen =
            contacts::contact_edit(&desk, *id, &[change("last_name", &name, ["Same", "same"][number % 2])]).await;
    }
    desk.search(RecordKind::Contact).expect("an index").wait().await;
    for (kind, descending) in [(RecordKind::Contact, false), (RecordKind::Contact, true), (RecordKind::Employer, true)]
    {
        let mut query = ListQuery::all(kind);
        query.sort.push(SortKey { field: "name".into(), descending });
        let by_index = read(&desk, &query).await;
        let rows = desk.database().read(|db| {
            let rows = liaison_store::list::rows(db, &query.clone().scoped())?;
            Ok(liaison_store::list::window(db, kind, &rows, &[])?.into_iter().map(|row| row.id).collect::<Vec<_>>())
        });
        assert!(by_index == rows.await.expect("rows"), "{kind:?}, descending {descending}");
    }
}
