//! Employers that somebody named in the portal: what the desk shows of them, and what people say about them.

use crate::common::{TestDesk, change, desk, go_on, ids};
use liaison_app::claims::{self, Claim};
use liaison_app::{CommandError, contacts, employers, lists, merge, review, roles, sample, undo};
use liaison_domain::edit::FieldEdit;
use liaison_domain::employer_match::EmployerLikeness;
use liaison_domain::field::CREATED_AT;
use liaison_domain::filter::{Condition, ListQuery};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, OperationKind, Record, RecordKind, Value, arrival, contact, employer, employer_user};

/// What the portal writes where somebody signs up: contact, user and an employer that is claimed.
async fn signed_up(desk: &TestDesk, address: &str, name: &str) -> (Id, Id) {
    let mut claimed = Record::blank(RecordKind::Employer, desk.new_id());
    claimed.set(&employer::NAME, name);
    claimed.set(&employer::CONFIRMATION, employer::CLAIMED);
    let mut person = Record::blank(RecordKind::Contact, desk.new_id());
    person.set(&CREATED_AT, Value::Moment(desk.now() as i64));
    person.set(&contact::FIRST_NAME, "Dana");
    person.set(&contact::LAST_NAME, "Reyes");
    person.set(&contact::EMAIL, address);
    person.set(&contact::EMPLOYER, claimed.id);
    arrival::sign_up(&mut person);
    let role = roles::role_named(desk, "Default Access").await.expect("a role");
    let user = arrival::user_of(&person, desk.new_id(), desk.now() as i64, role);
    desk.write_as(OperationKind::PortalSignUp, |recorder| {
        recorder.create(&claimed)?;
        recorder.create(&person)?;
        recorder.create(&user)
    })
    .await;
    (person.id, claimed.id)
}

async fn claim(desk: &TestDesk, person: Id) -> Option<Claim> {
    claims::contact_evidence(desk, person).await.expect("evidence").claim
}

async fn domains(desk: &TestDesk, employer: Id, domains: &[&str]) -> Result<(), CommandError> {
    let after = FieldValue::List(domains.iter().map(|domain| (*domain).to_owned()).collect());
    let edit = FieldEdit { field: "email_domains".into(), before: FieldValue::Empty(()), after };
    employers::employer_edit(desk, employer, &[edit]).await.map(drop)
}

/// The employers that a file means by a name.
fn employers_named(db: &liaison_store::Db<'_>, name: &str) -> Result<Vec<Id>, liaison_store::StoreError> {
    let matching = liaison_queries::employers::matching(db, name)?;
    let all = liaison_queries::employers::by_match_key(db)?;
    let key = liaison_domain::employer_name::employer_match_key(name);
    assert_eq!(all.get(&key), matching.first(), "both ways are one");
    Ok(matching)
}

/// The employers that fulfil a condition.
async fn listed(desk: &TestDesk, condition: Condition) -> Vec<Id> {
    let query = ListQuery { filter: vec![condition], ..ListQuery::all(RecordKind::Employer) };
    let opened = lists::list_open(desk, query).await.expect("a list");
    let rows = lists::list_window(desk, opened.result, 0, 100, &[]).await.expect("rows").rows;
    lists::list_close(desk, opened.result);
    rows.into_iter().map(|row| row.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_speaks_for_a_claimed_employer_is_shown_and_people_decide() {
    let desk = desk().await;
    let acme = desk.add_employer("Acme, Inc.").await;
    let ann = desk.add("Ann", "Lee", "ann@eu.acme.example").await.id;
    desk.set(ann, "employer", "", &acme.to_string()).await;
    desk.add_employer("Bolt").await;
    let (dana, claimed) = signed_up(&desk, "dana@acme.example", "Acme").await;

    let evidence = claims::contact_evidence(&desk, dana).await.expect("evidence");
    assert!(evidence.proven_at.is_some() && !evidence.free_mail);
    let shown = evidence.claim.expect("a claim");
    assert_eq!((shown.employer, shown.name.as_str(), shown.like.len()), (claimed, "Acme", 1));
    assert_eq!((shown.like[0].id, shown.like[0].contacts), (acme, 1));
    assert_eq!(shown.like[0].why, [EmployerLikeness::People, EmployerLikeness::SimilarName]);
    assert_eq!(claims::employer_claim(&desk, claimed).await.expect("a claim"), Some(shown), "the same on its page");
    assert_eq!(claims::employer_claim(&desk, acme).await.expect("none"), None);

    // The same employer: one merge, undone in one step.
    let merged = merge::employers_merge(&desk, acme, &[claimed], &Default::default()).await.expect("a merge");
    assert_eq!(claim(&desk, dana).await, None);
    let user = |record: Record| record.get(&employer_user::EMPLOYER).as_reference();
    let users = desk.live(RecordKind::EmployerUser).await;
    assert_eq!(users.into_values().map(user).collect::<Vec<_>>(), [Some(acme)]);
    let operation = merged.operation.expect("an operation");
    undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert_eq!(claim(&desk, dana).await.map(|claim| claim.employer), Some(claimed));

    // Or a new one.
    let confirmed = claims::employer_confirm(&desk, claimed).await.expect("confirmed");
    assert_eq!((confirmed.changed, claim(&desk, dana).await), (1, None));
    assert_eq!(claims::employer_confirm(&desk, claimed).await.expect("nothing to do").changed, 0);
    let operation = confirmed.operation.expect("an operation");
    undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert!(claim(&desk, dana).await.is_some());

    // Two of one name could not be told apart: it is the one there is, or gets another name.
    let (_, second) = signed_up(&desk, "eve@other.example", "ACME inc").await;
    let refused = claims::employer_confirm(&desk, second).await.expect_err("the name is taken");
    let CommandError::Validation { fields } = refused else { panic!("{refused:?}") };
    assert_eq!((fields[0].field.as_str(), &fields[0].problem), ("name", &Problem::NameTaken));
    employers::employer_edit(&desk, second, &[change("name", "ACME inc", "Acme East")]).await.expect("another name");
    assert_eq!(claims::employer_confirm(&desk, second).await.expect("confirmed").changed, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_proven_as_long_as_it_is_the_one() {
    let desk = desk().await;
    let (dana, _) = signed_up(&desk, "dana@gmail.com", "Acme").await;
    let evidence = claims::contact_evidence(&desk, dana).await.expect("evidence");
    assert!(evidence.free_mail && evidence.proven_at.is_some());
    desk.set(dana, "email", "dana@gmail.com", "dana@acme.example").await;
    assert_eq!(claims::contact_evidence(&desk, dana).await.expect("evidence").proven_at, None);
    let ann = desk.add("Ann", "Lee", "ann@acme.example").await.id;
    let typed = claims::contact_evidence(&desk, ann).await.expect("evidence");
    assert_eq!((typed.proven_at, typed.free_mail, typed.claim), (None, false, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_pickers_tell_claimed_employers_from_others() {
    let desk = desk().await;
    let acme = desk.add_employer("Acme").await;
    let (dana, claimed) = signed_up(&desk, "dana@acme.example", "Acme").await;
    for (condition, expected) in [
        (Condition::is(&employer::CONFIRMATION, employer::CLAIMED), vec![claimed]),
        (Condition::is_not(&employer::CONFIRMATION, employer::CONFIRMED), vec![claimed]),
        (Condition::is(&employer::CONFIRMATION, employer::CONFIRMED), vec![acme]),
        (Condition::is_not(&employer::CONFIRMATION, employer::CLAIMED), vec![acme]),
    ] {
        assert_eq!(listed(&desk, condition.clone()).await, expected, "{condition:?}");
    }
    let found = employers::employers_suggest(&desk, "acme").await.expect("employers");
    let mut found: Vec<(Id, bool)> = found.into_iter().map(|brief| (brief.id, brief.claimed)).collect();
    found.sort_unstable();
    let mut expected = [(acme, false), (claimed, true)];
    expected.sort_unstable();
    assert_eq!(found, expected);
    let profile = contacts::contact_get(&desk, dana).await.expect("a profile");
    assert!(profile.employer.expect("an employer").claimed);
    for (kind, columns, record) in
        [(RecordKind::Contact, vec!["employer".to_owned()], dana), (RecordKind::Employer, vec![], claimed)]
    {
        let mut query = ListQuery::all(kind);
        if kind == RecordKind::Contact {
            query.filter.push(Condition::is(&contact::APPROVAL, contact::PENDING));
        }
        let opened = lists::list_open(&desk, query).await.expect("a list");
        let rows = lists::list_window(&desk, opened.result, 0, 100, &columns).await.expect("rows").rows;
        let marked: Vec<Id> = rows.iter().filter(|row| row.claimed == [claimed]).map(|row| row.id).collect();
        assert_eq!(marked, [record], "{kind:?}: {rows:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_claims_a_name_gets_nothing_that_is_meant_for_who_has_it() {
    let desk = desk().await;
    let (_, claimed) = signed_up(&desk, "dana@acme.example", "Acme").await;
    let (_, nowhere) = signed_up(&desk, "eve@evil.example", employer::INACTIVE).await;
    let named = desk.read(|view| {
        let db = view.everything();
        Ok((employers_named(db, "Acme")?, employers_named(db, employer::INACTIVE)?))
    });
    assert_eq!(named.await.expect("read"), (vec![], vec![]));
    claims::employer_confirm(&desk, claimed).await.expect("confirmed");
    assert_eq!(desk.read(|view| employers_named(view.everything(), "Acme")).await.expect("read"), [claimed]);
    let inactive = desk.read(|view| liaison_queries::employers::inactive(view.everything())).await.expect("read");
    assert_ne!(inactive, Some(nowhere));
}

#[tokio::test(flavor = "multi_thread")]
async fn domains_are_suggested_and_only_good_ones_are_taken() {
    let desk = desk().await;
    let acme = desk.add_employer("Acme").await;
    for (name, address) in [("Ann", "ann@acme.example"), ("Ben", "ben@acme.example"), ("Cy", "cy@gmail.com")] {
        let id = desk.add(name, "Lee", address).await.id;
        desk.set(id, "employer", "", &acme.to_string()).await;
    }
    // Whoever waits says nothing for the employer.
    let eve = desk.add("Eve", "Lee", "eve@evil.example").await.id;
    desk.set(eve, "employer", "", &acme.to_string()).await;
    review::contacts_review(&desk, &ids(&[eve]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let suggested = || async { claims::employer_domains_suggested(&desk, acme).await.expect("domains") };
    assert_eq!(suggested().await, ["acme.example"]);
    employers::employer_edit(&desk, acme, &[change("website", "", "https://www.acme.com")]).await.expect("an edit");
    assert_eq!(suggested().await, ["acme.com", "acme.example"]);
    for wrong in ["gmail.com", "mail.acme.com", "com", "acme"] {
        let refused = domains(&desk, acme, &[wrong]).await.expect_err("no domain of its own");
        let CommandError::Validation { fields } = refused else { panic!("{refused:?}") };
        assert_eq!((fields[0].field.as_str(), &fields[0].problem), ("email_domains", &Problem::NotAnOwnDomain));
    }
    domains(&desk, acme, &["acme.com"]).await.expect("taken");
    assert_eq!(suggested().await, ["acme.example"]);
    let (_, claimed) = signed_up(&desk, "dana@acme.example", "Acme").await;
    assert_eq!(claims::employer_domains_suggested(&desk, claimed).await.expect("domains"), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_of_a_whole_desk_has_two_claims() {
    let desk = desk().await;
    let done = sample::sample_create(&desk, 1_000, 7, &mut go_on).await.expect("sample data");
    let claimed = listed(&desk, Condition::is(&employer::CONFIRMATION, employer::CLAIMED)).await;
    assert_eq!((claimed.len(), desk.live(RecordKind::Employer).await.len()), (2, done.employers as usize));
    let mut like = 0;
    for id in claimed {
        like += claims::employer_claim(&desk, id).await.expect("a claim").expect("claimed").like.len().min(1);
    }
    assert_eq!(like, 2, "one has the name of an employer, one is new, and its people have the domain of another");
}
