//! Logins from a script.

use crate::desk::{Desk, keys, text};
use serde_json::json;

#[test]
fn logins_are_added_for_contacts_and_with_them() {
    let desk = Desk::new();
    desk.import("First name,Last name,E-mail\nDana,Reyes,dana@acme.example\n");
    let dana = text(&desk.json(["contacts", "list", "--json"])["rows"][0], "id");
    let added = desk.json(["users", "add", &dana, "--role", "Denied Access Role", "--json"]);
    assert_eq!(
        (keys(&added), &added["is_new"]),
        (vec!["contact", "invited", "is_new", "operation", "user", "withheld"], &json!(false))
    );
    let both = desk.json(["users", "add", "Eli Stone <eli@labs.example>", "--json"]);
    assert_eq!(both["is_new"], json!(true));
    assert_eq!(desk.json(["contacts", "list", "--filter", "access=on", "--json"])["total"], json!(2));
    for (wrong, code) in [
        (vec!["users", "add", dana.as_str()], 4),
        (vec!["users", "add", "Nobody"], 2),
        (vec!["users", "add", "Fay Young <fay@labs.example>", "--role", "No such role"], 3),
    ] {
        let ran = desk.run(&wrong);
        assert_eq!(ran.code, Some(code), "{wrong:?}: {}", ran.err);
    }
    desk.ok(["undo", &text(&both, "operation")]);
    assert_eq!(desk.json(["contacts", "list", "--filter", "access=on", "--json"])["total"], json!(1));
}
