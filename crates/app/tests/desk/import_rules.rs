//! B6: what becomes of a row. One function serves the dry run and the commit; each import here goes through both.

use crate::common::{TestDesk, desk, go_on, ids, text};
use crate::imports::{Imported, counts};
use liaison_app::CommandError;
use liaison_app::import::{ImportOutcome, ImportProblem, ImportTarget};
use liaison_app::{contacts, employers, history, import, review, undo};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::review::ReviewAction;
use liaison_domain::{RecordKind, contact, employer};

const HEADER: &str = "First name,Last name,E-mail,Job title,Labels,Employer\n";

fn problems(imported: &Imported, row: usize) -> Vec<&ImportProblem> {
    imported.rows[row].problems.iter().map(|placed| &placed.problem).collect()
}

async fn import(desk: &TestDesk, rows: &str) -> Imported {
    desk.import_text("people.csv", format!("{HEADER}{rows}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_with_a_known_address_updates_and_blank_never_clears() {
    // M45 (the case of letters does not count), M47 (the source never changes).
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "Dana@Acme.example").await.id;
    desk.set(dana, "title", "", "Recruiter").await;
    desk.set(dana, "labels", "", "Alumni").await;
    desk.set(dana, "city", "", "Oslo").await;
    let imported = import(&desk, "Dana Maria,,dANA@acme.EXAMPLE,,alumni; STEM,Acme\n").await;
    assert_eq!(counts(&imported), (0, 1, 0, 0));
    assert_eq!(imported.rows[0].name, "Dana Maria");
    let changed: Vec<(&str, &FieldValue, &FieldValue)> =
        imported.rows[0].changes.iter().map(|c| (c.field.as_str(), &c.before.value, &c.after.value)).collect();
    let list = |items: &[&str]| FieldValue::List(items.iter().map(|item| (*item).to_owned()).collect());
    assert_eq!(
        changed,
        [
            ("first_name", &text("Dana"), &text("Dana Maria")),
            ("labels", &list(&["Alumni"]), &list(&["Alumni", "STEM"])),
            ("employer", &FieldValue::Empty(()), &text("Acme")),
        ],
        "the difference, old and new; labels unite"
    );
    let profile = contacts::contact_get(&desk, dana).await.expect("the profile");
    assert_eq!(profile.values["title"], text("Recruiter"));
    assert_eq!(profile.values["city"], text("Oslo"));
    assert_eq!(profile.values["email"], text("Dana@Acme.example"), "another case is no other address");
    assert_eq!(profile.values["source"], text("admin"));
    assert_eq!(profile.name, "Dana Maria Reyes");
    let audit = history::audit_log(&desk, RecordKind::Contact, dana).await.expect("the log");
    let journaled: Vec<&str> = audit[0].fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(journaled, ["first_name", "labels", "employer"], "the journal has exactly what changed");
    let again = import(&desk, "Dana Maria,Reyes,dana@acme.example,Recruiter,STEM,ACME\n").await;
    assert_eq!(counts(&again), (0, 0, 1, 0));
    assert_eq!(problems(&again, 0), [&ImportProblem::NothingToChange]);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_files_source_tells_of_new_contacts_only() {
    // M47.
    let desk = desk().await;
    desk.add("Dana", "Reyes", "dana@x.example").await;
    let content = "First name,Last name,E-mail,Source,Added by\nDana,Reyes,dana@x.example,Task,Somebody\n\
        Eli,Stone,eli@x.example,Task,Somebody\nFay,Fox,fay@x.example,Nonsense,\n";
    let imported = desk.import_text("people.csv", content).await;
    assert_eq!((counts(&imported), imported.counts.left_out_values), ((2, 0, 1, 0), 1));
    let left_out: Vec<_> = imported.rows[2].left_out.iter().map(|placed| placed.field.as_deref()).collect();
    assert_eq!(left_out, [Some("source")], "no source of ours, which costs nobody their row");
    assert_eq!(desk.with_email("fay@x.example").await.text(&contact::SOURCE), "import");
    assert_eq!(desk.with_email("dana@x.example").await.text(&contact::SOURCE), "admin");
    assert!(desk.with_email("dana@x.example").await.text(&contact::ADDED_BY).is_empty());
    let eli = desk.with_email("eli@x.example").await;
    assert_eq!((eli.text(&contact::SOURCE), eli.text(&contact::APPROVAL)), ("task", contact::APPROVED));
}

#[tokio::test(flavor = "multi_thread")]
async fn rejected_contacts_are_frozen_for_imports_too() {
    // M27.
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@x.example").await.id;
    review::contacts_review(&desk, &ids(&[dana]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let imported = import(&desk, "Dana,Reyes,DANA@x.example,Dean,,\nEli,Stone,eli@x.example,,,\n").await;
    assert_eq!(counts(&imported), (1, 0, 0, 1));
    assert_eq!(problems(&imported, 0), [&ImportProblem::Frozen]);
    assert_eq!(contacts::contact_get(&desk, dana).await.expect("the profile").values.get("title"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_row_has_its_reasons_and_spoils_no_other() {
    let desk = desk().await;
    desk.arrive("Twin", "One", "twin@x.example").await;
    desk.arrive("Twin", "Two", "Twin@x.example").await;
    let long = "x".repeat(201);
    let imported = import(
        &desk,
        &format!(
            "Ann,Lee,ann@x.example,,,\n,,,Dean,,\nBo,Ray,not an address,,,\nAnn,Poe,ANN@x.example,,,\n,,,,,\nTwin,Three,twin@x.example,,,\n\
             {long},Fox,di@x.example,,,\nEd,Elm,ed@x.example,,,Acme,extra,cells\nFay,Hill,fay@x.example,,,\"Labs\0\"\nGil,Fern,gil@x.example,,,!!!\n"
        ),
    )
    .await;
    let outcomes: Vec<ImportOutcome> = imported.rows.iter().map(|row| row.outcome).collect();
    use ImportOutcome::*;
    assert_eq!(outcomes, [Created, Failed, Failed, Failed, Blank, Failed, Failed, Failed, Failed, Created]);
    let required = ImportProblem::Value { problem: Problem::Required };
    assert_eq!(problems(&imported, 1), [&required, &required, &required]);
    assert_eq!(imported.rows[1].problems[2].column, Some(2), "and where");
    assert_eq!(problems(&imported, 2), [&ImportProblem::Value { problem: Problem::NotAnEmail }]);
    assert_eq!(problems(&imported, 3), [&ImportProblem::DuplicateInFile { row: 2 }], "the line of the first");
    assert_eq!(problems(&imported, 4), [&ImportProblem::BlankRow]);
    assert_eq!(problems(&imported, 5), [&ImportProblem::AmbiguousEmail]);
    assert_eq!(problems(&imported, 6), [&ImportProblem::Value { problem: Problem::TooLong { max: 200 } }]);
    for (row, reason) in [(7, "extra_cells"), (8, "nul_character")] {
        assert!(matches!(problems(&imported, row)[..], [ImportProblem::Unreadable { reason: r, .. }] if r == reason));
    }
    assert!(desk.live(RecordKind::Employer).await.is_empty(), "bad rows and names of nothing make no employers");
    assert_eq!(imported.rows[7].row, 9, "where a person finds it");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn employers_are_found_by_name_and_made_once() {
    // M50, and the employer in the trash is not found.
    let desk = desk().await;
    let acme = desk.add_employer("Acme, Inc.").await;
    let gone =
        employers::employer_create(&desk, &crate::common::values(&[("name", "Gone")])).await.expect("an employer");
    undo::undo(&desk, gone.operation, liaison_domain::undo::UndoMode::KeepLaterChanges, &mut go_on)
        .await
        .expect("gone");
    let imported = import(
        &desk,
        "Ann,Lee,ann@x.example,,,ACME inc\nBo,Ray,bo@x.example,,,Labs\nCy,Poe,cy@x.example,,,LABS.\nDi,Fox,di@x.example,,,Gone\n",
    )
    .await;
    assert_eq!((counts(&imported), imported.counts.employers_created), ((4, 0, 0, 0), 2));
    assert_eq!(desk.with_email("ann@x.example").await.get(&contact::EMPLOYER).as_reference(), Some(acme));
    let mut names: Vec<String> =
        desk.live(RecordKind::Employer).await.values().map(|e| e.text(&employer::NAME).to_owned()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Acme, Inc.", "Gone", "Labs"]);
    assert_ne!(desk.with_email("di@x.example").await.get(&contact::EMPLOYER).as_reference(), Some(gone.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_rows_are_fixed_in_place_and_then_imported() {
    let desk = desk().await;
    let path = desk.file(
        "people.csv",
        format!("{HEADER}Ann,Lee,ann at x.example,,,\nAnn,Ray,bo@x.example,,,Acme\nAnn,Poe,BO@x.example,,,Labs\nAnn,Fox,bo@x.example,,,Labs\nEd,,ed@x.example,,,\n"),
    );
    let session = desk.open_file(&path).await;
    let first = import::import_dry_run(&desk, session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    assert_eq!((first.created, first.failed, first.employers_created), (1, 4, 1));
    let fix = async |row, column, to: &str| import::import_fix(&desk, session, row, column, to).await.expect("a fix");
    let fixed = fix(0, 2, "ann@x.example").await;
    assert_eq!((fixed.row.outcome, fixed.row.cells[2].as_str()), (ImportOutcome::Created, "ann@x.example"));
    assert_eq!((fixed.counts.created, fixed.counts.failed), (2, 3));
    // The first of three with one address gets another: the second is now the first, the third its double.
    let fixed = fix(1, 2, "bo.ray@x.example").await;
    assert_eq!((fixed.counts.created, fixed.counts.failed, fixed.counts.employers_created), (3, 2, 2));
    let rows = desk.every_row(session, None).await;
    assert_eq!(rows[2].outcome, ImportOutcome::Created);
    assert_eq!(rows[3].problems[0].problem, ImportProblem::DuplicateInFile { row: 4 });
    // An address that an earlier row has makes a row bad again; another makes it good.
    let fixed = fix(3, 2, "ANN@x.example").await;
    assert_eq!(fixed.row.problems[0].problem, ImportProblem::DuplicateInFile { row: 2 });
    let fixed = fix(0, 2, "bo@x.example").await;
    assert_eq!((fixed.counts.created, fixed.counts.failed), (3, 2), "row 3 is now the double, row 4 the first");
    let rows = desk.every_row(session, Some(ImportOutcome::Failed)).await;
    assert_eq!(rows.iter().map(|row| row.index).collect::<Vec<_>>(), [2, 4]);
    fix(4, 1, "Elm").await;
    let counts = fix(2, 2, "cy@x.example").await.counts;
    assert_eq!((counts.created, counts.failed, counts.employers_created), (5, 0, 2));
    fix(4, 2, "nonsense").await;
    let counts = fix(4, 5, "Works").await.counts;
    assert_eq!((counts.created, counts.failed, counts.employers_created), (4, 1, 2), "bad rows make no employers");
    let counts = fix(4, 2, "ed@x.example").await.counts;
    assert_eq!((counts.created, counts.failed, counts.employers_created), (5, 0, 3));
    for (row, column) in [(5, 0), (0, 6), (u32::MAX, 0)] {
        assert!(matches!(
            import::import_fix(&desk, session, row, column, "x").await,
            Err(CommandError::NotFound { .. })
        ));
    }
    let rows = desk.every_row(session, None).await;
    let fresh = import::import_dry_run(&desk, session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    assert_eq!(fresh, counts, "fixing keeps the counts as a new dry run finds them");
    desk.commit_import(session, counts, rows).await;
    assert_eq!(desk.with_email("bo@x.example").await.text(&contact::LAST_NAME), "Lee");
    assert_eq!(desk.with_email("ed@x.example").await.text(&contact::LAST_NAME), "Elm");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_error_file_holds_the_original_rows_with_reasons_and_can_be_imported_once_corrected() {
    let desk = desk().await;
    let google = "First Name,Last Name,File As,Organization Name,Birthday,Labels,E-mail 1 - Label,E-mail 1 - Value\n\
        Ann,Lee,,+Acme,1980-01-02,* myContacts ::: STEM,Work,ann at x.example\n\
        Bo,Ray,,Labs,,* myContacts,Work,bo@x.example\nCy,Poe,,Labs,,* myContacts,Work,\n";
    let session = desk.open_file(&desk.file("google.csv", google)).await;
    let mut unasked = Vec::new();
    assert_eq!(import::import_errors(&desk, session, &mut unasked).await, Ok(0), "before the dry run nothing is known");
    import::import_dry_run(&desk, session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    let mut file = Vec::new();
    assert_eq!(import::import_errors(&desk, session, &mut file).await, Ok(2));
    let errors = String::from_utf8(file).expect("text");
    for expected in [
        "\"Birthday\"",
        "\"Problem\"",
        "\"1980-01-02\"",
        "ann at x.example",
        "E-mail: not an e-mail address",
        "'+Acme",
        "E-mail: a value is needed",
    ] {
        assert!(errors.contains(expected), "{expected} stands in {errors}");
    }
    assert!(!errors.contains("bo@x.example"), "good rows are not in it");
    import::import_commit(&desk, session, &mut go_on).await.expect("the good row");
    let corrected = errors.replace("ann at x.example", "ann@x.example");
    let imported = desk.import_text("errors.csv", corrected).await;
    assert_eq!(counts(&imported), (1, 0, 0, 1));
    let ann = desk.with_email("ann@x.example").await;
    assert_eq!(ann.get(&contact::LABELS), &liaison_domain::Value::List(vec!["STEM".into()]));
    let employer = ann.get(&contact::EMPLOYER).as_reference().expect("an employer");
    assert_eq!(employers::employer_get(&desk, employer).await.expect("it is there").name, "+Acme", "without the guard");
    // With cells corrected in place, the error file has them.
    let session = desk.open_file(&desk.file("plain.csv", format!("{HEADER}Di,,di@x,,,\n"))).await;
    import::import_dry_run(&desk, session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    import::import_fix(&desk, session, 0, 1, "Fox").await.expect("half of it fixed");
    let mut file = Vec::new();
    import::import_errors(&desk, session, &mut file).await.expect("written");
    let errors = String::from_utf8(file).expect("text");
    assert!(errors.contains("\"Fox\"") && !errors.contains("Last name: a value"), "{errors}");
}

/// Between the dry run and the commit somebody works on: the commit decides anew and says what it did.
#[tokio::test(flavor = "multi_thread")]
async fn the_commit_looks_at_the_directory_as_it_is_then() {
    let desk = desk().await;
    let eli = desk.add("Eli", "Stone", "eli@x.example").await.id;
    let path =
        desk.file("people.csv", format!("{HEADER}Ann,Lee,ann@x.example,Dean,,\nEli,Stone,eli@x.example,Dean,,\n"));
    let session = desk.open_file(&path).await;
    let counts = import::import_dry_run(&desk, session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    assert_eq!((counts.created, counts.updated), (1, 1));
    desk.add("Ann", "Lee", "Ann@x.example").await;
    review::contacts_review(&desk, &ids(&[eli]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    let done = import::import_commit(&desk, session, &mut go_on).await.expect("an import");
    assert_eq!((done.created, done.updated, done.failed), (0, 1, 1));
    assert_eq!(desk.number("SELECT count(*) FROM contact").await, 2, "nobody twice");
    let again = import::import_commit(&desk, session, &mut go_on).await.expect("an import");
    assert_eq!((again.operation, again.unchanged, again.failed), (None, 1, 1));
    import::import_close(&desk, session);
    assert!(matches!(import::import_commit(&desk, session, &mut go_on).await, Err(CommandError::NotFound { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_names_the_file_and_counts_the_contacts() {
    let desk = desk().await;
    let imported = import(&desk, "Ann,Lee,ann@x.example,,,Acme\nBo,Ray,bo@x.example,,,Labs\n").await;
    let history =
        history::history_list(&desk, &liaison_app::history::HistoryQuery { limit: 1, ..Default::default() }).await;
    let row = history.expect("history").rows.into_iter().next().expect("a row");
    assert_eq!(Some(row.id), imported.done.operation);
    assert_eq!((row.detail.as_str(), row.count, row.actor.as_str()), ("people.csv", 2, "Ada Berg"));
    let changes = history::history_changes(&desk, row.id, 0, 50).await.expect("changes");
    assert_eq!((changes.changes, changes.groups.len()), (4, 4), "two contacts, two employers");
    assert!(changes.groups.iter().all(|group| group.created && !group.records[0].name.is_empty()));
}
