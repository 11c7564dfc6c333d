//! Students and alumni: lists, caseloads, groups, onboarding, import; each change comes back in one step.

use crate::common::{TestDesk, change, desk, go_on, ids, only_problem, text, values};
use liaison_app::import::ImportOpened;
use liaison_app::staff::StaffAssignment;
use liaison_app::{
    CommandError, Session, groups, import, lists, onboarding, staff, staff_roles, students, trash, undo,
};
use liaison_domain::filter::{Condition, ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, OperationKind, Permission, RecordKind, StaffRole, Value, student};
use liaison_store::table;

async fn add(desk: &TestDesk, first: &str, last: &str) -> Id {
    let email = format!("{}@campus.example", first.to_lowercase());
    let person = values(&[("first_name", first), ("last_name", last), ("email", &email)]);
    students::student_create(desk, &person).await.expect("a student").id
}

async fn colleague(desk: &TestDesk, first: &str) -> Id {
    let email = format!("{first}@northfield.example");
    let person = values(&[("first_name", first), ("last_name", "Moss"), ("email", &email)]);
    let role = StaffAssignment::BuiltIn { role: StaffRole::Advisor };
    staff::staff_create(desk, &person, role).await.expect("a colleague").id
}

/// Writes what the portal and the mail will: moments of an account.
async fn account(desk: &TestDesk, id: Id, set: &[(&'static liaison_domain::Field, i64)]) {
    if set.is_empty() {
        return;
    }
    desk.write(|recorder| {
        let located = table::get(recorder.db(), RecordKind::Student, id)?;
        let moments = set.iter().filter_map(|(field, at)| located.record.change(field, Value::Moment(*at)));
        let changes: Vec<_> = moments.collect();
        recorder.update(RecordKind::Student, located.n, id, &changes)
    })
    .await;
}

async fn undo(desk: &TestDesk, operation: Option<Id>) {
    undo::undo(desk, operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
}

async fn named(desk: &Session, query: ListQuery) -> Vec<String> {
    let opened = lists::list_open(desk, query).await.expect("a list");
    let window = lists::list_window(desk, opened.result, 0, 200, &[]).await.expect("rows");
    window.rows.into_iter().map(|row| row.name).collect()
}

async fn filtered(desk: &Session, conditions: &[Condition]) -> Vec<String> {
    named(desk, ListQuery { filter: conditions.to_vec(), ..ListQuery::all(RecordKind::Student) }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_one_students_and_search_finds_as_you_type() {
    let desk = desk().await;
    desk.engine().start_searching();
    let noelle = add(&desk, "Noelle", "Holiday").await;
    let omar = add(&desk, "Omar", "Haddad").await;
    let again = values(&[("first_name", "N"), ("last_name", "H"), ("email", "NOELLE@campus.example")]);
    let refused = students::student_create(&desk, &again).await;
    assert_eq!(only_problem(refused), ("email".into(), Problem::InUse { by: "Noelle Holiday".into() }));
    let refused =
        students::student_edit(&desk, omar, &[change("email", "omar@campus.example", "noelle@campus.example")]).await;
    assert_eq!(only_problem(refused), ("email".into(), Problem::InUse { by: "Noelle Holiday".into() }));
    let nameless = students::student_create(&desk, &values(&[("email", "x@campus.example")])).await;
    assert!(matches!(nameless, Err(CommandError::Validation { fields }) if fields.len() == 2), "M34");
    let fixed = values(&[("first_name", "A"), ("last_name", "B"), ("email", "a@x.example"), ("assigned_to", "x")]);
    assert_eq!(
        only_problem(students::student_create(&desk, &fixed).await),
        ("assigned_to".into(), Problem::NotEditable)
    );
    let search = |text: &str| ListQuery { search: text.into(), ..ListQuery::all(RecordKind::Student) };
    assert_eq!(named(&desk, search("")).await, ["Omar Haddad", "Noelle Holiday"], "by family name");
    assert_eq!(named(&desk, search("hol no")).await, ["Noelle Holiday"]);
    let done = students::student_edit(&desk, omar, &[change("major", "", "Hospitality")]).await.expect("an edit");
    assert_eq!(named(&desk, search("hospit")).await, ["Omar Haddad"]);
    undo(&desk, done.operation).await;
    assert!(named(&desk, search("hospit")).await.is_empty());
    let panel = students::student_get(&desk, noelle).await.expect("a panel");
    assert_eq!((panel.name.as_str(), panel.status.as_str(), panel.changes), ("Noelle Holiday", "not_invited", 1));
    assert_eq!(panel.values["standing"], text("student"), "filled in");
    desk.assert_whole().await;
}

/// The SQL of the status and the rule say the same, for every combination of moments.
#[tokio::test(flavor = "multi_thread")]
async fn the_status_is_what_the_rule_says_in_lists_filters_and_counts() {
    let desk = desk().await;
    let moments = [&student::ACTIVATED_AT, &student::DEACTIVATED_AT, &student::INVITED_AT];
    let mut expected = Vec::new();
    for case in 0..8 {
        let id = add(&desk, &format!("S{case}"), "Lee").await;
        let set: Vec<_> = (0..3).filter(|at| case >> at & 1 == 1).map(|at| (moments[at], 5)).collect();
        account(&desk, id, &set).await;
        let status = student::status(case & 1 != 0, case & 2 != 0, case & 4 != 0, false);
        assert_eq!(students::student_get(&desk, id).await.expect("a panel").status, status);
        expected.push((format!("S{case} Lee"), status));
    }
    for status in student::STATUSES {
        let mut want: Vec<_> = expected.iter().filter(|(_, of)| of == status).map(|(name, _)| name.clone()).collect();
        want.sort();
        assert_eq!(filtered(&desk, &[Condition::is(&student::STATUS, status)]).await, want, "{status}");
    }
    let mut query = ListQuery::all(RecordKind::Student);
    query.sort.push(SortKey { field: "status".into(), descending: false });
    let opened = lists::list_open(&desk, query).await.expect("a list");
    let window = lists::list_window(&desk, opened.result, 0, 20, &["status".into()]).await.expect("rows");
    let shown: Vec<_> = window.rows.iter().map(|row| row.cells[0].value.clone()).collect();
    let mut want: Vec<_> = expected.iter().map(|(_, status)| *status).collect();
    want.sort_unstable();
    assert_eq!(shown, want.into_iter().map(text).collect::<Vec<_>>());
    let counts = students::student_counts(&desk).await.expect("counts");
    let count = |status| expected.iter().filter(|(_, of)| *of == status).count() as u32;
    assert_eq!((counts.active, counts.inactive), (count("active"), count("inactive")));
    assert_eq!((counts.not_invited, counts.deactivated, counts.all), (count("not_invited"), count("deactivated"), 8));
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_assigned_singly_and_together_and_loads_are_known() {
    let desk = desk().await;
    let (ann, bo, cy) = (add(&desk, "Ann", "A").await, add(&desk, "Bo", "B").await, add(&desk, "Cy", "C").await);
    let brandon = colleague(&desk, "Brandon").await;
    let me = desk.actor().staff;
    let one = students::students_assign(&desk, &ids(&[ann]), Some(brandon), &mut go_on).await.expect("assigned");
    assert_eq!((one.changed, one.skipped), (1, 0));
    let all = lists::list_open(&desk, ListQuery::all(RecordKind::Student)).await.expect("a list").result;
    let all = liaison_app::lists::Selection::Result { result: all, except: vec![cy] };
    let two = students::students_assign(&desk, &all, Some(brandon), &mut go_on).await.expect("assigned");
    assert_eq!((two.changed, two.skipped), (1, 1), "one was so already");
    students::students_assign(&desk, &ids(&[cy]), Some(me), &mut go_on).await.expect("mine");
    assert_eq!(named(&desk, students::my_caseload(&desk)).await, ["Cy C"]);
    let gone = students::students_deactivate(&desk, &ids(&[bo]), &mut go_on).await.expect("deactivated");
    let loads = students::case_loads(&desk, "bran").await.expect("loads");
    assert_eq!(loads.len(), 1);
    assert_eq!((loads[0].name.as_str(), loads[0].cases, loads[0].deactivated_cases), ("Brandon Moss", 1, 1));
    assert_eq!(students::case_loads(&desk, "mo br").await.expect("loads").len(), 1);
    assert_eq!(students::case_loads(&desk, "").await.expect("loads").iter().filter(|load| load.me).count(), 1);
    let holder = students::student_get(&desk, ann).await.expect("a panel").assigned_to.expect("somebody");
    assert_eq!((holder.id, holder.deactivated), (brandon, false));
    let assigned = Condition {
        op: liaison_domain::filter::FilterOp::IsNotEmpty,
        values: vec![],
        ..Condition::is(&student::ASSIGNED_TO, "")
    };
    assert_eq!(filtered(&desk, std::slice::from_ref(&assigned)).await.len(), 3);
    assert_eq!(desk.operation_kind(gone.operation.expect("one")).await, OperationKind::StudentsDeactivate);
    undo(&desk, two.operation).await;
    undo(&desk, one.operation).await;
    undo(&desk, gone.operation).await;
    assert_eq!(filtered(&desk, &[assigned]).await, ["Cy C"]);
    let counts = students::student_counts(&desk).await.expect("counts");
    assert_eq!((counts.assigned, counts.unassigned, counts.mine, counts.deactivated), (1, 2, 1, 0));
    staff::staff_deactivate(&desk, brandon, true).await.expect("deactivated");
    let refused = students::students_assign(&desk, &ids(&[ann]), Some(brandon), &mut go_on).await;
    assert_eq!(only_problem(refused), ("assigned_to".into(), Problem::UnknownReference));
    let nobody = students::students_assign(&desk, &ids(&[cy, ann]), None, &mut go_on).await.expect("unassigned");
    assert_eq!((nobody.changed, nobody.skipped), (1, 1));
    let off = students::students_deactivate(&desk, &ids(&[ann, cy]), &mut go_on).await.expect("deactivated");
    let on = students::students_reactivate(&desk, &ids(&[ann, bo]), &mut go_on).await.expect("reactivated");
    assert_eq!((off.changed, on.changed, on.skipped), (2, 1, 1));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_group_leaves_nobody_behind_and_comes_back_with_everybody() {
    let desk = desk().await;
    let group =
        async |name: &str| groups::group_create(&desk, &values(&[("name", name)])).await.map(|created| created.id);
    let (nursing, law) = (group("Nursing 2027").await.expect("a group"), group("Law").await.expect("a group"));
    let taken = group("law").await;
    assert_eq!(only_problem(taken), ("name".into(), Problem::InUse { by: "Law".into() }));
    let (ann, bo) = (add(&desk, "Ann", "A").await, add(&desk, "Bo", "B").await);
    for id in [ann, bo] {
        students::student_edit(&desk, id, &[change("user_group", "", &nursing.to_string())]).await.expect("in it");
    }
    account(&desk, ann, &[(&student::ACTIVATED_AT, 5)]).await;
    assert_eq!(filtered(&desk, &[Condition::is(&student::GROUP, "nursing 2027")]).await, ["Ann A", "Bo B"]);
    let before = groups::groups_list(&desk).await.expect("groups");
    assert_eq!((before[1].name.as_str(), before[1].members, before[1].active), ("Nursing 2027", 2, 1));
    let done = groups::group_delete(&desk, nursing, Some(law)).await.expect("deleted");
    assert_eq!(done.users, 2);
    assert_eq!(students::student_get(&desk, ann).await.expect("a panel").group.as_deref(), Some("Law"));
    undo(&desk, done.operation).await;
    assert_eq!(groups::groups_list(&desk).await.expect("groups"), before);
    let wrong = groups::group_delete(&desk, nursing, Some(nursing)).await;
    assert_eq!(only_problem(wrong), ("user_group".into(), Problem::UnknownReference));
    groups::group_delete(&desk, nursing, None).await.expect("deleted");
    assert_eq!(students::student_get(&desk, bo).await.expect("a panel").group, None);
    let edited = groups::group_edit(&desk, law, &[change("name", "Law", "Law school")]).await.expect("an edit");
    undo(&desk, edited.operation).await;
    assert_eq!(groups::groups_list(&desk).await.expect("groups")[0].name, "Law");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_have_an_order_and_answers_outlive_an_edit() {
    let desk = desk().await;
    let ann = add(&desk, "Ann", "A").await;
    let goal = onboarding::onboarding_create(&desk, &values(&[("text", "Your goal?"), ("type", "text")]))
        .await
        .expect("asked")
        .id;
    let mut offers = values(&[("text", "What do you need?"), ("type", "choices")]);
    assert_eq!(
        only_problem(onboarding::onboarding_create(&desk, &offers).await),
        ("choices".into(), Problem::Required)
    );
    offers.insert("choices".into(), FieldValue::List(vec!["Job".into(), "Internship".into()]));
    let needs = onboarding::onboarding_create(&desk, &offers).await.expect("asked").id;
    let order = async || {
        onboarding::onboarding_list(&desk).await.expect("questions").into_iter().map(|q| q.id).collect::<Vec<_>>()
    };
    assert_eq!(order().await, [goal, needs]);
    let moved = onboarding::onboarding_reorder(&desk, &[needs]).await.expect("reordered");
    assert_eq!(order().await, [needs, goal]);
    undo(&desk, moved.operation).await;
    assert_eq!(order().await, [goal, needs]);

    let say = async |question, parts: &[&str]| {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        onboarding::onboarding_answer(&desk, ann, question, &parts).await
    };
    let answered = async || {
        let answers = students::student_get(&desk, ann).await.expect("a panel").answers;
        answers.into_iter().map(|given| (given.asked, given.answer.join("+"))).collect::<Vec<_>>()
    };
    say(needs, &["Job", "Internship"]).await.expect("written down");
    let wrong = say(needs, &["Pay"]).await;
    assert!(matches!(only_problem(wrong), (field, Problem::NotAChoice { .. }) if field == "answer"));
    say(goal, &["  To teach "]).await.expect("written down");
    let both =
        [("Your goal?".to_owned(), "To teach".to_owned()), ("What do you need?".into(), "Job+Internship".into())];
    assert_eq!(answered().await, both);
    onboarding::onboarding_edit(&desk, goal, &[change("text", "Your goal?", "Your dream?")]).await.expect("an edit");
    assert_eq!(answered().await, both, "what was asked stays");
    let again = say(goal, &["To sing"]).await.expect("written down");
    assert_eq!(answered().await[0], ("Your dream?".into(), "To sing".into()), "one answer for each question");
    undo(&desk, again.operation).await;
    assert_eq!(answered().await, both);
    let blocked = onboarding::onboarding_delete(&desk, goal).await;
    assert!(matches!(blocked, Err(CommandError::Blocked { blockers }) if blockers[0].count == 1));
    let away = say(goal, &[]).await.expect("taken away");
    let deleted = onboarding::onboarding_delete(&desk, goal).await.expect("deleted");
    assert_eq!((answered().await.len(), order().await), (1, vec![needs]));
    undo(&desk, deleted.operation).await;
    undo(&desk, away.operation).await;
    assert_eq!(answered().await, both);
    desk.assert_whole().await;
}

async fn open(desk: &TestDesk, file: &str) -> ImportOpened {
    let path = desk.file("students.csv", file);
    import::import_open_as(desk, RecordKind::Student, &path, None, &mut go_on).await.expect("a file")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_adds_students_and_updates_them_by_address() {
    let desk = desk().await;
    let ann = add(&desk, "Ann", "A").await;
    students::student_edit(&desk, ann, &[change("major", "", "Law")]).await.expect("an edit");
    groups::group_create(&desk, &values(&[("name", "Class of 2027")])).await.expect("a group");
    let file = "First name,Last name,Email address,Group,Graduation year,Major,Favorite color\n\
        Ann,Archer,ANN@campus.example,class of 2027,2027,,red\n\
        Bo,Bell,bo@campus.example,Class of 2027,2028,History,blue\n\
        Bo,Bell,bo@campus.example,,2029,,blue\n\
        Cy,,cy@campus.example,,,,\n\
        Di,Dow,di@campus.example,Nobody's,,,\n";
    let opened = open(&desk, file).await;
    let mapped: Vec<_> = opened.columns.iter().map(|column| column.field.as_deref()).collect();
    let fields = ["first_name", "last_name", "email", "user_group", "graduation_year", "major"];
    assert_eq!(mapped, fields.into_iter().map(Some).chain([None]).collect::<Vec<_>>());
    let counts =
        import::import_dry_run(&desk, opened.session, Default::default(), &mut go_on).await.expect("a dry run");
    assert_eq!((counts.created, counts.updated, counts.unchanged, counts.failed), (1, 1, 0, 3));
    let rows = import::import_rows(&desk, opened.session, None, 0, 10).await.expect("rows").rows;
    assert_eq!((rows[0].name.as_str(), rows[0].changes.len()), ("Ann Archer", 3), "a blank cell changes nothing");
    assert!(rows[2..].iter().all(|row| row.problems.len() == 1), "{rows:?}");
    let done = import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
    assert_eq!((done.created, done.updated, done.failed), (1, 1, 3));
    let panel = students::student_get(&desk, ann).await.expect("a panel");
    assert_eq!((panel.name.as_str(), panel.group.as_deref()), ("Ann Archer", Some("Class of 2027")));
    assert_eq!((&panel.values["major"], &panel.values["email"]), (&text("Law"), &text("ann@campus.example")));
    let again = open(&desk, file).await;
    let counts = import::import_dry_run(&desk, again.session, Default::default(), &mut go_on).await.expect("a dry run");
    assert_eq!((counts.created, counts.updated, counts.unchanged), (0, 0, 2), "a file can come twice");
    undo(&desk, done.operation).await;
    assert_eq!(filtered(&desk, &[]).await, ["Ann A"]);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_optional_value_that_is_none_costs_no_student() {
    let desk = desk().await;
    let file = "First name,Last name,Email address,Graduation year,Major\nEd,Elm,ed@campus.example,soon,Law\n";
    let opened = open(&desk, file).await;
    let dry = import::import_dry_run(&desk, opened.session, Default::default(), &mut go_on).await.expect("a dry run");
    assert_eq!((dry.created, dry.failed, dry.left_out_values), (1, 0, 1));
    let mut errors = Vec::new();
    assert_eq!(import::import_errors(&desk, opened.session, &mut errors).await, Ok(1));
    let errors = String::from_utf8(errors).expect("text");
    assert!(errors.contains("not imported: Graduation year"), "{errors}");
    let fixed = import::import_fix(&desk, opened.session, 0, 3, "2027").await.expect("a fix");
    assert_eq!((fixed.counts.left_out_values, fixed.row.left_out.len()), (0, 0));
    import::import_fix(&desk, opened.session, 0, 3, "later").await.expect("a fix");
    let done = import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
    assert_eq!(done.counts(), dry);
    assert_eq!(filtered(&desk, &[]).await, ["Ed Elm"]);
}

/// Who only assigns cases takes back what they assigned, and nothing else about students.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_assigns_cases_takes_that_back_and_nothing_else() {
    let TestDesk { desk, directory, .. } = desk().await;
    let admin = TestDesk::of(desk, directory);
    let ann = add(&admin, "Ann", "A").await;
    let added = students::student_edit(&admin, ann, &[change("major", "", "Law")])
        .await
        .expect("an edit")
        .operation
        .expect("one");
    let mut role = values(&[("name", "Case keepers")]);
    role.insert("permissions".into(), FieldValue::List(vec!["assign_cases".into(), "undo".into()]));
    let role = staff_roles::staff_role_create(&admin, &role).await.expect("a role").id;
    let person = values(&[("first_name", "Kim"), ("last_name", "Moss"), ("email", "kim@northfield.example")]);
    let kim = staff::staff_create(&admin, &person, StaffAssignment::Own { role }).await.expect("Kim").id;
    let theirs = admin.for_person(kim).await.expect("Kim's desk");
    let done = students::students_assign(&theirs, &ids(&[ann]), Some(kim), &mut go_on).await.expect("assigned");
    let denied = |permission: Permission| CommandError::Denied { permission: permission.key().to_owned() };
    let refused = undo::undo(&theirs, added, UndoMode::KeepLaterChanges, &mut go_on).await;
    assert_eq!(refused.err(), Some(denied(Permission::ManageUsers)));
    let refused = students::students_deactivate(&theirs, &ids(&[ann]), &mut go_on).await;
    assert_eq!(refused.err(), Some(denied(Permission::ManageUsers)));
    undo::undo(&theirs, done.operation.expect("one"), UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert_eq!(students::student_get(&admin, ann).await.expect("a panel").assigned_to, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_deleted_rests_in_the_trash_with_the_answers_and_comes_back_unless_the_address_is_taken() {
    let desk = desk().await;
    let (ann, bo) = (add(&desk, "Ann", "Archer").await, add(&desk, "Bo", "Bell").await);
    let question = onboarding::onboarding_create(&desk, &values(&[("text", "What next?"), ("type", "text")]))
        .await
        .expect("asked")
        .id;
    onboarding::onboarding_answer(&desk, ann, question, &["A job".to_owned()]).await.expect("answered");
    let preview = trash::delete_preview(&desk, RecordKind::Student, &ids(&[ann, bo])).await.expect("a preview");
    assert_eq!((preview.records, preview.blocked), (2, 0));
    assert_eq!(
        preview.along.iter().map(|along| (along.kind, along.count)).collect::<Vec<_>>(),
        [(RecordKind::OnboardingAnswer, 1)]
    );
    let done = trash::delete(&desk, RecordKind::Student, &ids(&[ann, bo]), &mut go_on).await.expect("deleted");
    assert_eq!((done.changed, done.skipped), (2, 0));
    let counts = trash::trash_counts(&desk).await.expect("counts");
    assert_eq!(counts.iter().map(|count| (count.kind, count.count)).collect::<Vec<_>>(), [(RecordKind::Student, 2)]);
    assert!(
        filtered(&desk, &[]).await.is_empty() && students::student_get(&desk, ann).await.expect("read only").deleted
    );

    let other = add(&desk, "Ann", "Other").await;
    let taken = trash::restore(&desk, RecordKind::Student, &[ann]).await;
    assert_eq!(only_problem(taken), ("email".to_owned(), Problem::InUse { by: "Ann Other".into() }));
    trash::delete(&desk, RecordKind::Student, &ids(&[other]), &mut go_on).await.expect("deleted");
    assert_eq!(trash::restore(&desk, RecordKind::Student, &[ann]).await.expect("restored").changed, 1);
    assert_eq!(students::student_get(&desk, ann).await.expect("a panel").answers.len(), 1, "with what was answered");
    undo(&desk, done.operation).await;
    assert_eq!(filtered(&desk, &[]).await, ["Ann Archer", "Bo Bell"]);
}
