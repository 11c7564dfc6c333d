//! Who a row is about: by any of a person's addresses, by another name, by what else is alike. And that every row of a
//! file is accounted for.

use crate::common::{TestDesk, desk, go_on, ids};
use crate::imports::{Imported, counts};
use liaison_app::import::{DryRun, ImportAnswer, ImportOutcome, ImportProblem, ImportTarget};
use liaison_app::{import, review};
use liaison_domain::review::ReviewAction;
use liaison_domain::{Record, RecordKind, contact, employer};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::path::PathBuf;

const HEADER: &str = "First name,Last name,Email,Second e-mail,Job title,Employer,Work phone,Former e-mails\n";

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(fixtures().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

async fn import_fixture(desk: &TestDesk, name: &str) -> Imported {
    desk.import_text(name, fixture(name)).await
}

/// Opens a file and gives these answers to all its questions.
async fn open_answering(desk: &TestDesk, rows: &str, conflict: ImportAnswer, duplicate: ImportAnswer) -> u32 {
    let session = desk.open_file(&desk.file("people.csv", format!("{HEADER}{rows}"))).await;
    let answers = [(ImportOutcome::NameConflict, conflict), (ImportOutcome::PossibleDuplicate, duplicate)];
    for (about, answer) in answers {
        import::import_answer(desk, session, about, None, Some(answer)).await.expect("an answer");
    }
    session
}

async fn names(desk: &TestDesk) -> Vec<String> {
    let contacts = desk.live(RecordKind::Contact).await.into_values();
    let name = |record: Record| format!("{} {}", record.text(&contact::FIRST_NAME), record.text(&contact::LAST_NAME));
    let mut names: Vec<String> = contacts.map(name).collect();
    names.sort_unstable();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn another_first_and_last_name_on_a_known_address_is_asked_about() {
    let desk = desk().await;
    assert_eq!(counts(&import_fixture(&desk, "19a-shared-first.csv").await), (1, 0, 0, 0));
    let later = import_fixture(&desk, "19b-shared-later.csv").await;
    assert_eq!((later.counts.name_conflicts, later.done.operation), (1, None));
    assert_eq!(later.rows[0].problems[0].problem, ImportProblem::NameConflict { name: "Ann Lee".into() });
    let question = later.rows[0].question.as_ref().expect("a question");
    let changed: Vec<&str> = question.update.iter().map(|change| change.field.as_str()).collect();
    assert_eq!(changed, ["first_name", "last_name", "title"], "what an update would change");
    assert_eq!(names(&desk).await, ["Ann Lee"], "Ann is still Ann");

    const BOB: &str = "Bob,Ray,careers@acme.example,,Campus lead,Acme,,\n";
    let skipped = open_answering(&desk, BOB, ImportAnswer::Skip, ImportAnswer::Skip).await;
    let skipped = desk.finish_import(skipped, ImportTarget::Directory).await;
    assert_eq!((skipped.counts.skipped, names(&desk).await.len()), (1, 1));
    let added = open_answering(&desk, BOB, ImportAnswer::Add, ImportAnswer::Skip).await;
    assert_eq!(counts(&desk.finish_import(added, ImportTarget::Directory).await), (1, 0, 0, 0));
    assert_eq!(names(&desk).await, ["Ann Lee", "Bob Ray"]);
    // Now the name tells which of the two is meant.
    let again = desk.import_text("again.csv", format!("{HEADER}{BOB}Ann,Lee,CAREERS@acme.example,,Dean,,,\n")).await;
    assert_eq!((again.counts.unchanged, again.counts.updated), (1, 1));
    let third = format!("{HEADER}Cy,Poe,careers@acme.example,,,,,\n,,careers@acme.example,,Dean,,,\n");
    let third = desk.import_text("third.csv", third).await;
    assert_eq!((third.counts.name_conflicts, third.counts.failed), (1, 1), "without a name nobody is meant");
    let updated = open_answering(&desk, "Cy,Poe,careers@acme.example,,,,,\n", ImportAnswer::Update, ImportAnswer::Skip);
    let updated = desk.finish_import(updated.await, ImportTarget::Directory).await;
    assert_eq!((counts(&updated), names(&desk).await.len()), ((0, 1, 0, 0), 2));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_people_of_a_file_may_share_an_address_where_somebody_says_so() {
    let desk = desk().await;
    let rows = "Ann,Lee,careers@x.example,,,,,\nBob,Ray,careers@x.example,,,,,\nBob,Ray,careers@x.example,,Dean,,,\n";
    let asked = desk.import_text("people.csv", format!("{HEADER}{rows}")).await;
    let outcomes: Vec<ImportOutcome> = asked.rows.iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [ImportOutcome::Created, ImportOutcome::NameConflict, ImportOutcome::Failed]);
    let named = ImportProblem::NameConflictInFile { name: "Ann Lee".into(), row: 2 };
    assert_eq!(asked.rows[1].problems[0].problem, named, "the other row is named");
    assert_eq!(asked.rows[2].problems[0].problem, ImportProblem::DuplicateInFile { row: 3 }, "Bob comes twice");
    // Answered for one row, and taken back, and answered again.
    let session = desk.open_file(&desk.file("people.csv", format!("{HEADER}{rows}"))).await;
    import::import_dry_run(&desk, session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    let answer = async |answer| {
        let about = ImportOutcome::NameConflict;
        import::import_answer(&desk, session, about, Some(1), answer).await.expect("an answer")
    };
    let conflicts = answer(Some(ImportAnswer::Add)).await;
    // Ann is there by now.
    assert_eq!((conflicts.created, conflicts.unchanged, conflicts.name_conflicts), (1, 1, 0));
    assert_eq!(answer(None).await.name_conflicts, 1);
    let counts = answer(Some(ImportAnswer::Add)).await;
    let rows = desk.every_row(session, None).await;
    desk.commit_import(session, counts, rows).await;
    assert_eq!(names(&desk).await, ["Ann Lee", "Bob Ray"]);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_found_by_any_of_their_addresses() {
    let desk = desk().await;
    import_fixture(&desk, "20c-1.csv").await;
    let later = import_fixture(&desk, "20c-2.csv").await;
    assert_eq!(counts(&later), (0, 1, 0, 0));
    let ann = desk.with_email("ann@acme.example").await;
    assert_eq!((ann.text(&contact::TITLE), ann.text(&contact::EMAIL_2)), ("Director", "ann@home.example"));
    // Within one file, too: the second row is not a second Ann, and not lost without a word.
    let both = "Bo,Ray,bo@acme.example,bo@home.example,,,,\nBo,Ray,bo@home.example,,Director,,,\n\
        Ann,Lee,ann@acme.example,,,,,\nAnn,Lee,ann@home.example,,,,,\n";
    let both = desk.import_text("both.csv", format!("{HEADER}{both}")).await;
    assert_eq!((both.counts.created, both.counts.unchanged, both.counts.failed), (1, 1, 2));
    assert_eq!(both.rows[1].problems[0].problem, ImportProblem::DuplicateInFile { row: 2 });
    assert_eq!(both.rows[3].problems[0].problem, ImportProblem::SameContact { row: 4 });
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_very_likely_there_under_another_address_is_asked_about() {
    let desk = desk().await;
    let known = "William,Hart,william.hart@beta.example,,Director,Beta,+1 212 555 0130,\n\
        Robert,King,robert.king@king.example,,Owner,King,+1 212 555 0120,\n\
        Sales,Desk,sales@eta.example,,,Eta,+1 212 555 0180,\nJohn,Smith,john.smith@eps.example,,Engineer,Epsilon,,\n";
    desk.import_text("known.csv", format!("{HEADER}{known}")).await;
    let rows = "Bill,Hart,bhart@beta.example,,Director,Beta,+1 212 555 0130,\n\
        Sales,Desk,sales@theta.example,,,Theta,+1 212 555 0190,\nJohn,Smith,john.smith2@zeta.example,,Nurse,Zeta,,\n";
    let asked = desk.import_text("rows.csv", format!("{HEADER}{rows}")).await;
    let outcomes: Vec<ImportOutcome> = asked.rows.iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [ImportOutcome::PossibleDuplicate, ImportOutcome::Created, ImportOutcome::Created]);
    let question = asked.rows[0].question.as_ref().and_then(|question| question.contact.as_ref()).expect("a contact");
    assert_eq!((question.person.name.as_str(), question.score > 0.9), ("William Hart", true));
    assert!(question.reasons.iter().any(|reason| reason.column == "phone"), "with the evidence");
    // Updated: the new address becomes a further one, for the file doesn't say which is newer.
    let bill = "Bill,Hart,bhart@beta.example,,Head,Beta,+1 212 555 0130,\n";
    let update = open_answering(&desk, bill, ImportAnswer::Skip, ImportAnswer::Update).await;
    assert_eq!(counts(&desk.finish_import(update, ImportTarget::Directory).await), (0, 1, 0, 0));
    let hart = desk.with_email("william.hart@beta.example").await;
    assert_eq!((hart.text(&contact::EMAIL_2), hart.text(&contact::TITLE)), ("bhart@beta.example", "Head"));
    let add = "Bill,Hart,bill@beta.example,,Head,Beta,+1 212 555 0130,\n";
    let add = open_answering(&desk, add, ImportAnswer::Skip, ImportAnswer::Add).await;
    assert_eq!(counts(&desk.finish_import(add, ImportTarget::Directory).await), (1, 0, 0, 0));
    // Whose data is frozen isn't updated.
    let hart = desk.with_email("bill@beta.example").await.id;
    review::contacts_review(&desk, &ids(&[hart]), ReviewAction::Reject, &mut go_on).await.expect("rejected");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_address_has_its_question_and_a_corrected_name_has_none() {
    let desk = desk().await;
    desk.add("Ann", "Lee", "ann@x.example").await;
    let rows = "Bob,Ray,bob at x,,,,,\nCy,Poe,cy@x.example,,,,,\n";
    let session = desk.open_file(&desk.file("people.csv", format!("{HEADER}{rows}"))).await;
    import::import_dry_run(&desk, session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    let fix = async |row, column, to: &str| import::import_fix(&desk, session, row, column, to).await.expect("a fix");
    assert_eq!(fix(0, 2, "ann@x.example").await.row.outcome, ImportOutcome::NameConflict);
    assert_eq!(fix(0, 1, "Lee").await.row.outcome, ImportOutcome::Updated, "the last name is the same");
    // Another row about the same contact waits behind it, and comes forward when it is gone.
    let second = fix(1, 2, "ann@x.example").await;
    assert_eq!(second.row.outcome, ImportOutcome::NameConflict);
    fix(1, 1, "Lee").await;
    assert_eq!(fix(1, 0, "Ann").await.row.outcome, ImportOutcome::Failed, "twice the same");
    let counts = fix(0, 2, "bob@x.example").await.counts;
    assert_eq!((counts.created + counts.possible_duplicates, counts.unchanged, counts.failed), (1, 1, 0));
    let fresh = import::import_dry_run(&desk, session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    assert_eq!(fresh, counts, "fixing keeps the counts as a new dry run finds them");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_optional_value_that_is_none_costs_nobody() {
    let desk = desk().await;
    let path = desk.file("42.csv", fixture("42-one-bad-value.csv"));
    let session = desk.open_file(&path).await;
    let dry = import::import_dry_run(&desk, session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    assert_eq!((dry.created, dry.failed), (4, 0));
    assert!(dry.left_out_values >= 3, "{dry:?}");
    let mut file = Vec::new();
    assert_eq!(import::import_errors(&desk, session, &mut file).await, Ok(dry.left_out_values));
    let errors = String::from_utf8(file).expect("text");
    assert!(errors.contains("not imported: Work phone") && errors.contains("TBD"), "{errors}");
    let done = import::import_commit(&desk, session, &mut go_on).await.expect("an import");
    assert_eq!(done.counts(), dry);
    assert_eq!(names(&desk).await, ["Ann Lee", "Bob Ray", "Cy Poe", "Dee Fox"]);
    assert!(desk.with_email("dee@acme.example").await.get(&contact::WORK_PHONE).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn employers_are_told_apart_by_their_signs_and_no_employer_is_none() {
    let desk = desk().await;
    let imported = import_fixture(&desk, "30-employers.csv").await;
    assert_eq!(counts(&imported), (17, 0, 0, 0));
    let employers = desk.live(RecordKind::Employer).await;
    let names: Vec<&str> = employers.values().map(|record| record.text(&employer::NAME)).collect();
    for name in ["C++ Systems", "C Systems", "C# Systems", "Self-employed"] {
        assert!(names.contains(&name), "{name} is among {names:?}");
    }
    assert!(!names.contains(&"n/a") && !names.contains(&"-"), "{names:?}");
    assert_eq!(names.iter().filter(|name| name.starts_with('M')).count(), 1, "one Müller: {names:?}");
    let again = import_fixture(&desk, "30-employers.csv").await;
    assert_eq!((again.counts.unchanged, again.counts.employers_created), (17, 0), "each found again");
}

/// read = created + updated + unchanged + asked + skipped + failed + blank, for any file.
#[tokio::test(flavor = "multi_thread")]
async fn every_row_of_every_file_is_accounted_for() {
    let mut files: Vec<_> =
        std::fs::read_dir(fixtures()).expect("fixtures").flatten().map(|file| file.path()).collect();
    files.sort();
    assert!(files.len() > 10, "{files:?}");
    let desk = desk().await;
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let content = std::fs::read(&path).expect("a file");
        for round in ["first", "second"] {
            let opened = import::import_open(&desk, &desk.file(&name, &content), None, &mut go_on).await;
            let opened = opened.unwrap_or_else(|error| panic!("{name}: {error}"));
            let imported = desk.finish_import(opened.session, ImportTarget::Directory).await;
            assert_eq!(imported.counts.rows(), opened.rows, "{name}, {round}");
        }
    }
    desk.assert_whole().await;
}

/// A row of a random file: first and last name, two addresses, a phone and a former address, by number.
type RandomRow = (u8, u8, u8, u8, u8, u8);

fn csv(rows: &[RandomRow]) -> String {
    const FIRST: [&str; 5] = ["Ann", "Bob", "Cyril", "Dee", ""];
    const LAST: [&str; 4] = ["Lee", "Ray", "Poe", ""];
    let address = |n: u8| match n {
        0..6 => format!("p{n}@pool.example"),
        6 => "nonsense".to_owned(),
        _ => String::new(),
    };
    let mut text = HEADER.to_owned();
    for (first, last, email, second, phone, former) in rows {
        let phone = if *phone < 3 { format!("+1 212 555 010{phone}") } else { "TBD".to_owned() };
        text.push_str(&format!(
            "{},{},{},{},Title {phone},Firm {},{phone},{}\n",
            FIRST[usize::from(first % 5)],
            LAST[usize::from(last % 4)],
            address(*email),
            address(*second),
            first % 3,
            address(*former).replace("nonsense", "")
        ));
    }
    text
}

/// Whatever the files, whatever the answers: the commit does what the dry run said, for rows that are about each other,
/// too.
#[test]
fn a_dry_run_and_its_commit_never_differ() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let row = || (0u8..5, 0u8..4, 0u8..8, 3u8..12, 0u8..4, 0u8..14);
    let answer = || {
        let all = [None, Some(ImportAnswer::Update), Some(ImportAnswer::Add), Some(ImportAnswer::Skip)];
        prop::sample::select(all.to_vec())
    };
    let file = || (prop::collection::vec(row(), 1..7), answer(), answer());
    let files = prop::collection::vec(file(), 1..4);
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let ran = runner.run(&files, |files| {
        runtime.block_on(async {
            let desk = desk().await;
            for (rows, conflict, duplicate) in &files {
                let session = desk.open_file(&desk.file("people.csv", csv(rows))).await;
                let answers = [(ImportOutcome::NameConflict, conflict), (ImportOutcome::PossibleDuplicate, duplicate)];
                for (about, answer) in answers {
                    import::import_answer(&desk, session, about, None, *answer).await.expect("an answer");
                }
                desk.finish_import(session, ImportTarget::Directory).await;
            }
            desk.assert_whole().await;
        });
        Ok(())
    });
    if let Err(error) = ran {
        panic!("{error}");
    }
}

/// A contact changes its name by a row; the next one has its former address under the new name. The dry run once said
/// "created", and the commit skipped it.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_earlier_row_made_of_a_contact_counts_for_a_later_one() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@x.example").await.id;
    desk.set(dana, "former_emails", "", "dana.old@x.example").await;
    let rows = "Dana,Smith,dana@x.example,,,,,\nDana,Smith,dana.old@x.example,,,,,\n";
    let imported = desk.import_text("people.csv", format!("{HEADER}{rows}")).await;
    assert_eq!((imported.counts.updated, imported.counts.skipped), (1, 1));
    let expected = ImportProblem::FormerAddress { name: "Dana Smith".into() };
    assert_eq!(imported.rows[1].problems[0].problem, expected);
    let none = DryRun { created: 0, ..imported.counts };
    assert_eq!(imported.counts, none, "nobody twice");
}
