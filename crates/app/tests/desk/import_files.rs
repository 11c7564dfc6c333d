//! Files of every size and intent: a clear error or a working import, never half an import.

use crate::common::{desk, go_on, stop};
use crate::imports::counts;
use liaison_app::CommandError;
use liaison_app::error::FileProblem;
use liaison_app::import::ImportTarget;
use liaison_app::{import, undo};
use liaison_domain::RecordKind;
use std::io::Write as _;
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_says_why() {
    let desk = desk().await;
    let before = desk.rows().await;
    let mut old_excel = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    old_excel.resize(4096, 0);
    let mut whole = Vec::new();
    liaison_exchange::write_xlsx("People", ["Name"], [["Ann"], ["Bo"]], &mut whole).expect("a workbook");
    let cut = whole[..whole.len() / 2].to_vec();
    let columns = format!("{}\n1\n", "h,".repeat(600));
    let files: Vec<(&str, Vec<u8>, FileProblem)> = vec![
        ("empty.csv", Vec::new(), FileProblem::Empty),
        ("header.csv", b"Name,City\r\n\r\n".to_vec(), FileProblem::Empty),
        ("empty.vcf", Vec::new(), FileProblem::Empty),
        ("page.pdf", b"%PDF-1.7 ...".to_vec(), FileProblem::NotRecognised),
        ("page.csv", b"<!doctype html><table></table>".to_vec(), FileProblem::NotRecognised),
        ("old.xls", old_excel, FileProblem::NotRecognised),
        ("cut.xlsx", cut, FileProblem::Damaged),
        ("wide.csv", columns.into_bytes(), FileProblem::TooManyColumns),
        ("utf32.csv", b"\xff\xfe\0\0N\0\0\0".to_vec(), FileProblem::Encoding),
    ];
    for (name, content, expected) in files {
        let refused = import::import_open(&desk, &desk.file(name, content), None, &mut go_on).await;
        let Err(CommandError::UnreadableFile { problem, detail }) = refused else { panic!("{name}: {refused:?}") };
        assert_eq!(problem, expected, "{name}: {detail}");
        assert!(!detail.is_empty());
    }
    let nowhere = import::import_open(&desk, Path::new("/nonexistent/people.csv"), None, &mut go_on).await;
    assert!(matches!(nowhere, Err(CommandError::UnreadableFile { problem: FileProblem::NotFound, .. })));
    let folder = import::import_open(&desk, desk.directory.outside(), None, &mut go_on).await;
    assert!(matches!(folder, Err(CommandError::UnreadableFile { problem: FileProblem::NotRecognised, .. })));
    assert_eq!(desk.rows().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cell_of_ten_megabytes_and_half_a_pair_spoil_their_rows_only() {
    let desk = desk().await;
    let large = "x".repeat(10 << 20);
    let content =
        format!("First name,Last name,E-mail,About\nAnn,Lee,ann@x.example,{large}\nBo,Ray,bo@x.example,short\n");
    assert_eq!(counts(&desk.import_text("large.csv", content).await), (1, 0, 0, 1));
    let mut utf16: Vec<u8> = "\u{feff}First name,Last name,E-mail\r\nCy,Poe,cy@x.example\r\nDi"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    utf16.extend([0x3d, 0xd8]);
    utf16.extend(",Fox,di@x.example\r\n".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(counts(&desk.import_text("half.csv", utf16).await), (1, 0, 0, 1));
    desk.assert_whole().await;
}

/// What a person may find in any file: formulas, SQL, markup, other scripts, line breaks. It comes through as it is.
#[tokio::test(flavor = "multi_thread")]
async fn text_comes_through_as_it_is() {
    let desk = desk().await;
    let odd = ["=1+1", "'; DROP TABLE contact; --", "<script>alert(1)</script>", "太郎", "محمد", "👩‍💻", "a\"b", "%_\\"];
    let mut content = String::from("First name,Last name,E-mail,About\n");
    for (number, text) in odd.iter().enumerate() {
        let quoted = text.replace('"', "\"\"");
        content.push_str(&format!("\"{quoted}\",\"{quoted}\",p{number}@x.example,\"{quoted}\nsecond line\"\n"));
    }
    assert_eq!(counts(&desk.import_text("odd.csv", content).await), (odd.len() as u32, 0, 0, 0));
    for (number, text) in odd.iter().enumerate() {
        let record = desk.with_email(&format!("p{number}@x.example")).await;
        assert_eq!(record.text(&liaison_domain::contact::LAST_NAME), *text);
        assert_eq!(record.text(&liaison_domain::contact::DESCRIPTION), format!("{text}\nsecond line"));
    }
    desk.assert_whole().await;
}

fn people(path: &Path, rows: usize) {
    let file = std::fs::File::create(path).expect("a file");
    let mut file = std::io::BufWriter::new(file);
    file.write_all(b"First name,Last name,E-mail,Employer\n").expect("written");
    for row in 0..rows {
        writeln!(file, "Ann,Lee {row},a{row}@x.example,Firm {}", row % 1_500).expect("written");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_two_million_rows_are_refused_and_reading_can_be_stopped() {
    let desk = desk().await;
    let path = desk.directory.outside().join("many.csv");
    let mut content = String::from("a,b\n");
    content.push_str(&"1,2\n".repeat(2_000_001));
    std::fs::write(&path, content).expect("a file");
    let stopped = import::import_open(&desk, &path, None, &mut stop).await;
    assert_eq!(stopped.map(|_| ()), Err(CommandError::Cancelled));
    let refused = import::import_open(&desk, &path, None, &mut go_on).await;
    assert!(
        matches!(refused, Err(CommandError::UnreadableFile { problem: FileProblem::TooManyRows, .. })),
        "{refused:?}"
    );
}

/// Above 20,000 rows the indexes are put aside and built anew: they are the same afterwards, and whole.
#[tokio::test(flavor = "multi_thread")]
async fn a_large_import_leaves_the_same_indexes() {
    let desk = desk().await;
    let path = desk.directory.outside().join("people.csv");
    people(&path, 20_001);
    let indexes = async || {
        let found = desk.database().read(|db| {
            db.all("SELECT name,sql FROM sqlite_master WHERE type='index' ORDER BY name", &[], |row| {
                Ok((row.text(0).to_owned(), row.text(1).to_owned()))
            })
        });
        found.await.expect("indexes")
    };
    let before = indexes().await;
    let session = desk.open_file(&path).await;
    let counts = import::import_dry_run(&desk, session, ImportTarget::Directory, &mut go_on).await.expect("a dry run");
    let mut rows = desk.rows().await;
    let mut halfway = |progress: liaison_app::Progress| {
        if progress.done > 12_000 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    };
    assert_eq!(import::import_commit(&desk, session, &mut halfway).await, Err(CommandError::Cancelled));
    assert_eq!(
        (indexes().await, desk.rows().await),
        (before.clone(), rows.clone()),
        "stopped half-way, nothing remains"
    );
    rows.clear();
    let done = import::import_commit(&desk, session, &mut go_on).await.expect("an import");
    assert_eq!((done.created, counts.created, counts.employers_created), (20_001, 20_001, 1_500));
    assert_eq!(indexes().await, before);
    assert_eq!(
        desk.number("SELECT count(*) FROM contact INDEXED BY contact_email WHERE email_key='a17@x.example'").await,
        1
    );
    desk.assert_whole().await;
    let undone = undo::undo(
        &desk,
        done.operation.expect("an operation"),
        liaison_domain::undo::UndoMode::KeepLaterChanges,
        &mut go_on,
    )
    .await
    .expect("undone");
    assert_eq!(undone.changed, 20_001, "people are counted, not their employers");
    assert!(desk.live(RecordKind::Contact).await.is_empty() && desk.live(RecordKind::Employer).await.is_empty());
}
