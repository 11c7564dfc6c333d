//! What lists ask about log-ins over all contacts is what each contact's own row says.

use crate::common::{TestDesk, desk};
use liaison_app::lists;
use liaison_app::lists::WINDOW_MOST;
use liaison_domain::filter::{Condition, FilterOp, ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind, employer_user};
use liaison_store::Sql;
use std::collections::BTreeSet;

/// Every contact with the access and the last log-in that its row shows, in the order of the list.
async fn rows(desk: &TestDesk, filter: Vec<Condition>, sort: Vec<SortKey>) -> Vec<(Id, String, Option<i64>)> {
    let query = ListQuery { filter, sort, ..ListQuery::all(RecordKind::Contact) };
    let opened = lists::list_open(desk, query).await.expect("a list");
    let columns = ["access".to_owned(), "last_log_in".to_owned()];
    let window = lists::list_window(desk, opened.result, 0, WINDOW_MOST, &columns).await.expect("rows");
    let cells = window.rows.into_iter().map(|row| {
        let FieldValue::Text(access) = &row.cells[0].value else { panic!("access is always said") };
        let at = if let FieldValue::Number(at) = row.cells[1].value { Some(at) } else { None };
        (row.id, access.clone(), at)
    });
    cells.collect()
}

async fn logged_in(desk: &TestDesk, user: Id, at: i64) {
    let sql = format!("UPDATE employer_user SET {}=? WHERE id=?", employer_user::LAST_LOG_IN.key);
    let parameters = [Sql::Int(at), Sql::Blob(user.bytes())];
    desk.database().write(|db| db.run(&sql, &parameters)).await.expect("written");
}

/// Linked by address, by a former one, by one that is now somebody else's, twice, not at all; with access and without.
async fn people(desk: &TestDesk) {
    for (name, at) in [("Ann", Some(1_000)), ("Bob", None), ("Cleo", Some(3_000)), ("Dora", None), ("Eve", Some(2_000))]
    {
        let mail = format!("{}@acme.example", name.to_lowercase());
        let contact = desk.add(name, "Lee", &mail).await.id;
        if name == "Dora" {
            continue;
        }
        let user = desk.user(&mail, "Default Access", name != "Bob").await;
        if let Some(at) = at {
            logged_in(desk, user, at).await;
        }
        if matches!(name, "Cleo" | "Eve") {
            desk.set(contact, "email", &mail, &format!("new.{mail}")).await;
        }
    }
    desk.add("Other", "Eve", "eve@acme.example").await;
    let twice = desk.user("ann@acme.example", "Default Access", false).await;
    logged_in(desk, twice, 9_000).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_and_orders_by_log_in_say_what_the_rows_say() {
    let desk = desk().await;
    people(&desk).await;
    let by_name = || vec![SortKey { field: "name".into(), descending: false }];
    let all = rows(&desk, Vec::new(), by_name()).await;
    let kinds: BTreeSet<&str> = all.iter().map(|(_, access, _)| access.as_str()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["none", "off", "on"]);
    let condition = |field: &str, op, values: &[&str]| Condition {
        field: field.into(),
        op,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let expect = |test: &dyn Fn(&str, Option<i64>) -> bool| {
        all.iter().filter(|(_, access, at)| test(access, *at)).cloned().collect::<Vec<_>>()
    };
    for access in ["none", "off", "on"] {
        let found = rows(&desk, vec![condition("access", FilterOp::Is, &[access])], by_name()).await;
        assert_eq!(found, expect(&|has, _| has == access), "{access}");
        let found = rows(&desk, vec![condition("access", FilterOp::IsNot, &[access])], by_name()).await;
        assert_eq!(found, expect(&|has, _| has != access), "not {access}");
    }
    let found = rows(&desk, vec![condition("last_log_in", FilterOp::IsEmpty, &[])], by_name()).await;
    assert_eq!(found, expect(&|_, at| at.is_none()));
    // Both at once, with the longest unheard of among them.
    let three = vec![
        condition("access", FilterOp::Is, &["on"]),
        condition("last_log_in", FilterOp::IsNotEmpty, &[]),
        condition("last_heard", FilterOp::IsNotEmpty, &[]),
    ];
    assert_eq!(rows(&desk, three, by_name()).await, expect(&|access, at| access == "on" && at.is_some()));
    let latest = vec![SortKey { field: "last_log_in".into(), descending: true }];
    let ordered: Vec<Option<i64>> = rows(&desk, Vec::new(), latest).await.into_iter().map(|(_, _, at)| at).collect();
    let mut wanted: Vec<Option<i64>> = all.iter().map(|(_, _, at)| *at).collect();
    wanted.sort_by_key(|at| std::cmp::Reverse(*at));
    assert_eq!(ordered, wanted, "whoever never logged in comes last");
    let by_access = vec![SortKey { field: "access".into(), descending: false }];
    let ordered = rows(&desk, Vec::new(), by_access).await;
    assert!(ordered.windows(2).all(|pair| pair[0].1 <= pair[1].1));
}
