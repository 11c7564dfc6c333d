//! "Person left", job moves, employment history, aliases, primary contacts, AutoSync (M17, M19, M24, M45, B3).

use crate::archive::{comes_back, dana, revival, state};
use crate::common::{change, desk, go_on, ids, only_problem, text, values};
use liaison_app::CommandError;
use liaison_app::archive::Revival;
use liaison_app::contact_choices::{ChoiceReason, ChoicesNear};
use liaison_app::contacts::AccessChip;
use liaison_app::person_left::{JobMove, MoveTo, PersonLeft};
use liaison_app::rehearsal::Rehearsed;
use liaison_app::{
    archive, auto_sync, contact_choices, contacts, employers, employments, history, import, person_left, review, roles,
    trash, undo,
};
use liaison_domain::archive::{AccessStep, ArchiveWay};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, StaffRole, Value, contact, employer, employer_user};
use std::collections::HashMap;

fn left(contact: Id, directory: Option<ArchiveWay>, access: Option<AccessStep>) -> PersonLeft {
    PersonLeft { contact, directory, access, left_on: None }
}

/// Every field a preview names, of every record: kind, field, value afterwards in words.
fn said(rehearsed: &Rehearsed) -> Vec<(String, String, String)> {
    let words = |cell: &liaison_app::names::Cell| match (&cell.text, &cell.value) {
        (Some(text), _) => text.clone(),
        (None, FieldValue::Text(text)) => text.clone(),
        (None, value) => format!("{value:?}"),
    };
    let of = |change: &liaison_app::names::RecordChange| {
        let kind = change.kind.key();
        change.fields.iter().map(|f| (kind.to_owned(), f.field.clone(), words(&f.after))).collect::<Vec<_>>()
    };
    rehearsed.changes.iter().flat_map(of).collect()
}

/// The two switches are separate: each does its own, both do both, and the preview says exactly what happens.
#[tokio::test(flavor = "multi_thread")]
async fn the_directory_and_the_access_are_two_switches() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    let denied = roles::role_named(&desk, "Denied Access Role").await.expect("a role");
    let beginning = state(&desk).await;
    let ways = [None, Some(ArchiveWay::Employer), Some(ArchiveWay::Attribute), Some(ArchiveWay::Reject)];
    for way in ways {
        for access in [None, Some(AccessStep::TurnOff), Some(AccessStep::Role { role: denied })] {
            let request = left(dana, way, access);
            let rehearsed = person_left::person_left_preview(&desk, &request).await.expect("a preview");
            assert_eq!(state(&desk).await, beginning, "a preview changes nothing");
            let done = person_left::person_left(&desk, &request).await.expect("done");
            assert_eq!((done.changed == 1, done.users == 1), (way.is_some(), access.is_some()));
            let profile = contacts::contact_get(&desk, dana).await.expect("a profile");
            let user = profile.user.expect("still linked");
            assert_eq!(rehearsed.user.as_ref(), Some(&user), "said before");
            assert_eq!(user.access, access != Some(AccessStep::TurnOff));
            assert_eq!(user.role == "Denied Access Role", matches!(access, Some(AccessStep::Role { .. })));
            assert_eq!(profile.frozen, way == Some(ArchiveWay::Reject));
            let Some(operation) = done.operation else {
                assert!(rehearsed.changes.is_empty());
                continue;
            };
            let page = history::history_changes(&desk, operation, 0, 200).await.expect("changes");
            assert_eq!(page.changes, rehearsed.total);
            // Records changed alike stand together there.
            let alike = page.groups.iter().flat_map(|g| vec![(g.kind, g.fields.len()); g.count as usize]);
            let mut done_so: Vec<_> = alike.collect();
            let mut said: Vec<_> = rehearsed.changes.iter().map(|c| (c.kind, c.fields.len())).collect();
            done_so.sort_unstable();
            said.sort_unstable();
            assert_eq!(done_so, said);
            comes_back(&desk, operation, &beginning).await;
            let again =
                history::history_list(&desk, &liaison_app::history::HistoryQuery { limit: 1, ..Default::default() })
                    .await;
            let redo = again.expect("a history").rows[0].id;
            undo::undo(&desk, redo, UndoMode::KeepLaterChanges, &mut go_on).await.expect("an undo");
            assert_eq!(state(&desk).await, beginning);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn turning_access_off_needs_its_own_permission_also_to_take_it_back() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    let request = left(dana, None, Some(AccessStep::TurnOff));
    let operation = person_left::person_left(&desk, &request).await.expect("done").operation.expect("an operation");
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let denied = Some(CommandError::Denied { permission: "manage_access".into() });
    assert_eq!(person_left::person_left(&desk, &request).await.err(), denied);
    assert_eq!(person_left::person_left_preview(&desk, &request).await.err(), denied);
    assert_eq!(undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.err(), denied);
    person_left::person_left(&desk, &left(dana, Some(ArchiveWay::Attribute), None))
        .await
        .expect("the directory alone is an edit");
}

fn moved(contact: Id, to: MoveTo) -> JobMove {
    JobMove { contact, to, values: HashMap::new(), user_email: false, user_employer: false, moved_on: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_move_keeps_history_former_employer_and_old_address() {
    let desk = desk().await;
    let (dana, acme) = dana(&desk).await;
    employments::contact_toggle_primary(&desk, dana).await.expect("primary");
    let beginning = state(&desk).await;
    let mut request = moved(dana, MoveTo::New { name: "Beta Labs".into() });
    request.values = values(&[("title", "Head of Talent"), ("email", "dana@beta.example"), ("work_phone", "555 0100")]);
    let rehearsed = person_left::job_move_preview(&desk, &request).await.expect("a preview");
    assert!(rehearsed.user.is_some(), "the log-in keeps the old address, now a former one of hers: still linked");
    let said = said(&rehearsed);
    for expected in [
        ("contact", "employer", "Beta Labs"),
        ("contact", "email", "dana@beta.example"),
        ("contact", "title", "Head of Talent"),
        ("contact", "work_phone", "555 0100"),
        ("employment", "employer", "Acme"),
        ("employment", "title", "Recruiter"),
        ("employment", "email", "dana@acme.example"),
        ("employer", "primary_contact", "Empty(())"),
    ] {
        assert!(
            said.iter().any(|(k, f, v)| (k.as_str(), f.as_str(), v.as_str()) == expected),
            "{expected:?}: {said:?}"
        );
    }
    let done = person_left::job_move(&desk, &request).await.expect("moved");
    assert_eq!((done.changed, done.users), (1, 0));
    let record = desk.record(RecordKind::Contact, dana).await;
    assert_eq!(record.get(&contact::FORMER_EMAILS), &Value::List(vec!["dana@acme.example".into()]));
    let history = employments::contact_employments(&desk, dana).await.expect("a history");
    assert_eq!(history.len(), 2);
    assert_eq!((history[0].employer_name.as_str(), history[0].current), ("Beta Labs", true));
    assert!(history[0].started_on.is_some() && history[1].ended_on == history[0].started_on);
    assert_eq!(employers::employer_get(&desk, acme).await.expect("an employer").former, 1);
    assert_eq!(employers::employer_get(&desk, acme).await.expect("an employer").primary_contact, None, "M17");
    comes_back(&desk, done.operation.expect("an operation"), &beginning).await;
    // The way back: the address is no alias of itself, and Acme lasts again.
    let mut back = moved(dana, MoveTo::Existing { id: acme });
    back.values = values(&[("email", "dana@acme.example")]);
    person_left::job_move(&desk, &back).await.expect("moved back");
    let record = desk.record(RecordKind::Contact, dana).await;
    assert_eq!(record.get(&contact::FORMER_EMAILS), &Value::List(vec!["dana@beta.example".into()]));
    let profile = contacts::contact_get(&desk, dana).await.expect("a profile");
    assert!(matches!(profile.chips.access, AccessChip::On { .. }), "the same address links again (M45)");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_move_takes_the_user_along_only_where_asked() {
    let desk = desk().await;
    let (dana, acme) = dana(&desk).await;
    let beta = desk.add_employer("Beta").await;
    let beginning = state(&desk).await;
    let mut request = moved(dana, MoveTo::Existing { id: beta });
    request.values = values(&[("email", "dana@beta.example")]);
    (request.user_email, request.user_employer) = (true, true);
    let rehearsed = person_left::job_move_preview(&desk, &request).await.expect("a preview");
    assert_eq!(
        rehearsed.user.map(|user| (user.email, user.employer)),
        Some(("dana@beta.example".into(), Some("Beta".into())))
    );
    let done = person_left::job_move(&desk, &request).await.expect("moved");
    assert_eq!((done.changed, done.users), (1, 1));
    comes_back(&desk, done.operation.expect("an operation"), &beginning).await;
    let users = desk.live(RecordKind::EmployerUser).await;
    let user = users.values().next().expect("a user");
    assert_eq!(user.text(&employer_user::EMAIL), "dana@beta.example");
    assert!(user.get(&employer_user::ACCESS).as_flag(), "access is another matter");
    // Refused as a whole: an address somebody else has, an employer that is gone, nothing at all.
    desk.add("Cy", "Fox", "cy@fox.example").await;
    let before = state(&desk).await;
    let mut taken = moved(dana, MoveTo::Existing { id: acme });
    taken.values = values(&[("email", "CY@fox.example")]);
    assert_eq!(only_problem(person_left::job_move(&desk, &taken).await).0, "email");
    assert_eq!(
        only_problem(person_left::job_move(&desk, &moved(dana, MoveTo::New { name: "  ".into() })).await).0,
        "employer"
    );
    assert_eq!(
        only_problem(person_left::job_move(&desk, &moved(dana, MoveTo::Existing { id: dana })).await).0,
        "employer"
    );
    let mut wrong = moved(dana, MoveTo::New { name: "Gamma".into() });
    wrong.values = HashMap::from([("approval".to_owned(), text("rejected"))]);
    assert_eq!(only_problem(person_left::job_move(&desk, &wrong).await).0, "approval");
    assert_eq!(state(&desk).await, before, "no employer was left behind either");
}

/// One value on the employer: choosing another replaces the first, choosing again takes it away; whoever leaves, or
/// goes to the trash, is primary no longer (M17).
#[tokio::test(flavor = "multi_thread")]
async fn at_most_one_primary_contact_and_always_one_of_its_own() {
    let desk = desk().await;
    let (dana, acme) = dana(&desk).await;
    let mut form = values(&[("first_name", "Bo"), ("last_name", "Lee"), ("email", "bo@acme.example")]);
    form.insert("employer".into(), text(&acme.to_string()));
    let bo = contacts::contact_create(&desk, &form).await.expect("a contact").id;
    let primary = async || desk.record(RecordKind::Employer, acme).await.get(&employer::PRIMARY_CONTACT).as_reference();
    for (who, expected) in [(dana, Some(dana)), (bo, Some(bo)), (bo, None), (dana, Some(dana))] {
        let before = state(&desk).await;
        let done = employments::contact_toggle_primary(&desk, who).await.expect("toggled");
        assert_eq!(primary().await, expected);
        comes_back(&desk, done.operation.expect("an operation"), &before).await;
    }
    assert!(contacts::contact_get(&desk, dana).await.expect("a profile").is_primary);
    let beta = desk.add_employer("Beta").await;
    let before = state(&desk).await;
    let gone = desk.set(dana, "employer", &acme.to_string(), &beta.to_string()).await;
    assert_eq!(primary().await, None, "an edit is a way to leave, too");
    comes_back(&desk, gone, &before).await;
    let moved_away = desk.number("SELECT count(*) FROM employer WHERE primary_contact IS NOT NULL").await;
    assert_eq!(moved_away, 0);
    employments::contact_toggle_primary(&desk, bo).await.expect("toggled");
    let before = state(&desk).await;
    let deleted = trash::delete(&desk, RecordKind::Contact, &ids(&[bo]), &mut go_on).await.expect("deleted");
    assert_eq!(primary().await, None);
    comes_back(&desk, deleted.operation.expect("an operation"), &before).await;
    let alone = desk.add("No", "Body", "no@body.example").await.id;
    assert_eq!(only_problem(employments::contact_toggle_primary(&desk, alone).await).0, "employer");
}

/// On: the employer's shared fields and the user's names carry over, at once and from then on, in the same operation.
/// Off, or rejected: they don't (M19, M27).
#[tokio::test(flavor = "multi_thread")]
async fn auto_sync_carries_over_while_it_is_on() {
    let desk = desk().await;
    let (dana, acme) = dana(&desk).await;
    let mut people = vec![dana];
    for name in ["Bo", "Cy"] {
        let mut form =
            values(&[("first_name", name), ("last_name", "Lee"), ("email", &format!("{name}@acme.example"))]);
        form.insert("employer".into(), text(&acme.to_string()));
        people.push(contacts::contact_create(&desk, &form).await.expect("a contact").id);
    }
    employers::employer_edit(&desk, acme, &[change("phone", "", "555 0100"), change("city", "", "Lund")])
        .await
        .expect("an edit");
    assert_eq!(desk.record(RecordKind::Contact, dana).await.text(&contact::CITY), "", "off");
    let before = state(&desk).await;
    let said = auto_sync::contacts_auto_sync_preview(&desk, &ids(&people[..2]), true).await.expect("a preview");
    assert_eq!((said.contacts, said.already, said.frozen), (2, 0, 0));
    let on = auto_sync::contacts_auto_sync(&desk, &ids(&people[..2]), true, &mut go_on).await.expect("on");
    assert_eq!(on.changed, 2);
    let record = desk.record(RecordKind::Contact, dana).await;
    assert_eq!((record.text(&contact::WORK_PHONE), record.text(&contact::CITY)), ("555 0100", "Lund"));
    assert_eq!(record.text(&contact::FIRST_NAME), "Some", "the user's own data");
    comes_back(&desk, on.operation.expect("an operation"), &before).await;
    review::contacts_review(&desk, &ids(&people[1..2]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let profile = employers::employer_get(&desk, acme).await.expect("an employer");
    assert_eq!((profile.auto_synced, profile.auto_sync_frozen), (1, 1), "said before an edit");
    let before = state(&desk).await;
    let edit =
        employers::employer_edit(&desk, acme, &[change("city", "Lund", ""), change("country", "", "Sweden")]).await;
    let edit = edit.expect("an edit").operation.expect("an operation");
    let city = async |id| desk.record(RecordKind::Contact, id).await.text(&contact::CITY).to_owned();
    assert_eq!([city(dana).await, city(people[1]).await, city(people[2]).await], ["", "Lund", ""]);
    assert_eq!(desk.record(RecordKind::Contact, dana).await.text(&contact::COUNTRY), "Sweden");
    let audit = history::audit_log(&desk, RecordKind::Contact, dana).await.expect("an audit log");
    assert_eq!(audit[0].operation, edit, "in the same operation");
    let history =
        history::history_list(&desk, &liaison_app::history::HistoryQuery { limit: 1, ..Default::default() }).await;
    let row = history.expect("a history").rows.remove(0);
    assert_eq!((row.subject.as_deref(), row.count), (Some("Acme"), 1), "it is about the employer");
    comes_back(&desk, edit, &before).await;
    // A new employer is followed at once; what was said expressly holds.
    let beta =
        employers::employer_create(&desk, &values(&[("name", "Beta"), ("phone", "555 0200"), ("city", "Malmö")])).await;
    let mut request = moved(dana, MoveTo::Existing { id: beta.expect("an employer").id });
    request.values = values(&[("work_phone", "555 0299")]);
    person_left::job_move(&desk, &request).await.expect("moved");
    let record = desk.record(RecordKind::Contact, dana).await;
    assert_eq!((record.text(&contact::WORK_PHONE), record.text(&contact::CITY)), ("555 0299", "Malmö"));
    auto_sync::contacts_auto_sync(&desk, &ids(&[dana]), false, &mut go_on).await.expect("off");
    assert!(!desk.record(RecordKind::Contact, dana).await.get(&contact::AUTO_SYNC).as_flag());
}

/// An older file neither puts old values back over a job move, nor makes the person twice; somebody else who has the
/// address now is somebody else (M45).
#[tokio::test(flavor = "multi_thread")]
async fn an_import_knows_former_addresses() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    let mut request = moved(dana, MoveTo::New { name: "Beta".into() });
    request.values = values(&[("email", "dana@beta.example")]);
    person_left::job_move(&desk, &request).await.expect("moved");
    let before = state(&desk).await;
    let file = "First name,Last name,E-mail,Employer\nDANA,Reyes,Dana@acme.example,Acme\n";
    let opened = import::import_open(&desk, &desk.file("old.csv", file), None, &mut go_on).await.expect("a file");
    let target = liaison_app::import::ImportTarget::Directory;
    let said = import::import_dry_run(&desk, opened.session, target, &mut go_on).await.expect("a dry run");
    assert_eq!((said.created, said.updated, said.skipped), (0, 0, 1));
    let rows = import::import_rows(&desk, opened.session, None, 0, 5).await.expect("rows");
    let expected = liaison_app::import::ImportProblem::FormerAddress { name: "Dana Reyes".into() };
    assert_eq!(rows.rows[0].problems[0].problem, expected);
    assert_eq!(import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import").operation, None);
    assert_eq!(state(&desk).await, before);
    let file = "First name,Last name,E-mail,Employer\nPat,Young,dana@acme.example,Acme\n";
    let opened = import::import_open(&desk, &desk.file("new.csv", file), None, &mut go_on).await.expect("a file");
    import::import_target(&desk, opened.session, target).expect("a target");
    assert_eq!(import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import").created, 1);
}

/// Who left last week left last week, in the history too; nobody leaves tomorrow, or before they came.
#[tokio::test(flavor = "multi_thread")]
async fn the_day_somebody_left_can_be_said() {
    let desk = desk().await;
    let (dana, acme) = dana(&desk).await;
    let beginning = state(&desk).await;
    let on = |day: &str| PersonLeft {
        left_on: Some(day.to_owned()),
        ..left(dana, Some(ArchiveWay::Employer), Some(AccessStep::TurnOff))
    };
    let refused = only_problem(person_left::person_left_preview(&desk, &on("2999-01-01")).await);
    assert_eq!(refused, ("left_on".to_owned(), Problem::NotYet));
    let said = person_left::person_left_preview(&desk, &on("2020-02-28")).await.expect("a preview");
    assert_eq!(state(&desk).await, beginning);
    assert!(self::said(&said).contains(&("employment".into(), "ended_on".into(), "2020-02-28".into())), "{said:?}");
    let once: std::collections::HashSet<Id> = said.changes.iter().map(|change| change.record).collect();
    assert_eq!(once.len(), said.changes.len(), "each record changes once");
    let done = person_left::person_left(&desk, &on("2020-02-28")).await.expect("done");
    let former = employments::former_contacts(&desk, acme, 0, 5).await.expect("former contacts");
    assert_eq!(former.rows[0].left_on, "2020-02-28");
    comes_back(&desk, done.operation.expect("an operation"), &beginning).await;

    let beta = desk.add_employer("Beta").await;
    let mut request = moved(dana, MoveTo::Existing { id: beta });
    let again = contacts::contact_get(&desk, dana).await.expect("a profile").employer.map(|employer| employer.name);
    assert_eq!(again.as_deref(), Some("Inactive"), "done again");
    request.moved_on = Some("2021-03-01".into());
    person_left::job_move(&desk, &request).await.expect("moved");
    let history = employments::contact_employments(&desk, dana).await.expect("a history");
    assert_eq!((history[0].employer, history[0].started_on.as_deref()), (beta, Some("2021-03-01")));
    let refused = only_problem(person_left::person_left(&desk, &on("2020-02-28")).await);
    assert_eq!(refused, ("left_on".to_owned(), Problem::BeforeItsBeginning));
}

/// Reviving gives back the access and the role that archiving took, and only that to many at once.
#[tokio::test(flavor = "multi_thread")]
async fn reviving_gives_back_what_archiving_took() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    let denied = roles::role_named(&desk, "Denied Access Role").await.expect("a role");
    let back = Revival { access: true, ..revival(ArchiveWay::Employer) };
    for step in [AccessStep::TurnOff, AccessStep::Role { role: denied }] {
        person_left::person_left(&desk, &left(dana, Some(ArchiveWay::Employer), Some(step))).await.expect("left");
        let archived = state(&desk).await;
        let off = step == AccessStep::TurnOff;
        let said = archive::contacts_revive_preview(&desk, &ids(&[dana]), &back).await.expect("a preview");
        assert_eq!((said.taken, said.access_back, said.role_back), (1, u32::from(off), u32::from(!off)), "{step:?}");
        let done = archive::contacts_revive(&desk, &ids(&[dana]), &back, &mut go_on).await.expect("revived");
        assert_eq!((done.changed, done.users), (1, 1));
        let user = contacts::contact_get(&desk, dana).await.expect("a profile").user.expect("a user");
        assert_eq!((user.access, user.role.as_str()), (true, "Default Access"));
        comes_back(&desk, done.operation.expect("an operation"), &archived).await;
    }
    // Access that was off before anybody archived the contact is nobody's to give back to many.
    let other = desk.add("Bo", "Lee", "bo@lee.example").await.id;
    desk.user("bo@lee.example", "Default Access", false).await;
    archive::contacts_archive(&desk, &ids(&[dana, other]), ArchiveWay::Visibility, &mut go_on).await.expect("archived");
    let back = Revival { access: true, ..revival(ArchiveWay::Visibility) };
    let many = archive::contacts_revive_preview(&desk, &ids(&[dana, other]), &back).await.expect("a preview");
    assert_eq!((many.access_back, many.taken), (0, 0));
    let one = archive::contacts_revive_preview(&desk, &ids(&[other]), &back).await.expect("a preview");
    assert_eq!((one.access_back, one.taken), (1, 0));
}

/// The way that was used last is the first to be offered.
#[tokio::test(flavor = "multi_thread")]
async fn the_history_knows_how_somebody_was_archived() {
    let desk = desk().await;
    let (dana, _) = dana(&desk).await;
    for way in [ArchiveWay::Employer, ArchiveWay::Attribute] {
        archive::contacts_archive(&desk, &ids(&[dana]), way, &mut go_on).await.expect("archived");
        assert_eq!(contacts::contact_get(&desk, dana).await.expect("a profile").archived[0], way);
    }
}

/// What is said before an employer is edited is what happens: who follows, and whose direct line stays.
#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_an_employer_says_who_follows() {
    let desk = desk().await;
    let acme = desk.add_employer("Acme").await;
    employers::employer_edit(&desk, acme, &[change("phone", "", "801 555 0100")]).await.expect("an edit");
    let mut people = Vec::new();
    for (name, phone) in [("An", ""), ("Bo", "801-555-0100"), ("Cy", "801 555 0100 ext. 7"), ("Di", "801 555 0199")] {
        let mut form =
            values(&[("first_name", name), ("last_name", "Lee"), ("email", &format!("{name}@acme.example"))]);
        form.extend(values(&[("employer", &acme.to_string()), ("work_phone", phone)]));
        people.push(contacts::contact_create(&desk, &form).await.expect("a contact").id);
    }
    auto_sync::contacts_auto_sync(&desk, &ids(&people), true, &mut go_on).await.expect("on");
    let number =
        async |n: usize| desk.record(RecordKind::Contact, people[n]).await.text(&contact::WORK_PHONE).to_owned();
    assert_eq!(number(2).await, "801 555 0100 ext. 7", "AutoSync never replaces a direct line");
    let edits = [change("phone", "801 555 0100", "801 555 0900")];
    let said = employers::employer_edit_preview(&desk, acme, &edits).await.expect("a preview");
    assert_eq!((said.follow, said.keep_number), (2, 2));
    employers::employer_edit(&desk, acme, &edits).await.expect("an edit");
    assert_eq!([number(0).await, number(1).await], ["801 555 0900", "801 555 0900"]);
    assert_eq!([number(2).await, number(3).await], ["801 555 0100 ext. 7", "801 555 0199"]);
    let name = employers::employer_edit_preview(&desk, acme, &[change("name", "Acme", "Acme Inc")]).await;
    assert_eq!(name.expect("a preview"), employers::EmployerFollowers::default());

    // A move: the main number follows, a direct line stays.
    let beta = employers::employer_create(&desk, &values(&[("name", "Beta"), ("phone", "602 555 0111")])).await;
    let beta = beta.expect("an employer").id;
    for (n, expected) in [(1, "602 555 0111"), (3, "801 555 0199")] {
        person_left::job_move(&desk, &moved(people[n], MoveTo::Existing { id: beta })).await.expect("moved");
        assert_eq!(number(n).await, expected);
    }
}

/// Pickers offer likely contacts first: who may be the same person, colleagues, who was seen lately.
#[tokio::test(flavor = "multi_thread")]
async fn likely_contacts_are_offered_first() {
    let desk = desk().await;
    let (dana, acme) = dana(&desk).await;
    let twin = desk.add("Dana", "Reyes", "dana.reyes@home.example").await.id;
    let far = desk.add("Zed", "Reyesson", "zed@far.example").await.id;
    let mut form = values(&[("first_name", "Bo"), ("last_name", "Lee"), ("email", "bo@acme.example")]);
    form.extend(values(&[("employer", &acme.to_string())]));
    let bo = contacts::contact_create(&desk, &form).await.expect("a contact").id;
    let near = ChoicesNear { like: Some(dana), employer: None, recent: vec![far, bo] };
    let offered = contact_choices::contacts_suggest(&desk, "", &near).await.expect("choices");
    let why = |id: Id| offered.iter().find(|choice| choice.person.id == id).and_then(|choice| choice.why);
    assert_eq!(offered[0].person.id, twin, "{offered:?}");
    assert_eq!(why(twin), Some(ChoiceReason::Duplicate));
    assert_eq!((why(bo), why(far)), (Some(ChoiceReason::Colleague), Some(ChoiceReason::Recent)));
    assert_eq!(why(dana), None, "not itself");
    assert_eq!(
        offered.iter().find(|choice| choice.person.id == bo).expect("Bo").person.employer.as_deref(),
        Some("Acme")
    );
    let near = ChoicesNear { recent: vec![far], ..ChoicesNear::default() };
    let found = contact_choices::contacts_suggest(&desk, "reyes", &near).await.expect("choices");
    assert_eq!((found.len(), found[0].person.id), (3, far), "{found:?}");
    assert!(contact_choices::contacts_suggest(&desk, "", &ChoicesNear::default()).await.expect("none").is_empty());
}
