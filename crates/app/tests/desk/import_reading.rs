//! Files as people have them, from the file to the directory: what cells with more in them than a value become, and
//! what can be chosen about a file. How files are taken apart: crates/exchange has those tests and the files.

use crate::common::{TestDesk, desk, go_on};
use liaison_app::import;
use liaison_app::import::{DateOrder, Doubt, ImportOutcome, ImportTarget, ReadOptions};
use liaison_domain::name::email_key;
use liaison_domain::{Field, Record, RecordKind, Value, contact, employer, student, task};
use std::path::Path;

fn real(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exchange/tests/fixtures/real");
    std::fs::read(folder.join(name)).expect("the file is there")
}

impl TestDesk {
    /// The contacts there are after importing a file.
    async fn contacts_of(&self, name: &str) -> Vec<Record> {
        self.import_text(name, real(name)).await;
        self.live(RecordKind::Contact).await.into_values().collect()
    }
}

fn find<'r>(records: &'r [Record], email: &str) -> &'r Record {
    let found = records.iter().find(|record| record.text(&contact::EMAIL) == email);
    found.unwrap_or_else(|| panic!("{email} is there"))
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_in_a_cell() {
    let desk = desk().await;
    let people = desk.contacts_of("18-emails-in-cell.csv").await;
    for (first, second) in [
        ("ann@acme.example", "ann.lee@home.example"),
        ("bob@acme.example", "bob@home.example"),
        ("cy@acme.example", "cy@home.example"),
        ("dee@acme.example", ""),
        ("eve@acme.example", ""),
        ("fay@acme.example", ""),
        ("gus@acme.example", ""),
        ("hal@acme.example", ""),
        ("ida@acme.example", ""),
        ("JOE.LUM@ACME.EXAMPLE", ""),
        ("max@münchen.example", ""),
        ("ned+jobs@acme.example", ""),
        ("ole@acme.example", ""),
    ] {
        assert_eq!(find(&people, first).text(&contact::EMAIL_2), second, "{first}");
    }
    let last_names: Vec<&str> = people.iter().map(|record| record.text(&contact::LAST_NAME)).collect();
    assert!(!last_names.contains(&"May") && !last_names.contains(&"Neu"), "what is no address is not guessed");
    let other = crate::common::desk().await;
    let people = other.contacts_of("50-second-only.csv").await;
    assert_eq!(find(&people, "ann@home.example").text(&contact::EMAIL_2), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn characters_of_html_are_read() {
    let desk = desk().await;
    let people = desk.contacts_of("30-employers.csv").await;
    let employers = desk.live(RecordKind::Employer).await;
    let of = |email: &str| {
        let id = find(&people, email).get(&contact::EMPLOYER).as_reference().expect("an employer");
        employers[&id].text(&employer::NAME).to_owned()
    };
    assert_eq!(of("h@x.example"), "Fritz Dräxlmaier & Dahl");
}

#[tokio::test(flavor = "multi_thread")]
async fn characters_that_nobody_sees_are_dropped() {
    let desk = desk().await;
    let people = desk.contacts_of("17-invisible.csv").await;
    for email in ["ann@acme.example", "bob@acme.example", "dee@acme.example"] {
        find(&people, email);
    }
    let cy = find(&people, "cy@acme.example");
    assert_eq!((cy.text(&contact::FIRST_NAME), cy.text(&contact::LAST_NAME)), ("Cy", "Poe"));
    assert_eq!(find(&people, "bob@acme.example").text(&contact::WORK_PHONE), "+1 212 555 0102");
    assert_eq!(find(&people, "dee@acme.example").text(&contact::WORK_PHONE), "+1 212 555 0104");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_in_two_scripts_is_one() {
    let desk = desk().await;
    let people = desk.contacts_of("40-idn.csv").await;
    let same = people.iter().filter(|record| email_key(record.text(&contact::EMAIL)) == "max@münchen.example");
    assert_eq!(same.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whole_names() {
    let desk = desk().await;
    let people = desk.contacts_of("22-fullnames.csv").await;
    type Expected<'e> = (&'e str, &'e str, &'e str, &'e [(&'e Field, &'e str)]);
    let expect: &[Expected<'_>] = &[
        ("p00", "Ann", "Lee", &[(&contact::PRONOUNS, "she/her")]),
        ("p02", "Barbara", "Loy", &[(&contact::DESCRIPTION, "née Cox")]),
        ("p04", "Karl", "Vogel", &[(&contact::NAME_PREFIX, "Dr. rer. nat.")]),
        ("p06", "Hardie", "Leannon", &[(&contact::NAME_SUFFIX, "V")]),
        ("p10", "George", "Ruth", &[(&contact::PREFERRED_NAME, "Babe"), (&contact::MIDDLE_NAME, "Herman")]),
        ("p12", "JOHN", "SMITH", &[]),
        ("p14", "María José", "García López", &[]),
        ("p16", "An", "Nguyễn", &[]),
        ("p18", "Ann", "Lee", &[(&contact::NAME_SUFFIX, "SHRM-CP")]),
        ("p20", "Jean-Luc", "Van Damme", &[]),
        ("p22", "Ann", "Lee", &[]),
        ("p28", "Robert", "Downey", &[(&contact::NAME_SUFFIX, "Jr., PhD")]),
        ("p32", "Van", "Nguyen", &[]),
        ("p36", "Uwe", "Beck", &[(&contact::NAME_PREFIX, "Dipl.-Ing.")]),
        ("p38", "Ann", "Lee", &[(&contact::PREFERRED_NAME, "Annie")]),
        ("p40", "Leonardo", "da Vinci", &[]),
        ("p44", "Ann", "Lee", &[(&contact::MIDDLE_NAME, "M.")]),
        ("p46", "Ann", "Lee", &[(&contact::PRONOUNS, "she/her")]),
    ];
    for (email, first, last, further) in expect {
        let person = find(&people, &format!("{email}@acme.example"));
        assert_eq!((person.text(&contact::FIRST_NAME), person.text(&contact::LAST_NAME)), (*first, *last), "{email}");
        for (field, text) in *further {
            assert_eq!(person.text(field), *text, "{email}");
        }
    }
    // What names two people, or only half a name, waits for somebody to say.
    for email in ["p08", "p34", "p42"] {
        let email = format!("{email}@acme.example");
        assert!(people.iter().all(|record| record.text(&contact::EMAIL) != email), "{email}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_handshake_has_archived_is_archived() {
    let desk = desk().await;
    let people = desk.contacts_of("34-handshake-import.csv").await;
    assert_eq!(find(&people, "bob@acme.example").text(&contact::VISIBILITY), contact::MYSELF);
    assert!(!find(&people, "bob@acme.example").get(&contact::OWNER).is_empty());
    assert_ne!(find(&people, "ann@acme.example").text(&contact::VISIBILITY), contact::MYSELF);
}

#[tokio::test(flavor = "multi_thread")]
async fn students_of_handshake() {
    let desk = desk().await;
    // Handshake lets people go without a last name; here they need one.
    let file = String::from_utf8(real("38-students-handshake.csv")).expect("text").replace(",Ben,,", ",Ben,Ode,");
    let path = desk.file("students.csv", file);
    let opened =
        import::import_open_as(&desk, RecordKind::Student, &path, None, &mut go_on).await.expect("it can be read");
    let field = |header: &str| {
        let column = opened.columns.iter().find(|column| column.header == header);
        column.and_then(|column| column.field.clone()).unwrap_or_default()
    };
    assert_eq!(field("mobile_number"), "phone");
    assert_eq!(field("username"), "student_number");
    assert_eq!(field("primary_education:primary_major_name"), "major");
    assert_eq!(field("primary_education:end_date"), "graduation_year");
    assert_eq!(field("school_year_name"), "standing");
    import::import_dry_run(&desk, opened.session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
    let students = desk.live(RecordKind::Student).await;
    let alma = students.values().find(|record| record.text(&student::FIRST_NAME) == "Alma").expect("she is there");
    assert_eq!(alma.get(&student::GRADUATION_YEAR), &Value::Number(2027));
    assert_eq!((alma.text(&student::MAJOR), alma.text(&student::STUDENT_NUMBER)), ("Biology", "S012345352"));
    assert_eq!(alma.text(&student::STANDING), student::STUDENT, "a junior");
    let ben = students.values().find(|record| record.text(&student::FIRST_NAME) == "Ben").expect("he is there");
    assert_eq!(ben.text(&student::STANDING), student::ALUM);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_of_day_and_month_is_asked_once() {
    let desk = desk().await;
    desk.import_text("ann.csv", "First name,Last name,E-mail\nAnn,Lee,ann@acme.example\n").await;
    let path = desk.file("tasks.csv", "Contact e-mail,Task,Due date\nann@acme.example,Call,05/06/2026\n");
    let opened =
        import::import_open_as(&desk, RecordKind::Task, &path, None, &mut go_on).await.expect("it can be read");
    assert_eq!(opened.assumed.date_order, Some(DateOrder::MonthFirst));
    assert!(opened.assumed.doubts.iter().any(|doubt| matches!(doubt, Doubt::AmbiguousDates { .. })));
    let options = ReadOptions { date_order: Some(DateOrder::DayFirst), ..ReadOptions::default() };
    let again = import::import_open_again(&desk, opened.session, RecordKind::Task, &options, &mut go_on)
        .await
        .expect("it can be read again");
    assert_eq!((again.assumed.date_order, again.assumed.doubts), (Some(DateOrder::DayFirst), vec![]));
    import::import_dry_run(&desk, again.session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    let rows = desk.every_row(again.session, None).await;
    assert_eq!(rows[0].outcome, ImportOutcome::Created, "{:?}", rows[0].problems);
    import::import_commit(&desk, again.session, &mut go_on).await.expect("an import");
    let tasks = desk.live(RecordKind::Task).await;
    assert_eq!(tasks.values().next().expect("a task").text(&task::DUE_ON), "2026-06-05");
}
