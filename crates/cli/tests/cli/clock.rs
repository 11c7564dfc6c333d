//! A clock far from when Liaison was last used: nothing is written by it until somebody says it is right.

use crate::desk::{Desk, PASSCODE, rows};
use liaison_app::start;
use std::ffi::OsStr;

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_in_doubt_is_refused_until_it_is_accepted() {
    let desk = Desk::new();
    let open = start::open(&desk.data(), Some(PASSCODE)).await.expect("it opens");
    let later = (open.now() + 3 * 24 * 60 * 60 * 1000).to_string();
    let used = format!("INSERT OR REPLACE INTO setting(key,value) VALUES('clock_believed','{later}')");
    let used = open.engine().database().write(|db| db.execute(&used)).await;
    used.expect("as if it was used three days from now");
    open.engine().close().await.expect("closed");

    let file = desk.file("people.csv", "First name,Last name,E-mail\nDana,Reyes,dana@acme.example\n");
    let import = [OsStr::new("import"), file.as_os_str()];
    let ran = desk.run(import);
    assert_eq!((ran.code, ran.out.as_str()), (Some(4), ""), "{}", ran.err);
    assert!(ran.err.contains("liaison-cli clock accept"), "says what to do: {}", ran.err);
    assert!(ran.err.contains("\"code\":\"clock_in_doubt\""), "{}", ran.err);
    assert_eq!(desk.contacts().len(), 0, "reading goes on, and nothing was written");

    let ran = desk.run(["clock", "accept"]);
    assert_eq!((ran.code, ran.err.trim()), (Some(0), "Clock confirmed."));
    let ran = desk.run(["clock", "accept"]);
    assert_eq!((ran.code, ran.err.trim()), (Some(0), "Nothing to confirm: the clock isn’t in doubt."));
    desk.ok(import);
    assert_eq!(desk.contacts().len(), 1);
    let history = rows(&desk.json(["history", "--events", "--json"]));
    assert_eq!(history.iter().filter(|row| row["kind"] == "clock.accept").count(), 1);
}
