//! Who sees what (M12, M25, B5): lists, search, counts and profiles say what the rule says, for random contacts.

use crate::common::{TestDesk, change, desk, ids, only_problem, text};
use liaison_app::CommandError;
use liaison_app::lists::{Selection, WINDOW_MOST};
use liaison_app::{contacts, likeness, lists, notes, records, review, view_as};
use liaison_domain::filter::{Condition, ListQuery, SortKey};
use liaison_domain::refusal::Problem;
use liaison_domain::review::ReviewAction;
use liaison_domain::role::{self, PortalArea, Reach};
use liaison_domain::viewer::{Hidden, Standing, ViewAs, Viewer};
use liaison_domain::{Actor, Id, Record, RecordKind, StaffRole, Value, contact, employer_user, note, organization};
use liaison_queries::View;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::collections::BTreeSet;

/// Contacts of every approval, visibility, owner and employer, in random mixture, two of them "Nora".
async fn people(desk: &TestDesk, count: usize) -> (Vec<Id>, Vec<Id>) {
    let mut random = StdRng::seed_from_u64(12);
    let other = {
        let mut staff = Record::blank(RecordKind::Staff, desk.new_id());
        staff.set(&organization::STAFF_FIRST_NAME, "Otto");
        staff.set(&organization::STAFF_LAST_NAME, "Roe");
        staff.set(&organization::STAFF_ROLE, "advisor");
        desk.write(|recorder| recorder.create(&staff)).await;
        staff.id
    };
    let employers = [desk.add_employer("Acme").await, desk.add_employer("Labs").await];
    let owners = [Some(desk.actor().staff), Some(other), None];
    let now = desk.now() as i64;
    let mut made = Vec::new();
    let mut records = Vec::new();
    for n in 0..count {
        let mut record = Record::blank(RecordKind::Contact, desk.new_id());
        record.set(&liaison_domain::field::CREATED_AT, Value::Moment(now));
        record.set(&contact::FIRST_NAME, if n % 7 == 0 { "Nora" } else { "Ann" });
        record.set(&contact::LAST_NAME, format!("Lee{n}").as_str());
        record.set(&contact::EMAIL, format!("p{n}@x.example").as_str());
        record.set(&contact::HOME_PHONE, format!("555{n:07}").as_str());
        record.set(&contact::SOURCE, "admin");
        record.set(&contact::APPROVAL, contact::APPROVALS[random.random_range(0..3)]);
        record.set(&contact::VISIBILITY, contact::VISIBILITIES[random.random_range(0..3)]);
        if let Some(owner) = owners[random.random_range(0..3)] {
            record.set(&contact::OWNER, owner);
        }
        if random.random_bool(0.8) {
            record.set(&contact::EMPLOYER, employers[random.random_range(0..2)]);
        }
        if random.random_bool(0.1) {
            record.set(&liaison_domain::field::DELETED_AT, Value::Moment(now));
        }
        made.push(record.id);
        records.push(record);
    }
    desk.write(|recorder| records.iter().try_for_each(|record| recorder.create(record))).await;
    (made, employers.to_vec())
}

async fn listed(desk: &TestDesk, query: ListQuery) -> BTreeSet<Id> {
    let opened = lists::list_open(desk, query.clone()).await.expect("a list");
    assert_eq!(lists::list_count(desk, query).await, Ok(opened.total));
    let window = lists::list_window(desk, opened.result, 0, WINDOW_MOST, &[]).await.expect("a window");
    assert_eq!(window.rows.len(), opened.total as usize);
    window.rows.into_iter().map(|row| row.id).collect()
}

fn with_approval(approval: &str, search: &str) -> ListQuery {
    let mut query = ListQuery { search: search.into(), ..ListQuery::all(RecordKind::Contact) };
    query.filter.push(Condition::is(&contact::APPROVAL, approval));
    query
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_what_the_rule_says_in_lists_search_counts_and_profiles() {
    let desk = desk().await;
    let (everybody, _) = people(&desk, 150).await;
    let mut desk = desk;
    for role in [StaffRole::Administrator, StaffRole::Advisor, StaffRole::Viewer] {
        desk = desk.reopened(Some(role)).await;
        desk.engine().start_searching();
        let viewer = Viewer::Staff(desk.actor());
        let mut records = Vec::new();
        for id in &everybody {
            records.push(desk.record(RecordKind::Contact, *id).await);
        }
        let seen = |record: &Record| viewer.sees(&Standing::of(record)).is_ok();
        for approval in contact::APPROVALS {
            for search in ["", "nora"] {
                let expected: BTreeSet<Id> = records
                    .iter()
                    .filter(|record| seen(record) && !record.is_deleted())
                    .filter(|record| record.text(&contact::APPROVAL) == *approval)
                    .filter(|record| search.is_empty() || record.text(&contact::FIRST_NAME) == "Nora")
                    .map(|record| record.id)
                    .collect();
                // From the search index alone, and from the tables.
                assert_eq!(listed(&desk, with_approval(approval, search)).await, expected, "{role:?} {approval}");
                let mut by_title = with_approval(approval, search);
                by_title.sort.push(SortKey { field: "title".into(), descending: false });
                assert_eq!(listed(&desk, by_title).await, expected, "{role:?} {approval}");
            }
        }
        let waiting = records.iter().filter(|record| {
            seen(record) && !record.is_deleted() && record.text(&contact::APPROVAL) == contact::PENDING
        });
        assert_eq!(lists::queue_count(&desk).await, Ok(waiting.count() as u32));
        for record in &records {
            let profile = contacts::contact_get(&desk, record.id).await;
            assert_eq!(profile.is_ok(), seen(record), "{role:?}");
            assert_eq!(records::record_get(&desk, RecordKind::Contact, record.id).await.is_ok(), seen(record));
            assert_eq!(notes::notes_list(&desk, record.id, None, 50).await.is_ok(), seen(record));
            if let Some(employer) = profile.ok().and_then(|profile| profile.employer) {
                let mut of_employer = ListQuery::all(RecordKind::Contact);
                of_employer.filter.push(Condition::is(&contact::EMPLOYER, &employer.id.to_string()));
                assert_eq!(
                    lists::list_count(&desk, of_employer).await,
                    Ok(employer.contacts),
                    "the count is its list's"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_can_be_neither_changed_nor_found_by_its_notes() {
    let desk = desk().await;
    let (everybody, _) = people(&desk, 60).await;
    let mut hidden = None;
    for id in everybody {
        let record = desk.record(RecordKind::Contact, id).await;
        let other = record.get(&contact::OWNER).as_reference() != Some(desk.actor().staff);
        if record.text(&contact::VISIBILITY) == contact::MYSELF && other && !record.is_deleted() {
            hidden = Some(id);
        }
    }
    let hidden = hidden.expect("somebody hidden");
    notes::note_add(&desk, hidden, "Between us.").await.expect("an administrator's note");
    let notes = ListQuery { sort: Vec::new(), ..ListQuery::all(RecordKind::Note) };
    assert_eq!(lists::list_count(&desk, notes.clone()).await, Ok(1));
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    assert_eq!(lists::list_count(&desk, notes).await, Ok(0));
    let not_there = |refused: Result<(), CommandError>| assert_eq!(refused, Err(CommandError::not_found("contact")));
    not_there(contacts::contact_edit(&desk, hidden, &[change("title", "", "Dean")]).await.map(|_| ()));
    not_there(notes::note_add(&desk, hidden, "Me too.").await.map(|_| ()));
    not_there(likeness::contact_likenesses(&desk, hidden).await.map(|_| ()));
    not_there(view_as::view_as_profile(&desk, ViewAs::Student, hidden).await.map(|_| ()));
    let chosen = review::contacts_review_preview(&desk, &ids(&[hidden]), ReviewAction::Reject).await;
    assert!(chosen.is_err());
    // An administrator makes it visible: the next list has it.
    let count = lists::list_count(&desk, with_approval("approved", "")).await.expect("a count");
    let desk = desk.reopened(Some(StaffRole::Administrator)).await;
    let approval = desk.approval(hidden).await;
    if approval == contact::REJECTED {
        review::contacts_review(&desk, &ids(&[hidden]), ReviewAction::Approve, &mut crate::common::go_on)
            .await
            .expect("approved");
    }
    desk.set(hidden, "visibility", contact::MYSELF, contact::STUDENTS).await;
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let more = u32::from(approval != contact::PENDING);
    assert_eq!(lists::list_count(&desk, with_approval("approved", "")).await, Ok(count + more));
    assert!(contacts::contact_get(&desk, hidden).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_open_shows_nothing_that_was_hidden_since() {
    let desk = desk().await;
    let ann = desk.add("Ann", "Lee", "ann@x.example").await.id;
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let opened = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    assert_eq!(opened.total, 1);
    // Her own, hidden from nobody else yet; then somebody else's.
    desk.set(ann, "visibility", contact::CAREER_ADVISORS, contact::MYSELF).await;
    let rows = |opened: u32| {
        let desk = &desk;
        async move { lists::list_window(desk, opened, 0, 10, &[]).await.expect("a window").rows.len() }
    };
    assert_eq!(rows(opened.result).await, 1);
    let owner = desk.actor().staff.to_string();
    let edit = liaison_domain::edit::FieldEdit {
        field: "owner".into(),
        before: text(&owner),
        after: liaison_domain::parse::FieldValue::Empty(()),
    };
    contacts::contact_edit(&desk, ann, &[edit]).await.expect("given away");
    assert_eq!(rows(opened.result).await, 0);
    let selection = Selection::Result { result: opened.result, except: Vec::new() };
    let cannot = review::contacts_review_preview(&desk, &selection, ReviewAction::Reject).await;
    assert!(matches!(cannot, Err(CommandError::Denied { .. })), "an advisor does not review");
}

#[tokio::test(flavor = "multi_thread")]
async fn viewing_as_somebody_shows_what_the_rule_says() {
    let desk = desk().await;
    let (everybody, employers) = people(&desk, 150).await;
    desk.engine().start_searching();
    let employer = employers[0];
    let role = |permissions: &[&str]| {
        let mut role = Record::blank(RecordKind::Role, desk.new_id());
        role.set(&role::NAME, format!("With {}", permissions.len()).as_str());
        role.set(&role::PERMISSIONS, Value::List(permissions.iter().map(|key| (*key).to_owned()).collect()));
        role
    };
    let (seeing, blind) = (role(&["view_contacts_of_employer"]), role(&[]));
    let mut user = Record::blank(RecordKind::EmployerUser, desk.new_id());
    user.set(&employer_user::FIRST_NAME, "Uma");
    user.set(&employer_user::EMPLOYER, employer);
    user.set(&employer_user::ROLE, seeing.id);
    user.set(&employer_user::ACCESS, true);
    let mut locked_out = user.clone();
    locked_out.id = desk.new_id();
    locked_out.set(&employer_user::ACCESS, false);
    let made = [&seeing, &blind, &user, &locked_out];
    desk.write(|recorder| made.into_iter().try_for_each(|record| recorder.create(record))).await;
    let colleague = Viewer::EmployerUser { employer };
    let views = [
        (ViewAs::Student, Viewer::Student),
        (ViewAs::Advisor, Viewer::Advisor),
        (ViewAs::EmployerUser { employer }, colleague),
        (ViewAs::User { user: user.id }, colleague),
        (ViewAs::User { user: locked_out.id }, Viewer::NoContacts(Hidden::NoAccess)),
        (ViewAs::Role { role: seeing.id, employer }, colleague),
        (ViewAs::Role { role: blind.id, employer }, Viewer::NoContacts(Hidden::NotInRole)),
    ];
    let portal = view_as::view_as_portal(&desk, ViewAs::User { user: user.id }).await.expect("read").expect("a user");
    assert_eq!((portal.employer_name.as_deref(), portal.role.as_deref()), (Some("Acme"), Some("With 1")));
    assert!(portal.sees.iter().any(|sight| sight.area == PortalArea::People && sight.reach == Reach::Look));
    assert_eq!(view_as::view_as_portal(&desk, ViewAs::Student).await.expect("read"), None);
    for (view, viewer) in views {
        let mut expected = BTreeSet::new();
        for id in &everybody {
            let record = desk.record(RecordKind::Contact, *id).await;
            let rule = viewer.sees(&Standing::of(&record));
            let profile = view_as::view_as_profile(&desk, view, *id).await.expect("a profile");
            assert_eq!(profile.hidden, rule.err());
            assert_eq!(profile.values.is_empty(), rule.is_err());
            for key in profile.values.keys() {
                assert!(viewer.sees_field(RecordKind::Contact.field(key).expect("a field")), "{key}");
            }
            if rule.is_ok() {
                expected.insert(*id);
                assert_eq!(profile.values.contains_key("home_phone"), view == ViewAs::Advisor);
            }
        }
        let open = async |search: &str| {
            let query = ListQuery { search: search.into(), ..ListQuery::all(RecordKind::Contact) };
            let opened = view_as::view_as_open(&desk, view, query).await.expect("a list");
            let columns = ["email".to_owned()];
            let window =
                view_as::view_as_window(&desk, view, opened.result, 0, WINDOW_MOST, &columns).await.expect("a window");
            assert_eq!(window.rows.len(), opened.total as usize);
            window.rows.into_iter().map(|row| row.id).collect::<BTreeSet<Id>>()
        };
        assert_eq!(open("").await, expected);
        assert_eq!(expected.is_empty(), matches!(viewer, Viewer::NoContacts(_)));
        // A phone at home is no way to find somebody who does not show it.
        let home = if view == ViewAs::Advisor { expected.clone() } else { BTreeSet::new() };
        assert_eq!(open("555").await, home);
        assert_eq!(open("ann nowhere").await, BTreeSet::new());
        let noras: BTreeSet<Id> = expected
            .iter()
            .copied()
            .filter(|id| everybody.iter().position(|other| other == id).expect("one") % 7 == 0)
            .collect();
        assert_eq!(open("NORA").await, noras);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_somebody_does_not_see_cannot_be_asked_for() {
    let desk = desk().await;
    let ann = desk.add("Ann", "Lee", "ann@x.example").await.id;
    let mut by_label = ListQuery::all(RecordKind::Contact);
    by_label.filter.push(Condition::is(&contact::LABELS, "VIP"));
    let problem = only_problem(view_as::view_as_open(&desk, ViewAs::Student, by_label.clone()).await);
    assert_eq!(problem, ("labels".into(), Problem::UnknownField));
    let all = view_as::view_as_open(&desk, ViewAs::Advisor, by_label).await.expect("advisors see labels");
    assert_eq!(all.total, 0);
    let opened =
        view_as::view_as_open(&desk, ViewAs::Advisor, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    assert_eq!(opened.total, 1);
    let columns = ["a1000".to_owned()];
    let refused = view_as::view_as_window(&desk, ViewAs::Student, opened.result, 0, 10, &columns).await;
    assert_eq!(only_problem(refused), ("a1000".into(), Problem::UnknownField), "custom attributes are for staff");
    assert!(view_as::view_as_window(&desk, ViewAs::Advisor, opened.result, 0, 10, &columns).await.is_ok());
    let fields = view_as::view_as_fields(&desk, ViewAs::Student);
    assert!(fields.contains(&"work_phone".to_owned()) && !fields.contains(&"mobile_phone".to_owned()));
    let reason = view_as::view_as_profile(&desk, ViewAs::Student, ann).await.expect("a profile");
    assert_eq!((reason.name.as_str(), reason.hidden), ("Ann Lee", Some(Hidden::AdvisorsOnly)));
    let nowhere = view_as::view_as_profile(&desk, ViewAs::EmployerUser { employer: desk.new_id() }, ann).await;
    assert_eq!(nowhere.expect("a profile").hidden, Some(Hidden::NoEmployer));
    let employers = view_as::view_as_open(&desk, ViewAs::Student, ListQuery::all(RecordKind::Employer)).await;
    assert!(matches!(employers, Err(CommandError::NotFound { .. })));
    // Notes are not among the values of anybody.
    notes::note_add(&desk, ann, "Likes tea.").await.expect("a note");
    let shown = view_as::view_as_profile(&desk, ViewAs::Advisor, ann).await.expect("a profile").values;
    assert!(!shown.contains_key(note::TEXT.key));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_has_the_same_records_by_id_and_by_row_whoever_looks() {
    let desk = desk().await;
    let (everybody, employers) = people(&desk, 60).await;
    for id in &everybody {
        // In the trash are some of them, and nobody writes notes there.
        if !desk.record(RecordKind::Contact, *id).await.is_deleted() {
            notes::note_add(&desk, *id, "Met at the fair.").await.expect("a note");
        }
    }
    let advisor = Viewer::Staff(Actor::with_role(desk.actor().staff, StaffRole::Advisor));
    let user = Viewer::EmployerUser { employer: employers[0] };
    for viewer in [desk.viewer(), advisor, user, Viewer::Student, Viewer::Advisor] {
        let compared = desk.database().read(|db| {
            let view = View::new(db, viewer);
            for kind in [RecordKind::Contact, RecordKind::Note] {
                let hidden = view.hidden_rows(kind)?;
                let sql = format!("SELECT n,id FROM {}", kind.key());
                for (n, id) in db.all(&sql, &[], |row| Ok((row.int(0), row.id(1)?)))? {
                    let by_row = hidden.as_ref().is_some_and(|hidden| hidden.has(n as usize));
                    assert_eq!(by_row, view.is_hidden(kind, id)?, "{viewer:?} {kind:?}");
                    assert_eq!(by_row, view.find(kind, id)?.is_none(), "{viewer:?} {kind:?}");
                    assert!(!by_row || view.name_of(kind, id)?.is_none(), "no name of what is hidden");
                }
            }
            Ok(())
        });
        compared.await.expect("read");
    }
}
