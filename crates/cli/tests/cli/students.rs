//! Students and alumni from a script.

use crate::desk::{Desk, keys, text};
use serde_json::json;

const PEOPLE: &str = "First name,Last name,E-mail,Major\nAnn,Archer,ann@campus.example,Law\n\
    Bo,Bell,bo@campus.example,\nCy,,cy@campus.example,\n";

#[test]
fn students_come_from_a_file_are_assigned_deactivated_and_taken_back() {
    let desk = Desk::new();
    let file = desk.file("students.csv", PEOPLE).display().to_string();
    let dry = desk.json(["students", "import", &file, "--dry-run", "--json"]);
    assert_eq!((&dry["created"], &dry["failed"]), (&json!(2), &json!(1)));
    assert_eq!(desk.json(["students", "import", &file, "--json"])["created"], json!(2));
    let added = desk.json(["students", "add", "first_name=Di", "last_name=Dow", "email=di@campus.example", "--json"]);
    assert_eq!(keys(&added), ["id", "operation"]);
    let loads = desk.json(["students", "loads", "--json"]);
    let me = text(&loads[0], "name");
    let done = desk.json(["students", "assign", "--to", &me, "--filter", "major=Law", "--json"]);
    assert_eq!(done["changed"], json!(1));
    let mine = desk.json(["students", "list", "--mine", "--json"]);
    assert_eq!((&mine["total"], &mine["rows"][0]["first_name"]), (&json!(1), &json!("Ann")));
    let off = desk.json(["students", "deactivate", &text(&added, "id"), "--json"]);
    assert_eq!(off["changed"], json!(1));
    let status = |status: &str| desk.json(["students", "list", "--filter", &format!("status={status}"), "--json"]);
    assert_eq!((&status("deactivated")["total"], &status("not_invited")["total"]), (&json!(1), &json!(2)));
    assert_eq!(desk.json(["students", "reactivate", "--all", "--json"])["changed"], json!(1));
    desk.ok(["undo", &text(&done, "operation")]);
    assert_eq!(desk.json(["students", "list", "--mine", "--json"])["total"], json!(0));
    for (wrong, code) in [
        (vec!["students", "deactivate"], 2),
        (vec!["students", "assign", "--all"], 2),
        (vec!["students", "assign", "--to", "Nobody Here", "--all"], 2),
        (vec!["students", "add", "first_name=Di", "last_name=Dow", "email=DI@campus.example"], 4),
        (vec!["students", "add", "first_name=Di"], 4),
    ] {
        let ran = desk.run(&wrong);
        assert_eq!(ran.code, Some(code), "{wrong:?}: {}", ran.err);
    }
}
