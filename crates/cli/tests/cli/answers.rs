//! Data on standard output in the shapes that are documented, words on standard error.

use crate::desk::{Desk, INIT, PASSCODE, keys, rows, text};
use serde_json::{Value, json};
use std::ffi::OsStr;

const PEOPLE: &str = "First name,Last name,E-mail,Job title,Employer,Labels\n\
    Dana,Reyes,dana@acme.example,Recruiter,Acme,Alumni\nEli,Stone,eli@acme.example,,Acme,\n\
    Fay,Young,fay@labs.example,Dean,Labs,STEM; Alumni\nbad,row,nowhere,,,\n";

#[test]
fn init_gives_the_recovery_key_once() {
    let desk = Desk::blank();
    let made = desk.json(INIT.into_iter().chain(["--json"]));
    assert_eq!(keys(&made), ["recovery_key"]);
    let key = text(&made, "recovery_key");
    let with = |passcode: &str| {
        let mut command = desk.command(["verify", "--json"]);
        command.env("LIAISON_PASSCODE", passcode).output().expect("it runs").status.code()
    };
    assert_eq!((with(PASSCODE), with("wrong passcode")), (Some(0), Some(5)));
    assert_eq!(with(&key), Some(5), "the recovery key opens nothing by itself");
    let plain = Desk::blank();
    let ran = plain.run(INIT);
    assert_eq!((ran.code, ran.out.trim().len(), ran.out.lines().count()), (Some(0), key.len(), 1));
    assert!(ran.err.contains("Northfield University") && !ran.err.contains(ran.out.trim()));
    // The passcode from a file, the directory from the environment.
    let file = desk.file("passcode", format!("{PASSCODE}\nanything\n"));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_liaison-cli"));
    command.env_remove("LIAISON_PASSCODE").env("LIAISON_DATA", desk.data());
    let ran = command.args(["contacts", "list", "--json", "--passcode-file"]).arg(file).output().expect("it runs");
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn import_counts_and_answers_with_its_operation() {
    let desk = Desk::new();
    let file = desk.file("people.csv", PEOPLE);
    let dry = desk.json([OsStr::new("import"), file.as_os_str(), OsStr::new("--dry-run"), OsStr::new("--json")]);
    let none = json!({ "name_conflict": 0, "possible_duplicate": 0, "other": 0 });
    let counted = |created: u32, unchanged: u32| {
        json!({
            "rows": 4, "created": created, "updated": 0, "unchanged": unchanged, "skipped": 0, "failed": 1, "blank": 0,
            "skipped_because": none, "employers_created": if created > 0 { 2 } else { 0 }, "left_out_values": 0,
            "operation": null
        })
    };
    let counts = |answer: &Value| {
        let mut answer = answer.clone();
        let fields = answer.as_object_mut().expect("an object");
        assert!(fields.remove("assumed").is_some() && fields.remove("left_out") == Some(json!([])));
        answer
    };
    assert_eq!(counts(&dry), counted(3, 0));
    assert!(desk.contacts().is_empty(), "a dry run writes nothing");
    let done = desk.import(PEOPLE);
    assert_eq!(keys(&done), keys(&dry));
    assert_eq!((&done["created"], &done["failed"]), (&json!(3), &json!(1)));
    let again = desk.import(PEOPLE);
    assert_eq!(counts(&again), counted(0, 3));
    // In words, the operation alone is data.
    let errors = desk.data().with_file_name("errors.csv");
    let changed = desk.file("changed.csv", PEOPLE.replace("Recruiter", "Head of Talent"));
    let arguments = [OsStr::new("import"), changed.as_os_str(), OsStr::new("--errors"), errors.as_os_str()];
    let ran = desk.run(arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("1 updated") && ran.err.contains("First name → first_name"), "{}", ran.err);
    assert_eq!(desk.json(["undo", ran.out.trim(), "--json"])["changed"], json!(1));
    let errors = std::fs::read_to_string(errors).expect("the error file");
    assert!(errors.contains("nowhere") && errors.contains("not an e-mail address") && !errors.contains("dana@"));
    let undone = desk.json(["undo", &text(&done, "operation"), "--json"]);
    assert_eq!(keys(&undone), ["changed", "operation", "skipped", "users"]);
    assert_eq!(undone["changed"], json!(3), "three people; their employers are not counted");
    assert!(desk.contacts().is_empty());
}

#[test]
fn contacts_are_listed_filtered_sorted_and_shown() {
    let desk = Desk::new();
    desk.import(PEOPLE);
    let list = desk.json(["contacts", "list", "--json"]);
    assert_eq!((keys(&list), &list["total"]), (vec!["rows", "total"], &json!(3)));
    let columns = ["access", "approval", "email", "employer", "id", "name", "source", "title", "visibility"];
    assert_eq!(keys(&list["rows"][0]), columns);
    let expected = json!({
        "access": "none", "approval": "approved", "email": "dana@acme.example", "employer": "Acme",
        "id": list["rows"][0]["id"], "name": "Dana Reyes", "source": "import", "title": "Recruiter",
        "visibility": "career_advisors",
    });
    assert_eq!(list["rows"][0], expected);
    let names = |arguments: &[&str]| -> Vec<String> {
        let mut all = vec!["contacts", "list", "--json"];
        all.extend(arguments);
        rows(&desk.json(all)).iter().map(|row| text(row, "name")).collect()
    };
    assert_eq!(names(&[]), ["Dana Reyes", "Eli Stone", "Fay Young"]);
    assert_eq!(names(&["--search", "acm eli"]), ["Eli Stone"]);
    assert_eq!(names(&["--search", "\"%_*'"]).len(), 3, "no words, no condition");
    assert_eq!(names(&["--filter", "employer=acme"]), ["Dana Reyes", "Eli Stone"]);
    assert_eq!(names(&["--filter", "employer=acme", "--filter", "title="]), ["Eli Stone"]);
    assert_eq!(names(&["--filter", "employer!=Acme"]), ["Fay Young"]);
    assert_eq!(names(&["--filter", "title!="]), ["Dana Reyes", "Fay Young"]);
    assert_eq!(names(&["--filter", "email~LABS"]), ["Fay Young"]);
    assert_eq!(names(&["--filter", "labels=stem"]), ["Fay Young"]);
    assert_eq!(names(&["--filter", "approval=rejected"]), [] as [&str; 0]);
    assert_eq!(names(&["--sort", "-name"]), ["Fay Young", "Eli Stone", "Dana Reyes"]);
    assert_eq!(names(&["--sort", "title", "--limit", "2"]), ["Fay Young", "Dana Reyes"]);
    let limited = desk.json(["contacts", "list", "--json", "--limit", "1"]);
    assert_eq!((rows(&limited).len(), &limited["total"]), (1, &json!(3)), "the total is that of all");
    let id = text(&list["rows"][0], "id");
    let shown = desk.json(["contacts", "show", &id, "--json"]);
    assert_eq!((&shown["name"], &shown["values"]["title"]), (&json!("Dana Reyes"), &json!("Recruiter")));
    assert_eq!(shown["chips"]["access"], json!({ "state": "none" }));
    let ran = desk.run(["contacts", "list"]);
    assert_eq!((ran.out.lines().count(), ran.err.trim()), (3, "3 contacts"), "the count is not data");
    assert!(desk.ok(["contacts", "show", &id]).contains("Recruiter"));
}

#[test]
fn a_csv_listing_is_safe_to_open_in_a_spreadsheet() {
    let desk = Desk::new();
    desk.import(
        "First name,Last name,E-mail,Job title\n\"=cmd|' /C calc'!A1\",\"Say \"\"hi\"\"\",a@x.example,+1+1\n@SUM(A1),Ray,b@x.example,-2*3\n",
    );
    let csv = desk.ok(["contacts", "list", "--csv"]);
    assert!(csv.starts_with('\u{feff}'));
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0].trim_start_matches('\u{feff}'),
        "\"id\",\"name\",\"email\",\"title\",\"employer\",\"source\",\"approval\",\"visibility\",\"access\""
    );
    assert_eq!(lines.len(), 3);
    for line in &lines[1..] {
        for cell in line.split("\",\"") {
            let cell = cell.trim_matches('"');
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell} would run as a formula");
        }
    }
    assert!(csv.contains("'=cmd|' /C calc'!A1 Say \"\"hi\"\"") && csv.contains("\"'+1+1\""), "{csv}");
    assert_eq!(desk.run(["contacts", "list", "--csv", "--json"]).code, Some(2), "one or the other");
}

#[test]
fn the_queue_is_worked_through() {
    let desk = Desk::new();
    let file = desk.file("people.csv", PEOPLE);
    desk.ok([OsStr::new("import"), file.as_os_str(), OsStr::new("--queue")]);
    assert!(desk.contacts().is_empty());
    let queue = rows(&desk.json(["queue", "list", "--json"]));
    assert_eq!(queue.len(), 3);
    let ids: Vec<String> = queue.iter().map(|row| text(row, "id")).collect();
    let approved = desk.json(["queue", "approve", &ids[0], "--role", "denied access role", "--json"]);
    assert_eq!(keys(&approved), ["changed", "operation", "skipped", "users"]);
    assert_eq!((&approved["changed"], &approved["users"]), (&json!(1), &json!(0)), "nobody of them can log in");
    let rejected = desk.json(["queue", "reject", "--all", "--revoke", "--json"]);
    assert_eq!(rejected["changed"], json!(2));
    assert_eq!(desk.json(["queue", "list", "--json"])["total"], json!(0));
    let nothing = desk.json(["queue", "approve", "--all", "--json"]);
    assert_eq!(nothing, json!({ "operation": null, "changed": 0, "skipped": 0, "users": 0 }));
    let operation = desk.ok(["queue", "approve", &ids[1], &ids[2]]);
    assert_eq!(desk.contacts().len(), 3, "an id may be that of a rejected contact");
    desk.ok(["undo", operation.trim()]);
    desk.ok(["undo", &text(&rejected, "operation")]);
    assert_eq!(desk.json(["queue", "list", "--json"])["total"], json!(2));
}

#[test]
fn roles_and_access_of_linked_users_are_set() {
    let desk = Desk::new();
    let sampled = desk.json(["sample", "--contacts", "120", "--seed", "4", "--json"]);
    assert_eq!(keys(&sampled), ["contacts", "employers", "operation", "students"]);
    assert_eq!(sampled["contacts"], json!(120));
    let with =
        |filter: &str| rows(&desk.json(["contacts", "list", "--json", "--filter", "approval!=", "--filter", filter]));
    let linked = with("access=on");
    assert!(linked.len() > 3);
    let id = text(&linked[0], "id");
    let done = desk.json(["queue", "approve", &id, "--role", "Denied Access Role", "--json"]);
    let again = desk.json(["queue", "approve", &id, "--role", "Default Access", "--json"]);
    assert!(done["users"] == json!(1) || again["users"] == json!(1));
    let roles = desk.json(["roles", "--json"]);
    assert_eq!(keys(&roles[0]), ["built_in", "id", "is_default", "name", "permissions", "users"]);
    assert_eq!(roles[0]["name"], json!("Default Access"));
    let ids: Vec<String> = linked.iter().map(|row| text(row, "id")).collect();
    let mut revoke = vec!["queue", "reject", "--revoke", "--json"];
    revoke.extend(ids.iter().map(String::as_str));
    assert_eq!(desk.json(revoke)["users"], json!(linked.len()));
    assert!(with("access=on").is_empty());
    let shown = desk.json(["contacts", "show", &id, "--json"]);
    assert_eq!((&shown["chips"]["access"]["state"], &shown["user"]["access"]), (&json!("off"), &json!(false)));
}

#[test]
fn audit_history_notes_and_undo_tell_who_did_what() {
    let desk = Desk::new();
    desk.import(PEOPLE);
    let id = text(&desk.contacts()[0], "id");
    let note = desk.json(["note", &id, "Met at the fair", "--json"]);
    assert_eq!(keys(&note), ["id", "operation"]);
    desk.ok(["queue", "reject", &id]);
    let audit = desk.json(["audit", &id, "--json"]);
    let entries = audit.as_array().expect("entries");
    assert_eq!(entries.len(), 3);
    assert_eq!((&entries[0]["about"], &entries[1]["about"]["id"]), (&Value::Null, &note["id"]));
    assert_eq!(
        keys(&entries[0]),
        ["about", "actor", "at", "created", "device", "erased", "fields", "kind", "newer", "operation", "undone"]
    );
    assert_eq!((&entries[0]["kind"], &entries[0]["actor"]), (&json!("contacts.reject"), &json!("Ada Berg")));
    let change = json!([{
        "field": "approval",
        "before": { "value": "approved", "text": null },
        "after": { "value": "rejected", "text": null },
    }]);
    assert_eq!(entries[0]["fields"], change);
    let of_note = desk.json(["audit", &text(&note, "id"), "--kind", "note", "--json"]);
    assert_eq!(of_note[0]["kind"], json!("notes.create"));
    let history = desk.json(["history", "--json", "--limit", "2"]);
    assert_eq!((rows(&history).len(), &history["total"]), (2, &json!(4)));
    assert_eq!(history["rows"][1]["subject"], json!("Dana Reyes"));
    let operation = text(&history["rows"][0], "id");
    let preview = desk.json(["undo", &operation, "--dry-run"]);
    assert_eq!((&preview["can_undo"], &preview["conflicts_total"]), (&json!(1), &json!(0)));
    desk.ok(["undo", &operation]);
    assert_eq!(desk.json(["history", "--json"])["rows"][1]["undone"], json!(true));
    let words = desk.ok(["audit", &id]);
    assert!(words.contains("contacts.reject") && words.contains("(undone)"), "{words}");
    assert!(desk.ok(["history"]).contains("notes.create"));
}

#[test]
fn the_template_is_the_file_itself() {
    let desk = Desk::new();
    let template = desk.ok(["template"]);
    assert!(template.starts_with("\u{feff}\"Prefix\",\"First name\""));
    let file = desk.file("template.csv", format!("{template},Ann,,Lee,,,,ann@x.example\r\n"));
    let done = desk.json([
        OsStr::new("import"),
        file.as_os_str(),
        OsStr::new("--preset"),
        OsStr::new("liaison"),
        OsStr::new("--json"),
    ]);
    assert_eq!(done["created"], json!(1));
}

#[test]
fn the_same_seed_gives_the_same_people() {
    let people = |seed: &str| -> Vec<Value> {
        let desk = Desk::new();
        desk.ok(["sample", "--contacts", "150", "--seed", seed]);
        let mut found = desk.contacts();
        for row in &mut found {
            row["id"] = Value::Null;
        }
        found
    };
    let (first, again, other) = (people("11"), people("11"), people("12"));
    assert!(first.len() > 120);
    assert!(first == again && first != other);
}

#[test]
fn verify_says_whether_all_is_whole() {
    let desk = Desk::new();
    desk.import(PEOPLE);
    let said = desk.json(["verify", "--json"]);
    assert_eq!((&said["whole"], &said["operations"], &said["findings"]), (&json!(true), &json!(4), &json!([])));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let open = liaison_app::start::open(&desk.data(), Some(PASSCODE)).await.expect("the desk opens");
        let tampered = open
            .engine()
            .database()
            .write(|db| db.execute("UPDATE operation SET detail='another.csv' WHERE n=2"))
            .await;
        tampered.expect("tampering");
        open.engine().close().await.expect("closed");
    });
    let ran = desk.run(["verify", "--json"]);
    assert_eq!(ran.code, Some(9));
    let said: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((&said["whole"], &said["findings"][0]["what"]), (&json!(false), &json!("journal")));
    assert!(text(&said["findings"][0], "detail").contains("altered"));
    assert_eq!(desk.run(["verify"]).code, Some(9));
}

/// `contacts list | head -1`: whoever reads may stop reading.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::new();
    desk.ok(["sample", "--contacts", "400", "--seed", "1"]);
    let mut child = desk
        .command(["contacts", "list"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    desk.ok(["verify"]);
}

/// Who a row is about isn't guessed: it is left out, counted and listed until somebody says.
#[test]
fn import_asks_who_is_meant() {
    let desk = Desk::new();
    const ANN: &str = "First name,Last name,Email,Job title,Employer,Work phone\n\
        Ann,Lee,careers@acme.example,Recruiter,Acme,+1 212 555 0101\n";
    const LATER: &str = "First name,Last name,Email,Job title,Employer,Work phone\n\
        Bob,Ray,careers@acme.example,Campus lead,Acme,\nAnn,Lee,ann.lee@acme.example,Recruiter,Acme,+1 212 555 0101\n";
    assert_eq!(desk.import(ANN)["created"], json!(1));
    let file = desk.file("later.csv", LATER);
    let import = |more: &[&str]| {
        let arguments = [OsStr::new("import"), file.as_os_str(), OsStr::new("--json")].into_iter();
        desk.run(arguments.chain(more.iter().map(OsStr::new)))
    };
    let json = |out: &str| serde_json::from_str::<serde_json::Value>(out).expect("JSON");
    let ran = import(&[]);
    let done = json(&ran.out);
    assert_eq!((&done["rows"], &done["skipped"], &done["created"]), (&json!(2), &json!(2), &json!(0)));
    assert_eq!(done["skipped_because"], json!({ "name_conflict": 1, "possible_duplicate": 1, "other": 0 }));
    assert!(ran.err.contains("row 2: Bob Ray <careers@acme.example>: this is the address of Ann Lee"), "{}", ran.err);
    assert!(ran.err.contains("row 3: Ann Lee <ann.lee@acme.example>: very likely Ann Lee"), "{}", ran.err);
    let skipped = json(&import(&["--on-name-conflict", "skip", "--on-possible-duplicate", "skip"]).out);
    assert_eq!(skipped["skipped_because"], json!({ "name_conflict": 0, "possible_duplicate": 0, "other": 2 }));
    let done = json(&import(&["--on-name-conflict", "add", "--on-possible-duplicate", "update"]).out);
    assert_eq!((&done["created"], &done["updated"]), (&json!(1), &json!(1)));
    let mut names: Vec<_> = desk.contacts().iter().map(|contact| contact["name"].clone()).collect();
    names.sort_by_key(|name| name.to_string());
    assert_eq!(names, [json!("Ann Lee"), json!("Bob Ray")]);
    let again = json(&import(&[]).out);
    assert_eq!((&again["unchanged"], &again["skipped"]), (&json!(2), &json!(0)), "each found by address and name");
}

#[test]
fn import_says_what_it_assumed_and_reads_as_told() {
    let desk = Desk::new();
    let file = desk.file("report.csv", b"Report,,\nFirst name,Last name,Email\nRen\x8e,Lee,rene@acme.example\n");
    let path = file.display().to_string();
    let found = desk.json(["import", &path, "--dry-run", "--json"]);
    let assumed = &found["assumed"];
    assert_eq!((&assumed["format"], &assumed["encoding"]), (&json!("csv"), &json!("macintosh")));
    assert_eq!((&assumed["encoding_by"], &assumed["separator"]), (&json!("guessed"), &json!(",")));
    assert_eq!((&assumed["header_row"], &assumed["rows"], &assumed["blank"]), (&json!(2), &json!(1), &json!(0)));
    let kinds: Vec<&Value> = assumed["doubts"].as_array().expect("doubts").iter().map(|doubt| &doubt["kind"]).collect();
    assert_eq!(kinds, ["encoding_guessed", "rows_above_header"]);
    let words = desk.run(["import", &path, "--dry-run"]).err;
    assert!(words.contains("macintosh (guessed)") && words.contains("Check: The encoding"), "{words}");
    let told = ["--encoding", "windows-1252", "--separator", "comma", "--header-row", "2", "--date-order", "day_first"];
    let chosen = desk.json(["import", &path, "--dry-run", "--json"].into_iter().chain(told));
    assert_eq!(chosen["assumed"]["encoding"], json!("windows-1252"));
    assert_eq!((&chosen["assumed"]["encoding_by"], &chosen["assumed"]["doubts"]), (&json!("chosen"), &json!([])));
    assert_eq!(desk.run(["import", &path, "--sheet", "Nowhere", "--encoding", "klingon"]).code, Some(8));
}
