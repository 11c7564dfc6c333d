//! The audit file: what was exported checks, and nothing that was altered does.

use crate::common::{TestDesk, desk, go_on, ids};
use liaison_app::audit_file::{AuditChecked, AuditInput, check};
use liaison_app::error::FileProblem;
use liaison_app::files::Destination;
use liaison_app::history::HistoryQuery;
use liaison_app::{CommandError, audit_file, history, sample, trash, undo};
use liaison_domain::undo::UndoMode;
use liaison_domain::{OperationKind, RecordKind};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// A desk with a history: made, changed, undone, erased.
async fn busy() -> TestDesk {
    let desk = desk().await;
    sample::sample_create(&desk, 3, 7, &mut go_on).await.expect("sample data");
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let edited = desk.set(dana, "title", "", "Recruiter").await;
    undo::undo(&desk, edited, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    trash::delete(&desk, RecordKind::Contact, &ids(&[dana]), &mut go_on).await.expect("deleted");
    trash::erase(&desk, RecordKind::Contact, &[dana], &mut go_on).await.expect("erased");
    desk
}

async fn export(desk: &TestDesk, with_values: bool) -> (String, String) {
    let path = desk.directory.outside().join("audit.jsonl");
    let written =
        audit_file::audit_export(desk, AuditInput { with_values }, Destination::Path(&path), &mut go_on).await;
    let head = written.expect("written").head;
    (std::fs::read_to_string(&path).expect("the file"), head)
}

fn checked(text: &str) -> AuditChecked {
    check(text.as_bytes(), &[]).expect("an audit file")
}

/// What the checker that shares nothing with this one says: its exit code.
fn by_python(text: &str, heads: &[&str]) -> i32 {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.jsonl");
    std::fs::write(&path, text).expect("a file");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/audit-check.py");
    // As the tests of mail look for it: Windows has no python3.exe by itself.
    let usual = || if cfg!(windows) { "python" } else { "python3" }.into();
    let python = std::env::var_os("PYTHON").unwrap_or_else(usual);
    let ran =
        Command::new(python).arg(script).arg(&path).args(heads).output().expect("Python runs; PYTHON may name it");
    ran.status.code().expect("it ended")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_exported_checks_with_both_checkers_and_holds_its_head() {
    let desk = busy().await;
    for with_values in [false, true] {
        let (text, head) = export(&desk, with_values).await;
        let whole = checked(&text);
        assert_eq!((whole.whole, &whole.problem), (true, &None));
        assert_eq!(whole.heads, std::slice::from_ref(&head));
        assert!(whole.operations > 5 && whole.changes > 20, "{whole}");
        assert_eq!(text.contains("\"packed\""), with_values);
        assert!(!text.contains("dana@acme.example"), "what was erased is nowhere, packed or not");
        assert_eq!(by_python(&text, &[&head]), 0);

        let expected = [head.parse().expect("a head")];
        assert!(check(text.as_bytes(), &expected).expect("a file").whole);
        let other = "1-9f86-d081-884c-7d65-9a2f-eaa0-c55a-d015";
        let missing = check(text.as_bytes(), &[other.parse().expect("a head")]).expect("a file");
        assert_eq!(missing.problem, Some(format!("the head {other} isn't in the file")));
        assert_eq!(by_python(&text, &[other]), 9);
    }
    let page = history::history_list(&desk, &HistoryQuery { limit: 1, ..Default::default() }).await.expect("history");
    assert_eq!(page.rows[0].kind, Some(OperationKind::AuditExport), "that somebody exported it is in the history");
}

/// The lines of a file as JSON, for somebody to alter.
fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn joined(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Every way to alter a line, and every line altered so: neither checker lets one pass.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_altered_passes() {
    let desk = busy().await;
    let (text, _) = export(&desk, true).await;
    let whole = lines(&text);
    let mut tried = 0;
    for at in 1..whole.len() {
        let mut removed = whole.clone();
        removed.remove(at);
        let mut twice = whole.clone();
        twice.insert(at, whole[at].clone());
        let mut altered = vec![removed, twice, whole[..at].to_vec()];
        let Value::Object(fields) = &whole[at] else { panic!("a line is an object") };
        for (key, value) in fields {
            let mut line = fields.clone();
            line.insert(key.clone(), other(value));
            let mut lines = whole.clone();
            lines[at] = Value::Object(line);
            altered.push(lines);
        }
        for lines in altered {
            let text = joined(&lines);
            assert!(!checked(&text).whole, "line {at}: {}", whole[at]);
            tried += 1;
            if tried % 97 == 0 {
                assert_eq!(by_python(&text, &[]), 9, "line {at}: {}", whole[at]);
            }
        }
    }
    assert!(tried > 300, "{tried}");
}

/// Another value of the same form.
fn other(value: &Value) -> Value {
    match value {
        Value::Null => json!("00000000-0000-7000-8000-000000000000"),
        Value::Number(number) => json!(number.as_i64().unwrap_or(0) ^ 1),
        Value::String(text) => match text.chars().last() {
            Some(last) => {
                let last = if last == '0' { '1' } else { '0' };
                json!(format!("{}{last}", &text[..text.len() - text.chars().last().map_or(0, char::len_utf8)]))
            }
            None => json!("0"),
        },
        Value::Object(fields) => {
            let mut fields = fields.clone();
            fields.insert("record".into(), json!("00000000-0000-7000-8000-000000000000"));
            Value::Object(fields)
        }
        other => panic!("no line has {other}"),
    }
}

#[test]
fn what_is_no_audit_file_is_told_apart_from_one_that_was_altered() {
    let problem = |text: &str| match check(text.as_bytes(), &[]) {
        Err(CommandError::UnreadableFile { problem, .. }) => problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(problem(""), FileProblem::Empty);
    assert_eq!(problem("First name,Last name\n"), FileProblem::NotRecognised);
    assert_eq!(problem("{\"end\":1}\n"), FileProblem::NotRecognised);
    let newer = r#"{"liaison_audit":2,"institution":"","exported_at":0,"with_values":false,"operations":0,"changes":0,"devices":[],"staff":[]}"#;
    assert_eq!(problem(newer), FileProblem::NotRecognised);
    let nowhere = audit_file::check_file(Path::new("/nowhere/at/all"), &[]);
    assert!(matches!(nowhere, Err(CommandError::UnreadableFile { problem: FileProblem::NotFound, .. })));
}
