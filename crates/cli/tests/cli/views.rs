//! Files of lists, and views, from the terminal.

use crate::desk::{Desk, rows, text};
use serde_json::json;
use std::ffi::OsStr;

const PEOPLE: &str = "First name,Last name,E-mail,Job title,Employer\n\
    Dana,Reyes,dana@acme.example,Recruiter,Acme\nEli,Stone,eli@acme.example,=2+2,Acme\nFay,Young,fay@labs.example,Dean,Labs\n";

fn with_people() -> Desk {
    let desk = Desk::new();
    let file = desk.file("people.csv", PEOPLE);
    desk.ok([OsStr::new("import"), file.as_os_str()]);
    desk
}

#[test]
fn a_list_becomes_a_file() {
    let desk = with_people();
    let path = desk.file("out.csv", "old");
    let out = path.to_str().expect("a path");
    let done = desk.json([
        "export",
        "--format",
        "csv",
        "--filter",
        "employer=Acme",
        "--columns",
        "name,title,employer",
        "--sort",
        "-name",
        "-o",
        out,
        "--json",
    ]);
    assert_eq!(done, json!({ "path": out, "records": 2, "left_out": [], "refused": 0, "replaced": 0 }));
    let file = std::fs::read_to_string(&path).expect("a file");
    let lines: Vec<&str> = file.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines,
        [
            "\"Name\",\"Job title\",\"Employer\"",
            "\"Eli Stone\",\"'=2+2\",\"Acme\"",
            "\"Dana Reyes\",\"Recruiter\",\"Acme\""
        ]
    );
    let cards = desk.file("out.vcf", "");
    desk.ok(["export", "--format", "vcard", "--search", "fay", "-o", cards.to_str().expect("a path")]);
    let cards = std::fs::read_to_string(&cards).expect("a file");
    assert_eq!(cards.matches("BEGIN:VCARD").count(), 1);
    let book = desk.file("out.xlsx", "");
    desk.ok(["export", "--format", "xlsx", "--kind", "employer", "-o", book.to_str().expect("a path")]);
    assert!(std::fs::read(&book).expect("a file").starts_with(b"PK"));
    let google = desk.ok(["export", "--for", "google", "--search", "fay", "-o", "-"]);
    assert!(google.starts_with("First Name,Middle Name,Last Name,Phonetic First Name,"), "{google}");
    assert!(google.contains("* myContacts,* Work,fay@"), "{google}");
    let apple = desk.ok(["export", "--for", "apple", "--search", "fay", "-o", "-"]);
    assert!(apple.contains("VERSION:3.0"), "{apple}");
    for wrong in [&["--for", "excel"][..], &["--for", "google", "--format", "csv"], &[]] {
        let wrong = [&["export", "-o", "-"], wrong].concat();
        assert_eq!(desk.run(wrong.iter().copied()).code, Some(2), "{wrong:?}");
    }
    let nowhere = desk.run(["export", "--format", "csv", "-o", "/nowhere/at/all.csv"]);
    assert_eq!(nowhere.code, Some(8));
    let unknown = desk.run(["export", "--format", "csv", "--columns", "shoe_size", "-o", out]);
    assert_eq!(unknown.code, Some(4));
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), file, "what was there is still there");
}

#[test]
fn built_in_views_are_listed_and_shown() {
    let desk = with_people();
    let views = desk.json(["views", "list", "--json"]);
    let views = views.as_array().expect("a list");
    assert_eq!(
        views.iter().map(|view| text(view, "view")).collect::<Vec<_>>(),
        [
            "stale",
            "bounced",
            "never_logged_in",
            "students_active",
            "students_inactive",
            "students_refused",
            "students_not_invited",
            "students_assigned",
            "students_unassigned",
            "students_deactivated",
            "tasks_open",
            "tasks_done",
            "listings_open"
        ]
    );
    assert!(views.iter().all(|view| view["count"] == json!(0)), "everybody was added just now");
    let shown = desk.json(["views", "show", "no contact for 18 months", "--json"]);
    assert_eq!((&shown["total"], rows(&shown).len()), (&json!(0), 0));
    let recent = desk.json(["contacts", "list", "--filter", "last_heard>30 days", "--json"]);
    assert_eq!(recent["total"], json!(3));
    let none = desk.json(["contacts", "list", "--filter", "created_at<1 year", "--json"]);
    assert_eq!(none["total"], json!(0));
    assert_eq!(desk.run(["contacts", "list", "--filter", "created_at<a while"]).code, Some(4));
    assert_eq!(desk.run(["views", "show", "nothing like it"]).code, Some(3));
}

#[test]
fn standard_output_takes_a_file_and_nothing_else() {
    let desk = with_people();
    let file = desk.ok(["export", "--format", "csv", "--columns", "email", "-o", "-"]);
    assert_eq!(file.trim_start_matches('\u{feff}').lines().next(), Some("\"E-mail\""));
    assert_eq!(file.lines().count(), 4);
    let both = desk.run(["export", "--format", "csv", "-o", "-", "--json"]);
    assert_eq!((both.code, both.out.as_str()), (Some(2), ""));
}

#[test]
fn files_of_the_desk_are_neither_read_nor_written() {
    let desk = with_people();
    let key = desk.data().join("key.json");
    let before = std::fs::read(&key).expect("the key file");
    let mut names = vec![key.clone(), desk.data().join("new.csv")];
    names.push(desk.data().join("../data/key.json"));
    #[cfg(unix)]
    {
        let link = |name: &str| desk.data().with_file_name(name);
        std::os::unix::fs::symlink(&key, link("link.csv")).expect("a link");
        std::os::unix::fs::symlink(desk.data(), link("folder")).expect("a link");
        std::fs::hard_link(&key, link("twin.csv")).expect("a hard link");
        names.extend([link("link.csv"), link("folder/new.csv"), link("twin.csv")]);
    }
    for name in names {
        let name = name.to_str().expect("a path");
        let written = desk.run(["export", "--format", "csv", "-o", name]);
        assert_eq!(written.code, Some(8), "{name}: {}", written.err);
        assert!(written.err.contains("own_folder"), "{name}: {}", written.err);
        if std::path::Path::new(name).exists() {
            let read = desk.run(["import", name, "--dry-run"]);
            assert_eq!(read.code, Some(8), "{name}: {}", read.err);
            assert!(read.err.contains("own_folder"), "{name}: {}", read.err);
        }
    }
    assert_eq!(std::fs::read(&key).expect("the key file"), before);
    assert!(!desk.data().join("new.csv").exists());
}

#[cfg(unix)]
#[test]
fn links_and_pipes_stay_what_they_are() {
    use std::os::unix::fs::FileTypeExt as _;
    let desk = with_people();
    let target = desk.file("target.csv", "old");
    let link = target.with_file_name("link.csv");
    std::os::unix::fs::symlink("target.csv", &link).expect("a link");
    let export = |to: &std::path::Path| {
        desk.ok(["export", "--format", "csv", "--columns", "email", "-o", to.to_str().expect("a path")]);
    };
    export(&link);
    assert!(link.is_symlink());
    assert_eq!(std::fs::read_to_string(&target).expect("a file").lines().count(), 4);
    let pipe = target.with_file_name("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).expect("what is written into it")
    });
    export(&pipe);
    assert_eq!(reader.join().expect("a reader").lines().count(), 4);
    assert!(std::fs::symlink_metadata(&pipe).expect("still there").file_type().is_fifo());
}

#[test]
fn the_history_says_what_was_exported() {
    let desk = with_people();
    let out = desk.file("out.csv", "");
    let export = ["export", "--format", "csv", "--filter", "employer=Acme", "-o", out.to_str().expect("a path")];
    desk.ok(export);
    desk.run(["export", "--format", "csv", "-o", "/nowhere/at/all.csv"]);
    let history = desk.json(["history", "--events", "--json"]);
    let rows = rows(&history);
    let exports: Vec<String> =
        rows.iter().filter(|row| row["kind"] == "data.export").map(|row| text(row, "detail")).collect();
    assert_eq!(exports, ["2 contacts to out.csv (filtered by Employer)"]);
}
