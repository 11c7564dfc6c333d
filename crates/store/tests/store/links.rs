//! Which contact is linked to a user: SQL says what the domain says.

use crate::plain::{Plain, contact};
use liaison_domain::field::DELETED_AT;
use liaison_domain::id::IdSequence;
use liaison_domain::name::email_key;
use liaison_domain::{Id, OperationKind, Record, RecordKind, Value, contact as registry, employer_user};
use liaison_store::links;

const ADDRESSES: [&str; 3] = ["ann@x.example", "Bo@x.example", "cy@x.example"];

/// Contacts of few addresses, in an order of ids that is not that of their rows.
fn people() -> Vec<Record> {
    let mut people = Vec::new();
    for at in 0..27_u64 {
        let (own, former, trash) = (at % 4, at / 4 % 4, at % 5 == 0);
        let mut person = contact("Ann", "Lee");
        person.id = Id::from_parts(1_000 - at * 7 % 27, [at as u8; 10]);
        person.set(&registry::EMAIL, ADDRESSES.get(own as usize).copied().unwrap_or("dee@x.example"));
        let former: Vec<String> = ADDRESSES.get(former as usize).map(|at| at.to_lowercase()).into_iter().collect();
        person.set(&registry::FORMER_EMAILS, if former.is_empty() { Value::Empty } else { Value::List(former) });
        person.set(&DELETED_AT, if trash { Value::Moment(1) } else { Value::Empty });
        people.push(person);
    }
    people
}

#[tokio::test(flavor = "multi_thread")]
async fn sql_links_whom_the_domain_links() {
    let people = people();
    // With all contacts, and with ever fewer: so that also those by a former address are found.
    for from in [0, 20, 22, 24, 26] {
        let there = people[from..].to_vec();
        let plain = Plain::new().await;
        plain.create(&there.iter().collect::<Vec<_>>()).await;
        let mut ids = IdSequence::new(5, [5; 10]);
        for address in ADDRESSES {
            let mut user = Record::blank(RecordKind::EmployerUser, ids.next_id());
            user.set(&employer_user::EMAIL, address);
            let (id, key) = (user.id, email_key(address));
            plain.record(OperationKind::RecordsCreate, |recorder| recorder.create(&user)).await.expect("a user");
            let with = |of: &dyn Fn(&Record) -> bool| there.iter().filter(|one| of(one)).cloned().collect::<Vec<_>>();
            let by_address = with(&|one| email_key(one.text(&registry::EMAIL)) == key);
            let by_alias = with(&|one| registry::alias_keys(one).contains(&key));
            let expected = registry::linked(&by_address, &by_alias).map(|one| one.id);
            let found = plain.database.read(move |db| links::contact_of(db, id)).await.expect("read");
            assert_eq!(found, expected, "{address}, from {from}");
            // And of all users at once: whose profile is private is found by the same table.
            let private =
                plain.database.read(move |db| links::private_users(db, |linked| linked.is_some())).await.expect("read");
            let row = plain.database.read(move |db| liaison_store::table::get(db, RecordKind::EmployerUser, id)).await;
            let row = row.expect("a user").n as usize;
            assert_eq!(private.has(row), expected.is_none(), "{address}, from {from}");
        }
    }
}
