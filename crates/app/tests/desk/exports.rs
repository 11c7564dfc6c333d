//! Files out of lists and selections: what is in them, and that nothing half-written is left behind.

use crate::common::{TestDesk, change, desk, go_on, ids, only_problem, sample, stop};
use liaison_app::CommandError;
use liaison_app::error::WriteProblem;
use liaison_app::export::{ExportFormat, ExportInput};
use liaison_app::files::Destination;
use liaison_app::lists::Selection;
use liaison_app::{contacts, export, import, lists};
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::{ListQuery, SortKey};
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::{RecordKind, StaffRole};
use liaison_exchange::{Limits, Sheet};
use std::ops::ControlFlow;
use std::path::Path;

fn read(path: &Path) -> Sheet {
    liaison_exchange::read(path, &Limits::default(), &mut |_| ControlFlow::Continue(()))
        .expect("a file that can be read")
}

fn input(selection: Selection, format: ExportFormat, columns: &[&str]) -> ExportInput {
    let columns = columns.iter().map(|key| (*key).to_owned()).collect();
    ExportInput { kind: RecordKind::Contact, selection, format, columns }
}

async fn everybody(desk: &TestDesk) -> Selection {
    let mut query = ListQuery::all(RecordKind::Contact);
    query.sort.push(SortKey { field: "name".into(), descending: true });
    Selection::Result { result: lists::list_open(desk, query).await.expect("a list").result, except: Vec::new() }
}

/// The names of the files where exports go.
fn files(desk: &TestDesk) -> Vec<String> {
    let entries = std::fs::read_dir(desk.directory.outside().join("out")).expect("a directory");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Three people, one of them with a name like a formula and "Do not email".
async fn three() -> TestDesk {
    let desk = desk().await;
    std::fs::create_dir(desk.directory.outside().join("out")).expect("a directory");
    let acme = desk.add_employer("Acme").await;
    let ann = desk.add("Ann", "Lee", "ann@x.example").await.id;
    desk.set(ann, "employer", "", &acme.to_string()).await;
    desk.set(ann, "labels", "", "VIP; STEM").await;
    desk.set(ann, "work_phone", "", "+49 30 1234567").await;
    let flag = FieldEdit { field: "a1000".into(), before: FieldValue::Empty(()), after: FieldValue::Flag(true) };
    contacts::contact_edit(&desk, ann, &[flag]).await.expect("do not email");
    desk.add("=1+1", "Bo", "bo@x.example").await;
    desk.add("Cy", "Zed", "cy@x.example").await;
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_becomes_a_file_in_its_order_with_its_columns() {
    let desk = three().await;
    let columns = ["name", "employer", "labels", "work_phone", "a1000", "visibility"];
    for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
        let path = desk.directory.outside().join("out").join(format!("people.{}", format.extension()));
        let done = export::export(
            &desk,
            &input(everybody(&desk).await, format, &columns),
            Destination::Path(&path),
            &mut go_on,
        )
        .await
        .expect("written");
        assert_eq!((done.records, done.path.as_str()), (3, path.to_str().expect("a path")));
        assert!(done.left_out.is_empty());
        let sheet = read(&path);
        assert_eq!(sheet.headers, ["Name", "Employer", "Labels", "Work phone", "Do not email", "Visibility"]);
        let rows: Vec<Vec<String>> = (0..sheet.rows()).map(|row| sheet.row(row).map(str::to_owned).collect()).collect();
        assert_eq!(rows[0][0], "Cy Zed");
        assert_eq!(rows[1], ["Ann Lee", "Acme", "VIP; STEM", "+49 30 1234567", "yes", "career_advisors"]);
        assert_eq!(rows[2][0], "=1+1 Bo");
    }
    let text = std::fs::read_to_string(desk.directory.outside().join("out/people.csv")).expect("a file");
    assert!(text.contains("\"'=1+1 Bo\"") && text.contains("\"+49 30 1234567\""), "safe for spreadsheets");
    assert_eq!(files(&desk), ["people.csv", "people.xlsx"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_fields_are_there_and_come_back_with_an_import() {
    let desk = three().await;
    let path = desk.directory.outside().join("out/all.csv");
    export::export(&desk, &input(everybody(&desk).await, ExportFormat::Csv, &[]), Destination::Path(&path), &mut go_on)
        .await
        .expect("written");
    let sheet = read(&path);
    for header in ["First name", "E-mail", "Do not email", "Inactive", "Last heard of", "Access", "Home city", "Added"]
    {
        assert!(sheet.headers.iter().any(|have| have == header), "{header}");
    }
    for hidden in ["Deleted", "Merged into"] {
        assert!(!sheet.headers.iter().any(|have| have == hidden), "{hidden}");
    }
    let opened = import::import_open(&desk, &path, None, &mut go_on).await.expect("our own file");
    let dry = import::import_dry_run(&desk, opened.session, Default::default(), &mut go_on).await.expect("a dry run");
    assert_eq!((dry.created, dry.failed), (0, 0), "everybody is there already");
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_are_of_contacts_and_say_what_they_leave_out() {
    let desk = three().await;
    let path = desk.directory.outside().join("out/people.vcf");
    let ann = desk
        .live(RecordKind::Contact)
        .await
        .into_values()
        .find(|c| c.text(&liaison_domain::contact::FIRST_NAME) == "Ann");
    let ann = ann.expect("Ann").id;
    let columns = ["first_name", "last_name", "email", "employer", "a1000", "visibility"];
    let done =
        export::export(&desk, &input(ids(&[ann]), ExportFormat::Vcard, &columns), Destination::Path(&path), &mut go_on)
            .await
            .expect("written");
    assert_eq!((done.records, done.left_out), (1, vec!["a1000".to_owned(), "visibility".to_owned()]));
    let text = std::fs::read_to_string(&path).expect("a file");
    assert!(text.contains("ann@x.example") && text.contains("Acme") && text.contains(&ann.to_string()));
    let employers = ExportInput { kind: RecordKind::Employer, ..input(ids(&[]), ExportFormat::Vcard, &[]) };
    assert_eq!(
        only_problem(export::export(&desk, &employers, Destination::Path(&path), &mut go_on).await),
        ("format".into(), Problem::UnknownField)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_does_not_get_whole_leaves_the_old_one() {
    let desk = sample(3_000).await;
    std::fs::create_dir(desk.directory.outside().join("out")).expect("a directory");
    let path = desk.directory.outside().join("out/people.csv");
    std::fs::write(&path, "old").expect("a file");
    for format in [ExportFormat::Csv, ExportFormat::Xlsx, ExportFormat::Vcard] {
        let cancelled =
            export::export(&desk, &input(everybody(&desk).await, format, &[]), Destination::Path(&path), &mut stop)
                .await;
        assert_eq!(cancelled, Err(CommandError::Cancelled));
        assert_eq!(files(&desk), ["people.csv"]);
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "old");
    }
    let nowhere = desk.directory.outside().join("nowhere/people.csv");
    let refused = export::export(
        &desk,
        &input(everybody(&desk).await, ExportFormat::Csv, &[]),
        Destination::Path(&nowhere),
        &mut go_on,
    )
    .await;
    assert!(
        matches!(refused, Err(CommandError::UnwritableFile { problem: WriteProblem::NoFolder, .. })),
        "{refused:?}"
    );
    let folder = desk.directory.outside().join("out");
    let refused = export::export(
        &desk,
        &input(everybody(&desk).await, ExportFormat::Csv, &[]),
        Destination::Path(&folder),
        &mut go_on,
    )
    .await;
    assert!(
        matches!(refused, Err(CommandError::UnwritableFile { problem: WriteProblem::NotAllowed, .. })),
        "{refused:?}"
    );
    let mut seen = 0;
    let mut count = |progress: liaison_app::Progress| {
        seen = progress.done;
        ControlFlow::Continue(())
    };
    let done = export::export(
        &desk,
        &input(everybody(&desk).await, ExportFormat::Csv, &[]),
        Destination::Path(&path),
        &mut count,
    )
    .await
    .expect("written");
    assert_eq!(seen, done.records);
    assert_eq!(read(&path).rows(), done.records as usize);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_need_the_permission_and_hold_only_what_is_seen() {
    let desk = three().await;
    let path = desk.directory.outside().join("out/people.csv");
    let cy = desk.add("Cy", "Own", "own@x.example").await.id;
    let owner = desk.actor().staff.to_string();
    desk.set(cy, "visibility", "career_advisors", "myself").await;
    contacts::contact_edit(&desk, cy, &[FieldEdit { after: FieldValue::Empty(()), ..change("owner", &owner, "") }])
        .await
        .expect("given away");
    let desk = desk.reopened(Some(StaffRole::Advisor)).await;
    let done = export::export(
        &desk,
        &input(everybody(&desk).await, ExportFormat::Csv, &[]),
        Destination::Path(&path),
        &mut go_on,
    )
    .await
    .expect("written");
    assert_eq!(done.records, 3, "somebody else's private contact is not in it");
    let chosen =
        export::export(&desk, &input(ids(&[cy]), ExportFormat::Csv, &[]), Destination::Path(&path), &mut go_on).await;
    assert_eq!(chosen, Err(CommandError::not_found("contact")));
    let desk = desk.reopened(Some(StaffRole::Viewer)).await;
    let denied = export::export(
        &desk,
        &input(everybody(&desk).await, ExportFormat::Csv, &[]),
        Destination::Path(&path),
        &mut go_on,
    )
    .await;
    assert_eq!(denied, Err(CommandError::Denied { permission: "export_contacts".into() }));
}
